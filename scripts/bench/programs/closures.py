"""Closures, cells, nonlocal."""
def make_counter():
    n = 0
    def bump(by):
        nonlocal n
        n += by
        return n
    return bump
def compose(f, g):
    return lambda x: f(g(x))
def main():
    counter = make_counter()
    inc = lambda x: x + 1
    both = compose(inc, compose(inc, inc))
    total = 0
    for i in range(1_800_000):
        total += counter(1) + both(i)
    made = [make_counter() for _ in range(150_000)]
    return total, sum(m(2) for m in made)
print(main())
