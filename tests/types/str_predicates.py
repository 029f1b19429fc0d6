CASES = r"""
[c for c in "aA1 _-é²½٣\t\n" if c.isalpha()], [c for c in "aA1 _-é²½٣一" if c.isalnum()], [c for c in "1²½٣Ⅷ一" if c.isdigit()], [c for c in "1²½٣Ⅷ一" if c.isdecimal()], [c for c in "1²½٣Ⅷ一" if c.isnumeric()]
[ascii(c) for c in " \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2003\u2028\u200b\u3000" if c.isspace()]
"".isalpha(), "".isalnum(), "".isdigit(), "".isspace(), "".isascii(), "".isidentifier(), "".isprintable(), "".isdecimal(), "".isnumeric()
"abc".isascii(), "é".isascii(), "\x7f".isascii(), "\x80".isascii()
"a b".isprintable(), "a\n".isprintable(), "é".isprintable(), "\xa0".isprintable(), "\xad".isprintable(), "\u200b".isprintable(), "\ue000".isprintable(), "\U0001f600".isprintable(), "\ud800".isprintable()
[s for s in ("abc", "_x", "1a", "a1", "class", "é", "a b", "a-b", "名", "x²", "_", "__", "·a", "a·") if s.isidentifier()]
"abc123".isalnum(), "abc 123".isalnum(), "abcé".isalpha(), "ab1".isalpha(), "12.5".isdigit(), "-1".isdigit(), "１２".isdecimal(), "一二".isnumeric()
"A1".isupper(), "a1B".isupper(), "\u0345".isalpha(), "ʰ".isalpha(), "ª".isalpha(), "Ⅷ".isupper(), "ⓐ".islower(), "ⓐ".isalpha()
"a".isalpha(1)
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
