//! The allocator against a model, and its statistics, limits and checks.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering};

use heap::{Heap, HeapError, Tracer};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Alloc(usize),
    Free(usize),
    Realloc(usize, usize),
    FreeMost,
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![6 => 0..200usize, 3 => 0..513usize, 1 => 513..20_000usize]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => size().prop_map(Step::Alloc),
        6 => any::<usize>().prop_map(Step::Free),
        3 => (any::<usize>(), size()).prop_map(|(place, size)| Step::Realloc(place, size)),
        1 => Just(Step::FreeMost),
    ]
}

/// Blocks filled with a byte of their own, so that an overlap shows.
struct Model<'h> {
    heap: &'h Heap,
    live: Vec<(NonNull<u8>, usize, u8)>,
    next: u8,
}

impl Model<'_> {
    fn fill(&mut self, block: NonNull<u8>, size: usize) {
        assert_eq!(block.addr().get() % 8, 0);
        self.next = self.next.wrapping_add(1);
        // SAFETY: the block has this size.
        unsafe { block.as_ptr().write_bytes(self.next, size) };
        self.live.push((block, size, self.next));
    }

    fn verify(&self, block: NonNull<u8>, size: usize, byte: u8) {
        // SAFETY: the block is live and was filled.
        let bytes = unsafe { std::slice::from_raw_parts(block.as_ptr(), size) };
        assert!(
            bytes.iter().all(|found| *found == byte),
            "another block overlaps"
        );
    }

    fn free(&mut self, place: usize) {
        let (block, size, byte) = self.live.swap_remove(place);
        self.verify(block, size, byte);
        // SAFETY: the block is live and forgotten.
        unsafe { self.heap.free(block, size) };
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Alloc(size) => {
                for _ in 0..20 {
                    let block = self.heap.alloc(size);
                    self.fill(block, size);
                }
            }
            Step::Free(place) if !self.live.is_empty() => self.free(place % self.live.len()),
            Step::Realloc(place, new) if !self.live.is_empty() => {
                let (block, old, byte) = self.live.swap_remove(place % self.live.len());
                // SAFETY: the block is live and forgotten.
                let moved = unsafe { self.heap.try_realloc(block, old, new) }.unwrap();
                self.verify(moved, old.min(new), byte);
                self.fill(moved, new);
            }
            Step::FreeMost => {
                let kept = self.live.len() / 8;
                while self.live.len() > kept {
                    self.free(0);
                }
            }
            _ => (),
        }
    }

    fn compare(&self) {
        assert_eq!(self.heap.check(), []);
        let mut ends = BTreeMap::new();
        for (block, size, _) in &self.live {
            ends.insert(
                block.addr().get(),
                block.addr().get() + self.heap.rounded(*size),
            );
        }
        assert!(
            ends.values()
                .zip(ends.keys().skip(1))
                .all(|(end, next)| end <= next)
        );
        let stats = self.heap.stats();
        assert_eq!(stats.allocated_blocks(), self.live.len());
        assert_eq!(self.heap.allocated_blocks(), self.live.len());
        let bytes: usize = self
            .live
            .iter()
            .map(|(_, size, _)| self.heap.rounded(*size))
            .sum();
        assert_eq!(stats.allocated_bytes(), bytes);
        let parts = stats.small_bytes()
            + stats.available_bytes()
            + stats.header_bytes
            + stats.quantization_bytes
            + stats.free_pools * 4096;
        assert_eq!(parts, stats.arena_bytes());
        let map = self.heap.map();
        let used: usize = map
            .iter()
            .flat_map(|arena| &arena.pools)
            .map(|pool| pool.used)
            .sum();
        assert_eq!(used + stats.large_count, self.live.len());
        for pool in map.iter().flat_map(|arena| &arena.pools) {
            assert_eq!(pool.used_blocks().count(), pool.used);
            assert!(pool.used_blocks().all(|block| ends.contains_key(&block)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_traces_agree_with_the_model(
        steps in prop::collection::vec(step(), 1..120),
        poisoning in any::<bool>(),
    ) {
        let heap = Heap::new();
        heap.set_poisoning(poisoning);
        let mut model = Model { heap: &heap, live: Vec::new(), next: 0 };
        for step in &steps {
            model.step(step);
        }
        model.compare();
        while !model.live.is_empty() {
            model.free(0);
        }
        model.compare();
        heap.trim();
        let stats = heap.stats();
        prop_assert_eq!((stats.arenas, stats.in_use_bytes, stats.large_bytes), (0, 0, 0));
    }
}

fn blocks(heap: &Heap, count: usize, size: usize) -> Vec<NonNull<u8>> {
    (0..count).map(|_| heap.alloc(size)).collect()
}

fn free_all(heap: &Heap, blocks: impl IntoIterator<Item = NonNull<u8>>, size: usize) {
    for block in blocks {
        // SAFETY: the tests free what they allocated, once.
        unsafe { heap.free(block, size) };
    }
}

#[test]
fn a_freed_block_is_used_next() {
    let heap = Heap::new();
    let all = blocks(&heap, 1000, 64);
    free_all(&heap, [all[300]], 64);
    assert_eq!(heap.alloc(64), all[300]);
    assert!(all.iter().all(|block| block.addr().get() % 64 == 0));
}

#[test]
fn arenas_go_back_and_the_fullest_are_used_first() {
    /// Empty arenas that a heap of this size keeps.
    const KEPT: usize = 16;
    let heap = Heap::new();
    let mut all = blocks(&heap, 160_000, 64);
    let most = heap.stats().arenas;
    assert!(most >= 40);
    // The second half of the addresses goes; new blocks must not spread over what is left.
    all.sort();
    let rest = all.split_off(80_000);
    free_all(&heap, rest, 64);
    let left = heap.stats();
    assert!(
        left.arenas <= most / 2 + 1 + KEPT,
        "{} of {most} arenas are left",
        left.arenas
    );
    assert_eq!(left.arenas_highwater, most);
    all.extend(blocks(&heap, 1000, 64));
    assert_eq!(heap.stats().arenas, left.arenas);
    free_all(&heap, all, 64);
    heap.trim();
    assert_eq!(
        (heap.stats().arenas, heap.stats().arenas_reclaimed()),
        (0, most)
    );
    assert_eq!(heap.check(), []);
}

#[test]
fn one_object_made_and_dropped_in_a_loop_keeps_its_pool() {
    let heap = Heap::new();
    for _ in 0..1000 {
        let block = heap.alloc(48);
        free_all(&heap, [block], 48);
    }
    assert_eq!(
        (heap.stats().arenas_mapped, heap.stats().classes[5].pools),
        (1, 1)
    );
}

#[test]
fn the_limit_refuses_or_is_told() {
    static WORD: AtomicU32 = AtomicU32::new(0);
    let heap = Heap::new();
    heap.set_breaker(&WORD, 1, 2);
    heap.set_limit(Some(100_000));
    assert!(heap.try_alloc(90_000).is_ok());
    assert!(heap.try_alloc(20_000).is_err());
    assert!(heap.try_alloc(100).is_ok());
    let mut refused = 0;
    for _ in 0..1000 {
        refused += usize::from(heap.try_alloc(100).is_err());
    }
    assert!(refused > 800 && !heap.over_limit());
    assert_eq!(WORD.load(Ordering::Relaxed), 0);
    blocks(&heap, 500, 100);
    assert!(heap.over_limit());
    assert_eq!(WORD.load(Ordering::Relaxed), 2);
    heap.set_limit(None);
    assert!(!heap.over_limit());
    assert!(heap.try_alloc(usize::MAX).is_err());
    assert!(heap.try_alloc(isize::MAX as usize).is_err());
}

#[test]
fn writes_to_freed_blocks_and_double_frees_are_found() {
    let heap = Heap::new();
    heap.set_poisoning(true);
    let all = blocks(&heap, 10, 64);
    free_all(&heap, [all[4]], 64);
    assert_eq!(heap.check(), []);
    // SAFETY: the memory is still mapped; the test does on purpose what must not be done.
    unsafe { all[4].as_ptr().add(40).write(1) };
    let block = all[4].addr().get();
    assert_eq!(heap.check(), [HeapError::WrittenAfterFree { block }]);

    let heap = Heap::new();
    let all = blocks(&heap, 10, 64);
    free_all(&heap, [all[4], all[5], all[4]], 64);
    assert!(heap.check().contains(&HeapError::FreedTwice {
        block: all[4].addr().get()
    }));

    let heap = Heap::new();
    let all = blocks(&heap, 10, 64);
    free_all(&heap, [all[4]], 64);
    // SAFETY: as above.
    unsafe { all[4].cast::<usize>().write(all[3].addr().get() + 8) };
    assert!(matches!(
        heap.check()[..],
        [HeapError::FreeListAstray { .. }, ..]
    ));
}

struct Log(RefCell<Vec<String>>);

impl Tracer for Log {
    fn allocated(&self, address: usize, size: usize) {
        self.0.borrow_mut().push(format!("+{address} {size}"));
    }

    fn reallocated(&self, old: usize, address: usize, size: usize) {
        self.0.borrow_mut().push(format!("~{old} {address} {size}"));
    }

    fn freed(&self, address: usize) {
        self.0.borrow_mut().push(format!("-{address}"));
    }
}

#[test]
fn every_allocation_is_reported_while_tracing() {
    let heap = Heap::new();
    let log: &'static Log = Box::leak(Box::new(Log(RefCell::default())));
    let before = heap.alloc(34);
    heap.set_tracer(Some(log));
    let small = heap.alloc(34);
    // SAFETY: the blocks are live and have these sizes.
    let (same, large) = unsafe {
        let same = heap.try_realloc(small, 34, 40).unwrap();
        (same, heap.try_realloc(same, 40, 4000).unwrap())
    };
    free_all(&heap, [large], 4000);
    free_all(&heap, [before], 34);
    heap.set_tracer(None);
    heap.alloc(34);
    assert_eq!(same, small);
    assert_eq!(
        *log.0.borrow(),
        [
            format!("+{small:?} 34"),
            format!("~{small:?} {small:?} 40"),
            format!("~{small:?} {large:?} 4000"),
            format!("-{large:?}"),
            format!("-{before:?}"),
        ]
        .map(|line| {
            let hex = |part: &str| match part.find("0x") {
                Some(at) => {
                    let address = usize::from_str_radix(&part[at + 2..], 16).unwrap();
                    format!("{}{address}", &part[..at])
                }
                None => part.to_owned(),
            };
            line.split(' ').map(hex).collect::<Vec<_>>().join(" ")
        })
    );
}

#[test]
fn identities_do_not_depend_on_addresses() {
    let run = || {
        let heap = Heap::new();
        let mut ids = Vec::new();
        for size in [16, 64, 8, 512, 600, 64, 9000] {
            ids.push(heap.stable_id(heap.alloc(size), size));
        }
        ids
    };
    let ids = run();
    assert_eq!(ids, run());
    assert!(ids.iter().all(|id| id % 8 == 0));
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

#[test]
fn the_malloc_statistics_have_cpythons_layout() {
    let heap = Heap::new();
    blocks(&heap, 3, 64);
    let large = blocks(&heap, 1, 2000);
    let mut text = String::new();
    heap.stats().write_malloc_stats(&mut text).unwrap();
    let expected = "\
Small block threshold = 512, in 40 size classes.

class   size   num pools   blocks in use  avail blocks
-----   ----   ---------   -------------  ------------
    7     64           1               3            59

# arenas allocated total           =                    1
# arenas reclaimed                 =                    0
# arenas highwater mark            =                    1
# arenas allocated current         =                    1
1 arenas * 262144 bytes/arena      =              262,144

# bytes in allocated blocks        =                  192
# bytes in available blocks        =                3,776
63 unused pools * 4096 bytes       =              258,048
# bytes lost to pool headers       =                  128
# bytes lost to quantization       =                    0
# bytes lost to arena alignment    =                    0
Total                              =              262,144

# large blocks                     =                    1
# bytes in large blocks            =                2,000
";
    assert_eq!(text, expected);
    free_all(&heap, large, 2000);
}
