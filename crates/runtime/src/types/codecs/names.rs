//! The native encodings and their names.

use super::charmap_tables::{CHARMAPS, NAMES};
use super::multibyte;
use crate::object::Str;

/// An encoding implemented natively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    Ascii,
    Latin1,
    Utf8,
    /// UTF-8 that begins with a byte order mark.
    Utf8Sig,
    Utf7,
    Utf16(ByteOrder),
    Utf32(ByteOrder),
    /// Index in the table of single-byte encodings.
    Charmap(usize),
    /// Index in the table of multi-byte encodings.
    MultiByte(usize),
    UnicodeEscape,
    RawUnicodeEscape,
}

/// The order of the bytes of a code unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// By the byte order mark; little-endian where there is none, and written.
    Mark,
    Little,
    Big,
}

/// CPython's normal form of a name: lower case, runs of other characters as one underscore.
pub fn normalize(name: &Str) -> String {
    let mut normal = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.iter() {
        let c = u8::try_from(c).unwrap_or(b' ');
        if c.is_ascii_alphanumeric() || c == b'.' {
            if gap && !normal.is_empty() {
                normal.push('_');
            }
            gap = false;
            normal.push(char::from(c.to_ascii_lowercase()));
        } else {
            gap = true;
        }
    }
    normal
}

/// The canonical name of a native encoding.
pub fn canonical(normal: &str) -> Option<&'static str> {
    let find = |name: &str| {
        let place = NAMES.binary_search_by_key(&name, |entry| entry.0).ok()?;
        Some(NAMES[place].1)
    };
    find(normal).or_else(|| find(&normal.replace('.', "_")))
}

/// All normal names, and the canonical ones that they stand for.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().copied()
}

/// The codec of a canonical name.
pub fn codec(canonical: &str) -> Option<Codec> {
    Some(match canonical {
        "ascii" => Codec::Ascii,
        "latin_1" => Codec::Latin1,
        "utf_7" => Codec::Utf7,
        "utf_8" => Codec::Utf8,
        "utf_8_sig" => Codec::Utf8Sig,
        "utf_16" => Codec::Utf16(ByteOrder::Mark),
        "utf_16_le" => Codec::Utf16(ByteOrder::Little),
        "utf_16_be" => Codec::Utf16(ByteOrder::Big),
        "utf_32" => Codec::Utf32(ByteOrder::Mark),
        "utf_32_le" => Codec::Utf32(ByteOrder::Little),
        "utf_32_be" => Codec::Utf32(ByteOrder::Big),
        "unicode_escape" => Codec::UnicodeEscape,
        "raw_unicode_escape" => Codec::RawUnicodeEscape,
        name => match multibyte::ENCODINGS.iter().position(|e| e.name == name) {
            Some(index) => Codec::MultiByte(index),
            None => Codec::Charmap(CHARMAPS.iter().position(|entry| entry.0 == name)?),
        },
    })
}

/// The native codec a name stands for.
pub fn native(name: &Str) -> Option<Codec> {
    if name.equals_str("utf-8") {
        return Some(Codec::Utf8);
    }
    codec(canonical(&normalize(name))?)
}

impl Codec {
    /// Whether pieces of a text can be encoded, and complete characters decoded, without knowing
    /// what came before, but for a byte order mark.
    pub fn works_piecewise(self) -> bool {
        match self {
            Codec::MultiByte(number) => multibyte::ENCODINGS[number].is_stateless(),
            Codec::Utf7 => false,
            _ => true,
        }
    }

    /// The name in messages of decoding errors.
    pub fn decoding_name(self) -> &'static str {
        match self {
            Codec::Utf16(ByteOrder::Mark) => "utf-16-le",
            Codec::Utf32(ByteOrder::Mark) => "utf-32-le",
            other => other.encoding_name(),
        }
    }

    /// The name in messages of encoding errors.
    pub fn encoding_name(self) -> &'static str {
        match self {
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf7 => "utf7",
            Codec::Utf8 | Codec::Utf8Sig => "utf-8",
            Codec::Utf16(ByteOrder::Mark) => "utf-16",
            Codec::Utf16(ByteOrder::Little) => "utf-16-le",
            Codec::Utf16(ByteOrder::Big) => "utf-16-be",
            Codec::Utf32(ByteOrder::Mark) => "utf-32",
            Codec::Utf32(ByteOrder::Little) => "utf-32-le",
            Codec::Utf32(ByteOrder::Big) => "utf-32-be",
            Codec::Charmap(_) => "charmap",
            Codec::MultiByte(index) => multibyte::ENCODINGS[index].name,
            Codec::UnicodeEscape => "unicodeescape",
            Codec::RawUnicodeEscape => "rawunicodeescape",
        }
    }
}

/// The characters of a single-byte encoding; U+FFFE where there is none.
pub fn charmap(index: usize) -> &'static [u16; 256] {
    use std::sync::OnceLock;
    static TABLES: OnceLock<Vec<[u16; 256]>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        let decode = |text: &str| {
            let mut table = [0xFFFE; 256];
            for (place, c) in table.iter_mut().zip(text.encode_utf16()) {
                *place = c;
            }
            table
        };
        CHARMAPS.iter().map(|(_, text)| decode(text)).collect()
    });
    &tables[index]
}
