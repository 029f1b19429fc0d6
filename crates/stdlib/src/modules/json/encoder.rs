//! `make_encoder`: the class of objects that write a value as JSON with an encoder's settings.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Dict, GetSetDef, Kind, NativeFn, Payload, PyResult, Ref, Str, TypeSlots, TypeSpec,
    Value, Visit, alloc, class_flag,
};
use runtime::types::builtin_function::BuiltinFunction;

use super::writer::Writer;
use crate::native::wrong_receiver;

/// How strings are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    /// By this module's `encode_basestring_ascii`, without calling it.
    Ascii,
    /// By this module's `encode_basestring`, without calling it.
    Any,
    /// By calling `encoder`.
    Called,
}

/// Payload of `Encoder`.
pub(super) struct Encoder {
    pub markers: Value,
    pub default: Value,
    pub encoder: Value,
    indent: Value,
    pub key_separator: Value,
    pub item_separator: Value,
    pub sort_keys: bool,
    pub skipkeys: bool,
    pub allow_nan: bool,
    pub strings: Strings,
}

impl Payload for Encoder {
    const KIND: Kind = crate::kinds::JSON_ENCODER;
    const NAME: &'static str = "Encoder";
    const FIELDS: &'static [Field] = fields![
        "markers" => markers as Value,
        "default" => default as Value,
        "encoder" => encoder as Value,
        "indent" => indent as Value,
        "key_separator" => key_separator as Value,
        "item_separator" => item_separator as Value,
        "sort_keys" => sort_keys as Bool,
        "skipkeys" => skipkeys as Bool,
        "allow_nan" => allow_nan as Bool,
        "strings" => strings as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.markers);
        visitor.value(&self.default);
        visitor.value(&self.encoder);
        visitor.value(&self.indent);
        visitor.value(&self.key_separator);
        visitor.value(&self.item_separator);
    }
}

/// Declaration of `Encoder`.
pub(super) static ENCODER: TypeSpec = TypeSpec {
    doc: "_iterencode(obj, _current_indent_level) -> iterable",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &[
        member!(encoder_of, "markers", markers),
        member!(encoder_of, "default", default),
        member!(encoder_of, "encoder", encoder),
        member!(encoder_of, "indent", indent),
        member!(encoder_of, "key_separator", key_separator),
        member!(encoder_of, "item_separator", item_separator),
        member!(encoder_of, "sort_keys", bool sort_keys),
        member!(encoder_of, "skipkeys", bool skipkeys),
    ],
    ..TypeSpec::of::<Encoder>("_json.Encoder")
};

fn encoder_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Encoder> {
    this.payload::<Encoder>()
        .ok_or_else(|| wrong_receiver(vm, "_json.Encoder"))
}

type Code = fn(&Vm, &[Value]) -> PyResult;

fn code_is(code: Code, wanted: Code) -> bool {
    std::ptr::fn_addr_eq(code, wanted)
}

/// How strings are written if this is the function for it.
fn strings_of(encoder: &Value) -> Strings {
    let code = encoder
        .payload::<BuiltinFunction>()
        .map(|function| function.def.code);
    match code {
        Some(NativeFn::Bound(code)) if code_is(code, super::encode_ascii) => Strings::Ascii,
        Some(NativeFn::Bound(code)) if code_is(code, super::encode_any) => Strings::Any,
        _ => Strings::Called,
    }
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let signature = "(markers, default, encoder, indent, key_separator, item_separator, \
                     sort_keys, skipkeys, allow_nan)";
    super::check_count(vm, "make_encoder", 9, args)?;
    let bound = vm.bind_parameters("make_encoder", signature, args)?;
    for place in [4, 5] {
        if bound[place].payload::<Str>().is_none() {
            return Err(vm.type_error(format!(
                "make_encoder() argument {} must be str, not {}",
                place + 1,
                vm.class_name(&bound[place])
            )));
        }
    }
    let (sort_keys, skipkeys) = (vm.truth(&bound[6])?, vm.truth(&bound[7])?);
    let allow_nan = vm.truth(&bound[8])?;
    if !bound[0].is_none() && bound[0].payload::<Dict>().is_none() {
        return Err(vm.type_error(format!(
            "make_encoder() argument 1 must be dict or None, not {}",
            vm.class_name(&bound[0])
        )));
    }
    let encoder = Encoder {
        markers: bound[0].clone(),
        default: bound[1].clone(),
        encoder: bound[2].clone(),
        indent: bound[3].clone(),
        key_separator: bound[4].clone(),
        item_separator: bound[5].clone(),
        sort_keys,
        skipkeys,
        allow_nan,
        strings: strings_of(&bound[2]),
    };
    Ok(alloc(class, encoder).into_value())
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    super::check_count(vm, "_iterencode", 2, args)?;
    let bound = vm.bind_parameters("_iterencode", "(obj, _current_indent_level)", args)?;
    vm.arg_ssize(&bound[1])?;
    let mut writer = Writer::new(vm, encoder_of(vm, this)?);
    writer.value(&bound[0])?;
    Ok(vm.tuple_value([writer.finish()?]))
}
