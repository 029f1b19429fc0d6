//! `_library`: what the library's own modules ask about the library.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Value};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_library",
    "The modules that are compiled into the program.",
    &[
        MethodDef::bound(
            "source",
            "($module, file, /)",
            "The text behind a file name that is no file: a library module's, a document's; or None.",
            |vm, args| {
                let text = vm.known_source(&vm.display(&args[1]));
                Ok(text.map_or(Value::NONE, |text| vm.str_value(&text)))
            },
        ),
        MethodDef::bound(
            "names",
            "($module, /)",
            "The names of all library modules written in Python.",
            names,
        ),
    ],
);

fn names(vm: &Vm, _args: &[Value]) -> PyResult {
    let names: Vec<Value> = crate::library_names()
        .map(|name| vm.str_value(name))
        .collect();
    Ok(vm.list_from(names)?.into_value())
}
