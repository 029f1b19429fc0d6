"""Mock objects: stand-ins that accept any use and write it down.

Every mock has a class of its own, so that magic methods can be set for one mock alone. A mock
makes a child mock for each attribute that is asked for and for its return value; children tell
their parents about calls. What a mock shall look like comes from a `spec`. Calls are recorded
as in `_mock_calls`; `patch` is in `_mock_patch`.
"""

__all__ = (
    'Mock', 'MagicMock', 'patch', 'sentinel', 'DEFAULT', 'ANY', 'call', 'create_autospec',
    'AsyncMock', 'FILTER_DIR', 'NonCallableMock', 'NonCallableMagicMock', 'mock_open',
    'PropertyMock', 'seal',
)

import builtins
import inspect
import sys
from _thread import RLock
from types import CodeType, FunctionType, MethodType

from ._mock_calls import (ANY, DEFAULT, _ANY, _AnyComparer, _Call, _CallList, _Sentinel,
                          _SentinelObject, _format_call_signature, call, sentinel)
from ._mock_magics import (_all_magics, _all_sync_magics, _async_method_magics, _async_magics,
                           _calculate_return_value, _get_method, _is_magic, _magics,
                           _non_defaults, _return_values, _set_return_value,
                           _side_effect_methods, _sync_async_magics, _unsupported_magics,
                           inplace, magic_methods, numerics, right)
from .util import safe_repr


class InvalidSpecError(Exception):
    """Indicates that an invalid value was used as a mock spec."""


FunctionTypes = FunctionType, MethodType

_builtins = {name for name in dir(builtins) if not name.startswith('_')}

FILTER_DIR = True

_missing = sentinel.MISSING
_deleted = sentinel.DELETED

# Tests may replace `super` in this module's builtins; __class__ of a mock is a property.
_safe_super = super


def iscoroutinefunction(func):
    """Tell whether the object is a coroutine function, or a mock of one."""
    if inspect.iscoroutinefunction(func):
        return True
    # Nothing can carry asyncio's mark before asyncio is imported.
    coroutines = sys.modules.get('asyncio.coroutines')
    return (coroutines is not None
            and getattr(func, "_is_coroutine", None) is coroutines._is_coroutine)


def _coroutine_mark():
    from asyncio import coroutines
    return coroutines._is_coroutine


def _is_async_obj(obj):
    if _is_instance_mock(obj) and not isinstance(obj, AsyncMock):
        # A mock has whatever marks an awaitable.
        return False
    func = getattr(obj, '__func__', obj)
    return iscoroutinefunction(func) or inspect.isawaitable(func)


def _is_async_func(func):
    return bool(getattr(func, '__code__', None)) and iscoroutinefunction(func)


def _is_instance_mock(obj):
    # A mock's __class__ may be anything; its type tells the truth.
    return issubclass(type(obj), NonCallableMock)


def _is_exception(obj):
    return (isinstance(obj, BaseException)
            or isinstance(obj, type) and issubclass(obj, BaseException))


def _extract_mock(obj):
    """Give the mock behind an autospecced function; other objects as they are."""
    if isinstance(obj, FunctionTypes) and hasattr(obj, 'mock'):
        return obj.mock
    return obj


def _callable(obj):
    """Tell whether the object, which may be a descriptor in a class, can be called."""
    while isinstance(obj, (staticmethod, classmethod, MethodType)):
        obj = obj.__func__
    return isinstance(obj, type) or getattr(obj, '__call__', None) is not None


def _is_list(obj):
    return type(obj) in (list, tuple)


def _instance_callable(obj):
    """Tell whether the object, or for a class its instances, can be called."""
    if not isinstance(obj, type):
        return getattr(obj, '__call__', None) is not None
    return any(base.__dict__.get('__call__') is not None for base in (obj,) + obj.__mro__)


