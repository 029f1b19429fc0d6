"""The reader of pickles: a table with one method for each opcode."""

__name__ = "pickle"

import io
import sys
from copyreg import _extension_cache, _inverted_registry

from _pickle_format import (
    ADDITEMS, APPEND, APPENDS, BINBYTES, BINBYTES8, BINFLOAT, BINGET, BININT, BININT1, BININT2,
    BINPERSID, BINPUT, BINSTRING, BINUNICODE, BINUNICODE8, BUILD, BYTEARRAY8, DICT, DUP,
    EMPTY_DICT, EMPTY_LIST, EMPTY_SET, EMPTY_TUPLE, EXT1, EXT2, EXT4, FALSE, FLOAT, FRAME,
    FROZENSET, GET, GLOBAL, HIGHEST_PROTOCOL, INST, INT, LIST, LONG, LONG1, LONG4, LONG_BINGET,
    LONG_BINPUT, MARK, MEMOIZE, NEWFALSE, NEWOBJ, NEWOBJ_EX, NEWTRUE, NEXT_BUFFER, NONE, OBJ,
    PERSID, POP, POP_MARK, PROTO, PUT, READONLY_BUFFER, REDUCE, SETITEM, SETITEMS, SHORT_BINBYTES,
    SHORT_BINSTRING, SHORT_BINUNICODE, STACK_GLOBAL, STOP, STRING, TRUE, TUPLE, TUPLE1, TUPLE2,
    TUPLE3, UNICODE, UnpicklingError, _NoValue, _StackError, _compat, _getattribute, decode_long)


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


class _Unframer:
    """Reads pieces from the current frame, or from the file."""

    def __init__(self, file_read, file_readline, file_tell=None):
        self.file_read, self.file_readline = file_read, file_readline
        self.current_frame = None

    def _of_frame(self, data, is_whole):
        """Check a piece of the frame; after the end of the frame it is empty."""
        if not data:
            self.current_frame = None
        elif not is_whole:
            raise UnpicklingError("pickle exhausted before end of frame")
        return data

    def readinto(self, buf):
        data = self.read(len(buf))
        if len(data) < len(buf):
            raise EOFError("Ran out of input")
        buf[:] = data
        return len(data)

    def read(self, n):
        data = None
        if n and self.current_frame:
            data = self.current_frame.read(n)
            self._of_frame(data, len(data) == n)
        return data or self.file_read(n)

    def readline(self):
        data = None
        if self.current_frame:
            data = self.current_frame.readline()
            self._of_frame(data, data.endswith(b'\n'))
        return data or self.file_readline()

    def load_frame(self, frame_size):
        if self.current_frame and self.current_frame.read():
            raise UnpicklingError("beginning of a new frame before end of current frame")
        data = self.file_read(frame_size)
        if len(data) < frame_size:
            raise UnpicklingError("pickle data was truncated")
        self.current_frame = io.BytesIO(data)


_ESCAPES = {b'\\': b'\\', b"'": b"'", b'"': b'"', b'\n': b'', b'a': b'\a', b'b': b'\b',
            b'f': b'\f', b'n': b'\n', b'r': b'\r', b't': b'\t', b'v': b'\v'}


def _without_escapes(text):
    """Give the bytes that the inner part of a bytes literal stands for."""
    if b'\\' not in text:
        return text
    import re

    def meaning(match):
        code = match[1]
        if code[:1] == b'x':
            if len(code) < 3:
                raise ValueError(f"invalid \\x escape at position {match.start()}")
            return bytes([int(code[1:], 16)])
        if code.isdigit():
            return bytes([int(code, 8) & 0xff])
        if not code:
            raise ValueError("Trailing \\ in string")
        # What is none stays as it is.
        return _ESCAPES.get(code, match[0])

    return re.sub(rb'(?s)\\(x[0-9a-fA-F]{2}|x|[0-7]{1,3}|.|\Z)', meaning, text)


