"""What writing and reading pickles share: opcodes, exceptions, numbers and names."""

__name__ = "pickle"

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

# Protocols 0 and 1 have no opcodes for these two.
TRUE, FALSE = INT + b'01\n', INT + b'00\n'


def _uint(value, size):
    return value.to_bytes(size, 'little')


def _compat():
    """Give the tables of names that differ between Python 2 and 3."""
    import _compat_pickle
    return _compat_pickle


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


def encode_long(x):
    r"""Give an int as bytes, the lowest first, in two's complement and as few as may be.

    >>> encode_long(-2), encode_long(200), encode_long(0)
    (b'\xfe', b'\xc8\x00', b'')
    """
    if not x:
        return b''
    # One bit is for the sign; of a negative number -2**n needs no bit more than 2**n - 1.
    size = ((x if x > 0 else ~x).bit_length() >> 3) + 1
    return x.to_bytes(size, 'little', signed=True)


def decode_long(data):
    r"""Give the int that encode_long() made bytes of.

    >>> decode_long(b'\xc8\x00'), decode_long(b'')
    (200, 0)
    """
    return int.from_bytes(data, 'little', signed=True)


_NoValue = object()
