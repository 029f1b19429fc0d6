# The references that calls of classes with a __new__ of their own hold.
import sys

count = sys.getrefcount


class Thing:
    pass


class Made:
    def __new__(cls, q, r=None):
        self = object.__new__(cls)
        self.seen = count(q), count(r)
        return self

    def __init__(self, q, r=None):
        self.then = count(q), count(r)


class Any:
    def __new__(cls, *q, **r):
        self = object.__new__(cls)
        self.seen = [count(a) for a in q], [count(a) for a in r.values()]
        return self


x, y = Thing(), Thing()
for made in Made(x, y), Made(x, r=y), Made(q=x, r=y):
    print(made.seen, made.then)
for made in Any(x, y), Any(x, r=y), Any(q=x, r=y):
    print(made.seen)