class Unpickler:
    """Reads objects from a binary file of pickles."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict",
                 buffers=()):
        """`fix_imports`, `encoding` and `errors` are for pickles of Python 2; the encoding
        'bytes' leaves its strings as bytes.  `buffers` is an iterable of the buffers that were
        not written into the pickle."""
        read, readline = getattr(file, "read", None), getattr(file, "readline", None)
        if read is None or readline is None:
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file_read, self._file_readline = read, readline
        # Nobody who passes no buffers means an empty sequence of them.
        self._buffers = None if buffers is None or buffers == () else iter(buffers)
        self.encoding, self.errors, self.fix_imports = encoding, errors, fix_imports
        self.proto, self.memo = 0, {}

    def load(self):
        """Read the next pickle from the file, and give its object."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by "
                                  f"{self.__class__.__name__}.__init__()")
        self._unframer = unframer = _Unframer(self._file_read, self._file_readline)
        self.read, self.readinto, self.readline = (
            unframer.read, unframer.readinto, unframer.readline)
        self.proto = 0
        # What lies below each mark, the outermost first, and what lies above the last.
        self.metastack, self.stack = [], []
        self.append = self.stack.append
        read, loader_of = unframer.read, self.dispatch.get
        try:
            while True:
                opcode = read(1)
                if not opcode:
                    raise EOFError("Ran out of input")
                loader = loader_of(opcode[0])
                if loader is None:
                    raise UnpicklingError(f"invalid load key, '\\x{opcode[0]:02x}'.")
                loader(self)
        except _Stop as stop:
            return stop.value
        except _StackError:
            raise
        except IndexError:
            if self.stack:
                raise
            raise _StackError("unexpected MARK found" if self.metastack
                              else "unpickling stack underflow") from None

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
        raise UnpicklingError("A load persistent id instruction was encountered, "
                              "but no persistent_load function was specified.")

    def load_proto(self):
        proto = self._need(1)[0]
        if not 0 <= proto <= HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto:d}")
        self.proto = proto

    def load_frame(self):
        frame_size = self._need_uint(8)
        if frame_size > sys.maxsize:
            raise ValueError(f"frame size > sys.maxsize: {frame_size:d}")
        self._unframer.load_frame(frame_size)

    def load_persid(self):
        try:
            pid = self._need_line().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings")
        self.append(self.persistent_load(pid))

    def load_binpersid(self):
        self.append(self.persistent_load(self.stack.pop()))

    def load_none(self):
        self.append(None)

    def load_false(self):
        self.append(False)

    def load_true(self):
        self.append(True)

    def load_empty_tuple(self):
        self.append(())

    def load_empty_list(self):
        self.append([])

    def load_empty_dictionary(self):
        self.append({})

    def load_empty_set(self):
        self.append(set())

    def load_tuple(self):
        items = self.pop_mark()
        self.append(tuple(items))

    def load_list(self):
        items = self.pop_mark()
        self.append(items)

    def load_frozenset(self):
        items = self.pop_mark()
        self.append(frozenset(items))

    def load_int(self):
        text = self._need_line()
        # 00 and 01 are bool, see FALSE and TRUE.
        if text in (b'00', b'01'):
            self.append(text == b'01')
            return
        try:
            self.append(int(text, 0))
        except ValueError:
            raise ValueError("could not convert string to int") from None

    def load_binint(self):
        self.append(self._need_int4())

    def load_binint1(self):
        self.append(self._need(1)[0])

    def load_binint2(self):
        self.append(self._need_uint(2))

    def load_long(self):
        data = self._need_line()
        if data.endswith(b'L'):
            data = data[:-1]
        self.append(int(data, 0))

    def load_long1(self):
        self.append(decode_long(self._counted(1, "LONG1")))

    def load_long4(self):
        n = self._need_int4()
        if n < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.append(decode_long(self._need(n)))

    def load_float(self):
        self.append(float(self._need_line()))

    def load_binfloat(self):
        from struct import unpack
        self.append(unpack('>d', self._need(8))[0])

    def _decode_string(self, value):
        # Strings of Python 2 were bytes.
        return value if self.encoding == "bytes" else value.decode(self.encoding, self.errors)

    def load_string(self):
        data = self._need_line()
        if len(data) < 2 or data[0] != data[-1] or data[0] not in b'"\'':
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self.append(self._decode_string(_without_escapes(data[1:-1])))

    def load_binstring(self):
        n = self._need_int4()
        if n < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self.append(self._decode_string(self._need(n)))

    def load_short_binstring(self):
        self.append(self._decode_string(self._counted(1, "SHORT_BINSTRING")))

    def load_binbytes(self):
        self.append(self._counted(4, "BINBYTES"))

    def load_binbytes8(self):
        self.append(self._counted(8, "BINBYTES8"))

    def load_short_binbytes(self):
        self.append(self._counted(1, "SHORT_BINBYTES"))

    def load_bytearray8(self):
        self.append(bytearray(self._counted(8, "BYTEARRAY8")))

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError(
                "pickle stream refers to out-of-band data but no *buffers* argument was given")
        for buffer in self._buffers:
            self.append(buffer)
            return
        raise UnpicklingError("not enough out-of-band buffers")

    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()

    def load_unicode(self):
        self.append(str(self._need_line(), 'raw-unicode-escape'))

    def load_binunicode(self):
        self.append(str(self._counted(4, "BINUNICODE"), 'utf-8', 'surrogatepass'))

    def load_binunicode8(self):
        self.append(str(self._counted(8, "BINUNICODE8"), 'utf-8', 'surrogatepass'))

    def load_short_binunicode(self):
        self.append(str(self._counted(1, "SHORT_BINUNICODE"), 'utf-8', 'surrogatepass'))

    def _pop_several(self, n):
        """Take n objects off the stack, and give them in the order they were pushed."""
        stack = self.stack
        if len(stack) < n:
            raise _StackError("unpickling stack underflow")
        values = stack[-n:]
        del stack[-n:]
        return values

    def _pack(self, n):
        values = self._pop_several(n)
        self.append(tuple(values))

    def load_tuple1(self):
        self._pack(1)

    def load_tuple2(self):
        self._pack(2)

    def load_tuple3(self):
        self._pack(3)

    def load_dict(self):
        items = self.pop_mark()
        if len(items) % 2:
            raise _StackError("odd number of items for DICT")
        self.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})

    def _instantiate(self, klass, args):
        """Push an instance, made as Python 2 pickled old classes."""
        if not args and isinstance(klass, type) and not hasattr(klass, "__getinitargs__"):
            self.append(klass.__new__(klass))
            return
        try:
            made = klass(*args)
        except TypeError as error:
            raise TypeError(f"in constructor for {klass.__name__}: {error}", error.__traceback__)
        self.append(made)

    def load_inst(self):
        module = self._need_line().decode("ascii")
        name = self._need_line().decode("ascii")
        klass = self.find_class(module, name)
        self._instantiate(klass, self.pop_mark())

    def load_obj(self):
        items = self.pop_mark()
        if not items:
            raise _StackError("unpickling stack underflow")
        self._instantiate(items[0], items[1:])

    def load_newobj(self):
        cls, args = self._pop_several(2)
        self.append(cls.__new__(cls, *args))

    def load_newobj_ex(self):
        cls, args, kwargs = self._pop_several(3)
        self.append(cls.__new__(cls, *args, **kwargs))

    def load_global(self):
        module = self._need_line().decode("utf-8")
        name = self._need_line().decode("utf-8")
        self.append(self.find_class(module, name))

    def load_stack_global(self):
        module, name = self._pop_several(2)
        if type(name) is type(module) is str:
            self.append(self.find_class(module, name))
        else:
            raise UnpicklingError("STACK_GLOBAL requires str")

    def load_ext1(self):
        self.get_extension(self._need(1)[0])

    def load_ext2(self):
        self.get_extension(self._need_uint(2))

    def load_ext4(self):
        self.get_extension(self._need_int4())

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
        args = self.stack.pop()
        self.stack[-1] = self.stack[-1](*args)

    def load_pop(self):
        if not self.stack and self.metastack:
            # What is on top is a mark.
            self.pop_mark()
        else:
            self.stack.pop()

    def load_pop_mark(self):
        self.pop_mark()

    def load_dup(self):
        self.append(self.stack[-1])

    def _recall(self, i):
        try:
            self.append(self.memo[i])
        except KeyError:
            raise UnpicklingError(f'Memo value not found at index {i}') from None

    def load_get(self):
        self._recall(int(self._need_line()))

    def load_binget(self):
        self._recall(self._need(1)[0])

    def load_long_binget(self):
        self._recall(self._need_uint(4))

    def load_put(self):
        i = int(self._need_line())
        if i < 0:
            raise ValueError("negative PUT argument")
        self.memo[i] = self.stack[-1]

    def load_binput(self):
        self.memo[self._need(1)[0]] = self.stack[-1]

    def load_long_binput(self):
        self.memo[self._need_uint(4)] = self.stack[-1]

    def load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]

    def load_append(self):
        value = self.stack.pop()
        self.stack[-1].append(value)

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

    def load_setitem(self):
        key, value = self._pop_several(2)
        self.stack[-1][key] = value

    def load_setitems(self):
        items = self.pop_mark()
        if len(items) % 2:
            raise _StackError("odd number of items for SETITEMS")
        target = self.stack[-1]
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def load_additems(self):
        items = self.pop_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

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
        if state is not None:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = inst.__dict__
            intern = sys.intern
            for name, value in state.items():
                attributes[intern(name) if type(name) is str else name] = value
        if slots is not None:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for name, value in slots.items():
                setattr(inst, name, value)

    def load_mark(self):
        below, self.stack = self.stack, []
        self.metastack.append(below)
        self.append = self.stack.append

    def load_stop(self):
        raise _Stop(self.stack.pop())

    # By the number of the opcode.
    dispatch = {
        PROTO[0]: load_proto, FRAME[0]: load_frame, PERSID[0]: load_persid,
        BINPERSID[0]: load_binpersid, NONE[0]: load_none, NEWFALSE[0]: load_false,
        NEWTRUE[0]: load_true, EMPTY_TUPLE[0]: load_empty_tuple, EMPTY_LIST[0]: load_empty_list,
        EMPTY_DICT[0]: load_empty_dictionary, EMPTY_SET[0]: load_empty_set, TUPLE[0]: load_tuple,
        LIST[0]: load_list, FROZENSET[0]: load_frozenset, INT[0]: load_int,
        BININT[0]: load_binint, BININT1[0]: load_binint1, BININT2[0]: load_binint2,
        LONG[0]: load_long, LONG1[0]: load_long1, LONG4[0]: load_long4, FLOAT[0]: load_float,
        BINFLOAT[0]: load_binfloat, STRING[0]: load_string, BINSTRING[0]: load_binstring,
        SHORT_BINSTRING[0]: load_short_binstring, BINBYTES[0]: load_binbytes,
        BINBYTES8[0]: load_binbytes8, SHORT_BINBYTES[0]: load_short_binbytes,
        BYTEARRAY8[0]: load_bytearray8, NEXT_BUFFER[0]: load_next_buffer,
        READONLY_BUFFER[0]: load_readonly_buffer, UNICODE[0]: load_unicode,
        BINUNICODE[0]: load_binunicode, BINUNICODE8[0]: load_binunicode8,
        SHORT_BINUNICODE[0]: load_short_binunicode, TUPLE1[0]: load_tuple1,
        TUPLE2[0]: load_tuple2, TUPLE3[0]: load_tuple3, DICT[0]: load_dict, INST[0]: load_inst,
        OBJ[0]: load_obj, NEWOBJ[0]: load_newobj, NEWOBJ_EX[0]: load_newobj_ex,
        GLOBAL[0]: load_global, STACK_GLOBAL[0]: load_stack_global, EXT1[0]: load_ext1,
        EXT2[0]: load_ext2, EXT4[0]: load_ext4, REDUCE[0]: load_reduce, POP[0]: load_pop,
        POP_MARK[0]: load_pop_mark, DUP[0]: load_dup, GET[0]: load_get, BINGET[0]: load_binget,
        LONG_BINGET[0]: load_long_binget, PUT[0]: load_put, BINPUT[0]: load_binput,
        LONG_BINPUT[0]: load_long_binput, MEMOIZE[0]: load_memoize, APPEND[0]: load_append,
        APPENDS[0]: load_appends, SETITEM[0]: load_setitem, SETITEMS[0]: load_setitems,
        ADDITEMS[0]: load_additems, BUILD[0]: load_build, MARK[0]: load_mark, STOP[0]: load_stop,
    }
