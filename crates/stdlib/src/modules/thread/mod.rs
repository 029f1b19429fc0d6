//! `_thread`: locks and the identity of threads.

mod lock;
mod rlock;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value, alloc};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_thread",
    "This module provides primitive operations to write multi-threaded programs.\n\
     The 'threading' module provides a more convenient interface.",
    FUNCTIONS,
)
.with_init(init);

const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "get_ident",
        "($module, /)",
        "Return a non-zero integer that uniquely identifies the current thread\n\
         amongst other threads that exist simultaneously.\n\
         This may be used to identify per-thread resources.  Even though on\n\
         some platforms threads identities may appear to be allocated\n\
         consecutive numbers starting at 1, this behavior should not be relied\n\
         upon, and the number should be seen purely as a magic cookie.\n\
         A thread's identity may be reused for another thread after it exits.",
        |vm, _| Ok(vm.thread_ident()),
    ),
    MethodDef::bound(
        "get_native_id",
        "($module, /)",
        "Return a non-negative integer identifying the thread as reported\n\
         by the OS (kernel). This may be used to uniquely identify a\n\
         particular thread within a system.",
        |vm, _| Ok(vm.int(rustix::thread::gettid().as_raw_nonzero().get().into())),
    ),
    MethodDef::bound(
        "allocate_lock",
        "($module, /)",
        "Create a new lock object. See help(type(threading.Lock())) for\ninformation about locks.",
        |vm, _| Ok(alloc(&vm.native_class(&lock::LOCK), lock::Lock::default()).into_value()),
    ),
    MethodDef::bound(
        "allocate",
        "($module, /)",
        "Create a new lock object. See help(type(threading.Lock())) for\ninformation about locks.",
        |vm, _| Ok(alloc(&vm.native_class(&lock::LOCK), lock::Lock::default()).into_value()),
    ),
    MethodDef::bound(
        "exit",
        "($module, /)",
        "This is synonymous to ``raise SystemExit''.  It will cause the current\n\
         thread to exit silently unless the exception is caught.",
        |vm, _| {
            let class = &vm.types.exceptions.system_exit;
            Err(vm.raise_value(vm.new_exception(class, &[])))
        },
    ),
    MethodDef::bound(
        "_is_main_interpreter",
        "($module, /)",
        "Return True if the current interpreter is the main Python interpreter.",
        |_, _| Ok(Value::TRUE),
    ),
];

/// The longest time to wait for, in seconds, as CPython has it.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "LockType", vm.native_class(&lock::LOCK).into_value())?;
    vm.define(namespace, "RLock", vm.native_class(&rlock::RLOCK).into_value())?;
    vm.define(namespace, "error", vm.types.exceptions.runtime_error.to_value())?;
    vm.define(namespace, "TIMEOUT_MAX", vm.float(TIMEOUT_MAX))
}
