"""Small-integer loops: sieve, collatz, bit tricks."""
def sieve(n):
    flags = [True] * (n + 1)
    for p in range(2, int(n ** 0.5) + 1):
        if flags[p]:
            for q in range(p * p, n + 1, p):
                flags[q] = False
    return sum(flags) - 2
def collatz(limit):
    best = 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > best:
            best = steps
    return best
def bits(n):
    x = 123456789
    for _ in range(n):
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
    return x
print(sieve(1_500_000), collatz(30_000), bits(1_200_000))
