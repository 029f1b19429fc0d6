"""Helpers for the with statement: managers made of generators, stacks of them, and small ones.

What exists both for `with` and for `async with` comes in pairs; the parts that do not wait are
written once and shared.
"""

import abc
import os
import sys
import _collections_abc
from collections import deque
from functools import wraps
from types import GenericAlias, MethodType

__all__ = [
    "AbstractContextManager", "AbstractAsyncContextManager", "ContextDecorator", "contextmanager",
    "asynccontextmanager", "closing", "aclosing", "suppress", "redirect_stdout", "redirect_stderr",
    "chdir", "nullcontext", "ExitStack", "AsyncExitStack",
]


# Base classes ------------------------------------------------------------------------------

class AbstractContextManager(abc.ABC):
    """The base of context managers; whatever has the two methods counts as one."""

    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        """The manager itself, if a subclass does not say otherwise."""
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Called at the block's end; a true result swallows the exception."""

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractContextManager:
            return NotImplemented
        return _collections_abc._check_methods(C, "__enter__", "__exit__")


class AbstractAsyncContextManager(abc.ABC):
    """The base of asynchronous context managers; whatever has the two methods counts as one."""

    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        """The manager itself, if a subclass does not say otherwise."""
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Awaited at the block's end; a true result swallows the exception."""

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _collections_abc._check_methods(C, "__aenter__", "__aexit__")


