def f(xs):
    while True:
        if xs:
            continue
        break
    else:
        g()
    for x in [1, 2, 3]:
        if x and xs or not x:
            h(x)
    else:
        k()
    return x
