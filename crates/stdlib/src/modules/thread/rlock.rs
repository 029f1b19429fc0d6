//! `RLock`: a lock that its holder can take again.

use std::cell::Cell;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Kind, MethodDef, Payload, PyResult, Tuple, TypeSlots, TypeSpec, Value, alloc, class_flag,
};

use super::lock::{Lock, acquire_arguments};
use crate::native::wrong_receiver;

/// Payload of `RLock`.
#[derive(Default)]
struct RLock {
    lock: Lock,
    /// Identity of the holder; 0 for nobody.
    owner: Cell<u64>,
    count: Cell<u64>,
}

impl Payload for RLock {
    const KIND: Kind = crate::kinds::RLOCK;
    const NAME: &'static str = "RLock";
    const FIELDS: &'static [Field] = fields![
        "lock" => lock as Opaque,
        "owner" => owner as Unsigned,
        "count" => count as Unsigned,
    ];
}

fn rlock_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a RLock> {
    this.payload::<RLock>()
        .ok_or_else(|| wrong_receiver(vm, "_thread.RLock"))
}

fn this_thread(vm: &Vm) -> u64 {
    vm.thread_ident()
        .as_int()
        .and_then(|ident| ident.to_u64())
        .unwrap_or(1)
}

fn acquire(vm: &Vm, args: &[Value]) -> PyResult {
    let rlock = rlock_of(vm, &args[0])?;
    let unbound = &Value::UNBOUND;
    let how = acquire_arguments(
        vm,
        args.get(1).unwrap_or(unbound),
        args.get(2).unwrap_or(unbound),
    )?;
    let me = this_thread(vm);
    if rlock.count.get() > 0 && rlock.owner.get() == me {
        rlock.count.set(rlock.count.get() + 1);
        return Ok(Value::TRUE);
    }
    let taken = match how {
        None => rlock.lock.try_acquire(),
        Some(timeout) => rlock.lock.try_acquire() || rlock.lock.acquire(vm, timeout)?,
    };
    if taken {
        rlock.owner.set(me);
        rlock.count.set(1);
    }
    Ok(Value::bool(taken))
}

fn release(vm: &Vm, this: &Value) -> PyResult {
    let rlock = rlock_of(vm, this)?;
    if rlock.count.get() == 0 || rlock.owner.get() != this_thread(vm) {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    rlock.count.set(rlock.count.get() - 1);
    if rlock.count.get() == 0 {
        rlock.owner.set(0);
        rlock.lock.release();
    }
    Ok(Value::NONE)
}

/// Declaration of `RLock`.
pub(super) static RLOCK: TypeSpec = TypeSpec {
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|_, class, _| Ok(alloc(class, RLock::default()).into_value())),
        repr: Some(|vm, this| {
            let rlock = rlock_of(vm, this)?;
            let state = if rlock.count.get() > 0 {
                "locked"
            } else {
                "unlocked"
            };
            Ok(vm.str_value(&format!(
                "<{state} {} object owner={} count={} at 0x{:x}>",
                vm.class_name(this),
                rlock.owner.get(),
                rlock.count.get(),
                vm.id(this)
            )))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "acquire",
            "($self, /, blocking=True, timeout=-1)",
            "Lock the lock.  `blocking` indicates whether we should wait\n\
             for the lock to be available or not.  If `blocking` is False\n\
             and another thread holds the lock, the method will return False\n\
             immediately.  If `blocking` is True and another thread holds\n\
             the lock, the method will wait for the lock to be released,\n\
             take it and then return True.\n\
             (note: the blocking operation is interruptible.)\n\n\
             In all other cases, the method will return True immediately.\n\
             Precisely, if the current thread already holds the lock, its\n\
             internal counter is simply incremented. If nobody holds the lock,\n\
             the lock is taken and its internal counter initialized to 1.",
            acquire,
        )
        .unsigned(),
        MethodDef::bound(
            "release",
            "($self, /)",
            "Release the lock, allowing another thread that is blocked waiting for\n\
             the lock to acquire the lock.  The lock must be in the locked state,\n\
             and must be locked by the same thread that unlocks it; otherwise a\n\
             `RuntimeError` is raised.\n\n\
             Do note that if the lock was acquire()d several times in a row by the\n\
             current thread, release() needs to be called as many times for the lock\n\
             to be available for other threads.",
            |vm, args| release(vm, &args[0]),
        )
        .unsigned(),
        MethodDef::bound("__enter__", "($self, /)", "Lock the lock.", acquire).unsigned(),
        MethodDef::raw(
            "__exit__",
            "($self, /, *exc_info)",
            "Release the lock.",
            |vm, args| release(vm, &args.values[0]),
        )
        .unsigned(),
        MethodDef::bound(
            "_is_owned",
            "($self, /)",
            "For internal use by `threading.Condition`.",
            |vm, args| {
                let rlock = rlock_of(vm, &args[0])?;
                Ok(Value::bool(
                    rlock.count.get() > 0 && rlock.owner.get() == this_thread(vm),
                ))
            },
        )
        .unsigned(),
        MethodDef::bound(
            "_recursion_count",
            "($self, /)",
            "For internal use by reentrancy checks.",
            |vm, args| {
                let rlock = rlock_of(vm, &args[0])?;
                let own = rlock.owner.get() == this_thread(vm);
                Ok(vm.int_u64(if own { rlock.count.get() } else { 0 }))
            },
        )
        .unsigned(),
        MethodDef::bound(
            "_release_save",
            "($self, /)",
            "For internal use by `threading.Condition`.",
            |vm, args| {
                let rlock = rlock_of(vm, &args[0])?;
                if rlock.count.get() == 0 {
                    return Err(vm.runtime_error("cannot release un-acquired lock"));
                }
                let state = [rlock.count.replace(0), rlock.owner.replace(0)];
                rlock.lock.release();
                Ok(vm.tuple_value(state.map(|n| vm.int_u64(n))))
            },
        )
        .unsigned(),
        MethodDef::bound(
            "_acquire_restore",
            "($self, state, /)",
            "For internal use by `threading.Condition`.",
            |vm, args| {
                let rlock = rlock_of(vm, &args[0])?;
                let state = args[1].payload::<Tuple>().map(|t| t.to_vec());
                let Some(Ok([count, owner])) = state.map(<[Value; 2]>::try_from) else {
                    return Err(vm.type_error("a tuple of count and owner is required"));
                };
                let (count, owner) = (vm.arg_unsigned_long(&count)?, vm.arg_unsigned_long(&owner)?);
                if !rlock.lock.try_acquire() {
                    rlock.lock.acquire(vm, None)?;
                }
                rlock.count.set(count);
                rlock.owner.set(owner);
                Ok(Value::NONE)
            },
        )
        .unsigned(),
        MethodDef::bound("_at_fork_reinit", "($self, /)", "", |vm, args| {
            let rlock = rlock_of(vm, &args[0])?;
            rlock.lock.renew();
            rlock.owner.set(0);
            rlock.count.set(0);
            Ok(Value::NONE)
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<RLock>("_thread.RLock")
};
