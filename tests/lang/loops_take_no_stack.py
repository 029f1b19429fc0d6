# no-stress: it would collect at each of a million steps.
"""However often a loop runs an instruction, it takes no native stack: in a thread with little of it nested natives
still find room."""
import threading

COUNT = 200_000


def characters():
    for _ in "abcdefghij" * (COUNT // 10):
        pass


def swaps():
    a, b, c = 1, 2, 3
    for _ in range(COUNT):
        a, b = b, a
        a, b, c = c, a, b


def instances():
    for number in range(COUNT):
        isinstance(number, int)
        isinstance(number, str)
        isinstance(COUNT, threading.Thread)


def exceptions():
    for _ in range(COUNT):
        try:
            raise KeyError
        except ValueError:
            pass
        except (TypeError, KeyError):
            pass


def generators():
    def count():
        yield 1

    def delegate():
        yield from count()

    for _ in range(COUNT // 4):
        for _ in delegate():
            pass
        for _ in (item for item in [1]):
            pass


def unbound():
    for _ in range(COUNT // 4):
        try:
            nothing
        except NameError:
            pass
    nothing = 1


def blocks():
    lock = threading.RLock()
    for _ in range(COUNT // 4):
        try:
            with lock:
                raise KeyError
        except KeyError:
            pass


def containers():
    pairs = {1: 2, 3: 4}
    for _ in range(COUNT // 4):
        for key, value in pairs.items():
            pairs[key] = value
        for byte in b"ab":
            byte in pairs
        for item in zip((1, 2), [3, 4]):
            a, b = item
        for index, item in enumerate("ä€"):
            f"{index}{item!r}"


def run(work):
    try:
        work()
        sorted([3, 1, 2], key=lambda item: -item)
        print(work.__name__)
    except RecursionError as error:
        print(work.__name__, error)


threading.stack_size(2 << 20)
for work in (characters, swaps, instances, exceptions, generators, unbound, blocks, containers):
    thread = threading.Thread(target=run, args=(work,))
    thread.start()
    thread.join()
