#!/usr/bin/env python3
"""Writes crates/runtime/data/multibyte.bin, the tables of the East Asian encodings; run by CPython 3.12.

    scripts/generate_multibyte_tables.py FILE

Everything is observed through `str.encode` and `bytes.decode`.  All numbers are of variable length (seven bits a byte, the
last one without the high bit); those that may be negative have their sign in the lowest bit.

A table is: the number of its parent, of 255 if there is none; 1 if the parent's codes of two bytes are to be moved from EUC to
Shift JIS; for each byte 0 (a character or nothing), 2 or 3 (begins one of so many bytes) in runs; pairs of characters that
share a code; what is decoded otherwise than by the parent (code, character, or a pair by its number from 0x110000 on, or
GONE), each as the difference to the one before; what is encoded otherwise than decoding says (character, code and one, or
0).  Codes are the bytes as a number.  Behind the tables: the runs of GB 18030's codes of four bytes within the first plane.
"""
import sys

GONE = 0x1FFFFF
PARENTS = {
    "gb2312": None, "gbk": "gb2312", "gb18030": "gbk", "euc_kr": None, "cp949": "euc_kr", "johab": None, "big5": None,
    "cp950": "big5", "big5hkscs": "big5", "euc_jp": None, "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jis_2004",
    "shift_jis": "euc_jp", "cp932": "shift_jis", "shift_jis_2004": "euc_jis_2004", "shift_jisx0213": "shift_jis_2004",
}
NAMES = list(PARENTS)
POINTS = [c for c in range(0x30000) if not 0xD800 <= c < 0xE000]
out = bytearray()


def number(n):
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def signed(n):
    number(n << 1 if n >= 0 else -n << 1 | 1)


def shifted(code):
    """The code of Shift JIS for one of EUC."""
    row, cell = (code >> 8) - 0xA1, (code & 0xFF) - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63)
    return lead << 8 | trail


def observe(name):
    """The kinds of bytes, what codes are decoded to, and the codes of characters."""
    kinds, decoded = [], {}
    for byte in range(256):
        kind = 0
        try:
            decoded[byte] = bytes([byte]).decode(name)
        except UnicodeDecodeError as error:
            if error.reason.startswith("incomplete"):
                kind = 2
        if byte == 0x8F and name.startswith("euc_j"):
            kind = 3
        kinds.append(kind)
    for lead, kind in enumerate(kinds):
        for rest in range(256 ** (kind - 1) if kind else 0):
            if kind == 3 and rest & 0x8080 != 0x8080:
                continue
            code = lead << 8 * (kind - 1) | rest
            try:
                decoded[code] = code.to_bytes(kind).decode(name)
            except UnicodeDecodeError:
                pass
    encoded = {}
    for c in POINTS:
        try:
            data = chr(c).encode(name)
        except UnicodeEncodeError:
            continue
        if len(data) < 4:
            encoded[c] = int.from_bytes(data)
    return kinds, decoded, encoded


maps = {}
for place, name in enumerate(NAMES):
    kinds, decoded, encoded = observe(name)
    parent = PARENTS[name]
    move = bool(parent) and parent.startswith("euc_j") and not name.startswith("euc_j")
    out.append(255 if parent is None else NAMES.index(parent))
    out.append(move)
    at = 0
    while at < 256:
        end = at
        while end < 256 and kinds[end] == kinds[at]:
            end += 1
        out.append(kinds[at])
        number(end - at)
        at = end
    pairs = sorted({text for text in decoded.values() if len(text) == 2})
    number(len(pairs))
    for first, second in pairs:
        number(ord(first))
        number(ord(second))
    own = {code: ord(text) if len(text) == 1 else 0x110000 + pairs.index(text) for code, text in decoded.items()}
    known = {}
    if parent:
        for code, c in maps[parent].items():
            if c >= 0x110000:
                continue
            if not move:
                known[code] = c
            elif 0xA1A1 <= code <= 0xFEFE and code & 0x80:
                known[shifted(code)] = c
    maps[name] = own
    changes = {code: own.get(code, GONE) for code in own.keys() | known.keys() if own.get(code) != known.get(code)}
    number(len(changes))
    code = value = 0
    for next_code, next_value in sorted(changes.items()):
        number(next_code - code)
        signed(next_value - value)
        code, value = next_code, next_value
    inverse = {}
    for code, c in sorted(own.items()):
        inverse.setdefault(c, code)
    changes = {c: encoded.get(c, -1) + 1 for c in inverse.keys() | encoded.keys()
               if c < 0x110000 and inverse.get(c) != encoded.get(c)}
    number(len(changes))
    c = 0
    for next_c, code in sorted(changes.items()):
        number(next_c - c)
        number(code)
        c = next_c
    print(name, len(own), len(pairs), len(changes), len(out), file=sys.stderr)

runs = []
for c in POINTS:
    data = chr(c).encode("gb18030")
    if len(data) == 4 and c < 0x10000:
        a, b, third, d = data
        index = (((a - 0x81) * 10 + b - 0x30) * 126 + third - 0x81) * 10 + d - 0x30
        if runs and runs[-1][0] + runs[-1][2] == c and runs[-1][1] + runs[-1][2] == index:
            runs[-1][2] += 1
        else:
            runs.append([c, index, 1])
number(len(runs))
for run in runs:
    for n in run:
        number(n)
print(len(runs), "runs", len(out), file=sys.stderr)
with open(sys.argv[1], "wb") as file:
    file.write(out)
