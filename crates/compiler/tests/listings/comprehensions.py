def f(xs, k):
    a = [x * k for x in xs if x]
    b = {x: y for x in xs for y in [x + 1]}
    c = (lambda: [x for x in xs])
    return sum(x for x in xs), {x for x in (1, 2)}
class C:
    y = [z for z in w if v]
