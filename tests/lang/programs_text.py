text = """the quick brown fox jumps over the lazy dog
the dog barks and the fox runs away
every dog has its day but the fox has more"""
words = text.split()
freq = {}
for w in words: freq[w] = freq.get(w, 0) + 1
print(sorted(freq.items(), key=lambda p: (-p[1], p[0]))[:6])
index = {}
for n, line in enumerate(text.splitlines(), 1):
    for w in line.split(): index.setdefault(w, set()).add(n)
print({w: sorted(ns) for w, ns in sorted(index.items()) if len(ns) > 1})
def caesar(s, k): return "".join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c for c in s)
print(caesar("hello, world", 3), caesar(caesar("hello", 5), -5))
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append((s[i], j - i)); i = j
    return out
print(rle("aaabccdddd"), "".join(c * n for c, n in rle("aaabccdddd")))
def wrap(s, width):
    lines, cur = [], ""
    for w in s.split():
        if cur and len(cur) + 1 + len(w) > width: lines.append(cur); cur = w
        else: cur = f"{cur} {w}".strip()
    return lines + [cur]
for l in wrap(text, 30): print(f"|{l:<30}|{l:>30}|{l:^30}|")
def tokenize(s):
    toks, i = [], 0
    while i < len(s):
        c = s[i]
        if c.isspace(): i += 1
        elif c.isdigit():
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            toks.append(float(s[i:j]) if "." in s[i:j] else int(s[i:j])); i = j
        else: toks.append(c); i += 1
    return toks
def parse(toks):
    prec = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
    def expr(minp):
        t = toks.pop(0)
        if t == "(": left = expr(1); toks.pop(0)
        elif t == "-": left = -expr(3)
        else: left = t
        while toks and toks[0] in prec and prec[toks[0]] >= minp:
            op = toks.pop(0); right = expr(prec[op] + (op != "^"))
            left = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "^": lambda a, b: a ** b}[op](left, right)
        return left
    return expr(1)
for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 * 3 + 10 / 4", "1.5 * (2 + 3) - -1"): print(s, "=", parse(tokenize(s)))
def lev(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, cb in enumerate(b, 1): prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (ca != cb))
    return row[-1]
print(lev("kitten", "sitting"), lev("", "abc"), lev("same", "same"))
def is_pal(s): t = [c.lower() for c in s if c.isalnum()]; return t == t[::-1]
print(is_pal("A man, a plan, a canal: Panama"), is_pal("not one"))
def to_roman(n):
    out = ""
    for v, r in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        out += r * (n // v); n %= v
    return out
print([to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
rows = [("name", "qty", "price"), ("apple", 3, 1.5), ("banana", 12, 0.25), ("cherry", 100, 12.0)]
for a, b, c in rows: print(f"{a:<10}|{b:>5}|{c:>8}" if isinstance(c, str) else f"{a:<10}|{b:>5d}|{c:>8.2f}")
