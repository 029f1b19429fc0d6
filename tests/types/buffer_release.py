"""Buffers of Python classes: the flags that __buffer__ gets, and when __release_buffer__ is called."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


bb=bytearray(b'abc')
class Ex:
    def __buffer__(self,flags): print('buffer',flags); return memoryview(bb)
    def __release_buffer__(self,mv): print('release',mv.tobytes())
def f(g,n): g.__name__=n; case(g)
import struct,zlib,array,binascii,hashlib,base64,re
for n,g in {'mv':lambda:memoryview(Ex()).tolist(),'bytes':lambda:bytes(Ex()),'bytearray':lambda:bytearray(Ex()),'join':lambda:b'x'.join([Ex(),Ex()]),'eq':lambda:b'abc'==Ex(),'eq2':lambda:memoryview(b'abc')==Ex(),'in':lambda:b'a' in Ex(),'in2':lambda:Ex() in b'xabcx','find':lambda:b'xabc'.find(Ex()),'concat':lambda:b'a'+Ex(),'concat2':lambda:bytearray(b'a')+Ex(),'iadd':lambda:bytearray(b'a').__iadd__(Ex()),'extend':lambda:bytearray(b'a').extend(Ex()),'slice':lambda:bytearray(b'abcdef').__setitem__(slice(0,2),Ex()),'starts':lambda:b'abc'.startswith(Ex()),'replace':lambda:b'abc'.replace(Ex(),Ex()),'strip':lambda:b'abc'.strip(Ex()),'split':lambda:b'1abc2'.split(Ex()),'translate':lambda:b'1abc2'.translate(None,Ex()),'maketrans':lambda:len(bytes.maketrans(Ex(),Ex())),'int':lambda:int(Ex()),'int.from':lambda:int.from_bytes(Ex(),'big'),'unpack':lambda:struct.unpack('3s',Ex()),'pack_into':lambda:struct.pack_into('1s',Ex(),0,b'x'),'crc':lambda:zlib.crc32(Ex()),'array':lambda:array.array('B',Ex()),'frombytes':lambda:array.array('B').frombytes(Ex()),'hexlify':lambda:binascii.hexlify(Ex()),'sha':lambda:hashlib.sha1(Ex()).hexdigest()[:4],'b64':lambda:base64.b64encode(Ex()),'re':lambda:re.match(b'a',Ex()).group(),'compile':lambda:re.sub(b'b',Ex(),b'abc'),'eval':lambda:eval(Ex()),'mvslice':lambda:memoryview(Ex())[1:].tobytes(),'mvcast':lambda:memoryview(Ex()).cast('b').tolist(),'bytes.fromhex':lambda:bytes.fromhex(Ex()),'iter':lambda:list(Ex()),'setmv':lambda:memoryview(bytearray(3)).__setitem__(slice(None),Ex()),'lt':lambda:b'a'<Ex(),'format':lambda:format(Ex(),'s') if 0 else 1,'range':lambda:bytes(Ex(),'ascii')}.items():
    f(g,n)
import sys
sys.unraisablehook = lambda u: print('unraisable', u.exc_type.__name__, type(u.object).__name__, u.err_msg)
class Ex4:
    def __buffer__(self,flags): return memoryview(bb)
    def __release_buffer__(self,mv): 1/0
f(lambda:bytes(Ex4()),'e4'); f(lambda:bytes(memoryview(Ex4())),'e4b')
class Ex5(bytearray):
    def __buffer__(self,flags): print('b5',flags); return super().__buffer__(flags)
    def __release_buffer__(self,mv): print('r5'); super().__release_buffer__(mv)
e=Ex5(b'abc')
for n,g in {'bytes':lambda:bytes(e),'mv':lambda:memoryview(e).tolist(),'append':lambda:e.append(1),'radd':lambda:b'a'+e,'in':lambda:e in b'aa','join':lambda:b''.join([e]),'eq':lambda:e==b'abc','crc':lambda:zlib.crc32(e)}.items(): f(g,'e5 '+n)
class Ex6:
    def __release_buffer__(self,mv): print('r6')
f(lambda:memoryview(Ex6()),'e6')
class Ex7:
    def __buffer__(self,flags): self.m=memoryview(bb); return self.m
x=Ex7(); m=memoryview(x); f(lambda:x.m.release(),'e7'); f(lambda:m.tolist(),'e7b'); m.release(); f(lambda:x.m.release(),'e7c'); f(lambda:x.m.tolist(),'e7d')
class Ex8:
    def __buffer__(self,flags): return memoryview(bb)
    def __release_buffer__(self,mv): mv.release(); self.mv=mv
x=Ex8(); f(lambda:bytes(x),'e8'); f(lambda:x.mv.tolist(),'e8b')
class Ex9:
    def __buffer__(self,flags): return memoryview(bb)
    def __release_buffer__(self,mv): self.mv=mv
x=Ex9(); f(lambda:bytes(x),'e9'); f(lambda:x.mv.tolist(),'e9b'); f(lambda:bb.append(1),'e9c')
