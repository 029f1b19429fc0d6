"""Native modules that are imported a second time raise what they show."""

import importlib
import sys

for name, error, fail in (
        ("_queue", "Empty", lambda m: m.SimpleQueue().get_nowait()),
        ("binascii", "Error", lambda m: m.unhexlify("x")),
        ("_struct", "error", lambda m: m.pack("b", 1000)),
        ("_lzma", "LZMAError", lambda m: m.LZMADecompressor().decompress(b"abcdefghijklmnopq")),
        ("termios", "error", lambda m: m.tcgetattr(open("/dev/null"))),
        ("pyexpat", "ExpatError", lambda m: m.ParserCreate().Parse(b"<a></b>"))):
    for _ in range(2):
        module = importlib.import_module(name)
        try:
            fail(module)
        except getattr(module, error) as caught:
            print(name, type(caught).__module__, type(caught).__qualname__, caught)
        del sys.modules[name]
