//! Frames and the VM stack they lie on.
//!
//! ```text
//! … caller's operands | callable, self or NULL | locals (arguments first), cells | Frame | operands …
//!                                              ^fp                               ^vm.frame
//! ```
//!
//! A call leaves the arguments where the caller pushed them: they become the callee's first locals,
//! moved, not copied, so that counts are CPython's.  The callable below keeps function and code
//! alive; its reference is the frame's.  On return the result goes where the caller's `sp` was
//! saved.  A generator's frame (`locals | Frame | operands`) lies in the generator object; calls it
//! makes copy callable and arguments to the VM stack, above whoever resumed the generator.
#![allow(unsafe_code)]

use std::cell::Cell;

use super::code::Code;
use super::function::Function;
use super::instr::{Fp, Pc, Sp};
use super::state::Vm;
use crate::object::{Object, Raised, Ref, Slot, Value};

/// Why a frame is not a plain one; any bit sends its return through the slow path.
pub mod frame_flag {
    /// Return leaves the VM loop and goes to native code.
    pub const ENTRY: u32 = 1 << 0;
    /// Lies in a generator object.
    pub const GENERATOR: u32 = 1 << 1;
    /// Runs `__init__`: the result must be None and is replaced by the instance.
    pub const INIT: u32 = 1 << 2;
    /// A frame object refers to it.
    pub const HAS_OBJECT: u32 = 1 << 3;
    /// A generator resumed by `FOR_ITER`.
    pub const FOR_ITER: u32 = 1 << 4;
    /// A generator resumed by `SEND`.
    pub const SEND: u32 = 1 << 5;
    /// Has a local namespace (`locals`): class bodies, modules, `exec`.
    pub const NAMESPACE: u32 = 1 << 6;
    /// Tracing or profiling wants to hear of the return.
    pub const TRACED: u32 = 1 << 7;
    /// Its variables are being released: what that runs does not see it among its callers.
    pub const LEAVING: u32 = 1 << 8;
    /// The caller keeps a number of words below the function until the frame is left: what CPython's
    /// calling code holds meanwhile (argument tuples, bound methods).  The number is in the bits
    /// from `KEPT_SHIFT` on.
    pub const KEEPS: u32 = 1 << 9;
    /// Each of the kept words is owned twice.
    pub const KEEPS_TWICE: u32 = 1 << 10;
    /// An asynchronous generator resumed by `SEND` to one of its steps.
    pub const SEND_STEP: u32 = 1 << 11;
    /// Where the number of kept words begins.
    pub const KEPT_SHIFT: u32 = 16;
    /// More words than this are not kept.
    pub const MOST_KEPT: usize = u16::MAX as usize;
}

/// The fixed part of a frame, between its variables and its operands.
#[repr(C)]
pub struct Frame {
    /// The frame that called or resumed this one.
    pub prev: Cell<*const Frame>,
    /// Where the caller goes on.
    pub return_pc: Cell<Pc>,
    /// The function; its reference is owned.
    pub function: Cell<*const Object<Function>>,
    /// Its code, kept alive by the function.
    pub code: Cell<*const Object<Code>>,
    /// The first local variable.
    pub fp: Cell<Fp>,
    /// The instruction that is running, saved whenever somebody could look.
    pub pc: Cell<Pc>,
    /// The operand stack's end, saved likewise.
    pub sp: Cell<Sp>,
    /// See `frame_flag`.
    pub flags: Cell<u32>,
    /// Line last reported to a trace function.
    pub traced_line: Cell<i32>,
    /// The frame object, if somebody asked for it.
    pub object: Slot,
    /// The local namespace, where there is one.
    pub namespace: Slot,
    /// For a generator's frame: where frames of functions it calls go on the VM stack.
    pub stack_base: Cell<Sp>,
}

/// Words a frame's fixed part takes on the stack.
pub const FRAME_WORDS: usize = size_of::<Frame>() / 8;

const _: () = assert!(size_of::<Frame>().is_multiple_of(8));

impl Frame {
    /// The code.
    #[inline(always)]
    pub fn code(&self) -> &Code {
        // SAFETY: the function, owned by the frame, keeps it alive.
        unsafe { (*self.code.get()).payload() }
    }

    /// The code object.
    pub fn code_ref(&self) -> Ref<Code> {
        // SAFETY: as for `code`; the new reference is counted.
        unsafe { object_ref(self.code.get()) }
    }

    /// The function.
    #[inline(always)]
    pub fn function(&self) -> &Function {
        // SAFETY: owned by the frame.
        unsafe { (*self.function.get()).payload() }
    }

    /// The function object.
    pub fn function_ref(&self) -> Ref<Function> {
        // SAFETY: owned by the frame; the new reference is counted.
        unsafe { object_ref(self.function.get()) }
    }

    /// True if any of the flags is set.
    #[inline(always)]
    pub fn has(&self, flags: u32) -> bool {
        self.flags.get() & flags != 0
    }

