# json, textwrap, pprint, string, fnmatch, difflib, pickle and statistics, each a little.
import difflib
import fnmatch
import json
import pickle
import pprint
import statistics
import string
import textwrap


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


data = {"b": [1, 2.5, None, True], "a": {"x": "é\n\"\\", "y": []}, "c": ()}
print(json.dumps(data), json.dumps(data, sort_keys=True, separators=(",", ":")))
print(json.dumps(data, indent=2, ensure_ascii=False))
print(json.loads('{"a": [1, -2.5e3, "\\u00e9\\ud83d\\ude00", null, true, NaN]}'))
for text in ('', '[1,', '{"a" 1}', '[1] 2', '"\\x"', '"\t"', '{1: 2}', '[1 2]'):
    attempt(lambda: json.loads(text))
attempt(lambda: json.dumps(object))
attempt(lambda: json.dumps({(1,): 2}))
print(textwrap.fill("The quick brown-fox jumped -- over the lazy dog's back.", 20))
print(textwrap.shorten("Hello  world and more!", width=15), repr(textwrap.dedent("  a\n    b\n")))
pprint.pprint({"key%d" % i: list(range(i)) for i in range(12)}, width=40, compact=True)
pprint.pprint("a long text that has to be wrapped " * 4)
print(string.Template("$who likes ${what} for $$5").substitute(who="tim", what="kung pao"))
print(string.Formatter().format("{0:>5}|{a!r}|{1[0]}", 3, [7], a="x"), string.capwords("a b  c"))
print(fnmatch.translate("a*[!x-z]?.[ch]"), fnmatch.filter(["a.py", "b.txt", ".c.py"], "*.py"))
print("\n".join(difflib.unified_diff(["a", "b", "c"], ["a", "x", "c", "d"], lineterm="")))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]))
shared = [1, (2, "x"), {3}, b"y", {"z": None}]
shared.append(shared[1])
for protocol in range(2, 6):
    again = pickle.loads(pickle.dumps(shared, protocol))
    print(protocol, again == shared, again[1] is again[5])
for text in (b"", b".", b"\x80\x09.", b"cbuiltins\nnothing\n.", b"(I1\n", b"\x95\xff"):
    attempt(lambda: pickle.loads(text))
print(statistics.mean([1, 2, 4]), statistics.stdev([1, 2, 4, 5.5]), statistics.quantiles(range(9)))
print(statistics.NormalDist(3, 2).cdf(4), statistics.linear_regression([1, 2, 3], [2, 4, 7]))
