//! Cells: variables shared by nested functions.

use heap::Visitor;

use super::state::Vm;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Kind, Payload, Ref, Slot, Value, alloc};

/// A cell's payload.
#[derive(Default)]
pub struct Cell {
    /// What the variable holds.
    pub contents: Slot,
}

impl Payload for Cell {
    const KIND: Kind = Kind::CELL;
    const NAME: &'static str = "cell";
    const FIELDS: &'static [Field] = fields![
        "cell_contents" => contents as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.contents);
    }

    fn clear(&self) {
        self.contents.set(None);
    }
}

impl Vm {
    /// A new cell.
    pub fn cell(&self, contents: Option<Value>) -> Ref<Cell> {
        alloc(
            &self.types.cell,
            Cell {
                contents: Slot::new(contents),
            },
        )
    }
}
