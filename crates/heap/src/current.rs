//! Which heap the running thread works with.
//!
//! Buffers ([`HeapVec`](crate::HeapVec)) free their block when they are dropped and so need the
//! heap without being handed it.  The runtime names it when a thread enters the interpreter.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ptr;

use crate::heap::Heap;

thread_local! {
    static CURRENT: Cell<*const Heap> = const { Cell::new(ptr::null()) };
}

/// Makes `heap` the heap of this thread and returns the one it had before.
pub fn set_current_heap(heap: Option<&'static Heap>) -> Option<&'static Heap> {
    let new = heap.map_or(ptr::null(), ptr::from_ref);
    let old = CURRENT.replace(new);
    // SAFETY: the cell only ever holds null or the address of a `&'static Heap`.
    unsafe { old.as_ref() }
}

/// The heap of this thread, if it has one.
pub(crate) fn try_current_heap() -> Option<&'static Heap> {
    // A thread that is ending has none any more.
    let heap = CURRENT.try_with(Cell::get).ok()?;
    // SAFETY: as in `set_current_heap`.
    unsafe { heap.as_ref() }
}

/// The heap of this thread: one load and a test that never fails in a running interpreter.
///
/// # Panics
/// If the embedding code forgot [`set_current_heap`]; no Python program can bring that about.
#[inline(always)]
pub fn current_heap() -> &'static Heap {
    let heap = CURRENT.get();
    if heap.is_null() {
        no_heap();
    }
    // SAFETY: not null, hence the address of a `&'static Heap`.
    unsafe { &*heap }
}

#[cold]
#[inline(never)]
fn no_heap() -> ! {
    panic!("this thread uses a heap buffer before it entered an interpreter")
}
