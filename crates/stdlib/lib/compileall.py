"""Compiling all modules in folders, or on sys.path, to bytecode files.

As a script it takes files and folders; `-h` tells the options.
"""

import importlib.util
import os
import py_compile
import struct
import sys

__all__ = ["compile_dir", "compile_file", "compile_path"]

_DDIR_ALONE = ("Destination dir (ddir) cannot be used "
               "in combination with stripdir or prependdir")
_NOTHING_TO_LINK = ("Hardlinking of duplicated bytecode makes sense "
                    "only for more than one optimization level")


def _walk_dir(dir, maxlevels, quiet=0):
    """The files in a folder, and in folders in it down to a depth."""
    if quiet < 2 and isinstance(dir, os.PathLike):
        dir = os.fspath(dir)
    if not quiet:
        print(f'Listing {dir!r}...')
    try:
        names = sorted(os.listdir(dir))
    except OSError:
        if quiet < 2:
            print(f"Can't list {dir!r}")
        return
    for name in names:
        path = os.path.join(dir, name)
        if name == '__pycache__':
            continue
        if not os.path.isdir(path):
            yield path
        elif maxlevels > 0 and not os.path.islink(path):
            yield from _walk_dir(path, maxlevels - 1, quiet)


def compile_dir(dir, maxlevels=None, ddir=None, force=False, rx=None, quiet=0, legacy=False,
                optimize=-1, workers=1, invalidation_mode=None, *, stripdir=None, prependdir=None,
                limit_sl_dest=None, hardlink_dupes=False):
    """Compile the source files in a folder and in those in it; whether that went well.

    maxlevels: how deep to go; by default as deep as functions may call each other.
    ddir: what the folder is called in the bytecode files.
    workers: how many processes to use; 0 for as many as seems good.
    The further arguments are those of compile_file().
    """
    if ddir is not None:
        if stripdir is not None or prependdir is not None:
            raise ValueError(_DDIR_ALONE)
        stripdir, prependdir = dir, ddir
    if workers < 0:
        raise ValueError('workers must be greater or equal to 0')
    options = {'force': force, 'rx': rx, 'quiet': quiet, 'legacy': legacy, 'optimize': optimize,
               'invalidation_mode': invalidation_mode, 'stripdir': stripdir,
               'prependdir': prependdir, 'limit_sl_dest': limit_sl_dest,
               'hardlink_dupes': hardlink_dupes}
    files = _walk_dir(dir, sys.getrecursionlimit() if maxlevels is None else maxlevels, quiet)
    pool = None if workers == 1 else _pool(workers)
    if pool is not None:
        from functools import partial
        with pool:
            return bool(min(pool.map(partial(compile_file, **options), files), default=True))
    outcomes = [compile_file(file, **options) for file in files]
    return all(outcomes)


def _pool(workers):
    """What runs several processes; None where there cannot be several."""
    try:
        from concurrent.futures import ProcessPoolExecutor
        return ProcessPoolExecutor and ProcessPoolExecutor(max_workers=workers or None)
    except (ImportError, NotImplementedError):
        return None


def _name_in_code(path, ddir, stripdir, prependdir):
    """What a source file is called in its bytecode file; None for its path."""
    if ddir is not None:
        return os.path.join(ddir, os.path.basename(path))
    name = None
    if stripdir is not None:
        left = path.split(os.path.sep)
        for own, stripped in zip(list(left), os.fspath(stripdir).split(os.path.sep)):
            if own == stripped:
                left.remove(stripped)
        name = os.path.join(*left)
    if prependdir is not None:
        name = os.path.join(prependdir, path if name is None else name)
    return name


def _targets(path, levels, legacy):
    """The bytecode files of a source file, by levels of optimization."""
    if legacy:
        return dict.fromkeys(levels, path + 'c')
    names = {level: None if level < 0 else level or '' for level in levels}
    return {level: importlib.util.cache_from_source(path, optimization=name)
            for level, name in names.items()}


