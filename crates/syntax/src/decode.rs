//! From the bytes of a source file to text: byte order mark, encoding declaration (PEP 263).
//!
//! UTF-8, Latin-1 and ASCII are decoded here; for other encodings the caller's codecs are asked.

use crate::error::{SyntaxError, SyntaxErrorKind};

/// Where bytes come from; CPython words the errors of files that it runs differently.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// An argument of `compile`.
    Memory,
    /// A script or module read from this path.
    File(&'a str),
}

/// Decodes bytes in the encoding of a name, or tells what is wrong, as a message.
pub type Codec<'a> = &'a mut dyn FnMut(&str, &[u8]) -> Result<String, String>;

/// A codec that knows no encoding.
pub(crate) fn no_codec(name: &str, _bytes: &[u8]) -> Result<String, String> {
    Err(format!("unknown encoding: {name}"))
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decodes source bytes to text without byte order mark.
pub(crate) fn decode(
    bytes: &[u8],
    origin: Origin<'_>,
    codec: Codec<'_>,
) -> Result<String, SyntaxError> {
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(null_byte(bytes, at, origin));
    }
    let (bytes, bom) = match bytes.strip_prefix(BOM) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let Some(name) = declared_encoding(bytes) else {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(not_utf8(bytes, error, bom, origin)),
        };
    };
    let normal = normal_name(&name);
    if bom && !normal.starts_with("utf-8") {
        return Err(without_place(format!(
            "encoding problem: {normal} with BOM"
        )));
    }
    let decoded = decode_as(bytes, &name, &normal, codec);
    let Origin::File(_) = origin else {
        return decoded.map_err(without_place);
    };
    // Files are read by lines, and the first one was read before the encoding was known.
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    decoded
        .ok()
        .filter(|text| !first.is_ascii() || text.as_bytes().starts_with(first))
        .ok_or_else(|| without_place(format!("encoding problem: {name}")))
}

/// True if a byte order mark or a comment tells the encoding.
pub(crate) fn declares_encoding(bytes: &[u8]) -> bool {
    bytes.starts_with(BOM) || declared_encoding(bytes).is_some()
}

/// The encoding that a comment in the first two lines declares.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|b| *b == b'\n').take(2) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let blank = line
            .iter()
            .position(|b| !matches!(b, b' ' | b'\t' | b'\x0C'));
        match blank {
            None => continue,
            Some(at) if line[at] == b'#' => {
                if let Some(name) = cookie(&line[at..]) {
                    return Some(name);
                }
            }
            // A line of code ends the search.
            Some(_) => return None,
        }
    }
    None
}

