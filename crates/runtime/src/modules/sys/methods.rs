//! The functions of `sys`.

use super::{audit, frames, hooks, memory};
use crate::object::{MethodDef, Value};

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "_clear_type_cache",
        "($module, /)",
        "Clear the internal type lookup cache.",
        |_, _| Ok(Value::NONE),
    ),
    MethodDef::bound(
        "_current_exceptions",
        "($module, /)",
        "Return a dict mapping each thread's identifier to its current raised exception.\n\n\
This function should be used for specialized purposes only.",
        frames::current_exceptions,
    ),
    MethodDef::bound(
        "_current_frames",
        "($module, /)",
        "Return a dict mapping each thread's thread id to its current stack frame.\n\n\
This function should be used for specialized purposes only.",
        frames::current_frames,
    ),
    MethodDef::bound(
        "_debugmallocstats",
        "($module, /)",
        "Print summary info to stderr about the state of the allocator's structures.",
        memory::debug_malloc_stats,
    ),
    MethodDef::bound(
        "_getframe",
        "($module, depth=0, /)",
        "Return a frame object from the call stack.\n\n\
If optional integer depth is given, return the frame object that many\n\
calls below the top of the stack.  If that is deeper than the call\n\
stack, ValueError is raised.  The default for depth is zero, returning\n\
the frame at the top of the call stack.",
        frames::get_frame,
    ),
    MethodDef::bound(
        "_getframemodulename",
        "($module, /, depth=0)",
        "Return the name of the module for a calling frame.\n\n\
The default depth returns the module containing the call to this API.\n\
If no frame, module, or name can be found, returns None.",
        frames::get_frame_module_name,
    ),
    MethodDef::bound(
        "activate_stack_trampoline",
        "($module, backend, /)",
        "Activate stack profiler trampoline *backend*.",
        |vm, _| Err(vm.value_error("perf trampoline not available")),
    ),
    MethodDef::bound(
        "addaudithook",
        "($module, /, hook)",
        "Adds a new audit hook callback.",
        audit::add_audit_hook,
    ),
    MethodDef::raw(
        "audit",
        "",
        "audit(event, *args)\n\nPasses the event to any audit hooks that are attached.",
        audit::audit,
    ),
    MethodDef::raw(
        "breakpointhook",
        "",
        "breakpointhook(*args, **kws)\n\nThis hook function is called by built-in breakpoint().\n",
        hooks::breakpointhook,
    ),
    MethodDef::bound(
        "call_tracing",
        "($module, func, args, /)",
        "Call func(*args), while tracing is enabled.\n\n\
The tracing state is saved, and restored afterwards.  This is intended\n\
to be called from a debugger from a checkpoint, to recursively debug\nsome other code.",
        frames::call_tracing,
    ),
    MethodDef::bound(
        "deactivate_stack_trampoline",
        "($module, /)",
        "Deactivate the current stack profiler trampoline backend.\n\n\
If no stack profiler is activated, this function has no effect.",
        |_, _| Ok(Value::NONE),
    ),
    MethodDef::bound(
        "displayhook",
        "($module, object, /)",
        "Print an object to sys.stdout and also save it in builtins._",
        hooks::displayhook,
    ),
    MethodDef::bound(
        "exc_info",
        "($module, /)",
        "Return current exception information: (type, value, traceback).\n\n\
Return information about the most recent exception caught by an except\n\
clause in the current stack frame or in an older stack frame.",
        frames::exc_info,
    ),
    MethodDef::bound(
        "excepthook",
        "($module, exctype, value, traceback, /)",
        "Handle an exception by displaying it with a traceback on sys.stderr.",
        hooks::excepthook,
    ),
    MethodDef::bound(
        "exception",
        "($module, /)",
        "Return the current exception.\n\n\
Return the most recent exception caught by an except clause\n\
in the current stack frame or in an older stack frame, or None\n\
if no such exception exists.",
        frames::exception,
    ),
    MethodDef::bound(
        "exit",
        "($module, status=None, /)",
        "Exit the interpreter by raising SystemExit(status).\n\n\
If the status is omitted or None, it defaults to zero (i.e., success).\n\
If the status is an integer, it will be used as the system exit status.\n\
If it is another kind of object, it will be printed and the system\n\
exit status will be one (i.e., failure).",
        hooks::exit,
    ),
    MethodDef::bound(
        "get_asyncgen_hooks",
        "($module, /)",
        "Return the installed asynchronous generators hooks.\n\n\
This returns a namedtuple of the form (firstiter, finalizer).",
        hooks::get_asyncgen_hooks,
    ),
    MethodDef::bound(
        "get_coroutine_origin_tracking_depth",
        "($module, /)",
        "Check status of origin tracking for coroutine objects in this thread.",
        |vm, _| Ok(vm.int(i64::from(vm.interp.coroutine_origin_depth.get()))),
    ),
    MethodDef::bound(
        "get_int_max_str_digits",
        "($module, /)",
        "Return the maximum string digits limit for non-binary int<->str conversions.",
        |vm, _| Ok(vm.int_usize(vm.interp.int_max_str_digits.get())),
    ),
    MethodDef::bound(
        "getallocatedblocks",
        "($module, /)",
        "Return the number of memory blocks currently allocated.",
        |vm, _| Ok(vm.int_usize(vm.heap.allocated_blocks())),
    ),
    MethodDef::bound(
        "getdefaultencoding",
        "($module, /)",
        "Return the current default encoding used by the Unicode implementation.",
        |vm, _| Ok(vm.intern("utf-8")),
    ),
    MethodDef::bound(
        "getdlopenflags",
        "($module, /)",
        "Return the current value of the flags that are used for dlopen calls.\n\n\
The flag constants are defined in the os module.",
        |vm, _| Ok(vm.int(i64::from(vm.interp.dlopen_flags.get()))),
    ),
    MethodDef::bound(
        "getfilesystemencodeerrors",
        "($module, /)",
        "Return the error mode used Unicode to OS filename conversion.",
        |vm, _| Ok(vm.intern("surrogateescape")),
    ),
    MethodDef::bound(
        "getfilesystemencoding",
        "($module, /)",
        "Return the encoding used to convert Unicode filenames to OS filenames.",
        |vm, _| Ok(vm.intern("utf-8")),
    ),
    MethodDef::bound(
        "getrecursionlimit",
        "($module, /)",
        "Return the current value of the recursion limit.\n\n\
The recursion limit is the maximum depth of the Python interpreter\n\
stack.  This limit prevents infinite recursion from causing an overflow\n\
of the C stack and crashing Python.",
        |vm, _| Ok(vm.int(i64::from(vm.recursion_limit.get()))),
    ),
    MethodDef::bound(
        "getrefcount",
        "($module, object, /)",
        "Return the reference count of object.\n\n\
The count returned is generally one higher than you might expect,\n\
because it includes the (temporary) reference as an argument to\ngetrefcount().",
        memory::get_reference_count,
    ),
    MethodDef::bound(
        "getsizeof",
        "($module, /, object, default=<unrepresentable>)",
        "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.",
        memory::get_size,
    ),
    MethodDef::bound(
        "getswitchinterval",
        "($module, /)",
        "Return the current thread switch interval; see sys.setswitchinterval().",
        |vm, _| Ok(vm.float(vm.interp.switch_interval.get())),
    ),
    MethodDef::bound(
        "getunicodeinternedsize",
        "($module, /)",
        "Return the number of elements of the unicode interned dictionary",
        |vm, _| Ok(vm.int_usize(vm.interp.interned_count())),
    ),
    MethodDef::bound(
        "intern",
        "($module, string, /)",
        "``Intern'' the given string.\n\n\
This enters the string in the (global) table of interned strings whose\n\
purpose is to speed up dictionary lookups. Return the string itself or\n\
the previously interned string object with the same value.",
        memory::intern,
    ),
    MethodDef::bound(
        "is_finalizing",
        "($module, /)",
        "Return True if Python is exiting.",
        |vm, _| Ok(Value::bool(vm.interp.finalizing.get())),
    ),
    MethodDef::bound(
        "is_stack_trampoline_active",
        "($module, /)",
        "Return *True* if a stack profiler trampoline is active.",
        |_, _| Ok(Value::FALSE),
    ),
    MethodDef::raw(
        "set_asyncgen_hooks",
        "",
        "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n\n\
Set a finalizer for async generators objects.",
        hooks::set_asyncgen_hooks,
    ),
    MethodDef::bound(
        "set_coroutine_origin_tracking_depth",
        "($module, /, depth)",
        "Enable or disable origin tracking for coroutine objects in this thread.\n\n\
Coroutine objects will track 'depth' frames of traceback information\n\
about where they came from, available in their cr_origin attribute.\n\n\
Set a depth of 0 to disable.",
        frames::set_origin_depth,
    ),
    MethodDef::bound(
        "set_int_max_str_digits",
        "($module, /, maxdigits)",
        "Set the maximum string digits limit for non-binary int<->str conversions.",
        frames::set_int_max_str_digits,
    ),
    MethodDef::bound(
        "setdlopenflags",
        "($module, flags, /)",
        "Set the flags used by the interpreter for dlopen calls.",
        |vm, args| {
            vm.interp.dlopen_flags.set(vm.arg_int(&args[1])?);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "setrecursionlimit",
        "($module, limit, /)",
        "Set the maximum depth of the Python interpreter stack to n.\n\n\
This limit prevents infinite recursion from causing an overflow of the C\n\
stack and crashing Python.  The highest possible limit is platform-\ndependent.",
        frames::set_recursion_limit,
    ),
    MethodDef::bound(
        "setswitchinterval",
        "($module, interval, /)",
        "Set the ideal thread switching delay inside the Python interpreter.\n\n\
The parameter must represent the desired switching delay in seconds\n\
A typical value is 0.005 (5 milliseconds).",
        frames::set_switch_interval,
    ),
    MethodDef::bound(
        "_setprofileallthreads",
        "($module, arg, /)",
        "Set the profiling function in all running threads belonging to the current interpreter.\n\n\
It will be called on each function call and return.  See the profiler chapter\n\
in the library manual.",
        |vm, args| {
            vm.for_each_thread(|thread| thread.set_profile(args[1].given_not_none().cloned()));
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "_settraceallthreads",
        "($module, arg, /)",
        "Set the global debug tracing function in all running threads belonging to the current interpreter.\n\n\
It will be called on each function call. See the debugger chapter\n\
in the library manual.",
        |vm, args| {
            vm.for_each_thread(|thread| thread.set_trace(args[1].given_not_none().cloned()));
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "setprofile",
        "($module, function, /)",
        "setprofile(function)\n\n\
Set the profiling function.  It will be called on each function call\n\
and return.  See the profiler chapter in the library manual.",
        |vm, args| {
            vm.audit("sys.setprofile", &[])?;
            vm.set_profile(args[1].given_not_none().cloned());
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "settrace",
        "($module, function, /)",
        "settrace(function)\n\n\
Set the global debug tracing function.  It will be called on each\n\
function call.  See the debugger chapter in the library manual.",
        |vm, args| {
            vm.audit("sys.settrace", &[])?;
            vm.set_trace(args[1].given_not_none().cloned());
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "getprofile",
        "($module, /)",
        "Return the profiling function set with sys.setprofile.\n\n\
See the profiler chapter in the library manual.",
        |vm, _| Ok(vm.tracing.profile.get().unwrap_or(Value::NONE)),
    ),
    MethodDef::bound(
        "gettrace",
        "($module, /)",
        "Return the global debug tracing function set with sys.settrace.\n\n\
See the debugger chapter in the library manual.",
        |vm, _| Ok(vm.tracing.trace.get().unwrap_or(Value::NONE)),
    ),
    MethodDef::bound(
        "unraisablehook",
        "($module, unraisable, /)",
        "Handle an unraisable exception.\n\n\
The unraisable argument has the following attributes:\n\n\
* exc_type: Exception type.\n\
* exc_value: Exception value, can be None.\n\
* exc_traceback: Exception traceback, can be None.\n\
* err_msg: Error message, can be None.\n\
* object: Object causing the exception, can be None.",
        hooks::unraisablehook,
    ),
];
