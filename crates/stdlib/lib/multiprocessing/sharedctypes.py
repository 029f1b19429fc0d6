"""Numbers and arrays in memory that processes share.

They are named by the type codes of the module array: ctypes types are not supported.
"""

__all__ = ['RawValue', 'RawArray', 'Value', 'Array', 'copy', 'synchronized']

import struct

from _multiprocessing import _SharedMemory

from . import context, util

# Type codes of array, and what struct calls them.
_formats = {code: code for code in 'bBhHiIlLqQfd'}
_formats['c'] = 'c'


def _format_of(typecode_or_type):
    code = typecode_or_type
    if not isinstance(code, str):
        # ctypes types carry their code.
        code = getattr(code, '_type_', None)
    if code in _formats:
        return struct.Struct(_formats[code])
    raise TypeError("this type has no size")


class _RawValue:
    """A number in shared memory: the attribute `value`."""

    __slots__ = ('_memory', '_format')

    def __init__(self, form, value):
        self._format = form
        self._memory = _SharedMemory(form.size)
        self.value = value

    @property
    def value(self):
        return self._format.unpack(self._memory.read(0, self._format.size))[0]

    @value.setter
    def value(self, value):
        self._memory.write(0, self._format.pack(value))

    def __repr__(self):
        return f"c_{self._format.format}({self.value!r})"

    def __reduce__(self):
        context.assert_spawning(self)
        return object.__reduce__(self)


class _RawArray:
    """Numbers in shared memory, of a fixed count."""

    __slots__ = ('_memory', '_format', '_len')

    def __init__(self, form, count):
        self._format = form
        self._len = count
        self._memory = _SharedMemory(form.size * count)

    def __len__(self):
        return self._len

    def _place(self, i):
        i = i.__index__()
        if i < 0:
            i += self._len
        if not 0 <= i < self._len:
            raise IndexError("invalid index")
        return i * self._format.size

    def __getitem__(self, i):
        if isinstance(i, slice):
            items = [self[k] for k in range(*i.indices(self._len))]
            return b''.join(items) if self._format.format == 'c' else items
        return self._format.unpack(self._memory.read(self._place(i), self._format.size))[0]

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            places = range(*i.indices(self._len))
            if self._format.format == 'c':
                value = [bytes((b,)) for b in value]
            value = list(value)
            if len(value) != len(places):
                raise ValueError("Can only assign sequence of same size")
            for k, item in zip(places, value):
                self[k] = item
            return
        self._memory.write(self._place(i), self._format.pack(value))

    def __iter__(self):
        return (self[i] for i in range(self._len))

    @property
    def raw(self):
        """The bytes of an array of characters."""
        return self._memory.read(0, self._len)

    @raw.setter
    def raw(self, value):
        self._memory.write(0, value)

    @property
    def value(self):
        """The bytes of an array of characters up to the first zero."""
        return self.raw.split(b'\0', 1)[0]

    @value.setter
    def value(self, value):
        if len(value) > self._len:
            raise ValueError("byte string too long")
        self._memory.write(0, value + b'\0' * (len(value) < self._len))

    def __reduce__(self):
        context.assert_spawning(self)
        return object.__reduce__(self)


def RawValue(typecode_or_type, *args):
    """Returns a number allocated from shared memory"""
    form = _format_of(typecode_or_type)
    default = b'\0' if form.format == 'c' else 0
    return _RawValue(form, args[0] if args else default)


def RawArray(typecode_or_type, size_or_initializer):
    """Returns an array allocated from shared memory"""
    form = _format_of(typecode_or_type)
    if isinstance(size_or_initializer, int):
        if size_or_initializer < 0:
            raise ValueError("Array length must be >= 0")
        return _RawArray(form, size_or_initializer)
    items = list(size_or_initializer)
    if form.format == 'c':
        items = [bytes((b,)) if isinstance(b, int) else b for b in items]
    result = _RawArray(form, len(items))
    for i, item in enumerate(items):
        result[i] = item
    return result


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a synchronization wrapper for a Value"""
    obj = RawValue(typecode_or_type, *args)
    return _guarded(obj, lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a synchronization wrapper for a RawArray"""
    obj = RawArray(typecode_or_type, size_or_initializer)
    return _guarded(obj, lock, ctx)


def _guarded(obj, lock, ctx):
    if lock is False:
        return obj
    if lock in (True, None):
        ctx = ctx or context._default_context.get_context()
        lock = ctx.RLock()
    if not hasattr(lock, 'acquire'):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(obj, lock, ctx=ctx)


def copy(obj):
    """A copy of a value or array, in shared memory of its own."""
    if isinstance(obj, SynchronizedBase):
        obj = obj.get_obj()
    if isinstance(obj, _RawValue):
        return _RawValue(obj._format, obj.value)
    result = _RawArray(obj._format, len(obj))
    result._memory.write(0, obj._memory.read(0, len(obj._memory)))
    return result


def synchronized(obj, lock=None, ctx=None):
    """A value or array with a lock that guards it."""
    assert not isinstance(obj, SynchronizedBase), 'object already synchronized'
    if isinstance(obj, _RawValue):
        return Synchronized(obj, lock, ctx)
    if obj._format.format == 'c':
        return SynchronizedString(obj, lock, ctx)
    return SynchronizedArray(obj, lock, ctx)


class SynchronizedBase(util._Locked):
    """A guarded object."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._adopt(lock or (ctx or context._default_context.get_context()).RLock())

    def __reduce__(self):
        context.assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """The object without the lock."""
        return self._obj

    def get_lock(self):
        """The lock."""
        return self._lock

    def __repr__(self):
        return '<%s wrapper for %s>' % (type(self).__name__, self._obj)


def _guarded_property(name):
    def get(self):
        with self:
            return getattr(self._obj, name)

    def set(self, value):
        with self:
            setattr(self._obj, name, value)

    return property(get, set)


class Synchronized(SynchronizedBase):
    """A guarded number."""

    value = _guarded_property('value')


class SynchronizedArray(SynchronizedBase):
    """A guarded array."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    # As Python 2 called them.

    def __getslice__(self, start, stop):
        return self[start:stop]

    def __setslice__(self, start, stop, values):
        self[start:stop] = values


class SynchronizedString(SynchronizedArray):
    """A guarded array of characters."""

    value = _guarded_property('value')
    raw = _guarded_property('raw')
