//! The cycle collector, step by step, with toy objects.

mod toy;

use std::sync::atomic::{AtomicU32, Ordering};

use heap::gc::debug;
use heap::{Cause, Generation};
use toy::{Kind, header, new_world, node};

fn ids(objects: &[heap::ObjectPtr]) -> Vec<u32> {
    objects.iter().map(|object| node(*object).id).collect()
}

#[test]
fn a_ring_is_found_and_a_living_one_is_kept() {
    let world = new_world();
    let kept = world.root(Kind::Plain);
    world.link(kept, kept);
    world.ring(&[Kind::Plain; 5]);
    assert_eq!(world.collect(0), 5);
    assert_eq!(world.alive_ids(), world.reachable());
    assert_eq!(header(kept).generation(), Generation::Middle);
    assert_eq!(world.collect(2), 0);
    assert_eq!(header(kept).generation(), Generation::Old);
    assert_eq!(world.heap.generation_sizes(), [0, 0, 1]);
    world.assert_sound();
    world.drop_roots();
    assert_eq!(world.collect(2), 1);
    world.heap.trim();
    assert_eq!(world.heap.stats().arenas, 0);
}

#[test]
fn long_sequences_in_any_order_count_as_short_ones() {
    const COUNT: usize = 20_000;
    let world = new_world();
    // In order, with repetitions; from the end; mixed, partly in another generation.
    let orders: [fn(usize) -> usize; 3] = [|i| i / 2, |i| COUNT - 1 - i, |i| i * 7919 % COUNT];
    for order in orders {
        let hub = world.root(Kind::Plain);
        let nodes: Vec<_> = (0..COUNT).map(|_| world.new_node(Kind::Plain)).collect();
        let expected = world.heap.tracked_objects(None);
        for i in 0..COUNT {
            world.link(hub, nodes[order(i)]);
        }
        nodes.iter().for_each(|node| world.drop_ref(*node));
        let alive = world.alive_ids();
        assert_eq!(world.collect(0), 0);
        assert_eq!(world.collect(2), 0);
        assert_eq!(world.alive_ids(), alive);
        let alive: Vec<_> = expected
            .into_iter()
            .filter(|object| world.alive.borrow().values().any(|other| other == object))
            .take(50)
            .collect();
        assert_eq!(world.heap.tracked_objects(None)[..50], alive);
        world.link(hub, hub);
        world.link(node(hub).edges[0], hub);
        let count = world.alive_ids().len();
        world.drop_roots();
        assert_eq!(world.collect(2), count);
        world.assert_sound();
    }
}

#[test]
fn a_young_collection_leaves_older_cycles_alone() {
    let world = new_world();
    let old = world.root(Kind::Plain);
    world.link(old, old);
    world.collect(1);
    world.drop_roots();
    let young = world.root(Kind::Plain);
    world.link(old, young);
    assert_eq!(world.collect(1), 0);
    assert_eq!(world.alive_ids().len(), 2);
    world.drop_roots();
    assert_eq!(world.collect(2), 2);
}

#[test]
fn finalizers_run_once_in_creation_order_and_before_clearing() {
    let world = new_world();
    let ring = world.ring(&[Kind::Finalized; 4]);
    let order = ids(&ring);
    world.revive.borrow_mut().insert(order[2]);
    assert_eq!(world.collect(2), 0);
    assert_eq!(*world.finalized.borrow(), order);
    assert_eq!(world.alive_ids().len(), 4);
    assert!(
        ring.iter()
            .all(|object| header(*object).generation() == Generation::Old)
    );
    world.assert_sound();
    world.drop_roots();
    assert_eq!(world.collect(2), 4);
    assert_eq!(world.finalized.borrow().len(), 4);
    assert!(world.alive_ids().is_empty());
}

#[test]
fn a_full_collection_takes_old_then_young_then_middle() {
    let world = new_world();
    let old = world.root(Kind::Finalized);
    world.collect(1);
    let middle = world.root(Kind::Finalized);
    world.collect(0);
    let young = world.root(Kind::Finalized);
    for object in [old, middle, young] {
        world.link(object, object);
    }
    world.drop_roots();
    assert_eq!(world.collect(2), 3);
    assert_eq!(*world.finalized.borrow(), ids_of(&[0, 2, 1]));
}

fn ids_of(ids: &[u32]) -> Vec<u32> {
    ids.to_vec()
}

#[test]
fn survivors_only_later_objects_hold_are_queued_behind_them() {
    let world = new_world();
    let first = world.new_node(Kind::Plain);
    let second = world.new_node(Kind::Plain);
    let holder = world.root(Kind::Plain);
    let last = world.root(Kind::Plain);
    world.link(holder, second);
    world.link(second, first);
    world.drop_ref(first);
    world.drop_ref(second);
    world.collect(0);
    assert_eq!(
        world.heap.tracked_objects(Some(1)),
        [holder, last, second, first]
    );
    world.collect(2);
    assert_eq!(
        world.heap.tracked_objects(None),
        [holder, last, second, first]
    );
    world.assert_sound();
}

