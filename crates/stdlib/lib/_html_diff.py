"""`difflib.HtmlDiff`: two texts side by side as a table of HTML.

The delta of `ndiff` is read with four lines of lookahead (`_side_by_side`), which tells for each line
on which side it stands and what is marked in it; where one side has more lines, the other gets blank
ones. Marks are characters that no escaping touches: '\\0+', '\\0-' and '\\0^' begin what was added,
deleted and changed, '\\1' ends it.
"""

import re
from collections import deque
from itertools import zip_longest

from difflib import IS_CHARACTER_JUNK, ndiff

# What the next lines of the delta begin with; the marks of a line that goes to the left and of one
# that goes to the right (None: there is none); and whether the sides are made even before.
_RULES = (
    ('X', None, None, True),
    ('-?+?', '?', '?', False),
    ('--++', '-', None, False),
    ('--?+', '-', None, True),
    ('--+', '-', None, True),
    ('- ', '-', None, True),
    ('-+?', '', '?', False),
    ('-?+', '?', '', False),
    ('-', '-', None, False),
    ('+--', None, '+', False),
    ('+ ', None, '+', True),
    ('+-', None, '+', True),
    ('+', None, '+', False),
    (' ', '', '', False),
)
_BLANK = ('', '\n')


def _marked(ahead, mark):
    """Take a line from the front, with what tells of its changes if it has that."""
    line = ahead.pop(0)
    if not mark:
        return line[2:]
    if mark != '?':
        return f'\0{mark}{line[2:] or " "}\1'
    hints = ahead.pop(0)
    for found in reversed(list(re.finditer(r'\++|-+|\^+', hints))):
        start, end = found.span()
        line = f'{line[:start]}\0{hints[start]}{line[start:end]}\1{line[end:]}'
    return line[2:]


def _side_by_side(delta):
    """Make pairs of numbered lines, with whether there is a change in one of them."""
    left, right, ahead = deque(), deque(), []
    numbers = [0, 0]
    # How many lines more were added than deleted since the sides were even.
    surplus = 0

    def put(side, queue, text, changed):
        numbers[side] += 1
        queue.append(((numbers[side], text), changed))

    while True:
        ahead += [next(delta, 'X') for _ in range(4 - len(ahead))]
        begin = ''.join(line[0] for line in ahead)
        _, old, new, evens = next(rule for rule in _RULES if begin.startswith(rule[0]))
        if old is None or new is None:
            surplus += (new is not None) - (old is not None)
        if evens:
            (left if surplus > 0 else right).extend([(_BLANK, True)] * abs(surplus))
            surplus = 0
        same = begin[0] == ' '
        if same:
            put(0, left, ahead[0][2:], False)
            put(1, right, _marked(ahead, ''), False)
        else:
            if old is not None:
                put(0, left, _marked(ahead, old), True)
            if new is not None:
                put(1, right, _marked(ahead, new), True)
        while left and right:
            (old_line, old_changed), (new_line, new_changed) = left.popleft(), right.popleft()
            yield old_line, new_line, old_changed or new_changed
        if begin[0] == 'X':
            return


