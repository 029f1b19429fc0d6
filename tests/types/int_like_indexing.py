class I:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
class Bad:
    def __index__(s): return "x"
class Err:
    def __index__(s): raise ValueError("index")
class OnlyInt:
    def __int__(s): return 1
class SubI(int): pass
class RetSub:
    def __index__(s): return SubI(1)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
l = [10, 20, 30]
for v in (I(1), I(-1), True, SubI(2), Bad(), Err(), OnlyInt(), 1.0, None, "1", I(10), I(2**100), 2**100, -2**100):
    t(lambda: l[v]); t(lambda: l[v:]); t(lambda: "abc"[v]); t(lambda: range(5)[v]); t(lambda: l * v if not isinstance(v, (I, int)) or abs(int(v.__index__() if hasattr(v, "__index__") else v)) < 100 else "big")
t(lambda: [1] * I(3)); t(lambda: I(2) * "ab"); t(lambda: range(I(2), I(5))); t(lambda: bytes(I(2))); t(lambda: hex(I(255))); t(lambda: int("11", I(2))); t(lambda: round(1.25, I(1))); t(lambda: chr(I(65))); t(lambda: (5).to_bytes(I(2))); t(lambda: "abc".center(I(7))); t(lambda: [1, 2].insert(I(0), 1)); t(lambda: [1, 2].pop(I(0))); t(lambda: "aXbX".replace("X", "", I(1))); t(lambda: 1 << I(3)); t(lambda: int(I(7))); t(lambda: float(I(7))); t(lambda: slice(I(1)).indices(I(5))); t(lambda: "a b c".split(None, I(1))); t(lambda: divmod(7, I(2))); t(lambda: {I(1): 2}[1] if 0 else 0); t(lambda: pow(2, I(3))); t(lambda: sum([1], I(1))); t(lambda: enumerate([1], I(5)).__next__()); t(lambda: memoryview(b"abc")[I(1)]); t(lambda: bytearray(b"abc").pop(I(0))); t(lambda: "%d" % I(5)); t(lambda: "%x" % I(10)); t(lambda: f"{I(5):d}"); t(lambda: complex(I(3))); t(lambda: b"abc"[I(1):I(3)]); t(lambda: (1, 2, 3).index(3, I(1))); t(lambda: "abcabc".find("c", I(3))); t(lambda: bin(OnlyInt())); t(lambda: int(OnlyInt())); t(lambda: bytes([I(65)])); t(lambda: bytearray([Bad()])); t(lambda: "%c" % I(65))
