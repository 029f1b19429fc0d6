//! The state of an interpreter (`Interp`, shared by its threads) and of one thread in it (`Vm`).
#![allow(unsafe_code)]

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::atomic::AtomicU32;

use heap::Heap;

use super::frame::{Frame, VmStack};
use super::interned::InternedStrings;

use crate::names::Names;
use crate::object::method_cache::MethodCache;
use crate::object::signature::SignatureCache;
use crate::object::str::{INTERNED, Width};
use crate::object::{Bytes, Class, Dict, Ref, Slot, Str, Tuple, Value};
use crate::types::Types;

/// What all threads of an interpreter share.  Lives until the interpreter is torn down.
pub struct Interp {
    /// Blocks, counts, generations.
    pub heap: &'static Heap,
    /// The table of interned strings.
    interned: RefCell<InternedStrings>,
    latin1: OnceCell<Box<[Ref<Str>; 256]>>,
    empty_str: RefCell<Option<Ref<Str>>>,
    empty_tuple: RefCell<Option<Ref<Tuple>>>,
    /// `b''`, then the single bytes.
    short_bytes: RefCell<Vec<Ref<Bytes>>>,
    /// `sys.modules`, a dict.
    pub modules: Slot,
    /// The namespace of the module `builtins`, a dict.
    pub builtins: Slot,
    /// The namespace of the module `sys`, a dict.
    pub sys: Slot,
    /// What files share.
    pub io: crate::types::io::IoState,
    /// Registered codecs and error handlers.
    pub codecs: crate::types::codecs::registry::Registry,
    /// The native modules that can be imported.
    pub native_modules: crate::modules::Registry,
    /// The classes of struct sequences.
    pub struct_sequences: crate::types::struct_sequence::Registry,
    /// The classes of native modules.
    pub(crate) native_classes: crate::types::type_::library::NativeClasses,
    /// The exception classes of native modules.
    pub(crate) native_exceptions: crate::types::type_::library::NativeExceptions,
    /// What the syntax tree of the running main program holds.
    pub(super) program_constants: RefCell<Vec<Value>>,
    /// `sys.getswitchinterval()`.
    pub switch_interval: Cell<f64>,
    /// Whether files opened without an encoding are warned of.
    pub warn_default_encoding: Cell<bool>,
    /// What `-X importtime` tells.
    pub(crate) import_times: super::import_times::ImportTimes,
    /// Code is made without columns (`-X no_debug_ranges`).
    pub no_debug_ranges: Cell<bool>,
    /// `sys.getdlopenflags()`.
    pub dlopen_flags: Cell<i32>,
    /// `sys.get_coroutine_origin_tracking_depth()`.
    pub coroutine_origin_depth: Cell<u32>,
    /// What `builtins` held in the beginning, a dict.
    pub builtins_copy: Slot,
    /// The functions registered with `atexit`.
    pub exit_functions: crate::modules::atexit::ExitFunctions,
    /// The functions to be called around a fork.
    pub fork_hooks: super::fork::ForkHooks,
    /// The interpreter is being torn down.
    pub finalizing: Cell<bool>,
    /// The functions given to `sys.addaudithook`.
    pub audit_hooks: crate::modules::sys::AuditHooks,
    /// What `_tracemalloc` keeps.
    pub tracemalloc: crate::modules::tracemalloc::State,
    /// The tools of `sys.monitoring`.
    pub monitoring: super::monitoring::Monitoring,
    /// The code whose instructions programs have seen.
    pub seen_code: crate::types::code::SeenCode,
    /// The Python functions that handle signals.
    pub signal_handlers: super::signals::Handlers,
    /// What the collector's host remembers.
    pub collector: super::collect::CollectorState,
    /// `sys.unraisablehook` as it was in the beginning.
    pub default_unraisable_hook: Slot,
    hash_key: Cell<[u64; 2]>,
    /// Most digits of an integer converted from or to decimal text; 0 for no limit.
    pub int_max_str_digits: Cell<usize>,
    /// Identities, time and randomness of runs that must be alike.
    pub determinism: super::determinism::Determinism,
    /// Last version tag given to a class.
    pub last_class_version: Cell<u32>,
    /// Attribute lookups along resolution orders.
    pub(crate) method_cache: MethodCache,
    /// What attributes mean at places that meet many classes.
    pub(crate) attributes: super::ops::AttributeTable,
    /// What `--stats` counts.
    pub statistics: super::statistics::Statistics,
    /// Text signatures taken apart.
    pub(crate) signatures: SignatureCache,
    /// Who may run Python code, and which threads there are.
    pub(crate) threads: super::lock::Threads,
    /// Which threads import which modules.
    pub(crate) import_locks: super::import_lock::ImportLocks,
    /// The `__import__` that import statements may bypass.
    pub own_import: Slot,
    /// The filters of warnings before the module `warnings` is there.
    pub(crate) warnings: super::warnings::WarningState,
    /// Finds the library's modules.
    pub(crate) library: Cell<Option<crate::modules::LibraryFinder>>,
    /// Texts by the file names their code carries, where the host knows better than the files.
    pub(crate) sources: RefCell<std::collections::HashMap<String, String>>,
    /// The level of optimisation that `compile` and imports use.
    pub optimize: Cell<u8>,
    /// What `sys.path` held when the program began.
    pub(super) first_path: RefCell<Vec<String>>,
    /// `sys.modules` has been emptied: the interpreter is about to end.
    pub modules_gone: Cell<bool>,
    /// UTF-8 mode (PEP 540): files are UTF-8 whatever the locale says.
    pub utf8_mode: Cell<bool>,
    /// Last version given to a function.
    last_function_version: Cell<u32>,
    /// How many handles a host holds to the interpreter.
    pub(super) handles: Cell<usize>,
}

