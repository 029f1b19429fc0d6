def g():
    try:
        yield 1
    finally:
        raise ValueError("cleanup")
i = g()
next(i)
del i
print("after")
