//! Formats of binary data: `<2sH` and the like taken apart.

use runtime::object::{Bytes, Str};
use runtime::{PyResult, Value, Vm};

use super::error;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pad,
    Char,
    Bool,
    /// An integer of that many bytes.
    Signed(u8),
    Unsigned(u8),
    /// An address; also negative.
    Pointer,
    Half,
    Single,
    Double,
    Bytes,
    Pascal,
}

/// A code with its repeat count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub code: u8,
    pub kind: Kind,
    /// Bytes of one item.
    pub size: usize,
    pub offset: usize,
    /// Items; of `s` and `p` there is one.
    pub count: usize,
}

/// A format taken apart.
pub(super) struct Layout {
    pub fields: Box<[Field]>,
    pub size: usize,
    /// Number of values.
    pub values: usize,
    pub big_endian: bool,
    /// Native sizes: floats that are too large become infinite.
    pub native: bool,
}

fn kind_of(code: u8, native: bool) -> Option<(Kind, usize)> {
    Some(match code {
        b'x' => (Kind::Pad, 1),
        b'c' => (Kind::Char, 1),
        b'?' => (Kind::Bool, 1),
        b'b' => (Kind::Signed(1), 1),
        b'B' => (Kind::Unsigned(1), 1),
        b'h' => (Kind::Signed(2), 2),
        b'H' => (Kind::Unsigned(2), 2),
        b'i' => (Kind::Signed(4), 4),
        b'I' => (Kind::Unsigned(4), 4),
        b'l' if native => (Kind::Signed(8), 8),
        b'L' if native => (Kind::Unsigned(8), 8),
        b'l' => (Kind::Signed(4), 4),
        b'L' => (Kind::Unsigned(4), 4),
        b'q' => (Kind::Signed(8), 8),
        b'Q' => (Kind::Unsigned(8), 8),
        b'n' if native => (Kind::Signed(8), 8),
        b'N' if native => (Kind::Unsigned(8), 8),
        b'P' if native => (Kind::Pointer, 8),
        b'e' => (Kind::Half, 2),
        b'f' => (Kind::Single, 4),
        b'd' => (Kind::Double, 8),
        b's' => (Kind::Bytes, 1),
        b'p' => (Kind::Pascal, 1),
        _ => return None,
    })
}

/// The text of a format: ASCII.
pub(super) fn text_of(vm: &Vm, format: &Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = format.payload::<Bytes>() {
        return vm.copy_of(bytes);
    }
    let Some(text) = format.payload::<Str>() else {
        return Err(vm.type_error(format!(
            "Struct() argument 1 must be a str or bytes object, not {}",
            vm.class_name(format)
        )));
    };
    if let Some(ascii) = text.as_ascii() {
        return vm.copy_of(ascii.as_bytes());
    }
    // The codec knows the words of the error.
    let encoded = vm.call_method(format, &vm.intern("encode"), &[vm.str_value("ascii")])?;
    vm.copied_bytes(&encoded)
}

/// Takes a format apart.
pub(super) fn parse(vm: &Vm, text: &[u8]) -> PyResult<Layout> {
    if text.contains(&0) {
        return Err(error(vm, "embedded null character"));
    }
    let (mut big_endian, mut native, mut aligned) = (cfg!(target_endian = "big"), true, true);
    let mut codes = text;
    if let Some((&order, rest)) = text.split_first()
        && matches!(order, b'@' | b'=' | b'<' | b'>' | b'!')
    {
        codes = rest;
        native = order == b'@';
        aligned = native;
        match order {
            b'<' => big_endian = false,
            b'>' | b'!' => big_endian = true,
            _ => {}
        }
    }
    let too_long = || error(vm, "total struct size too long");
    let mut fields = Vec::new();
    let (mut size, mut values) = (0usize, 0usize);
    let mut codes = codes.iter().copied().peekable();
    while let Some(code) = codes.next() {
        if code.is_ascii_whitespace() || code == 0x0B {
            continue;
        }
        let mut code = code;
        let mut count = 1usize;
        if code.is_ascii_digit() {
            count = usize::from(code - b'0');
            loop {
                match codes.next() {
                    Some(digit) if digit.is_ascii_digit() => {
                        count = count
                            .checked_mul(10)
                            .and_then(|n| n.checked_add(usize::from(digit - b'0')))
                            .filter(|&n| n <= isize::MAX as usize)
                            .ok_or_else(too_long)?;
                    }
                    Some(other) => {
                        code = other;
                        break;
                    }
                    None => {
                        return Err(error(vm, "repeat count given without format specifier"));
                    }
                }
            }
        }
        let Some((kind, item)) = kind_of(code, native) else {
            return Err(error(vm, "bad char in struct format"));
        };
        if aligned {
            size = size.checked_next_multiple_of(item).ok_or_else(too_long)?;
        }
        let offset = size;
        size = item
            .checked_mul(count)
            .and_then(|bytes| size.checked_add(bytes))
            .filter(|&n| n <= isize::MAX as usize)
            .ok_or_else(too_long)?;
        let field = match kind {
            Kind::Pad => continue,
            Kind::Bytes | Kind::Pascal => {
                values += 1;
                Field {
                    code,
                    kind,
                    size: count,
                    offset,
                    count: 1,
                }
            }
            _ => {
                values += count;
                Field {
                    code,
                    kind,
                    size: item,
                    offset,
                    count,
                }
            }
        };
        if field.count > 0 {
            vm.try_push(&mut fields, field)?;
        }
    }
    vm.check_room(fields.len() * size_of::<Field>())?;
    Ok(Layout {
        fields: fields.into(),
        size,
        values,
        big_endian,
        native,
    })
}
