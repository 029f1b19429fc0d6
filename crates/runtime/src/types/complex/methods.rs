//! The methods and attributes of `complex`.

use super::positive;
use crate::object::{GetSetDef, MethodDef, Value};
use crate::types::format;

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "conjugate",
        "($self, /)",
        "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.",
        |vm, args| {
            let (re, im) = parts(&args[0]);
            Ok(vm.complex(re, -im))
        },
    ),
    MethodDef::bound(
        "__complex__",
        "($self, /)",
        "Convert this value to exact type complex.",
        |vm, args| positive(vm, &args[0]),
    ),
    MethodDef::bound("__getnewargs__", "($self, /)", "", |vm, args| {
        let (re, im) = parts(&args[0]);
        Ok(vm.tuple_value([vm.float(re), vm.float(im)]))
    }),
    MethodDef::bound(
        "__format__",
        "($self, format_spec, /)",
        "Convert to a string according to format_spec.",
        |vm, args| {
            let spec = format::spec_argument(vm, &args[1])?;
            format::format_complex(vm, &args[0], parts(&args[0]), spec)
        },
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("real", "the real part of a complex number", |vm, z| {
        Ok(vm.float(parts(z).0))
    })
    .as_member(),
    GetSetDef::read_only("imag", "the imaginary part of a complex number", |vm, z| {
        Ok(vm.float(parts(z).1))
    })
    .as_member(),
];

fn parts(value: &Value) -> (f64, f64) {
    value.as_complex().unwrap_or_default()
}
