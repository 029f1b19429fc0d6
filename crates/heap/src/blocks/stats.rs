//! Counting what the heap holds.

use super::Blocks;
use super::arena::{ARENA_SIZE, Arena, POOLS_PER_ARENA};
use super::hooks::FREED_BYTE;
use super::pool::{POOL_SIZE, Pool};
use super::size_class::{CLASS_COUNT, class_size};

/// What one size class holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassStats {
    /// Bytes of a block.
    pub size: usize,
    /// Pools that serve the class.
    pub pools: usize,
    /// Blocks in use.
    pub used: usize,
    /// Blocks that could be handed out.
    pub free: usize,
}

/// What the heap holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeapStats {
    /// By size class, smallest first.
    pub classes: [ClassStats; CLASS_COUNT],
    /// Arenas mapped now.
    pub arenas: usize,
    /// The most arenas mapped at a time.
    pub arenas_highwater: usize,
    /// Arenas ever mapped.
    pub arenas_mapped: usize,
    /// Pools that serve no size class.
    pub free_pools: usize,
    /// Bytes taken by the headers of the pools in use and of their arenas.
    pub header_bytes: usize,
    /// Bytes at the ends of pools where no block fits.
    pub quantization_bytes: usize,
    /// Blocks larger than the largest size class.
    pub large_count: usize,
    /// Their bytes.
    pub large_bytes: usize,
    /// Bytes of pools in use and large blocks: what the heap limit is compared with.
    pub in_use_bytes: usize,
    /// The most of them at a time.
    pub peak_bytes: usize,
    /// The heap limit.
    pub limit: Option<usize>,
}

impl HeapStats {
    /// Bytes of the blocks handed out, large ones included.
    pub fn allocated_bytes(&self) -> usize {
        self.small_bytes() + self.large_bytes
    }

    /// Bytes of the blocks handed out from pools.
    pub fn small_bytes(&self) -> usize {
        self.classes
            .iter()
            .map(|class| class.used * class.size)
            .sum()
    }

    /// Bytes of the free blocks in pools.
    pub fn available_bytes(&self) -> usize {
        self.classes
            .iter()
            .map(|class| class.free * class.size)
            .sum()
    }

    /// Number of blocks handed out, large ones included.
    pub fn allocated_blocks(&self) -> usize {
        self.classes.iter().map(|class| class.used).sum::<usize>() + self.large_count
    }

    /// Bytes of the arenas.
    pub fn arena_bytes(&self) -> usize {
        self.arenas * ARENA_SIZE
    }

    /// Arenas given back to the system.
    pub fn arenas_reclaimed(&self) -> usize {
        self.arenas_mapped - self.arenas
    }
}

impl Blocks {
    /// Blocks handed out, large ones included.
    pub fn allocated_blocks(&self) -> usize {
        let mut count = self.large_count.get();
        self.each_pool(|pool| count += pool.used() as usize);
        count
    }

    pub fn stats(&self) -> HeapStats {
        let mut stats = HeapStats {
            classes: std::array::from_fn(|class| ClassStats {
                size: class_size(class),
                ..ClassStats::default()
            }),
            arenas: self.arenas.count.get(),
            arenas_highwater: self.arenas.highwater.get(),
            arenas_mapped: self.arenas.mapped_ever.get(),
            free_pools: 0,
            header_bytes: 0,
            quantization_bytes: 0,
            large_count: self.large_count.get(),
            large_bytes: self.large_bytes.get(),
            in_use_bytes: self.in_use.get(),
            peak_bytes: self.peak.get(),
            limit: self.limit(),
        };
        let mut pools = 0;
        self.each_pool(|pool| {
            pools += 1;
            let capacity = pool.capacity.get() as usize;
            let class = &mut stats.classes[pool.class()];
            class.pools += 1;
            class.used += pool.used() as usize;
            class.free += capacity - pool.used() as usize;
            stats.header_bytes += pool.first();
            stats.quantization_bytes += POOL_SIZE - pool.first() - capacity * class.size;
        });
        stats.free_pools = stats.arenas * POOLS_PER_ARENA - pools;
        stats
    }

    /// Switches the poisoning of freed blocks.  Those that are free already are poisoned now, so
    /// that the validator can tell a write to a free block at once.
    pub fn set_poisoning(&self, on: bool) {
        if on && !self.hooks.poisoning() {
            self.each_pool(Pool::poison_free_blocks);
        }
        self.hooks.set_poisoning(on);
    }
}

const _: () = assert!(FREED_BYTE != 0 && Arena::HEADER_BYTES < POOL_SIZE);
