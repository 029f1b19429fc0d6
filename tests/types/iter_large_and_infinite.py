def count(n=0):
    while True: yield n; n += 1
def take(n, it): return [x for _, x in zip(range(n), it)]
print(take(5, count()), take(3, map(lambda x: x * x, count(1))), take(4, filter(lambda x: x % 3 == 0, count())), take(3, zip(count(), "abcdef")), take(2, enumerate(count(10), 5)))
print(next(x for x in count() if x * x > 200), any(x > 1000 for x in count()), 50 in count(), dict(take(3, zip("xyz", count()))), max(take(10, count())))
def primes():
    seen = []
    for n in count(2):
        if all(n % p for p in seen if p * p <= n): seen.append(n); yield n
print(take(15, primes()))
def chain(*its):
    for it in its: yield from it
def cycle(s):
    while True: yield from s
def accumulate(it, t=0):
    for x in it: t += x; yield t
def pairwise(it):
    it = iter(it); a = next(it)
    for b in it: yield a, b; a = b
def product(*seqs):
    if not seqs: yield (); return
    for x in seqs[0]:
        for rest in product(*seqs[1:]): yield (x, *rest)
def permutations(s):
    if not s: yield (); return
    for i, x in enumerate(s):
        for p in permutations(s[:i] + s[i + 1:]): yield (x, *p)
def combos(s, k):
    if k == 0: yield (); return
    for i in range(len(s)):
        for c in combos(s[i + 1:], k - 1): yield (s[i], *c)
def groupby(it, key):
    group, last = [], object()
    for x in it:
        k = key(x)
        if k != last and group: yield last, group; group = []
        last = k; group.append(x)
    if group: yield last, group
print(list(chain("ab", [1], range(2))), take(5, cycle("xy")), list(accumulate(range(6))), list(pairwise("abcd")), list(product("ab", [1, 2])), list(permutations("abc")), list(combos([1, 2, 3, 4], 2)), list(groupby([1, 3, 2, 4, 5], lambda x: x % 2)))
def flatten(x):
    for y in x:
        if isinstance(y, (list, tuple)): yield from flatten(y)
        else: yield y
print(list(flatten([1, (2, [3, [4, []]]), 5])), sum(1 for _ in permutations(tuple(range(5)))), len(list(combos(range(10), 5))))
def coro_avg():
    n = t = 0; avg = None
    while True:
        x = yield avg; n += 1; t += x; avg = t / n
c = coro_avg(); next(c); print([c.send(v) for v in (10, 20, 60)])
def pipeline(src, *fs):
    for f in fs: src = f(src)
    return src
print(list(pipeline(range(10), lambda s: (x for x in s if x % 2), lambda s: (x * 10 for x in s), lambda s: take(3, s))))
