"""Source of syntax trees, for `ast.unparse`.

Expressions become text from the inside out: `text(node, level)` gives the source of a node, in
parentheses where it binds less tightly than `level`.  Statements become lines.
"""

import sys

import _ast

# How tightly expressions bind, the loosest first.
(NAMED, TUPLE, YIELD, TEST, OR, AND, NOT, COMPARE, BIT_OR, BIT_XOR, BIT_AND, SHIFT, ARITHMETIC,
 TERM, FACTOR, POWER, AWAIT, ATOM) = range(1, 19)

_BINARY = {
    "Add": ("+", ARITHMETIC), "Sub": ("-", ARITHMETIC), "Mult": ("*", TERM),
    "MatMult": ("@", TERM), "Div": ("/", TERM), "Mod": ("%", TERM), "LShift": ("<<", SHIFT),
    "RShift": (">>", SHIFT), "BitOr": ("|", BIT_OR), "BitXor": ("^", BIT_XOR),
    "BitAnd": ("&", BIT_AND), "FloorDiv": ("//", TERM), "Pow": ("**", POWER),
}
_UNARY = {"Invert": ("~", FACTOR), "Not": ("not ", NOT), "UAdd": ("+", FACTOR),
          "USub": ("-", FACTOR)}
_COMPARE = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
            "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}

_SINGLE_QUOTES = ("'", '"')
_MULTI_QUOTES = ('"""', "'''")
_ALL_QUOTES = _SINGLE_QUOTES + _MULTI_QUOTES
# Literals too large for a float are infinite in the tree.
_INFINITY = "1e" + repr(sys.float_info.max_10_exp + 1)
_DOCUMENTED = (_ast.AsyncFunctionDef, _ast.FunctionDef, _ast.ClassDef, _ast.Module)


def source_of(node):
    """The source of a tree."""
    writer = _Writer()
    if isinstance(node, list):
        for item in node:
            writer.any_node(item)
    else:
        writer.any_node(node)
    return "".join(writer.parts)


def _kind(node):
    return node.__class__.__name__


# Strings -----------------------------------------------------------------------------------

def _quoted_body(string, quotes, escape_blanks=False):
    """The text between the quotes with as few escapes as possible, and the quotes that fit."""
    def escaped(char):
        if not escape_blanks and char in "\n\t":
            return char
        if char == "\\" or not char.isprintable():
            return char.encode("unicode_escape").decode("ascii")
        return char

    body = "".join(map(escaped, string))
    fitting = [quote for quote in quotes if quote not in body]
    if "\n" in body:
        fitting = [quote for quote in fitting if quote in _MULTI_QUOTES]
    if not fitting:
        body = repr(string)
        quote = next((quote for quote in quotes if body[0] in quote), body[0])
        return body[1:-1], [quote]
    if body:
        # Rather one that the text does not end with.
        fitting.sort(key=lambda quote: quote[0] == body[-1])
        if fitting[0][0] == body[-1]:
            body = f"{body[:-1]}\\{body[-1]}"
    return body, fitting


def _quoted(string, quotes):
    body, fitting = _quoted_body(string, quotes)
    return f"{fitting[0]}{body}{fitting[0]}"


def _fstring(node):
    parts = [(_fstring_part(value), isinstance(value, _ast.Constant)) for value in node.values]
    quotes = list(_ALL_QUOTES)
    done = []
    for text, is_text in parts:
        if is_text:
            text, fitting = _quoted_body(text, quotes, escape_blanks=True)
            if set(fitting).isdisjoint(quotes):
                break
            quotes = fitting
        elif "\n" in text:
            quotes = [quote for quote in quotes if quote in _MULTI_QUOTES]
        done.append(text)
    else:
        return f"f{quotes[0]}{''.join(done)}{quotes[0]}"
    # No quotes fit: escape as repr() does within single ones.
    done = [repr('"' + text)[2:-1] if is_text else text for text, is_text in parts]
    return f"f'''{''.join(done)}'''"


