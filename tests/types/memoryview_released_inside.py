"""Memoryviews that are released by what they ask for an index or a value."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), )


class Idx:
    def __init__(s,f,v=0): s.f=f; s.v=v
    def __index__(s): s.f(); return s.v
def base(): return bytearray(b'abcdefgh')
ops={'get':lambda m,i:m[i],'set':lambda m,i:m.__setitem__(i,65),'setv':lambda m,i:m.__setitem__(0,i),'slice':lambda m,i:m[i:].tobytes(),'slice2':lambda m,i:m[::i].tobytes(),'setslice':lambda m,i:m.__setitem__(slice(i,i.v+2),b'zz'),'tuple':lambda m,i:m[(i,)],'hex':lambda m,i:m.hex('-',i),'cast':lambda m,i:m.cast('B',[i]).tolist(),'cmp':lambda m,i:m==i,'tobytes':lambda m,i:m.tobytes(i)}
acts={'rel':lambda m,b:m.release(),'rel+clear':lambda m,b:(m.release(),b.clear()),'none':lambda m,b:0,'write':lambda m,b:m.__setitem__(slice(None),b'ABCDEFGH')}
for on,op in ops.items():
  for an,act in acts.items():
    for v in (0,3,8,-1,1):
      b=base(); m=memoryview(b)
      f=lambda:op(m,Idx(lambda:act(m,b),v)); f.__name__=f'{on}/{an}/{v}'
      case(f); print(b)
