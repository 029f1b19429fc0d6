//! `pyexpat`: a parser of XML that is fed piece by piece and calls handlers.
//!
//! `machine` and `markup` read documents, `dtd` document types, `names` resolves prefixes; `parser` is the
//! Python class, `calls` turns events into calls of handlers.  The interface is that of Expat 2.5.

mod calls;
mod dtd;
mod errors;
mod event;
mod input;
mod machine;
mod markup;
mod names;
mod parser;
mod scan;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "pyexpat",
    "Python wrapper for Expat parser.",
    &[
        MethodDef::bound(
            "ParserCreate",
            "($module, /, encoding=None, namespace_separator=None,\n\
             \x20            intern=<unrepresentable>)",
            "Return a new XML parser object.",
            |vm, args| parser::create(vm, &args[1], &args[2], &args[3]),
        ),
        MethodDef::bound(
            "ErrorString",
            "($module, code, /)",
            "Returns string error for given number.",
            |vm, args| match u8::try_from(vm.arg_long(&args[1])?) {
                Ok(code) if code > 0 && usize::from(code) <= errors::ERRORS.len() => {
                    Ok(vm.str_value(errors::Code(code).text()))
                }
                _ => Ok(Value::NONE),
            },
        ),
    ],
)
.with_init(init);

/// The version of Expat whose behaviour this is.
const VERSION: [i64; 3] = [2, 5, 0];

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let base = &vm.types.exceptions.exception;
    let error = vm.native_exception("xml.parsers.expat", "ExpatError", base)?;
    vm.define(namespace, "error", error.clone())?;
    vm.define(namespace, "ExpatError", error)?;
    let class = vm.native_class(&parser::PARSER);
    vm.define(namespace, "XMLParserType", class.into_value())?;
    let [major, minor, micro] = VERSION;
    let version = format!("expat_{major}.{minor}.{micro}");
    vm.define(namespace, "EXPAT_VERSION", vm.str_value(&version))?;
    let version = vm.tuple_value(VERSION.map(|number| vm.int(number)));
    vm.define(namespace, "version_info", version)?;
    vm.define(namespace, "native_encoding", vm.str_value("UTF-8"))?;
    let features = [
        ("sizeof(XML_Char)", 1),
        ("sizeof(XML_LChar)", 1),
        ("XML_DTD", 0),
        ("XML_CONTEXT_BYTES", 1024),
        ("XML_NS", 0),
        ("XML_BLAP_MAX_AMP", 100),
        ("XML_BLAP_ACT_THRES", 8_388_608),
    ];
    let features =
        features.map(|(name, number)| vm.tuple_value([vm.str_value(name), vm.int(number)]));
    vm.define(namespace, "features", vm.list_from(features)?.into_value())?;
    for (name, number) in [
        ("XML_PARAM_ENTITY_PARSING_NEVER", 0),
        ("XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", 1),
        ("XML_PARAM_ENTITY_PARSING_ALWAYS", 2),
    ] {
        vm.define(namespace, name, vm.int(number))?;
    }
    let (codes, messages) = (vm.dict(), vm.dict());
    let listed = submodule(
        vm,
        namespace,
        "errors",
        "Constants used to describe error conditions.",
    )?;
    for (place, (name, text)) in errors::ERRORS.iter().enumerate() {
        let (code, text) = (vm.int_usize(place + 1), vm.str_value(text));
        vm.set_attr(&listed, &vm.intern(name), &text)?;
        codes.insert(vm, &text, code.clone())?;
        messages.insert(vm, &code, text)?;
    }
    vm.set_attr(&listed, &vm.intern("codes"), &codes.into_value())?;
    vm.set_attr(&listed, &vm.intern("messages"), &messages.into_value())?;
    let model = submodule(
        vm,
        namespace,
        "model",
        "Constants used to interpret content model information.",
    )?;
    for (name, number) in [
        ("XML_CTYPE_EMPTY", 1),
        ("XML_CTYPE_ANY", 2),
        ("XML_CTYPE_MIXED", 3),
        ("XML_CTYPE_NAME", 4),
        ("XML_CTYPE_CHOICE", 5),
        ("XML_CTYPE_SEQ", 6),
        ("XML_CQUANT_NONE", 0),
        ("XML_CQUANT_OPT", 1),
        ("XML_CQUANT_REP", 2),
        ("XML_CQUANT_PLUS", 3),
    ] {
        vm.set_attr(&model, &vm.intern(name), &vm.int(number))?;
    }
    Ok(())
}

/// A module within this one.
fn submodule(vm: &Vm, namespace: &Ref<Dict>, name: &str, doc: &str) -> PyResult {
    let full = format!("pyexpat.{name}");
    let module = vm.call(
        vm.types.module.as_value(),
        &[vm.str_value(&full), vm.str_value(doc)],
    )?;
    vm.define(namespace, name, module.clone())?;
    if let Some(modules) = vm.sys_attribute("modules") {
        vm.set_item(&modules, &vm.intern(&full), &module)?;
    }
    Ok(module)
}
