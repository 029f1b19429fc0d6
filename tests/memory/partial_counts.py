# The references that calls of partial objects hold.
import functools
import sys

count = sys.getrefcount
partial = functools.partial


class Thing:
    def counts(self, *args, **keywords):
        return count(self), [count(a) for a in args], [count(a) for a in keywords.values()]


x, y, z = Thing(), Thing(), Thing()


def two(q, r=None):
    return count(q), count(r)


def any_(*q, **r):
    return [count(a) for a in q], [count(a) for a in r.values()]


print(partial(two, x, r=y)(), partial(two, r=y)(x), partial(two, x)(r=y), partial(two, q=x)(r=y))
print(partial(two, q=x, r=y)(), partial(two, q=z)(q=x, r=y))
print(partial(any_, x, r=y)(), partial(any_, r=y)(x), partial(any_, x)(r=y), partial(any_, q=x)(r=y))
print(partial(any_, q=x, r=y)(), partial(any_, q=z)(q=x, r=y), partial(any_, x, a=y)(y, b=z), partial(any_, x)(y, b=z))
print(partial(z.counts, x, a=y)(y, b=x), partial(z.counts, x)(), partial(partial(two, r=y), x)())
