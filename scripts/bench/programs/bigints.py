"""Big integers: factorials, digits of pi, modular powers, conversion."""
def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < n:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return digits
def factorial(n):
    product = 1
    for i in range(2, n + 1):
        product *= i
    return product
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
import sys
sys.set_int_max_str_digits(0)
f = factorial(4000)
powers = sum(pow(3, k, 2 ** 521 - 1) % 1000 for k in range(2 ** 300, 2 ** 300 + 600))
print(sum(pi_digits(2200)), len(str(f)), f % (10 ** 9 + 7), fibonacci(60_000) % 10 ** 12, powers)
