//! Blocks, pools and arenas; the object header; reference counts; generations, the cycle
//! collector and weak-reference bookkeeping.  Knows no Python type.
pub mod blocks;
pub mod buffer;
pub mod check;
pub mod current;
pub mod gc;
pub mod header;
pub mod heap;
pub mod release;
pub mod weak;

pub use blocks::hooks::Tracer;
pub use blocks::map::{ArenaMap, PoolMap};
pub use blocks::stats::{ClassStats, HeapStats};
pub use buffer::{HeapBlock, HeapVec};
pub use check::HeapError;
pub use current::{current_heap, set_current_heap};
pub use gc::host::{CollectorHost, DebugLine, Severed, TrashKind, UntrackRule};
pub use gc::record::{Cause, CollectionRecord};
pub use gc::{Collected, GenerationStats};
pub use header::{ClassHead, Generation, Header, ObjectOps, ObjectPtr, Visitor};
pub use heap::{Heap, OutOfMemory};
