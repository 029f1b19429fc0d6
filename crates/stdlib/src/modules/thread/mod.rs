//! `_thread`: threads, locks, and what each thread has of its own.

mod excepthook;
mod local;
mod lock;
mod rlock;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, Dict, MethodDef, PyResult, Ref, Tuple, Value, alloc};
use runtime::types::module::Module;
use runtime::vm::signals::SIGNAL_COUNT;

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
    )
    .unsigned(),
    MethodDef::bound(
        "get_native_id",
        "($module, /)",
        "Return a non-negative integer identifying the thread as reported\n\
         by the OS (kernel). This may be used to uniquely identify a\n\
         particular thread within a system.",
        |vm, _| Ok(vm.int(rustix::thread::gettid().as_raw_nonzero().get().into())),
    )
    .unsigned(),
    MethodDef::bound(
        "allocate_lock",
        "($module, /)",
        "Create a new lock object. See help(type(threading.Lock())) for\ninformation about locks.",
        |vm, _| Ok(alloc(&vm.native_class(&lock::LOCK), lock::Lock::default()).into_value()),
    )
    .unsigned(),
    MethodDef::bound(
        "allocate",
        "($module, /)",
        "Create a new lock object. See help(type(threading.Lock())) for\ninformation about locks.",
        |vm, _| Ok(alloc(&vm.native_class(&lock::LOCK), lock::Lock::default()).into_value()),
    )
    .unsigned(),
    MethodDef::bound(
        "exit",
        "($module, /)",
        "This is synonymous to ``raise SystemExit''.  It will cause the current\n\
         thread to exit silently unless the exception is caught.",
        |vm, _| {
            let class = &vm.types.exceptions.system_exit;
            Err(vm.raise_value(vm.new_exception(class, &[])))
        },
    )
    .unsigned(),
    MethodDef::bound(
        "exit_thread",
        "($module, /)",
        "This is synonymous to ``raise SystemExit''.  It will cause the current\n\
         thread to exit silently unless the exception is caught.",
        |vm, _| {
            let class = &vm.types.exceptions.system_exit;
            Err(vm.raise_value(vm.new_exception(class, &[])))
        },
    )
    .unsigned(),
    MethodDef::raw("start_new_thread", "", START_DOC, start),
    MethodDef::raw("start_new", "", START_DOC, start),
    MethodDef::bound(
        "interrupt_main",
        "($module, signum=2, /)",
        "Simulate the arrival of the given signal in the main thread,\n\
         where the corresponding signal handler will be executed.\n\
         If *signum* is omitted, SIGINT is assumed.\n\
         A subthread can use this function to interrupt the main thread.\n\n\
         Note: the default signal handler for SIGINT raises ``KeyboardInterrupt``.",
        |vm, args| {
            let number = match args[1].given() {
                Some(number) => vm.arg_int(number)?,
                None => libc::SIGINT,
            };
            match usize::try_from(number) {
                Ok(number @ 1..SIGNAL_COUNT) => {
                    vm.simulate_signal(number);
                    Ok(Value::NONE)
                }
                _ => Err(vm.value_error("signal number out of range")),
            }
        },
    )
    .unsigned(),
    MethodDef::bound(
        "stack_size",
        "($module, size=0, /)",
        "Return the thread stack size used when creating new threads.  The\n\
         optional size argument specifies the stack size (in bytes) to be used\n\
         for subsequently created threads, and must be 0 (use platform or\n\
         configured default) or a positive integer value of at least 32,768 (32k).",
        |vm, args| {
            let size = match args[1].given() {
                Some(size) => vm.arg_ssize(size)?,
                None => 0,
            };
            let Ok(size) = usize::try_from(size) else {
                return Err(vm.value_error("size must be 0 or a positive value"));
            };
            if args[1].given().is_none() {
                return Ok(vm.int_usize(vm.thread_stack_size(None)));
            }
            if size != 0 && size < LEAST_STACK {
                return Err(vm.value_error(format!("size not valid: {size} bytes")));
            }
            Ok(vm.int_usize(vm.thread_stack_size(Some(size))))
        },
    )
    .unsigned(),
    MethodDef::bound(
        "_count",
        "($module, /)",
        "Return the number of currently running Python threads, excluding\n\
         the main thread. The returned number comprises all threads created\n\
         through `start_new_thread()` as well as `threading.Thread`, and not\n\
         yet finished.\n\n\
         This function is meant for internal and specialized purposes only.\n\
         In most applications `threading.enumerate()` should be used instead.",
        |vm, _| Ok(vm.int_usize(vm.other_thread_count())),
    )
    .unsigned(),
    MethodDef::bound(
        "_set_sentinel",
        "($module, /)",
        "Set a sentinel lock that will be released when the current thread\n\
         state is finalized (after it is untied from the interpreter).\n\n\
         This is a private API for the threading module.",
        |vm, _| {
            let lock = alloc(&vm.native_class(&lock::LOCK), lock::Lock::default()).into_value();
            let reference = vm.weak_reference(&vm.types.weak_reference, &lock, None)?;
            vm.after_thread_end(reference, lock::release_sentinel);
            Ok(lock)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "_excepthook",
        "($module, args, /)",
        "Handle uncaught Thread.run() exception.",
        excepthook::excepthook,
    )
    .unsigned(),
    MethodDef::bound(
        "daemon_threads_allowed",
        "($module, /)",
        "Return True if daemon threads are allowed in the current interpreter,\n\
         and False otherwise.\n",
        |_, _| Ok(Value::TRUE),
    )
    .unsigned(),
    MethodDef::bound(
        "_is_main_interpreter",
        "($module, /)",
        "Return True if the current interpreter is the main Python interpreter.",
        |_, _| Ok(Value::TRUE),
    )
    .unsigned(),
];

