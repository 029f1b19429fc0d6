"""List, dict, set comprehensions, map, filter, zip, enumerate."""
def main():
    total = 0
    for _ in range(90):
        squares = [x * x for x in range(20_000)]
        evens = [x for x in squares if x % 2 == 0]
        table = {x: x + 1 for x in evens}
        pairs = [(i, v) for i, v in enumerate(evens) if i % 3]
        nested = [a * b for a in range(100) for b in range(100)]
        total += len(table) + sum(nested) + pairs[-1][1]
        total += sum(map(lambda v: v + 1, squares)) + sum(a * b for a, b in zip(evens, squares))
        total += len(list(filter(None, nested))) + len({x % 97 for x in squares})
    return total
print(main())
