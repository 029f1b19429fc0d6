"""The classes of abstract syntax trees, made from the abstract grammar of the language."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

# A rule is either the alternatives of a kind of node (`expr = BoolOp(...) | ...`), each a class
# derived from the kind's, or a single class with its fields. A question mark means that a field may
# be missing (None), a star that it is a list.
_GRAMMAR = """
mod = Module(stmt* body, type_ignore* type_ignores)
    | Interactive(stmt* body)
    | Expression(expr body)
    | FunctionType(expr* argtypes, expr returns)
stmt = FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
     | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
     | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)
     | Return(expr? value)
     | Delete(expr* targets)
     | Assign(expr* targets, expr value, string? type_comment)
     | TypeAlias(expr name, type_param* type_params, expr value)
     | AugAssign(expr target, operator op, expr value)
     | AnnAssign(expr target, expr annotation, expr? value, int simple)
     | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
     | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
     | While(expr test, stmt* body, stmt* orelse)
     | If(expr test, stmt* body, stmt* orelse)
     | With(withitem* items, stmt* body, string? type_comment)
     | AsyncWith(withitem* items, stmt* body, string? type_comment)
     | Match(expr subject, match_case* cases)
     | Raise(expr? exc, expr? cause)
     | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
     | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
     | Assert(expr test, expr? msg)
     | Import(alias* names)
     | ImportFrom(identifier? module, alias* names, int? level)
     | Global(identifier* names)
     | Nonlocal(identifier* names)
     | Expr(expr value)
     | Pass
     | Break
     | Continue
expr = BoolOp(boolop op, expr* values)
     | NamedExpr(expr target, expr value)
     | BinOp(expr left, operator op, expr right)
     | UnaryOp(unaryop op, expr operand)
     | Lambda(arguments args, expr body)
     | IfExp(expr test, expr body, expr orelse)
     | Dict(expr* keys, expr* values)
     | Set(expr* elts)
     | ListComp(expr elt, comprehension* generators)
     | SetComp(expr elt, comprehension* generators)
     | DictComp(expr key, expr value, comprehension* generators)
     | GeneratorExp(expr elt, comprehension* generators)
     | Await(expr value)
     | Yield(expr? value)
     | YieldFrom(expr value)
     | Compare(expr left, cmpop* ops, expr* comparators)
     | Call(expr func, expr* args, keyword* keywords)
     | FormattedValue(expr value, int conversion, expr? format_spec)
     | JoinedStr(expr* values)
     | Constant(constant value, string? kind)
     | Attribute(expr value, identifier attr, expr_context ctx)
     | Subscript(expr value, expr slice, expr_context ctx)
     | Starred(expr value, expr_context ctx)
     | Name(identifier id, expr_context ctx)
     | List(expr* elts, expr_context ctx)
     | Tuple(expr* elts, expr_context ctx)
     | Slice(expr? lower, expr? upper, expr? step)
expr_context = Load | Store | Del
boolop = And | Or
operator = Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop = Invert | Not | UAdd | USub
cmpop = Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler = ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment)
keyword(identifier? arg, expr value)
alias(identifier name, identifier? asname)
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern = MatchValue(expr value)
        | MatchSingleton(constant value)
        | MatchSequence(pattern* patterns)
        | MatchMapping(expr* keys, pattern* patterns, identifier? rest)
        | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
        | MatchStar(identifier? name)
        | MatchAs(pattern? pattern, identifier? name)
        | MatchOr(pattern* patterns)
type_ignore = TypeIgnore(int lineno, string tag)
type_param = TypeVar(identifier name, expr? bound)
           | ParamSpec(identifier name)
           | TypeVarTuple(identifier name)
"""

_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_PLACED = {"stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern", "type_param"}
# The end of these is always known.
_ENDED = {"pattern", "type_param"}


class AST:
    """The base of all classes of nodes."""

    __module__ = "ast"
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __new__(cls, *args, **kwargs):
        # What is given is for __init__, of derived classes too.
        return object.__new__(cls)

    def __init__(self, *args, **kwargs):
        name = type(self).__name__
        fields = type(self)._fields
        if len(args) > len(fields):
            raise TypeError(f"{name} constructor takes at most {len(fields)} positional "
                            f"argument{'' if len(fields) == 1 else 's'}")
        for field, value in zip(fields, args):
            setattr(self, field, value)
        for field, value in kwargs.items():
            if field in fields[:len(args)]:
                raise TypeError(f"{name} got multiple values for argument '{field}'")
            setattr(self, field, value)

    def __reduce__(self):
        return type(self), (), self.__dict__


AST.__doc__ = None


def _make_class(name, base, fields, doc):
    names = tuple(field for _, field in fields)
    namespace = {"_fields": names, "__match_args__": names, "__module__": "ast", "__doc__": doc}
    for kind, field in fields:
        if kind.endswith("?"):
            namespace[field] = None
    if base is AST:
        namespace["_attributes"] = _PLACE if name in _PLACED else ()
        if name in _PLACED - _ENDED:
            namespace["end_lineno"] = namespace["end_col_offset"] = None
    made = globals()[name] = type(name, (base,), namespace)
    return made


def _fields_of(text):
    return [tuple(part.split()) for part in text.split(",")] if text else []


def _make_rule(rule):
    head, equals, alternatives = rule.partition(" = ")
    if not equals:
        name, _, rest = rule.partition("(")
        _make_class(name, AST, _fields_of(rest.rstrip(")")), rule)
        return
    base = _make_class(head, AST, (), rule)
    for alternative in alternatives.split("|"):
        alternative = alternative.strip()
        name, _, rest = alternative.partition("(")
        _make_class(name, base, _fields_of(rest.rstrip(")")), alternative)


def _make_all():
    rules = []
    for line in _GRAMMAR.strip().split("\n"):
        if line.startswith(" "):
            rules[-1] += "\n" + line
        else:
            rules.append(line)
    for rule in rules:
        _make_rule(rule)


_make_all()

# What `compile` uses where a node has neither fields nor a place: one object is enough.
_leaves = {
    name: made() for name, made in list(globals().items())
    if isinstance(made, type) and issubclass(made, AST) and not made._fields and not made._attributes
    and made.__base__ not in (AST, object)
}
