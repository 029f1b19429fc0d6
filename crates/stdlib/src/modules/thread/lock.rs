//! `lock`: what only one thread holds.

use std::cell::Cell;
use std::time::Duration;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Kind, MethodDef, Payload, PyResult, TypeSlots, TypeSpec, Value, WeakReference, class_flag,
};
use runtime::vm::park::WaitQueue;

use crate::modules::time::timeout_nanoseconds;
use crate::native::wrong_receiver;

/// Payload of `lock`.  Only threads that hold the interpreter lock look at it.
#[derive(Default)]
pub(super) struct Lock {
    locked: Cell<bool>,
    waiters: WaitQueue,
}

impl Payload for Lock {
    const KIND: Kind = crate::kinds::LOCK;
    const NAME: &'static str = "lock";
    const FIELDS: &'static [Field] = fields![
        "locked" => locked as Opaque,
        "waiters" => waiters as Opaque,
    ];
}

impl Lock {
    /// Takes the lock; false if the time ran out.
    pub(super) fn acquire(&self, vm: &Vm, timeout: Option<Duration>) -> PyResult<bool> {
        let taken = self
            .waiters
            .wait(vm, timeout, || self.try_acquire().then_some(()))?;
        Ok(taken.is_some())
    }

    /// Takes the lock if nobody holds it.
    pub(super) fn try_acquire(&self) -> bool {
        !self.locked.replace(true)
    }

    /// Lets go; false if nobody held it.
    pub(super) fn release(&self) -> bool {
        let held = self.locked.replace(false);
        self.waiters.wake_one();
        held
    }

    pub(super) fn is_locked(&self) -> bool {
        self.locked.get()
    }

    /// Makes the lock new in a forked process.
    pub(super) fn renew(&self) {
        self.locked.set(false);
        self.waiters.clear();
    }
}

/// Lets go of a lock that ends with its thread; `reference` is a weak reference to it.
pub(super) fn release_sentinel(_vm: &Vm, reference: &Value) {
    let lock = reference
        .payload::<WeakReference>()
        .and_then(WeakReference::referent);
    if let Some(lock) = lock.as_ref().and_then(Value::payload::<Lock>) {
        lock.release();
    }
}

/// `blocking` and `timeout` of an `acquire`: None for "do not wait", otherwise how long.
pub(super) fn acquire_arguments(
    vm: &Vm,
    blocking: &Value,
    timeout: &Value,
) -> PyResult<Option<Option<Duration>>> {
    let blocking = match blocking.given() {
        Some(blocking) => vm.truth(blocking)?,
        None => true,
    };
    let timeout = match timeout.given() {
        Some(timeout) => timeout_nanoseconds(vm, timeout)?,
        None => -1_000_000_000,
    };
    if !blocking {
        if timeout != -1_000_000_000 {
            return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
        }
        return Ok(None);
    }
    if timeout < 0 {
        if timeout != -1_000_000_000 {
            return Err(vm.value_error("timeout value must be positive"));
        }
        return Ok(Some(None));
    }
    Ok(Some(Some(Duration::from_nanos(timeout as u64))))
}

fn lock_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Lock> {
    this.payload::<Lock>()
        .ok_or_else(|| wrong_receiver(vm, "_thread.lock"))
}

fn acquire(vm: &Vm, args: &[Value]) -> PyResult {
    let lock = lock_of(vm, &args[0])?;
    let (blocking, timeout) = (args.get(1), args.get(2));
    let unbound = &Value::UNBOUND;
    let how = acquire_arguments(vm, blocking.unwrap_or(unbound), timeout.unwrap_or(unbound))?;
    Ok(Value::bool(match how {
        None => lock.try_acquire(),
        Some(timeout) => lock.try_acquire() || lock.acquire(vm, timeout)?,
    }))
}

fn release(vm: &Vm, this: &Value) -> PyResult {
    if lock_of(vm, this)?.release() {
        Ok(Value::NONE)
    } else {
        Err(vm.runtime_error("release unlocked lock"))
    }
}

const ACQUIRE_DOC: &str = "Lock the lock.  Without argument, this blocks if the lock is already\n\
     locked (even by the same thread), waiting for another thread to release\n\
     the lock, and return True once the lock is acquired.\n\
     With an argument, this will only block if the argument is true,\n\
     and the return value reflects whether the lock is acquired.\n\
     The blocking operation is interruptible.";

const RELEASE_DOC: &str = "Release the lock, allowing another thread that is blocked waiting for\n\
     the lock to acquire the lock.  The lock must be in the locked state,\n\
     but it needn't be locked by the same thread that unlocks it.";

const LOCKED_DOC: &str = "Return whether the lock is in the locked state.";

/// Declaration of `lock`.
pub(super) static LOCK: TypeSpec = TypeSpec {
    doc: "A lock object is a synchronization primitive.  To create a lock,\n\
          call threading.Lock().  Methods are:\n\n\
          acquire() -- lock the lock, possibly blocking until it can be obtained\n\
          release() -- unlock of the lock\n\
          locked() -- test whether the lock is currently locked\n\n\
          A lock is not owned by the thread that locked it; another thread may\n\
          unlock it.  A thread attempting to lock a lock that it has already locked\n\
          will block until another thread unlocks it.  Deadlocks may ensue.",
    flags: class_flag::NO_INSTANTIATION | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(|vm, this| {
            let state = if lock_of(vm, this)?.is_locked() {
                "locked"
            } else {
                "unlocked"
            };
            Ok(vm.str_value(&format!(
                "<{state} _thread.lock object at 0x{:x}>",
                vm.id(this)
            )))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "acquire",
            "($self, /, blocking=True, timeout=-1)",
            ACQUIRE_DOC,
            acquire,
        )
        .unsigned(),
        MethodDef::bound(
            "acquire_lock",
            "($self, /, blocking=True, timeout=-1)",
            ACQUIRE_DOC,
            acquire,
        )
        .unsigned(),
        MethodDef::bound("release", "($self, /)", RELEASE_DOC, |vm, args| {
            release(vm, &args[0])
        })
        .unsigned(),
        MethodDef::bound("release_lock", "($self, /)", RELEASE_DOC, |vm, args| {
            release(vm, &args[0])
        })
        .unsigned(),
        MethodDef::bound("locked", "($self, /)", LOCKED_DOC, |vm, args| {
            Ok(Value::bool(lock_of(vm, &args[0])?.is_locked()))
        })
        .unsigned(),
        MethodDef::bound("locked_lock", "($self, /)", LOCKED_DOC, |vm, args| {
            Ok(Value::bool(lock_of(vm, &args[0])?.is_locked()))
        })
        .unsigned(),
        MethodDef::bound("__enter__", "($self, /)", "Lock the lock.", acquire).unsigned(),
        MethodDef::raw(
            "__exit__",
            "($self, /, *exc_info)",
            "Release the lock.",
            |vm, args| release(vm, &args.values[0]),
        )
        .unsigned(),
        MethodDef::bound("_at_fork_reinit", "($self, /)", "", |vm, args| {
            lock_of(vm, &args[0])?.renew();
            Ok(Value::NONE)
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<Lock>("_thread.lock")
};
