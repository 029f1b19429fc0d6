"""Dictionaries with integer keys: memo tables, deletion, iteration."""
def main():
    memo = {}
    for i in range(5_000_000):
        memo[i * 17 % 50_000] = i
    total = 0
    for k, v in memo.items():
        total += k ^ v
    for i in range(0, 50_000, 3):
        del memo[i]
    for i in range(5_000_000):
        if i in memo:
            total += memo[i]
    return total, len(memo), sum(memo.values()) % 1_000_003
print(main())
