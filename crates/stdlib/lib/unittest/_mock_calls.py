"""How mocks write down calls: call tuples, lists of them, sentinels, and ANY."""

__name__ = "unittest.mock"


class _SentinelObject:
    "A unique, named, sentinel object."

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f'sentinel.{self.name}'

    def __reduce__(self):
        return f'sentinel.{self.name}'


class _Sentinel:
    """Access attributes to return a named object, usable as a sentinel."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == '__bases__':
            # help() asks every object for its bases.
            raise AttributeError
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return 'sentinel'


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT


class _ANY:
    "A helper object that compares equal to everything."

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return '<ANY>'


ANY = _ANY()


class _CallList(list):
    """A list that contains every run of its items."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        length = len(value)
        return any(self[at:at + length] == value for at in range(len(self) - length + 1))

    def __repr__(self):
        import pprint
        return pprint.pformat(list(self))


class _AnyComparer(list):
    """A list of calls that looks for one with the wanted call's parts on the left, so that an
    ANY in it decides the comparison."""

    def __contains__(self, item):
        for recorded in self:
            assert len(item) == len(recorded)
            if all(expected == actual for expected, actual in zip(item, recorded)):
                return True
        return False


def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args]
    parts += [f'{key}={value!r}' for key, value in kwargs.items()]
    return f'{name}({", ".join(parts)})'


def _call_parts(value, name=''):
    """Give (name, args, kwargs) of a tuple that leaves out some of them; None if it cannot be
    a call."""
    args, kwargs = (), {}
    size = len(value)
    if size == 3:
        return tuple(value)
    if size == 2:
        first, second = value
        if not isinstance(first, str):
            return name, first, second
        if isinstance(second, tuple):
            return first, second, kwargs
        return first, args, second
    if size == 1:
        only, = value
        if isinstance(only, str):
            return only, args, kwargs
        if isinstance(only, tuple):
            return name, only, kwargs
        return name, args, only
    return (name, args, kwargs) if size == 0 else None


class _Call(tuple):
    """A call as (args, kwargs) or (name, args, kwargs).

    Equal to tuples that leave out empty parts, and to calls without a name. The object `call`
    makes them: call(1), call.method(2), call().attribute(3).
    """

    def __new__(cls, value=(), name='', parent=None, two=False, from_kall=True):
        parts = _call_parts(value, name) or (name, (), {})
        return tuple.__new__(cls, parts[1:] if two else parts)

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        try:
            len(other)
        except TypeError:
            return NotImplemented
        own_parent = getattr(self, '_mock_parent', None)
        other_parent = getattr(other, '_mock_parent', None)
        if own_parent and other_parent and own_parent != other_parent:
            return False
        name, args, kwargs = self if len(self) == 3 else ('', *self)
        parts = _call_parts(other)
        if parts is None:
            return False
        if name and parts[0] != name:
            return False
        # The other's parts stand left: one of them may be ANY.
        return parts[1:] == (args, kwargs)

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(('', args, kwargs), name='()')
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + '()', parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f'{self._mock_name}.{attr}', parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # call.count and call.index are calls too.
        if attr in tuple.__dict__:
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    def _get_call_arguments(self):
        return tuple(self)[-2:]

    @property
    def args(self):
        """The positional arguments."""
        return self._get_call_arguments()[0]

    @property
    def kwargs(self):
        """The keyword arguments."""
        return self._get_call_arguments()[1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or 'call'
            return 'call' + name if name.startswith('()') else name
        name, args, kwargs = self if len(self) == 3 else ('', *self)
        if not name:
            name = 'call'
        elif name.startswith('()'):
            name = 'call' + name
        else:
            name = 'call.' + name
        return _format_call_signature(name, args, kwargs)

    def call_list(self):
        """For a call object that represents multiple calls, `call_list` returns a list of all
        the intermediate calls as well as the final call."""
        found = []
        step = self
        while step is not None:
            if step._mock_from_kall:
                found.append(step)
            step = step._mock_parent
        return _CallList(reversed(found))


call = _Call(from_kall=False)
