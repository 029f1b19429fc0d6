//! What instructions and exceptions report to the tools of `sys.monitoring`.
//!
//! Most is reported in front of an instruction.  What only shows when it has run (where a branch went, that a native
//! function returned) is noted and reported in front of the next instruction of the same frame, or when an
//! exception comes to the frame.
#![allow(unsafe_code)]

use bytecode::Opcode;

use super::code::Code;
use super::frame::Frame;
use super::instr::Sp;
use super::monitoring::MonitoringEvent as Event;
use super::state::Vm;
use super::trace::TracedCode;
use crate::object::{List, PyResult, Tuple, Value};
use crate::types::method::Method;
use crate::vm::function::Function;

/// An instruction that has something to report when it has run.
pub(super) struct Pending {
    /// The address of its frame.
    frame: usize,
    index: u32,
    what: Outcome,
}

enum Outcome {
    /// The call of something that has no frame of its own, with its first argument and the tools that
    /// were told of it.
    Call(Value, Value, u8),
    /// Where it goes on.
    Branch,
}

fn is_branch(op: Opcode) -> bool {
    matches!(
        op,
        Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE
            | Opcode::FOR_ITER
    )
}

impl Vm {
    fn missing(&self) -> Value {
        self.interp.monitoring.missing.get().unwrap_or(Value::NONE)
    }

    fn await_outcome(&self, frame: &Frame, index: u32, what: Outcome) {
        self.tracing.pending.borrow_mut().push(Pending {
            frame: std::ptr::from_ref(frame) as usize,
            index,
            what,
        });
    }

    /// What an instruction of the frame still has to report.
    fn take_pending(&self, frame: &Frame) -> Option<Pending> {
        let mut pending = self.tracing.pending.borrow_mut();
        let here = std::ptr::from_ref(frame) as usize;
        let at = pending.iter().rposition(|p| p.frame == here)?;
        // Those behind it belong to frames that are gone.
        pending.truncate(at + 1);
        pending.pop()
    }

    /// Reports what the instruction before has come to.
    pub(super) fn report_outcome(&self, frame: &Frame, previous: u32, index: u32) -> PyResult<()> {
        if self.tracing.pending.borrow().is_empty() {
            return Ok(());
        }
        let Some(pending) = self.take_pending(frame).filter(|p| p.index == previous) else {
            return Ok(());
        };
        let code = frame.code();
        let here = frame.pc.get();
        frame.pc.set(code.at_beside(here, pending.index));
        match pending.what {
            Outcome::Call(callable, first, tools) => {
                let rest = [callable, first];
                let tools = tools & self.tools_wanting(code, Event::CReturn);
                self.tell(frame, Event::CReturn, pending.index, &rest, tools)?;
            }
            Outcome::Branch => {
                let target = code.traced().offset_of(&code.data, index);
                let target = self.int(i64::from(target));
                self.tell_tools(frame, Event::Branch, pending.index, &[target])?;
            }
        }
        frame.pc.set(here);
        Ok(())
    }

    /// Reports that a frame begins or goes on.
    pub(super) fn monitor_resume(&self, frame: &Frame, index: u32, flags: u32) -> PyResult<()> {
        let event = match flags & 3 {
            0 => Event::PyStart,
            _ => Event::PyResume,
        };
        self.tell_tools(frame, event, index, &[])
    }

    /// Reports a line if one begins at an instruction that runs after `previous`.
    pub(super) fn monitor_line(
        &self,
        frame: &Frame,
        traced: &TracedCode,
        previous: u32,
        index: u32,
    ) -> PyResult<()> {
        let data = &frame.code().data;
        if traced.starts_line(index)
            && (data.instructions[previous as usize].op == Opcode::RESUME
                || data.line_at(index) != data.line_at(previous))
        {
            self.tell_tools(frame, Event::Line, index, &[])?;
        }
        Ok(())
    }

