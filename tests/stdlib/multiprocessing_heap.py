# Blocks of shared memory: how they are given out, given back and joined.
import ctypes
import gc
import multiprocessing as mp
from multiprocessing import heap, sharedctypes

own = heap.Heap()
blocks = [own.malloc(size) for size in (1, 8, 9, 100, 5000, 0)]
print([stop - start for _, start, stop in blocks], [arena.size for arena in own._arenas])
for block in blocks[1], blocks[3], blocks[2]:
    own.free(block)
print(sorted(own._len_to_seq), [len(used) for used in own._allocated_blocks.values()])
for block in blocks[0], blocks[4], blocks[5]:
    own.free(block)
print(sorted(own._len_to_seq), own._n_mallocs, own._n_frees, len(own._arenas))
# A large arena goes when it is empty.
large = own.malloc(5 * 1024**2)
print(len(own._arenas))
own.free(large)
print(len(own._arenas))
for size in -1, 1 << 63:
    for call in own.malloc, heap.BufferWrapper:
        try:
            call(size)
        except (ValueError, OverflowError) as error:
            print(type(error).__name__, error)

value, array = mp.RawValue("d", 1.5), mp.RawArray("h", [1, -2, 3])
text = mp.Array("c", b"hello")
print(value, value.value, array[:], len(array), text.value, text.raw, text[1:3])
text.value = b"abc"
print(text.raw, text.get_obj()._length_)


class Pair(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_double)]


pair = mp.Value(Pair, 1, 2.5)
pairs = mp.RawArray(Pair, [(1, 2.0), (3, 4.0)])
print(type(pair).__name__, pair.a, pair.b, [(p.a, p.b) for p in pairs])


def change(value, array, pair, pairs):
    value.value *= 2
    array[0] = 9
    pair.b = 0.5
    pairs[1].a = 77


child = mp.Process(target=change, args=(value, array, pair, pairs))
child.start()
child.join()
print(value.value, array[:], pair.b, pairs[1].a)
copied = sharedctypes.copy(value)
copied.value = 0
print(value.value, copied.value)
for call in (lambda: mp.Value("i", 1, lock=3), lambda: mp.RawArray("i", -1), lambda: text.__setattr__("value", b"123456"),
             lambda: mp.RawValue("nope"), lambda: array.__getitem__(5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(mp.Value("i", 4, lock=False).value, type(mp.Value("i", lock=mp.Lock()).get_lock()).__name__)
before = heap.BufferWrapper._heap._n_frees
del value, array
gc.collect()
print(heap.BufferWrapper._heap._n_frees > before)
view = memoryview(bytearray(16))
number = ctypes.c_int.from_buffer(view, 4)
number.value = 258
print(view.tolist()[:8])
for source in b"12345678", bytearray(2):
    try:
        ctypes.c_int.from_buffer(source)
    except (TypeError, ValueError) as error:
        print(error)
