//! Iterators that take the elements of a buffer out of it.

use std::ops::Range;
use std::ptr;

use super::{Growth, HeapVec};

/// Places of a buffer whose elements are initialised and belong to an iterator, not to the array.
pub(super) struct Taken(pub(super) Range<usize>);

impl Taken {
    /// Moves the first element out.
    fn first<T, G: Growth>(&mut self, array: &HeapVec<T, G>) -> Option<T> {
        let place = self.0.next()?;
        // SAFETY: the element was the iterator's, and its place has just left the range.
        Some(unsafe { array.start.as_ptr().add(place).read() })
    }

    /// Moves the last element out.
    fn last<T, G: Growth>(&mut self, array: &HeapVec<T, G>) -> Option<T> {
        let place = self.0.next_back()?;
        // SAFETY: as for the first one.
        Some(unsafe { array.start.as_ptr().add(place).read() })
    }
}

impl<T, G: Growth> IntoIterator for HeapVec<T, G> {
    type Item = T;
    type IntoIter = IntoIter<T, G>;

    fn into_iter(self) -> IntoIter<T, G> {
        let mut array = self;
        let end = array.len();
        // The iterator owns the elements now, the array only their block.
        array.len = 0;
        IntoIter {
            array,
            taken: Taken(0..end),
        }
    }
}

/// Yields the elements of a [`HeapVec`] by value.
pub struct IntoIter<T, G: Growth> {
    array: HeapVec<T, G>,
    taken: Taken,
}

impl<T, G: Growth> Iterator for IntoIter<T, G> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.taken.first(&self.array)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.taken.0.size_hint()
    }
}

impl<T, G: Growth> DoubleEndedIterator for IntoIter<T, G> {
    fn next_back(&mut self) -> Option<T> {
        self.taken.last(&self.array)
    }
}

impl<T, G: Growth> ExactSizeIterator for IntoIter<T, G> {}

impl<T, G: Growth> Drop for IntoIter<T, G> {
    fn drop(&mut self) {
        for element in self {
            drop(element);
        }
    }
}

/// Yields a range of elements that was taken out; see [`HeapVec::drain`].
pub struct Drain<'a, T, G: Growth> {
    pub(super) array: &'a mut HeapVec<T, G>,
    pub(super) taken: Taken,
    /// How many elements stay behind the range.
    pub(super) tail: usize,
}

impl<T, G: Growth> Iterator for Drain<'_, T, G> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.taken.first(self.array)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.taken.0.size_hint()
    }
}

impl<T, G: Growth> ExactSizeIterator for Drain<'_, T, G> {}

impl<T, G: Growth> Drop for Drain<'_, T, G> {
    fn drop(&mut self) {
        let end = self.taken.0.end;
        for element in &mut *self {
            drop(element);
        }
        // SAFETY: the tail is initialised and moves down to where the drained range began.
        unsafe {
            let start = self.array.start.as_ptr();
            ptr::copy(start.add(end), start.add(self.array.len()), self.tail);
        }
        self.array.len += self.tail as u32;
    }
}
