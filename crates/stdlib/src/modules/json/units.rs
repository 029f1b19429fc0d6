//! Code units of texts of any width, seen alike.

use std::borrow::Cow;

use runtime::object::Chars;

/// A code unit that is a whole code point.
pub(super) trait Unit: Copy {
    /// The code point.
    fn code(self) -> u32;

    /// The units as the code points of a string.
    fn chars(units: &[Self]) -> Chars<'_>;
}

macro_rules! unit {
    ($type:ty, $width:ident) => {
        impl Unit for $type {
            #[inline(always)]
            fn code(self) -> u32 {
                self.into()
            }

            #[inline(always)]
            fn chars(units: &[Self]) -> Chars<'_> {
                Chars::$width(units)
            }
        }
    };
}

unit!(u8, One);
unit!(u16, Two);
unit!(u32, Four);

/// Units that are all ASCII, as bytes.
pub(super) fn ascii<U: Unit>(units: &[U]) -> Cow<'_, [u8]> {
    match U::chars(units) {
        Chars::One(bytes) => Cow::Borrowed(bytes),
        wider => Cow::Owned(wider.iter().map(|c| c as u8).collect()),
    }
}
