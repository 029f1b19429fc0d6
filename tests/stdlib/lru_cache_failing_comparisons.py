"""An lru_cache whose keys fail to compare while one is found or evicted."""
import functools
class K:
    boom=False
    def __init__(s,v): s.v=v
    def __hash__(s): return 1
    def __eq__(s,o):
        if K.boom: K.boom-=1; 
        if K.boom is not False and K.boom==0: K.boom=False; raise ValueError('eq')
        return s.v==o.v
@functools.lru_cache(2)
def f(k): return k.v
for i in range(1,12):
    f.cache_clear()
    f(K(1)); f(K(2))
    K.boom=i
    try: print(i,f(K(3)))
    except ValueError as e: print(i,e)
    K.boom=False
    print([f(K(j)) for j in (1,2,3,4,1)],f.cache_info())
