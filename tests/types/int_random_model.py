seed = 11
def rnd(bits):
    global seed
    v = 0
    for _ in range(bits // 15 + 1):
        seed = (seed * 1103515245 + 12345) % 2**31
        v = v * 32768 + (seed >> 16)
    return v % (1 << bits) if bits else 0
def digits(n):
    if n == 0: return "0"
    s, neg = "", n < 0
    n = abs(n)
    while n: n, d = divmod(n, 10); s = chr(48 + d) + s
    return "-" * neg + s
def mul(a, b):
    r, neg = 0, (a < 0) != (b < 0)
    a, b = abs(a), abs(b)
    while b:
        if b & 1: r += a
        a += a; b >>= 1
    return -r if neg else r
def power(a, n):
    r = 1
    while n:
        if n & 1: r = mul(r, a)
        a = mul(a, a); n >>= 1
    return r
for bits in (5, 20, 31, 33, 60, 62, 63, 64, 65, 90, 128, 200, 400):
    for _ in range(12):
        a, b = rnd(bits) - (rnd(bits) if rnd(1) else 0), rnd(bits // 2 + 1) + 1
        if rnd(1): a = -a
        if rnd(1): b = -b
        assert str(a) == digits(a) and int(str(a)) == a and int(hex(a), 16) == a and int(bin(a), 2) == a and int(oct(a), 8) == a
        assert a * b == mul(a, b) == b * a and a + b - b == a and -(-a) == a and a - a == 0
        q, r = divmod(a, b); assert q * b + r == a and 0 <= r * (1 if b > 0 else -1) < abs(b) and q == a // b and r == a % b
        assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b) and ~a == -a - 1
        assert a << 7 == a * 128 and a >> 7 == a // 128 and (a << 70) >> 70 == a
        assert (a < b) == (a - b < 0) and (a == b) == (not a - b) and hash(a) == hash(int(str(a)))
        assert abs(a) == (a if a >= 0 else -a) and a.bit_length() == len(bin(abs(a))) - 2 if a else True
        n = (a.bit_length() + 8) // 8; assert int.from_bytes(a.to_bytes(n, "big", signed=True), "big", signed=True) == a == int.from_bytes(a.to_bytes(n, "little", signed=True), "little", signed=True)
        assert a ** 3 == power(a, 3) and pow(a, 5, abs(b)) == power(a, 5) % abs(b)
        if abs(a) < 2**1000: assert abs(float(a) - a) <= abs(a) >> 52 and int(float(a >> 10 << 10 if 0 else a % 2**53)) == a % 2**53
    print(bits, a % 1000003, b % 1000003)
