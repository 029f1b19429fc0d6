def f(o, k, v):
    a = b = v
    c, d = d, c
    x, (y, *z) = v
    o.a += 1
    o[k] -= 2
    o[1:k] = v
    o[::k] *= v
    del o.a, o[k], c
    return a, b, y
