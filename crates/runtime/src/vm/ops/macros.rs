//! How handlers are written.
//!
//! A handler is `unsafe fn(&Vm, Pc, Sp, Fp) -> u64` and ends in a call of the next instruction's
//! handler in tail position (`next!`), which the optimiser turns into a jump as long as nothing lives across
//! it: no value with a destructor, no local whose address was taken.  So hot handlers work on raw
//! words and leave for a cold handler in tail position when something is unusual, and all others
//! are made by `op!`, whose body is a function of its own that works on values through [`Stack`].

use crate::object::Value;
use crate::vm::instr::Sp;

/// Reads a word that may have been pushed a moment ago.  Two such words must not be read as one
/// vector: the processor cannot forward two young stores to one load and waits for both.
///
/// # Safety
/// The place holds a word.
#[inline(always)]
pub unsafe fn read_word(place: *const u64) -> u64 {
    // SAFETY: by the caller's word.
    unsafe { place.read_volatile() }
}

/// The operand stack as the body of an `op!` sees it.
pub struct Stack {
    /// The first free word.
    pub sp: Sp,
}

impl Stack {
    /// Pushes a value.
    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        self.push_word(value.into_word());
    }

    /// Pushes a word; 0 is NULL.
    #[inline(always)]
    pub fn push_word(&mut self, word: u64) {
        // SAFETY: the verifier bounds the depth by the frame's size.
        unsafe {
            *self.sp = word;
            self.sp = self.sp.add(1);
        }
    }

    /// Pops a word.
    #[inline(always)]
    pub fn pop_word(&mut self) -> u64 {
        // SAFETY: the verifier proved that the stack is deep enough.
        unsafe {
            self.sp = self.sp.sub(1);
            read_word(self.sp)
        }
    }

    /// Pops a value.
    #[inline(always)]
    pub fn pop(&mut self) -> Value {
        let word = self.pop_word();
        debug_assert!(word != 0);
        // SAFETY: the stack owns the word, which moves out.
        unsafe { Value::from_word(word) }
    }

    /// Pops a value that may be NULL.
    #[inline(always)]
    pub fn pop_opt(&mut self) -> Option<Value> {
        let word = self.pop_word();
        // SAFETY: as for `pop`.
        (word != 0).then(|| unsafe { Value::from_word(word) })
    }

    /// The value at a place counted from the top, 1 for the top itself.
    #[inline(always)]
    pub fn peek(&self, place: usize) -> &Value {
        // SAFETY: as for `pop`; the word stays where it is while the borrow lives.
        unsafe { Value::from_slot(&*self.sp.sub(place)) }
    }

    /// The topmost `count` values, the last pushed last.
    #[inline(always)]
    pub fn top(&self, count: usize) -> &[Value] {
        // SAFETY: as for `peek`; none of them is NULL.
        unsafe { std::slice::from_raw_parts(self.sp.sub(count).cast(), count) }
    }

    /// Pops and drops the topmost `count` words, the topmost first.
    pub fn drop_words(&mut self, count: usize) {
        for _ in 0..count {
            drop(self.pop_opt());
        }
    }
}

/// Saves the running frame's registers so that others can see and use them.
macro_rules! save {
    ($vm:expr, $pc:expr, $sp:expr) => {{
        let frame = &*$vm.frame.get();
        frame.pc.set($pc);
        frame.sp.set($sp);
    }};
}

/// A handler that is not hot: `op!(NAME, units, |vm, stack, arg, fp| body)`.  The body gives
/// `PyResult<()>`; on an error it leaves what it has not consumed on the stack.
macro_rules! op {
    ($(#[$meta:meta])* $name:ident, $units:literal, |$vm:ident, $stack:ident, $arg:ident, $fp:ident| $body:expr) => {
        // Never inlined: a hot handler that leaves for it would have to save the registers it uses.
        #[inline(never)]
        $(#[$meta])*
        pub unsafe fn $name(vm: &$crate::vm::Vm, pc: $crate::vm::instr::Pc, sp: $crate::vm::instr::Sp, fp: $crate::vm::instr::Fp) -> u64 {
            #[inline(never)]
            fn body($vm: &$crate::vm::Vm, $arg: u32, sp: $crate::vm::instr::Sp, $fp: $crate::vm::instr::Fp) -> $crate::vm::instr::Sp {
                let mut stack = $crate::vm::ops::macros::Stack { sp };
                #[allow(unused_mut)]
                let mut run = |$stack: &mut $crate::vm::ops::macros::Stack| -> $crate::object::PyResult<()> { $body };
                match run(&mut stack) {
                    Ok(()) => stack.sp,
                    Err(_) => {
                        // SAFETY: a handler runs in a live frame.
                        unsafe { (*$vm.frame.get()).sp.set(stack.sp) };
                        std::ptr::null_mut()
                    }
                }
            }
            // SAFETY: handlers run verified code; see the module's head.
            unsafe {
                $crate::vm::ops::macros::save!(vm, pc, sp);
                let new = body(vm, (*pc).arg.get(), sp, fp);
                if new.is_null() {
                    return $crate::vm::unwind::unwind(vm, pc, sp, fp);
                }
                $crate::vm::ops::macros::next!(vm, pc.add($units), new, fp)
            }
        }
    };
}

/// Counts a raw word up if it is an object (or NULL, which must not be).
macro_rules! increment {
    ($word:expr) => {{
        let word = $word;
        if word & 7 == 0 {
            (*(word as *const heap::Header)).increment();
        }
    }};
}

pub(crate) use {increment, op, save};

pub(crate) use crate::vm::dispatch::next;
