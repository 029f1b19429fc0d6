"""Memory that processes share by a name, and lists in it.

A block lives until it is unlinked, whoever made it.  What nobody has unlinked when the program ends,
the program's tracker of resources removes.
"""

__all__ = ['SharedMemory', 'ShareableList']

import functools
import mmap
import os
import secrets
import struct
import types

import _posixshmem

_USE_POSIX = True
_SHM_NAME_PREFIX = '/psm_'
# Names of 14 characters are allowed everywhere.
_SHM_SAFE_NAME_LENGTH = 14


def _make_filename():
    """A name that probably nobody has."""
    room = _SHM_SAFE_NAME_LENGTH - len(_SHM_NAME_PREFIX)
    return _SHM_NAME_PREFIX + secrets.token_hex(room // 2)



class SharedMemory:
    """A block of memory that other processes reach by its name.

    With `create` it is made, of at least `size` bytes, under the given name or a new one; else one
    that is there is opened.  close() gives up this process's access, unlink() the block itself.
    """

    # What __del__ looks at if the constructor did not come far.
    _name = _mmap = _buf = None
    _fd = -1
    _prepend_leading_slash = True
    _mode = 0o600

    def __init__(self, name=None, create=False, size=0):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create:
            if size == 0:
                raise ValueError("'size' must be a positive number different from zero")
            self._make(name, size)
        elif name is None:
            raise ValueError("'name' can only be None if create=True")
        else:
            self._name = name if name.startswith('/') else '/' + name
            self._open(os.O_RDWR)
        try:
            self._size = os.fstat(self._fd).st_size
            self._mmap = mmap.mmap(self._fd, self._size)
        except OSError:
            if create:
                self.unlink()
            self.close()
            raise
        from .resource_tracker import register
        register(self._name, 'shared_memory')
        self._buf = memoryview(self._mmap)

    def _open(self, flags):
        self._fd = _posixshmem.shm_open(self._name, flags, mode=self._mode)

    def _make(self, name, size):
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR
        if name is not None:
            self._name = name if name.startswith('/') else '/' + name
            self._open(flags)
        while name is None:
            self._name = _make_filename()
            try:
                self._open(flags)
                break
            except FileExistsError:
                # Somebody had the same luck.
                continue
        try:
            os.ftruncate(self._fd, size)
        except OSError:
            self.unlink()
            self.close()
            raise

    def __del__(self):
        try:
            self.close()
        except OSError:
            pass

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f'{type(self).__name__}({self.name!r}, size={self.size})'

    @property
    def buf(self):
        "A memoryview of contents of the shared memory block."
        return self._buf

    @property
    def name(self):
        "Unique name that identifies the shared memory block."
        return self._name.removeprefix('/')

    @property
    def size(self):
        "Size in bytes."
        return self._size

    def close(self):
        """Give up this process's access; others, and the block itself, are not concerned."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None
        if self._mmap is not None:
            self._mmap.close()
            self._mmap = None
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def unlink(self):
        """Remove the block: once, by one of the processes that use it.

        Its memory stays while there are processes that have not closed it.
        """
        if self._name:
            from .resource_tracker import unregister
            _posixshmem.shm_unlink(self._name)
            unregister(self._name, 'shared_memory')


_UNIT = 8
_HEADER = struct.Struct('q')

# How a value comes back from what struct unpacks, by a number kept with it.
_AS_IT_IS, _TEXT, _BYTES, _NONE = range(4)
_RESTORE = {
    _AS_IT_IS: lambda value: value,
    _TEXT: lambda value: value.rstrip(b'\x00').decode('utf-8'),
    _BYTES: lambda value: value.rstrip(b'\x00'),
    _NONE: lambda value: None,
}


class ShareableList:
    """A list of fixed length in a shared block.

    It holds None, truth values, floats, integers of 64 bits, texts and bytes.  A text or bytes can
    be replaced by one that needs no more room than was given to the first.

    The block begins with the number of items.  Then come where each item begins, and where the
    last one ends; the items; for each its format, 8 bytes; for each one byte that tells how to
    restore it.
    """

    _types_mapping = {int: 'q', float: 'd', bool: 'xxxxxxx?', str: '%ds', bytes: '%ds',
                      None.__class__: 'xxxxxx?x'}
    _alignment = _UNIT

    def __init__(self, sequence=None, *, name=None):
        if name is not None and sequence is None:
            self.shm = SharedMemory(name)
            self._list_len, = _HEADER.unpack_from(self.shm.buf)
            return
        items = list(() if sequence is None else sequence)
        self._list_len = len(items)
        formats = [self._format_for(item) for item in items]
        sizes = [struct.calcsize(format) for format in formats]
        begin = _UNIT * (2 + len(items))
        whole = begin + sum(sizes) + (_UNIT + 1) * len(items)
        self.shm = SharedMemory(name, create=True, size=whole)
        _HEADER.pack_into(self.shm.buf, 0, len(items))
        place = 0
        for index, size in enumerate(sizes):
            self._set_offset(index, place)
            place += size
        self._set_offset(len(items), place)
        for index, (item, format) in enumerate(zip(items, formats)):
            self._store(index, item, format)

    def _format_for(self, item):
        kind = type(item)
        format = self._types_mapping[kind]
        if kind in (str, bytes):
            # In whole units, with one more than there are characters at least: of a text that needs
            # more bytes than that the last ones are lost.
            format %= _UNIT * (len(item) // _UNIT + 1)
        return format

    # Where things are.

    def _offset(self, index):
        return _HEADER.unpack_from(self.shm.buf, _UNIT * (1 + index))[0]

    def _set_offset(self, index, offset):
        _HEADER.pack_into(self.shm.buf, _UNIT * (1 + index), offset)

    @property
    def _items_begin(self):
        return _UNIT * (2 + self._list_len)

    @property
    def _formats_begin(self):
        return self._items_begin + self._offset(self._list_len)

    @property
    def _codes_begin(self):
        return self._formats_begin + _UNIT * self._list_len

    def _place(self, position, message):
        index = position + self._list_len if position < 0 else position
        if not 0 <= index < self._list_len:
            raise IndexError(message)
        return index

    def _get_packing_format(self, index):
        data = struct.unpack_from('8s', self.shm.buf, self._formats_begin + _UNIT * index)[0]
        return data.rstrip(b'\x00').decode('utf-8')

    def _store(self, index, item, format):
        code = {str: _TEXT, bytes: _BYTES, type(None): _NONE}.get(type(item), _AS_IT_IS)
        packed = item.encode('utf-8') if code == _TEXT else item
        buffer = self.shm.buf
        struct.pack_into(format, buffer, self._items_begin + self._offset(index), packed)
        struct.pack_into('8s', buffer, self._formats_begin + _UNIT * index, format.encode('utf-8'))
        buffer[self._codes_begin + index] = code

    # What users see.

    def __getitem__(self, position):
        index = self._place(position, 'index out of range')
        start = self._items_begin + self._offset(index)
        value, = struct.unpack_from(self._get_packing_format(index), self.shm.buf, start)
        return _RESTORE[self.shm.buf[self._codes_begin + index]](value)

    def __setitem__(self, position, value):
        index = self._place(position, 'assignment index out of range')
        if not isinstance(value, (str, bytes)):
            self._store(index, value, self._types_mapping[type(value)])
            return
        room = self._offset(index + 1) - self._offset(index)
        if len(value.encode('utf-8') if isinstance(value, str) else value) > room:
            raise ValueError('bytes/str item exceeds available storage')
        format = self._get_packing_format(index)
        self._store(index, value, format if format.endswith('s') else f'{room}s')

    def __reduce__(self):
        return functools.partial(type(self), name=self.shm.name), ()

    def __len__(self):
        return self._list_len

    def __repr__(self):
        return f'{type(self).__name__}({list(self)}, name={self.shm.name!r})'

    @property
    def format(self):
        "The struct packing format used by all currently stored items."
        return ''.join([self._get_packing_format(index) for index in range(self._list_len)])

    def count(self, value):
        "L.count(value) -> integer -- return number of occurrences of value."
        return sum([value == item for item in self])

    def index(self, value):
        """L.index(value) -> integer -- return first index of value.
        Raises ValueError if the value is not present."""
        for index, item in enumerate(self):
            if value == item:
                return index
        raise ValueError(f'{value!r} not in this container')

    __class_getitem__ = classmethod(types.GenericAlias)
