"""Sets that do not keep their members alive.

A member's weak reference removes itself when the member dies; while somebody iterates, the
removal is put off, so that the iteration does not see the set change under it.
"""

from _weakref import ref
from types import GenericAlias

__all__ = ["WeakSet"]


class _IterationGuard:
    """Puts off removals from a weak container for as long as a ``with`` block runs."""

    def __init__(self, container):
        # An unfinished iteration must not keep the container alive.
        self.container = ref(container)

    def __enter__(self):
        container = self.container()
        if container is not None:
            container._iterating.add(self)
        return self

    def __exit__(self, *exc_info):
        container = self.container()
        if container is not None:
            container._iterating.remove(self)
            if not container._iterating:
                container._commit_removals()


def _remover(owner):
    """The callback of a set's references: takes a dead one out, or notes it while one iterates."""
    # A default takes one object less than a variable of this function.
    def remove(reference, owner=owner):
        container = owner()
        if container is None:
            return
        busy = container._iterating
        (container._pending_removals.append if busy else container.data.discard)(reference)
    return remove


class WeakSet:
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, data=None):
        self.data, self._remove = set(), _remover(ref(self))
        self._pending_removals, self._iterating = [], set()
        if data is not None:
            self.update(data)

    def _commit_removals(self):
        pending, discard = self._pending_removals, self.data.discard
        try:
            while pending:
                discard(pending.pop())
        except IndexError:
            pass  # Another thread took the last one.

    def __iter__(self):
        with _IterationGuard(self):
            for reference in self.data:
                member = reference()
                if member is not None:
                    # The caller alone decides how long the member lives.
                    yield member

    def __len__(self):
        return len(self.data) - len(self._pending_removals)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def __reduce__(self):
        return self.__class__, (list(self),), self.__getstate__()

    def _settle(self):
        if self._pending_removals:
            self._commit_removals()

    def add(self, item):
        self._settle()
        self.data.add(ref(item, self._remove))

    def clear(self):
        self._settle()
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    def pop(self):
        self._settle()
        while self.data:
            member = self.data.pop()()
            if member is not None:
                return member
        raise KeyError("pop from empty WeakSet")

    def remove(self, item):
        self._settle()
        self.data.remove(ref(item))

    def discard(self, item):
        self._settle()
        self.data.discard(ref(item))

    def update(self, other):
        self._settle()
        for member in other:
            self.add(member)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        rest = self.copy()
        rest.difference_update(other)
        return rest

    __sub__ = difference

    def difference_update(self, other):
        self.__isub__(other)

    def __isub__(self, other):
        self._settle()
        # A list first, as the other one may be this very set.
        self.data.difference_update([ref(member) for member in other])
        return self

    def intersection(self, other):
        return self.__class__(member for member in other if member in self)

    __and__ = intersection

    def intersection_update(self, other):
        self.__iand__(other)

    def __iand__(self, other):
        self._settle()
        self.data.intersection_update(ref(member) for member in other)
        return self

    # References are equal if what they refer to is, so their sets tell about the members.

    def __eq__(self, other):
        if isinstance(other, self.__class__):
            return self.data == set(map(ref, other))
        return NotImplemented

    def issubset(self, other):
        return self.data.issubset(map(ref, other))

    def issuperset(self, other):
        return self.data.issuperset(map(ref, other))

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < set(map(ref, other))

    def __gt__(self, other):
        return self.data > set(map(ref, other))

    def isdisjoint(self, other):
        return not self.intersection(other)

    def symmetric_difference(self, other):
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        self.__ixor__(other)

    def __ixor__(self, other):
        self._settle()
        if self is other:
            self.data.clear()
        else:
            self.data.symmetric_difference_update(ref(member, self._remove) for member in other)
        return self

    def union(self, other):
        return self.__class__(member for source in (self, other) for member in source)

    __or__ = union

    def __repr__(self):
        return repr(self.data)
