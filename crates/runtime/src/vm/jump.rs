//! Jumps to another line: what assigning to `f_lineno` in a trace function does.
#![allow(unsafe_code)]

use bytecode::LocalKind;
use bytecode::line_jump::{LineJump, line_jump};

use super::frame::{Frame, drop_word};
use super::frame_object::FrameObject;
use super::state::Vm;
use super::trace::Event;
use crate::object::{PyResult, Value};

impl Vm {
    /// Assigns to `f_lineno`.
    pub(crate) fn set_frame_line(&self, object: &FrameObject, line: &Value) -> PyResult<()> {
        if !self.class_of(line).is(&self.types.int) {
            return Err(self.value_error("lineno must be an integer"));
        }
        let live = object.live();
        let Some(told) = self.told_of(live) else {
            return Err(self.value_error("f_lineno can only be set in a trace function"));
        };
        let Some((event, frame)) = told
            .filter(|event| !matches!(event, Event::Return | Event::Exception | Event::Opcode))
            .zip(live)
        else {
            return Err(self.value_error("can only jump from a 'line' trace event"));
        };
        if event == Event::Call {
            return Err(self.value_error("can't jump from the 'call' trace event of a new frame"));
        }
        let line = line
            .as_int()
            .and_then(|line| i32::try_from(line.to_i64()?).ok())
            .ok_or_else(|| self.value_error("lineno out of range"))?;
        let jump = self.plan_jump(frame, line)?;
        self.bind_unbound(frame)?;
        if event == Event::Yield {
            // The value on the stack is still to be yielded.
            object.jump_line.set(line.unsigned_abs());
        } else {
            self.perform_jump(frame, &jump);
        }
        Ok(())
    }

    /// The jump that was chosen when the frame yielded.
    pub(crate) fn jump_after_yield(&self, frame: &Frame) -> PyResult<()> {
        let object = frame
            .object
            .get()
            .and_then(|o| o.downcast::<FrameObject>().ok());
        if let Some(object) = object
            && let line @ 1.. = object.jump_line.take()
        {
            let jump = self.plan_jump(frame, line.cast_signed())?;
            self.perform_jump(frame, &jump);
        }
        Ok(())
    }

    fn plan_jump(&self, frame: &Frame, line: i32) -> PyResult<LineJump> {
        let data = &frame.code().data;
        let line = u32::try_from(line)
            .ok()
            .filter(|line| *line >= data.first_line)
            .ok_or_else(|| {
                self.value_error(format!("line {line} comes before the current code block"))
            })?;
        line_jump(data, frame.index(), line).map_err(|message| self.value_error(message))
    }

    /// The compiler knew some variables to be bound on every path; now there is another path.
    fn bind_unbound(&self, frame: &Frame) -> PyResult<()> {
        let count = frame.code().localsplus;
        let unbound: Vec<usize> = (0..count).filter(|i| frame.local(*i).is_none()).collect();
        if unbound.is_empty() {
            return Ok(());
        }
        let plural = if unbound.len() == 1 { "" } else { "s" };
        let message = format!("assigning None to {} unbound local{plural}", unbound.len());
        self.warn_here(&self.types.exceptions.runtime_warning, &message)?;
        for index in unbound {
            let kind = frame.code().data.localsplus[index].kind;
            let value = if kind.has(LocalKind::CELL) {
                self.cell(None).into_value()
            } else {
                Value::NONE
            };
            frame.set_local(index, Some(value));
        }
        Ok(())
    }

    fn perform_jump(&self, frame: &Frame, jump: &LineJump) {
        for &is_handled in &jump.dropped {
            // SAFETY: the analysis found that many operands on the stack; each word leaves it
            // before its reference is dropped, as that may run code.
            let word = unsafe {
                let top = frame.sp.get().sub(1);
                frame.sp.set(top);
                std::mem::take(&mut *top)
            };
            if is_handled && word != 0 {
                // SAFETY: the frame owned the word.
                let exception = unsafe { Value::from_word(word) };
                drop(self.swap_handled((!exception.is_none()).then_some(exception)));
            } else {
                // SAFETY: the frame owned the word.
                unsafe { drop_word(word) };
            }
        }
        frame
            .pc
            .set(frame.code().at_beside(frame.pc.get(), jump.target));
    }
}
