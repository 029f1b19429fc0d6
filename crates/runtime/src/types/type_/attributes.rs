//! Attributes of classes: the metaclass's data descriptors, the class's own resolution order,
//! everything else of the metaclass; and what a change to a class entails.

use crate::object::slots::GetAttrFn;
use crate::object::{Class, Kind, PyResult, Ref, Str, Value, class_flag};
use crate::vm::Vm;

/// `type.__getattribute__`.
pub(super) fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    vm.check_attribute_name(name)?;
    let Some(class) = this.as_ref_to::<Class>() else {
        return vm.generic_get_attr(this, name);
    };
    match vm.class_attribute(class, name)? {
        Some(found) => Ok(found),
        None => {
            let message = format!(
                "type object '{}' has no attribute '{}'",
                class.name_string(),
                vm.display(name)
            );
            Err(vm.attribute_error_for(message, this, name))
        }
    }
}

/// `type.__setattr__` and `type.__delattr__`.
pub(super) fn set_attribute(
    vm: &Vm,
    this: &Value,
    name: &Value,
    value: Option<&Value>,
) -> PyResult<()> {
    let Some(class) = this.as_ref_to::<Class>() else {
        return vm.generic_set_attr(this, name, value);
    };
    vm.check_attribute_name(name)?;
    if class.has_flag(class_flag::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set {} attribute of immutable type '{}'",
            vm.repr_string(name)?,
            class.name_string()
        )));
    }
    let meta = vm.class_of(this);
    if let Some(found) = vm.lookup_in_class(meta, name)
        && let Some(set) = vm.class_of(&found).slots().descr_set
    {
        return set(vm, &found, this, value);
    }
    vm.set_class_entry(class, name, value)
}

impl Vm {
    /// True if a class's attributes are loaded as `type` does it.
    pub(crate) fn has_type_getattr(&self, class: &Value) -> bool {
        let own = self.class_of(class).slots().getattro;
        own.is_some_and(|f| f as usize == get_attribute as GetAttrFn as usize)
    }

    /// `class.name`, or None without an exception.
    pub(crate) fn class_attribute(
        &self,
        class: &Ref<Class>,
        name: &Value,
    ) -> PyResult<Option<Value>> {
        let this = class.as_value();
        let meta = self.class_of(this);
        let on_meta = self.lookup_in_class(meta, name);
        let mut get = None;
        if let Some(found) = &on_meta {
            let slots = self.class_of(found).slots();
            get = slots.descr_get;
            if let Some(get) = get
                && slots.descr_set.is_some()
            {
                return get(self, found, Some(this), Some(meta.as_value())).map(Some);
            }
        }
        if let Some(found) = self.lookup_in_class(class, name) {
            return match self.class_of(&found).slots().descr_get {
                Some(get) => get(self, &found, None, Some(this)).map(Some),
                None => Ok(Some(found)),
            };
        }
        match (on_meta, get) {
            (Some(found), Some(get)) => {
                get(self, &found, Some(this), Some(meta.as_value())).map(Some)
            }
            (found, _) => Ok(found),
        }
    }

    /// Stores an entry into a class's namespace, or deletes one, and brings slots and caches up to
    /// date.
    pub(crate) fn set_class_entry(
        &self,
        class: &Ref<Class>,
        name: &Value,
        value: Option<&Value>,
    ) -> PyResult<()> {
        let name = match name.as_ref_to::<Str>() {
            Some(text) if self.class_of(name).is(&self.types.str) => {
                self.intern_str(text).into_value()
            }
            _ => name.clone(),
        };
        // The version goes first: the method cache does not own what it remembers.
        class.invalidate();
        let old = match value {
            Some(value) => {
                self.widen_for_method(class, value);
                class.dict.insert(self, &name, value.clone())?
            }
            None => match class.dict.remove(self, &name)? {
                Some((_, old)) => Some(old),
                None => {
                    let message = format!(
                        "type object '{}' has no attribute '{}'",
                        class.name_string(),
                        self.display(&name)
                    );
                    return Err(self.attribute_error_for(message, class.as_value(), &name));
                }
            },
        };
        class.invalidate();
        let names = self.names;
        let descriptor = [&names.__get__, &names.__set__, &names.__delete__];
        if descriptor.iter().any(|n| n.is(&name)) {
            // What holds its instances was perhaps remembered as holding plain values.
            self.types.object.invalidate();
        }
        self.update_slots_named(class, &name);
        drop(old);
        Ok(())
    }

    /// Gives instances room for the attributes that a new method assigns, as long as there are
    /// none.
    fn widen_for_method(&self, class: &Ref<Class>, method: &Value) {
        let has_inline = class.has_flag(class_flag::HAS_DICT) && class.kind == Kind::PLAIN;
        if class.instantiated.get() || !has_inline {
            return;
        }
        let wanted = self.static_attributes_of(method).len();
        if wanted > usize::from(class.inline_capacity.get()) {
            class.set_inline_capacity(wanted.min(usize::from(u8::MAX)) as u8);
        }
    }
}