    /// Reports an instruction that is about to run and what it is going to do.
    ///
    /// # Safety
    /// The frame is running, its registers are saved and `index` is its instruction.
    pub(super) unsafe fn monitor_instruction(
        &self,
        frame: &Frame,
        traced: &TracedCode,
        index: u32,
        sp: Sp,
    ) -> PyResult<()> {
        let code = frame.code();
        let data = &code.data;
        let instr = data.instructions[index as usize];
        self.tell_tools(frame, Event::Instruction, index, &[])?;
        match instr.op {
            Opcode::RETURN_VALUE => {
                // SAFETY: the value is the topmost operand.
                let value = unsafe { Value::from_slot(&*sp.sub(1)) }.clone();
                self.tell_tools(frame, Event::PyReturn, index, &[value])
            }
            Opcode::RETURN_CONST => {
                let value = code.consts[instr.arg as usize].clone();
                self.tell_tools(frame, Event::PyReturn, index, &[value])
            }
            Opcode::YIELD_VALUE => {
                // SAFETY: the value is the topmost operand.
                let value = unsafe { Value::from_slot(&*sp.sub(1)) }.clone();
                self.tell_tools(frame, Event::PyYield, index, &[value])
            }
            Opcode::JUMP_FORWARD | Opcode::JUMP_BACKWARD => {
                let target = self.int(i64::from(traced.offset_of(data, instr.arg)));
                self.tell_tools(frame, Event::Jump, index, &[target])
            }
            Opcode::CALL | Opcode::CALL_KW if self.monitors(code, Event::Call) => {
                let names = usize::from(instr.op == Opcode::CALL_KW);
                // SAFETY: callable, self or NULL, arguments and perhaps names are on the stack.
                unsafe { self.monitor_call(frame, index, sp.sub(names), instr.arg as usize) }
            }
            Opcode::CALL_FUNCTION_EX if self.monitors(code, Event::Call) => {
                let mapping = (instr.arg & 1) as usize;
                // SAFETY: callable, NULL, the iterable of arguments and perhaps a mapping are on the stack.
                let (callable, arguments) = unsafe {
                    let place = sp.sub(mapping + 3);
                    let arguments = Value::from_slot(&*place.add(2));
                    (Value::from_slot(&*place).clone(), arguments.clone())
                };
                self.monitor_spread_call(frame, index, callable, &arguments)
            }
            Opcode::LOAD_SUPER_ATTR if self.monitors(code, Event::Call) => {
                // SAFETY: `super`, the class and the object are on the stack.
                let [callable, class, object] =
                    unsafe { [3, 2, 1].map(|n| Value::from_slot(&*sp.sub(n)).clone()) };
                self.monitor_super(frame, index, callable, class, &object)
            }
            Opcode::END_SEND if self.monitors(code, Event::StopIteration) => {
                // SAFETY: the receiver and its result are on the stack.
                let (receiver, result) =
                    unsafe { (Value::from_slot(&*sp.sub(2)), Value::from_slot(&*sp.sub(1))) };
                let class = self.class_of(receiver);
                if !class.is(&self.types.generator) && !class.is(&self.types.coroutine) {
                    return Ok(());
                }
                let stop = self.stop_iteration(&result.clone());
                let stop = self.take_exception(stop);
                self.tell_tools(frame, Event::StopIteration, index, &[stop])
            }
            op if is_branch(op) && self.monitors(code, Event::Branch) => {
                self.await_outcome(frame, index, Outcome::Branch);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reports a call.
    ///
    /// # Safety
    /// Below `sp` lie `count` arguments, below them self or NULL and the callable.
    unsafe fn monitor_call(&self, frame: &Frame, index: u32, sp: Sp, count: usize) -> PyResult<()> {
        // SAFETY: by the caller's word; the words are valid or NULL.
        let (callable, bound, first) = unsafe {
            let place = sp.sub(count + 2);
            let bound = *place.add(1) != 0;
            let first = place.add(if bound { 1 } else { 2 });
            let given = bound || count > 0;
            let first = given.then(|| Value::from_slot(&*first).clone());
            (Value::from_slot(&*place).clone(), bound, first)
        };
        let first = first.unwrap_or_else(|| self.missing());
        let tools = self.tell_of_call(frame, index, &callable, &first)?;
        // A bound method is taken apart before the call.
        let (callable, first) = match callable.payload::<Method>() {
            Some(method) if !bound => (method.function.clone(), method.receiver.clone()),
            _ => (callable, first),
        };
        if callable.payload::<Function>().is_none() {
            self.await_outcome(frame, index, Outcome::Call(callable, first, tools));
        }
        Ok(())
    }

    /// Reports a call with `*arguments`, if it is not that of a Python function.
    fn monitor_spread_call(
        &self,
        frame: &Frame,
        index: u32,
        callable: Value,
        arguments: &Value,
    ) -> PyResult<()> {
        if callable.payload::<Function>().is_some() || callable.payload::<Method>().is_some() {
            return Ok(());
        }
        let first = match arguments.payload::<Tuple>() {
            Some(tuple) => tuple.as_slice().first().cloned(),
            None => arguments.payload::<List>().and_then(|list| list.get(0)),
        };
        let first = first.unwrap_or_else(|| self.missing());
        let tools = self.tell_of_call(frame, index, &callable, &first)?;
        self.await_outcome(frame, index, Outcome::Call(callable, first, tools));
        Ok(())
    }

    /// Reports a call: the tools that were told.
    fn tell_of_call(
        &self,
        frame: &Frame,
        index: u32,
        callable: &Value,
        first: &Value,
    ) -> PyResult<u8> {
        let tools = self.tools_for(frame.code(), Event::Call, index);
        let rest = [callable.clone(), first.clone()];
        self.tell(frame, Event::Call, index, &rest, tools)?;
        Ok(tools)
    }

    /// Reports that `super` is called, which one instruction does together with the look-up.
    fn monitor_super(
        &self,
        frame: &Frame,
        index: u32,
        callable: Value,
        class: Value,
        object: &Value,
    ) -> PyResult<()> {
        let two_arguments = frame.code().data.instructions[index as usize].arg & 2 != 0;
        let first = if two_arguments {
            class.clone()
        } else {
            self.missing()
        };
        let tools = self.tell_of_call(frame, index, &callable, &first)?;
        // The object is made first, so that its end is reported even where the attribute is missing.
        if callable.is(self.types.super_.as_value()) && self.fits_super(&class, object) {
            return self.tell(frame, Event::CReturn, index, &[callable, first], tools);
        }
        self.await_outcome(frame, index, Outcome::Call(callable, first, tools));
        Ok(())
    }

    /// Tells tools of the exception on its way, at the instruction that the frame has saved.
    pub(super) fn monitor_exception(&self, frame: &Frame, event: Event) {
        let index = frame.index();
        if let Some(pending) = self.take_pending(frame)
            && let Outcome::Call(callable, first, tools) = pending.what
            && pending.index == index
        {
            let rest = [callable, first];
            let tools = tools & self.tools_wanting(frame.code(), Event::CRaise);
            self.trace_aside(|| self.tell(frame, Event::CRaise, index, &rest, tools));
        }
        self.monitor_raised(frame, event, index);
    }

    /// Tells tools of the exception on its way.
    pub(super) fn monitor_raised(&self, frame: &Frame, event: Event, index: u32) {
        if !self.monitors(frame.code(), event) {
            return;
        }
        if let Some(exception) = self.raised.get() {
            self.trace_aside(|| self.tell_tools(frame, event, index, &[exception]));
        }
    }

    /// Tells tools that a handler has taken an exception: `Err` if one of them raised another.
    pub(super) fn monitor_handled(
        &self,
        frame: &Frame,
        index: u32,
        exception: &Value,
    ) -> PyResult<()> {
        self.tell_tools(
            frame,
            Event::ExceptionHandled,
            index,
            std::slice::from_ref(exception),
        )
    }

    /// A loop's generator has returned.
    ///
    /// Where branches are reported, CPython's loop asks the generator as any other iterator, and a result is an
    /// exception for a moment.
    pub(super) fn monitor_end_of_loop(&self, frame: &Frame, result: &Value) {
        let event = match self.monitors(frame.code(), Event::Branch) {
            false => Event::StopIteration,
            true if result.is_none() => return,
            true => Event::Raise,
        };
        self.monitor_result(frame, event, result);
    }

    /// The result of something that is iterated over or awaited is reported as the StopIteration it is in CPython.
    pub(super) fn monitor_result(&self, frame: &Frame, event: Event, result: &Value) {
        if !self.monitors(frame.code(), event) {
            return;
        }
        let stop = self.stop_iteration(result);
        let stop = self.take_exception(stop);
        // What a tool raises here has nowhere to go.
        if let Err(raised) = self.tell_tools(frame, event, frame.index(), &[stop]) {
            drop(self.take_exception(raised));
        }
    }
}

/// The instruction in front of a handler: where an exception that a tool raises at the handler comes from.
pub(super) fn before_handler(code: &Code, pc: super::instr::Pc) -> super::instr::Pc {
    let index = code.index_of(pc);
    code.at_beside(pc, index.saturating_sub(1))
}