/// `coding[:=]\s*([-\w.]+)` in a comment.
fn cookie(comment: &[u8]) -> Option<String> {
    let mut from = 0;
    while let Some(at) = find(&comment[from..], b"coding") {
        from += at + 6;
        let rest = &comment[from..];
        if !matches!(rest.first(), Some(b':' | b'=')) {
            continue;
        }
        let rest = rest[1..].trim_ascii_start();
        let len = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            .count();
        if len > 0 {
            return Some(String::from_utf8_lossy(&rest[..len]).into_owned());
        }
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// The name by which the tokenizer knows the two encodings it treats specially.
fn normal_name(name: &str) -> String {
    let lower: String = name
        .chars()
        .take(12)
        .map(|c| {
            if c == '_' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    if lower == "utf-8" || lower.starts_with("utf-8-") {
        return "utf-8".into();
    }
    for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] {
        if lower == latin
            || lower
                .strip_prefix(latin)
                .is_some_and(|r| r.starts_with('-'))
        {
            return "iso-8859-1".into();
        }
    }
    name.into()
}

fn decode_as(bytes: &[u8], name: &str, normal: &str, codec: Codec<'_>) -> Result<String, String> {
    let key: String = name
        .chars()
        .map(|c| {
            if matches!(c, '_' | '.' | ' ') {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    match (normal, key.as_str()) {
        ("utf-8", _) | (_, "utf8" | "u8" | "cp65001" | "utf") => std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|e| utf8_message(bytes, e, 0)),
        ("iso-8859-1", _) | (_, "latin1" | "latin" | "l1" | "iso8859-1" | "8859" | "cp819") => {
            Ok(bytes.iter().map(|b| char::from(*b)).collect())
        }
        (_, "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968") => {
            match bytes.iter().position(|b| !b.is_ascii()) {
                None => Ok(bytes.iter().map(|b| char::from(*b)).collect()),
                Some(at) => Err(format!(
                    "'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in \
                     range(128)",
                    bytes[at]
                )),
            }
        }
        _ => codec(name, bytes),
    }
}

/// The `str()` of the `UnicodeDecodeError` for the first malformed sequence.
fn utf8_message(bytes: &[u8], error: std::str::Utf8Error, base: usize) -> String {
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or(0);
    let place = at - base;
    let cut = at + error.error_len().unwrap_or(0) >= bytes.len() && (0xC2..0xF5).contains(&byte);
    match (error.error_len().filter(|_| !cut), byte) {
        (None, _) => {
            let last = bytes.len() - 1 - base;
            if last > place {
                format!(
                    "'utf-8' codec can't decode bytes in position {place}-{last}: unexpected end \
                     of data"
                )
            } else {
                format!(
                    "'utf-8' codec can't decode byte 0x{byte:02x} in position {place}: unexpected \
                     end of data"
                )
            }
        }
        (Some(_), 0x80..=0xC1 | 0xF5..=0xFF) => format!(
            "'utf-8' codec can't decode byte 0x{byte:02x} in position {place}: invalid start byte"
        ),
        (Some(1), _) => format!(
            "'utf-8' codec can't decode byte 0x{byte:02x} in position {place}: invalid \
             continuation byte"
        ),
        (Some(n), _) => format!(
            "'utf-8' codec can't decode bytes in position {place}-{}: invalid continuation byte",
            place + n - 1
        ),
    }
}

fn not_utf8(
    bytes: &[u8],
    error: std::str::Utf8Error,
    bom: bool,
    origin: Origin<'_>,
) -> SyntaxError {
    let at = error.valid_up_to();
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    let start = bytes[..at]
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |p| p + 1);
    if let (Origin::File(path), false) = (origin, bom) {
        return without_place(format!(
            "Non-UTF-8 code starting with '\\x{:02x}' in file {path} on line {line}, but no \
             encoding declared; see https://peps.python.org/pep-0263/ for details",
            bytes[at]
        ));
    }
    let rest = &bytes[at..];
    let end = at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    // CPython decodes token by token: the body of a string, or a name.
    let line_start = &bytes[start..at];
    let quote = line_start.iter().rposition(|b| matches!(b, b'"' | b'\''));
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
    let name_start = line_start
        .iter()
        .rposition(|b| !name(b))
        .map_or(0, |p| p + 1);
    let (token, body) = quote.map_or((name_start, name_start), |q| (q, q + 1));
    let closing = quote.and_then(|q| rest.iter().position(|b| *b == line_start[q]));
    let decoded_end = closing.map_or(end, |c| at + c);
    let message = utf8_message(&bytes[..decoded_end], error, start + body);
    let mut text = String::from_utf8_lossy(&bytes[start..end]).into_owned();
    text.push('\n');
    let chars = |to: usize| String::from_utf8_lossy(&bytes[start..to]).chars().count() as i32;
    SyntaxError {
        kind: SyntaxErrorKind::Syntax,
        msg: format!("(unicode error) {message}"),
        lineno: line as i32,
        offset: chars(start + token) + 1,
        end_lineno: line as i32,
        end_offset: closing.map_or(-1, |c| chars(at + c + 1) + 1),
        text: Some(text),
    }
}

fn null_byte(bytes: &[u8], at: usize, origin: Origin<'_>) -> SyntaxError {
    match origin {
        Origin::Memory => SyntaxError::unplaced(
            SyntaxErrorKind::Syntax,
            "source code string cannot contain null bytes",
        ),
        Origin::File(_) => {
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() as i32 + 1;
            let start = bytes[..at]
                .iter()
                .rposition(|b| *b == b'\n')
                .map_or(0, |p| p + 1);
            SyntaxError {
                kind: SyntaxErrorKind::Syntax,
                msg: "source code cannot contain null bytes".into(),
                lineno: line,
                offset: 0,
                end_lineno: line,
                end_offset: 0,
                text: Some(String::from_utf8_lossy(&bytes[start..at]).into_owned()),
            }
        }
    }
}

fn without_place(msg: String) -> SyntaxError {
    SyntaxError {
        offset: -1,
        end_offset: -1,
        ..SyntaxError::unplaced(SyntaxErrorKind::Syntax, msg)
    }
}
