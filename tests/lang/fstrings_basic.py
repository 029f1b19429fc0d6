x = 42; s = "text"; f = 3.14159; d = {"k": "v"}; l = [1, 2]
print(f"{x} {s} {f} {d} {l}", f"{x!r} {s!r} {s!s} {s!a} {'é'!a}")
print(f"{x:5}|{x:<5}|{x:^5}|{x:>5}|{x:05}|{x:+}|{x:x}|{x:#x}|{x:b}|{x:,}")
print(f"{f:.2f}|{f:10.3f}|{f:e}|{f:.0%}|{s:>10}|{s:.2}|{s!r:>10}|{s:*^10}")
w, p = 10, 3
print(f"{f:{w}.{p}f}|{s:{'*'}^{w}}|{x:{'0'}{5}}|{f:{w}.{p}}")
print(f"{{}} {{{x}}} {{{{x}}}} }}{{")
print(f"{x=} {x = } {x =:>5} {f=:.2f} {s=!s} {s=} {x+1=} {d['k']=} {len(s) = }")
print(f"{d['k']} {d["k"]} {l[0]} {l[-1]} {x + 1} {x if x else 0} {[i for i in l]} {(lambda: 5)()} {(y := 3)} {y}")
print(f"{'nested ' + f'{x} {f"{s}"}'}")
print(f"""multi
{x}
{
    x
    + 1
}""")
print(f"{x!r:^{w}}", rf"\n{x}\t", fr"{s}\d", F"{x}", f'{x}' "plain {x}" f"{s}")
print(f"{'a' 'b'} {"\n".join(["p", "q"])!r} {'\\'} {'\x41'}")
print(f"{x:{'>' if x else '<'}{w}}", f"{{x}}", f"{x}}}", f"{{{x}")
class F:
    def __format__(s, spec): return f"<{spec}>"
    def __str__(s): return "str"
    def __repr__(s): return "repr"
print(f"{F()} {F():abc} {F()!s:>5} {F()!r} {F():{x}} {F():a{1}b{2}c} {F():{{}}}" if 0 else f"{F()} {F():abc} {F()!s:>5} {F()!r} {F():{x}} {F():a{1}b{2}c}")
print(f"{F():%Y-%m} {F():!r} {F()::} {F(): x }")
print(f"{x # comment
}", f"{ x }", f"{ x !r}", f"{	x}")
print(f"", f"{''}", f"" "", f"a" f"b", f"{1}{2}{3}")
print(f"{1,2} {1, } {*l, 3} {[*l]} {({1: 2})[1]} { {1: 2}[1] } {lambda_ if (lambda_ := 1) else 0}")
print(f"{x == 42} {x != 1} {x >= 1} {x<=1} {x>1}")
print(f"{yield_ if (yield_ := 'Y') else 0} {not x} {x is None} {x in l} {-x} {~x} {x**2} {await_ if (await_ := 1) else 0}")
print(f"\N{LATIN SMALL LETTER A} \u00e9 {'\N{DIGIT ONE}'}")
def gen(): z = f"{(yield 1)}"; yield z
g = gen(); next(g); print(g.send("sent"))
print(f"{f"{f"{f"{f"{1+1}"}"}"}"}", f'{f'{f'deep'}'}')
for v in (None, True, 1.0, 1e100, 10**20, b"b", (1,), {1}, int, ..., range(3), 2j): print(f"{v} {v!r} {v!s:>8.8}")
print(f"{3.0:g} {1e10:g} {0.1+0.2} {1/3:.3} {1e-7} {-0.0} {float('inf'):f} {float('nan'):.1f}")