#[test]
fn only_what_the_revived_reach_survives() {
    let world = new_world();
    let revived = world.ring(&[Kind::Finalized, Kind::Plain]);
    world.ring(&[Kind::Plain; 3]);
    world.revive.borrow_mut().insert(node(revived[0]).id);
    assert_eq!(world.collect(2), 3);
    assert_eq!(world.alive_ids(), world.reachable());
    assert_eq!(world.alive_ids().len(), 2);
}

#[test]
fn a_finalizer_that_cuts_its_cycle_leaves_nothing_to_collect() {
    let world = new_world();
    let ring = world.ring(&[Kind::Finalized]);
    world.cut.borrow_mut().insert(node(ring[0]).id);
    assert_eq!(world.collect(2), 0);
    assert!(world.alive_ids().is_empty());
    world.assert_sound();
}

#[test]
fn weakrefs_die_first_and_only_outer_callbacks_are_called() {
    let world = new_world();
    let ring: Vec<_> = [Kind::Finalized, Kind::Plain]
        .map(|kind| world.new_node(kind))
        .into();
    world.link(ring[0], ring[1]);
    world.link(ring[1], ring[0]);
    let outer = world.weakref(ring[0], true);
    let newer = world.weakref(ring[0], true);
    let silent = world.weakref(ring[1], false);
    // One that is trash itself, with a referent in the trash and one with a living referent.
    let inner = world.weakref(ring[1], true);
    let astray = world.weakref(outer, true);
    for weakref in [inner, astray] {
        world.link(ring[0], weakref);
        let place = world
            .roots
            .borrow()
            .iter()
            .position(|root| *root == weakref)
            .unwrap();
        world.drop_root(place);
    }
    world.revive.borrow_mut().insert(node(ring[0]).id);
    ring.iter().for_each(|object| world.drop_ref(*object));
    assert_eq!(world.collect(2), 0);
    assert_eq!(*world.called_back.borrow(), ids(&[newer, outer]));
    for weakref in [outer, newer, silent, inner, astray] {
        assert!(node(weakref).referent.is_none());
    }
    assert_eq!(world.heap.weakref_count(ring[0]), 0);
    assert_eq!(world.heap.weakref_count(outer), 0);
    world.assert_sound();
    world.drop_roots();
    world.collect(2);
    assert!(world.alive_ids().is_empty());
}

#[test]
fn by_count_callbacks_come_newest_first() {
    let world = new_world();
    let object = world.new_node(Kind::Plain);
    let refs: Vec<_> = (0..3).map(|_| world.weakref(object, true)).collect();
    assert_eq!(world.heap.weakrefs(object), [refs[2], refs[1], refs[0]]);
    assert_eq!(world.heap.first_weakref(object), Some(refs[2]));
    assert_eq!(world.heap.next_weakref(refs[2]), Some(refs[1]));
    world.drop_root(1);
    assert_eq!(world.heap.weakref_count(object), 2);
    world.drop_ref(object);
    assert_eq!(*world.called_back.borrow(), [3, 1]);
}

#[test]
fn tuples_are_untracked_by_any_collection_and_dicts_by_full_ones() {
    let world = new_world();
    let dict = world.root(Kind::Dict);
    let tuple = world.root(Kind::Tuple);
    let full = world.root(Kind::Tuple);
    let list = world.root(Kind::Plain);
    world.link(dict, tuple);
    world.link(full, list);
    world.collect(0);
    assert!(header(dict).is_tracked() && header(full).is_tracked());
    assert!(!header(tuple).is_tracked());
    world.collect(2);
    assert!(!header(dict).is_tracked() && header(full).is_tracked());
    world.assert_sound();
}

#[test]
fn saved_garbage_stays_linked_and_counts() {
    let world = new_world();
    world.heap.set_debug_flags(debug::SAVEALL);
    let ring = world.ring(&[Kind::Finalized, Kind::Plain]);
    assert_eq!(world.collect(2), 2);
    assert_eq!(*world.garbage.borrow(), ring);
    assert_eq!(world.finalized.borrow().len(), 1);
    assert_eq!(node(ring[0]).edges.as_slice(), [ring[1]]);
    assert_eq!(world.heap.generation_stats()[2].collected, 2);
    world.assert_sound();
}

#[test]
fn debugging_lines_come_in_order() {
    let world = new_world();
    world
        .heap
        .set_debug_flags(debug::STATS | debug::COLLECTABLE);
    world.root(Kind::Plain);
    world.ring(&[Kind::Finalized, Kind::Plain]);
    world.collect(1);
    assert_eq!(
        *world.lines.borrow(),
        [
            "collecting 1 [3, 0, 0] 0",
            "collectable 1",
            "collectable 2",
            "done 2 0"
        ]
    );
    assert_eq!(*world.events.borrow(), ["start 1", "stop 1 2 0"]);
}

