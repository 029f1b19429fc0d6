//! Releasing long chains without native recursion.
//!
//! Releasing an object releases what it owned, and so on: a list of lists a million deep would
//! recurse a million times.  So releases are counted as they nest; beyond [`MAX_NESTED`] an object
//! is put aside and released by the outermost release when it is done.  What one deferred release
//! puts aside in turn goes before the older ones, in its own order: the queue stays
//! as short as the structure is deep, and the order is that of plain recursion.
#![allow(unsafe_code)]

use std::cell::{Cell, UnsafeCell};

use crate::header::{ObjectPtr, flag};
use crate::heap::Heap;

/// Releases that may nest before they are deferred.
pub const MAX_NESTED: u32 = 50;

/// How deep releases are nested, and which were deferred.
pub(crate) struct Releases {
    depth: Cell<u32>,
    pending: Cell<bool>,
    /// Released from the end.
    queue: UnsafeCell<Vec<ObjectPtr>>,
}

impl Releases {
    pub const fn new() -> Self {
        Releases {
            depth: Cell::new(0),
            pending: Cell::new(false),
            queue: UnsafeCell::new(Vec::new()),
        }
    }

    fn with_queue<R>(&self, change: impl FnOnce(&mut Vec<ObjectPtr>) -> R) -> R {
        // SAFETY: the callers below only push, pop, measure or reverse; none calls back.
        change(unsafe { &mut *self.queue.get() })
    }
}

impl Heap {
    /// To be called by a class's release function before it releases anything else.  If it
    /// returns false, the object was put aside: the function must return at once, and will be called
    /// again.  If it returns true, [`Heap::leave_release`] must follow.
    #[inline(always)]
    pub fn enter_release(&self, object: ObjectPtr) -> bool {
        let depth = self.releases.depth.get();
        if depth >= MAX_NESTED {
            self.defer_release(object);
            return false;
        }
        self.releases.depth.set(depth + 1);
        true
    }

    /// Ends what [`Heap::enter_release`] began; the outermost one releases what was put aside.
    #[inline(always)]
    pub fn leave_release(&self) {
        let depth = self.releases.depth.get() - 1;
        self.releases.depth.set(depth);
        if depth == 0 && self.releases.pending.get() {
            self.run_deferred();
        }
    }

    /// How deep releases are nested on this thread.  A thread that lets another one run keeps it
    /// and sets it again afterwards, as the depth belongs to the native stack.
    pub fn release_depth(&self) -> u32 {
        self.releases.depth.get()
    }

    /// Sets how deep releases are nested.
    pub fn set_release_depth(&self, depth: u32) {
        self.releases.depth.set(depth);
    }

    /// True while objects wait that were put aside.
    pub fn has_deferred_releases(&self) -> bool {
        self.releases.pending.get()
    }

    /// The collector must not see an object without references, so it is in no generation while
    /// it waits.
    #[cold]
    #[inline(never)]
    fn defer_release(&self, object: ObjectPtr) {
        // SAFETY: the object is live until its release function is done with it.
        let header = unsafe { object.as_ref() };
        if header.is_tracked() {
            self.untrack(object);
            header.set(flag::DEFERRED);
        }
        self.releases.with_queue(|queue| queue.push(object));
        self.releases.pending.set(true);
    }

    #[cold]
    #[inline(never)]
    fn run_deferred(&self) {
        self.releases.pending.set(false);
        // Nested releases must not come here again.
        self.releases.depth.set(1);
        while let Some(object) = self.releases.with_queue(Vec::pop) {
            let before = self.releases.with_queue(|queue| queue.len());
            // SAFETY: deferred objects stay live until their release function ran.
            let header = unsafe { object.as_ref() };
            if header.has(flag::DEFERRED) {
                header.unset(flag::DEFERRED);
                self.track(object);
            }
            // SAFETY: classes outlive their instances; the object's count is zero.
            unsafe { (header.class().as_ref().release.get())(object) };
            self.releases.with_queue(|queue| {
                if let Some(added) = queue.get_mut(before..) {
                    added.reverse();
                }
            });
        }
        self.releases.depth.set(0);
        self.releases.pending.set(false);
    }

    /// Gives one reference up.
    ///
    /// # Safety
    /// The caller owns the reference.
    #[inline]
    pub unsafe fn drop_reference(&self, object: ObjectPtr) {
        // SAFETY: a reference keeps the object live, and classes outlive their instances.
        unsafe {
            if object.as_ref().decrement() == 0 {
                (object.as_ref().class().as_ref().release.get())(object);
            }
        }
    }
}
