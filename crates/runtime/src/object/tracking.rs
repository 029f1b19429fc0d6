//! Which objects the collector need not know: atoms, and containers that hold only atoms; and what
//! an object's own block takes.
#![allow(unsafe_code)]

use heap::ObjectPtr;

use super::class::{Class, class_flag};
use super::payload::{Kind, Object, class_of};
use super::value::Value;
use crate::vm::Vm;

/// True if the value can take part in a reference cycle as far as can be told now: it is of a
/// collected type, and neither a builtin class nor a tuple that has been untracked.
#[inline]
pub fn may_be_tracked(value: &Value) -> bool {
    let Some(object) = value.object() else {
        return false;
    };
    // SAFETY: a value's object is live.
    unsafe { object.as_ref().is_tracked() || may_get_tracked(object) }
}

/// The same for an object that is not tracked now.
unsafe fn may_get_tracked(object: ObjectPtr) -> bool {
    // SAFETY: by the caller the object is live, and the kind tells its payload.
    unsafe {
        let class = class_of(object);
        if !class.has_flag(class_flag::COLLECTED) {
            return false;
        }
        match class.kind {
            Kind::TUPLE => class.has_flag(class_flag::HEAP_TYPE),
            Kind::CLASS => (*(object.as_ptr() as *const Object<Class>))
                .payload()
                .has_flag(class_flag::HEAP_TYPE),
            _ => true,
        }
    }
}

impl Vm {
    /// Bytes of the block the object itself lies in, as the heap gives them out; 0 for immediates.
    pub fn own_block_bytes(&self, value: &Value) -> usize {
        match value.object() {
            // SAFETY: a value's object is live, and its class's table belongs to it.
            Some(object) => unsafe { self.heap.rounded((class_of(object).ops().size)(object)) },
            None => 0,
        }
    }
}
