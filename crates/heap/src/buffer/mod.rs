//! Growable arrays whose storage is a block of the heap.
//!
//! Lists, dicts, sets and the like keep their elements in a [`HeapVec`], so that heap limits,
//! allocation tracing and `sys.getsizeof` see every byte.  It is 16 bytes small (address, length
//! and capacity as `u32`); every operation that may have to grow it returns a `Result`.
//!
//! Dropping an element may run arbitrary Python code.  The methods that drop elements first bring
//! the array into its final state, but they hold a `&mut` to it meanwhile: an owner whose elements
//! can run code must move them out first ([`HeapVec::take`], [`HeapVec::try_extract`],
//! [`HeapVec::remove`]) and drop them when the borrow has ended.
#![allow(unsafe_code)]

mod block;
mod growth;
mod iterators;

use std::fmt;
use std::marker::PhantomData;
use std::mem::{self, ManuallyDrop};
use std::ops::{Bound, Deref, DerefMut, RangeBounds};
use std::ptr::{self, NonNull};
use std::slice;

use crate::current::current_heap;
use crate::heap::OutOfMemory;
pub use block::HeapBlock;
pub use growth::{Amortised, Exact, Growth, ListGrowth};
use iterators::Taken;
pub use iterators::{Drain, IntoIter};

/// A growable array in a block of the current heap.
pub struct HeapVec<T, G: Growth = Amortised> {
    start: NonNull<T>,
    len: u32,
    capacity: u32,
    owns: PhantomData<(T, G)>,
}

impl<T, G: Growth> HeapVec<T, G> {
    /// Elements a buffer can hold at most.
    pub const MAX_LEN: usize = u32::MAX as usize;

    const LAYOUT_FITS: () = assert!(size_of::<T>() > 0 && align_of::<T>() <= 8);

    /// An empty array without a block.
    #[inline]
    pub const fn new() -> Self {
        let () = Self::LAYOUT_FITS;
        HeapVec {
            start: NonNull::dangling(),
            len: 0,
            capacity: 0,
            owns: PhantomData,
        }
    }

    /// An empty array with room for exactly `capacity` elements.
    ///
    /// Inlined, so that a new array's parts stay in registers: one that was built in memory part by part
    /// and then moved as a whole would wait for its own stores.
    #[inline(always)]
    pub fn try_with_capacity(capacity: usize) -> Result<Self, OutOfMemory> {
        let () = Self::LAYOUT_FITS;
        let start = match capacity {
            0 => NonNull::dangling(),
            _ => Self::try_block(capacity)?,
        };
        Ok(HeapVec {
            start,
            len: 0,
            capacity: capacity as u32,
            owns: PhantomData,
        })
    }

    /// A block for `capacity` elements.
    #[inline]
    fn try_block(capacity: usize) -> Result<NonNull<T>, OutOfMemory> {
        if capacity > Self::MAX_LEN {
            return Err(OutOfMemory);
        }
        let size = capacity.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?;
        Ok(current_heap().try_alloc(size)?.cast())
    }

    /// An array of `len` elements, which `fill` writes from the given place on.
    ///
    /// # Safety
    /// `fill` writes all of them.
    #[inline(always)]
    pub unsafe fn try_written(len: usize, fill: impl FnOnce(*mut T)) -> Result<Self, OutOfMemory> {
        let array = ManuallyDrop::new(Self::try_with_capacity(len)?);
        fill(array.start.as_ptr());
        Ok(HeapVec {
            start: array.start,
            len: array.capacity,
            capacity: array.capacity,
            owns: PhantomData,
        })
    }

    /// An array of `len` copies of `element`.
    pub fn try_filled(element: T, len: usize) -> Result<Self, OutOfMemory>
    where
        T: Clone,
    {
        // SAFETY: every element is written.
        unsafe {
            Self::try_written(len, |place| {
                for index in 1..len {
                    place.add(index).write(element.clone());
                }
                if len > 0 {
                    place.write(element);
                }
            })
        }
    }

    /// An array of the items of an iterator.
    #[inline(always)]
    pub fn try_from_iter(items: impl IntoIterator<Item = T>) -> Result<Self, OutOfMemory> {
        let mut items = items.into_iter();
        let room = items.size_hint().0;
        let array = ManuallyDrop::new(Self::try_with_capacity(room)?);
        let mut len = 0;
        while len < room
            && let Some(item) = items.next()
        {
            // SAFETY: there is room for so many.
            unsafe { array.start.as_ptr().add(len).write(item) };
            len += 1;
        }
        // The parts, not the whole, which would lie in memory for the sake of the other way.
        let (start, len, capacity) = match items.next() {
            None => (array.start, len as u32, array.capacity),
            Some(more) => {
                let array = HeapVec {
                    start: array.start,
                    len: len as u32,
                    capacity: array.capacity,
                    owns: PhantomData,
                };
                let longer = ManuallyDrop::new(Self::try_longer(array, more, items)?);
                (longer.start, longer.len, longer.capacity)
            }
        };
        Ok(HeapVec {
            start,
            len,
            capacity,
            owns: PhantomData,
        })
    }

