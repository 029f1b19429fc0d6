//! Values to bytes and back, by a layout.

use runtime::object::buffer::load_word;
use runtime::object::{ByteArray, Bytes, IntView};
use runtime::{PyResult, Value, Vm};

use super::error;
use super::format::{Field, Kind, Layout};

/// Writes values into a place that is large enough and zeroed.
pub(super) fn pack(vm: &Vm, layout: &Layout, values: &[Value], target: &mut [u8]) -> PyResult<()> {
    let mut values = values.iter();
    for field in &layout.fields {
        for item in 0..field.count {
            let Some(value) = values.next() else {
                return Ok(());
            };
            let start = field.offset + item * field.size;
            let Some(place) = target.get_mut(start..start + field.size) else {
                return Ok(());
            };
            pack_item(vm, layout, field, value, place)?;
        }
    }
    Ok(())
}

fn put(layout: &Layout, place: &mut [u8], bytes: u64) {
    let size = place.len();
    if layout.big_endian {
        place.copy_from_slice(&bytes.to_be_bytes()[8 - size..]);
    } else {
        place.copy_from_slice(&bytes.to_le_bytes()[..size]);
    }
}

fn pack_item(
    vm: &Vm,
    layout: &Layout,
    field: &Field,
    value: &Value,
    place: &mut [u8],
) -> PyResult<()> {
    match field.kind {
        Kind::Pad => {}
        Kind::Char => match value.payload::<Bytes>().map(|b| b.as_slice()) {
            Some([byte]) => place[0] = *byte,
            _ => {
                return Err(error(vm, "char format requires a bytes object of length 1"));
            }
        },
        Kind::Bool => place[0] = vm.truth(value)?.into(),
        Kind::Signed(size) => {
            let bits = u32::from(size) * 8;
            let (low, high) = (i64::MIN >> (64 - bits), i64::MAX >> (64 - bits));
            let number = match value.as_small_int() {
                Some(i) => Some(i),
                None => integer(vm, value)?.as_int().and_then(IntView::to_i64),
            };
            match number {
                Some(i) if (low..=high).contains(&i) => put(layout, place, i as u64),
                _ => return Err(out_of_range(vm, field, &low, &high)),
            }
        }
        Kind::Unsigned(size) => {
            let high = u64::MAX >> (64 - u32::from(size) * 8);
            let number = match value.as_small_int() {
                Some(i) => u64::try_from(i).ok(),
                None => integer(vm, value)?.as_int().and_then(IntView::to_u64),
            };
            match number {
                Some(i) if i <= high => put(layout, place, i),
                _ => return Err(out_of_range(vm, field, &0, &high)),
            }
        }
        Kind::Pointer => {
            let value = integer(vm, value)?;
            let view = value.as_int();
            let word = view.and_then(IntView::to_u64);
            let signed = view.and_then(IntView::to_i64).map(|i| i as u64);
            match word.or(signed) {
                Some(word) => put(layout, place, word),
                None => return Err(error(vm, "int too large to convert")),
            }
        }
        Kind::Half => {
            let x = float(vm, value)?;
            match half_of(x) {
                Some(bits) => put(layout, place, bits.into()),
                None => {
                    return Err(too_large(vm, value, 'e'));
                }
            }
        }
        Kind::Single => {
            let x = float(vm, value)?;
            let narrow = x as f32;
            if narrow.is_infinite() && x.is_finite() && !layout.native {
                return Err(too_large(vm, value, 'f'));
            }
            put(layout, place, narrow.to_bits().into());
        }
        Kind::Double => put(layout, place, float(vm, value)?.to_bits()),
        Kind::Bytes | Kind::Pascal => pack_bytes(vm, field, value, place)?,
    }
    Ok(())
}

fn pack_bytes(vm: &Vm, field: &Field, value: &Value, place: &mut [u8]) -> PyResult<()> {
    let pascal = field.kind == Kind::Pascal;
    if value.payload::<Bytes>().is_none() && value.payload::<ByteArray>().is_none() {
        let code = char::from(field.code);
        return Err(error(
            vm,
            &format!("argument for '{code}' must be a bytes object"),
        ));
    }
    let (length, body) = match (pascal, place.split_first_mut()) {
        (false, _) => (None, place),
        (true, None) => return Ok(()),
        (true, Some((length, body))) => (Some(length), body),
    };
    let copied = vm.with_bytes_of(value, |bytes| {
        let count = bytes.len().min(body.len());
        body[..count].copy_from_slice(&bytes[..count]);
        count
    })?;
    if let Some(length) = length {
        *length = copied.min(255) as u8;
    }
    Ok(())
}

