//! The items of arrays: values to bytes and back, by type code.

use runtime::object::buffer::load_word;
use runtime::object::{IntView, Str};
use runtime::{PyResult, Raised, Value, Vm};

/// What the items of an array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemType {
    pub code: u8,
    pub size: usize,
}

/// All type codes.
pub(super) const CODES: &str = "bBuhHiIlLqQfd";

impl ItemType {
    /// The type of a code.
    pub fn of(code: u32) -> Option<ItemType> {
        let code = u8::try_from(code).ok()?;
        let size = match code {
            b'b' | b'B' => 1,
            b'h' | b'H' => 2,
            b'u' | b'i' | b'I' | b'f' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
            _ => return None,
        };
        Some(ItemType { code, size })
    }

    /// The code as `struct` knows it.
    pub fn format(self) -> &'static str {
        match self.code {
            b'b' => "b",
            b'B' => "B",
            b'u' => "w",
            b'h' => "h",
            b'H' => "H",
            b'i' => "i",
            b'I' => "I",
            b'l' => "l",
            b'L' => "L",
            b'q' => "q",
            b'Q' => "Q",
            b'f' => "f",
            _ => "d",
        }
    }

    /// Which format `_array_reconstructor` and pickles call the items' layout here.
    pub fn machine_format(self) -> i64 {
        match (self.code, self.size) {
            (b'u', _) => 20,
            (b'f', _) => 14,
            (b'd', _) => 16,
            (b'B', _) => 0,
            (b'b', _) => 1,
            (b'H', _) => 2,
            (b'h', _) => 4,
            (b'I', _) => 6,
            (b'i', _) => 8,
            (b'L' | b'Q', _) => 10,
            _ => 12,
        }
    }

    /// The bytes of a value.
    pub fn pack(self, vm: &Vm, value: &Value) -> PyResult<[u8; 8]> {
        let word = match self.code {
            b'u' => match value.payload::<Str>() {
                Some(text) if text.len() == 1 => text.at(0).into(),
                _ => return Err(vm.type_error("array item must be unicode character")),
            },
            b'f' => u64::from((vm.as_f64(value)? as f32).to_bits()),
            b'd' => vm.as_f64(value)?.to_bits(),
            _ => self.pack_integer(vm, value)?,
        };
        Ok(word.to_ne_bytes())
    }

    fn pack_integer(self, vm: &Vm, value: &Value) -> PyResult<u64> {
        let value = vm.index(value)?;
        let view = value.as_int().unwrap_or(IntView::Small(0));
        let error = |message: &str| -> Raised { vm.overflow_error(message) };
        let (name, low, high) = match self.code {
            b'b' => ("signed char", -128, 127),
            b'B' => ("unsigned byte integer", 0, 255),
            b'h' => ("signed short integer", -32_768, 32_767),
            b'H' => ("unsigned short", 0, 65_535),
            b'i' => ("signed integer", -0x8000_0000, 0x7FFF_FFFF),
            b'l' => {
                return view
                    .to_i64()
                    .map(|i| i as u64)
                    .ok_or_else(|| error("Python int too large to convert to C long"));
            }
            b'q' => {
                return view
                    .to_i64()
                    .map(|i| i as u64)
                    .ok_or_else(|| error("int too big to convert"));
            }
            b'Q' => {
                return view.to_u64().ok_or_else(|| match view.is_negative() {
                    true => error("can't convert negative int to unsigned"),
                    false => error("int too big to convert"),
                });
            }
            _ => {
                if view.is_negative() {
                    return Err(error("can't convert negative value to unsigned int"));
                }
                let most = if self.size == 4 {
                    u64::from(u32::MAX)
                } else {
                    u64::MAX
                };
                return match view.to_u64() {
                    Some(i) if i <= most => Ok(i),
                    Some(_) => Err(error("unsigned int is greater than maximum")),
                    None => Err(error("Python int too large to convert to C unsigned long")),
                };
            }
        };
        // A value too large for the type that CPython reads it as at first is told by that one.
        let wider = match self.code {
            b'b' => Some(("signed short integer", -32_768, 32_767)),
            b'H' => Some(("signed integer", -0x8000_0000, 0x7FFF_FFFF)),
            _ => None,
        };
        let (name, low, high) = match (view.to_i64(), wider) {
            (Some(i), Some((wide, least, most))) if i < least || i > most => (wide, low, high),
            _ => (name, low, high),
        };
        match view.to_i64() {
            Some(i) if i < low => Err(error(&format!("{name} is less than minimum"))),
            Some(i) if i > high => Err(error(&format!("{name} is greater than maximum"))),
            Some(i) => Ok(i as u64),
            None => Err(error("Python int too large to convert to C long")),
        }
    }

    /// The value of an item's bytes.
    pub fn unpack(self, vm: &Vm, bytes: &[u8]) -> PyResult {
        let word = load_word(bytes);
        Ok(match self.code {
            b'u' => {
                let c = word as u32;
                if c > 0x10_FFFF {
                    return Err(vm.value_error(format!(
                        "character U+{c:x} is not in range [U+0000; U+10ffff]"
                    )));
                }
                vm.str_from_char(c).into_value()
            }
            b'f' => vm.float(f32::from_bits(word as u32).into()),
            b'd' => vm.float(f64::from_bits(word)),
            b'B' | b'H' | b'I' | b'L' | b'Q' => vm.int_u64(word),
            _ => {
                let shift = 64 - self.size as u32 * 8;
                vm.int((word << shift) as i64 >> shift)
            }
        })
    }
}
