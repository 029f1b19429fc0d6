//! `str(…)`.

use crate::object::{Args, Class, PyResult, Ref, Str, Value};
use crate::types::codecs;
use crate::types::text_args::bind_constructor;
use crate::vm::Vm;

/// `str(object='')`, `str(bytes, encoding='utf-8', errors='strict')`
pub fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [object, encoding, errors] =
        bind_constructor(vm, "str", args, ["object", "encoding", "errors"])?;
    let text = match (object.given(), encoding.given(), errors.given()) {
        (None, ..) => vm.str(""),
        (Some(object), None, None) => vm.str_of(object)?,
        (Some(object), encoding, errors) => {
            let encoding = option_arg(vm, "str()", "encoding", encoding)?;
            let errors = option_arg(vm, "str()", "errors", errors)?;
            decode_object(vm, object, encoding, errors)?
        }
    };
    if class.is(&vm.types.str) {
        return Ok(text.into_value());
    }
    Ok(vm.str_of_class(class, &text).into_value())
}

/// An argument of a codec function: a string without null characters.
pub fn option_arg<'a>(
    vm: &Vm,
    function: &str,
    name: &str,
    value: Option<&'a Value>,
) -> PyResult<Option<&'a Ref<Str>>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let Some(text) = value.as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "{function} argument '{name}' must be str, not {}",
            vm.argument_type(value)
        )));
    };
    vm.check_utf8(text)?;
    if text.iter().any(|c| c == 0) {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(Some(text))
}

/// `str(object, encoding, errors)`
fn decode_object(
    vm: &Vm,
    object: &Value,
    encoding: Option<&Ref<Str>>,
    errors: Option<&Ref<Str>>,
) -> PyResult<Ref<Str>> {
    if object.payload::<Str>().is_some() {
        return Err(vm.type_error("decoding str is not supported"));
    }
    if !vm.has_buffer(object) {
        return Err(vm.type_error(format!(
            "decoding to str: need a bytes-like object, {} found",
            vm.class_name(object)
        )));
    }
    codecs::decode_text(vm, object, encoding, errors)
}
