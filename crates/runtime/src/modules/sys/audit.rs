//! Audit events and the hooks that hear of them.

use std::cell::RefCell;

use crate::object::{Args, PyResult, Str, Value};
use crate::vm::Vm;

/// The functions given to `sys.addaudithook`; they stay until the interpreter ends.
#[derive(Default)]
pub struct Hooks {
    hooks: RefCell<Vec<Value>>,
}

impl Hooks {
    /// Forgets the hooks, when the interpreter is torn down.
    pub fn clear(&self) {
        drop(self.hooks.take());
    }
}

impl Vm {
    /// True if somebody listens: what is told may cost something to make.
    pub fn is_audited(&self) -> bool {
        !self.interp.audit_hooks.hooks.borrow().is_empty()
    }

    /// Raises an auditing event.
    ///
    /// # Errors
    /// What a hook raises.
    pub fn audit(&self, event: &str, args: &[Value]) -> PyResult<()> {
        if self.interp.audit_hooks.hooks.borrow().is_empty() {
            return Ok(());
        }
        self.call_audit_hooks(&self.str_value(event), args)
    }

    #[cold]
    fn call_audit_hooks(&self, event: &Value, args: &[Value]) -> PyResult<()> {
        let args = [event.clone(), self.tuple_from_slice(args).into_value()];
        let mut index = 0;
        loop {
            let hook = self.interp.audit_hooks.hooks.borrow().get(index).cloned();
            let Some(hook) = hook else {
                return Ok(());
            };
            self.call_audit_hook(&hook, &args)?;
            index += 1;
        }
    }
}

impl Vm {
    /// Calls a hook, untraced unless its attribute `__cantrace__` is true.
    fn call_audit_hook(&self, hook: &Value, args: &[Value]) -> PyResult<()> {
        let call = || self.call(hook, args).map(drop);
        if !self.is_traced() {
            return call();
        }
        let wish =
            self.untraced(
                || match self.get_attr_opt(hook, &self.intern("__cantrace__"))? {
                    Some(wish) => self.truth(&wish),
                    None => Ok(false),
                },
            )?;
        if wish { call() } else { self.untraced(call) }
    }

    /// Raises the event of an attribute that is set or, without a value, deleted.
    pub(crate) fn audit_attribute(
        &self,
        object: &Value,
        name: &str,
        value: Option<&Value>,
    ) -> PyResult<()> {
        if !self.is_audited() {
            return Ok(());
        }
        let name = self.str_value(name);
        match value {
            Some(value) => {
                let told = [object.clone(), name, value.clone()];
                self.audit("object.__setattr__", &told)
            }
            None => self.audit("object.__delattr__", &[object.clone(), name]),
        }
    }
}

/// `sys.audit(event, *args)`.
pub(super) fn audit(vm: &Vm, args: Args<'_>) -> PyResult {
    let Some((event, rest)) = args.values[1..].split_first() else {
        return Err(vm.type_error("audit() missing 1 required positional argument: 'event'"));
    };
    if vm.interp.audit_hooks.hooks.borrow().is_empty() {
        return Ok(Value::NONE);
    }
    if event.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "expected str for argument 'event', not {}",
            vm.class_name(event)
        )));
    }
    vm.call_audit_hooks(event, rest)?;
    Ok(Value::NONE)
}

/// `sys.addaudithook(hook)`: the hooks there are may object, silently with a RuntimeError.
pub(super) fn add_audit_hook(vm: &Vm, args: &[Value]) -> PyResult {
    if let Err(raised) = vm.audit("sys.addaudithook", &[]) {
        // Any Exception keeps the hook out without a word; others pass through.
        drop(vm.catch(raised, &vm.types.exceptions.exception)?);
        return Ok(Value::NONE);
    }
    vm.interp
        .audit_hooks
        .hooks
        .borrow_mut()
        .push(args[1].clone());
    Ok(Value::NONE)
}
