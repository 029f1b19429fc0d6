"""Sets: membership, algebra, building."""
def main():
    a = {i * 3 for i in range(60_000)}
    b = {i * 5 for i in range(60_000)}
    total = 0
    for _ in range(40):
        total += len(a & b) + len(a | b) + len(a - b) + len(a ^ b)
    hits = 0
    for i in range(6_000_000):
        if i in a:
            hits += 1
    seen = set()
    x = 1
    while x not in seen:
        seen.add(x)
        x = (x * 75 + 74) % 65537
    words = {w for w in ("a", "bb", "ccc", "dd", "a") * 200_000}
    return total, hits, len(seen), sorted(words)
print(main())