fn integer(vm: &Vm, value: &Value) -> PyResult {
    if value.is_int() {
        return Ok(value.clone());
    }
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(error(vm, "required argument is not an integer"));
    }
    vm.index(value)
}

fn float(vm: &Vm, value: &Value) -> PyResult<f64> {
    if let Some(x) = value.as_small_float() {
        return Ok(x);
    }
    vm.as_f64(value).map_err(|raised| {
        drop(vm.take_exception(raised));
        error(vm, "required argument is not a float")
    })
}

/// What is too large for a narrow float; of an int struct has a word of its own.
#[cold]
fn too_large(vm: &Vm, value: &Value, code: char) -> runtime::Raised {
    if value.as_int().is_some() {
        return error(vm, "int too large to convert");
    }
    vm.overflow_error(format!("float too large to pack with {code} format"))
}

#[cold]
fn out_of_range(
    vm: &Vm,
    field: &Field,
    low: &dyn std::fmt::Display,
    high: &dyn std::fmt::Display,
) -> runtime::Raised {
    let code = char::from(field.code);
    error(
        vm,
        &format!("'{code}' format requires {low} <= number <= {high}"),
    )
}

/// Reads the values; `source` has the layout's size.
pub(super) fn unpack(vm: &Vm, layout: &Layout, source: &[u8]) -> PyResult {
    let mut values = Vec::new();
    let room = values.try_reserve_exact(layout.values.min(source.len() + 1));
    room.map_err(|_| vm.memory_error())?;
    for field in &layout.fields {
        for item in 0..field.count {
            let start = field.offset + item * field.size;
            let bytes = source.get(start..start + field.size).unwrap_or_default();
            vm.try_push(&mut values, unpack_item(vm, layout, field, bytes)?)?;
        }
    }
    Ok(vm.tuple_value(values))
}

#[inline]
fn word(layout: &Layout, bytes: &[u8]) -> u64 {
    let word = load_word(bytes);
    if layout.big_endian == cfg!(target_endian = "big") {
        return word;
    }
    word.swap_bytes() >> (64 - 8 * bytes.len().clamp(1, 8))
}

fn unpack_item(vm: &Vm, layout: &Layout, field: &Field, bytes: &[u8]) -> PyResult {
    Ok(match field.kind {
        Kind::Pad => Value::NONE,
        Kind::Char | Kind::Bytes => vm.try_bytes(bytes)?.into_value(),
        Kind::Pascal => {
            let (length, body) = bytes.split_first().unwrap_or((&0, &[]));
            let count = usize::from(*length).min(body.len());
            vm.try_bytes(&body[..count])?.into_value()
        }
        Kind::Bool => Value::bool(bytes != [0]),
        Kind::Signed(size) => {
            let shift = 64 - u32::from(size) * 8;
            vm.int((word(layout, bytes) << shift) as i64 >> shift)
        }
        Kind::Unsigned(_) | Kind::Pointer => vm.int_u64(word(layout, bytes)),
        Kind::Half => vm.float(float_of_half(word(layout, bytes) as u16)),
        Kind::Single => vm.float(f32::from_bits(word(layout, bytes) as u32).into()),
        Kind::Double => vm.float(f64::from_bits(word(layout, bytes))),
    })
}

/// The IEEE half-precision number nearest to `x`, ties to even; None if that is too large.
fn half_of(x: f64) -> Option<u16> {
    let sign = ((x.to_bits() >> 48) & 0x8000) as u16;
    let magnitude = x.abs();
    if x.is_nan() {
        return Some(sign | 0x7E00);
    }
    if magnitude.is_infinite() {
        return Some(sign | 0x7C00);
    }
    // The distance of neighbours: 2^-24 below the normal range, else 2^(exponent - 10).
    let exponent = if magnitude < 6.103_515_625e-5 {
        -14
    } else {
        ((magnitude.to_bits() >> 52) as i32) - 1023
    };
    let steps = (magnitude * f64::from(10 - exponent).exp2()).round_ties_even();
    // Steps carry over into the exponent by themselves.
    let bits = steps as u32 + (((exponent + 14) as u32) << 10);
    (bits < 0x7C00).then_some(sign | bits as u16)
}

fn float_of_half(half: u16) -> f64 {
    let sign = if half & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(half >> 10 & 0x1F), f64::from(half & 0x3FF));
    sign * match exponent {
        0 => fraction * f64::from(-24).exp2(),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * f64::from(exponent - 25).exp2(),
    }
}
