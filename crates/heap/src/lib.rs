//! The heap of an interpreter: memory, reference counts, generations, the cycle collector and
//! weak-reference bookkeeping.  It knows no Python type.
//!
//! # The way through
//!
//! - [`Heap`] is what the runtime holds; its methods lead everywhere else.
//! - [`blocks`] gives out memory: arenas from the system, cut into pools, cut into blocks.
//! - [`header`] fixes the 16 bytes every object starts with, and what the heap asks of a class: how to
//!   traverse, clear and release an instance.
//! - [`gc`] finds the cycles.  What it needs of the interpreter (finalisers, callbacks, untracking)
//!   it asks through [`CollectorHost`].
//! - [`release`] bounds the native stack when long chains die; [`weak`] knows who refers weakly to what;
//!   [`buffer`] has growable arrays in blocks of the heap.
//! - [`check`] walks all of it and says what does not fit.
//!
//! A heap belongs to one interpreter and is used under its lock, by one thread at a time.  Nothing in it
//! is atomic, all state is in cells, and no method holds a borrow while foreign code runs.
//!
//! # Who may do what when
//!
//! Foreign code (finalisers, callbacks, tracers, release functions) can re-enter any method.
//! The exceptions are a few questions the collector asks while it looks at the graph; the
//! trait's documentation names them.  Allocation never collects.
pub mod blocks;
pub mod buffer;
pub mod check;
pub mod current;
pub mod gc;
pub mod header;
pub mod heap;
mod prefetch;
pub mod program_memory;
pub mod release;
pub mod weak;

pub use blocks::hooks::Tracer;
pub use blocks::map::{ArenaMap, PoolMap};
pub use blocks::os::keep_freed_memory;
pub use blocks::stats::{ClassStats, HeapStats};
pub use buffer::{HeapBlock, HeapVec};
pub use check::HeapError;
pub use current::{current_heap, set_current_heap};
pub use gc::host::{CollectorHost, DebugLine, Severed, TrashKind, Untrackable};
pub use gc::record::{Cause, CollectionRecord};
pub use gc::schedule::FreeList;
pub use gc::{Collected, GenerationStats};
pub use header::{ClassHead, Generation, Header, ObjectOps, ObjectPtr, Subtraction, Visitor};
pub use heap::{Heap, OutOfMemory};
pub use prefetch::prefetch;
pub use program_memory::ProgramMemory;
pub use weak::WeakLink;
