"""Copies of objects: shallow ones, and deep ones with copies of all they contain.

A shallow copy has the same parts as the original; a deep copy has copies of them.  deepcopy() keeps
in its memo what it has copied, so that objects with several ways to them, or one back to
themselves, are copied once.  Classes say by __copy__() and __deepcopy__(), or by what they do for
pickling, how they are copied; what cannot be copied raises Error.
"""

import operator
import types
import weakref
from copyreg import dispatch_table


class Error(Exception):
    pass


error = Error  # The old name.

__all__ = ["Error", "copy", "deepcopy"]

# Instances of these are their own copies.
_atomic = frozenset((
    types.NoneType, int, float, bool, complex, str, tuple, bytes, frozenset, type, range, slice,
    property, types.BuiltinFunctionType, types.EllipsisType, types.NotImplementedType,
    types.FunctionType, types.CodeType, weakref.ref,
))
_deep_atomic = _atomic - {tuple, frozenset, slice}
_containers = frozenset((list, dict, set, bytearray))


def copy(x):
    """Shallow copy operation on arbitrary Python objects.

    See the module's __doc__ string for more info.
    """
    cls = type(x)
    if cls in _atomic:
        return x
    if cls in _containers:
        return cls.copy(x)
    if issubclass(cls, type):
        return x
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    reduced = _reduced(x, cls)
    if reduced is None:
        raise Error("un(shallow)copyable object of type %s" % cls)
    if isinstance(reduced, str):
        return x
    return _reconstruct(x, None, *reduced)


def _reduced(x, cls):
    """What an object says about how to make it again."""
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor:
        return reductor()
    return None


def deepcopy(x, memo=None, _nil=[]):
    """A copy of an object with copies of all it contains; the memo has what is copied so far."""
    if memo is None:
        memo = {}
    key = id(x)
    known = memo.get(key, _nil)
    if known is not _nil:
        return known
    cls = type(x)
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        new = copier(x, memo)
    elif issubclass(cls, type):
        new = x
    elif (copier := getattr(x, "__deepcopy__", None)) is not None:
        new = copier(memo)
    else:
        reduced = _reduced(x, cls)
        if reduced is None:
            raise Error("un(deep)copyable object of type %s" % cls)
        if isinstance(reduced, str):
            new = x
        else:
            new = _reconstruct(x, memo, *reduced)
    if new is not x:
        memo[key] = new
        _keep_alive(x, memo)
    return new


def _deepcopy_atomic(x, memo):
    return x


def _deepcopy_list(x, memo, deepcopy=deepcopy):
    # Known before it is filled, as it may contain itself.
    new = memo[id(x)] = []
    append = new.append
    for item in x:
        append(deepcopy(item, memo))
    return new


def _deepcopy_tuple(x, memo, deepcopy=deepcopy):
    items = [deepcopy(item, memo) for item in x]
    key = id(x)
    if key in memo:
        # It contains itself and has been copied meanwhile.
        return memo[key]
    unchanged = all(map(operator.is_, x, items))
    return x if unchanged else tuple(items)


def _deepcopy_dict(x, memo, deepcopy=deepcopy):
    new = memo[id(x)] = {}
    for key, value in x.items():
        new[deepcopy(key, memo)] = deepcopy(value, memo)
    return new


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = dict.fromkeys(_deep_atomic, _deepcopy_atomic)
_deepcopy_dispatch[list] = _deepcopy_list
_deepcopy_dispatch[tuple] = _deepcopy_tuple
_deepcopy_dispatch[dict] = _deepcopy_dict
_deepcopy_dispatch[types.MethodType] = _deepcopy_method
_copy_dispatch = dict.fromkeys(_atomic, lambda x: x)


def _keep_alive(x, memo):
    """Keeps an object until the copying is done, as the memo knows objects by their ids."""
    try:
        memo[id(memo)].append(x)
    except KeyError:
        memo[id(memo)] = [x]


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, *,
                 deepcopy=deepcopy):
    deep = memo is not None
    if deep and args:
        args = (deepcopy(arg, memo) for arg in args)
    new = func(*args)
    if deep:
        memo[id(x)] = new
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(new, "__setstate__"):
            new.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                new.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(new, name, value)
    if listiter is not None:
        for item in listiter:
            new.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            new[key] = value
    return new


del types, weakref
