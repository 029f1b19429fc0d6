"""Calls of Python functions: positional, defaults, keywords, recursion."""
def add(a, b):
    return a + b
def defaults(a, b=2, c=3):
    return a + b + c
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
def main():
    total = fib(28)
    for i in range(2_000_000):
        total = add(total, i) & 0xFFFFFF
        total += defaults(i) + defaults(i, c=5)
    return total
print(main())
