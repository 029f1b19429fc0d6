s = "hello"
e = "aé日😀"
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v

CASES = r'''
s[0], s[-1], s[4], s[-5], s[True], s[I(2)]
s[5]
s[-6]
s["a"]
s[1.0]
s[None]
s[10**30]
s[1:3], s[:2], s[2:], s[:], s[::2], s[::-1], s[3:1], s[-3:], s[:-3], s[10:], s[:100], s[-100:2], s[1:-1:2], s[4:0:-1], s[::-2], s[None:None:None], s[I(1):I(3)], s[5:0:-2], s[0:5:10]
s[::0]
s["a":]
s[:1.5]
s[1, 2]
s[:] is s, s[0:5] == s, len(s[1:4])
e[0], e[1], e[2], e[3], e[-1], e[::-1], e[1:3], e[::2], len(e), [c for c in e], list(reversed(e))
e[4]
s[-10**30:10**30], s[10**30:], s[::10**30], s[::-10**30]
s.__getitem__(1), s.__getitem__(slice(1, 3)), s.__len__(), s.__contains__("e"), s.__iter__().__next__(), s.__mul__(2), s.__rmul__(2), s.__add__("x"), s.__mod__(()), s.__eq__("hello"), s.__lt__("i"), s.__ge__(5), s.__ne__("hello")
s.__add__(5)
s.__getitem__("a")
s.__contains__(5)
"abc" < "abd", "abc" < "ab", "" < "a", "a" < "B", "é" > "z", "日" < "😀", "\uffff" < "\U00010000", "a" == "a\0", "abc" <= "abc", "b" >= "abc"
"a" < 1
"a" == 1, "a" != b"a", "a" == "a"
min("hello"), max("hello"), sorted("hello"), len("hello"), "".join(reversed("abc")), list(enumerate("ab")), list(zip("ab", "cd")), set("aab") == {"a", "b"}, tuple("ab"), dict(zip("ab", [1, 2]))
iter("ab").__length_hint__(), next(iter("a")), list(iter("é日")), type(iter("a")).__name__, type(iter("é")).__name__
hash("") , hash("a") == hash("a"), str("x") == "x", repr("a'b"), repr('a"b'), repr("""a'b"c""")
'''
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
