"""Syntax trees: making them of source, looking at them, changing them.

The classes of nodes are in `_ast`, the way back to source is in `_unparse`.  compile() takes a
tree in place of source.
"""

from _ast import *
import _ast as _nodes

PyCF_ONLY_AST = _nodes.PyCF_ONLY_AST
PyCF_TYPE_COMMENTS = _nodes.PyCF_TYPE_COMMENTS
PyCF_ALLOW_TOP_LEVEL_AWAIT = _nodes.PyCF_ALLOW_TOP_LEVEL_AWAIT


def parse(source, filename="<unknown>", mode="exec", *,
          type_comments=False, feature_version=None):
    """The tree of some source; `compile()` with PyCF_ONLY_AST.

    With `type_comments` comments like `# type: int` become part of it.  A `feature_version`,
    (3, minor), refuses syntax that is newer.
    """
    flags = PyCF_ONLY_AST | (PyCF_TYPE_COMMENTS if type_comments else 0)
    if feature_version is None:
        return compile(source, filename, mode, flags)
    if isinstance(feature_version, tuple):
        major, feature_version = feature_version
        if major != 3:
            raise ValueError(f"Unsupported major version: {major}")
    return compile(source, filename, mode, flags, _feature_version=feature_version)


# Literals ----------------------------------------------------------------------------------

def literal_eval(node_or_string):
    """The value of an expression made of literals only, given as text or as a tree.

    It may hold strings, bytes, numbers, tuples, lists, dicts, sets, booleans and None; anything
    else raises ValueError, so nothing in it is ever called.  Still, the size is not limited.
    """
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def _literal(node):
    match node:
        case Constant():
            return node.value
        case Tuple():
            return tuple([_literal(item) for item in node.elts])
        case List():
            return [_literal(item) for item in node.elts]
        case Set():
            return {_literal(item) for item in node.elts}
        case Call(func=Name(id="set"), args=[], keywords=[]):
            return set()
        case Dict():
            if len(node.keys) != len(node.values):
                _raise_malformed_node(node)
            return {_literal(key): _literal(value)
                    for key, value in zip(node.keys, node.values)}
        case BinOp(op=Add() | Sub()):
            # A complex number.
            left, right = _signed_number(node.left), _number(node.right)
            if isinstance(left, (int, float)) and isinstance(right, complex):
                return left + right if isinstance(node.op, Add) else left - right
    return _signed_number(node)


def _signed_number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        operand = _number(node.operand)
        return +operand if isinstance(node.op, UAdd) else -operand
    return _number(node)


def _number(node):
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _raise_malformed_node(node)
    return node.value


def _raise_malformed_node(node):
    line = getattr(node, "lineno", None)
    place = f" on line {line}" if line else ""
    raise ValueError(f"malformed node or string{place}: {node!r}")


# Trees -------------------------------------------------------------------------------------

def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """The tree as text.

    Field names are left out where that is possible if `annotate_fields` is false; line numbers and
    columns are shown if `include_attributes`.  With `indent`, a number or a string, the text has
    many lines.
    """
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {node.__class__.__name__!r}")
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def given(node, names):
        """The values that are there, and whether all are."""
        cls, found, complete = type(node), [], True
        for name in names:
            value = getattr(node, name, dump)
            if value is dump or (value is None and getattr(cls, name, ...) is None):
                complete = False
            else:
                found.append((name, value))
        return found, complete

    def show(node, level):
        """The text, and whether it is short."""
        level += 1
        start, between = "", ", "
        if indent is not None:
            start = "\n" + indent * level
            between = "," + start
        if isinstance(node, list):
            if not node:
                return "[]", True
            return f"[{start}{between.join([show(item, level)[0] for item in node])}]", False
        if not isinstance(node, AST):
            return repr(node), True
        args, all_short = [], True
        # Once one is left out, those that follow need their names.
        keywords = annotate_fields
        for name in node._fields:
            found, present = given(node, (name,))
            if not present:
                keywords = True
                continue
            text, is_short = show(found[0][1], level)
            all_short = all_short and is_short
            args.append(f"{name}={text}" if keywords else text)
        if include_attributes and node._attributes:
            for name, value in given(node, node._attributes)[0]:
                text, is_short = show(value, level)
                all_short = all_short and is_short
                args.append(f"{name}={text}")
        name = node.__class__.__name__
        if all_short and len(args) <= 3:
            return f"{name}({', '.join(args)})", not args
        return f"{name}({start}{between.join(args)})", False

    return show(node, 0)[0]


