"""Turn objects into bytes and back: protocols 0 to 5.

A pickle is a program for a small stack machine. The pickler writes it: `save` finds the way to
write an object (a method of its own for builtin types, `reduce` for all others) and the memo
remembers what was written, so that shared and circular references come back as such. The
unpickler is a table of one method for each opcode.

Unpickling runs functions that the pickle names: do not load what you do not trust.
"""

import io
import sys
from copyreg import (_extension_cache, _extension_registry, _inverted_registry,
                     dispatch_table)
from itertools import batched
from types import FunctionType

try:
    from _pickle import PickleBuffer
except ImportError:
    try:
        from builtins import PickleBuffer
    except ImportError:
        PickleBuffer = None

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump",
           "dumps", "load", "loads"]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4

bytes_types = (bytes, bytearray)


class PickleError(Exception):
    """A common base class for the other pickling exceptions."""


class PicklingError(PickleError):
    """An object cannot be pickled."""


class UnpicklingError(PickleError):
    """There is a problem with the pickle; other exceptions may be raised as well."""


class _StackError(UnpicklingError, IndexError):
    """The pickle takes more from the stack than it put there."""


_StackError.__name__ = _StackError.__qualname__ = "UnpicklingError"


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


# The opcodes, with what they do to the stack.
_OPCODES = {
    'MARK': b'(',             # push a mark
    'STOP': b'.',             # the top of the stack is the result
    'POP': b'0',              # drop the top
    'POP_MARK': b'1',         # drop all to the last mark
    'DUP': b'2',              # push the top again
    'FLOAT': b'F',            # float, from a line of text
    'INT': b'I',              # int or bool, from a line of text
    'BININT': b'J',           # int, from 4 bytes with sign
    'BININT1': b'K',          # int, from 1 byte
    'LONG': b'L',             # int, from a line of text
    'BININT2': b'M',          # int, from 2 bytes
    'NONE': b'N',
    'PERSID': b'P',           # persistent object, its id is a line of text
    'BINPERSID': b'Q',        # the same, id on the stack
    'REDUCE': b'R',           # call a callable with a tuple of arguments
    'STRING': b'S',           # text or bytes of Python 2, as its repr
    'BINSTRING': b'T',        # the same, counted by 4 bytes
    'SHORT_BINSTRING': b'U',  # the same, counted by 1 byte
    'UNICODE': b'V',          # str, a line of raw unicode escapes
    'BINUNICODE': b'X',       # str, UTF-8 counted by 4 bytes
    'APPEND': b'a',           # append the top to the list below
    'BUILD': b'b',            # give the object below the state on top
    'GLOBAL': b'c',           # module.name, from two lines
    'DICT': b'd',             # dict of the items above the mark
    'EMPTY_DICT': b'}',
    'APPENDS': b'e',          # extend the list by the items above the mark
    'GET': b'g',              # push what the memo has, index from a line
    'BINGET': b'h',           # the same, index from 1 byte
    'INST': b'i',             # make an instance of the class in two lines
    'LONG_BINGET': b'j',      # as GET, index from 4 bytes
    'LIST': b'l',             # list of the items above the mark
    'EMPTY_LIST': b']',
    'OBJ': b'o',              # make an instance of the class above the mark
    'PUT': b'p',              # note the top in the memo, index from a line
    'BINPUT': b'q',           # the same, index from 1 byte
    'LONG_BINPUT': b'r',      # the same, index from 4 bytes
    'SETITEM': b's',          # set one item of a dict
    'TUPLE': b't',            # tuple of the items above the mark
    'EMPTY_TUPLE': b')',
    'SETITEMS': b'u',         # set items of a dict
    'BINFLOAT': b'G',         # float, from 8 bytes
    # Protocol 2.
    'PROTO': b'\x80',         # the protocol's number
    'NEWOBJ': b'\x81',        # cls.__new__(cls, *args)
    'EXT1': b'\x82',          # an object of the extension registry, code in 1 byte
    'EXT2': b'\x83',          # in 2 bytes
    'EXT4': b'\x84',          # in 4 bytes
    'TUPLE1': b'\x85',
    'TUPLE2': b'\x86',
    'TUPLE3': b'\x87',
    'NEWTRUE': b'\x88',
    'NEWFALSE': b'\x89',
    'LONG1': b'\x8a',         # int of up to 255 bytes
    'LONG4': b'\x8b',         # int of more
    # Protocol 3.
    'BINBYTES': b'B',         # bytes, counted by 4 bytes
    'SHORT_BINBYTES': b'C',   # by 1 byte
    # Protocol 4.
    'SHORT_BINUNICODE': b'\x8c',
    'BINUNICODE8': b'\x8d',
    'BINBYTES8': b'\x8e',
    'EMPTY_SET': b'\x8f',
    'ADDITEMS': b'\x90',      # add the items above the mark to the set
    'FROZENSET': b'\x91',
    'NEWOBJ_EX': b'\x92',     # cls.__new__(cls, *args, **kwargs)
    'STACK_GLOBAL': b'\x93',  # module and name on the stack
    'MEMOIZE': b'\x94',       # note the top in the memo
    'FRAME': b'\x95',         # the length of what may be read at once
    # Protocol 5.
    'BYTEARRAY8': b'\x96',
    'NEXT_BUFFER': b'\x97',   # a buffer from outside
    'READONLY_BUFFER': b'\x98',
}
globals().update(_OPCODES)
__all__.extend(_OPCODES)

