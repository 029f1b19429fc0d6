//! The matcher: a backtracking machine with a stack of its own.
//!
//! Choices not yet tried and values to restore lie on one stack.  Failing means to take entries off
//! it, restoring values, up to the next choice.  Nothing recurses natively, however deep a pattern
//! nests or long a text is.  From time to time the interpreter is asked whether a signal waits.

use runtime::{PyResult, Vm};

use super::charset::is_word;
use super::node::{Greed, MAX_REPEAT};
use super::program::{Inst, NO_SET, Place, Program, Single};

/// A mark that is not set.
pub(super) const UNSET: usize = usize::MAX;
/// More entries than this are too much memory (512 MB).
const MAX_STACK: usize = 1 << 24;
/// The interpreter is asked for signals after so many failures.
const FAILURES_BETWEEN_CHECKS: u32 = 1 << 14;

/// A unit of text: a Latin-1, two-byte or four-byte character.
pub(super) trait Unit: Copy + Eq + 'static {
    fn code(self) -> u32;
    /// The unit of a character, if it is one.
    fn of(c: u32) -> Option<Self>;
    /// The first place of a unit.
    fn find(self, text: &[Self]) -> Option<usize>;
}

impl Unit for u8 {
    #[inline(always)]
    fn code(self) -> u32 {
        self.into()
    }
    #[inline(always)]
    fn of(c: u32) -> Option<u8> {
        u8::try_from(c).ok()
    }
    #[inline(always)]
    fn find(self, text: &[u8]) -> Option<usize> {
        memchr::memchr(self, text)
    }
}

impl Unit for u16 {
    #[inline(always)]
    fn code(self) -> u32 {
        self.into()
    }
    #[inline(always)]
    fn of(c: u32) -> Option<u16> {
        u16::try_from(c).ok()
    }
    #[inline(always)]
    fn find(self, text: &[u16]) -> Option<usize> {
        text.iter().position(|&unit| unit == self)
    }
}

impl Unit for u32 {
    #[inline(always)]
    fn code(self) -> u32 {
        self
    }
    #[inline(always)]
    fn of(c: u32) -> Option<u32> {
        Some(c)
    }
    #[inline(always)]
    fn find(self, text: &[u32]) -> Option<usize> {
        text.iter().position(|&unit| unit == self)
    }
}

#[derive(Clone, Copy)]
enum Entry {
    /// Go on there.
    Choice { pc: u32, pos: usize },
    /// A greedy repetition that can give back: from `now` down to `low`.
    Greedy { pc: u32, low: usize, now: usize },
    /// A lazy repetition that can take `left` more.
    Lazy { pc: u32, left: u32, now: usize },
    /// A lazy loop that can go round once more.
    LazyLoop { pc: u32, pos: usize },
    /// Restores a mark and the last group.
    Mark {
        mark: u32,
        last_group: u32,
        old: usize,
    },
    /// Restores the register of a loop.
    Register {
        register: u32,
        count: u32,
        last: usize,
    },
    /// Where an atomic part or a lookaround began; restores the outer one.
    Barrier { outer: usize, pos: usize },
    /// Where a lookaround that must not match began: its failure is success.
    Negative { outer: usize, pos: usize, pc: u32 },
}

#[derive(Clone, Copy, Default)]
struct Register {
    count: u32,
    last: usize,
}

/// Outcome of a part of the matching: the place to go on, or failure.
type Step = Option<(usize, usize)>;

/// A matching of a program against a text.
pub(super) struct Matcher<'a, U> {
    vm: &'a Vm,
    program: &'a Program,
    text: &'a [U],
    /// The match must reach the end.
    pub to_the_end: bool,
    /// An empty match here does not count.
    pub not_empty_at: usize,
    pub marks: Vec<usize>,
    /// A mark may be set.
    marked: bool,
    /// The group closed last; 0 for none.
    pub last_group: u32,
    registers: Vec<Register>,
    stack: Vec<Entry>,
    barrier: usize,
    failures: u32,
}

