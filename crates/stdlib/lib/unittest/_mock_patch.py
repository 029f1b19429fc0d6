"""Replace attributes and dictionary items while a test runs."""

__name__ = "unittest.mock"

import contextlib
import inspect
import sys
from functools import partial, wraps
from types import ModuleType

from . import mock as _mock
from ._mock_calls import DEFAULT

# What deleting an attribute of a module or function does not bring back.
_RESTORED = ('__doc__', '__module__', '__defaults__', '__annotations__', '__kwdefaults__')


def _resolve(name):
    import pkgutil
    return pkgutil.resolve_name(name)


class _patch:
    """One attribute to be replaced, as a context manager and a decorator."""

    attribute_name = None
    _active_patches = []

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec,
                 new_callable, kwargs, *, unsafe=False):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        if not unsafe:
            _mock._check_spec_arg_typos(kwargs)
        if _mock._is_instance_mock(spec):
            raise _mock.InvalidSpecError(
                f'Cannot spec attr {attribute!r} as the spec '
                f'has already been mocked out. [spec={spec!r}]')
        if _mock._is_instance_mock(spec_set):
            raise _mock.InvalidSpecError(
                f'Cannot spec attr {attribute!r} as the spec_set '
                f'target has already been mocked out. [spec_set={spec_set!r}]')
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.new_callable = new_callable
        self.spec = spec
        self.create = create
        self.has_local = False
        self.spec_set = spec_set
        self.autospec = autospec
        self.kwargs = kwargs
        self.additional_patchers = []

    def copy(self):
        """Give another patch of the same attribute."""
        patcher = _patch(self.getter, self.attribute, self.new, self.spec, self.create,
                         self.spec_set, self.autospec, self.new_callable, self.kwargs)
        patcher.attribute_name = self.attribute_name
        patcher.additional_patchers = [other.copy() for other in self.additional_patchers]
        return patcher

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        if inspect.iscoroutinefunction(func):
            return self.decorate_async_callable(func)
        return self.decorate_callable(func)

    def decorate_class(self, klass):
        """Patch around each test method of the class."""
        for name in dir(klass):
            if not name.startswith(patch.TEST_PREFIX):
                continue
            value = getattr(klass, name)
            if hasattr(value, "__call__"):
                setattr(klass, name, self.copy()(value))
        return klass

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        """Enter all patches of a decorated function; give the arguments it is to get."""
        extra = []
        with contextlib.ExitStack() as stack:
            for patching in patched.patchings:
                made = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(made)
                elif patching.new is DEFAULT:
                    extra.append(made)
            yield args + tuple(extra), keywargs

    def decorate_callable(self, func):
        """Patch around each call of the function."""
        if hasattr(func, 'patchings'):
            func.patchings.append(self)
            return func

        @wraps(func)
        def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        """Patch around each run of the coroutine function."""
        if hasattr(func, 'patchings'):
            func.patchings.append(self)
            return func

        @wraps(func)
        async def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return await func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    def get_original(self):
        """Give what the attribute is now, and whether it is the target's own."""
        target, name = self.getter(), self.attribute
        original, local = DEFAULT, False
        try:
            original = target.__dict__[name]
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        else:
            local = True
        # A module's global may hide a builtin.
        if name in _mock._builtins and isinstance(target, ModuleType):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError(f"{target} does not have the attribute {name!r}")
        return original, local

    def _make_from_spec(self, original, spec, spec_set):
        """Make a mock for `original`, without autospec."""
        inherit = False
        if spec is True:
            spec, spec_set = (None, original) if spec_set is True else (original, spec_set)
        elif spec is not None:
            if spec_set is True:
                spec, spec_set = None, spec
        elif spec_set is True:
            spec_set = original
        has_spec = spec is not None or spec_set is not None
        if has_spec:
            if original is DEFAULT:
                raise TypeError("Can't use 'spec' with create=True")
            inherit = isinstance(original, type)
        if spec is None and _mock._is_async_obj(original):
            factory = _mock.AsyncMock
        else:
            factory = _mock.MagicMock
        used_spec = spec if spec_set is None else spec_set
        if self.new_callable is not None:
            factory = self.new_callable
        elif has_spec:
            if _mock._is_list(used_spec):
                is_callable = '__call__' in used_spec
            else:
                is_callable = callable(used_spec)
            if _mock._is_async_obj(used_spec):
                factory = _mock.AsyncMock
            elif not is_callable:
                factory = _mock.NonCallableMagicMock
        options = {}
        if spec is not None:
            options['spec'] = spec
        if spec_set is not None:
            options['spec_set'] = spec_set
        if (isinstance(factory, type) and issubclass(factory, _mock.NonCallableMock)
                and self.attribute):
            options['name'] = self.attribute
        options.update(self.kwargs)
        new = factory(**options)
        if inherit and _mock._is_instance_mock(new):
            # Instances of the mocked class have the spec too.
            if not _mock._is_list(used_spec) and not _mock._instance_callable(used_spec):
                factory = _mock.NonCallableMagicMock
            options.pop('name')
            new.return_value = factory(_new_parent=new, _new_name='()', **options)
        return new

    def _make_autospecced(self, original, autospec, spec_set):
        if self.new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify "
                            "autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        if autospec is True:
            autospec = original
        if _mock._is_instance_mock(self.target):
            raise _mock.InvalidSpecError(
                f'Cannot autospec attr {self.attribute!r} as the patch '
                f'target has already been mocked out. '
                f'[target={self.target!r}, attr={autospec!r}]')
        if _mock._is_instance_mock(autospec):
            target_name = getattr(self.target, '__name__', self.target)
            raise _mock.InvalidSpecError(
                f'Cannot autospec attr {self.attribute!r} from target '
                f'{target_name!r} as it has already been mocked out. '
                f'[target={self.target!r}, attr={autospec!r}]')
        return _mock.create_autospec(autospec, spec_set=bool(spec_set),
                                     _name=self.attribute, **self.kwargs)

    def __enter__(self):
        """Perform the patch."""
        self.target = self.getter()
        # False means the same as None.
        spec, spec_set, autospec = (None if value is False else value for value in
                                    (self.spec, self.spec_set, self.autospec))
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if ((spec is not None or autospec is not None)
                and spec_set not in (True, None)):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        original, local = self.get_original()
        new = self.new
        if new is DEFAULT and autospec is None:
            new = self._make_from_spec(original, spec, spec_set)
        elif autospec is not None:
            new = self._make_autospecced(original, autospec, spec_set)
        elif self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")

        self.temp_original = original
        self.is_local = local
        self._exit_stack = contextlib.ExitStack()
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is None:
                return new
            made = {}
            if self.new is DEFAULT:
                made[self.attribute_name] = new
            for patching in self.additional_patchers:
                others = self._exit_stack.enter_context(patching)
                if patching.new is DEFAULT:
                    made.update(others)
            return made
        except:
            if not self.__exit__(*sys.exc_info()):
                raise

    def __exit__(self, *exc_info):
        """Undo the patch."""
        target, name = self.target, self.attribute
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(target, name, self.temp_original)
        else:
            delattr(target, name)
            if not self.create and (not hasattr(target, name) or name in _RESTORED):
                # An object that passes attributes on to another one lost it there.
                setattr(target, name, self.temp_original)
        del self.temp_original, self.is_local, self.target
        stack = self._exit_stack
        del self._exit_stack
        return stack.__exit__(*exc_info)

    def start(self):
        """Activate a patch, returning any created mock."""
        made = self.__enter__()
        self._active_patches.append(self)
        return made

    def stop(self):
        """Stop an active patch."""
        try:
            self._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _get_target(target):
    try:
        target, attribute = target.rsplit('.', 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return partial(_resolve, target), attribute


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None,
                  autospec=None, new_callable=None, *, unsafe=False, **kwargs):
    """Patch the named member of an object with a mock object.

    The arguments are those of `patch`, which names the object by a string.
    """
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec,
                  new_callable, kwargs, unsafe=unsafe)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None,
                    new_callable=None, **kwargs):
    """Perform multiple patches in a single call: each keyword is an attribute of the target.

    For attributes given as DEFAULT mocks are made. They are passed to a decorated function by
    keyword; as a context manager it gives them as a dictionary.
    """
    if type(target) is str:
        getter = partial(_resolve, target)
    else:
        getter = lambda: target
    if not kwargs:
        raise ValueError('Must supply at least one keyword argument with patch.multiple')
    patchers = []
    for attribute, new in kwargs.items():
        patcher = _patch(getter, attribute, new, spec, create, spec_set, autospec,
                         new_callable, {})
        patcher.attribute_name = attribute
        patchers.append(patcher)
    first, *others = patchers
    first.additional_patchers.extend(others)
    return first


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
          new_callable=None, *, unsafe=False, **kwargs):
    """Replace an attribute, named like 'package.module.ClassName', while a function, the
    methods of a class, or a with block run.

    `target` is looked up when the patch starts. `new` is what to put there; without it an
    AsyncMock (for async functions) or MagicMock is made, passed to the decorated function as
    an additional argument, or given by the context manager.

    `spec` and `spec_set` are passed to the mock (True means: the object that is replaced);
    `autospec` makes it with create_autospec; `new_callable` makes it instead of MagicMock;
    other keywords configure it. With `create` the attribute need not exist. `unsafe` lets
    likely misspellings of these names pass.

    As a class decorator it patches methods whose names start with patch.TEST_PREFIX.
    patch.object, patch.dict and patch.multiple are its other forms.
    """
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable,
                  kwargs, unsafe=unsafe)


