# The counts that special methods see, called in every way there is.
import gc; gc.disable()
import sys, math, operator, functools, itertools, copy, io, os, pickle
rc = sys.getrefcount
LOG = []
def note(name, *a): LOG.append((name,) + tuple(rc(x) for x in a))
class C:
    def __str__(s): note('str', s); return 's'
    def __repr__(s): note('repr', s); return 'r'
    def __format__(s, f): note('format', s); return 'f'
    def __bytes__(s): note('bytes', s); return b'b'
    def __int__(s): note('int', s); return 1
    def __float__(s): note('float', s); return 1.5
    def __complex__(s): note('complex', s); return 1j
    def __index__(s): note('index', s); return 1
    def __bool__(s): note('bool', s); return True
    def __len__(s): note('len', s); return 3
    def __hash__(s): note('hash', s); return 7
    def __eq__(s, o): note('eq', s, o); return s is o
    def __lt__(s, o): note('lt', s, o); return False
    def __gt__(s, o): note('gt', s, o); return False
    def __le__(s, o): note('le', s, o); return False
    def __ge__(s, o): note('ge', s, o); return False
    def __dir__(s): note('dir', s); return []
    def __sizeof__(s): note('sizeof', s); return 100
    def __abs__(s): note('abs', s); return s
    def __neg__(s): note('neg', s); return s
    def __pos__(s): note('pos', s); return s
    def __invert__(s): note('invert', s); return s
    def __round__(s, n=None): note('round', s); return 1
    def __trunc__(s): note('trunc', s); return 1
    def __floor__(s): note('floor', s); return 1
    def __ceil__(s): note('ceil', s); return 1
    def __iter__(s): note('iter', s); return iter([])
    def __next__(s): note('next', s); raise StopIteration
    def __reversed__(s): note('reversed', s); return iter([])
    def __contains__(s, o): note('contains', s, o); return True
    def __getitem__(s, k): note('getitem', s, k); return 1
    def __setitem__(s, k, v): note('setitem', s, k, v)
    def __delitem__(s, k): note('delitem', s, k)
    def __add__(s, o): note('add', s, o); return s
    def __radd__(s, o): note('radd', s, o); return s
    def __iadd__(s, o): note('iadd', s, o); return s
    def __mul__(s, o): note('mul', s, o); return s
    def __rmul__(s, o): note('rmul', s, o); return s
    def __pow__(s, o, m=None): note('pow', s, o); return s
    def __rpow__(s, o, m=None): note('rpow', s, o); return s
    def __mod__(s, o): note('mod', s, o); return s
    def __rmod__(s, o): note('rmod', s, o); return s
    def __divmod__(s, o): note('divmod', s, o); return s
    def __rdivmod__(s, o): note('rdivmod', s, o); return s
    def __call__(s, *a, **k): note('call', s, a, k, *a); return s
    def __enter__(s): note('enter', s); return s
    def __exit__(s, *a): note('exit', s, a)
    def __getattr__(s, n): note('getattr', s, n); raise AttributeError(n)
    def __fspath__(s): note('fspath', s); return '/'
    def __copy__(s): note('copy', s); return s
    def __deepcopy__(s, m): note('deepcopy', s); return s
    def __length_hint__(s): note('hint', s); return 3
    def __instancecheck__(s, o): note('ic', s, o); return True
    def __subclasscheck__(s, o): note('sc', s, o); return True
    def __await__(s): note('await', s); return iter([])
    def __del__(s): note('del', s)
    def __set_name__(s, o, n): note('set_name', s, n)
    def __get__(s, i, t): note('get', s); return 1
    def __set__(s, i, v): note('set', s, v)
    def __delete__(s, i): note('delete', s)
    def __mro_entries__(s, b): note('mro_entries', s, b); return ()
    def __class_getitem__(c, k): note('cgi', k); return 1
    def __reduce_ex__(s, p): note('reduce_ex', s); return 'x'
o = C()
def show(label):
    print(label, LOG); LOG.clear()
