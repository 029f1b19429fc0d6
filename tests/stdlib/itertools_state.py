# no-stress: CPython itself crashes at its end where no collection has run
"""Iterators of itertools are pickled and copied by their state, with a warning that this will go."""
import copy
import itertools
import pickle
import warnings

cases = [
    itertools.count(3), itertools.count(3, 2), itertools.count(10 ** 30), itertools.cycle("ab"),
    itertools.repeat("x", 3), itertools.repeat(None, 2), itertools.accumulate([1, 2, 3]),
    itertools.accumulate([1, 2], initial=5),
    itertools.chain([1], [2, 3]), itertools.chain(), itertools.compress("abc", [1, 0, 1]),
    itertools.dropwhile(bool, [1, 0, 2]), itertools.takewhile(bool, [1, 2, 0]),
    itertools.filterfalse(None, [0, 1, 0]), itertools.starmap(pow, [(2, 3), (3, 2)]),
    itertools.islice("abcdef", 1, 5, 2), itertools.zip_longest([1], [2, 3], fillvalue=0),
    itertools.product("ab", [1, 2]), itertools.permutations("abc", 2),
    itertools.combinations("abcd", 2), itertools.combinations_with_replacement("ab", 2),
    itertools.tee("abcd")[0], itertools.groupby("aab"),
]


def some(iterator):
    return list(itertools.islice(iterator, 6))


for case in cases:
    name = type(case).__name__
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        next(case, None)
        for again in (copy.copy(case), pickle.loads(pickle.dumps(case, 2))):
            if name == "groupby":
                print(name, [(key, list(group)) for key, group in again])
                continue
            print(name, some(again))
    print(sorted({str(warning.message) for warning in caught}))

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    product = itertools.product((1, 2), (3,))
    product.__setstate__((0, 1000))
    print(next(product))
    for iterator, state in (
            (itertools.cycle("a"), ()), (itertools.chain([]), (1,)), (itertools.chain([]), [1]),
            (itertools.combinations("ab", 1), (1, 2))):
        try:
            iterator.__setstate__(state)
        except Exception as problem:
            print(type(problem).__name__, problem)


class WithKeywords(itertools.chain):
    def __init__(self, *sources, label=None):
        self.label = label


print(list(WithKeywords("ab", label=1)))
try:
    itertools.chain("ab", label=1)
except TypeError as problem:
    print(problem)
first, second = itertools.tee(iter(range(200)))
print(sum(first), sum(second), list(first))
