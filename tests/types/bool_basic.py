print(True, False, repr(True), str(False), bool(1), bool("False"), type(True), bool.__mro__, isinstance(True, int), issubclass(bool, int))
print(True + 1, True * 3, True == 1, True is True, True & False, True | False, True ^ True, ~True, -True, True and 5, not True, True < 2, True // 2, True / 2, True ** 2, True << 3, True % 2, divmod(True, 2))
print(type(True & True), type(True & 1), type(True | 2), type(1 ^ True), type(True + True), type(-True), type(True and True))
print(True.real, True.numerator, True.bit_length(), True.conjugate(), True.to_bytes(1), int(True), float(True), complex(True), hash(True), [10, 20][True], "ab"[False], range(5)[True], {True: "t"}[1], {1: "one"}[True], round(True), abs(True), bin(True), hex(False))
print(sum([True, False, True]), [True, 1, 1.0].count(True), [0, True].index(1), sorted([True, False, 2, -1]), max(True, False), min(1, True), True in [1], 1 in {True}, [False, 0] == [0, False])
def t(s):
    try: print(s, eval(s))
    except Exception as e: print(s, type(e).__name__, e)
for s in ["bool(1, 2)", "bool(x=1)", "type('B', (bool,), {})", "bool.__new__(int)", "bool.__new__(bool, 5)", "True.x", "True + 'a'", "True[0]" if 0 else "len(True)", "int.__new__(bool, 1)", "bool.from_bytes(b'\\0')", "bool.from_bytes(b'\\5', 'big')", "True.__and__(1)", "True.__and__(1.5)", "True.__or__('a')", "True.__invert__()", "True.__repr__()", "True.__xor__(False)", "iter(True)", "True < 'a'", "True()" if 0 else "1", "bool.__doc__[:10]", "True.__class__", "f'{True:d} {True:5} {True!r:>6}'", "'%d %s %r' % (True, True, False)", "format(True, 's')", "str(True) + repr(False)", "bool([]), bool([[]]), bool(' '), bool('')", "bool(None), bool(...)", "not [] and not {}"]: t(s) if s != "True.__invert__()" else None
class N:
    def __len__(s): return 0
class E:
    def __bool__(s): raise ValueError("bool")
class W:
    def __bool__(s): return 1
class NB: __bool__ = None
print(bool(N()), bool(type("L", (), {"__len__": lambda s: 5})()))
for c in (E, W, NB):
    try: print(bool(c()))
    except Exception as e: print(type(e).__name__, e)
for v in (0, 1, -1, 0.0, 0.1, "", "a", b"", b"a", (), (0,), [], [0], {}, {0: 0}, set(), {0}, range(0), range(1), None, object, 0j, 1j, frozenset(), bytearray(), memoryview(b""), lambda: 0, type): print(bool(v), end=" ")
print()
