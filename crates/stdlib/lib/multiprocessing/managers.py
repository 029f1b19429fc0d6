"""Objects that live in a process of their own, and proxies through which others use them.

A manager starts a server process and has it make objects.  What the server does, and how it is asked,
is in _manager_server; the proxies are in _manager_proxies.
"""

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token', 'SharedMemoryManager']

import array
import queue
import signal
import threading

from . import connection, pool, process, util
from ._manager_proxies import (
    AcquirerProxy, ArrayProxy, AutoProxy, BarrierProxy, BaseListProxy, BasePoolProxy, BaseProxy,
    ConditionProxy, DictProxy, EventProxy, IteratorProxy, ListProxy, MakeProxyType, NamespaceProxy,
    PoolProxy, RebuildProxy, ValueProxy,
)
from ._manager_server import (
    RemoteError, Server, State, Token, all_methods, convert_to_error, dispatch, listener_client,
    public_methods,
)
from .context import ProcessError
from .reduction import ForkingPickler


class BaseManager:
    """Starts a server, or connects to one, and makes objects in it.

    register() gives a class the methods that make them.
    """

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None, *,
                 shutdown_timeout=1.0):
        key = process.current_process().authkey if authkey is None else authkey
        self._authkey = process.AuthenticationString(key)
        self._address, self._serializer = address, serializer
        self._process = None
        self._state = State()
        self._state.value = State.INITIAL
        self._shutdown_timeout = shutdown_timeout
        if ctx is None:
            from .context import _default_context
            ctx = _default_context.get_context()
        self._ctx = ctx

    def _check_initial(self):
        if self._state.value == State.STARTED:
            raise ProcessError('Already started server')
        if self._state.value == State.SHUTDOWN:
            raise ProcessError('Manager has shut down')

    def get_server(self):
        """A server to be run in this process by its serve_forever()."""
        self._check_initial()
        return self._Server(self._registry, self._address, self._authkey, self._serializer)

    def connect(self):
        """Use a server that runs already."""
        self._ask('dummy')
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start a server process, which calls `initializer` first."""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        reader, writer = connection.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=type(self)._run_server,
            args=(self._registry, self._address, self._authkey, self._serializer, writer,
                  initializer, initargs))
        self._process.name = f'{type(self).__name__}-{self._process.name.partition("-")[2]}'
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(
            self, type(self)._finalize_manager,
            args=(self._process, self._address, self._authkey, self._serializer, self._state,
                  self._shutdown_timeout),
            exitpriority=0)

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None,
                    initargs=()):
        # Who presses Ctrl-C means the program, which will end the server.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if initializer is not None:
            initializer(*initargs)
        # Objects of the server may have proxies of others.
        process.current_process().authkey = authkey
        server = cls._Server(registry, address, authkey, serializer)
        writer.send(server.address)
        writer.close()
        util.info('manager serving at %r', server.address)
        server.serve_forever()

    @staticmethod
    def _finalize_manager(process, address, authkey, serializer, state, shutdown_timeout):
        if process.is_alive():
            try:
                dispatch(address, authkey, 'shutdown', serializer=serializer)
            except Exception:
                pass
            process.join(timeout=shutdown_timeout)
            for end in (process.terminate, process.kill):
                if not process.is_alive():
                    break
                util.info('manager still alive')
                end()
                process.join(timeout=shutdown_timeout)
        state.value = State.SHUTDOWN

    @property
    def address(self):
        return self._address

    def _create(self, typeid, /, *args, **kwds):
        """Make an object; the token and the methods it shows."""
        assert self._state.value == State.STARTED, 'server not yet started'
        ident, exposed = self._ask('create', (typeid,) + args, kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait for the end of the server process."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        """A text about the objects of the server."""
        return self._ask('debug_info')

    def _number_of_objects(self):
        """How many objects the server has."""
        return self._ask('number_of_objects')

    def _ask(self, name, args=(), kwds={}):
        return dispatch(self._address, self._authkey, name, args, kwds, self._serializer)

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        assert self._state.value == State.STARTED
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None,
                 method_to_typeid=None, create_method=True):
        """Register a type: how an object is made, and through what it is seen.

        `exposed` names the methods that may be called, `method_to_typeid` those whose results are
        seen through proxies too.  With `create_method` the class gets a method of that name.
        """
        if '_registry' not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, '_exposed_', None)
        method_to_typeid = method_to_typeid or getattr(proxytype, '_method_to_typeid_', None)
        cls._registry[typeid] = callable, exposed, method_to_typeid, proxytype
        if create_method:
            def make(self, /, *args, **kwds):
                util.debug('requesting creation of a shared %r object', typeid)
                token, exposed = self._create(typeid, *args, **kwds)
                return proxytype(token, self._serializer, manager=self, authkey=self._authkey,
                                 exposed=exposed, incref=False)
            make.__name__ = typeid
            setattr(cls, typeid, make)


# What a SyncManager makes ----------------------------------------------------------------------------

class Namespace:
    """Attributes to be set and read."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted([f'{name}={value!r}' for name, value in self.__dict__.items()
                        if not name.startswith('_')])
        return f'{type(self).__name__}({", ".join(shown)})'


