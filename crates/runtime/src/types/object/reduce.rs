//! `__reduce__`, `__reduce_ex__` and `__getstate__`: what `copy` and `pickle` build on.

use crate::object::{Class, Dict, Kind, PyResult, Ref, Tuple, Value, instance};
use crate::vm::Vm;

/// Member slots and their values, by name.
type State = (Value, Vec<(Value, Value)>);

fn copyreg(vm: &Vm) -> PyResult {
    vm.import_module("copyreg")
}

/// The names of slots that `copyreg` collects for a class, or None.
fn slot_names(vm: &Vm, class: &Ref<Class>) -> PyResult {
    let name = vm.intern("__slotnames__");
    if let Some(known) = class.dict.get_str(vm, &name)? {
        if !known.is_none() && !vm.class_of(&known).is(&vm.types.list) {
            return Err(vm.type_error(format!(
                "{}.__slotnames__ should be a list or None, not {}",
                class.name_string(),
                vm.class_name(&known)
            )));
        }
        return Ok(known);
    }
    let names = vm.call_method(&copyreg(vm)?, &vm.names._slotnames, &[class.to_value()])?;
    if !names.is_none() && !vm.is_instance_of(&names, &vm.types.list) {
        return Err(vm.type_error("copyreg._slotnames didn't return a list or None"));
    }
    Ok(names)
}

/// The state by the default rules: `__dict__`, and the values of slots.
fn default_state(vm: &Vm, object: &Value, required: bool) -> PyResult {
    let class = vm.class_of(object).clone();
    if required && has_hidden_state(vm, &class) {
        let name = class.name_string();
        return Err(vm.type_error(match class.kind {
            Kind::CODE | Kind::MEMORYVIEW => format!("cannot pickle {name} objects"),
            _ => format!("cannot pickle '{name}' object"),
        }));
    }
    let state = if instance::is_empty(object) {
        Value::NONE
    } else {
        vm.get_attr(object, &vm.names.__dict__)?
    };
    let names = slot_names(vm, &class)?;
    if names.is_none() {
        return Ok(state);
    }
    let (state, slots): State = (state, collect_slots(vm, object, &names)?);
    if slots.is_empty() {
        return Ok(state);
    }
    let values = vm.dict();
    for (name, value) in slots {
        drop(values.insert(vm, &name, value)?);
    }
    Ok(vm.tuple_value([state, values.into_value()]))
}

fn collect_slots(vm: &Vm, object: &Value, names: &Value) -> PyResult<Vec<(Value, Value)>> {
    let mut slots = Vec::new();
    for name in vm.collect(names)? {
        if let Some(value) = vm.get_attr_opt(object, &name)? {
            slots.push((name, value));
        }
    }
    Ok(slots)
}

/// True if instances hold something that neither `__dict__` nor slots show.
fn has_hidden_state(_vm: &Vm, class: &Ref<Class>) -> bool {
    !matches!(
        class.kind,
        Kind::PLAIN | Kind::LIST | Kind::DICT | Kind::PSEUDO_CONSTANT
    )
}

fn getstate_of(vm: &Vm, object: &Value, required: bool) -> PyResult {
    let name = &vm.names.__getstate__;
    let method = vm.get_attr(object, name)?;
    let on_class = vm.get_attr(&vm.class_of(object).to_value(), name)?;
    let own = vm.types.object.dict.get_str(vm, name)?;
    let inherited = own.is_some_and(|own| own.is(&on_class));
    let is_default = inherited
        && method
            .payload::<crate::types::builtin_function::BuiltinFunction>()
            .is_some_and(|f| {
                f.def.name == "__getstate__" && f.receiver.as_ref().is_some_and(|r| r.is(object))
            });
    if is_default {
        return default_state(vm, object, required);
    }
    vm.call0(&method)
}

pub(super) fn getstate(vm: &Vm, args: &[Value]) -> PyResult {
    default_state(vm, &args[0], false)
}

/// `object.__reduce__()`: protocol 0.
pub(super) fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    common_reduce(vm, &args[0], 0)
}

/// `object.__reduce_ex__(protocol)`: `__reduce__` if it is overridden.
pub(super) fn reduce_ex(vm: &Vm, args: &[Value]) -> PyResult {
    let protocol = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(method) = vm.get_attr_opt(&args[0], &vm.names.__reduce__)? {
        let class = vm.class_of(&args[0]).to_value();
        let on_class = vm.get_attr(&class, &vm.names.__reduce__)?;
        let default = vm
            .types
            .object
            .dict
            .get_str(vm, &vm.names.__reduce__)?
            .is_some_and(|own| own.is(&on_class));
        if !default {
            return vm.call0(&method);
        }
    }
    common_reduce(vm, &args[0], protocol)
}

fn common_reduce(vm: &Vm, object: &Value, protocol: isize) -> PyResult {
    if protocol >= 2 {
        return reduce_newobj(vm, object);
    }
    let copyreg = copyreg(vm)?;
    vm.call_method(
        &copyreg,
        &vm.intern("_reduce_ex"),
        &[object.clone(), Value::small_int(protocol as i64)],
    )
}

