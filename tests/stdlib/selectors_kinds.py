# Selectors of every kind that Linux has.
import asyncio
import os
import selectors
import socket

print(selectors.DefaultSelector.__name__)


def attempt(what, *args):
    try:
        print(repr(what(*args)))
    except Exception as error:
        print(type(error).__name__, error)


for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    print(kind.__name__)
    left, right = socket.socketpair()
    with kind() as selector:
        print(hasattr(selector, "fileno") and selector.fileno() > 2)
        print(selector.select(0))
        key = selector.register(left, selectors.EVENT_READ, "left")
        print(key.data, key.events, key.fd == left.fileno())
        attempt(selector.register, left.fileno(), selectors.EVENT_WRITE)
        attempt(selector.register, right, 0)
        attempt(selector.register, "text", selectors.EVENT_READ)
        attempt(selector.unregister, right)
        print(selector.select(0.001))
        right.send(b"x")
        print([(key.data, events) for key, events in selector.select()])
        selector.modify(left, selectors.EVENT_READ | selectors.EVENT_WRITE, "both")
        print([(key.data, events) for key, events in selector.select(-1)])
        selector.modify(left, selectors.EVENT_WRITE, "written")
        print([(key.data, events) for key, events in selector.select(5)])
        right.close()
        selector.modify(left, selectors.EVENT_READ)
        print([(key.data, events) for key, events in selector.select(None)])
        print(len(selector.get_map()), left in selector.get_map())
        left.close()
        print(selector.unregister(left).data)
    attempt(selector.get_map)

# Descriptors that are not open, and files that are always ready.
attempt(selectors.EpollSelector().register, 9999, selectors.EVENT_READ)
with open(os.devnull) as file, open(__file__) as script:
    attempt(selectors.EpollSelector().register, script.fileno(), selectors.EVENT_READ)


class Failing(asyncio.Protocol):
    def connection_made(self, transport):
        raise KeyError("made")


def fail():
    raise KeyError("called")


async def main():
    loop = asyncio.get_running_loop()
    attempt(loop.add_reader, 9999, print)
    messages = []
    loop.set_exception_handler(lambda loop, context: messages.append(context["message"]))
    left, right = socket.socketpair()
    transport, _ = await loop.create_connection(Failing, sock=left)
    loop.call_soon(fail)
    await asyncio.sleep(0.01)
    transport.abort()
    right.close()
    for message in messages:
        # A function is told with its place, a method without.
        print(message.partition("(")[0], " at " in message)


asyncio.run(main())
