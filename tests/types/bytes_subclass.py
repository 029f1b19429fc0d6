class B(bytes):
    def __new__(cls, v, t=0): o = super().__new__(cls, v); o.t = t; return o
    def __repr__(self): return "B!"
b = B(b"abc", 5)
print(b, b.t, b == b"abc", b + b"x", type(b + b""), type(b[:]), type(b.upper()), type(bytes(b)), b"".join([b]), type(b"".join([b])), {b: 1}[b"abc"], b.hex(), b[0], len(b), b.decode(), b"%s" % b, B.fromhex("61"), type(B.fromhex("61")))
class BA(bytearray):
    pass
a = BA(b"abc"); a.x = 1
print(a, a.x, type(a[:]), type(a + b"x"), type(a.upper()), type(a.copy()), BA.fromhex("6162"), a == b"abc")
a += b"d"; print(a, type(a)); a *= 2; print(a, type(a))
try: b.__class__ = bytes
except TypeError as e: print(e)
try: B()
except TypeError as e: print(e)
for f in (lambda: b"a".x, lambda: setattr(b"a", "x", 1), lambda: bytes.__new__(int), lambda: bytes.__new__()):
    try: f()
    except Exception as e: print(type(e).__name__, e)
try: b"abc"[0] = 1
except TypeError as e: print(e)
try: del b"abc"[0]
except TypeError as e: print(e)
class HasBytes(str):
    def __bytes__(self): return b"custom"
print(bytes(HasBytes("x")))
