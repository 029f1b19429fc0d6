"""Processes with the interface of threads, over fork, pipes and pickle."""

import sys

from . import context

# The functions of the default context are those of the package.
__all__ = [name for name in dir(context._default_context) if not name.startswith('_')]
globals().update((name, getattr(context._default_context, name)) for name in __all__)

SUBDEBUG = 5
SUBWARNING = 25

# What `__main__` is called in processes that do not run it.
if '__main__' in sys.modules:
    sys.modules['__mp_main__'] = sys.modules['__main__']
