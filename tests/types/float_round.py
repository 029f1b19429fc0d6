for v in (0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2.675, 1.005, 1e16, 123.456, -123.456, 5e-324, 1e300, 0.05, 0.15, 0.25, 0.35, 1234567.891, 4.5, 5.5, 1e22, 0.0, -0.0):
    print(v, round(v), [round(v, n) for n in (0, 1, 2, -1, -2, 5, 17, 300, -300)], round(v, None))
for s in ["round(float('inf'))", "round(float('nan'))", "round(-float('inf'))", "round(float('inf'), 1)", "round(float('nan'), 1)", "round(1.5, 'a')", "round(1.5, 1.0)", "round('a')", "round(1e308, -308)", "round(1.7e308, -308)", "round(1.5, 10**20)", "round(1.5, -10**20)", "round(25, -1)", "round(2.5, True)", "round(1j)", "round(None)", "round([])", "type(round(1.5)), type(round(1.5, 0)), type(round(1.5, None))"]:
    try: print(s, eval(s))
    except Exception as e: print(s, type(e).__name__, e)
class R:
    def __round__(s, *a): return a
print(round(R()), round(R(), 1), round(R(), None), round(R(), "x"))
print([round(x * 0.1, 1) for x in range(12)], [round(i / 7, 3) for i in range(8)], [round(x) for x in (0.5, 1.5, 2.5, 3.5)], [round(-x - 0.5) for x in range(4)])
