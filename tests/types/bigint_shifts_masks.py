for n in (1, -1, 3, -3, 2**63 - 1, -2**63, 2**64, -2**64 - 1, 2**100 + 7, -(2**100) - 7):
    print([n >> k for k in (0, 1, 5, 63, 64, 65, 200)], [(n << k) % (2**67 - 1) for k in (0, 1, 31, 64, 100)])
    print([n & (1 << k) - 1 for k in (1, 8, 64, 70)], n | 2**65 == n, (n ^ -1) == ~n, (n & -n), n & n == n, n ^ n, (n >> 3 << 3) + (n & 7) == n)
mask = 2**64 - 1
def rotl(x, r): return ((x << r) | (x >> (64 - r))) & mask
x = 0x0123456789abcdef
for i in range(8): x = rotl(x ^ (x * 0x9e3779b97f4a7c15 & mask), 13 + i)
print(hex(x), bin(x).count("1"), x.bit_count())
print([2**k == 1 << k for k in (0, 62, 63, 64, 127, 128, 1000)], (1 << 1000) >> 990, (1 << 1000).bit_length(), hex(1 << 66), hex(-(1 << 66)), -1 >> 1000, -(1 << 100) >> 99, ~(1 << 64), ~-(1 << 64))
v = 0
for b in b"some bytes to pack": v = v << 8 | b
print(v, v.to_bytes(18, "big"), bytes((v >> 8 * k) & 255 for k in reversed(range(18))), int.from_bytes(b"\xff" * 9), int.from_bytes(b"\x80" + b"\0" * 8, signed=True), (-v).to_bytes(19, "little", signed=True))
print((2**64 - 1) * (2**64 + 1) == 2**128 - 1, (2**64) // 3, -(2**64) // 3, (2**64) % -3, divmod(-2**64, 7), pow(2, 64, 1000), pow(7, 2**64, 2**32), 10**18 * 10**18 // 10**17, (10**40 - 1) // (10**20 + 1))
