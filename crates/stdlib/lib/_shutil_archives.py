"""Archives of shutil: the registries of formats, and tar and zip files made and unpacked."""

__name__ = "shutil"

import errno
import os
import stat
import sys

try:
    import zlib
    del zlib
    _ZLIB_SUPPORTED = True
except ImportError:
    _ZLIB_SUPPORTED = False
try:
    import _bz2
    del _bz2
    _BZ2_SUPPORTED = True
except ImportError:
    _BZ2_SUPPORTED = False
try:
    import _lzma
    del _lzma
    _LZMA_SUPPORTED = True
except ImportError:
    _LZMA_SUPPORTED = False


class ReadError(OSError):
    """Raised when an archive cannot be read"""


class RegistryError(Exception):
    """Raised when a registry operation with the archiving and unpacking registries fails"""


def _get_gid(name):
    """Give the number of a group; None if it is unknown."""
    if name is None:
        return None
    try:
        from grp import getgrnam
        return getgrnam(name)[2]
    except (ImportError, KeyError):
        return None


def _get_uid(name):
    """Give the number of a user; None if it is unknown."""
    if name is None:
        return None
    try:
        from pwd import getpwnam
        return getpwnam(name)[2]
    except (ImportError, KeyError):
        return None


def _make_archive_directory(path, dry_run, logger):
    if path and not os.path.exists(path):
        if logger is not None:
            logger.info("creating %s", path)
        if not dry_run:
            os.makedirs(path)


def _make_tarball(base_name, base_dir, compress="gzip", verbose=0, dry_run=0, owner=None,
                  group=None, logger=None, root_dir=None):
    """Make a tar file of a directory; give its name."""
    kinds = {None: ''}
    if _ZLIB_SUPPORTED:
        kinds['gzip'] = 'gz'
    if _BZ2_SUPPORTED:
        kinds['bzip2'] = 'bz2'
    if _LZMA_SUPPORTED:
        kinds['xz'] = 'xz'
    if compress not in kinds:
        raise ValueError("bad value for 'compress', or compression format not "
                         f"supported : {compress}")
    import tarfile
    kind = kinds[compress]
    archive_name = base_name + '.tar' + ('.' + kind if compress else '')
    _make_archive_directory(os.path.dirname(archive_name), dry_run, logger)
    if logger is not None:
        logger.info('Creating tar archive')
    uid, gid = _get_uid(owner), _get_gid(group)

    def set_owner(tarinfo):
        if gid is not None:
            tarinfo.gid, tarinfo.gname = gid, group
        if uid is not None:
            tarinfo.uid, tarinfo.uname = uid, owner
        return tarinfo

    if not dry_run:
        name_in_archive = base_dir
        if root_dir is not None:
            base_dir = os.path.join(root_dir, base_dir)
        with tarfile.open(archive_name, f'w|{kind}') as tar:
            tar.add(base_dir, name_in_archive, filter=set_owner)
    return archive_name if root_dir is None else os.path.abspath(archive_name)


def _make_zipfile(base_name, base_dir, verbose=0, dry_run=0, logger=None, owner=None,
                  group=None, root_dir=None):
    """Make a zip file of a directory; give its name."""
    import zipfile
    zip_filename = base_name + ".zip"
    _make_archive_directory(os.path.dirname(base_name), dry_run, logger)
    if logger is not None:
        logger.info("creating '%s' and adding '%s' to it", zip_filename, base_dir)

    def add(archive, path, name):
        archive.write(path, name)
        if logger is not None:
            logger.info("adding '%s'", path)

    if not dry_run:
        with zipfile.ZipFile(zip_filename, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            name_in_archive = os.path.normpath(base_dir)
            if root_dir is not None:
                base_dir = os.path.join(root_dir, base_dir)
            base_dir = os.path.normpath(base_dir)
            if name_in_archive != os.curdir:
                add(archive, base_dir, name_in_archive)
            for dirpath, dirnames, filenames in os.walk(base_dir):
                inside = dirpath if root_dir is None else os.path.relpath(dirpath, root_dir)
                inside = os.path.normpath(inside)
                for name in sorted(dirnames):
                    add(archive, os.path.join(dirpath, name), os.path.join(inside, name))
                for name in filenames:
                    path = os.path.normpath(os.path.join(dirpath, name))
                    if os.path.isfile(path):
                        add(archive, path, os.path.join(inside, name))
    return zip_filename if root_dir is None else os.path.abspath(zip_filename)


_make_tarball.supports_root_dir = True
_make_zipfile.supports_root_dir = True

# Name: (function, its further arguments, description).
_ARCHIVE_FORMATS = {
    'tar': (_make_tarball, [('compress', None)], "uncompressed tar file"),
}
if _ZLIB_SUPPORTED:
    _ARCHIVE_FORMATS['gztar'] = (_make_tarball, [('compress', 'gzip')], "gzip'ed tar-file")
    _ARCHIVE_FORMATS['zip'] = (_make_zipfile, [], "ZIP file")
if _BZ2_SUPPORTED:
    _ARCHIVE_FORMATS['bztar'] = (_make_tarball, [('compress', 'bzip2')], "bzip2'ed tar-file")
if _LZMA_SUPPORTED:
    _ARCHIVE_FORMATS['xztar'] = (_make_tarball, [('compress', 'xz')], "xz'ed tar-file")


def get_archive_formats():
    """Returns a list of supported formats for archiving: pairs of name and description."""
    return sorted((name, entry[2]) for name, entry in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=''):
    """Registers an archive format: a function that makes it, and pairs of names and values to
    be passed to the function."""
    arguments = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError(f'The {function} object is not callable')
    if not isinstance(arguments, (tuple, list)):
        raise TypeError('extra_args needs to be a sequence')
    if any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in arguments):
        raise TypeError('extra_args elements are : (arg_name, value)')
    _ARCHIVE_FORMATS[name] = function, arguments, description


