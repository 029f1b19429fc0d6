vals = [0, 1, -3, 2**70, 0.5, -2.0, 1e300, True, 2j]
import sys
for op in ("+", "-", "*", "/", "//", "%", "**", "==", "<"):
    for a in vals:
        row = []
        for b in vals:
            if op == "**" and (abs(b) > 1000 or abs(a) > 1e100 and abs(b) > 3): row.append("-"); continue
            try: r = eval(f"a {op} b"); row.append(f"{r:.12g}" if isinstance(r, float) else f"{r.real:.9g}{r.imag:+.9g}j" if isinstance(r, complex) else str(r))
            except Exception as e: row.append(type(e).__name__ + ":" + str(e)[:24])
        print(op, a, "|", " ".join(row))