    /// Stores all flags at once.  The compiler would turn the change of a few into a store of one byte, and
    /// the next load of the flags would wait until that store has left the pipeline.
    #[inline(always)]
    fn store_flags(&self, flags: u32) {
        // SAFETY: the cell is a valid place for the word.
        unsafe { self.flags.as_ptr().write_volatile(flags) };
    }

    /// Sets flags.
    #[inline(always)]
    pub fn set(&self, flags: u32) {
        self.store_flags(self.flags.get() | flags);
    }

    /// Clears flags.
    #[inline(always)]
    pub fn unset(&self, flags: u32) {
        self.store_flags(self.flags.get() & !flags);
    }

    /// Index of the running instruction.
    pub fn index(&self) -> u32 {
        self.code().index_of(self.pc.get())
    }

    /// The frame that called this one, as programs see it.
    pub fn caller(&self) -> Option<&Frame> {
        // SAFETY: a live frame's callers are live.
        let mut caller = unsafe { self.prev.get().as_ref() };
        while let Some(frame) = caller.filter(|frame| frame.has(frame_flag::LEAVING)) {
            // SAFETY: as above.
            caller = unsafe { frame.prev.get().as_ref() };
        }
        caller
    }

    /// The words that the caller keeps for this frame, which has `self` as its first variable, and
    /// how often each is owned.
    #[inline(always)]
    pub fn kept(&self) -> (Sp, usize, u32) {
        let flags = self.flags.get();
        let count = (flags >> frame_flag::KEPT_SHIFT) as usize;
        let owned = 1 + u32::from(flags & frame_flag::KEEPS_TWICE != 0);
        (self.fp.get().wrapping_sub(1 + count), count, owned)
    }

    /// A local variable, cell or free variable by index.
    pub fn local(&self, index: usize) -> Option<&Value> {
        debug_assert!(index < self.code().localsplus);
        // SAFETY: the frame has that many variables, each 0 or a valid word.
        unsafe {
            let word = &*self.fp.get().add(index);
            (*word != 0).then(|| Value::from_slot(word))
        }
    }

    /// Replaces a local variable.
    pub fn set_local(&self, index: usize, value: Option<Value>) {
        debug_assert!(index < self.code().localsplus);
        // SAFETY: as for `local`; the old word's reference is dropped after the store.
        unsafe {
            let place = self.fp.get().add(index);
            let old = *place;
            *place = value.map_or(0, Value::into_word);
            drop_word(old);
        }
    }
}

/// A new counted reference.
///
/// # Safety
/// `object` is live.
pub unsafe fn object_ref<T: crate::object::Payload>(object: *const Object<T>) -> Ref<T> {
    // SAFETY: by the caller's word.
    unsafe {
        (*object).header().increment();
        Ref::from_raw(std::ptr::NonNull::new_unchecked(object.cast_mut()))
    }
}

/// Drops an owned word unless it is 0.
///
/// # Safety
/// `word` is 0 or a valid word whose reference belongs to the caller.
#[inline(always)]
pub unsafe fn drop_word(word: u64) {
    if word & 7 == 0 && word != 0 {
        // SAFETY: by the caller's word.
        unsafe { drop(Value::from_word(word)) };
    }
}

/// Memory of one thread's VM stack: reserved address space that the system fills on demand.
pub struct VmStack {
    base: *mut u64,
    words: usize,
}

impl VmStack {
    /// Reserves as much as the system allows, `most` words, or a half, a quarter, … of it.
    pub fn reserve_up_to(most: usize) -> Option<VmStack> {
        (0..=6).find_map(|halvings| VmStack::reserve(most >> halvings))
    }

    /// Reserves `words` words of address space; None where the system has none left.
    pub fn reserve(words: usize) -> Option<VmStack> {
        // SAFETY: a fresh private anonymous mapping.
        let base = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                words * 8,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return None;
        }
        Some(VmStack {
            base: base.cast(),
            words,
        })
    }

    /// The first word.
    pub fn base(&self) -> Sp {
        self.base
    }

    /// True if the word belongs to this stack.
    #[inline]
    pub fn contains(&self, place: Sp) -> bool {
        (self.base..self.base.wrapping_add(self.words)).contains(&place)
    }

    /// Frames that would reach beyond this word overflow.
    pub fn limit(&self) -> Sp {
        // SAFETY: inside the mapping; the slack serves frames whose size was not checked.
        unsafe { self.base.add(self.words - 4096) }
    }
}

impl Drop for VmStack {
    fn drop(&mut self) {
        // SAFETY: the mapping made in `reserve`, used no more.
        unsafe { libc::munmap(self.base.cast(), self.words * 8) };
    }
}

/// Releases an object whose count has reached zero.
#[cold]
#[inline(never)]
unsafe fn release_at_zero(word: u64) {
    // SAFETY: the object is live, its class names the matching function.
    unsafe {
        let object = std::ptr::NonNull::new_unchecked(word as *mut heap::Header);
        (object.as_ref().class().as_ref().release.get())(object);
    }
}

