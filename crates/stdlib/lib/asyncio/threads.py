"""Calling functions in other threads."""

import functools

from _contextvars import copy_context

from . import events

__all__ = ("to_thread",)


async def to_thread(func, /, *args, **kwargs):
    """Asynchronously run function *func* in a separate thread.

    It runs in a copy of this context.  Gives its result.
    """
    loop = events.get_running_loop()
    call = functools.partial(copy_context().run, func, *args, **kwargs)
    return await loop.run_in_executor(None, call)
