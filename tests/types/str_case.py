CASES = r"""
"Hello World".lower(), "Hello World".upper(), "Hello World".swapcase(), "hello world".title(), "hELLO".capitalize(), "Straße".casefold()
"they're bill's".title(), "a1b c_d e-f".title(), "".title(), "".capitalize(), "1a".capitalize(), "\tab".title()
"ß".upper(), "ß".title(), "ß".capitalize(), "ﬁ".upper(), "ŉ".upper(), "İ".lower(), len("İ".lower()), "ı".upper(), "ΑΣ".lower(), "ΑΣΑ".lower(), "Σ".lower(), "ǆ".title(), "ǆ".capitalize(), "ǆ".upper()
"ÀÉÎ".lower(), "àéî".upper(), "ÿ".upper(), "µ".upper(), "Ω".lower(), "ж".upper(), "𐐀".lower(), "𐐨".upper(), "ﬃ".casefold(), "ΐ".upper(), "ᾳ".upper(), "ᾳ".title()
"ß".casefold() == "SS".casefold(), "ς".casefold(), "K".lower(), "Å".casefold()
"abc".islower(), "aBc".islower(), "ABC".isupper(), "123".islower(), "a1".islower(), "".isupper(), "ß".islower(), "A b".istitle(), "A B".istitle(), "Ab Cd1Ef".istitle(), "".istitle(), "ǅ".istitle(), "ªº".islower()
"abc".lower() is "abc".lower(), "ABC".swapcase().swapcase(), "éÉ".swapcase(), "ßA".swapcase()
"a".upper(1)
"a".title("x")
"mIxEd 123 çÇ".swapcase(), "x".upper().lower(), ("ab" * 3).title()
str.lower("ABC"), str.upper("é"), str.lower(5)
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
