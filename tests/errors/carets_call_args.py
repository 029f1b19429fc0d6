def f(a, b): pass
print(len([1]), f(1, 2), f(1, b=2, c=3))