class _patch_dict:
    """Set items of a dictionary, or something like it, and restore it afterwards.

    `in_dict` is the dictionary or its name; `values` are the items, as a dictionary or pairs;
    `clear` empties the dictionary first; keywords are further items. Works as a context
    manager, a decorator and a class decorator.
    """

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values)
        self.values.update(kwargs)
        self.clear = clear
        self._original = None

    def __call__(self, f):
        if isinstance(f, type):
            return self.decorate_class(f)
        if inspect.iscoroutinefunction(f):
            return self.decorate_async_callable(f)
        return self.decorate_callable(f)

    def decorate_callable(self, f):
        """Patch around each call of the function."""
        @wraps(f)
        def _inner(*args, **kw):
            self._patch_dict()
            try:
                return f(*args, **kw)
            finally:
                self._unpatch_dict()
        return _inner

    def decorate_async_callable(self, f):
        """Patch around each run of the coroutine function."""
        @wraps(f)
        async def _inner(*args, **kw):
            self._patch_dict()
            try:
                return await f(*args, **kw)
            finally:
                self._unpatch_dict()
        return _inner

    def decorate_class(self, klass):
        """Patch around each test method of the class."""
        for name in dir(klass):
            value = getattr(klass, name)
            if name.startswith(patch.TEST_PREFIX) and hasattr(value, "__call__"):
                decorator = _patch_dict(self.in_dict, self.values, self.clear)
                setattr(klass, name, decorator(value))
        return klass

    def __enter__(self):
        """Patch the dict."""
        self._patch_dict()
        return self.in_dict

    def _patch_dict(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _resolve(self.in_dict)
        in_dict = self.in_dict
        try:
            original = in_dict.copy()
        except AttributeError:
            original = {key: in_dict[key] for key in in_dict}
        self._original = original
        if self.clear:
            _clear_dict(in_dict)
        _update_dict(in_dict, self.values)

    def _unpatch_dict(self):
        _clear_dict(self.in_dict)
        _update_dict(self.in_dict, self._original)

    def __exit__(self, *args):
        """Unpatch the dict."""
        if self._original is not None:
            self._unpatch_dict()
        return False

    def start(self):
        """Activate a patch, returning any created mock."""
        made = self.__enter__()
        _patch._active_patches.append(self)
        return made

    def stop(self):
        """Stop an active patch."""
        try:
            _patch._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _update_dict(in_dict, values):
    try:
        in_dict.update(values)
    except AttributeError:
        for key in values:
            in_dict[key] = values[key]


def _clear_dict(in_dict):
    try:
        in_dict.clear()
    except AttributeError:
        for key in list(in_dict):
            del in_dict[key]


def _patch_stopall():
    """Stop all active patches. LIFO to unroll nested patches."""
    for active in reversed(_patch._active_patches):
        active.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _patch_stopall
patch.TEST_PREFIX = 'test'