def _fstring_part(node, in_spec=False):
    if isinstance(node, _ast.JoinedStr):
        return "".join([_fstring_part(value, in_spec) for value in node.values])
    if isinstance(node, _ast.Constant) and isinstance(node.value, str):
        text = node.value.replace("{", "{{").replace("}", "}}")
        return text.replace("\n", "\\n") if in_spec else text
    if isinstance(node, _ast.FormattedValue):
        return _field(node)
    raise ValueError(f"Unexpected node inside JoinedStr, {node!r}")


def _field(node):
    value = text(node.value, OR)
    if value.startswith("{"):
        # Two braces would stand for one.
        value = " " + value
    if node.conversion != -1:
        value += f"!{chr(node.conversion)}"
    if node.format_spec:
        value += ":" + _fstring_part(node.format_spec, in_spec=True)
    return f"{{{value}}}"


def _constant(value):
    if isinstance(value, (float, complex)):
        return repr(value).replace("inf", _INFINITY).replace("nan", f"({_INFINITY}-{_INFINITY})")
    return repr(value)


def _constant_node(node):
    value = node.value
    if isinstance(value, tuple):
        return f"({_with_comma([_constant(item) for item in value])})"
    if value is ...:
        return "..."
    prefix = "u" if getattr(node, "kind", None) == "u" else ""
    return prefix + _constant(value)


# Expressions -------------------------------------------------------------------------------

def text(node, level=TEST):
    """The source of an expression (or pattern or part of one), in parentheses if it binds less
    tightly than `level`."""
    maker = _MAKERS.get(_kind(node))
    if maker is None:
        # An unknown node shows what it holds.
        return "".join([text(child, TEST) for child in _children(node)])
    made = maker(node, level) if maker in _LEVEL_MATTERS else maker(node)
    if isinstance(made, tuple):
        made, own = made
        if level > own:
            return f"({made})"
    return made


def _children(node):
    for name in node._fields:
        value = getattr(node, name, None)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, _ast.AST):
                yield item


def _list(nodes, level=TEST):
    return ", ".join([text(node, level) for node in nodes])


def _with_comma(texts):
    return f"{texts[0]}," if len(texts) == 1 else ", ".join(texts)


def _named(node):
    return f"{text(node.target, ATOM)} := {text(node.value, ATOM)}", NAMED


def _bool_op(node):
    word, own = ("and", AND) if _kind(node.op) == "And" else ("or", OR)
    level = own
    parts = []
    for value in node.values:
        level = min(level + 1, ATOM)
        parts.append(text(value, level))
    return f" {word} ".join(parts), own


def _bin_op(node):
    sign, own = _BINARY[_kind(node.op)]
    left, right = own, own + 1
    if sign == "**":
        left, right = right, left
    return f"{text(node.left, left)} {sign} {text(node.right, right)}", own


def _unary_op(node):
    sign, own = _UNARY[_kind(node.op)]
    return sign + text(node.operand, own), own


def _lambda(node):
    params = _arguments(node.args)
    return f"lambda{' ' + params if params else ''}: {text(node.body, TEST)}", TEST


def _if_exp(node):
    return (f"{text(node.body, OR)} if {text(node.test, OR)} else {text(node.orelse, TEST)}",
            TEST)


def _dict(node):
    items = []
    for key, value in zip(node.keys, node.values):
        items.append(f"**{text(value, BIT_OR)}" if key is None
                     else f"{text(key)}: {text(value)}")
    return f"{{{', '.join(items)}}}"


def _set(node):
    # Empty braces are a dict.
    return f"{{{_list(node.elts)}}}" if node.elts else "{*()}"


def _generators(node):
    return "".join([text(generator) for generator in node.generators])


def _comprehension(node):
    made = (f" {'async for' if node.is_async else 'for'} {text(node.target, TUPLE)} in "
            f"{text(node.iter, OR)}")
    return made + "".join([f" if {text(condition, OR)}" for condition in node.ifs])


