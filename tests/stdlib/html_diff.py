"""`difflib.HtmlDiff`: tables of random changes, with context, wrapped lines, tabs and headings."""

import difflib
import random

chance = random.Random(5)
words = ["alpha", "beta", "gamma  x", "\tdelta", '<eps> & "q"', "", "zeta eta theta iota", "é中"]
for number in range(40):
    old, new = [" ".join(chance.choices(words, k=chance.randrange(4))) + "\n" for _ in range(chance.randrange(12))], []
    for line in old:
        x = chance.random()
        if x < 0.2:
            continue
        if x < 0.35:
            new.append(chance.choice(words) + "\n")
        if x < 0.55:
            line = line[:len(line) // 2] + chance.choice(words) + line[len(line) // 2:]
        new.append(line)
    options = dict(wrapcolumn=chance.choice([None, None, 5, 9]), tabsize=chance.choice([8, 4]))
    print(number, options)
    print(difflib.HtmlDiff(**options).make_table(
        old, new, chance.choice(["", "from"]), chance.choice(["", "to"]), context=chance.random() < 0.5,
        numlines=chance.choice([0, 1, 2, 5])))
print(difflib.HtmlDiff().make_file(["a", "é"], ["b"], charset="ascii"))


class Plain(difflib.HtmlDiff):
    _file_template = "%(charset)s|%(styles)s|%(legend)s|%(table)s"
    _styles = "styles"
    _legend = "legend"
    _table_template = "%(prefix)s %(header_row)s\n%(data_rows)s"


print(Plain().make_file(["a b\n", "c\n"], ["a d\n", "e\n"], "A", "B", context=True, numlines=1))
print(difflib.HtmlDiff.__module__, "HtmlDiff" in dir(difflib), "HtmlDiff" in difflib.__all__)
