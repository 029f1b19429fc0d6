"""Modules in zip files: zipimporter finds and loads them.

The directory of an archive is read once and kept in `_zip_directory_cache`, as a dictionary from the
names in it to tuples: the path for __file__, the kind of compression, the sizes on disk and
uncompressed, the place of the entry, its time and date as DOS counts them, and its checksum.  Names
of folders end with a slash.
"""

import _imp
import _io
import marshal
import sys

from importlib import _bootstrap, _bootstrap_external
from importlib._bootstrap_external import _path_join, _path_split, path_sep

__all__ = ['ZipImportError', 'zipimporter']

_zip_directory_cache = {}

_END_SIZE = 22
_END_MARK = b'PK\x05\x06'
_ENTRY_SIZE = 46
_ENTRY_MARK = b'PK\x01\x02'
_LOCAL_SIZE = 30
_LOCAL_MARK = b'PK\x03\x04'
_LONGEST_COMMENT = (1 << 16) - 1
_UTF8_NAME = 0x800

# What a module's name may be followed by: whether that is bytecode, and a package.
_zip_searchorder = (
    (path_sep + '__init__.pyc', True, True),
    (path_sep + '__init__.py', False, True),
    ('.pyc', True, False),
    ('.py', False, False),
)


class ZipImportError(ImportError):
    """There is no such archive, or no such module in it."""


class zipimporter(_bootstrap_external._LoaderBasics):
    """Finds and loads modules in an archive, or in a folder of it.

    The path is that of the archive, followed by that of a folder in it.  `archive` and `prefix` are
    these parts.
    """

    def __init__(self, path):
        if not isinstance(path, str):
            raise TypeError(f"expected str, not {type(path)!r}")
        if not path:
            raise ZipImportError('archive path is empty', path=path)
        archive, inner = _split_archive(path)
        if archive not in _zip_directory_cache:
            _zip_directory_cache[archive] = _read_directory(archive)
        self._files = _zip_directory_cache[archive]
        self.archive = archive
        self.prefix = _path_join(*inner)
        if self.prefix:
            self.prefix += path_sep

    def __repr__(self):
        return f'<zipimporter object "{self.archive}{path_sep}{self.prefix}">'

    # Finding.

    def _path_of(self, fullname):
        """The path in the archive that a module would have, without a suffix."""
        return self.prefix + fullname.rpartition('.')[2]

    def _candidates(self, fullname):
        """The entries that could be a module: path, whether that is bytecode, and a package."""
        path = self._path_of(fullname)
        for suffix, is_bytecode, is_package in _zip_searchorder:
            _bootstrap._verbose_message('trying {}{}{}{}', self.archive, path_sep, path, suffix,
                                        verbosity=2)
            if path + suffix in self._files:
                yield path + suffix, is_bytecode, is_package

    def find_spec(self, fullname, target=None):
        """The spec of a module, None if the archive does not have it."""
        for _, _, is_package in self._candidates(fullname):
            return _bootstrap.spec_from_loader(fullname, self, is_package=is_package)
        path = self._path_of(fullname)
        if path + path_sep not in self._files:
            return None
        # A folder: perhaps part of a package without __init__.py.
        spec = _bootstrap.ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations.append(f'{self.archive}{path_sep}{path}')
        return spec

    def is_package(self, fullname):
        """Whether a module is a package; ZipImportError if there is none such."""
        for _, _, is_package in self._candidates(fullname):
            return is_package
        raise _not_found(fullname)

    def get_filename(self, fullname):
        """What the module's __file__ is; ZipImportError if it cannot be loaded."""
        return self._load_code(fullname)[2]

    def get_source(self, fullname):
        """The source of a module, None if there is only bytecode; ZipImportError if there is no
        such module."""
        path = self._path_of(fullname)
        path += path_sep + '__init__.py' if self.is_package(fullname) else '.py'
        entry = self._files.get(path)
        return None if entry is None else _get_data(self.archive, entry).decode()

    def get_code(self, fullname):
        """The code object of a module; ZipImportError if it cannot be loaded."""
        return self._load_code(fullname)[0]

    def get_data(self, pathname):
        """The content of an entry, by its path in the archive or with that of the archive."""
        name = pathname.removeprefix(self.archive + path_sep)
        if name not in self._files:
            raise OSError(0, '', name)
        return _get_data(self.archive, self._files[name])

    def get_resource_reader(self, fullname):
        """A reader of the files of a package, None for other modules."""
        try:
            if not self.is_package(fullname):
                return None
        except ZipImportError:
            return None
        from importlib.readers import ZipReader
        return ZipReader(self, fullname)

    def invalidate_caches(self):
        """Read the directory of the archive anew."""
        try:
            self._files = _zip_directory_cache[self.archive] = _read_directory(self.archive)
        except ZipImportError:
            self._files = {}
            _zip_directory_cache.pop(self.archive, None)

    # Loading.

    def load_module(self, fullname):
        """Load a module into sys.modules and give it.  Deprecated: use exec_module()."""
        import warnings
        warnings.warn("zipimport.zipimporter.load_module() is deprecated and slated for "
                      "removal in Python 3.12; use exec_module() instead", DeprecationWarning)
        code, is_package, path = self._load_code(fullname)
        kind = type(sys)
        module = sys.modules.get(fullname)
        if not isinstance(module, kind):
            module = sys.modules[fullname] = kind(fullname)
        module.__loader__ = self
        try:
            if is_package:
                module.__path__ = [_path_join(self.archive, self._path_of(fullname))]
            module.__dict__.setdefault('__builtins__', __builtins__)
            _bootstrap_external._fix_up_module(module.__dict__, fullname, path)
            exec(code, module.__dict__)
        except BaseException:
            del sys.modules[fullname]
            raise
        if fullname not in sys.modules:
            raise ImportError(f'Loaded module {fullname!r} not found in sys.modules')
        _bootstrap._verbose_message('import {} # loaded from Zip {}', fullname, path)
        return sys.modules[fullname]

    def _load_code(self, fullname):
        """The code object of a module, whether that is a package, and the path for __file__."""
        failure = None
        for name, is_bytecode, is_package in self._candidates(fullname):
            entry = self._files[name]
            data = _get_data(self.archive, entry)
            if is_bytecode:
                try:
                    code = self._unmarshal(data, entry[0], name, fullname)
                except ImportError as error:
                    failure = error
                    continue
            else:
                source = data.replace(b'\r\n', b'\n').replace(b'\r', b'\n')
                code = compile(source, entry[0], 'exec', dont_inherit=True)
            if code is not None:
                return code, is_package, entry[0]
        if failure is None:
            raise _not_found(fullname)
        raise ZipImportError(f"module load failed: {failure}", name=fullname) from failure

    def _unmarshal(self, data, path, name, fullname):
        """The code object in a bytecode file; None if that is older than the source beside it."""
        about = {'name': fullname, 'path': name}
        flags = _bootstrap_external._classify_pyc(data, fullname, about)
        source = self._files.get(name[:-1])
        if flags & _bootstrap_external._HASHED:
            habit = _imp.check_hash_based_pycs
            asked = flags & _bootstrap_external._CHECKED or habit == 'always'
            if source is not None and habit != 'never' and asked:
                found = _imp.source_hash(_bootstrap_external._RAW_MAGIC_NUMBER,
                                         _get_data(self.archive, source))
                _bootstrap_external._validate_hash_pyc(data, found, fullname, about)
        elif source is not None and not _is_of(data, source):
            _bootstrap._verbose_message('bytecode is stale for {!r}', fullname)
            return None
        code = marshal.loads(data[_bootstrap_external._HEADER_SIZE:])
        if not isinstance(code, _bootstrap_external._code_type):
            raise TypeError(f'compiled module {path!r} is not a code object')
        return code


