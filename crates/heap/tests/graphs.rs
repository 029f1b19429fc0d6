//! Random object graphs: what the collector keeps is what the roots reach.

mod toy;

use proptest::prelude::*;
use toy::{Kind, header, kind, new_world, node};

#[derive(Clone, Debug)]
enum Step {
    New(Kind),
    Revivable,
    Link(usize, usize),
    Unlink(usize),
    DropRoot(usize),
    Weakref(usize, bool),
    Collect(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let kinds = prop_oneof![
        6 => Just(Kind::Plain),
        3 => Just(Kind::Finalized),
        1 => Just(Kind::Tuple),
        1 => Just(Kind::Dict),
    ];
    prop_oneof![
        8 => kinds.prop_map(Step::New),
        2 => Just(Step::Revivable),
        14 => (any::<usize>(), any::<usize>()).prop_map(|(from, to)| Step::Link(from, to)),
        3 => any::<usize>().prop_map(Step::Unlink),
        8 => any::<usize>().prop_map(Step::DropRoot),
        3 => (any::<usize>(), any::<bool>()).prop_map(|(to, call)| Step::Weakref(to, call)),
        2 => (0..3usize).prop_map(Step::Collect),
    ]
}

fn run(steps: &[Step], poisoning: bool) {
    let world = new_world();
    world.heap.set_poisoning(poisoning);
    let root = |place: usize| {
        let roots = world.roots.borrow();
        (!roots.is_empty()).then(|| roots[place % roots.len()])
    };
    // Any living object the roots reach can be linked, not only the roots themselves.
    let reached = |place: usize| {
        let ids: Vec<u32> = world.reachable().into_iter().collect();
        (!ids.is_empty()).then(|| world.alive.borrow()[&ids[place % ids.len()]])
    };
    for step in steps {
        match *step {
            Step::New(kind) => {
                world.root(kind);
            }
            Step::Revivable => {
                let object = world.root(Kind::Finalized);
                world.revive.borrow_mut().insert(node(object).id);
            }
            Step::Link(from, to) => {
                if let (Some(from), Some(to)) = (reached(from), reached(to))
                    && header(from).is_tracked()
                    && kind(from) != Kind::Weakref
                {
                    world.link(from, to);
                }
            }
            Step::Unlink(from) => {
                if let Some(from) = reached(from)
                    && let Some(edge) = node(from).edges.pop()
                {
                    world.drop_ref(edge);
                }
            }
            Step::DropRoot(place) => {
                if root(place).is_some() {
                    let count = world.roots.borrow().len();
                    world.drop_root(place % count);
                }
            }
            Step::Weakref(to, callback) => {
                if let Some(to) = reached(to) {
                    world.weakref(to, callback);
                }
            }
            Step::Collect(generation) => {
                world.collect(generation);
                world.assert_sound();
                let (alive, reachable) = (world.alive_ids(), world.reachable());
                assert!(alive.is_superset(&reachable));
                if generation == 2 {
                    assert_eq!(alive, reachable);
                }
            }
        }
    }
    full_collection_agrees();
    // One may revive another, but whoever was revived is not finalised again.
    while !world.alive_ids().is_empty() {
        let finalized = world.finalized.borrow().len();
        world.drop_roots();
        world.collect(2);
        assert!(world.roots.borrow().is_empty() || world.finalized.borrow().len() > finalized);
    }
    let mut finalized = world.finalized.take();
    let runs = finalized.len();
    finalized.sort_unstable();
    finalized.dedup();
    assert_eq!(finalized.len(), runs);
    assert_eq!(world.heap.allocated_blocks(), 0);
    world.heap.trim();
    assert_eq!(world.heap.stats().arenas, 0);
}

fn full_collection_agrees() {
    let world = toy::world();
    let before = world.alive_ids();
    let tuples = before.iter().filter(|id| {
        let object = world.alive.borrow()[id];
        matches!(kind(object), Kind::Tuple | Kind::Dict)
    });
    let tuples = tuples.count();
    let collected = world.collect(2);
    let after = world.alive_ids();
    assert_eq!(after, world.reachable());
    // Untracked objects die with their holders and are not counted.
    let died = before.len() - after.len();
    assert!(died >= collected && died - collected <= tuples);
    for object in world.alive.borrow().values() {
        if kind(*object) == Kind::Weakref {
            let weakref = node(*object);
            let calls = world
                .called_back
                .borrow()
                .iter()
                .filter(|id| **id == weakref.id)
                .count();
            let dead = weakref.referent.is_none();
            // One that was trash itself and was revived lost its referent in silence.
            assert!(calls <= usize::from(dead && weakref.callback));
            if let Some(referent) = weakref.referent {
                assert!(
                    world
                        .alive
                        .borrow()
                        .values()
                        .any(|alive| *alive == referent)
                );
                assert!(world.heap.weakrefs(referent).contains(object));
            }
        }
    }
    world.assert_sound();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_graphs_agree_with_reachability(
        steps in prop::collection::vec(step(), 1..400),
        poisoning in any::<bool>(),
    ) {
        run(&steps, poisoning);
    }
}
