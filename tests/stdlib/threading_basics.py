# no-stress: waits for threads for limited times
# Threads, locks, thread-local data, and what waits for what.
import _thread
import sys
import threading
import time

done = _thread.allocate_lock()
done.acquire()
seen = []


def raw(n, step=1):
    for i in range(0, n, step):
        seen.append(i)
    done.release()


_thread.start_new_thread(raw, (6,), {"step": 2})
done.acquire()
print(seen)
for wrong in ((1, ()), (raw, []), (raw, (), [])):
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as error:
        print(error)

thread = threading.Thread(target=lambda: print("in", threading.current_thread().name), name="one")
print(thread.is_alive(), thread.ident, thread.daemon, repr(thread))
for call in (thread.join,):
    try:
        call()
    except RuntimeError as error:
        print(error)
thread.start()
thread.join()
print(thread.is_alive(), thread.ident is not None, threading.active_count())
try:
    thread.start()
except RuntimeError as error:
    print(error)
try:
    threading.current_thread().join()
except RuntimeError as error:
    print(error)

counter = [0]
lock = threading.Lock()


def count():
    for _ in range(20000):
        with lock:
            counter[0] += 1


threads = [threading.Thread(target=count) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter)

# Code that never waits is interrupted, too.
sys.setswitchinterval(1e-5)
print(sys.getswitchinterval())
stop = []


def spin():
    n = 0
    while not stop:
        n += 1


spinner = threading.Thread(target=spin)
spinner.start()
time.sleep(0.01)
stop.append(1)
spinner.join()
sys.setswitchinterval(0.005)

data = threading.local()
data.x = 1


def other():
    print(hasattr(data, "x"), vars(data))
    data.x = 2
    print(data.x)


thread = threading.Thread(target=other)
thread.start()
thread.join()
print(data.x)


class Local(threading.local):
    kind = "class"

    def __init__(self, start, *, name):
        self.value = start
        self.name = name


local = Local(5, name="n")
local.value = 6


def look():
    print(local.value, local.name, local.kind)
    local.value = 7


thread = threading.Thread(target=look)
thread.start()
thread.join()
print(local.value)
try:
    threading.local(1)
except TypeError as error:
    print(error)
try:
    local.__dict__ = {}
except AttributeError as error:
    print(error)


class Witness:
    def __del__(self):
        print("gone with its thread")


thread = threading.Thread(target=lambda: setattr(data, "w", Witness()))
thread.start()
thread.join()


def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hook
thread = threading.Thread(target=lambda: 1 / 0, name="bad")
thread.start()
thread.join()
thread = threading.Thread(target=sys.exit, name="exits")
thread.start()
thread.join()

event = threading.Event()
print(event.wait(0.01), event.is_set())
threading.Timer(0.01, event.set).start()
print(event.wait(5))

condition = threading.Condition()
items = []


def consume():
    with condition:
        print(condition.wait_for(lambda: len(items) == 3, timeout=5), items)


thread = threading.Thread(target=consume)
thread.start()
for i in range(3):
    with condition:
        items.append(i)
        condition.notify()
thread.join()
try:
    condition.notify()
except RuntimeError as error:
    print(error)

semaphore = threading.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(blocking=False),
      semaphore.acquire(timeout=0.01))
semaphore.release(2)
try:
    semaphore.release()
except ValueError as error:
    print(error)

barrier = threading.Barrier(3, action=lambda: print("all there"))
places = []
threads = [threading.Thread(target=lambda: places.append(barrier.wait())) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(places), barrier.broken, barrier.n_waiting)
barrier.abort()
try:
    barrier.wait()
except threading.BrokenBarrierError as error:
    print(repr(error))

rlock = threading.RLock()
print(rlock.acquire(), rlock.acquire())
rlock.release()
result = []
thread = threading.Thread(target=lambda: result.append(rlock.acquire(blocking=False)))
thread.start()
thread.join()
rlock.release()
print(result)
try:
    rlock.release()
except RuntimeError as error:
    print(error)
try:
    lock.release()
except RuntimeError as error:
    print(error)
try:
    lock.acquire(False, 1)
except ValueError as error:
    print(error)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def too_deep():
    try:
        deep(10 ** 6)
    except RecursionError as error:
        print(error)


thread = threading.Thread(target=too_deep)
thread.start()
thread.join()


def frames():
    ready.set()
    leave.wait()


ready, leave = threading.Event(), threading.Event()
thread = threading.Thread(target=frames)
thread.start()
ready.wait()
found = sys._current_frames()
names = []
frame = found[thread.ident]
while frame:
    names.append(frame.f_code.co_name)
    frame = frame.f_back
print("frames" in names, len(found))
del frame, found
leave.set()
thread.join()

try:
    _thread.interrupt_main()
    time.sleep(0)
    threading.Event().wait(5)
except KeyboardInterrupt as error:
    print(repr(error))

threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
threading.Thread(target=lambda: (time.sleep(0.02), print("the program waited"))).start()