def _await(node):
    return f"await {text(node.value, ATOM)}" if node.value else "await", AWAIT


def _yield(node):
    return f"yield {text(node.value, ATOM)}" if node.value else "yield", YIELD


def _yield_from(node):
    if not node.value:
        raise ValueError("Node can't be used without a value attribute.")
    return f"yield from {text(node.value, ATOM)}", YIELD


def _comparison(node):
    made = text(node.left, BIT_OR)
    for op, value in zip(node.ops, node.comparators):
        made += f" {_COMPARE[_kind(op)]} {text(value, BIT_OR)}"
    return made, COMPARE


def _call(node):
    args = [text(arg) for arg in node.args] + [text(keyword) for keyword in node.keywords]
    return f"{text(node.func, ATOM)}({', '.join(args)})"


def _attribute(node):
    value = text(node.value, ATOM)
    if isinstance(node.value, _ast.Constant) and isinstance(node.value.value, int):
        # A point behind digits would belong to the number.
        value += " "
    return f"{value}.{node.attr}"


def _subscript(node):
    index = node.slice
    if isinstance(index, _ast.Tuple) and index.elts:
        inner = _with_comma([text(item) for item in index.elts])
    else:
        inner = text(index)
    return f"{text(node.value, ATOM)}[{inner}]"


def _slice(node):
    made = (text(node.lower) if node.lower else "") + ":"
    if node.upper:
        made += text(node.upper)
    return f"{made}:{text(node.step)}" if node.step else made


def _tuple(node, level):
    made = _with_comma([text(item) for item in node.elts]) if node.elts else ""
    return f"({made})" if not node.elts or level > TUPLE else made


def _argument(node):
    return f"{node.arg}: {text(node.annotation)}" if node.annotation else node.arg


def _arguments(node):
    plain = node.posonlyargs + node.args
    defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
    parts = []
    for i, (arg, default) in enumerate(zip(plain, defaults), 1):
        parts.append(text(arg) + (f"={text(default)}" if default else ""))
        if i == len(node.posonlyargs):
            parts.append("/")
    if node.vararg:
        parts.append("*" + text(node.vararg))
    elif node.kwonlyargs:
        parts.append("*")
    for arg, default in zip(node.kwonlyargs, node.kw_defaults):
        parts.append(text(arg) + (f"={text(default)}" if default else ""))
    if node.kwarg:
        parts.append("**" + text(node.kwarg))
    return ", ".join(parts)


def _keyword(node):
    return ("**" if node.arg is None else f"{node.arg}=") + text(node.value)


def _alias(node):
    return f"{node.name} as {node.asname}" if node.asname else node.name


def _with_item(node):
    made = text(node.context_expr)
    return f"{made} as {text(node.optional_vars)}" if node.optional_vars else made


def _match_mapping(node):
    parts = [f"{text(key)}: {text(pattern)}"
             for key, pattern in zip(node.keys, node.patterns, strict=True)]
    if node.rest is not None:
        parts.append(f"**{node.rest}")
    return f"{{{', '.join(parts)}}}"


def _match_class(node):
    parts = [text(pattern) for pattern in node.patterns]
    parts += [f"{name}={text(pattern)}"
              for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True)]
    return f"{text(node.cls, ATOM)}({', '.join(parts)})"


def _match_as(node):
    if node.name is None:
        return "_"
    if node.pattern is None:
        return node.name
    return f"{text(node.pattern, BIT_OR)} as {node.name}", TEST


def _match_or(node):
    return " | ".join([text(pattern, BIT_XOR) for pattern in node.patterns]), BIT_OR


