# Steps of asynchronous generators: what ends them, what goes through them, and in which order things happen.
import sys


class Later:
    """An awaitable that hands something to the event loop and gives what the loop sends."""

    def __init__(self, what):
        self.what = what

    def __await__(self):
        got = yield self.what
        return got


def drive(coroutine, answers=()):
    """Runs a coroutine; prints what it hands out."""
    answers = iter(answers)
    sent = None
    try:
        while True:
            out = coroutine.send(sent)
            sent = next(answers, None)
            print("  loop got", out, "and sends", sent)
    except StopIteration as stop:
        print("  result", stop.value)
    except BaseException as error:
        print("  raised", type(error).__name__, error)


async def counted(n):
    for i in range(n):
        got = yield i
        if got is not None:
            print("  generator got", got)


async def nested(depth):
    if depth:
        async for i in nested(depth - 1):
            yield i
    yield depth


async def waiting():
    print("  first", await Later("a"))
    yield 1
    print("  second", await Later("b"))
    yield 2


async def collect(iterator):
    found = []
    async for item in iterator:
        found.append(item)
    return found


print("plain")
drive(collect(counted(5)))
drive(collect(nested(6)))
print("waiting")
drive(collect(waiting()), ["x", "y"])


async def sends():
    agen = counted(4)
    print(" ", await agen.asend(None), await agen.asend("one"), await agen.__anext__(), await agen.asend((1, 2)))
    try:
        await agen.asend("last")
    except StopAsyncIteration as stop:
        print("  stopped", stop.args, stop.__context__)
    try:
        await agen.__anext__()
    except StopAsyncIteration as stop:
        print("  stopped again", stop.args)
    print(" ", agen.ag_running, agen.ag_frame)


print("asend")
drive(sends())


async def just_started():
    agen = counted(1)
    try:
        await agen.asend(1)
    except TypeError as error:
        print(" ", error)
    print(" ", await agen.asend(None))


drive(just_started())


async def reused():
    agen = counted(3)
    step = agen.asend(None)
    print(" ", await step)
    try:
        await step
    except RuntimeError as error:
        print(" ", error)
    closed = agen.asend(None)
    closed.close()
    try:
        await closed
    except RuntimeError as error:
        print(" ", error)
    print(" ", await agen.__anext__())


print("reused")
drive(reused())


async def overlapping():
    agen = waiting()
    first = agen.__anext__()
    print("  handed out", first.send(None), agen.ag_running)
    try:
        await agen.__anext__()
    except RuntimeError as error:
        print(" ", error)
    try:
        first.send("now")
    except StopIteration as stop:
        print("  value", stop.value, agen.ag_running)


print("overlapping")
drive(overlapping())


async def failing():
    yield 1
    raise ValueError("inside")


async def stopping():
    yield 1
    raise StopAsyncIteration("by hand")


async def exiting():
    yield 1
    raise GeneratorExit("by hand")


async def catches(make):
    agen = make()
    print(" ", await agen.__anext__())
    try:
        await agen.__anext__()
    except BaseException as error:
        print(" ", type(error).__name__, error, type(error.__cause__).__name__)
        trace = error.__traceback__
        while trace:
            print("   ", trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
    print(" ", agen.ag_running, agen.ag_frame)
    try:
        await agen.__anext__()
    except BaseException as error:
        print(" ", type(error).__name__, error)
    print("  closing", await agen.aclose())


print("exceptions")
for make in failing, stopping, exiting:
    drive(catches(make))


async def thrown():
    agen = waiting()
    try:
        await agen.__anext__()
    except KeyError as error:
        print("  came out", error, agen.ag_running)
        raise


print("thrown into the awaiting coroutine")
coroutine = thrown()
print(" ", coroutine.send(None))
try:
    coroutine.throw(KeyError("k"))
except KeyError as error:
    print("  raised", error, error.__context__)


async def swallows():
    try:
        await Later("wait")
    except KeyError:
        print("  swallowed")
    yield "after"


print("swallowed")
coroutine = collect(swallows())
print(" ", coroutine.send(None))
try:
    coroutine.throw(KeyError("k"))
except StopIteration as stop:
    print(" ", stop.value)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  gone", self.name)


async def noisy():
    local = Noisy("local")
    yield Noisy("first")
    yield Noisy("second")
    del local
    print("  ending")


async def drops():
    async for item in noisy():
        print("  have", item.name, sys.getrefcount(item))
    print("  loop over")


print("order")
drive(drops())


async def deep(n):
    async for item in nested(n):
        return item


print("recursion")
try:
    deep(5000).send(None)
except RecursionError as error:
    print(" ", type(error).__name__)
except StopIteration as stop:
    print("  value", stop.value)


def caller_names():
    frame = sys._getframe(1)
    names = []
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


async def looks():
    print(" ", caller_names())
    yield 1


print("frames")
drive(collect(looks()))


def returning():
    yield 1
    return "left over"


print("values of StopIteration that nobody asked for")
print(list(returning()), sum(returning()))
for iterator in iter([]), map(str, []), zip():
    try:
        next(iterator)
    except StopIteration as stop:
        print(" ", stop.value)


def delegates():
    print("  delegated", (yield from iter([1])))


list(returning())
list(delegates())
try:
    wrapped = map(str, returning())
    next(wrapped)
    next(wrapped)
except StopIteration as stop:
    print("  through map", stop.value)
