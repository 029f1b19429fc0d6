//! The growable arrays against `Vec`.

use std::rc::Rc;

use heap::buffer::{Amortised, Growth, ListGrowth};
use heap::{Heap, HeapVec, set_current_heap};

fn with_heap<R>(body: impl FnOnce() -> R) -> R {
    let before = set_current_heap(Some(Box::leak(Box::new(Heap::new()))));
    let result = body();
    set_current_heap(before);
    result
}

fn filled(items: std::ops::Range<u64>) -> HeapVec<u64> {
    HeapVec::try_from_iter(items).unwrap()
}

#[test]
fn pushes_pops_inserts_and_removes_like_a_vec() {
    with_heap(|| {
        let mut ours: HeapVec<u64> = HeapVec::new();
        let mut model = Vec::new();
        for number in 0..2000 {
            ours.try_push(number).unwrap();
            model.push(number);
        }
        ours.try_insert(7, 1).unwrap();
        model.insert(7, 1);
        ours.try_insert(9999, 2).unwrap();
        model.push(2);
        assert_eq!(ours.remove(100), Some(model.remove(100)));
        assert_eq!(ours.remove(5000), None);
        assert_eq!(ours.swap_remove(3), Some(model.swap_remove(3)));
        assert_eq!(ours.pop(), model.pop());
        assert_eq!(ours.as_slice(), model);
        ours.truncate(3);
        ours.shrink_slack();
        assert!(ours.capacity() <= 8);
        assert_eq!(ours.as_slice(), &model[..3]);
    });
}

#[test]
fn ranges_are_extracted_spliced_and_drained() {
    with_heap(|| {
        let mut array = filled(0..10);
        assert_eq!(array.try_extract(2..4).unwrap().as_slice(), [2, 3]);
        assert_eq!(array.as_slice(), [0, 1, 4, 5, 6, 7, 8, 9]);
        assert_eq!(
            array.try_splice(1..3, filled(20..25)).unwrap().as_slice(),
            [1, 4]
        );
        assert_eq!(array.as_slice(), [0, 20, 21, 22, 23, 24, 5, 6, 7, 8, 9]);
        assert_eq!(array.drain(1..6).collect::<Vec<_>>(), [20, 21, 22, 23, 24]);
        assert_eq!(array.as_slice(), [0, 5, 6, 7, 8, 9]);
        drop(array.drain(..2));
        assert_eq!(array.try_split_off(3).unwrap().as_slice(), [9]);
        array.retain(|number| number % 2 == 0);
        assert_eq!(array.into_iter().rev().collect::<Vec<_>>(), [8, 6]);
    });
}

#[test]
fn every_element_is_dropped_once() {
    with_heap(|| {
        let token = Rc::new(());
        let mut array: HeapVec<Rc<()>> = HeapVec::try_filled(token.clone(), 10).unwrap();
        assert_eq!(Rc::strong_count(&token), 11);
        array.drain(2..5).next();
        assert_eq!(Rc::strong_count(&token), 8);
        array.truncate(5);
        let mut rest = array.into_iter();
        rest.next();
        drop(rest);
        assert_eq!(Rc::strong_count(&token), 1);
    });
}

#[test]
fn lists_grow_as_in_cpython() {
    let mut capacity = 0;
    let mut steps = Vec::new();
    for len in 1..100 {
        if len > capacity {
            capacity = ListGrowth::grow(capacity, len);
            steps.push(capacity);
        }
    }
    assert_eq!(steps, [4, 8, 16, 24, 32, 40, 52, 64, 76, 92, 108]);
    assert!(Amortised::grow(100, 101) >= 150);
}

#[test]
fn absurd_sizes_are_refused() {
    with_heap(|| {
        assert!(HeapVec::<u64>::try_with_capacity(usize::MAX).is_err());
        let mut array = filled(0..3);
        assert!(array.try_reserve(usize::MAX - 1).is_err());
        assert_eq!(array.as_slice(), [0, 1, 2]);
    });
}
