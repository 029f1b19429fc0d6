//! Escape sequences of string and bytes literals.

use crate::ast::Wtf8;

/// The first escape of a literal that deserves a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// An unknown one, such as `\d`; it stands for itself.
    Escape(char),
    /// An octal one above `\377`: its digits.
    Octal(String),
}

/// Decodes the body of a string literal; the error is the text of the `UnicodeDecodeError`.
pub(crate) fn string(body: &str, oddity: &mut Option<Oddity>) -> Result<Wtf8, String> {
    let mut out = Wtf8::new();
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let start = body.len() - rest.len() + at;
        let escape = &rest[at + 1..];
        // The backslash before a field of an f-string ends its text.
        let c = escape.chars().next().unwrap_or('\u{FFFD}');
        if !c.is_ascii() {
            out.push_str("\\");
            rest = escape;
            continue;
        }
        rest = &escape[c.len_utf8()..];
        match c {
            '\n' => {}
            'x' => rest = hex(body, start, rest, 2, "\\xXX", &mut out)?,
            'u' => rest = hex(body, start, rest, 4, "\\uXXXX", &mut out)?,
            'U' => rest = hex(body, start, rest, 8, "\\UXXXXXXXX", &mut out)?,
            'N' => rest = named(body, start, rest, &mut out)?,
            '0'..='7' => {
                let (value, digits) = octal(escape, oddity);
                out.push_code_point(value);
                rest = &escape[digits..];
            }
            _ => match simple(c) {
                Some(byte) => out.push_code_point(u32::from(byte)),
                None => {
                    oddity.get_or_insert(Oddity::Escape(c));
                    out.push_code_point(u32::from('\\'));
                    out.push_code_point(u32::from(c));
                }
            },
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// Decodes the body of a bytes literal; the error is the text of the `ValueError`.
pub(crate) fn bytes(body: &str, oddity: &mut Option<Oddity>) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let start = body.len() - rest.len() + at;
        let escape = &rest[at + 1..];
        let Some(c) = escape.chars().next() else {
            return Err("Trailing \\ in string".into());
        };
        rest = &escape[c.len_utf8()..];
        match c {
            '\n' => {}
            'x' => {
                let value = rest.get(..2).and_then(|digits| {
                    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
                    hex.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
                });
                let Some(value) = value else {
                    return Err(format!("invalid \\x escape at position {start}"));
                };
                out.push(value);
                rest = &rest[2..];
            }
            '0'..='7' => {
                let (value, digits) = octal(escape, oddity);
                out.push(value as u8);
                rest = &escape[digits..];
            }
            _ => match simple(c) {
                Some(byte) => out.push(byte),
                None => {
                    oddity.get_or_insert(Oddity::Escape(c));
                    out.push(b'\\');
                    let mut buf = [0; 4];
                    out.extend_from_slice(c.encode_utf8(&mut buf).as_bytes());
                }
            },
        }
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

fn simple(c: char) -> Option<u8> {
    Some(match c {
        '\\' | '\'' | '"' => c as u8,
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        _ => return None,
    })
}

/// Up to three octal digits: value and count.
fn octal(text: &str, oddity: &mut Option<Oddity>) -> (u32, usize) {
    let digits = text
        .bytes()
        .take(3)
        .take_while(|b| (b'0'..=b'7').contains(b));
    let (value, count) = digits.fold((0, 0), |(v, n), b| (v * 8 + u32::from(b - b'0'), n + 1));
    if value > 0o377 {
        oddity.get_or_insert_with(|| Oddity::Octal(text[..count].to_owned()));
    }
    (value, count)
}

fn hex<'b>(
    body: &str,
    start: usize,
    rest: &'b str,
    count: usize,
    shape: &str,
    out: &mut Wtf8,
) -> Result<&'b str, String> {
    let found = rest
        .bytes()
        .take(count)
        .take_while(u8::is_ascii_hexdigit)
        .count();
    if found < count {
        return Err(decode_error(
            body,
            start,
            2 + found,
            &format!("truncated {shape} escape"),
        ));
    }
    let value = u32::from_str_radix(&rest[..count], 16).unwrap_or(u32::MAX);
    if value > 0x10_FFFF {
        return Err(decode_error(
            body,
            start,
            2 + count,
            "illegal Unicode character",
        ));
    }
    out.push_code_point(value);
    Ok(&rest[count..])
}

fn named<'b>(body: &str, start: usize, rest: &'b str, out: &mut Wtf8) -> Result<&'b str, String> {
    let malformed = "malformed \\N character escape";
    let Some(name) = rest.strip_prefix('{') else {
        return Err(decode_error(body, start, 2, malformed));
    };
    let Some(len) = name.find('}') else {
        return Err(decode_error(body, start, 3 + name.len(), malformed));
    };
    if len == 0 {
        return Err(decode_error(body, start, 3, malformed));
    }
    let Some(c) = character_named(&name[..len]) else {
        return Err(decode_error(
            body,
            start,
            4 + len,
            "unknown Unicode character name",
        ));
    };
    out.push_code_point(u32::from(c));
    Ok(&name[len + 1..])
}

/// Finds a character by its name or an alias, in any case.  The names that are computed, those of
/// ideographs and syllables, must be in capitals.
fn character_named(name: &str) -> Option<char> {
    let c = unicode_names2::character(name)?;
    let official = unicode_names2::name(c)
        .map(|n| n.to_string())
        .unwrap_or_default();
    if official == name {
        return Some(c);
    }
    let computed = ["CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE "];
    if computed.iter().any(|start| official.starts_with(start)) {
        return None;
    }
    // The table ignores blanks, hyphens and underscores; only an alias is truly different.
    let loose = |text: &str| {
        let letters = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
        letters.map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    (official.eq_ignore_ascii_case(name) || loose(&official) != loose(name)).then_some(c)
}

/// The text of a `UnicodeDecodeError` for the `len` bytes from `start`.  Positions count in the
/// form that CPython decodes: every non-ASCII character written as `\UXXXXXXXX`.
fn decode_error(body: &str, start: usize, len: usize, why: &str) -> String {
    let width = |text: &str| {
        text.chars()
            .map(|c| if c.is_ascii() { 1 } else { 10 })
            .sum::<usize>()
    };
    let first = width(&body[..start]);
    let span = body.get(start..start + len).map_or(len, width);
    if span <= 1 {
        return format!("'unicodeescape' codec can't decode byte 0x5c in position {first}: {why}");
    }
    let last = first + span - 1;
    format!("'unicodeescape' codec can't decode bytes in position {first}-{last}: {why}")
}
