# Child processes and signals in the event loop.
import asyncio
import os
import signal
import warnings


async def children():
    run = asyncio.create_subprocess_exec
    pipe = asyncio.subprocess.PIPE
    child = await run('cat', stdin=pipe, stdout=pipe)
    print(child.returncode, child.pid > 0, child.stderr)
    print(await child.communicate(b'through cat'), child.returncode)
    child = await asyncio.create_subprocess_shell(
        'echo out; echo err >&2; exit 3', stdout=pipe, stderr=pipe)
    print(await child.communicate(), await child.wait())
    child = await asyncio.create_subprocess_shell(
        'echo both; echo ways >&2', stdout=pipe, stderr=asyncio.subprocess.STDOUT)
    print(await child.communicate())
    child = await run('sh', '-c', 'while read line; do echo "<$line>"; done', stdin=pipe, stdout=pipe)
    for word in (b'one\n', b'two\n'):
        child.stdin.write(word)
        await child.stdin.drain()
        print(await child.stdout.readline())
    child.stdin.close()
    await child.stdin.wait_closed()
    print(await child.wait(), await child.stdout.read())
    child = await run('sleep', '10')
    child.terminate()
    print(await child.wait() == -signal.SIGTERM)
    child = await run('sleep', '10')
    child.send_signal(signal.SIGKILL)
    print(await child.wait())
    try:
        child.kill()
    except ProcessLookupError:
        print('it has ended')
    try:
        await run('/no/such/program')
    except FileNotFoundError as error:
        print(error.filename)
    child = await run('cat', stdin=pipe, stdout=asyncio.subprocess.DEVNULL)
    waiting = asyncio.wait_for(child.wait(), 0.05)
    try:
        await waiting
    except TimeoutError:
        print('still running', child.returncode)
    await child.communicate(bytes(1_000_000))
    print(child.returncode)
    for options in ({'text': True}, {'encoding': 'ascii'}, {'errors': 'ignore'}, {'shell': True},
                    {'bufsize': 1}, {'universal_newlines': True}):
        try:
            await run('true', **options)
        except ValueError as error:
            print(error)
    try:
        await asyncio.create_subprocess_shell(['ls'])
    except ValueError as error:
        print(error)


class Protocol(asyncio.SubprocessProtocol):
    def __init__(self):
        self.events = []
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.events.append('made')

    def pipe_data_received(self, fd, data):
        self.events.append((fd, data))

    def pipe_connection_lost(self, fd, exc):
        self.events.append((fd, exc))

    def process_exited(self):
        self.events.append('exited')

    def connection_lost(self, exc):
        self.over.set_result(exc)


async def protocol():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_shell(Protocol, 'read word; echo $word')
    pid = transport.get_pid()
    print(repr(transport).startswith(f'<_UnixSubprocessTransport pid={pid} running stdin=<'))
    transport.get_pipe_transport(0).write(b'hi\n')
    await protocol.over
    events = protocol.events
    print(events[0], sorted(map(str, events[1:])), transport.get_returncode())
    print(transport.get_pipe_transport(7), transport.is_closing())
    transport.close()
    print(transport.is_closing())


async def signals():
    loop = asyncio.get_running_loop()
    got = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, got.put_nowait, 'first')
    loop.add_signal_handler(signal.SIGUSR2, got.put_nowait, 'second')
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await got.get())
    signal.raise_signal(signal.SIGUSR2)
    print(await got.get())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    print(signal.getsignal(signal.SIGUSR1))
    for sig in ('x', 1000, signal.SIGKILL):
        try:
            loop.add_signal_handler(sig, print)
        except (TypeError, ValueError, RuntimeError) as error:
            print(type(error).__name__, error)
    async def coroutine():
        pass
    try:
        loop.add_signal_handler(signal.SIGUSR1, coroutine)
    except TypeError as error:
        print(error)


def watchers():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        watcher = asyncio.get_child_watcher()
        print(watcher.is_active(), isinstance(watcher, asyncio.AbstractChildWatcher))
        for kind in (asyncio.SafeChildWatcher, asyncio.FastChildWatcher,
                     asyncio.MultiLoopChildWatcher):
            print(kind().is_active())
        asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())
    for warning in caught:
        print(warning.category.__name__, warning.message)

    async def main():
        child = await asyncio.create_subprocess_exec('true')
        print(await child.wait())

    asyncio.run(main())


for main in (children, protocol, signals):
    print('--', main.__name__)
    asyncio.run(main())
print('-- watchers')
watchers()
