# What a profiler is told of native calls, and of exceptions thrown into generators.
import sys


def name(arg):
    if isinstance(arg, BaseException):
        return type(arg).__name__
    return getattr(arg, "__qualname__", None) and arg.__qualname__


def profile(frame, event, arg):
    log.append((event, frame.f_code.co_name, name(arg) if event != "return" else None))


def natives():
    len([1])
    [1].append(2)
    "a".join(["b"])
    sorted([2, 1], key=lambda v: v)
    isinstance(1, int)
    try:
        [].pop()
    except IndexError:
        pass
    len(*[[1]])
    str.upper("a")
    list.append([], 1)
    dict(**{"a": 1})
    getattr(1, "real")


def generator():
    yield 1
    yield 2


def thrown():
    g = generator()
    next(g)
    g.close()
    g = generator()
    next(g)
    try:
        g.throw(ValueError("x"))
    except ValueError:
        pass


log = []
sys.setprofile(profile)
natives()
sys.setprofile(None)
print(*log, sep="\n")
log = []
sys.setprofile(profile)
thrown()
sys.setprofile(None)
print(*log, sep="\n")