impl<'a, U: Unit> Matcher<'a, U> {
    /// A matching of `text`, which ends where matching is to end.
    pub fn new(vm: &'a Vm, program: &'a Program, text: &'a [U]) -> Matcher<'a, U> {
        Matcher {
            vm,
            program,
            text,
            to_the_end: false,
            not_empty_at: UNSET,
            marks: vec![UNSET; program.marks],
            marked: false,
            last_group: 0,
            registers: vec![Register::default(); program.registers],
            stack: Vec::new(),
            barrier: UNSET,
            failures: 0,
        }
    }

    /// Matches from `start`; the place where the match ends.
    pub fn match_at(&mut self, start: usize) -> PyResult<Option<usize>> {
        self.reset();
        if self.text.len().saturating_sub(start) < self.program.min_width {
            return Ok(None);
        }
        self.run(start)
    }

    fn reset(&mut self) {
        // Not called for nothing: to fill no bytes takes long where there is no memory at the place.
        if self.marked {
            self.marks.fill(UNSET);
            self.marked = false;
        }
        self.last_group = 0;
        self.stack.clear();
        self.barrier = UNSET;
    }

    /// The first match that begins at or behind `start`: where it begins and ends.
    pub fn search(&mut self, start: usize) -> PyResult<Option<(usize, usize)>> {
        let program = self.program;
        let text = self.text;
        let Some(last) = text.len().checked_sub(program.min_width) else {
            return Ok(None);
        };
        if program.anchored {
            return Ok(match start {
                0 => self.match_at(0)?.map(|end| (0, end)),
                _ => None,
            });
        }
        let mut at = start;
        while at <= last {
            let Some(found) = self.candidate(at, last) else {
                return Ok(None);
            };
            if let Some(end) = self.match_at(found)? {
                return Ok(Some((found, end)));
            }
            at = found + 1;
            self.count_failure()?;
        }
        Ok(None)
    }

    /// The next place where a match may begin.
    #[inline]
    fn candidate(&self, from: usize, last: usize) -> Option<usize> {
        let program = self.program;
        let text = self.text;
        if let Some(&first) = program.prefix.first() {
            let first = U::of(first)?;
            let mut at = from;
            while at <= last {
                at += first.find(&text[at..=last.min(text.len() - 1)])?;
                let rest = &text[at..];
                let same = rest.len() >= program.prefix.len()
                    && rest
                        .iter()
                        .zip(&program.prefix)
                        .all(|(unit, &c)| unit.code() == c);
                if same {
                    return Some(at);
                }
                at += 1;
            }
            return None;
        }
        if program.first != NO_SET {
            let set = &program.sets[program.first as usize];
            let range = text.get(from..text.len().min(last + 1))?;
            return range
                .iter()
                .position(|unit| set.has(unit.code()))
                .map(|n| from + n);
        }
        Some(from)
    }

    #[inline(always)]
    fn fits(&self, single: Single, unit: U) -> bool {
        let c = unit.code();
        match single {
            Single::Literal(wanted) => c == wanted,
            Single::NotLiteral(not) => c != not,
            Single::NotNewline => c != 10,
            Single::All => true,
            Single::Set(set) => self.program.sets[set as usize].has(c),
        }
    }

    /// True if a guard lets what follows try at `pos`.
    #[inline(always)]
    fn may_follow(&self, guard: u32, pos: usize) -> bool {
        if guard == NO_SET {
            return true;
        }
        match self.text.get(pos) {
            Some(unit) => self.program.sets[guard as usize].has(unit.code()),
            None => false,
        }
    }

    /// How many of the next `max` units fit.
    #[inline]
    fn count(&self, single: Single, pos: usize, max: u32) -> usize {
        let mut rest = &self.text[pos..];
        if max != MAX_REPEAT && rest.len() > max as usize {
            rest = &rest[..max as usize];
        }
        let stop = match single {
            Single::All => None,
            Single::Literal(c) => rest.iter().position(|unit| unit.code() != c),
            Single::NotLiteral(c) => U::of(c).and_then(|unit| unit.find(rest)),
            Single::NotNewline => U::of(10).and_then(|unit| unit.find(rest)),
            Single::Set(set) => {
                let set = &self.program.sets[set as usize];
                rest.iter().position(|unit| !set.has(unit.code()))
            }
        };
        stop.unwrap_or(rest.len())
    }

    #[inline(always)]
    fn push(&mut self, entry: Entry) -> PyResult<()> {
        if self.stack.len() == self.stack.capacity() {
            self.grow()?;
        }
        self.stack.push(entry);
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> PyResult<()> {
        let more = self.stack.len().max(32);
        if self.stack.len() + more > MAX_STACK || self.stack.try_reserve(more).is_err() {
            return Err(self.vm.memory_error());
        }
        Ok(())
    }

    #[inline(always)]
    fn count_failure(&mut self) -> PyResult<()> {
        self.failures += 1;
        if self.failures >= FAILURES_BETWEEN_CHECKS {
            self.failures = 0;
            self.vm.check_breaker()?;
        }
        Ok(())
    }

    fn is_word_at(&self, pos: usize, unicode: bool) -> bool {
        self.text
            .get(pos)
            .is_some_and(|unit| is_word(unit.code(), unicode))
    }

    fn holds(&self, place: Place, pos: usize) -> bool {
        let end = self.text.len();
        let newline_at = |pos: usize| self.text.get(pos).is_some_and(|unit| unit.code() == 10);
        match place {
            Place::Beginning => pos == 0,
            Place::BeginningOfLine => pos == 0 || newline_at(pos - 1),
            Place::End => pos == end || pos + 1 == end && newline_at(pos),
            Place::EndOfLine => pos == end || newline_at(pos),
            Place::EndOfString => pos == end,
            Place::Boundary { unicode } | Place::NotBoundary { unicode } => {
                if end == 0 {
                    return false;
                }
                let before = pos > 0 && self.is_word_at(pos - 1, unicode);
                let differs = before != self.is_word_at(pos, unicode);
                differs == matches!(place, Place::Boundary { .. })
            }
        }
    }

    /// The text of a group, if it has matched.
    fn group(&self, group: u32) -> Option<(usize, usize)> {
        let mark = (group as usize).checked_sub(1)? * 2;
        let (start, end) = (*self.marks.get(mark)?, *self.marks.get(mark + 1)?);
        (start != UNSET && end != UNSET && start <= end).then_some((start, end))
    }

    fn run(&mut self, start: usize) -> PyResult<Option<usize>> {
        let program = self.program;
        let text = self.text;
        let (mut pc, mut pos) = (0usize, start);
        loop {
            let next: Step = match program.code[pc] {
                Inst::One(single) => match text.get(pos) {
                    Some(&unit) if self.fits(single, unit) => Some((pc + 1, pos + 1)),
                    _ => None,
                },
                Inst::Text(index) => {
                    let wanted = &program.strings[index as usize];
                    let same = text.get(pos..pos + wanted.len()).is_some_and(|part| {
                        part.iter().zip(wanted).all(|(unit, &c)| unit.code() == c)
                    });
                    same.then_some((pc + 1, pos + wanted.len()))
                }
                Inst::At(place) => self.holds(place, pos).then_some((pc + 1, pos)),
                Inst::Mark(mark) => {
                    let old = self.marks[mark as usize];
                    let last_group = self.last_group;
                    if !self.stack.is_empty() {
                        self.push(Entry::Mark {
                            mark,
                            last_group,
                            old,
                        })?;
                    }
                    self.marks[mark as usize] = pos;
                    self.marked = true;
                    if mark & 1 == 1 {
                        self.last_group = mark / 2 + 1;
                    }
                    Some((pc + 1, pos))
                }
                Inst::Jump(to) => Some((to as usize, pos)),
                Inst::Fork {
                    first,
                    second,
                    guard,
                } => {
                    if self.may_follow(guard, pos) {
                        self.push(Entry::Choice { pc: second, pos })?;
                        Some((first as usize, pos))
                    } else {
                        Some((second as usize, pos))
                    }
                }
                Inst::Repeat {
                    single,
                    min,
                    max,
                    greed,
                    guard,
                } => self.repeat(single, (min, max), greed, guard, pc, pos)?,
                Inst::Enter(register) => {
                    self.save_register(register)?;
                    self.registers[register as usize] = Register {
                        count: 0,
                        last: UNSET,
                    };
                    Some((pc + 1, pos))
                }
                Inst::Next {
                    register,
                    min,
                    max,
                    lazy,
                    body,
                    guard,
                } => {
                    let state = self.registers[register as usize];
                    if state.count < min {
                        self.count_failure()?;
                        self.save_register(register)?;
                        self.registers[register as usize].count += 1;
                        Some((body as usize, pos))
                    } else if lazy {
                        self.push(Entry::LazyLoop { pc: pc as u32, pos })?;
                        Some((pc + 1, pos))
                    } else if (state.count < max || max == MAX_REPEAT)
                        && pos != state.last
                        && self.may_follow(guard, pos)
                    {
                        self.push(Entry::Choice {
                            pc: pc as u32 + 1,
                            pos,
                        })?;
                        self.round(register, pos)?;
                        Some((body as usize, pos))
                    } else {
                        Some((pc + 1, pos))
                    }
                }
                Inst::Reference { group, rules } => self.group(group).and_then(|(from, to)| {
                    let end = pos + (to - from);
                    let part = text.get(pos..end)?;
                    let same = part
                        .iter()
                        .zip(&text[from..to])
                        .all(|(a, b)| rules.same(a.code(), b.code()));
                    same.then_some((pc + 1, end))
                }),
                Inst::IfGroup { group, no } => match self.group(group) {
                    Some(_) => Some((pc + 1, pos)),
                    None => Some((no as usize, pos)),
                },
                Inst::Atomic => {
                    self.push(Entry::Barrier {
                        outer: self.barrier,
                        pos,
                    })?;
                    self.barrier = self.stack.len() - 1;
                    Some((pc + 1, pos))
                }
                Inst::AtomicEnd => {
                    self.commit();
                    Some((pc + 1, pos))
                }
                Inst::Look { back } => match pos.checked_sub(back as usize) {
                    None => None,
                    Some(from) => {
                        self.push(Entry::Barrier {
                            outer: self.barrier,
                            pos,
                        })?;
                        self.barrier = self.stack.len() - 1;
                        Some((pc + 1, from))
                    }
                },
                Inst::LookEnd => self.commit().map(|pos| (pc + 1, pos)),
                Inst::NotLook { back, next } => match pos.checked_sub(back as usize) {
                    None => Some((next as usize, pos)),
                    Some(from) => {
                        self.push(Entry::Negative {
                            outer: self.barrier,
                            pos,
                            pc: next,
                        })?;
                        self.barrier = self.stack.len() - 1;
                        Some((pc + 1, from))
                    }
                },
                Inst::NotLookEnd => {
                    self.unwind();
                    None
                }
                Inst::Match => {
                    let refused = self.to_the_end && pos != text.len()
                        || pos == self.not_empty_at && start == pos;
                    if !refused {
                        return Ok(Some(pos));
                    }
                    None
                }
            };
            match next {
                Some((to, place)) => (pc, pos) = (to, place),
                None => match self.backtrack()? {
                    Some((to, place)) => (pc, pos) = (to, place),
                    None => return Ok(None),
                },
            }
        }
    }

    #[inline(always)]
    fn repeat(
        &mut self,
        single: Single,
        (min, max): (u32, u32),
        greed: Greed,
        guard: u32,
        pc: usize,
        pos: usize,
    ) -> PyResult<Step> {
        if greed == Greed::Lazy {
            let count = if min == 0 {
                0
            } else {
                self.count(single, pos, min)
            };
            if count < min as usize {
                return Ok(None);
            }
            let left = if max == MAX_REPEAT { max } else { max - min };
            let now = pos + count;
            self.push(Entry::Lazy {
                pc: pc as u32,
                left,
                now,
            })?;
            return Ok(if self.may_follow(guard, now) {
                Some((pc + 1, now))
            } else {
                None
            });
        }
        let count = self.count(single, pos, max);
        if count < min as usize {
            return Ok(None);
        }
        let low = pos + min as usize;
        let mut now = pos + count;
        if greed == Greed::Possessive {
            return Ok(Some((pc + 1, now)));
        }
        // Give back at once what cannot be followed.
        while !self.may_follow(guard, now) {
            if now == low {
                return Ok(None);
            }
            now -= 1;
        }
        if now > low {
            self.push(Entry::Greedy {
                pc: pc as u32,
                low,
                now,
            })?;
        }
        Ok(Some((pc + 1, now)))
    }

    #[inline]
    fn save_register(&mut self, register: u32) -> PyResult<()> {
        if self.stack.is_empty() {
            return Ok(());
        }
        let Register { count, last } = self.registers[register as usize];
        self.push(Entry::Register {
            register,
            count,
            last,
        })
    }

    /// Begins another round of a loop.
    fn round(&mut self, register: u32, pos: usize) -> PyResult<()> {
        self.save_register(register)?;
        let state = &mut self.registers[register as usize];
        state.count = state.count.saturating_add(1);
        state.last = pos;
        Ok(())
    }

    /// Makes the choices since the barrier final; what is to be restored on failure stays.  The
    /// place where the part began.
    fn commit(&mut self) -> Option<usize> {
        let barrier = self.barrier;
        let Some(&Entry::Barrier { outer, pos }) = self.stack.get(barrier) else {
            return None;
        };
        self.barrier = outer;
        let mut kept = barrier + 1;
        for place in barrier + 1..self.stack.len() {
            let entry = self.stack[place];
            if matches!(entry, Entry::Mark { .. } | Entry::Register { .. }) {
                self.stack[kept] = entry;
                kept += 1;
            }
        }
        self.stack.truncate(kept);
        // The barrier itself restores what is right already.
        self.stack[barrier] = Entry::Barrier { outer, pos };
        Some(pos)
    }

    /// Takes everything back since the barrier, and the barrier.
    fn unwind(&mut self) {
        let barrier = self.barrier;
        while self.stack.len() > barrier {
            match self.stack.pop() {
                Some(Entry::Negative { outer, .. }) => self.barrier = outer,
                Some(entry) => self.restore(entry),
                None => break,
            }
        }
    }

    fn restore(&mut self, entry: Entry) {
        match entry {
            Entry::Mark {
                mark,
                last_group,
                old,
            } => {
                self.marks[mark as usize] = old;
                self.last_group = last_group;
            }
            Entry::Register {
                register,
                count,
                last,
            } => self.registers[register as usize] = Register { count, last },
            Entry::Barrier { outer, .. } => self.barrier = outer,
            _ => {}
        }
    }

    /// Fails: back to the choice made last.
    fn backtrack(&mut self) -> PyResult<Step> {
        self.count_failure()?;
        while let Some(entry) = self.stack.pop() {
            match entry {
                Entry::Choice { pc, pos } => return Ok(Some((pc as usize, pos))),
                Entry::Greedy { pc, low, mut now } => {
                    let Inst::Repeat { guard, .. } = self.program.code[pc as usize] else {
                        continue;
                    };
                    while now > low {
                        now -= 1;
                        if self.may_follow(guard, now) {
                            if now > low {
                                self.push(Entry::Greedy { pc, low, now })?;
                            }
                            return Ok(Some((pc as usize + 1, now)));
                        }
                    }
                }
                Entry::Lazy {
                    pc,
                    mut left,
                    mut now,
                } => {
                    let Inst::Repeat { single, guard, .. } = self.program.code[pc as usize] else {
                        continue;
                    };
                    while left > 0
                        && let Some(&unit) = self.text.get(now)
                        && self.fits(single, unit)
                    {
                        now += 1;
                        if left != MAX_REPEAT {
                            left -= 1;
                        }
                        if self.may_follow(guard, now) {
                            self.push(Entry::Lazy { pc, left, now })?;
                            return Ok(Some((pc as usize + 1, now)));
                        }
                    }
                }
                Entry::LazyLoop { pc, pos } => {
                    let Inst::Next {
                        register,
                        max,
                        body,
                        ..
                    } = self.program.code[pc as usize]
                    else {
                        continue;
                    };
                    let state = self.registers[register as usize];
                    let more = state.count < max || max == MAX_REPEAT;
                    if more && pos != state.last {
                        self.round(register, pos)?;
                        return Ok(Some((body as usize, pos)));
                    }
                }
                Entry::Negative { outer, pos, pc } => {
                    self.barrier = outer;
                    return Ok(Some((pc as usize, pos)));
                }
                other => self.restore(other),
            }
        }
        Ok(None)
    }
}
