"""Mocks that look like something else in depth: autospecs, opened files, sealed mocks."""

__name__ = "unittest.mock"

import inspect
import io

from ._mock_calls import DEFAULT
from ._mock_magics import _is_magic
from ._mock_signatures import _check_signature, _set_signature, _setup_async_mock
from .mock import (AsyncMock, FunctionTypes, InvalidSpecError, MagicMock, NonCallableMagicMock,
                   NonCallableMock, _callable, _check_spec_arg_typos, _instance_callable,
                   _is_async_func, _is_instance_mock, _is_list, iscoroutinefunction)


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *,
                    unsafe=False, **kwargs):
    """Create a mock object using another object as a spec. Attributes on the mock will use the
    corresponding attribute on the `spec` object as their spec.

    Functions or methods being mocked will have their arguments checked. If `spec_set` is True
    then attempting to set attributes that don't exist on the spec object will raise an
    `AttributeError`. If a class is used as a spec then the return value of the mock (the
    instance of the class) will have the same spec; `instance=True` makes a mock of an instance
    instead. Other keyword arguments are passed to the constructor of the created mock."""
    if _is_list(spec):
        # A list as a spec would be one of names.
        spec = type(spec)
    is_type = isinstance(spec, type)
    if _is_instance_mock(spec):
        raise InvalidSpecError(f'Cannot autospec a Mock object. [object={spec!r}]')
    is_async = _is_async_func(spec)
    options = {'spec': spec}
    if spec_set:
        options = {'spec_set': spec}
    elif spec is None:
        options = {}
    if options and instance:
        options['_spec_as_instance'] = True
    if not unsafe:
        _check_spec_arg_typos(kwargs)
    options.update(kwargs)

    factory = MagicMock
    if inspect.isdatadescriptor(spec):
        # What it gives is not known.
        options = {}
    elif is_async:
        if instance:
            raise RuntimeError("Instance can not be True when create_autospec "
                               "is mocking an async function")
        factory = AsyncMock
    elif not _callable(spec):
        factory = NonCallableMagicMock
    elif is_type and instance and not _instance_callable(spec):
        factory = NonCallableMagicMock
    _name = options.pop('name', _name)
    mock = factory(parent=_parent, _new_parent=_parent,
                   _new_name='' if _parent is None else _name, name=_name, **options)

    if isinstance(spec, FunctionTypes):
        mock = _set_signature(mock, spec)
        if is_async:
            _setup_async_mock(mock)
    else:
        _check_signature(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and 'return_value' not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name='()',
                                            _parent=mock)
    for name in dir(spec):
        # The magic methods of the spec are there already.
        if not _is_magic(name):
            _autospec_attribute(mock, spec, name, spec_set, is_type, instance)
    return mock


def _autospec_attribute(mock, spec, name, spec_set, is_type, instance):
    try:
        original = getattr(spec, name)
    except AttributeError:
        return
    if not isinstance(original, FunctionTypes):
        # Made when it is asked for; objects may refer to each other in circles.
        mock._mock_children[name] = _SpecState(original, spec_set, mock, name, instance)
        return
    parent = mock.mock if isinstance(spec, FunctionTypes) else mock
    skip_first = _must_skip(spec, name, is_type)
    factory = AsyncMock if iscoroutinefunction(original) else MagicMock
    child = factory(parent=parent, name=name, _new_name=name, _new_parent=parent,
                    _eat_self=skip_first,
                    **{'spec_set' if spec_set else 'spec': original})
    mock._mock_children[name] = child
    child.return_value = factory()
    _check_signature(original, child, skipfirst=skip_first)
    if isinstance(child, FunctionTypes):
        setattr(mock, name, child)


def _must_skip(spec, entry, is_type):
    """Tell whether the first parameter of the spec's attribute is filled in by looking it up."""
    if not isinstance(spec, type):
        if entry in getattr(spec, '__dict__', {}):
            return False
        spec = spec.__class__
    for klass in spec.__mro__:
        found = klass.__dict__.get(entry, DEFAULT)
        if found is DEFAULT:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        # A method looked up on an instance has lost its first parameter already.
        return is_type if isinstance(found, FunctionTypes) else False
    return is_type


class _SpecState:
    """An autospecced child that nobody asked for yet."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None,
                 instance=False):
        self.spec, self.spec_set = spec, spec_set
        self.parent, self.name = parent, name
        self.ids, self.instance = ids, instance


file_spec = None
open_spec = None


def _to_stream(read_data):
    return io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)


def mock_open(mock=None, read_data=''):
    """A helper function to create a mock to replace the use of `open`. It works for `open`
    called directly or used as a context manager.

    `mock` is the mock to configure, by default a new MagicMock; `read_data` is what reading
    the file gives.
    """
    global file_spec, open_spec
    stream = _to_stream(read_data)

    def unless_fixed(name):
        """A method of the stream, unless the test has said what the handle's gives."""
        method = getattr(handle, name)

        def call(*args, **kwargs):
            if method.return_value is not None:
                return method.return_value
            return getattr(stream, name)(*args, **kwargs)
        return call

    def lines():
        while handle.readline.return_value is not None:
            yield handle.readline.return_value
        yield from stream

    def readline():
        yield from lines()
        # At the end: an empty line.
        while True:
            yield stream.readline()

    def next_line():
        fixed = handle.readline.return_value
        return next(stream) if fixed is None else fixed

    if file_spec is None:
        file_spec = list({*dir(io.TextIOWrapper), *dir(io.BytesIO)})
        open_spec = list(set(dir(io.open)))
    if mock is None:
        mock = MagicMock(name='open', spec=open_spec)
    handle = MagicMock(spec=file_spec)
    for name in 'write', 'read', 'readline', 'readlines':
        getattr(handle, name).return_value = None
    handle.__enter__.return_value = handle
    for name in 'read', 'readlines':
        getattr(handle, name).side_effect = unless_fixed(name)
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = next_line
    handle.readline.side_effect = our_lines = readline()

    def reset_data(*args, **kwargs):
        """Opening again begins with the data's first line."""
        nonlocal stream, our_lines
        stream = _to_stream(read_data)
        # Unless the test has put another effect there.
        if handle.readline.side_effect == our_lines:
            handle.readline.side_effect = our_lines = readline()
        return DEFAULT

    mock.side_effect = reset_data
    mock.return_value = handle
    return mock


def seal(mock):
    """Disable the automatic generation of child mocks, in the mock and in the children it
    has."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock):
            continue
        if isinstance(child._mock_children.get(name), _SpecState):
            continue
        if child._mock_new_parent is mock:
            seal(child)
