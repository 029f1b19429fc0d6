# What collect() finds of iterators in cycles, and what they refer to.
# no-stress: the numbers that collect() returns are its subject
import gc, itertools, warnings
warnings.simplefilter("ignore")
gc.disable(); gc.collect()
def found(name, make, advance):
    held = [1, 2]
    iterator = make(held)
    if advance:
        next(iterator)
    shown = [type(x).__name__ for x in gc.get_referents(iterator)]
    held.append(iterator)
    del iterator, held
    print(name, advance, shown, gc.collect())
for name, make in {
    "zip_longest": lambda l: itertools.zip_longest([l], l, []),
    "product": lambda l: itertools.product([l], (1, 2)),
    "product of one": lambda l: itertools.product([l], repeat=2),
    "permutations": lambda l: itertools.permutations([l], 1),
    "combinations": lambda l: itertools.combinations([l], 1),
    "combinations_with_replacement": lambda l: itertools.combinations_with_replacement([l], 2),
    "accumulate": lambda l: itertools.accumulate([l]),
    "accumulate by": lambda l: itertools.accumulate([l], print, initial=0),
    "zip": lambda l: zip([l], l),
    "islice": lambda l: itertools.islice([l], 1),
    "pairwise": lambda l: itertools.pairwise([l, l]),
    "batched": lambda l: itertools.batched([l], 1),
    "groupby": lambda l: itertools.groupby([l], id),
}.items():
    for advance in (False, True):
        found(name, make, advance)
t = (1, 2)
print([x[1] is t for x in [itertools.product(t).__reduce__()]], itertools.permutations(t).__reduce__()[1][0] is t)
z = itertools.zip_longest("abc", [1], fillvalue="-")
print(next(z), next(z), len(z.__reduce__()[1]), list(z), list(z))
def broken():
    yield 1
    raise ValueError
z = itertools.zip_longest(broken(), "abc")
print(next(z))
try:
    next(z)
except ValueError:
    print(list(z))
p = itertools.product("ab", [1, 2])
print(next(p), p.__reduce__()[1:], list(p), p.__reduce__()[1])
print(list(itertools.product()), list(itertools.product("ab", repeat=0)), list(itertools.product("ab", "")))
print([gc.get_referents(itertools.count(n, s))for n, s in ((0, 1), (5, 2), (2.5, 1))])
