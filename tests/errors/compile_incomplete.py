# What compile() says of texts that end too early, with the flags that codeop uses.
cases = ["def x():\n  pass\n  ", "def x():\n  pass\n ", "def x():\n  pass\n", "def f():\n  pass\n#foo", "if 1:\n pass\n else", "if 1:\n pass\n else:", "if 9==3:\n pass\nelif 1:\n pass\nelse:", "", "\n", "#a", "#a\n", "a=1", "a = (", "a = '''", "a = '", "a\\", "a = \\\n", "def f():", "def f():\n", "@a", "@a\n", "class A:", "try:\n pass", "try:\n pass\n", "try:\n a\nexcept", "with x:", "while x:\n", "if 1:\n  a\n b\n", "a b", "(", "[", "{", "x = {1:", "f(", "f'{", "f'{a", "f'''{", "f'''{a", "f'''a", "a)", "]", "1 +", "a = ", "a if", "lambda", "lambda x:", "for", "for x in", "import", "from x import", "from x import (", "return", "del", "not", "a.", "a[", "match x:", "match x:\n case", "match x:\n case 1:", "async def f():", "async", "await", "x: ", "a\n  b", "  a", "if 1: a;", "if 1:\n  a\n\n", "if 1:\n  a\n#b\n", "if 1:\n  a\n  #b", "if 1:\n  a\nb", "if 1:\n  a\n\\", "if 1:\n  \\", "\\", "'''a\n", "'a\n", "a = 1\nb = (", "a = 1\nif b:", "def f(a,", "\t", "  ", "  #a", "\x0c", "if 1:\n\ta\n        b", "raise", "global", "global x", "nonlocal", "assert", "yield", "pass;", "a;b", "a;b(", "lambda *", "{**", "f(*", "a = yield", "def f():\n  return (", "class A:\n  def f(self):", "class A:\n  def f(self):\n    pass", "class A:\n  def f(self):\n    pass\n", "class A:\n  def f(self):\n    pass\n  "]
import warnings; warnings.simplefilter("ignore")
for c in cases:
  for mode in ("single", "exec", "eval"):
    for flags in (0, 0x200, 0x4000, 0x4200):
        try:
            compile(c, "<f>", mode, flags); r = "ok"
        except SyntaxError as e: r = (type(e).__name__, e.msg)
        except Exception as e: r = (type(e).__name__, str(e))
        print(repr(c), mode, hex(flags), r)
