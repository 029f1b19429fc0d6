# Which objects of the library the collector knows, and how many of them it finds in cycles.
import array
import contextvars
import datetime
import gc
import os
import struct
import sys
import threading
import time
import types
import weakref

gc.disable()


class Node:
    pass


class Day(datetime.date):
    pass


def tracked(**objects):
    for name, value in objects.items():
        print(name, gc.is_tracked(value))


tracked(lock=threading.Lock(), rlock=threading.RLock(), array=array.array("i", [1]), struct=struct.Struct("i"))
tracked(date=datetime.date(2024, 1, 2), datetime=datetime.datetime(2024, 1, 2), time=datetime.time(1),
        timedelta=datetime.timedelta(1), timezone=datetime.timezone(datetime.timedelta(1) / 2), day=Day(2024, 1, 2))
tracked(localtime=time.localtime(), stat=os.stat("."), info=sys.float_info, flags=sys.flags)
tracked(variable=contextvars.ContextVar("a"), with_default=contextvars.ContextVar("b", default=[]),
        with_number=contextvars.ContextVar("c", default=1))
tracked(dict_of_dates={1: datetime.date(2024, 1, 2)}, dict_of_locks={1: threading.Lock()})


def cycle(make):
    gc.collect()
    node = Node()
    node.me = node
    node.other = make()
    del node
    return gc.collect()


print(cycle(threading.Lock), cycle(threading.RLock), cycle(threading.Event), cycle(lambda: array.array("d")))
print(cycle(datetime.datetime.now), cycle(lambda: Day(2024, 1, 2)), cycle(time.localtime))
print(cycle(weakref.WeakSet), cycle(weakref.WeakValueDictionary), cycle(types.SimpleNamespace))
