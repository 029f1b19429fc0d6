# Streams over TCP and Unix sockets: servers, readers, writers, their errors and limits.
import asyncio
import os
import tempfile


async def shout(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def tcp():
    server = await asyncio.start_server(shout, '127.0.0.1', 0)
    print(server.is_serving(), len(server.sockets), server.get_loop() is asyncio.get_running_loop())
    host, port = server.sockets[0].getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    print(writer.get_extra_info('peername') == (host, port), writer.can_write_eof())
    writer.writelines([b'one\n', b'two\n', b'three'])
    writer.write_eof()
    print(await reader.readline())
    print([line async for line in reader], reader.at_eof(), await reader.read())
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing())
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)
    try:
        await asyncio.open_connection(host, port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno == 111)


async def unix():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'socket')
        async with await asyncio.start_unix_server(shout, path) as server:
            try:
                await asyncio.start_unix_server(shout, os.path.join(folder, 'no', 'such'))
            except OSError as error:
                print(type(error).__name__)
            answers = []
            for text in (b'a\n', b'b\n'):
                reader, writer = await asyncio.open_unix_connection(path)
                writer.write(text)
                answers.append(await reader.readuntil())
                writer.close()
                await writer.wait_closed()
            print(answers)


async def readers():
    reader = asyncio.StreamReader(limit=8)
    print(reader)
    reader.feed_data(b'0123456789\nrest')
    try:
        await reader.readline()
    except ValueError as error:
        print(error)
    print(await reader.read(2), reader)
    try:
        await reader.readuntil(b'')
    except ValueError as error:
        print(error)
    reader.feed_data(b'|end|abcdef')
    print(await reader.readuntil(b'|end|'))
    print(await reader.readexactly(3))
    reader.feed_eof()
    print(reader)
    try:
        await reader.readexactly(10)
    except asyncio.IncompleteReadError as error:
        print(error, error.partial)
    print(await reader.read(5), reader.at_eof())
    try:
        await reader.readexactly(-1)
    except ValueError as error:
        print(error)

    reader = asyncio.StreamReader(limit=4)
    reader.feed_data(b'no separator')
    for _ in range(2):
        try:
            await reader.readuntil(b';')
        except asyncio.LimitOverrunError as error:
            print(error, error.consumed)
    waiting = asyncio.create_task(asyncio.StreamReader.read(other := asyncio.StreamReader()))
    await asyncio.sleep(0)
    try:
        await other.readexactly(1)
    except RuntimeError as error:
        print(error)
    other.set_exception(OSError('broken'))
    try:
        await waiting
    except OSError as error:
        print(error, other)
    try:
        asyncio.StreamReader(limit=0)
    except ValueError as error:
        print(error)


async def large():
    # More than the transport and the reader take at once.
    total = 3_000_000

    async def send(reader, writer):
        writer.transport.set_write_buffer_limits(high=10_000)
        left = total
        while left:
            size = min(left, 70_001)
            writer.write(bytes(size))
            await writer.drain()
            left -= size
        writer.close()

    async with await asyncio.start_server(send, '127.0.0.1', 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1000)
        got = 0
        while data := await reader.read(50_000):
            got += len(data)
        print(got == total)
        writer.close()


async def failing():
    # An error in the callback of a connection is reported, and the connection closed.
    async def fail(reader, writer):
        raise ZeroDivisionError('in the callback')

    reports = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reports.append(context))
    server = await asyncio.start_server(fail, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    print(await reader.read())
    writer.close()
    server.close()
    print([(context['message'], repr(context['exception'])) for context in reports])


for main in (tcp, unix, readers, large, failing):
    print('--', main.__name__)
    asyncio.run(main())