#[test]
fn a_collection_within_a_collection_does_nothing() {
    let world = new_world();
    world.nested.set(Some(99));
    world.ring(&[Kind::Finalized, Kind::Plain]);
    assert_eq!(world.collect(2), 2);
    assert_eq!(world.nested.get(), Some(0));
}

#[test]
fn frozen_objects_are_left_alone() {
    let world = new_world();
    world.ring(&[Kind::Plain; 3]);
    let counted = world.new_node(Kind::Plain);
    world.heap.freeze();
    assert_eq!(world.heap.freeze_count(), 4);
    assert_eq!(world.heap.counts(), [0, 0, 0]);
    assert_eq!(world.collect(2), 0);
    world.drop_ref(counted);
    assert_eq!(world.heap.freeze_count(), 3);
    world.heap.unfreeze();
    assert_eq!(world.heap.generation_sizes(), [0, 0, 3]);
    assert_eq!(world.collect(2), 3);
}

#[test]
fn the_record_tells_what_happened() {
    let world = new_world();
    world.heap.set_recording(true);
    let object = world.root(Kind::Plain);
    let ring = world.ring(&[Kind::Finalized, Kind::Plain, Kind::Plain]);
    let revived = world.ring(&[Kind::Finalized]);
    world.revive.borrow_mut().insert(node(revived[0]).id);
    world.weakref(ring[1], true);
    world.heap.collect(1, Cause::Stress, &mut toy::Host);
    let records = world.records.borrow();
    let record = &records[0];
    assert_eq!((record.generation, record.cause), (1, Cause::Stress));
    assert_eq!(
        (record.examined, record.reachable, record.unreachable),
        (6, 2, 4)
    );
    assert_eq!(
        record.trash,
        [("Finalized".to_owned(), 2), ("Plain".to_owned(), 2)]
    );
    assert_eq!(
        (record.finalized, record.resurrected, record.collected),
        (2, 1, 3)
    );
    assert_eq!(
        (record.weakrefs_cleared, record.callbacks, record.moved),
        (1, 1, 2)
    );
    assert_eq!(
        (record.counts_before, record.counts_after),
        ([6, 0, 0], [0, 0, 1])
    );
    assert_eq!(header(object).generation(), Generation::Old);
}

#[test]
fn collections_start_at_safe_points_only() {
    static WORD: AtomicU32 = AtomicU32::new(0);
    let world = new_world();
    world.heap.set_breaker(&WORD, 2, 4);
    for _ in 0..701 {
        world.root(Kind::Plain);
    }
    assert_eq!(WORD.load(Ordering::Relaxed), 2);
    assert!(world.heap.collection_due());
    assert_eq!(world.heap.generation_stats()[0].collections, 0);
    assert!(world.heap.collect_if_due(&mut toy::Host).is_some());
    assert!(world.heap.collect_if_due(&mut toy::Host).is_none());
    assert_eq!(world.heap.generation_stats()[0].collections, 1);
    assert_eq!(world.heap.generation_sizes(), [0, 701, 0]);
}

#[test]
fn a_chain_of_a_million_objects_is_released_without_recursion() {
    let world = new_world();
    let first = world.new_node(Kind::Plain);
    let mut last = first;
    for _ in 1..1_000_000 {
        let next = world.new_node(Kind::Plain);
        world.link(last, next);
        world.drop_ref(next);
        last = next;
    }
    world.drop_ref(first);
    let died = world.died.borrow();
    assert_eq!(died.len(), 1_000_000);
    assert!(
        died.iter()
            .enumerate()
            .all(|(index, id)| index as u32 == *id)
    );
    assert_eq!(world.heap.allocated_blocks(), 0);
}

#[test]
fn a_ring_of_many_is_collected_without_recursion() {
    let world = new_world();
    world.ring(&vec![Kind::Plain; 200_000]);
    assert_eq!(world.collect(2), 200_000);
    assert_eq!(world.heap.allocated_blocks(), 0);
    world.assert_sound();
}

#[test]
fn deferred_objects_are_finalized_and_may_revive() {
    let world = new_world();
    let first = world.new_node(Kind::Finalized);
    let mut last = first;
    for _ in 1..200 {
        let next = world.new_node(Kind::Finalized);
        world.link(last, next);
        world.drop_ref(next);
        last = next;
    }
    world.revive.borrow_mut().extend([120]);
    world.drop_ref(first);
    assert_eq!(*world.finalized.borrow(), (0..=120).collect::<Vec<_>>());
    assert_eq!(world.alive_ids(), (120..200).collect());
    world.assert_sound();
    assert!(header(world.roots.borrow()[0]).is_tracked());
    world.drop_roots();
    assert!(world.alive_ids().is_empty());
}
