import sys
class D:
    def __init__(s, n): s.n = n
    def __del__(s): helper(s.n); print(len("abc"), s.n.upper(), isinstance(s, D))
def helper(n): print("helper", n)
d = D("only")
e = D("with import")
def g():
    try: yield
    finally: print("generator finally at exit")
it = g(); next(it)
print("end")