EXPRS = '''str(o);repr(o);format(o);format(o,'x');f"{o}";f"{o!r}";f"{o!s}";f"{o:x}";"%s"%o;"%r"%o;"%s"%(o,);"{}".format(o);"{0}".format(o);"{!r}".format(o);ascii(o);bytes(o);int(o);float(o);complex(o);bool(o);not o;
len(o);hash(o);o==o;o==C();C()==o;o!=o;o<o;o>C();o<=o;dir(o);sys.getsizeof(o);abs(o);-o;+o;~o;round(o);round(o,1);math.trunc(o);math.floor(o);math.ceil(o);iter(o);next(o);next(o,1);reversed(o);1 in o;o in o;o[1];o[o];
o+o;o+1;1+o;o+C();C()+o;o*2;2*o;o**2;2**o;pow(o,2);pow(o,2,3);o%2;2%o;divmod(o,2);divmod(2,o);o();o(o);o(*[o]);o(k=o);getattr(o,'zz',1);hasattr(o,'zz');os.fspath(o);copy.copy(o);copy.deepcopy(o);
operator.index(o);operator.length_hint(o);operator.add(o,o);operator.eq(o,o);operator.neg(o);operator.not_(o);operator.contains(o,1);operator.getitem(o,o);operator.call(o,o);
isinstance(1,o);issubclass(int,o);hex(o);oct(o);bin(o);chr(o);range(o);[1,2,3][o];(1,2,3)[o];'abc'[o];b'abc'[o];'a'*o;[1]*o;[0,1,2][o:];slice(o).indices(3);bytes(5)[o];bytearray(o);
list(o);tuple(o);set(o);sorted(o);sum(o);any(o);all(o);dict(o);enumerate(o);zip(o,o);map(str,o);list(map(str,[o]));list(map(hash,[o,o]));list(filter(None,[o]));list(filter(bool,[o]));
{o};{o:1};{o:o};frozenset([o]);{o}|{o};[o].index(o);[o].count(o);o in [o];o in (1,o);o in {o};o in {o:1};[C(),o].index(o);{o:1}[o];{o:1}.get(o);{}.setdefault(o,o);{o:1}.pop(o);dict.fromkeys([o]);
max(o,o);min([o,o]);sorted([o,o]);[o,o].sort();max([o,o],key=hash);sorted([o,o],key=len);print(o,file=io.StringIO());"".join(map(str,[o]));math.sqrt(o);math.gcd(o,2);math.pow(o,2);math.fsum([o]);complex(o,1);
functools.reduce(operator.add,[o,o]);list(itertools.starmap(len,[(o,)]));functools.partial(len,o)();type(o).__str__(o);C.__len__(o);o.__len__();o.__eq__(o);object.__repr__(o) and 0;object.__str__(o);object.__format__(o,'');
[*o];(*o,);{*o};print(*o,end='');len([o,o]);repr((o,o));repr({o:o});str({o});[o]==[o];[o]==[C()];(o,)==(C(),);{1:o}=={1:C()};o is o;o and 1;o or 1;1 if o else 2;
int.__add__(1,o);'x'.__add__ and o.__add__(1);sum([o,o],o);any([o]);all([o]);bool([o]);memoryview(b'abc')[o];'{:{}}'.format(1,o) if 0 else 0;"%d"%o if 0 else 0;"%d"%(o,);"%x"%o;"%c"%o;"%f"%o;time.sleep(0) if 0 else 0;divmod(o,o);round(o,ndigits=None);
eval('o+o');exec('o+o');compile('1','x','eval') and 0;(lambda a:a+a)(o);(lambda *a:a[0]+a[0])(o);[x+x for x in [o]];[len(x) for x in (o,)];{len(x) for x in [o]};{len(x):hash(x) for x in [o]};list(len(x) for x in [o]);next(len(x) for x in [o]);iter(lambda:o,o) and 0;list(iter(lambda:o,o));pickle.dumps(o) if 0 else 0;C[o];C[1,o];vars(o);
list(zip([o],[o]));list(enumerate([o]));list(reversed([o]));[len(x) for x,y in zip([o],[o])];[len(y) for x,y in enumerate([o])];[len(x) for x in reversed([o])];[len(x) for x in {o:1}];[len(x) for x in {1:o}.values()];[len(v) for k,v in {1:o}.items()];[len(x) for x in {o}];[len(x) for x in itertools.chain([o])];[len(x) for x in itertools.repeat(o,2)];[len(a) for a,b in itertools.product([o],[o])];[len(a) for a,b in itertools.pairwise([o,o])];[len(x) for x in map(lambda v:v,[o])];[len(x) for x in filter(None,[o])]'''
for e in EXPRS.replace('\n','').split(';'):
    e = e.strip()
    if not e: continue
    code = compile(e, e, 'eval')
    try: r = eval(code)
    except Exception as x: r = type(x).__name__
    r = None
    show(e + ' G')
    if 'o' in e:
        fc = compile(f'def F():\n    o = C()\n    r = ({e})\n    r = None\ndef T(o):\n    r = ({e})\n    r = None', e, 'exec')
        ns = dict(globals()); exec(fc, ns)
        try: ns['F']()
        except Exception as x: pass
        show(e + ' L')
        try: ns['T'](C())
        except Exception as x: pass
        show(e + ' T')
