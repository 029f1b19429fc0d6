//! Attribute access as objects do it unless their class says otherwise: data descriptors of the
//! class, the object's own attributes, everything else of the class.

use crate::object::{PyResult, Value, class_flag, instance};
use crate::types::descriptors::slot_wrapper::SlotWrapper;
use crate::types::type_::slot_table::SlotFn;
use crate::vm::Vm;

/// `object.__getattribute__`.
pub fn get_attribute(vm: &Vm, object: &Value, name: &Value) -> PyResult {
    vm.generic_get_attr(object, name)
}

/// `object.__setattr__` and `object.__delattr__`.
pub fn set_attribute(vm: &Vm, object: &Value, name: &Value, value: Option<&Value>) -> PyResult<()> {
    vm.generic_set_attr(object, name, value)
}

impl Vm {
    /// The attribute by the general rules, or the AttributeError.
    pub fn generic_get_attr(&self, object: &Value, name: &Value) -> PyResult {
        match self.generic_get_attr_opt(object, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// The attribute by the general rules; None without an exception if there is none.
    pub fn generic_get_attr_opt(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        self.check_attribute_name(name)?;
        let class = self.class_of(object);
        let on_class = self.lookup_in_class(class, name);
        let mut get = None;
        if let Some(found) = &on_class {
            let slots = self.class_of(found).slots();
            get = slots.descr_get;
            if let Some(get) = get
                && slots.descr_set.is_some()
            {
                return get(self, found, Some(object), Some(class.as_value())).map(Some);
            }
        }
        if let Some(own) = instance::get(self, object, name)? {
            return Ok(Some(own));
        }
        match (on_class, get) {
            (Some(found), Some(get)) => {
                let owner = self.class_of(object).clone();
                get(self, &found, Some(object), Some(owner.as_value())).map(Some)
            }
            (found, _) => Ok(found),
        }
    }

    /// Stores or deletes an attribute by the general rules.
    pub fn generic_set_attr(
        &self,
        object: &Value,
        name: &Value,
        value: Option<&Value>,
    ) -> PyResult<()> {
        self.check_attribute_name(name)?;
        let class = self.class_of(object);
        let on_class = self.lookup_in_class(class, name);
        if let Some(found) = &on_class
            && let Some(set) = self.class_of(found).slots().descr_set
        {
            return set(self, found, object, value);
        }
        let done = match value {
            Some(value) => instance::set(self, object, name, value.clone())?,
            None => instance::delete(self, object, name)?,
        };
        if done {
            return Ok(());
        }
        if instance::has_attributes(object) {
            return Err(self.no_attribute(object, name));
        }
        if on_class.is_some() {
            let message = format!(
                "'{}' object attribute '{}' is read-only",
                self.class_name(object),
                self.display(name)
            );
            return Err(self.attribute_error_for(message, object, name));
        }
        Err(self.no_attribute(object, name))
    }

    /// True for `object.__getattribute__` itself.
    pub(crate) fn is_generic_getattribute(&self, method: &Value) -> bool {
        method
            .payload::<SlotWrapper>()
            .is_some_and(|w| w.function == SlotFn::GetAttr(get_attribute))
    }

    /// True if attribute loads of the class's instances follow the general rules.
    pub(crate) fn refresh_attribute_flags(&self, class: &crate::object::Class) {
        let slots = class.slots();
        let generic = |own: Option<SlotFn>, wanted: SlotFn| own.is_some_and(|f| f == wanted);
        let get = generic(
            slots.getattro.map(SlotFn::GetAttr),
            SlotFn::GetAttr(get_attribute),
        );
        let set = generic(
            slots.setattro.map(SlotFn::SetAttr),
            SlotFn::SetAttr(set_attribute),
        );
        for (is_generic, flag) in [
            (get, class_flag::GENERIC_GETATTR),
            (set, class_flag::GENERIC_SETATTR),
        ] {
            if is_generic {
                class.set_flag(flag);
            } else {
                class.unset_flag(flag);
            }
        }
    }
}
