"""C data types, as far as studies of memory use them.

Numbers, structures, unions and arrays with the sizes that C gives them, over memory of their own
or, read-only, over that of live objects: `c_size_t.from_address(id(x)).value` is the reference
count of x. An address outside all live objects raises ValueError. There are no foreign
functions.
"""

import sys as _sys

__version__ = "1.1.0"


class ArgumentError(Exception):
    """An argument cannot be converted."""


class _Owned:
    """Memory that belongs to a value: part of a bytearray, or of another's buffer."""

    def __init__(self, buffer, offset=0):
        self.buffer = buffer
        self.offset = offset

    def read(self, offset, size):
        start = self.offset + offset
        return bytes(self.buffer[start:start + size])

    def write(self, offset, data):
        start = self.offset + offset
        self.buffer[start:start + len(data)] = data

    def part(self, offset):
        return _Owned(self.buffer, self.offset + offset)

    def address(self):
        # The buffer's own address, where the object's block would be.
        return id(self.buffer) + self.offset


class _Foreign:
    """Memory of the heap at an address: readable while an object is there."""

    def __init__(self, start):
        self.start = start

    def read(self, offset, size):
        from _ctypes_memory import read
        return read(self.start + offset, size)

    def write(self, offset, data):
        raise NotImplementedError("ctypes: memory of objects can only be read")

    def part(self, offset):
        return _Foreign(self.start + offset)

    def address(self):
        return self.start


class _DataType(type):
    """The class of C types: types can be multiplied to give arrays."""

    def __mul__(cls, length):
        return _array_type(cls, length)

    __rmul__ = __mul__

    def from_address(cls, address):
        """Give the value at an address of a live object."""
        if not isinstance(address, int):
            raise TypeError("integer expected")
        value = cls.__new__(cls)
        value._memory = _Foreign(address)
        # Now, so that a wrong address shows where it is used.
        value._memory.read(0, cls._size_)
        return value

    def from_buffer_copy(cls, source, offset=0):
        """Give a value with a copy of the bytes."""
        if offset < 0:
            raise ValueError("offset cannot be negative")
        data = bytes(source)[offset:offset + cls._size_]
        if len(data) < cls._size_:
            raise ValueError(f"Buffer size too small ({len(source)} instead of at least "
                             f"{cls._size_ + offset} bytes)")
        value = cls.__new__(cls)
        value._memory = _Owned(bytearray(data))
        return value

    def from_buffer(cls, source, offset=0):
        """Give a value that shares the memory of a buffer."""
        memory = memoryview(source)
        if memory.readonly:
            raise TypeError("underlying buffer is not writable")
        if not memory.c_contiguous:
            raise TypeError("underlying buffer is not C contiguous")
        if offset < 0:
            raise ValueError("offset cannot be negative")
        if offset + cls._size_ > memory.nbytes:
            raise ValueError(f"Buffer size too small ({memory.nbytes} instead of at least "
                             f"{cls._size_ + offset} bytes)")
        value = cls.__new__(cls)
        value._memory = _Owned(memory.cast('B'), offset)
        value._objects = {0xffffffff: memory}
        return value

    def from_param(cls, obj):
        """Give an object as an argument of this type."""
        return obj if isinstance(obj, cls) else cls(obj)

    def in_dll(cls, library, name):
        raise NotImplementedError("ctypes: in_dll")


class _CData(metaclass=_DataType):
    """What all values share: memory, size and alignment."""

    _size_ = 0
    _align_ = 1

    def _own(self):
        # One that is over a buffer is only set anew.
        if getattr(self, '_memory', None) is None:
            self._memory = _Owned(bytearray(self._size_))

    @classmethod
    def _over(cls, memory):
        value = cls.__new__(cls)
        value._memory = memory
        return value

    def __bytes__(self):
        return self._memory.read(0, self._size_)


class _SimpleCData(_CData):
    """A number, a character, or an address."""

    def __init__(self, value=None):
        self._own()
        if value is not None:
            self.value = value

    @property
    def value(self):
        """current value"""
        return self._decode(self._memory.read(0, self._size_))

    @value.setter
    def value(self, value):
        self._memory.write(0, self._encode(value))

    def __repr__(self):
        if type(self).__bases__[0] in (_Integer, _Float, _SimpleCData, _Address):
            return f"{type(self).__name__}({self.value!r})"
        return object.__repr__(self)

    def __bool__(self):
        return any(self._memory.read(0, self._size_))


class _Integer(_SimpleCData):
    _signed_ = True

    def _decode(self, data):
        return int.from_bytes(data, _sys.byteorder, signed=self._signed_)

    def _encode(self, value):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an "
                            "integer")
        # Too large a number loses its upper bits, as in C.
        value &= (1 << 8 * self._size_) - 1
        return value.to_bytes(self._size_, _sys.byteorder)