/// Releases words that were kept for a frame, each owned `owned` times.  Handlers end in a jump, so they have
/// no room for a list of their own.
///
/// # Safety
/// They are valid words, owned that often; nobody uses them any more.
#[inline(always)]
pub(crate) unsafe fn release_kept(start: Sp, count: usize, owned: u32) {
    // SAFETY: by the caller's word.
    unsafe {
        for index in 0..count {
            let word = *start.add(index);
            if word & 7 != 0 {
                continue;
            }
            let header = &*(word as *const heap::Header);
            if header.count() <= owned {
                return release_last(start.add(index), count - index, owned);
            }
            header.set_count(header.count() - owned);
        }
    }
}

/// The same from a word on whose object dies with it.
#[cold]
#[inline(never)]
unsafe fn release_last(start: Sp, count: usize, owned: u32) {
    // SAFETY: by the caller's word.  What runs may overwrite the words: all are read before.
    unsafe {
        let words =
            smallvec::SmallVec::<[u64; 8]>::from_slice(std::slice::from_raw_parts(start, count));
        for &word in words.iter().filter(|&word| word & 7 == 0) {
            for _ in 1..owned {
                (*(word as *const heap::Header)).decrement();
            }
        }
        for word in words {
            drop_word(word);
        }
    }
}

impl Vm {
    /// The running frame, as programs see it.
    pub fn visible_frame(&self) -> Option<&Frame> {
        let frame = self.current_frame()?;
        if frame.has(frame_flag::LEAVING) {
            frame.caller()
        } else {
            Some(frame)
        }
    }

    /// The running frame, if Python code runs.
    #[inline(always)]
    pub fn current_frame(&self) -> Option<&Frame> {
        // SAFETY: null or the live running frame.
        unsafe { self.frame.get().as_ref() }
    }

    /// The first free word of the VM stack, as seen from native code.
    #[inline]
    pub(crate) fn stack_top(&self) -> Sp {
        match self.current_frame() {
            None => self.stack.base(),
            Some(frame) if frame.has(frame_flag::GENERATOR) => frame.stack_base.get(),
            Some(frame) => frame.sp.get(),
        }
    }

    /// Makes a frame for `function` whose callable, self-or-NULL and locals (all `localsplus`
    /// written) lie on the VM stack, and makes it the running one.  `fp` is the first local.
    /// The caller has saved its own `pc` and `sp`.
    ///
    /// # Safety
    /// As described; the function's reference moves into the frame.
    #[inline(always)]
    pub(crate) unsafe fn push_frame(
        &self,
        function: *const Object<Function>,
        code: *const Object<Code>,
        fp: Fp,
        return_pc: Pc,
        flags: u32,
    ) -> (Pc, Sp) {
        // SAFETY: there is room (checked by `check_room`), code is live.
        unsafe {
            let payload = (*code).payload();
            let frame = fp.add(payload.localsplus).cast::<Frame>();
            frame.write(Frame {
                prev: Cell::new(self.frame.get()),
                return_pc: Cell::new(return_pc),
                function: Cell::new(function),
                code: Cell::new(code),
                fp: Cell::new(fp),
                pc: Cell::new(payload.entry()),
                sp: Cell::new(frame.add(1).cast()),
                flags: Cell::new(flags),
                traced_line: Cell::new(0),
                object: Slot::new(None),
                namespace: Slot::new(None),
                stack_base: Cell::new(std::ptr::null_mut()),
            });
            self.frame.set(frame);
            self.depth.set(self.depth.get() + 1);
            (payload.entry(), frame.add(1).cast())
        }
    }

    /// True if a frame of `code` whose locals start at `fp` fits and the recursion limit allows it.
    #[inline(always)]
    pub(crate) fn has_room(&self, code: &Code, fp: Fp) -> bool {
        self.depth.get() < self.recursion_limit.get()
            && fp.wrapping_add(code.frame_words) < self.stack.limit()
    }

    /// Raises the RecursionError of a call that `has_room` refused.
    #[cold]
    pub(crate) fn too_deep(&self) -> Raised {
        self.recursion_error("maximum recursion depth exceeded")
    }

    /// Releases what the running frame owns and makes its caller the running one.  Operands must
    /// be gone.  Locals are released in order, parameters first, as CPython does.
    ///
    /// # Safety
    /// The running frame is finished; it is not a generator's.
    #[inline(always)]
    pub(crate) unsafe fn pop_frame(&self) {
        // SAFETY: by the caller's word.
        unsafe {
            let frame = &*self.frame.get();
            if frame.has(frame_flag::HAS_OBJECT) {
                super::frame_object::detach(self, frame);
            }
            let mut local = frame.fp.get();
            let end = (frame as *const Frame).cast_mut().cast::<u64>();
            while local < end {
                let word = *local;
                *local = 0;
                if word & 7 == 0 && word != 0 && (*(word as *const heap::Header)).decrement() == 0 {
                    // Its finaliser runs as called from the caller.
                    frame.set(frame_flag::LEAVING);
                    release_at_zero(word);
                }
                local = local.add(1);
            }
            if frame.has(frame_flag::NAMESPACE) {
                frame.namespace.set(None);
            }
            self.frame.set(frame.prev.get());
            self.depth.set(self.depth.get() - 1);
            drop_word(frame.function.get() as u64);
        }
    }
}
