"""Values of C types in memory that processes share, and wrappers that guard them by a lock."""

import ctypes
import weakref

from . import heap, reduction, util
from .context import _default_context, assert_spawning

__all__ = ['RawValue', 'RawArray', 'Value', 'Array', 'copy', 'synchronized']

get_context = _default_context.get_context

# The codes of the module array, and some more.
typecode_to_type = dict(c=ctypes.c_char, u=ctypes.c_wchar, f=ctypes.c_float, d=ctypes.c_double)
for _code, _name in zip('bhilq', ('byte', 'short', 'int', 'long', 'longlong')):
    typecode_to_type[_code] = getattr(ctypes, f'c_{_name}')
    typecode_to_type[_code.upper()] = getattr(ctypes, f'c_u{_name}')
del _code, _name


def _type_of(typecode_or_type):
    try:
        return typecode_to_type.get(typecode_or_type, typecode_or_type)
    except TypeError:
        return typecode_or_type


def _new_value(type_):
    """A value in zeroed shared memory."""
    wrapper = heap.BufferWrapper(ctypes.sizeof(type_))
    memory = wrapper.create_memoryview()
    # A block may have been somebody else's.
    memory[:] = bytes(len(memory))
    return rebuild_ctype(type_, wrapper, None)


def RawValue(typecode_or_type, *args):
    """Returns a ctypes object allocated from shared memory"""
    value = _new_value(_type_of(typecode_or_type))
    value.__init__(*args)
    return value


def RawArray(typecode_or_type, size_or_initializer):
    """Returns a ctypes array allocated from shared memory"""
    item = _type_of(typecode_or_type)
    if isinstance(size_or_initializer, int):
        return _new_value(item * size_or_initializer)
    array = _new_value(item * len(size_or_initializer))
    array.__init__(*size_or_initializer)
    return array


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a synchronization wrapper for a Value"""
    return _guarded(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a synchronization wrapper for a RawArray"""
    return _guarded(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _guarded(obj, lock, ctx):
    if lock is False:
        return obj
    if lock in (True, None):
        lock = (ctx or get_context()).RLock()
    if not hasattr(lock, 'acquire'):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(obj, lock, ctx=ctx)


def copy(obj):
    """A copy of a value, in shared memory of its own."""
    new = _new_value(type(obj))
    ctypes.pointer(new)[0] = obj
    return new


def synchronized(obj, lock=None, ctx=None):
    """A value with a lock that guards it."""
    assert not isinstance(obj, SynchronizedBase), 'object already synchronized'
    ctx = ctx or get_context()
    if isinstance(obj, ctypes._SimpleCData):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, ctypes.Array):
        guard = SynchronizedString if obj._type_ is ctypes.c_char else SynchronizedArray
        return guard(obj, lock, ctx)
    return _guard_of(type(obj))(obj, lock, ctx)


# Pickling, for processes that are being started.

def reduce_ctype(obj):
    """How a value is pickled."""
    assert_spawning(obj)
    if isinstance(obj, ctypes.Array):
        # Types of arrays have no names to be found by.
        return rebuild_ctype, (obj._type_, obj._wrapper, obj._length_)
    return rebuild_ctype, (type(obj), obj._wrapper, None)


def rebuild_ctype(type_, wrapper, length):
    """The value in a block; with a length, an array."""
    if length is not None:
        type_ = type_ * length
    reduction.register(type_, reduce_ctype)
    value = type_.from_buffer(wrapper.create_memoryview())
    value._wrapper = wrapper
    return value


# Wrappers.

class SynchronizedBase(util._Locked):
    """A guarded value."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._adopt(lock or (ctx or get_context()).RLock())

    def __reduce__(self):
        assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """The object without the lock."""
        return self._obj

    def get_lock(self):
        """The lock."""
        return self._lock

    def __repr__(self):
        return '<%s wrapper for %s>' % (type(self).__name__, self._obj)


# Properties by name, and classes of wrappers by the class of the value.
prop_cache = {}
class_cache = weakref.WeakKeyDictionary()


def make_property(name):
    """A property that is the value's attribute, with the lock held."""
    if name not in prop_cache:
        def get(self):
            with self:
                return getattr(self._obj, name)

        def set(self, value):
            with self:
                setattr(self._obj, name, value)

        prop_cache[name] = property(get, set)
    return prop_cache[name]


def _guard_of(cls):
    """The class of wrappers of a structure: with its fields."""
    guard = class_cache.get(cls)
    if guard is None:
        fields = {field[0]: make_property(field[0]) for field in cls._fields_}
        guard = class_cache[cls] = type('Synchronized' + cls.__name__, (SynchronizedBase,), fields)
    return guard


class Synchronized(SynchronizedBase):
    """A guarded number."""

    value = make_property('value')


class SynchronizedArray(SynchronizedBase):
    """A guarded array."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, place):
        with self._lock:
            return self._obj[place]

    def __setitem__(self, place, value):
        with self._lock:
            self._obj[place] = value

    # As Python 2 called them.

    def __getslice__(self, start, stop):
        return self[start:stop]

    def __setslice__(self, start, stop, values):
        self[start:stop] = values


class SynchronizedString(SynchronizedArray):
    """A guarded array of characters."""

    value = make_property('value')
    raw = make_property('raw')
