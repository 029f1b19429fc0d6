//! Arenas: 256 KiB from the operating system, cut into 64 pools.
//!
//! An arena is aligned to its size.  Its header lies in its first pool, behind that pool's own
//! header.  Arenas with free pools are kept in one list for each number of free pools, and a
//! bit mask tells which lists are not empty: taking a pool from the fullest arena is then one
//! "find first set", and every change of an arena moves it to the neighbouring list.  Using the
//! fullest first lets the emptier ones drain, and an arena whose last pool comes back is
//! unmapped.  One empty arena is kept, lest a program at the border map and unmap all the time.
//!
//! One long-lived block keeps its whole arena mapped.  Where much lies idle in such arenas, a full
//! collection gives the pages of their free pools back; a pool whose page is gone reads as zeros,
//! like one never used, which is why the arena and not the pools tells which of them are free.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::ptr::{self, NonNull};

use super::os;
use super::pool::{POOL_SIZE, Pool, PoolState};
use super::shadow;

/// Bytes of an arena, and its alignment.
pub const ARENA_SIZE: usize = 256 * 1024;
/// Pools of an arena.
pub const POOLS_PER_ARENA: usize = ARENA_SIZE / POOL_SIZE;

/// What the first pool of an arena carries behind its own header.
#[repr(C)]
pub(crate) struct Arena {
    next: Cell<*const Arena>,
    previous: Cell<*const Arena>,
    /// A bit for each pool that was used and came back.
    returned: Cell<u64>,
    /// Those of them whose page the system took back.
    released: Cell<u64>,
    free_count: Cell<u32>,
    /// Number of pools used at least once: the ones behind were never touched.
    touched: Cell<u32>,
    serial: Cell<u32>,
}

impl Arena {
    pub const HEADER_BYTES: usize = size_of::<Arena>().next_multiple_of(16);

    /// The arena an address of a pool or small block lies in.
    pub fn of(address: *const u8) -> *const Arena {
        address
            .map_addr(|address| (address & !(ARENA_SIZE - 1)) + size_of::<Pool>())
            .cast::<Arena>()
    }

    pub fn base(&self) -> *const u8 {
        ptr::from_ref(self)
            .cast::<u8>()
            .wrapping_sub(size_of::<Pool>())
    }

    pub fn serial(&self) -> u32 {
        self.serial.get()
    }

    pub fn free_count(&self) -> usize {
        self.free_count.get() as usize
    }

    /// A pool of the arena, or nothing if it was never touched.
    pub fn pool(&self, index: usize) -> Option<&Pool> {
        if index >= self.touched.get() as usize {
            return None;
        }
        // SAFETY: touched pools have an initialised header.
        Some(unsafe { &*self.base().add(index * POOL_SIZE).cast::<Pool>() })
    }

    /// Takes a pool.  There must be a free one.
    fn take(&self) -> NonNull<Pool> {
        debug_assert!(self.free_count.get() > 0);
        self.free_count.set(self.free_count.get() - 1);
        let returned = self.returned.get();
        let index = if returned == 0 {
            // Without returned pools the free ones are those never touched.
            let index = self.touched.get();
            self.touched.set(index + 1);
            index
        } else {
            // A pool whose page is there costs no page fault.
            let resident = returned & !self.released.get();
            let index = if resident == 0 { returned } else { resident }.trailing_zeros();
            self.returned.set(returned & !(1 << index));
            self.released.set(self.released.get() & !(1 << index));
            index
        };
        // SAFETY: the index is below the number of pools, and an arena's base is not null.
        unsafe { NonNull::new_unchecked(self.base().add(index as usize * POOL_SIZE) as *mut _) }
    }

    fn put_back(&self, pool: &Pool) {
        pool.state.set(PoolState::Unused);
        let index = pool.address() % ARENA_SIZE / POOL_SIZE;
        self.returned.set(self.returned.get() | 1 << index);
        self.free_count.set(self.free_count.get() + 1);
    }
}

/// The first pool carries the arena's header: its page stays.
const FIRST_POOL: u64 = 1;

impl Arena {
    /// The free pools whose pages could be given back.
    fn idle(&self) -> u64 {
        self.returned.get() & !self.released.get() & !FIRST_POOL
    }

