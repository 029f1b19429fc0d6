vals = ["1", "'s'", "None", "[1]", "{}", "1j", "b'x'", "{1}", "int"]
for op in ["<", "<=", ">", ">=", "==", "!=", "in", "not in"]:
    for a in vals:
        row = []
        for b in vals:
            try:
                row.append(str(eval(f"{a} {op} {b}")))
            except Exception as e:
                row.append(f"{type(e).__name__}: {e}")
        print(a, op, "|", " ; ".join(row))
