def f(n): raise ValueError(n)
def collect():
    errs = []
    for i in range(2):
        try:
            f(i)
        except ValueError as e:
            errs.append(e)
    raise ExceptionGroup("outer", [errs[0], ExceptionGroup("inner", [errs[1], TypeError("t")])])
collect()
