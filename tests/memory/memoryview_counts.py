import sys, gc
R = sys.getrefcount
b = bytearray(range(100)); print(R(b)); m = memoryview(b); print(R(b), R(m)); s = m[1:5]; print(R(b), R(m)); c = m.cast('I') if len(b) % 4 == 0 else None; print(R(b)); ro = m.toreadonly(); print(R(b)); mm = memoryview(m); print(R(b), R(m), mm.obj is b)
try: b.extend(b'x')
except BufferError as e: print(e)
del s, c, ro, mm; print(R(b)); m.release(); print(R(b)); b.extend(b'x')
for f in (lambda: m[0], lambda: len(m), lambda: m.tobytes(), lambda: m == m, lambda: hash(m), lambda: m.obj, lambda: repr(m)[:15], lambda: m.release()):
    try: print(f())
    except ValueError as e: print(e)
class B(bytearray): pass
x = B(b'abc'); x.m = memoryview(x); del x; print(gc.collect())
m = memoryview(b'abc'); print(gc.is_tracked(m), [type(o).__name__ for o in gc.get_referents(m)], type(m.obj).__name__)
with memoryview(b) as v: print(R(b)); w = v[1:]
try: v[0]
except ValueError as e: print(e)
print(R(b), w[0]); 
try: b.append(1)
except BufferError as e: print(e)
w.release(); b.append(1); print(R(b))
it = iter(memoryview(b)); next(it); print(R(b)); del it; print(R(b))
import array; a = array.array('i', [1, 2, 3]); m = memoryview(a); print(R(a), m.format, m.itemsize, m.shape); del m; print(R(a)); a.append(4)
import io; bio = io.BytesIO(b'hello'); g = bio.getbuffer(); print(R(bio))
try: bio.write(b'x' * 100)
except BufferError as e: print(e)
try: bio.close()
except BufferError as e: print(e)
g.release(); bio.close(); print(R(bio))
import struct; z = bytearray(8); p = memoryview(z); struct.pack_into('i', p, 0, 5); print(R(z), z[:4]); del p; print(R(z))
