def g():
    try: yield
    except ValueError as e: print("caught", repr(e)); yield "ok"
i = g(); next(i)
print(i.throw(ValueError, "message"))
j = g(); next(j)
print(j.throw(ValueError, ValueError("inst"), None))
k = g(); next(k)
try: k.throw(ValueError, None, 5)
except TypeError as e: print(e)