# Attributes that a mock sets itself, whatever its spec says.
_allowed_names = {
    'return_value', '_mock_return_value', 'side_effect', '_mock_side_effect', '_mock_parent',
    '_mock_new_parent', '_mock_name', '_mock_new_name'
}


def _delegating_property(name):
    """A property that an autospecced function, if there is one, keeps for the mock."""
    _allowed_names.add(name)
    own_name = '_mock_' + name

    def _get(self):
        delegate = self._mock_delegate
        return getattr(self, own_name) if delegate is None else getattr(delegate, name)

    def _set(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[own_name] = value
        else:
            setattr(delegate, name, value)

    return property(_get, _set)


def _check_and_set_parent(parent, value, name, new_name):
    """Make a mock that has no name and no parent a child of `parent`."""
    value = _extract_mock(value)
    if not _is_instance_mock(value):
        return False
    if (value._mock_name or value._mock_new_name or value._mock_parent is not None
            or value._mock_new_parent is not None):
        return False
    ancestor = parent
    while ancestor is not None:
        # A mock that is its own child or return value stays the root.
        if ancestor is value:
            return False
        ancestor = ancestor._mock_new_parent
    for prefix, own_name in ('_mock_new_', new_name), ('_mock_', name):
        if own_name:
            setattr(value, prefix + 'parent', parent)
            setattr(value, prefix + 'name', own_name)
    return True


class _MockIter:
    """Marks a side effect that was already made an iterator."""

    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


def _try_iter(obj):
    if obj is None or _is_exception(obj) or _callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        # Calling the mock will tell.
        return obj


class Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A non-callable version of `Mock`"""

    # One lock for all mocks: two threads may ask for the same new child.
    _lock = RLock()

    def __new__(cls, spec=None, wraps=None, name=None, spec_set=None, parent=None,
                _spec_state=None, _new_name='', _new_parent=None, _spec_as_instance=False,
                _eat_self=None, unsafe=False, **kwargs):
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            wanted = spec_set or spec
            if wanted is not None and _is_async_obj(wanted):
                bases = (AsyncMockMixin, cls)
        own_class = type(cls.__name__, bases, {'__doc__': cls.__doc__})
        return _safe_super(NonCallableMock, cls).__new__(own_class)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None,
                 _spec_state=None, _new_name='', _new_parent=None, _spec_as_instance=False,
                 _eat_self=None, unsafe=False, **kwargs):
        own = self.__dict__
        own['_mock_parent'] = parent
        own['_mock_name'] = name
        own['_mock_new_name'] = _new_name
        own['_mock_new_parent'] = parent if _new_parent is None else _new_parent
        own['_mock_sealed'] = False
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        own['_mock_children'] = {}
        own['_mock_wraps'] = wraps
        own['_mock_delegate'] = None
        own['_mock_called'] = False
        own['_mock_call_args'] = None
        own['_mock_call_count'] = 0
        own['_mock_call_args_list'] = _CallList()
        own['_mock_mock_calls'] = _CallList()
        own['method_calls'] = _CallList()
        own['_mock_unsafe'] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)
        _safe_super(NonCallableMock, self).__init__(spec, wraps, name, spec_set, parent,
                                                    _spec_state)

    def attach_mock(self, mock, attribute):
        """Attach a mock as an attribute of this one, replacing its name and parent. Calls to
        the attached mock will be recorded in the `method_calls` and `mock_calls` attributes of
        this one."""
        inner = _extract_mock(mock)
        inner._mock_parent = None
        inner._mock_new_parent = None
        inner._mock_name = ''
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock. `spec` can either be an object or a list of strings. Only
        attributes on the `spec` can be fetched as attributes from the mock; if `spec_set` is
        True then only attributes on the spec can be set."""
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_instance_mock(spec):
            raise InvalidSpecError(f'Cannot spec a Mock object. [object={spec!r}]')
        spec_class = signature = None
        asyncs = []
        if spec is not None and not _is_list(spec):
            spec_class = spec if isinstance(spec, type) else type(spec)
            found = _get_signature_object(spec, _spec_as_instance, _eat_self)
            signature = found and found[1]
            names = dir(spec)
            asyncs = [name for name in names
                      if iscoroutinefunction(getattr(spec, name, None))]
            spec = names
        own = self.__dict__
        own['_spec_class'] = spec_class
        own['_spec_set'] = spec_set
        own['_spec_signature'] = signature
        own['_mock_methods'] = spec
        own['_spec_asyncs'] = asyncs

    def _result_holder(self):
        """What has the return value, and the attribute for it."""
        if self._mock_delegate is None:
            return self, '_mock_return_value'
        return self._mock_delegate, 'return_value'

    @property
    def return_value(self):
        """The value to be returned when the mock is called."""
        value = getattr(*self._result_holder())
        if value is DEFAULT:
            # A new mock, which stays.
            value = self.return_value = self._get_child_mock(_new_parent=self, _new_name='()')
        return value

    @return_value.setter
    def return_value(self, value):
        setattr(*self._result_holder(), value)
        if self._mock_delegate is None:
            _check_and_set_parent(self, value, None, '()')

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    called, call_count, call_args, call_args_list, mock_calls = map(
        _delegating_property,
        ('called', 'call_count', 'call_args', 'call_args_list', 'mock_calls'))

    def __get_side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if (effect is not None and not callable(effect) and not isinstance(effect, _MockIter)
                and not _is_exception(effect)):
            effect = delegate.side_effect = _MockIter(effect)
        return effect

    def __set_side_effect(self, value):
        value = _try_iter(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    side_effect = property(__get_side_effect, __set_side_effect)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls, here and in children; on request also what calls give."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            # Mocks may be each other's children.
            return
        visited.append(id(self))
        self.called, self.call_count, self.call_args = False, 0, None
        for name in 'mock_calls', 'call_args_list', 'method_calls':
            setattr(self, name, _CallList())
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if child is not _deleted and not isinstance(child, _SpecState):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        result = self._mock_return_value
        if result is not self and _is_instance_mock(result):
            result.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes on the mock through keyword arguments.

        Attributes of children are named with dots, so their names come in a dictionary:

        >>> attrs = {'method.return_value': 3, 'other.side_effect': KeyError}
        >>> mock.configure_mock(**attrs)"""
        # Parents first, so that children are set on what was set.
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count('.')):
            *parents, name = path.split('.')
            obj = self
            for parent in parents:
                obj = getattr(obj, parent)
            setattr(obj, name, value)

    def __getattr__(self, name):
        if name in {'_mock_methods', '_mock_unsafe'}:
            # Not set yet: __init__ has not run.
            raise AttributeError(name)
        methods = self._mock_methods
        if methods is not None:
            if name not in methods or name in _all_magics:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (not methods or name not in methods):
            if (name.startswith(('assert', 'assret', 'asert', 'aseert', 'assrt'))
                    or name in _ATTRIB_DENY_LIST):
                raise AttributeError(
                    f"{name!r} is not a valid assertion. Use a spec "
                    f"for the mock if {name!r} is meant to be an attribute.")
        with NonCallableMock._lock:
            child = self._mock_children.get(name)
            if child is _deleted:
                raise AttributeError(name)
            if child is None:
                wraps = None
                if self._mock_wraps is not None:
                    wraps = getattr(self._mock_wraps, name)
                child = self._get_child_mock(parent=self, name=name, wraps=wraps,
                                             _new_name=name, _new_parent=self)
                self._mock_children[name] = child
            elif isinstance(child, _SpecState):
                child = self._mock_children[name] = self._autospec_child(name, child)
        return child

    def _autospec_child(self, name, state):
        try:
            return create_autospec(state.spec, state.spec_set, state.instance, state.parent,
                                   state.name)
        except InvalidSpecError:
            target_name = self.__dict__['_mock_name'] or self
            raise InvalidSpecError(
                f'Cannot autospec attr {name!r} from target '
                f'{target_name!r} as it has already been mocked out. '
                f'[target={self!r}, attr={state.spec!r}]')

    def _extract_mock_name(self):
        """Give the expression that leads from the outermost mock to this one."""
        names = [self._mock_new_name]
        parent, root = self._mock_new_parent, self
        dot = '' if names == ['()'] else '.'
        while parent is not None:
            root = parent
            names.append(parent._mock_new_name + dot)
            dot = '' if parent._mock_new_name == '()' else '.'
            parent = parent._mock_new_parent
        names.reverse()
        first = root._mock_name or 'mock'
        if len(names) > 1 and names[1] not in ('()', '().'):
            first += '.'
        names[0] = first
        return ''.join(names)

    def __repr__(self):
        name = self._extract_mock_name()
        name_part = spec_part = ''
        if name not in ('mock', 'mock.'):
            name_part = f' name={name!r}'
        if self._spec_class is not None:
            kind = 'spec_set' if self._spec_set else 'spec'
            spec_part = f' {kind}={self._spec_class.__name__!r}'
        return f"<{type(self).__name__}{name_part}{spec_part} id='{id(self)}'>"

    def __dir__(self):
        """Filter the output of `dir(mock)` to only useful members."""
        if not FILTER_DIR:
            return object.__dir__(self)
        names = set(self._mock_methods or ())
        names.update(name for name in dir(type(self)) if not name.startswith('_'))
        names.update(name for name in self.__dict__
                     if not name.startswith('_') or _is_magic(name))
        names.update(name for name, child in self._mock_children.items()
                     if child is not _deleted)
        return sorted(names)

    def __setattr__(self, name, value):
        if name in _allowed_names:
            return object.__setattr__(self, name, value)
        methods = self._mock_methods
        if (self._spec_set and methods is not None and name not in methods
                and name not in self.__dict__):
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _unsupported_magics:
            raise AttributeError(f'Attempting to set unsupported magic method {name!r}.')
        if name in _all_magics:
            if methods is not None and name not in methods:
                raise AttributeError(f"Mock object has no attribute '{name}'")
            if _is_instance_mock(value):
                # Its calls go to mock_calls, not to method_calls.
                _check_and_set_parent(self, value, None, name)
                setattr(type(self), name, value)
                self._mock_children[name] = value
            else:
                setattr(type(self), name, _get_method(name, value))
                original = value
                value = lambda *args, **kw: original(self, *args, **kw)
        elif name == '__class__':
            self._spec_class = value
            return
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f'Cannot set {self._extract_mock_name()}.{name}')
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                # Nobody asked for this magic method yet.
                return
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            _safe_super(NonCallableMock, self).__delattr__(name)
        elif child is _deleted:
            raise AttributeError(name)
        self._mock_children[name] = _deleted

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or 'mock', args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action='call'):
        expected = self._format_mock_call_signature(args, kwargs)
        actual = self._format_mock_call_signature(*self.call_args)
        return f'expected {action} not found.\nExpected: {expected}\n  Actual: {actual}'

    def _get_call_signature_from_name(self, name):
        """Give the signature of the child with the dotted name, as far as it is known."""
        if not name:
            return self._spec_signature
        sig = None
        children = self._mock_children
        for part in name.replace('()', '').split('.'):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            child = _extract_mock(child)
            children = child._mock_children
            sig = child._spec_signature
        return sig

    def _call_matcher(self, _call):
        """Give what to compare a call by: with its arguments bound to the parameters, if the
        spec has a signature; the error, if they do not fit."""
        if isinstance(_call, tuple) and len(_call) > 2:
            sig = self._get_call_signature_from_name(_call[0])
        else:
            sig = self._spec_signature
        if sig is None:
            return _call
        name, args, kwargs = _call if len(_call) == 3 else ('', *_call)
        try:
            bound = sig.bind(*args, **kwargs)
            return call(name, bound.args, bound.kwargs)
        except TypeError as error:
            return error.with_traceback(None)

    def assert_not_called(self):
        """assert that the mock was never called."""
        if self.call_count != 0:
            self._raise_count('to not have been called')

    def assert_called(self):
        """assert that the mock was called at least once"""
        if self.call_count == 0:
            raise AssertionError(
                f"Expected '{self._mock_name or 'mock'}' to have been called.")

    def assert_called_once(self):
        """assert that the mock was called only once."""
        if self.call_count != 1:
            self._raise_count('to have been called once')

    def _raise_count(self, expectation):
        raise AssertionError(
            f"Expected '{self._mock_name or 'mock'}' {expectation}. "
            f"Called {self.call_count} times.{self._calls_repr()}")

    def assert_called_with(self, /, *args, **kwargs):
        """assert that the last call was made with the specified arguments."""
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(
                f'expected call not found.\nExpected: {expected}\n  Actual: not called.')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.call_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """assert that the mock was called exactly once and that that call was with the
        specified arguments."""
        if self.call_count != 1:
            self._raise_count('to be called once')
        return self.assert_called_with(*args, **kwargs)

    def assert_has_calls(self, calls, any_order=False):
        """assert the mock has been called with the specified calls, in this order and without
        others between them, unless `any_order` is true."""
        expected = [self._call_matcher(wanted) for wanted in calls]
        recorded = _CallList(self._call_matcher(done) for done in self.mock_calls)
        cause = _first_error(expected)
        if not any_order:
            if expected not in recorded:
                raise AssertionError(
                    f'{_sequence_problem(expected, cause, "calls")}\n'
                    f'Expected: {_CallList(calls)}'
                    f'{self._calls_repr(prefix="  Actual").rstrip(".")}') from cause
            return
        recorded = list(recorded)
        not_found = _remove_all(expected, recorded)
        if not_found:
            raise AssertionError(
                f'{self._mock_name or "mock"!r} does not contain all of {not_found!r} '
                f'in its call list, found {recorded!r} instead') from cause

    def assert_any_call(self, /, *args, **kwargs):
        """assert the mock has been called with the specified arguments, at any time."""
        self._assert_any(self.call_args_list, 'call', args, kwargs)

    def _assert_any(self, recorded, action, args, kwargs):
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        actual = [self._call_matcher(done) for done in recorded]
        if cause or expected not in _AnyComparer(actual):
            wanted = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f'{wanted} {action} not found') from cause

    def _get_child_mock(self, /, **kw):
        """Create the child mocks for attributes and return value. By default child mocks will
        be the same type as the parent; subclasses of Mock may want to override this."""
        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        name = kw.get("_new_name")
        if name in self.__dict__['_spec_asyncs']:
            return AsyncMock(**kw)
        kind = type(self)
        if issubclass(kind, MagicMock) and name in _async_method_magics:
            factory = AsyncMock
        elif issubclass(kind, AsyncMockMixin):
            if name in _all_sync_magics or self._mock_methods and name in self._mock_methods:
                factory = MagicMock
            else:
                factory = AsyncMock
        elif not issubclass(kind, CallableMixin):
            factory = MagicMock if issubclass(kind, NonCallableMagicMock) else Mock
        else:
            # The class that the mock's own class was made from.
            factory = kind.__mro__[1]
        return factory(**kw)

    def _calls_repr(self, prefix="Calls"):
        if not self.mock_calls:
            return ""
        return f"\n{prefix}: {safe_repr(self.mock_calls)}."


# Names that look like assertions with the assert_ forgotten.
_ATTRIB_DENY_LIST = frozenset(
    name.removeprefix("assert_") for name in dir(NonCallableMock) if name.startswith("assert_"))


def _first_error(expected):
    return next((item for item in expected if isinstance(item, Exception)), None)


def _sequence_problem(expected, cause, what):
    if cause is None:
        return f'{what.capitalize()} not found.'
    errors = [item if isinstance(item, Exception) else None for item in expected]
    return f'Error processing expected {what}.\nErrors: {errors}'


def _remove_all(expected, recorded):
    """Remove the expected calls from the list; give those that are not in it."""
    not_found = []
    for wanted in expected:
        try:
            recorded.remove(wanted)
        except ValueError:
            not_found.append(wanted)
    return tuple(not_found)


class CallableMixin(Base):
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None,
                 name=None, spec_set=None, parent=None, _spec_state=None, _new_name='',
                 _new_parent=None, **kwargs):
        self.__dict__['_mock_return_value'] = return_value
        _safe_super(CallableMixin, self).__init__(
            spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        # Replaced in the mock's own class if there is a signature.
        pass

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Write the call down, here and with all parents."""
        self.called = True
        self.call_count += 1
        # Before the call runs: a side effect may look at it.
        recorded = _Call((args, kwargs), two=True)
        self.call_args = recorded
        self.call_args_list.append(recorded)

        is_method = self._mock_parent is not None
        method_name = self._mock_name
        name = self._mock_new_name
        is_call = name == '()'
        self.mock_calls.append(_Call(('', args, kwargs)))
        parent = self._mock_new_parent
        while parent is not None:
            if is_method:
                parent.method_calls.append(_Call((method_name, args, kwargs)))
                is_method = parent._mock_parent is not None
                if is_method:
                    method_name = f'{parent._mock_name}.{method_name}'
            parent.mock_calls.append(_Call((name, args, kwargs)))
            if parent._mock_new_name:
                dot = '' if is_call else '.'
                is_call = parent._mock_new_name == '()'
                name = parent._mock_new_name + dot + name
            parent = parent._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if _callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if _is_exception(result):
                    raise result
            if result is not DEFAULT:
                return result
        return self._own_result(args, kwargs)

    def _own_result(self, args, kwargs):
        """What a call gives without a side effect: what was set, or what the wrapped object
        gives, or a new mock."""
        if self._mock_wraps is None or self._mock_return_value is not DEFAULT:
            return self.return_value
        return self._mock_wraps(*args, **kwargs)


class Mock(CallableMixin, NonCallableMock):
    """Create a new `Mock` object. `Mock` takes several optional arguments that specify the
    behaviour of the Mock object:

    * `spec`: a list of names, or an object whose attributes are the names that the mock has;
      with an object, isinstance(mock, type(object)) is true.
    * `spec_set`: the same; other attributes cannot be set either.
    * `side_effect`: a function to be called with the arguments, whose result counts unless it
      is DEFAULT; an exception to be raised; or an iterable of results and exceptions.
    * `return_value`: what a call gives; by default a new mock.
    * `unsafe`: lets attributes through that look like misspelt assertions.
    * `wraps`: an object that calls and attributes are passed on to, unless `return_value` is
      set.
    * `name`: shown in the repr.

    Other keyword arguments are set as attributes of the mock.
    """


def _check_spec_arg_typos(kwargs_to_check):
    for typo in "autospect", "auto_spec", "set_spec":
        if typo in kwargs_to_check:
            raise RuntimeError(
                f"{typo!r} might be a typo; use unsafe=True if this is intended")


# These need what is above.
from ._mock_kinds import (
    AsyncMagicMixin, AsyncMock, AsyncMockMixin, MagicMixin, MagicMock, MagicProxy,
    NonCallableMagicMock, PropertyMock, _AsyncIterator, _CODE_ATTRS)
from ._mock_autospec import (_must_skip, _SpecState, create_autospec, mock_open, seal)
from ._mock_patch import (_clear_dict, _get_target, _patch, _patch_dict, _patch_multiple,
                          _patch_object, _patch_stopall, patch)
from ._mock_signatures import (_check_signature, _copy_func_details, _get_signature_object,
                               _set_signature, _setup_async_mock, _setup_func)
