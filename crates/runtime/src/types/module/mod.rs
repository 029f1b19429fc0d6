//! `module`.

use std::cell::Cell;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Dict, GetSetDef, Kind, List, MethodDef, Payload, PyResult, Ref, Str, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
pub struct Module {
    /// `__dict__`.
    pub dict: Ref<Dict>,
    /// What a native module keeps for itself, by a number it chose.
    pub state: Cell<u64>,
}

impl Payload for Module {
    const KIND: Kind = Kind::MODULE;
    const NAME: &'static str = "module";
    const FIELDS: &'static [Field] = fields![
        "__dict__" => dict as Value,
        "state" => state as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.dict);
    }

    // There is nothing to clear: a dictionary that is trash itself is cleared for itself, another
    // one serves the functions of the module on.
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    signature: "(name, doc=None)",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(repr),
        getattro: Some(get_attribute),
        setattro: Some(crate::types::object::set_attribute),
        init: Some(init),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "__dir__",
        "($self, /)",
        "__dir__() -> list\nspecialized dir() implementation",
        dir,
    )],
    getset: &[
        GetSetDef::read_only("__dict__", "", dict).as_member(),
        GetSetDef::writable("__annotations__", "", annotations, set_annotations),
    ],
    ..TypeSpec::of::<Module>("module")
};

impl Vm {
    /// A module with `__name__`, `__doc__` and the rest of what a new module has.
    pub fn new_module(&self, name: &Value, doc: &Value) -> PyResult<Ref<Module>> {
        let module = alloc(
            &self.types.module,
            Module {
                dict: self.dict(),
                state: Cell::new(0),
            },
        );
        self.fill_module(&module, name, doc)?;
        Ok(module)
    }

    fn fill_module(&self, module: &Module, name: &Value, doc: &Value) -> PyResult<()> {
        let names = self.names;
        for (key, value) in [
            (&names.__name__, name),
            (&names.__doc__, doc),
            (&names.__package__, &Value::NONE),
            (&names.__loader__, &Value::NONE),
            (&names.__spec__, &Value::NONE),
        ] {
            drop(module.dict.insert(self, key, value.clone())?);
        }
        Ok(())
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Module> {
    this.payload()
        .ok_or_else(|| vm.type_error("a module is required"))
}

fn new(vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let module = Module {
        dict: vm.dict(),
        state: Cell::new(0),
    };
    Ok(alloc(class, module).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters("module", "(name, doc=None)", args)?;
    if args[0].payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "module() argument 'name' must be str, not {}",
            vm.argument_type(&args[0])
        )));
    }
    let doc = args[1].given().cloned().unwrap_or(Value::NONE);
    vm.fill_module(payload(vm, this)?, &args[0], &doc)
}

fn dict(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.dict.to_value())
}

/// Loads an attribute: the general rules, then the module's `__getattr__`, then the error that
/// knows about circular imports.
fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    let found = vm.generic_get_attr_opt(this, name)?;
    let maybe_loader = found.as_ref().is_none_or(Value::is_none);
    if let Some(found) = &found
        && !maybe_loader
    {
        return Ok(found.clone());
    }
    let names = vm.names;
    let dict = payload(vm, this)?.dict.clone();
    if maybe_loader
        && vm.display(name) == "__loader__"
        && let Some(spec) = dict.get_str(vm, &names.__spec__)?
        && !spec.is_none()
        && let Some(loader) = vm.get_attr_opt(&spec, &vm.intern("loader"))?
    {
        // Modules from source get theirs when somebody asks for it.
        dict.insert(vm, name, loader.clone())?;
        return Ok(loader);
    }
    if let Some(found) = found {
        return Ok(found);
    }
    if let Some(hook) = dict.get_str(vm, &names.__getattr__)? {
        return vm.call1(&hook, name);
    }
    let wanted = vm.display(name);
    let module_name = dict
        .get_str(vm, &names.__name__)?
        .filter(|n| n.payload::<Str>().is_some());
    let Some(module_name) = module_name else {
        let message = format!("module has no attribute '{wanted}'");
        return Err(vm.attribute_error_for(message, this, name));
    };
    let module_name = vm.display(&module_name);
    let mut message = format!("module '{module_name}' has no attribute '{wanted}'");
    if let Some(spec) = dict.get_str(vm, &names.__spec__)?
        && !spec.is_none()
    {
        let initializing = match vm.get_attr_opt(&spec, &names._initializing)? {
            Some(value) => vm.truth(&value)?,
            None => false,
        };
        if initializing {
            message = format!(
                "partially initialized module '{module_name}' has no attribute '{wanted}' \
                 (most likely due to a circular import)"
            );
        } else if is_uninitialized_submodule(vm, &spec, name)? {
            message = format!(
                "cannot access submodule '{wanted}' of module '{module_name}' \
                 (most likely due to a circular import)"
            );
        }
    }
    Err(vm.attribute_error_for(message, this, name))
}

