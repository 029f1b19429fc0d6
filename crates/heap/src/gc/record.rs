//! What happened in a collection, for those who want to watch.

/// Why a collection ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The program asked for it.
    Explicit,
    /// The young count passed its threshold.
    Threshold,
    /// The interpreter is shutting down.
    Shutdown,
    /// A stress mode asked for it.
    Stress,
}

/// One collection in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionRecord {
    /// 0, 1 or 2.
    pub generation: usize,
    /// Why it ran.
    pub cause: Cause,
    /// Objects looked at.
    pub examined: usize,
    /// Objects found reachable.
    pub reachable: usize,
    /// Objects found unreachable, before finalisers ran.
    pub unreachable: usize,
    /// The unreachable ones by class name, most frequent first.
    pub trash: Vec<(String, usize)>,
    /// Finalisers run.
    pub finalized: usize,
    /// Objects that finalisers or callbacks revived.
    pub resurrected: usize,
    /// Weak references cleared.
    pub weakrefs_cleared: usize,
    /// Callbacks of weak references called.
    pub callbacks: usize,
    /// Living objects that moved to the next generation.
    pub moved: usize,
    /// Living objects that are no longer tracked.
    pub untracked: usize,
    /// Objects collected, as `gc.collect` returns them.
    pub collected: usize,
    /// Duration in nanoseconds.
    pub nanoseconds: u64,
    /// The generations' counts when the collection began.
    pub counts_before: [i32; 3],
    /// The generations' counts when it was over.
    pub counts_after: [i32; 3],
}

impl CollectionRecord {
    pub(super) fn new(generation: usize, cause: Cause, counts_before: [i32; 3]) -> Self {
        CollectionRecord {
            generation,
            cause,
            examined: 0,
            reachable: 0,
            unreachable: 0,
            trash: Vec::new(),
            finalized: 0,
            resurrected: 0,
            weakrefs_cleared: 0,
            callbacks: 0,
            moved: 0,
            untracked: 0,
            collected: 0,
            nanoseconds: 0,
            counts_before,
            counts_after: counts_before,
        }
    }
}
