//! What a native function is seen to hold while Python code runs that it called.
//!
//! `sys.getrefcount` tells what CPython's functions hold: some pack their arguments into a tuple, which holds each of them
//! once more and counts for the collector; others only borrow what must be held here.

use std::cell::RefCell;

use heap::FreeList;
use smallvec::SmallVec;

use crate::object::Value;
use crate::vm::Vm;

thread_local! {
    /// Words of objects that are held here and only borrowed in CPython.
    static BORROWED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The arguments of a call that CPython packs into a tuple.
pub struct Packed<'vm> {
    vm: &'vm Vm,
    values: SmallVec<[Value; 6]>,
}

impl Packed<'_> {
    /// Holds the arguments.  The list stays where it is: a young one that is moved is read by wide loads, which
    /// wait for the stores before them.
    #[inline]
    pub fn hold(&mut self, values: &[Value]) {
        match FreeList::tuple(values.len()) {
            Some(list) => self.vm.heap.count_kept_allocation(list),
            None if values.is_empty() => (),
            None => self.vm.heap.count_allocation(),
        }
        self.values.extend(values.iter().cloned());
    }
}

impl Drop for Packed<'_> {
    fn drop(&mut self) {
        let heap = self.vm.heap;
        match FreeList::tuple(self.values.len()) {
            Some(list) => heap.count_kept_release(list),
            None if self.values.is_empty() => (),
            None => heap.count_release(),
        }
    }
}

/// A reference that is not counted while it lives.
pub struct Uncounted(Value);

impl Uncounted {
    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }
}

impl Drop for Uncounted {
    fn drop(&mut self) {
        let word = self.0.word();
        BORROWED.with_borrow_mut(|words| {
            if let Some(place) = words.iter().rposition(|&borrowed| borrowed == word) {
                words.remove(place);
            }
        });
    }
}

impl Vm {
    /// What will hold arguments as a tuple of them would, once: nothing yet.
    #[inline(always)]
    pub fn packed(&self) -> Packed<'_> {
        Packed {
            vm: self,
            values: SmallVec::new(),
        }
    }

    /// Holds the arguments as a tuple of them would.
    pub fn pack(&self, values: &[Value]) -> Packed<'_> {
        let mut packed = self.packed();
        packed.hold(values);
        packed
    }

    /// Holds a value that CPython only borrows.
    pub fn borrow_uncounted(&self, value: Value) -> Uncounted {
        BORROWED.with_borrow_mut(|words| words.push(value.word()));
        Uncounted(value)
    }

    /// How many of a value's references [`Vm::borrow_uncounted`] holds.
    pub(crate) fn uncounted_references(&self, value: &Value) -> u32 {
        let word = value.word();
        BORROWED
            .with_borrow(|words| words.iter().filter(|&&borrowed| borrowed == word).count() as u32)
    }
}
