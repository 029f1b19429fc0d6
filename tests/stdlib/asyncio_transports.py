# Transports and protocols: order of events, flow control, buffered protocols, datagrams, and what
# the methods that make connections refuse.
import asyncio
import os
import socket


class Log(asyncio.Protocol):
    def __init__(self, name, log):
        self.name = name
        self.log = log
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.log.append((self.name, 'made'))

    def data_received(self, data):
        self.log.append((self.name, data))

    def eof_received(self):
        self.log.append((self.name, 'eof'))

    def connection_lost(self, exc):
        self.log.append((self.name, 'lost', exc))
        self.over.set_result(None)

    def pause_writing(self):
        self.log.append((self.name, 'pause'))

    def resume_writing(self):
        self.log.append((self.name, 'resume'))


async def pair(first, second):
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    made = await loop.create_connection(lambda: first, sock=a)
    also = await loop.connect_accepted_socket(lambda: second, sock=b)
    return made[0], also[0]


async def stream():
    log = []
    one, two = Log('one', log), Log('two', log)
    left, right = await pair(one, two)
    print(left.get_protocol() is one, left.is_reading(), left.get_write_buffer_limits(),
          left.get_write_buffer_size())
    print(type(left.get_extra_info('socket')).__name__, left.get_extra_info('nothing', 7))
    left.write(b'abc')
    await asyncio.sleep(0.02)
    right.pause_reading()
    left.write(b'def')
    await asyncio.sleep(0.02)
    print(log)
    right.resume_reading()
    await asyncio.sleep(0.02)
    left.write_eof()
    left.write_eof()
    try:
        left.write(b'more')
    except RuntimeError as error:
        print(error)
    await asyncio.gather(one.over, two.over)
    print(log[-4:], left.is_closing(), right.is_closing())
    try:
        left.write('text')
    except TypeError as error:
        print(error)


async def flow():
    log = []
    one, two = Log('one', log), Log('two', log)
    left, right = await pair(one, two)
    right.pause_reading()
    left.set_write_buffer_limits(high=1000, low=10)
    for _ in range(100):
        left.write(bytes(100_000))
    print('paused', ('one', 'pause') in log, left.get_write_buffer_size() > 1000)
    right.resume_reading()
    while ('one', 'resume') not in log:
        await asyncio.sleep(0.01)
    print('resumed')
    left.abort()
    await asyncio.gather(one.over, two.over)
    print([entry for entry in log if not isinstance(entry[1], bytes)])
    try:
        left.set_write_buffer_limits(1, 2)
    except ValueError as error:
        print(error)


class Buffered(asyncio.BufferedProtocol):
    def __init__(self):
        self.buffer = bytearray(4)
        self.got = []
        self.over = asyncio.get_running_loop().create_future()

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, nbytes):
        self.got.append(bytes(self.buffer[:nbytes]))

    def eof_received(self):
        self.got.append('eof')

    def connection_lost(self, exc):
        self.over.set_result(exc)


async def buffered():
    sender, receiver = Log('one', []), Buffered()
    left, _ = await pair(sender, receiver)
    left.write(b'0123456789')
    left.close()
    print(await receiver.over, receiver.got)


async def lost():
    # Errors of protocols end the connection and go to the handler.
    loop = asyncio.get_running_loop()
    reports = []
    loop.set_exception_handler(lambda loop, context: reports.append(context))

    class Bad(Log):
        def data_received(self, data):
            raise ValueError('bad data')

    log = []
    one, two = Log('one', log), Bad('two', log)
    left, _ = await pair(one, two)
    left.write(b'x')
    await asyncio.gather(one.over, two.over)
    print(log)
    print([(context['message'], str(context['exception']), sorted(context)) for context in reports])


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.got = asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.got.put_nowait((data, addr))

    def error_received(self, exc):
        self.got.put_nowait(type(exc).__name__)


async def datagrams():
    loop = asyncio.get_running_loop()
    server, receiver = await loop.create_datagram_endpoint(
        Datagrams, local_addr=('127.0.0.1', 0))
    address = server.get_extra_info('sockname')
    client, sender = await loop.create_datagram_endpoint(Datagrams, remote_addr=address)
    client.sendto(b'hello')
    data, back = await receiver.got.get()
    print(data, back == client.get_extra_info('sockname'))
    server.sendto(b'answer', back)
    print(await sender.got.get() == (b'answer', address))
    try:
        client.sendto(b'x', ('127.0.0.1', 1))
    except ValueError as error:
        print(str(error).startswith('Invalid address: must be None or'))
    server.close()
    await asyncio.sleep(0.02)
    client.sendto(b'to nobody')
    await asyncio.sleep(0.02)
    client.sendto(b'to nobody')
    print(await sender.got.get())
    client.abort()
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with right:
        transport, protocol = await loop.create_datagram_endpoint(Datagrams, sock=left)
        right.send(b'local')
        print(await protocol.got.get())
        transport.close()


async def refused():
    loop = asyncio.get_running_loop()
    tcp, udp, unix = socket.socket(), socket.socket(type=socket.SOCK_DGRAM), socket.socket(socket.AF_UNIX)
    with tcp, udp, unix:
        for call in (
                lambda: loop.create_connection(Log),
                lambda: loop.create_connection(Log, 'host', 1, sock=tcp),
                lambda: loop.create_connection(Log, 'host', 1, server_hostname='x'),
                lambda: loop.create_connection(Log, 'host', 1, ssl_handshake_timeout=1),
                lambda: loop.create_connection(Log, port=1, ssl=True),
                lambda: loop.create_server(Log),
                lambda: loop.create_server(Log, 'host', 1, sock=tcp),
                lambda: loop.create_server(Log, 'host', 1, ssl=True),
                lambda: loop.create_datagram_endpoint(Log),
                lambda: loop.create_datagram_endpoint(Log, sock=udp, flags=1, reuse_port=True),
                lambda: loop.create_datagram_endpoint(Log, local_addr='host'),
                lambda: loop.create_unix_connection(Log),
                lambda: loop.create_unix_connection(Log, 'path', sock=unix),
                lambda: loop.create_unix_connection(Log, 'path', ssl=True),
                lambda: loop.create_unix_server(Log),
                lambda: loop.create_unix_server(Log, 'path', sock=unix)):
            try:
                await call()
            except (TypeError, ValueError) as error:
                print(type(error).__name__, error)


async def pipes():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    log = []
    reading, writing = Log('read', log), Log('write', log)
    source, _ = await loop.connect_read_pipe(lambda: reading, open(r, 'rb', 0))
    sink, _ = await loop.connect_write_pipe(lambda: writing, open(w, 'wb', 0))
    sink.write(b'through a pipe')
    sink.write_eof()
    await asyncio.gather(reading.over, writing.over)
    print(log, *[type(transport).__name__ for transport in (source, sink)], repr(sink).startswith('<_UnixWritePipeTransport closed fd='))
    with open(__file__, 'rb') as file:
        for connect in (loop.connect_read_pipe, loop.connect_write_pipe):
            try:
                await connect(lambda: Log('file', log), file)
            except ValueError as error:
                print(error)


for main in (stream, flow, buffered, lost, datagrams, refused, pipes):
    print('--', main.__name__)
    asyncio.run(main())
