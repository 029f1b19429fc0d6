"""The signatures that natives tell, and those that tell none."""

import codecs
import inspect

import _blake2
import _bz2
import _codecs
import _collections
import _io
import _queue
import _random
import _sha3
import _thread
import array
import cmath
import itertools
import mmap
import posix
import time
import types

for owner in (set, frozenset, dict, list, bytes, str, int, range, property, reversed, classmethod, staticmethod, memoryview,
              BaseException, OSError, types.MappingProxyType, types.GenericAlias, types.TracebackType,
              _collections.deque, _collections.defaultdict, _collections.OrderedDict, _io._IOBase, _io.BufferedReader,
              _io.TextIOWrapper, _io.FileIO, _queue.SimpleQueue, _random.Random, _sha3.sha3_224, _blake2.blake2b,
              _bz2.BZ2Compressor, _bz2.BZ2Decompressor, _thread.LockType, _thread.RLock, array.array, mmap.mmap,
              itertools.chain, itertools.islice, itertools.product, itertools.repeat, itertools.zip_longest,
              itertools.compress, itertools.starmap, posix.DirEntry):
    print(owner, owner.__text_signature__)
    for name, value in sorted(vars(owner).items()):
        if (type(value).__name__ in ("method_descriptor", "classmethod_descriptor")
                and name not in ("__sizeof__", "__getstate__", "__class_getitem__", "clear")):
            print("   ", name, repr(value.__text_signature__))
for function in (compile, __import__, cmath.log, _codecs.lookup_error, codecs.utf_16_encode, codecs.ascii_decode,
                 codecs.unicode_escape_decode, codecs.utf_16_ex_decode, posix.access, posix.utime, posix.posix_spawn,
                 posix.WCOREDUMP, posix.WIFEXITED, _thread.allocate_lock, time.process_time_ns, time.process_time):
    print(function.__name__, repr(function.__text_signature__))
for function in (set.add, dict.pop, itertools.chain, _collections.deque.append):
    try:
        print(inspect.signature(function))
    except ValueError as error:
        print(error)

print(codecs.utf_16_encode("a", None, 1), codecs.utf_16_encode("a", None, -1), codecs.utf_32_encode("a", "strict", 1))
for call in (lambda: codecs.ascii_decode(b"a", None, True), lambda: codecs.unicode_escape_decode(b"a\\"),
             lambda: codecs.unicode_escape_decode(b"a\\", None, False), lambda: codecs.utf_16_encode("a", None, "x")):
    try:
        print(call())
    except (TypeError, UnicodeError) as error:
        print(error)
sponge = _sha3.shake_256(b"abc")
print(sponge._capacity_bits, sponge._rate_bits, sponge._suffix, _sha3.sha3_224()._capacity_bits, _sha3.sha3_512()._suffix)
for call in (lambda: sponge.digest(-1), lambda: sponge.digest(2 ** 29), lambda: sponge.hexdigest("a"),
             lambda: _blake2.blake2b(leaf_size=-1), lambda: _blake2.blake2s(node_offset=-1)):
    try:
        print(call())
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
