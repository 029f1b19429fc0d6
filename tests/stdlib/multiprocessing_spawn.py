# Processes with fresh interpreters, and those that a server forks: what is pickled for them, what they
# share, how they end; pools and executors of them.
# no-stress: starts some thirty interpreters.
import ctypes
import multiprocessing as mp
import os
import signal
import socket
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import shared_memory, sharedctypes



class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("n", ctypes.c_int)]


def square(x):
    return x * x


def use_all(conn, lock, number, array, point, event, barrier, condition, queue):
    with lock:
        number.value += 5
        array[1] = 42
    with point:
        point.x, point.n = 2.5, 7
    conn.send((mp.current_process().name, mp.parent_process().name, mp.get_start_method(), __name__))
    conn.close()
    event.wait(20)
    queue.put(len(sys.argv))
    barrier.wait(20)
    with condition:
        condition.notify_all()


def leave(status):
    sys.exit(status)


def fail():
    raise ValueError("boom")


def begin(x):
    global started_with
    started_with = x


def plus_begin(x):
    return started_with + x


def of_shared(name):
    block = shared_memory.SharedMemory(name)
    block.buf[0] += 1
    block.close()


def send_over(sock):
    sock.sendall(b"from the child")
    sock.close()


def fetch(queue, results):
    results.send(queue.get().recv(100))


def processes(ctx):
    reader, writer = ctx.Pipe(False)
    lock, event, barrier, condition = ctx.Lock(), ctx.Event(), ctx.Barrier(2), ctx.Condition()
    number, array, queue = ctx.Value("i", 3), ctx.Array("d", 4), ctx.Queue()
    point = sharedctypes.Value(Point, 1.5, 1, ctx=ctx)
    child = ctx.Process(target=use_all, name="worker",
                        args=(writer, lock, number, array, point, event, barrier, condition, queue))
    with condition:
        child.start()
        writer.close()
        print(reader.recv())
        event.set()
        print(queue.get(timeout=20), barrier.wait(20) in (0, 1), condition.wait(20))
    child.join(20)
    print(child.exitcode, number.value, array[:], (point.x, point.n), number)
    # The server's standard error is not this process's: what goes there is shown.
    failing = [(leave, ("text",)), (fail, ())] if ctx.get_start_method() == "spawn" else []
    for target, args in [(leave, (7,)), *failing]:
        stderr = os.dup(2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        child = ctx.Process(target=target, args=args)
        child.start()
        os.dup2(stderr, 2)
        child.join()
        print(target.__name__, child.exitcode)
    child = ctx.Process(target=time.sleep, args=(60,), daemon=True)
    child.start()
    print(child.is_alive(), child.daemon)
    child.terminate()
    child.join()
    print(child.exitcode == -signal.SIGTERM, child.is_alive())
    for what in lambda: 0, ctx.Process:
        try:
            ctx.Process(target=what, args=(open(os.devnull),)).start()
        except Exception:
            print("cannot be pickled")


def handed_over(ctx):
    ours, theirs = socket.socketpair()
    child = ctx.Process(target=send_over, args=(theirs,))
    child.start()
    theirs.close()
    print(ours.recv(100))
    child.join()
    # Through a queue it is fetched.
    left, right = socket.socketpair()
    left.sendall(b"fetched")
    queue = ctx.SimpleQueue()
    reader, writer = ctx.Pipe(False)
    queue.put(right)
    child = ctx.Process(target=fetch, args=(queue, writer))
    child.start()
    print(reader.recv())
    child.join()
    block = shared_memory.SharedMemory(create=True, size=16)
    child = ctx.Process(target=of_shared, args=(block.name,))
    child.start()
    child.join()
    print(block.buf[0], child.exitcode)
    block.close()
    block.unlink()


def pools(ctx):
    with ctx.Pool(2, begin, (100,)) as pool:
        print(pool.map(square, range(5)), pool.apply_async(plus_begin, (1,)).get(20),
              sorted(pool.imap_unordered(square, range(3))))
    with ctx.Manager() as manager:
        shared = manager.dict(a=1)
        child = ctx.Process(target=shared.update, args=({"b": 2},))
        child.start()
        child.join()
        print(dict(shared))
    with ProcessPoolExecutor(2, mp_context=ctx, initializer=begin, initargs=(7,)) as executor:
        print(list(executor.map(square, range(6), chunksize=2)), executor.submit(plus_begin, 1).result(20))
        try:
            executor.submit(fail).result()
        except ValueError as error:
            print(repr(error), type(error.__cause__).__name__)
    try:
        with ProcessPoolExecutor(1, mp_context=ctx) as executor:
            executor.submit(os._exit, 3).result()
    except BrokenProcessPool as error:
        print(error)
    with ProcessPoolExecutor(1, mp_context=ctx, max_tasks_per_child=2) as executor:
        print(len({executor.submit(os.getpid).result() for _ in range(4)}))


if __name__ == "__main__":
    print(mp.get_all_start_methods(), mp.get_start_method(allow_none=True))
    for method in "spawn", "forkserver":
        ctx = mp.get_context(method)
        print(method, type(ctx).__name__, ctx.Process.__name__, ctx.get_start_method())
        processes(ctx)
        handed_over(ctx)
        pools(ctx)
    # What was made for forked processes cannot go to others.
    lock = mp.get_context("fork").Lock()
    try:
        mp.get_context("spawn").Process(target=square, args=(lock,)).start()
    except RuntimeError as error:
        print(error)
    for call in (lambda: mp.get_context("nope"), lambda: mp.get_context("spawn").set_start_method("fork"),
                 lambda: ProcessPoolExecutor(1, mp_context=mp.get_context("fork"), max_tasks_per_child=1)):
        try:
            call()
        except ValueError as error:
            print(error)
    mp.set_start_method("spawn", force=True)
    try:
        mp.set_start_method("fork")
    except RuntimeError as error:
        print(error)
    print(mp.get_start_method(), ProcessPoolExecutor(1, max_tasks_per_child=1)._mp_context.get_start_method())
