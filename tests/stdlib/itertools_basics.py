from itertools import *
import itertools
print(list(islice(count(5,2),4)), count(), count(3,4), list(islice(cycle('ab'),5)), list(repeat(1,3)), repeat('x',2), repeat(5))
print(list(accumulate([1,2,3])), list(accumulate([1,2,3], initial=10)), list(accumulate([3,1,2], max)))
print(list(chain('ab',[1])), list(chain.from_iterable(['ab','c'])), list(compress('abcd',[1,0,1])), list(dropwhile(lambda x:x<3,[1,3,1])), list(takewhile(lambda x:x<3,[1,3,1])), list(filterfalse(None,[0,1,''])), list(starmap(pow,[(2,3),(3,2)])))
print(list(batched('abcdefg',3)), list(islice('abcdefg',2,None,2)), list(islice(range(10),1,8,3)), list(pairwise([1,2,3])), list(zip_longest('ab','c',fillvalue='-')))
print([(k,list(g)) for k,g in groupby('aabbc')], [(k,list(g)) for k,g in groupby([1,3,2,4],key=lambda x:x%2)])
a,b=tee([1,2,3]); print(next(a),list(b),list(a))
print(list(product('ab',[1,2])), list(product([0,1],repeat=2)), list(permutations('abc',2)), list(combinations('abcd',2)), list(combinations_with_replacement('abc',2)))
print(len(list(permutations(range(5)))), list(product()), list(combinations([],0)), list(permutations([],0)))
for f in [lambda: islice([1],-1), lambda: batched([1],0), lambda: tee([1],-1), lambda: permutations([1],-1), lambda: count('a'), lambda: islice([1],0,1,0), lambda: chain(x=1), lambda: takewhile(1), lambda: zip_longest(x=1), lambda: product([1],repeat=-1), lambda: product([1], x=1), lambda: next(count(1,'a'))]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
g = groupby('aab'); k, gr = next(g); next(g); print(list(gr))
i = islice(range(10), 3); print(list(i), list(i)); it=iter(range(10)); list(islice(it,2,5)); print(next(it))
it=iter(range(10)); list(islice(it,5,2)); print(next(it))
