# Queues between threads.
import queue
import threading

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = kind()
    for item in (3, 1, 2):
        q.put(item)
    print(kind.__name__, q.qsize(), q.empty(), [q.get() for _ in range(3)], q.empty())
    for call in (q.get_nowait, lambda: q.get(timeout=0.01), lambda: q.get(timeout=-1)):
        try:
            call()
        except Exception as error:
            print(type(error).__name__, error)

q = queue.Queue(2)


def produce():
    for i in range(6):
        q.put(i)
    q.put(None)


threading.Thread(target=produce).start()
print(list(iter(q.get, None)))
q.put(1)
q.put(2)
print(q.full())
try:
    q.put(3, timeout=0.01)
except queue.Full as error:
    print(repr(error))


def work():
    while True:
        q.get()
        q.task_done()


while not q.empty():
    q.get()
for _ in range(9):
    q.task_done()
q.put(1)
q.put(2)
try:
    threading.Thread(target=work, daemon=True).start()
    q.put(3)
    q.join()
    print(q.unfinished_tasks)
finally:
    pass
try:
    q.task_done()
except ValueError as error:
    print(error)
simple = queue.SimpleQueue()
threading.Timer(0.01, simple.put, ("late",)).start()
print(simple.get())
