//! The 16 bytes every object starts with, and the part of a class the heap knows.
//!
//! ```text
//! word 0   count: u32        references held to the object
//!          position: u32     index in its generation's array (when tracked)
//! word 1   class: 48 bits    address of the class object
//!          flags: 16 bits    generation (3 bits) and the flags below
//! ```
//!
//! The heap knows no Python type.  All it asks of a class is a [`ClassHead`] at the start of
//! the class object, which names the functions that traverse, clear and release an instance.
//! Counting is plain addition: immortal objects start at [`IMMORTAL`] and are never compared.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::ptr::NonNull;

/// Counts at or above this belong to immortal objects.
pub const IMMORTAL_MIN: u32 = 0x8000_0000;
/// The count immortal objects start with; balanced counting keeps it far from both ends.
pub const IMMORTAL: u32 = 0xC000_0000;

pub(crate) const CLASS_MASK: u64 = 0x0000_FFFF_FFFF_FFFF;

/// Where an object stands with the collector, kept in the header's flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Generation {
    Untracked = 0,
    Young = 1,
    Middle = 2,
    Old = 3,
    Permanent = 4,
    /// Found unreachable by the collection that is going on.
    Condemned = 5,
}

/// Flag bits of the header above the three generation bits.
pub mod flag {
    /// The finaliser ran (PEP 442: it runs once).
    pub const FINALIZED: u16 = 1 << 3;
    /// The weak-reference table has an entry for the object.
    pub const WEAKLY_REFERENCED: u16 = 1 << 4;
    /// The object counted towards the young generation when it was allocated.
    pub const COUNTED: u16 = 1 << 5;
    /// The object is being released; its count is no longer meaningful.
    pub const DYING: u16 = 1 << 6;
    /// The object was tracked when its release was deferred.
    pub const DEFERRED: u16 = 1 << 7;
    /// Free for the runtime's use, per type.
    pub const USER0: u16 = 1 << 8;
    /// The object owns no reference now, nor will before the runtime takes the flag away: the
    /// collector need not traverse it.
    pub const LEAF: u16 = 1 << 9;
    /// Free for the runtime's use, per type.
    pub const USER1: u16 = 1 << 10;
}
const GENERATION_MASK: u16 = 0b111;
/// The generation bits in the word of class and flags.
pub(crate) const GENERATION_BITS: u64 = (GENERATION_MASK as u64) << 48;

/// The largest inline capacity the header can tell.
pub const MAX_INLINE_CAPACITY: usize = 14;
const CAPACITY_SHIFT: u32 = 11;

/// The flag bits (11 to 14) by which an instance remembers how many attributes it has room for.
#[inline(always)]
pub const fn capacity_flags(capacity: u8) -> u16 {
    ((capacity & 15) as u16) << CAPACITY_SHIFT
}

/// The start of every heap object.
#[repr(C)]
pub struct Header {
    count: Cell<u32>,
    position: Cell<u32>,
    class_and_flags: Cell<u64>,
}

const _: () = assert!(size_of::<Header>() == 16);

impl Header {
    /// A header with count 1 that is not tracked.
    #[inline(always)]
    pub fn new(class: NonNull<ClassHead>, flags: u16) -> Self {
        Header {
            count: Cell::new(1),
            position: Cell::new(0),
            class_and_flags: Cell::new(class.as_ptr() as u64 | u64::from(flags) << 48),
        }
    }

    /// The header of a new object that the collector knows at `position` of the young generation.
    #[inline(always)]
    pub(crate) fn tracked(class: NonNull<ClassHead>, flags: u16, position: u32) -> Self {
        let flags = flags | Generation::Young as u16;
        Header {
            count: Cell::new(1),
            position: Cell::new(position),
            class_and_flags: Cell::new(class.as_ptr() as u64 | u64::from(flags) << 48),
        }
    }

    /// The reference count.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    /// Sets the reference count.
    #[inline(always)]
    pub fn set_count(&self, count: u32) {
        self.count.set(count);
    }

    /// Adds a reference.
    #[inline(always)]
    pub fn increment(&self) {
        self.count.set(self.count.get().wrapping_add(1));
    }

    /// Takes a reference away and returns what is left.
    #[inline(always)]
    pub fn decrement(&self) -> u32 {
        let count = self.count.get().wrapping_sub(1);
        self.count.set(count);
        count
    }

    /// True if the object is never released.
    #[inline(always)]
    pub fn is_immortal(&self) -> bool {
        self.count.get() >= IMMORTAL_MIN
    }

    /// Index of the object in its generation's array; meaningless when untracked.
    #[inline(always)]
    pub fn position(&self) -> u32 {
        self.position.get()
    }

    /// Sets the index in the generation's array.
    #[inline(always)]
    pub fn set_position(&self, position: u32) {
        self.position.set(position);
    }

