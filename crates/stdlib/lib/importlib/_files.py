"""Paths and bytecode files, as importlib's loaders and finders need them.

A bytecode file has a header (magic number, flags, and either date and size of the source or a hash of
it) and a marshalled code object.
"""

import marshal
import posix as _os
from _bootstrap_paths import (BYTECODE_SUFFIXES, MAGIC_NUMBER, SOURCE_SUFFIXES, cache_from_source,
                              source_from_cache)

from ._bootstrap import _verbose_message

_RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, "little")

path_sep = "/"
_code_type = type((lambda: None).__code__)

# The flags of a bytecode file: whether it has a hash of the source instead of date and size, and
# whether that is to be compared.
_HASHED, _CHECKED = 1, 2
_HEADER_SIZE = 16


# Paths --------------------------------------------------------------------------------------

def _path_join(*parts):
    return path_sep.join([part.rstrip(path_sep) for part in parts if part])


def _path_split(path):
    head, _, tail = path.rpartition(path_sep)
    return head, tail


def _path_stat(path):
    return _os.stat(path)


def _has_mode(path, kind):
    try:
        return _os.stat(path).st_mode & 0o170000 == kind
    except OSError:
        return False


def _path_isfile(path):
    return _has_mode(path, 0o100000)


def _path_isdir(path):
    return _has_mode(path or _os.getcwd(), 0o040000)


def _path_isabs(path):
    return path.startswith(path_sep)


def _path_abspath(path):
    if not _path_isabs(path):
        for lead in (".", path_sep):
            path = path.removeprefix(lead)
        return _path_join(_os.getcwd(), path)
    return path


def _write_atomic(path, data, mode=0o666):
    """Write a file so that others see it as a whole or not at all."""
    import _io
    beside = f"{path}.{id(path)}"
    fd = _os.open(beside, _os.O_EXCL | _os.O_CREAT | _os.O_WRONLY, mode & 0o666)
    try:
        with _io.FileIO(fd, "wb") as file:
            written = file.write(data)
        if written != len(data):
            raise OSError("os.write() didn't write the full pyc file")
        _os.replace(beside, path)
    except OSError:
        try:
            _os.unlink(beside)
        except OSError:
            pass
        raise


def _get_sourcefile(bytecode_path):
    """The source file of a bytecode file, or that itself if there is none."""
    if not bytecode_path:
        return None
    rest, _, suffix = bytecode_path.rpartition(".")
    if not rest or suffix.lower()[-3:-1] != "py":
        return bytecode_path
    try:
        source = source_from_cache(bytecode_path)
    except (NotImplementedError, ValueError):
        source = bytecode_path[:-1]
    return source if _path_isfile(source) else bytecode_path


def _get_cached(filename):
    """Where the code of a file is cached; None if nowhere."""
    if filename.endswith(tuple(SOURCE_SUFFIXES)):
        try:
            return cache_from_source(filename)
        except NotImplementedError:
            return None
    return filename if filename.endswith(tuple(BYTECODE_SUFFIXES)) else None


def _calc_mode(path):
    """The mode for a bytecode file: that of the source, and its owner may write."""
    try:
        mode = _path_stat(path).st_mode
    except OSError:
        mode = 0o666
    return mode | 0o200


# Bytecode files -----------------------------------------------------------------------------

def _pack_uint32(x):
    return (int(x) & 0xFFFFFFFF).to_bytes(4, "little")


def _unpack_uint32(data):
    assert len(data) == 4
    return int.from_bytes(data, "little")


def _unpack_uint16(data):
    assert len(data) == 2
    return int.from_bytes(data, "little")


def _classify_pyc(data, name, exc_details):
    """The flags of a bytecode file; ImportError or EOFError if it is none."""
    magic = data[:4]
    if magic != MAGIC_NUMBER:
        message = f"bad magic number in {name!r}: {magic!r}"
        _verbose_message("{}", message)
        raise ImportError(message, **exc_details)
    if len(data) < _HEADER_SIZE:
        message = f"reached EOF while reading pyc header of {name!r}"
        _verbose_message("{}", message)
        raise EOFError(message)
    flags = _unpack_uint32(data[4:8])
    if flags & ~(_HASHED | _CHECKED):
        raise ImportError(f"invalid flags {flags!r} in {name!r}", **exc_details)
    return flags


def _validate_timestamp_pyc(data, source_mtime, source_size, name, exc_details):
    """ImportError if the bytecode file is of another state of the source."""
    expected = [_pack_uint32(source_mtime)]
    if source_size is not None:
        expected.append(_pack_uint32(source_size))
    if data[8:8 + 4 * len(expected)] != b"".join(expected):
        message = f"bytecode is stale for {name!r}"
        _verbose_message("{}", message)
        raise ImportError(message, **exc_details)


def _validate_hash_pyc(data, source_hash, name, exc_details):
    """ImportError if the bytecode file is of another source."""
    if data[8:_HEADER_SIZE] != source_hash:
        raise ImportError(f"hash in bytecode doesn't match hash of source {name!r}", **exc_details)


def _with_filename(code, path):
    """The code object, and those in it, as of another file."""
    constants = tuple(_with_filename(constant, path) if isinstance(constant, _code_type)
                      else constant for constant in code.co_consts)
    return code.replace(co_filename=path, co_consts=constants)


def _compile_bytecode(data, name=None, bytecode_path=None, source_path=None):
    """The code object in the body of a bytecode file, as of the source given."""
    code = marshal.loads(data)
    if not isinstance(code, _code_type):
        raise ImportError(f"Non-code object in {bytecode_path!r}", name=name, path=bytecode_path)
    _verbose_message("code object from {!r}", bytecode_path)
    if source_path is not None and code.co_filename != source_path:
        code = _with_filename(code, source_path)
    return code


def _code_to_timestamp_pyc(code, mtime=0, source_size=0):
    """The content of a bytecode file that is good as long as the source has that date and size."""
    return bytearray(MAGIC_NUMBER + _pack_uint32(0) + _pack_uint32(mtime)
                     + _pack_uint32(source_size) + marshal.dumps(code))


def _code_to_hash_pyc(code, source_hash, checked=True):
    """The content of a bytecode file that is good for source with that hash."""
    assert len(source_hash) == 8
    flags = _HASHED | (_CHECKED if checked else 0)
    return bytearray(MAGIC_NUMBER + _pack_uint32(flags) + source_hash + marshal.dumps(code))
