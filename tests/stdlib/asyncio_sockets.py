# no-stress: debug mode tells slow callbacks by the clock
# The loop's methods for plain sockets and descriptors, names of hosts, sending of files, and debug
# mode.
import asyncio
import io
import logging
import os
import socket
import tempfile


async def plain():
    loop = asyncio.get_running_loop()
    with socket.socket() as listener, socket.socket() as client:
        for sock in listener, client:
            sock.setblocking(False)
        listener.bind(('127.0.0.1', 0))
        listener.listen()
        accepting = asyncio.create_task(loop.sock_accept(listener))
        await loop.sock_connect(client, listener.getsockname())
        server, address = await accepting
        print(address == client.getsockname(), server.gettimeout())
        with server:
            receiving = asyncio.create_task(loop.sock_recv(server, 100))
            await asyncio.sleep(0)
            await loop.sock_sendall(client, b'hello')
            print(await receiving)
            await loop.sock_sendall(client, b'into')
            buffer = bytearray(10)
            print(await loop.sock_recv_into(server, buffer), bytes(buffer))
            big = bytes(600_000)
            sending = asyncio.create_task(loop.sock_sendall(client, big))
            got = 0
            while got < len(big):
                got += len(await loop.sock_recv(server, 100_000))
            await sending
            print(got)
            cancelled = asyncio.create_task(loop.sock_recv(server, 1))
            await asyncio.sleep(0)
            cancelled.cancel()
            await asyncio.wait([cancelled])
            print(cancelled.cancelled(), loop.remove_reader(server))
    with socket.socket() as closed:
        closed.bind(('127.0.0.1', 0))
        address = closed.getsockname()
    with socket.socket() as client:
        client.setblocking(False)
        try:
            await loop.sock_connect(client, address)
        except ConnectionRefusedError as error:
            print(error.strerror == f'Connect call failed {address}')
    a, b = (socket.socket(type=socket.SOCK_DGRAM) for _ in range(2))
    with a, b:
        for sock in a, b:
            sock.setblocking(False)
            sock.bind(('127.0.0.1', 0))
        print(await loop.sock_sendto(a, b'datagram', b.getsockname()))
        data, sender = await loop.sock_recvfrom(b, 100)
        print(data, sender == a.getsockname())
        await loop.sock_sendto(a, b'again', b.getsockname())
        count, sender = await loop.sock_recvfrom_into(b, buffer)
        print(count, bytes(buffer))


async def descriptors():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    seen = []

    def ready():
        seen.append(os.read(r, 100))
        if len(seen) == 2:
            print(loop.remove_reader(r), loop.remove_reader(r))
            done.set_result(None)

    done = loop.create_future()
    loop.add_reader(r, print, 'is replaced')
    loop.add_reader(r, ready)
    loop.call_soon(os.write, w, b'first')
    loop.call_later(0.02, os.write, w, b'second')
    await done
    print(seen)
    written = loop.create_future()
    loop.add_writer(w, written.set_result, 'can be written')
    print(await written, loop.remove_writer(w), loop.remove_writer(w))
    for fd in (r, w):
        os.close(fd)
    left, right = socket.socketpair()
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=left)
    for call in (loop.add_reader, loop.add_writer):
        try:
            call(left, print)
        except RuntimeError as error:
            print(str(error).startswith('File descriptor'), 'is used by transport' in str(error))
    transport.close()
    right.close()


async def names():
    loop = asyncio.get_running_loop()
    print(await loop.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM))
    print(await loop.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))


async def files():
    loop = asyncio.get_running_loop()
    content = b'0123456789' * 10_000
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)

    async def collect(size):
        got = b''
        while len(got) < size:
            got += await loop.sock_recv(right, 100_000)
        return got

    with left, right, tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        collecting = asyncio.create_task(collect(len(content)))
        print(await loop.sock_sendfile(left, file), await collecting == content, file.tell())
        print(await loop.sock_sendfile(left, file, 10, 15), await collect(15), file.tell())
        memory = io.BytesIO(b'in memory')
        print(await loop.sock_sendfile(left, memory, 3), await collect(6))
        for arguments in ((memory, 0, 0), (memory, -1), (memory, 'x'), (memory, 0, 1.5),
                          (io.StringIO('text'),)):
            try:
                await loop.sock_sendfile(left, *arguments, fallback=False)
            except (TypeError, ValueError, asyncio.SendfileNotAvailableError) as error:
                print(type(error).__name__, error)
        transport, _ = await loop.create_connection(asyncio.Protocol, sock=left)
        print(await loop.sendfile(transport, file, 5, 7), await collect(7))
        print(await loop.sendfile(transport, memory, 3), await collect(6))
        transport.close()
        try:
            await loop.sendfile(transport, file)
        except RuntimeError as error:
            print(error)


class Lines(logging.Handler):
    def emit(self, record):
        text = record.getMessage()
        if record.levelno >= logging.WARNING:
            print(record.levelname, text.partition(' took ')[0].partition(' at ')[0])


async def slow():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0.25

    def callback():
        import time
        time.sleep(0.3)

    loop.call_soon(callback)
    await asyncio.sleep(0.01)
    loop.slow_callback_duration = 100
    sock = socket.socket()
    with sock:
        for call in (lambda: loop.sock_recv(sock, 1), lambda: loop.sock_sendall(sock, b''),
                     lambda: loop.sock_accept(sock), lambda: loop.sock_connect(sock, ('', 0)),
                     lambda: loop.sock_sendfile(sock, None)):
            try:
                await call()
            except ValueError as error:
                print(error)


for main in (plain, descriptors, names, files):
    print('--', main.__name__)
    asyncio.run(main())
logging.getLogger('asyncio').addHandler(Lines())
logging.getLogger('asyncio').propagate = False
print('-- slow')
asyncio.run(slow(), debug=True)
