//! The wide form of an instruction, which the VM runs: 16 bytes with the handler's address inside.
//!
//! Wide instruction `i` stands for compact instruction `i` of the `bytecode::Code`; a `CACHE`
//! instruction of the compact form becomes 16 bytes of cache for the instruction before it.
//! Instructions specialise themselves by overwriting `handler`.

use std::cell::Cell;

use super::state::Vm;

/// Program counter: the instruction about to run.
pub type Pc = *const Instr;
/// Stack pointer: the first free word above the operand stack.
pub type Sp = *mut u64;
/// Frame pointer: the first local variable.
pub type Fp = *mut u64;

/// An instruction's code.  It ends by going on to the next instruction's handler ([`super::dispatch`]); what returns in
/// the end is the word that leaves the VM loop: a value, or 0 where an exception was raised.
pub type Handler = unsafe fn(&Vm, Pc, Sp, Fp) -> u64;

/// A wide instruction.
#[repr(C)]
pub struct Instr {
    /// The code that runs it.
    pub handler: Cell<Handler>,
    /// The compact instruction's argument; for jumps the distance in instructions.
    pub arg: Cell<u32>,
    /// A guard, counter or the like of the specialised forms.
    pub cache: Cell<u32>,
}

/// The 16 bytes behind an instruction with a cache.
#[repr(C)]
pub struct CacheUnit {
    /// A pointer or a word.
    pub data: Cell<u64>,
    /// A second guard.
    pub guard: Cell<u32>,
    /// An index, offset or the like.
    pub index: Cell<u32>,
}

const _: () = assert!(size_of::<Instr>() == 16 && size_of::<CacheUnit>() == 16);

impl Instr {
    /// The cache behind the instruction.
    ///
    /// # Safety
    /// The instruction's opcode has a cache.
    #[inline(always)]
    pub unsafe fn cache_unit(&self) -> &CacheUnit {
        // SAFETY: by the caller's word the next 16 bytes belong to this instruction.
        unsafe { &*(self as *const Instr).add(1).cast::<CacheUnit>() }
    }

    /// Argument and cache as one word: `LOAD_CONST` keeps its value there.
    #[inline(always)]
    pub fn word(&self) -> u64 {
        u64::from(self.arg.get()) | u64::from(self.cache.get()) << 32
    }

    /// Sets argument and cache as one word.
    pub fn set_word(&self, word: u64) {
        self.arg.set(word as u32);
        self.cache.set((word >> 32) as u32);
    }
}
