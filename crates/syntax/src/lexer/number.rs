//! Numeric literals: where they end, and what is wrong with those that are none.

use super::{LexError, Lexer};
use crate::error::WarningCategory;
use crate::token::Tok;

/// A cursor over the bytes of one literal; reads 0 past the end of the text.
struct Cursor<'s> {
    bytes: &'s [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        self.at += 1;
        self.peek()
    }

    fn eat(&mut self, accept: impl Fn(u8) -> bool) -> bool {
        let found = accept(self.peek());
        self.at += usize::from(found);
        found
    }
}

/// Other letters begin a name of their own.
fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

impl Lexer<'_> {
    /// Reads the number that begins at `start`; gives its kind and end.
    pub(super) fn number(&mut self, start: usize) -> Result<(Tok, usize), LexError> {
        let text = self.text;
        let mut cur = Cursor {
            bytes: text.as_bytes(),
            at: start,
        };
        if cur.peek() == b'0' {
            let radix = match cur.next() {
                b'x' | b'X' => Some(("hexadecimal", 16)),
                b'o' | b'O' => Some(("octal", 8)),
                b'b' | b'B' => Some(("binary", 2)),
                _ => None,
            };
            if let Some((kind, radix)) = radix {
                cur.at += 1;
                return self.radix_digits(cur, kind, radix);
            }
            return self.after_zero(cur, start);
        }
        if cur.peek() != b'.' {
            self.decimal_tail(&mut cur)?;
        }
        self.fraction(cur, Tok::Int)
    }

    fn radix_digits(
        &mut self,
        mut cur: Cursor<'_>,
        kind: &str,
        radix: u32,
    ) -> Result<(Tok, usize), LexError> {
        let is_digit = |b: u8| char::from(b).is_digit(radix);
        loop {
            cur.eat(|b| b == b'_');
            if !is_digit(cur.peek()) {
                return Err(self.radix_error(&cur, kind));
            }
            while cur.eat(is_digit) {}
            if cur.peek() != b'_' {
                break;
            }
        }
        if cur.peek().is_ascii_digit() {
            return Err(self.radix_error(&cur, kind));
        }
        self.end_of_number(&cur, kind)?;
        Ok((Tok::Int, cur.at))
    }

    fn radix_error(&self, cur: &Cursor<'_>, kind: &str) -> LexError {
        let b = cur.peek();
        if b.is_ascii_digit() {
            let msg = format!("invalid digit '{}' in {kind} literal", char::from(b));
            self.error_at(cur.at + 1, msg)
        } else {
            self.error_at(cur.at, format!("invalid {kind} literal"))
        }
    }

    /// After a leading `0` that is no radix prefix.
    fn after_zero(&mut self, mut cur: Cursor<'_>, start: usize) -> Result<(Tok, usize), LexError> {
        loop {
            if cur.eat(|b| b == b'_') && !cur.peek().is_ascii_digit() {
                return Err(self.error_at(cur.at, "invalid decimal literal"));
            }
            if !cur.eat(|b| b == b'0') {
                break;
            }
        }
        let zeros_end = cur.at;
        let nonzero = cur.peek().is_ascii_digit();
        if nonzero {
            self.decimal_tail(&mut cur)?;
        }
        if nonzero && !matches!(cur.peek(), b'.' | b'e' | b'E' | b'j' | b'J') {
            return Err(self.error_in_line(
                start,
                zeros_end,
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix \
                 for octal integers",
            ));
        }
        self.fraction(cur, Tok::Int)
    }

    /// Digits with single underscores between them; the cursor is on the first digit.
    fn decimal_tail(&mut self, cur: &mut Cursor<'_>) -> Result<(), LexError> {
        loop {
            while cur.eat(|b| b.is_ascii_digit()) {}
            if !cur.eat(|b| b == b'_') {
                return Ok(());
            }
            if !cur.peek().is_ascii_digit() {
                return Err(self.error_at(cur.at, "invalid decimal literal"));
            }
        }
    }

    /// After the integer part: fraction, exponent, imaginary unit.
    fn fraction(&mut self, mut cur: Cursor<'_>, mut kind: Tok) -> Result<(Tok, usize), LexError> {
        if cur.eat(|b| b == b'.') {
            kind = Tok::Float;
            if cur.peek().is_ascii_digit() {
                self.decimal_tail(&mut cur)?;
            }
        }
        if matches!(cur.peek(), b'e' | b'E') {
            let e = cur.at;
            let sign = matches!(cur.next(), b'+' | b'-');
            let digit = if sign { cur.next() } else { cur.peek() };
            if !digit.is_ascii_digit() && sign {
                return Err(self.error_at(cur.at, "invalid decimal literal"));
            }
            if !digit.is_ascii_digit() {
                cur.at = e;
                self.end_of_number(&cur, "decimal")?;
                return Ok((kind, e));
            }
            kind = Tok::Float;
            self.decimal_tail(&mut cur)?;
        }
        if cur.eat(|b| matches!(b, b'j' | b'J')) {
            self.end_of_number(&cur, "imaginary")?;
            return Ok((Tok::Imaginary, cur.at));
        }
        self.end_of_number(&cur, "decimal")?;
        Ok((kind, cur.at))
    }

    /// A number may be followed at once by a keyword (with a warning) but by no other name.
    fn end_of_number(&mut self, cur: &Cursor<'_>, kind: &str) -> Result<(), LexError> {
        if !is_name_byte(cur.peek()) {
            return Ok(());
        }
        let rest = &cur.bytes[cur.at..];
        // The two-letter ones with `i` may be the beginning of any name.
        let short: [&[u8]; 3] = [b"if", b"in", b"is"];
        let whole: [&[u8]; 5] = [b"and", b"else", b"for", b"or", b"not"];
        let alone = |k: &[u8]| {
            let next = rest.get(k.len()).copied().unwrap_or(0);
            rest.starts_with(k) && !is_name_byte(next) && next < 0x80
        };
        let msg = format!("invalid {kind} literal");
        if short.iter().any(|k| rest.starts_with(k)) || whole.iter().any(|k| alone(k)) {
            // The place is the number's last character.
            self.warn(WarningCategory::Syntax, msg, cur.at - 1, cur.at - 1);
            Ok(())
        } else {
            Err(self.error_at(cur.at, msg))
        }
    }
}