/// One thread of an interpreter: the registers of its running frame and its exception state.
pub struct Vm {
    /// Blocks, counts, generations.
    pub heap: &'static Heap,
    /// The builtin classes.
    pub types: &'static Types,
    /// Interned names.
    pub names: &'static Names,
    /// What the threads share.
    pub interp: &'static Interp,
    /// The exception that was raised and is not yet handled.
    pub(crate) raised: Slot,
    /// Nested native calls.
    pub(crate) native_depth: Cell<u32>,
    /// Native code below this stack address raises RecursionError.
    pub(crate) native_stack_end: Cell<usize>,
    /// The running frame.
    pub(crate) frame: Cell<*const Frame>,
    /// Where frames lie.
    pub(crate) stack: VmStack,
    /// Number of Python frames.
    pub(crate) depth: Cell<u32>,
    /// Most Python frames at once.
    pub recursion_limit: Cell<u32>,
    /// Not zero when something waits that the loop must look at; see [`breaker`].
    pub breaker: AtomicU32,
    /// Safe points that may still be passed, where a budget is set.
    pub(crate) budget: Cell<u64>,
    /// The innermost handled exception of the running code.
    pub(crate) handled: Cell<*const Handled>,
    /// The outermost link of the chain of handled exceptions.
    pub(crate) base_handled: Handled,
    /// The exception on its way is raised again: no traceback entry for the frame it starts in.
    pub(crate) silent: Cell<bool>,
    /// The value of the StopIteration that ended the last iterator step, if it had one.
    pub(crate) stop_value: Slot,
    /// Where the loop goes on.
    #[cfg(ouro_trampoline)]
    pub(crate) onward: super::dispatch::Onward,
    /// `sys.settrace` and `sys.setprofile`.
    pub tracing: super::trace::Tracing,
    /// What belongs to the thread as a thread.
    pub thread: super::thread::ThreadState,
}

/// Bits of [`Vm::breaker`].
pub mod breaker {
    /// The young generation's count has passed its threshold.
    pub const COLLECT: u32 = 1 << 0;
    /// The heap has grown past its limit.
    pub const MEMORY_LIMIT: u32 = 1 << 1;
    /// A signal arrived.
    pub const SIGNAL: u32 = 1 << 2;
    /// Another thread wants the interpreter lock.
    pub const SWITCH: u32 = 1 << 3;
    /// Collect at every safe point (stress mode).
    pub const STRESS: u32 = 1 << 4;
    /// A trace or profile function is set.
    pub const TRACE: u32 = 1 << 5;
    /// Safe points are counted against a budget.
    pub const BUDGET: u32 = 1 << 6;
    /// The host asked for an end.
    pub const INTERRUPT: u32 = 1 << 7;
}

