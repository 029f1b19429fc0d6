def f(a, /, b=1, *c, d: int = 2, **e) -> str:
    "doc"
    global g
    g = a
    def inner():
        nonlocal b
        b = c
        return d
    return inner
h = lambda x, y=2: x + y
@deco(1)
def k(): pass
