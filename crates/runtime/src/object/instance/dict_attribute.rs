//! The attribute `__dict__` of instances.
#![allow(unsafe_code)]

use super::{has_attributes, materialise, replace_dict, with_tail};
use crate::object::args::GetSetDef;
use crate::object::class::{Class, class_flag};
use crate::object::dict::Dict;
use crate::object::result::{PyResult, Raised};
use crate::object::value::Value;
use crate::vm::Vm;
use crate::vm::function::Function;

/// `__dict__` of instances.
pub const DICT_GETSET: GetSetDef = GetSetDef::writable(
    "__dict__",
    "dictionary for instance variables",
    get_dict,
    set_dict,
);

fn get_dict(vm: &Vm, object: &Value) -> PyResult {
    if !has_attributes(object) {
        if let Some(get) = own_dict(vm, object) {
            let class = vm.class_of(&get);
            if let Some(function) = class.slots().descr_get {
                return function(vm, &get, Some(object), None);
            }
        }
        return Err(no_dict(vm, object));
    }
    Ok(materialise(vm, object)?.into_value())
}

fn set_dict(vm: &Vm, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let place = object.payload::<Function>().map(|f| &f.dict);
    if place.is_none() && with_tail(object, |_| ()).is_none() {
        if let Some(set) = own_dict(vm, object)
            && let Some(function) = vm.class_of(&set).slots().descr_set
        {
            return function(vm, &set, object, value);
        }
        return Err(no_dict(vm, object));
    }
    match value {
        None if place.is_some() || of_native_class(vm, object) => {
            return Err(vm.type_error("cannot delete __dict__"));
        }
        None => replace_dict(object, None),
        Some(value) => match value.as_ref_to::<Dict>() {
            Some(dict) => match place {
                Some(place) => place.set(Some(dict.to_value())),
                None => replace_dict(object, Some(dict.clone())),
            },
            None => {
                return Err(vm.type_error(format!(
                    "__dict__ must be set to a dictionary, not a '{}'",
                    vm.class_name(value)
                )));
            }
        },
    }
    Ok(())
}

/// True if a native class gave the object its attributes: functions, partial objects, exceptions.
fn of_native_class(vm: &Vm, object: &Value) -> bool {
    let Some(mro) = vm.class_of(object).mro() else {
        return false;
    };
    mro.iter()
        .filter_map(|class| class.as_ref_to::<Class>())
        .any(|class| class.spec.is_some() && class.has_flag(class_flag::HAS_DICT))
}

/// The `__dict__` descriptor of classes or modules, for those that a program's class is before in
/// the resolution order of their own.
fn own_dict(vm: &Vm, object: &Value) -> Option<Value> {
    let owner = if object.payload::<Class>().is_some() {
        &vm.types.type_
    } else if object.payload::<crate::types::module::Module>().is_some() {
        &vm.types.module
    } else {
        return None;
    };
    vm.lookup_in_class(owner, &vm.names.__dict__)
}

fn no_dict(vm: &Vm, object: &Value) -> Raised {
    vm.attribute_error_for(
        format!("This object has no __dict__ ({})", vm.class_name(object)),
        object,
        &vm.names.__dict__,
    )
}
