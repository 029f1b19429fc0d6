//! Traceback objects.

use std::cell::Cell;

use heap::Visitor;

use super::code::Code;
use super::frame::Frame;
use super::state::Vm;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Kind, Payload, Slot, alloc};
use crate::types::exceptions::Exception;

/// A traceback entry's payload.
pub struct Traceback {
    /// `tb_next`: the entry one call deeper.
    pub next: Slot,
    /// `tb_frame`.
    pub frame: Slot,
    /// Index of the instruction; negative: the complement of a `tb_lasti` that a program gave.
    pub last: Cell<i32>,
    /// `tb_lineno`.
    pub line: Cell<i32>,
}

impl Payload for Traceback {
    const KIND: Kind = Kind::TRACEBACK;
    const NAME: &'static str = "traceback";
    const FIELDS: &'static [Field] = fields![
        "tb_next" => next as Value,
        "tb_frame" => frame as Value,
        "last" => last as Signed,
        "tb_lineno" => line as Signed,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.next);
        visitor.slot(&self.frame);
    }

    fn clear(&self) {
        self.next.set(None);
        self.frame.set(None);
    }
}

impl Traceback {
    /// The instruction, in code that the frame runs.
    pub fn instruction(&self, code: &Code) -> u32 {
        match self.last.get() {
            index @ 0.. => index.cast_unsigned(),
            given => code.index_of_byte((!given).cast_unsigned()),
        }
    }

    /// `tb_lasti`.
    pub fn byte_offset(&self, code: &Code) -> i64 {
        match self.last.get() {
            index @ 0.. => i64::from(code.byte_offset(index.cast_unsigned())),
            given => i64::from(!given),
        }
    }
}

impl Vm {
    /// Puts a frame in front of the traceback of the exception that is being raised.
    pub(crate) fn add_traceback(&self, frame: &Frame) {
        if frame.code().silent {
            return;
        }
        let Some(exception) = self.raised.get() else {
            return;
        };
        let Some(payload) = exception.payload::<Exception>() else {
            return;
        };
        let index = frame.index();
        let entry = Traceback {
            next: Slot::new(payload.traceback.get()),
            frame: Slot::new(Some(self.frame_object(frame).into_value())),
            last: Cell::new(index.cast_signed()),
            line: Cell::new(frame.code().line_at(index) as i32),
        };
        let entry = alloc(&self.types.traceback, entry);
        payload.traceback.set(Some(entry.into_value()));
    }
}
