"""A coroutine that was never awaited, in a cycle."""
import gc

gc.collect()
gc.freeze()

async def work(box):
    return box

box = []
c = work(box)
box.append(c)
c.close()
del box, c
print(gc.collect())
