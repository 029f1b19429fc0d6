"""Objects that live in a process of their own, and proxies through which others use them.

A manager starts a server process and has it make objects.  Each thread that uses them has one
connection to the server, and there one thread of its own, so that what depends on the thread (whose
a lock is) depends on the caller's.  A request is (ident, method, args, keywords), without an ident it
is for the server itself; the answer is a word that says what it is, and a value.

The server counts the proxies of an object and forgets it with the last one.
"""

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token', 'SharedMemoryManager']

import array
import os
import queue
import signal
import sys
import threading
import types
from traceback import format_exc

from . import connection, pool, process, util
from .context import ProcessError
from .reduction import ForkingPickler


class Token:
    """Which object of which server."""

    __slots__ = ('typeid', 'address', 'id')

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return '%s(typeid=%r, address=%r, id=%r)' % (
            type(self).__name__, self.typeid, self.address, self.id)


class RemoteError(Exception):
    """Something went wrong in the server; its traceback as text."""

    def __str__(self):
        line = '-' * 75
        return f'\n{line}\n{self.args[0]}{line}'


# Answers.
_RESULT, _PROXY, _ERROR, _TRACEBACK, _UNSERIALIZABLE = range(5)


def convert_to_error(kind, result):
    """The exception that an answer stands for."""
    if kind == _ERROR:
        return result
    if kind == _TRACEBACK:
        return RemoteError(result)
    if kind == _UNSERIALIZABLE:
        return RemoteError('Unserializable message: %s\n' % result)
    return ValueError(f'Unrecognized message type {kind!r}')


def all_methods(obj):
    """The names of all methods of an object."""
    return [name for name in dir(obj) if callable(getattr(obj, name))]


def public_methods(obj):
    """The names of the methods of an object that do not begin with an underscore."""
    return [name for name in all_methods(obj) if name[0] != '_']


# The server --------------------------------------------------------------------------------------

class _Entry:
    """An object of the server."""

    def __init__(self, obj, exposed, method_to_typeid):
        self.obj, self.exposed = obj, frozenset(exposed)
        self.method_to_typeid = method_to_typeid or {}
        # Proxies there are.
        self.count = 1


