//! The methods and attributes of `int`.

use super::arithmetic;
use super::big;
use crate::object::{Bytes, GetSetDef, IntView, MethodDef, PyResult, Str, Value};
use crate::types::format;
use crate::vm::Vm;

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "conjugate",
        "($self, /)",
        "Returns self, the complex conjugate of any int.",
        exact,
    )
    .unsigned(),
    MethodDef::bound(
        "bit_length",
        "($self, /)",
        "Number of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> \
         (37).bit_length()\n6",
        bit_length,
    ),
    MethodDef::bound(
        "bit_count",
        "($self, /)",
        "Number of ones in the binary representation of the absolute value of self.\n\nAlso known \
         as the population count.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3",
        bit_count,
    ),
    MethodDef::bound(
        "to_bytes",
        "($self, /, length=1, byteorder='big', *, signed=False)",
        "Return an array of bytes representing an integer.\n\n  length\n    Length of bytes object \
         to use.  An OverflowError is raised if the\n    integer is not representable with the \
         given number of bytes.  Default\n    is length 1.\n  byteorder\n    The byte order used \
         to represent the integer.  If byteorder is 'big',\n    the most significant byte is at \
         the beginning of the byte array.  If\n    byteorder is 'little', the most significant \
         byte is at the end of the\n    byte array.  To request the native byte order of the host \
         system, use\n    `sys.byteorder' as the byte order value.  Default is to use 'big'.\n  \
         signed\n    Determines whether two's complement is used to represent the integer.\n    \
         If signed is False and a negative integer is given, an OverflowError\n    is raised.",
        to_bytes,
    ),
    MethodDef::bound(
        "from_bytes",
        "($type, /, bytes, byteorder='big', *, signed=False)",
        "Return the integer represented by the given array of bytes.\n\n  bytes\n    Holds the \
         array of bytes to convert.  The argument must either\n    support the buffer protocol or \
         be an iterable object producing bytes.\n    Bytes and bytearray are examples of built-in \
         objects that support the\n    buffer protocol.\n  byteorder\n    The byte order used to \
         represent the integer.  If byteorder is 'big',\n    the most significant byte is at the \
         beginning of the byte array.  If\n    byteorder is 'little', the most significant byte \
         is at the end of the\n    byte array.  To request the native byte order of the host \
         system, use\n    `sys.byteorder' as the byte order value.  Default is to use 'big'.\n  \
         signed\n    Indicates whether two's complement is used to represent the integer.",
        from_bytes,
    )
    .class_method(),
    MethodDef::bound(
        "as_integer_ratio",
        "($self, /)",
        "Return a pair of integers, whose ratio is equal to the original int.\n\nThe ratio is in \
         lowest terms and has a positive denominator.\n\n>>> (10).as_integer_ratio()\n(10, \
         1)\n>>> (-10).as_integer_ratio()\n(-10, 1)\n>>> (0).as_integer_ratio()\n(0, 1)",
        as_integer_ratio,
    ),
    MethodDef::bound(
        "__trunc__",
        "($self, /)",
        "Truncating an Integral returns itself.",
        exact,
    )
    .unsigned(),
    MethodDef::bound(
        "__floor__",
        "($self, /)",
        "Flooring an Integral returns itself.",
        exact,
    )
    .unsigned(),
    MethodDef::bound(
        "__ceil__",
        "($self, /)",
        "Ceiling of an Integral returns itself.",
        exact,
    )
    .unsigned(),
    MethodDef::bound(
        "__round__",
        "($self, ndigits=<unrepresentable>, /)",
        "Rounding an Integral returns itself.\n\nRounding with an ndigits argument also returns \
         an integer.",
        round,
    ),
    MethodDef::bound("__getnewargs__", "($self, /)", "", getnewargs),
    MethodDef::bound(
        "__format__",
        "($self, format_spec, /)",
        "Convert to a string according to format_spec.",
        format_method,
    ),
    MethodDef::bound(
        "is_integer",
        "($self, /)",
        "Returns True. Exists for duck type compatibility with float.is_integer.",
        |_, _| Ok(Value::TRUE),
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only(
        "real",
        "the real part of a complex number",
        arithmetic::positive,
    ),
    GetSetDef::read_only("imag", "the imaginary part of a complex number", |_, _| {
        Ok(Value::small_int(0))
    }),
    GetSetDef::read_only(
        "numerator",
        "the numerator of a rational number in lowest terms",
        arithmetic::positive,
    ),
    GetSetDef::read_only(
        "denominator",
        "the denominator of a rational number in lowest terms",
        |_, _| Ok(Value::small_int(1)),
    ),
];

fn exact(vm: &Vm, args: &[Value]) -> PyResult {
    arithmetic::positive(vm, &args[0])
}

fn view(value: &Value) -> IntView<'_> {
    value.as_int().unwrap_or(IntView::Small(0))
}

fn bit_length(vm: &Vm, args: &[Value]) -> PyResult {
    let mut room = [0];
    Ok(vm.int_u64(big::bit_length(view(&args[0]).signed(&mut room).limbs)))
}

