"""Memory that processes share, in blocks.

Blocks are parts of arenas, which are maps of files that have no name any more: forked processes have
the maps, and others get the descriptor.  Free parts are kept by size; neighbours become one.
"""

import bisect
import mmap
import os
import tempfile
import threading

from . import reduction, util
from .context import assert_spawning

__all__ = ['BufferWrapper']


class Arena:
    """A map of a file; without a descriptor it makes one."""

    # Folders in memory are tried first.
    _dir_candidates = ['/dev/shm']

    def __init__(self, size, fd=-1):
        self.size = size
        if fd == -1:
            fd, path = tempfile.mkstemp(prefix=f'pym-{os.getpid()}-', dir=self._choose_dir(size))
            os.unlink(path)
            util.Finalize(self, os.close, (fd,))
            os.ftruncate(fd, size)
        self.fd = fd
        self.buffer = mmap.mmap(fd, size)

    def _choose_dir(self, size):
        for folder in self._dir_candidates:
            room = os.statvfs(folder)
            if room.f_bavail * room.f_frsize >= size:
                return folder
        return util.get_temp_dir()


def reduce_arena(a):
    """How an arena goes to a process that is being started."""
    if a.fd == -1:
        raise ValueError('Arena is unpicklable because forking was enabled when it was created')
    return rebuild_arena, (a.size, reduction.DupFd(a.fd))


def rebuild_arena(size, dupfd):
    """What a pickled arena becomes."""
    return Arena(size, dupfd.detach())


reduction.register(Arena, reduce_arena)


class Heap:
    """Blocks (arena, begin, end) of arenas that this process has made."""

    _alignment = 8
    # An empty arena that is larger than this is given back.
    _DISCARD_FREE_SPACE_LARGER_THAN = 4 * 1024 ** 2
    # Until then each arena is twice as large as the one before.
    _DOUBLE_ARENA_SIZE_UNTIL = _DISCARD_FREE_SPACE_LARGER_THAN

    def __init__(self, size=mmap.PAGESIZE):
        self._lock = threading.Lock()
        self._begin(size)

    def _begin(self, size):
        self._lastpid = os.getpid()
        # The size of the next arena.
        self._size = size
        # Free blocks by their length, and the lengths there are in order; where each begins and ends.
        self._len_to_seq = {}
        self._lengths = []
        self._start_to_block = {}
        self._stop_to_block = {}
        # The begins and ends of the blocks in use, by arena.
        self._allocated_blocks = {}
        self._arenas = []
        # Blocks that finalizers gave back while the lock was held.
        self._pending_free_blocks = []
        self._n_mallocs = self._n_frees = 0

    @staticmethod
    def _roundup(n, alignment):
        return -(-n // alignment) * alignment

    def _new_arena(self, size):
        length = self._roundup(max(self._size, size), mmap.PAGESIZE)
        if self._size < self._DOUBLE_ARENA_SIZE_UNTIL:
            self._size *= 2
        util.info('allocating a new mmap of length %d', length)
        arena = Arena(length)
        self._arenas.append(arena)
        self._allocated_blocks[arena] = set()
        return arena, 0, length

    def _discard_arena(self, arena):
        # Small ones are cheap to keep, and will be wanted again.
        if arena.size < self._DISCARD_FREE_SPACE_LARGER_THAN:
            return
        assert not self._allocated_blocks.pop(arena)
        self._take(self._start_to_block[arena, 0])
        self._arenas.remove(arena)
        util.debug('discarding arena %r', arena)

    # Free blocks.

    def _add_free_block(self, block):
        arena, start, stop = block
        blocks = self._len_to_seq.get(stop - start)
        if blocks is None:
            blocks = self._len_to_seq[stop - start] = []
            bisect.insort(self._lengths, stop - start)
        blocks.append(block)
        self._start_to_block[arena, start] = self._stop_to_block[arena, stop] = block

    def _take(self, block):
        """Let a block be free no more."""
        arena, start, stop = block
        length = stop - start
        blocks = self._len_to_seq[length]
        blocks.remove(block)
        if not blocks:
            del self._len_to_seq[length]
            self._lengths.remove(length)
        del self._start_to_block[arena, start], self._stop_to_block[arena, stop]

    def _absorb(self, block):
        """Let a free block become part of its neighbour; its ends."""
        self._take(block)
        return block[1:]

    def _malloc(self, size):
        place = bisect.bisect_left(self._lengths, size)
        if place == len(self._lengths):
            return self._new_arena(size)
        block = self._len_to_seq[self._lengths[place]][-1]
        self._take(block)
        return block

    def _remove_allocated_block(self, block):
        arena, start, stop = block
        used = self._allocated_blocks[arena]
        used.remove((start, stop))
        if not used:
            self._discard_arena(arena)

    def _release(self, block):
        arena, start, stop = block
        before = self._stop_to_block.get((arena, start))
        if before is not None:
            start, _ = self._absorb(before)
        behind = self._start_to_block.get((arena, stop))
        if behind is not None:
            _, stop = self._absorb(behind)
        self._add_free_block((arena, start, stop))
        self._remove_allocated_block(block)
        self._n_frees += 1

    def _free_pending_blocks(self):
        while self._pending_free_blocks:
            self._release(self._pending_free_blocks.pop())

    def free(self, block):
        """Give a block back."""
        if os.getpid() != self._lastpid:
            raise ValueError("My pid ({0:n}) is not last pid {1:n}".format(
                os.getpid(), self._lastpid))
        # A collection may come to this while the thread is in malloc() or free() already.
        if not self._lock.acquire(False):
            self._pending_free_blocks.append(block)
            return
        try:
            self._free_pending_blocks()
            self._release(block)
        finally:
            self._lock.release()

    def malloc(self, size):
        """A block of at least so many bytes."""
        if size < 0:
            raise ValueError("Size {0:n} out of range".format(size))
        from sys import maxsize
        if size >= maxsize:
            raise OverflowError("Size {0:n} too large".format(size))
        if os.getpid() != self._lastpid:
            # The parent's blocks are the parent's business.
            self._lock = threading.Lock()
            self._begin(mmap.PAGESIZE)
        with self._lock:
            self._n_mallocs += 1
            self._free_pending_blocks()
            size = self._roundup(max(size, 1), self._alignment)
            arena, start, stop = self._malloc(size)
            if start + size < stop:
                self._add_free_block((arena, start + size, stop))
            self._allocated_blocks[arena].add((start, start + size))
            return arena, start, start + size


class BufferWrapper:
    """A block that is given back with the object."""

    _heap = Heap()

    def __init__(self, size):
        if size < 0:
            raise ValueError("Size {0:n} out of range".format(size))
        from sys import maxsize
        if size >= maxsize:
            raise OverflowError("Size {0:n} too large".format(size))
        block = BufferWrapper._heap.malloc(size)
        self._state = block, size
        util.Finalize(self, BufferWrapper._heap.free, args=(block,))

    def create_memoryview(self):
        """The memory."""
        (arena, start, _), size = self._state
        return memoryview(arena.buffer)[start:start + size]