class Server:
    """Makes objects, and calls their methods for others."""

    public = ['shutdown', 'create', 'accept_connection', 'get_methods', 'debug_info',
              'number_of_objects', 'dummy', 'incref', 'decref']

    def __init__(self, registry, address, authkey, serializer='pickle'):
        if not isinstance(authkey, bytes):
            raise TypeError('Authkey {0!r} is type {1!s}, not bytes'.format(
                authkey, type(authkey)))
        self.registry = registry
        self.authkey = process.AuthenticationString(authkey)
        self.listener = connection.Listener(address=address, backlog=128)
        self.address = self.listener.address
        self._entries = {}
        self._lock = threading.Lock()
        self.stop_event = threading.Event()

    def serve_forever(self):
        """Serve until somebody asks for the end, which is that of the process."""
        process.current_process()._manager_server = self
        threading.Thread(target=self.accepter, daemon=True).start()
        try:
            self.stop_event.wait()
        except KeyboardInterrupt:
            pass
        finally:
            sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
            sys.exit(0)

    def accepter(self):
        """Take connections, each to a thread of its own."""
        while True:
            try:
                accepted = self.listener.accept()
            except OSError:
                continue
            threading.Thread(target=self._welcome, args=(accepted,), daemon=True).start()

    def _welcome(self, accepted):
        try:
            connection.deliver_challenge(accepted, self.authkey)
            connection.answer_challenge(accepted, self.authkey)
        except (EOFError, OSError, ProcessError):
            accepted.close()
        else:
            self.serve_client(accepted)

    def serve_client(self, conn):
        """Answer the requests of one thread."""
        while not self.stop_event.is_set():
            try:
                ident, name, args, keywords = conn.recv()
            except (EOFError, OSError):
                conn.close()
                return
            except Exception:
                answer = _TRACEBACK, format_exc()
            else:
                answer = self._answer(ident, name, args, keywords)
            try:
                conn.send(answer)
            except OSError:
                conn.close()
                return
            except Exception:
                conn.send((_UNSERIALIZABLE, format_exc()))
            if ident is None and name == 'shutdown':
                self.stop_event.set()

    def _answer(self, ident, name, args, keywords):
        try:
            if ident is None:
                if name not in self.public:
                    raise AttributeError(f'{name!r} unrecognized')
                return _RESULT, getattr(self, name)(None, *args, **keywords)
            with self._lock:
                entry = self._entries[ident]
        except Exception:
            return _TRACEBACK, format_exc()
        fallback = self.fallback_mapping.get(name)
        if name not in entry.exposed:
            if fallback is not None:
                return self._guarded(lambda: (_RESULT, fallback(self, None, ident, entry.obj)))
            return _TRACEBACK, 'method %r of %r object is not in exposed=%r\n' % (
                name, type(entry.obj), set(entry.exposed))
        return self._guarded(lambda: self._call(entry, name, args, keywords))

    def _call(self, entry, name, args, keywords):
        result = getattr(entry.obj, name)(*args, **keywords)
        typeid = entry.method_to_typeid.get(name)
        if typeid is None:
            return _RESULT, result
        ident, exposed = self.create(None, typeid, result)
        return _PROXY, (exposed, Token(typeid, self.address, ident))

    @staticmethod
    def _guarded(work):
        try:
            return work()
        except Exception as error:
            return _ERROR, error

    def fallback_getvalue(self, conn, ident, obj):
        return obj

    def fallback_str(self, conn, ident, obj):
        return str(obj)

    def fallback_repr(self, conn, ident, obj):
        return repr(obj)

    fallback_mapping = {'__str__': fallback_str, '__repr__': fallback_repr,
                        '#GETVALUE': fallback_getvalue}

    # What may be asked of the server itself.

    def dummy(self, c):
        """Nothing: the server is there."""

    def debug_info(self, c):
        """A text about the objects."""
        with self._lock:
            entries = sorted(self._entries.items())
        return '\n'.join([f'  {ident}:       refcount={entry.count}\n    {str(entry.obj)[:75]}'
                          for ident, entry in entries])

    def number_of_objects(self, c):
        """How many objects there are."""
        return len(self._entries)

    def shutdown(self, c):
        """The end, once this is answered."""
        util.debug('manager received shutdown message')

    def create(self, c, typeid, /, *args, **kwds):
        """Make an object of a registered type; its ident and the methods it shows."""
        make, exposed, method_to_typeid, _ = self.registry[typeid]
        if make is not None:
            obj = make(*args, **kwds)
        elif kwds or len(args) != 1:
            raise ValueError('Without callable, must have one non-keyword argument')
        else:
            obj, = args
        exposed = list(public_methods(obj) if exposed is None else exposed)
        if method_to_typeid:
            exposed += method_to_typeid
        ident = '%x' % id(obj)
        with self._lock:
            known = self._entries.get(ident)
            if known is None:
                self._entries[ident] = _Entry(obj, exposed, method_to_typeid)
            else:
                known.count += 1
        return ident, tuple(exposed)

    def get_methods(self, c, token):
        """The methods that an object shows."""
        return tuple(self._entries[token.id].exposed)

    def accept_connection(self, c, name):
        """The connection is that of a thread with a name."""
        threading.current_thread().name = name

    def incref(self, c, ident):
        """There is one more proxy."""
        with self._lock:
            self._entries[ident].count += 1

    def decref(self, c, ident):
        """There is one proxy less."""
        with self._lock:
            entry = self._entries[ident]
            entry.count -= 1
            if not entry.count:
                del self._entries[ident]
        # The object goes without the lock: it may have proxies of its own.
        del entry


# Connections to servers ---------------------------------------------------------------------------

class _Connections(threading.local):
    """This thread's connections by address; a forked process begins without any."""

    def __init__(self):
        self.process = os.getpid()
        self.by_address = {}

    def ask(self, address, authkey, request):
        """Send a request, and give what it brought."""
        if self.process != os.getpid():
            # The parent goes on using those there are.
            self.__init__()
        conn = self.by_address.get(address)
        if conn is None:
            conn = connection.Client(address, authkey=authkey)
            self.by_address[address] = conn
        try:
            conn.send(request)
            return conn.recv()
        except (EOFError, OSError):
            conn.close()
            del self.by_address[address]
            raise


_connections = _Connections()


def dispatch(address, authkey, name, args=(), kwds={}):
    """Have a server do something; its result."""
    kind, result = _connections.ask(address, authkey, (None, name, args, kwds))
    if kind == _RESULT:
        return result
    raise convert_to_error(kind, result)


# Managers -----------------------------------------------------------------------------------------

class State:
    """How far a manager has come."""

    __slots__ = ('value',)
    INITIAL, STARTED, SHUTDOWN = range(3)


