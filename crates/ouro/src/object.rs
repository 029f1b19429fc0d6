//! A Python object that the host holds.

use std::fmt;
use std::mem::ManuallyDrop;

use runtime::object::Value;
use runtime::vm::Vm;

use crate::convert::{FromPython, ToPython, ToPythonArgs};
use crate::error::Error;
use crate::interpreter::outcome;

/// A reference to a Python object.  It counts as one, so the object lives as long as this does.
pub struct Object {
    vm: &'static Vm,
    value: ManuallyDrop<Value>,
}

impl Object {
    pub(crate) fn new(vm: &'static Vm, value: Value) -> Object {
        vm.add_handle();
        Object {
            vm,
            value: ManuallyDrop::new(value),
        }
    }

    /// The runtime's view of it.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The object in Rust.
    ///
    /// # Errors
    /// Where it is of another type.
    pub fn extract<T: FromPython>(&self) -> Result<T, Error> {
        self.vm.make_current();
        Ok(T::from_python(self.vm, &self.value)?)
    }

    /// An attribute.
    ///
    /// # Errors
    /// What reading it raises.
    pub fn attr(&self, name: &str) -> Result<Object, Error> {
        self.vm.make_current();
        let value = self.vm.get_attr(&self.value, &self.vm.intern(name));
        outcome(self.vm, value).map(|value| Object::new(self.vm, value))
    }

    /// Sets an attribute.
    ///
    /// # Errors
    /// What setting it raises.
    pub fn set_attr(&self, name: &str, value: impl ToPython) -> Result<(), Error> {
        self.vm.make_current();
        let done = value
            .to_python(self.vm)
            .and_then(|value| self.vm.set_attr(&self.value, &self.vm.intern(name), &value));
        outcome(self.vm, done)
    }

    /// Calls it.
    ///
    /// # Errors
    /// What the call raises, or a result of another type.
    pub fn call<T: FromPython>(&self, args: impl ToPythonArgs) -> Result<T, Error> {
        self.vm.make_current();
        let result = args
            .to_python_args(self.vm)
            .and_then(|args| self.vm.call(&self.value, &args));
        let value = outcome(self.vm, result)?;
        Ok(T::from_python(self.vm, &value)?)
    }

    /// Calls a method.
    ///
    /// # Errors
    /// What the call raises, or a result of another type.
    pub fn call_method<T: FromPython>(
        &self,
        name: &str,
        args: impl ToPythonArgs,
    ) -> Result<T, Error> {
        self.attr(name)?.call(args)
    }

    /// `str()` of it.
    ///
    /// # Errors
    /// What `__str__` raises.
    pub fn text(&self) -> Result<String, Error> {
        self.vm.make_current();
        outcome(self.vm, self.vm.str_string(&self.value))
    }

    /// Its class's name.
    pub fn class_name(&self) -> String {
        self.vm.class_name(&self.value).to_string()
    }
}

impl Clone for Object {
    fn clone(&self) -> Object {
        Object::new(self.vm, self.value().clone())
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        // The last reference frees the object, in its own interpreter's heap.
        self.vm.make_current();
        let value = std::mem::replace(&mut *self.value, Value::NONE);
        drop(value);
        self.vm.drop_handle();
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({})", self.class_name())
    }
}
