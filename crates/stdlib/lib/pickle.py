"""Turn objects into bytes and back: protocols 0 to 5.

A pickle is a program for a small stack machine. The pickler writes it: `save` finds the way to
write an object (a method of its own for builtin types, `reduce` for all others) and the memo
remembers what was written, so that shared and circular references come back as such. The
unpickler is a table of one method for each opcode. `dumps` and `loads` leave what is usual to
`_pickle_machine`, which does the same without classes to derive from.

Unpickling runs functions that the pickle names: do not load what you do not trust.
"""

import io
import sys
from _operator import index
from copyreg import _extension_registry, dispatch_table
from itertools import batched
from types import FunctionType

from _pickle_buffer import PickleBuffer
from _pickle_machine import (
    dumps as _machine_dumps, length as _machine_length, loads as _machine_loads)
from _pickle_format import *
from _pickle_format import _OPCODES, _NoValue, _compat, _getattribute, _uint
from _unpickler import Unpickler

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump",
           "dumps", "load", "loads", *_OPCODES]


class _Framer:
    """Collects small pieces into frames, which a reader can read at once."""

    _FRAME_SIZE_MIN = 4
    _FRAME_SIZE_TARGET = 64 * 1024

    def __init__(self, file_write):
        self.file_write, self.current_frame = file_write, None

    def start_framing(self):
        self.current_frame = io.BytesIO()

    def end_framing(self):
        frame = self.current_frame
        if frame and frame.tell():
            self.commit_frame(force=True)
            self.current_frame = None

    def commit_frame(self, force=False):
        """Write the frame, if it is long enough or that is asked for, and start another."""
        frame = self.current_frame
        if frame and (force or frame.tell() >= self._FRAME_SIZE_TARGET):
            data = frame.getbuffer()
            if len(data) >= self._FRAME_SIZE_MIN:
                self.file_write(FRAME + _uint(len(data), 8))
            self.file_write(data)
            # The file may keep the buffer, so it is not used again.
            self.start_framing()

    def write(self, data):
        frame = self.current_frame
        return frame.write(data) if frame else self.file_write(data)

    def write_large_bytes(self, header, payload):
        """Write a large piece outside any frame."""
        self.commit_frame(force=True)
        self.file_write(header)
        self.file_write(payload)


def whichmodule(obj, name):
    """Give the name of the module that an object with that name belongs to."""
    named = getattr(obj, '__module__', None)
    if named is not None:
        return named
    # A copy: looking may import.
    for candidate, module in sys.modules.copy().items():
        if module is not None and candidate not in ('__main__', '__mp_main__'):
            try:
                found, _ = _getattribute(module, name)
            except AttributeError:
                continue
            if found is obj:
                return candidate
    return '__main__'


def _wrong_part(place, wanted, part):
    return PicklingError(f"{place} element of the tuple returned by __reduce__ must be {wanted}, "
                         f"not {type(part).__name__}")


