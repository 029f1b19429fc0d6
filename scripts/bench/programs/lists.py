"""Lists: append, index, slice, insert, pop, nested."""
def main():
    xs = []
    for i in range(2_000_000):
        xs.append(i * 7 % 1000)
    total = 0
    for i in range(len(xs)):
        total += xs[i]
    for i in range(0, 600_000, 2):
        xs[i], xs[i + 1] = xs[i + 1], xs[i]
    stack = []
    for x in xs:
        stack.append(x)
        if x % 3 == 0:
            stack.pop()
    parts = [xs[i:i + 10] for i in range(0, 600_000, 10)]
    total += sum(len(p) + p[0] for p in parts)
    queue = list(range(2000))
    for i in range(12000):
        queue.insert(0, queue.pop())
    grid = [[0] * 100 for _ in range(100)]
    for k in range(60):
        for r in range(100):
            row = grid[r]
            for c in range(100):
                row[c] += r ^ c
    return total, len(stack), queue[0], sum(map(sum, grid)), xs.index(999)
print(main())
