# Executors and futures.
import time
from concurrent.futures import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, CancelledError,
                                Future, InvalidStateError, ProcessPoolExecutor,
                                ThreadPoolExecutor, as_completed, wait)


def square(x):
    return x * x


def fail(x):
    raise ValueError(x)


def use(executor):
    with executor:
        print(list(executor.map(square, range(8))), executor.submit(pow, 2, 5).result())
        future = executor.submit(fail, 3)
        try:
            future.result()
        except ValueError as error:
            print(repr(error), type(future.exception()).__name__)
        futures = [executor.submit(square, i) for i in range(5)]
        print(sorted(f.result() for f in as_completed(futures)))
        done, rest = wait(futures, return_when=ALL_COMPLETED)
        print(len(done), len(rest))
    try:
        executor.submit(square, 1)
    except RuntimeError as error:
        print(error)


if __name__ == "__main__":
    use(ThreadPoolExecutor(3))
    use(ProcessPoolExecutor(2))
    with ThreadPoolExecutor(1, initializer=print, initargs=("ready",)) as executor:
        slow = executor.submit(time.sleep, 0.2)
        while not slow.running():
            time.sleep(0.001)
        waiting = executor.submit(square, 2)
        print(waiting.cancel(), waiting.cancelled(), slow.done())
        try:
            waiting.result()
        except CancelledError as error:
            print(repr(error))
        try:
            slow.result(timeout=0.001)
        except TimeoutError as error:
            print(repr(error))
        done, rest = wait([slow], timeout=0.001, return_when=FIRST_COMPLETED)
        print(len(done), len(rest))
        done, rest = wait([slow, executor.submit(fail, 1)], return_when=FIRST_EXCEPTION)
        print(len(done) > 0)
    future = Future()
    future.add_done_callback(lambda f: print("called with", f.result()))
    future.set_result(1)
    future.add_done_callback(lambda f: print("called at once"))
    try:
        future.set_result(2)
    except InvalidStateError as error:
        print(str(error)[:9])
    for wrong in (0, -1):
        try:
            ThreadPoolExecutor(wrong)
        except ValueError as error:
            print(error)
