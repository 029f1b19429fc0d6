//! `int(x=0)` and `int(x, base)`.

use super::text;
use crate::object::{Args, Class, Kind, PyResult, Ref, Str, Value};
use crate::vm::Vm;

/// `int.__new__`.
pub(super) fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let (value, base) = bind(vm, args)?;
    let number = match (value, base) {
        (None, None) => Value::small_int(0),
        (None, Some(_)) => return Err(vm.type_error("int() missing string argument")),
        (Some(value), None) => number_to_int(vm, value)?,
        (Some(value), Some(base)) => from_text(vm, value, base)?,
    };
    if class.is(&vm.types.int) {
        return vm.exact_int(&number);
    }
    match number.as_int() {
        Some(view) => vm.int_of_class(class, view),
        None => Ok(number),
    }
}

fn bind<'a>(vm: &Vm, args: Args<'a>) -> PyResult<(Option<&'a Value>, Option<&'a Value>)> {
    let total = args.values.len();
    if total > 2 {
        return Err(vm.type_error(format!("int() takes at most 2 arguments ({total} given)")));
    }
    let positional = args.positionals();
    let (value, mut base) = (positional.first(), positional.get(1));
    for (name, argument) in args.keywords() {
        if name.payload::<Str>().is_some_and(|s| s.equals_str("base")) {
            if base.is_some() {
                return Err(
                    vm.type_error("argument for int() given by name ('base') and position (2)")
                );
            }
            base = Some(argument);
        } else {
            return Err(vm.type_error(format!(
                "'{}' is an invalid keyword argument for int()",
                vm.display(name)
            )));
        }
    }
    Ok((value, base))
}

fn from_text(vm: &Vm, value: &Value, base: &Value) -> PyResult {
    let base = vm.index_clamped(base)?;
    let base = match u32::try_from(base) {
        Ok(base @ (0 | 2..=36)) => base,
        _ => return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0")),
    };
    if let Some(string) = value.payload::<Str>() {
        return text::from_str(vm, string, base, value);
    }
    if matches!(vm.class_of(value).kind, Kind::BYTES | Kind::BYTEARRAY) {
        return text::from_buffer(vm, &vm.copied_bytes(value)?, base);
    }
    Err(vm.type_error("int() can't convert non-string with explicit base"))
}

/// `int(x)`: by `__int__`, `__index__` or `__trunc__`, or from text.
pub fn number_to_int(vm: &Vm, value: &Value) -> PyResult {
    let class = vm.class_of(value);
    if class.is(&vm.types.int) {
        return Ok(value.clone());
    }
    if let Some(nb_int) = class.slots().nb_int {
        let result = nb_int(vm, value)?;
        let result = vm.checked_int_result(result, "__int__")?;
        return vm.exact_int(&result);
    }
    if class.slots().nb_index.is_some() {
        return vm.index(value);
    }
    if let Some(method) = vm.lookup_special(value, &vm.names.__trunc__)? {
        vm.warn(
            &vm.types.exceptions.deprecation_warning,
            "The delegation of int() to __trunc__ is deprecated.",
            1,
        )?;
        let result = vm.call0(&method)?;
        if result.is_int() {
            return vm.exact_int(&result);
        }
        if vm.class_of(&result).slots().nb_index.is_none() {
            return Err(vm.type_error(format!(
                "__trunc__ returned non-Integral (type {})",
                vm.class_name(&result)
            )));
        }
        return vm.index(&result);
    }
    if let Some(string) = value.payload::<Str>() {
        return text::from_str(vm, string, 10, value);
    }
    if vm.has_buffer(value) {
        match vm.copied_bytes(value) {
            Ok(bytes) => return text::from_buffer(vm, &bytes, 10),
            Err(raised) => drop(vm.take_exception(raised)),
        }
    }
    Err(vm.type_error(format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        vm.class_name(value)
    )))
}
