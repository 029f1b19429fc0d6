a = 3**200; b = 7**150; c = -(2**521 - 1)
print(a, b, c, sep="\n")
print(a + b, a - b, b - a, a * b, a // 12345, a % 12345, b // a, b % a, sep="\n")
print(divmod(c, a), divmod(-c, -a), divmod(c, -a), sep="\n")
assert (a * b) // b == a and (a * b + 17) % b == 17 and (a // b) * b + a % b == a
for k in (1, 7, 31, 32, 63, 64, 65, 128, 333): print(k, a >> k, hex(a << k)[:40], (c >> k) % 1000003, (a << k) % 1000003)
print(a & b, a | b, a ^ b, ~a, c & a, c | a, c ^ a, sep="\n")
print(hex(a), oct(a)[:50], bin(2**100 + 5), hex(c)[:30])
print(a.bit_length(), b.bit_length(), c.bit_length(), a.bit_count(), c.bit_count())
print(pow(a, b, 10**9 + 7), pow(a, 5, b) % 1000003, pow(3, -1, 10**9 + 7), pow(a, -1, 2**521 - 1) % 1000003)
print(a > b, a < b, a == 3**200, a != b, c < 0 < a, a == float(3**200), a > 1e95, 10**300 < 1e300, hash(a), hash(c), hash(2**61 - 1), hash(2**200))
print(float(a), a / b, b / a, (10**400) / (10**399 * 3), int(1e300) % 10**20, int(float(2**100)) == 2**100, a + 0.0)
def fact(n):
    r = 1
    for i in range(2, n + 1): r *= i
    return r
print(fact(100)); print(fact(300) // fact(298), sum(map(int, str(fact(500)))))
def fib(n):
    x, y = 0, 1
    for _ in range(n): x, y = y, x + y
    return x
print(fib(500), fib(1000) % 10**20)
def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x: x, y = y, (y + n // y) // 2
    return x
print(isqrt(2 * 10**100))
def gcd(p, q):
    while q: p, q = q, p % q
    return p
print(gcd(fact(50), 2**200 * 3**10), gcd(fib(300), fib(200)) == fib(100))
pi, q, r, t, k, n, l, out = [], 1, 0, 1, 1, 3, 3, []
while len(out) < 60:
    if 4 * q + r - t < n * t: out.append(n); q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
    else: q, r, t, n, k, l = q * k, (2 * q + r) * l, t * l, (q * (7 * k) + 2 + r * l) // (t * l), k + 1, l + 2
print("".join(map(str, out)))
x = 1
for i in range(40): x = (x * 6364136223846793005 + 1442695040888963407); 
print(x % 10**30, x.bit_length())
seed = 12345
def rnd(bits):
    global seed
    v = 0
    for _ in range(bits // 16 + 1):
        seed = (seed * 1103515245 + 12345) % 2**31
        v = v << 16 | seed >> 15
    return v >> (v.bit_length() - bits) if v.bit_length() > bits else v
acc = 0
for bits in list(range(20, 140, 3)) + [200, 500, 1000, 2000]:
    p, q = rnd(bits), rnd(bits // 2 + 1) + 1
    for u, v in ((p, q), (-p, q), (p, -q), (-p, -q)):
        d, m = divmod(u, v)
        assert d * v + m == u and (m == 0 or (m < 0) == (v < 0)) and abs(m) < abs(v)
        acc = (acc * 31 + d + 7 * m + (u & v) + (u | v) + (u ^ v) + (u >> 5) + u * v + int(str(u)) + int(hex(v), 16)) % (2**89 - 1)
print(acc)
print(str(10**50), repr(-10**50), f"{10**30:,}", f"{10**30:_}", f"{2**100:x}", f"{-2**100:#_b}"[:30], f"{10**25:e}", f"{10**25:30d}|", f"{-10**20:<30}|", "%d" % 10**10 if 0 else "%d" % 10**25, "%x" % 2**70 if 0 else "%x" % (2**70), "%s" % 10**25 if 0 else "%s" % (10**25))
