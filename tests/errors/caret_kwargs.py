def f(**k): return k["x"]
f(y=1, **{"z": 2})