class _Float(_SimpleCData):
    def _decode(self, data):
        from struct import unpack
        return unpack(self._format_, data)[0]

    def _encode(self, value):
        if not isinstance(value, (int, float)):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        from struct import pack
        return pack(self._format_, value)


def _integer(name, size, signed, code):
    return _DataType(name, (_Integer,), {
        '_size_': size, '_align_': size, '_signed_': signed, '_type_': code,
        '__module__': __name__})


c_byte = _integer('c_byte', 1, True, 'b')
c_ubyte = _integer('c_ubyte', 1, False, 'B')
c_short = _integer('c_short', 2, True, 'h')
c_ushort = _integer('c_ushort', 2, False, 'H')
c_int = _integer('c_int', 4, True, 'i')
c_uint = _integer('c_uint', 4, False, 'I')
c_long = _integer('c_long', 8, True, 'l')
c_ulong = _integer('c_ulong', 8, False, 'L')
# As long has eight bytes, these are other names.
c_longlong = c_ssize_t = c_time_t = c_int64 = c_long
c_ulonglong = c_size_t = c_uint64 = c_ulong
c_int8, c_uint8 = c_byte, c_ubyte
c_int16, c_uint16 = c_short, c_ushort
c_int32, c_uint32 = c_int, c_uint


class c_float(_Float):
    _size_ = _align_ = 4
    _type_ = _format_ = 'f'


class c_double(_Float):
    _size_ = _align_ = 8
    _type_ = _format_ = 'd'


class c_bool(_SimpleCData):
    _size_ = 1
    _type_ = '?'

    def _decode(self, data):
        return data != b'\0'

    def _encode(self, value):
        return b'\1' if value else b'\0'


class c_char(_SimpleCData):
    _size_ = 1
    _type_ = 'c'

    def _decode(self, data):
        return data

    def _encode(self, value):
        if isinstance(value, int) and 0 <= value <= 255:
            return bytes((value,))
        if isinstance(value, (bytes, bytearray)) and len(value) == 1:
            return bytes(value)
        raise TypeError("one character bytes, bytearray or integer expected")


class c_wchar(_SimpleCData):
    _size_ = _align_ = 4
    _type_ = 'u'

    def _decode(self, data):
        return chr(int.from_bytes(data, _sys.byteorder))

    def _encode(self, value):
        if not isinstance(value, str):
            raise TypeError("unicode string expected instead of "
                            f"{type(value).__name__} instance")
        if len(value) != 1:
            raise TypeError("one character unicode string expected")
        return ord(value).to_bytes(4, _sys.byteorder)


class _Address(_SimpleCData):
    _size_ = _align_ = 8

    def _number(self):
        return int.from_bytes(self._memory.read(0, 8), _sys.byteorder)

    def _set_number(self, value):
        self._memory.write(0, (value & (1 << 64) - 1).to_bytes(8, _sys.byteorder))


class c_void_p(_Address):
    _type_ = 'P'

    def _decode(self, data):
        return int.from_bytes(data, _sys.byteorder) or None

    def _encode(self, value):
        if value is None:
            value = 0
        if not isinstance(value, int):
            raise TypeError("cannot be converted to pointer")
        return (value & (1 << 64) - 1).to_bytes(8, _sys.byteorder)


c_voidp = c_void_p


class py_object(_Address):
    """A reference to an object: `cast(id(x), py_object).value` is x."""

    _type_ = 'O'
    _empty = object()

    def __init__(self, value=_empty):
        self._own()
        self._kept = None
        if value is not py_object._empty:
            self.value = value

    @property
    def value(self):
        """current value"""
        address = self._number()
        if not address:
            raise ValueError("PyObject is NULL")
        if getattr(self, '_kept', None) is not None:
            return self._kept[0]
        from _ctypes_memory import object_at
        return object_at(address)

    @value.setter
    def value(self, value):
        self._set_number(id(value))
        # Keeps the object alive, and small numbers have no address to be found at.
        self._kept = (value,)

    def __repr__(self):
        try:
            return f"py_object({self.value!r})"
        except ValueError:
            return "py_object(<NULL>)"


class Array(_CData):
    """A number of values of one type, one after the other."""

    _length_ = 0
    _type_ = None

    def __init__(self, *values):
        self._own()
        if len(values) > self._length_:
            raise IndexError("invalid index")
        for at, value in enumerate(values):
            self[at] = value

    def __len__(self):
        return self._length_

    def _at(self, index):
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError("invalid index")
        return index * self._type_._size_

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self[at] for at in range(*index.indices(self._length_))]
            return b''.join(items) if self._type_ is c_char else items
        return _get(self._type_, self._memory, self._at(index))

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(places) != len(value):
                raise ValueError("Can only assign sequence of same size")
            for at, item in zip(places, value):
                self[at] = item
            return
        _set(self._type_, self._memory, self._at(index), value)

    def __iter__(self):
        return (self[at] for at in range(self._length_))

    @property
    def raw(self):
        """value"""
        return bytes(self)

    @property
    def value(self):
        """string value"""
        if self._type_ is not c_char:
            raise AttributeError("value")
        return bytes(self).partition(b'\0')[0]

    @value.setter
    def value(self, value):
        if len(value) > self._length_:
            raise ValueError("byte string too long")
        self._memory.write(0, value + (b'\0' if len(value) < self._length_ else b''))


