//! The method table of `bytes`.

use super::{case, hex, layout, search, split, translate, unchanged, with_this};
use crate::object::{MethodDef, PyResult, Ref, Value};
use crate::types::codecs;
use crate::vm::Vm;

/// `bytes.__getnewargs__()`
fn getnewargs(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = with_this(&args[0], |b| vm.try_bytes(b)).map(Ref::into_value)?;
    Ok(vm.tuple_value([bytes]))
}

/// `bytes.__bytes__()`
fn dunder_bytes(vm: &Vm, args: &[Value]) -> PyResult {
    unchanged(vm, &args[0])
}

/// The methods.
#[rustfmt::skip]
pub const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "__getnewargs__",
        "($self, /)",
        "",
        getnewargs,
    ).unsigned(),
    MethodDef::bound(
        "__bytes__",
        "($self, /)",
        "Convert this value to exact type bytes.",
        dunder_bytes,
    ),
    MethodDef::bound(
        "fromhex",
        "($type, string, /)",
        "Create a bytes object from a string of hexadecimal numbers.\n\nSpaces between two numbers are accepted.\nExample: bytes.fromhex('B9 01EF') -> b'\\\\xb9\\\\x01\\\\xef'.",
        hex::fromhex,
    ).class_method(),
    MethodDef::bound(
        "capitalize",
        "($self, /)",
        "B.capitalize() -> copy of B\n\nReturn a copy of B with only its first character capitalized (ASCII)\nand the rest lower-cased.",
        case::capitalize,
    ),
    MethodDef::bound(
        "center",
        "($self, width, fillchar=b' ', /)",
        "Return a centered string of length width.\n\nPadding is done using the specified fill character.",
        layout::center,
    ),
    MethodDef::raw(
        "count",
        "",
        "B.count(sub[, start[, end]]) -> int\n\nReturn the number of non-overlapping occurrences of subsection sub in\nbytes B[start:end].  Optional arguments start and end are interpreted\nas in slice notation.",
        search::count,
    ),
    MethodDef::bound(
        "decode",
        "($self, /, encoding='utf-8', errors='strict')",
        "Decode the bytes using the codec registered for encoding.\n\n  encoding\n    The encoding with which to decode the bytes.\n  errors\n    The error handling scheme to use for the handling of decoding errors.\n    The default is 'strict' meaning that decoding errors raise a\n    UnicodeDecodeError. Other possible values are 'ignore' and 'replace'\n    as well as any other name registered with codecs.register_error that\n    can handle UnicodeDecodeErrors.",
        codecs::bytes_decode,
    ),
    MethodDef::raw(
        "endswith",
        "",
        "B.endswith(suffix[, start[, end]]) -> bool\n\nReturn True if B ends with the specified suffix, False otherwise.\nWith optional start, test B beginning at that position.\nWith optional end, stop comparing B at that position.\nsuffix can also be a tuple of bytes to try.",
        search::endswith,
    ),
    MethodDef::bound(
        "expandtabs",
        "($self, /, tabsize=8)",
        "Return a copy where all tab characters are expanded using spaces.\n\nIf tabsize is not given, a tab size of 8 characters is assumed.",
        layout::expandtabs,
    ),
    MethodDef::raw(
        "find",
        "",
        "B.find(sub[, start[, end]]) -> int\n\nReturn the lowest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure.",
        search::find,
    ),
    MethodDef::bound(
        "hex",
        "($self, /, sep=<unrepresentable>, bytes_per_sep=1)",
        "Create a string of hexadecimal numbers from a bytes object.\n\n  sep\n    An optional single character or byte to separate hex bytes.\n  bytes_per_sep\n    How many bytes between separators.  Positive values count from the\n    right, negative values count from the left.\n\nExample:\n>>> value = b'\\xb9\\x01\\xef'\n>>> value.hex()\n'b901ef'\n>>> value.hex(':')\n'b9:01:ef'\n>>> value.hex(':', 2)\n'b9:01ef'\n>>> value.hex(':', -2)\n'b901:ef'",
        hex::hex,
    ),
    MethodDef::raw(
        "index",
        "",
        "B.index(sub[, start[, end]]) -> int\n\nReturn the lowest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaises ValueError when the subsection is not found.",
        search::index,
    ),
    MethodDef::bound(
        "isalnum",
        "($self, /)",
        "B.isalnum() -> bool\n\nReturn True if all characters in B are alphanumeric\nand there is at least one character in B, False otherwise.",
        case::isalnum,
    ),
    MethodDef::bound(
        "isalpha",
        "($self, /)",
        "B.isalpha() -> bool\n\nReturn True if all characters in B are alphabetic\nand there is at least one character in B, False otherwise.",
        case::isalpha,
    ),
    MethodDef::bound(
        "isascii",
        "($self, /)",
        "B.isascii() -> bool\n\nReturn True if B is empty or all characters in B are ASCII,\nFalse otherwise.",
        case::isascii,
    ),
    MethodDef::bound(
        "isdigit",
        "($self, /)",
        "B.isdigit() -> bool\n\nReturn True if all characters in B are digits\nand there is at least one character in B, False otherwise.",
        case::isdigit,
    ),
    MethodDef::bound(
        "islower",
        "($self, /)",
        "B.islower() -> bool\n\nReturn True if all cased characters in B are lowercase and there is\nat least one cased character in B, False otherwise.",
        case::islower,
    ),
    MethodDef::bound(
        "isspace",
        "($self, /)",
        "B.isspace() -> bool\n\nReturn True if all characters in B are whitespace\nand there is at least one character in B, False otherwise.",
        case::isspace,
    ),
    MethodDef::bound(
        "istitle",
        "($self, /)",
        "B.istitle() -> bool\n\nReturn True if B is a titlecased string and there is at least one\ncharacter in B, i.e. uppercase characters may only follow uncased\ncharacters and lowercase characters only cased ones. Return False\notherwise.",
        case::istitle,
    ),
    MethodDef::bound(
        "isupper",
        "($self, /)",
        "B.isupper() -> bool\n\nReturn True if all cased characters in B are uppercase and there is\nat least one cased character in B, False otherwise.",
        case::isupper,
    ),
    MethodDef::bound(
        "join",
        "($self, iterable_of_bytes, /)",
        "Concatenate any number of bytes objects.\n\nThe bytes whose method is called is inserted in between each pair.\n\nThe result is returned as a new bytes object.\n\nExample: b'.'.join([b'ab', b'pq', b'rs']) -> b'ab.pq.rs'.",
        split::join,
    ),
    MethodDef::bound(
        "ljust",
        "($self, width, fillchar=b' ', /)",
        "Return a left-justified string of length width.\n\nPadding is done using the specified fill character.",
        layout::ljust,
    ),
    MethodDef::bound(
        "lower",
        "($self, /)",
        "B.lower() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to lowercase.",
        case::lower,
    ),
    MethodDef::bound(
        "lstrip",
        "($self, bytes=None, /)",
        "Strip leading bytes contained in the argument.\n\nIf the argument is omitted or None, strip leading  ASCII whitespace.",
        layout::lstrip,
    ),
    MethodDef::bound(
        "maketrans",
        "(frm, to, /)",
        "Return a translation table useable for the bytes or bytearray translate method.\n\nThe returned table will be one where each byte in frm is mapped to the byte at\nthe same position in to.\n\nThe bytes objects frm and to must be of the same length.",
        translate::maketrans,
    ).static_method(),
    MethodDef::bound(
        "partition",
        "($self, sep, /)",
        "Partition the bytes into three parts using the given separator.\n\nThis will search for the separator sep in the bytes. If the separator is found,\nreturns a 3-tuple containing the part before the separator, the separator\nitself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing the original bytes\nobject and two empty bytes objects.",
        split::partition,
    ),
    MethodDef::bound(
        "removeprefix",
        "($self, prefix, /)",
        "Return a bytes object with the given prefix string removed if present.\n\nIf the bytes starts with the prefix string, return bytes[len(prefix):].\nOtherwise, return a copy of the original bytes.",
        search::removeprefix,
    ),
    MethodDef::bound(
        "removesuffix",
        "($self, suffix, /)",
        "Return a bytes object with the given suffix string removed if present.\n\nIf the bytes ends with the suffix string and that suffix is not empty,\nreturn bytes[:-len(prefix)].  Otherwise, return a copy of the original\nbytes.",
        search::removesuffix,
    ),
    MethodDef::bound(
        "replace",
        "($self, old, new, count=-1, /)",
        "Return a copy with all occurrences of substring old replaced by new.\n\n  count\n    Maximum number of occurrences to replace.\n    -1 (the default value) means replace all occurrences.\n\nIf the optional argument count is given, only the first count occurrences are\nreplaced.",
        search::replace,
    ),
    MethodDef::raw(
        "rfind",
        "",
        "B.rfind(sub[, start[, end]]) -> int\n\nReturn the highest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nReturn -1 on failure.",
        search::rfind,
    ),
    MethodDef::raw(
        "rindex",
        "",
        "B.rindex(sub[, start[, end]]) -> int\n\nReturn the highest index in B where subsection sub is found,\nsuch that sub is contained within B[start,end].  Optional\narguments start and end are interpreted as in slice notation.\n\nRaise ValueError when the subsection is not found.",
        search::rindex,
    ),
    MethodDef::bound(
        "rjust",
        "($self, width, fillchar=b' ', /)",
        "Return a right-justified string of length width.\n\nPadding is done using the specified fill character.",
        layout::rjust,
    ),
    MethodDef::bound(
        "rpartition",
        "($self, sep, /)",
        "Partition the bytes into three parts using the given separator.\n\nThis will search for the separator sep in the bytes, starting at the end. If\nthe separator is found, returns a 3-tuple containing the part before the\nseparator, the separator itself, and the part after it.\n\nIf the separator is not found, returns a 3-tuple containing two empty bytes\nobjects and the original bytes object.",
        split::rpartition,
    ),
    MethodDef::bound(
        "rsplit",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the sections in the bytes, using sep as the delimiter.\n\n  sep\n    The delimiter according which to split the bytes.\n    None (the default value) means split on ASCII whitespace characters\n    (space, tab, return, newline, formfeed, vertical tab).\n  maxsplit\n    Maximum number of splits to do.\n    -1 (the default value) means no limit.\n\nSplitting is done starting at the end of the bytes and working to the front.",
        split::rsplit,
    ),
    MethodDef::bound(
        "rstrip",
        "($self, bytes=None, /)",
        "Strip trailing bytes contained in the argument.\n\nIf the argument is omitted or None, strip trailing ASCII whitespace.",
        layout::rstrip,
    ),
    MethodDef::bound(
        "split",
        "($self, /, sep=None, maxsplit=-1)",
        "Return a list of the sections in the bytes, using sep as the delimiter.\n\n  sep\n    The delimiter according which to split the bytes.\n    None (the default value) means split on ASCII whitespace characters\n    (space, tab, return, newline, formfeed, vertical tab).\n  maxsplit\n    Maximum number of splits to do.\n    -1 (the default value) means no limit.",
        split::split,
    ),
    MethodDef::bound(
        "splitlines",
        "($self, /, keepends=False)",
        "Return a list of the lines in the bytes, breaking at line boundaries.\n\nLine breaks are not included in the resulting list unless keepends is given and\ntrue.",
        split::splitlines,
    ),
    MethodDef::raw(
        "startswith",
        "",
        "B.startswith(prefix[, start[, end]]) -> bool\n\nReturn True if B starts with the specified prefix, False otherwise.\nWith optional start, test B beginning at that position.\nWith optional end, stop comparing B at that position.\nprefix can also be a tuple of bytes to try.",
        search::startswith,
    ),
    MethodDef::bound(
        "strip",
        "($self, bytes=None, /)",
        "Strip leading and trailing bytes contained in the argument.\n\nIf the argument is omitted or None, strip leading and trailing ASCII whitespace.",
        layout::strip,
    ),
    MethodDef::bound(
        "swapcase",
        "($self, /)",
        "B.swapcase() -> copy of B\n\nReturn a copy of B with uppercase ASCII characters converted\nto lowercase ASCII and vice versa.",
        case::swapcase,
    ),
    MethodDef::bound(
        "title",
        "($self, /)",
        "B.title() -> copy of B\n\nReturn a titlecased version of B, i.e. ASCII words start with uppercase\ncharacters, all remaining cased characters have lowercase.",
        case::title,
    ),
    MethodDef::bound(
        "translate",
        "($self, table, /, delete=b'')",
        "Return a copy with each character mapped by the given translation table.\n\n  table\n    Translation table, which must be a bytes object of length 256.\n\nAll characters occurring in the optional argument delete are removed.\nThe remaining characters are mapped through the given translation table.",
        translate::translate,
    ),
    MethodDef::bound(
        "upper",
        "($self, /)",
        "B.upper() -> copy of B\n\nReturn a copy of B with all ASCII characters converted to uppercase.",
        case::upper,
    ),
    MethodDef::bound(
        "zfill",
        "($self, width, /)",
        "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\nThe original string is never truncated.",
        layout::zfill,
    ),
];
