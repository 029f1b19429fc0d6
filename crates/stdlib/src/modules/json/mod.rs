//! `_json`: what `json` does for every character or value, in Rust.
//!
//! * `units`: texts of any width, seen alike.
//! * `string`: reading a JSON string; `escape`: writing one.
//! * `document`: reading a whole value, natively recursive; `scanner`: the class that holds its
//!   settings (`make_scanner`).
//! * `writer`: writing a whole value; `encoder`: the class that holds its settings
//!   (`make_encoder`).
//!
//! Hooks are called in the midst of the work and may do anything: nothing is borrowed across them
//! but immutable texts and settings.

/// A setting of a scanner or encoder as an attribute, read by way of what finds the payload.
macro_rules! member {
    ($find:ident, $name:literal, bool $field:ident) => {
        GetSetDef::read_only($name, $name, |vm, this| {
            Ok(Value::bool($find(vm, this)?.$field))
        })
        .as_member()
    };
    ($find:ident, $name:literal, $field:ident) => {
        GetSetDef::read_only($name, $name, |vm, this| Ok($find(vm, this)?.$field.clone()))
            .as_member()
    };
}

mod document;
mod encoder;
mod escape;
mod scanner;
mod string;
mod units;
mod writer;

use runtime::modules::NativeModule;
use runtime::object::{Args, Chars, Dict, MethodDef, PyResult, Ref, Str, Value};
use runtime::types::module::Module;
use runtime::{Raised, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_json",
    "json speedups\n",
    &[
        MethodDef::bound(
            "encode_basestring_ascii",
            "($module, string, /)",
            "encode_basestring_ascii(string) -> string\n\n\
             Return an ASCII-only JSON representation of a Python string",
            encode_ascii,
        ),
        MethodDef::bound(
            "encode_basestring",
            "($module, string, /)",
            "encode_basestring(string) -> string\n\n\
             Return a JSON representation of a Python string",
            encode_any,
        ),
        MethodDef::raw(
            "scanstring",
            "",
            "scanstring(string, end, strict=True) -> (string, end)\n\n\
             Scan the string s for a JSON string. End is the index of the\n\
             character in s after the quote that started the JSON string.\n\
             Unescapes all valid JSON string escape sequences and raises ValueError\n\
             on attempt to decode an invalid string. If strict is False then literal\n\
             control characters are allowed in the string.\n\n\
             Returns a tuple of the decoded string and the index of the character in s\n\
             after the end quote.",
            |vm, args| scan_string(vm, args.values.get(1..).unwrap_or_default(), args.names),
        ),
    ],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(
        namespace,
        "make_scanner",
        vm.native_class(&scanner::SCANNER).into_value(),
    )?;
    vm.define(
        namespace,
        "make_encoder",
        vm.native_class(&encoder::ENCODER).into_value(),
    )
}

/// The text of the first argument.
fn text<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Str> {
    value.payload::<Str>().ok_or_else(|| {
        let given = vm.class_name(value);
        vm.type_error(format!("first argument must be a string, not {given}"))
    })
}

fn encode_ascii(vm: &Vm, args: &[Value]) -> PyResult {
    escape::quoted(vm, text(vm, &args[1])?, true)
}

fn encode_any(vm: &Vm, args: &[Value]) -> PyResult {
    escape::quoted(vm, text(vm, &args[1])?, false)
}

fn scan_string(vm: &Vm, args: &[Value], names: &[Value]) -> PyResult {
    if !names.is_empty() {
        return Err(vm.type_error("scanstring() takes no keyword arguments"));
    }
    let (document, end, strict) = match args {
        [document, end] => (document, end, None),
        [document, end, strict] => (document, end, Some(strict)),
        _ => {
            let (bound, limit) = if args.len() < 2 {
                ("least", 2)
            } else {
                ("most", 3)
            };
            return Err(vm.type_error(format!(
                "scanstring() takes at {bound} {limit} arguments ({} given)",
                args.len()
            )));
        }
    };
    let end = vm.arg_ssize(end)?;
    let strict = strict.map_or(Ok(true), |strict| vm.truth(strict))?;
    let string = text(vm, document)?;
    let start = match usize::try_from(end) {
        Ok(start) if start <= string.len() => start,
        _ => return Err(vm.value_error("end is out of bounds")),
    };
    let (string, end) = match string.chars() {
        Chars::One(units) => string::Source {
            vm,
            document,
            units,
        }
        .string(start, strict),
        Chars::Two(units) => string::Source {
            vm,
            document,
            units,
        }
        .string(start, strict),
        Chars::Four(units) => string::Source {
            vm,
            document,
            units,
        }
        .string(start, strict),
    }?;
    Ok(vm.pair(string, vm.int_usize(end)))
}

/// Refuses more arguments than a class of this module or its instances take.
fn check_count(vm: &Vm, name: &str, limit: usize, args: Args<'_>) -> PyResult<()> {
    let given = args.values.len();
    if given <= limit {
        return Ok(());
    }
    let keyword = if args.positionals().is_empty() {
        "keyword "
    } else {
        ""
    };
    let plural = if limit == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "{name}() takes at most {limit} {keyword}argument{plural} ({given} given)"
    )))
}

/// Raises `json.JSONDecodeError`.
#[cold]
fn decode_error(vm: &Vm, message: &str, document: &Value, at: i64) -> Raised {
    let made = (|| {
        let module = vm.import_dotted("json.decoder")?;
        let class = vm.get_attr(&module, &vm.intern("JSONDecodeError"))?;
        let args = [vm.str_value(message), document.clone(), vm.int(at)];
        vm.call_args(&class, Args::positional(&args))
    })();
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}
