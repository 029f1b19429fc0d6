"""A guided tour of Python's memory: reference counts, cycles, generations, finalisers, weak references, resurrection.

    cargo run --release -- docs/tour.py

Every line with an arrow is measured while the tour runs: the expression on the left was just evaluated, and what is
on the right is its value.  CPython 3.12 prints the same.
"""

import gc
import sys
import weakref


def title(number, text):
    print()
    print(f"{number}. {text}")
    print("-" * (len(f"{number}. {text}")))


def say(text):
    for line in text.strip().splitlines():
        print(line.strip())


def watch(expression):
    """Print an expression of the caller's and its value."""
    frame = sys._getframe(1)
    value = eval(expression, frame.f_globals, frame.f_locals)
    print(f"    {expression:<60} -> {value!r}")


class Node:
    """Something with a name that tells when it dies."""

    def __init__(self, name):
        self.name = name
        self.other = None

    def __repr__(self):
        return f"<{self.name}>"

    def __del__(self):
        print(f"      ({self.name} dies)")


print("A tour of Python's memory")
print("=========================")
say("""
Python frees memory in two ways.  Every object carries a count of the references to it, and dies at once when the
count falls to zero.  What references itself in a circle never gets there; a collector looks for such circles now
and then.  We switch it off for the first part, so that nothing happens behind our back.
""")
gc.disable()
gc.collect()

title(1, "Every reference counts")
say("""
sys.getrefcount tells the count, and is always one higher than you think: its own argument is a reference too.
""")
treasure = ["gold"]
watch("sys.getrefcount(treasure)")
say("A second name, and a place in a container, are two more.")
alias = treasure
chest = [treasure]
watch("sys.getrefcount(treasure)")
say("Deleting a name gives its reference back, as does emptying the container.")
del alias
chest.clear()
watch("sys.getrefcount(treasure)")
say("None, True and the types live for ever. Their count is a mark, not a number.")
watch("sys.getrefcount(None), sys.getrefcount(None) == sys.getrefcount(int)")

title(2, "Zero means now")
say("An object dies when the last reference goes: before the next statement runs, not some time later.")
node = Node("ada")
say("The name `node` is the only reference. Now we bind it to something else:")
node = None
say("The object was gone before this line printed. A list takes its elements along, last one first:")
crew = [Node("bob"), Node("cleo"), Node("dan")]
del crew
say("And a function takes its local variables along when it returns, in the order in which they were defined:")


def visit():
    guest, companion = Node("eve"), Node("fay")
    return "the function has returned its value"


watch("visit()")

title(3, "The circle that counting cannot open")
say("""
Two objects that hold each other keep each other's count at one. Nobody can reach them any more, yet neither
count is zero.
""")


def make_pair(first, second):
    a, b = Node(first), Node(second)
    a.other, b.other = b, a
    return weakref.ref(a)


lost = make_pair("gil", "hal")
say("A weak reference lets us look without holding. The pair is unreachable, and still there:")
watch("lost()")
say("The collector finds out. It counts, for each object it watches, the references that come from other watched")
say("objects. Where that explains the whole count, nothing outside holds the object:")
watch("gc.collect()")
watch("lost()")
say("Two objects were found and freed. Each `Node` keeps its attributes inside itself, so it counts once.")

title(4, "What the collector watches")
say("Only what can hold references can be part of a circle. Numbers and strings are not watched, containers are.")
watch("[gc.is_tracked(x) for x in (1, 'text', 2.5)]")
watch("[gc.is_tracked(x) for x in ([], Node, print)]")
say("A dictionary of plain values is not worth watching, until something is put in that could close a circle.")
table = {"one": 1}
watch("gc.is_tracked(table)")
table["more"] = []
watch("gc.is_tracked(table)")

title(5, "Three generations")
say("""
Most objects die young. New ones are in generation 0, which is looked at often; what survives moves up to
generation 1, then 2, which are looked at ever less often.
""")
watch("gc.get_threshold()")


def generation_of(thing):
    return [any(x is thing for x in gc.get_objects(g)) for g in range(3)].index(True)


survivor = ["I hold on"]
watch("generation_of(survivor)")
watch("gc.collect(0) >= 0 and generation_of(survivor)")
watch("gc.collect(1) >= 0 and generation_of(survivor)")
say("""
A circle that has reached generation 2 is not found by a young collection, only by a full one.
""")
old = make_pair("ida", "jim")
pair = old()
gc.collect()
del pair
watch("gc.collect(0)")
watch("old() is not None")
watch("gc.collect()")

