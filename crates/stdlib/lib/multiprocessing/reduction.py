"""Pickling for other processes."""

import copyreg
import functools
import io
import pickle

__all__ = ['send_handle', 'recv_handle', 'ForkingPickler', 'register', 'dump']


class ForkingPickler(pickle.Pickler):
    """A pickler that knows how to pickle what register() told."""

    _extra_reducers = {}
    _copyreg_dispatch = copyreg.dispatch_table

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = {**self._copyreg_dispatch, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Register a reduce function for a type."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        """The pickled object, in a buffer."""
        buf = io.BytesIO()
        cls(buf, protocol).dump(obj)
        return buf.getbuffer()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Pickle an object to a file."""
    ForkingPickler(file, protocol).dump(obj)


def send_handle(conn, handle, destination_pid):
    """Not supported."""
    raise NotImplementedError("multiprocessing.reduction.send_handle")


def recv_handle(conn):
    """Not supported."""
    raise NotImplementedError("multiprocessing.reduction.recv_handle")


class _C:
    def f(self):
        pass

    @classmethod
    def h(cls):
        pass


def _reduce_method(m):
    if m.__self__ is None:
        return getattr, (m.__class__, m.__func__.__name__)
    return getattr, (m.__self__, m.__func__.__name__)


register(type(_C().f), _reduce_method)
register(type(_C.h), _reduce_method)


def _reduce_method_descriptor(m):
    return getattr, (m.__objclass__, m.__name__)


register(type(list.append), _reduce_method_descriptor)
register(type(int.__add__), _reduce_method_descriptor)


def _reduce_partial(p):
    return _rebuild_partial, (p.func, p.args, p.keywords or {})


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


register(functools.partial, _reduce_partial)
