# no-stress: what collections find is what is looked at
import gc, sys, io, re, weakref
class C:
    def __init__(s,n): s.n=n
class U:
    def __del__(s): print('U del')
def dbg(flags, make):
    old=sys.stderr; sys.stderr=io.StringIO()
    gc.collect()
    sys.stderr.truncate(0); sys.stderr.seek(0)
    make()
    gc.set_debug(flags)
    n=gc.collect()
    gc.set_debug(0)
    t=sys.stderr.getvalue(); sys.stderr=old
    t=re.sub('0x[0-9a-f]+','0xX',t); t=re.sub(r'[0-9.]+s elapsed','Ts elapsed',t); t=re.sub('generation: .*','generation: ...',t); t=re.sub('generation: [0-9]+','g',t)
    print(n,t, len(gc.garbage))
    for g in gc.garbage: print(type(g).__name__)
    gc.garbage.clear()
def m1():
    a=C(1); a.a=a
    b=U(); b.b=b
    l=[]; l.append(l)
    d={}; d['d']=d
    def f(): return f
    class K: pass
    t=([],); t[0].append(t)
    s=set(); c=C(s); s.add(c)
    g=(x for x in [1]); l2=[g]
for fl in (gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK, gc.DEBUG_LEAK|gc.DEBUG_STATS):
    dbg(fl,m1)
print(gc.get_debug())
gc.collect(); gc.set_debug(gc.DEBUG_SAVEALL)
a=C(1); a.a=a; w=weakref.ref(a,lambda r: print('cb')); del a
print(gc.collect(), w(), len(gc.garbage), gc.garbage[0].n)
gc.set_debug(0); gc.garbage.clear(); print(gc.collect())
print(gc.get_stats()[0].keys())
st=gc.get_stats()[2]; gc.collect(); st2=gc.get_stats()[2]; print(st2['collections']-st['collections'], st2['collected']-st['collected'])
# freeze
gc.freeze(); n=gc.get_freeze_count(); print(n>100, len(gc.get_objects()))
x=C(1); x.x=x; gc.freeze(); del x; print(gc.collect(), gc.get_freeze_count() >= n)
gc.unfreeze(); print(gc.get_freeze_count(), gc.collect())
# callbacks errors
def bad(p,i): raise ValueError(p)
import types
def hook(u): print(u.exc_type, u.exc_value, u.err_msg, u.object is bad)
sys.unraisablehook=hook
gc.callbacks.append(bad); gc.collect(); gc.callbacks.remove(bad)
def cb(p,i): print(p, sorted(i.items()), sys.getrefcount(i)); 
gc.callbacks.append(cb); gc.callbacks.append(cb); gc.collect(1); gc.callbacks.clear()
def addone(p,i):
    print('addone',p)
    if p=='start': gc.callbacks.append(two)
def two(p,i): print('two',p)
gc.callbacks[:]=[addone]; gc.collect(0); gc.callbacks.clear()
try: gc.callbacks=1; 
except Exception as e: print(e)
gc.collect(); del gc.callbacks
sys.unraisablehook=sys.__unraisablehook__
# nested collect
class Nest:
    def __del__(s): print('nested', gc.collect(), gc.get_count()[0]>=0)
n=Nest(); n.n=n; del n; print(gc.collect())
def cb(p,i): print(p, gc.collect())
# get_objects during
class Look:
    def __del__(s): print(any(o is s for o in gc.get_objects()), len(gc.get_referrers(s)))
n=Look(); n.n=n; del n; print(gc.collect())
n=Look(); n=None
# set threshold inside a finalizer, disable inside
class Dis:
    def __del__(s): gc.disable(); gc.set_threshold(5)
n=Dis(); n.n=n; del n; print(gc.collect(), gc.isenabled(), gc.get_threshold())
gc.enable(); gc.set_threshold(700,10,10)
# mutating lists in finaliser
class Mut:
    def __init__(s,l): s.l=l
    def __del__(s): s.l.append(1); s.l.clear()
l=[]; l.extend(Mut(l) for _ in range(5)); del l; print(gc.collect())
l=[Mut([]) for _ in range(3)]; l[1].l=l; l[0].l=l; del l[1]; print(len(l)); 
d={}
class DM:
    def __del__(s): d['new']=1; d.clear()
d['a']=DM(); d['b']=DM(); d.clear(); print(d)
d['a']=DM(); d['a']=2; print(d)
d['a']=DM(); d.pop('a'); print(d); d['a']=DM(); del d['a']; print(d)
s=set()
class SM:
    def __del__(s_): s.add(1)
s.add(SM()); s.clear(); print(s); s.add(SM()); s.pop(); print(len(s))
l=[]
class LM:
    def __del__(s): l.append(len(l))
l.extend([LM(),LM(),LM()]); del l[:]; print(l); l[:]=[LM(),LM()]; l[:]=[]; print(l); l[:]=[LM()]*3; l[0]=0; l.clear(); print(l); l[:]=[LM(),1]; l.pop(0); print(l); l.insert(0,LM()); l*=0; print(l); l.append(LM()); l.sort(key=str); l=[]; print(l)
