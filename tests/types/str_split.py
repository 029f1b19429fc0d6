CASES = r"""
" a  b c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a,b,c".split(",", 0), "a,b,c".split(",", -1), "".split(), "".split(","), "   ".split(), "abc".split("abc"), "abc".split("x"), " a b ".split(" "), "a--b--c".split("--"), "a b c".split(None, 1), "  a b  c ".split(None, 1), "  a  ".split(None, 0), "aXbXc".split(sep="X", maxsplit=1)
" a  b c ".rsplit(), "a,b,c".rsplit(",", 1), "a,b,c".rsplit(",", 0), "  a b  c ".rsplit(None, 1), "".rsplit(), "".rsplit("x"), "a--b--c".rsplit("--", 1), "aaa".split("a"), "aaa".rsplit("aa"), "aaa".split("aa"), " a ".rsplit(None, 0)
"a".split("")
"a".rsplit("")
"a".split(5)
"a".split(",", "x")
"a".split(",", 1, 2)
"a".split(foo=1)
"a\nb\r\nc\rd".splitlines(), "a\nb\r\nc\rd".splitlines(True), "a\n".splitlines(), "\n".splitlines(), "".splitlines(), "a\n\nb".splitlines(), "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i".splitlines(), "a\nb".splitlines(keepends=True), "a\r\n\r".splitlines(1)
"a=b=c".partition("="), "abc".partition("="), "=a".partition("="), "".partition("x"), "a=b=c".rpartition("="), "abc".rpartition("="), "a==b".partition("=="), "abcabc".rpartition("bc")
"a".partition("")
"a".partition(5)
"a".rpartition("")
"é日é".split("日"), "日 本\u3000語".split(), "\u2003a\u2003".split(), "a\x1fb\xa0c".split(), "ééé".split("é", 2), "😀a😀".split("😀"), "日本語".partition("本")
",".join([]), ",".join(["a"]), ",".join("abc"), "".join(["a", "b"]), ", ".join(("x", "y")), "-".join({"k": 1}), "é".join(["日", "😀", "a"]), "".join(c for c in "gen"), "ab".join(iter(["1", "2"])), "x".join(["", ""])
",".join([1])
",".join(["a", None])
",".join(["a", b"b"])
",".join(5)
",".join()
"".join([[]])
"a" + "b" * 3 + 2 * "c", "a" * 0, "a" * -1, "" * 100, "ab" * True
"a" + 1
"a" * "b"
"a" * 1.5
1 + "a"
"a" * (10**18)
"a" - "b"
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
