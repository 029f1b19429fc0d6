# Classes called with spread arguments inside generators, whose operands lie apart from the stack.
class P:
    def __init__(self, *args, **named): self.args = args, named
class Q(P):
    def __init__(self, *args): super().__init__(*args, q=len(args))
def each(cls, rows):
    for row in rows: yield cls(*row)
print([p.args for p in each(P, [(1, 2), (3, 4), ()])])
print([q.args for q in each(Q, ["ab", "", (1, 2, 3)])])
print([p.args for p in (P(*row, **{"k": row}) for row in [(1,), (2, 3)])])
def nested(n):
    if n:
        for p in nested(n - 1): yield P(*p.args[0], n)
    yield P(*range(n))
print([p.args for p in nested(3)])
async def co(rows): return [P(*row).args for row in rows]
try: co([(1,), (2, 3)]).send(None)
except StopIteration as e: print(e.value)
