//! The threads of an interpreter: how they begin and end, and what each has of its own.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::os::unix::thread::JoinHandleExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::address_space;
use super::bootstrap::THREAD_STACK_WORDS;
use super::frame::VmStack;
use super::park::Parker;
use super::state::{Vm, set_current_vm};
use crate::object::{Args, Dict, PyResult, Slot, Tuple, Value};

/// Native stack of a thread whose creator did not ask for another size.
const NATIVE_STACK: usize = 8 << 20;

/// The least VM stack of a thread, bytes, where address space is short.
const LEAST_STACK: usize = 1 << 20;

/// Least native stack a thread gets, whatever its creator asked for: natives that call Python code
/// need more than CPython's.
const LEAST_NATIVE_STACK: usize = 2 << 20;

/// What runs at the end of a thread, with a value that it concerns.
pub type EndFunction = fn(&Vm, &Value);

/// What a thread has of its own besides its registers.
#[derive(Default)]
pub struct ThreadState {
    /// The OS's identity of the thread; 0 before it has begun.
    pub(super) ident: Cell<u64>,
    /// The thread's number, given to no other.
    number: Number,
    /// Where the thread sleeps.
    pub(super) parker: Arc<Parker>,
    /// How deep releases were nested when the thread let go of the interpreter lock.
    pub(super) release_depth: Cell<u32>,
    /// The current context of `contextvars`.
    pub context: Slot,
    /// `firstiter` of `sys.set_asyncgen_hooks`.
    pub async_generator_first: Slot,
    /// `finalizer` of `sys.set_asyncgen_hooks`.
    pub async_generator_finalizer: Slot,
    /// What is to be done at the thread's end.
    end: RefCell<Vec<(Value, EndFunction)>>,
    /// The same when all else is done: who waits for the thread goes on.
    last: RefCell<Vec<(Value, EndFunction)>>,
}

/// A number that no other thread has had.
struct Number(u64);

