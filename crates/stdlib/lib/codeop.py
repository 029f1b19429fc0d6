"""Compiling source that may not be complete yet, as an interactive interpreter has to.

The compiler is asked with a flag under which it says "incomplete input" where more lines could
mend the source. What compiles, or could compile with more, is told apart from what never will.
"""

import __future__
import warnings

__all__ = ["compile_command", "Compile", "CommandCompiler"]

_features = [getattr(__future__, name) for name in __future__.all_feature_names]

# Flags of the compiler: an open block does not end at the end of the source, and an error at its
# end is reported as incomplete input.
PyCF_DONT_IMPLY_DEDENT = 0x200
PyCF_ALLOW_INCOMPLETE_INPUT = 0x4000


def _is_blank(source):
    """Whether there are only blank lines and comments."""
    lines = (line.strip() for line in source.split("\n"))
    return all(not line or line.startswith("#") for line in lines)


def _maybe_compile(compiler, source, filename, symbol):
    """The code, or None if more is needed. Raises what is wrong with the source otherwise."""
    if symbol != "eval" and _is_blank(source):
        source = "pass"
    # Warnings are for the last compilation only, else they would come for every line typed.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        try:
            compiler(source, filename, symbol)
        except SyntaxError:
            # A newline ends a block; if that is all that was missing, the block may go on.
            try:
                compiler(source + "\n", filename, symbol)
                return None
            except SyntaxError as error:
                if "incomplete input" in str(error):
                    return None
    return compiler(source, filename, symbol, incomplete_input=False)


def _compile(source, filename, symbol, incomplete_input=True):
    """compile() with the flags for incomplete input or without them."""
    flags = 0
    if incomplete_input:
        flags = PyCF_ALLOW_INCOMPLETE_INPUT | PyCF_DONT_IMPLY_DEDENT
    return compile(source, filename, symbol, flags)


def compile_command(source, filename="<input>", symbol="single"):
    """Compiles a command: the code object, or None if it is not complete yet.

    `symbol` is the start of the grammar: "single", "exec" or "eval". A command that is wrong
    raises SyntaxError, or ValueError or OverflowError for a literal that is.
    """
    return _maybe_compile(_compile, source, filename, symbol)


class Compile:
    """Like compile(), but it remembers the future statements it compiled: they hold for what follows."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

    def __call__(self, source, filename, symbol, **kwargs):
        flags = self.flags
        if kwargs.get('incomplete_input', True) is False:
            flags &= ~(PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT)
        code = compile(source, filename, symbol, flags, True)
        for feature in _features:
            if code.co_flags & feature.compiler_flag:
                self.flags |= feature.compiler_flag
        return code


class CommandCompiler:
    """Like compile_command(), but it remembers the future statements it compiled."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        """Compiles a command as compile_command() does."""
        return _maybe_compile(self.compiler, source, filename, symbol)
