"""Type comments in syntax trees, function types, and source as older versions saw it."""
import ast


def show(source, **options):
    try:
        print(ast.dump(ast.parse(source, type_comments=True, **options), include_attributes=False))
    except SyntaxError as error:
        print("SyntaxError:", error.msg, error.lineno)


show("x = 1 # type: int\ny = z = 2  #type:  List[int]  \nw = 3 # types: no\n")
show("x = 1 # type: ignore\ny = 2 # type: ignore[attr] # more\nz = 3 # type: ignored\n# type: ignore\n")
show("for i in x: # type: int\n    pass\nelse:\n    pass\n")
show("async def f():\n    async for i in x: # type: int\n        pass\n    async with a: # type: T\n        pass\n")
show("with a as b, c: # type: int\n    pass\n")
show("with (a, b): # type: int\n    pass\n")
show("with (a as b): # type: int\n    pass\n")
show("def f(a, b): # type: (int, str) -> None\n    pass\n")
show("def f(a, b):\n    # type: (int, str) -> None\n    pass\n")
show("def f(a):  # type: (int) -> None\n    # type: (int) -> str\n    pass\n")
show("def f(\n    a,  # type: int\n    b=1,  # type: str\n    *args,  # type: T\n    c,  # type: U\n    **kw  # type: V\n):\n    pass\n")
show("def f(*,  # type: int\n      a): pass\n")
show("def f(a, /,  # type: int\n      b): pass\n")
show("# type: int\nx = 1\n")
show("if x: # type: int\n    pass\n")
show("f(x, # type: int\n  y)\n")
show("def f(x):  # type: (int) -> int\n    return x +\n")
show("class C:\n    def f(self, n):\n        # type: (int) -> int\n        return n\n\n    x = [] # type: list\n")

tree = ast.parse("x = 1 # type: ignore[a]\n\n# type: ignore\n", type_comments=True)
print([(type(t).__name__, t.lineno, t.tag) for t in tree.type_ignores])
print(ast.parse("x = 1 # type: int\n").body[0].type_comment)
tree = ast.parse("def f(a): # type: (int) -> int\n    return a # type: ignore\n", type_comments=True)
print(ast.unparse(tree))
namespace = {}
exec(compile(tree, "<tree>", "exec"), namespace)
print(namespace["f"](3))

for text in ["() -> int", "(int, *str, **Any) -> float", "(*a) -> b", "(**a) -> b", "(a, *b) -> c",
             "(int, str) -> List[int]\n", "int -> int", "(a, **b, *c) -> d", "()"]:
    try:
        print(ast.dump(ast.parse(text, mode="func_type")))
    except SyntaxError as error:
        print("SyntaxError:", error.msg)
try:
    compile("() -> int", "<text>", "func_type")
except ValueError as error:
    print(error)

NEWER = ["x: int", "(x): int", "lambda a, /: a", "async def f(): pass", "async def f():\n await x", "(y := 1)",
         "f(y := 1)", "a @ b", "a @= b", "with (a as b): pass", "with (a, b): pass",
         "match x:\n case 1: pass\n", "try: pass\nexcept* A: pass\n", "type X = int", "def f[T](): pass",
         "class A[T]: pass", "1_000", "0x_f", "1_0.0", "async = 1", "await = 1", "def async(): pass",
         "async def f():\n async with x: pass\n", "async def f():\n [x async for x in y]\n",
         "async def f():\n  await x\nawait = 3\n"]
for source in NEWER:
    last = None
    for minor in range(3, 13):
        try:
            ast.parse(source, feature_version=(3, minor))
            found = "accepted"
        except SyntaxError as error:
            found = error.msg
        if found != last:
            print(repr(source), minor, found)
        last = found
try:
    ast.parse("x", feature_version=(2, 7))
except ValueError as error:
    print(error)

BARRY = "from __future__ import barry_as_FLUFL\nprint({})\n"
import __future__
flag = __future__.barry_as_FLUFL.compiler_flag
for source, flags in [("1 != 2", flag), ("1 <> 2", 0), (BARRY.format("1 <> 2"), 0)]:
    try:
        compile(source, "<barry>", "exec", flags)
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.text)
exec(compile(BARRY.format("1 <> 2"), "<barry>", "exec", flag))
print(eval(compile("1 <> 2", "<barry>", "eval", __future__.barry_as_FLUFL.compiler_flag)))

import sys
sys.set_int_max_str_digits(700)
try:
    ast.parse("1" * 701)
except SyntaxError as error:
    print(error.msg)
sys.set_int_max_str_digits(0)
print(len(hex(ast.literal_eval("7" * 6000))))

A = ast
PATTERNS = [A.MatchValue(A.Constant(...)), A.MatchValue(A.Constant(True)), A.MatchAs(name="_"),
            A.MatchSequence([A.MatchStar("_")]), A.MatchMapping([], [], rest="_"),
            A.MatchClass(A.Constant("x"), [], [], []), A.MatchClass(A.Name("x", A.Load()), [A.MatchStar()], [], []),
            A.MatchMapping([A.Name("x", A.Load())], [A.MatchAs()], None), A.MatchStar("x"),
            A.MatchOr([A.MatchAs(), A.MatchStar()])]
for pattern in PATTERNS:
    tree = A.Module([A.Match(A.Name("x", A.Load()), [A.match_case(pattern, None, [A.Pass()])])], [])
    try:
        compile(A.fix_missing_locations(tree), "<pattern>", "exec")
        print("compiled")
    except (ValueError, SyntaxError) as error:
        print(type(error).__name__, error)