def _not_found(fullname):
    return ZipImportError(f"can't find module {fullname!r}", name=fullname)


def _is_of(bytecode, source):
    """Whether a bytecode file was made from the entry of a source file."""
    mtime = _as_timestamp(*source[6:4:-1])
    if not mtime:
        return True
    recorded = _number(bytecode[8:12])
    # DOS counts every other second.
    return abs(recorded - mtime) <= 1 and _number(bytecode[12:16]) == source[3]


def _as_timestamp(date, time):
    """A date and time as DOS counts them, in seconds."""
    from time import mktime
    try:
        return mktime((1980 + (date >> 9), date >> 5 & 15, date & 31,
                       time >> 11, time >> 5 & 63, (time & 31) * 2, -1, -1, -1))
    except (TypeError, OverflowError):
        return 0


def _number(data):
    return int.from_bytes(data, 'little')


# Archives -----------------------------------------------------------------------------------

def _split_archive(path):
    """The file that a path begins with, and what follows, as a list of names."""
    inner = []
    while True:
        try:
            status = _bootstrap_external._path_stat(path)
        except (OSError, ValueError):
            shorter, name = _path_split(path)
            if shorter == path:
                raise ZipImportError('not a Zip file', path=path)
            inner.insert(0, name)
            path = shorter
            continue
        if status.st_mode & 0o170000 != 0o100000:
            raise ZipImportError('not a Zip file', path=path)
        return path, inner


def _unreadable(archive, complaint="can't read Zip file"):
    return ZipImportError(f'{complaint}: {archive!r}', path=archive)


