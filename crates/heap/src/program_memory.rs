//! The program's allocator: the system's, but that it is heard of when the system refuses.
//!
//! What Rust code allocates outside the heap mostly cannot fail in a way that its caller sees: the process would be
//! aborted. So a small request that is refused gets the heap's ballast ([`blocks::ballast`](crate::blocks)): the ballast
//! is given up, the request repeated, and the program gets MemoryError at its next safe point. A large one is the business
//! of the code that asks: sizes that a program chooses are asked for with `try_reserve` or looked at before. Should one be
//! forgotten, the process ends by SIGABRT; the hook lets the runtime see to it that it ends in order.
//!
//! An executable declares it: `#[global_allocator] static MEMORY: heap::ProgramMemory = heap::ProgramMemory;`. Without it
//! all works as well until memory is exhausted.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::current::try_current_heap;

/// Requests up to this size are worth the ballast.
const SMALL: usize = 4 << 20;

/// Called when a request is refused and cannot be helped; a `fn()` or null.
static REFUSED: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Has `hook` called when the system has refused a request of the program's. It must not allocate.
pub fn on_refusal(hook: fn()) {
    REFUSED.store(hook as *mut (), Ordering::Release);
}

/// The allocator; see the module's head.
pub struct ProgramMemory;

/// A request was refused: repeats it where there is something to give up.
#[cold]
#[inline(never)]
fn refused(size: usize, again: &mut dyn FnMut() -> *mut u8) -> *mut u8 {
    if size <= SMALL
        && let Some(heap) = try_current_heap()
        && heap.give_up_ballast()
    {
        let block = again();
        if !block.is_null() {
            return block;
        }
    }
    let hook = REFUSED.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: only `on_refusal` stores there.
        let hook = unsafe { std::mem::transmute::<*mut (), fn()>(hook) };
        hook();
    }
    ptr::null_mut()
}

// SAFETY: all blocks are the system allocator's, which gets its own layouts back.
unsafe impl GlobalAlloc for ProgramMemory {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by the caller's word.
        unsafe {
            let block = System.alloc(layout);
            if block.is_null() {
                return refused(layout.size(), &mut || System.alloc(layout));
            }
            block
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: by the caller's word.
        unsafe { System.dealloc(block, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by the caller's word.
        unsafe {
            let block = System.alloc_zeroed(layout);
            if block.is_null() {
                return refused(layout.size(), &mut || System.alloc_zeroed(layout));
            }
            block
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: by the caller's word; a block that could not be moved is as it was.
        unsafe {
            let moved = System.realloc(block, layout, size);
            if moved.is_null() {
                return refused(size, &mut || System.realloc(block, layout, size));
            }
            moved
        }
    }
}
