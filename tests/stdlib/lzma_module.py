# _lzma: streams of all containers, chains of filters, pieces, damage.
import _lzma as lzma

DATA = [b"", b"a", b"spam and eggs " * 300, bytes(range(256)) * 20]


def attempt(function, *args, **keywords):
    try:
        return function(*args, **keywords)
    except Exception as error:
        return type(error).__name__, str(error)


def squeeze(data, **keywords):
    compressor = lzma.LZMACompressor(**keywords)
    return compressor.compress(data) + compressor.flush()


def expand(data, *args, **keywords):
    decompressor = lzma.LZMADecompressor(*args, **keywords)
    text = decompressor.decompress(data)
    return text, decompressor.check, decompressor.eof, decompressor.needs_input, decompressor.unused_data


CHAINS = [
    [{"id": lzma.FILTER_LZMA1}],
    [{"id": lzma.FILTER_LZMA1, "lc": 2, "lp": 1, "pb": 0, "dict_size": 1 << 16, "mode": lzma.MODE_FAST}],
    [{"id": lzma.FILTER_LZMA2, "preset": 3 | lzma.PRESET_EXTREME}],
    [{"id": lzma.FILTER_LZMA2, "mf": lzma.MF_HC4, "nice_len": 32, "depth": 5}],
    [{"id": lzma.FILTER_DELTA, "dist": 5}, {"id": lzma.FILTER_LZMA2}],
    [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 1}],
    [{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_ARM, "start_offset": 4}, {"id": lzma.FILTER_LZMA2}],
]
for data in DATA:
    for keywords in ({}, {"preset": 0}, {"check": lzma.CHECK_SHA256}, {"check": lzma.CHECK_NONE},
                     {"format": lzma.FORMAT_ALONE}, {"filters": CHAINS[4]}):
        text, *rest = expand(squeeze(data, **keywords) + b"more")
        print(text == data, rest)
    for chain in CHAINS:
        packed = squeeze(data, format=lzma.FORMAT_RAW, filters=chain)
        text, *rest = expand(packed + b"tail", lzma.FORMAT_RAW, filters=chain)
        print(text == data, rest)

for format in lzma.FORMAT_XZ, lzma.FORMAT_ALONE:
    packed = squeeze(DATA[2], format=format)
    decompressor, out = lzma.LZMADecompressor(), []
    for at in range(0, len(packed), 7):
        out.append(decompressor.decompress(packed[at:at + 7]))
        if decompressor.eof:
            break
    print(b"".join(out) == DATA[2], decompressor.eof, decompressor.check)
    decompressor, out = lzma.LZMADecompressor(), []
    out.append(decompressor.decompress(packed + b"x", max_length=0))
    print(out, decompressor.needs_input, decompressor.eof)
    while not decompressor.eof:
        out.append(decompressor.decompress(b"", max_length=100))
        assert len(out[-1]) <= 100
    print(b"".join(out) == DATA[2], decompressor.unused_data, decompressor.needs_input)
    print(attempt(decompressor.decompress, b""))
    damaged = bytearray(packed)
    damaged[len(damaged) // 2] ^= 0x55
    print(attempt(lzma.LZMADecompressor().decompress, bytes(damaged[:-1]))[0] in ("LZMAError", b""))
    print(attempt(lzma.LZMADecompressor(memlimit=2000).decompress, packed))
for data in b"nothing of the kind", b"\xfd7zXz\0aaaaaaaaaaa", b"\xff", b"\xfd7zXZ\0" + bytes(20):
    print(attempt(lzma.LZMADecompressor().decompress, data), attempt(lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress, data))

for chain in ({}, 3, [1], ["z"], [{}], [{"id": 98}], [{"id": 33, "x": 1}], [{"id": 33, "lc": "a"}], [{"id": 33, "lc": 9}],
              [{"id": 3, "dist": 0}], [{"id": 3}], [{"id": 33}] * 5, [{"id": 33, "preset": 77}],
              [{"id": 33, "preset": 2**40}], [{"id": 33, "mode": 9}], [{"id": 33, "dict_size": 100}], []):
    print(attempt(lzma.LZMACompressor, filters=chain))
for keywords in ({"format": 9}, {"format": 0}, {"preset": 10}, {"preset": 10, "format": 2}, {"check": 4, "format": 2}, {"check": 7},
                 {"format": 3}, {"preset": 1, "filters": []}, {"format": 2, "filters": CHAINS[2]}, {"filters": CHAINS[0]},
                 {"nothing": 1}, {"format": "a"}, {"preset": "a"}):
    print(attempt(lzma.LZMACompressor, **keywords))
for keywords in ({"format": 9}, {"format": 3}, {"filters": []}, {"format": 3, "filters": CHAINS[0], "memlimit": 1},
                 {"memlimit": "a"}, {"memlimit": -1}, {"format": 3, "filters": CHAINS[4][:1]}):
    print(attempt(lzma.LZMADecompressor, **keywords))
compressor = lzma.LZMACompressor()
compressor.flush()
print(attempt(compressor.compress, b""), attempt(compressor.flush), attempt(compressor.compress, "a"))

for chain in CHAINS:
    for one in chain:
        if one["id"] == lzma.FILTER_X86:
            # The other implementation crashes without an offset.
            one = {"id": lzma.FILTER_X86, "start_offset": 16}
        encoded = lzma._encode_filter_properties(one)
        print(encoded, sorted(lzma._decode_filter_properties(one["id"], encoded).items()))
for id, properties in ((33, b"\x29"), (33, b""), (lzma.FILTER_LZMA1, b"\xff\0\0\0\0"), (3, b""), (4, b"abc"), (77, b"")):
    print(attempt(lzma._decode_filter_properties, id, properties))
print([check for check in range(-1, 20) if lzma.is_check_supported(check)])
print({name: value for name, value in vars(lzma).items() if name.isupper() and isinstance(value, int)} ==
      {name: value for name, value in sorted(vars(lzma).items()) if name.isupper() and isinstance(value, int)})
print(lzma.LZMAError.__mro__, lzma.LZMAError.__doc__)
print(sorted((name, value) for name, value in vars(lzma).items() if name.isupper() and isinstance(value, int)))
