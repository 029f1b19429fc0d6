//! What stands in `sys.meta_path` and `sys.path_hooks` when a program begins.
//!
//! The import system finds what these find itself, without calling them ([`crate::vm::import`]); so
//! that a start does not wait for Python code, most of their methods are written in
//! `importlib._bootstrap_external`, which is imported when one of them is called.

use super::field;
use crate::object::slots::TypeSlots;
use crate::object::{Args, MethodDef, PyResult, Raised, Str, TypeSpec, Value, class_flag};
use crate::types::object::Plain;
use crate::vm::Vm;

const NAME_ONLY: &str = "($type, fullname)";

/// Declaration of `BuiltinImporter`.
pub static BUILTIN_IMPORTER: TypeSpec = TypeSpec {
    doc: "Meta path import for built-in modules.\n\nAll methods are either class or static methods to avoid the need to\ninstantiate the class.",
    flags: class_flag::BASE_TYPE,
    methods: &[
        MethodDef::bound(
            "find_spec",
            "($type, fullname, path=None, target=None)",
            "",
            find_builtin,
        )
        .class_method(),
        MethodDef::bound(
            "create_module",
            "(spec)",
            "Create a built-in module",
            create_builtin,
        )
        .static_method(),
        MethodDef::bound(
            "exec_module",
            "(module)",
            "Exec a built-in module",
            |_, _| Ok(Value::NONE),
        )
        .static_method(),
        MethodDef::bound(
            "load_module",
            NAME_ONLY,
            "Import a built-in module, which must be one.  Deprecated.",
            |vm, args| {
                check_builtin(vm, &args[1])?;
                vm.import_dotted(&vm.display(&args[1]))
            },
        )
        .class_method(),
        MethodDef::bound(
            "is_package",
            NAME_ONLY,
            "False: no built-in module is a package.",
            |vm, args| check_builtin(vm, &args[1]).map(|()| Value::FALSE),
        )
        .class_method(),
        MethodDef::bound(
            "get_code",
            NAME_ONLY,
            "None: built-in modules have no code objects.",
            |vm, args| check_builtin(vm, &args[1]).map(|()| Value::NONE),
        )
        .class_method(),
        MethodDef::bound(
            "get_source",
            NAME_ONLY,
            "None: built-in modules have no source.",
            |vm, args| check_builtin(vm, &args[1]).map(|()| Value::NONE),
        )
        .class_method(),
    ],
    ..TypeSpec::of::<Plain>("_frozen_importlib.BuiltinImporter")
};

/// Declaration of `FrozenImporter`, which finds the modules that are compiled into the program.
pub static FROZEN_IMPORTER: TypeSpec = TypeSpec {
    doc: "Meta path import for the modules of the library that are part of the program.\n\nAll methods are class or static methods.",
    flags: class_flag::BASE_TYPE,
    methods: &[
        MethodDef::bound(
            "find_spec",
            "($type, fullname, path=None, target=None)",
            "",
            |vm, args| call_external(vm, "_frozen_find_spec", &args[1..2]),
        )
        .class_method(),
        MethodDef::bound(
            "create_module",
            "(spec)",
            "None: the module is made as usual.",
            |_, _| Ok(Value::NONE),
        )
        .static_method(),
        MethodDef::bound("exec_module", "(module)", "", |vm, args| {
            call_external(vm, "_frozen_exec_module", args)
        })
        .static_method(),
        MethodDef::bound("load_module", NAME_ONLY, "", |vm, args| {
            call_external(vm, "_frozen_load_module", &args[1..])
        })
        .class_method(),
        MethodDef::bound("get_code", NAME_ONLY, "", |vm, args| {
            call_external(vm, "_frozen_get_code", &args[1..])
        })
        .class_method(),
        MethodDef::bound("get_source", NAME_ONLY, "", |vm, args| {
            call_external(vm, "_frozen_get_source", &args[1..])
        })
        .class_method(),
        MethodDef::bound("is_package", NAME_ONLY, "", |vm, args| {
            call_external(vm, "_frozen_is_package", &args[1..])
        })
        .class_method(),
    ],
    ..TypeSpec::of::<Plain>("_frozen_importlib.FrozenImporter")
};