    /// Gives the pages of free pools back, neighbours in one go.
    fn release_idle(&self) {
        let mut idle = self.idle();
        self.released.set(self.released.get() | idle);
        while idle != 0 {
            let first = idle.trailing_zeros();
            let length = (idle >> first).trailing_ones();
            // The first pool is never idle, so the run is shorter than the mask.
            idle &= !(((1 << length) - 1) << first);
            // SAFETY: the run lies in this arena, and nothing in its pools is used.
            unsafe {
                let start = self.base().add(first as usize * POOL_SIZE).cast_mut();
                os::release(start, length as usize * POOL_SIZE);
            }
        }
    }
}

/// All arenas of a heap.
pub(crate) struct Arenas {
    /// By number of free pools less one.
    by_free: [Cell<*const Arena>; POOLS_PER_ARENA],
    filled: Cell<u64>,
    /// By serial number; the serial of an arena given back is used again.
    all: RefCell<Vec<*const Arena>>,
    /// No serial number below is free.
    lowest_free: Cell<usize>,
    /// Where the first arena is asked to lie, the others behind it by serial number; 0 where the system is not asked.
    base: usize,
    /// Arenas all of whose pools are free.
    spare: Cell<usize>,
    pub count: Cell<usize>,
    pub highwater: Cell<usize>,
    pub mapped_ever: Cell<usize>,
}

impl Arenas {
    pub fn new() -> Self {
        Arenas {
            by_free: [const { Cell::new(ptr::null()) }; POOLS_PER_ARENA],
            filled: Cell::new(0),
            all: RefCell::new(Vec::new()),
            lowest_free: Cell::new(0),
            base: os::range_for_arenas(),
            spare: Cell::new(0),
            count: Cell::new(0),
            highwater: Cell::new(0),
            mapped_ever: Cell::new(0),
        }
    }

    /// Where the range begins in which the arenas lie, as far as the system lets them.
    pub fn base(&self) -> usize {
        self.base
    }

    /// A pool of the fullest arena, or nothing if the system has no memory left.
    pub fn take_pool(&self) -> Option<NonNull<Pool>> {
        if self.filled.get() == 0 {
            self.map()?;
        }
        let arena = self.by_free[self.filled.get().trailing_zeros() as usize].get();
        // SAFETY: the mask says that this list is not empty.
        let arena = unsafe { &*arena };
        self.unlink(arena);
        let pool = arena.take();
        self.link(arena);
        Some(pool)
    }

    /// Empty arenas that are kept: a program that fills and drops some again and again would pay a page fault for each
    /// page of them each time.
    fn spares_to_keep(&self) -> usize {
        (self.highwater.get() / 2).clamp(1, 16)
    }

    /// Takes a pool back, and gives its arena back if that was the last one and enough empty ones are kept.
    pub fn give_back(&self, pool: &Pool) {
        // SAFETY: pools lie in arenas.
        let arena = unsafe { &*Arena::of(ptr::from_ref(pool).cast()) };
        self.unlink(arena);
        arena.put_back(pool);
        let empty = arena.free_count() == POOLS_PER_ARENA;
        if empty && self.spare.get() >= self.spares_to_keep() {
            self.unmap(arena);
        } else {
            self.link(arena);
        }
    }

    /// Gives the empty arenas back.
    pub fn drop_spare(&self) {
        // SAFETY: the list holds mapped arenas.
        while let Some(arena) = unsafe { self.by_free[POOLS_PER_ARENA - 1].get().as_ref() } {
            self.unlink(arena);
            self.unmap(arena);
        }
    }

    /// Gives the pages of free pools back if they are many: every fourth of all, and enough of them
    /// to be worth the calls and the page faults of using them again.
    pub fn release_idle(&self) {
        const ENOUGH: usize = 1024 * 1024 / POOL_SIZE;
        let mut idle = 0;
        self.each(|arena| idle += arena.idle().count_ones() as usize);
        if os::RELEASES && idle >= ENOUGH.max(self.count.get() * POOLS_PER_ARENA / 4) {
            self.each(Arena::release_idle);
        }
    }

    /// Calls `visit` for each arena in the order of serial numbers.
    pub fn each(&self, mut visit: impl FnMut(&Arena)) {
        for &arena in self.all.borrow().iter() {
            // SAFETY: arenas in the table are mapped, the empty places are null.
            if let Some(arena) = unsafe { arena.as_ref() } {
                visit(arena);
            }
        }
    }

