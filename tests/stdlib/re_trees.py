# Expressions as trees (re._parser), which parser generators and test generators look into.
import warnings
warnings.simplefilter("ignore", DeprecationWarning)
import re
import re._constants as constants
import re._parser as parser
import re._compiler
import sre_compile
import sre_constants
import sre_parse

EXPRESSIONS = [
    "abc", r"(?P<x>a|bc)*?[^a-z\d]+(?i:q)(?=x)\1", "a|b|[cd]", "ab|ac", "a?", "a++", "(?>ab)",
    "(a)(?(1)b|c)(?(1)d)", r"^a$\A\Z\b\B", r".\s\S[\w]", "[^a]", "[a]", "(?s:.)(?-i:a)",
    "(?<=ab)c(?<!d)", "(?!)", "x{2,3}y{2}z{,3}w{2,}?", "(?i)a", "(?#c)a|", "", "()", "[a-]",
    r"\n\t\x41\u1234", "(?:a|b)c", "(?:ab)+", "a{1}", "(?x) a b #c", "(?P<a>x)(?P=a)", "(?:)",
    "(?:(?:ab)|(?:ac))", "[]a]", r"[^\d]", "(a*)*", "abc|abd|abe", "a|a", "|",
    "(?:a|ab)(?:c|bcd)(d*)", "(?i:a(?-i:b))", "(?>a|b)", "(?:a{2}){3}", r"a|[bc]|\d",
]
for expression in EXPRESSIONS:
    tree = parser.parse(expression)
    state = tree.state
    print(repr(expression), tree, tree.getwidth(), state.groups, state.groupdict, int(state.flags),
          state.groupwidths)
    tree.dump()
print(parser.parse(b"a\xff", re.I))

tree = parser.parse("a(b|cd)[e-z]")
print(len(tree), tree[0], tree[1:], type(tree[1:]) is parser.SubPattern)
tree.insert(0, (parser.ANY, None))
tree.append((parser.AT, parser.AT_END))
tree[0] = parser.LITERAL, 3
del tree[1]
print(tree, tree.data)

print(parser.parse_template("a\\1b\\g<0>c", re.compile("(x)")),
      parser.parse_template("abc", re.compile("x")), parser.parse_template(b"\\1", re.compile(b"(x)")))
for bad in ("(", "a{2,1}", "[b-a]", "*"):
    try:
        parser.parse(bad)
    except re.error as error:
        print(type(error).__name__, error, error.pos)

print(constants.OPCODES, constants.ATCODES, constants.CHCODES, repr(constants.MAXREPEAT))
print([int(code) for code in (constants.MIN_REPEAT, constants.MAX_REPEAT, constants.RANGE_UNI_IGNORE)])
print(constants.OP_IGNORE, constants.AT_MULTILINE, constants.CH_UNICODE)
print(sre_parse.parse is parser.parse, sre_constants.ANY is constants.ANY, re._compiler.isstring(b""),
      sre_compile.compile("a(b)").match("ab"))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import sys
    for name in ("sre_parse", "sre_constants", "sre_compile"):
        del sys.modules[name]
        __import__(name)
print([str(warning.message) for warning in caught])