_MAKERS = {
    "NamedExpr": _named, "BoolOp": _bool_op, "BinOp": _bin_op, "UnaryOp": _unary_op,
    "Lambda": _lambda, "IfExp": _if_exp, "Dict": _dict, "Set": _set,
    "ListComp": lambda node: f"[{text(node.elt)}{_generators(node)}]",
    "SetComp": lambda node: f"{{{text(node.elt)}{_generators(node)}}}",
    "DictComp": lambda node: f"{{{text(node.key)}: {text(node.value)}{_generators(node)}}}",
    "GeneratorExp": lambda node: f"({text(node.elt)}{_generators(node)})",
    "comprehension": _comprehension, "Await": _await, "Yield": _yield,
    "YieldFrom": _yield_from, "Compare": _comparison, "Call": _call, "JoinedStr": _fstring,
    "FormattedValue": _field, "Constant": _constant_node, "Attribute": _attribute,
    "Subscript": _subscript, "Starred": lambda node: "*" + text(node.value, BIT_OR),
    "Name": lambda node: node.id, "List": lambda node: f"[{_list(node.elts)}]",
    "Tuple": _tuple, "Slice": _slice, "arg": _argument, "arguments": _arguments,
    "keyword": _keyword, "alias": _alias, "withitem": _with_item,
    "MatchValue": lambda node: text(node.value),
    "MatchSingleton": lambda node: _constant(node.value),
    "MatchSequence": lambda node: f"[{_list(node.patterns)}]",
    "MatchStar": lambda node: f"*{'_' if node.name is None else node.name}",
    "MatchMapping": _match_mapping, "MatchClass": _match_class, "MatchAs": _match_as,
    "MatchOr": _match_or,
    "TypeVar": lambda node: f"{node.name}: {text(node.bound)}" if node.bound else node.name,
    "TypeVarTuple": lambda node: "*" + node.name,
    "ParamSpec": lambda node: "**" + node.name,
    "FunctionType": lambda node: f"({_list(node.argtypes)}) -> {text(node.returns)}",
    "Expression": lambda node: text(node.body),
}
_LEVEL_MATTERS = frozenset({_tuple})


# Statements --------------------------------------------------------------------------------

