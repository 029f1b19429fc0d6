"""Abstract base classes: classes that say what their subclasses must define (PEP 3119).

What takes time (instance checks, the registries of virtual subclasses and their caches) is native, in `_abc`.
"""

from _abc import (get_cache_token, _abc_init, _abc_register, _abc_instancecheck,
                  _abc_subclasscheck, _get_dump, _reset_registry, _reset_caches)


def abstractmethod(funcobj):
    """Mark a method that subclasses must define.

    A class whose metaclass is ABCMeta, or derived from it, cannot be instantiated while a method
    marked so is left.  The method may have a body, for subclasses to call through super().

    For properties, class methods and static methods, put this decorator innermost:

        class Shape(metaclass=ABCMeta):
            @property
            @abstractmethod
            def area(self): ...
    """
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """An abstract class method.  Deprecated: write @classmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    """An abstract static method.  Deprecated: write @staticmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    """An abstract property.  Deprecated: write @property over @abstractmethod."""

    __isabstractmethod__ = True


class ABCMeta(type):
    """The metaclass of abstract base classes.

    Other classes become subclasses of such a class by deriving from it or by being registered
    with it.  A registered one counts in isinstance() and issubclass(), as do classes derived from
    it, but inherits nothing: the abstract class is not in its method resolution order.
    """

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        """Make a class count as a subclass of this one; gives it back, so it can decorate."""
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        """What isinstance(instance, cls) asks."""
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        """What issubclass(subclass, cls) asks."""
        return _abc_subclasscheck(cls, subclass)

    def _dump_registry(cls, file=None):
        """Print what is registered and cached, for debugging."""
        facts = {"Class": f"{cls.__module__}.{cls.__qualname__}",
                 "Inv. counter": get_cache_token()}
        names = "registry", "cache", "negative_cache", "negative_cache_version"
        for name, value in zip(names, _get_dump(cls)):
            facts["_abc_" + name] = repr(value)
        for label, value in facts.items():
            print(f"{label}: {value}", file=file)

    def _abc_registry_clear(cls):
        """Forget the registered classes, for debugging and tests."""
        _reset_registry(cls)

    def _abc_caches_clear(cls):
        """Forget the answers of earlier checks, for debugging and tests."""
        _reset_caches(cls)


def update_abstractmethods(cls):
    """Find out anew which methods of a class are abstract, and give the class back.

    Needed after methods were put into an existing class or taken out of it, as class decorators
    do: which ones are abstract is otherwise decided once, when the class is created.  Classes that
    are not abstract base classes are left alone.
    """
    if not hasattr(cls, "__abstractmethods__"):
        return cls

    def is_abstract(value):
        return getattr(value, "__isabstractmethod__", False)

    inherited = {name for base in cls.__bases__ for name in getattr(base, "__abstractmethods__", ())
                 if is_abstract(getattr(cls, name, None))}
    own = {name for name, value in cls.__dict__.items() if is_abstract(value)}
    cls.__abstractmethods__ = frozenset(inherited | own)
    return cls


class ABC(metaclass=ABCMeta):
    """An empty class to derive from, which spares naming the metaclass."""

    __slots__ = ()
