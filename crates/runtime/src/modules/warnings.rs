//! `_warnings`: the parts of `warnings` that are written in Rust, on `vm/warnings`.

use super::NativeModule;
use crate::object::{Class, Dict, MethodDef, PyResult, Ref, Str, Tuple, Value};
use crate::types::module::Module;
use crate::vm::Vm;
use crate::vm::warnings::{Explicit, Place};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_warnings",
    "_warnings provides basic warning filtering support.\n\
     It is a helper module to speed up interpreter start-up.",
    &[
        MethodDef::bound(
            "warn",
            "($module, /, message, category=None, stacklevel=1, source=None, *,\n\
             \x20    skip_file_prefixes=<unrepresentable>)",
            "Issue a warning, or maybe ignore it or raise an exception.",
            warn,
        ),
        MethodDef::bound(
            "warn_explicit",
            "($module, /, message, category, filename, lineno,\n\
             \x20             module=<unrepresentable>, registry=None,\n\
             \x20             module_globals=None, source=None)",
            "Issue a warning, or maybe ignore it or raise an exception.",
            warn_explicit,
        ),
        MethodDef::bound("_filters_mutated", "($module, /)", "", |vm, _| {
            let version = &vm.interp.warnings.version;
            version.set(version.get() + 1);
            Ok(Value::NONE)
        }),
    ],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "filters", vm.warning_filters()?)?;
    vm.define(namespace, "_onceregistry", vm.warnings_shown_once())?;
    vm.define(namespace, "_defaultaction", vm.intern("default"))
}

/// The class of a warning, checked.
fn category_of(vm: &Vm, message: &Value, category: &Value) -> PyResult {
    let types = &vm.types.exceptions;
    if vm.is_instance(message, types.warning.as_value())? {
        return Ok(vm.class_of(message).to_value());
    }
    let Some(category) = category.given_not_none() else {
        return Ok(types.user_warning.to_value());
    };
    let is_warning = category
        .payload::<Class>()
        .is_some_and(|class| class.is_subclass_of(&types.warning));
    if is_warning {
        return Ok(category.clone());
    }
    Err(vm.type_error(format!(
        "category must be a Warning subclass, not '{}'",
        vm.class_name(category)
    )))
}

fn warn(vm: &Vm, args: &[Value]) -> PyResult {
    let [_, message, category, stack_level, source, skipped] = args else {
        return Ok(Value::NONE);
    };
    let category = category_of(vm, message, category)?;
    let mut stack_level = match stack_level.given() {
        Some(level) => vm.arg_ssize(level)? as i64,
        None => 1,
    };
    let mut prefixes = Vec::new();
    if let Some(skipped) = skipped.given() {
        let Some(items) = skipped.payload::<Tuple>() else {
            return Err(vm.type_error(format!(
                "warn() argument 'skip_file_prefixes' must be tuple, not {}",
                vm.class_name(skipped)
            )));
        };
        for item in items.iter() {
            if item.payload::<Str>().is_none() {
                return Err(vm.type_error(format!(
                    "Found non-str '{}' in skip_file_prefixes.",
                    vm.class_name(item)
                )));
            }
            prefixes.push(vm.display(item));
        }
        if !prefixes.is_empty() {
            stack_level = stack_level.max(2);
        }
    }
    let place = vm.warning_place(stack_level, &prefixes)?;
    vm.issue_warning(&Explicit {
        message: message.clone(),
        category,
        place,
        source_line: None,
        source: source.given_not_none().cloned(),
    })?;
    Ok(Value::NONE)
}

fn warn_explicit(vm: &Vm, args: &[Value]) -> PyResult {
    let [
        _,
        message,
        category,
        file,
        line,
        module,
        registry,
        globals,
        source,
    ] = args
    else {
        return Ok(Value::NONE);
    };
    if file.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "warn_explicit() argument 'filename' must be str, not {}",
            vm.class_name(file)
        )));
    }
    let line = i64::from(vm.arg_int(line)?);
    let mut source_line = None;
    if let Some(globals) = globals.given_not_none() {
        let Some(globals) = globals.as_ref_to::<Dict>() else {
            return Err(vm.type_error(format!(
                "module_globals must be a dict, not '{}'",
                vm.class_name(globals)
            )));
        };
        source_line = line_of_module(vm, globals, line)?;
    }
    vm.issue_warning(&Explicit {
        message: message.clone(),
        category: category.clone(),
        place: Place {
            file: file.clone(),
            line,
            module: module.given().cloned().unwrap_or(Value::NONE),
            registry: registry.given().cloned().unwrap_or(Value::NONE),
        },
        source_line,
        source: source.given_not_none().cloned(),
    })?;
    Ok(Value::NONE)
}

/// The text of a line, from the loader of the module whose globals these are.
fn line_of_module(vm: &Vm, globals: &Ref<Dict>, line: i64) -> PyResult<Option<Value>> {
    let loader = globals.get(vm, &vm.intern("__loader__"))?;
    let name = globals.get(vm, &vm.names.__name__)?;
    let (Some(loader), Some(name)) = (loader, name) else {
        return Ok(None);
    };
    let Some(get_source) = vm.get_attr_opt(&loader, &vm.intern("get_source"))? else {
        return Ok(None);
    };
    let source = vm.call1(&get_source, &name)?;
    if source.is_none() {
        return Ok(None);
    }
    let lines = vm.call_method(&source, &vm.intern("splitlines"), &[])?;
    let line = vm.get_item(&lines, &vm.int(line - 1))?;
    Ok(Some(line))
}
