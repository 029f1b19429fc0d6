//! Attribute access.

use crate::object::{Class, PyResult, Ref, Value};
use crate::vm::Vm;

impl Vm {
    /// `object.name`; `name` is a `str`.
    pub fn get_attr(&self, object: &Value, name: &Value) -> PyResult {
        match self.class_of(object).slots().getattro {
            Some(get) => get(self, object, name),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// `getattr(object, name, None)`: None here where an AttributeError was raised.
    pub fn get_attr_opt(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        match self.get_attr(object, name) {
            Ok(value) => Ok(Some(value)),
            Err(raised) => self
                .catch(raised, &self.types.exceptions.attribute_error)
                .map(|_| None),
        }
    }

    /// `object.name = value`.
    pub fn set_attr(&self, object: &Value, name: &Value, value: &Value) -> PyResult<()> {
        self.set_or_delete_attr(object, name, Some(value))
    }

    /// `del object.name`.
    pub fn del_attr(&self, object: &Value, name: &Value) -> PyResult<()> {
        self.set_or_delete_attr(object, name, None)
    }

    /// Attribute store, or deletion where there is no value.
    pub fn set_or_delete_attr(
        &self,
        object: &Value,
        name: &Value,
        value: Option<&Value>,
    ) -> PyResult<()> {
        let class = self.class_of(object);
        match class.slots().setattro {
            Some(set) => set(self, object, name, value),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// Raises the AttributeError of a missing attribute, with `name` and `obj`.
    #[cold]
    pub fn no_attribute(&self, object: &Value, name: &Value) -> crate::Raised {
        let message = format!(
            "'{}' object has no attribute '{}'",
            self.class_name(object),
            self.display(name)
        );
        self.attribute_error_for(message, object, name)
    }

    /// The special method `name` looked up on the type and bound; None if there is none.
    pub fn lookup_special(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        let class = self.class_of(object);
        let Some(found) = self.lookup_in_class(class, name) else {
            return Ok(None);
        };
        match self.class_of(&found).slots().descr_get {
            Some(get) => get(self, &found, Some(object), Some(class.as_value())).map(Some),
            None => Ok(Some(found)),
        }
    }

    /// The first entry of that name in the namespaces of the class's resolution order, not bound.
    pub fn lookup_in_class(&self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        let mro = class.mro.get()?;
        for class in mro.payload::<crate::object::Tuple>()?.iter() {
            let class = class.payload::<Class>()?;
            if let Ok(Some(found)) = class.dict.get_str(self, name) {
                return Some(found);
            }
        }
        None
    }
}
