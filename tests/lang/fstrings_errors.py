for s in ["f'{}'", "f'{ }'", "f'{!r}'", "f'{x!}'", "f'{x!z}'", "f'{x!rr}'", "f'{x'", "f'}'", "f'{x}}'", "f'{x!r:'", "f'{x:'", "f'{a b}'", "f'{1+}'", "f'{x!r x}'", "f'{x = y}'", "f'{=}'", "f'{x=!}'", "f'{lambda x: 1}'", "f'{lambda: 1}'", "f'{x:{y:{z}}}'", "f'{x:{y:{z:{w}}}}'", "f'{*}'", "f'{**x}'", "f'{x:=5}'", "f'{(x:=5)}'", "f'{yield}'", "f'{await x}'", "f'{a[}'", "f'{(}'", "f'{)}'", "f'{a[0)}'", "f'{#}'", "f'{x!s !r}'", "f'{x! r}'", "f'{x ! r}'", "f'{,}'", "f'{:}'", "f'{:x}'", "f'{x:}'", "f'{1.}'", "f'{;}'", "f'{x;y}'", "f'{pass}'", "f'{x=}{'", "f'{\"'", "f'''{\n'''", "f'{x\n}'", "f'abc", "f'''abc", "f'{x!r:{!}}'", "f'{a $ b}'", "f'{a ? b}'", "f'{0x}'", "f'{1_}'", "f'{\"a}'", "f'{x!1}'", "f'{x!\"r\"}'", "f'{return}'", "f'{x:{}}'", "f'{x:}}'", "f'{x:{{y}}}'", "fb'x'", "fu'x'", "bf'x'", "f'a' b'b'", "f'\\N{nope}'", "f'\\N'", "f'\\x4'", "f'{x\\n}'", "f'{\\'a\\'}'", "f'{x:\\x41}'", "f'{*a}'", "f'{*a, *b}'", "f'{a, b}'", "f'{x if y}'", "f'{a.}'", "f'{a.1}'", "f'{None=}'", "f'{1=!r:^5}'"]:
    try:
        compile(s, "s", "eval"); print("ok", s)
    except SyntaxError as e: print(repr(s), "|", e.msg, e.lineno, e.offset)
class NoFmt:
    def __format__(s, spec): return 5
for f in (lambda: f"{NoFmt()}", lambda: f"{1:z}", lambda: f"{1.5:d}", lambda: f"{'s':d}", lambda: f"{object():x}", lambda: f"{None:5}", lambda: f"{[]:>5}", lambda: f"{undefined}", lambda: f"{1/0}", lambda: f"{1:{'a' * 3}}", lambda: f"{'x':{-1}}", lambda: f"{5:.2}", lambda: f"{5:,x}", lambda: f"{'a':,}", lambda: f"{1.0:#n_}", lambda: f"{True:s}", lambda: f"{1j:%}", lambda: f"{b'x':5}"):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
