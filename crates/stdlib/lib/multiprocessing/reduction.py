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
        pickled = io.BytesIO()
        cls(pickled, protocol).dump(obj)
        return pickled.getbuffer()

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


# How methods and partial functions are pickled.

class _Sample:
    def method(self):
        pass

    @classmethod
    def class_method(cls):
        pass


def _reduce_method(method):
    owner = type(method) if method.__self__ is None else method.__self__
    return getattr, (owner, method.__func__.__name__)


def _reduce_method_descriptor(descriptor):
    return getattr, (descriptor.__objclass__, descriptor.__name__)


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


def _reduce_partial(partial):
    return _rebuild_partial, (partial.func, partial.args, partial.keywords or {})


for _examples, _reduce in (
        ((_Sample().method, _Sample.class_method), _reduce_method),
        ((list.append, int.__add__), _reduce_method_descriptor),
        ((functools.partial(int),), _reduce_partial)):
    for _example in _examples:
        register(type(_example), _reduce)
del _examples, _example, _reduce
