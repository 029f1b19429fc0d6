"""Where statements and blocks begin and end in source, told by a scan of its characters: strings,
comments, brackets and indentation, without parsing.  `inspect` finds sources with it."""


def _skip_string(line, place, quote):
    """The place behind the end of a string that is open at `place`, or -1 if the line ends in
    it."""
    size = len(quote)
    while place < len(line):
        if line[place] == "\\":
            place += 2
        elif line.startswith(quote, place):
            return place + size
        else:
            place += 1
    return -1


def statements(lines):
    """Yields (first line, last line, column, is_closed) of every logical line, counted from 0;
    and (line, line, column, None) of a line with a comment only.

    A statement that the closing bracket of something around it ends is not `is_closed`."""
    first = None
    column = depth = 0
    quote = None
    for number, line in enumerate(lines):
        place = 0
        if first is None:
            text = line.lstrip(" \t\f")
            if not text.strip():
                continue
            column = len(line) - len(text)
            if text[0] == "#":
                yield number, number, column, None
                continue
            first, depth = number, 0
        ends = True
        while place < len(line):
            if quote is not None:
                place = _skip_string(line, place, quote)
                if place < 0:
                    ends = False
                    if len(quote) == 1 and not line.rstrip("\r\n").endswith("\\"):
                        # Not closed: an error, which is not for us to report.
                        quote, ends = None, True
                    break
                quote = None
                continue
            char = line[place]
            if char == "#":
                break
            if char in "\"'":
                quote = line[place] * 3 if line.startswith(char * 3, place) else char
                place += len(quote)
                continue
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
                if depth < 0:
                    yield first, number, column, False
                    return
            elif char == "\\" and line[place + 1:].strip("\r\n") == "":
                ends = False
            place += 1
        if ends and depth == 0:
            yield first, number, column, True
            first = None
    if first is not None:
        yield first, len(lines) - 1, column, True


def _head(line):
    """The keyword and name with which a line starts a definition, or None."""
    words = line.replace("(", " ").replace(":", " ").replace("[", " ").split(None, 3)
    if words[:1] == ["async"]:
        words = words[1:]
    if len(words) >= 2 and words[0] in ("def", "class"):
        return words[0], words[1]
    return None


def find_class(lines, qualname):
    """The line, from 0, on which the class begins, its decorators included; None if there is no
    such class."""
    # The definitions around: (column, name as in a qualified name).
    around = []
    decorator = None
    for first, _, column, closed in statements(lines):
        if closed is None:
            continue
        while around and around[-1][0] >= column:
            around.pop()
        text = lines[first].lstrip()
        if text[0] == "@":
            if decorator is None:
                decorator = first
            continue
        head = _head(text)
        if head is not None:
            kind, name = head
            if kind == "class" and ".".join([part for _, part in around] + [name]) == qualname:
                return first if decorator is None else decorator
            around.append((column, name if kind == "class" else f"{name}.<locals>"))
        decorator = None
    return None


def block_end(lines):
    """How many lines the definition, or the statement with a lambda, at the top takes."""
    own_column = body_column = None
    end = 1
    in_header = True
    for first, last, column, closed in statements(lines):
        if closed is None:
            # A comment belongs to the block if it is indented as its body.
            if body_column is not None and column >= body_column:
                end = first + 1
            continue
        if own_column is None:
            own_column = column
        if in_header:
            text = lines[first].lstrip()
            end = last + 1
            if text[0] == "@":
                continue
            in_header = False
            if _head(text) is None and not _opens_block(lines, first, last):
                return end
            continue
        if column <= own_column:
            break
        if body_column is None:
            body_column = column
        end = last + 1
    return end


def _opens_block(lines, first, last):
    """Whether a statement that is no definition still has one on its lines that goes on below."""
    text = lines[last].split("#")[0].rstrip()
    return text.endswith(":") and "lambda" not in "".join(lines[first:last + 1])