fn is_uninitialized_submodule(vm: &Vm, spec: &Value, name: &Value) -> PyResult<bool> {
    let Some(list) = vm.get_attr_opt(spec, &vm.intern("_uninitialized_submodules"))? else {
        return Ok(false);
    };
    vm.contains(&list, name)
}

/// The text of a module, with where it comes from.
fn repr(vm: &Vm, this: &Value) -> PyResult {
    let names = vm.names;
    let present = |name: &Value| -> PyResult<Option<Value>> {
        Ok(vm.get_attr_opt(this, name)?.filter(|v| !v.is_none()))
    };
    if let Some(spec) = present(&names.__spec__)? {
        let name = vm.get_attr_opt(&spec, &names.name)?.unwrap_or(Value::NONE);
        let name = if name.is_none() {
            "'?'".to_owned()
        } else {
            vm.repr_string(&name)?
        };
        let loader = vm.get_attr_opt(&spec, &vm.intern("loader"))?;
        let origin = vm
            .get_attr_opt(&spec, &names.origin)?
            .filter(|o| !o.is_none());
        let Some(origin) = origin else {
            return Ok(vm.str_value(&match loader.filter(|l| !l.is_none()) {
                None => format!("<module {name}>"),
                Some(loader) => match spread_over(vm, &loader)? {
                    Some(places) => format!("<module {name} (namespace) from {places}>"),
                    None => format!("<module {name} ({})>", vm.repr_string(&loader)?),
                },
            }));
        };
        let has_location = match vm.get_attr_opt(&spec, &names.has_location)? {
            Some(value) => vm.truth(&value)?,
            None => false,
        };
        return Ok(vm.str_value(&if has_location {
            format!("<module {name} from {}>", vm.repr_string(&origin)?)
        } else {
            format!("<module {name} ({})>", vm.str_string(&origin)?)
        }));
    }
    let name = match vm.get_attr_opt(this, &names.__name__)? {
        Some(name) => vm.repr_string(&name)?,
        None => "'?'".to_owned(),
    };
    if let Some(file) = vm.get_attr_opt(this, &names.__file__)? {
        return Ok(vm.str_value(&format!("<module {name} from {}>", vm.repr_string(&file)?)));
    }
    if let Some(loader) = present(&names.__loader__)? {
        return Ok(vm.str_value(&format!("<module {name} ({})>", vm.repr_string(&loader)?)));
    }
    Ok(vm.str_value(&format!("<module {name}>")))
}

/// The folders of a package without `__init__.py`, by its loader.
fn spread_over(vm: &Vm, loader: &Value) -> PyResult<Option<String>> {
    if vm.class_of(loader).name_string() != "NamespaceLoader" {
        return Ok(None);
    }
    let path = vm.get_attr(loader, &vm.intern("_path"))?;
    let folders = vm.collect(&path)?;
    vm.repr_string(&vm.list_from(folders)?.into_value())
        .map(Some)
}

fn dir(vm: &Vm, args: &[Value]) -> PyResult {
    let dict = vm.get_attr(&args[0], &vm.names.__dict__)?;
    let Some(dict) = dict.payload::<Dict>() else {
        return Err(vm.type_error("<module>.__dict__ is not a dictionary"));
    };
    if let Some(hook) = dict.get_str(vm, &vm.names.__dir__)? {
        return vm.call0(&hook);
    }
    vm.list_from(dict.keys_to_vec())
        .map(Ref::<List>::into_value)
}

fn annotations(vm: &Vm, this: &Value) -> PyResult {
    let dict = &payload(vm, this)?.dict;
    if let Some(known) = dict.get_str(vm, &vm.names.__annotations__)? {
        return Ok(known);
    }
    let new = vm.dict().into_value();
    drop(dict.insert(vm, &vm.names.__annotations__, new.clone())?);
    Ok(new)
}

fn set_annotations(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let dict = &payload(vm, this)?.dict;
    match value {
        Some(value) => {
            drop(dict.insert(vm, &vm.names.__annotations__, value.clone())?);
            Ok(())
        }
        None => match dict.remove(vm, &vm.names.__annotations__)? {
            Some(_) => Ok(()),
            None => Err(vm.attribute_error("__annotations__")),
        },
    }
}