    /// The class.
    #[inline(always)]
    pub fn class(&self) -> NonNull<ClassHead> {
        // SAFETY: the word was made from a non-null class address.
        unsafe { NonNull::new_unchecked((self.class_and_flags.get() & CLASS_MASK) as *mut _) }
    }

    /// Replaces the class; the caller moves the reference counts.
    #[inline]
    pub fn set_class(&self, class: NonNull<ClassHead>) {
        let flags = self.class_and_flags.get() & !CLASS_MASK;
        self.class_and_flags.set(flags | class.as_ptr() as u64);
    }

    /// All flag bits, generation included.
    #[inline(always)]
    pub fn flags(&self) -> u16 {
        (self.class_and_flags.get() >> 48) as u16
    }

    /// True if any of these flag bits is set.
    #[inline(always)]
    pub fn has(&self, bits: u16) -> bool {
        self.class_and_flags.get() & (u64::from(bits) << 48) != 0
    }

    /// Stores the whole word.  The compiler would turn the change of a few flags into a store of one
    /// byte, and the next load of the word would wait until that store has left the pipeline.
    #[inline(always)]
    fn store_class_and_flags(&self, word: u64) {
        // SAFETY: the cell is a valid place for the word.
        unsafe { self.class_and_flags.as_ptr().write_volatile(word) };
    }

    /// The word of class and flags, for hot loops that look at several parts of it.
    #[inline(always)]
    pub(crate) fn class_and_flags(&self) -> u64 {
        self.class_and_flags.get()
    }

    /// Sets flag bits.
    #[inline(always)]
    pub fn set(&self, bits: u16) {
        self.store_class_and_flags(self.class_and_flags.get() | u64::from(bits) << 48);
    }

    /// Clears flag bits.
    #[inline(always)]
    pub fn unset(&self, bits: u16) {
        self.store_class_and_flags(self.class_and_flags.get() & !(u64::from(bits) << 48));
    }

    /// Attributes an instance has room for inside itself ([`capacity_flags`]).
    #[inline(always)]
    pub fn inline_capacity(&self) -> usize {
        (self.class_and_flags.get() >> (48 + CAPACITY_SHIFT) & 15) as usize
    }

    /// The generation.
    #[inline(always)]
    pub fn generation(&self) -> Generation {
        match self.flags() & GENERATION_MASK {
            0 => Generation::Untracked,
            1 => Generation::Young,
            2 => Generation::Middle,
            3 => Generation::Old,
            4 => Generation::Permanent,
            _ => Generation::Condemned,
        }
    }

    /// True if the object lies in one of the collector's arrays.
    #[inline(always)]
    pub fn is_tracked(&self) -> bool {
        self.has(GENERATION_MASK)
    }

    /// The generation bits as a number, for tests in hot loops.
    #[inline(always)]
    pub(crate) fn generation_bits(&self) -> u64 {
        self.class_and_flags.get() >> 48 & u64::from(GENERATION_MASK)
    }

    /// Sets the generation bits.
    #[inline(always)]
    pub fn set_generation(&self, generation: Generation) {
        let cleared = self.class_and_flags.get() & !(u64::from(GENERATION_MASK) << 48);
        self.store_class_and_flags(cleared | u64::from(generation as u8) << 48);
    }
}

/// Any object, by the address of its header.
pub type ObjectPtr = NonNull<Header>;

pub use crate::gc::subtraction::Subtraction;
pub use crate::gc::visitor::Visitor;

/// What the heap calls on an object; one static table for each representation.
///
/// Each function is handed the address of a live object of a class with this table.
pub struct ObjectOps {
    /// Name of the representation, for reports.
    pub name: &'static str,
    /// Shows every object that this one owns a reference to, in CPython's order for the type.
    pub traverse: unsafe fn(ObjectPtr, &mut Visitor<'_>),
    /// The same for trial deletion, which walks over everything and does not care about the order.
    pub subtract: unsafe fn(ObjectPtr, &mut Subtraction),
    /// Drops the references that can take part in a cycle.  May run arbitrary code.
    pub clear: unsafe fn(ObjectPtr),
    /// Called when the count has reached zero: finalises, releases what is owned and gives the
    /// block back, or returns with a positive count if a finaliser revived the object.
    pub release: unsafe fn(ObjectPtr),
    /// Bytes of the object's own block.
    pub size: unsafe fn(ObjectPtr) -> usize,
}

/// The part of a class object that the heap reads.  The runtime's class payload starts with it.
#[repr(C)]
pub struct ClassHead {
    /// The class is an object itself.
    pub header: Header,
    /// The representation of its instances.
    pub ops: Cell<&'static ObjectOps>,
    /// `ops.release`, one load nearer.
    pub release: Cell<unsafe fn(ObjectPtr)>,
    /// Changes whenever the class or a base changes; 0 = none assigned.  Inline caches compare it.
    pub version: Cell<u32>,
    /// The runtime's class flags.
    pub flags: Cell<u32>,
}

const _: () = assert!(size_of::<ClassHead>() == 40);
