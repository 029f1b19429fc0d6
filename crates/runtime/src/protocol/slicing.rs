//! Slices and indexes of sequences.

use crate::object::{PyResult, Value};
use crate::types::slice::Slice;
use crate::vm::Vm;

/// The places a slice selects in a sequence: `start`, `start + step`, … (`count` of them), all
/// within the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceRange {
    /// The first place; where `count` is 0 and the step is 1, the place at which an assignment
    /// inserts.  Not negative, except that an empty slice backwards may start at -1.
    pub start: isize,
    /// One past the last place in slicing order (may be -1).
    pub stop: isize,
    /// Distance from one place to the next; not 0.
    pub step: isize,
    /// Number of places.
    pub count: usize,
}

impl SliceRange {
    /// The places in order.
    pub fn places(self) -> impl ExactSizeIterator<Item = usize> + Clone {
        (0..self.count).map(move |i| (self.start + i as isize * self.step) as usize)
    }

    /// The same places from the lowest to the highest.
    pub fn ascending(self) -> SliceRange {
        if self.step > 0 || self.count == 0 {
            return self;
        }
        SliceRange {
            start: self.start + (self.count as isize - 1) * self.step,
            stop: self.start + 1,
            step: -self.step,
            count: self.count,
        }
    }
}

/// CPython's rule for fitting a slice into a length.
#[inline(always)]
pub fn fit_slice(start: isize, stop: isize, step: isize, len: usize) -> SliceRange {
    let len = len as isize;
    let fit = |index: isize| {
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        if index < 0 {
            (index.saturating_add(len)).max(low)
        } else {
            index.min(high)
        }
    };
    let (start, stop) = (fit(start), fit(stop));
    let count = if step < 0 {
        if stop < start {
            (start - stop - 1) / step.saturating_neg() + 1
        } else {
            0
        }
    } else if start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    SliceRange {
        start,
        stop,
        step,
        count: count as usize,
    }
}

impl Vm {
    /// The places a subscript selects if it is a slice; None if it is something else.  The length is
    /// asked for after the slice's `__index__` methods have run.
    pub fn slice_range(
        &self,
        key: &Value,
        len: impl FnOnce() -> usize,
    ) -> PyResult<Option<SliceRange>> {
        let Some(slice) = key.payload::<Slice>() else {
            return Ok(None);
        };
        let (start, stop, step) = self.unpack_slice(slice)?;
        Ok(Some(fit_slice(start, stop, step, len())))
    }

    /// Start, stop and step of a slice as numbers; missing ones are as far out as can be.
    pub fn unpack_slice(&self, slice: &Slice) -> PyResult<(isize, isize, isize)> {
        let step = match self.slice_part(&slice.step)? {
            None => 1,
            Some(0) => return Err(self.value_error("slice step cannot be zero")),
            // So that its negation fits.
            Some(step) => step.max(-isize::MAX),
        };
        let start = self.slice_part(&slice.start)?;
        let stop = self.slice_part(&slice.stop)?;
        let (first, last) = if step < 0 {
            (isize::MAX, isize::MIN)
        } else {
            (0, isize::MAX)
        };
        Ok((start.unwrap_or(first), stop.unwrap_or(last), step))
    }

    fn slice_part(&self, part: &Value) -> PyResult<Option<isize>> {
        if part.is_none() {
            return Ok(None);
        }
        if let Some(i) = part.as_small_int() {
            return Ok(Some(i as isize));
        }
        if self.class_of(part).slots().nb_index.is_none() {
            return Err(self
                .type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.index_clamped(part).map(Some)
    }
}