def unregister_archive_format(name):
    """Remove a format."""
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0,
                 owner=None, group=None, logger=None):
    """Create an archive file (eg. zip or tar); gives its name.

    base_name is the name without its ending; format one of get_archive_formats(). The archive
    has base_dir and what is in it, seen from root_dir; both are the working directory by
    default. owner and group are for tar files.
    """
    sys.audit("shutil.make_archive", base_name, format, root_dir, base_dir)
    try:
        function, extra_args, _ = _ARCHIVE_FORMATS[format]
    except KeyError:
        raise ValueError(f"unknown archive format '{format}'") from None
    kwargs = {'dry_run': dry_run, 'logger': logger, 'owner': owner, 'group': group,
              **dict(extra_args)}
    if base_dir is None:
        base_dir = os.curdir
    saved_cwd = None
    if root_dir is not None:
        if not stat.S_ISDIR(os.stat(root_dir).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, 'Not a directory', root_dir)
        if getattr(function, 'supports_root_dir', False):
            base_name = os.fspath(base_name)
            kwargs['root_dir'] = root_dir
        else:
            saved_cwd = os.getcwd()
            if logger is not None:
                logger.debug("changing into '%s'", root_dir)
            base_name = os.path.abspath(base_name)
            if not dry_run:
                os.chdir(root_dir)
    try:
        return function(base_name, base_dir, **kwargs)
    finally:
        if saved_cwd is not None:
            if logger is not None:
                logger.debug("changing back to '%s'", saved_cwd)
            os.chdir(saved_cwd)


def get_unpack_formats():
    """Returns a list of supported formats for unpacking: tuples of name, extensions and
    description."""
    return sorted((name, entry[0], entry[3]) for name, entry in _UNPACK_FORMATS.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=''):
    """Registers an unpack format: the extensions of its files, a function that unpacks them,
    and pairs of names and values to be passed to the function."""
    known = {extension: other for other, entry in _UNPACK_FORMATS.items()
             for extension in entry[0]}
    for extension in extensions:
        if extension in known:
            raise RegistryError(
                f'{extension} is already registered for "{known[extension]}"')
    if not callable(function):
        raise TypeError('The registered function must be a callable')
    _UNPACK_FORMATS[name] = extensions, function, extra_args or [], description


def unregister_unpack_format(name):
    """Removes the pack format from the registry."""
    del _UNPACK_FORMATS[name]


def _ensure_directory(path):
    """Make the directory in which the file is to be."""
    dirname = os.path.dirname(path)
    if not os.path.isdir(dirname):
        os.makedirs(dirname)


def _unpack_zipfile(filename, extract_dir):
    """Unpack a zip file; names that lead out of the directory are left out."""
    import zipfile
    from shutil import copyfileobj
    if not zipfile.is_zipfile(filename):
        raise ReadError(f"{filename} is not a zip file")
    with zipfile.ZipFile(filename) as archive:
        for name in archive.namelist():
            leads_out = name.startswith('/') or '..' in name
            target = os.path.join(extract_dir, *name.split('/'))
            if leads_out or not target:
                continue
            _ensure_directory(target)
            if name[-1:] != '/':
                with archive.open(name) as packed, open(target, 'wb') as file:
                    copyfileobj(packed, file)


def _unpack_tarfile(filename, extract_dir, *, filter=None):
    """Unpack a tar file, compressed or not."""
    import tarfile
    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError(f"{filename} is not a compressed or uncompressed tar file")
    with archive:
        archive.extractall(extract_dir, filter=filter)


# Name: (extensions, function, its further arguments, description).
_UNPACK_FORMATS = {
    'tar': (['.tar'], _unpack_tarfile, [], "uncompressed tar file"),
    'zip': (['.zip'], _unpack_zipfile, [], "ZIP file"),
}
if _ZLIB_SUPPORTED:
    _UNPACK_FORMATS['gztar'] = (['.tar.gz', '.tgz'], _unpack_tarfile, [], "gzip'ed tar-file")
if _BZ2_SUPPORTED:
    _UNPACK_FORMATS['bztar'] = (['.tar.bz2', '.tbz2'], _unpack_tarfile, [],
                                "bzip2'ed tar-file")
if _LZMA_SUPPORTED:
    _UNPACK_FORMATS['xztar'] = (['.tar.xz', '.txz'], _unpack_tarfile, [], "xz'ed tar-file")


def _find_unpack_format(filename):
    for name, entry in _UNPACK_FORMATS.items():
        if any(filename.endswith(extension) for extension in entry[0]):
            return name
    return None


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive into a directory, the working directory by default.

    The format is one of get_unpack_formats(); by default, the file's extension tells. filter
    is for tar files, as for TarFile.extractall.
    """
    sys.audit("shutil.unpack_archive", filename, extract_dir, format)
    extract_dir = os.getcwd() if extract_dir is None else os.fspath(extract_dir)
    filename = os.fspath(filename)
    if format is None:
        format = _find_unpack_format(filename)
        if format is None:
            raise ReadError(f"Unknown archive format '{filename}'")
    elif format not in _UNPACK_FORMATS:
        raise ValueError(f"Unknown unpack format '{format}'")
    _, function, extra_args, _ = _UNPACK_FORMATS[format]
    kwargs = dict(extra_args)
    if filter is not None:
        kwargs['filter'] = filter
    function(filename, extract_dir, **kwargs)
