//! What a pattern is compiled to: instructions for the matcher.

use super::charset::{CharSet, Rules};
use super::node::Greed;

/// No guard.
pub(super) const NO_SET: u32 = u32::MAX;

/// A condition that one character meets or not.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    Literal(u32),
    NotLiteral(u32),
    /// Everything but a newline.
    NotNewline,
    All,
    /// A set, by its number.
    Set(u32),
}

/// A condition on a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Beginning,
    BeginningOfLine,
    /// The end, or before a newline there.
    End,
    EndOfLine,
    EndOfString,
    Boundary {
        unicode: bool,
    },
    NotBoundary {
        unicode: bool,
    },
}

/// An instruction.
///
/// A *guard* is a set (by its number) of the characters with which what follows can begin: where
/// the next character is not in it, trying is vain.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    One(Single),
    /// Several characters in a row, by the number of the string.
    Text(u32),
    At(Place),
    /// Notes the place in a mark.
    Mark(u32),
    Jump(u32),
    /// Tries `first`, then `second`; only `second` where the guard speaks against `first`.
    Fork {
        first: u32,
        second: u32,
        guard: u32,
    },
    /// One character many times.
    Repeat {
        single: Single,
        min: u32,
        max: u32,
        greed: Greed,
        guard: u32,
    },
    /// Begins a loop: its register starts anew.
    Enter(u32),
    /// The head of a loop: another round of `body`, or on.
    Next {
        register: u32,
        min: u32,
        max: u32,
        lazy: bool,
        body: u32,
        guard: u32,
    },
    /// What a group matched, once more.
    Reference {
        group: u32,
        rules: Rules,
    },
    /// Goes to `no` if the group has not matched.
    IfGroup {
        group: u32,
        no: u32,
    },
    /// Begins a part whose choices are final once it has matched.
    Atomic,
    /// Ends it.
    AtomicEnd,
    /// Begins a lookaround, `back` characters before the place.
    Look {
        back: u32,
    },
    /// Ends it, back at the place.
    LookEnd,
    /// Begins a lookaround that must not match; goes on at `next` if it does not.
    NotLook {
        back: u32,
        next: u32,
    },
    /// Reached where it matches.
    NotLookEnd,
    Match,
}

/// A compiled pattern.
pub(super) struct Program {
    pub code: Vec<Inst>,
    pub sets: Vec<CharSet>,
    pub strings: Vec<Vec<u32>>,
    /// Number of marks: two for each group but the whole.
    pub marks: usize,
    /// Number of loop registers.
    pub registers: usize,
    /// What every match begins with.
    pub prefix: Vec<u32>,
    /// The characters with which a match can begin ([`NO_SET`]: any, or none).
    pub first: u32,
    /// Matches only at the beginning of the text.
    pub anchored: bool,
    /// The shortest match.
    pub min_width: usize,
}
