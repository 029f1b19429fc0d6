"""The proxies of multiprocessing.managers: what a program holds instead of a server's objects."""

import types

from . import process, util
from ._manager_server import _PROXY, _RESULT, State, _connections, convert_to_error, dispatch

_PUBLIC_HOME = 'multiprocessing.managers'


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
        dispatch(self._token.address, self._authkey, 'incref', (self._id,),
                 serializer=self._serializer)
        self._watch()

    def _watch(self):
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref,
                                    args=(self._token, self._authkey, self._serializer, state),
                                    exitpriority=10)

    @staticmethod
    def _decref(token, authkey, serializer, state):
        if state is not None and state.value != State.STARTED:
            return
        try:
            dispatch(token.address, authkey, 'decref', (token.id,), serializer=serializer)
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
        kind, result = _connections.ask(self._token.address, self._authkey, self._serializer,
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
    from .managers import SyncManager
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
                {'__module__': _PUBLIC_HOME, **{one: method(one) for one in exposed}})
    made._exposed_ = exposed
    _cache[name, exposed] = made
    return made


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True,
              manager_owned=False):
    """A proxy that has the methods of its object."""
    if authkey is None:
        authkey = process.current_process().authkey if manager is None else manager._authkey
    if exposed is None:
        exposed = dispatch(token.address, authkey, 'get_methods', (token,),
                           serializer=serializer)
    made = MakeProxyType('AutoProxy[%s]' % token.typeid, exposed)
    proxy = made(token, serializer, manager=manager, authkey=authkey, incref=incref)
    proxy._isauto = True
    return proxy


# Methods that only hand on what they are called with -------------------------------------------------

def _hands_on_nothing(name):
    def method(self):
        return self._callmethod(name)
    return method


def _hands_on_all(name):
    def method(self, *args):
        return self._callmethod(name, args)
    return method


def _hands_on_timeout(name):
    def method(self, timeout=None):
        return self._callmethod(name, (timeout,))
    return method


def _reads(name):
    return property(lambda self: self._callmethod('__getattribute__', (name,)))


def _shows(*exposed, **members):
    """Give a class of proxies members by name, each made for that name.

    What the server is asked for is `exposed`, or else those names.
    """
    def finish(cls):
        for name, make in members.items():
            member = make(name)
            if isinstance(member, types.FunctionType):
                member.__name__, member.__qualname__ = name, f'{cls.__qualname__}.{name}'
                member.__module__ = _PUBLIC_HOME
            setattr(cls, name, member)
        cls._exposed_ = exposed or tuple(members)
        return cls
    return finish


@_shows(__next__=_hands_on_all, send=_hands_on_all, throw=_hands_on_all, close=_hands_on_all)
class IteratorProxy(BaseProxy):
    """An iterator or generator of a server."""

    def __iter__(self):
        return self


@_shows('acquire', 'release', release=_hands_on_nothing)
class AcquirerProxy(BaseProxy):
    """A lock or semaphore of a server."""

    def acquire(self, blocking=True, timeout=None):
        # Not everything that can be acquired knows timeouts.
        wanted = [blocking] if timeout is None else [blocking, timeout]
        return self._callmethod('acquire', tuple(wanted))

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self.release()


@_shows('acquire', 'release', 'wait', 'notify', 'notify_all',
        wait=_hands_on_timeout, notify_all=_hands_on_nothing)
class ConditionProxy(AcquirerProxy):
    """A condition of a server."""

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def wait_for(self, predicate, timeout=None):
        return util._wait_for(self, predicate, timeout)


@_shows(is_set=_hands_on_nothing, set=_hands_on_nothing, clear=_hands_on_nothing,
        wait=_hands_on_timeout)
class EventProxy(BaseProxy):
    """An event of a server."""


@_shows('__getattribute__', 'wait', 'abort', 'reset',
        wait=_hands_on_timeout, abort=_hands_on_nothing, reset=_hands_on_nothing,
        parties=_reads, n_waiting=_reads, broken=_reads)
class BarrierProxy(BaseProxy):
    """A barrier of a server."""


class NamespaceProxy(BaseProxy):
    """The attributes of an object of a server; names with an underscore are the proxy's own."""

    _exposed_ = ('__getattribute__', '__setattr__', '__delattr__')

    def _do(self, method, key, *value):
        if key.startswith('_'):
            return getattr(object, method)(self, key, *value)
        return self._callmethod(method, (key, *value))

    def __getattr__(self, key):
        return self._do('__getattribute__', key)

    def __setattr__(self, key, value):
        return self._do('__setattr__', key, value)

    def __delattr__(self, key):
        return self._do('__delattr__', key)


@_shows('get', 'set', get=_hands_on_nothing)
class ValueProxy(BaseProxy):
    """A value of a server."""

    def set(self, value):
        return self._callmethod('set', (value,))

    value = property(lambda self: self.get(), set)
    __class_getitem__ = classmethod(types.GenericAlias)


BaseListProxy = MakeProxyType('BaseListProxy', (
    '__add__', '__contains__', '__delitem__', '__getitem__', '__len__', '__mul__', '__reversed__',
    '__rmul__', '__setitem__', 'append', 'count', 'extend', 'index', 'insert', 'pop', 'remove',
    'reverse', 'sort', '__imul__'))


class ListProxy(BaseListProxy):
    """A list of a server; what changes it in place gives the proxy again."""

    def __iadd__(self, items):
        self.extend(items)
        return self

    def __imul__(self, times):
        self._callmethod('__imul__', (times,))
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
    """A pool of a server."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


for _shown in (BaseProxy, RebuildProxy, MakeProxyType, AutoProxy, IteratorProxy, AcquirerProxy,
               ConditionProxy, EventProxy, BarrierProxy, NamespaceProxy, ValueProxy, ListProxy,
               PoolProxy):
    _shown.__module__ = _PUBLIC_HOME
del _shown
