import sys
rc = sys.getrefcount
I = rc(None)
print(I, rc(True) == I, rc(False) == I, rc(0) == I, rc(-5) == I, rc(256) == I, rc(...) == I, rc(NotImplemented) == I, rc(()) == I, rc("") == I, rc("a") == I, rc(b"") == I, rc(b"a") == I, rc("é") == I)
print(rc(int) == I, rc(type) == I, rc(object) == I, rc(ValueError) == I, rc(len) < I, rc(list) == I)
x = None; y = [None] * 100; print(rc(None) == I)
class A: pass
print(rc(A) < 20, rc(A()) , rc(lambda: 1), rc([1]), rc({1: 2}), rc({1}), rc((x, A)), rc(range(3)), rc(slice(1)), rc(bytearray()), rc(frozenset([1])))
print(rc("abc" + str(5)), rc(b"ab" + bytes(1)), rc(10**30 + len(y)), rc((1.5 + len(y)) * 1e300 if 0 else [2.5]))
