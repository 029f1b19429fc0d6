//! Trees in the form of Python's `ast` module: class names, fields in the ASDL's order, positions.
//!
//! [`WriteTree`] walks a tree and tells a [`TreeWriter`] what `ast` would show; one writer makes the
//! text of `ast.dump`, another the objects of `ast.parse`.

mod nodes;

use crate::ast::{Constant, Range};

pub use nodes::WriteTree;

/// What the nodes of a tree are written with.
pub trait TreeWriter: Sized {
    /// The fields of the node being written.
    type Fields;

    /// A node: its class, its position, its fields.
    fn node(
        &mut self,
        class: &str,
        range: Option<Range>,
        fields: impl FnOnce(&mut Self, &mut Self::Fields),
    );

    /// A field: its name, its value.  Optional fields without a value are left out.
    fn field(&mut self, fields: &mut Self::Fields, name: &str, value: impl FnOnce(&mut Self));

    /// A field that is a list.
    fn list<T>(
        &mut self,
        fields: &mut Self::Fields,
        name: &str,
        items: &[T],
        item: impl FnMut(&mut Self, &T),
    );

    /// A name.
    fn identifier(&mut self, text: &str);

    /// A small number.
    fn int(&mut self, value: i64);

    /// A literal's value.
    fn constant(&mut self, value: &Constant);

    /// No value, where a list needs one.
    fn none(&mut self);
}