class ContextDecorator:
    """Mixin that lets a context manager decorate functions, whose calls then run inside it."""

    def _recreate_cm(self):
        """The manager for one call: itself, unless it can be used only once."""
        return self

    def __call__(self, func):
        @wraps(func)
        def inside(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inside


class AsyncContextDecorator:
    """Mixin that lets an asynchronous context manager decorate coroutine functions."""

    def _recreate_cm(self):
        """The manager for one call: itself, unless it can be used only once."""
        return self

    def __call__(self, func):
        @wraps(func)
        async def inside(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return inside


# Generators as context managers ------------------------------------------------------------

_ENDED = object()


def _verdict(raised, thrown, traceback, end, ends):
    """What the exception means that a generator raised when the block's was thrown into it.

    True: the generator ended, the block's exception is dealt with.  False: it is the block's own,
    or wrapped around it, and goes on as if there were no generator.  None: it is a new one.

    `end` is how this kind of generator ends; bodies that raise one of `ends` see a RuntimeError
    made of it."""
    if isinstance(raised, end):
        return raised is not thrown
    if raised is not thrown and not (isinstance(raised, RuntimeError) and isinstance(thrown, ends)
                                     and raised.__cause__ is thrown):
        return None
    # Passing through the generator is not to be seen.
    thrown.__traceback__ = traceback
    return False


class _GeneratorContextManagerBase:
    """What managers made of generators and of asynchronous ones share."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        # Kept for decorators, which need a new generator for each call.
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager,
                               ContextDecorator):
    """What a function decorated with @contextmanager gives."""

    def __enter__(self):
        # The arguments are needed no longer and may be large.
        del self.args, self.kwds, self.func
        value = next(self.gen, _ENDED)
        if value is _ENDED:
            raise RuntimeError("generator didn't yield") from None
        return value

    def __exit__(self, typ, value, traceback):
        if typ is None:
            if next(self.gen, _ENDED) is _ENDED:
                return False
            complaint = "generator didn't stop"
        else:
            if value is None:
                value = typ()
            try:
                self.gen.throw(value)
            except BaseException as raised:
                verdict = _verdict(raised, value, traceback, StopIteration, StopIteration)
                if verdict is None:
                    raise
                return verdict
            complaint = "generator didn't stop after throw()"
        try:
            raise RuntimeError(complaint)
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(_GeneratorContextManagerBase, AbstractAsyncContextManager,
                                    AsyncContextDecorator):
    """What a function decorated with @asynccontextmanager gives."""

    async def __aenter__(self):
        del self.args, self.kwds, self.func
        value = await anext(self.gen, _ENDED)
        if value is _ENDED:
            raise RuntimeError("generator didn't yield") from None
        return value

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            if await anext(self.gen, _ENDED) is _ENDED:
                return False
            complaint = "generator didn't stop"
        else:
            if value is None:
                value = typ()
            try:
                await self.gen.athrow(value)
            except BaseException as raised:
                verdict = _verdict(raised, value, traceback, StopAsyncIteration,
                                   (StopIteration, StopAsyncIteration))
                if verdict is None:
                    raise
                return verdict
            complaint = "generator didn't stop after athrow()"
        try:
            raise RuntimeError(complaint)
        finally:
            await self.gen.aclose()


def contextmanager(func):
    """Make a context manager of a generator function that yields once.

        @contextmanager
        def opened(path):
            file = open(path)
            try:
                yield file
            finally:
                file.close()

    What is before the yield is done on entry, its value is what `as` names, and what follows is
    done on exit.  An exception of the block is raised at the yield; the generator may swallow it.
    """
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


def asynccontextmanager(func):
    """Make an asynchronous context manager of an asynchronous generator that yields once.

    Otherwise as contextmanager() does.
    """
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper


# Small managers ----------------------------------------------------------------------------

class closing(AbstractContextManager):
    """Manager that gives a thing and calls its close() at the end, come what may.

        with closing(urlopen(address)) as page:
            ...
    """

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Manager that gives a thing and awaits its aclose() at the end, come what may.

    For asynchronous generators, which would else end at some later time, in another task:

        async with aclosing(lines()) as generator:
            async for line in generator: ...
    """

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class suppress(AbstractContextManager):
    """Manager that swallows exceptions of some classes; execution goes on behind the block.

        with suppress(FileNotFoundError):
            os.remove(path)

    Of a group of exceptions it takes out those of the classes.
    """

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        if issubclass(exctype, self._exceptions):
            return True
        if not issubclass(exctype, BaseExceptionGroup):
            return False
        rest = excinst.split(self._exceptions)[1]
        if rest is not None:
            raise rest
        return True


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # A list, so that the manager can be used again while it is in use.
        self._replaced = []

    def __enter__(self):
        stream, target = self._stream, self._new_target
        self._replaced.append(getattr(sys, stream))
        setattr(sys, stream, target)
        return target

    def __exit__(self, *exc_info):
        setattr(sys, self._stream, self._replaced.pop())


class redirect_stdout(_RedirectStream):
    """Manager that makes another file sys.stdout.

        with redirect_stdout(io.StringIO()) as text:
            help(pow)
    """

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Manager that makes another file sys.stderr."""

    _stream = "stderr"


class chdir(AbstractContextManager):
    """Manager that makes another folder the working one; this concerns all threads."""

    def __init__(self, path):
        self.path = path
        self._left = []

    def __enter__(self):
        here = os.getcwd()
        os.chdir(self.path)
        self._left.append(here)

    def __exit__(self, *exc_info):
        os.chdir(self._left.pop())


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Manager that does nothing, of both kinds, where there may be one or not.

        with open(path) if path else nullcontext(sys.stdin) as file:
            ...
    """

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    def __exit__(self, *exc_info):
        pass

    async def __aexit__(self, *exc_info):
        pass


# Stacks of managers ------------------------------------------------------------------------

class _Unwinding:
    """The state of a stack that is being unwound: the exception on its way, if there is one.

    The chain of contexts becomes what nested with statements would have made of it."""

    def __init__(self, error):
        self.error = error
        self.began_with_error = error is not None
        self.outside = sys.exception()  # What is being handled around the with statement.
        self.swallowed = self.is_new = False

    def swallow(self):
        """A callback had a true result.  Gives the arguments of the next callback."""
        self.swallowed = True
        self.is_new = False
        self.error = None
        return None, None, None

    def replace(self, error):
        """A callback raised an exception: it follows the one that the callback was called for.

        Gives the arguments of the next callback."""
        link = error
        while (context := link.__context__) is not None and context is not self.error:
            if context is self.outside:
                link.__context__ = self.error
                break
            link = context
        self.error = error
        self.is_new = True
        return type(error), error, error.__traceback__

    def result(self):
        """What __exit__ returns if nothing is to be raised."""
        return self.began_with_error and self.swallowed


def _methods(cm, enter, leave, kind):
    """The functions to enter and to leave a manager: its class's, as the statement takes them."""
    cls = type(cm)
    try:
        return getattr(cls, enter), getattr(cls, leave)
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support "
                        f"the {kind} protocol") from None


class _BaseExitStack:
    """What both stacks share.

    `_exit_callbacks` has pairs: whether the callback is synchronous, and the callback, which takes
    the arguments of __exit__."""

    def __init__(self):
        self._exit_callbacks = deque()

    def _push(self, function, is_sync=True):
        self._exit_callbacks.append((is_sync, function))

    def pop_all(self):
        """Move all callbacks to a new stack, and give that."""
        new = type(self)()
        new._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return new

    def enter_context(self, cm):
        """Enter a context manager, to be left with the stack; gives what its __enter__ gave."""
        enter, leave = _methods(cm, "__enter__", "__exit__", "context manager")
        result = enter(cm)
        self._push(MethodType(leave, cm))
        return result

    def push(self, exit):
        """Add a context manager that is not entered, or a function like an __exit__ method.

        It can swallow the exception, as __exit__ can.  Gives its argument back.
        """
        method = getattr(type(exit), "__exit__", None)
        self._push(exit if method is None else MethodType(method, exit))
        return exit

    def callback(self, callback, /, *args, **kwds):
        """Add a function to be called with these arguments; it cannot swallow the exception."""
        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)
        # For those who look at the wrapper.
        _exit_wrapper.__wrapped__ = callback
        self._push(_exit_wrapper)
        return callback


