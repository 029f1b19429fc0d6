def f():
    for x in y:
        with a as b, c:
            if x:
                return b
            break
