def f[T]():
    def g():
        nonlocal T
        T = 1