def _place(obj, name):
    """Give the module's name, the name there and the holder of what is pickled by its name."""
    if name is None:
        qualname = getattr(obj, '__qualname__', None)
        name = obj.__name__ if qualname is None else qualname
    if "<locals>" in name.split("."):
        raise AttributeError(f"Can't pickle local object {name!r}")
    module_name = whichmodule(obj, name)
    try:
        __import__(module_name, level=0)
        module = sys.modules[module_name]
    except (ImportError, KeyError):
        raise PicklingError(
            f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
    try:
        found, parent = _getattribute(module, name)
    except AttributeError:
        raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on "
                            f"{module_name} failed") from None
    if found is not obj:
        raise PicklingError(
            f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
    return module_name, name, parent


def _extension(code):
    """Give what is written for an object of the extension registry."""
    if code > 0xffff:
        return EXT4 + code.to_bytes(4, 'little', signed=True)
    if code > 0xff:
        return EXT2 + _uint(code, 2)
    data = _uint(code, 1)
    if data == b'\0':
        raise RuntimeError("extension code 0 is out of range")
    return EXT1 + data


def _machine_names(obj, name):
    """Give module and name of what is pickled by its name, or the bytes that are written for it."""
    module_name, name, parent = _place(obj, name)
    code = _extension_registry.get((module_name, name), _NoValue)
    if code is not _NoValue:
        return _extension(code)
    if parent is sys.modules[module_name]:
        name = name.rpartition('.')[2]
    return module_name, name


def _machine_lines(fix_imports):
    """Give the same function for protocol 3, or for protocol 2 with the names of Python 2."""
    def names(obj, name):
        module_name, name, parent = _place(obj, name)
        code = _extension_registry.get((module_name, name), _NoValue)
        if code is not _NoValue:
            return _extension(code)
        if parent is not sys.modules[module_name]:
            return None
        name = name.rpartition('.')[2]
        if fix_imports:
            module_name, name = _names_of_python_2(module_name, name)
        lines = f"{module_name}\n{name}\n"
        return lines if lines.isascii() else None

    return names


def _names_of_python_2(module_name, name):
    tables = _compat()
    if (module_name, name) in tables.REVERSE_NAME_MAPPING:
        return tables.REVERSE_NAME_MAPPING[module_name, name]
    return tables.REVERSE_IMPORT_MAPPING.get(module_name, module_name), name


class Pickler:
    """Writes pickles of objects to a binary file."""

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        """`protocol` is 0 to 5, a negative one means the highest.  With `fix_imports` and a
        protocol below 3, names are written as Python 2 knew them.  `buffer_callback`
        (protocol 5) gets the PickleBuffers; where it gives something false they are not
        written."""
        proto = DEFAULT_PROTOCOL if protocol is None else index(protocol)
        if proto < 0:
            proto = HIGHEST_PROTOCOL
        if proto > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if proto < 5 and buffer_callback is not None:
            raise ValueError("buffer_callback needs protocol >= 5")
        if not hasattr(file, "write"):
            raise TypeError("file must have a 'write' attribute")
        self._file_write = file.write
        self.framer = framer = _Framer(self._file_write)
        self.write, self._write_large_bytes = framer.write, framer.write_large_bytes
        self.proto, self.bin, self.fast = proto, proto >= 1, 0
        self.fix_imports = fix_imports and proto < 3
        self._buffer_callback = buffer_callback
        self.memo = {}

    def clear_memo(self):
        """Forget what was pickled, so that it is pickled whole the next time."""
        self.memo.clear()

    def dump(self, obj):
        """Write the pickle of an object to the file."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(f"Pickler.__init__() was not called by "
                                f"{self.__class__.__name__}.__init__()")
        if self.proto >= 2:
            self.write(PROTO + _uint(self.proto, 1))
            if self.proto >= 4:
                self.framer.start_framing()
        self._save_whole(obj)

    def _save_whole(self, obj):
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
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(result) <= 6:
            raise PicklingError(
                "tuple returned by __reduce__ must contain 2 through 6 elements")
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
        if not self.bin:
            try:
                line = str(pid).encode("ascii")
            except UnicodeEncodeError:
                raise PicklingError("persistent IDs in protocol 0 must be ASCII strings")
            self.write(PERSID + line + b'\n')
            return
        # Its own persistent id is not asked for.
        self.save(pid, save_persistent_id=False)
        self.write(BINPERSID)

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None,
                    state_setter=None, *, obj=None):
        """Write an object as the call that makes it, its state and its items."""
        if not isinstance(args, tuple):
            raise PicklingError(
                "second item of the tuple returned by __reduce__ must be a tuple")
        if not callable(func):
            raise PicklingError(
                "first item of the tuple returned by __reduce__ must be callable")
        if listitems is not None and not hasattr(listitems, "__next__"):
            raise _wrong_part("fourth", "an iterator", listitems)
        if dictitems is not None and not hasattr(dictitems, "__next__"):
            raise _wrong_part("fifth", "an iterator", dictitems)
        if state_setter is not None and not callable(state_setter):
            raise _wrong_part("sixth", "a function", state_setter)
        name = getattr(func, "__name__", "") if self.proto >= 2 else ""
        if name == "__newobj_ex__":
            self._save_newobj_ex(args, obj)
        else:
            call = REDUCE
            if name == "__newobj__":
                if not args:
                    raise PicklingError("__newobj__ arglist is empty")
                func, call, args = args[0], NEWOBJ, args[1:]
                self._check_newobj(name, func, obj)
            self.save(func)
            self.save(args)
            self.write(call)
        if obj is not None:
            # The arguments may have led to the object itself; then it is in the memo.
            known = self.memo.get(id(obj))
            if known is None:
                self.memoize(obj)
            else:
                self.write(POP + self.get(known[0]))
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is not None:
            self.save(state_setter)
            self.save(obj)
            self.save(state)
            # The setter's result is dropped.
            self.write(TUPLE2 + REDUCE + POP)
            return
        self.save(state)
        self.write(BUILD)

    @staticmethod
    def _check_newobj(name, cls, obj):
        if not hasattr(cls, "__new__"):
            raise PicklingError(f"args[0] from {name} args has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError(f"args[0] from {name} args has the wrong class")

    def _save_newobj_ex(self, args, obj):
        cls, args, kwargs = args
        self._check_newobj("__newobj_ex__", cls, obj)
        if self.proto >= 4:
            parts, call = (cls, args, kwargs), NEWOBJ_EX
        else:
            from functools import partial
            parts, call = (partial(cls.__new__, cls, *args, **kwargs), ()), REDUCE
        for part in parts:
            self.save(part)
        self.write(call)

    dispatch = {}

    def save_none(self, obj):
        self.write(NONE)
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        binary, text = (NEWTRUE, TRUE) if obj else (NEWFALSE, FALSE)
        self.write(binary if self.proto >= 2 else text)
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
            from struct import pack
            self.write(BINFLOAT + pack('>d', obj))
        else:
            self.write(FLOAT + repr(obj).encode("ascii") + b'\n')
    dispatch[float] = save_float

    def _save_counted(self, data, short, usual, long):
        """Write bytes after their number, with the opcode for it in 1, 4 or 8 bytes."""
        n = len(data)
        if n <= 0xff and short is not None:
            self.write(short + _uint(n, 1) + data)
        elif n > 0xffffffff and self.proto >= 4:
            self._write_large_bytes(long + _uint(n, 8), data)
        elif n >= self.framer._FRAME_SIZE_TARGET:
            self._write_large_bytes(usual + _uint(n, 4), data)
        else:
            self.write(usual + _uint(n, 4) + data)

    def _save_bytes_no_memo(self, obj):
        self._save_counted(obj, SHORT_BINBYTES, BINBYTES, BINBYTES8)

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
                raise PicklingError(
                    "PickleBuffer can not be pickled when pointing to a non-contiguous buffer")
            callback = self._buffer_callback
            if callback is not None and not callback(obj):
                self.write(NEXT_BUFFER + READONLY_BUFFER if view.readonly else NEXT_BUFFER)
            elif view.readonly:
                self._save_bytes_no_memo(view.tobytes())
            else:
                self._save_bytearray_no_memo(view.tobytes())
    dispatch[PickleBuffer] = save_picklebuffer

    def save_str(self, obj):
        if self.bin:
            self._save_counted(obj.encode('utf-8', 'surrogatepass'),
                               SHORT_BINUNICODE if self.proto >= 4 else None,
                               BINUNICODE, BINUNICODE8)
        else:
            # The line must not end early, and a backslash must stay one.
            text = obj.replace("\\", "\\u005c")
            for c in "\0\n\r\x1a":
                text = text.replace(c, f"\\u{ord(c):04x}")
            self.write(UNICODE + text.encode('raw-unicode-escape') + b'\n')
        self.memoize(obj)
    dispatch[str] = save_str

    def save_tuple(self, obj):
        n = len(obj)
        if not n:
            self.write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        short = n <= 3 and self.proto >= 2
        if not short:
            self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is None:
            self.write((TUPLE1, TUPLE2, TUPLE3)[n - 1] if short else TUPLE)
            self.memoize(obj)
            return
        # An item contains the tuple, which is therefore complete in the memo already.
        if short:
            drop = POP * n
        else:
            drop = POP_MARK if self.bin else POP * (n + 1)
        self.write(drop + self.get(known[0]))
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
        module_name, name, parent = _place(obj, name)
        module = sys.modules[module_name]
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name), _NoValue)
            if code is not _NoValue:
                self.write(_extension(code))
                return
        last = name.rpartition('.')[2]
        at_top = parent is module
        if at_top:
            # Also where the qualified name leads back to the module.
            name = last
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif at_top:
            self._save_names(module_name, name)
        else:
            # Older protocols have no dotted names.
            self.save_reduce(getattr, (parent, last))
        self.memoize(obj)

    def _save_names(self, module_name, name):
        """Write the two lines of a global."""
        if self.fix_imports:
            module_name, name = _names_of_python_2(module_name, name)
        encoding = "utf-8" if self.proto >= 3 else "ascii"
        try:
            self.write(GLOBAL + f"{module_name}\n{name}\n".encode(encoding))
        except UnicodeEncodeError:
            if self.proto >= 3:
                raise
            raise PicklingError(f"can't pickle global identifier '{module_name}.{name}' "
                                f"using pickle protocol {self.proto:d}") from None

    def save_type(self, obj):
        # The types of these have no name under which they are found.
        for singleton in (None, NotImplemented, ...):
            if obj is type(singleton):
                self.save_reduce(type, (singleton,), obj=obj)
                return
        self.save_global(obj)

    dispatch[FunctionType] = save_global
    dispatch[type] = save_type


def _quick_dumps(obj, protocol, fix_imports):
    """Give the pickle as bytes, or None where it takes a pickler."""
    proto = DEFAULT_PROTOCOL if protocol is None else protocol
    proto = HIGHEST_PROTOCOL if type(proto) is int and proto < 0 else proto
    names = _machine_names
    if proto == 2 or proto == 3:
        names = _machine_lines(fix_imports and proto == 2)
    return _machine_dumps(obj, proto, names, dispatch_table)


def _write_frames(write, data):
    """Write a finished pickle, a long one frame by frame."""
    at = 0
    while len(data) - at > _Framer._FRAME_SIZE_TARGET:
        header = at + 2 if at == 0 else at
        if data[header:header + 1] != FRAME:
            break
        end = header + 9 + int.from_bytes(data[header + 1:header + 9], 'little')
        write(data[at:end])
        at = end
    if at < len(data):
        write(data[at:] if at else data)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write the pickle of an object to a binary file."""
    if buffer_callback is None and hasattr(file, "write"):
        write = file.write
        data = _quick_dumps(obj, protocol, fix_imports)
        if data is not None:
            _write_frames(write, data)
            return
    pickler = Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback)
    pickler.dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Give the pickle of an object as bytes."""
    if buffer_callback is None:
        data = _quick_dumps(obj, protocol, fix_imports)
        if data is not None:
            return data
    file = io.BytesIO()
    Pickler(file, protocol, fix_imports, buffer_callback).dump(obj)
    return file.getvalue()


def _quick_loads(data, fix_imports):
    """Give the object of a pickle in a tuple, or None where it takes an unpickler."""
    def find(proto, module, name):
        finder = Unpickler.__new__(Unpickler)
        finder.proto, finder.fix_imports = proto, fix_imports
        return finder.find_class(module, name)

    return _machine_loads(data, find)


def _read_pickle(file):
    """Give the bytes of the next pickle; None, and the file as it was, if that is not certain.

    More than it has may have been read, so the file must be one that can go back.
    """
    if type(file) not in (io.BytesIO, io.BufferedReader, io.BufferedRandom):
        return None
    try:
        start = file.tell()
    except (OSError, ValueError):
        return None
    size = 4096
    data = file.read(size)
    while (length := _machine_length(data)) is None and (more := file.read(size)):
        data += more
        size *= 2
    file.seek(start + (length or 0))
    return data[:length] if length else None


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """Read the next pickle from a binary file, and give its object."""
    data = _read_pickle(file) if buffers is None or buffers == () else None
    if data is not None:
        made = _quick_loads(data, fix_imports)
        if made is not None:
            return made[0]
        file = io.BytesIO(data)
    unpickler = Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors,
                          buffers=buffers)
    return unpickler.load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """Give the object of a pickle in bytes; what follows it is ignored."""
    if type(data) in (bytes, bytearray) and (buffers is None or buffers == ()):
        made = _quick_loads(data, fix_imports)
        if made is not None:
            return made[0]
    if data is None:
        # This would make an empty file.
        raise TypeError("a bytes-like object is required, not 'NoneType'")
    unpickler = Unpickler(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding,
                          errors=errors, buffers=buffers)
    return unpickler.load()


# CPython has these beside faster ones in C.
_Pickler, _Unpickler = Pickler, Unpickler
_dump, _dumps, _load, _loads = dump, dumps, load, loads
__all__.append("PickleBuffer")
