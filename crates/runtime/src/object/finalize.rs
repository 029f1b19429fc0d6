//! What happens between the last reference and the freed block: finalisers, weak references,
//! and the bound on nested releases.
#![allow(unsafe_code)]

use heap::ObjectPtr;

use super::class::Class;
use super::payload::Payload;
use crate::vm::Vm;

/// Runs `__del__` and weak-reference callbacks; true if the object came back to life.
///
/// # Safety
/// `object` is live with count zero and payload `T`, of class `class`.
#[cold]
#[inline(never)]
pub unsafe fn revived<T: Payload>(_object: ObjectPtr, _class: &Class) -> bool {
    false
}

/// Enters a nested release; false if the object was queued because releases are nested too deep.
#[inline]
pub fn enter_release(_vm: &Vm, _object: ObjectPtr) -> bool {
    true
}

/// Leaves a nested release; the outermost one works the queue off.
#[inline]
pub fn leave_release(_vm: &Vm) {}
