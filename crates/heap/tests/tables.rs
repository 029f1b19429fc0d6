//! The arrays of tracked objects and the table of weak references against plain vectors.
#![allow(unsafe_code)]

mod toy;

use std::collections::BTreeMap;

use heap::ObjectPtr;
use proptest::prelude::*;
use toy::{Kind, new_world, node};

/// Numbers that choose an operation and its operands.
fn choices(len: usize) -> impl Strategy<Value = Vec<(u8, usize)>> {
    prop::collection::vec((any::<u8>(), any::<usize>()), 1..len)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn tracked_objects_keep_their_order(choices in choices(3000)) {
        let world = new_world();
        let mut tracked: Vec<ObjectPtr> = Vec::new();
        let mut untracked: Vec<ObjectPtr> = Vec::new();
        for (operation, operand) in choices {
            match operation {
                0..120 => tracked.push(world.new_node(Kind::Plain)),
                120..180 if !tracked.is_empty() => {
                    let object = tracked.remove(operand % tracked.len());
                    world.heap.untrack(object);
                    untracked.push(object);
                }
                180..200 if !untracked.is_empty() => {
                    let object = untracked.swap_remove(operand % untracked.len());
                    world.heap.track(object);
                    tracked.push(object);
                }
                200..250 if !tracked.is_empty() => {
                    world.drop_ref(tracked.remove(operand % tracked.len()));
                }
                250.. => tracked.drain(tracked.len() / 3..).for_each(|object| world.drop_ref(object)),
                _ => (),
            }
        }
        prop_assert_eq!(world.heap.tracked_objects(None), tracked.clone());
        prop_assert_eq!(world.heap.check(), []);
        world.collect(1);
        prop_assert_eq!(world.heap.tracked_objects(Some(2)), tracked);
        prop_assert_eq!(world.heap.check(), []);
    }

    #[test]
    fn weak_references_are_found_again(choices in choices(2000)) {
        let world = new_world();
        let mut model: BTreeMap<u32, (ObjectPtr, Vec<ObjectPtr>)> = BTreeMap::new();
        for (operation, operand) in choices {
            let chosen = model.keys().nth(operand % model.len().max(1)).copied();
            match (operation, chosen) {
                (0..90, _) | (_, None) => {
                    let object = world.new_node(Kind::Plain);
                    model.insert(node(object).id, (object, Vec::new()));
                }
                (90..180, Some(chosen)) => {
                    let (object, refs) = model.get_mut(&chosen).unwrap();
                    let weakref = world.new_node(Kind::Weakref);
                    node(weakref).referent = Some(*object);
                    let place = operand / 7 % (refs.len() + 1);
                    // SAFETY: a new node, whose link lies behind the header; its release unregisters it.
                    unsafe {
                        match place.checked_sub(1) {
                            None => world.heap.register_weakref(*object, weakref),
                            Some(before) => {
                                world.heap.register_weakref_behind(refs[before], weakref);
                            }
                        }
                    }
                    refs.insert(place, weakref);
                }
                (180..220, Some(chosen)) => {
                    let (_, refs) = model.get_mut(&chosen).unwrap();
                    if !refs.is_empty() {
                        world.drop_ref(refs.remove(operand % refs.len()));
                    }
                }
                (_, Some(chosen)) => {
                    let (object, refs) = model.remove(&chosen).unwrap();
                    world.drop_ref(object);
                    for weakref in refs {
                        prop_assert!(node(weakref).referent.is_none());
                        world.drop_ref(weakref);
                    }
                }
            }
        }
        for (object, refs) in model.values() {
            prop_assert_eq!(&world.heap.weakrefs(*object), refs);
        }
        prop_assert_eq!(world.heap.check(), []);
    }
}
