"""Damaged input for readers of formats, run by the interpreter under test: `fuzz_inputs.py KIND SEED COUNT`.

Each kind makes valid input (or takes a grammar's pieces), damages it and hands it to what reads it. Whatever exception
comes is right; scripts/fuzz looks at what must not come. The number of the case is written before each, so that the last
one shows which it was.
"""

import io
import random
import re
import sys
import warnings

warnings.simplefilter("ignore")
R = random.Random()
WEIRD = [None, True, False, 0, -1, 1, 255, 2**31, 2**63, -2**63 - 1, 2**200, 1.5, float("nan"), "", "a", "\ud800", "é" * 300, b"", b"\xff",
         (), [], {}, (1,), [None], {"a": 1}, object(), int, ..., range(3), lambda *a, **k: a, bytearray(b"ab"), memoryview(b"abcd"), set(),
         frozenset([1]), 1j, slice(None), iter([]), Exception("a"), type("T", (), {})]


def damaged(data):
    """A copy of bytes or text with a few places changed, cut, doubled or moved."""
    data = list(data)
    text = not data or isinstance(data[0], str)
    for _ in range(R.choice((1, 1, 1, 2, 3, 8))):
        at = R.randrange(len(data) + 1)
        length = R.choice((1, 1, 2, 4, 16))
        match R.randrange(7):
            case 0:
                data[at:at + length] = []
            case 1:
                data[at:at] = data[at:at + length] * R.choice((1, 2, 50))
            case 2:
                data[at:at + 1] = [R.choice("\0\n\"'\\<>&;[]{}()%:=,.-+09eaé\ud800\U0010ffff") if text else R.randrange(256)]
            case 3:
                data[at:at + length] = [chr(R.randrange(0x3000)) if text else R.choice((0, 1, 127, 128, 255)) for _ in range(length)]
            case 4:
                other = R.randrange(len(data) + 1)
                data[at:at + length] = data[other:other + length]
            case 5:
                data = data[:at]
            case 6 if not text:
                data[at:at + 4] = R.choice((b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\0\0\0\0"))
    return "".join(data) if text else bytes(data)


def pieces(alphabet, most=30):
    return "".join(R.choice(alphabet) for _ in range(R.randrange(most)))


def value(depth=3):
    """A plain value, nested."""
    match R.randrange(10 if depth else 6):
        case 0:
            return R.choice((None, True, False))
        case 1:
            return R.choice((0, -1, 10**18, 2**70, -5))
        case 2:
            return R.choice((0.5, -1e300, 1e-5))
        case 3 | 4:
            return pieces("aé\n\"\\0 \U00010000", 8)
        case 5:
            return R.randbytes(R.randrange(6)) if depth != 9 else ""
        case 6 | 7:
            return [value(depth - 1) for _ in range(R.randrange(4))]
        case 8:
            return tuple(value(depth - 1) for _ in range(R.randrange(4)))
        case _:
            return {pieces("abc", 4): value(depth - 1) for _ in range(R.randrange(4))}


def plain(v):
    """The value with what texts can say."""
    if isinstance(v, (list, tuple)):
        return [plain(i) for i in v]
    if isinstance(v, dict):
        return {k: plain(i) for k, i in v.items()}
    return v.hex() if isinstance(v, bytes) else v


def kind_json():
    import json
    text = damaged(json.dumps(plain(value(5)), indent=R.choice((None, 1))))
    json.loads(text if R.randrange(3) else text.encode("utf-8", "surrogatepass"))
    json.dumps(R.choice(WEIRD), indent=R.choice(WEIRD[:20]), skipkeys=True, default=lambda o: R.choice(WEIRD))


def kind_pickle():
    import pickle
    data = damaged(pickle.dumps([value(4), Exception, int, range(3)], R.randrange(6)))
    if R.randrange(4) == 0:
        data = bytes(R.choice(b"(.012FGIJKLMNPQRSTUVX])abcdeghijlopqrstu}\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98")
                     for _ in range(R.randrange(40)))

    class Safe(pickle.Unpickler):
        def find_class(self, module, name):
            return R.choice((int, list, dict, object, Exception, str, type, frozenset, bytearray))
    Safe(io.BytesIO(data), buffers=R.choice(([], None, [b"a", bytearray(2)])), fix_imports=True).load()


def kind_marshal():
    import marshal
    source = R.choice(("x = 1\n", "def f(a, *b, c=2, **d):\n return lambda: a\n", "class A:\n x: int = 1\n", "try:\n 1/0\nexcept E as e: pass\n"))
    data = damaged(marshal.dumps(R.choice((value(4), compile(source, "f", "exec"))), R.randrange(5)))
    loaded = marshal.loads(data)
    if hasattr(loaded, "co_code"):
        list(loaded.co_lines()), list(loaded.co_positions()), repr(loaded), hash(loaded)


def kind_code():
    def g(a, *b, c=2, **d):
        for i in a:
            try:
                yield (i, lambda: a, b)
            except ValueError as e:
                print(e, c, d)
    code = R.choice((g.__code__, kind_json.__code__, (lambda x: x + 1).__code__, damaged.__code__))
    name = R.choice([n for n in dir(code) if n.startswith("co_") and n not in ("co_lines", "co_positions")])
    old = getattr(code, name)
    new = damaged(old) if isinstance(old, bytes) and R.randrange(5) else R.choice((*WEIRD, 0, 1, 2, 3, 64, 1000, ("a",), ("a", "b"), (code,)))
    changed = code.replace(**{name: new})
    list(changed.co_lines()), list(changed.co_positions()), repr(changed), hash(changed), changed == code
    import types
    cells = tuple(types.CellType(1) for _ in changed.co_freevars)
    function = types.FunctionType(changed, {"print": lambda *a: None}, closure=cells or None)
    result = function(*R.choice(((), (1,), ([1, 2],), (1, 2, 3))))
    if hasattr(result, "send"):
        for _ in range(5):
            next(result)


def kind_struct():
    import struct
    format = pieces("<>=!@ 0123456789xcbB?hHiIlLqQnNefdspP", 12)
    if struct.calcsize(format) < 10**6:
        values = struct.unpack(format, R.randbytes(struct.calcsize(format)))
        struct.pack(format, *values)
        struct.pack(format, *(R.choice(WEIRD) for _ in values))
        struct.unpack_from(format, R.randbytes(50), R.choice((0, 1, -1, 60, 2**62, -2**62)))
        struct.pack_into(format, bytearray(20), R.choice((0, -1, 25, 2**62)), *values)
        list(struct.iter_unpack(format, R.randbytes(64)))


def kind_regex():
    pattern = pieces(["a", "b", ".", "*", "+", "?", "{2}", "{,3}", "{1,}", "(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?P<n>", "(?P=n)", "(?>", "[", "]", "^", "$",
                      "|", "\\1", "\\d", "\\w", "\\b", "\\B", "\\Z", "(?i)", "(?i:", "(?s-i:", "(?x:", "(?(1)", "[^a]", "[a-c]", "*?", "*+", "\\x41", "\\N{DIGIT ONE}",
                      "\\u0130", "ſ", "İ", "-", ",", "{", "}", "(?#", "\\", "(?a)", "(?L)", "{99999}", "é"], 14)
    text = pieces("ab\ncAİſ1_ é", 12)
    compiled = re.compile(pattern, R.choice((0, 0, re.I, re.X, re.S | re.M, re.A, re.U)))
    for method in (compiled.search, compiled.match, compiled.fullmatch, compiled.findall, compiled.split):
        method(text)
    compiled.sub(R.choice((r"\1", r"\g<n>", "x", r"\g<0>\n", lambda m: m[0])), text)
    re.sub("(?P<n>a)|b", pieces(["\\", "g", "<", "n", ">", "1", "0", "a", "\\g<", "\\n"], 8), text)
    [m.expand(r"\1") for m in compiled.finditer(text, R.choice((0, 1, -5, 100)), R.choice((0, 5, -1, 2**62)))]


def kind_format():
    spec = pieces(["{", "}", "0", "1", "a", ":", "!", "r", "s", ">", "<", "^", "=", "+", "-", " ", "#", ",", "_", ".", "5", "10", "d", "x", "e", "f", "g", "%", "n", "c",
                   "[", "]", "é", "z", "99999999999999999999"], 12)
    target = R.choice((1, -2**70, 1.5, float("inf"), "aé", 1j, None, True, [1], {"a": 1}))
    for attempt in (lambda: spec.format(target, a=target), lambda: format(target, spec), lambda: f"{target:{spec}}",
                    lambda: spec.replace("{", "%(a)").replace("}", "%") % {"a": target}, lambda: pieces(["%", "s", "d", "5", ".", "*", "(a)", "x", "c", "r", "-", "#", "e"], 9) % target,
                    lambda: spec.replace(":", "%").encode("utf-8") % target, lambda: __import__("time").strftime(spec.replace("{", "%")),
                    lambda: __import__("datetime").datetime(2000, 1, 1).strftime(spec.replace(":", "%")),
                    lambda: __import__("string").Template(spec.replace("{", "${")).substitute(a=1),
                    lambda: __import__("datetime").datetime.strptime(pieces("0123456789-: ", 12), pieces(["%Y", "%m", "%d", "%H", "%j", "%U", "%p", "%z", "-", " ", "%"], 6))):
        try:
            attempt()
        except Exception:
            pass


def kind_zip():
    import tarfile
    import zipfile
    out = io.BytesIO()
    if R.randrange(2):
        with zipfile.ZipFile(out, "w", R.choice((0, 8))) as archive:
            archive.writestr("a/é", b"content" * 20)
            archive.writestr("b", b"")
        with zipfile.ZipFile(io.BytesIO(damaged(out.getvalue()))) as archive:
            archive.testzip()
            [archive.read(name) for name in archive.namelist()]
    else:
        with tarfile.open(fileobj=out, mode="w") as archive:
            archive.addfile(tarfile.TarInfo("a"), None)
        with tarfile.open(fileobj=io.BytesIO(damaged(out.getvalue()))) as archive:
            [archive.extractfile(member) for member in archive]


def kind_streams():
    import bz2
    import gzip
    import zlib
    for module in R.sample((bz2, gzip, zlib), 2):
        data = damaged(module.compress(R.choice((b"", b"ab" * 500, R.randbytes(300)))))
        for attempt in (lambda: module.decompress(data), lambda: module.open(io.BytesIO(data)).read(),
                        lambda: zlib.decompressobj(R.choice((-15, 15, 31, 47))).decompress(data, R.randrange(100)),
                        lambda: bz2.BZ2Decompressor().decompress(data, R.randrange(100))):
            try:
                attempt()
            except Exception:
                pass


def kind_csv():
    import csv
    text = damaged('a,"b ""c""",1\r\n"x\ny",2,\n' * 3)
    list(csv.reader(io.StringIO(text), delimiter=R.choice(",\t|a\0"), quoting=R.randrange(6), strict=R.randrange(2),
                    escapechar=R.choice((None, "\\")), lineterminator=R.choice(("\n", ""))))
    csv.writer(io.StringIO(), quoting=R.randrange(6), quotechar=R.choice((None, "'", '"'))).writerow(R.sample(WEIRD, 3))
    csv.Sniffer().sniff(text)


def kind_xml():
    import xml.etree.ElementTree
    import xml.parsers.expat
    text = damaged('<?xml version="1.0" encoding="utf-8"?><!DOCTYPE a [<!ENTITY e "v&#65;"><!ELEMENT a (b|c)*><!ATTLIST a x CDATA "1">]>'
                   '<a x="1" xmlns:p="u"><p:b>&e;&lt;é</p:b><![CDATA[<>]]><!-- c --><?pi d?><c/></a>')
    parser = xml.parsers.expat.ParserCreate(namespace_separator=R.choice((None, " ", "")))
    for name in ("StartElementHandler", "CharacterDataHandler", "DefaultHandler", "EntityDeclHandler", "AttlistDeclHandler", "ElementDeclHandler",
                 "ExternalEntityRefHandler"):
        setattr(parser, name, R.choice((None, lambda *a: 1)))
    data = text.encode("utf-8", "surrogatepass")
    try:
        at = R.randrange(len(data) + 1)
        parser.Parse(data[:at], False), parser.Parse(data[at:], True)
    except Exception:
        pass
    xml.etree.ElementTree.fromstring(R.choice((text, data, data.decode("utf-8", "replace").encode("utf-16"))))


def kind_codecs():
    import codecs
    name = R.choice(("utf-8", "utf-16", "utf-32", "utf-7", "utf-8-sig", "ascii", "latin-1", "cp1252", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "gbk",
                     "shift_jis", "euc_jp", "iso2022_jp", "big5", "gb18030", "hz", "johab", "koi8-r", "base64", "hex", "quopri", "uu", "bz2", "zlib", "rot13", "escape"))
    errors = R.choice(("strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "xmlcharrefreplace", "namereplace", "nowhere"))
    data = R.choice((R.randbytes(R.randrange(12)), damaged(pieces("aé\\uNxU{}0+-=~&").encode("utf-8")), pieces("\\xuU0aN{}DIGIT ONE", 14).encode()))
    text = pieces("aéİ\ud800\U0010ffff\\\n漢~+", 9)
    for attempt in (lambda: codecs.decode(data, name, errors), lambda: codecs.encode(text, name, errors), lambda: data.decode(name, errors), lambda: text.encode(name, errors),
                    lambda: codecs.getincrementaldecoder(name)(errors).decode(data, R.randrange(2)), lambda: io.TextIOWrapper(io.BytesIO(data), name, errors).read(R.randrange(5)),
                    lambda: eval(b"'" + data + b"'"), lambda: eval(b"# coding: " + name.encode() + b"\n" + data), lambda: list(codecs.iterdecode([data, data], name, errors))):
        try:
            attempt()
        except Exception:
            pass


def kind_texts():
    import ast
    import base64
    import binascii
    import configparser
    import html
    import plistlib
    import shlex
    import tomllib
    import urllib.parse
    data = R.randbytes(R.randrange(20)) if R.randrange(2) else pieces("ABCabc019+/=-_~<>\n ", 24).encode()
    toml = damaged('a = 1\n[t."x y"]\nb = [1.5, "é\\u00e9", 1979-05-27T07:32:00Z, {c = true}]\n[[l]]\nd = """x\n"""\n')
    plist = damaged(plistlib.dumps(plain({"a": [1, 2.5, True, "é"], "b": {"c": "d"}}), fmt=R.choice((plistlib.FMT_XML, plistlib.FMT_BINARY))))
    for attempt in (lambda: base64.b64decode(data, validate=R.randrange(2)), lambda: base64.b32decode(data), lambda: base64.b85decode(data), lambda: base64.a85decode(data),
                    lambda: binascii.a2b_uu(data), lambda: binascii.a2b_qp(data), lambda: binascii.a2b_hex(data), lambda: bytes.fromhex(data.decode("latin-1")),
                    lambda: tomllib.loads(toml), lambda: plistlib.loads(plist), lambda: configparser.ConfigParser().read_string(toml), lambda: html.unescape(toml),
                    lambda: urllib.parse.urlsplit(pieces("http:/@[]%?#&=a0é.", 20)), lambda: urllib.parse.unquote(pieces("%aF09é", 20)), lambda: shlex.split(toml),
                    lambda: ast.literal_eval(toml), lambda: compile(toml, "f", "exec"), lambda: int(pieces("0123_xboefé \n", 8), R.choice((0, 2, 10, 16, 36))),
                    lambda: float(pieces("0123_e.-+infa", 8)), lambda: complex(pieces("012j+-e.()", 8)),
                    lambda: __import__("fractions").Fraction(pieces("0123/._e-", 8)), lambda: __import__("datetime").datetime.fromisoformat(pieces("0123456789-T:+.ZW", 24)),
                    lambda: __import__("ipaddress").ip_network(pieces("012:/.af", 14)), lambda: __import__("email").message_from_string(toml).as_string(),
                    lambda: __import__("uuid").UUID(pieces("0123abc-{}", 34)), lambda: __import__("http.cookies", fromlist="x").SimpleCookie(toml)):
        try:
            attempt()
        except Exception:
            pass


def kind_ast():
    import ast
    source = R.choice(("f(a, *b, c=1, **d)", "x = [i async for i in y if z]", "def f(a, /, b: int=1, *c, d=2, **e) -> x:\n  global g\n  return (yield a)", "lambda a, b=1: a",
                       "class A(B, metaclass=C):\n  x: int = 1\n", "try:\n  a\nexcept* E as e:\n  b\nelse:\n  c\nfinally:\n  d", "match a:\n  case {'x': [1, *b], **c} | A(d, e=f):\n    pass",
                       "with a as (b, c), d: pass", "f'{a!r:>{b}}' 'c'", "for a.b in c[1:2, ...]:\n  break\nelse:\n  continue_ = 1", "del a, b[c]", "import a.b as c\nfrom . import *",
                       "type X[T: int, *U, **V] = T", "async def f():\n  async with a: await b", "a if b else not -c ** ~d", "a < b <= c is not d not in e", "assert a, b\nraise c from d"))
    tree = ast.parse(source)
    nodes = [node for node in ast.walk(tree) if node._fields]
    for _ in range(R.choice((1, 1, 2, 4))):
        node = R.choice(nodes)
        field = R.choice(node._fields + ("lineno", "col_offset", "end_lineno", "end_col_offset"))
        match R.randrange(5):
            case 0 if hasattr(node, field):
                delattr(node, field)
            case 1:
                setattr(node, field, R.choice(WEIRD))
            case 2:
                setattr(node, field, R.choice(nodes))
            case 3:
                setattr(node, field, [R.choice((*nodes, None, 1)) for _ in range(R.randrange(3))])
            case 4:
                setattr(node, field, R.choice([c for c in vars(ast).values() if isinstance(c, type)])())
    mode = R.choice(("exec", "eval", "single"))
    if mode == "eval":
        tree = ast.Expression(R.choice(nodes))
    elif mode == "single":
        tree = ast.Interactive(R.choice((getattr(tree, "body", []), [R.choice(nodes)])))
    for attempt in (lambda: ast.unparse(tree), lambda: ast.dump(tree), lambda: ast.fix_missing_locations(tree), lambda: compile(tree, "f", mode), lambda: ast.literal_eval(R.choice(nodes))):
        try:
            attempt()
        except Exception:
            pass


def kind_ctypes():
    """Types, arrays, structures and buffers with wrong arguments; memory is only reached where it is the object's own."""
    import ctypes
    simple = R.choice((ctypes.c_int, ctypes.c_char, ctypes.c_double, ctypes.c_bool, ctypes.c_wchar, ctypes.c_longlong, ctypes.c_ubyte))
    for attempt in (lambda: simple(R.choice(WEIRD)), lambda: (simple * R.choice((0, 1, 3, -1, 2**62)))(*R.sample(WEIRD, 2)),
                    lambda: type("S", (ctypes.Structure,), {"_fields_": R.choice((WEIRD, [("a", simple)], [("a", simple, R.choice(WEIRD))], [("a",)], [(1, 2)])),
                                                            "_pack_": R.choice((1, 2, 8))})(*R.sample(WEIRD, 1)),
                    lambda: simple.from_buffer(bytearray(20), R.choice((0, 5, -1, 100))), lambda: simple.from_buffer_copy(R.randbytes(9), R.choice((0, 5, -1, 2**62))),
                    lambda: ctypes.cast(R.choice(WEIRD[5:14]), R.choice(WEIRD)), lambda: ctypes.create_string_buffer(R.choice(WEIRD[13:])), lambda: ctypes.sizeof(R.choice(WEIRD)),
                    lambda: ctypes.pointer(simple())[0], lambda: ctypes.POINTER(R.choice(WEIRD)), lambda: ctypes.POINTER(simple)().contents, lambda: ctypes.byref(R.choice(WEIRD), 1),
                    lambda: setattr((simple * 2)(), "value", R.choice(WEIRD)), lambda: (simple * 2)().__setitem__(R.choice((0, 1, 2, -3, slice(0, 1))), R.choice(WEIRD)),
                    lambda: ctypes.CDLL(None)[R.choice(("strlen", "nothing", "", 1))], lambda: ctypes.resize(simple(), R.choice((0, 1, 100, -1)))):
        try:
            attempt()
        except Exception:
            pass


NOTEBOOK = """{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# A\\n"]},
 {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["%time\\n", "x = 1\\n", "print(x)"],
  "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\\n"]}]},
 {"cell_type": "code", "execution_count": null, "metadata": {"id": "\u00e9"}, "outputs": [], "source": "1 / (x - 1)"}],
 "metadata": {"language_info": {"name": "python", "version": "3.12"}, "kernelspec": {}}, "nbformat": 4, "nbformat_minor": 5}
"""
MARKDOWN = """# Title

```python
x = 1
print(x)
```

```output
1
```

- in a list

  ~~~py
  def f(a):
      return a / 0
  ~~~

<!-- ouro-mask: \\d+ objects -->
{% raw %}
```python no-run
forever()
```
`````python3
f(x)
`````
"""
EXPORTED = """In [1]:
x = 1
print(x)
Out[1]:
1
In [ ]:
    1 / 0
In [None]:
"""


def kind_documents():
    """Notebooks, Markdown and exported text, damaged, in one of the ways in which documents are run."""
    import os
    import subprocess
    import tempfile
    text, name = R.choice(((NOTEBOOK, "a.ipynb"), (MARKDOWN, "a.md"), (EXPORTED, "a.txt")))
    data = damaged(text.encode()) if R.randrange(2) else damaged(text).encode("utf-8", "replace")
    data = R.choice((data, data, data, b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data.decode("latin-1").encode("utf-16"), R.randbytes(40)))
    switches = R.choice(([], ["--list"], ["--cell", R.choice(("1", "2-", "-3", "1,2", "0", "x", "99999999999999999999"))], ["--keep-going"], ["--update"], ["--check"],
                         ["--check", "--keep-going", "--mask", pieces(["(", "a", "\\d", "*", "["], 4)], ["--marks"], ["--update", "--cell", "1"]))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        done = subprocess.run([sys.executable, *switches, path], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=20)
    if done.returncode < 0 or done.returncode > 100 or b"panicked at" in done.stderr:
        sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        os._exit(101)


def kind_addresses():
    """ctypes at addresses that are nobody's, or beside an object's own memory: refused, never followed."""
    import ctypes
    own = ctypes.create_string_buffer(64)
    base = ctypes.addressof(own)
    address = R.choice((0, 1, 8, -1, -8, base, base + 1, base + 60, base + 63, base + 64, base - 1, 2**31, 2**47, 2**63 - 1, 2**63, 2**64 - 8, 2**64, 2**200, id(own), id(None), id(""),
                        *WEIRD))
    simple = R.choice((ctypes.c_int, ctypes.c_char, ctypes.c_double, ctypes.c_longlong, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_wchar_p, ctypes.py_object, ctypes.c_char * 100,
                       ctypes.POINTER(ctypes.c_int), type("S", (ctypes.Structure,), {"_fields_": [("a", ctypes.c_int), ("b", ctypes.c_longlong)]})))
    size = R.choice((0, 1, 8, 65, -1, 2**31, 2**62, 2**64))

    def at():
        there = simple.from_address(address)
        getattr(there, "value", None), bytes(there)
        if isinstance(address, int) and base <= address < base + 8:
            there.value = R.choice(WEIRD)
    for attempt in (at, lambda: ctypes.string_at(address, size), lambda: ctypes.wstring_at(address, size), lambda: ctypes.memset(base, 65, size), lambda: ctypes.memmove(base, address, size),
                    lambda: ctypes.cast(address, ctypes.POINTER(simple))[R.choice((0, 1, -1, 2**40))], lambda: ctypes.cast(address, ctypes.c_char_p).value,
                    lambda: ctypes.cast(address, ctypes.py_object).value, lambda: ctypes.c_void_p(address).value, lambda: ctypes.CFUNCTYPE(ctypes.c_int)(address)(),
                    lambda: ctypes.POINTER(ctypes.c_int).from_address(base).contents.value, lambda: ctypes.c_char_p.from_buffer(own).value, lambda: simple.in_dll(ctypes.CDLL(None), "environ"),
                    lambda: ctypes.pythonapi.Py_IncRef(address)):
        try:
            attempt()
        except Exception:
            pass


def kind_hashes():
    """Digests, random states and locales with any arguments."""
    import hashlib
    import zlib
    for attempt in (lambda: hashlib.new(R.choice(WEIRD), R.choice(WEIRD)), lambda: hashlib.blake2b(b"", **{R.choice(("key", "salt", "person", "digest_size", "fanout", "depth", "leaf_size",
                                                                                                                "node_offset", "inner_size")): R.choice(WEIRD)}),
                    lambda: random.Random().setstate((3, tuple(R.choice(WEIRD) for _ in range(R.choice((0, 625)))), None)), lambda: random.Random(R.choice(WEIRD)).choices(*R.sample(WEIRD, 2)),
                    lambda: zlib.crc32(*R.sample(WEIRD, 2)), lambda: zlib.compressobj(*R.sample(WEIRD, 3)), lambda: zlib.decompressobj(*R.sample(WEIRD, 2)),
                    lambda: hashlib.shake_128().digest(R.choice((0, 5, -1, "a", None)))):
        try:
            attempt()
        except Exception:
            pass


def kind_modules():
    """Any function of the native modules with any arguments, but those that wait, end or change the process."""
    import importlib
    module = importlib.import_module(R.choice((
        "array", "bisect", "binascii", "calendar", "cmath", "collections", "contextvars", "copy", "copyreg", "dataclasses", "datetime", "enum", "errno", "fractions", "functools", "graphlib",
        "heapq", "io", "itertools", "json", "keyword", "marshal", "math", "numbers", "opcode", "operator", "re", "reprlib", "statistics", "string", "struct", "symtable", "textwrap",
        "token", "tokenize", "types", "unicodedata", "weakref", "zlib")))
    name = R.choice(dir(module))
    function = getattr(module, name)
    if not callable(function) or name in ("open", "FileIO", "open_code", "repeat", "count", "cycle", "factorial", "comb", "perm", "mul", "imul", "pow", "ipow", "lshift", "ilshift", "main", "test",
                                          "_test"):
        return
    result = function(*(R.choice(WEIRD) for _ in range(R.randrange(4))))
    for method in R.sample(dir(result), min(4, len(dir(result)))):
        try:
            getattr(result, method)(*(R.choice(WEIRD[:6] + WEIRD[13:]) for _ in range(R.randrange(3))))
        except Exception:
            pass


def kind_builtins():
    """Any function of the builtin types with any arguments."""
    types = [type(w) for w in WEIRD] + [int, str, bytes, list, dict, set, type, super, property, staticmethod, classmethod, zip, map, filter, enumerate, reversed, memoryview]
    owner = R.choice(types)
    name = R.choice(dir(owner))
    if name in ("__del__", "__subclasses__"):
        return
    function = getattr(owner, name)
    receiver = R.choice([w for w in WEIRD if isinstance(w, owner)] or WEIRD)
    arguments = [R.choice(WEIRD) for _ in range(R.randrange(4))]
    if any(isinstance(a, int) and abs(a) > 10**9 for a in arguments) and name in ("__mul__", "__rmul__", "__imul__", "__lshift__", "__pow__", "__rpow__", "ljust", "rjust", "center", "zfill"):
        return
    function(*R.choice((arguments, [receiver, *arguments])))


def main():
    kind, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    run = globals()["kind_" + kind]
    for number in range(seed, seed + count):
        R.seed(number)
        sys.stderr.write(f"\r{kind} {number}")
        try:
            run()
        except (Exception, SystemExit):
            pass


if __name__ == "__main__":
    main()
