# code.replace(): what can be changed, what cannot, and that the rest stays.
def f(a, b=2, *, c=3):
    x = a, b, c
    return x


code = f.__code__
for changes in [
    {"co_name": "g"}, {"co_qualname": "q.g"}, {"co_filename": "file"}, {"co_firstlineno": 100},
    {"co_consts": (None, 1, 2)}, {"co_names": ("n", "m")}, {"co_varnames": ("p", "q", "r", "s")},
    {"co_varnames": ("p", "q", "r", "s", "t"), "co_nlocals": 5},
    {"co_code": code.co_code}, {"co_exceptiontable": code.co_exceptiontable},
    {"co_nlocals": 4}, {"co_freevars": ("free",)}, {"co_cellvars": ("cell",)},
    {"co_argcount": 1}, {"co_posonlyargcount": 1}, {"co_kwonlyargcount": 0}, {"co_flags": code.co_flags | 0x80},
]:
    new = code.replace(**changes)
    for name, value in changes.items():
        print(name, getattr(new, name) == value, end=" ")
    print(new == code, new.co_name, new.co_varnames, new.co_argcount)

for changes in [{"co_nlocals": 3}, {"co_nlocals": -1}, {"co_argcount": -1}, {"co_argcount": 9}, {"co_name": 1},
                {"nosuch": 1}, {"co_code": "x"}, {"co_consts": []}, {"co_flags": "a"}]:
    try:
        code.replace(**changes)
    except (ValueError, TypeError) as error:
        print(type(error).__name__)

try:
    code.replace(1)
except TypeError as error:
    print("TypeError")

f.__code__ = code.replace(co_name="renamed", co_firstlineno=7)
print(f(1), f.__code__.co_name, f.__code__.co_firstlineno)
f.__code__ = code.replace(co_posonlyargcount=1)
try:
    f(a=1)
except TypeError as error:
    print(error)
f.__code__ = code.replace(co_argcount=1, co_kwonlyargcount=2)
print(f(1, b=5, c=6))
f.__code__ = code


def g():
    x = 1
    return x


moved = g.__code__.replace(co_linetable=g.__code__.co_linetable)
print(moved == g.__code__, hash(moved) == hash(g.__code__), list(moved.co_positions()) == list(g.__code__.co_positions()))
far = g.__code__.replace(co_firstlineno=1000)
print([line for _, _, line in far.co_lines()][0], far == g.__code__)
marker = object()
g.__code__ = g.__code__.replace(co_consts=(None, marker))
print(g() is marker, g.__code__.co_consts[1] is marker)
print(g.__code__ == g.__code__.replace(co_consts=(None, object())))
