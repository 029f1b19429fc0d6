"""Extract, format and print information about Python stack traces.

The text is that of the interpreter's own report of an uncaught exception.  `TracebackException`
takes all that it will need from an exception when it is made, so that it keeps none of the
exception's objects alive; its `StackSummary` holds one `FrameSummary` a call.
"""

# Nothing that a usual traceback needs is imported later: `__del__` methods that run when the interpreter
# ends report exceptions too, and by then nothing can be imported.
import itertools
import linecache
import sys
from _collections import deque
from _library import caret_anchors, display_width

__all__ = ["extract_stack", "extract_tb", "format_exception",
           "format_exception_only", "format_list", "format_stack",
           "format_tb", "print_exc", "format_exc", "print_exception",
           "print_last", "print_stack", "print_tb", "clear_frames",
           "FrameSummary", "StackSummary", "TracebackException",
           "walk_stack", "walk_tb"]

_cause_message = "\nThe above exception was the direct cause of the following exception:\n\n"
_context_message = (
    "\nDuring handling of the above exception, another exception occurred:\n\n")

# A call repeated more often than this is counted only.
_RECURSIVE_CUTOFF = 3


class _Sentinel:
    def __repr__(self):
        return "<implicit>"


_sentinel = _Sentinel()


def _safe_string(value, what, func=str):
    try:
        return func(value)
    except:
        return f"<{what} {func.__name__}() failed>"


# Tracebacks --------------------------------------------------------------------------------

def _print_all(texts, file):
    """Prints texts that end their lines themselves."""
    out = sys.stderr if file is None else file
    for text in texts:
        print(text, file=out, end="")


def print_list(extracted_list, file=None):
    """Print what extract_tb() or extract_stack() gave, formatted as by format_list()."""
    _print_all(format_list(extracted_list), file)


def format_list(extracted_list):
    """One string for each entry: a FrameSummary, or a tuple of file, line number, name and text.

    Each ends its line, and holds a second line if there is a text.
    """
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print the entries of a traceback, the first `limit` of them, on `file` or sys.stderr."""
    _print_all(format_tb(tb, limit), file)


def format_tb(tb, limit=None):
    """The entries of a traceback as a list of strings."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The entries of a traceback as a StackSummary, at most `limit` of them."""
    entries = _walk_tb_with_full_positions(tb)
    return StackSummary._extract_from_extended_frame_gen(entries, limit=limit)


# Exceptions --------------------------------------------------------------------------------

def _parse_value_tb(exc, value, tb):
    """The exception and its traceback, given in the old way as three or as one."""
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _sentinel:
        return value, tb
    if exc is None:
        return None, None
    if not isinstance(exc, BaseException):
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    return exc, exc.__traceback__


def _summary(exc, value, tb, limit):
    value, tb = _parse_value_tb(exc, value, tb)
    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    """Print an exception as the interpreter reports one that nobody caught.

    That is: with the first `limit` entries of its traceback, and, if `chain`, after the
    exceptions that led to it.
    """
    _summary(exc, value, tb, limit).print(file=file, chain=chain)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    """What print_exception() prints, as a list of strings with whole lines."""
    return list(_summary(exc, value, tb, limit).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel):
    """The class and message of an exception, and its notes, as a list of strings.

    Of a SyntaxError also the line that it is about.
    """
    exc = exc if value is _sentinel else value
    return list(TracebackException(type(exc), exc, None, compact=True).format_exception_only())


def _format_final_exc_line(etype, value):
    text = _safe_string(value, "exception")
    if value is None or not text:
        return f"{etype}\n"
    return f"{etype}: {text}\n"


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """What print_exc() prints, as a string."""
    parts = format_exception(sys.exception(), limit=limit, chain=chain)
    return "".join(parts)


def print_last(limit=None, file=None, chain=True):
    """Print the last exception that nobody caught, in an interactive session."""
    if hasattr(sys, "last_exc"):
        last = sys.last_exc,
    elif hasattr(sys, "last_type"):
        last = sys.last_type, sys.last_value, sys.last_traceback
    else:
        raise ValueError("no last exception")
    print_exception(*last, limit=limit, file=file, chain=chain)


