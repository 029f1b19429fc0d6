"""This module contains functions that can read and write Python values in
a binary format. The format is specific to Python, but independent of
machine architecture issues.

Not all Python object types are supported; in general, only objects
whose value is independent from a particular invocation of Python can be
written and read by this module. The following types are supported:
None, integers, floating point numbers, strings, bytes, bytearrays,
tuples, lists, sets, dictionaries, and code objects, where it
should be understood that tuples, lists and dictionaries are only
supported as long as the values contained therein are themselves
supported.

Functions:

dump() -- write value to a file
load() -- read value from a file
dumps() -- marshal value as a bytes object
loads() -- read value from a bytes-like object
"""

# The format is CPython's, except for code objects: their instructions are this interpreter's own, so
# a "c" is followed by a length and the form that the interpreter itself keeps code objects in.
#
# Writing and reading nest as deep as the data does, which the limit on calls need not allow.
# Both therefore keep what is under way on a list of their own: the writer's holds iterators,
# the reader's the containers that are not full yet.

from _library import code_from_bytes as _code_from_bytes, code_to_bytes as _code_to_bytes
from sys import audit as _audit
from types import CodeType as _CodeType

version = 4

_MAX_DEPTH = 2000
_SHARED = 0x80
_MAX_SIZE = 0x7FFFFFFF
_SINGLES = {None: b"N", StopIteration: b"S", ...: b"."}
_SINGLE_VALUES = {"N": None, "S": StopIteration, ".": ..., "T": True, "F": False}


def _int32(number):
    return number.to_bytes(4, "little", signed=True)


def _sized(data):
    if len(data) > _MAX_SIZE:
        raise ValueError("unmarshallable object")
    return _int32(len(data)) + data


def _long_digits(number):
    """A large number in digits of 15 bits, the sign in their count."""
    digits = []
    rest = abs(number)
    while rest:
        digits.append((rest & 0x7FFF).to_bytes(2, "little"))
        rest >>= 15
    count = len(digits)
    return _int32(-count if number < 0 else count) + b"".join(digits)


def _float_text(number):
    text = format(number, ".17g").encode()
    return bytes([len(text)]) + text


def _packed(number):
    from struct import pack
    return pack("<d", number)


class _Writer:
    """Writes one value."""

    def __init__(self, format):
        self.format = format
        self.parts = []
        # What has been written and may be referred to: its number, and itself to keep its identity.
        self.seen = {}

    def write(self, value):
        under_way = [iter((value,))]
        while under_way:
            for item in under_way[-1]:
                inside = self.one(item)
                if inside is not None:
                    if len(under_way) >= _MAX_DEPTH:
                        raise ValueError("object too deeply nested to marshal")
                    under_way.append(inside)
                    break
            else:
                under_way.pop()
        return b"".join(self.parts)

    def one(self, value):
        """Writes a value, or its beginning: then the result gives what follows it."""
        emit = self.parts.append
        if value is True or value is False:
            emit(b"T" if value else b"F")
            return
        if value is None or value is StopIteration or value is ...:
            emit(_SINGLES[value])
            return
        flag = 0
        if self.format >= 3:
            known = self.seen.get(id(value))
            if known is not None:
                emit(b"r" + _int32(known[0]))
                return
            self.seen[id(value)] = len(self.seen), value
            flag = _SHARED
        kind = type(value)
        write = self.kinds.get(kind)
        if write is None:
            try:
                data = bytes(memoryview(value))
            except TypeError:
                raise ValueError("unmarshallable object") from None
            code, data, inside = "s", _sized(data), None
        else:
            code, data, inside = write(self, value)
        emit(bytes([ord(code) | flag]))
        emit(data)
        return inside

    def of_int(self, value):
        if -0x80000000 <= value <= 0x7FFFFFFF:
            return "i", _int32(value), None
        return "l", _long_digits(value), None

    def of_float(self, value):
        if self.format > 1:
            return "g", _packed(value), None
        return "f", _float_text(value), None

    def of_complex(self, value):
        if self.format > 1:
            return "y", _packed(value.real) + _packed(value.imag), None
        return "x", _float_text(value.real) + _float_text(value.imag), None

    def of_str(self, value):
        data = value.encode("utf-8", "surrogatepass")
        # Names are what a compiler interns, and what a reader should.
        interned = value.isascii() and value.isidentifier()
        if self.format >= 4 and value.isascii():
            if len(data) < 256:
                return "Z" if interned else "z", bytes([len(data)]) + data, None
            return "A" if interned else "a", _sized(data), None
        return "t" if interned and self.format >= 1 else "u", _sized(data), None

    def of_bytes(self, value):
        return "s", _sized(value), None

    def of_tuple(self, value):
        if self.format >= 4 and len(value) < 256:
            return ")", bytes([len(value)]), iter(value)
        return "(", _int32(len(value)), iter(value)

    def of_list(self, value):
        return "[", _int32(len(value)), iter(value.copy())

    def of_set(self, value):
        return "<", _int32(len(value)), self.in_order(value)

    def of_frozenset(self, value):
        return ">", _int32(len(value)), self.in_order(value)

    def in_order(self, value):
        """The members in the order of their bytes, so that equal sets give equal bytes."""
        return iter(sorted(value, key=lambda member: _Writer(self.format).write(member)))

    def of_dict(self, value):
        return "{", b"", self.pairs(value.copy())

    def pairs(self, value):
        for key, item in value.items():
            yield key
            yield item
        self.parts.append(b"0")

    def of_code(self, value):
        return "c", _sized(_code_to_bytes(value)), None

    kinds = {int: of_int, float: of_float, complex: of_complex, str: of_str, bytes: of_bytes,
             tuple: of_tuple, list: of_list, set: of_set, frozenset: of_frozenset, dict: of_dict,
             _CodeType: of_code}


