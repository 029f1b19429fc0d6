"""The directories packages are installed in, and adding them to sys.path.

The interpreter sets itself up without this module: importing it only says where things are.
main() adds the directories to sys.path, with the entries that .pth files in them name.
"""

import os
import sys

# The prefixes under which there are directories for packages.
PREFIXES = [sys.prefix, sys.exec_prefix]
# Whether the directory of the user is used: None if it must not be, False if it is not wanted.
ENABLE_USER_SITE = None
# The directories of the user, once they have been asked for.
USER_SITE = None
USER_BASE = None


def _trace(message):
    if sys.flags.verbose:
        print(message, file=sys.stderr)


def makepath(*paths):
    """A path made absolute, and in the form in which paths are compared."""
    path = os.path.join(*paths)
    try:
        path = os.path.abspath(path)
    except OSError:
        pass
    return path, os.path.normcase(path)


def abs_paths():
    """Makes the __file__ and __cached__ of the modules from files absolute."""
    for module in set(sys.modules.values()):
        for name in ('__file__', '__cached__'):
            try:
                setattr(module, name, os.path.abspath(getattr(module, name)))
            except (AttributeError, OSError, TypeError):
                pass


def removeduppaths():
    """Makes the entries of sys.path absolute and each the only one; returns the set of them."""
    by_key = {}
    for path, key in map(makepath, sys.path):
        by_key.setdefault(key, path)
    sys.path[:] = by_key.values()
    return set(by_key)


def _init_pathinfo():
    """The entries of sys.path that exist."""
    known_paths = set()
    for entry in sys.path:
        try:
            if os.path.exists(entry):
                known_paths.add(makepath(entry)[1])
        except TypeError:
            continue
    return known_paths


def addpackage(sitedir, name, known_paths):
    """Takes the lines of a .pth file: adds the paths they are, runs those that start with import."""
    fresh = known_paths is None
    if fresh:
        known_paths = _init_pathinfo()
    fullname = os.path.join(sitedir, name)
    _trace(f"Processing .pth file: {fullname!r}")
    try:
        file = open(fullname, encoding="utf-8-sig")
    except OSError:
        return
    with file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            try:
                if line.startswith(("import ", "import\t")):
                    exec(line)
                    continue
                path, key = makepath(sitedir, line.rstrip())
                if key not in known_paths and os.path.exists(path):
                    sys.path.append(path)
                    known_paths.add(key)
            except Exception as problem:
                print(f"Error processing line {number:d} of {fullname}:\n", file=sys.stderr)
                import traceback

                for record in traceback.format_exception(problem):
                    for text in record.splitlines():
                        print('  ' + text, file=sys.stderr)
                print("\nRemainder of file ignored", file=sys.stderr)
                break
    return None if fresh else known_paths


def addsitedir(sitedir, known_paths=None):
    """Adds a directory to sys.path, and what the .pth files in it say."""
    _trace(f"Adding directory: {sitedir!r}")
    fresh = known_paths is None
    if fresh:
        known_paths = _init_pathinfo()
    sitedir, key = makepath(sitedir)
    if key not in known_paths:
        sys.path.append(sitedir)
        known_paths.add(key)
    try:
        names = os.listdir(sitedir)
    except OSError:
        return
    for name in sorted(names):
        if name.endswith(".pth"):
            addpackage(sitedir, name, known_paths)
    return None if fresh else known_paths


def check_enableusersite():
    """Whether the directory of the user is used: False if it is not wanted, None if it is not safe."""
    if sys.flags.no_user_site:
        return False
    if os.geteuid() != os.getuid() or os.getegid() != os.getgid():
        return None
    return True


def getuserbase():
    """The directory under which the user installs things; sets USER_BASE."""
    global USER_BASE
    if USER_BASE is None:
        USER_BASE = (os.environ.get("PYTHONUSERBASE")
                     or os.path.expanduser(os.path.join("~", ".local")))
    return USER_BASE


