# no-stress: tells tasks apart by when their timers end
# Coroutines, tasks and what they wait for.
import asyncio
import contextvars
import time


async def give(value, delay=0.0):
    await asyncio.sleep(delay)
    return value


async def fail(value):
    raise ValueError(value)


async def waiting():
    print(await asyncio.gather(give(1, 0.02), give(2, 0.01)))
    print(await asyncio.gather(fail(1), give(2), return_exceptions=True))
    try:
        await asyncio.gather(fail(1), give(2))
    except ValueError as error:
        print(repr(error))
    tasks = [asyncio.create_task(give(i, i * 0.01)) for i in range(3)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=1)
    print(len(done), len(pending))
    for first in asyncio.as_completed([give(i, 0.03 - i * 0.01) for i in range(3)]):
        print(await first, end=" ")
    print()
    for awaitable, timeout in ((give(1, 5), 0.01), (give(1), 5), (give(1, 5), 0), (give(2), None)):
        try:
            print(await asyncio.wait_for(awaitable, timeout))
        except TimeoutError as error:
            print(repr(error))
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(5)
    except TimeoutError:
        print(limit.expired(), limit)
    async with asyncio.timeout(None) as limit:
        limit.reschedule(asyncio.get_running_loop().time() + 5)
    print(limit)
    print(await asyncio.shield(give(9)))
    try:
        await asyncio.wait([])
    except ValueError as error:
        print(error)


async def cancelling():
    task = asyncio.create_task(asyncio.sleep(5), name="sleeper")
    await asyncio.sleep(0)
    print(task.get_name(), task.done(), task.cancelling(), task.cancel("why"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error), task.cancelled(), task.cancel())

    async def stubborn():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("no", asyncio.current_task().uncancel())
        return "done"

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task)
    for call in (task.set_result, task.set_exception):
        try:
            call(1)
        except RuntimeError as error:
            print(error)


async def groups():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(give(i)) for i in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a"))
            group.create_task(fail("b"))
            slow = group.create_task(give(1, 5))
            await asyncio.sleep(5)
    except* ValueError as error:
        print(error.message, error.exceptions, slow.cancelled())
    try:
        group.create_task(coroutine := give(1))
    except RuntimeError as error:
        print(str(error)[-11:])
        coroutine.close()


async def primitives():
    lock = asyncio.Lock()
    order = []

    async def use(n):
        async with lock:
            order.append(n)
            await asyncio.sleep(0)

    await asyncio.gather(*map(use, range(3)))
    print(order, lock.locked())
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, event.set)
    print(await event.wait(), event.is_set())
    semaphore = asyncio.BoundedSemaphore(1)
    async with semaphore:
        print(semaphore.locked())
    try:
        semaphore.release()
    except ValueError as error:
        print(error)
    condition = asyncio.Condition()
    ready = []

    async def waiter():
        async with condition:
            print(await condition.wait_for(lambda: ready))

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    async with condition:
        ready.append(1)
        condition.notify_all()
    await task
    barrier = asyncio.Barrier(2)
    print(sorted(await asyncio.gather(barrier.wait(), barrier.wait())))
    queue = asyncio.Queue(1)

    async def produce():
        for i in range(3):
            await queue.put(i)
        await queue.put(None)

    producer = asyncio.create_task(produce())
    got = []
    while (item := await queue.get()) is not None:
        got.append(item)
        queue.task_done()
    queue.task_done()
    await queue.join()
    await producer
    print(got, queue.empty())
    for call in (queue.get_nowait, lambda: (queue.put_nowait(1), queue.put_nowait(2))):
        try:
            call()
        except (asyncio.QueueEmpty, asyncio.QueueFull) as error:
            print(repr(error))
    for kind in (asyncio.PriorityQueue, asyncio.LifoQueue):
        queue = kind()
        for item in (2, 1, 3):
            queue.put_nowait(item)
        print([queue.get_nowait() for _ in range(3)])


var = contextvars.ContextVar("var", default=0)


async def contexts():
    async def inner():
        var.set(var.get() + 1)
        return var.get()

    var.set(5)
    print(await inner(), await asyncio.create_task(inner()), var.get())
    print(await asyncio.to_thread(var.get))


async def generators():
    async def numbers():
        try:
            for i in range(5):
                yield i
                await asyncio.sleep(0)
        finally:
            print("closed")

    print([i async for i in numbers() if i % 2])
    async for i in numbers():
        break


async def loops():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, pow, 2, 10), loop.is_running(), loop.get_debug())
    future = loop.create_future()
    loop.call_soon(future.set_result, 1)
    print(await future, future.result(), future.exception())
    handle = loop.call_later(0.01, print, "never")
    handle.cancel()
    print(handle.cancelled())
    problems = []
    loop.set_exception_handler(lambda loop, context: problems.append(context["message"]))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.01)
    print([problem.split("<")[0] for problem in problems])
    future = asyncio.run_coroutine_threadsafe(give(3), loop)
    print(await asyncio.wrap_future(future))
    print(await asyncio.to_thread(
        lambda: asyncio.run_coroutine_threadsafe(give(4), loop).result()))
    order = []

    async def step(n):
        order.append(n)

    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(step(1))
    order.append(2)
    print(order, task.done())
    print(len(asyncio.all_tasks()), asyncio.iscoroutinefunction(step))
    coroutine = give(1)
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()


for main in (waiting, cancelling, groups, primitives, contexts, generators, loops):
    print("--", main.__name__)
    asyncio.run(main())

with asyncio.Runner() as runner:
    print(runner.run(give(1)), runner.run(give(2)))
for wrong in (give, 1):
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(str(error)[:26])
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
start = time.monotonic()
asyncio.run(asyncio.sleep(0.02))
print(time.monotonic() - start >= 0.02)
