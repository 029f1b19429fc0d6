//! `_library`: what the library's own modules ask about the library.

use std::sync::Arc;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Class, MethodDef, PyResult, Value, class_flag};
use runtime::vm::code::{Code, CodeOrigin};
use runtime::vm::report::{caret_anchors, display_width};

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
            "is_preceded",
            "($module, name, /)",
            "Whether a file of the program goes before the library's module of this name.",
            |vm, args| {
                let name = vm.display(&args[1]);
                Ok(Value::bool(vm.has_own_before_library(&name)))
            },
        ),
        MethodDef::bound(
            "native_class",
            "($module, class, /)",
            "Makes a class that CPython has in C behave as such a one: messages name its module, and its attributes \
             cannot be set.",
            |vm, args| {
                let Some(class) = args[1].payload::<Class>() else {
                    return Err(vm.type_error("expected a class"));
                };
                class.set_flag(class_flag::SHOWS_MODULE | class_flag::IMMUTABLE);
                Ok(args[1].clone())
            },
        ),
        MethodDef::bound(
            "unraisable",
            "($module, exception, object, /)",
            "Reports an exception that cannot be raised where it came up, and the object that it came from.",
            |vm, args| {
                vm.unraisable(args[1].clone(), Some(&args[2]), None);
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "names",
            "($module, /)",
            "The names of all library modules written in Python.",
            names,
        ),
        MethodDef::bound(
            "leave_untracked",
            "($module, class, /)",
            "Keeps instances of a class from the collector, as CPython does where the class is written in C.\n\n\
             Those of subclasses are tracked.",
            |vm, args| match args[1].payload::<Class>() {
                Some(class) => {
                    class.unset_flag(class_flag::COLLECTED);
                    Ok(Value::NONE)
                }
                None => Err(vm.type_error("expected a class")),
            },
        ),
        MethodDef::bound(
            "importers",
            "($module, /)",
            "FrozenImporter, PathFinder, and the path hooks for zip files and folders that there are \
             in the beginning.",
            |vm, _| {
                let types = &vm.types;
                let all = [
                    &types.frozen_importer,
                    &types.path_finder,
                    &types.zip_hook,
                    &types.folder_hook,
                ];
                Ok(vm.tuple(all.map(|class| class.to_value())).into_value())
            },
        ),
        MethodDef::bound(
            "magic_number",
            "($module, /)",
            "What files with code of this version begin with.",
            |vm, _| {
                let [low, high] = bytecode::marshal::magic_number().to_le_bytes();
                Ok(vm.bytes_value(&[low, high, b'\r', b'\n']))
            },
        ),
        MethodDef::bound(
            "code_to_bytes",
            "($module, code, /)",
            "A code object in the form that the program keeps its own modules in.",
            |vm, args| match args[1].payload::<Code>() {
                Some(code) => Ok(vm.bytes_value(&bytecode::marshal::to_bytes(&code.data))),
                None => Err(vm.type_error("expected a code object")),
            },
        ),
        MethodDef::bound(
            "code_from_bytes",
            "($module, bytes, /)",
            "The code object that code_to_bytes() gave the bytes of.",
            code_from_bytes,
        ),
        MethodDef::bound(
            "display_width",
            "($module, text, /)",
            "How many columns a text takes on a screen.",
            |vm, args| {
                let width = display_width(&vm.display(&args[1]));
                Ok(vm.int(i64::try_from(width).unwrap_or(i64::MAX)))
            },
        ),
        MethodDef::bound(
            "caret_anchors",
            "($module, segment, /)",
            "Between which characters of an expression its operator or subscript stands, or None.",
            |vm, args| {
                let Some((left, right)) = caret_anchors(&vm.display(&args[1])) else {
                    return Ok(Value::NONE);
                };
                let place = |offset| vm.int(i64::try_from(offset).unwrap_or(i64::MAX));
                Ok(vm.tuple([place(left), place(right)]).into_value())
            },
        ),
    ],
);

fn names(vm: &Vm, _args: &[Value]) -> PyResult {
    let names: Vec<Value> = crate::library_names()
        .map(|name| vm.str_value(name))
        .collect();
    Ok(vm.list_from(names)?.into_value())
}

/// Bytes come from anywhere: what runs must have been checked.
fn code_from_bytes(vm: &Vm, args: &[Value]) -> PyResult {
    let code = vm
        .with_bytes_of(&args[1], bytecode::marshal::from_bytes)?
        .map_err(|error| vm.value_error(error.to_string()))?;
    bytecode::verify::verify_all(&code).map_err(|error| vm.value_error(error.to_string()))?;
    Ok(vm.code(&Arc::new(code), CodeOrigin::Program)?.into_value())
}