TRUE = b'I01\n'
FALSE = b'I00\n'
_tuplesize2code = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3]


def _uint(value, size):
    return value.to_bytes(size, 'little')


def _pack_double(value):
    from struct import pack
    return pack('>d', value)


def _compat():
    """Give the tables of names that differ between Python 2 and 3."""
    import _compat_pickle
    return _compat_pickle


class _Framer:
    """Collects small pieces into frames, which a reader can read at once."""

    _FRAME_SIZE_MIN = 4
    _FRAME_SIZE_TARGET = 64 * 1024

    def __init__(self, file_write):
        self.file_write = file_write
        self.current_frame = None

    def start_framing(self):
        self.current_frame = io.BytesIO()

    def end_framing(self):
        if self.current_frame and self.current_frame.tell() > 0:
            self.commit_frame(force=True)
            self.current_frame = None

    def commit_frame(self, force=False):
        frame = self.current_frame
        if not frame:
            return
        if frame.tell() >= self._FRAME_SIZE_TARGET or force:
            data = frame.getbuffer()
            if len(data) >= self._FRAME_SIZE_MIN:
                self.file_write(FRAME + _uint(len(data), 8))
            self.file_write(data)
            # The file may keep the buffer, so it is not used again.
            self.current_frame = io.BytesIO()

    def write(self, data):
        if self.current_frame:
            return self.current_frame.write(data)
        return self.file_write(data)

    def write_large_bytes(self, header, payload):
        """Write a large piece outside any frame."""
        if self.current_frame:
            self.commit_frame(force=True)
        self.file_write(header)
        self.file_write(payload)


class _Unframer:
    """Reads pieces from the current frame, or from the file."""

    def __init__(self, file_read, file_readline, file_tell=None):
        self.file_read = file_read
        self.file_readline = file_readline
        self.current_frame = None

    def _take(self, read, data_ok):
        data = read(self.current_frame)
        if not data:
            # The frame ended with the last piece.
            self.current_frame = None
            return None
        if not data_ok(data):
            raise UnpicklingError("pickle exhausted before end of frame")
        return data

    def readinto(self, buf):
        n = len(buf)
        data = self.read(n)
        if len(data) < n:
            raise EOFError("Ran out of input")
        buf[:] = data
        return n

    def read(self, n):
        if self.current_frame and n:
            data = self._take(lambda frame: frame.read(n), lambda data: len(data) == n)
            if data is not None:
                return data
        return self.file_read(n)

    def readline(self):
        if self.current_frame:
            data = self._take(lambda frame: frame.readline(),
                              lambda data: data[-1:] == b'\n')
            if data is not None:
                return data
        return self.file_readline()

    def load_frame(self, frame_size):
        if self.current_frame and self.current_frame.read() != b'':
            raise UnpicklingError("beginning of a new frame before end of current frame")
        data = self.file_read(frame_size)
        if len(data) < frame_size:
            raise EOFError
        self.current_frame = io.BytesIO(data)