const START_DOC: &str = "start_new_thread(function, args[, kwargs])\n\
     (start_new() is an obsolete synonym)\n\n\
     Start a new thread and return its identifier.  The thread will call the\n\
     function with positional arguments from the tuple args and keyword arguments\n\
     taken from the optional dictionary kwargs.  The thread exits when the\n\
     function returns; the return value is ignored.  The thread will also exit\n\
     when the function raises an unhandled exception; a stack trace will be\n\
     printed unless the exception is SystemExit.\n";

/// Least stack that may be asked for.
const LEAST_STACK: usize = 32768;

fn start(vm: &Vm, args: Args<'_>) -> PyResult {
    let args = args.skip_first();
    if !args.names.is_empty() {
        return Err(vm.type_error("_thread.start_new_thread() takes no keyword arguments"));
    }
    let (function, values, keywords) = match args.values {
        [function, values] => (function, values, None),
        [function, values, keywords] => (function, values, Some(keywords)),
        given => {
            let (bound, limit) = if given.len() < 2 {
                ("least", 2)
            } else {
                ("most", 3)
            };
            let given = given.len();
            return Err(vm.type_error(format!(
                "start_new_thread expected at {bound} {limit} arguments, got {given}"
            )));
        }
    };
    if vm.class_of(function).slots().call.is_none() {
        return Err(vm.type_error("first arg must be callable"));
    }
    if values.payload::<Tuple>().is_none() {
        return Err(vm.type_error("2nd arg must be a tuple"));
    }
    if keywords.is_some_and(|keywords| keywords.payload::<Dict>().is_none()) {
        return Err(vm.type_error("optional 3rd arg must be a dictionary"));
    }
    vm.audit(
        "_thread.start_new_thread",
        &[
            function.clone(),
            values.clone(),
            keywords.cloned().unwrap_or(Value::NONE),
        ],
    )?;
    Ok(vm.int_u64(vm.start_thread(function, values, keywords)?))
}

/// The longest time to wait for, in seconds, as CPython has it.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(
        namespace,
        "LockType",
        vm.native_class(&lock::LOCK).into_value(),
    )?;
    vm.define(
        namespace,
        "_local",
        vm.native_class(&local::LOCAL).into_value(),
    )?;
    let hook_args = vm.struct_sequence_class(&excepthook::HOOK_ARGS)?;
    vm.define(namespace, "_ExceptHookArgs", hook_args.into_value())?;
    vm.define(
        namespace,
        "RLock",
        vm.native_class(&rlock::RLOCK).into_value(),
    )?;
    vm.define(
        namespace,
        "error",
        vm.types.exceptions.runtime_error.to_value(),
    )?;
    vm.define(namespace, "TIMEOUT_MAX", vm.float(TIMEOUT_MAX))
}
