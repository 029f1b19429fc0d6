//! What happens between the last reference and the freed block.
//!
//! The object lives again, with one reference, while its finaliser looks at it: `__del__` by
//! `slots.finalize`, then the representation's own ([`Payload::finalize`]).  A finaliser runs once in
//! an object's life (PEP 442), also if it revives the object.  Then the weak references die and their
//! callbacks run, newest first.  Generators lose their weak references before they are closed.
//!
//! The collector runs the same finalisers for trash, through [`run_finalizer`].
#![allow(unsafe_code)]

use std::mem::ManuallyDrop;

use heap::ObjectPtr;
use heap::header::flag;

use super::class::{Class, class_flag};
use super::payload::{Kind, Payload, class_of};
use super::value::Value;
use super::weakref;
use crate::vm::Vm;
use crate::vm::current_vm;

/// Runs `__del__` and weak-reference callbacks; true if the object came back to life.
///
/// # Safety
/// `object` is live with count zero and payload `T`.
#[cold]
#[inline(never)]
pub unsafe fn revived<T: Payload>(object: ObjectPtr) -> bool {
    let vm = current_vm();
    // SAFETY: the object is live until its block is freed, which the caller does later; a count of
    // one makes it a valid value meanwhile, whose reference is given up by hand.
    unsafe {
        let header = object.as_ref();
        if T::KIND == Kind::GENERATOR && header.has(flag::WEAKLY_REFERENCED) {
            let tracked = header.is_tracked();
            bury(vm, object);
            if tracked {
                vm.heap.track(object);
            }
        }
        let finalizes = T::FINALIZES || class_of(object).has_flag(class_flag::HAS_FINALIZER);
        if finalizes && !header.has(flag::FINALIZED) {
            // As in CPython the object is tracked anew: one that comes back to life is the youngest.
            if header.is_tracked() {
                vm.heap.untrack(object);
                vm.heap.track(object);
            }
            header.set_count(1);
            let this = ManuallyDrop::new(Value::from_word(object.as_ptr() as u64));
            run_finalizer(vm, &this);
            header.set(flag::FINALIZED);
            if header.decrement() > 0 {
                return true;
            }
        }
        if header.has(flag::WEAKLY_REFERENCED) {
            bury(vm, object);
        }
    }
    false
}

/// Makes the weak references to a dying object dead and calls their callbacks.
///
/// # Safety
/// `object` is live with count zero.
unsafe fn bury(vm: &Vm, object: ObjectPtr) {
    // The callbacks may collect, and the collector must not see an object without references.
    vm.heap.untrack(object);
    // Mostly there is one callback at most: its parts stay in registers.
    let (mut first, mut first_callback): (Option<Value>, Option<Value>) = (None, None);
    let mut others: Vec<(Value, Value)> = Vec::new();
    vm.heap.take_weakrefs(object, |reference| {
        // SAFETY: the table holds weak references that are live.
        let Some((reference, callback)) = (unsafe { weakref::bury(reference) }) else {
            return;
        };
        if first.is_none() {
            first = Some(reference);
            first_callback = Some(callback);
        } else {
            others.push((reference, callback));
        }
    });
    let (Some(first), Some(first_callback)) = (first, first_callback) else {
        return;
    };
    vm.aside(|| {
        call_callback(vm, &first, &first_callback);
        for (reference, callback) in &others {
            call_callback(vm, reference, callback);
        }
        drop(first);
        drop(first_callback);
        // Not moved into here: that would read the words of the list as soon as they were written.
        others.clear();
    });
}

/// Calls the callback of a dead weak reference.
pub fn call_callback(vm: &Vm, reference: &Value, callback: &Value) {
    if let Err(raised) = vm.call1(callback, reference) {
        let exception = vm.take_exception(raised);
        vm.unraisable(exception, Some(callback), None);
    }
}

/// Runs the finalisers of a living object, whatever they raise.
pub fn run_finalizer(vm: &Vm, this: &Value) {
    vm.aside(|| {
        let class = vm.class_of(this).clone();
        if let Some(finalize) = class.slots().finalize
            && let Err(raised) = finalize(vm, this)
        {
            let exception = vm.take_exception(raised);
            // Named is what was called: a function as it is, another descriptor as it was bound.
            let found = vm.lookup_in_class(&class, &vm.names.__del__);
            let culprit = match found {
                Some(found) if !vm.class_of(&found).has_flag(class_flag::METHOD_DESCRIPTOR) => vm
                    .quietly(vm.lookup_special(this, &vm.names.__del__))
                    .flatten(),
                found => found,
            };
            vm.unraisable(exception, Some(culprit.as_ref().unwrap_or(this)), None);
        }
        if let Some(finalize) = native_finalizer(&class) {
            finalize(this);
        }
    });
}

/// The representation's finaliser, which builtin classes declare and subclasses share.
fn native_finalizer(class: &Class) -> Option<fn(&Value)> {
    if !class.has_flag(class_flag::NATIVE_FINALIZER) {
        return None;
    }
    class.native_spec()?.finalize
}
