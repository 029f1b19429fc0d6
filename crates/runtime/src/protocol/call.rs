//! Calls from native code.

use crate::object::borrowed::BorrowedValues;

use crate::object::{Args, Class, Kind, NativeFn, PyResult, Ref, Value, class_flag};
use crate::types::builtin_function::BuiltinFunction;
use crate::vm::Vm;
use crate::vm::ops::call_simple;

/// True if CPython packs the arguments of a call of such a callable into a tuple.
pub(crate) fn packs_arguments(class: &Ref<Class>, callable: &Value) -> bool {
    match class.kind {
        Kind::FUNCTION | Kind::METHOD | Kind::BUILTIN_FUNCTION | Kind::METHOD_DESCRIPTOR => false,
        Kind::CLASS => callable.payload::<Class>().is_some_and(|class| {
            // An exception keeps the tuple as its arguments.
            let keeps = class.has_flag(class_flag::EXCEPTION_SUBCLASS) && !class.has_own_new();
            !keeps && !class.has_flag(class_flag::MADE_UNPACKED)
        }),
        _ => !class.has_flag(class_flag::CALLED_UNPACKED),
    }
}

impl Vm {
    /// `callable(*args)`.
    pub fn call(&self, callable: &Value, args: &[Value]) -> PyResult {
        match self.call_plainly(callable, None, args) {
            Some(result) => result,
            None => self.call_args(callable, Args::positional(args)),
        }
    }

    /// Calls a function or native whose parameters the values fill as they are, which is most of what is
    /// called; None where that is not so.
    #[inline]
    fn call_plainly(
        &self,
        callable: &Value,
        first: Option<&Value>,
        args: &[Value],
    ) -> Option<PyResult> {
        let class = self.class_of(callable);
        if class.is(&self.types.function) {
            return call_simple(self, callable, first, args);
        }
        if class.is(&self.types.builtin_function) {
            let function = callable.payload::<BuiltinFunction>()?;
            let def = function.def;
            let receiver = function.receiver.as_ref().filter(|_| def.has_receiver());
            let NativeFn::Bound(code) = def.code else {
                return None;
            };
            let given = args.len() + usize::from(receiver.is_some());
            if first.is_some() || given != usize::from(def.exact) {
                return None;
            }
            return Some(self.call_bound(code, receiver, args, def.counts_as_nesting()));
        }
        None
    }

    /// Calls a native with all its parameters given.
    #[inline]
    fn call_bound(
        &self,
        code: fn(&Vm, &[Value]) -> PyResult,
        receiver: Option<&Value>,
        args: &[Value],
        nests: bool,
    ) -> PyResult {
        let _guard;
        if nests {
            _guard = self.enter_native(" while calling a Python object")?;
        } else {
            self.check_native_stack()?;
        }
        match receiver {
            Some(receiver) => BorrowedValues::lend(receiver, args, |values| code(self, values)),
            None => code(self, args),
        }
    }

    /// `callable()`.
    pub fn call0(&self, callable: &Value) -> PyResult {
        self.call_args(callable, Args::NONE)
    }

    /// `callable(arg)`.
    pub fn call1(&self, callable: &Value, arg: &Value) -> PyResult {
        self.call(callable, std::slice::from_ref(arg))
    }

    /// A call with keywords.
    pub fn call_args(&self, callable: &Value, args: Args<'_>) -> PyResult {
        let class = self.class_of(callable);
        match class.slots().call {
            Some(_) if packs_arguments(class, callable) => {
                // CPython makes a tuple of them, which holds them during the call.
                let mut packed = self.packed();
                packed.hold(args.values);
                self.call_packed(callable, args.handed_on())
            }
            _ => self.call_packed(callable, args.handed_on()),
        }
    }

    /// The same where something else keeps the arguments already, as the tuple of a call with `*` does.
    pub fn call_packed(&self, callable: &Value, args: Args<'_>) -> PyResult {
        let class = self.class_of(callable);
        match class.slots().call {
            Some(call) => {
                // What counts as nesting, and how it is worded, is CPython's.
                let _guard;
                if matches!(
                    class.kind,
                    Kind::FUNCTION
                        | Kind::METHOD
                        | Kind::BUILTIN_FUNCTION
                        | Kind::METHOD_DESCRIPTOR
                        | Kind::CLASS
                ) {
                    self.check_native_stack()?;
                } else {
                    _guard = self.enter_native(" while calling a Python object")?;
                }
                call(self, callable, args.handed_on())
            }
            None => {
                Err(self.type_error(format!("'{}' object is not callable", class.name_string())))
            }
        }
    }

    /// `object.name(*args)`; `name` is an interned `str`.
    pub fn call_method(&self, object: &Value, name: &Value, args: &[Value]) -> PyResult {
        let method = self.get_attr(object, name)?;
        self.call(&method, args)
    }

    /// `type(object).name(object, *args)` as builtin functions look special methods up: on the
    /// type only.  None if the type has no such attribute.
    pub fn call_special(
        &self,
        object: &Value,
        name: &Value,
        args: &[Value],
    ) -> PyResult<Option<Value>> {
        // As a bound method would.
        let _held = object.clone();
        self.call_slot_method(object, name, args)
    }

    /// The same as the slots of classes look special methods up, without a bound method.
    pub fn call_slot_method(
        &self,
        object: &Value,
        name: &Value,
        args: &[Value],
    ) -> PyResult<Option<Value>> {
        match self.lookup_in_class(self.class_of(object), name) {
            Some(method) => self
                .call_found(&method, object, Args::positional(args))
                .map(Some),
            None => Ok(None),
        }
    }

    /// Calls what was found on an object's class as a method of the object, without a bound
    /// method where the kind of callable allows.
    pub fn call_found(&self, method: &Value, object: &Value, args: Args<'_>) -> PyResult {
        let class = self.class_of(method);
        if class.has_flag(class_flag::METHOD_DESCRIPTOR) {
            if args.names.is_empty()
                && let Some(result) = self.call_plainly(method, Some(object), args.values)
            {
                return result;
            }
            return BorrowedValues::lend(object, args.values, |values| {
                let names = args.names;
                self.call_args(method, Args { values, names })
            });
        }
        match class.slots().descr_get {
            Some(get) => {
                let owner = self.class_of(object).as_value();
                let bound = get(self, method, Some(object), Some(owner))?;
                self.call_args(&bound, args)
            }
            None => self.call_args(method, args),
        }
    }
}
