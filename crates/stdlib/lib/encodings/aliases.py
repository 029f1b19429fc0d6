"""Names of encodings that stand for other names."""

from _codecs import _native_names

aliases = {name: encoding for name, encoding in _native_names().items() if name != encoding}
aliases.update(dict.fromkeys(("base64", "base_64"), "base64_codec"))
aliases.update(dict.fromkeys(("quopri", "quoted_printable", "quotedprintable"), "quopri_codec"))
aliases.update(dict.fromkeys(("zip", "zlib"), "zlib_codec"))
aliases.update(bz2="bz2_codec", hex="hex_codec", rot13="rot_13", uu="uu_codec")
