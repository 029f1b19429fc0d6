//! Text to be parsed: bytes in some encoding become UTF-8, and places in it become lines and columns.

use super::errors::Code;

/// How the bytes of a document stand for characters.
#[derive(Clone)]
pub(super) enum Encoding {
    Utf8,
    Utf16 {
        big: bool,
    },
    Latin1,
    Ascii,
    /// One byte, one character; none for bytes that stand for nothing.
    Table(Box<[Option<char>; 256]>),
}

impl Encoding {
    /// The encodings that need no help from outside.
    pub fn known(name: &str) -> Option<Encoding> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" => Encoding::Utf8,
            "utf-16" | "utf-16be" => Encoding::Utf16 { big: true },
            "utf-16le" => Encoding::Utf16 { big: false },
            "iso-8859-1" => Encoding::Latin1,
            "us-ascii" => Encoding::Ascii,
            _ => return None,
        })
    }

    fn bytes_of(&self, text: &[u8]) -> u64 {
        let first_bytes = || text.iter().filter(|&&byte| byte & 0xc0 != 0x80);
        match self {
            Encoding::Utf8 => text.len() as u64,
            Encoding::Utf16 { .. } => {
                let wide = text.iter().filter(|&&byte| byte >= 0xf0).count();
                2 * (first_bytes().count() + wide) as u64
            }
            _ => first_bytes().count() as u64,
        }
    }
}

/// A place in the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub line: u64,
    pub column: u64,
    pub byte: i64,
}

/// What the beginning of a document says about its encoding.
pub(super) enum Beginning {
    /// There is too little of it yet.
    Unclear,
    /// It has this encoding, after so many bytes of mark.
    Found(Encoding, usize),
    /// It names an encoding that must be looked up, so many bytes on.
    Named(String, usize),
}

/// The name of an encoding that must be looked up.
pub(super) enum Wanted {
    /// The program gave it.
    Given(String),
    /// The document has it, so many bytes on.
    Declared(String, usize),
}

/// The document, or another entity of it that comes from outside.
pub(super) struct Input {
    /// Bytes that were not decoded yet.
    raw: Vec<u8>,
    /// What was decoded, from the first character on that is still of use.
    pub text: Vec<u8>,
    /// How far the text was parsed.
    pub pos: usize,
    /// The place of `pos`.
    place: Place,
    pub encoding: Option<Encoding>,
    /// No more bytes come.
    pub last: bool,
    /// What follows the text is no text.
    broken: bool,
}

impl Input {
    pub fn new() -> Input {
        Input {
            raw: Vec::new(),
            text: Vec::new(),
            pos: 0,
            place: Place {
                line: 1,
                column: 0,
                byte: 0,
            },
            encoding: None,
            last: false,
            broken: false,
        }
    }

    /// Adds bytes.
    pub fn feed(&mut self, bytes: &[u8], last: bool) {
        self.raw.extend_from_slice(bytes);
        self.last |= last;
        if self.encoding.is_some() {
            self.decode();
        }
    }

    /// Says what the encoding is, which begins after a mark of so many bytes.
    pub fn set_encoding(&mut self, encoding: Encoding, mark: usize) {
        self.encoding = Some(encoding);
        self.raw.drain(..mark.min(self.raw.len()));
        self.place.byte += mark as i64;
        // The mark counts as a character.
        self.place.column += u64::from(mark > 0);
        self.decode();
    }

    /// What the first bytes say about the encoding; `declared` may overrule them.
    pub fn beginning(&self) -> Beginning {
        let raw = &self.raw[..];
        match raw {
            [0xfe, 0xff, ..] => return Beginning::Found(Encoding::Utf16 { big: true }, 2),
            [0xff, 0xfe, ..] => return Beginning::Found(Encoding::Utf16 { big: false }, 2),
            [0xef, 0xbb, 0xbf, ..] => return Beginning::Found(Encoding::Utf8, 3),
            [0, b'<', ..] => return Beginning::Found(Encoding::Utf16 { big: true }, 0),
            [b'<', 0, ..] => return Beginning::Found(Encoding::Utf16 { big: false }, 0),
            [0xef] | [0xef, 0xbb] | [0xfe] | [0xff] | [b'<'] | [] if !self.last => {
                return Beginning::Unclear;
            }
            _ => {}
        }
        const START: &[u8] = b"<?xml";
        let shared = raw.iter().zip(START).take_while(|(a, b)| a == b).count();
        if shared < START.len() {
            return match shared == raw.len() && !self.last {
                true => Beginning::Unclear,
                false => Beginning::Found(Encoding::Utf8, 0),
            };
        }
        let Some(end) = raw.windows(2).position(|two| two == b"?>") else {
            return match self.last || raw.len() > 1 << 16 {
                true => Beginning::Found(Encoding::Utf8, 0),
                false => Beginning::Unclear,
            };
        };
        match declared_encoding(&raw[START.len()..end]) {
            None => Beginning::Found(Encoding::Utf8, 0),
            Some((name, at)) => match Encoding::known(&name) {
                // What can be read byte by byte up to here is not made of units of two bytes.
                Some(Encoding::Utf16 { .. }) | None => Beginning::Named(name, START.len() + at),
                Some(encoding) => Beginning::Found(encoding, 0),
            },
        }
    }

