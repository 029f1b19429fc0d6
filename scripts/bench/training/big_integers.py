"""Integers of more than a word, for the training of a profile-guided build: sums, products, quotients, powers, roots, bits,
and their texts, of a few words and of many."""

import math


def sums(words, rounds):
    a, b = 3 ** (40 * words), 5 ** (27 * words)
    total = 0
    for i in range(rounds):
        total += a
        total -= b >> (i & 31)
        if total > a and total != b:
            total = -total
    return total


def products(words, rounds):
    a, b = 7 ** (22 * words), 11 ** (18 * words)
    digest = 0
    for i in range(rounds):
        product = (a + i) * (b - i)
        quotient, rest = divmod(product, a)
        digest ^= (quotient ^ rest) & 0xFFFF
        digest += product // 12345678901 + product % 97 & 0xFF
    return digest


def bits(words, rounds):
    a, mask = 3 ** (40 * words), (1 << 64 * words) - 1
    for i in range(rounds):
        a = (a << 13 ^ a >> 7 ^ i) & mask | 1
        a ^= ~i & 0xFF
    return a.bit_length(), a.bit_count()


def pi(digits):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    found = []
    while len(found) < digits:
        if 4 * q + r - t < n * t:
            found.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return found


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def main():
    for words in (1, 2, 3, 5, 10, 40, 300):
        rounds = 60_000 // (words + 3)
        print(words, sums(words, rounds) % 1000003, products(words, rounds // 2), bits(words, rounds))
    print(sum(pi(300)), fibonacci(8000) % 1000003)
    print(math.factorial(1500) % 1000003, math.gcd(3**500 * 14, 7**300 * 6), math.isqrt(10**400) % 1000003)
    primes = [n for n in range(10**12 + 1, 10**12 + 400, 2) if pow(2, n - 1, n) == 1]
    print(len(primes), pow(3, 2**521, 2**607 - 1) % 1000003)
    texts = [str(7**n) for n in range(1, 1500, 7)]
    print(sum(map(len, texts)), sum(int(text) for text in texts) % 1000003)
    print(len(hex(3**2000)), int("f" * 500, 16).bit_length(), (3**300).to_bytes(60, "big").hex()[:8])
    print(float(10**300), 10**40 / 3**50, hash(3**400), 3**200 < 5**150, 2**70 == 2.0**70)


main()
