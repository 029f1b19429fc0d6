//! `ModuleSpec`: what the import system knows of a module (`__spec__`); and the finders that there are
//! when a program begins.

mod importers;

pub use importers::{BUILTIN_IMPORTER, FOLDER_HOOK, FROZEN_IMPORTER, PATH_FINDER, ZIP_HOOK};

use crate::object::slots::{CompareOp, TypeSlots};
use crate::object::{Args, GetSetDef, PyResult, Ref, Str, TypeSpec, Value, alloc, class_flag};
use crate::types::object::Plain;
use crate::vm::Vm;

/// Declaration of `ModuleSpec`; its fields are attributes of the instance.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "The specification for a module, used for loading.",
    signature: "(name, loader, *, origin=None, loader_state=None, is_package=None)",
    flags: class_flag::BASE_TYPE
        | class_flag::HAS_DICT
        | class_flag::HAS_WEAKREFS
        | class_flag::COLLECTED,
    slots: TypeSlots {
        new: Some(|_, class, _| Ok(alloc(class, Plain).into_value())),
        init: Some(init),
        repr: Some(repr),
        richcompare: Some(compare),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("parent", "The name of the module's parent.", parent),
        GetSetDef::writable("has_location", "", has_location, set_has_location),
        GetSetDef::writable("cached", "", cached, set_cached),
        GetSetDef::writable("loader", "", loader, set_loader),
    ],
    ..TypeSpec::of::<Plain>("_frozen_importlib.ModuleSpec")
};

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let bound = vm.bind_parameters(
        "ModuleSpec",
        "(name, loader, *, origin=None, loader_state=None, is_package=None)",
        args,
    )?;
    let given = |i: usize| bound[i].given().cloned().unwrap_or(Value::NONE);
    let locations = match bound[4].given_not_none() {
        Some(flag) if vm.truth(flag)? => vm.list_from([])?.into_value(),
        _ => Value::NONE,
    };
    fill(
        vm,
        this,
        [
            bound[0].clone(),
            bound[1].clone(),
            given(2),
            given(3),
            locations,
        ],
        false,
    )
}

/// Sets name, loader, origin, loader state and search locations.
fn fill(vm: &Vm, this: &Value, fields: [Value; 5], location: bool) -> PyResult<()> {
    let names = [
        "name",
        "loader",
        "origin",
        "loader_state",
        "submodule_search_locations",
    ];
    for (name, value) in names.iter().zip(&fields) {
        vm.set_attr(this, &vm.intern(name), value)?;
    }
    vm.set_attr(
        this,
        &vm.intern("_uninitialized_submodules"),
        &vm.list_from([])?.into_value(),
    )?;
    vm.set_attr(this, &vm.intern("_set_fileattr"), &Value::bool(location))?;
    vm.set_attr(this, &vm.intern("_cached"), &Value::NONE)
}

fn field(vm: &Vm, this: &Value, name: &str) -> PyResult {
    Ok(vm
        .get_attr_opt(this, &vm.intern(name))?
        .unwrap_or(Value::NONE))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let mut text = format!(
        "name={}, loader={}",
        vm.repr_string(&field(vm, this, "name")?)?,
        vm.repr_string(&field(vm, this, "loader")?)?
    );
    for name in ["origin", "submodule_search_locations"] {
        let value = field(vm, this, name)?;
        if !value.is_none() {
            text.push_str(&format!(", {name}={}", vm.repr_string(&value)?));
        }
    }
    let class = vm.class_of(this).as_value().clone();
    let name = vm.get_attr(&class, &vm.names.__name__)?;
    Ok(vm.str_value(&format!("{}({text})", vm.display(&name))))
}

