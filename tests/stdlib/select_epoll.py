# select.epoll: registration, waiting, closing, errors.
import os
import select


def tried(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)
    else:
        print(function.__name__, type(result) if isinstance(result, select.epoll) else repr(result))


tried(select.epoll, -2)
tried(select.epoll, 0)
tried(select.epoll, flags=1)
tried(select.epoll, "a")
tried(select.epoll, sizehint=3, flags=select.EPOLL_CLOEXEC)
reader, writer = os.pipe()
poller = select.epoll()
print(poller.closed, poller.fileno() > 2)
tried(poller.register, -1)
tried(poller.register, reader, select.EPOLLIN)
tried(poller.register, reader)
tried(poller.modify, writer, 1)
tried(poller.unregister, 999)
tried(poller.unregister, "a")
print(poller.poll(0))
os.write(writer, b"x")
poller.register(writer, select.EPOLLOUT)
print(sorted(poller.poll(1)) == sorted([(reader, select.EPOLLIN), (writer, select.EPOLLOUT)]))
print(len(poller.poll(1, 1)), poller.poll(timeout=0.001, maxevents=5) != [])
poller.modify(reader, 0)
print(poller.poll(-1) == [(writer, select.EPOLLOUT)])
poller.unregister(writer)
tried(poller.poll, 0, -2)
tried(poller.poll, 0, 0)
tried(poller.poll, "a")
tried(poller.poll, 1e12)
with poller as same:
    print(same is poller)
print(poller.closed)
tried(poller.poll, 0)
tried(poller.fileno)
tried(poller.register, 0)
tried(poller.__enter__)
tried(poller.close)
print({name: value for name, value in sorted(vars(select).items()) if name.startswith("EPOLL")})
