# no-stress: counts what explicit collections find
# Containers of many objects: what is alive stays, what is trash is found, in the order in which it was made.
import gc
import random

gc.disable()
COUNT = 20_000
died = []


class Node:
    def __init__(self, number):
        self.number = number


class Last(Node):
    def __del__(self):
        died.append(self.number)


def shuffled(items):
    items = list(items)
    random.Random(5).shuffle(items)
    return items


def build(kind, order):
    nodes = [(Last if i % 1000 == 7 else Node)(i) for i in range(COUNT)]
    ordered = {"same": nodes, "reversed": nodes[::-1], "mixed": shuffled(nodes), "twice": nodes + nodes}[order]
    if kind == "list":
        return list(ordered)
    if kind == "dict":
        return {f"k{i}": node for i, node in enumerate(ordered)}
    if kind == "keys":
        return {node: i for i, node in enumerate(ordered)}
    return tuple(ordered)


gc.collect()
for kind in "list", "dict", "keys", "tuple":
    for order in "same", "reversed", "mixed", "twice":
        holder = Node(-1)
        holder.held = build(kind, order)
        first = next(iter(holder.held if kind != "dict" else holder.held.values()))
        first.back = holder
        print(kind, order, gc.collect(), gc.collect(1), end=" ")
        # Only the first is held now, which holds the holder, which holds all.
        del holder
        print(gc.collect(), len(died), end=" ")
        del first
        print(gc.collect(), died[:3], died[-2:], len(died))
        died.clear()

numbers = {f"k{i}": [] for i in range(COUNT)}
numbers.update((key, 0) for key in list(numbers))
gc.collect()
print(gc.is_tracked(numbers))
pairs = {f"k{i}": (i, i) for i in range(COUNT)}
gc.collect()
print(gc.is_tracked(pairs))
pairs["k5"] = []
gc.collect()
print(gc.is_tracked(pairs))
