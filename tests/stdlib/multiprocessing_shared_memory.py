# Shared memory by name, lists in it, listeners and clients, barriers.
import multiprocessing
import os
import pickle
import threading
from multiprocessing import connection, shared_memory


def attempt(work):
    try:
        print(repr(work()))
    except Exception as error:
        print(type(error).__name__, error)


def fill(name):
    block = shared_memory.SharedMemory(name)
    block.buf[:5] = b"child"
    block.close()


block = shared_memory.SharedMemory(create=True, size=10)
print(block.name.startswith("psm_"), len(block.name), block.size, bytes(block.buf[:5]))
child = multiprocessing.Process(target=fill, args=(block.name,))
child.start()
child.join()
print(child.exitcode, bytes(block.buf[:5]), repr(block).replace(block.name, "NAME"))
again = pickle.loads(pickle.dumps(block))
again.buf[0] = 67
print(block.buf[0], again.name == block.name)
again.close()
print(again.buf)
block.close()
block.unlink()
try:
    shared_memory.SharedMemory(block.name)
except FileNotFoundError as error:
    print(error.errno, error.filename == "/" + block.name)
attempt(lambda: shared_memory.SharedMemory(create=True))
attempt(lambda: shared_memory.SharedMemory(create=True, size=-1))
attempt(lambda: shared_memory.SharedMemory())

items = shared_memory.ShareableList([1, 2.5, True, None, "abc", b"xy", "a longer text", -7])
print(list(items), len(items), items.format, items.shm.size)
other = shared_memory.ShareableList(name=items.shm.name)
other[0] = 2**40
other[4] = "xyz"
other[-1] = False
other[3] = "none"
print(list(items), items.format, items.count("xyz"), items.index(b"xy"))
attempt(lambda: items[8])
attempt(lambda: items.__setitem__(8, 1))
attempt(lambda: items.__setitem__(4, "much too long for its place"))
attempt(lambda: items.index("nothing"))
attempt(lambda: shared_memory.ShareableList([{}]))
print(repr(items).replace(items.shm.name, "NAME"))
copy = pickle.loads(pickle.dumps(items))
print(list(copy) == list(items))
for one in (other, copy):
    one.shm.close()
items.shm.close()
items.shm.unlink()


def talk(address, key):
    with connection.Client(address, authkey=key) as conn:
        conn.send(["hello", os.getpid() > 0])
        conn.send_bytes(repr(conn.recv()).encode())


for family in ("AF_INET", "AF_UNIX"):
    with connection.Listener(family=family, authkey=b"secret") as listener:
        print(family, type(listener.address).__name__, connection.address_type(listener.address))
        child = multiprocessing.Process(target=talk, args=(listener.address, b"secret"))
        child.start()
        conn = listener.accept()
        print(conn.recv())
        conn.send({"answer": 42})
        print(conn.recv_bytes())
        attempt(conn.recv)
        conn.close()
        child.join()
    attempt(listener.accept)


def wrong(address):
    try:
        connection.Client(address, authkey=b"other")
    except multiprocessing.AuthenticationError as error:
        rejected.append(error)


rejected = []
with connection.Listener(authkey=b"secret") as listener:
    thread = threading.Thread(target=wrong, args=(listener.address,))
    thread.start()
    attempt(listener.accept)
    thread.join()
print(rejected)
attempt(lambda: connection.Listener(authkey="text"))
attempt(lambda: connection.Client(3))
attempt(lambda: connection.Listener(family="AF_NONE"))


def meet(barrier, queue):
    queue.put(barrier.wait())


barrier = multiprocessing.Barrier(3)
queue = multiprocessing.Queue()
children = [multiprocessing.Process(target=meet, args=(barrier, queue)) for _ in range(2)]
for child in children:
    child.start()
print(sorted([barrier.wait()] + [queue.get(), queue.get()]), barrier.parties, barrier.n_waiting,
      barrier.broken)
for child in children:
    child.join()
barrier.abort()
attempt(barrier.wait)
barrier.reset()
print(barrier.broken)

# Descriptors over a connection.
from multiprocessing import reduction

near, far = multiprocessing.Pipe()
reader, writer = os.pipe()
reduction.send_handle(near, writer, os.getpid())
received = reduction.recv_handle(far)
print(received != writer, os.write(received, b"through"), os.read(reader, 100))
near.send("after")
print(far.recv(), far.poll(), near.poll())

# The room of a text is counted in characters.
short = shared_memory.ShareableList(["encodés", "éééé", b"12345678"])
print(short.format, list(short))
short.shm.close()
short.shm.unlink()