class _Absent:
    """What a reader finds in place of a value: the end of a dictionary."""


class _Container:
    """A container that is being read."""

    __slots__ = "name", "size", "items", "place", "result"

    def __init__(self, name, size, place, result=None):
        self.name = name
        # How many values it takes; None of a dictionary, which ends with a mark.
        self.size = size
        self.items = []
        # The number that refers to it, or None.
        self.place = place
        # The object itself, where others may refer to it before it is full.
        self.result = result

    def full(self):
        return self.size is not None and len(self.items) >= self.size

    def add(self, value):
        """Takes a value and tells whether it was the last one."""
        if value is _Absent:
            if self.name == "dict" and len(self.items) % 2 == 0:
                return True
            if self.name == "dict":
                # A key without a value is dropped.
                self.items.pop()
                return True
            raise TypeError(f"NULL object in marshal data for {self.name}")
        self.items.append(value)
        if self.name == "list":
            self.result.append(value)
        elif self.name == "set":
            self.result.add(value)
        elif self.name == "dict" and len(self.items) % 2 == 0:
            key, item = self.items
            self.result[key] = item
            self.items.clear()
        return self.full()

    def finish(self):
        if self.name == "tuple":
            return tuple(self.items)
        if self.name == "frozenset":
            return frozenset(self.items)
        return self.result


