//! Looking at the heap from outside: arenas, pools and which blocks are used.
#![allow(unsafe_code)]

use std::ops::ControlFlow;

use super::arena::{Arena, POOLS_PER_ARENA};
use super::pool::{POOL_SIZE, Pool, PoolState};
use super::{Blocks, FreeBlock};

/// An arena as the heap map shows it.
#[derive(Clone, Debug)]
pub struct ArenaMap {
    /// Number of the arena; numbers of arenas given back are used again.
    pub serial: u32,
    /// Address of the first byte.
    pub address: usize,
    /// The pools in use, by address.  The others are free.
    pub pools: Vec<PoolMap>,
}

impl ArenaMap {
    /// Number of pools that serve no size class at the moment.
    pub fn free_pools(&self) -> usize {
        POOLS_PER_ARENA - self.pools.len()
    }
}

/// A pool as the heap map shows it.
#[derive(Clone, Debug)]
pub struct PoolMap {
    /// Place of the pool in its arena.
    pub index: usize,
    /// Address of the pool's header.
    pub address: usize,
    /// Address of the first block.
    pub first_block: usize,
    /// Bytes of a block.
    pub block_size: usize,
    /// Number of blocks.
    pub capacity: usize,
    /// Number of blocks in use.
    pub used: usize,
    bits: [u64; POOL_SIZE / 8 / 64],
}

impl PoolMap {
    /// True if the block at this index is in use.
    pub fn is_used(&self, index: usize) -> bool {
        index < self.capacity && self.bits[index / 64] & 1 << (index % 64) != 0
    }

    /// Addresses of the blocks in use.
    pub fn used_blocks(&self) -> impl Iterator<Item = usize> {
        (0..self.capacity)
            .filter(|&index| self.is_used(index))
            .map(|index| self.first_block + index * self.block_size)
    }
}

/// What is wrong with a pool's free list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FreeListError {
    /// It leads to an address where no carved block starts.
    Astray(usize),
    /// A block is in it twice.
    Twice(usize),
}

impl Pool {
    /// Walks the free list, at most once over each block.
    pub fn walk_free(
        &self,
        mut visit: impl FnMut(usize, *mut FreeBlock) -> ControlFlow<()>,
    ) -> Result<(), FreeListError> {
        let mut seen = [0u64; POOL_SIZE / 8 / 64];
        let mut block = self.free.get();
        while !block.is_null() {
            let index = self
                .index_of(block.addr())
                .filter(|&index| index < self.carved());
            let index = index.ok_or(FreeListError::Astray(block.addr()))?;
            if seen[index / 64] & 1 << (index % 64) != 0 {
                return Err(FreeListError::Twice(block.addr()));
            }
            seen[index / 64] |= 1 << (index % 64);
            if visit(index, block).is_break() {
                break;
            }
            // SAFETY: a block of this pool, as was just made sure.
            block = unsafe { (*block).next.get() };
        }
        Ok(())
    }

    pub fn map(&self, index: usize) -> PoolMap {
        let mut bits = [0; POOL_SIZE / 8 / 64];
        for carved in 0..self.carved() {
            bits[carved / 64] |= 1 << (carved % 64);
        }
        // A broken free list is the validator's business; the map shows what can be read.
        let _ = self.walk_free(|free, _| {
            bits[free / 64] &= !(1 << (free % 64));
            ControlFlow::Continue(())
        });
        PoolMap {
            index,
            address: self.address(),
            first_block: self.address() + self.first(),
            block_size: self.block_size(),
            capacity: self.capacity.get() as usize,
            used: self.used() as usize,
            bits,
        }
    }
}

impl Arena {
    /// Calls `visit` with each pool in use and its index.
    pub fn each_pool(&self, mut visit: impl FnMut(usize, &Pool)) {
        for index in 0..POOLS_PER_ARENA {
            if let Some(pool) = self.pool(index)
                && pool.state.get() != PoolState::Unused
            {
                visit(index, pool);
            }
        }
    }
}

impl Blocks {
    pub fn each_pool(&self, mut visit: impl FnMut(&Pool)) {
        self.arenas
            .each(|arena| arena.each_pool(|_, pool| visit(pool)));
    }

    pub fn map(&self) -> Vec<ArenaMap> {
        let mut map = Vec::new();
        self.arenas.each(|arena| {
            let mut pools = Vec::new();
            arena.each_pool(|index, pool| pools.push(pool.map(index)));
            map.push(ArenaMap {
                serial: arena.serial(),
                address: arena.base().addr(),
                pools,
            });
        });
        map
    }
}
