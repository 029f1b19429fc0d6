//! A picture of the heap at one moment, in Rust's own memory.

use std::collections::HashMap;

use heap::{ArenaMap, GenerationStats, HeapStats, PoolMap};
use runtime::Vm;
use runtime::object::payload::block_bytes;
use runtime::object::{Value, instance};

/// The names of the generations.
pub const GENERATIONS: [&str; 3] = ["young", "middle", "old"];

/// Objects of one type.
pub struct TypeCount {
    /// The type's name.
    pub name: String,
    /// How many objects there are.
    pub objects: usize,
    /// Bytes of all their blocks.
    pub bytes: usize,
}

/// See the module's head.
pub struct Snapshot {
    /// Numbers of everything.
    pub stats: HeapStats,
    /// Arenas in order of their numbers.
    pub arenas: Vec<ArenaMap>,
    /// Objects in each generation.
    pub generations: [usize; 3],
    /// Objects in the permanent generation.
    pub permanent: usize,
    /// The counts that thresholds are compared with.
    pub counts: [i32; 3],
    /// The thresholds.
    pub thresholds: [i32; 3],
    /// What collections did so far.
    pub collections: [GenerationStats; 3],
    /// The most frequent types of each generation.
    pub generation_types: [Vec<(String, usize)>; 3],
    /// Types by bytes, most first.
    pub types: Vec<TypeCount>,
    /// Which type the object in a block is of, by the block's address; negative numbers (less
    /// one) for blocks that belong to an object beside its own.
    owners: HashMap<usize, Owner>,
    deterministic: bool,
}

/// What a block holds.
#[derive(Clone, Copy)]
pub struct Owner {
    /// Index in [`Snapshot::types`].
    pub kind: usize,
    /// The object itself, not its buffer.
    pub is_object: bool,
}

impl Snapshot {
    /// Takes the picture.
    pub fn take(vm: &Vm) -> Snapshot {
        let mut owners = HashMap::new();
        let mut numbers: HashMap<u64, usize> = HashMap::new();
        let mut types: Vec<TypeCount> = Vec::new();
        for object in vm.all_objects() {
            let class = vm.class_of(&object);
            let kind = *numbers.entry(class.as_value().word()).or_insert_with(|| {
                types.push(TypeCount {
                    name: class.name_string(),
                    objects: 0,
                    bytes: 0,
                });
                types.len() - 1
            });
            let mut own = |address: usize, is_object: bool| {
                owners.insert(address, Owner { kind, is_object });
            };
            if block_bytes(&object).is_some() {
                own(object.word() as usize, true);
            }
            if let Some(address) = instance::overflow_address(&object) {
                own(address, false);
            }
            let spec = class.native_spec();
            if let Some(buffer) = spec.and_then(|spec| (spec.buffer)(&object)) {
                own(buffer.address, false);
            }
            types[kind].objects += 1;
            types[kind].bytes += vm.object_size(&object);
        }
        let mut order: Vec<usize> = (0..types.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (&types[a], &types[b]);
            b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name))
        });
        let mut places = vec![0; types.len()];
        for (place, &kind) in order.iter().enumerate() {
            places[kind] = place;
        }
        for owner in owners.values_mut() {
            owner.kind = places[owner.kind];
        }
        let mut sorted: Vec<(usize, TypeCount)> = places.into_iter().zip(types).collect();
        sorted.sort_by_key(|(place, _)| *place);
        let heap = vm.heap;
        let mut arenas = heap.map();
        arenas.sort_by_key(|arena| arena.serial);
        Snapshot {
            stats: heap.stats(),
            arenas,
            generations: heap.generation_sizes(),
            permanent: heap.freeze_count(),
            counts: heap.counts(),
            thresholds: heap.thresholds(),
            collections: heap.generation_stats(),
            generation_types: [0, 1, 2].map(|generation| frequent_types(vm, generation)),
            types: sorted.into_iter().map(|(_, kind)| kind).collect(),
            owners,
            deterministic: vm.is_deterministic(),
        }
    }

    /// What the block at a real address holds.
    pub fn owner(&self, address: usize) -> Option<Owner> {
        self.owners.get(&address).copied()
    }

    /// The address of a place in an arena as `id()` would tell it.
    pub fn shown_address(&self, arena: &ArenaMap, address: usize) -> u64 {
        if self.deterministic {
            u64::from(arena.serial) * ARENA + (address - arena.address) as u64
        } else {
            address as u64
        }
    }

    /// Bytes of the blocks of all objects found.
    pub fn object_bytes(&self) -> usize {
        self.types.iter().map(|kind| kind.bytes).sum()
    }

    /// Number of objects found.
    pub fn object_count(&self) -> usize {
        self.types.iter().map(|kind| kind.objects).sum()
    }
}

/// Bytes of an arena.
pub const ARENA: u64 = heap::blocks::arena::ARENA_SIZE as u64;
/// Pools of an arena.
pub const POOLS: usize = heap::blocks::arena::POOLS_PER_ARENA;

/// Bytes of a pool's used blocks.
pub fn used_bytes(pool: &PoolMap) -> usize {
    pool.used * pool.block_size
}

fn frequent_types(vm: &Vm, generation: usize) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let objects: Vec<Value> = vm.tracked_values(Some(generation));
    for object in &objects {
        *counts.entry(vm.class_of(object).name_string()).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|(name, count), (other, more)| more.cmp(count).then(name.cmp(other)));
    counts.truncate(10);
    counts
}
