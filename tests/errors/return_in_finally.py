def f():
    try:
        raise ValueError("lost")
    finally:
        return 1
print(f())