def getusersitepackages():
    """The directory of the packages of the user; sets USER_SITE."""
    global USER_SITE
    base = getuserbase()
    if USER_SITE is None:
        major, minor = sys.version_info[:2]
        USER_SITE = f'{base}/lib/python{major}.{minor}/site-packages'
    return USER_SITE


def addusersitepackages(known_paths):
    """Adds the directory of the user to sys.path if it is used and exists."""
    _trace("Processing user site-packages")
    folder = getusersitepackages()
    if ENABLE_USER_SITE and os.path.isdir(folder):
        addsitedir(folder, known_paths)
    return known_paths


def getsitepackages(prefixes=None):
    """The directories of packages under the prefixes, by default those of the interpreter."""
    major, minor = sys.version_info[:2]
    libraries = dict.fromkeys((sys.platlibdir, "lib"))
    return [os.path.join(prefix, library, f"python{major}.{minor}", "site-packages")
            for prefix in dict.fromkeys(PREFIXES if prefixes is None else prefixes) if prefix
            for library in libraries]


def addsitepackages(known_paths, prefixes=None):
    """Adds the directories of packages that exist to sys.path."""
    _trace("Processing global site-packages")
    for directory in getsitepackages(prefixes):
        if os.path.isdir(directory):
            addsitedir(directory, known_paths)
    return known_paths


def venv(known_paths):
    """Adds the directories of packages of a virtual environment, which are under its prefix."""
    if sys.prefix != sys.base_prefix:
        addsitepackages(known_paths, [sys.prefix])
    return known_paths


def _import_customization(name):
    """Imports a module that may be there to set the interpreter up; reports what goes wrong in it."""
    try:
        try:
            __import__(name)
        except ImportError as problem:
            if problem.name != name:
                raise
    except Exception as problem:
        if sys.flags.verbose:
            sys.excepthook(*sys.exc_info())
        else:
            sys.stderr.write(f"Error in {name}; set PYTHONVERBOSE for traceback:\n"
                             f"{problem.__class__.__name__}: {problem}\n")


def execsitecustomize():
    """Imports sitecustomize if it exists."""
    _import_customization('sitecustomize')


def execusercustomize():
    """Imports usercustomize if it exists."""
    _import_customization('usercustomize')


def main():
    """Adds the directories of packages to sys.path and runs the customizations."""
    global ENABLE_USER_SITE
    known_paths = removeduppaths()
    known_paths = venv(known_paths)
    if ENABLE_USER_SITE is None:
        ENABLE_USER_SITE = check_enableusersite()
    known_paths = addusersitepackages(known_paths)
    addsitepackages(known_paths)
    execsitecustomize()
    if ENABLE_USER_SITE:
        execusercustomize()


def _script():
    """Writes where things are, or the directories of the user that the arguments ask for."""
    arguments = sys.argv[1:]
    user_base = getuserbase()
    user_site = getusersitepackages()
    if not arguments:
        def state(path):
            return "exists" if os.path.isdir(path) else "doesn't exist"

        print("sys.path = [")
        for entry in sys.path:
            print(f"    {entry!r},")
        print("]")
        print(f"USER_BASE: {user_base!r} ({state(user_base)})")
        print(f"USER_SITE: {user_site!r} ({state(user_site)})")
        print(f"ENABLE_USER_SITE: {ENABLE_USER_SITE!r}")
        sys.exit(0)
    wanted = [value for option, value in (('--user-base', user_base), ('--user-site', user_site))
              if option in arguments]
    if not wanted:
        print(f"{sys.argv[0]} [--user-base] [--user-site]\n\n"
              "Without arguments print some useful information\n"
              "With arguments print the value of USER_BASE and/or USER_SITE separated\n"
              f"by '{os.pathsep}'.\n")
        sys.exit(10)
    print(os.pathsep.join(wanted))
    sys.exit({True: 0, False: 1, None: 2}[ENABLE_USER_SITE])


# Without -S the directories are part of the interpreter's own; the flag says so.
if not sys.flags.no_site:
    ENABLE_USER_SITE = check_enableusersite()
    getusersitepackages()

if __name__ == '__main__':
    _script()
