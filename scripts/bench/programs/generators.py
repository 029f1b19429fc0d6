"""Generators, yield from, generator expressions."""
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)
def echo():
    x = 0
    while True:
        x = yield x + 1
def main():
    total = sum(count(6_000_000))
    total += sum(x * x for x in range(2_000_000))
    total += sum(tree(15))
    e = echo()
    next(e)
    for i in range(1_500_000):
        total += e.send(i)
    return total
print(main())
