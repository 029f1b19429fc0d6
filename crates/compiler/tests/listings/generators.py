def f():
    x = yield 1
    y = yield from g(x)
    return y
