"""Case of ASCII texts, which are mapped byte by byte, and of others."""
for text in ("", "hello world", "HELLO wORLD", "it's 3rd-class x1y2", "a", "1a", "tab\tNEW\nline", "\x00z~{[`@Z",
             "straße ǆ Σας", "ﬁne É"):
    print(ascii([text.title(), text.swapcase(), text.capitalize(), text.upper(), text.lower(), text.casefold()]))
table = str.maketrans({"a": "A", "b": None, "c": "long", "d": "é", "e": "日"})
for text in ("abcde" * 3, "aaaa", "bbbb", "ééa", ""):
    print(ascii(text.translate(table)))
