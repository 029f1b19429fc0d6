import sys
print(); print(""); print(1, 2); print("a", "b", sep=""); print("a", "b", sep="--", end="!\n"); print(*range(3), sep=", "); print(None, True, [1], {"a": 1}); print("x", end=""); print("y"); print(sep="x"); print(1, 2, sep=None, end=None); print("a\0b", "é", "😀"); print("multi\nline", flush=True); print(1, file=None)
class W:
    def __init__(s): s.parts = []
    def write(s, t): s.parts.append(t); return len(t)
    def flush(s): s.parts.append("<flush>")
w = W(); print(1, "a", file=w); print("x", "y", sep="-", end="", file=w, flush=True); print(file=w); print(w.parts)
def t(*a, **k):
    try: print(*a, **k)
    except Exception as e: print(type(e).__name__, e, file=sys.stdout)
t(1, sep=5); t(1, end=5); t(1, foo=1); t(1, file=5); t(1, sep=b""); t(1, file=object()); t("\ud800")
class S:
    def __str__(s): return "str!"
    def __repr__(s): return "repr!"
class B:
    def __str__(s): raise ValueError("bad str")
print(S(), [S()]); t(B()); t("partial", B())
class NoFlush:
    def write(s, t): pass
t(1, file=NoFlush(), flush=True); t(1, file=NoFlush())
print(print(1)); old = sys.stdout; sys.stdout = w2 = W(); print("captured"); sys.stdout = old; print(w2.parts)
sys.stdout.write("direct\n"); print(sys.stdout.write("") == 0, sys.stdout.encoding, sys.stdout.name, sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.writable(), sys.stdout.readable(), sys.stdout.closed, sys.stdout.errors)
sys.stdout = None; print("lost"); sys.stdout = old; print("back")
try: sys.stdout.write(5)
except TypeError as e: print(e)
try: print(input())
except EOFError as e: print("EOFError", e)
print(sys.stdin.read() == "", sys.stdin.readline() == "", list(sys.stdin))
