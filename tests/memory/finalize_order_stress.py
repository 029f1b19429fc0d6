import gc
gc.disable()
log = []
class N:
    def __init__(s, i): s.i = i; s.links = []
    def __del__(s): log.append(s.i); assert all(isinstance(x, N) for x in s.links)
seed = 7
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 8) % n
for trial in range(5):
    nodes = [N(i) for i in range(50)]
    for _ in range(120): nodes[rnd(50)].links.append(nodes[rnd(50)])
    keep = [nodes[rnd(50)] for _ in range(3)]
    del nodes; gc.collect()
    reach, todo = set(), list(keep)
    while todo:
        x = todo.pop()
        if x.i not in reach: reach.add(x.i); todo.extend(x.links)
    del x
    print(len(log) + len(reach), sorted(log) == sorted(set(range(50)) - reach), len(set(log)) == len(log))
    log.clear(); del keep; gc.collect(); print(len(log) == len(reach)); log.clear()
