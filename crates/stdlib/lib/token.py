"""The kinds of tokens: a number for each name, and back."""

NT_OFFSET = 256  # The rules of the grammar have the numbers from here on.

# The kinds in the order of their numbers.
_NAMES = """
    ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT
    LPAR RPAR LSQB RSQB COLON COMMA SEMI PLUS MINUS STAR SLASH VBAR AMPER LESS GREATER EQUAL DOT
    PERCENT LBRACE RBRACE EQEQUAL NOTEQUAL LESSEQUAL GREATEREQUAL TILDE CIRCUMFLEX LEFTSHIFT
    RIGHTSHIFT DOUBLESTAR PLUSEQUAL MINEQUAL STAREQUAL SLASHEQUAL PERCENTEQUAL AMPEREQUAL VBAREQUAL
    CIRCUMFLEXEQUAL LEFTSHIFTEQUAL RIGHTSHIFTEQUAL DOUBLESTAREQUAL DOUBLESLASH DOUBLESLASHEQUAL AT
    ATEQUAL RARROW ELLIPSIS COLONEQUAL EXCLAMATION
    OP AWAIT ASYNC TYPE_IGNORE TYPE_COMMENT SOFT_KEYWORD FSTRING_START FSTRING_MIDDLE FSTRING_END
    COMMENT NL ERRORTOKEN ENCODING
""".split()
# The operators, which are the kinds from LPAR on.
_OPERATORS = """
    ( ) [ ] : , ; + - * / | & < > = . % { } == != <= >= ~ ^ << >> ** += -= *= /= %= &= |= ^= <<=
    >>= **= // //= @ @= -> ... := !
""".split()

N_TOKENS = len(_NAMES)
tok_name = dict(enumerate(_NAMES))
globals().update(zip(_NAMES, range(N_TOKENS)))
EXACT_TOKEN_TYPES = dict(sorted(zip(_OPERATORS, range(LPAR, OP))))

__all__ = ["tok_name", "ISTERMINAL", "ISNONTERMINAL", "ISEOF", *tok_name.values()]
# These two limits are named like tokens.
tok_name[N_TOKENS], tok_name[NT_OFFSET] = "N_TOKENS", "NT_OFFSET"
__all__ += "N_TOKENS", "NT_OFFSET"

del _NAMES, _OPERATORS


def ISTERMINAL(x):
    """Whether a number is that of a token."""
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    """Whether a number is that of a rule of the grammar."""
    return x >= NT_OFFSET


def ISEOF(x):
    """Whether a token is the end of the input."""
    return x == ENDMARKER
