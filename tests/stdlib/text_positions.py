"""Positions of text files whose decoders keep a state, and of '\\r\\n' that is read by halves."""

import io

for encoding in ("shift_jis", "gbk", "iso2022_jp", "utf-16-le", "euc_jp", "cp1252", "koi8-r", "utf-7", "hz", "big5hkscs"):
    text = "abc\n日本語テキスト\n日本語\nx"
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = ("abc\r\ndef\nghi\r\n" * 3).encode(encoding)
    for newline in (None, "", "\n"):
        file = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=newline)
        file._CHUNK_SIZE = 7
        positions, characters = [], []
        while True:
            positions.append(file.tell())
            character = file.read(1)
            if not character:
                break
            characters.append(character)
        print(encoding, repr(newline), positions)
        for place, position in enumerate(positions):
            file.seek(position)
            assert file.read() == "".join(characters[place:]), (encoding, newline, place)

for encoding in ("utf-7", "hz", "iso2022_jp", "big5hkscs", "euc_jis_2004", "utf-16", "utf-8-sig"):
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    for character in "a日本b日":
        file.write(character)
    print(encoding, raw.getvalue())
    print(repr(io.TextIOWrapper(io.BytesIO(raw.getvalue()), encoding=encoding).read()))


class BadDecoder:
    def __init__(self, state):
        self.state = state

    def getstate(self):
        return self.state


import codecs

bad = None
codecs.register(lambda name: codecs.CodecInfo(
    codecs.latin_1_encode, codecs.latin_1_decode, incrementaldecoder=lambda errors: BadDecoder(bad),
    incrementalencoder=codecs.IncrementalEncoder, name=name) if name == "bad_decoder" else None)
for bad in (42, (), (1, 2)):
    try:
        io.TextIOWrapper(io.BytesIO(b"abc"), encoding="bad_decoder").read(3)
    except (TypeError, OverflowError, AttributeError) as error:
        print(type(error).__name__, error)
for cookie in (-1, 2 ** 200, 1 << 128, "x"):
    file = io.TextIOWrapper(io.BytesIO(b"abc"), encoding="shift_jis")
    try:
        print(file.seek(cookie))
    except (ValueError, OverflowError, OSError, TypeError) as error:
        print(type(error).__name__, error)
