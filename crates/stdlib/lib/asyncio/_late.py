"""Modules that are imported when they are first used.

Most programs that import asyncio never open a connection or start a child process; they need not
wait for `socket` and `subprocess`.
"""

import sys


class LateModule:
    """Stands for a module, which is imported when one of its attributes is asked for."""

    def __init__(self, name):
        self.__name__ = name

    def __getattr__(self, attribute):
        try:
            module = sys.modules[self.__name__]
        except KeyError:
            module = __import__(self.__name__)
        return getattr(module, attribute)

    def __repr__(self):
        return f'<module {self.__name__!r}, imported when it is needed>'
