import atexit
print(atexit._ncallbacks()); f = atexit.register(print, 1); print(f is print, atexit._ncallbacks())
@atexit.register
def a(): print('a'); atexit.register(print, 'added in a')
atexit.register(a); atexit.register(print, 'kw', sep='-', end='$\n'); print(atexit._ncallbacks()); atexit.unregister(a); print(atexit._ncallbacks())
class E:
    def __eq__(self, o): return True
    def __call__(self): print('E')
atexit.register(E()); atexit.register(print, 2); atexit._run_exitfuncs(); print(atexit._ncallbacks())
for bad in (5, None):
    try: atexit.register(bad)
    except TypeError as e: print(e)
try: atexit.register()
except TypeError as e: print(e)
atexit.register(print, 'c'); atexit._clear(); print(atexit._ncallbacks()); atexit.register(print, 'final'); atexit.register(lambda: atexit.unregister(y)); y = lambda: print('never'); atexit.register(y); atexit.register(lambda: print('first'))
