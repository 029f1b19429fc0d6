class S(str):
    def __new__(cls, v, extra=None):
        o = super().__new__(cls, v); o.extra = extra; return o
    def __str__(self): return "S-str"
    def __repr__(self): return "S-repr"
    def __len__(self): return 99
    def __add__(self, o): return "S-add"
    def __eq__(self, o): return str.__eq__(self, o)
    __hash__ = str.__hash__
s = S("abc", 5)
print(s, repr(s), str(s), s.extra, len(s), s + "x", "x" + s, s == "abc", "abc" == s, {s: 1}["abc"], s.upper(), type(s.upper()), type(s[:]), type(s * 1), type(str(s)), f"{s}", f"{s!r}", "%s" % s, "{}".format(s), format(s, ">5"))
print("".join([s]), type("".join([s])).__name__, s.encode(), s in "xabcx", "xabcx".find(s), "b" in s, [*s], s.replace("a", "z"), type(s.strip()), type(s.lower()), s.__dict__)
class Bad:
    def __str__(self): return 5
class BadR:
    def __repr__(self): return None
class OnlyR:
    def __repr__(self): return "only repr"
for f in (lambda: str(Bad()), lambda: print(Bad()), lambda: repr(BadR()), lambda: str(BadR()), lambda: f"{Bad()}", lambda: "%s" % Bad(), lambda: ascii(BadR()), lambda: format(Bad())):
    try: f()
    except TypeError as e: print(e)
print(str(OnlyR()), repr(OnlyR()), f"{OnlyR()}", str([OnlyR()]), "%s %r" % (OnlyR(), OnlyR()))
class SubRet:
    def __str__(self): return S("sub")
print(type(str(SubRet())).__name__, str(SubRet()) == "sub")
print(str.__new__(str, "x"), str.__new__(S, "q").__class__.__name__)
for a in [(int, "x"), (), (5,), (str, b"a", "ascii")]:
    try: print(str.__new__(*a))
    except TypeError as e: print(e)
print(repr(str), str.__name__, str.__doc__.splitlines()[0], "abc".__class__, "abc".__doc__ is str.__doc__, str.__base__)
try: "abc".x = 1
except AttributeError as e: print(e)
try: "abc"[0] = "x"
except TypeError as e: print(e)
try: del "abc"[0]
except TypeError as e: print(e)
try: "abc".__len__ = 5
except AttributeError as e: print(e)
print(sorted(n for n in dir(str) if not n.startswith("_")))
print([n for n in ("__add__", "__radd__", "__mod__", "__rmod__", "__mul__", "__rmul__", "__iter__", "__getnewargs__", "__hash__", "__bool__", "__index__") if hasattr(str, n)])
a = "x" * 5; b = "xxxxx"; print(a == b, a is not None, a.__getnewargs__(), "abc".__sizeof__() > 0, isinstance("a", str), issubclass(S, str))
