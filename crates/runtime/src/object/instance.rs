//! The tail of an instance: member slots (`__slots__`), the dictionary word, inline attributes.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ptr::NonNull;

use heap::{ObjectPtr, Visitor};

use super::class::Class;
use super::payload::Ref;
use super::value::Value;

/// The names whose values instances of a class store inline, by slot (PEP 412 key sharing).
#[derive(Default)]
pub struct SharedKeys {
    names: RefCell<Vec<Value>>,
}

impl SharedKeys {
    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.borrow().len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// # Safety
/// `object` is live and of class `class`, which has a tail.
pub unsafe fn traverse_tail(_object: ObjectPtr, _class: &Class, _visitor: &mut Visitor<'_>) {}

/// # Safety
/// As for [`traverse_tail`].
pub unsafe fn clear_tail(_object: ObjectPtr, _class: &Class) {}

/// # Safety
/// `tail` has room for the class's tail.
pub unsafe fn init_tail(tail: NonNull<u8>, class: &Ref<Class>) {
    // SAFETY: by the caller's word.
    unsafe { std::ptr::write_bytes(tail.as_ptr(), 0, class.tail_size.get() as usize) };
}

/// # Safety
/// As for [`traverse_tail`]; the object is being released.
pub unsafe fn drop_tail(_object: ObjectPtr, _class: &Class) {}
