"""Compare sequences: find what they share, and describe how one becomes the other.

SequenceMatcher finds the longest run of items that two sequences share, then looks left and
right of it. Differ and ndiff compare lines and mark what changed inside similar ones;
unified_diff and context_diff write what patch tools read, HtmlDiff a table.
"""

from collections import namedtuple as _namedtuple
from types import GenericAlias

__all__ = ['get_close_matches', 'ndiff', 'restore', 'SequenceMatcher', 'Differ',
           'IS_CHARACTER_JUNK', 'IS_LINE_JUNK', 'context_diff', 'unified_diff', 'diff_bytes',
           'HtmlDiff', 'Match']


def __getattr__(name):
    if name not in ('HtmlDiff', '_mdiff'):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import _html_diff
    found = globals()[name] = getattr(_html_diff, name)
    return found


def __dir__():
    return sorted({*globals(), 'HtmlDiff'})


Match = _namedtuple('Match', 'a b size')


def _calculate_ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares pairs of sequences of hashable items.

    `isjunk` tells which items of the second sequence must not start a match; with `autojunk`
    items that make up more than 1 % of a sequence of 200 or more do not either. What is
    computed about the second sequence is kept, so to compare one with many, set it second.
    """

    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Set the two sequences to be compared."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Set the first sequence to be compared."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Set the second sequence to be compared."""
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = None
            self.fullbcount = None
            self._index_b()

    def _index_b(self):
        """Note where each item of b occurs, leaving out junk and popular items."""
        b = self.b
        self.b2j = b2j = {}
        for j, item in enumerate(b):
            b2j.setdefault(item, []).append(j)
        self.bjunk = set()
        if self.isjunk:
            self.bjunk.update(filter(self.isjunk, b2j))
            for item in self.bjunk:
                del b2j[item]
        self.bpopular = set()
        if self.autojunk and len(b) >= 200:
            limit = len(b) // 100 + 1
            self.bpopular.update(item for item, places in b2j.items() if len(places) > limit)
            for item in self.bpopular:
                del b2j[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """Find the longest matching block in a[alo:ahi] and b[blo:bhi].

        Of several, the one that starts first in a, and of those the one that starts first in
        b. Junk is only part of a block where it stands beside other matching items. Without a
        match, gives (alo, blo, 0).
        """
        a, b, b2j = self.a, self.b, self.b2j
        is_junk = self.bjunk.__contains__
        if ahi is None:
            ahi = len(a)
        if bhi is None:
            bhi = len(b)
        best_i, best_j, size = alo, blo, 0
        # The length of the match that ends at a[i - 1] and b[j], for each j.
        lengths = {}
        for i in range(alo, ahi):
            previous, lengths = lengths.get, {}
            for j in b2j.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                k = lengths[j] = previous(j - 1, 0) + 1
                if k > size:
                    best_i, best_j, size = i - k + 1, j - k + 1, k
        # Popular items are not in the index, so take those on both sides that match; then the
        # junk beyond them.
        for junk in False, True:
            while (best_i > alo and best_j > blo and is_junk(b[best_j - 1]) == junk
                   and a[best_i - 1] == b[best_j - 1]):
                best_i, best_j, size = best_i - 1, best_j - 1, size + 1
            while (best_i + size < ahi and best_j + size < bhi
                   and is_junk(b[best_j + size]) == junk
                   and a[best_i + size] == b[best_j + size]):
                size += 1
        return Match(best_i, best_j, size)

    def get_matching_blocks(self):
        """Return list of triples describing matching subsequences.

        Each is of the form (i, j, n), and means that a[i:i+n] == b[j:j+n]. They rise in i and
        in j; neighbours are never adjacent in both. The last is (len(a), len(b), 0).
        """
        if self.matching_blocks is not None:
            return self.matching_blocks
        len_a, len_b = len(self.a), len(self.b)
        pending = [(0, len_a, 0, len_b)]
        found = []
        while pending:
            alo, ahi, blo, bhi = pending.pop()
            match = self.find_longest_match(alo, ahi, blo, bhi)
            i, j, size = match
            if size:
                found.append(match)
                if alo < i and blo < j:
                    pending.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    pending.append((i + size, ahi, j + size, bhi))
        found.sort()
        merged = []
        for i, j, size in found:
            if merged:
                last_i, last_j, last_size = merged[-1]
                if last_i + last_size == i and last_j + last_size == j:
                    merged[-1] = last_i, last_j, last_size + size
                    continue
            merged.append((i, j, size))
        merged.append((len_a, len_b, 0))
        self.matching_blocks = list(map(Match._make, merged))
        return self.matching_blocks

    def get_opcodes(self):
        """Return list of 5-tuples describing how to turn a into b.

        Each is of the form (tag, i1, i2, j1, j2), where the tag is 'replace', 'delete',
        'insert' or 'equal'; the first has i1 == j1 == 0 and each continues the one before.
        """
        if self.opcodes is not None:
            return self.opcodes
        self.opcodes = answer = []
        i = j = 0
        for next_i, next_j, size in self.get_matching_blocks():
            if i < next_i:
                tag = 'replace' if j < next_j else 'delete'
                answer.append((tag, i, next_i, j, next_j))
            elif j < next_j:
                answer.append(('insert', i, next_i, j, next_j))
            i, j = next_i + size, next_j + size
            if size:
                answer.append(('equal', next_i, i, next_j, j))
        return answer

    def get_grouped_opcodes(self, n=3):
        """Isolate change clusters by eliminating ranges with no changes.

        Gives groups of opcodes with up to n items of context.
        """
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == 'equal':
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == 'equal':
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == 'equal' and i2 - i1 > n + n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group

    def ratio(self):
        """Return a measure of the sequences' similarity (float in [0,1]): twice the number of
        matching items, divided by the number of all items."""
        matches = sum(block.size for block in self.get_matching_blocks())
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        """Return an upper bound on ratio() relatively quickly: items in any order count."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left = dict(self.fullbcount)
        matches = 0
        for item in self.a:
            count = left.get(item, 0)
            if count > 0:
                left[item] = count - 1
                matches += 1
        return _calculate_ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """Return an upper bound on ratio() very quickly: only lengths count."""
        len_a, len_b = len(self.a), len(self.b)
        return _calculate_ratio(min(len_a, len_b), len_a + len_b)

    __class_getitem__ = classmethod(GenericAlias)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """Use SequenceMatcher to return list of the best "good enough" matches, the best first.

    At most n, each with a ratio of at least cutoff.

    >>> get_close_matches("appel", ["ape", "apple", "peach", "puppy"])
    ['apple', 'ape']
    """
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    matcher = SequenceMatcher(b=word)
    # From the quickest to the exact one; each is an upper bound of the next.
    ratios = matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio

    def is_close(candidate):
        matcher.set_seq1(candidate)
        return all(ratio() >= cutoff for ratio in ratios)

    scored = [(matcher.ratio(), candidate) for candidate in possibilities if is_close(candidate)]
    return [candidate for _, candidate in sorted(scored, reverse=True)[:n]]


def _keep_original_ws(line, tags):
    """Replace blanks among the tags by the line's own white space, so that tabs line up."""
    return ''.join(c if tag == " " and c.isspace() else tag for c, tag in zip(line, tags))


class Differ:
    """Compares sequences of lines of text and gives readable differences.

    Each line of a delta begins with a two-letter code: '- ' only in the first, '+ ' only in
    the second, '  ' in both, '? ' in neither: it marks what changed in the line above.
    """

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """Compare two sequences of lines; generate the resulting delta."""
        matcher = SequenceMatcher(self.linejunk, a, b)
        for tag, alo, ahi, blo, bhi in matcher.get_opcodes():
            if tag == 'replace':
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == 'delete':
                yield from self._dump('-', a, alo, ahi)
            elif tag == 'insert':
                yield from self._dump('+', b, blo, bhi)
            else:
                yield from self._dump(' ', a, alo, ahi)

    def _dump(self, tag, x, lo, hi):
        for i in range(lo, hi):
            yield f'{tag} {x[i]}'

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        # The shorter block first.
        if bhi - blo < ahi - alo:
            yield from self._dump('+', b, blo, bhi)
            yield from self._dump('-', a, alo, ahi)
        else:
            yield from self._dump('-', a, alo, ahi)
            yield from self._dump('+', b, blo, bhi)

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """Find the two most similar lines, mark their differences, and go on with what is
        before and after them.

        Does not recurse for what is after: that may be long.
        """
        while True:
            best_ratio, cutoff = 0.74, 0.75
            matcher = SequenceMatcher(self.charjunk)
            equal = None
            for j in range(blo, bhi):
                matcher.set_seq2(b[j])
                for i in range(alo, ahi):
                    if a[i] == b[j]:
                        # Equal lines that did not match are junk, the last choice.
                        if equal is None:
                            equal = i, j
                        continue
                    matcher.set_seq1(a[i])
                    if (matcher.real_quick_ratio() > best_ratio
                            and matcher.quick_ratio() > best_ratio
                            and matcher.ratio() > best_ratio):
                        best_ratio, best_i, best_j = matcher.ratio(), i, j
            if best_ratio >= cutoff:
                equal = None
            elif equal is None:
                yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
                return
            else:
                best_i, best_j = equal
            yield from self._fancy_helper(a, alo, best_i, b, blo, best_j)
            if equal is not None:
                yield '  ' + a[best_i]
            else:
                yield from self._mark(matcher, a[best_i], b[best_j])
            alo, blo = best_i + 1, best_j + 1
            if alo < ahi and blo < bhi:
                continue
            yield from self._fancy_helper(a, alo, ahi, b, blo, bhi)
            return

    def _mark(self, matcher, aline, bline):
        """Give both lines, each with a line below that marks what differs."""
        atags = btags = ""
        matcher.set_seqs(aline, bline)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            atags += {'replace': '^', 'delete': '-', 'insert': '', 'equal': ' '}[tag] * (i2 - i1)
            btags += {'replace': '^', 'delete': '', 'insert': '+', 'equal': ' '}[tag] * (j2 - j1)
        yield from self._qformat(aline, bline, atags, btags)

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi:
            if blo < bhi:
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            else:
                yield from self._dump('-', a, alo, ahi)
        elif blo < bhi:
            yield from self._dump('+', b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        for code, line, tags in ('-', aline, atags), ('+', bline, btags):
            yield f"{code} {line}"
            tags = _keep_original_ws(line, tags).rstrip()
            if tags:
                yield f"? {tags}\n"


def IS_LINE_JUNK(line, pat=None):
    """Return True for ignorable line: if line is blank or contains a single '#'."""
    if pat is not None:
        return pat(line) is not None
    return line.strip() in ('', '#')


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Return True for ignorable character: iff `ch` is a space or tab."""
    return ch in ws


def _format_range_unified(start, stop):
    length = stop - start
    if length == 1:
        return str(start + 1)
    # An empty range is named by the line before it.
    return f'{start + 1 if length else start},{length}'


def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3,
                 lineterm='\n'):
    r"""Compare two sequences of lines; generate the delta as a unified diff.

    n is the number of lines of context. For inputs without line ends, set lineterm to "".
    """
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield f'--- {_file_line(fromfile, fromfiledate)}{lineterm}'
            yield f'+++ {_file_line(tofile, tofiledate)}{lineterm}'
        first, last = group[0], group[-1]
        range1 = _format_range_unified(first[1], last[2])
        range2 = _format_range_unified(first[3], last[4])
        yield f'@@ -{range1} +{range2} @@{lineterm}'
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                for line in a[i1:i2]:
                    yield ' ' + line
                continue
            for line in a[i1:i2]:
                yield '-' + line
            for line in b[j1:j2]:
                yield '+' + line


def _file_line(name, date):
    return f'{name}\t{date}' if date else name


def _format_range_context(start, stop):
    length = stop - start
    first = start + 1 if length else start
    return str(first) if length <= 1 else f'{first},{first + length - 1}'


def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3,
                 lineterm='\n'):
    r"""Compare two sequences of lines; generate the delta as a context diff.

    n is the number of lines of context. For inputs without line ends, set lineterm to "".
    """
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    prefix = dict(insert='+ ', delete='- ', replace='! ', equal='  ')
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield f'*** {_file_line(fromfile, fromfiledate)}{lineterm}'
            yield f'--- {_file_line(tofile, tofiledate)}{lineterm}'
        tags = {code[0] for code in group}
        first, last = group[0], group[-1]
        yield '***************' + lineterm
        yield f'*** {_format_range_context(first[1], last[2])} ****{lineterm}'
        if tags & {'replace', 'delete'}:
            for tag, i1, i2, _, _ in group:
                if tag != 'insert':
                    for line in a[i1:i2]:
                        yield prefix[tag] + line
        yield f'--- {_format_range_context(first[3], last[4])} ----{lineterm}'
        if tags & {'replace', 'insert'}:
            for tag, _, _, j1, j2 in group:
                if tag != 'delete':
                    for line in b[j1:j2]:
                        yield prefix[tag] + line


def _check_types(a, b, *args):
    """Refuse bytes at once: str() of them would end up in the diff."""
    for lines in a, b:
        if lines and not isinstance(lines[0], str):
            raise TypeError(f'lines to compare must be str, not '
                            f'{type(lines[0]).__name__} ({lines[0]!r})')
    for arg in args:
        if not isinstance(arg, str):
            raise TypeError(f'all arguments must be str, not: {arg!r}')


def diff_bytes(dfunc, a, b, fromfile=b'', tofile=b'', fromfiledate=b'', tofiledate=b'', n=3,
               lineterm=b'\n'):
    r"""Compare `a` and `b`, two sequences of lines represented as bytes rather than str, with
    unified_diff or context_diff; the bytes may be in any encoding, or in none.
    """
    def decode(s):
        try:
            return s.decode('ascii', 'surrogateescape')
        except AttributeError as error:
            raise TypeError(f'all arguments must be bytes, not {type(s).__name__} '
                            f'({s!r})') from error

    lines = dfunc(list(map(decode, a)), list(map(decode, b)), decode(fromfile),
                  decode(tofile), decode(fromfiledate), decode(tofiledate), n,
                  decode(lineterm))
    for line in lines:
        yield line.encode('ascii', 'surrogateescape')


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    r"""Compare `a` and `b` (lists of strings); return a `Differ`-style delta.

    `linejunk` and `charjunk` are functions that tell which lines and characters to ignore in
    the search for matches, or None.
    """
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    r"""Generate one of the two sequences that generated a delta of ndiff: 1 or 2."""
    try:
        tag = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError(f'unknown delta choice (must be 1 or 2): {which!r}') from None
    for line in delta:
        if line[:2] in ("  ", tag):
            yield line[2:]


