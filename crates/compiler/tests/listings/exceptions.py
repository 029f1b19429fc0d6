def f(x):
    try:
        return g(x)
    except (A, B) as e:
        h(e)
    except C:
        raise
    else:
        x = 1
    finally:
        k()
def star():
    try:
        g()
    except* A as e:
        h(e)
    except* B:
        pass
