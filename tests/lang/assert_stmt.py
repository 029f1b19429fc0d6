assert True
assert 1, "msg"
for s in ["assert 0", "assert 0, 'msg'", "assert [], (1, 2)", "assert None, None", "assert not 1, f'{1+1}'", "assert 1 > 2 > 0, 'chain'", "assert 0, ValueError('inner')"]:
    try: exec(s)
    except AssertionError as e: print(s, "|", e.args, str(e), repr(e))
AssertionError_ = AssertionError
AssertionError = KeyError
try: assert 0, "still AssertionError"
except AssertionError_ as e: print("real", e)
del AssertionError
class B:
    def __bool__(self): raise RuntimeError("bool")
try: assert B()
except RuntimeError as e: print(e)
try: assert 0, 1 / 0
except ZeroDivisionError as e: print(e)
def f(x):
    assert isinstance(x, int), f"not int: {x!r}"
    return x
print(f(1))
try: f("a")
except AssertionError as e: print(e)
