# Objects in a server process, and their proxies.
import multiprocessing
from multiprocessing import managers


def attempt(work):
    try:
        print(repr(work()))
    except Exception as error:
        print(type(error).__name__, error)


def work(shared, items, lock, events, number):
    with lock:
        shared[number] = number * number
        items.append(number)
        shared["total"] = shared.get("total", 0) + number
    events.put(number)


class Counter:
    def __init__(self, start=0):
        self.value = start

    def add(self, number=1):
        self.value += number
        return self.value

    def fail(self):
        raise ValueError("counted too far")

    def _hidden(self):
        return "never seen"

    def numbers(self):
        yield from range(self.value)


class MyManager(managers.BaseManager):
    pass


MyManager.register("Counter", Counter)
MyManager.register("Shown", Counter, exposed=("add", "_hidden", "numbers"),
                   method_to_typeid={"numbers": "Iterator"})
MyManager.register("Iterator", proxytype=managers.IteratorProxy, create_method=False)

if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared, items, lock, events = manager.dict(), manager.list(), manager.Lock(), manager.Queue()
        children = [multiprocessing.Process(target=work, args=(shared, items, lock, events, n))
                    for n in range(4)]
        for child in children:
            child.start()
        for child in children:
            child.join()
        print(sorted(shared.items(), key=str), sorted(items), sorted(events.get() for _ in range(4)))
        attempt(lambda: events.get(timeout=0.01))
        print(str(items) == str(items._getvalue()), len(shared), 2 in shared, shared.pop(2), sorted(map(str, shared)))
        attempt(lambda: shared["nothing"])
        attempt(lambda: items[99])
        items[:] = [3, 1, 2]
        items.sort()
        items += [9]
        items *= 2
        print(items, items[1:3], items + [0], items.index(9), items.pop(), repr(items).split(" at ")[0])
        nested = manager.list([manager.dict(a=1), 2])
        nested[0]["b"] = 2
        print(nested[0].copy(), type(nested[0]).__name__)
        space = manager.Namespace(x=1, y="two")
        space.z = [3]
        del space.x
        print(space, space.y, space.z)
        attempt(lambda: space.x)
        value, numbers = manager.Value("i", 5), manager.Array("d", [1, 2])
        value.value += 1
        numbers[0] = 7.5
        print(value.value, value, numbers[0], len(numbers), numbers)
        event, condition, barrier = manager.Event(), manager.Condition(), manager.Barrier(1)
        event.set()
        with condition:
            condition.notify_all()
            print(condition.wait_for(lambda: True), event.is_set(), event.wait(), barrier.wait(),
                  barrier.parties)
        semaphore, again = manager.BoundedSemaphore(1), manager.RLock()
        print(semaphore.acquire(), semaphore.acquire(False), semaphore.release())
        attempt(semaphore.release)
        with again, again:
            print("held twice")
        jobs = manager.JoinableQueue()
        jobs.put("job")
        print(jobs.get(), jobs.task_done(), jobs.join(), jobs.empty(), jobs.qsize())
        with manager.Pool(2) as pool:
            print(pool.map(abs, [-1, 2, -3]), pool.apply(max, (3, 4)), list(pool.imap(abs, [-5])))
        attempt(lambda: manager.nothing)
    attempt(manager.start)

    with MyManager(authkey=b"key") as mine:
        counter = mine.Counter(3)
        print(counter.add(), counter.add(number=5), counter.add(-4))
        attempt(counter.fail)
        attempt(lambda: counter._hidden())
        shown = mine.Shown(start=2)
        print(shown._hidden(), list(shown.numbers()), shown.add(), type(shown).__name__)
        try:
            shown._callmethod("fail")
        except managers.RemoteError as error:
            print(type(error).__name__, "is not in exposed=" in str(error))
        other = MyManager(address=mine.address, authkey=b"key")
        other.connect()
        print(other.Counter(1).add())
    attempt(lambda: mine.Counter())