_array_types = {}


def _array_type(item, length):
    if not isinstance(length, int):
        raise TypeError("can't multiply sequence by non-int of type "
                        f"'{type(length).__name__}'")
    if length < 0:
        raise ValueError("Array length must be >= 0, not %d" % length)
    key = item, length
    if key not in _array_types:
        _array_types[key] = _DataType(f'{item.__name__}_Array_{length}', (Array,), {
            '_type_': item, '_length_': length, '_size_': item._size_ * length,
            '_align_': item._align_,
            # The one who first multiplies.
            '__module__': _sys._getframe(2).f_globals.get('__name__')})
    return _array_types[key]


def ARRAY(typ, len):
    """Give the type of arrays of that many values."""
    return typ * len


def _get(kind, memory, offset):
    """Give the value at a place: as a Python object, if the type is a simple one."""
    value = kind._over(memory.part(offset))
    return value.value if kind.__base__ in (_Integer, _Float, _SimpleCData, _Address) else value


def _set(kind, memory, offset, value):
    if isinstance(value, kind):
        memory.write(offset, bytes(value))
    elif issubclass(kind, _SimpleCData):
        kind._over(memory.part(offset)).value = value
    elif isinstance(value, tuple):
        # What the type is made of.
        try:
            made = kind(*value)
        except Exception as error:
            raise RuntimeError(f"({kind.__name__}) {type(error)}: {error}") from None
        memory.write(offset, bytes(made))
    else:
        raise TypeError(f"incompatible types, {type(value).__name__} instance instead of "
                        f"{kind.__name__} instance")


class _Field:
    """A field of a structure."""

    def __init__(self, name, kind, offset):
        self.name = name
        self.kind = kind
        self.offset = offset
        self.size = kind._size_

    def __get__(self, obj, cls):
        return self if obj is None else _get(self.kind, obj._memory, self.offset)

    def __set__(self, obj, value):
        _set(self.kind, obj._memory, self.offset, value)

    def __repr__(self):
        return f"<Field type={self.kind.__name__}, ofs={self.offset}, size={self.size}>"


class _RecordType(_DataType):
    """The class of structures and unions: lays the fields out when they are known."""

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if '_fields_' in namespace:
            cls._lay_out(namespace['_fields_'])

    def __setattr__(cls, name, value):
        super().__setattr__(name, value)
        if name == '_fields_':
            cls._lay_out(value)

    def _lay_out(cls, fields):
        base = cls.__base__
        end, align = base._size_, max(base._align_, 1)
        names = list(getattr(base, '_names_', ()))
        limit = getattr(cls, '_pack_', None)
        for name, kind, *bits in fields:
            if bits:
                raise NotImplementedError("ctypes: bit fields")
            needed = kind._align_ if limit is None else min(kind._align_, limit)
            align = max(align, needed)
            offset = 0 if cls._overlap_ else (end + needed - 1) // needed * needed
            type.__setattr__(cls, name, _Field(name, kind, offset))
            end = max(end, offset + kind._size_)
            names.append(name)
        type.__setattr__(cls, '_size_', (end + align - 1) // align * align)
        type.__setattr__(cls, '_align_', align)
        type.__setattr__(cls, '_names_', tuple(names))


class Structure(_CData, metaclass=_RecordType):
    """Structure base class: a subclass lists its fields in _fields_."""

    _overlap_ = False
    _names_ = ()

    def __init__(self, *args, **kwargs):
        self._own()
        if len(args) > len(self._names_):
            raise TypeError("too many initializers")
        for name, value in zip(self._names_, args):
            if name in kwargs:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)


class Union(Structure):
    """Union base class: all fields begin at the same place."""

    _overlap_ = True


LittleEndianStructure = Structure
LittleEndianUnion = Union


