"""Sources in other encodings: as scripts, as modules and as bytes to compile."""

import importlib
import os
import subprocess
import sys
import tempfile

SOURCES = {
    "unknown": b"# coding: foo\nprint(1)\n",
    "late": b'x=1\n# coding: latin-1\nprint("\xe9")\n',
    "undeclared": b'print("\xe9")\n',
    "marked": b"\xef\xbb\xbf# coding: latin-1\nprint(1)\n",
    "no_text": b"# coding: rot13\nprint(1)\n",
    "second_line": b'#!x\n# coding: latin-1\nprint(ascii("\xe9"))\n',
    "utf8": b'# coding: utf8\nprint("\xe9")\n',
    "null": b'x = 1\nprint("ok"\0)\n',
    "ascii_only": b'# coding: ascii\nprint("\xe9")\n',
    "japanese": b'# coding: shift_jis\nprint(ascii("\x93\xfa \\\\"))\n',
    "cut": b'# coding: shift_jis\nx=1\nprint(ascii("\x93"))\n',
    "escapes": b'# coding: iso2022_jp\nprint(ascii("\x1b$BF|\x1b(B"))\n',
    "utf7": b'# coding: utf-7\nprint(ascii("+ZeU-"))\n',
    "hexadecimal": b"# coding: hex\n",
    "code_page": b'# coding: cp1252\nprint(ascii("\x80"))\n',
    "hole": b'# coding: cp1252\nprint("\x81")\n',
    "korean": b'# coding: cp949\nprint(ascii("\xb0\xa1"))\n',
    "hong_kong": b'# coding: big5hkscs\nprint(ascii("\x88\x62"))\n',
    "dos": b'# coding: cp437\nprint(ascii("\x81\x9b"))\n',
    "chinese": b'# coding: hz\nprint(ascii("~{VPND~}"))\n',
}


def shown(error):
    return type(error).__name__, error.msg, error.lineno, error.offset, error.text


with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    for name, source in SOURCES.items():
        print(name)
        path = os.path.join(folder, name + ".py")
        with open(path, "wb") as file:
            file.write(source)
        try:
            exec(compile(source, "text", "exec"))
        except SyntaxError as error:
            print("  bytes", *shown(error))
        importlib.invalidate_caches()
        try:
            importlib.import_module(name)
        except SyntaxError as error:
            print("  module", *shown(error))
        done = subprocess.run([sys.executable, path], capture_output=True, env={})
        told = done.stderr.decode("utf-8", "replace").replace(folder, "FOLDER").splitlines()
        print("  script", done.stdout, *told[-1:])
