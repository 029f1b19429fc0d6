async_ = 1; match = 2; case = 3; type = 4; _ = 5; __ = 6; print_ = print; soft = match + case + type + _ + __
print(soft)
def match(case): return case
def case(match): return match
print(match(1), case(2), match(case(3)))
class type_: pass
match = {"k": [1]}
print(match["k"][0], match.get("k"))
match.update(z=1); print(match)
match, case = 1, 2; print(match, case); match = case = 3; print(match - case, match * 2, match or 1, match if match else 0, [match, case], (match), -match)
type = int
print(type("5"), type is int)
del type; print(type(5))
def f(match, case=1, *type, _=2, **__): return match, case, type, _, __
print(f(0), f(1, 2, 3, _=4, x=5))
for match in range(2): pass
print(match); [match for match in "ab"]; lambda match: match
with open("/dev/null") as match: pass
try: raise ValueError
except ValueError as case: pass
import sys as type; print(type.__name__)
del type
match: int = 5; print(match); match += 1; print(match)
class A: match = 1; case = 2; type = 3; _ = 4
print(A.match, A.case, A.type, A._)
print({"match": 1, "case": 2}, "match", f"{match}")
λ = lambda x: x; ñ = 1; x1 = x_1 = _x = 2; print(λ(3), ñ, x1)
print_ = exec_ = 0; None_ = True_ = 1; print(None_)
class int_(int): pass
list_ = [int_]; print(list_[0].__name__)
if True:
    type X = int
    type type = str
    print(X, type)
del type
match = lambda *a: a
print(match(1, 2), match (1), match(*[1]), match()[:0])
match (5):
    case 5: print("matched")
match[1:] if 0 else 0; match.x if 0 else 0
_ = 10
match 5:
    case _: print(_)
