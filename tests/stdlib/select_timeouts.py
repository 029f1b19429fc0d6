# What select, poll and epoll take for a timeout.
import os
import select


class Index:
    def __index__(self):
        return 0


class Real:
    def __float__(self):
        return 0.0


reader, writer = os.pipe()
poll = select.poll()
poll.register(reader)
waits = {"select": lambda timeout: select.select([], [], [], timeout), "poll": poll.poll,
         "epoll": select.epoll().poll}
for timeout in (Index(), Real(), "a", float("nan"), 1e300, 10 ** 30, float("inf"), 0, True, 0.4):
    for name, wait in waits.items():
        shown = timeout if isinstance(timeout, (int, float)) else type(timeout).__name__
        try:
            print(shown, name, wait(timeout))
        except Exception as error:
            print(shown, name, type(error).__name__, error)
for timeout in (2 ** 31, -1e300):
    try:
        poll.poll(timeout)
    except Exception as error:
        print(type(error).__name__, error)
try:
    poll.register(reader, 1 << 20)
except OverflowError as error:
    print(error)
