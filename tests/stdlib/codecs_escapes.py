# Escapes are decoded from bytes and from texts, as a whole unless told otherwise.
import codecs

for decode in codecs.unicode_escape_decode, codecs.raw_unicode_escape_decode, codecs.escape_decode:
    for args in ((b"\\",), ("a\\n\\t\u00e9",), (b"\\u12",), (b"\\u12", "strict", False),
                 ("\u00e9\\x41",), (b"a\\N{DIGIT ONE}", "replace"), (bytearray(b"\\x4"), "ignore")):
        if decode is codecs.escape_decode and (len(args) > 2 or b"\\" in args[0:1]
                                               or args[0] in (b"\\u12", b"a\\N{DIGIT ONE}")):
            continue
        try:
            print(decode.__name__, args, decode(*args))
        except (ValueError, TypeError) as error:
            print(decode.__name__, args, type(error).__name__, error)
