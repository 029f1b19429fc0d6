//! By how much buffers grow.

/// How much a buffer takes in advance when it has to grow.
pub trait Growth {
    /// The capacity for `needed` elements when `capacity` is not enough; at least `needed`.
    fn grow(capacity: usize, needed: usize) -> usize;
}

/// Half as much again: few moves, for buffers whose size nobody observes.
pub struct Amortised;

impl Growth for Amortised {
    #[inline]
    fn grow(capacity: usize, needed: usize) -> usize {
        needed.max(capacity + capacity / 2).max(4)
    }
}

/// CPython's list: an eighth more and a little, rounded to four.
pub struct ListGrowth;

impl Growth for ListGrowth {
    #[inline]
    fn grow(capacity: usize, needed: usize) -> usize {
        let roomy = needed.saturating_add((needed >> 3) + 6) & !3;
        // A long extension is not expected to be followed by single appends.
        if needed.saturating_sub(capacity) > roomy.saturating_sub(needed) {
            needed.saturating_add(3) & !3
        } else {
            roomy
        }
    }
}

/// Exactly what is asked for.
pub struct Exact;

impl Growth for Exact {
    #[inline]
    fn grow(_capacity: usize, needed: usize) -> usize {
        needed
    }
}