/// Declaration of `PathFinder`.
pub static PATH_FINDER: TypeSpec = TypeSpec {
    doc: "Meta path finder for sys.path and package __path__ attributes.",
    flags: class_flag::BASE_TYPE,
    methods: &[
        MethodDef::bound("invalidate_caches", "()", "", |vm, args| {
            call_external(vm, "_invalidate_path_caches", args)
        })
        .static_method(),
        MethodDef::bound("_path_hooks", "(path)", "", |vm, args| {
            call_external(vm, "_finder_by_hooks", args)
        })
        .static_method(),
        MethodDef::bound("_path_importer_cache", "($type, path)", "", |vm, args| {
            call_external(vm, "_finder_of_entry", &args[1..])
        })
        .class_method(),
        MethodDef::bound(
            "find_spec",
            "($type, fullname, path=None, target=None)",
            "",
            |vm, args| call_external(vm, "_find_on_path", &args[1..]),
        )
        .class_method(),
        MethodDef::raw("find_distributions", "(*args, **kwargs)", "", |vm, args| {
            let metadata = vm.import_dotted("importlib.metadata")?;
            let finder = vm.get_attr(&metadata, &vm.intern("MetadataPathFinder"))?;
            let find = vm.get_attr(&finder, &vm.intern("find_distributions"))?;
            vm.call_args(&find, args)
        })
        .static_method(),
    ],
    ..TypeSpec::of::<Plain>("_frozen_importlib_external.PathFinder")
};

/// In `sys.path_hooks` until `zipimport` is imported, whose class takes its place.
pub static ZIP_HOOK: TypeSpec = TypeSpec {
    doc: "Makes finders of modules in zip files.",
    signature: "(path)",
    slots: TypeSlots {
        new: Some(|vm, _, args| call_hook(vm, "zipimport", "zipimporter", args)),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Plain>("zipimport.zipimporter")
};

/// In `sys.path_hooks` until `importlib` is imported, whose function takes its place.
pub static FOLDER_HOOK: TypeSpec = TypeSpec {
    doc: "Makes finders of modules in folders.",
    signature: "(path)",
    slots: TypeSlots {
        new: Some(|vm, _, args| {
            call_hook(vm, "importlib._bootstrap_external", "_folder_hook", args)
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Plain>("_frozen_importlib_external.path_hook_for_FileFinder")
};

fn call_hook(vm: &Vm, module: &str, name: &str, args: Args<'_>) -> PyResult {
    let module = vm.import_dotted(module)?;
    let hook = vm.get_attr(&module, &vm.intern(name))?;
    vm.call_args(&hook, args)
}

fn call_external(vm: &Vm, name: &str, args: &[Value]) -> PyResult {
    let function = vm.import_function(name)?;
    let given = |arg: &Value| arg.given().cloned().unwrap_or(Value::NONE);
    let args: Vec<Value> = args.iter().map(given).collect();
    vm.call(&function, &args)
}

fn find_builtin(vm: &Vm, args: &[Value]) -> PyResult {
    match args[1].payload::<Str>() {
        Some(name) if vm.native_module(&name.to_display()).is_some() => vm.native_spec(&args[1]),
        _ => Ok(Value::NONE),
    }
}

fn check_builtin(vm: &Vm, name: &Value) -> PyResult<()> {
    match vm.native_module(&vm.display(name)) {
        Some(_) => Ok(()),
        None => Err(not_builtin(vm, name)?),
    }
}

#[cold]
fn not_builtin(vm: &Vm, name: &Value) -> PyResult<Raised> {
    let message = format!("{} is not a built-in module", vm.repr_string(name)?);
    let raised = vm.raise(&vm.types.exceptions.import_error, message);
    let exception = vm.take_exception(raised);
    vm.set_attr(&exception, &vm.names.name, name)?;
    Ok(vm.raise_value(exception))
}

fn create_builtin(vm: &Vm, args: &[Value]) -> PyResult {
    let name = field(vm, &args[0], "name")?;
    check_builtin(vm, &name)?;
    vm.import_dotted(&vm.display(&name))
}

impl Vm {
    /// A function of `importlib._bootstrap_external`.
    pub(crate) fn import_function(&self, name: &str) -> PyResult {
        let external = self.import_dotted("importlib._bootstrap_external")?;
        self.get_attr(&external, &self.intern(name))
    }
}