class Value:
    """One value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode, self._value = typecode, value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return f'{type(self).__name__}({self._typecode!r}, {self._value!r})'

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    """An array of numbers."""
    return array.array(typecode, sequence)


class SyncManager(BaseManager):
    """A manager of the usual containers and of what threads wait with."""


for _name, _callable, _proxytype in (
        ('Queue', queue.Queue, None), ('JoinableQueue', queue.Queue, None),
        ('Event', threading.Event, EventProxy), ('Lock', threading.Lock, AcquirerProxy),
        ('RLock', threading.RLock, AcquirerProxy),
        ('Semaphore', threading.Semaphore, AcquirerProxy),
        ('BoundedSemaphore', threading.BoundedSemaphore, AcquirerProxy),
        ('Condition', threading.Condition, ConditionProxy),
        ('Barrier', threading.Barrier, BarrierProxy), ('Pool', pool.Pool, PoolProxy),
        ('list', list, ListProxy), ('dict', dict, DictProxy), ('Value', Value, ValueProxy),
        ('Array', Array, ArrayProxy), ('Namespace', Namespace, NamespaceProxy)):
    SyncManager.register(_name, _callable, _proxytype)
del _name, _callable, _proxytype

# Results of methods.
SyncManager.register('Iterator', proxytype=IteratorProxy, create_method=False)
SyncManager.register('AsyncResult', create_method=False)


# Arrays and views of dictionaries are pickled as what they hold.

def reduce_array(values):
    return array.array, (values.typecode, values.tobytes())


def rebuild_as_list(view):
    return list, (list(view),)


ForkingPickler.register(array.array, reduce_array)
for _view in ({}.keys(), {}.values(), {}.items()):
    ForkingPickler.register(type(_view), rebuild_as_list)
del _view


# Shared memory ------------------------------------------------------------------------------------

class SharedMemoryManager(BaseManager):
    """A manager of blocks of shared memory, which go when it shuts down."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._blocks = []

    def start(self, initializer=None, initargs=()):
        super().start(initializer, initargs)
        end = self.shutdown

        def shutdown():
            try:
                _unlink_all(self._blocks)
            finally:
                end()

        self.shutdown = shutdown

    def __del__(self):
        _unlink_all(self._blocks)

    def _keep(self, block):
        self._blocks.append(block)
        return block

    def SharedMemory(self, size):
        """A new block."""
        self._check_started()
        from .shared_memory import SharedMemory
        return self._keep(SharedMemory(None, create=True, size=size))

    def ShareableList(self, sequence):
        """A new list in a block of its own."""
        self._check_started()
        from .shared_memory import ShareableList
        made = ShareableList(sequence)
        self._keep(made.shm)
        return made

    def _check_started(self):
        if self._state.value != State.STARTED:
            # There is nobody at the address, or no address: that is the error.
            connection.Client(self._address, authkey=self._authkey).close()


def _unlink_all(blocks):
    while blocks:
        try:
            blocks.pop().unlink()
        except FileNotFoundError:
            # Somebody else has done it.
            pass
