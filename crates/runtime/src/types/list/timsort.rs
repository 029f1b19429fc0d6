//! The stable merge sort of `list.sort`: Tim Peters's algorithm with the powersort merge policy.
//!
//! It sorts *positions* (of keys that lie elsewhere), so that moving them about is safe and cheap,
//! and whatever the comparisons do, the result is a permutation.  The comparisons asked are the
//! same, in the same order, as CPython's: programs can watch them.  Natural runs are found
//! (descending ones reversed), short ones extended by binary insertion; adjacent runs are merged in
//! the order in which a nearly optimal merge tree would; a merge that keeps taking from one side
//! gallops.

use crate::object::PyResult;

/// Consecutive wins of one side after which a merge starts to gallop.
const MIN_GALLOP: usize = 7;
/// Runs are extended to at least half of this.
const MAX_MINRUN: usize = 64;

/// Sorts positions by `less`; on an error they are left in some order, none lost.
pub fn sort(positions: &mut [u32], less: &dyn Fn(u32, u32) -> PyResult<bool>) -> PyResult<()> {
    let len = positions.len();
    if len < 2 {
        return Ok(());
    }
    let mut sorter = Sorter {
        v: positions,
        less,
        temp: Vec::new(),
        pending: Vec::new(),
        min_gallop: MIN_GALLOP,
    };
    let minrun = minimal_run(len);
    let mut start = 0;
    while start < len {
        let mut run = sorter.count_run(start)?;
        if run < minrun {
            let forced = minrun.min(len - start);
            sorter.binary_insertion(start, start + forced, start + run)?;
            run = forced;
        }
        sorter.found_run(start, run)?;
        start += run;
    }
    sorter.collapse()
}

fn minimal_run(mut len: usize) -> usize {
    let mut odd = 0;
    while len >= MAX_MINRUN {
        odd |= len & 1;
        len >>= 1;
    }
    len + odd
}

struct Run {
    start: usize,
    len: usize,
    /// Depth of the node that joins this run and the next one in the merge tree.
    power: u32,
}

struct Sorter<'a> {
    v: &'a mut [u32],
    less: &'a dyn Fn(u32, u32) -> PyResult<bool>,
    temp: Vec<u32>,
    pending: Vec<Run>,
    min_gallop: usize,
}

/// How the main part of a merge ended.
enum End {
    /// What is left of the copied side is put in place.
    Rest,
    /// The copied side has one element left, which belongs beyond all of the other side.
    OneLeft,
}

