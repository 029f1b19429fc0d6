"""What the import system tells about itself to the modules built on it."""

import sys
from _thread import RLock
from posix import register_at_fork

check_hash_based_pycs = "default"
_lock = RLock()
# How often it was taken; changed by its holder only.
_lock_depth = 0


def acquire_lock():
    """Acquires the interpreter's import lock for the current thread."""
    global _lock_depth
    _lock.acquire()
    _lock_depth += 1


def release_lock():
    """Release the interpreter's import lock."""
    global _lock_depth
    if not _lock._is_owned():
        raise RuntimeError("not holding the import lock")
    _lock_depth -= 1
    _lock.release()


# A process is split while no other thread is within an import.
register_at_fork(before=acquire_lock, after_in_child=release_lock, after_in_parent=release_lock)


def lock_held():
    """Return True if the import lock is currently held, else False."""
    return _lock_depth > 0


def extension_suffixes():
    """Returns the list of file suffixes used to identify extension modules."""
    return []


def is_builtin(name):
    """1 if a module is compiled into the program, -1 if it cannot be made again, else 0."""
    if name in ("sys", "builtins"):
        return -1
    return int(name in sys.builtin_module_names)


def create_builtin(spec):
    """Create an extension module."""
    return sys.__loader__.create_module(spec)


def exec_builtin(mod):
    """Initialize a built-in module."""
    return 0


def is_frozen(name):
    """Returns True if the module name corresponds to a frozen module."""
    return False


def is_frozen_package(name):
    """Returns True if the module name is of a frozen package."""
    raise ImportError(f"No such frozen object named {name}", name=name)


def find_frozen(name, /, *, withdata=False):
    """Return info about the corresponding frozen module (if there is one) or None."""
    return None


def get_frozen_object(name, data=None, /):
    """Create a code object for a frozen module."""
    raise ImportError(f"No such frozen object named {name}", name=name)


def _frozen_module_names():
    """Returns the list of available frozen modules."""
    return []


def _override_frozen_modules_for_tests(override, /):
    """(internal-only) Override PyConfig.use_frozen_modules."""


def _override_multi_interp_extensions_check(override, /):
    """(internal-only) Override PyInterpreterConfig.check_multi_interp_extensions."""
    return 0


def _fix_co_filename(code, path, /):
    """Changes code.co_filename to specify the passed-in file path."""


def source_hash(key, source):
    """A 64-bit hash of source, as files of cached code could carry it."""
    value = (0xCBF29CE484222325 ^ key) & 0xFFFFFFFFFFFFFFFF
    for byte in bytes(source):
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value.to_bytes(8, "little")
