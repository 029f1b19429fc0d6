"""The magic methods that mocks support, and what these give unless a test says otherwise."""

__name__ = "unittest.mock"

from ._mock_calls import DEFAULT


def _is_magic(name):
    return f'__{name[2:-2]}__' == name


magic_methods = (
    "lt le gt ge eq ne hash bool str sizeof fspath "
    "getitem setitem delitem len contains iter aiter next enter exit "
    "neg pos abs invert divmod rdivmod "
    "int float complex index round trunc floor ceil "
)
numerics = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow"
inplace, right = (' '.join(letter + name for name in numerics.split()) for letter in 'ir')

# Supported, but only if the test sets them.
_non_defaults = {
    '__repr__', '__format__', '__dir__', '__subclasses__', '__get__', '__set__', '__delete__',
    '__reversed__', '__missing__', '__getformat__', '__reduce__', '__reduce_ex__',
    '__getinitargs__', '__getnewargs__', '__getnewargs_ex__', '__getstate__', '__setstate__',
}


def _get_method(name, func):
    """Give a function, which becomes a method in a class, for something that can be called."""
    def method(self, /, *args, **kw):
        return func(self, *args, **kw)

    method.__name__ = name
    return method


_magics = {f'__{name}__' for name in
           ' '.join([magic_methods, numerics, inplace, right]).split()}
_async_method_magics = {"__aenter__", "__aexit__", "__anext__"}
_sync_async_magics = {"__aiter__"}
_async_magics = _async_method_magics | _sync_async_magics
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_magics

_unsupported_magics = {
    '__getattr__', '__setattr__', '__init__', '__new__', '__prepare__', '__instancecheck__',
    '__subclasscheck__', '__del__'
}

def _fspath_of(mock):
    return f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}"


_calculate_return_value = {
    '__fspath__': _fspath_of,
    **{f'__{name}__': (lambda mock, name=f'__{name}__': getattr(object, name)(mock))
       for name in ('hash', 'str', 'sizeof')},
}

_return_values = {
    **dict.fromkeys(('__lt__', '__gt__', '__le__', '__ge__'), NotImplemented),
    **dict.fromkeys(('__contains__', '__exit__', '__aexit__'), False),
    '__bool__': True,
    '__len__': 0,
    '__index__': 1,
    '__int__': 1,
    '__float__': 1.0,
    '__complex__': 1j,
}


def _fixed_value(mock, name):
    """What the test has said that a magic method gives, or DEFAULT."""
    return getattr(mock, name)._mock_return_value


def _get_eq(self):
    def __eq__(other):
        fixed = _fixed_value(self, '__eq__')
        if fixed is DEFAULT:
            return True if self is other else NotImplemented
        return fixed
    return __eq__


def _get_ne(self):
    def __ne__(other):
        if _fixed_value(self, '__ne__') is DEFAULT:
            return False if self is other else NotImplemented
        return DEFAULT
    return __ne__


def _iterator_of(mock, name):
    fixed = _fixed_value(mock, name)
    return iter(() if fixed is DEFAULT else fixed)


def _get_iter(self):
    def __iter__():
        return _iterator_of(self, '__iter__')
    return __iter__


def _get_async_iter(self):
    from .mock import _AsyncIterator

    def __aiter__():
        return _AsyncIterator(_iterator_of(self, '__aiter__'))
    return __aiter__


_side_effect_methods = {'__eq__': _get_eq, '__ne__': _get_ne,
                        '__iter__': _get_iter, '__aiter__': _get_async_iter}


def _set_return_value(mock, method, name):
    """Give a magic method's mock the behaviour that such methods need."""
    fixed = _return_values.get(name, DEFAULT)
    if fixed is not DEFAULT:
        method.return_value = fixed
    elif name in _calculate_return_value:
        method.return_value = _calculate_return_value[name](mock)
    elif name in _side_effect_methods:
        method.side_effect = _side_effect_methods[name](mock)
