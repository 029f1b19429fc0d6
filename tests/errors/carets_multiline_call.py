def f(**kw):
    raise ValueError("inside")
x = [
    f(
        a=1,
        b=2,
    ),
]
