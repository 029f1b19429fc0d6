x = 5
x += 2; print(x)
x -= 3; print(x)
x *= 7; print(x)
x //= 2; print(x)
x **= 2; print(x)
x %= 50; print(x)
x /= 4; print(x)
x = 0b1100
x &= 0b0110; print(x)
x |= 0b1001; print(x)
x ^= 0b1111; print(x)
x <<= 5; print(x)
x >>= 2; print(x)
a = b = [1]
a += (2, 3)
print(b, a is b)
a = a + [4]
print(b, a is b)
a *= 2
print(a)
t = u = (1,)
t += (2,)
print(t, u)
class V:
    def __init__(self, log): self.log = log
    def __iadd__(self, o): self.log.append(("iadd", o)); return self
    def __isub__(self, o): self.log.append(("isub", o)); return "replaced"
    def __mul__(self, o): return ("mul", o)
    def __imatmul__(self, o): return NotImplemented
    def __matmul__(self, o): return "matmul"
log = []
v = V(log)
v += 1
print(type(v).__name__, log)
v *= 3
print(v)
v = V(log)
v @= 1
print(v)
v = V(log)
v -= 2
print(v, log)
def order(tag, val):
    print("eval", tag)
    return val
d = {"k": 1}
order("container", d)[order("key", "k")] += order("value", 10)
print(d)
class A: pass
o = A(); o.n = 1
order("obj", o).n += order("v", 2)
print(o.n)
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as e:
    print(e)
print(t)
for stmt in ["x = None; x += 1", "x = []; x += 1", "x = 'a'; x -= 'b'", "x = {}; x |= 1", "x = (1,); x *= 'a'", "undefined_name += 1", "x = 1; x @= 2", "x = 1; x <<= 1.0"]:
    try:
        exec(stmt)
    except Exception as e:
        print(type(e).__name__, e)