def _getattribute(obj, name):
    """Give the object with a dotted name, and the one that holds it."""
    parent = obj
    for part in name.split('.'):
        if part == "<locals>":
            raise AttributeError(f"Can't get local attribute {name!r} on {obj!r}")
        try:
            parent, obj = obj, getattr(obj, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {obj!r}") from None
    return obj, parent


def whichmodule(obj, name):
    """Find the module an object belong to."""
    module_name = getattr(obj, '__module__', None)
    if module_name is not None:
        return module_name
    # A copy: looking may import.
    for module_name, module in sys.modules.copy().items():
        if module_name == '__main__' or module_name == '__mp_main__' or module is None:
            continue
        try:
            if _getattribute(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return '__main__'


def encode_long(x):
    r"""Encode a long to a two's complement little-endian binary string, as short as may be.

    >>> encode_long(255)
    b'\xff\x00'
    >>> encode_long(-128)
    b'\x80'
    """
    if x == 0:
        return b''
    nbytes = (x.bit_length() >> 3) + 1
    result = x.to_bytes(nbytes, byteorder='little', signed=True)
    if x < 0 and nbytes > 1 and result[-1] == 0xff and result[-2] & 0x80:
        result = result[:-1]
    return result


def decode_long(data):
    r"""Decode a long from a two's complement little-endian binary string.

    >>> decode_long(b"\xff\x00")
    255
    """
    return int.from_bytes(data, byteorder='little', signed=True)


_NoValue = object()


class _Pickler:
    """Writes pickles of objects to a binary file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        """`protocol` is 0 to 5, a negative one means the highest. With `fix_imports` and a
        protocol below 3, names are written as Python 2 knew them. `buffer_callback`
        (protocol 5) gets the PickleBuffers; where it gives something false they are not
        written."""
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif not 0 <= protocol <= HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        self._buffer_callback = buffer_callback
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute")
        self.framer = _Framer(self._file_write)
        self.write = self.framer.write
        self._write_large_bytes = self.framer.write_large_bytes
        self.memo = {}
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3

    def clear_memo(self):
        """Forget what was pickled, so that it is pickled whole the next time."""
        self.memo.clear()

    def dump(self, obj):
        """Write a pickled representation of obj to the open file."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(f"Pickler.__init__() was not called by "
                                f"{self.__class__.__name__}.__init__()")
        if self.proto >= 2:
            self.write(PROTO + _uint(self.proto, 1))
        if self.proto >= 4:
            self.framer.start_framing()
        self.save(obj)
        self.write(STOP)
        self.framer.end_framing()

    def memoize(self, obj):
        """Note the object on top of the stack in the memo."""
        if self.fast:
            return
        assert id(obj) not in self.memo
        idx = len(self.memo)
        self.write(self.put(idx))
        # The memo keeps the object alive, so that its id stays its own.
        self.memo[id(obj)] = idx, obj

    def put(self, idx):
        """Give the opcode that puts the top into the memo."""
        if self.proto >= 4:
            return MEMOIZE
        if self.bin:
            return BINPUT + _uint(idx, 1) if idx < 256 else LONG_BINPUT + _uint(idx, 4)
        return PUT + repr(idx).encode("ascii") + b'\n'

    def get(self, i):
        """Give the opcode that gets an object from the memo."""
        if self.bin:
            return BINGET + _uint(i, 1) if i < 256 else LONG_BINGET + _uint(i, 4)
        return GET + repr(i).encode("ascii") + b'\n'

    def save(self, obj, save_persistent_id=True):
        """Write the object."""
        self.framer.commit_frame()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self.save_pers(pid)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(self.get(known[0]))
            return
        result = NotImplemented
        reduce = getattr(self, "reducer_override", _NoValue)
        if reduce is not _NoValue:
            result = reduce(obj)
        if result is NotImplemented:
            kind = type(obj)
            save = self.dispatch.get(kind)
            if save is not None:
                save(self, obj)
                return
            result = self._reduce(obj, kind)
            if result is None:
                return
        if isinstance(result, str):
            self.save_global(obj, result)
            return
        if not isinstance(result, tuple):
            raise PicklingError(f"{reduce} must return string or tuple")
        if not 2 <= len(result) <= 6:
            raise PicklingError(f"Tuple returned by {reduce} must have two to six elements")
        self.save_reduce(obj=obj, *result)

    def _reduce(self, obj, kind):
        """Give the reduce value of an object; None if it was a class and is written."""
        table = getattr(self, 'dispatch_table', dispatch_table)
        reduce = table.get(kind)
        if reduce is not None:
            return reduce(obj)
        if issubclass(kind, type):
            self.save_global(obj)
            return None
        reduce = getattr(obj, "__reduce_ex__", _NoValue)
        if reduce is not _NoValue:
            return reduce(self.proto)
        reduce = getattr(obj, "__reduce__", _NoValue)
        if reduce is not _NoValue:
            return reduce()
        raise PicklingError(f"Can't pickle {kind.__name__!r} object: {obj!r}")

    def persistent_id(self, obj):
        """Give an id for an object that is kept elsewhere; None for others."""
        return None

    def save_pers(self, pid):
        """Write a persistent id."""
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(BINPERSID)
            return
        try:
            self.write(PERSID + str(pid).encode("ascii") + b'\n')
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings")

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None,
                    state_setter=None, *, obj=None):
        """Write an object as the call that makes it, its state and its items."""
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        save, write = self.save, self.write
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            self._save_newobj_ex(args, obj)
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            save(cls)
            save(args[1:])
            write(NEWOBJ)
        else:
            save(func)
            save(args)
            write(REDUCE)
        if obj is not None:
            # The arguments may have led to the object itself; then it is in the memo.
            known = self.memo.get(id(obj))
            if known is not None:
                write(POP + self.get(known[0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is not None:
            if state_setter is None:
                save(state)
                write(BUILD)
            else:
                # The setter's result is dropped.
                save(state_setter)
                save(obj)
                save(state)
                write(TUPLE2)
                write(REDUCE)
                write(POP)

    def _save_newobj_ex(self, args, obj):
        cls, args, kwargs = args
        if not hasattr(cls, "__new__"):
            raise PicklingError("args[0] from __newobj_ex__ args has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(kwargs)
            self.write(NEWOBJ_EX)
        else:
            from functools import partial
            self.save(partial(cls.__new__, cls, *args, **kwargs))
            self.save(())
            self.write(REDUCE)

    dispatch = {}

    def save_none(self, obj):
        self.write(NONE)
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self.write(NEWTRUE if obj else NEWFALSE)
        else:
            self.write(TRUE if obj else FALSE)
    dispatch[bool] = save_bool

    def save_long(self, obj):
        if self.bin:
            if 0 <= obj <= 0xff:
                self.write(BININT1 + _uint(obj, 1))
                return
            if 0 <= obj <= 0xffff:
                self.write(BININT2 + _uint(obj, 2))
                return
            if -0x80000000 <= obj <= 0x7fffffff:
                self.write(BININT + obj.to_bytes(4, 'little', signed=True))
                return
        if self.proto >= 2:
            encoded = encode_long(obj)
            n = len(encoded)
            if n < 256:
                self.write(LONG1 + _uint(n, 1) + encoded)
            else:
                self.write(LONG4 + n.to_bytes(4, 'little', signed=True) + encoded)
        elif -0x80000000 <= obj <= 0x7fffffff:
            self.write(INT + repr(obj).encode("ascii") + b'\n')
        else:
            self.write(LONG + repr(obj).encode("ascii") + b'L\n')
    dispatch[int] = save_long

    def save_float(self, obj):
        if self.bin:
            self.write(BINFLOAT + _pack_double(obj))
        else:
            self.write(FLOAT + repr(obj).encode("ascii") + b'\n')
    dispatch[float] = save_float

    def _save_bytes_no_memo(self, obj):
        n = len(obj)
        if n <= 0xff:
            self.write(SHORT_BINBYTES + _uint(n, 1) + obj)
        elif n > 0xffffffff and self.proto >= 4:
            self._write_large_bytes(BINBYTES8 + _uint(n, 8), obj)
        elif n >= self.framer._FRAME_SIZE_TARGET:
            self._write_large_bytes(BINBYTES + _uint(n, 4), obj)
        else:
            self.write(BINBYTES + _uint(n, 4) + obj)

    def save_bytes(self, obj):
        if self.proto < 3:
            if not obj:
                self.save_reduce(bytes, (), obj=obj)
            else:
                from codecs import encode
                self.save_reduce(encode, (str(obj, 'latin1'), 'latin1'), obj=obj)
            return
        self._save_bytes_no_memo(obj)
        self.memoize(obj)
    dispatch[bytes] = save_bytes

    def _save_bytearray_no_memo(self, obj):
        n = len(obj)
        if n >= self.framer._FRAME_SIZE_TARGET:
            self._write_large_bytes(BYTEARRAY8 + _uint(n, 8), obj)
        else:
            self.write(BYTEARRAY8 + _uint(n, 8) + obj)

    def save_bytearray(self, obj):
        if self.proto < 5:
            args = (bytes(obj),) if obj else ()
            self.save_reduce(bytearray, args, obj=obj)
            return
        self._save_bytearray_no_memo(obj)
        self.memoize(obj)
    dispatch[bytearray] = save_bytearray

    def save_picklebuffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        with obj.raw() as view:
            if not view.contiguous:
                raise PicklingError("PickleBuffer can not be pickled when "
                                    "pointing to a non-contiguous buffer")
            in_band = True
            if self._buffer_callback is not None:
                in_band = bool(self._buffer_callback(obj))
            if in_band:
                if view.readonly:
                    self._save_bytes_no_memo(view.tobytes())
                else:
                    self._save_bytearray_no_memo(view.tobytes())
            else:
                self.write(NEXT_BUFFER)
                if view.readonly:
                    self.write(READONLY_BUFFER)
    if PickleBuffer is not None:
        dispatch[PickleBuffer] = save_picklebuffer

    def save_str(self, obj):
        if self.bin:
            encoded = obj.encode('utf-8', 'surrogatepass')
            n = len(encoded)
            if n <= 0xff and self.proto >= 4:
                self.write(SHORT_BINUNICODE + _uint(n, 1) + encoded)
            elif n > 0xffffffff and self.proto >= 4:
                self._write_large_bytes(BINUNICODE8 + _uint(n, 8), encoded)
            elif n >= self.framer._FRAME_SIZE_TARGET:
                self._write_large_bytes(BINUNICODE + _uint(n, 4), encoded)
            else:
                self.write(BINUNICODE + _uint(n, 4) + encoded)
        else:
            # The line must not end early, and a backslash must stay one.
            text = obj.replace("\\", "\\u005c")
            for c in "\0\n\r\x1a":
                text = text.replace(c, f"\\u{ord(c):04x}")
            self.write(UNICODE + text.encode('raw-unicode-escape') + b'\n')
        self.memoize(obj)
    dispatch[str] = save_str

    def save_tuple(self, obj):
        if not obj:
            if self.bin:
                self.write(EMPTY_TUPLE)
            else:
                self.write(MARK + TUPLE)
            return
        n = len(obj)
        save, memo = self.save, self.memo
        short = n <= 3 and self.proto >= 2
        if not short:
            self.write(MARK)
        for item in obj:
            save(item)
        known = memo.get(id(obj))
        if known is None:
            self.write(_tuplesize2code[n] if short else TUPLE)
            self.memoize(obj)
            return
        # An item contains the tuple, which is therefore complete in the memo already.
        if short:
            self.write(POP * n + self.get(known[0]))
        elif self.bin:
            self.write(POP_MARK + self.get(known[0]))
        else:
            self.write(POP * (n + 1) + self.get(known[0]))
    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self.write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._batch_appends(obj)
    dispatch[list] = save_list

    _BATCHSIZE = 1000

    def _batch_appends(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for item in items:
                save(item)
                write(APPEND)
            return
        for batch in batched(items, self._BATCHSIZE):
            if len(batch) == 1:
                save(batch[0])
                write(APPEND)
                continue
            write(MARK)
            for item in batch:
                save(item)
            write(APPENDS)

    def save_dict(self, obj):
        self.write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._batch_setitems(obj.items())
    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for key, value in items:
                save(key)
                save(value)
                write(SETITEM)
            return
        for batch in batched(items, self._BATCHSIZE):
            several = len(batch) > 1
            if several:
                write(MARK)
            for key, value in batch:
                save(key)
                save(value)
            write(SETITEMS if several else SETITEM)

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self.write(EMPTY_SET)
        self.memoize(obj)
        for batch in batched(obj, self._BATCHSIZE):
            self.write(MARK)
            for item in batch:
                self.save(item)
            self.write(ADDITEMS)
    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # An item contains the frozenset.
            self.write(POP_MARK + self.get(known[0]))
            return
        self.write(FROZENSET)
        self.memoize(obj)
    dispatch[frozenset] = save_frozenset

    def save_global(self, obj, name=None):
        """Write a class or function as its module and name."""
        if name is None:
            name = getattr(obj, '__qualname__', None)
            if name is None:
                name = obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            found, parent = _getattribute(sys.modules[module_name], name)
        except (ImportError, KeyError, AttributeError):
            raise PicklingError(
                f"Can't pickle {obj!r}: it's not found as {module_name}.{name}") from None
        if found is not obj:
            raise PicklingError(
                f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name), _NoValue)
            if code is not _NoValue:
                if code <= 0xff:
                    data = _uint(code, 1)
                    if data == b'\0':
                        raise RuntimeError("extension code 0 is out of range")
                    self.write(EXT1 + data)
                elif code <= 0xffff:
                    self.write(EXT2 + _uint(code, 2))
                else:
                    self.write(EXT4 + code.to_bytes(4, 'little', signed=True))
                return
        last = name.rpartition('.')[2]
        at_top = parent is sys.modules[module_name]
        if at_top:
            # Also where the qualified name leads back to the module.
            name = last
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif not at_top:
            # Older protocols have no dotted names.
            self.save_reduce(getattr, (parent, last))
        elif self.proto >= 3:
            self.write(GLOBAL + bytes(module_name, "utf-8") + b'\n'
                       + bytes(name, "utf-8") + b'\n')
        else:
            if self.fix_imports:
                tables = _compat()
                if (module_name, name) in tables.REVERSE_NAME_MAPPING:
                    module_name, name = tables.REVERSE_NAME_MAPPING[module_name, name]
                elif module_name in tables.REVERSE_IMPORT_MAPPING:
                    module_name = tables.REVERSE_IMPORT_MAPPING[module_name]
            try:
                self.write(GLOBAL + bytes(module_name, "ascii") + b'\n'
                           + bytes(name, "ascii") + b'\n')
            except UnicodeEncodeError:
                raise PicklingError(f"can't pickle global identifier '{module_name}.{name}' "
                                    f"using pickle protocol {self.proto:d}") from None
        self.memoize(obj)

    def save_type(self, obj):
        if obj is type(None):
            return self.save_reduce(type, (None,), obj=obj)
        if obj is type(NotImplemented):
            return self.save_reduce(type, (NotImplemented,), obj=obj)
        if obj is type(...):
            return self.save_reduce(type, (...,), obj=obj)
        return self.save_global(obj)

    dispatch[FunctionType] = save_global
    dispatch[type] = save_type


class _Unpickler:
    """Reads objects from a binary file of pickles."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict",
                 buffers=None):
        """`fix_imports`, `encoding` and `errors` are for pickles of Python 2; the encoding
        'bytes' leaves its strings as bytes. `buffers` is an iterable of the buffers that were
        not written into the pickle."""
        self._buffers = iter(buffers) if buffers is not None else None
        self._file_readline = file.readline
        self._file_read = file.read
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """Read a pickled object representation from the open file, and give the object."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by "
                                  f"{self.__class__.__name__}.__init__()")
        self._unframer = _Unframer(self._file_read, self._file_readline)
        self.read = read = self._unframer.read
        self.readinto = self._unframer.readinto
        self.readline = self._unframer.readline
        self.metastack = []
        self.stack = []
        self.append = self.stack.append
        self.proto = 0
        dispatch = self.dispatch
        try:
            while True:
                key = read(1)
                if not key:
                    raise EOFError("Ran out of input")
                handler = dispatch.get(key[0])
                if handler is None:
                    raise UnpicklingError(f"invalid load key, '\\x{key[0]:02x}'.")
                handler(self)
        except _Stop as stop:
            return stop.value
        except IndexError:
            if self.stack:
                raise
            raise _StackError("unpickling stack underflow") from None

    def _need(self, n):
        """Read exactly n bytes."""
        data = self.read(n)
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _need_uint(self, size):
        return int.from_bytes(self._need(size), 'little')

    def _need_int4(self):
        return int.from_bytes(self._need(4), 'little', signed=True)

    def _counted(self, size, what):
        """Read a piece whose length comes first, in that many bytes."""
        n = self._need_uint(size)
        if n > sys.maxsize:
            raise UnpicklingError(
                f"{what} exceeds system's maximum size of {sys.maxsize} bytes")
        return self._need(n)

    def _need_line(self):
        """Read a line; give it without its end."""
        line = self.readline()
        if line[-1:] != b'\n':
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def pop_mark(self):
        """Give the items above the last mark, and drop it and them."""
        if not self.metastack:
            raise _StackError("could not find MARK")
        items = self.stack
        self.stack = self.metastack.pop()
        self.append = self.stack.append
        return items

    def persistent_load(self, pid):
        """Give the object with that persistent id."""
        raise UnpicklingError("unsupported persistent id encountered")

    dispatch = {}

    def load_proto(self):
        proto = self._need(1)[0]
        if not 0 <= proto <= HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto:d}")
        self.proto = proto
    dispatch[PROTO[0]] = load_proto

    def load_frame(self):
        frame_size = self._need_uint(8)
        if frame_size > sys.maxsize:
            raise ValueError(f"frame size > sys.maxsize: {frame_size:d}")
        self._unframer.load_frame(frame_size)
    dispatch[FRAME[0]] = load_frame

    def load_persid(self):
        try:
            pid = self._need_line().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings")
        self.append(self.persistent_load(pid))
    dispatch[PERSID[0]] = load_persid

    def load_binpersid(self):
        pid = self.stack.pop()
        self.append(self.persistent_load(pid))
    dispatch[BINPERSID[0]] = load_binpersid

    def load_none(self):
        self.append(None)
    dispatch[NONE[0]] = load_none

    def load_false(self):
        self.append(False)
    dispatch[NEWFALSE[0]] = load_false

    def load_true(self):
        self.append(True)
    dispatch[NEWTRUE[0]] = load_true

    def load_int(self):
        data = self._need_line()
        if data == FALSE[1:-1]:
            self.append(False)
        elif data == TRUE[1:-1]:
            self.append(True)
        else:
            self.append(int(data, 0))
    dispatch[INT[0]] = load_int

    def load_binint(self):
        self.append(self._need_int4())
    dispatch[BININT[0]] = load_binint

    def load_binint1(self):
        self.append(self._need(1)[0])
    dispatch[BININT1[0]] = load_binint1

    def load_binint2(self):
        self.append(self._need_uint(2))
    dispatch[BININT2[0]] = load_binint2

    def load_long(self):
        data = self._need_line()
        if data.endswith(b'L'):
            data = data[:-1]
        self.append(int(data, 0))
    dispatch[LONG[0]] = load_long

    def load_long1(self):
        self.append(decode_long(self._counted(1, "LONG1")))
    dispatch[LONG1[0]] = load_long1

    def load_long4(self):
        n = self._need_int4()
        if n < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.append(decode_long(self._need(n)))
    dispatch[LONG4[0]] = load_long4

    def load_float(self):
        self.append(float(self._need_line()))
    dispatch[FLOAT[0]] = load_float

    def load_binfloat(self):
        from struct import unpack
        self.append(unpack('>d', self._need(8))[0])
    dispatch[BINFLOAT[0]] = load_binfloat

    def _decode_string(self, value):
        # Strings of Python 2 were bytes.
        return value if self.encoding == "bytes" else value.decode(self.encoding, self.errors)

    def load_string(self):
        data = self._need_line()
        if len(data) < 2 or data[0] != data[-1] or data[0] not in b'"\'':
            raise UnpicklingError("the STRING opcode argument must be quoted")
        from codecs import escape_decode
        self.append(self._decode_string(escape_decode(data[1:-1])[0]))
    dispatch[STRING[0]] = load_string

    def load_binstring(self):
        n = self._need_int4()
        if n < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self.append(self._decode_string(self._need(n)))
    dispatch[BINSTRING[0]] = load_binstring

    def load_short_binstring(self):
        self.append(self._decode_string(self._counted(1, "SHORT_BINSTRING")))
    dispatch[SHORT_BINSTRING[0]] = load_short_binstring

    def load_binbytes(self):
        self.append(self._counted(4, "BINBYTES"))
    dispatch[BINBYTES[0]] = load_binbytes

    def load_binbytes8(self):
        self.append(self._counted(8, "BINBYTES8"))
    dispatch[BINBYTES8[0]] = load_binbytes8

    def load_short_binbytes(self):
        self.append(self._counted(1, "SHORT_BINBYTES"))
    dispatch[SHORT_BINBYTES[0]] = load_short_binbytes

    def load_bytearray8(self):
        self.append(bytearray(self._counted(8, "BYTEARRAY8")))
    dispatch[BYTEARRAY8[0]] = load_bytearray8

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data "
                                  "but no *buffers* argument was given")
        try:
            self.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers")
    dispatch[NEXT_BUFFER[0]] = load_next_buffer

    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()
    dispatch[READONLY_BUFFER[0]] = load_readonly_buffer

    def load_unicode(self):
        self.append(str(self._need_line(), 'raw-unicode-escape'))
    dispatch[UNICODE[0]] = load_unicode

    def load_binunicode(self):
        self.append(str(self._counted(4, "BINUNICODE"), 'utf-8', 'surrogatepass'))
    dispatch[BINUNICODE[0]] = load_binunicode

    def load_binunicode8(self):
        self.append(str(self._counted(8, "BINUNICODE8"), 'utf-8', 'surrogatepass'))
    dispatch[BINUNICODE8[0]] = load_binunicode8

    def load_short_binunicode(self):
        self.append(str(self._counted(1, "SHORT_BINUNICODE"), 'utf-8', 'surrogatepass'))
    dispatch[SHORT_BINUNICODE[0]] = load_short_binunicode

    def load_tuple(self):
        items = self.pop_mark()
        self.append(tuple(items))
    dispatch[TUPLE[0]] = load_tuple

    def load_empty_tuple(self):
        self.append(())
    dispatch[EMPTY_TUPLE[0]] = load_empty_tuple

    def _pack(self, n):
        if len(self.stack) < n:
            raise _StackError("unpickling stack underflow")
        self.stack[-n:] = [tuple(self.stack[-n:])]

    def load_tuple1(self):
        self._pack(1)
    dispatch[TUPLE1[0]] = load_tuple1

    def load_tuple2(self):
        self._pack(2)
    dispatch[TUPLE2[0]] = load_tuple2

    def load_tuple3(self):
        self._pack(3)
    dispatch[TUPLE3[0]] = load_tuple3

    def load_empty_list(self):
        self.append([])
    dispatch[EMPTY_LIST[0]] = load_empty_list

    def load_empty_dictionary(self):
        self.append({})
    dispatch[EMPTY_DICT[0]] = load_empty_dictionary

    def load_empty_set(self):
        self.append(set())
    dispatch[EMPTY_SET[0]] = load_empty_set

    def load_frozenset(self):
        items = self.pop_mark()
        self.append(frozenset(items))
    dispatch[FROZENSET[0]] = load_frozenset

    def load_list(self):
        items = self.pop_mark()
        self.append(items)
    dispatch[LIST[0]] = load_list

    def load_dict(self):
        items = self.pop_mark()
        if len(items) % 2:
            raise _StackError("odd number of items for DICT")
        self.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})
    dispatch[DICT[0]] = load_dict

    def _instantiate(self, klass, args):
        """Make an instance as Python 2 pickled old classes."""
        if args or not isinstance(klass, type) or hasattr(klass, "__getinitargs__"):
            try:
                value = klass(*args)
            except TypeError as error:
                raise TypeError(f"in constructor for {klass.__name__}: {error}",
                                error.__traceback__)
        else:
            value = klass.__new__(klass)
        self.append(value)

    def load_inst(self):
        module = self._need_line().decode("ascii")
        name = self._need_line().decode("ascii")
        klass = self.find_class(module, name)
        self._instantiate(klass, self.pop_mark())
    dispatch[INST[0]] = load_inst

    def load_obj(self):
        items = self.pop_mark()
        if not items:
            raise _StackError("unpickling stack underflow")
        self._instantiate(items[0], items[1:])
    dispatch[OBJ[0]] = load_obj

    def load_newobj(self):
        args = self.stack.pop()
        cls = self.stack.pop()
        self.append(cls.__new__(cls, *args))
    dispatch[NEWOBJ[0]] = load_newobj

    def load_newobj_ex(self):
        kwargs = self.stack.pop()
        args = self.stack.pop()
        cls = self.stack.pop()
        self.append(cls.__new__(cls, *args, **kwargs))
    dispatch[NEWOBJ_EX[0]] = load_newobj_ex

    def load_global(self):
        module = self._need_line().decode("utf-8")
        name = self._need_line().decode("utf-8")
        self.append(self.find_class(module, name))
    dispatch[GLOBAL[0]] = load_global

    def load_stack_global(self):
        name = self.stack.pop()
        module = self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.append(self.find_class(module, name))
    dispatch[STACK_GLOBAL[0]] = load_stack_global

    def load_ext1(self):
        self.get_extension(self._need(1)[0])
    dispatch[EXT1[0]] = load_ext1

    def load_ext2(self):
        self.get_extension(self._need_uint(2))
    dispatch[EXT2[0]] = load_ext2

    def load_ext4(self):
        self.get_extension(self._need_int4())
    dispatch[EXT4[0]] = load_ext4

    def get_extension(self, code):
        """Push the object that has the code in the extension registry."""
        obj = _extension_cache.get(code, _NoValue)
        if obj is _NoValue:
            key = _inverted_registry.get(code)
            if not key:
                if code <= 0:
                    raise UnpicklingError("EXT specifies code <= 0")
                raise ValueError(f"unregistered extension code {code:d}")
            obj = self.find_class(*key)
            _extension_cache[code] = obj
        self.append(obj)

    def find_class(self, module, name):
        """Give the object with that name; a subclass may refuse."""
        sys.audit('pickle.find_class', module, name)
        if self.proto < 3 and self.fix_imports:
            tables = _compat()
            if (module, name) in tables.NAME_MAPPING:
                module, name = tables.NAME_MAPPING[module, name]
            elif module in tables.IMPORT_MAPPING:
                module = tables.IMPORT_MAPPING[module]
        __import__(module, level=0)
        if self.proto >= 4:
            return _getattribute(sys.modules[module], name)[0]
        try:
            return getattr(sys.modules[module], name)
        except AttributeError:
            raise AttributeError(
                f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None

    def load_reduce(self):
        stack = self.stack
        args = stack.pop()
        func = stack[-1]
        stack[-1] = func(*args)
    dispatch[REDUCE[0]] = load_reduce

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        else:
            self.pop_mark()
    dispatch[POP[0]] = load_pop

    def load_pop_mark(self):
        self.pop_mark()
    dispatch[POP_MARK[0]] = load_pop_mark

    def load_dup(self):
        self.append(self.stack[-1])
    dispatch[DUP[0]] = load_dup

    def _recall(self, i):
        try:
            self.append(self.memo[i])
        except KeyError:
            raise UnpicklingError(f'Memo value not found at index {i}') from None

    def load_get(self):
        self._recall(int(self._need_line()))
    dispatch[GET[0]] = load_get

    def load_binget(self):
        self._recall(self._need(1)[0])
    dispatch[BINGET[0]] = load_binget

    def load_long_binget(self):
        self._recall(self._need_uint(4))
    dispatch[LONG_BINGET[0]] = load_long_binget

    def load_put(self):
        i = int(self._need_line())
        if i < 0:
            raise ValueError("negative PUT argument")
        self.memo[i] = self.stack[-1]
    dispatch[PUT[0]] = load_put

    def load_binput(self):
        self.memo[self._need(1)[0]] = self.stack[-1]
    dispatch[BINPUT[0]] = load_binput

    def load_long_binput(self):
        self.memo[self._need_uint(4)] = self.stack[-1]
    dispatch[LONG_BINPUT[0]] = load_long_binput

    def load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]
    dispatch[MEMOIZE[0]] = load_memoize

    def load_append(self):
        value = self.stack.pop()
        self.stack[-1].append(value)
    dispatch[APPEND[0]] = load_append

    def load_appends(self):
        items = self.pop_mark()
        target = self.stack[-1]
        extend = getattr(target, 'extend', None)
        if extend is not None:
            extend(items)
            return
        # Some classes have append only.
        append = target.append
        for item in items:
            append(item)
    dispatch[APPENDS[0]] = load_appends

    def load_setitem(self):
        value = self.stack.pop()
        key = self.stack.pop()
        self.stack[-1][key] = value
    dispatch[SETITEM[0]] = load_setitem

    def load_setitems(self):
        items = self.pop_mark()
        if len(items) % 2:
            raise _StackError("odd number of items for SETITEMS")
        target = self.stack[-1]
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]
    dispatch[SETITEMS[0]] = load_setitems

    def load_additems(self):
        items = self.pop_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)
    dispatch[ADDITEMS[0]] = load_additems

    def load_build(self):
        state = self.stack.pop()
        inst = self.stack[-1]
        setstate = getattr(inst, "__setstate__", _NoValue)
        if setstate is not _NoValue:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            attributes = inst.__dict__
            intern = sys.intern
            for name, value in state.items():
                attributes[intern(name) if type(name) is str else name] = value
        if slots:
            for name, value in slots.items():
                setattr(inst, name, value)
    dispatch[BUILD[0]] = load_build

    def load_mark(self):
        self.metastack.append(self.stack)
        self.stack = []
        self.append = self.stack.append
    dispatch[MARK[0]] = load_mark

    def load_stop(self):
        raise _Stop(self.stack.pop())
    dispatch[STOP[0]] = load_stop


def _dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write a pickled representation of obj to the open binary file."""
    _Pickler(file, protocol, fix_imports=fix_imports,
             buffer_callback=buffer_callback).dump(obj)


def _dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Give the pickled representation of obj as bytes."""
    file = io.BytesIO()
    _Pickler(file, protocol, fix_imports=fix_imports,
             buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()


def _load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read an object from the open binary file of pickles."""
    return _Unpickler(file, fix_imports=fix_imports, buffers=buffers, encoding=encoding,
                      errors=errors).load()


def _loads(s, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read an object from the bytes of a pickle; what follows it is ignored."""
    if isinstance(s, str):
        raise TypeError("Can't load pickle from unicode string")
    return _Unpickler(io.BytesIO(s), fix_imports=fix_imports, buffers=buffers,
                      encoding=encoding, errors=errors).load()


Pickler, Unpickler = _Pickler, _Unpickler
dump, dumps, load, loads = _dump, _dumps, _load, _loads
if PickleBuffer is not None:
    __all__.append("PickleBuffer")