class _Reader:
    """Reads one value; `take` gives the next bytes."""

    def __init__(self, take):
        self.take_some = take
        self.refs = []

    def take(self, count):
        data = self.take_some(count)
        if len(data) < count:
            raise EOFError("marshal data too short")
        return data

    def number(self):
        return int.from_bytes(self.take(4), "little", signed=True)

    def size(self, what):
        size = self.number()
        if size < 0:
            raise ValueError(f"bad marshal data ({what} size out of range)")
        return size

    def read(self):
        under_way = []
        while True:
            value = self.one(len(under_way))
            if isinstance(value, _Container):
                if not value.full():
                    under_way.append(value)
                    continue
                value = self.done(value)
            while under_way and under_way[-1].add(value):
                value = self.done(under_way.pop())
                if not under_way:
                    return value
            if not under_way:
                if value is _Absent:
                    raise TypeError("NULL object in marshal data for object")
                return value

    def done(self, container):
        value = container.finish()
        if container.place is not None:
            self.refs[container.place] = value
        return value

    def one(self, depth):
        """The next value, or a container that waits for its values."""
        if depth > _MAX_DEPTH:
            raise ValueError("recursion limit exceeded")
        first = self.take_some(1)
        if not first:
            raise EOFError("EOF read where object expected")
        code = chr(first[0] & ~_SHARED)
        shared = first[0] & _SHARED
        if code in _SINGLE_VALUES:
            return _SINGLE_VALUES[code]
        if code == "0":
            return _Absent
        if code == "r":
            place = self.number()
            if not 0 <= place < len(self.refs) or self.refs[place] is _Absent:
                raise ValueError("bad marshal data (invalid reference)")
            return self.refs[place]
        begin = self.containers.get(code)
        if begin is not None:
            container = begin(self)
            if shared:
                container.place = len(self.refs)
                self.refs.append(_Absent if container.result is None else container.result)
            return container
        read = self.kinds.get(code)
        if read is None:
            raise ValueError("bad marshal data (unknown type code)")
        value = read(self)
        if shared:
            self.refs.append(value)
        return value

    def small_tuple(self):
        return _Container("tuple", self.take(1)[0], None)

    def large_tuple(self):
        return _Container("tuple", self.size("tuple"), None)

    def list(self):
        return _Container("list", self.size("list"), None, [])

    def set(self):
        return _Container("set", self.size("set"), None, set())

    def frozenset(self):
        return _Container("frozenset", self.size("set"), None)

    def dict(self):
        return _Container("dict", None, None, {})

    def long(self):
        count = self.number()
        value = digit = 0
        for place in range(abs(count)):
            digit = int.from_bytes(self.take(2), "little", signed=True)
            if not 0 <= digit <= 0x7FFF:
                raise ValueError("bad marshal data (digit out of range in long)")
            value |= digit << 15 * place
        if count and not digit:
            raise ValueError("bad marshal data (unnormalized long data)")
        return -value if count < 0 else value

    def wide_int(self):
        return int.from_bytes(self.take(8), "little", signed=True)

    def float_text(self):
        return float(self.short())

    def float(self):
        from struct import unpack
        return unpack("<d", self.take(8))[0]

    def complex_text(self):
        real = self.float_text()
        return complex(real, self.float_text())

    def complex(self):
        real = self.float()
        return complex(real, self.float())

    def bytes(self):
        return bytes(self.take(self.size("bytes object")))

    def text(self):
        return self.take(self.size("string")).decode("utf-8", "surrogatepass")

    def interned(self):
        from sys import intern
        return intern(self.text())

    def ascii(self):
        return self.take(self.size("string")).decode("latin-1")

    def ascii_interned(self):
        from sys import intern
        return intern(self.ascii())

    def short(self):
        return self.take(self.take(1)[0]).decode("latin-1")

    def short_interned(self):
        from sys import intern
        return intern(self.short())

    def code(self):
        try:
            return _code_from_bytes(self.bytes())
        except ValueError as error:
            raise ValueError(f"bad marshal data ({error})") from None

    containers = {"(": large_tuple, ")": small_tuple, "[": list, "<": set, ">": frozenset, "{": dict}
    kinds = {"i": number, "I": wide_int, "l": long, "f": float_text, "g": float, "x": complex_text,
             "y": complex, "s": bytes, "u": text, "t": interned, "a": ascii, "A": ascii_interned,
             "z": short, "Z": short_interned, "c": code}


def dump(value, file, version=version, /):
    """Write the value on the open file.

      value
        Must be a supported type.
      file
        Must be a writeable binary file.
      version
        Indicates the data format that dump should use.

    If the value has (or contains an object that has) an unsupported type, a
    ValueError exception is raised."""
    return file.write(dumps(value, version))


def load(file, /):
    """Read one value from the open file and return it.

      file
        Must be readable binary file.

    If no valid value is read (e.g. because the data has a different Python
    version's incompatible marshal format), raise EOFError, ValueError or
    TypeError."""
    first = file.read(0)
    if not isinstance(first, bytes):
        raise TypeError(f"file.read() returned not bytes but {type(first).__name__}")
    _audit("marshal.load")

    def take(count):
        # Not with read, which may give less than there is.
        data = bytearray(count)
        got = file.readinto(data) if count else 0
        if got is not None and got > count:
            raise ValueError(f"read() returned too much data: {count} bytes requested, {got} returned")
        return bytes(data[:got or 0])

    return _Reader(take).read()


def dumps(value, version=version, /):
    """Return the bytes object that would be written to a file by dump(value, file).

      value
        Must be a supported type.
      version
        Indicates the data format that dumps should use.

    Raise a ValueError exception if value has (or contains an object that has) an
    unsupported type."""
    _audit("marshal.dumps", value, version)
    return _Writer(version).write(value)


def loads(bytes, /):
    """Convert the bytes-like object to a value.

    If no valid value is found, raise EOFError, ValueError or TypeError.  Extra
    bytes in the input are ignored."""
    try:
        data = memoryview(bytes).tobytes()
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(bytes).__name__}'") from None
    _audit("marshal.loads", data)
    at = 0

    def take(count):
        nonlocal at
        piece = data[at:at + count]
        at += count
        return piece

    return _Reader(take).read()