def _are_new(path, targets):
    """Whether all bytecode files are there and were made when the source was as it is."""
    try:
        mtime = int(os.stat(path).st_mtime)
        wanted = struct.pack('<4sLL', importlib.util.MAGIC_NUMBER, 0, mtime & 0xFFFF_FFFF)
        for target in targets:
            with open(target, 'rb') as file:
                if file.read(12) != wanted:
                    return False
    except OSError:
        return False
    return True


def _same_content(one, other):
    with open(one, 'rb') as first, open(other, 'rb') as second:
        return first.read() == second.read()


def compile_file(fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1,
                 invalidation_mode=None, *, stripdir=None, prependdir=None, limit_sl_dest=None,
                 hardlink_dupes=False):
    """Compile a source file, unless its bytecode files are up to date; whether that went well.

    ddir: the folder that it is said to be in, in the bytecode file.
    force: compile it in any case.
    rx: files whose paths this regular expression finds something in are left out.
    quiet: 1 shows errors only, 2 nothing at all.
    legacy: write the bytecode file beside the source.
    optimize: the level of optimization, or several; -1 for the interpreter's own.
    invalidation_mode: a py_compile.PycInvalidationMode.
    stripdir, prependdir: what the path in the bytecode file lacks of the file's, and begins with.
    limit_sl_dest: links to files outside of this folder are left out.
    hardlink_dupes: bytecode files of several levels that are equal become links to one file.
    """
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError(_DDIR_ALONE)
    path = os.fspath(fullname)
    shown = _name_in_code(path, ddir, stripdir, prependdir)
    levels = sorted({optimize} if isinstance(optimize, int) else set(optimize))
    if hardlink_dupes and len(levels) < 2:
        raise ValueError(_NOTHING_TO_LINK)
    if rx is not None and rx.search(path):
        return True
    if limit_sl_dest is not None and os.path.islink(path):
        from pathlib import Path
        if Path(limit_sl_dest).resolve() not in Path(path).resolve().parents:
            return True
    if not (path.endswith('.py') and os.path.isfile(path)):
        return True
    targets = _targets(path, levels, legacy)
    if not force and _are_new(path, targets.values()):
        return True
    if not quiet:
        print(f'Compiling {path!r}...')
    try:
        before = None
        for level in levels:
            target = targets[level]
            made = py_compile.compile(path, target, shown, True, optimize=level,
                                      invalidation_mode=invalidation_mode)
            if hardlink_dupes and before is not None and _same_content(target, before):
                os.unlink(target)
                os.link(before, target)
            before = target
        return made is not None
    except py_compile.PyCompileError as error:
        message = error.msg
    except (SyntaxError, UnicodeError, OSError) as error:
        message = f'{type(error).__name__}: {error}'
    if quiet < 2:
        print(f'*** Error compiling {path!r}...' if quiet else '*** ', end='\n' if quiet else '')
        # The output need not have all characters.
        encoding = sys.stdout.encoding or sys.getdefaultencoding()
        print(message.encode(encoding, errors='backslashreplace').decode(encoding))
    return False


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1,
                 invalidation_mode=None):
    """Compile the source files in the folders of sys.path, perhaps without the current one; whether
    that went well."""
    success = True
    for folder in sys.path:
        if skip_curdir and folder in ('', os.curdir):
            if quiet < 2:
                print('Skipping current directory')
        elif success:
            success = compile_dir(folder, maxlevels, None, force, quiet=quiet, legacy=legacy,
                                  optimize=optimize, invalidation_mode=invalidation_mode)
    return success


