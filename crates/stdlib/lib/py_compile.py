"""Compiling source files to bytecode files.

A bytecode file is good for the interpreter that wrote it, and others of the same version."""

import enum
import importlib._bootstrap_external as _files
import importlib.machinery
import importlib.util
import os
import sys

__all__ = ["compile", "main", "PyCompileError", "PycInvalidationMode"]


class PyCompileError(Exception):
    """A file cannot be compiled.

    `exc_type_name` is the name of the error's type, `exc_value` the error, `file` the file, and
    `msg` what is to be shown, by default as the interpreter would.
    """

    def __init__(self, exc_type, exc_value, file, msg=''):
        name = exc_type.__name__
        if not msg:
            import traceback
            shown = ''.join(traceback.format_exception_only(exc_type, exc_value))
            if exc_type is SyntaxError:
                shown = shown.replace('File "<string>"', f'File "{file}"')
            else:
                shown = f"Sorry: {name}: {exc_value}"
            msg = shown
        super().__init__(msg, name, exc_value, file)
        self.exc_type_name = name
        self.exc_value = exc_value
        self.file = file
        self.msg = msg

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    """How it is told whether a bytecode file is out of date: by date and size of the source, by a
    hash of it, or by a hash that is not compared."""

    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def _get_default_invalidation_mode():
    reproducible = os.environ.get('SOURCE_DATE_EPOCH')
    return PycInvalidationMode.CHECKED_HASH if reproducible else PycInvalidationMode.TIMESTAMP


def _check_target(path):
    """Refuse what would be replaced by a plain file and is something else."""
    what = None
    if os.path.islink(path):
        what = 'a symlink and will be changed into a regular file'
    elif os.path.exists(path) and not os.path.isfile(path):
        what = 'a non-regular file and will be changed into a regular one'
    if what is not None:
        raise FileExistsError(f'{path} is {what} if import writes a byte-compiled file to it')


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None,
            quiet=0):
    """Compile a source file, and write the code to a bytecode file; the path of that.

    file: the source.
    cfile: the bytecode file, by default that which imports use.
    dfile: what the file is called in errors, by default its path.
    doraise: errors of the source raise PyCompileError; else they are shown on standard error, and
        the result is None.
    optimize: as for compile(); -1 for the interpreter's own level.
    invalidation_mode: a PycInvalidationMode.
    quiet: with 2 errors are neither raised nor shown.
    """
    mode = invalidation_mode or _get_default_invalidation_mode()
    if cfile is None:
        level = None if optimize < 0 else optimize or ''
        cfile = importlib.util.cache_from_source(file, optimization=level)
    _check_target(cfile)
    loader = importlib.machinery.SourceFileLoader('<py_compile>', file)
    source = loader.get_data(file)
    try:
        code = loader.source_to_code(source, dfile or file, _optimize=optimize)
    except Exception as problem:
        error = PyCompileError(type(problem), problem, dfile or file)
        if quiet >= 2:
            return None
        if doraise:
            raise error
        sys.stderr.write(f'{error.msg}\n')
        return None
    folder = os.path.dirname(cfile)
    if folder:
        os.makedirs(folder, exist_ok=True)
    if mode is PycInvalidationMode.TIMESTAMP:
        status = loader.path_stats(file)
        content = _files._code_to_timestamp_pyc(code, status['mtime'], status['size'])
    else:
        content = _files._code_to_hash_pyc(code, importlib.util.source_hash(source),
                                           mode is PycInvalidationMode.CHECKED_HASH)
    _files._write_atomic(cfile, content, _files._calc_mode(file))
    return cfile


def main():
    """Compile the files that the command line names; `-` reads the names from standard input."""
    import argparse
    parser = argparse.ArgumentParser(
        description='A simple command-line interface for py_compile module.')
    parser.add_argument('-q', '--quiet', action='store_true', help='Suppress error output')
    parser.add_argument('filenames', nargs='+', help='Files to compile')
    args = parser.parse_args()
    names = args.filenames
    if names == ['-']:
        names = [line.rstrip('\n') for line in sys.stdin]
    for name in names:
        try:
            compile(name, doraise=True)
        except (PyCompileError, OSError) as error:
            if args.quiet:
                parser.exit(1)
            parser.exit(1, error.msg if isinstance(error, PyCompileError) else str(error))


if __name__ == "__main__":
    main()
