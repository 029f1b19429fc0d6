//! `isinstance` and `issubclass`.

use crate::object::{Class, PyResult, Ref, Tuple, Value};
use crate::types::union_type::UnionType;
use crate::vm::Vm;

/// What a tuple of classes or a union is made of.
fn alternatives(class: &Value) -> Option<&Tuple> {
    match class.payload::<UnionType>() {
        Some(union) => Some(&union.args),
        None => class.payload(),
    }
}

/// True if a check holds for one of the classes; those behind it are not looked at.
fn any(classes: &[Value], check: impl Fn(&Value) -> PyResult<bool>) -> PyResult<bool> {
    for class in classes {
        if check(class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Vm {
    /// `isinstance(value, class_or_tuple_or_union)`.
    pub fn is_instance(&self, value: &Value, class: &Value) -> PyResult<bool> {
        if self.class_of(value).as_value().is(class) {
            return Ok(true);
        }
        if self.class_of(class).is(&self.types.type_) {
            return self.is_instance_plain(value, class);
        }
        if let Some(classes) = alternatives(class) {
            let _guard = self.enter_native(" in __instancecheck__")?;
            return any(classes, |class| self.is_instance(value, class));
        }
        let args = std::slice::from_ref(value);
        match self.call_special(class, &self.names.__instancecheck__, args)? {
            Some(answer) => self.truth(&answer),
            None => self.is_instance_plain(value, class),
        }
    }

    /// The check without `__instancecheck__`: by class, then by `__class__`.
    pub(crate) fn is_instance_plain(&self, value: &Value, class: &Value) -> PyResult<bool> {
        if let Some(wanted) = class.as_ref_to::<Class>() {
            let own = self.class_of(value);
            if own.is_subclass_of(wanted) {
                return Ok(true);
            }
            let claimed = self.get_attr_opt(value, &self.names.__class__)?;
            return Ok(match &claimed {
                Some(claimed) if !claimed.is(self.class_of(value).as_value()) => claimed
                    .payload::<Class>()
                    .is_some_and(|claimed| claimed.is_subclass_of(wanted)),
                _ => false,
            });
        }
        self.check_class_like(
            class,
            "isinstance() arg 2 must be a type, a tuple of types, or a union",
        )?;
        match self.get_attr_opt(value, &self.names.__class__)? {
            Some(own) => self.is_abstract_subclass(&own, class),
            None => Ok(false),
        }
    }

    /// `issubclass(derived, class_or_tuple_or_union)`.
    pub fn is_subclass(&self, derived: &Value, class: &Value) -> PyResult<bool> {
        if self.class_of(class).is(&self.types.type_) {
            if derived.is(class) {
                return Ok(true);
            }
            return self.is_subclass_plain(derived, class);
        }
        if let Some(classes) = alternatives(class) {
            let _guard = self.enter_native(" in __subclasscheck__")?;
            return any(classes, |class| self.is_subclass(derived, class));
        }
        let args = std::slice::from_ref(derived);
        match self.lookup_special(class, &self.names.__subclasscheck__)? {
            Some(checker) => {
                let _guard = self.enter_native(" in __subclasscheck__")?;
                let answer = self.call(&checker, args)?;
                self.truth(&answer)
            }
            None => self.is_subclass_plain(derived, class),
        }
    }

    /// The check without `__subclasscheck__`.
    pub(crate) fn is_subclass_plain(&self, derived: &Value, class: &Value) -> PyResult<bool> {
        if let (Some(derived), Some(class)) =
            (derived.as_ref_to::<Class>(), class.as_ref_to::<Class>())
        {
            return Ok(derived.is_subclass_of(class));
        }
        self.check_class_like(derived, "issubclass() arg 1 must be a class")?;
        self.check_class_like(
            class,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )?;
        self.is_abstract_subclass(derived, class)
    }

    /// `__bases__` of something that looks like a class.
    fn abstract_bases(&self, class: &Value) -> PyResult<Option<Ref<Tuple>>> {
        let bases = self.get_attr_opt(class, &self.names.__bases__)?;
        Ok(bases.and_then(|b| b.downcast().ok()))
    }

    fn check_class_like(&self, class: &Value, message: &str) -> PyResult<()> {
        match self.abstract_bases(class)? {
            Some(_) => Ok(()),
            None => Err(self.type_error(message)),
        }
    }

    fn is_abstract_subclass(&self, derived: &Value, class: &Value) -> PyResult<bool> {
        if derived.is(class) {
            return Ok(true);
        }
        let Some(bases) = self.abstract_bases(derived)? else {
            return Ok(false);
        };
        let _guard = self.enter_native(" in __issubclass__")?;
        any(&bases, |base| self.is_abstract_subclass(base, class))
    }
}
