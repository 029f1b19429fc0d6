CASES = r"""
"hello".find("l"), "hello".find("l", 3), "hello".find("l", 4), "hello".find("z"), "hello".find(""), "hello".find("", 5), "hello".find("", 6), "hello".find("lo", 0, 4), "hello".find("h", -5), "hello".find("o", -1), "hello".find("l", None, None), "hello".find("l", -100, 100)
"hello".rfind("l"), "hello".rfind("l", 0, 3), "hello".rfind(""), "hello".rfind("", 0, 2), "hello".rfind("z"), "".find(""), "".rfind(""), "".find("a"), "a".find("ab")
"hello".index("l"), "hello".rindex("l"), "hello".index("")
"hello".index("z")
"hello".rindex("z")
"hello".index("h", 1)
"hello".count("l"), "hello".count(""), "aaaa".count("aa"), "aaaa".count("a", 1, 3), "hello".count("z"), "".count(""), "hello".count("", 5), "hello".count("", 6), "abc".count("", 1, 2)
"hello".startswith("he"), "hello".startswith("lo", 3), "hello".startswith(("x", "h")), "hello".startswith(()), "hello".startswith(""), "hello".startswith("", 5), "hello".startswith("", 6), "hello".startswith("hello!"), "hello".startswith("e", 1, 2), "hello".startswith("el", 1, 2)
"hello".endswith("lo"), "hello".endswith("he", 0, 2), "hello".endswith(("x", "o")), "hello".endswith(""), "hello".endswith("", 10), "hello".endswith("hello", -5), "hello".endswith("l", 0, -1)
"hello".startswith(5)
"hello".startswith((5,))
"hello".endswith(["o"])
"hello".startswith("h", "x")
"hello".find(5)
"hello".find()
"hello".count(None)
"hello".index("l", 0, 1, 2)
"l" in "hello", "" in "", "" in "a", "hello" in "hello", "hellp" in "hello", "lo" not in "hello"
5 in "hello"
None in "a"
"héllo wörld".find("ö"), "日本語日本".find("本", 2), "日本語".index("語"), "a😀b😀".find("😀", 2), "é" * 5 in "é" * 10, "aé".find("é"), "abc".find("é"), "日本".find("a")
"abcabcabcd".find("abcd"), ("a" * 1000 + "b").find("a" * 500 + "b"), ("ab" * 500).rfind("ba"), ("x" * 100).count("xx"), "mississippi".count("issi"), "mississippi".find("issip"), "abababab".rfind("abab"), "aab" * 50 + "aaa" in "aab" * 60
"a\0b".find("\0"), "a\0b".count("\0"), "\0" in "abc"
"abc".find("b", 10**30), "abc".find("b", -10**30), "abc".find("b", True), "abc".find("b", 1.5)
"hello".removeprefix("he"), "hello".removeprefix("x"), "hello".removesuffix("lo"), "hello".removesuffix(""), "hello".removeprefix("hello"), "a".removesuffix("aa")
"hello".removeprefix(("h",))
"hello".removesuffix(1)
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
