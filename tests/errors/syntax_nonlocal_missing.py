def f():
    def g():
        nonlocal nothere