# Stacks ------------------------------------------------------------------------------------

def print_stack(f=None, limit=None, file=None):
    """Print the calls that led to the frame `f`, by default to this call."""
    _print_all(extract_stack(sys._getframe(1) if f is None else f, limit).format(), file)


def format_stack(f=None, limit=None):
    """The calls that led to the frame `f`, by default to this call, as a list of strings."""
    return extract_stack(sys._getframe(1) if f is None else f, limit).format()


def extract_stack(f=None, limit=None):
    """The calls that led to the frame `f`, by default to this call, as a StackSummary.

    The outermost call comes first; `limit` keeps those nearest to the frame.
    """
    stack = StackSummary.extract(walk_stack(sys._getframe(1) if f is None else f), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Drop the local variables of all frames of a traceback."""
    for frame, _ in walk_tb(tb):
        try:
            frame.clear()
        except RuntimeError:
            # It is running.
            pass


class FrameSummary:
    """One entry of a traceback or stack.

    It has the `filename`, `lineno` and `name` of the function, the `line` of source there (read
    when it is first asked for), the columns that the failing part covers, and as `locals` the
    repr() of each local variable if those were captured.  As a sequence it is the four that old
    code knows: filename, lineno, name, line.
    """

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno",
                 "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None,
                 end_lineno=None, colno=None, end_colno=None):
        """With `lookup_line` the line is read at once, unless `line` gives it."""
        self.filename, self.lineno, self.name = filename, lineno, name
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self._line = line
        if lookup_line:
            self._original_line
        self.locals = locals and {key: _safe_string(value, "local", func=repr)
                                  for key, value in locals.items()} or None

    def _as_tuple(self):
        return self.filename, self.lineno, self.name, self.line

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return all(getattr(self, name) == getattr(other, name)
                       for name in ("filename", "lineno", "name", "locals"))
        return self._as_tuple() == other if isinstance(other, tuple) else NotImplemented

    def __getitem__(self, pos):
        return self._as_tuple()[pos]

    def __iter__(self):
        return iter(self._as_tuple())

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    @property
    def _original_line(self):
        """The line with the blanks around it; None if its number is not known."""
        if self._line is None and self.lineno is not None:
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line

    @property
    def line(self):
        text = self._original_line
        return None if text is None else text.strip()


def walk_stack(f):
    """Pairs of frame and line number, from a frame or else the caller's to the outermost."""
    if f is None:
        # This generator runs below extract() and two helpers of it.
        f = sys._getframe(4)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def _tb_entries(tb):
    while tb is not None:
        yield tb
        tb = tb.tb_next


def walk_tb(tb):
    """Pairs of frame and line number, from the start of a traceback to where it was raised."""
    for entry in _tb_entries(tb):
        yield entry.tb_frame, entry.tb_lineno


def _walk_tb_with_full_positions(tb):
    """Like walk_tb(), but with (line, end line, column, end column)."""
    for entry in _tb_entries(tb):
        frame = entry.tb_frame
        lineno, *rest = _get_code_position(frame.f_code, entry.tb_lasti)
        yield frame, (entry.tb_lineno if lineno is None else lineno, *rest)


def _get_code_position(code, instruction_index):
    if instruction_index >= 0:
        for position in itertools.islice(code.co_positions(), instruction_index // 2, None):
            return position
    return None, None, None, None


def _limited(frames, limit):
    """The first frames, or of a negative limit the last."""
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
        if limit is None:
            return frames
        limit = max(limit, 0)
    if limit >= 0:
        return itertools.islice(frames, limit)
    return deque(frames, maxlen=-limit)


class StackSummary(list):
    """A list of FrameSummary objects, representing a stack of frames."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """A summary of (frame, line number) pairs, such as walk_stack() and walk_tb() yield.

        A negative `limit` keeps the last entries.  Lines are read when they are needed unless
        `lookup_lines`; `capture_locals` keeps the repr() of local variables.
        """
        entries = ((frame, (lineno, None, None, None)) for frame, lineno in frame_gen)
        return klass._extract_from_extended_frame_gen(
            entries, limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals)

    @classmethod
    def _extract_from_extended_frame_gen(klass, frame_gen, *, limit=None,
                                         lookup_lines=True, capture_locals=False):
        """Like extract(), of (frame, (line, end line, column, end column))."""
        result = klass()
        filenames = set()
        for frame, (lineno, end_lineno, colno, end_colno) in _limited(frame_gen, limit):
            code = frame.f_code
            filename = code.co_filename
            filenames.add(filename)
            linecache.lazycache(filename, frame.f_globals)
            # Lines are read below, after files that have changed were dropped.
            result.append(FrameSummary(
                filename, lineno, code.co_name, lookup_line=False,
                locals=frame.f_locals if capture_locals else None,
                end_lineno=end_lineno, colno=colno, end_colno=end_colno))
        for filename in filenames:
            linecache.checkcache(filename)
        if lookup_lines:
            for summary in result:
                summary.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """A summary of FrameSummary objects or tuples (file, line number, name, text)."""
        result = StackSummary()
        for item in a_list:
            if not isinstance(item, FrameSummary):
                filename, lineno, name, line = item
                item = FrameSummary(filename, lineno, name, line=line)
            result.append(item)
        return result

    def format_frame_summary(self, frame_summary):
        """The text of one entry; a subclass may return None to leave it out."""
        text = (f'  File "{frame_summary.filename}", line {frame_summary.lineno}, '
                f'in {frame_summary.name}\n')
        if frame_summary.line:
            text += f"    {frame_summary.line.strip()}\n"
            if frame_summary.colno is not None and frame_summary.end_colno is not None:
                text += _marks(frame_summary)
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                text += f"    {name} = {value}\n"
        return text

    def format(self):
        """A list of strings, one an entry.

        Of a call that repeats only the first three are shown, then how many more there are.
        """
        result = []
        last = None
        count = 0
        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            place = summary.filename, summary.lineno, summary.name
            if place != last or None in place:
                result.extend(_repeated(count))
                last = place
                count = 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        result.extend(_repeated(count))
        return result


def _repeated(count):
    more = count - _RECURSIVE_CUTOFF
    if more > 0:
        yield f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


# Marks below the failing part --------------------------------------------------------------

def _marks(summary):
    """The line of marks, unless it would mark the whole line."""
    line = summary._original_line
    shown = summary.line.strip()
    start = _byte_offset_to_character_offset(line, summary.colno)
    end = _byte_offset_to_character_offset(line, summary.end_colno)
    segment = line[start:end]
    anchors = None
    if summary.lineno == summary.end_lineno:
        anchors = _extract_caret_anchors_from_line_segment(segment)
    else:
        # Of what goes on below, everything up to the end of the line.
        end = len(line.rstrip())
    if end - start >= len(shown) and not (anchors and anchors[1] > anchors[0]):
        return ""
    indent = len(line) - len(summary.line.lstrip())
    first = _display_width(line, start) + 1
    width = _display_width(line, end) + 1 - first
    text = "    " + " " * (first - indent)
    if not anchors:
        return f"{text}{'^' * width}\n"
    left = _display_width(segment, anchors[0])
    right = _display_width(segment, anchors[1])
    return f"{text}{'~' * left}{'^' * (right - left)}{'~' * (width - right)}\n"


def _byte_offset_to_character_offset(str, offset):
    if str.isascii():
        return min(offset, len(str))
    return len(str.encode("utf-8")[:offset].decode("utf-8", errors="replace"))


def _extract_caret_anchors_from_line_segment(segment):
    """Where the operator of an operation, or the brackets of a subscript, start and end; None of
    anything else."""
    return caret_anchors(segment)


def _display_width(line, offset):
    """How many columns the line takes up to this offset; a wide character takes two."""
    if line.isascii():
        return offset
    return display_width(line[:offset])


# Exceptions --------------------------------------------------------------------------------

def _is_sequence_of_notes(notes):
    if isinstance(notes, (list, tuple)):
        return True
    from collections.abc import Sequence
    return isinstance(notes, Sequence) and not isinstance(notes, (str, bytes))


class _ExceptionPrintContext:
    """How deep in exception groups the text being made is, and whether a frame is open."""

    def __init__(self):
        self.seen = set()
        self.exception_group_depth = 0
        self.need_close = False

    def indent(self):
        return " " * (2 * self.exception_group_depth)

    def emit(self, text_gen, margin_char=None):
        margin = self.indent()
        if self.exception_group_depth:
            margin += (margin_char or "|") + " "
        for text in (text_gen,) if isinstance(text_gen, str) else text_gen:
            yield "".join([margin + line for line in text.splitlines(True)]) if margin else text


class TracebackException:
    """All that the report of an exception needs, without holding on to the exception.

    `stack` is the StackSummary, `exc_type` the class; `__cause__`, `__context__` and of a group
    `exceptions` are of this class too, made from those of the exception, while
    `__suppress_context__` and `__notes__` are the exception's own.  A syntax error has
    `filename`, `lineno`, `end_lineno`, `text`, `offset`, `end_offset` and `msg` besides.

    `compact` leaves out what format() would not show.  Of a group only `max_group_width` members
    are shown, and `max_group_depth` levels.
    """

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
                 capture_locals=False, compact=False, max_group_width=15, max_group_depth=10,
                 _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        options = dict(limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals)
        self.stack = StackSummary._extract_from_extended_frame_gen(
            _walk_tb_with_full_positions(exc_traceback), **options)
        self.max_group_width, self.max_group_depth = max_group_width, max_group_depth
        self.exc_type = exc_type
        self._str = _safe_string(exc_value, "exception")
        self.__notes__ = getattr(exc_value, "__notes__", None)
        if exc_type and issubclass(exc_type, SyntaxError):
            self._take_syntax_error(exc_value)
        elif exc_type:
            self._str += _hint(exc_type, exc_value, exc_traceback)
        if lookup_lines:
            self._load_lines()
        self.__suppress_context__ = getattr(exc_value, "__suppress_context__", False)
        if _seen is None:
            # What belongs to other exceptions is made by the outermost call.
            options.update(max_group_width=max_group_width, max_group_depth=max_group_depth)
            self._take_related(exc_value, compact, seen, options)

    def _take_syntax_error(self, error):
        for name in ("filename", "text", "offset", "end_offset", "msg"):
            setattr(self, name, getattr(error, name))
        for name in ("lineno", "end_lineno"):
            number = getattr(error, name)
            setattr(self, name, None if number is None else str(number))

    def _take_related(self, exc_value, compact, seen, options):
        """Causes, contexts and members of groups; with a list instead of recursion, as there may
        be many."""
        def summary(exc):
            return TracebackException(type(exc), exc, exc.__traceback__, _seen=seen, **options)

        queue = [(self, exc_value)]
        while queue:
            mine, exc = queue.pop()
            cause = context = exceptions = None
            # `exc` may be false: a class can define that.
            if exc and exc.__cause__ is not None and id(exc.__cause__) not in seen:
                cause = summary(exc.__cause__)
                queue.append((cause, exc.__cause__))
            wanted = not compact or (cause is None and exc is not None
                                     and not exc.__suppress_context__)
            if (exc and wanted and exc.__context__ is not None
                    and id(exc.__context__) not in seen):
                context = summary(exc.__context__)
                queue.append((context, exc.__context__))
            if exc and isinstance(exc, BaseExceptionGroup):
                exceptions = [summary(member) for member in exc.exceptions]
                queue.extend(zip(exceptions, exc.exceptions))
            mine.__cause__ = cause
            mine.__context__ = context
            mine.exceptions = exceptions

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Of an exception with its own traceback; further arguments are the constructor's."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def _load_lines(self):
        """Reads all lines of source now."""
        for entry in self.stack:
            entry._original_line

    def __eq__(self, other):
        if not isinstance(other, TracebackException):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __str__(self):
        return self._str

    def format_exception_only(self):
        """Yields what the report ends with: class, message and notes.

        Of a syntax error first the place and the line.
        """
        if self.exc_type is None:
            yield _format_final_exc_line(None, self._str)
            return
        title = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            title = f"{module if isinstance(module, str) else '<unknown>'}.{title}"
        if issubclass(self.exc_type, SyntaxError):
            yield from self._format_syntax_error(title)
        else:
            yield _format_final_exc_line(title, self._str)
        yield from self._format_notes()

    def _format_notes(self):
        notes = self.__notes__
        if notes is None:
            return
        if not _is_sequence_of_notes(notes):
            yield f"{_safe_string(notes, '__notes__', func=repr)}\n"
            return
        for note in notes:
            for line in _safe_string(note, "note").split("\n"):
                yield line + "\n"

    def _format_syntax_error(self, stype):
        """Format SyntaxError exceptions (internal helper)."""
        suffix = ""
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f" ({self.filename})"
        if self.text is not None:
            line = self.text.rstrip("\n")
            shown = line.lstrip(" \n\f")
            yield f"    {shown}\n"
            if self.offset is not None:
                # Columns count from 1, and from before what is not shown.
                before = len(line) - len(shown) + 1
                end = self.end_offset
                if end in (None, 0, -1) or end == self.offset:
                    end = self.offset + 1
                start, end = self.offset - before, end - before
                if start >= 0:
                    # Tabs stay, so that the mark stands below what it marks.
                    blank = "".join([c if c.isspace() else " " for c in shown[:start]])
                    yield f"    {blank}{'^' * (end - start)}\n"
        yield f"{stype}: {self.msg or '<no detail available>'}{suffix}\n"

    def format(self, *, chain=True, _ctx=None):
        """Yields the report as strings of whole lines, the message last.

        `chain` tells whether exceptions that led to this one come before it.
        """
        if _ctx is None:
            _ctx = _ExceptionPrintContext()
        for message, exc in reversed(self._chain() if chain else [(None, self)]):
            if message is not None:
                yield from _ctx.emit(message)
            if exc.exceptions is None:
                if exc.stack:
                    yield from _ctx.emit("Traceback (most recent call last):\n")
                    yield from _ctx.emit(exc.stack.format())
                yield from _ctx.emit(exc.format_exception_only())
            elif _ctx.exception_group_depth > self.max_group_depth:
                yield from _ctx.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from self._format_group(exc, chain, _ctx)

    def _chain(self):
        """What led to the exception, the last first, each with the words that come before it."""
        chain = []
        exc = self
        while exc:
            if exc.__cause__ is not None:
                message, earlier = _cause_message, exc.__cause__
            elif exc.__context__ is not None and not exc.__suppress_context__:
                message, earlier = _context_message, exc.__context__
            else:
                message = earlier = None
            chain.append((message, exc))
            exc = earlier
        return chain

    def _format_group(self, exc, chain, ctx):
        is_outermost = ctx.exception_group_depth == 0
        if is_outermost:
            ctx.exception_group_depth += 1
        if exc.stack:
            yield from ctx.emit("Exception Group Traceback (most recent call last):\n",
                                margin_char="+" if is_outermost else None)
            yield from ctx.emit(exc.stack.format())
        yield from ctx.emit(exc.format_exception_only())
        total, width = len(exc.exceptions), self.max_group_width
        shown = total if total <= width else width + 1
        ctx.need_close = False
        for i in range(shown):
            is_last = i == shown - 1
            if is_last:
                # Where the last is a group itself, that one closes the frame.
                ctx.need_close = True
            is_cut = width is not None and i >= width
            yield (f"{ctx.indent()}{'+-' if i == 0 else '  '}"
                   f"+---------------- {'...' if is_cut else i + 1} ----------------\n")
            ctx.exception_group_depth += 1
            if is_cut:
                rest = total - width
                yield from ctx.emit(f"and {rest} more exception{'s' if rest > 1 else ''}\n")
            else:
                yield from exc.exceptions[i].format(chain=chain, _ctx=ctx)
            if is_last and ctx.need_close:
                yield ctx.indent() + "+------------------------------------\n"
                ctx.need_close = False
            ctx.exception_group_depth -= 1
        if is_outermost:
            ctx.exception_group_depth = 0

    def print(self, *, file=None, chain=True):
        """Print the report on `file` or else sys.stderr."""
        _print_all(self.format(chain=chain), file)


# Suggestions -------------------------------------------------------------------------------

_MAX_CANDIDATE_ITEMS = 750
_MAX_STRING_SIZE = 40
_MOVE_COST = 2
_CASE_COST = 1


def _hint(exc_type, exc, tb):
    """What to add to the message of an error about an unknown name."""
    if issubclass(exc_type, ImportError):
        attribute = "name_from"
    elif issubclass(exc_type, (NameError, AttributeError)):
        attribute = "name"
    else:
        return ""
    wrong_name = getattr(exc, attribute, None)
    if wrong_name is None:
        return ""
    suggestion = _compute_suggestion_error(exc, tb, wrong_name)
    hint = f". Did you mean: '{suggestion}'?" if suggestion else ""
    if issubclass(exc_type, NameError) and wrong_name in sys.stdlib_module_names:
        hint += f"{' Or did' if hint else '. Did'} you forget to import '{wrong_name}'"
    return hint


def _compute_suggestion_error(exc_value, tb, wrong_name):
    """The name most like the wrong one where it was looked up, or None."""
    if not isinstance(wrong_name, str):
        return None
    try:
        if isinstance(exc_value, AttributeError):
            names = dir(exc_value.obj)
        elif isinstance(exc_value, ImportError):
            names = dir(__import__(exc_value.name))
        else:
            names = None
    except Exception:
        return None
    if names is None:
        if tb is None:
            return None
        while tb.tb_next is not None:
            tb = tb.tb_next
        frame = tb.tb_frame
        names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
        if "self" in frame.f_locals and hasattr(frame.f_locals["self"], wrong_name):
            return f"self.{wrong_name}"
    if len(names) > _MAX_CANDIDATE_ITEMS or len(wrong_name) > _MAX_STRING_SIZE:
        return None
    suggestion, best = None, len(wrong_name)
    for name in names:
        if name == wrong_name:
            # It is there all the same, as an attribute that raises AttributeError is.
            continue
        # No more than a third of the characters may need a change.
        allowed = (len(name) + len(wrong_name) + 3) * _MOVE_COST // 6
        allowed = min(allowed, best - 1)
        distance = _levenshtein_distance(wrong_name, name, allowed)
        if distance <= allowed and (not suggestion or distance < best):
            suggestion, best = name, distance
    return suggestion


def _substitution_cost(ch_a, ch_b):
    if ch_a == ch_b:
        return 0
    return _CASE_COST if ch_a.lower() == ch_b.lower() else _MOVE_COST


def _levenshtein_distance(a, b, max_cost):
    """The cost of the changes from one name to the other; something above `max_cost` if that is
    exceeded."""
    if a == b:
        return 0
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return _MOVE_COST * (len(a) + len(b))
    too_much = max_cost + 1
    if len(a) > _MAX_STRING_SIZE or len(b) > _MAX_STRING_SIZE:
        return too_much
    if len(b) < len(a):
        a, b = b, a
    if (len(b) - len(a)) * _MOVE_COST > max_cost:
        return too_much
    # One row of the matrix, changed in place.
    row = [_MOVE_COST * (i + 1) for i in range(len(a))]
    result = 0
    for place, char in enumerate(b):
        diagonal = result = place * _MOVE_COST
        for i, other in enumerate(a):
            substitute = diagonal + _substitution_cost(char, other)
            diagonal = row[i]
            row[i] = result = min(substitute, min(result, diagonal) + _MOVE_COST)
        if min(row) > max_cost:
            return too_much
    return result
