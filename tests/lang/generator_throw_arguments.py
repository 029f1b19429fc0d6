# What throw() is given goes through `yield from` as it came; only the innermost looks at it.
import warnings

warnings.simplefilter("ignore")


class Source:
    def __init__(self):
        self.given = iter("abc")

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.given)

    def throw(self, *args):
        print("throw", args)
        return "thrown"


def inner():
    try:
        yield "inner"
    finally:
        print("inner left")


def outer(source):
    try:
        yield from source
    except TypeError as error:
        print("outer:", error)
        yield "mended"


for args in ((KeyError,), (KeyError, "k"), (KeyError, "k", None), (5,)):
    delegating = outer(Source())
    next(delegating)
    print(delegating.throw(*args))

for args in ((5,), (KeyError("k"), 5), (KeyError, 1, 2)):
    delegating = outer(inner())
    next(delegating)
    print(delegating.throw(*args))

# Without a delegate the call fails and the generator stays as it was.
plain = inner()
next(plain)
try:
    plain.throw(5)
except TypeError as error:
    print(error)
print(plain.gi_suspended)
plain.close()


async def numbers():
    yield 1


# A refused athrow() leaves no mark that one is running.
async def main():
    produced = numbers()
    print(await produced.__anext__())
    try:
        await produced.athrow(5)
    except TypeError as error:
        print(error)


try:
    main().send(None)
except StopIteration:
    print("done")
