//! Raising exceptions from native code.

use super::state::Vm;
use crate::object::{Args, Class, Raised, Ref, Slot, Str, Value, alloc};
use crate::types::exceptions::Exception;

macro_rules! raisers {
    ($($(#[$doc:meta])* $function:ident: $class:ident,)*) => {
        impl Vm {
            $($(#[$doc])* #[cold] #[inline(never)]
            pub fn $function(&self, message: impl AsRef<str>) -> Raised {
                self.raise(&self.types.exceptions.$class, message)
            })*
        }
    };
}

raisers! {
    /// Raises a `TypeError`.
    type_error: type_error,
    /// Raises a `ValueError`.
    value_error: value_error,
    /// Raises an `IndexError`.
    index_error: index_error,
    /// Raises an `OverflowError`.
    overflow_error: overflow_error,
    /// Raises a `ZeroDivisionError`.
    zero_division_error: zero_division_error,
    /// Raises a `RuntimeError`.
    runtime_error: runtime_error,
    /// Raises a `RecursionError`.
    recursion_error: recursion_error,
    /// Raises a `NotImplementedError`.
    not_implemented_error: not_implemented_error,
    /// Raises a `SystemError`.
    system_error: system_error,
    /// Raises a `BufferError`.
    buffer_error: buffer_error,
    /// Raises an `AttributeError` without its `name` and `obj`.
    attribute_error: attribute_error,
    /// Raises a `NameError` without its `name`.
    name_error: name_error,
    /// Raises an `EOFError`.
    eof_error: eof_error,
    /// Raises a `LookupError`.
    lookup_error: lookup_error,
    /// Raises a `ReferenceError`.
    reference_error: reference_error,
}

impl Vm {
    /// A new exception object of a builtin class with one message argument.
    pub fn new_exception(&self, class: &Ref<Class>, args: &[Value]) -> Value {
        let exception = Exception {
            args: Slot::new(Some(self.tuple_from_slice(args).into_value())),
            ..Exception::default()
        };
        let exception = alloc(class, exception).into_value();
        let base = self.types.exceptions.base_exception.slots().init;
        if let (Some(own), Some(base)) = (class.slots().init, base)
            && !std::ptr::fn_addr_eq(own, base)
        {
            // Classes with fields of their own fill them from the arguments; what they are given
            // here is never wrong.
            let _ = own(self, &exception, Args::positional(args))
                .map_err(|raised| drop(self.take_exception(raised)));
        }
        exception
    }

    /// Raises an exception of a builtin class with a message.
    #[cold]
    #[inline(never)]
    pub fn raise(&self, class: &Ref<Class>, message: impl AsRef<str>) -> Raised {
        let message = self.str_value(message.as_ref());
        let exception = self.new_exception(class, std::slice::from_ref(&message));
        let types = &self.types.exceptions;
        if (class.is_subclass_of(&types.import_error) || class.is_subclass_of(&types.syntax_error))
            && let Some(payload) = exception.payload::<Exception>()
        {
            // Their first field is `msg`.
            payload.set_field(0, Some(message));
        }
        self.raise_value(exception)
    }

    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&self, key: &Value) -> Raised {
        let exception =
            self.new_exception(&self.types.exceptions.key_error, std::slice::from_ref(key));
        self.raise_value(exception)
    }

    /// Raises `StopIteration(value)`, or without argument for None.
    #[cold]
    pub fn stop_iteration(&self, value: &Value) -> Raised {
        let args = if value.is_none() {
            &[][..]
        } else {
            std::slice::from_ref(value)
        };
        let exception = self.new_exception(&self.types.exceptions.stop_iteration, args);
        if let Some(payload) = exception.payload::<Exception>() {
            *payload.fields.borrow_mut() = Box::new([Slot::new(Some(value.clone()))]);
        }
        self.raise_value(exception)
    }

    /// Raises `MemoryError()`.
    #[cold]
    pub fn memory_error(&self) -> Raised {
        let exception = self.new_exception(&self.types.exceptions.memory_error, &[]);
        self.raise_value(exception)
    }

    /// Raises an exception object; replaces one that is already on its way.  The exception being
    /// handled becomes its `__context__`.
    pub fn raise_value(&self, exception: Value) -> Raised {
        if let Some(handled) = self.handled_exception()
            && !handled.is(&exception)
        {
            set_context(&exception, handled);
        }
        self.raised.set(Some(exception));
        Raised(())
    }

    /// Takes the exception that was raised.
    pub fn take_exception(&self, _raised: Raised) -> Value {
        self.raised.take().unwrap_or_else(|| {
            self.new_exception(
                &self.types.exceptions.system_error,
                &[self.str_value("error return without exception set")],
            )
        })
    }

    /// True if the exception that waits is an instance of `class`.
    pub(crate) fn is_raised(&self, class: &Ref<Class>) -> bool {
        let raised = self.raised.get();
        raised.is_some_and(|e| self.is_instance_of(&e, class))
    }

    /// Takes the exception if it is an instance of `class`; otherwise it stays raised.
    pub fn catch(&self, raised: Raised, class: &Ref<Class>) -> Result<Value, Raised> {
        if self.is_raised(class) {
            Ok(self.take_exception(raised))
        } else {
            Err(raised)
        }
    }

    /// True if the value's class is `class` or derives from it; no Python code runs.
    pub fn is_instance_of(&self, value: &Value, class: &Ref<Class>) -> bool {
        self.class_of(value).is_subclass_of(class)
    }
}

impl Class {
    /// True if `other` is in this class's resolution order.
    pub fn is_subclass_of(&self, other: &Ref<Class>) -> bool {
        self.mro()
            .is_some_and(|mro| mro.iter().any(|c| c.is(other.as_value())))
    }
}

impl Vm {
    /// The text of a `str` value or the class name of another, for messages.
    pub fn display(&self, value: &Value) -> String {
        match value.payload::<Str>() {
            Some(s) => s.to_display().into_owned(),
            None => self.class_name(value),
        }
    }
}

impl Vm {
    /// Raises an AttributeError that remembers the object and the name (for suggestions).
    #[cold]
    pub fn attribute_error_for(
        &self,
        message: impl AsRef<str>,
        object: &Value,
        name: &Value,
    ) -> Raised {
        let message = self.str_value(message.as_ref());
        let exception = self.new_exception(&self.types.exceptions.attribute_error, &[message]);
        if let Some(payload) = exception.payload::<Exception>() {
            *payload.fields.borrow_mut() = Box::new([
                Slot::new(Some(name.clone())),
                Slot::new(Some(object.clone())),
            ]);
        }
        self.raise_value(exception)
    }
}

impl Vm {
    /// Gives the exception thrown into a generator the one that the generator itself is handling as
    /// its context; what its caller handles is not the generator's.
    pub(crate) fn chain_thrown(&self) {
        if let (Some(exception), Some(handled)) = (self.raised.get(), self.innermost_handled())
            && !handled.is(&exception)
        {
            set_context(&exception, handled);
        }
    }

    /// Makes an exception the context of another one, in the place of what that has.
    pub(crate) fn chain_exception(&self, exception: &Value, context: Value) {
        if !exception.is(&context) {
            set_context(exception, context);
        }
    }
}

/// Sets the context of an exception, cutting the chain where it would become a cycle.
fn set_context(exception: &Value, context: Value) {
    let Some(payload) = exception.payload::<Exception>() else {
        return;
    };
    // Floyd's cycle detection, as a chain that others made may already be circular.
    let mut slow = context.clone();
    let mut current = context.clone();
    let mut move_slow = false;
    while let Some(next) = current.payload::<Exception>().and_then(|e| e.context.get()) {
        if next.is(exception) {
            if let Some(link) = current.payload::<Exception>() {
                link.context.set(None);
            }
            break;
        }
        current = next;
        if current.is(&slow) {
            break;
        }
        if move_slow && let Some(next) = slow.payload::<Exception>().and_then(|e| e.context.get()) {
            slow = next;
        }
        move_slow = !move_slow;
    }
    payload.context.set(Some(context));
}

impl Vm {
    /// Raises a NameError (or a class derived from it) that remembers the name.
    #[cold]
    pub fn name_error_for(
        &self,
        class: &Ref<Class>,
        message: impl AsRef<str>,
        name: &Value,
    ) -> Raised {
        let exception = self.new_exception(class, &[self.str_value(message.as_ref())]);
        if let Some(payload) = exception.payload::<Exception>() {
            *payload.fields.borrow_mut() = Box::new([Slot::new(Some(name.clone()))]);
        }
        self.raise_value(exception)
    }
}