    /// Adds items that an iterator did not announce.
    #[inline(never)]
    fn try_longer(
        mut array: Self,
        first: T,
        rest: impl Iterator<Item = T>,
    ) -> Result<Self, OutOfMemory> {
        array.try_push(first)?;
        array.try_extend(rest)?;
        Ok(array)
    }

    /// An array of copies of the elements of a slice.
    #[inline(always)]
    pub fn try_from_slice(elements: &[T]) -> Result<Self, OutOfMemory>
    where
        T: Clone,
    {
        // SAFETY: every element is written.
        unsafe {
            Self::try_written(elements.len(), |place| {
                for (index, element) in elements.iter().enumerate() {
                    place.add(index).write(element.clone());
                }
            })
        }
    }

    /// An array of copies of the elements of two slices.
    #[inline(always)]
    pub fn try_joined(left: &[T], right: &[T]) -> Result<Self, OutOfMemory>
    where
        T: Clone,
    {
        // SAFETY: every element is written.
        unsafe {
            Self::try_written(left.len() + right.len(), |place| {
                for (index, element) in left.iter().enumerate() {
                    place.add(index).write(element.clone());
                }
                let place = place.add(left.len());
                for (index, element) in right.iter().enumerate() {
                    place.add(index).write(element.clone());
                }
            })
        }
    }

    /// Number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// True without elements.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number of elements the block has room for.
    #[inline(always)]
    pub fn capacity(&self) -> usize {
        self.capacity as usize
    }

    /// Bytes the block really occupies; 0 without a block.
    pub fn heap_bytes(&self) -> usize {
        if self.capacity == 0 {
            0
        } else {
            current_heap().rounded(self.block_size())
        }
    }

    /// Address and bytes of the block, as asked for; None without one.
    pub fn block(&self) -> Option<(usize, usize)> {
        (self.capacity != 0).then(|| (self.start.addr().get(), self.block_size()))
    }

    /// Address of the first element (dangling without a block).
    #[inline(always)]
    pub fn as_ptr(&self) -> *const T {
        self.start.as_ptr()
    }