fn bit_count(vm: &Vm, args: &[Value]) -> PyResult {
    let mut room = [0];
    Ok(vm.int_u64(big::bit_count(view(&args[0]).signed(&mut room).limbs)))
}

/// True for 'little'.
fn is_little_endian(vm: &Vm, order: &Value, method: &str) -> PyResult<bool> {
    let Some(order) = order.given() else {
        return Ok(false);
    };
    match order.payload::<Str>() {
        Some(s) if s.equals_str("little") => Ok(true),
        Some(s) if s.equals_str("big") => Ok(false),
        Some(_) => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
        None => Err(vm.type_error(format!(
            "{method}() argument 'byteorder' must be str, not {}",
            vm.argument_type(order)
        ))),
    }
}

fn is_true(vm: &Vm, value: &Value) -> PyResult<bool> {
    value.given().map_or(Ok(false), |value| vm.truth(value))
}

fn to_bytes(vm: &Vm, args: &[Value]) -> PyResult {
    let length = match args[1].given() {
        Some(length) => vm.arg_ssize(length)?,
        None => 1,
    };
    let little = is_little_endian(vm, &args[2], "to_bytes")?;
    let is_signed = is_true(vm, &args[3])?;
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    let mut room = [0];
    let number = view(&args[0]).signed(&mut room);
    if number.negative && !is_signed {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    if length > crate::types::bytes::operators::LONGEST {
        return Err(vm.overflow_error("byte string is too large"));
    }
    vm.check_int_size(length / 8 + 1)?;
    let mut bytes = vec![0; length];
    // No bytes at all hold -1, whose every byte would only repeat the sign.
    let is_empty_sign = length == 0 && number.negative && number.limbs == [1];
    if !is_empty_sign && !big::to_le_bytes(number, is_signed, &mut bytes) {
        return Err(vm.overflow_error("int too big to convert"));
    }
    if !little {
        bytes.reverse();
    }
    Ok(vm.try_bytes(&bytes)?.into_value())
}

/// `bytes(value)`, except that an integer is no length.
fn bytes_of(vm: &Vm, value: &Value) -> PyResult<Vec<u8>> {
    if let Some(bytes) = vm.call_special(value, &vm.names.__bytes__, &[])? {
        if bytes.payload::<Bytes>().is_none() {
            return Err(vm.type_error(format!(
                "__bytes__ returned non-bytes (type {})",
                vm.class_name(&bytes)
            )));
        }
        return vm.copied_bytes(&bytes);
    }
    crate::types::bytes::construct::from_object(vm, value, "bytes")
}

fn from_bytes(vm: &Vm, args: &[Value]) -> PyResult {
    let little = is_little_endian(vm, &args[2], "from_bytes")?;
    let mut bytes = bytes_of(vm, &args[1])?;
    let is_signed = is_true(vm, &args[3])?;
    if !little {
        bytes.reverse();
    }
    let number = vm.int_big(&big::from_le_bytes(&bytes, is_signed))?;
    if args[0].is(vm.types.int.as_value()) {
        return Ok(number);
    }
    vm.call1(&args[0], &number)
}

fn as_integer_ratio(vm: &Vm, args: &[Value]) -> PyResult {
    let numerator = arithmetic::positive(vm, &args[0])?;
    Ok(vm.tuple_value([numerator, Value::small_int(1)]))
}

fn getnewargs(vm: &Vm, args: &[Value]) -> PyResult {
    let number = vm.int_from_view(view(&args[0]))?;
    Ok(vm.tuple_value([number]))
}

/// To the nearest multiple of `10 ** -ndigits`, ties to the even one.
fn round(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(digits) = args[1].given() else {
        return arithmetic::positive(vm, &args[0]);
    };
    let digits = vm.index(digits)?;
    let digits = view(&digits);
    if !digits.is_negative() {
        return arithmetic::positive(vm, &args[0]);
    }
    let mut room = [0];
    let number = view(&args[0]).signed(&mut room);
    let places = digits.to_i64().map_or(u64::MAX, i64::unsigned_abs);
    // With more places than the number has digits, and one to spare, the result is 0.
    if places as f64 > big::bit_length(number.limbs) as f64 * 0.302 + 2.0 {
        return Ok(Value::small_int(0));
    }
    let ten = big::Signed {
        negative: false,
        limbs: &[10],
    };
    let unit = big::pow(ten, places as usize);
    let (quotient, rest) = big::div_mod_floor(number, unit.signed());
    let twice = big::shl(rest.signed(), 1);
    let up = match big::cmp(twice.signed(), unit.signed()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient.signed().is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    let floor = big::sub(number, rest.signed());
    if up {
        vm.int_big(&big::add(floor.signed(), unit.signed()))
    } else {
        vm.int_big(&floor)
    }
}

fn format_method(vm: &Vm, args: &[Value]) -> PyResult {
    let spec = format::spec_argument(vm, &args[1])?;
    format::format_int(vm, &args[0], spec)
}