class _Pointer(_CData):
    """The address of a value of some type."""

    _size_ = _align_ = 8
    _type_ = None

    def __init__(self, target=None):
        self._target = None
        if target is not None:
            if not isinstance(target, self._type_):
                raise TypeError(f"expected {self._type_.__name__} instead of "
                                f"{type(target).__name__}")
            self._target = target._memory

    @property
    def contents(self):
        """the object this pointer points to (read-write)"""
        if self._target is None:
            raise ValueError("NULL pointer access")
        return self._type_._over(self._target)

    def __getitem__(self, index):
        if self._target is None:
            raise ValueError("NULL pointer access")
        if isinstance(index, slice):
            if index.stop is None:
                raise ValueError("slice stop is required")
            places = range(index.start or 0, index.stop, index.step or 1)
            items = [self[at] for at in places]
            return b''.join(items) if self._type_ is c_char else items
        return _get(self._type_, self._target, index * self._type_._size_)

    def __setitem__(self, index, value):
        if self._target is None:
            raise ValueError("NULL pointer access")
        _set(self._type_, self._target, index * self._type_._size_, value)

    def __bool__(self):
        return self._target is not None

    def __bytes__(self):
        address = self._target.address() if self._target else 0
        return address.to_bytes(8, _sys.byteorder)


_pointer_type_cache = {}


def POINTER(cls):
    """Give the type of pointers to values of a type."""
    if cls is None:
        return c_void_p
    if cls not in _pointer_type_cache:
        _pointer_type_cache[cls] = _DataType(f'LP_{cls.__name__}', (_Pointer,),
                                             {'_type_': cls})
    return _pointer_type_cache[cls]


def pointer(obj):
    """Give a pointer to a value."""
    return POINTER(type(obj))(obj)


def byref(obj, offset=0):
    """Give a pointer to a value, or behind it."""
    result = pointer(obj)
    result._target = obj._memory.part(offset)
    return result


def sizeof(obj):
    """Return the size in bytes of a C instance or type."""
    _check_data(obj)
    return obj._size_


def alignment(obj):
    """Return the alignment of a C instance or type."""
    _check_data(obj)
    return obj._align_


def _check_data(obj):
    if not isinstance(obj, (_CData, _DataType)):
        raise TypeError("this type has no size")


def addressof(obj):
    """Return the address of the C instance internal buffer"""
    if not isinstance(obj, _CData):
        raise TypeError("invalid type")
    return obj._memory.address()


def cast(obj, typ):
    """Give an address, a pointer or an array as another type of pointer."""
    if isinstance(obj, int):
        memory, address = _Foreign(obj), obj
    elif isinstance(obj, _Address):
        address = obj._number()
        memory = _Foreign(address)
    elif isinstance(obj, _Pointer):
        memory = obj._target
        address = memory.address() if memory else 0
    elif isinstance(obj, Array):
        memory = obj._memory
        address = memory.address()
    else:
        raise ArgumentError("argument 1: <class 'TypeError'>: wrong type")
    if issubclass(typ, _Pointer):
        result = typ()
        result._target = memory if address else None
        return result
    if issubclass(typ, _Address):
        result = typ()
        result._set_number(address)
        return result
    raise TypeError(f"cast() argument 2 must be a pointer, not {typ.__name__}")


def string_at(ptr, size=-1):
    """string_at(addr[, size]) -> string

    Return the bytes at addr: that many, or to the first zero.
    """
    if isinstance(ptr, _CData):
        memory = ptr._memory
    else:
        memory = _Foreign(ptr)
    if size >= 0:
        return memory.read(0, size)
    found = bytearray()
    while (byte := memory.read(len(found), 1)) != b'\0':
        found += byte
    return bytes(found)


def create_string_buffer(init, size=None):
    """Give a new array of c_char with the bytes and a zero, or of that size."""
    if isinstance(init, bytes):
        buffer = (c_char * (len(init) + 1 if size is None else size))()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_char * init)()
    raise TypeError(init)


c_buffer = create_string_buffer


def memset(dst, c, count):
    """Fill memory of a value with a byte."""
    if not isinstance(dst, _CData):
        raise NotImplementedError("ctypes: memory of objects can only be read")
    dst._memory.write(0, bytes((c & 0xff,)) * min(count, dst._size_))


def memmove(dst, src, count):
    """Copy bytes to the memory of a value."""
    if not isinstance(dst, _CData):
        raise NotImplementedError("ctypes: memory of objects can only be read")
    data = src[:count] if isinstance(src, bytes) else string_at(src, count)
    dst._memory.write(0, data[:dst._size_])


def __getattr__(name):
    # What would call into foreign libraries.
    if name in ('CDLL', 'PyDLL', 'LibraryLoader', 'cdll', 'pydll', 'pythonapi', 'CFUNCTYPE',
                'PYFUNCTYPE', 'BigEndianStructure', 'BigEndianUnion', 'c_char_p',
                'c_wchar_p', 'c_longdouble', 'create_unicode_buffer', 'wstring_at', 'resize',
                'get_errno', 'set_errno', 'SetPointerType', 'DEFAULT_MODE', 'RTLD_LOCAL',
                'RTLD_GLOBAL'):
        raise NotImplementedError(f"ctypes: {name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