class _Writer:
    """Collects lines."""

    def __init__(self):
        self.parts = []
        self.indent = 0
        self.type_ignores = {}

    def any_node(self, node):
        method = getattr(self, _kind(node), None)
        if method is not None:
            method(node)
        else:
            self.parts.append(text(node))

    def blank(self):
        if self.parts:
            self.parts.append("\n")

    def line(self, text):
        self.blank()
        self.parts.append("    " * self.indent + text)

    def body(self, nodes):
        self.indent += 1
        for node in nodes:
            self.any_node(node)
        self.indent -= 1

    def block(self, head, nodes):
        self.line(head)
        self.body(nodes)

    def type_comment(self, node):
        comment = (self.type_ignores.get(getattr(node, "lineno", None))
                   or getattr(node, "type_comment", None))
        return "" if comment is None else f" # type: {comment}"

    def documented(self, node):
        """A body that may begin with a docstring."""
        match node.body:
            case [_ast.Expr(value=_ast.Constant(value=str(doc)) as constant), *rest]:
                prefix = "u" if getattr(constant, "kind", None) == "u" else ""
                self.line(prefix + _quoted(doc, _MULTI_QUOTES))
                nodes = rest
            case nodes:
                pass
        for item in nodes:
            self.any_node(item)

    def Module(self, node):
        self.type_ignores = {ignore.lineno: f"ignore{ignore.tag}" for ignore in node.type_ignores}
        self.documented(node)
        self.type_ignores = {}

    def Interactive(self, node):
        for item in node.body:
            self.any_node(item)

    def Expr(self, node):
        self.line(text(node.value, YIELD))

    def Import(self, node):
        self.line("import " + _list(node.names))

    def ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import {_list(node.names)}")

    def Assign(self, node):
        targets = "".join([f"{text(target, TUPLE)} = " for target in node.targets])
        self.line(targets + text(node.value) + self.type_comment(node))

    def AugAssign(self, node):
        self.line(f"{text(node.target)} {_BINARY[_kind(node.op)][0]}= {text(node.value)}")

    def AnnAssign(self, node):
        target = text(node.target)
        if not node.simple and isinstance(node.target, _ast.Name):
            target = f"({target})"
        value = f" = {text(node.value)}" if node.value else ""
        self.line(f"{target}: {text(node.annotation)}{value}")

    def TypeAlias(self, node):
        self.line(f"type {text(node.name)}{self.type_params(node)} = {text(node.value)}")

    def Return(self, node):
        self.line(f"return {text(node.value)}" if node.value else "return")

    def Pass(self, node):
        self.line("pass")

    def Break(self, node):
        self.line("break")

    def Continue(self, node):
        self.line("continue")

    def Delete(self, node):
        self.line("del " + _list(node.targets))

    def Assert(self, node):
        self.line(f"assert {text(node.test)}" + (f", {text(node.msg)}" if node.msg else ""))

    def Global(self, node):
        self.line("global " + ", ".join(node.names))

    def Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't use cause without an exception.")
            self.line("raise")
            return
        cause = f" from {text(node.cause)}" if node.cause else ""
        self.line(f"raise {text(node.exc)}{cause}")

    def Try(self, node, word="except"):
        self.block("try:", node.body)
        for handler in node.handlers:
            self.ExceptHandler(handler, word)
        if node.orelse:
            self.block("else:", node.orelse)
        if node.finalbody:
            self.block("finally:", node.finalbody)

    def TryStar(self, node):
        self.Try(node, "except*")

    def ExceptHandler(self, node, word="except"):
        head = word
        if node.type:
            head += f" {text(node.type)}"
        if node.name:
            head += f" as {node.name}"
        self.block(head + ":", node.body)

    def type_params(self, node):
        params = getattr(node, "type_params", None)
        return f"[{_list(params)}]" if params else ""

    def definition(self, node, head):
        self.blank()
        for decorator in node.decorator_list:
            self.line("@" + text(decorator))
        self.line(head)
        self.indent += 1
        self.documented(node)
        self.indent -= 1

    def ClassDef(self, node):
        bases = [text(item) for item in [*node.bases, *node.keywords]]
        self.definition(node, f"class {node.name}{self.type_params(node)}"
                              f"{'(' + ', '.join(bases) + ')' if bases else ''}:")

    def FunctionDef(self, node, word="def"):
        returns = f" -> {text(node.returns)}" if node.returns else ""
        self.definition(node, f"{word} {node.name}{self.type_params(node)}"
                              f"({text(node.args)}){returns}:{self.type_comment(node)}")

    def AsyncFunctionDef(self, node):
        self.FunctionDef(node, "async def")

    def For(self, node, word="for"):
        self.block(f"{word} {text(node.target, TUPLE)} in {text(node.iter)}:"
                   f"{self.type_comment(node)}", node.body)
        if node.orelse:
            self.block("else:", node.orelse)

    def AsyncFor(self, node):
        self.For(node, "async for")

    def If(self, node):
        word = "if"
        while True:
            self.block(f"{word} {text(node.test)}:", node.body)
            if len(node.orelse) != 1 or not isinstance(node.orelse[0], _ast.If):
                break
            node, word = node.orelse[0], "elif"
        if node.orelse:
            self.block("else:", node.orelse)

    def While(self, node):
        self.block(f"while {text(node.test)}:", node.body)
        if node.orelse:
            self.block("else:", node.orelse)

    def With(self, node, word="with"):
        self.block(f"{word} {_list(node.items)}:{self.type_comment(node)}", node.body)

    def AsyncWith(self, node):
        self.With(node, "async with")

    def Match(self, node):
        self.block(f"match {text(node.subject)}:", node.cases)

    def match_case(self, node):
        guard = f" if {text(node.guard)}" if node.guard else ""
        self.block(f"case {text(node.pattern)}{guard}:", node.body)
