"""Weak references: creation, death, callbacks."""
import weakref
class Thing:
    pass
def main():
    fired = 0
    def callback(ref):
        nonlocal fired
        fired += 1
    for round_ in range(70):
        things = [Thing() for _ in range(10_000)]
        refs = [weakref.ref(t) for t in things]
        with_callback = [weakref.ref(t, callback) for t in things]
        alive = sum(r() is not None for r in refs)
        del things[::2]
        alive += sum(r() is not None for r in refs)
        things.clear()
        alive += sum(r() is not None for r in with_callback)
    return alive, fired
print(main())
