# no-stress: collections untrack tuples
import gc
import sys

# A constant tuple is tracked until a collection finds that it holds only atoms.
exec('pair = (1, 2)\nnested = ((1, "a"), 2.5)')
print(gc.is_tracked(pair), gc.is_tracked(nested), gc.is_tracked(nested[0]), gc.is_tracked(()))
gc.collect()
print(gc.is_tracked(pair), gc.is_tracked(nested), gc.is_tracked(nested[0]))
gc.collect()
print(gc.is_tracked(pair), gc.is_tracked(nested), gc.is_tracked(nested[0]))

exec("made = (3, 4)\ndef f(): return (5, 6)")
print(gc.is_tracked(made), gc.is_tracked(f()), f() is f())
gc.collect(0)
print(gc.is_tracked(made), gc.is_tracked(f()))


# The object of a frame that runs is not tracked: it begins where the frame ends.
def running():
    frame = sys._getframe()
    print(gc.is_tracked(frame), gc.is_tracked(frame.f_back))
    return frame


kept = running()
print(gc.is_tracked(kept), gc.is_tracked(sys._getframe()))
print(kept.f_back is sys._getframe())
del kept
print(gc.collect())


def generator():
    yield sys._getframe()


g = generator()
frame = next(g)
print(gc.is_tracked(frame), gc.is_tracked(g), g.gi_frame is frame)
g.close()
print(gc.is_tracked(frame), g.gi_frame)
del g, frame
print(gc.collect())


def fails():
    marker = []
    raise ValueError(marker)


try:
    fails()
except ValueError as e:
    frames = [e.__traceback__.tb_frame, e.__traceback__.tb_next.tb_frame]
print([gc.is_tracked(frame) for frame in frames])
del frames
