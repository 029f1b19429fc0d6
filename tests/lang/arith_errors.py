ops = ["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"]
vals = ["1", "'s'", "None", "[1]", "(1,)", "{}", "1j", "{1}"]
for op in ops:
    for a in vals:
        for b in vals:
            try:
                r = eval(f"{a} {op} {b}")
            except Exception as e:
                print(f"{a} {op} {b}: {type(e).__name__}: {e}")
            else:
                print(f"{a} {op} {b} = {r!r}")
for op in "+-~":
    for a in vals:
        try:
            print(op, a, eval(f"{op}{a}"))
        except TypeError as e:
            print(e)
