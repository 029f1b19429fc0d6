//! The validator: walks everything and says what does not fit together.
//!
//! It trusts as little as it can: free lists may lead astray, objects may be freed memory.  In debug
//! builds and with poisoning on, a write to a freed block shows as well.
#![allow(unsafe_code)]

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;
use std::ptr::NonNull;

use crate::blocks::Blocks;
use crate::blocks::arena::{ARENA_SIZE, POOLS_PER_ARENA};
use crate::blocks::map::{FreeListError, PoolMap};
use crate::blocks::pool::{POOL_SIZE, Pool, PoolState};
use crate::blocks::size_class::CLASS_COUNT;
use crate::header::{Generation, Header, ObjectPtr, Visitor, flag};
use crate::heap::Heap;

/// Something in the heap that does not fit together.  Places are addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeapError {
    /// The lists of arenas by free pools disagree with the arenas.
    ArenaLists,
    /// An arena's number of free pools is wrong.
    ArenaCount {
        /// The arena.
        arena: usize,
        /// What it says.
        free: usize,
        /// What it has.
        counted: usize,
    },
    /// A pool's number of used blocks and its free list disagree.
    PoolCount {
        /// The pool.
        pool: usize,
        /// What it says.
        used: usize,
        /// What its free list leaves.
        counted: usize,
    },
    /// A pool's free list leads to where no block starts.
    FreeListAstray {
        /// The pool.
        pool: usize,
        /// Where it leads.
        address: usize,
    },
    /// A block is in its pool's free list twice: it was freed twice.
    FreedTwice {
        /// The block.
        block: usize,
    },
    /// A free block was written to.
    WrittenAfterFree {
        /// The block.
        block: usize,
    },
    /// A pool is in its class's list and should not be, or the other way round.
    PoolState {
        /// The pool.
        pool: usize,
    },
    /// A generation's number of holes is wrong.
    Holes {
        /// The generation.
        generation: Generation,
        /// What it says.
        holes: usize,
        /// What it has.
        counted: usize,
    },
    /// An object's header names another place than the one it was found at.
    Misplaced {
        /// The object.
        object: usize,
        /// Where it was found.
        generation: Generation,
        /// Its place there.
        place: usize,
    },
    /// An object's class cannot be one.
    BadClass {
        /// The object.
        object: usize,
    },
    /// A tracked object, or one that is referred to, lies where no block is in use.
    DeadObject {
        /// The object.
        object: usize,
        /// Who refers to it.
        holder: Option<usize>,
    },
    /// An object has fewer references than tracked objects hold.
    CountTooLow {
        /// The object.
        object: usize,
        /// Its count.
        count: u32,
        /// The references found.
        references: u32,
    },
    /// The weak-reference table and an object's flag disagree.
    WeakFlag {
        /// The object.
        object: usize,
    },
}

impl fmt::Display for HeapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeapError::ArenaLists => write!(f, "the lists of arenas are inconsistent"),
            HeapError::ArenaCount {
                arena,
                free,
                counted,
            } => {
                write!(
                    f,
                    "arena {arena:#x} claims {free} free pools and has {counted}"
                )
            }
            HeapError::PoolCount {
                pool,
                used,
                counted,
            } => {
                write!(
                    f,
                    "pool {pool:#x} claims {used} used blocks and has {counted}"
                )
            }
            HeapError::FreeListAstray { pool, address } => {
                write!(f, "the free list of pool {pool:#x} leads to {address:#x}")
            }
            HeapError::FreedTwice { block } => write!(f, "block {block:#x} was freed twice"),
            HeapError::WrittenAfterFree { block } => {
                write!(f, "block {block:#x} was written to after it was freed")
            }
            HeapError::PoolState { pool } => write!(f, "pool {pool:#x} is in the wrong list"),
            HeapError::Holes {
                generation,
                holes,
                counted,
            } => {
                write!(
                    f,
                    "the {generation:?} generation claims {holes} holes and has {counted}"
                )
            }
            HeapError::Misplaced {
                object,
                generation,
                place,
            } => {
                write!(
                    f,
                    "object {object:#x} does not know of its place {place} in {generation:?}"
                )
            }
            HeapError::BadClass { object } => write!(f, "object {object:#x} has no class"),
            HeapError::DeadObject {
                object,
                holder: None,
            } => {
                write!(f, "object {object:#x} is tracked but not allocated")
            }
            HeapError::DeadObject {
                object,
                holder: Some(holder),
            } => {
                write!(
                    f,
                    "object {holder:#x} refers to {object:#x}, which is not allocated"
                )
            }
            HeapError::CountTooLow {
                object,
                count,
                references,
            } => {
                write!(
                    f,
                    "object {object:#x} has count {count} and {references} references"
                )
            }
            HeapError::WeakFlag { object } => {
                write!(
                    f,
                    "object {object:#x} and the weak-reference table disagree"
                )
            }
        }
    }
}

