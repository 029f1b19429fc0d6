"""The servers of multiprocessing.managers, and the connections on which they are asked.

Each thread that uses a server has one connection to it, and there one thread of its own, so that
what depends on the thread (whose a lock is) depends on the caller's.  A request is (ident, method,
args, keywords), without an ident it is for the server itself; the answer is a word that says what it
is, and a value.

The server counts the proxies of an object and forgets it with the last one.
"""

import os
import sys
import threading
from traceback import format_exc

from . import connection, process, util
from .context import ProcessError


# How objects travel.
listener_client = {
    'pickle': (connection.Listener, connection.Client),
    'xmlrpclib': (connection.XmlListener, connection.XmlClient),
}


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
        self.listener = listener_client[serializer][0](address=address, backlog=128)
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

    # What every object answers, whatever it shows.

    def fallback_str(self, conn, ident, obj):
        return str(obj)

    def fallback_repr(self, conn, ident, obj):
        return repr(obj)

    def fallback_getvalue(self, conn, ident, obj):
        return obj

    fallback_mapping = dict(__str__=fallback_str, __repr__=fallback_repr)
    fallback_mapping['#GETVALUE'] = fallback_getvalue

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


class _Connections(threading.local):
    """This thread's connections by address; a forked process begins without any."""

    def __init__(self):
        self.process = os.getpid()
        self.by_address = {}

    def ask(self, address, authkey, serializer, request):
        """Send a request, and give what it brought."""
        if self.process != os.getpid():
            # The parent goes on using those there are.
            self.__init__()
        conn = self.by_address.get(address)
        if conn is None:
            conn = listener_client[serializer][1](address, authkey=authkey)
            self.by_address[address] = conn
        try:
            conn.send(request)
            return conn.recv()
        except (EOFError, OSError):
            conn.close()
            del self.by_address[address]
            raise


_connections = _Connections()


def dispatch(address, authkey, name, args=(), kwds={}, serializer='pickle'):
    """Have a server do something; its result."""
    kind, result = _connections.ask(address, authkey, serializer, (None, name, args, kwds))
    if kind == _RESULT:
        return result
    raise convert_to_error(kind, result)


class State:
    """How far a manager has come."""

    __slots__ = ('value',)
    INITIAL, STARTED, SHUTDOWN = range(3)


for _shown in (State, Token, RemoteError, Server, convert_to_error, all_methods, public_methods,
               dispatch):
    _shown.__module__ = 'multiprocessing.managers'
del _shown
