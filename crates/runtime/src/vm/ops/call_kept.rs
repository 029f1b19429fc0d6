//! What a call holds besides the operands: arguments that CPython would hold in a tuple, too.

use super::macros::read_word;
use crate::object::{Tuple, Value};
use crate::vm::Vm;
use crate::vm::frame::{drop_word, frame_flag, release_kept};
use crate::vm::instr::Sp;
use smallvec::SmallVec;

/// The flags of a frame for whose arguments [`keep_twice`] was called.
pub(super) const fn kept_flags(count: usize) -> u32 {
    frame_flag::KEEPS | frame_flag::KEEPS_TWICE | (count as u32) << frame_flag::KEPT_SHIFT
}

/// Copies the arguments of a call to `target`, and moves them to `kept`, where they are owned twice:
/// by CPython's stack, and by a tuple.
#[inline(always)]
pub(super) unsafe fn keep_twice(arguments: Sp, count: usize, kept: Sp, target: Sp) {
    // SAFETY: the caller has made room; `target` begins behind the arguments or apart from them.
    unsafe {
        for index in 0..count {
            *target.add(index) = read_word(arguments.add(index));
        }
        for index in 0..count {
            let word = read_word(target.add(index));
            *kept.add(index) = word;
            if word & 7 == 0 {
                let header = &*(word as *const heap::Header);
                header.set_count(header.count().wrapping_add(2));
            }
        }
    }
}

/// What is kept below a frame for as long as it runs, as CPython's calling code does.
pub(super) struct Kept {
    values: SmallVec<[Value; 4]>,
    twice: bool,
}

impl Kept {
    /// Of a call of a class.  Plain arguments are on CPython's stack and in a tuple; where there are
    /// keywords, also in a copy of them all together with self.  Those of a spread call are in
    /// the containers it was given.
    pub(super) unsafe fn of_constructor(
        instance: &Value,
        arguments: Sp,
        count: usize,
        names: Option<&Tuple>,
        spread: &[Value],
    ) -> Kept {
        // SAFETY: the words from `arguments` on are live values.
        let given = unsafe { std::slice::from_raw_parts(arguments.cast::<Value>(), count) };
        let named = names.is_some_and(|names| !names.as_slice().is_empty());
        let mut values: SmallVec<[Value; 4]> = SmallVec::new();
        if spread.is_empty() {
            values.extend(given.iter().cloned());
        }
        let twice = spread.is_empty() && !named;
        if twice {
            values
                .iter()
                .for_each(|value| std::mem::forget(value.clone()));
        } else {
            if spread.is_empty() {
                values.extend(given.iter().cloned());
            }
            values.extend(spread.iter().cloned());
            if named {
                values.extend(given.iter().cloned());
                values.push(instance.clone());
            }
        }
        Kept { values, twice }
    }

    /// Of a spread call of a bound method.
    pub(super) fn of_method(
        method: Value,
        arguments: &[Value],
        named: bool,
        spread: &[Value],
    ) -> Kept {
        let mut values: SmallVec<[Value; 4]> = SmallVec::new();
        values.push(method);
        values.extend(spread.iter().cloned());
        if named {
            values.extend(arguments.iter().cloned());
        }
        Kept {
            values,
            twice: false,
        }
    }

    /// Drops them all.
    pub(super) fn give_up(self) {
        if self.twice {
            for value in &self.values {
                // SAFETY: each is owned once more than the list says.
                unsafe { drop_word(value.word()) };
            }
        }
    }

    pub(super) fn words(&self) -> usize {
        self.values.len()
    }

    /// Puts the words down from `place` on; the flags of the frame above them.
    pub(super) unsafe fn put(self, place: Sp) -> u32 {
        let count = self.values.len();
        for (index, value) in self.values.into_iter().enumerate() {
            // SAFETY: the caller has made room for them.
            unsafe { *place.add(index) = value.into_word() };
        }
        let twice = if self.twice {
            frame_flag::KEEPS_TWICE
        } else {
            0
        };
        match count {
            0 => 0,
            _ => frame_flag::KEEPS | twice | (count as u32) << frame_flag::KEPT_SHIFT,
        }
    }
}

/// The place behind `words` kept words from `place` on, if all that lies up to `sp` can move there.
pub(super) unsafe fn make_room(vm: &Vm, place: Sp, sp: Sp, words: usize) -> Option<Sp> {
    let end = sp.wrapping_add(words + 64);
    let fits = words <= frame_flag::MOST_KEPT && end < vm.stack.limit();
    fits.then(|| place.wrapping_add(words))
}

/// Releases kept words that lie from `start` on.
pub(super) unsafe fn release_kept_of(start: Sp, flags: u32) {
    if flags & frame_flag::KEEPS != 0 {
        let count = (flags >> frame_flag::KEPT_SHIFT) as usize;
        let owned = 1 + u32::from(flags & frame_flag::KEEPS_TWICE != 0);
        // SAFETY: by the caller's word.
        unsafe { release_kept(start, count, owned) };
    }
}