impl Sorter<'_> {
    /// Length of the run that begins at `start`; a strictly descending one is reversed.
    fn count_run(&mut self, start: usize) -> PyResult<usize> {
        let end = self.v.len();
        if start + 1 == end {
            return Ok(1);
        }
        let descending = (self.less)(self.v[start + 1], self.v[start])?;
        let mut next = start + 2;
        while next < end && (self.less)(self.v[next], self.v[next - 1])? == descending {
            next += 1;
        }
        if descending {
            self.v[start..next].reverse();
        }
        Ok(next - start)
    }

    /// Sorts `low..high`, of which `low..start` is sorted.
    fn binary_insertion(&mut self, low: usize, high: usize, start: usize) -> PyResult<()> {
        for place in start.max(low + 1)..high {
            let pivot = self.v[place];
            let (mut left, mut right) = (low, place);
            while left < right {
                let middle = left + (right - left) / 2;
                if (self.less)(pivot, self.v[middle])? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.v.copy_within(left..place, left + 1);
            self.v[left] = pivot;
        }
        Ok(())
    }

    /// Notes a run, after merging those before it that lie deeper in the merge tree.
    fn found_run(&mut self, start: usize, len: usize) -> PyResult<()> {
        if let Some(last) = self.pending.last() {
            let power = node_power(last.start, last.len, len, self.v.len());
            while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
                self.merge_at(self.pending.len() - 2)?;
            }
            if let Some(last) = self.pending.last_mut() {
                last.power = power;
            }
        }
        self.pending.push(Run {
            start,
            len,
            power: 0,
        });
        Ok(())
    }

    /// Merges all that is left.
    fn collapse(&mut self) -> PyResult<()> {
        while self.pending.len() > 1 {
            let mut i = self.pending.len() - 2;
            if i > 0 && self.pending[i - 1].len < self.pending[i + 1].len {
                i -= 1;
            }
            self.merge_at(i)?;
        }
        Ok(())
    }

    /// Merges the pending runs `i` and `i + 1`.
    fn merge_at(&mut self, i: usize) -> PyResult<()> {
        let right = self.pending.remove(i + 1);
        let left = &mut self.pending[i];
        let (mut start, mut na) = (left.start, left.len);
        left.len += right.len;
        let b = right.start;
        // What is in place already at both ends need not be merged.
        let skip = self.gallop_right(self.v[b], Side::List(start), na, 0)?;
        start += skip;
        na -= skip;
        if na == 0 {
            return Ok(());
        }
        let nb = self.gallop_left(
            self.v[start + na - 1],
            Side::List(b),
            right.len,
            right.len - 1,
        )?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb {
            self.merge_low(start, na, b, nb)
        } else {
            self.merge_high(start, na, b, nb)
        }
    }

    fn at(&self, side: Side, index: usize) -> u32 {
        match side {
            Side::List(start) => self.v[start + index],
            Side::Temp(start) => self.temp[start + index],
        }
    }

    /// Where `key` belongs in `n` sorted elements of a side, before equal ones; looking from `hint`.
    fn gallop_left(&mut self, key: u32, side: Side, n: usize, hint: usize) -> PyResult<usize> {
        let (mut last, mut offset) = (0, 1);
        let (mut low, mut high);
        if (self.less)(self.at(side, hint), key)? {
            let limit = n - hint;
            while offset < limit && (self.less)(self.at(side, hint + offset), key)? {
                last = offset;
                offset = offset * 2 + 1;
            }
            low = hint + last + 1;
            high = hint + offset.min(limit);
        } else {
            let limit = hint + 1;
            while offset < limit && !(self.less)(self.at(side, hint - offset), key)? {
                last = offset;
                offset = offset * 2 + 1;
            }
            low = hint + 1 - offset.min(limit);
            high = hint - last;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.less)(self.at(side, middle), key)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(high)
    }

    /// Where `key` belongs in `n` sorted elements of a side, behind equal ones; looking from `hint`.
    fn gallop_right(&mut self, key: u32, side: Side, n: usize, hint: usize) -> PyResult<usize> {
        let (mut last, mut offset) = (0, 1);
        let (mut low, mut high);
        if (self.less)(key, self.at(side, hint))? {
            let limit = hint + 1;
            while offset < limit && (self.less)(key, self.at(side, hint - offset))? {
                last = offset;
                offset = offset * 2 + 1;
            }
            low = hint + 1 - offset.min(limit);
            high = hint - last;
        } else {
            let limit = n - hint;
            while offset < limit && !(self.less)(key, self.at(side, hint + offset))? {
                last = offset;
                offset = offset * 2 + 1;
            }
            low = hint + last + 1;
            high = hint + offset.min(limit);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.less)(key, self.at(side, middle))? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(high)
    }

    /// Merges adjacent runs of which the left one, being shorter, is copied apart.
    fn merge_low(&mut self, a: usize, na: usize, b: usize, nb: usize) -> PyResult<()> {
        self.temp.clear();
        self.temp.extend_from_slice(&self.v[a..a + na]);
        let mut m = Merge {
            dest: a,
            a: 0,
            na,
            b,
            nb,
        };
        let end = self.merge_low_loop(&mut m);
        match end {
            Ok(End::OneLeft) => {
                self.v.copy_within(m.b..m.b + m.nb, m.dest);
                self.v[m.dest + m.nb] = self.temp[m.a];
            }
            Ok(End::Rest) | Err(_) => {
                self.v[m.dest..m.dest + m.na].copy_from_slice(&self.temp[m.a..m.a + m.na]);
            }
        }
        end.map(drop)
    }

    fn merge_low_loop(&mut self, m: &mut Merge) -> PyResult<End> {
        self.take_b_low(m);
        if m.nb == 0 {
            return Ok(End::Rest);
        }
        if m.na == 1 {
            return Ok(End::OneLeft);
        }
        loop {
            let (mut wins_a, mut wins_b) = (0, 0);
            loop {
                if (self.less)(self.v[m.b], self.temp[m.a])? {
                    self.take_b_low(m);
                    wins_b += 1;
                    wins_a = 0;
                    if m.nb == 0 {
                        return Ok(End::Rest);
                    }
                    if wins_b >= self.min_gallop {
                        break;
                    }
                } else {
                    self.take_a_low(m);
                    wins_a += 1;
                    wins_b = 0;
                    if m.na == 1 {
                        return Ok(End::OneLeft);
                    }
                    if wins_a >= self.min_gallop {
                        break;
                    }
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= usize::from(self.min_gallop > 1);
                let k = self.gallop_right(self.v[m.b], Side::Temp(m.a), m.na, 0)?;
                wins_a = k;
                self.v[m.dest..m.dest + k].copy_from_slice(&self.temp[m.a..m.a + k]);
                m.dest += k;
                m.a += k;
                m.na -= k;
                if k > 0 && m.na == 1 {
                    return Ok(End::OneLeft);
                }
                if m.na == 0 {
                    // Only an inconsistent comparison brings this about.
                    return Ok(End::Rest);
                }
                self.take_b_low(m);
                if m.nb == 0 {
                    return Ok(End::Rest);
                }
                let k = self.gallop_left(self.temp[m.a], Side::List(m.b), m.nb, 0)?;
                wins_b = k;
                self.v.copy_within(m.b..m.b + k, m.dest);
                m.dest += k;
                m.b += k;
                m.nb -= k;
                if m.nb == 0 {
                    return Ok(End::Rest);
                }
                self.take_a_low(m);
                if m.na == 1 {
                    return Ok(End::OneLeft);
                }
                if wins_a < MIN_GALLOP && wins_b < MIN_GALLOP {
                    break;
                }
            }
            // A penalty for leaving.
            self.min_gallop += 1;
        }
    }

    fn take_b_low(&mut self, m: &mut Merge) {
        self.v[m.dest] = self.v[m.b];
        m.dest += 1;
        m.b += 1;
        m.nb -= 1;
    }

    fn take_a_low(&mut self, m: &mut Merge) {
        self.v[m.dest] = self.temp[m.a];
        m.dest += 1;
        m.a += 1;
        m.na -= 1;
    }

    /// Merges adjacent runs from the end; the right one, being shorter, is copied apart.
    fn merge_high(&mut self, a: usize, na: usize, b: usize, nb: usize) -> PyResult<()> {
        self.temp.clear();
        self.temp.extend_from_slice(&self.v[b..b + nb]);
        // `dest` is one past the place that is written next; the sides begin where they always did.
        let mut m = Merge {
            dest: b + nb,
            a,
            na,
            b: 0,
            nb,
        };
        let end = self.merge_high_loop(&mut m);
        match end {
            Ok(End::OneLeft) => {
                let dest = m.dest - m.na;
                self.v.copy_within(a..a + m.na, dest);
                self.v[dest - 1] = self.temp[0];
            }
            Ok(End::Rest) | Err(_) => {
                self.v[m.dest - m.nb..m.dest].copy_from_slice(&self.temp[..m.nb]);
            }
        }
        end.map(drop)
    }

    fn merge_high_loop(&mut self, m: &mut Merge) -> PyResult<End> {
        self.take_a_high(m);
        if m.na == 0 {
            return Ok(End::Rest);
        }
        if m.nb == 1 {
            return Ok(End::OneLeft);
        }
        loop {
            let (mut wins_a, mut wins_b) = (0, 0);
            loop {
                if (self.less)(self.temp[m.nb - 1], self.v[m.a + m.na - 1])? {
                    self.take_a_high(m);
                    wins_a += 1;
                    wins_b = 0;
                    if m.na == 0 {
                        return Ok(End::Rest);
                    }
                    if wins_a >= self.min_gallop {
                        break;
                    }
                } else {
                    self.take_b_high(m);
                    wins_b += 1;
                    wins_a = 0;
                    if m.nb == 1 {
                        return Ok(End::OneLeft);
                    }
                    if wins_b >= self.min_gallop {
                        break;
                    }
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= usize::from(self.min_gallop > 1);
                let key = self.temp[m.nb - 1];
                let k = m.na - self.gallop_right(key, Side::List(m.a), m.na, m.na - 1)?;
                wins_a = k;
                self.v.copy_within(m.a + m.na - k..m.a + m.na, m.dest - k);
                m.dest -= k;
                m.na -= k;
                if m.na == 0 {
                    return Ok(End::Rest);
                }
                self.take_b_high(m);
                if m.nb == 1 {
                    return Ok(End::OneLeft);
                }
                let key = self.v[m.a + m.na - 1];
                let k = m.nb - self.gallop_left(key, Side::Temp(0), m.nb, m.nb - 1)?;
                wins_b = k;
                self.v[m.dest - k..m.dest].copy_from_slice(&self.temp[m.nb - k..m.nb]);
                m.dest -= k;
                m.nb -= k;
                if k > 0 && m.nb == 1 {
                    return Ok(End::OneLeft);
                }
                if m.nb == 0 {
                    // Only an inconsistent comparison brings this about.
                    return Ok(End::Rest);
                }
                self.take_a_high(m);
                if m.na == 0 {
                    return Ok(End::Rest);
                }
                if wins_a < MIN_GALLOP && wins_b < MIN_GALLOP {
                    break;
                }
            }
            self.min_gallop += 1;
        }
    }

    fn take_a_high(&mut self, m: &mut Merge) {
        m.dest -= 1;
        m.na -= 1;
        self.v[m.dest] = self.v[m.a + m.na];
    }

    fn take_b_high(&mut self, m: &mut Merge) {
        m.dest -= 1;
        m.nb -= 1;
        self.v[m.dest] = self.temp[m.nb];
    }
}

/// Where a stretch of elements lies.
#[derive(Clone, Copy)]
enum Side {
    List(usize),
    Temp(usize),
}

/// How far a merge is: the next place to write, and what is left of the two runs.
struct Merge {
    dest: usize,
    a: usize,
    na: usize,
    b: usize,
    nb: usize,
}

/// The depth at which the node between two adjacent runs lies in the ideal merge tree.
fn node_power(start: usize, n1: usize, n2: usize, len: usize) -> u32 {
    let mut power = 0;
    let mut a = 2 * start + n1;
    let mut b = a + n1 + n2;
    loop {
        power += 1;
        if a >= len {
            a -= len;
            b -= len;
        } else if b >= len {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}