def _parser():
    import argparse
    parser = argparse.ArgumentParser(
        description='Utilities to support installing Python libraries.')
    add = parser.add_argument
    add('-l', action='store_const', const=0, default=None, dest='maxlevels',
        help="don't recurse into subdirectories")
    add('-r', type=int, dest='recursion',
        help='control the maximum recursion level. if `-l` and `-r` options are specified, '
             'then `-r` takes precedence.')
    add('-f', action='store_true', dest='force',
        help='force rebuild even if timestamps are up to date')
    add('-q', action='count', dest='quiet', default=0,
        help='output only error messages; -qq will suppress the error messages as well.')
    add('-b', action='store_true', dest='legacy',
        help='use legacy (pre-PEP3147) compiled file locations')
    add('-d', metavar='DESTDIR', dest='ddir', default=None,
        help='directory to prepend to file paths for use in compile-time tracebacks and in '
             'runtime tracebacks in cases where the source file is unavailable')
    add('-s', metavar='STRIPDIR', dest='stripdir', default=None,
        help='part of path to left-strip from path to source file - for example buildroot. '
             '`-d` and `-s` options cannot be specified together.')
    add('-p', metavar='PREPENDDIR', dest='prependdir', default=None,
        help='path to add as prefix to path to source file - for example / to make it absolute '
             'when some part is removed by `-s` option. '
             '`-d` and `-p` options cannot be specified together.')
    add('-x', metavar='REGEXP', dest='rx', default=None,
        help='skip files matching the regular expression; the regexp is searched for in the full '
             'path of each file considered for compilation')
    add('-i', metavar='FILE', dest='flist',
        help='add all the files and directories listed in FILE to the list considered for '
             'compilation; if "-", names are read from stdin')
    add('compile_dest', metavar='FILE|DIR', nargs='*',
        help='zero or more file and directory names to compile; if no arguments given, defaults '
             'to the equivalent of -l sys.path')
    add('-j', '--workers', default=1, type=int, help='Run compileall concurrently')
    modes = sorted(mode.name.lower().replace('_', '-') for mode in py_compile.PycInvalidationMode)
    add('--invalidation-mode', choices=modes,
        help='set .pyc invalidation mode; defaults to "checked-hash" if the SOURCE_DATE_EPOCH '
             'environment variable is set, and "timestamp" otherwise.')
    add('-o', action='append', type=int, dest='opt_levels',
        help='Optimization levels to run compilation with. Default is -1 which uses the '
             'optimization level of the Python interpreter itself (see -O).')
    add('-e', metavar='DIR', dest='limit_sl_dest',
        help='Ignore symlinks pointing outsite of the DIR')
    add('--hardlink-dupes', action='store_true', dest='hardlink_dupes',
        help='Hardlink duplicated pyc files')
    return parser


def _listed(name, quiet):
    """The lines of a file, or of standard input; None if it cannot be read."""
    try:
        with sys.stdin if name == '-' else open(name, encoding="utf-8") as file:
            return [line.strip() for line in file]
    except OSError:
        if quiet < 2:
            print(f"Error reading file list {name}")
        return None


def main():
    """What the module does as a script; whether that went well."""
    parser = _parser()
    args = parser.parse_args()
    if args.rx:
        import re
        args.rx = re.compile(args.rx)
    levels = [-1] if args.opt_levels is None else args.opt_levels
    if args.hardlink_dupes and len(levels) == 1:
        parser.error(_NOTHING_TO_LINK + ".")
    if args.ddir is not None and not (args.stripdir is None and args.prependdir is None):
        parser.error("-d cannot be used in combination with -s or -p")
    places = args.compile_dest
    if args.flist:
        more = _listed(args.flist, args.quiet)
        if more is None:
            return False
        places += more
    mode = args.invalidation_mode
    if mode:
        mode = py_compile.PycInvalidationMode[mode.replace('-', '_').upper()]
    shared = {'force': args.force, 'quiet': args.quiet, 'legacy': args.legacy,
              'invalidation_mode': mode or None}
    try:
        if not places:
            return compile_path(**shared)
        shared.update(ddir=args.ddir, rx=args.rx, optimize=levels, stripdir=args.stripdir,
                      prependdir=args.prependdir, limit_sl_dest=args.limit_sl_dest or None,
                      hardlink_dupes=args.hardlink_dupes)
        depth = args.maxlevels if args.recursion is None else args.recursion
        outcomes = [compile_file(place, **shared) if os.path.isfile(place)
                    else compile_dir(place, depth, workers=args.workers, **shared)
                    for place in places]
        return all(outcomes)
    except KeyboardInterrupt:
        if args.quiet < 2:
            print("\n[interrupted]")
        return False


if __name__ == '__main__':
    sys.exit(int(not main()))
