//! The module `atexit`.

use std::cell::RefCell;

use super::NativeModule;
use crate::object::{Args, MethodDef, PyResult, Value};
use crate::vm::Vm;

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new(
    "atexit",
    "allow programmer to define multiple exit functions to be executed\n\
upon normal program termination.\n\n\
Two public functions, register and unregister, are defined.\n",
    METHODS,
);

const METHODS: &[MethodDef] = &[
    MethodDef::raw(
        "register",
        "",
        "register(func, *args, **kwargs) -> func\n\n\
Register a function to be executed upon normal program termination\n\n    \
func - function to be called at exit\n    \
args - optional arguments to pass to func\n    \
kwargs - optional keyword arguments to pass to func\n\n    \
func is returned to facilitate usage as a decorator.",
        register,
    ),
    MethodDef::raw(
        "_clear",
        "",
        "_clear() -> None\n\nClear the list of previously registered exit functions.",
        |vm, _| {
            drop(vm.interp.exit_functions.entries.take());
            Ok(Value::NONE)
        },
    ),
    MethodDef::raw(
        "unregister",
        "",
        "unregister(func) -> None\n\n\
Unregister an exit function which was previously registered using\natexit.register\n\n    \
func - function to be unregistered",
        unregister,
    ),
    MethodDef::raw(
        "_run_exitfuncs",
        "",
        "_run_exitfuncs() -> None\n\nRun all registered exit functions.\n\n\
If a callback raises an exception, it is logged with sys.unraisablehook.",
        |vm, _| {
            vm.run_exit_functions();
            Ok(Value::NONE)
        },
    ),
    MethodDef::raw(
        "_ncallbacks",
        "",
        "_ncallbacks() -> int\n\nReturn the number of registered exit functions.",
        |vm, _| Ok(vm.int_usize(vm.interp.exit_functions.entries.borrow().len())),
    ),
];

/// A function to be called, with its arguments.
#[derive(Clone)]
struct Entry {
    function: Value,
    values: Vec<Value>,
    names: Vec<Value>,
}

/// What is to be called at exit, oldest first.  What was unregistered leaves its place empty.
#[derive(Default)]
pub struct ExitFunctions {
    entries: RefCell<Vec<Option<Entry>>>,
}

impl ExitFunctions {
    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        drop(self.entries.take());
    }

    /// Shows what the entries hold.
    pub(crate) fn each(&self, mut visit: impl FnMut(&Value)) {
        if let Ok(entries) = self.entries.try_borrow() {
            for entry in entries.iter().flatten() {
                visit(&entry.function);
                entry.values.iter().chain(&entry.names).for_each(&mut visit);
            }
        }
    }
}

fn register(vm: &Vm, args: Args<'_>) -> PyResult {
    let Some((function, rest)) = args.positionals()[1..].split_first() else {
        return Err(vm.type_error("register() takes at least 1 argument (0 given)"));
    };
    if vm.class_of(function).slots().call.is_none() {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let keywords = args.keywords().map(|(_, value)| value);
    vm.interp
        .exit_functions
        .entries
        .borrow_mut()
        .push(Some(Entry {
            function: function.clone(),
            values: rest.iter().chain(keywords).cloned().collect(),
            names: args.names.to_vec(),
        }));
    Ok(function.clone())
}

fn unregister(vm: &Vm, args: Args<'_>) -> PyResult {
    let [_, function] = args.values else {
        return Err(vm.type_error(format!(
            "atexit.unregister() takes exactly one argument ({} given)",
            args.values.len() - 1
        )));
    };
    let entries = &vm.interp.exit_functions.entries;
    let mut index = 0;
    // The comparison may run code that registers or removes functions.
    while index < entries.borrow().len() {
        let known = entries.borrow()[index].as_ref().map(|e| e.function.clone());
        if let Some(known) = known
            && vm.equal(&known, function)?
        {
            let removed = entries.borrow_mut().get_mut(index).map(Option::take);
            drop(removed);
        }
        index += 1;
    }
    Ok(Value::NONE)
}

impl Vm {
    /// Calls the functions registered with `atexit`, the last one first, and forgets them.  What they
    /// register is not called any more.
    pub fn run_exit_functions(&self) {
        let entries = &self.interp.exit_functions.entries;
        let mut place = entries.borrow().len();
        while place > 0 {
            place -= 1;
            // An earlier one may have unregistered it.
            let Some(entry) = entries.borrow().get(place).cloned().flatten() else {
                continue;
            };
            let args = Args {
                values: &entry.values,
                names: &entry.names,
            };
            if let Err(raised) = self.call_args(&entry.function, args) {
                let exception = self.take_exception(raised);
                self.unraisable(exception, Some(&entry.function), Some("in atexit callback"));
            }
        }
        self.interp.exit_functions.clear();
    }
}
