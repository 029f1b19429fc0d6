"""What text and bytes refuse: sizes no object can have, arguments UTF-8 cannot hold, flags of buffers."""


def show(what):
    try:
        result = what()
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print(repr(result), type(result).__name__)


HUGE = 2**63 - 1
for what in (b"ab", bytearray(b"ab")):
    for name in ("center", "ljust", "rjust", "zfill", "__mul__"):
        if type(what) is bytes:
            show(lambda: getattr(what, name)(HUGE))
show(lambda: (5).to_bytes(HUGE, "big"))
show(lambda: "a".encode("\ud800"))
show(lambda: "a".encode("utf-8", "\ud800"))
show(lambda: b"a".decode("\ud800"))
show(lambda: str(b"a", "\ud800"))
show(lambda: bytes("a", "\ud800"))
show(lambda: float.fromhex("\ud800"))
show(lambda: float.__getformat__("\ud800"))
show(lambda: memoryview(b"ab").tobytes("\ud800"))
show(lambda: memoryview(b"ab").cast("é"))


class Wrong:
    def __iter__(self):
        return 5

    def __index__(self):
        return 1.5


show(lambda: bytearray(Wrong()))
show(lambda: int.from_bytes(Wrong()))
show(lambda: "%c" % Wrong())
show(lambda: b"ab".__buffer__())
show(lambda: b"ab".__buffer__(1))
show(lambda: b"ab".__buffer__(HUGE))
show(lambda: memoryview(b"ab").__buffer__(1))
show(lambda: b"ab".__release_buffer__(memoryview(b"x")))
show(lambda: b"ab".__release_buffer__(5))


class Text(str):
    """A subclass, whose instances stand for themselves where nothing is to be filled in."""


text = Text("plain")
print(text.format(1) is text, text.format_map({}) is text, (text % ()) is text)
print(type(Text("a{}").format(1)), type(Text("{{").format()), type(Text("").format()), type(Text("%%") % ()))
show(lambda: text % 1)
show(lambda: Text("a").format_map())

# A special method is one whatever object its name is.
name = "__index__and more"[:9]
Number = type("Number", (), {name: lambda self: 5})
print(bin(Number()), [1, 2, 3, 4, 5, 6][Number()])
Sized = type("Sized", (), {"__len__!"[:-1]: lambda self: 3})
print(len(Sized()), bool(Sized()))
show(lambda: type(None, (), {}))
show(lambda: type("x", None, {}))
show(lambda: super(None))
