def f():
    return undefined_one + 1
def g(): return (f() + 1)
g()
