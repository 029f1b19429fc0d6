"""Whole texts, lists and sets at once: sorted, joined, replaced, turned round, encoded, copied."""
import random
import math


def show(label, value):
    print(label, ascii(value) if isinstance(value, str) else value)


# Pairs that make a dict: tuples, lists, anything iterable, and what is wrong with them.
show("pairs", dict([(1, 2), [3, 4], "ab", {5: 0, 6: 0}.keys(), iter((7, 8))]))
show("zip", dict(zip("abc", range(3))))
for bad in ([(1, 2), (3,)], [(1, 2, 3)], [[1]], ["abc"], [(1, 2), 5], [None], [iter(())], [((1, 2))[:1]]):
    try:
        dict(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    dict([([], 1)])
except TypeError as error:
    print(error)


class Key:
    def __init__(self, name, pair):
        self.name, self.pair = name, pair

    def __hash__(self):
        if self.pair:
            self.pair.clear()
        return 1

    def __eq__(self, other):
        return self.name == other.name


pair = []
pair += [Key("a", pair), "value"]
made = dict([pair])
show("cleared while hashed", [(key.name, value) for key, value in made.items()])

# Sorted texts: common beginnings, NULs, Latin-1, wider characters; equal ones keep their order.
random.seed(3)
words = ["", "\0", "a", "a\0", "a\0b", "abcdefgh", "abcdefgh\0", "abcdefghi", "abcdefgz", "abcdefg", "b", "aé", "é",
         "ÿ", "abcdefgé", "abcdefgh"]
for more in ([], ["€", "a€", "abcdefg€"], ["\U0001F600", "a\U0001F600", "\uffff"]):
    texts = words + more
    random.shuffle(texts)
    show("sorted", ascii(sorted(texts)))
    show("reversed", ascii(sorted(texts, reverse=True)))
numbered = [(word, number) for number, word in enumerate(["bb", "aa", "bb", "aa", "cc", "bb"])]
show("stable", sorted(numbered, key=lambda pair: pair[0]))
show("stable reversed", sorted(numbered, key=lambda pair: pair[0], reverse=True))
show("float keys", sorted(range(8), key=lambda i: (i * 5 % 4) / 2))
show("float keys reversed", sorted(range(8), key=lambda i: (i * 5 % 4) / 2, reverse=True))
show("int keys", sorted(range(8), key=lambda i: i * 5 % 4))
show("zeros", sorted([1.5, 0.0, -0.0, -1.5, 0.0], key=lambda x: x))
nan = float("nan")
show("nan", [str(x) for x in sorted([2.5, nan, 1.5], key=lambda x: x)])

# Joined pieces of all lengths and widths.
for size in range(20):
    pieces = ["x" * size, "y" * (size + 1), ""]
    show(size, "".join(pieces) + "|" + "-".join(pieces))
show("wide", "é".join(["a" * 9, "b", "ccc"]) + "€".join(["aé", "b" * 17]) + "".join(["a", "\U0001F600"]))

# Replaced characters; the result takes as little room as it can.
for text in ("hello", "hello" * 9, "héllo", "h€llo€", "h\U0001F600l€lo"):
    for old, new in (("l", "L"), ("l", "é"), ("l", "€"), ("l", "\U0001F600"), ("é", "e"), ("€", "e"), ("\U0001F600", "e"),
                     ("l", "l"), ("x", "y"), ("l", ""), ("l", "LL"), ("ll", "l"), ("lo", "€€"), ("€", "€€"), ("h€", "")):
        result = text.replace(old, new)
        print(ascii(result), text.replace(old, new, 1) == new.join(text.split(old, 1)), result == new.join(text.split(old)),
              result is text)
text = "ЄЀЄЄ" * 5 + "Ѐ" + "Є" * 3 + "\u0404\u0400"
show("find", [text.find(part) for part in ("Є", "Ѐ", "ЄЄЄ", "\u0400\u0404", "ЀЀ", "\0", "Єx")])
show("count", [text.count(part) for part in ("Є", "Ѐ", "ЄЄ", "\u0400\u0404", "\0")])
show("found from", [text.find("Ѐ", start) for start in range(0, 26, 3)])
wide = "\U00010400\U00010404\U00010000" * 4
show("four", [wide.find("\U00010404", 2), wide.count("\U00010400"), wide.split("\U00010000")[1], wide.rfind("\U00010400")])
show("nul", ["a\0€\0".find("\0"), "a€\0\0".count("\0"), "€\0a\0".split("\0")])

# Turned round.
for text in ("", "a", "abc" * 7, "abcé", "é", "ab€d" * 3, "ab\U0001F600c"):
    print(ascii(text[::-1]), ascii(text[::-2]), ascii(text[-2::-1]), text[::-1][::-1] == text)

# Encoded and decoded.
for text in ("é" * 3 + "a", "a€б\u07ff\u0800\uffff", "\U0001F600\U0010FFFFa€é\x7f\x80\u0100"):
    data = text.encode()
    print(data, data.decode() == text, ascii(data.decode()))
for text in ("€\udc80", "a\ud800", "\U0001F600\udfff"):
    try:
        text.encode()
    except UnicodeEncodeError as error:
        print(error)
    print(text.encode("utf-8", "surrogatepass"), text.encode(errors="replace"))

# Split at characters.
for text in ("a,b,c", "a-long-field-of-more,than,twelve-characters-here,x", ",,", "", ",a", "a,", "é,€,", "x" * 40):
    print([ascii(part) for part in text.split(",")], text.split(",", 1) == text.split(",")[:1] + [",".join(text.split(",")[1:])][:text.count(",")])

# Sets that had keys deleted, and copies of them.
numbers = set(range(40))
for number in range(0, 40, 3):
    numbers.discard(number)
for copy in (numbers.copy(), set(numbers), frozenset(numbers), numbers | set(), set(frozenset(numbers))):
    print(sorted(copy) == sorted(numbers), len(copy), 3 in copy, 4 in copy)
copy = numbers.copy()
copy.add(1000)
print(len(numbers), len(copy), 1000 in numbers)

# Characters and bytes one by one.
print(list(""), list("abc"), [ascii(c) for c in list("aé€\U0001F600")], list(b""), list(b"\0\x7f\xff"), [*b"xyz"], [*"xy"])


class Text(str):
    def __iter__(self):
        return iter("own")


class Data(bytes):
    def __iter__(self):
        return iter("own")


print(list(Text("abc")), list(Data(b"abc")))
total = 0
for byte in b"hello" * 3:
    total = total * 31 + byte & 0xFFFF
for kind in (bytes, bytearray, list, tuple, bytes):
    for number in kind(b"ab"):
        total += number
print(total)
walk = iter(b"abc")
for first in walk:
    print(first, list(walk))
for nothing in walk:
    print("never")

# Integers.
print([math.factorial(n) for n in (0, 1, 2, 5, 19, 20, 21, 25)], type(math.factorial(3)))
print([math.comb(n, k) for n, k in ((0, 0), (5, 0), (5, 5), (5, 6), (20, 5), (62, 31), (66, 33), (68, 34), (100, 3), (10**9, 2), (10**18, 2))])
for bad in (-1, 1.5, "3"):
    try:
        math.factorial(bad)
    except (ValueError, TypeError) as error:
        print(error)
print([f(n) for f in (bin, oct, hex) for n in (0, 1, -1, 255, -4096, 2**62 - 1, -2**62, 2**63, -2**63 - 1, True)])