/// A link of the chain of handled exceptions: one for the thread, one for each running generator.
#[derive(Default)]
pub struct Handled {
    /// The exception being handled, None for none.
    pub exception: Slot,
    /// The link of the code that resumed this generator.
    pub previous: Cell<*const Handled>,
}

thread_local! {
    static CURRENT: Cell<*const Vm> = const { Cell::new(std::ptr::null()) };
}

/// The interpreter thread that runs on this OS thread.
#[inline(always)]
pub fn current_vm() -> &'static Vm {
    let vm = CURRENT.get();
    debug_assert!(!vm.is_null(), "no interpreter on this thread");
    // SAFETY: values exist only on threads that entered an interpreter, which set the pointer.
    unsafe { &*vm }
}

/// The interpreter of this OS thread, if it has one.
pub(super) fn try_current_vm() -> Option<&'static Vm> {
    // SAFETY: as for `current_vm`.
    unsafe { CURRENT.get().as_ref() }
}

/// Makes `vm` the interpreter of this OS thread; null for none.
pub(crate) fn set_current_vm(vm: *const Vm) {
    CURRENT.set(vm);
}

impl Interp {
    /// The shared state around a heap.
    pub(crate) fn new(heap: &'static Heap, hash_seed: u64) -> Interp {
        Interp {
            heap,
            interned: RefCell::default(),
            latin1: OnceCell::new(),
            empty_str: RefCell::default(),
            empty_tuple: RefCell::default(),
            short_bytes: RefCell::default(),
            modules: Slot::default(),
            builtins: Slot::default(),
            sys: Slot::default(),
            io: Default::default(),
            codecs: Default::default(),
            native_modules: Default::default(),
            struct_sequences: Default::default(),
            native_classes: Default::default(),
            native_exceptions: Default::default(),
            program_constants: RefCell::default(),
            switch_interval: Cell::new(0.005),
            warn_default_encoding: Cell::new(false),
            dlopen_flags: Cell::new(libc::RTLD_NOW),
            coroutine_origin_depth: Cell::new(0),
            builtins_copy: Slot::default(),
            exit_functions: Default::default(),
            fork_hooks: Default::default(),
            finalizing: Cell::new(false),
            audit_hooks: Default::default(),
            tracemalloc: Default::default(),
            monitoring: Default::default(),
            seen_code: Default::default(),
            signal_handlers: Default::default(),
            collector: super::collect::CollectorState::default(),
            default_unraisable_hook: Slot::default(),
            hash_key: Cell::new(super::siphash::key(hash_seed)),
            int_max_str_digits: Cell::new(4300),
            import_times: Default::default(),
            no_debug_ranges: Cell::new(false),
            determinism: Default::default(),
            last_class_version: Cell::new(0),
            method_cache: MethodCache::default(),
            attributes: Default::default(),
            statistics: Default::default(),
            signatures: SignatureCache::default(),
            threads: Default::default(),
            import_locks: Default::default(),
            own_import: Slot::default(),
            warnings: Default::default(),
            library: Cell::new(None),
            sources: RefCell::default(),
            optimize: Cell::new(0),
            first_path: RefCell::default(),
            modules_gone: Cell::new(false),
            utf8_mode: Cell::new(false),
            last_function_version: Cell::new(0),
            handles: Cell::new(0),
        }
    }
}

