# Files and anonymous memory as bytes: every method, subscripts, access rights and messages.
import mmap, os, tempfile
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
m=mmap.mmap(-1,10)
print(m, len(m), m.tell(), m.closed)
t(lambda: m.size())
t(lambda: m.write(b'hello')); t(lambda: m[0:5]); t(lambda:m[0]); t(lambda:m[-1]); t(lambda:m[10]); t(lambda:m['a']); t(lambda:m[::2]); t(lambda:m[::-1]); t(lambda: m[1.5])
def s(k,v): m[k]=v
t(lambda:s(0,'x')); t(lambda:s(0,300)); t(lambda:s(0,-1)); t(lambda:s(100,1)); t(lambda:s(slice(0,2),b'abc')); t(lambda:s(slice(0,2),b'ab')); t(lambda:s(slice(0,2),'ab')); t(lambda:s(slice(0,4,2),b'zz')); t(lambda:s(0,b'x')); t(lambda:s('a',1)); t(lambda: s(0, 10**30))
def d(k): del m[k]
t(lambda:d(0)); t(lambda:d(slice(0,1))); t(lambda:d('x')); t(lambda:d(100))
t(lambda:m.write(b'toolong')); t(lambda:m.write('x')); t(lambda:m.write_byte(65)); t(lambda:m.write_byte(300)); t(lambda:m.write_byte('a')); t(lambda:m.seek(100)); t(lambda:m.seek(-1)); t(lambda:m.seek(0,5)); t(lambda:m.seek(-1,2)); t(lambda:m.tell()); t(lambda:m.read_byte()); t(lambda:m.read_byte()); t(lambda:m.write_byte(1)); t(lambda:m.seek(0)); t(lambda:m.read(3)); t(lambda:m.read(-5)); t(lambda:m.read()); t(lambda:m.read(None)); t(lambda:m.read('x')); t(lambda:m.seek(2,1)); t(lambda: m.seek(0)); t(lambda:m.readline())
m[:]=b'ab\ncd\nefgh'; m.seek(0); t(m.readline); t(m.readline); t(m.readline); t(m.readline); t(lambda:m.find(b'c')); t(lambda:m.find(b'c',4)); t(lambda:m.find(b'')); t(lambda:m.rfind(b'\n')); t(lambda:m.find('x')); t(lambda:m.find(b'b',0,1)); t(lambda:m.find(b'd',-9,-3)); t(lambda:m.rfind(b'',2,5)); t(lambda:m.find(b'',20)); m.seek(3); t(lambda:m.find(b'a')); t(lambda:m.rfind(b'a')); t(lambda: m.find(b'a',None))
t(lambda:m.move(0,3,4)); t(lambda:m[:]); t(lambda:m.move(0,5,9)); t(lambda:m.move(-1,0,1)); t(lambda:m.flush()); t(lambda:m.flush(0,5)); t(lambda:m.flush(1,50)); t(lambda:m.flush(1,5)); t(lambda:m.madvise(mmap.MADV_NORMAL)); t(lambda:m.madvise(mmap.MADV_NORMAL,0,5)); t(lambda:m.madvise(mmap.MADV_NORMAL,5000)); t(lambda:m.madvise(-5)); t(lambda:m.madvise(mmap.MADV_NORMAL,-1)); t(lambda: m.madvise(0,0,-1))
v=memoryview(m); print(v.readonly, v.nbytes, v.format, v.obj is m); t(m.close); t(lambda:m.resize(20)); v.release()
t(lambda:m.resize(20)); t(lambda:len(m)); t(lambda:m.resize(-1)); t(lambda: m.resize(0))
print(list(m[:5]), m[3:3], 97 in m, b'a' in m[:], list(iter(m))[:3], bool(m))
with m as q: print(q is m)
print(m, m.closed)
for n in ('read','readline','tell','size','close','flush','read_byte','__enter__','__len__'): t(getattr(m,n))
t(lambda:m[0]); t(lambda:m[0:1]); t(lambda:s(0,1)); t(lambda:m.find(b'x')); t(lambda:m.write(b'')); t(lambda: memoryview(m)); t(lambda: m.resize(1)); t(lambda: m.seek(0))
for a in [(-1,),(-1,0),(-1,-1),(-1,10,1,1,1),(-1,10,5),('x',1),(-1,'x'),(999,10),()]: t(lambda:mmap.mmap(*a))
for k in [dict(access=5),dict(access=1,flags=1),dict(offset=-1),dict(offset=1),dict(offset=4096),dict(access=mmap.ACCESS_READ),dict(access=mmap.ACCESS_COPY),dict(prot=mmap.PROT_READ),dict(flags=mmap.MAP_PRIVATE),dict(trackfd=1),dict(zz=1),dict(access=mmap.ACCESS_WRITE,prot=1)]: t(lambda:mmap.mmap(-1,10,**k))
f=tempfile.TemporaryFile(); 
t(lambda:mmap.mmap(f.fileno(),0))
f.write(b'0123456789'*1000); f.flush()
t(lambda:mmap.mmap(f.fileno(),0)); t(lambda:mmap.mmap(f.fileno(),20000)); t(lambda:mmap.mmap(f.fileno(),0,offset=8192)); t(lambda:mmap.mmap(f.fileno(),0,offset=20480)); t(lambda:mmap.mmap(f.fileno(),9000,offset=4096))
r=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ); m=r
t(lambda:s(0,1)); t(lambda:s(slice(0,1),b'a')); t(lambda:r.write(b'a')); t(lambda:r.write_byte(1)); t(lambda:r.move(0,1,1)); t(lambda:r.resize(5)); print(memoryview(r).readonly, r); t(lambda:r.flush())
c=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_COPY); c[0:3]=b'XYZ'; print(c[:5], c); t(lambda:c.resize(5)); t(lambda: c.flush())
w=mmap.mmap(f.fileno(),0); w[0:3]=b'ABC'; t(w.flush); f.seek(0); print(f.read(5), r[:5]); w.resize(20000); print(len(w), w.size(), os.fstat(f.fileno()).st_size); w.seek(5000); w.resize(100); print(w.tell(), len(w)); t(lambda: w.read(1))
import weakref,re; print(weakref.ref(w)() is w, re.search(b'[A-Z]+', w), bytes(w[:3]), hash(w)==hash(w), w==w, int.from_bytes(w[:2],'big'))
print(mmap.error, mmap.PAGESIZE, mmap.ALLOCATIONGRANULARITY, mmap.mmap.__module__, [ (x,getattr(mmap,x)) for x in dir(mmap) if x.isupper()])
class Sub(mmap.mmap):
    def __new__(cls,*a,**k): o=super().__new__(cls,-1,16); o.x=1; return o
print(len(Sub(1)), Sub(1).x); t(lambda: m < m); import copy; t(lambda: copy.copy(w)); print(__import__('sys').getsizeof(mmap.mmap(-1,100))>0)
t(lambda: hash(mmap.mmap(-1,3)) is not None); t(lambda: m+m); t(lambda:w.find(b'B',0,3)); w.seek(0); t(lambda: w.write(b'')); t(lambda: w.write(memoryview(b'zz'))); t(lambda: w.write(b'ab'*2))