    fn decode(&mut self) {
        if self.broken {
            return;
        }
        let used = match &self.encoding {
            None => 0,
            Some(Encoding::Utf8) => match std::str::from_utf8(&self.raw) {
                Ok(text) => {
                    self.text.extend_from_slice(text.as_bytes());
                    text.len()
                }
                Err(error) => {
                    self.text
                        .extend_from_slice(&self.raw[..error.valid_up_to()]);
                    self.broken = error.error_len().is_some();
                    error.valid_up_to()
                }
            },
            Some(Encoding::Utf16 { big }) => {
                let mut used = 0;
                let unit = |bytes: &[u8]| match big {
                    true => u16::from_be_bytes([bytes[0], bytes[1]]),
                    false => u16::from_le_bytes([bytes[0], bytes[1]]),
                };
                while let Some(bytes) = self.raw.get(used..used + 2) {
                    let first = unit(bytes);
                    let wide = (0xd800..0xdc00).contains(&first);
                    let mut units = vec![first];
                    if wide {
                        match self.raw.get(used + 2..used + 4) {
                            Some(bytes) => units.push(unit(bytes)),
                            None => break,
                        }
                    }
                    match char::decode_utf16(units.iter().copied()).next() {
                        Some(Ok(c)) => {
                            let mut room = [0; 4];
                            self.text
                                .extend_from_slice(c.encode_utf8(&mut room).as_bytes());
                            used += 2 * units.len();
                        }
                        _ => {
                            self.broken = true;
                            break;
                        }
                    }
                }
                used
            }
            Some(encoding) => {
                let mut used = 0;
                for &byte in &self.raw {
                    let found = match encoding {
                        Encoding::Latin1 => Some(char::from(byte)),
                        Encoding::Table(table) => table[usize::from(byte)],
                        _ => byte.is_ascii().then_some(char::from(byte)),
                    };
                    let Some(c) = found else {
                        self.broken = true;
                        break;
                    };
                    let mut room = [0; 4];
                    self.text
                        .extend_from_slice(c.encode_utf8(&mut room).as_bytes());
                    used += 1;
                }
                used
            }
        };
        self.raw.drain(..used);
    }

    /// What is wrong at the end of the text, if something is.
    pub fn end_error(&self) -> Option<Code> {
        if self.broken {
            Some(Code::INVALID_TOKEN)
        } else if self.last && !self.raw.is_empty() && self.encoding.is_some() {
            Some(Code::PARTIAL_CHAR)
        } else {
            None
        }
    }

    /// The place so many bytes of text after `pos`.
    pub fn place_after(&self, offset: usize) -> Place {
        let mut place = self.place;
        let end = (self.pos + offset).min(self.text.len());
        let passed = &self.text[self.pos..end];
        let mut bytes = passed.iter().peekable();
        while let Some(&byte) = bytes.next() {
            match byte {
                b'\n' => {
                    place.line += 1;
                    place.column = 0;
                }
                b'\r' => {
                    // Together with a line feed it ends one line.
                    if bytes.peek() == Some(&&b'\n') {
                        bytes.next();
                    }
                    place.line += 1;
                    place.column = 0;
                }
                0x80..0xc0 => {}
                _ => place.column += 1,
            }
        }
        if let Some(encoding) = &self.encoding {
            place.byte += encoding.bytes_of(passed) as i64;
        }
        place
    }

    /// Leaves so many bytes of text behind.
    pub fn advance(&mut self, len: usize) {
        self.place = self.place_after(len);
        self.pos += len;
        if self.pos > 1 << 16 {
            self.text.drain(..self.pos);
            self.pos = 0;
        }
    }

    /// What was not parsed yet.
    pub fn rest(&self) -> &[u8] {
        self.text.get(self.pos..).unwrap_or_default()
    }
}

/// The encoding that an XML declaration names, and where, looked for without being strict.
fn declared_encoding(declaration: &[u8]) -> Option<(String, usize)> {
    const NAME: &[u8] = b"encoding";
    let at = declaration.windows(NAME.len()).position(|w| w == NAME)?;
    let rest = declaration[at + NAME.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = rest.iter().position(|byte| byte == quote)?;
    let name = String::from_utf8(rest[..end].to_vec()).ok()?;
    Some((name, declaration.len() - rest.len()))
}
