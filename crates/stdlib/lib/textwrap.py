"""Fill, wrap, shorten, indent and dedent text.

A text is split into chunks that must not be broken (words, parts of words before a hyphen,
white space), which are then put into lines. Splitting is done by hand, so that wrapping needs
no regular expressions, and dedent neither.
"""

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_whitespace = '\t\n\x0b\x0c\r '


class TextWrapper:
    """Wraps paragraphs of text.

    Attributes, all of them arguments too:
      width (70)               the greatest length of a line
      initial_indent ('')      put before the first line
      subsequent_indent ('')   put before the other lines
      expand_tabs (True)       turn tabs into spaces first
      replace_whitespace (True)    then each white space character into a space
      fix_sentence_endings (False) have two spaces after each sentence
      break_long_words (True)  break words that are longer than a line
      break_on_hyphens (True)  break after hyphens in words
      tabsize (8)              columns of a tab
      drop_whitespace (True)   drop white space at the ends of lines
      max_lines (None)         the greatest number of lines
      placeholder (' [...]')   put at the end of text that is cut
    """

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True,
                 replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None,
                 placeholder=' [...]'):
        self.width, self.max_lines, self.placeholder = width, max_lines, placeholder
        self.initial_indent, self.subsequent_indent = initial_indent, subsequent_indent
        self.expand_tabs, self.tabsize = expand_tabs, tabsize
        self.replace_whitespace, self.drop_whitespace = replace_whitespace, drop_whitespace
        self.break_long_words, self.break_on_hyphens = break_long_words, break_on_hyphens
        self.fix_sentence_endings = fix_sentence_endings

    unicode_whitespace_trans = dict.fromkeys(map(ord, _whitespace), ord(' '))

    def _munge_whitespace(self, text):
        """Make all white space what the options want it to be."""
        expanded = text.expandtabs(self.tabsize) if self.expand_tabs else text
        if not self.replace_whitespace:
            return expanded
        return expanded.translate(self.unicode_whitespace_trans)

    def _split(self, text):
        """Split the text into chunks that are not broken."""
        chunks = []
        for chunk in _runs(text):
            if self.break_on_hyphens and '-' in chunk:
                chunks.extend(_split_hyphens(chunk))
            else:
                chunks.append(chunk)
        return chunks

    def _fix_sentence_endings(self, chunks):
        """Make the space after each chunk that ends a sentence two spaces wide."""
        for i in range(len(chunks) - 1):
            if chunks[i + 1] == " " and _ends_sentence(chunks[i]):
                chunks[i + 1] = "  "

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """Put as much of a chunk that is longer than a line into this line as may be."""
        if not self.break_long_words:
            # Whole on a line of its own.
            if not cur_line:
                cur_line.append(reversed_chunks.pop())
            return
        chunk = reversed_chunks[-1]
        end = 1 if width < 1 else width - cur_len
        if self.break_on_hyphens and end < len(chunk):
            before, hyphen, _ = chunk[:end].rpartition('-')
            if before.strip('-'):
                end = len(before) + len(hyphen)
        cur_line.append(chunk[:end])
        reversed_chunks[-1] = chunk[end:]

    def _wrap_chunks(self, chunks):
        """Put the chunks into lines."""
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and chunks[-1].strip() == '':
                del chunks[-1]
            line, length = [], 0
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._handle_long_word(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == '':
                length -= len(line[-1])
                del line[-1]
            if not line:
                continue
            more = chunks and not (self.drop_whitespace and len(chunks) == 1
                                   and not chunks[0].strip())
            if (self.max_lines is None or len(lines) + 1 < self.max_lines
                    or not more and length <= width):
                lines.append(indent + ''.join(line))
                continue
            self._cut(lines, line, length, width, indent)
            break
        return lines

    def _cut(self, lines, line, length, width, indent):
        """End the last line with the placeholder, after a word."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + ''.join(line))
                return
            length -= len(line[-1])
            del line[-1]
        if lines:
            last = lines[-1].rstrip()
            if len(last) + len(self.placeholder) <= self.width:
                lines[-1] = last + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    def wrap(self, text):
        """Give the paragraph as a list of lines of at most self.width, without line ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """Give the paragraph as one string, its lines joined by line ends."""
        return "\n".join(self.wrap(text))


def _runs(text):
    """Split a text where white space begins or ends."""
    runs = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (text[at] in _whitespace) != (text[at - 1] in _whitespace):
            runs.append(text[start:at])
            start = at
    return runs


def _is_word(c):
    return c.isalnum() or c == '_'


def _is_letter(c):
    return _is_word(c) and not c.isdecimal()


def _may_follow(c):
    """Tell whether a dash may stand after the character and start a chunk."""
    return _is_word(c) or c in '!"\'&.,?'


def _split_hyphens(word):
    """Split a word after hyphens between letters, and around dashes (two or more)."""
    chunks = []
    start, n = 0, len(word)
    while start < n:
        end = _chunk_end(word, start, n)
        chunks.append(word[start:end])
        start = end
    return chunks


def _dash_end(word, at, n):
    """Give the end of a dash that starts at `at`; 0 if none does."""
    end = at
    while end < n and word[end] == '-':
        end += 1
    if end - at >= 2 and end < n and _is_word(word[end]):
        return end
    return 0


def _chunk_end(word, start, n):
    # A dash between words is a chunk by itself.
    if start and _may_follow(word[start - 1]):
        end = _dash_end(word, start, n)
        if end:
            return end
    at = start + 1
    while at < n:
        c = word[at - 1]
        # After a hyphen that joins two letters to at least two on each side.
        if (c == '-' and at - 2 >= start and _is_letter(word[at - 2])
                and _hyphen_breaks(word, start, at - 1, n)):
            return at
        # Before a dash.
        if _may_follow(c) and word[at] == '-' and _dash_end(word, at, n):
            return at
        at += 1
    return n


def _hyphen_breaks(word, start, hyphen, n):
    before = word[max(hyphen - 3, 0):hyphen]
    if len(before) >= 2 and _is_letter(before[-2]):
        pass
    elif len(before) == 3 and before[-2] == '-' and _is_letter(before[-3]):
        pass
    else:
        return False
    if hyphen + 1 < n and _is_letter(word[hyphen + 1]):
        if hyphen + 2 < n and _is_letter(word[hyphen + 2]):
            return True
        return (hyphen + 3 < n and word[hyphen + 2] == '-' and _is_letter(word[hyphen + 3]))
    return False


def _ends_sentence(chunk):
    """Tell whether a chunk ends with a lower-case letter, a full stop or the like, and maybe a
    quote."""
    if chunk[-1:] in ('"', "'"):
        chunk = chunk[:-1]
    return len(chunk) >= 2 and chunk[-1] in '.!?' and 'a' <= chunk[-2] <= 'z'


def wrap(text, width=70, **kwargs):
    """Wrap a single paragraph of text, returning a list of wrapped lines.

    See the TextWrapper class for the keyword arguments.
    """
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """Fill a single paragraph of text, returning a new string.

    See the TextWrapper class for the keyword arguments.
    """
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """Collapse and truncate the given text to fit in the given width.

    >>> shorten("Hello  world!", width=12)
    'Hello world!'
    >>> shorten("Hello  world!", width=11)
    'Hello [...]'
    """
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    """Remove the white space that all lines of the text begin with.

    Lines of white space only become empty and do not count. Tabs and spaces differ.
    """
    if not isinstance(text, str):
        if isinstance(text, (bytes, bytearray)):
            raise TypeError("cannot use a string pattern on a bytes-like object")
        raise TypeError("expected string or bytes-like object, "
                        f"got {type(text).__name__!r}")
    lines = text.split('\n')
    margin = None
    for at, line in enumerate(lines):
        content = line.lstrip(' \t')
        if not content:
            lines[at] = ''
            continue
        indent = line[:len(line) - len(content)]
        if margin is None:
            margin = indent
        elif not indent.startswith(margin):
            shared = 0
            for c, d in zip(margin, indent):
                if c != d:
                    break
                shared += 1
            margin = margin[:shared]
    if margin:
        lines = [line[len(margin):] for line in lines]
    return '\n'.join(lines)


def indent(text, prefix, predicate=None):
    """Add a prefix to those lines of the text that the predicate chooses: by default, those
    that are not only white space."""
    if predicate is None:
        predicate = str.strip
    return ''.join(prefix + line if predicate(line) else line
                   for line in text.splitlines(True))


if __name__ == "__main__":
    print(dedent("Hello there.\n  This is indented."))
