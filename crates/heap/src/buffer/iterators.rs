//! Iterators that take the elements of a buffer out of it.

use std::ptr;

use super::{Growth, HeapVec};

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
            next: 0,
            end,
        }
    }
}

/// Yields the elements of a [`HeapVec`] by value.
pub struct IntoIter<T, G: Growth> {
    array: HeapVec<T, G>,
    next: usize,
    end: usize,
}

impl<T, G: Growth> Iterator for IntoIter<T, G> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        // SAFETY: the elements from `next` to `end` are initialised and owned by the iterator.
        let element = unsafe { self.array.start.as_ptr().add(self.next).read() };
        self.next += 1;
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.next, Some(self.end - self.next))
    }
}

impl<T, G: Growth> DoubleEndedIterator for IntoIter<T, G> {
    fn next_back(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        self.end -= 1;
        // SAFETY: the elements from `next` to `end` are initialised and owned by the iterator.
        Some(unsafe { self.array.start.as_ptr().add(self.end).read() })
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
    pub(super) next: usize,
    pub(super) end: usize,
    pub(super) tail: usize,
}

impl<T, G: Growth> Iterator for Drain<'_, T, G> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next == self.end {
            return None;
        }
        // SAFETY: the elements from `next` to `end` are initialised and owned by the iterator.
        let element = unsafe { self.array.start.as_ptr().add(self.next).read() };
        self.next += 1;
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.next, Some(self.end - self.next))
    }
}

impl<T, G: Growth> ExactSizeIterator for Drain<'_, T, G> {}

impl<T, G: Growth> Drop for Drain<'_, T, G> {
    fn drop(&mut self) {
        let end = self.end;
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
