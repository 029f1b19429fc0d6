print('a', "b", '''c''', """d""", 'it''s', "a" 'b' """c""")
print("\\ \' \" \a \b \f \n \r \t \v".encode(), "\0 \1 \12 \123 \377 \08".encode("latin-1"), "\x41\x00\xff".encode("latin-1"))
print("\u00e9 \U0001F600 \N{GREEK SMALL LETTER ALPHA} \N{bullet}".encode())
print(r"\n \x41 \u0041 \'", R'\"', br"\x00", Rb"\n", bR"\t", BR'\v', rb'\\')
print(b"bytes \x41 \101 \n \\ \'", b'a' b"b", b"""tri
ple""")
print("line \
continued", 'a\
b')
print("""multi
  line "quotes" 'single' \"""escaped\"""
end""")
print('''a'b"c''', """a''b""", "'" '"', "\"", '\'')
print(u"unicode", U'x', len("é"), len("😀"), len("e\u0301"))
print("tab\tin", repr("\t\n\r\x00\x7f\x80\xa0\xad\u200b\u2028\ud800\U0010ffff"), ascii("é😀\u1234"))
print(repr("'"), repr('"'), repr("'\""), repr("\\"), repr(b"'"), repr(b'"'), repr(b"'\"\\\n\xff"))
print(("implicit "
       "join " "over "
       "lines"))
print(len(""), len(r"\\"), len("\\"), r"\
x")
x = ("a" "b", "c")
print(x, "a" "b" * 2, "a" "b"[1])
print("\x41\x5a", "\101\132", "\N{LATIN CAPITAL LETTER A}", "\u0041", "\U00000041")
print("""\
first""", """a
""" "b")
for s in [r"'\x'", r"'\x4'", r"'\xgg'", r"'\u12'", r"'\U0011ffff'", r"'\U1234'", r"'\N'", r"'\N{}'", r"'\N{no such name}'", r"'\N{LATIN'", r"b'\x'", r"b'\x1'", "b'é'", "'abc", '"abc', "'''abc", '"""abc\n', "'a\nb'", "'a' b'b'", "b'a' 'b'", "ub'x'", "ur'x'", "r'\\'", "'\\", "bu'x'", "'a' 'b", "\"it's", "'it's'", "u'x' b'y'", "rr'x'", "x'abc'", "1'a'"]:
    try: print(eval(s))
    except SyntaxError as e: print(s, "|", e.msg, e.lineno, e.offset)
