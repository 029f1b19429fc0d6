import sys
def f():
    try:
        sys.exit(5)
    except Exception:
        print("not caught")
    finally:
        print("f finally")
class D:
    def __del__(self): print("deleted at exit")
d = D()
f()
