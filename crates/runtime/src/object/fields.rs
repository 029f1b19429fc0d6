//! What the fields of a payload are called and where they lie: for those who look into objects
//! (`ouro.layout`, `ouro.explain`).  Nothing else depends on it.

/// How the bytes of a field are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A value or a typed reference; 0 for none.
    Value,
    /// A truth value.
    Bool,
    /// An unsigned number.
    Unsigned,
    /// A signed number.
    Signed,
    /// A float.
    Float,
    /// The head of something that lies elsewhere, or what only the type itself understands.
    Opaque,
}

/// A field of a payload.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The attribute that shows it, or what it is for.
    pub name: &'static str,
    /// Offset from the payload's start.
    pub offset: usize,
    /// Bytes it takes.
    pub size: usize,
    /// How to read them.
    pub kind: FieldKind,
}

/// Size of the field that a projection leads to.
pub const fn field_size<T, F>(_: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

/// The fields of `Self`, as `name => field as kind`.
#[macro_export]
macro_rules! fields {
    ($($name:literal => $field:ident as $kind:ident),* $(,)?) => {
        &[$($crate::object::fields::Field {
            name: $name,
            offset: std::mem::offset_of!(Self, $field),
            size: $crate::object::fields::field_size(|this: &Self| &this.$field),
            kind: $crate::object::fields::FieldKind::$kind,
        }),*]
    };
}

/// A block of the heap that belongs to an object beside its own.
#[derive(Clone, Copy, Debug)]
pub struct Buffer {
    /// What it holds.
    pub name: &'static str,
    /// Its address.
    pub address: usize,
    /// Bytes, as asked for.
    pub bytes: usize,
}
