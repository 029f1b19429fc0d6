def f(a, b, c):
    if a is None or b is not None and not c:
        x = 1
    y = a if b else c
    if a < b < c:
        y = 2
    z = a in [1, 2], a not in {1, 2, 1.0}, not a in b
    assert z, "message"
    return x
