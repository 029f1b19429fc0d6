//! Numbers and strings as text: the format mini-language, `%` conversions, digits of floats.
//!
//! `spec` parses `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`; `number` and
//! `text` apply a parsed specification; `float` makes digits; `percent` serves `'%d' % x`;
//! `digits` knows the digits of all scripts.

pub mod digits;
pub mod float;
mod number;
pub mod percent;
mod spec;
mod text;

pub use number::{format_complex, format_float, format_int};
pub use spec::{Align, FormatSpec, Grouping, Sign};
pub use text::format_str;

use crate::object::{PyResult, Ref, Str, Value};
use crate::vm::Vm;

/// The argument of a builtin `__format__`.
pub fn spec_argument<'a>(vm: &Vm, argument: &'a Value) -> PyResult<&'a Str> {
    argument.payload::<Str>().ok_or_else(|| {
        vm.type_error(format!(
            "__format__() argument must be str, not {}",
            vm.argument_type(argument)
        ))
    })
}

impl Vm {
    /// `format(value, spec)`.
    pub fn format(&self, value: &Value, spec: &Value) -> PyResult<Ref<Str>> {
        let Some(text) = spec.payload::<Str>() else {
            return Err(self.type_error(format!(
                "Format specifier must be a string, not {}",
                self.class_name(spec)
            )));
        };
        let class = self.class_of(value);
        let types = self.types;
        // Nobody can change the `__format__` of these.
        if class.is(&types.str) || class.is(&types.int) || class.is(&types.float) {
            if text.is_empty() {
                return self.str_of(value);
            }
            let result = if class.is(&types.str) {
                format_str(self, value, text)?
            } else if class.is(&types.int) {
                format_int(self, value, text)?
            } else {
                format_float(self, value, text)?
            };
            if let Ok(result) = result.downcast() {
                return Ok(result);
            }
        }
        let _guard = self.enter_native(" while calling a Python object")?;
        let Some(result) =
            self.call_special(value, &self.names.__format__, std::slice::from_ref(spec))?
        else {
            return Err(self.type_error(format!(
                "Type {} doesn't define __format__",
                self.class_name(value)
            )));
        };
        let class = self.class_name(&result);
        result
            .downcast()
            .map_err(|_| self.type_error(format!("__format__ must return a str, not {class}")))
    }
}
