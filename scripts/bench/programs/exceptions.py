"""Raising, catching, finally, with."""
class Failure(Exception):
    pass
class Guard:
    def __enter__(self):
        return self
    def __exit__(self, kind, value, traceback):
        return kind is Failure
def risky(n):
    if n % 3 == 0:
        raise Failure(n)
    return n
def deep(n, k):
    if k:
        return deep(n, k - 1)
    return risky(n)
def main():
    total = 0
    for i in range(800_000):
        try:
            total += risky(i)
        except Failure as e:
            total += e.args[0] & 7
        finally:
            total += 1
        with Guard():
            total += risky(i + 1)
    for i in range(60_000):
        try:
            total += deep(i, 8)
        except (KeyError, Failure):
            total += 2
        try:
            {}[i]
        except KeyError:
            total += 1
    return total
print(main())
