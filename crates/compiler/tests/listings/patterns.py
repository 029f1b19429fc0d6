def f(x):
    match x:
        case 0 | -1 | "s":
            return 1
        case None | True:
            return 2
        case [a, *rest, b] if a:
            return rest
        case [_, *_, last]:
            return last
        case {"k": v, **others}:
            return v, others
        case Point(1, y=0 as zero):
            return zero
        case (p, q) | [q, p, _]:
            return p
        case _:
            return 3