impl Interp {
    /// Shows the strings, classes and handlers that all threads share, by what they are for.
    pub(crate) fn each_shared(&self, mut visit: impl FnMut(&'static str, &Value)) {
        for string in self.interned.borrow().iter() {
            visit("the interned strings", string.as_value());
        }
        let characters = self.latin1.get().map_or(&[][..], |table| &table[..]);
        for string in characters.iter().chain(&*self.empty_str.borrow()) {
            visit("the short strings", string.as_value());
        }
        if let Some(empty) = &*self.empty_tuple.borrow() {
            visit("the empty tuple", empty.as_value());
        }
        for bytes in self.short_bytes.borrow().iter() {
            visit("the short bytes", bytes.as_value());
        }
        self.native_classes
            .each(|class| visit("the classes of native modules", class.as_value()));
        self.native_exceptions
            .each(|class| visit("the exceptions of native modules", class));
        self.struct_sequences
            .each(|class| visit("the struct sequences", class.as_value()));
        self.signal_handlers
            .each(|handler| visit("a signal handler", handler));
        for constant in self.program_constants.borrow().iter() {
            visit("the syntax tree of the program", constant);
        }
        self.io.each(|class| visit("the module io", class));
    }

    /// Lets the strings, bytes and the tuple that all share be freed when the interpreter's state is
    /// dropped: until now they were immortal, and nobody else may refer to them any more.
    pub(super) fn free_when_dropped(&self) {
        // Some are in two of the tables.
        self.each_immortal(|object| object.set_count(0));
        self.each_immortal(heap::Header::increment);
    }

    fn each_immortal(&self, visit: impl Fn(&heap::Header)) {
        for string in self.interned.borrow().iter() {
            visit(string.header());
        }
        let characters = self.latin1.get().map_or(&[][..], |table| &table[..]);
        for string in characters.iter().chain(&*self.empty_str.borrow()) {
            visit(string.header());
        }
        if let Some(tuple) = &*self.empty_tuple.borrow() {
            visit(tuple.header());
        }
        for bytes in self.short_bytes.borrow().iter() {
            visit(bytes.header());
        }
    }

    /// Number of interned strings.
    pub fn interned_count(&self) -> usize {
        self.interned.borrow().len()
    }
}

impl Vm {
    /// The class of a value.
    #[inline(always)]
    pub fn class_of<'a>(&'a self, value: &'a Value) -> &'a Ref<Class> {
        if let Some(object) = value.object() {
            // SAFETY: the header's word of the class, flags masked, is not a place a reference can
            // point to, so the class object's own address is looked up.
            return unsafe { class_ref(object) };
        }
        let word = value.word();
        if word & 1 == 1 {
            &self.types.int
        } else if word & 3 == 2 {
            &self.types.float
        } else if word == Value::NONE.word() {
            &self.types.none
        } else if word == Value::ELLIPSIS.word() {
            &self.types.ellipsis
        } else if word == Value::NOT_IMPLEMENTED.word() {
            &self.types.not_implemented
        } else {
            &self.types.bool
        }
    }

    /// The name of a value's class, for messages.
    pub fn class_name(&self, value: &Value) -> String {
        self.class_of(value).name_string()
    }

    /// The interned string of a text.
    pub fn intern(&self, text: &str) -> Value {
        let new = self.str(text);
        self.intern_str(&new).into_value()
    }

    /// The interned string equal to `string`, which must be an exact `str`; interns it if it is
    /// the first.  Interned strings are immortal.
    pub fn intern_str(&self, string: &Ref<Str>) -> Ref<Str> {
        if string.header().has(INTERNED) {
            return string.clone();
        }
        let mut table = self.interp.interned.borrow_mut();
        table.get_or_insert(self, string, || {
            string.header().set(INTERNED);
            string.header().set_count(heap::header::IMMORTAL);
        })
    }

    /// The shared object for an empty or one-character Latin-1 string.
    pub(crate) fn shared_str(&self, width: Width, len: usize, bytes: &[u8]) -> Option<Ref<Str>> {
        if len > 1 || width > Width::One {
            return None;
        }
        if len == 1
            && let Some(known) = self.latin1_char(bytes[0])
        {
            return Some(known);
        }
        if len == 0 {
            let mut empty = self.interp.empty_str.borrow_mut();
            return Some(
                empty
                    .get_or_insert_with(|| {
                        let new = self.str_unshared(&self.types.str, Width::Ascii, 0, b"");
                        new.header().set_count(heap::header::IMMORTAL);
                        new
                    })
                    .clone(),
            );
        }
        let table = self.interp.latin1.get_or_init(|| {
            Box::new(std::array::from_fn(|c| {
                let width = if c < 128 { Width::Ascii } else { Width::One };
                let new = self.str_unshared(&self.types.str, width, 1, &[c as u8]);
                new.header().set_count(heap::header::IMMORTAL);
                new
            }))
        });
        Some(table[usize::from(bytes[0])].clone())
    }

