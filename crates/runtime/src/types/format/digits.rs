//! Text as the number constructors read it: decimal digits of any script and spaces beyond ASCII
//! stand for their ASCII counterparts.

use std::borrow::Cow;

use crate::object::Str;
use crate::types::str::unicode;

/// The text in ASCII; an ASCII text as it is.  What is neither digit nor space beyond ASCII becomes
/// `?`.
pub fn ascii_number(text: &Str) -> Cow<'_, [u8]> {
    if let Some(ascii) = text.as_ascii() {
        return Cow::Borrowed(ascii.as_bytes());
    }
    Cow::Owned(
        text.iter()
            .map(|c| match c {
                0..0x7F => c as u8,
                _ if unicode::is_space(c) => b' ',
                _ => unicode::decimal(c).map_or(b'?', |digit| b'0' + digit),
            })
            .collect(),
    )
}