    /// True if the lists agree with the arenas' counts.
    pub fn lists_agree(&self) -> bool {
        let mut listed = 0;
        for (index, head) in self.by_free.iter().enumerate() {
            let mut arena = head.get();
            if arena.is_null() == (self.filled.get() & 1 << index != 0) {
                return false;
            }
            // SAFETY: the lists hold mapped arenas.
            while let Some(this) = unsafe { arena.as_ref() } {
                listed += 1;
                if this.free_count() != index + 1 || listed > self.count.get() {
                    return false;
                }
                arena = this.next.get();
            }
        }
        let mut with_free = 0;
        self.each(|arena| with_free += usize::from(arena.free_count() > 0));
        listed == with_free
    }

    fn map(&self) -> Option<()> {
        let mut all = self.all.borrow_mut();
        let from = self.lowest_free.get();
        let serial = all[from..]
            .iter()
            .position(|arena| arena.is_null())
            .map_or(all.len(), |place| from + place);
        let wish = match self.base {
            0 => 0,
            base => base + serial * ARENA_SIZE,
        };
        let start = os::map_arena(wish)?;
        self.lowest_free.set(serial + 1);
        let arena = Arena {
            next: Cell::new(ptr::null()),
            previous: Cell::new(ptr::null()),
            returned: Cell::new(0),
            released: Cell::new(0),
            free_count: Cell::new(POOLS_PER_ARENA as u32),
            touched: Cell::new(0),
            serial: Cell::new(serial as u32),
        };
        let place = Arena::of(start.as_ptr()).cast_mut();
        // SAFETY: the place lies in the new mapping.
        unsafe { place.write(arena) };
        if serial == all.len() {
            all.push(place);
        } else {
            all[serial] = place;
        }
        self.count.set(self.count.get() + 1);
        self.mapped_ever.set(self.mapped_ever.get() + 1);
        self.highwater
            .set(self.highwater.get().max(self.count.get()));
        // SAFETY: just written.
        self.link(unsafe { &*place });
        Some(())
    }

    /// The arena is in no list and all its pools are free.
    fn unmap(&self, arena: &Arena) {
        let serial = arena.serial() as usize;
        self.all.borrow_mut()[serial] = ptr::null();
        self.lowest_free.set(self.lowest_free.get().min(serial));
        self.count.set(self.count.get() - 1);
        shadow::show(arena.base(), ARENA_SIZE);
        // SAFETY: an arena's base is not null, and nothing in it is used.
        unsafe { os::unmap_arena(NonNull::new_unchecked(arena.base().cast_mut())) };
    }

    fn link(&self, arena: &Arena) {
        let Some(index) = arena.free_count().checked_sub(1) else {
            return;
        };
        self.spare
            .set(self.spare.get() + usize::from(index == POOLS_PER_ARENA - 1));
        let head = self.by_free[index].replace(arena);
        arena.previous.set(ptr::null());
        arena.next.set(head);
        // SAFETY: the lists hold mapped arenas.
        if let Some(head) = unsafe { head.as_ref() } {
            head.previous.set(arena);
        }
        self.filled.set(self.filled.get() | 1 << index);
    }

    fn unlink(&self, arena: &Arena) {
        let Some(index) = arena.free_count().checked_sub(1) else {
            return;
        };
        self.spare
            .set(self.spare.get() - usize::from(index == POOLS_PER_ARENA - 1));
        let (previous, next) = (arena.previous.get(), arena.next.get());
        // SAFETY: the neighbours in the list are mapped arenas.
        unsafe {
            match previous.as_ref() {
                Some(previous) => previous.next.set(next),
                None => self.by_free[index].set(next),
            }
            if let Some(next) = next.as_ref() {
                next.previous.set(previous);
            }
        }
        if self.by_free[index].get().is_null() {
            self.filled.set(self.filled.get() & !(1 << index));
        }
    }
}

impl Drop for Arenas {
    fn drop(&mut self) {
        for &arena in self.all.get_mut().iter() {
            if let Some(start) = NonNull::new(arena.cast_mut()) {
                // SAFETY: the heap goes, and with it the right to use its blocks.
                unsafe {
                    let base = start.cast::<u8>().sub(size_of::<Pool>());
                    shadow::show(base.as_ptr(), ARENA_SIZE);
                    os::unmap_arena(base);
                }
            }
        }
    }
}

const _: () = assert!(size_of::<Arena>() == 48 && POOLS_PER_ARENA == 64);
