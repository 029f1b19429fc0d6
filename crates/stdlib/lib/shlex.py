"""Split text into words as a shell does, and quote words for a shell.

`shlex` is a lexer for simple languages that look like a shell's; split(), join() and quote() are
what most programs need.
"""

import sys
from collections import deque
from io import StringIO

__all__ = ['shlex', 'split', 'quote', 'join']

_PLAIN = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-')
_WORD = 'abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
_LATIN_LETTERS = ('ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ'
                  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ')


class shlex:
    """A lexer that reads words from a stream or a string.

    Its rules are attributes which may be changed: commenters, wordchars, whitespace, escape,
    quotes, escapedquotes, whitespace_split, source (the word that includes a file), debug.
    `state` is ' ' between words, 'a' in a word, 'c' in a run of punctuation, a quote or an escape
    character while one is open, and None at the end.
    """

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            instream, infile = sys.stdin, None
        elif isinstance(instream, str):
            instream = StringIO(instream)
        # What is read, and how far.
        self.instream, self.infile, self.lineno = instream, infile, 1
        self.filestack, self.pushback = deque(), deque()
        self.state, self.token = ' ', ''
        # The rules.
        self.posix, self.eof = posix, None if posix else ''
        self.commenters, self.whitespace, self.whitespace_split = '#', ' \t\r\n', False
        self.quotes, self.escapedquotes, self.escape = '\'"', '"', '\\'
        self.wordchars = _WORD + _LATIN_LETTERS if posix else _WORD
        self.source, self.debug = None, 0
        if punctuation_chars is True:
            punctuation_chars = '();<>|&'
        self._punctuation_chars = punctuation_chars or ''
        if self._punctuation_chars:
            # Characters that were read too far, to be read again.
            self._pushback_chars = deque()
            self.wordchars = ''.join([char for char in self.wordchars + '~-./*?='
                                      if char not in self._punctuation_chars])

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        """Have get_token() give a token next."""
        if self.debug >= 1:
            print("shlex: pushing token " + repr(tok))
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Read from another stream, or string, up to its end before going on."""
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.instream = StringIO(newstream) if isinstance(newstream, str) else newstream
        self.infile, self.lineno = newfile, 1
        if self.debug:
            kind, name = ('stream', self.instream) if newfile is None else ('file', newfile)
            print(f'shlex: pushing to {kind} {name}')

    def pop_source(self):
        """Go back to the stream that was read before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        if self.debug:
            print(f'shlex: popping to {self.instream}, line {self.lineno}')
        self.state = ' '

    def get_token(self):
        """The next token, `eof` at the end; files are included here."""
        if self.pushback:
            token = self.pushback.popleft()
            self._report("popping token", token)
            return token
        token = self.read_token()
        while self.source is not None and token == self.source:
            included = self.sourcehook(self.read_token())
            if included:
                name, stream = included
                self.push_source(stream, name)
            token = self.get_token()
        while token == self.eof and self.filestack:
            self.pop_source()
            token = self.get_token()
        if token == self.eof:
            return self.eof
        self._report("token=", token)
        return token

    def _report(self, what, token):
        if self.debug >= 1:
            print(f"shlex: {what}{'' if what.endswith('=') else ' '}{token!r}")

    def _next_char(self):
        if self._punctuation_chars and self._pushback_chars:
            return self._pushback_chars.pop()
        return self.instream.read(1)

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def read_token(self):
        """The next token of the stream, whatever was pushed and whatever includes files."""
        quoted = False
        # The state to go back to after an escape.
        escaped_state = ' '
        posix = self.posix
        while True:
            char = self._next_char()
            if char == '\n':
                self.lineno += 1
            if self.debug >= 3:
                print(f"shlex: in state {self.state!r} I see character: {char!r}")
            state = self.state
            ends_word = False
            if state is None:
                self.token = ''
                break
            if state == ' ':
                if not char:
                    self.state = None
                    break
                if char in self.whitespace:
                    if self.debug >= 2:
                        print("shlex: I see whitespace in whitespace state")
                    ends_word = True
                elif char in self.commenters:
                    self._skip_comment()
                elif posix and char in self.escape:
                    escaped_state = 'a'
                    self.state = char
                elif char in self.wordchars:
                    self.token = char
                    self.state = 'a'
                elif char in self._punctuation_chars:
                    self.token = char
                    self.state = 'c'
                elif char in self.quotes:
                    if not posix:
                        self.token = char
                    self.state = char
                elif self.whitespace_split:
                    self.token = char
                    self.state = 'a'
                else:
                    self.token = char
                    ends_word = True
            elif state in self.quotes:
                quoted = True
                if not char:
                    if self.debug >= 2:
                        print("shlex: I see EOF in quotes state")
                    raise ValueError("No closing quotation")
                if char == state:
                    if posix:
                        self.state = 'a'
                    else:
                        self.token += char
                        self.state = ' '
                        break
                elif posix and char in self.escape and state in self.escapedquotes:
                    escaped_state = state
                    self.state = char
                else:
                    self.token += char
            elif state in self.escape:
                if not char:
                    if self.debug >= 2:
                        print("shlex: I see EOF in escape state")
                    raise ValueError("No escaped character")
                # Within quotes only the quote and the escape can be escaped.
                if escaped_state in self.quotes and char != state and char != escaped_state:
                    self.token += state
                self.token += char
                self.state = escaped_state
            elif state in ('a', 'c'):
                if not char:
                    self.state = None
                    break
                if char in self.whitespace:
                    if self.debug >= 2:
                        print("shlex: I see whitespace in word state")
                    self.state = ' '
                    ends_word = True
                elif char in self.commenters:
                    self._skip_comment()
                    if posix:
                        self.state = ' '
                        ends_word = True
                elif state == 'c':
                    if char in self._punctuation_chars:
                        self.token += char
                    else:
                        self._pushback_chars.append(char)
                        self.state = ' '
                        break
                elif posix and char in self.quotes:
                    self.state = char
                elif posix and char in self.escape:
                    escaped_state = 'a'
                    self.state = char
                elif (char in self.wordchars or char in self.quotes
                      or (self.whitespace_split and char not in self._punctuation_chars)):
                    self.token += char
                else:
                    if self._punctuation_chars:
                        self._pushback_chars.append(char)
                    else:
                        self.pushback.appendleft(char)
                    if self.debug >= 2:
                        print("shlex: I see punctuation in word state")
                    self.state = ' '
                    ends_word = True
            if ends_word and (self.token or (posix and quoted)):
                break
        result = self.token
        self.token = ''
        if posix and not quoted and result == '':
            result = None
        if self.debug > 1:
            print("shlex: raw token=" + (repr(result) if result else 'EOF'))
        return result

    def sourcehook(self, newfile):
        """Open a file that is to be included; give its name and the stream."""
        from os import path
        if newfile[0] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not path.isabs(newfile):
            newfile = path.join(path.dirname(self.infile), newfile)
        return newfile, open(newfile, 'r')

    def error_leader(self, infile=None, lineno=None):
        """The beginning of an error message, in the form C compilers use."""
        if infile is None:
            infile = self.infile
        if lineno is None:
            lineno = self.lineno
        return f'"{infile}", line {lineno:d}: '

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token != self.eof:
            return token
        raise StopIteration


def split(s, comments=False, posix=True):
    """Split text into words as a shell does; with `comments`, skip what follows a '#'."""
    if s is None:
        raise ValueError("s argument must not be None")
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ''
    return list(lexer)


def join(split_command):
    """Put words together to a command line, each quoted where it must be."""
    return ' '.join([quote(word) for word in split_command])


def quote(s):
    """Quote a word so that a shell takes it as it is."""
    if not s:
        return "''"
    if not isinstance(s, str):
        if isinstance(s, (bytes, bytearray)):
            raise TypeError("cannot use a string pattern on a bytes-like object")
        raise TypeError(f"expected string or bytes-like object, got {type(s).__name__!r}")
    if _PLAIN.issuperset(s):
        return s
    # A single quote cannot stand within single quotes: it gets double quotes of its own.
    return "'" + s.replace("'", "'\"'\"'") + "'"


def main():
    """Print the tokens of a file, or of the standard input."""
    if len(sys.argv) == 1:
        _print_tokens(shlex())
    else:
        name = sys.argv[1]
        with open(name) as file:
            _print_tokens(shlex(file, name))


def _print_tokens(lexer):
    while token := lexer.get_token():
        print("Token: " + repr(token))


if __name__ == '__main__':
    main()
