# Warnings of the parser and the compiler, and the errors that filters make of them.
import warnings
cases = [r"'\d'", r"b'\d'", "f'\\d{1}'", "'\\400'", "b'\\777'", "1 is 1", "x is 'a'", "x is not ()", "x is -1", "x is (1,2)", "'a'()", "1()", "(1,2)()", "[1]()", "{}()", "f'{1}'()", "(x for x in y)()", "(lambda: 1)()", "None()", "...()", "'a'[1,2]", "'a'['b']", "[1][1.0]", "[1]['a']", "(1,)[1,2]", "1[2]", "{1}[2]", "(lambda:1)[2]", "None[1]", "[x for x in y][1,2]", "[x for x in y]['a']", "{x for x in y}[1]", "(x for x in y)[1]", "f'{1}'['a']", "f'{1}'[1,2]", "b'a'['b']","b'a'[1.0]",  "assert (1, 'msg')", "assert (x, y)", "assert ()", "~True", "~False", "x=~True", "if ~True: pass", "0x1for x in y", "1or 2", "1if 2else 3", "1in x", "0o7and 2", "1.0or 2", "1jif 2else 3", "0b1or 2", "1is 2", "[1for x in y]", "x = 1not in y", "def f():\n  return\n  finally", "while 1:\n try: pass\n finally: continue","'a' is 'b'", "x is ...", "None is 1", "1 is None", "True is 1", "x == 1 is 2", "a < b is 'x'", "def f(x=1()): pass", "class A(1()): pass", "lambda: 1()", "f'{1()}'", "f'{\"\\d\"}'","f'\\{1}'", "rf'\\d'","'''\n\\d'''", "'\\8'", "'\\N'", "b'\\N'", "'\\U0001'", "if 0: 1()", "[] [1, 2]", "[[1] [1,2]]", "x()()", "''.a()", "return ~True"]
for c in cases:
    for mode in ("always", "error"):
        with warnings.catch_warnings(record=True) as w:
            warnings.simplefilter(mode)
            try:
                compile(c, "<f>", "exec")
            except SyntaxError as e:
                print(repr(c), mode, "SE", type(e).__name__, e, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))
            except BaseException as e:
                print(repr(c), mode, "EXC", type(e).__name__, e)
            for x in w: print(repr(c), mode, x.category.__name__, x.message, x.filename.rpartition("/")[2], x.lineno)
