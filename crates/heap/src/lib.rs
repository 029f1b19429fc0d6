//! Blocks, pools and arenas; the object header; reference counts; generations, the cycle
//! collector and weak-reference bookkeeping.  Knows no Python type.
pub mod header;
pub mod heap;

pub use header::{ClassHead, Generation, Header, ObjectOps, ObjectPtr, Visitor};
pub use heap::{Heap, OutOfMemory};