impl std::error::Error for HeapError {}

const GENERATIONS: [Generation; 5] = [
    Generation::Young,
    Generation::Middle,
    Generation::Old,
    Generation::Permanent,
    Generation::Condemned,
];

impl Heap {
    /// Walks arenas, pools, free lists, generations and references.  Empty if all is well.
    /// To be called at a safe point.
    pub fn check(&self) -> Vec<HeapError> {
        let mut check = Check {
            heap: self,
            errors: Vec::new(),
            arenas: HashSet::new(),
            pools: HashMap::new(),
            references: HashMap::new(),
        };
        check.blocks(&self.blocks);
        for generation in GENERATIONS {
            check.generation(generation);
        }
        // Traversing broken objects would lead anywhere.
        if check.errors.is_empty() {
            check.references();
        }
        check.errors
    }
}

struct Check<'h> {
    heap: &'h Heap,
    errors: Vec<HeapError>,
    arenas: HashSet<usize>,
    pools: HashMap<usize, PoolMap>,
    references: HashMap<ObjectPtr, u32>,
}

impl Check<'_> {
    fn blocks(&mut self, blocks: &Blocks) {
        if !blocks.arenas.lists_agree() {
            self.errors.push(HeapError::ArenaLists);
        }
        let poisoned = blocks.hooks.poisoning();
        let mut linked = HashSet::new();
        for class in 0..CLASS_COUNT {
            for pool in blocks.linked(class) {
                if pool.class() != class || !linked.insert(pool.address()) {
                    self.errors.push(HeapError::PoolState {
                        pool: pool.address(),
                    });
                    break;
                }
            }
        }
        blocks.arenas.each(|arena| {
            self.arenas.insert(arena.base().addr());
            let mut used = 0;
            arena.each_pool(|index, pool| {
                used += 1;
                let is_linked = pool.state.get() == PoolState::Linked;
                if is_linked != linked.contains(&pool.address()) {
                    self.errors.push(HeapError::PoolState {
                        pool: pool.address(),
                    });
                }
                self.pool(pool, poisoned);
                self.pools.insert(pool.address(), pool.map(index));
            });
            let (free, counted) = (arena.free_count(), POOLS_PER_ARENA - used);
            if free != counted {
                let arena = arena.base().addr();
                self.errors.push(HeapError::ArenaCount {
                    arena,
                    free,
                    counted,
                });
            }
        });
    }

    fn pool(&mut self, pool: &Pool, poisoned: bool) {
        let mut free = 0;
        let mut written = Vec::new();
        let walk = pool.walk_free(|_, block| {
            free += 1;
            if poisoned && !pool.is_poisoned(block) {
                written.push(HeapError::WrittenAfterFree {
                    block: block.addr(),
                });
            }
            ControlFlow::Continue(())
        });
        self.errors.append(&mut written);
        match walk {
            Err(FreeListError::Astray(address)) => {
                self.errors.push(HeapError::FreeListAstray {
                    pool: pool.address(),
                    address,
                });
            }
            Err(FreeListError::Twice(block)) => self.errors.push(HeapError::FreedTwice { block }),
            Ok(()) => {
                let (used, counted) = (pool.used() as usize, pool.carved() - free);
                if used != counted {
                    let pool = pool.address();
                    self.errors.push(HeapError::PoolCount {
                        pool,
                        used,
                        counted,
                    });
                }
            }
        }
    }

    fn generation(&mut self, generation: Generation) {
        let array = self.heap.gc.array(generation);
        let mut counted = 0;
        for place in 0..array.places() {
            let Some(object) = array.get(place) else {
                counted += 1;
                continue;
            };
            let address = object.addr().get();
            if !self.is_allocated(address) {
                self.errors.push(HeapError::DeadObject {
                    object: address,
                    holder: None,
                });
                continue;
            }
            let header = header(object);
            if header.generation() != generation || header.position() as usize != place {
                self.errors.push(HeapError::Misplaced {
                    object: address,
                    generation,
                    place,
                });
            }
            if !has_class(header) {
                self.errors.push(HeapError::BadClass { object: address });
            }
        }
        let holes = array.holes();
        if holes != counted {
            self.errors.push(HeapError::Holes {
                generation,
                holes,
                counted,
            });
        }
    }

    /// True unless the address lies in an arena and no used block starts there.
    fn is_allocated(&self, address: usize) -> bool {
        if !self.arenas.contains(&(address & !(ARENA_SIZE - 1))) {
            return address.is_multiple_of(align_of::<Header>());
        }
        let Some(pool) = self.pools.get(&(address & !(POOL_SIZE - 1))) else {
            return false;
        };
        let Some(offset) = address.checked_sub(pool.first_block) else {
            return false;
        };
        offset % pool.block_size == 0 && pool.is_used(offset / pool.block_size)
    }

    fn references(&mut self) {
        for generation in GENERATIONS {
            let array = self.heap.gc.array(generation);
            for object in (0..array.places()).filter_map(|place| array.get(place)) {
                self.referents_of(object);
            }
        }
        for (object, references) in std::mem::take(&mut self.references) {
            let count = header(object).count();
            if count < references {
                let object = object.addr().get();
                self.errors.push(HeapError::CountTooLow {
                    object,
                    count,
                    references,
                });
            }
        }
        for referent in self.heap.weakly_referenced() {
            let address = referent.addr().get();
            if !self.is_allocated(address) || !header(referent).has(flag::WEAKLY_REFERENCED) {
                self.errors.push(HeapError::WeakFlag { object: address });
            }
        }
        self.errors.sort_by_key(|error| format!("{error:?}"));
    }

    fn referents_of(&mut self, holder: ObjectPtr) {
        let mut referents = Vec::new();
        let mut visit = |referent| referents.push(referent);
        // SAFETY: the holder is allocated and has a class, as was made sure before.
        unsafe {
            let ops = header(holder).class().as_ref().ops.get();
            (ops.traverse)(holder, &mut Visitor::new(&mut visit));
        }
        let holder = Some(holder.addr().get());
        for referent in referents {
            let object = referent.addr().get();
            if !self.is_allocated(object) {
                self.errors.push(HeapError::DeadObject { object, holder });
            } else if !has_class(header(referent)) {
                self.errors.push(HeapError::BadClass { object });
            } else {
                *self.references.entry(referent).or_default() += 1;
            }
        }
    }
}

fn has_class(header: &Header) -> bool {
    let class = header.class().addr().get();
    class != 0 && class.is_multiple_of(align_of::<Header>())
}

fn header<'a>(object: ObjectPtr) -> &'a Header {
    // SAFETY: called with objects in used blocks or outside of arenas; the reference is used at
    // once.
    unsafe { NonNull::as_ref(&object) }
}