    /// Address of the first element (dangling without a block).
    #[inline(always)]
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.start.as_ptr()
    }

    /// The elements.
    #[inline(always)]
    pub fn as_slice(&self) -> &[T] {
        // SAFETY: the first `len` elements are initialised; a dangling start goes with length 0.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len as usize) }
    }

    /// The elements.
    #[inline(always)]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: as for `as_slice`, and the borrow is unique.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len as usize) }
    }

    /// Sets the length.
    ///
    /// # Safety
    /// `len` is at most the capacity and the first `len` elements are initialised.
    #[inline]
    pub unsafe fn set_len(&mut self, len: usize) {
        debug_assert!(len <= self.capacity());
        self.len = len as u32;
    }

    /// Adds an element at the end if there is room.
    ///
    /// # Safety
    /// `element` may be read; it has moved in where the answer is true.
    #[inline(always)]
    pub unsafe fn push_if_room(&mut self, element: *const T) -> bool {
        if self.len == self.capacity {
            return false;
        }
        // SAFETY: there is room for one more element, which is the caller's to give.
        self.push_within_capacity(unsafe { element.read() });
        true
    }

    /// Adds an element at the end.
    #[inline]
    pub fn try_push(&mut self, element: T) -> Result<(), OutOfMemory> {
        if self.len == self.capacity {
            self.grow_for(1)?;
        }
        self.push_within_capacity(element);
        Ok(())
    }

    #[inline(always)]
    fn push_within_capacity(&mut self, element: T) {
        debug_assert!(self.len < self.capacity);
        // SAFETY: there is room for one more element, as every caller made sure.
        unsafe { self.start.as_ptr().add(self.len as usize).write(element) };
        self.len += 1;
    }

    /// Takes the last element away.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: the element was initialised and lies beyond the new length.
        Some(unsafe { self.start.as_ptr().add(self.len as usize).read() })
    }

    /// Adds the items of an iterator at the end; on an error the ones before it are kept.
    pub fn try_extend(&mut self, items: impl IntoIterator<Item = T>) -> Result<(), OutOfMemory> {
        let items = items.into_iter();
        self.try_reserve(items.size_hint().0)?;
        for item in items {
            self.try_push(item)?;
        }
        Ok(())
    }

    /// Adds copies of the elements of a slice at the end.
    pub fn try_extend_from_slice(&mut self, elements: &[T]) -> Result<(), OutOfMemory>
    where
        T: Clone,
    {
        self.try_reserve(elements.len())?;
        for element in elements {
            self.push_within_capacity(element.clone());
        }
        Ok(())
    }

    /// Inserts an element before `index`; an index past the end appends.
    pub fn try_insert(&mut self, index: usize, element: T) -> Result<(), OutOfMemory> {
        if self.len == self.capacity {
            self.grow_for(1)?;
        }
        let len = self.len();
        let index = index.min(len);
        // SAFETY: there is room for one more element and `index` is at most the length.
        unsafe {
            let hole = self.start.as_ptr().add(index);
            ptr::copy(hole, hole.add(1), len - index);
            hole.write(element);
        }
        self.len += 1;
        Ok(())
    }

    /// Takes the element at `index` away and closes the gap; `None` past the end.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        let len = self.len();
        if index >= len {
            return None;
        }
        // SAFETY: `index` is within the initialised elements.
        unsafe {
            let hole = self.start.as_ptr().add(index);
            let element = hole.read();
            ptr::copy(hole.add(1), hole, len - index - 1);
            self.len -= 1;
            Some(element)
        }
    }

    /// Takes the element at `index` away and puts the last one in its place.
    pub fn swap_remove(&mut self, index: usize) -> Option<T> {
        let last = self.len().checked_sub(1)?;
        if index > last {
            return None;
        }
        self.as_mut_slice().swap(index, last);
        self.pop()
    }

    /// Shortens to `len` elements and drops the rest, the first of them first.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.len() {
            return;
        }
        let tail = ptr::slice_from_raw_parts_mut(
            // SAFETY: `len` is below the old length.
            unsafe { self.start.as_ptr().add(len) },
            self.len() - len,
        );
        self.len = len as u32;
        // SAFETY: these elements were initialised and no longer belong to the array.
        unsafe { ptr::drop_in_place(tail) };
    }

    /// Drops all elements and keeps the block.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Moves the array out and leaves an empty one.
    #[inline]
    pub fn take(&mut self) -> Self {
        mem::take(self)
    }

    /// Cuts the elements from `at` on off into an array of their own.
    pub fn try_split_off(&mut self, at: usize) -> Result<Self, OutOfMemory> {
        let at = at.min(self.len());
        self.try_extract(at..)
    }

    /// Takes a range of elements out into an array of their own and closes the gap.
    /// The range is cut to the array's bounds.
    pub fn try_extract(&mut self, range: impl RangeBounds<usize>) -> Result<Self, OutOfMemory> {
        let (first, end) = self.clamp(range);
        let count = end - first;
        // SAFETY: the range lies within the initialised elements, all of which move out.
        unsafe {
            let gap = self.start.as_ptr().add(first);
            let taken = Self::try_written(count, |place| {
                ptr::copy_nonoverlapping(gap, place, count);
            })?;
            ptr::copy(gap.add(count), gap, self.len() - end);
            self.len -= count as u32;
            Ok(taken)
        }
    }

    /// Takes a range of elements out, yields them in order and closes the gap at the end.
    /// The range is cut to the array's bounds.
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> Drain<'_, T, G> {
        let (first, end) = self.clamp(range);
        let tail = self.len() - end;
        // A leaked drain then leaks elements instead of yielding them twice.
        self.len = first as u32;
        Drain {
            array: self,
            taken: Taken(first..end),
            tail,
        }
    }

    /// Replaces the elements of a range by others.  Returns the replaced ones, so that the caller
    /// can drop them when the array is in order again.  The array is unchanged on an error.
    pub fn try_splice(
        &mut self,
        range: impl RangeBounds<usize>,
        mut with: Self,
    ) -> Result<Self, OutOfMemory> {
        let (first, end) = self.clamp(range);
        let (old, new) = (end - first, with.len());
        if new > old {
            self.try_reserve(new - old)?;
        }
        let tail = self.len() - end;
        // SAFETY: the range lies within the elements, all of which move out, the array has room for
        // the new length, and `with` gives its elements up.
        unsafe {
            let gap = self.start.as_ptr().add(first);
            let replaced = Self::try_written(old, |place| {
                ptr::copy_nonoverlapping(gap, place, old);
            })?;
            ptr::copy(gap.add(old), gap.add(new), tail);
            ptr::copy_nonoverlapping(with.start.as_ptr(), gap, new);
            with.len = 0;
            self.len = (first + new + tail) as u32;
            Ok(replaced)
        }
    }

    /// Keeps the elements that `keep` accepts.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let len = self.len();
        let mut kept = 0;
        // A panic in `keep` leaks elements instead of dropping them twice.
        self.len = 0;
        for index in 0..len {
            // SAFETY: `kept <= index < len`: both lie within the initialised elements, and the
            // ones between `kept` and `index` were dropped or moved down.
            unsafe {
                let element = self.start.as_ptr().add(index);
                if keep(&*element) {
                    ptr::copy(element, self.start.as_ptr().add(kept), 1);
                    kept += 1;
                } else {
                    ptr::drop_in_place(element);
                }
            }
        }
        self.len = kept as u32;
    }

    /// Makes room for `more` further elements, in advance as the growth policy says.
    #[inline]
    pub fn try_reserve(&mut self, more: usize) -> Result<(), OutOfMemory> {
        if more > (self.capacity - self.len) as usize {
            return self.grow_for(more);
        }
        Ok(())
    }

    /// Makes room for exactly `more` further elements.
    pub fn try_reserve_exact(&mut self, more: usize) -> Result<(), OutOfMemory> {
        let needed = self.len().checked_add(more).ok_or(OutOfMemory)?;
        if needed > self.capacity() {
            self.set_capacity(needed)
        } else {
            Ok(())
        }
    }

    /// Gives memory back if less than half of the block is used, to the size the growth policy
    /// takes for this length.  To be called after removals.
    #[inline]
    pub fn shrink_slack(&mut self) {
        if self.len < self.capacity / 2 {
            self.shrink_slowly();
        }
    }

    #[cold]
    fn shrink_slowly(&mut self) {
        let wanted = if self.len == 0 {
            0
        } else {
            G::grow(self.len(), self.len())
        };
        if wanted < self.capacity() {
            // A refused shrink leaves the larger block, which is as good.
            let _ = self.set_capacity(wanted);
        }
    }

    /// Gives all memory beyond the elements back.
    pub fn shrink_to_fit(&mut self) {
        if self.len < self.capacity {
            // A refused shrink leaves the larger block, which is as good.
            let _ = self.set_capacity(self.len());
        }
    }

    #[cold]
    #[inline(never)]
    fn grow_for(&mut self, more: usize) -> Result<(), OutOfMemory> {
        let needed = self.len().checked_add(more).ok_or(OutOfMemory)?;
        if needed > Self::MAX_LEN {
            return Err(OutOfMemory);
        }
        self.set_capacity(G::grow(self.capacity(), needed).clamp(needed, Self::MAX_LEN))
    }

    /// Moves the elements to a block for `capacity` elements, not fewer than there are.
    fn set_capacity(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity >= self.len());
        if capacity == self.capacity() {
            return Ok(());
        }
        if capacity > Self::MAX_LEN {
            return Err(OutOfMemory);
        }
        let heap = current_heap();
        if capacity == 0 {
            // SAFETY: the block was allocated with this size; the array is empty.
            unsafe { heap.free(self.start.cast(), self.block_size()) };
            self.start = NonNull::dangling();
        } else {
            let size = capacity.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?;
            let block = if self.capacity == 0 {
                heap.try_alloc(size)?
            } else {
                // SAFETY: the block was allocated with this size.
                unsafe { heap.try_realloc(self.start.cast(), self.block_size(), size)? }
            };
            self.start = block.cast();
        }
        self.capacity = capacity as u32;
        Ok(())
    }

    fn block_size(&self) -> usize {
        self.capacity as usize * size_of::<T>()
    }

    fn clamp(&self, range: impl RangeBounds<usize>) -> (usize, usize) {
        let end = match range.end_bound() {
            Bound::Included(&end) => end.saturating_add(1),
            Bound::Excluded(&end) => end,
            Bound::Unbounded => self.len(),
        };
        let end = end.min(self.len());
        let first = match range.start_bound() {
            Bound::Included(&first) => first,
            Bound::Excluded(&first) => first.saturating_add(1),
            Bound::Unbounded => 0,
        };
        (first.min(end), end)
    }
}

impl<T, G: Growth> Default for HeapVec<T, G> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<T, G: Growth> Drop for HeapVec<T, G> {
    #[inline]
    fn drop(&mut self) {
        if self.capacity == 0 {
            return;
        }
        self.clear();
        // SAFETY: the block was allocated with this size and its elements are gone.
        unsafe { current_heap().free(self.start.cast(), self.block_size()) };
    }
}

impl<T, G: Growth> Deref for HeapVec<T, G> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T, G: Growth> DerefMut for HeapVec<T, G> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}

impl<T: fmt::Debug, G: Growth> fmt::Debug for HeapVec<T, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl<'a, T, G: Growth> IntoIterator for &'a HeapVec<T, G> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> slice::Iter<'a, T> {
        self.as_slice().iter()
    }
}

const _: () = assert!(size_of::<HeapVec<u64>>() == 16);