/// Arguments for `__new__` from `__getnewargs_ex__` or `__getnewargs__`, if there is either.
fn new_arguments(vm: &Vm, object: &Value) -> PyResult<Option<(Ref<Tuple>, Option<Ref<Dict>>)>> {
    if let Some(result) = vm.call_special(object, &vm.names.__getnewargs_ex__, &[])? {
        let class = vm.class_name(&result);
        let Ok(pair) = result.downcast::<Tuple>() else {
            return Err(vm.type_error(format!(
                "__getnewargs_ex__ should return a tuple, not '{class}'"
            )));
        };
        let [args, kwargs] = &pair[..] else {
            return Err(vm.value_error(format!(
                "__getnewargs_ex__ should return a tuple of length 2, not {}",
                pair.len()
            )));
        };
        let Some(args) = args.as_ref_to::<Tuple>() else {
            return Err(vm.type_error(format!(
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                vm.class_name(args)
            )));
        };
        let Some(kwargs) = kwargs.as_ref_to::<Dict>() else {
            return Err(vm.type_error(format!(
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                vm.class_name(kwargs)
            )));
        };
        return Ok(Some((args.clone(), Some(kwargs.clone()))));
    }
    if let Some(result) = vm.call_special(object, &vm.names.__getnewargs__, &[])? {
        let class = vm.class_name(&result);
        return match result.downcast::<Tuple>() {
            Ok(args) => Ok(Some((args, None))),
            Err(_) => Err(vm.type_error(format!(
                "__getnewargs__ should return a tuple, not '{class}'"
            ))),
        };
    }
    Ok(None)
}

fn reduce_newobj(vm: &Vm, object: &Value) -> PyResult {
    let class = vm.class_of(object).clone();
    if class.slots().new.is_none() {
        return Err(vm.type_error(format!("cannot pickle '{}' object", class.name_string())));
    }
    let arguments = new_arguments(vm, object)?;
    let has_arguments = arguments.is_some();
    let copyreg = copyreg(vm)?;
    let (function, args) = match arguments {
        Some((args, Some(kwargs))) if !kwargs.is_empty() => (
            vm.get_attr(&copyreg, &vm.names.__newobj_ex__)?,
            vm.tuple_value([class.to_value(), args.into_value(), kwargs.into_value()]),
        ),
        other => {
            let mut values = vec![class.to_value()];
            if let Some((args, _)) = other {
                values.extend(args.iter().cloned());
            }
            (
                vm.get_attr(&copyreg, &vm.names.__newobj__)?,
                vm.tuple_value(values),
            )
        }
    };
    let is_list = vm.is_instance_of(object, &vm.types.list);
    let is_dict = vm.is_instance_of(object, &vm.types.dict);
    let state = getstate_of(vm, object, !(has_arguments || is_list || is_dict))?;
    let items = if is_list {
        vm.iter(object)?
    } else {
        Value::NONE
    };
    let pairs = if is_dict {
        let items = vm.call_method(object, &vm.names.items, &[])?;
        vm.iter(&items)?
    } else {
        Value::NONE
    };
    Ok(vm.tuple_value([function, args, state, items, pairs]))
}

impl Vm {
    /// A module by name, imported if need be.
    pub(crate) fn import_module(&self, name: &str) -> PyResult {
        let name = self.intern(name);
        if let Some(modules) = self.interp.modules.get()
            && let Some(modules) = modules.payload::<Dict>()
            && let Some(module) = modules.get_str(self, &name)?
        {
            return Ok(module);
        }
        match self.builtins().get_str(self, &self.names.__import__)? {
            Some(import) => self.call1(&import, &name),
            None => Err(self.raise(&self.types.exceptions.import_error, "__import__ not found")),
        }
    }

    /// True if the callable says that it is an abstract method.
    pub(crate) fn is_abstract_method(&self, callable: &Value) -> PyResult<bool> {
        match self.get_attr_opt(callable, &self.names.__isabstractmethod__)? {
            Some(answer) => self.truth(&answer),
            None => Ok(false),
        }
    }

    /// What `classmethod` and `staticmethod` take over from the function they wrap.
    pub(crate) fn copy_function_attributes(&self, this: &Value, function: &Value) -> PyResult<()> {
        let names = self.names;
        for name in [
            &names.__module__,
            &names.__name__,
            &names.__qualname__,
            &names.__doc__,
        ] {
            if let Some(value) = self.get_attr_opt(function, name)? {
                self.set_attr(this, name, &value)?;
            }
        }
        // `__annotations__` is copied as it is; CPython copies `__dict__` items besides.
        for name in [&names.__annotations__] {
            if let Some(value) = self.get_attr_opt(function, name)? {
                self.set_attr(this, name, &value)?;
            }
        }
        Ok(())
    }

    /// The dict behind a dict or a class's namespace proxy.
    pub(crate) fn mapping_dict(&self, mapping: &Value) -> Option<Ref<Dict>> {
        if let Some(dict) = mapping.as_ref_to::<Dict>() {
            return Some(dict.clone());
        }
        let proxy = mapping.payload::<crate::types::mappingproxy::MappingProxy>()?;
        proxy.mapping.as_ref_to::<Dict>().cloned()
    }
}
