CASES = r"""
"  a b ".strip(), "  a ".lstrip(), "  a ".rstrip(), "xxaxx".strip("x"), "abcba".strip("ab"), "abc".strip("abc"), "abc".strip(""), "".strip(), "\t\n\x1f a\xa0\u2003".strip(), "abc".strip("xyz"), "xyaxy".lstrip("xy"), "xyaxy".rstrip("xy"), "aXa".strip("a").strip("X"), "a".strip(None)
"éaé".strip("é"), "日本日".strip("日"), "\u200ba".strip() == "\u200ba", "😀x😀".strip("😀")
"a".strip(5)
"a".strip("a", "b")
"ab".center(6), "ab".center(7), "abc".center(6), "abc".center(7), "ab".center(6, "*"), "ab".center(1), "ab".ljust(5) + "|", "ab".rjust(5), "ab".ljust(5, "."), "ab".rjust(5, "é"), "ab".ljust(2), "a".center(4, "-"), "a".center(5, "-"), "".center(3, "x")
"a".center(5, "ab")
"a".ljust(5, "")
"a".rjust("5")
"a".center(5, 1)
"a".center()
"42".zfill(5), "-42".zfill(5), "+42".zfill(5), "".zfill(3), "abc".zfill(2), "--1".zfill(5), "é".zfill(3), "-".zfill(3), "+a".zfill(1)
"a".zfill("x")
"a\tb".expandtabs(), "a\tb".expandtabs(4), "a\tb".expandtabs(0), "a\tb".expandtabs(-1), "\t".expandtabs(3), "ab\tc\n\td".expandtabs(4), "a\r\tb".expandtabs(4), "12345678\t9".expandtabs(), "a\tb".expandtabs(tabsize=2), "".expandtabs(), "日\tb".expandtabs(4)
"a".expandtabs("x")
"a\tb".expandtabs(10**20)
"a\tb".expandtabs(1, 2)
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