def _near_changes(pairs, context):
    """Leave out the pairs that are further from a change; three times None stands for them."""
    while True:
        before, skipped = deque(maxlen=context + 1), False
        for pair in pairs:
            skipped |= len(before) > context
            before.append(pair)
            if pair[2]:
                break
        else:
            return
        if skipped:
            yield None, None, None
        yield from before
        left = context
        while left:
            pair = next(pairs, None)
            if pair is None:
                return
            left = context if pair[2] else left - 1
            yield pair


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Make pairs of lines as _side_by_side() does, of all or of those near changes."""
    pairs = _side_by_side(ndiff(fromlines, tolines, linejunk, charjunk))
    return pairs if context is None else _near_changes(pairs, context)


def _wrapped(number, text, width):
    """Cut a line into pieces of so many characters; marks are ended and begun anew at a cut."""
    while number and len(text) - 3 * text.count('\0') > width:
        place, shown, mark = 0, 0, ''
        while shown < width and place < len(text):
            if text[place] == '\0':
                mark = text[place + 1]
                place += 1
            elif text[place] == '\1':
                mark = ''
            else:
                shown += 1
            place += 1
        piece, text = text[:place], text[place:]
        if mark:
            piece, text = piece + '\1', f'\0{mark}{text}'
        yield number, piece
        number = '>'
    yield number, text


def _all_wrapped(pairs, width):
    for old, new, changed in pairs:
        if changed is None:
            yield old, new, changed
            continue
        pieces = zip_longest(_wrapped(*old, width), _wrapped(*new, width), fillvalue=('', ' '))
        for old, new in pieces:
            yield old, new, changed


def _lines(indent, *lines):
    return ''.join(f'\n{" " * indent}{line}' for line in lines)


def _legend_table(summary, *rows):
    rows = _lines(22, *rows)
    return f'<td> <table border="" summary="{summary}">{rows}{_lines(18, "</table></td>")}'


class HtmlDiff:
    """Compares texts and shows them side by side in HTML, with what differs in colours.

    Tabs go to multiples of `tabsize`; lines are cut after `wrapcolumn` characters, if that is given;
    the rest is for ndiff(). A subclass may have other templates.
    """

    _file_template = '\n'.join((
        '',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"',
        '          "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
        '',
        '<html>',
        '',
        '<head>' + _lines(4, '<meta http-equiv="Content-Type"',
                          '      content="text/html; charset=%(charset)s" />',
                          '<title></title>',
                          '<style type="text/css">%(styles)s',
                          '</style>'),
        '</head>',
        '',
        '<body>' + _lines(4, '%(table)s%(legend)s'),
        '</body>',
        '',
        '</html>',
    ))
    _styles = _lines(8, 'table.diff {font-family:Courier; border:medium;}',
                     '.diff_header {background-color:#e0e0e0}',
                     'td.diff_header {text-align:right}',
                     *(f'.diff_{kind} {{background-color:#{colour}}}' for kind, colour in (
                         ('next', 'c0c0c0'), ('add', 'aaffaa'), ('chg', 'ffff77'),
                         ('sub', 'ffaaaa'))))
    _table_template = _lines(
        4, '<table class="diff" id="difflib_chg_%(prefix)s_top"',
        '       cellspacing="0" cellpadding="0" rules="groups" >',
        *['    ' + ' '.join(['<colgroup></colgroup>'] * 3)] * 2,
        '    %(header_row)s', '    <tbody>') + '\n%(data_rows)s        </tbody>\n    </table>'
    _legend = _lines(
        4, '<table class="diff" summary="Legends">',
        '    <tr> <th colspan="2"> Legends </th> </tr>',
        '    <tr> ' + _legend_table('Colors', '<tr><th> Colors </th> </tr>', *(
            f'<tr><td class="diff_{kind}">{name}</td>{end}</tr>' for kind, name, end in (
                ('add', '&nbsp;Added&nbsp;', ''), ('chg', 'Changed', ' '),
                ('sub', 'Deleted', ' ')))),
        '         ' + _legend_table('Links', '<tr><th colspan="2"> Links </th> </tr>', *(
            f'<tr><td>{name}</td> </tr>' for name in (
                '(f)irst change', '(n)ext change', '(t)op'))) + ' </tr>',
        '</table>')
    _default_prefix = 0

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize = tabsize
        self._wrapcolumn = wrapcolumn
        self._linejunk = linejunk
        self._charjunk = charjunk

    def make_file(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5, *,
                  charset='utf-8'):
        """Make a whole page of the table, with its styles and a legend; see make_table()."""
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context, numlines)
        page = self._file_template % {'styles': self._styles, 'legend': self._legend,
                                      'table': table, 'charset': charset}
        return page.encode(charset, 'xmlcharrefreplace').decode(charset)

    def make_table(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5):
        """Make the table of two lists of lines, with headings if they are given.

        With `context` only lines near changes are shown, `numlines` before and after each; without
        it `numlines` is how far before a change its link leads.
        """
        number = HtmlDiff._default_prefix
        HtmlDiff._default_prefix += 1
        prefixes = self._prefix = [f'from{number}_', f'to{number}_']
        pairs = _mdiff([self._plain(line) for line in fromlines],
                       [self._plain(line) for line in tolines], numlines if context else None,
                       self._linejunk, self._charjunk)
        if self._wrapcolumn:
            pairs = _all_wrapped(pairs, self._wrapcolumn)
        pairs = list(pairs)
        links, anchors = _links([changed for *_, changed in pairs], prefixes[1], numlines)
        if pairs:
            cells = [old and (_cells(prefixes[0], *old), _cells(prefixes[1], *new), changed)
                     for old, new, changed in pairs]
        else:
            cell = 'No Differences Found' if context else 'Empty File'
            cell = f'<td></td><td>&nbsp;{cell}&nbsp;</td>'
            cells = [(cell, cell, False)]
        rows = []
        for place, found in enumerate(cells):
            if found:
                old, new, _ = found
                rows.append(f'            <tr><td class="diff_next"{anchors[place]}>{links[place]}</td>'
                            f'{old}<td class="diff_next">{links[place]}</td>{new}</tr>\n')
            elif place > 0:
                rows.append('        </tbody>        \n        <tbody>\n')
        header = ''
        if fromdesc or todesc:
            heads = ''.join(f'<th class="diff_next"><br /></th>'
                            f'<th colspan="2" class="diff_header">{text}</th>'
                            for text in (fromdesc, todesc))
            header = f'<thead><tr>{heads}</tr></thead>'
        table = self._table_template % {'data_rows': ''.join(rows), 'header_row': header,
                                        'prefix': prefixes[1]}
        for mark, kind in ('+', 'add'), ('-', 'sub'), ('^', 'chg'):
            table = table.replace('\0' + mark, f'<span class="diff_{kind}">')
        return table.replace('\1', '</span>').replace('\t', '&nbsp;')

    def _plain(self, line):
        """The line without its end; what tabs leave free becomes tabs, so that it can differ."""
        line = line.replace(' ', '\0').expandtabs(self._tabsize)
        return line.replace(' ', '\t').replace('\0', ' ').rstrip('\n')


def _cells(prefix, number, text):
    for sign, entity in ('&', '&amp;'), ('>', '&gt;'), ('<', '&lt;'), (' ', '&nbsp;'):
        text = text.replace(sign, entity)
    anchor = f' id="{prefix}{number}"' if isinstance(number, int) else ''
    text = text.rstrip()
    return f'<td class="diff_header"{anchor}>{number}</td><td nowrap="nowrap">{text}</td>'


def _links(flags, prefix, lead):
    """The links from change to change, and the anchors a few lines before each."""
    links, anchors = [''] * max(1, len(flags)), [''] * max(1, len(flags))
    count, last, within = 0, 0, False
    for place, changed in enumerate(flags):
        if changed and not within:
            last = place
            anchors[max(0, place - lead)] = f' id="difflib_chg_{prefix}_{count}"'
            count += 1
            links[place] = f'<a href="#difflib_chg_{prefix}_{count}">n</a>'
        within = bool(changed)
    if not (flags and flags[0]):
        links[0] = f'<a href="#difflib_chg_{prefix}_0">f</a>'
    links[last] = f'<a href="#difflib_chg_{prefix}_top">t</a>'
    return links, anchors


HtmlDiff.__module__ = 'difflib'