/// Equal to whatever has the same attributes.
fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let mut equal = true;
    for name in [
        "name",
        "loader",
        "origin",
        "submodule_search_locations",
        "cached",
        "has_location",
    ] {
        let Some(theirs) = vm.get_attr_opt(other, &vm.intern(name))? else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        equal = vm.equal(&vm.get_attr(this, &vm.intern(name))?, &theirs)?;
        if !equal {
            break;
        }
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn parent(vm: &Vm, this: &Value) -> PyResult {
    let name = field(vm, this, "name")?;
    if !field(vm, this, "submodule_search_locations")?.is_none() {
        return Ok(name);
    }
    let text = vm.display(&name);
    Ok(vm.str_value(text.rsplit_once('.').map_or("", |(parent, _)| parent)))
}

fn has_location(vm: &Vm, this: &Value) -> PyResult {
    field(vm, this, "_set_fileattr")
}

fn set_has_location(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let on = vm.truth(value.unwrap_or(&Value::FALSE))?;
    vm.set_attr(this, &vm.intern("_set_fileattr"), &Value::bool(on))
}

/// The loader.  One for modules that the import system loaded from source itself is made when
/// somebody asks, since it is written in Python.
fn loader(vm: &Vm, this: &Value) -> PyResult {
    let known = field(vm, this, "_loader")?;
    if !known.is_none() || !vm.truth(&field(vm, this, "_loaded_natively")?)? {
        return Ok(known);
    }
    let external = vm.import_dotted("importlib._bootstrap_external")?;
    let make = vm.get_attr(&external, &vm.intern("_loader_of"))?;
    let loader = vm.call1(&make, this)?;
    set_loader(vm, this, Some(&loader))?;
    Ok(loader)
}

fn set_loader(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    vm.set_attr(this, &vm.intern("_loader"), value.unwrap_or(&Value::NONE))?;
    vm.set_attr(this, &vm.intern("_loaded_natively"), &Value::FALSE)
}

/// Where the code is cached: worked out from the origin unless it is set.
fn cached(vm: &Vm, this: &Value) -> PyResult {
    let known = field(vm, this, "_cached")?;
    if !known.is_none() || !vm.truth(&field(vm, this, "_set_fileattr")?)? {
        return Ok(known);
    }
    let origin = field(vm, this, "origin")?;
    let found = match origin.payload::<Str>() {
        Some(origin) => vm.cached_path(&origin.to_display())?,
        None => Value::NONE,
    };
    if !found.is_none() {
        set_cached(vm, this, Some(&found))?;
    }
    Ok(found)
}

fn set_cached(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    vm.set_attr(this, &vm.intern("_cached"), value.unwrap_or(&Value::NONE))
}

impl Vm {
    /// The spec of a native module.
    pub(crate) fn native_spec(&self, name: &Value) -> PyResult {
        let spec = alloc(&self.types.module_spec, Plain).into_value();
        let loader = self.types.builtin_importer.to_value();
        let origin = self.str_value("built-in");
        fill(
            self,
            &spec,
            [name.clone(), loader, origin, Value::NONE, Value::NONE],
            false,
        )?;
        Ok(spec)
    }

    /// The spec of a module from a file (or of a package without one).
    pub(crate) fn source_spec(&self, name: &str, file: Option<&str>, search: Value) -> PyResult {
        let spec = alloc(&self.types.module_spec, Plain).into_value();
        let origin = file.map_or(Value::NONE, |f| self.str_value(f));
        let fields = [
            self.str_value(name),
            Value::NONE,
            origin,
            Value::NONE,
            search,
        ];
        fill(self, &spec, fields, file.is_some())?;
        self.set_attr(&spec, &self.intern("_loaded_natively"), &Value::TRUE)?;
        Ok(spec)
    }

    /// Gives a native module its `__spec__`, `__loader__` and `__package__`.
    pub(crate) fn complete_native_module(
        &self,
        module: &Ref<crate::types::module::Module>,
        name: &Value,
    ) -> PyResult<()> {
        let names = self.names;
        let spec = self.native_spec(name)?;
        module.dict.insert(self, &names.__spec__, spec)?;
        let loader = self.types.builtin_importer.to_value();
        module.dict.insert(self, &names.__loader__, loader)?;
        let text = self.display(name);
        let package = text.rsplit_once('.').map_or("", |(parent, _)| parent);
        module
            .dict
            .insert(self, &names.__package__, self.str_value(package))?;
        Ok(())
    }
}
