class A:
    x = 5
    d = {"k": [1, 2]}
    def __format__(self, spec): return f"A<{spec}>"
    def __repr__(self): return "A-repr"
    def __str__(self): return "A-str"
    def __getitem__(self, k): return ("item", k)
a = A()
class D(dict):
    def __missing__(self, k): return f"missing {k}"

CASES = r"""
"{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{a} {b}".format(a=1, b=2), "{0} {a}".format(1, a=2), "{}".format("x"), "{{}}".format(), "{{{}}}".format(1), "".format(), "abc".format(1, 2)
"{0.x} {0.d[k]} {0.d[k][1]} {0[5]} {0[a]} {0[-1]} {0[a b]}".format(a), "{a.x}".format(a=a), "{[0]} {.real}".format([1], 2), "{0[0][1]}".format([[1, 2]]), "{x[1]}".format(x={1: "one"})
"{!r} {!s} {!a}".format("é", "é", "é"), "{!r:>10}|{!s:<5}|".format("a", "b"), "{0!r} {0!s} {0}".format(a), "{:spec} {:}".format(a, a), "{!s:>8}".format(a)
"{:5}|{:<5}|{:>5}|{:^5}".format("a", "b", "c", "d"), "{:*^7}|{:.2}|{:5.1}".format("a", "bcd", "efg"), "{:{}}|{:{}.{}}".format(1, 5, 3.14159, 8, 2), "{0:{1}}".format("x", ">3"), "{:{w}}".format("a", w=4), "{:{0}}".format(5) if 0 else "", "{a:{b}{c}}".format(a=1, b=">", c=5)
"{:d} {:x} {:.2f} {:%} {:,} {:e}".format(1, 255, 1.555, 0.5, 1234567, 12345.6), "{:s}".format("a"), "{:>5s}".format("a"), "{:05}".format(42), "{:05}".format("ab")
"{:%H}".format(a), "{:!r}".format(a), "{:{{}}}".format(a) if 0 else "", "{0:}".format(5), "{!r:}".format("a"), "{:}}}".format(a) if 0 else ""
"{} {}".format(1)
"{a}".format()
"{0} {}".format(1, 2)
"{} {0}".format(1, 2)
"{".format()
"}".format()
"{0".format(1)
"{0!}".format(1)
"{0!z}".format(1)
"{0!rr}".format(1)
"{!}".format(1)
"{0.}".format(1)
"{0[}".format([1])
"{0[]}".format([1])
"{0[0}".format([1])
"{0[0]x}".format([1])
"{0.nope}".format(1)
"{0[5]}".format([1])
"{0[k]}".format({})
"{0[a]}".format([1])
"{:{:{}}}".format(1, 2, 3)
"{:d}".format("a")
"{:q}".format(1)
"{5}".format(1)
"{-1}".format(1)
"{ 0}".format(1)
"{a b}".format(**{"a b": 1}), "{a-b}".format(**{"a-b": 2}), "{1a}".format(**{"1a": 3}), "{é}".format(é=4), "{0x}".format(**{"0x": 1})
"{0}{1}".format(*"ab"), "{x}".format(**{"x": 1}), "{self}".format(self=1), "{0.__class__.__name__}".format(5), "{0.real.imag}".format(1)
"{99999999999999999999}".format(1)
"{:99999999999999999999}".format(1)
"{a.b.c}".format(a=1)
"{}}".format(1)
"{{}".format(1)
"{a!r:{b}}".format(a="x", b=">5"), "{a}{a}".format(a=1), "{:>{w}.{p}f}".format(3.14159, w=8, p=3)
"{x} {y}".format_map(D(x=1)), "{x}".format_map({"x": 2}), "{x[0]}".format_map({"x": [9]})
"{x}".format_map({})
"{}".format_map({"a": 1})
"{0}".format_map({0: 1})
"{0}".format_map([7])
"{x}".format_map(5)
"a".format_map()
format("a", ">3"), format("a"), format(5, "03"), format(a, "q"), format(None, ""), format([1], "")
format(None, "5")
format([1], ">5")
format(1, 5)
format()
"a".__format__("5"), "a".__format__("")
"{:d}".format(True), "{:}".format(True), "{:5}".format(True), "{:s}".format(True) if 0 else "", "{:c}".format(65), "{!r}".format(b"x"), "{}".format(None), "{:^+8.1f}|".format(2.25), "{:+}".format(1.0)
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