class ExitStack(_BaseExitStack, AbstractContextManager):
    """Manager of any number of others, known only while the program runs.

        with ExitStack() as stack:
            files = [stack.enter_context(open(path)) for path in paths]
            ...

    What was entered or added is left or called at the block's end, the last one first, also when
    adding fails half way.
    """

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1])
        while self._exit_callbacks:
            cb = self._exit_callbacks.pop()[1]
            try:
                if cb(*exc_details):
                    exc_details = unwinding.swallow()
            except BaseException as error:
                exc_details = unwinding.replace(error)
        if not unwinding.is_new:
            return unwinding.result()
        context = exc_details[1].__context__
        try:
            raise exc_details[1]
        finally:
            # Raising has made the exception that is being handled its context.
            exc_details[1].__context__ = context

    def close(self):
        """Leave everything now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """An ExitStack for asynchronous context managers and coroutine functions as well.

        async with AsyncExitStack() as stack:
            links = [await stack.enter_async_context(connect(host)) for host in hosts]
            ...
    """

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager, to be left with the stack."""
        enter, leave = _methods(cm, "__aenter__", "__aexit__", "asynchronous context manager")
        result = await enter(cm)
        self._push(MethodType(leave, cm), False)
        return result

    def push_async_exit(self, exit):
        """Add an asynchronous manager that is not entered, or a function like an __aexit__."""
        method = getattr(type(exit), "__aexit__", None)
        self._push(exit if method is None else MethodType(method, exit), False)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Add a coroutine function to be awaited; it cannot swallow the exception."""
        async def _exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)
        _exit_wrapper.__wrapped__ = callback
        self._push(_exit_wrapper, False)
        return callback

    async def aclose(self):
        """Leave everything now."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        unwinding = _Unwinding(exc_details[1])
        while self._exit_callbacks:
            is_sync, cb = self._exit_callbacks.pop()
            try:
                if is_sync:
                    swallows = cb(*exc_details)
                else:
                    swallows = await cb(*exc_details)
                if swallows:
                    exc_details = unwinding.swallow()
            except BaseException as error:
                exc_details = unwinding.replace(error)
        if not unwinding.is_new:
            return unwinding.result()
        context = exc_details[1].__context__
        try:
            raise exc_details[1]
        finally:
            exc_details[1].__context__ = context