    /// The shared object for a Latin-1 character, once the table of them exists.
    #[inline(always)]
    pub(crate) fn latin1_char(&self, c: u8) -> Option<Ref<Str>> {
        Some(self.interp.latin1.get()?[usize::from(c)].clone())
    }

    /// The shared object for an empty or one-byte `bytes`.
    pub(crate) fn shared_bytes(&self, bytes: &[u8]) -> Option<Ref<Bytes>> {
        let place = match bytes {
            [] => 0,
            &[byte] => usize::from(byte) + 1,
            _ => return None,
        };
        let mut table = self.interp.short_bytes.borrow_mut();
        if table.is_empty() {
            let all: [u8; 256] = std::array::from_fn(|i| i as u8);
            let singles = all.iter().map(std::slice::from_ref);
            for bytes in std::iter::once(&[][..]).chain(singles) {
                let new = self.bytes_of_class(&self.types.bytes, bytes);
                new.header().set_count(heap::header::IMMORTAL);
                table.push(new);
            }
        }
        table.get(place).cloned()
    }

    /// The one `()`; None until bootstrap has made it.
    pub(crate) fn empty_tuple(&self) -> Option<Ref<Tuple>> {
        let mut empty = self.interp.empty_tuple.borrow_mut();
        Some(
            empty
                .get_or_insert_with(|| {
                    let new = self.tuple_of_class(&self.types.tuple, std::iter::empty());
                    self.heap.untrack(new.as_ptr());
                    new.header().set_count(heap::header::IMMORTAL);
                    new
                })
                .clone(),
        )
    }

    /// Hash of a string's or bytes object's content: CPython's, so that equal seeds give equal hashes.
    /// Not inlined: an instruction's handler that keeps anything in memory of its own cannot end in a jump.
    #[inline(never)]
    pub fn hash_bytes(&self, bytes: &[u8]) -> u64 {
        if bytes.is_empty() {
            return 0;
        }
        match super::siphash::hash(self.interp.hash_key.get(), bytes) {
            // What -1 tells in C is an error.
            u64::MAX => u64::MAX - 1,
            hash => hash,
        }
    }

    /// The namespace of `builtins`.
    pub fn builtins(&self) -> Ref<Dict> {
        self.interp
            .builtins
            .get()
            .and_then(|v| v.downcast().ok())
            .unwrap_or_else(|| self.dict())
    }
}

/// The class of an object as a reference to the word that names it.
unsafe fn class_ref<'a>(object: heap::ObjectPtr) -> &'a Ref<Class> {
    // SAFETY: the caller's object is live.  Class objects keep a word with their own address.
    unsafe {
        (*(object.as_ref().class().as_ptr() as *const crate::object::Object<Class>))
            .payload()
            .this()
    }
}

/// Nested native calls a thread may have, whatever its stack: CPython's limit for C code.
const NATIVE_DEPTH: u32 = 1500;

/// What entering the VM loop from native code counts of that depth, as in CPython.
const LOOP_DEPTH: u32 = 2;

/// Ends a native nesting of depth `N` begun with [`Vm::enter_native`] and its like.
pub struct NativeGuard<'a, const N: u32 = 1>(&'a Vm);

impl<const N: u32> Drop for NativeGuard<'_, N> {
    #[inline]
    fn drop(&mut self) {
        self.0.native_depth.set(self.0.native_depth.get() - N);
    }
}

