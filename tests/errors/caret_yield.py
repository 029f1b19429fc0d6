def g():
    x = yield 1 + "a"
next(g())
