"""What library functions say of wrong arguments, and how the abstract classes of asyncio are called."""
import asyncio
import datetime
import enum
import heapq
import inspect
import shlex
import textwrap


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


for args in (), (1,), (1, 2), (None, 1, 1), (2020, 1, 1), (2020, 13, 1), (2020, 1, "1"):
    attempt(datetime.date, *args)
    attempt(datetime.datetime, *args)
for args in (None,), ("a",), (1, None), (1, 2, []), (1.5, 2.5):
    attempt(datetime.timedelta, *args)
for unit in "microseconds milliseconds seconds minutes hours weeks".split():
    attempt(datetime.timedelta, **{unit: "x"})
    attempt(datetime.timedelta, **{unit: 2})
for args in (None,), (1,), (datetime.timedelta(1, 1),), (datetime.timedelta(0, 60), 1), (datetime.timedelta(0, 60), "x"):
    attempt(datetime.timezone, *args)
print(isinstance(datetime.tzinfo(1, b=2), datetime.tzinfo))


class Zone(datetime.tzinfo):
    def __init__(self, hours, *, name):
        self.hours, self.name = hours, name
    def utcoffset(self, dt): return datetime.timedelta(hours=self.hours)
    def dst(self, dt): return None
    def tzname(self, dt): return self.name


print(datetime.datetime(2020, 1, 2, tzinfo=Zone(3, name="X")).strftime("%z %Z"))

for function in (heapq.heapify, heapq.heappop):
    attempt(function, None)
    attempt(function, (1, 2))
for function in (heapq.heappush, heapq.heappushpop, heapq.heapreplace):
    attempt(function, None, 1)
    attempt(function, {}, 1)
for text in None, 1, b"a", " a\n b":
    attempt(textwrap.dedent, text)
    attempt(shlex.quote, text)
for wrap in enum.member, enum.nonmember:
    attempt(wrap)
    attempt(wrap, 1, 2)


class Color(enum.Enum):
    RED = enum.member(1)
    two = enum.nonmember(2)
    BLUE = enum.auto()


print(list(Color), Color.two)

for method in (asyncio.AbstractEventLoop.call_later, asyncio.AbstractEventLoop.create_server,
               asyncio.AbstractEventLoop.sock_accept, asyncio.Transport.write, asyncio.Transport.close,
               asyncio.DatagramTransport.sendto, asyncio.SubprocessTransport.send_signal,
               asyncio.AbstractEventLoopPolicy.set_event_loop, asyncio.AbstractServer.close):
    print(method.__qualname__, inspect.signature(method))
    assert "asyncio" in method.__module__
attempt(asyncio.BaseTransport().close)
