seed = 21
def rnd(bits):
    global seed
    v = 0
    for _ in range(bits // 15 + 1):
        seed = (seed * 1103515245 + 12345) % 2**31
        v = v << 15 | seed >> 16
    return v & (1 << bits) - 1
acc = 0
for i in range(1500):
    m, e = rnd(53), rnd(11) - 1074 - 0
    v = float(m) * 2.0 ** max(-1022, min(960, e + rnd(10))) if e > -1074 else float(m) * 5e-324
    s = repr(v); assert float(s) == v, s
    assert float(v.hex() if 0 else s) == v and float.fromhex(v.hex()) == v and float("%.17g" % v) == v and eval(s) == v
    digits = s.replace("-", "").replace(".", "").split("e")[0].strip("0"); assert len(digits) <= 17
    acc = (acc * 31 + sum(map(ord, s))) % 1000003
    if i % 100 == 0: print(s, "%.3e" % v, f"{v:.6g}", v.hex())
print(acc)
for k in range(-330, 310, 16): print(f"1e{k}", float(f"1e{k}"), float(f"9.999999999999999e{k}"))
for n in (2**53 - 1, 2**53, 2**53 + 1, 2**54 + 2, 2**63, 2**64, 10**15, 10**16, 10**17, 10**22, 10**23, 3 * 10**21): print(float(n), int(float(n)) - n)