impl Vm {
    /// Enters native code that may call itself through Python code.  Raises RecursionError
    /// ("maximum recursion depth exceeded" and `what`) when the native stack or the recursion
    /// limit is used up.
    #[inline]
    pub fn enter_native(&self, what: &str) -> crate::PyResult<NativeGuard<'_>> {
        self.enter(what)
    }

    /// As [`Vm::enter_native`] for a native that the loop itself calls, which need not look at the stack: the
    /// loop's own entry did, and handlers do not nest.  False where it would be too deep; else
    /// [`Vm::leave_nested`] has to follow.
    #[inline(always)]
    pub(crate) fn enter_nested(&self) -> bool {
        let depth = self.native_depth.get();
        if depth >= NATIVE_DEPTH {
            return false;
        }
        self.native_depth.set(depth + 1);
        true
    }

    /// See [`Vm::enter_nested`].
    #[inline(always)]
    pub(crate) fn leave_nested(&self) {
        self.native_depth.set(self.native_depth.get() - 1);
    }

    /// Enters the VM loop from native code; raises as [`Vm::enter_native`].
    #[inline]
    pub(crate) fn enter_loop(&self) -> crate::PyResult<NativeGuard<'_, LOOP_DEPTH>> {
        self.enter("")
    }

    /// Enters native code that CPython does not count: only the native stack limits it.
    #[inline]
    pub(crate) fn check_native_stack(&self) -> crate::PyResult<()> {
        let here = 0u8;
        if (&raw const here as usize) < self.native_stack_end.get() {
            return Err(self.native_recursion_error(""));
        }
        Ok(())
    }

    #[inline]
    fn enter<const N: u32>(&self, what: &str) -> crate::PyResult<NativeGuard<'_, N>> {
        let here = 0u8;
        let too_deep = self.native_depth.get() >= NATIVE_DEPTH;
        if too_deep || (&raw const here as usize) < self.native_stack_end.get() {
            return Err(self.native_recursion_error(what));
        }
        self.native_depth.set(self.native_depth.get() + N);
        Ok(NativeGuard(self))
    }

    #[cold]
    #[inline(never)]
    fn native_recursion_error(&self, what: &str) -> crate::Raised {
        self.recursion_error(format!("maximum recursion depth exceeded{what}"))
    }
}

impl Vm {
    /// A version for a new or changed function; 0 when they have run out.
    pub(crate) fn next_function_version(&self) -> u32 {
        let version = self.interp.last_function_version.get().wrapping_add(1);
        if version != 0 {
            self.interp.last_function_version.set(version);
        }
        version
    }

    /// The exception the running code is handling (`sys.exception()`).
    pub fn handled_exception(&self) -> Option<Value> {
        let mut link = self.handled.get();
        // SAFETY: links live as long as the code they belong to runs.
        while let Some(handled) = unsafe { link.as_ref() } {
            if let Some(exception) = handled.exception.get() {
                return Some(exception);
            }
            link = handled.previous.get();
        }
        None
    }

    /// The exception that the innermost function or generator itself is handling.
    pub(crate) fn innermost_handled(&self) -> Option<Value> {
        // SAFETY: links live as long as the code they belong to runs; the chain is never empty.
        unsafe { &*self.handled.get() }.exception.get()
    }

    /// Replaces the innermost handled exception and returns what was there.
    pub(crate) fn swap_handled(&self, exception: Option<Value>) -> Option<Value> {
        // SAFETY: as above; the chain is never empty.
        let link = unsafe { &*self.handled.get() };
        link.exception.replace(exception)
    }

    /// Makes `exception` the one that is being raised, as it is: without a context.
    pub(crate) fn set_raised(&self, exception: Value) {
        self.raised.set(Some(exception));
    }

    /// Proof for [`Vm::set_raised`] of an exception that is raised again: the running frame gets
    /// no new traceback entry.
    pub(crate) fn raised_again(&self) -> crate::Raised {
        self.silent.set(true);
        crate::object::Raised(())
    }

    /// Takes the exception on its way; a SystemError if there is none.
    pub(crate) fn take_raised(&self) -> Value {
        self.take_exception(crate::object::Raised(()))
    }

    /// Drops the value of a StopIteration that nobody asked for.
    #[inline(always)]
    pub fn forget_stop_value(&self) {
        if !self.stop_value.is_empty() {
            self.stop_value.set(None);
        }
    }

    /// The value of the StopIteration that ended the last iterator step.
    pub fn take_stop_value(&self) -> Value {
        self.stop_value.take().unwrap_or(Value::NONE)
    }

    /// `StopIteration.value`.
    pub fn stop_iteration_value(&self, exception: &Value) -> Value {
        self.get_attr_opt(exception, &self.names.value)
            .ok()
            .flatten()
            .unwrap_or(Value::NONE)
    }
}
