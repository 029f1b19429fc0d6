//! `make_scanner`: the class of objects that read a JSON value with a decoder's settings.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Chars, Class, GetSetDef, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, Visit,
    alloc, class_flag,
};

use super::document::Document;
use crate::native::wrong_receiver;

/// Payload of `Scanner`.
pub(super) struct Scanner {
    pub strict: bool,
    pub object_hook: Value,
    pub object_pairs_hook: Value,
    pub parse_float: Value,
    pub parse_int: Value,
    pub parse_constant: Value,
}

impl Payload for Scanner {
    const KIND: Kind = crate::kinds::JSON_SCANNER;
    const NAME: &'static str = "Scanner";
    const FIELDS: &'static [Field] = fields![
        "strict" => strict as Bool,
        "object_hook" => object_hook as Value,
        "object_pairs_hook" => object_pairs_hook as Value,
        "parse_float" => parse_float as Value,
        "parse_int" => parse_int as Value,
        "parse_constant" => parse_constant as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.object_hook);
        visitor.value(&self.object_pairs_hook);
        visitor.value(&self.parse_float);
        visitor.value(&self.parse_int);
        visitor.value(&self.parse_constant);
    }
}

/// Declaration of `Scanner`.
pub(super) static SCANNER: TypeSpec = TypeSpec {
    doc: "JSON scanner object",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        call: Some(call),
        ..TypeSlots::EMPTY
    },
    getset: &[
        member!(scanner_of, "strict", bool strict),
        member!(scanner_of, "object_hook", object_hook),
        member!(scanner_of, "object_pairs_hook", object_pairs_hook),
        member!(scanner_of, "parse_float", parse_float),
        member!(scanner_of, "parse_int", parse_int),
        member!(scanner_of, "parse_constant", parse_constant),
    ],
    ..TypeSpec::of::<Scanner>("_json.Scanner")
};

fn scanner_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Scanner> {
    this.payload::<Scanner>()
        .ok_or_else(|| wrong_receiver(vm, "_json.Scanner"))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    super::check_count(vm, "make_scanner", 1, args)?;
    let bound = vm.bind_parameters("make_scanner", "(context)", args)?;
    let setting = |name: &str| vm.get_attr(&bound[0], &vm.intern(name));
    let strict = setting("strict")?;
    let scanner = Scanner {
        strict: vm.truth(&strict)?,
        object_hook: setting("object_hook")?,
        object_pairs_hook: setting("object_pairs_hook")?,
        parse_float: setting("parse_float")?,
        parse_int: setting("parse_int")?,
        parse_constant: setting("parse_constant")?,
    };
    Ok(alloc(class, scanner).into_value())
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    super::check_count(vm, "scan_once", 2, args)?;
    let bound = vm.bind_parameters("scan_once", "(string, idx)", args)?;
    let scanner = scanner_of(vm, this)?;
    let at = vm.arg_ssize(&bound[1])?;
    let document = &bound[0];
    let text = super::text(vm, document)?;
    let Ok(at) = usize::try_from(at) else {
        return Err(vm.value_error("idx cannot be negative"));
    };
    let (value, end) = match text.chars() {
        Chars::One(units) => Document::new(vm, scanner, document, units).value(at),
        Chars::Two(units) => Document::new(vm, scanner, document, units).value(at),
        Chars::Four(units) => Document::new(vm, scanner, document, units).value(at),
    }?;
    Ok(vm.pair(value, vm.int_usize(end)))
}
