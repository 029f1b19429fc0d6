eg = ExceptionGroup("msg", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), KeyError(4)])])
print(eg, repr(eg), eg.message, eg.exceptions, eg.args, type(eg), str(eg))
m, r = eg.split(ValueError); print(repr(m), repr(r)); print(eg.subgroup(KeyError), eg.subgroup(OSError), eg.split(OSError)[0], repr(eg.subgroup((TypeError, KeyError))), repr(eg.subgroup(lambda e: isinstance(e, ValueError) and e.args[0] > 1)), eg.subgroup(ExceptionGroup) is eg, eg.split(Exception)[1])
b = BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError()]); print(type(b), repr(b), type(BaseExceptionGroup("x", [ValueError()])), type(b.split(ValueError)[0]), type(b.split(ValueError)[1]))
print(repr(eg.derive([OSError()])), eg.derive([ValueError()]).message)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: eg.split(5)); t(lambda: eg.subgroup("x")); t(lambda: eg.split((ValueError, 5))); t(lambda: eg.derive([])); t(lambda: eg.derive(5)); t(lambda: setattr(eg, "message", 1)); t(lambda: setattr(eg, "exceptions", ())); t(lambda: ExceptionGroup()); t(lambda: ExceptionGroup("a", (ValueError(),), 3)); t(lambda: ExceptionGroup("a", ValueError())); t(lambda: ExceptionGroup("a", {ValueError()})); t(lambda: ExceptionGroup(b"a", [ValueError()])); t(lambda: BaseExceptionGroup("a", [5])); t(lambda: ExceptionGroup("a", [ValueError])); t(lambda: ExceptionGroup[int]); t(lambda: eg.split())
class MyEG(ExceptionGroup):
    def __new__(cls, msg, excs, code=0): o = super().__new__(cls, msg, excs); o.code = code; return o
    def derive(self, excs): return MyEG(self.message, excs, self.code)
g = MyEG("mine", [ValueError(1), TypeError(2)], 7); s = g.subgroup(ValueError); print(type(s), s.code, repr(s))
class NoDerive(ExceptionGroup): pass
print(type(NoDerive("n", [ValueError(), KeyError()]).subgroup(ValueError)))
try:
    class Mix(ExceptionGroup, KeyError): pass
    print(Mix("m", [ValueError()]))
except TypeError as e: print(e)
eg.add_note("n"); m, r = eg.split(ValueError); print(m.__notes__, r.__notes__, m.__notes__ is eg.__notes__); eg.__cause__ = KeyError("c"); print(repr(eg.split(ValueError)[0].__cause__), eg.split(ValueError)[0].__context__)
leaf = ValueError("shared"); e2 = ExceptionGroup("a", [leaf, leaf]); print(e2.exceptions[0] is e2.exceptions[1], repr(e2.subgroup(lambda e: e is leaf)))
l = [ValueError(1)]; e3 = ExceptionGroup("l", l); l.append(5); print(e3.exceptions, e3.args)
print(isinstance(eg, Exception), isinstance(b, Exception), len(str(ExceptionGroup("x" * 100, [ValueError()]))), str(ExceptionGroup("one", [ValueError()])), str(ExceptionGroup("", [ValueError()] * 3)))
calls = []
eg.subgroup(lambda e: calls.append(type(e).__name__)); print(calls)
