"""Coroutines driven by a small event loop."""
class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks
    def __await__(self):
        yield self.ticks
        return self.ticks
async def leaf(n):
    return n + await Sleep(n & 3)
async def worker(n, log):
    total = 0
    for i in range(n):
        total += await leaf(i)
    log.append(total)
async def numbers(n):
    for i in range(n):
        yield i
async def consumer(n, log):
    total = 0
    async for v in numbers(n):
        total += v
        if v & 15 == 0:
            await Sleep(1)
    log.append(total)
def loop(tasks):
    steps = 0
    while tasks:
        alive = []
        for t in tasks:
            try:
                t.send(None)
                steps += 1
                alive.append(t)
            except StopIteration:
                pass
        tasks = alive
    return steps
log = []
steps = loop([worker(500, log) for _ in range(1000)] + [consumer(1800, log) for _ in range(600)])
print(steps, sum(log))
