"""Values through marshal: what comes back, what is shared, and what wrong bytes give."""
import io
import marshal

values = [None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, -2**40, 10**50, -(10**50),
          0.0, 1.5, -1e300, float("inf"), 2.5 - 1j, "", "name", "two words", "é", "\ud800", "x" * 300, "é" * 300, b"", b"ab\x00",
          (), (1, "a"), tuple(range(300)), [], [1, [2, []]], {}, {"k": 1, 2: (3,)}, {1, 2}, frozenset({"q"})]
for version in range(5):
    bad = [v for v in values if repr(marshal.loads(marshal.dumps(v, version))) != repr(v)]
    print(version, bad)
for value in (1, 2**40, -2**40, "é", "\ud800", 1.5, 1.5j, b"a", {1: 2}, {1, 3, 2}, ()):
    print([marshal.dumps(value, version) for version in (0, 2)])
shared = ["long enough"] * 2
again = marshal.loads(marshal.dumps([shared, shared]))
print(again, again[0] is again[1], again[0][0] is again[0][1])
loop = []
loop.append(loop)
back = marshal.loads(marshal.dumps(loop))
print(back[0] is back)
print(marshal.loads(marshal.dumps(bytearray(b"xy"))), marshal.loads(memoryview(marshal.dumps(memoryview(b"z")))))
file = io.BytesIO()
marshal.dump([1], file)
marshal.dump("second", file)
file.seek(0)
print(marshal.load(file), marshal.load(file))
code = compile("def f(a, b=2): return [a + b, ...]\nprint(f(1))", "here", "exec")
exec(marshal.loads(marshal.dumps(code)))


class Sub(int):
    pass


deep = []
for _ in range(3000):
    deep = [deep]
flat = deep = deep[0]
wrong = [lambda: marshal.dumps(object()), lambda: marshal.dumps(Sub()), lambda: marshal.dumps([{}, {object: 1}]),
         lambda: marshal.dumps(deep), lambda: marshal.loads(b"[\1\0\0\0" * 3000 + b"N")]
wrong += [lambda data=data: marshal.loads(data) for data in (
    b"", b"[", b"\xff", b"r\0\0\0\0", b"i\0", b"0", b"(\1\0\0\0" b"0", b"[\1\0\0\0" b"0", b"<\1\0\0\0" b"0",
    b"[\xff\xff\xff\xff", b"s\xff\xff\xff\xff", b"l\2\0\0\0\0\0\0\0", b"l\1\0\0\0\xff\xff", b"z\5a", b"{NN",
    b"f\3abc", "text")]
wrong += [lambda: marshal.load(3), lambda: marshal.load(io.StringIO("abc"))]
for attempt in wrong:
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
