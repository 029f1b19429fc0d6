//! The object model: the value word, headers with typed payloads, classes and their slots, and
//! the representations that need unsafe code (`str`, `tuple`, `list`, `dict`, instances).
//!
//! What the types *do* lies in `types/`, in safe code on top of this.
pub mod args;
pub mod borrowed;
pub mod buffer;
pub mod bytearray;
pub mod bytes;
pub mod c_math;
pub mod class;
pub mod dict;
pub mod fd;
pub mod fields;
pub mod finalize;
pub mod float;
pub mod graph;
pub mod instance;
pub mod int;
pub mod introspect;
pub mod kind;
pub mod labels;
pub mod layout;
pub mod list;
pub mod method_cache;
pub mod payload;
pub mod result;
pub mod set;
pub mod signature;
pub mod slots;
pub mod str;
pub mod str_build;
pub mod tracking;
pub mod tuple;
pub mod value;
pub mod weakref;

pub use args::{Args, Binding, GetSetDef, MethodDef, NativeFn, Shortcut};
pub use bytearray::ByteArray;
pub use bytes::Bytes;
pub use class::{Class, TypeSpec, class_flag};
pub use dict::Dict;
pub use float::Float;
pub use int::{Int, IntView};
pub use list::List;
pub use payload::{Kind, Object, OpsOf, Payload, Ref, Slot, Visit, alloc};
pub use result::{PyResult, Raised};
pub use set::Set;
pub use slots::{CompareOp, TypeSlots};
pub use str::{Chars, Str};
pub use str_build::StrBuilder;
pub use tuple::Tuple;
pub use value::Value;
pub use weakref::WeakReference;
