match x, *y:
    case 1 | -2 | 3.5 | 1 + 2j | 'a' 'b' | None | True: pass
    case [a, *rest, (b, c)] | (d, *_) if e: pass
    case {'k': v, 1: _, **rest}: pass
    case A.B(x, y=1) | C() as z: pass
    case (a), [], (), {}: pass
    case a.b.c: pass
    case *a, b: pass
    case _: pass
match (x):
    case y: pass
match[x]: int
match(x)
match.x
case = match * 2
