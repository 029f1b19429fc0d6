//! Calls of Python functions from native code.

use super::call::enter;
use super::macros::{increment, read_word};
use crate::object::{Args, Object, PyResult, Ref, Value};
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::frame::frame_flag;
use crate::vm::function::Function;

/// Calls a Python function from native code: arguments are copied above everything that is in use
/// on the VM stack, and a nested loop runs until the function returns.
pub fn call_python(
    vm: &Vm,
    function: &Ref<Function>,
    args: Args<'_>,
    namespace: Option<Value>,
) -> PyResult {
    let _guard = vm.enter_loop()?;
    // SAFETY: the words are laid out as for CALL; the frame leaves the loop when it returns.
    unsafe {
        let base = vm.stack_top();
        if base.wrapping_add(args.values.len() + 64) >= vm.stack.limit() {
            return Err(vm.too_deep());
        }
        *base = function.to_value().into_word();
        *base.add(1) = 0;
        let mut sp = base.add(2);
        for value in args.values {
            *sp = value.clone().into_word();
            sp = sp.add(1);
        }
        let names = if args.names.is_empty() {
            None
        } else {
            Some(vm.tuple_from_slice(args.names))
        };
        let object = function.as_ptr().as_ptr() as *const Object<Function>;
        // While arguments are bound nobody may use the words above the base.
        let saved = vm.current_frame().map(|frame| {
            let generator = frame.has(frame_flag::GENERATOR);
            let place = if generator {
                &frame.stack_base
            } else {
                &frame.sp
            };
            let old = place.get();
            place.set(sp);
            (place, old)
        });
        let entered = enter(
            vm,
            object,
            base,
            sp,
            names.as_deref(),
            std::ptr::null(),
            frame_flag::ENTRY,
        );
        if let Some((place, old)) = saved {
            place.set(old);
        }
        entered?;
        let frame = &*vm.frame.get();
        if let Some(namespace) = namespace {
            frame.namespace.set(Some(namespace));
            frame.set(frame_flag::NAMESPACE);
        }
        crate::vm::run::run(vm)
    }
}

/// Calls a Python function from native code with values that fill its parameters as they are: they are
/// counted and become its first variables, above everything that is in use on the VM stack.  None where the
/// values need binding or there is no room.
#[inline(never)]
pub fn call_simple(
    vm: &Vm,
    function: &Value,
    receiver: Option<&Value>,
    args: &[Value],
) -> Option<PyResult> {
    let object = function.as_object::<Function>()?;
    let code = object.payload().code();
    let payload: &Code = code;
    let given = args.len() + usize::from(receiver.is_some());
    if !payload.simple || payload.argcount != given {
        return None;
    }
    let guard = match vm.enter_loop() {
        Ok(guard) => guard,
        Err(raised) => return Some(Err(raised)),
    };
    // SAFETY: there is room for the frame; the words written are counted and become the frame's, which
    // leaves the loop when it returns.
    unsafe {
        let first = vm.stack_top();
        if !vm.has_room(payload, first) {
            return None;
        }
        let mut place = first;
        for value in receiver.into_iter().chain(args) {
            let word = read_word(std::ptr::from_ref(value).cast());
            increment!(word);
            *place = word;
            place = place.add(1);
        }
        let end = first.add(payload.localsplus);
        while place < end {
            *place = 0;
            place = place.add(1);
        }
        object.header().increment();
        let code = code.as_ptr().as_ptr() as *const Object<Code>;
        vm.push_frame(object, code, first, std::ptr::null(), frame_flag::ENTRY);
        let result = crate::vm::run::run(vm);
        drop(guard);
        Some(result)
    }
}

impl Vm {
    /// `__call__` of functions.
    pub(crate) fn call_function(&self, callable: &Value, args: Args<'_>) -> PyResult {
        match callable.as_ref_to::<Function>() {
            Some(function) => call_python(self, function, args, None),
            None => Err(self.type_error("not a function")),
        }
    }

    /// How a callable is named in messages about its arguments: `module.f()`.
    pub(crate) fn callable_text(&self, callable: &Value) -> PyResult<String> {
        let qualname = match self.get_attr_opt(callable, &self.names.__qualname__)? {
            Some(name) if name.payload::<crate::object::Str>().is_some() => self.display(&name),
            _ => return self.str_string(callable),
        };
        match self.get_attr_opt(callable, &self.names.__module__)? {
            Some(module) if module.payload::<crate::object::Str>().is_some() => {
                let module = self.display(&module);
                if module == "builtins" {
                    Ok(format!("{qualname}()"))
                } else {
                    Ok(format!("{module}.{qualname}()"))
                }
            }
            _ => Ok(format!("{qualname}()")),
        }
    }
}
