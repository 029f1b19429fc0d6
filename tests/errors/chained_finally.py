def f():
    try:
        raise ValueError("body")
    finally:
        [].pop()
f()
