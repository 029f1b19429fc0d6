//! Blocks, pools and arenas; the object header; reference counts; generations, the cycle
//! collector and weak-reference bookkeeping.  Knows no Python type.
pub mod buffer;
pub mod current;
pub mod header;
pub mod heap;

pub use buffer::{HeapBlock, HeapVec};
pub use current::{current_heap, set_current_heap};
pub use header::{ClassHead, Generation, Header, ObjectOps, ObjectPtr, Visitor};
pub use heap::{Heap, OutOfMemory};
