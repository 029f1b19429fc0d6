"""Packed binary data: values to bytes and back, by a format such as '<2sH'."""

from _struct import *
from _struct import _clearcache
from _struct import __doc__

__all__ = [
    "calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error",
]
