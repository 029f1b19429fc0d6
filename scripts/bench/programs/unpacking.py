"""Unpacking, starred targets, pairs in loops."""
def main():
    total = 0
    pairs = [(i, i + 1) for i in range(1000)]
    others = [(i, i + 2) for i in range(1000)]
    table = dict(pairs)
    for _ in range(500):
        for a, b in pairs:
            total += a - b
        for i, (a, b) in enumerate(others):
            total += a + b - i
        for k, v in table.items():
            total += v - k
        for a, b in zip(pairs, others):
            total += a[0] - b[0]
        first, *rest = pairs[:20]
        total += len(rest) + first[0]
    return total
print(main())