title(6, "When it runs by itself")
say("""
Collections start when enough new objects have survived, and only between two instructions of a program, never in
the middle of an allocation. With a threshold of 100, let us make a thousand objects and keep them, and count.
""")
runs = []


def note(phase, info):
    if phase == "start":
        runs.append(info["generation"])


class Plain:
    pass


def keep_thousand():
    kept = []
    for _ in range(1000):
        kept.append(Plain())
    return kept


gc.callbacks.append(note)
gc.set_threshold(100, 10, 10)
gc.enable()
kept = keep_thousand()
gc.disable()
watch("8 <= len(runs) <= 10, set(runs)")
say("A thousand objects that die at once by count need no collection at all: births and deaths cancel out.")
del kept
gc.collect()
runs.clear()


def drop_thousand():
    for _ in range(1000):
        Plain()


gc.enable()
drop_thousand()
gc.disable()
watch("runs")
gc.callbacks.remove(note)
gc.set_threshold(700, 10, 10)

title(7, "Weak references")
say("A weak reference does not count. It answers with the object while that lives, and with None afterwards.")
star = Node("kim")
glimpse = weakref.ref(star)
watch("glimpse()")
watch("sys.getrefcount(star)")
say("It can carry a callback. When an object dies by count, its finaliser runs first, then the callbacks, newest first.")
older = weakref.ref(star, lambda r: print("      (older callback)"))
newer = weakref.ref(star, lambda r: print("      (newer callback)"))
del star
watch("glimpse(), older(), newer()")
say("In a circle it is the other way round: the weak references go first, so that nobody can see a half-dead object.")
circle = Node("leo")
circle.other = circle
witness = weakref.ref(circle, lambda r: print("      (callback first)"))
del circle
watch("gc.collect()")

title(8, "Finalisers see a whole world")
say("""
Before anything in a dead circle is taken apart, every finaliser runs, in the order of creation, and all of them
still see their neighbours intact.
""")


class Polite:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(f"      ({self.name} says goodbye to {self.neighbour.name})")


guests = [Polite(name) for name in ("mia", "ned", "ola")]
for guest, neighbour in zip(guests, guests[1:] + guests[:1]):
    guest.neighbour = neighbour
del guests, guest, neighbour
watch("gc.collect()")
say("A finaliser that fails cannot stop the world either. Its error goes to sys.unraisablehook:")


class Clumsy:
    def __del__(self):
        raise ValueError("dropped it")


sys.unraisablehook = lambda report: print(f"      (ignored {report.exc_value!r} in {report.object.__qualname__})")
Clumsy()
sys.unraisablehook = sys.__unraisablehook__

title(9, "Resurrection")
say("A finaliser may store its object somewhere, and so bring it back to life. That works once.")
graveyard = []


class Phoenix:
    def __del__(self):
        print("      (the phoenix burns)")
        graveyard.append(self)


bird = Phoenix()
ghost = weakref.ref(bird)
del bird
watch("len(graveyard)")
say("It is back, with its weak references, but its finaliser is spent:")
watch("ghost() is graveyard[0], gc.is_finalized(graveyard[0])")
say("The second time it dies for good, and in silence:")
graveyard.clear()
watch("ghost()")
say("In a circle the collector looks again after the finalisers ran, and does not count what came back:")
bird = Phoenix()
bird.self = bird
del bird
watch("gc.collect()")
graveyard.clear()
watch("gc.collect()")

title(10, "Who holds whom")
say("To find a leak, ask who refers to an object, and what it refers to.")
leak = ["leaking"]
cache = {"entry": leak}
watch("any(holder is cache for holder in gc.get_referrers(leak))")
watch("gc.get_referents(cache)")
watch("gc.get_referents((1, [2], 'three'))")
say("An exception holds the frames it passed through, and every local variable in them, until it is let go:")


def fail():
    heavy = Node("pam")
    raise RuntimeError("with a frame")


try:
    fail()
except RuntimeError as error:
    kept_error = error
watch("kept_error.__traceback__.tb_next.tb_frame.f_code.co_name")
kept_error = None

print()
print("That was the tour. docs/gc.md tells how it is done.")