impl Default for Number {
    fn default() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Number(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl ThreadState {
    pub(super) fn note_identity(&self) {
        self.ident.set(own_ident());
    }

    pub(super) fn is_known_as(&self, ident: u64) -> bool {
        self.ident.get() == ident
    }
}

fn own_ident() -> u64 {
    // SAFETY: always succeeds.
    unsafe { libc::pthread_self() as u64 }
}

/// What a new thread is to do.
struct Work {
    vm: *const Vm,
    function: Value,
    args: Value,
    keywords: Option<Value>,
}

/// Hands the work to the new thread.
struct Parcel(Work);

// SAFETY: the values in it are touched only while the interpreter lock is held, by either thread.
unsafe impl Send for Parcel {}

impl Vm {
    /// The identity of this OS thread, as `threading.get_ident()` gives it.
    pub fn thread_ident(&self) -> Value {
        self.int_u64(own_ident())
    }

    /// A number for this thread, never 0, that no other thread has had.
    pub fn thread_number(&self) -> u64 {
        self.thread.number.0
    }

    /// True on the thread that signals are handled on.
    pub fn is_main_thread(&self) -> bool {
        std::ptr::eq(self.interp.threads.main.get(), self)
    }

    /// Number of threads besides the main one.
    pub fn other_thread_count(&self) -> usize {
        self.interp.threads.all.borrow().len().saturating_sub(1)
    }

    /// `_thread.stack_size`: the size asked for before, 0 for the usual; sets a new one if given.
    pub fn thread_stack_size(&self, new: Option<usize>) -> usize {
        let place = &self.interp.threads.stack_size;
        new.map_or_else(|| place.get(), |new| place.replace(new))
    }

    /// Lets `end` run with `value` when this thread ends.  `value` is a weak reference; once its
    /// object is gone the function may be forgotten.
    pub fn at_thread_end(&self, value: Value, end: EndFunction) {
        let mut functions = self.thread.end.borrow_mut();
        // Threads that live long would otherwise collect what is long gone.
        let mut gone = Vec::new();
        if functions.len() >= 32 && functions.len().is_power_of_two() {
            let (dead, alive) = std::mem::take(&mut *functions)
                .into_iter()
                .partition(|(value, _)| is_dead(value));
            gone = dead;
            *functions = alive;
        }
        functions.push((value, end));
        drop(functions);
        drop(gone);
    }

    /// As [`Vm::at_thread_end`], for what tells others that the thread has ended: what belonged to it is released
    /// before, as in CPython.
    pub fn after_thread_end(&self, value: Value, end: EndFunction) {
        self.thread.last.borrow_mut().push((value, end));
    }

    /// Lets no further thread begin: the program ends.
    pub(super) fn refuse_threads(&self) {
        self.interp.threads.closed.set(true);
    }

    /// True from the beginning of the interpreter's end on: what would live longer is refused.
    pub fn is_shutting_down(&self) -> bool {
        self.interp.threads.closed.get()
    }

    /// Starts a thread that calls a function; its identity.
    pub fn start_thread(
        &self,
        function: &Value,
        args: &Value,
        keywords: Option<&Value>,
    ) -> PyResult<u64> {
        let refused = || self.runtime_error("can't start new thread");
        if self.interp.threads.closed.get() {
            return Err(self.runtime_error("can't create new thread at interpreter shutdown"));
        }
        let words = address_space::share(THREAD_STACK_WORDS * 8, 64).max(LEAST_STACK) / 8;
        let stack = VmStack::reserve(words).ok_or_else(refused)?;
        let vm = Vm::with_parts(self.heap, self.types, self.names, self.interp, stack);
        vm.recursion_limit.set(self.recursion_limit.get());
        let vm: *const Vm = Box::into_raw(Box::new(vm));
        // SAFETY: it lives until its thread ends, or until the end of this function if there is none.
        let new = unsafe { &*vm };
        new.handled.set(&raw const new.base_handled);
        let threads = &self.interp.threads;
        threads.all.borrow_mut().push(vm);
        threads.count_changed();
        new.tracing_changed();
        let parcel = Parcel(Work {
            vm,
            function: function.clone(),
            args: args.clone(),
            keywords: keywords.cloned(),
        });
        let size = match threads.stack_size.get() {
            0 => NATIVE_STACK,
            size => size.max(LEAST_NATIVE_STACK),
        };
        let started = std::thread::Builder::new().stack_size(size).spawn(move || {
            // The whole parcel moves, not its parts.
            let parcel = parcel;
            // SAFETY: the state was made for this thread.
            unsafe { run_thread(parcel.0) };
        });
        match started {
            Ok(handle) => {
                let ident = handle.as_pthread_t();
                // Known before the thread has had the lock for the first time.
                new.thread.ident.set(ident);
                Ok(ident)
            }
            Err(_) => {
                threads
                    .all
                    .borrow_mut()
                    .retain(|&other| !std::ptr::eq(other, vm));
                threads.count_changed();
                // SAFETY: no thread has it.
                drop(unsafe { Box::from_raw(vm.cast_mut()) });
                Err(refused())
            }
        }
    }

    /// Calls what the thread is for and reports what leaves it.
    fn run_work(&self, work: Work) {
        let Work {
            function,
            args,
            keywords,
            ..
        } = work;
        let mut values = args
            .payload::<Tuple>()
            .map_or_else(Vec::new, |args| args.to_vec());
        let mut names = Vec::new();
        for (name, value) in keywords
            .as_ref()
            .and_then(Value::payload::<Dict>)
            .map_or_else(Vec::new, Dict::to_vec)
        {
            names.push(name);
            values.push(value);
        }
        drop((args, keywords));
        let result = self.call_args(
            &function,
            Args {
                values: &values,
                names: &names,
            },
        );
        if let Err(raised) = result {
            let exception = self.take_exception(raised);
            if !self.is_instance_of(&exception, &self.types.exceptions.system_exit) {
                self.unraisable(exception, Some(&function), Some("in thread started by"));
            }
        }
    }

    /// Ends what belongs to the thread alone, and tells those who wait for it.
    pub(super) fn end_thread(&self) {
        loop {
            let functions = std::mem::take(&mut *self.thread.end.borrow_mut());
            if functions.is_empty() {
                break;
            }
            for (value, end) in functions {
                end(self, &value);
            }
        }
        self.set_trace(None);
        self.set_profile(None);
        self.settle_last();
        self.thread.context.set(None);
        self.thread.async_generator_first.set(None);
        self.thread.async_generator_finalizer.set(None);
        self.raised.set(None);
        self.stop_value.set(None);
        self.base_handled.exception.set(None);
        let last = std::mem::take(&mut *self.thread.last.borrow_mut());
        for (value, end) in last {
            end(self, &value);
        }
    }

    /// Shows every thread.
    pub(crate) fn for_each_thread(&self, mut look: impl FnMut(&Vm)) {
        let all: Vec<*const Vm> = self.interp.threads.all.borrow().clone();
        for thread in all {
            // SAFETY: threads in the list have not ended, and cannot while this one has the lock.
            look(unsafe { &*thread });
        }
    }

    /// The identities of the threads that run Python code, with their innermost frames' objects.
    pub(crate) fn frames_of_threads(&self) -> Vec<(u64, Value)> {
        let mut frames = Vec::new();
        self.for_each_thread(|thread| {
            if let Some(frame) = thread.current_frame() {
                frames.push((
                    thread.thread.ident.get(),
                    self.frame_object(frame).into_value(),
                ));
            }
        });
        frames
    }

    /// The identities of the threads, with the exceptions they handle.
    pub(crate) fn exceptions_of_threads(&self) -> Vec<(u64, Option<Value>)> {
        let mut exceptions = Vec::new();
        self.for_each_thread(|thread| {
            let ident = thread.thread.ident.get();
            if ident != 0 {
                exceptions.push((ident, thread.handled_exception()));
            }
        });
        exceptions
    }
}

fn is_dead(value: &Value) -> bool {
    value
        .payload::<crate::object::WeakReference>()
        .is_some_and(|reference| !reference.is_alive())
}

/// The life of a thread.
///
/// # Safety
/// `work.vm` was made for this thread and is in the list of threads.
unsafe fn run_thread(work: Work) {
    let state = work.vm;
    // SAFETY: by the caller's word; it is freed below.
    let vm: &Vm = unsafe { &*state };
    heap::set_current_heap(Some(vm.heap));
    set_current_vm(state);
    vm.measure_native_stack();
    vm.take_lock();
    vm.thread.note_identity();
    vm.run_work(work);
    vm.end_thread();
    let threads = &vm.interp.threads;
    threads
        .all
        .borrow_mut()
        .retain(|&other| !std::ptr::eq(other, state));
    vm.release_lock();
    // SAFETY: nobody can find the state any more: it is not in the list, does not hold the lock,
    // and this thread leaves it.
    unsafe {
        set_current_vm(std::ptr::null());
        drop(Box::from_raw(state.cast_mut()));
    }
}
