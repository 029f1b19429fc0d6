# no-stress: prints what explicit collections report
import gc, sys
class Out:
    def __init__(s): s.text = ""
    def write(s, t): s.text += t
    def flush(s): pass
def capture(flags, f):
    old, sys.stderr = sys.stderr, Out()
    gc.set_debug(flags)
    try: f(); return sys.stderr.text
    finally: gc.set_debug(0); sys.stderr = old
gc.disable(); gc.collect()
class A: pass
def junk():
    a = A(); a.me = a; l = []; l.append(l)
def masked(t):
    out = []
    for line in t.splitlines():
        words = ["N" if w.strip(",.s").replace(".", "").isdigit() else ("ADDR>" if w.startswith("0x") else w) for w in line.split()]
        out.append(" ".join(words))
    return out
junk(); print(*masked(capture(gc.DEBUG_STATS, gc.collect)), sep="\n")
junk(); print(*masked(capture(gc.DEBUG_COLLECTABLE, gc.collect)), sep="\n")
junk(); print(*masked(capture(gc.DEBUG_STATS | gc.DEBUG_COLLECTABLE, lambda: gc.collect(0))), sep="\n")
print(*masked(capture(gc.DEBUG_STATS, lambda: gc.collect(1))), sep="\n")
t = capture(gc.DEBUG_STATS, gc.collect); print(t.splitlines()[0], t.endswith("s elapsed\n"), ", 0 unreachable, 0 uncollectable, " in t)
junk(); t = capture(gc.DEBUG_LEAK, gc.collect); print(*masked(t), sep="\n"); print(len(gc.garbage)); gc.garbage.clear()