def _find_end(file, archive):
    """The place and the bytes of the record at the end of an archive."""
    try:
        size = file.seek(0, 2)
        place = file.seek(-_END_SIZE, 2)
        record = file.read(_END_SIZE)
    except OSError:
        raise _unreadable(archive)
    if len(record) != _END_SIZE:
        raise _unreadable(archive)
    if record[:4] == _END_MARK:
        return place, record
    # Perhaps a comment follows.
    try:
        file.seek(max(size - _LONGEST_COMMENT - _END_SIZE, 0))
        tail = file.read()
    except OSError:
        raise _unreadable(archive)
    found = tail.rfind(_END_MARK)
    if found < 0:
        raise _unreadable(archive, 'not a Zip file')
    record = tail[found:found + _END_SIZE]
    if len(record) != _END_SIZE:
        raise _unreadable(archive, 'corrupt Zip file')
    return size - len(tail) + found, record


def _read_directory(archive):
    """The entries of an archive by their names."""
    try:
        file = _io.open_code(archive)
    except OSError:
        raise _unreadable(archive, "can't open Zip file")
    with file:
        began = file.tell()
        try:
            files = _read_entries(file, archive)
        finally:
            file.seek(began)
    _bootstrap._verbose_message('zipimport: found {} names in {!r}', len(files), archive)
    return files


def _read_entries(file, archive):
    place, record = _find_end(file, archive)
    size, offset = _number(record[12:16]), _number(record[16:20])
    if place < size:
        raise _unreadable(archive, 'bad central directory size')
    if place < offset:
        raise _unreadable(archive, 'bad central directory offset')
    # Something may have been put before the archive.
    shift = place - size - offset
    if shift < 0:
        raise _unreadable(archive, 'bad central directory size or offset')
    try:
        file.seek(place - size)
    except OSError:
        raise _unreadable(archive)
    files = {}
    while True:
        header = file.read(_ENTRY_SIZE)
        if len(header) < 4:
            raise EOFError('EOF read where not expected')
        if header[:4] != _ENTRY_MARK:
            return files
        if len(header) != _ENTRY_SIZE:
            raise EOFError('EOF read where not expected')
        flags, compression, time, date = (_number(header[at:at + 2]) for at in range(8, 16, 2))
        checksum, packed, unpacked = (_number(header[at:at + 4]) for at in range(16, 28, 4))
        name_size, extra, comment = (_number(header[at:at + 2]) for at in range(28, 34, 2))
        local = _number(header[42:46])
        if local > offset:
            raise _unreadable(archive, 'bad local header offset')
        try:
            name = file.read(name_size)
            rest = file.read(extra + comment)
        except OSError:
            raise _unreadable(archive)
        if len(name) != name_size or len(rest) != extra + comment:
            raise _unreadable(archive)
        name = _decode_name(name, flags)
        files[name] = (_path_join(archive, name), compression, packed, unpacked, local + shift,
                       time, date, checksum)


def _decode_name(name, flags):
    if flags & _UTF8_NAME:
        return name.decode()
    try:
        return name.decode('ascii')
    except UnicodeDecodeError:
        return name.decode('cp437')


def _get_data(archive, toc_entry):
    """The content of an entry, uncompressed."""
    _, compression, packed, _, place, _, _, _ = toc_entry
    if packed < 0:
        raise ZipImportError('negative data size')
    with _io.open_code(archive) as file:
        try:
            file.seek(place)
            header = file.read(_LOCAL_SIZE)
            if len(header) != _LOCAL_SIZE:
                raise EOFError('EOF read where not expected')
            if header[:4] != _LOCAL_MARK:
                raise _unreadable(archive, 'bad local file header')
            file.seek(place + _LOCAL_SIZE + _number(header[26:28]) + _number(header[28:30]))
        except OSError:
            raise _unreadable(archive)
        data = file.read(packed)
    if len(data) != packed:
        raise OSError("zipimport: can't read data")
    return data if compression == 0 else _get_decompress_func()(data, -15)


# True while zlib is being imported, which might be asked of an archive.
_importing_zlib = False


def _get_decompress_func():
    global _importing_zlib
    if not _importing_zlib:
        _importing_zlib = True
        try:
            from zlib import decompress
            return decompress
        except Exception:
            pass
        finally:
            _importing_zlib = False
    _bootstrap._verbose_message('zipimport: zlib UNAVAILABLE')
    raise ZipImportError("can't decompress data; zlib not available")


# The interpreter need not ask it for what is no zip file.
zipimporter._native_hook = zipimporter
_bootstrap_external._take_place(_bootstrap_external._library.importers()[2], zipimporter)