class BaseManager:
    """Starts a server, or connects to one, and makes objects in it.

    register() gives a class the methods that make them.
    """

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None, *,
                 shutdown_timeout=1.0):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address = address
        self._authkey = process.AuthenticationString(authkey)
        self._state = State()
        self._state.value = State.INITIAL
        self._serializer = serializer
        self._process = None
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
        dispatch(self._address, self._authkey, 'dummy')
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
            args=(self._process, self._address, self._authkey, self._state,
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
    def _finalize_manager(process, address, authkey, state, shutdown_timeout):
        if process.is_alive():
            try:
                dispatch(address, authkey, 'shutdown')
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
        ident, exposed = dispatch(self._address, self._authkey, 'create', (typeid,) + args, kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait for the end of the server process."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        """A text about the objects of the server."""
        return dispatch(self._address, self._authkey, 'debug_info')

    def _number_of_objects(self):
        """How many objects the server has."""
        return dispatch(self._address, self._authkey, 'number_of_objects')

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


# Proxies ------------------------------------------------------------------------------------------

class BaseProxy:
    """Stands for an object of a server."""

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True,
                 manager_owned=False):
        self._token = token
        self._id = token.id
        self._serializer = serializer
        self._manager = manager
        if authkey is None and manager is not None:
            authkey = manager._authkey
        self._authkey = process.AuthenticationString(
            process.current_process().authkey if authkey is None else authkey)
        if incref:
            self._incref()
        else:
            self._watch()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _incref(self):
        dispatch(self._token.address, self._authkey, 'incref', (self._id,))
        self._watch()

    def _watch(self):
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref,
                                    args=(self._token, self._authkey, state), exitpriority=10)

    @staticmethod
    def _decref(token, authkey, state):
        if state is not None and state.value != State.STARTED:
            return
        try:
            dispatch(token.address, authkey, 'decref', (token.id,))
        except Exception as error:
            util.debug('... decref failed %s', error)

    def _after_fork(self):
        # The copy in this process counts for itself; its manager is the parent's business.
        self._manager = None
        try:
            self._incref()
        except Exception as error:
            util.info('incref failed: %s', error)

    def _callmethod(self, methodname, args=(), kwds={}):
        """Call a method of the object; what it gives."""
        kind, result = _connections.ask(self._token.address, self._authkey,
                                        (self._id, methodname, args, kwds))
        if kind == _RESULT:
            return result
        if kind == _PROXY:
            exposed, token = result
            proxytype = _registered(self._manager, token.typeid)
            return proxytype(token, self._serializer, manager=self._manager,
                             authkey=self._authkey, exposed=exposed, incref=False)
        raise convert_to_error(kind, result)

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod('#GETVALUE')

    def __reduce__(self):
        keywords = {}
        from .context import get_spawning_popen
        if get_spawning_popen() is not None:
            keywords['authkey'] = self._authkey
        if getattr(self, '_isauto', False):
            keywords['exposed'] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, keywords)
        return RebuildProxy, (type(self), self._token, self._serializer, keywords)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return '<%s object, typeid %r at %#x>' % (
            type(self).__name__, self._token.typeid, id(self))

    def __str__(self):
        try:
            return self._callmethod('__repr__')
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def _registered(manager, typeid):
    registry = SyncManager._registry if manager is None else manager._registry
    return registry[typeid][-1]


def RebuildProxy(func, token, serializer, kwds):
    """What a pickled proxy becomes."""
    return func(token, serializer, **kwds)


def MakeProxyType(name, exposed, _cache={}):
    """A class of proxies that have some methods."""
    exposed = tuple(exposed)
    known = _cache.get((name, exposed))
    if known is not None:
        return known

    def method(name):
        def call(self, /, *args, **kwds):
            return self._callmethod(name, args, kwds)
        call.__name__ = name
        call.__qualname__ = name
        return call

    made = type(name, (BaseProxy,),
                {'__module__': __name__, **{one: method(one) for one in exposed}})
    made._exposed_ = exposed
    _cache[name, exposed] = made
    return made


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True,
              manager_owned=False):
    """A proxy that has the methods of its object."""
    if authkey is None:
        authkey = process.current_process().authkey if manager is None else manager._authkey
    if exposed is None:
        exposed = dispatch(token.address, authkey, 'get_methods', (token,))
    made = MakeProxyType('AutoProxy[%s]' % token.typeid, exposed)
    proxy = made(token, serializer, manager=manager, authkey=authkey, incref=incref)
    proxy._isauto = True
    return proxy


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


class IteratorProxy(BaseProxy):
    _exposed_ = ('__next__', 'send', 'throw', 'close')

    def __iter__(self):
        return self

    def __next__(self, *args):
        return self._callmethod('__next__', args)

    def send(self, *args):
        return self._callmethod('send', args)

    def throw(self, *args):
        return self._callmethod('throw', args)

    def close(self, *args):
        return self._callmethod('close', args)


class AcquirerProxy(BaseProxy):
    _exposed_ = ('acquire', 'release')

    def acquire(self, blocking=True, timeout=None):
        args = (blocking,) if timeout is None else (blocking, timeout)
        return self._callmethod('acquire', args)

    def release(self):
        return self._callmethod('release')

    def __enter__(self):
        return self._callmethod('acquire')

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._callmethod('release')


class ConditionProxy(AcquirerProxy):
    _exposed_ = ('acquire', 'release', 'wait', 'notify', 'notify_all')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def notify_all(self):
        return self._callmethod('notify_all')

    def wait_for(self, predicate, timeout=None):
        import time
        end = None if timeout is None else time.monotonic() + timeout
        left = None
        while not (found := predicate()):
            if end is not None and (left := end - time.monotonic()) <= 0:
                break
            self.wait(left)
        return found


class EventProxy(BaseProxy):
    _exposed_ = ('is_set', 'set', 'clear', 'wait')

    def is_set(self):
        return self._callmethod('is_set')

    def set(self):
        return self._callmethod('set')

    def clear(self):
        return self._callmethod('clear')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))


class BarrierProxy(BaseProxy):
    _exposed_ = ('__getattribute__', 'wait', 'abort', 'reset')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def abort(self):
        return self._callmethod('abort')

    def reset(self):
        return self._callmethod('reset')

    @property
    def parties(self):
        return self._callmethod('__getattribute__', ('parties',))

    @property
    def n_waiting(self):
        return self._callmethod('__getattribute__', ('n_waiting',))

    @property
    def broken(self):
        return self._callmethod('__getattribute__', ('broken',))


class NamespaceProxy(BaseProxy):
    _exposed_ = ('__getattribute__', '__setattr__', '__delattr__')

    # Names with an underscore are the proxy's own.

    def __getattr__(self, key):
        if key[0] == '_':
            return object.__getattribute__(self, key)
        return object.__getattribute__(self, '_callmethod')('__getattribute__', (key,))

    def __setattr__(self, key, value):
        if key[0] == '_':
            return object.__setattr__(self, key, value)
        return object.__getattribute__(self, '_callmethod')('__setattr__', (key, value))

    def __delattr__(self, key):
        if key[0] == '_':
            return object.__delattr__(self, key)
        return object.__getattribute__(self, '_callmethod')('__delattr__', (key,))


class ValueProxy(BaseProxy):
    _exposed_ = ('get', 'set')

    def get(self):
        return self._callmethod('get')

    def set(self, value):
        return self._callmethod('set', (value,))

    value = property(get, set)
    __class_getitem__ = classmethod(types.GenericAlias)


BaseListProxy = MakeProxyType('BaseListProxy', (
    '__add__', '__contains__', '__delitem__', '__getitem__', '__len__', '__mul__', '__reversed__',
    '__rmul__', '__setitem__', 'append', 'count', 'extend', 'index', 'insert', 'pop', 'remove',
    'reverse', 'sort', '__imul__'))


class ListProxy(BaseListProxy):
    def __iadd__(self, value):
        self._callmethod('extend', (value,))
        return self

    def __imul__(self, value):
        self._callmethod('__imul__', (value,))
        return self


DictProxy = MakeProxyType('DictProxy', (
    '__contains__', '__delitem__', '__getitem__', '__iter__', '__len__', '__setitem__', 'clear',
    'copy', 'get', 'items', 'keys', 'pop', 'popitem', 'setdefault', 'update', 'values'))
DictProxy._method_to_typeid_ = {'__iter__': 'Iterator'}

ArrayProxy = MakeProxyType('ArrayProxy', ('__len__', '__getitem__', '__setitem__'))

BasePoolProxy = MakeProxyType('PoolProxy', (
    'apply', 'apply_async', 'close', 'imap', 'imap_unordered', 'join', 'map', 'map_async',
    'starmap', 'starmap_async', 'terminate'))
BasePoolProxy._method_to_typeid_ = {
    'apply_async': 'AsyncResult', 'map_async': 'AsyncResult', 'starmap_async': 'AsyncResult',
    'imap': 'Iterator', 'imap_unordered': 'Iterator'}


class PoolProxy(BasePoolProxy):
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


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
        if self._state.value != State.STARTED:
            raise self._not_started()
        from .shared_memory import SharedMemory
        return self._keep(SharedMemory(None, create=True, size=size))

    def ShareableList(self, sequence):
        """A new list in a block of its own."""
        if self._state.value != State.STARTED:
            raise self._not_started()
        from .shared_memory import ShareableList
        made = ShareableList(sequence)
        self._keep(made.shm)
        return made

    def _not_started(self):
        if self._state.value == State.INITIAL:
            return ProcessError('SharedMemoryManager is not started')
        return ProcessError('SharedMemoryManager has shut down')


def _unlink_all(blocks):
    while blocks:
        try:
            blocks.pop().unlink()
        except FileNotFoundError:
            # Somebody else has done it.
            pass