STMTS = '''o[1]=2;o[o]=o;del o[1];del o[o];o+=o;x=o;x+=1
with o: pass
with o as q: q=None
with C() as q: del q
for i in o: pass
a,*b=o,o
assert o
if o: pass
while not o: break
class K: y=C()
class K2:
    y=o
K2.y;K2().y
k=K2();k.y=1
k=K2();k.y=o
del K2().y
class K3(o): pass
match o:
    case 1: pass
    case _: len(o)
match [o]:
    case [1]: pass
    case [q]: len(q); del q
print(o,o,sep='',file=io.StringIO())
try: raise KeyError(o)
except KeyError as e: str(e)
lst=[C(),C()];lst[0]=o;del lst
lst=[C(),C()];lst.clear();del lst
lst=[C(),C()];lst.pop();del lst[0];del lst
d={1:C()};d[1]=o;del d
d={1:C()};d.clear();del d
d={1:C()};d.pop(1);del d
d={o:1};d[o]=2;del d[o]
s={o};s.add(o);s.discard(o);s.add(o);s.remove(o)
t=(C(),);del t
def gg():
    yield C()
for v in gg(): len(v)
v=None
def gg2():
    q=C(); yield 1
z=gg2();next(z);z.close()
z=gg2();next(z);del z
global_=C();global_=None
def ff():
    q=C()
    return len(q)
ff()
def ff2(q):
    q=None
ff2(C())
def ff3(q):
    del q
ff3(C())
def ff4(*q): len(q[0])
ff4(C());ff4(o);ff4(*[o])
def ff5(**q): len(q['a'])
ff5(a=C());ff5(a=o);ff5(**{'a':o})
def ff6(a,b=o,*,c=o): return len(a)+len(b)+len(c)
ff6(o);ff6(C())
del ff6
def ff7():
    q=C()
    def inner(): return len(q)
    return inner
ff7()();len(o)
ff7()
def ff8(q):
    return lambda: len(q)
ff8(o)();ff8(C())()'''
ns = globals()
for st in STMTS.split('\n') if False else []:
    pass
blocks=[]; cur=[]
for l in STMTS.split('\n'):
    if l.startswith((' ','except','case')) : cur.append(l)
    else:
        if cur: blocks.append('\n'.join(cur))
        cur=[l]
blocks.append('\n'.join(cur))
# The namespaces made above are cycles that still refer to what is counted below.
gc.collect()
for blk in blocks:
    try: exec(compile(blk,'<s>','exec'), ns)
    except Exception as x: print(type(x).__name__)
    show(blk+' |')