def copy_location(new_node, old_node):
    """Give a node the place in the source that another one has; returns it."""
    both = set(old_node._attributes).intersection(new_node._attributes)
    for name in both & {"lineno", "col_offset", "end_lineno", "end_col_offset"}:
        value = getattr(old_node, name, None)
        # Ends may well be None.
        if value is not None or (name.startswith("end_") and hasattr(old_node, name)):
            setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Give the node and those below places in the source, where they have none; returns it.

    compile() needs them.  A node takes what its parent has, the topmost the start.
    """
    def settle(current, inherited):
        place = dict(inherited)
        for name in inherited:
            if name not in current._attributes:
                continue
            value = getattr(current, name, None)
            if value is None and (name.startswith("end_") or not hasattr(current, name)):
                setattr(current, name, inherited[name])
            else:
                place[name] = value
        # A tree that contains itself ends by RecursionError.
        for child in iter_child_nodes(current):
            settle(child, place)

    settle(node, {"lineno": 1, "end_lineno": 1, "col_offset": 0, "end_col_offset": 0})
    return node


def increment_lineno(node, n=1):
    """Move the node and those below by `n` lines; returns it."""
    for child in walk(node):
        # Its line is a field.
        movable = ("lineno",) if isinstance(child, TypeIgnore) else child._attributes
        if "lineno" in movable:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in movable:
            end = getattr(child, "end_lineno", 0)
            if end is not None:
                child.end_lineno = end + n
    return node


def iter_fields(node):
    """Yields name and value of each field that the node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """Yields the nodes just below."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """Yields the node and all below it, those nearer to it first.

    What the caller puts below a node that it has got is not visited.
    """
    level = [node]
    while level:
        below = []
        for node in level:
            below.extend(iter_child_nodes(node))
            yield node
        level = below


def get_docstring(node, clean=True):
    """The docstring of a function, class or module; None if it has none.

    It is cleaned as inspect.cleandoc() does unless `clean` is false.  Other nodes raise
    TypeError.
    """
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{node.__class__.__name__!r} can't have docstrings")
    match node.body:
        case [Expr(value=Constant(value=str(text))), *_]:
            if clean:
                import inspect
                text = inspect.cleandoc(text)
            return text
    return None


def _splitlines_no_ff(source, maxlines=None):
    """The lines of source as the parser counts them, with their ends."""
    lines = []
    start = 0
    while start < len(source) and (maxlines is None or len(lines) < maxlines):
        end = start
        while end < len(source) and source[end] not in "\r\n":
            end += 1
        end += 2 if source.startswith("\r\n", end) else 1
        lines.append(source[start:end])
        start = end
    return lines


def get_source_segment(source, node, *, padded=False):
    """The part of the source that the node was made from; None if its place is not known.

    `padded` puts blanks before the first of several lines, so that it starts in its column.
    """
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = [line.encode() for line in _splitlines_no_ff(source, maxlines=last + 1)]
    if first == last:
        return lines[first][start:end].decode()
    padding = ""
    if padded:
        padding = "".join([char if char in "\f\t" else " "
                           for char in lines[first][:start].decode()])
    parts = [lines[first][start:], *lines[first + 1:last], lines[last][:end]]
    return padding + b"".join(parts).decode()


# Visitors ----------------------------------------------------------------------------------

# Names of methods from the time when constants were nodes of several classes.
_const_node_type_names = {
    bool: "NameConstant",
    type(None): "NameConstant",
    int: "Num",
    float: "Num",
    complex: "Num",
    str: "Str",
    bytes: "Bytes",
    type(...): "Ellipsis",
}

_DEPRECATED_VALUE_ALIAS_MESSAGE = (
    "{name} is deprecated and will be removed in Python {remove}; use value instead")
_DEPRECATED_CLASS_MESSAGE = (
    "{name} is deprecated and will be removed in Python {remove}; use ast.Constant instead")


class NodeVisitor:
    """Goes through a tree and calls a method for each node.

    A subclass has methods such as visit_Name() for the nodes that it cares about; visit() calls
    the one for a node and gives its result, or calls generic_visit(), which visits the nodes
    below.  A method that replaces generic_visit() for its nodes has to call it itself to get
    there.  To change the tree, use NodeTransformer.
    """

    def visit(self, node):
        """Calls the method for the class of the node."""
        visitor = getattr(self, "visit_" + node.__class__.__name__, self.generic_visit)
        return visitor(node)

    def generic_visit(self, node):
        """Visits the nodes below."""
        for _, value in iter_fields(node):
            if isinstance(value, AST):
                self.visit(value)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, AST):
                        self.visit(item)

    def visit_Constant(self, node):
        value = node.value
        kind = _const_node_type_names.get(type(value)) or next(
            (name for cls, name in _const_node_type_names.items() if isinstance(value, cls)), None)
        old_method = None if kind is None else getattr(self, "visit_" + kind, None)
        if old_method is None:
            return self.generic_visit(node)
        import warnings
        warnings.warn(f"visit_{kind} is deprecated; add visit_Constant", DeprecationWarning, 2)
        return old_method(node)


class NodeTransformer(NodeVisitor):
    """A visitor that changes the tree: what a method returns takes the node's place.

    None removes the node; in a list of nodes, such as the statements of a body, a method may also
    return several nodes.  What has nodes below must call generic_visit() to get them changed
    too.  `tree = Transformer().visit(tree)` is how it is used, as the topmost node may change.
    """

    def generic_visit(self, node):
        for name, value in iter_fields(node):
            if isinstance(value, list):
                value[:] = self._transformed(value)
            elif isinstance(value, AST):
                new = self.visit(value)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node

    def _transformed(self, items):
        new = []
        for item in items:
            if isinstance(item, AST):
                item = self.visit(item)
                if item is None:
                    continue
                if not isinstance(item, AST):
                    new.extend(item)
                    continue
            new.append(item)
        return new


# Classes of earlier releases ---------------------------------------------------------------

def _value_alias(name):
    def warn():
        import warnings
        warnings._deprecated(f"Attribute {name}", message=_DEPRECATED_VALUE_ALIAS_MESSAGE,
                             remove=(3, 14))

    def getter(self):
        """The old name of `value`."""
        warn()
        return self.value

    def setter(self, value):
        warn()
        self.value = value

    return property(getter, setter)


Constant.n = _value_alias("n")
Constant.s = _value_alias("s")

_const_types = {}
_const_types_not = {}


class _ABC(type):
    """Lets constants be instances of the classes that they once had."""

    def __instancecheck__(cls, inst):
        if cls in _const_types:
            import warnings
            warnings._deprecated(f"ast.{cls.__qualname__}", message=_DEPRECATED_CLASS_MESSAGE,
                                 remove=(3, 14))
            if not isinstance(inst, Constant) or not hasattr(inst, "value"):
                return False
            return (isinstance(inst.value, _const_types[cls])
                    and not isinstance(inst.value, _const_types_not.get(cls, ())))
        return type.__instancecheck__(cls, inst)


def _new(cls, *args, **kwargs):
    by_place = cls._fields[:len(args)]
    for name in kwargs:
        if name in by_place:
            raise TypeError(f"{cls.__name__} got multiple values for argument {name!r}")
    if cls not in _const_types:
        return Constant.__new__(cls, *args, **kwargs)
    import warnings
    warnings._deprecated(f"ast.{cls.__qualname__}", message=_DEPRECATED_CLASS_MESSAGE,
                         remove=(3, 14))
    if cls is _deprecated_globals["Ellipsis"]:
        args = (..., *args)
    return Constant(*args, **kwargs)


def _old_constant(name, types, fields, types_not=()):
    cls = _ABC(name, (Constant,), {"_fields": fields, "__new__": _new, "__module__": "ast"})
    _const_types[cls] = types
    if types_not:
        _const_types_not[cls] = types_not
    return cls


_deprecated_globals = {
    "Num": _old_constant("Num", (int, float, complex), ("n",), (bool,)),
    "Str": _old_constant("Str", (str,), ("s",)),
    "Bytes": _old_constant("Bytes", (bytes,), ("s",)),
    "NameConstant": _old_constant("NameConstant", (type(None), bool), ("value", "kind")),
    "Ellipsis": _old_constant("Ellipsis", (type(...),), ()),
}


def __getattr__(name):
    if name in _deprecated_globals:
        globals()[name] = value = _deprecated_globals[name]
        import warnings
        warnings._deprecated(f"ast.{name}", message=_DEPRECATED_CLASS_MESSAGE, remove=(3, 14))
        return value
    raise AttributeError(f"module 'ast' has no attribute '{name}'")


# Code that still makes them gets what takes their place today.

class slice(AST):
    """Was what stood in a subscript; now that is any expression."""


class Index(slice):
    """Was a subscript without colons; now its value stands there itself."""

    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    """Was a subscript with commas; now that is a Tuple."""

    def __new__(cls, dims=(), **kwargs):
        return Tuple(list(dims), Load(), **kwargs)


class Suite(mod):
    """In no tree any more."""


class AugLoad(expr_context):
    """In no tree any more."""


class AugStore(expr_context):
    """In no tree any more."""


class Param(expr_context):
    """In no tree any more."""


def _dims(self):
    """The old name of `elts`."""
    return self.elts


def _set_dims(self, value):
    self.elts = value


Tuple.dims = property(_dims, _set_dims)


def unparse(ast_obj):
    """Source that parses to a tree like this one."""
    from _unparse import source_of
    return source_of(ast_obj)


def main():
    """Shows the tree of a file."""
    import argparse
    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", type=argparse.FileType(mode="rb"), nargs="?",
                        default="-",
                        help="the file to parse; defaults to stdin")
    parser.add_argument("-m", "--mode", default="exec",
                        choices=("exec", "single", "eval", "func_type"),
                        help="specify what kind of code must be parsed")
    parser.add_argument("--no-type-comments", default=True, action="store_false",
                        help="don't add information about type comments")
    parser.add_argument("-a", "--include-attributes", action="store_true",
                        help="include attributes such as line numbers and "
                             "column offsets")
    parser.add_argument("-i", "--indent", type=int, default=3,
                        help="indentation of nodes (number of spaces)")
    args = parser.parse_args()
    with args.infile as infile:
        source = infile.read()
    tree = parse(source, args.infile.name, args.mode, type_comments=args.no_type_comments)
    print(dump(tree, include_attributes=args.include_attributes, indent=args.indent))


if __name__ == "__main__":
    main()
