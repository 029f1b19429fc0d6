def m(x):
    match x:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case -1: return "minus one"
        case 1.5: return "float"
        case -2.5: return "negfloat"
        case 3 + 4j: return "complex"
        case -1 - 1j: return "negcomplex"
        case "a" | "b": return "ab"
        case "con" "cat": return "concat"
        case b"x": return "bytes"
        case None: return "none"
        case True: return "true"
        case False: return "false"
        case _: return "other"
for v in (0, 1, 2, -1, 1.5, -2.5, 3 + 4j, -1 - 1j, "a", "concat", b"x", None, True, False, 1.0, 0.0, [], "c", -0.0, 3): print(repr(v), m(v))
def b(x):
    match x:
        case True: return "T"
        case 1: return "1"
        case False: return "F"
        case 0: return "0"
        case None: return "N"
print(b(True), b(1), b(1.0), b(False), b(0), b(None), b(5))
class EqAll:
    def __eq__(s, o): print("eq", o); return True
print(m(EqAll()), b(EqAll()))
class EqErr:
    def __eq__(s, o): raise ValueError("eq err")
try: m(EqErr())
except ValueError as e: print(e)
def cap(x):
    match x:
        case y: return ("captured", y)
print(cap(1), cap(None))
def guard(x):
    match x:
        case n if n < 0: return "neg"
        case n if n == 0: return "zero"
        case n if (sq := n * n) > 100: return ("big", sq)
        case n: return n
print(guard(-5), guard(0), guard(11), guard(3))
class K: A = 1; B = "b"
class O: inner = K
def val(x):
    match x:
        case K.A: return "K.A"
        case O.inner.B: return "O.inner.B"
        case K.nope: return "never"
print(val(1), val("b"))
try: val(99)
except AttributeError as e: print(e)
def asp(x):
    match x:
        case (1 | 2) as n: return ("as", n)
        case [a, b] as whole: return (whole, a, b)
        case str() as s: return s.upper()
        case (int() as i) | (float() as i): return ("num", i)
print(asp(1), asp([3, 4]), asp("abc"), asp(2.5), asp(7), asp(None))
match = 5; case = 6; _ = 7
print(match, case, _)
match(match)if 0 else print("call-like")
match match:
    case case: print("soft", case)
match [1, 2]:
    case [x, y]: print(x, y)
match 1, 2:
    case x, y: print("tuple subj", x, y)
match (1,):
    case x,: print(x)
match *[1, 2], 3:
    case *r, l: print(r, l)
match x := 5:
    case 5: print("walrus subj", x)
match -x:
    case -5: print("neg")
match not x:
    case False: print("not")
match {}:
    case {}: print("empty map")
match lambda: 1:
    case f: print(f())
type = 3; print(type)
