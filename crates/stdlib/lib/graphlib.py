"""Topological sorting of graphs of hashable nodes, at once or step by step.

Each node counts the predecessors that are not done yet. It is ready at 0; later the count says
instead that the node was handed out, or that it is done.
"""

from types import GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]

_HANDED_OUT = -1
_DONE = -2


class _Entry:
    """What the sorter knows of a node."""

    __slots__ = ("node", "waiting", "successors")

    def __init__(self, node):
        self.node = node
        # How many predecessors are not done yet, or one of the states above.
        self.waiting = 0
        # The nodes that wait for this one; one that was named twice also counted twice.
        self.successors = []


class CycleError(ValueError):
    """The graph has a cycle. The second of the args is one: a list of nodes, each a predecessor of the
    next, the first and the last the same."""


class TopologicalSorter:
    """Sorts a graph so that every node comes after its predecessors."""

    def __init__(self, graph=None):
        self._entries = {}
        # None until prepare() was called.
        self._ready = None
        self._handed_out = 0
        self._finished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _entry(self, node):
        """The entry of a node, new if it has none."""
        entry = self._entries.get(node)
        if entry is None:
            entry = self._entries[node] = _Entry(node)
        return entry

    def add(self, node, *predecessors):
        """Adds a node with its predecessors, to those it has already. ValueError after prepare()."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._entry(node).waiting += len(predecessors)
        for predecessor in predecessors:
            self._entry(predecessor).successors.append(node)

    def prepare(self):
        """Ends the building of the graph. With a cycle it raises CycleError; what does not depend on the
        cycle can be got even so."""
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [entry.node for entry in self._entries.values() if entry.waiting == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def _check_prepared(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")

    def get_ready(self):
        """All nodes that became ready since the last call, as a tuple."""
        self._check_prepared()
        nodes = tuple(self._ready)
        for node in nodes:
            self._entries[node].waiting = _HANDED_OUT
        self._ready.clear()
        self._handed_out += len(nodes)
        return nodes

    def is_active(self):
        """Whether there are nodes to get, or nodes that were got and are not done."""
        self._check_prepared()
        return self._finished < self._handed_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Says that nodes got from get_ready() are processed: their successors may become ready."""
        self._check_prepared()
        entries = self._entries
        for node in nodes:
            entry = entries.get(node)
            if entry is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if entry.waiting >= 0:
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            if entry.waiting == _DONE:
                raise ValueError(f"node {node!r} was already marked done")
            entry.waiting = _DONE
            for successor in entry.successors:
                waiting = entries[successor]
                waiting.waiting -= 1
                if waiting.waiting == 0:
                    self._ready.append(successor)
            self._finished += 1

    def _find_cycle(self):
        """A cycle of the graph as a list, or None: depth first, without recursion."""
        seen = set()
        for start in self._entries:
            if start in seen:
                continue
            seen.add(start)
            # The path from the start to the node looked at, each node with its place on it.
            path = [start]
            places = {start: 0}
            pending = [iter(self._entries[start].successors)]
            while pending:
                for node in pending[-1]:
                    if node in places:
                        return path[places[node]:] + [node]
                    if node not in seen:
                        seen.add(node)
                        places[node] = len(path)
                        path.append(node)
                        pending.append(iter(self._entries[node].successors))
                        break
                else:
                    pending.pop()
                    del places[path.pop()]
        return None

    def static_order(self):
        """All nodes in topological order. CycleError if there is a cycle."""
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    __class_getitem__ = classmethod(GenericAlias)
