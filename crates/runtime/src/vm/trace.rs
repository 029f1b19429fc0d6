//! `sys.settrace` and `sys.setprofile`.
//!
//! Tracing costs nothing while it is off.  A code object that is traced gets a second array of
//! instructions whose handler is always `traced`: it reports what is to be reported and then runs
//! the ordinary handler.  A frame moves to that array at a safe point (function entry, resumption,
//! backward jump, after a native call): the eval breaker's `TRACE` bit sends it there.  As the
//! arrays have the same layout, a frame only changes its program counter.
//!
//! The tools of `sys.monitoring` hear of events from the same array (see `monitoring`).
//!
//! Handlers specialise instructions by overwriting their handler; the next traced instruction
//! undoes that, so that loops are seen each time.
#![allow(unsafe_code)]

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::atomic::Ordering;

use bytecode::Opcode;

use super::code::Code;
use super::dispatch::next;
use super::frame::Frame;
use super::frame_object::FrameObject;
use super::instr::{Fp, Handler, Instr, Pc, Sp};
use super::monitored::{Pending, before_handler};
use super::monitoring::{CodeMonitors, MonitoringEvent};
use super::ops;
use super::state::{Vm, breaker};
use super::unwind::unwind;
use crate::object::{List, PyResult, Ref, Slot, Tuple, Value};
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::exceptions::Exception;

/// What a thread's tracing consists of.
#[derive(Default)]
pub struct Tracing {
    /// The function of `sys.settrace`.
    pub trace: Slot,
    /// The function of `sys.setprofile`.
    pub profile: Slot,
    /// The frame that set the trace function wanted its instructions traced: without that, nobody's are.
    opcodes: Cell<bool>,
    /// A trace function runs: nothing is traced.
    busy: Cell<u32>,
    /// What the trace function that runs was told, and of which frame.
    told: Cell<Option<(Event, *const Frame)>>,
    /// A trace function has just moved its frame to another line, which is not reported.
    jumped: Cell<bool>,
    /// The instruction that ran last; its handler may have been overwritten.
    last: Cell<Option<(Ref<Code>, u32)>>,
    /// Native functions whose return the profiler waits for, with the calling frame.
    native: RefCell<Vec<(usize, Value)>>,
    /// Instructions that have something to tell `sys.monitoring` when they have run.
    pub(super) pending: RefCell<Vec<Pending>>,
}

/// The traced form of a code object's instructions.
pub struct TracedCode {
    /// The second array.
    pub instructions: Box<[Instr]>,
    /// What each instruction really does.
    handlers: Box<[Handler]>,
    /// Where a line begins.
    starts: Box<[bool]>,
    /// Where each instruction lies in `co_code`, in bytes.
    offsets: OnceCell<Box<[u32]>>,
    /// What the tools of `sys.monitoring` want of this code alone.
    pub(super) monitors: CodeMonitors,
}

impl TracedCode {
    /// The traced form of `plain`, whose compact form is `data`.
    pub(super) fn new(data: &bytecode::Code, plain: &[Instr], consts: &[Value]) -> TracedCode {
        let mut handlers = Vec::with_capacity(plain.len());
        let mut instructions = Vec::with_capacity(plain.len());
        for (wide, compact) in plain.iter().zip(data.instructions.iter()) {
            let handler = match compact.op {
                Opcode::LOAD_CONST | Opcode::RETURN_CONST => {
                    ops::constant_handler(compact.op, &consts[compact.arg as usize])
                }
                // Whoever listens to calls sees that of the bound method.
                Opcode::LOAD_SUPER_ATTR => ops::load_super_attr_slow,
                op => ops::handler(op, compact.arg),
            };
            let is_constant = matches!(compact.op, Opcode::LOAD_CONST | Opcode::RETURN_CONST);
            handlers.push(handler);
            instructions.push(Instr {
                handler: Cell::new(traced),
                arg: Cell::new(if compact.op == Opcode::CACHE {
                    0
                } else {
                    wide.arg.get()
                }),
                cache: Cell::new(if is_constant { wide.cache.get() } else { 0 }),
            });
        }
        TracedCode {
            instructions: instructions.into(),
            handlers: handlers.into(),
            starts: line_starts(data),
            offsets: OnceCell::new(),
            monitors: CodeMonitors::default(),
        }
    }

    /// True if a line begins at the instruction when it is reached from another one.
    pub(super) fn starts_line(&self, index: u32) -> bool {
        self.starts[index as usize]
    }

    /// Where an instruction of `data`, whose traced form this is, lies in `co_code`.
    pub(super) fn offset_of(&self, data: &bytecode::Code, index: u32) -> u32 {
        let offsets = self.offsets.get_or_init(|| {
            let layout = bytecode::encode::Layout::new(data);
            let count = data.instructions.len() as u32;
            (0..count).map(|index| layout.offset_of(index)).collect()
        });
        offsets.get(index as usize).copied().unwrap_or(0)
    }
}

/// Marks the instructions that begin a line when they are reached from another one.
fn line_starts(data: &bytecode::Code) -> Box<[bool]> {
    let count = data.instructions.len();
    let mut starts = vec![false; count];
    let line = |index: usize| data.line_at(index as u32);
    let may_start = |index: usize| {
        !matches!(
            data.instructions[index].op,
            Opcode::CACHE
                | Opcode::RESUME
                | Opcode::END_FOR
                | Opcode::END_SEND
                | Opcode::END_ASYNC_FOR
        )
    };
    let mut current = None;
    let first = data
        .instructions
        .iter()
        .position(|i| i.op == Opcode::RESUME);
    for (index, start) in starts.iter_mut().enumerate().skip(first.unwrap_or(0)) {
        if may_start(index) {
            *start = line(index).is_some() && line(index) != current;
            current = line(index);
        }
    }
    for instr in &data.instructions {
        // The target of these two is never reached.
        let skips = matches!(instr.op, Opcode::FOR_ITER | Opcode::SEND);
        let target = instr.arg as usize + usize::from(skips);
        if instr.op.is_jump() && target < count && may_start(target) && line(target).is_some() {
            starts[target] = true;
        }
    }
    for entry in data.exception_table.iter() {
        let target = entry.target as usize;
        if target < count && may_start(target) && line(target).is_some() {
            starts[target] = true;
        }
    }
    starts.into()
}

fn has_trace_function(frame: &Frame) -> bool {
    let object = frame.object.peek();
    object
        .and_then(|o| o.payload::<FrameObject>())
        .is_some_and(|f| !f.trace.is_empty())
}

/// What a trace function is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Call,
    /// The frame goes on after a yield.
    Resume,
    Line,
    Return,
    /// A return that the frame may come back from.
    Yield,
    Exception,
    Opcode,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Event::Call | Event::Resume => "call",
            Event::Line => "line",
            Event::Return | Event::Yield => "return",
            Event::Exception => "exception",
            Event::Opcode => "opcode",
        }
    }
}

impl Vm {
    /// Sets or removes the trace function.
    pub fn set_trace(&self, function: Option<Value>) {
        let setter = self.current_frame().and_then(|frame| frame.object.peek());
        let setter = setter.and_then(Value::payload::<FrameObject>);
        let wanted = setter.is_some_and(|frame| frame.trace_opcodes.get());
        self.tracing.opcodes.set(wanted);
        self.tracing.trace.set(function);
        self.tracing_changed();
    }

    /// Sets or removes the profile function.
    pub fn set_profile(&self, function: Option<Value>) {
        self.tracing.profile.set(function);
        self.tracing_changed();
    }

    pub(super) fn tracing_changed(&self) {
        let own = !self.tracing.trace.is_empty() || !self.tracing.profile.is_empty();
        if !own && !self.interp.monitoring.is_active() {
            drop(self.tracing.pending.take());
            self.breaker.fetch_and(!breaker::TRACE, Ordering::Relaxed);
            // The instruction that runs may still get another handler: what is left to undo stays noted.
            drop(self.tracing.native.take());
        } else {
            self.breaker.fetch_or(breaker::TRACE, Ordering::Relaxed);
            self.trace_callers();
        }
    }

    /// Makes the frames below the running one go on in their traced instructions, where they have a trace
    /// function of their own or a profiler is on: they go on where their saved position says.
    pub(crate) fn trace_callers(&self) {
        if self.breaker.load(Ordering::Relaxed) & breaker::TRACE == 0 {
            return;
        }
        let mut frame = self.current_frame();
        while let Some(callee) = frame
            && let Some(caller) = callee.caller()
        {
            if !self.tracing.profile.is_empty()
                || has_trace_function(caller)
                || self.monitors_code(caller.code())
            {
                for place in [&caller.pc, &callee.return_pc] {
                    if let Some(traced) = caller.code().traced_twin(place.get()) {
                        place.set(traced);
                    }
                }
            }
            frame = Some(caller);
        }
    }

    /// True if events are to be reported.
    #[inline]
    pub(crate) fn is_traced(&self) -> bool {
        self.breaker.load(Ordering::Relaxed) & breaker::TRACE != 0 && self.tracing.busy.get() == 0
    }

    /// Where a frame goes on at a safe point in front of `pc`: in the traced instructions if it
    /// is to be traced.  `entry` says that it is about to report its beginning.
    #[cold]
    pub(crate) fn traced_pc(&self, frame: &Frame, pc: Pc, entry: bool) -> Pc {
        if !self.is_traced() || frame.code().is_traced_pc(pc) {
            return pc;
        }
        let tracing = &self.tracing;
        let wanted = entry && !tracing.trace.is_empty()
            || !tracing.profile.is_empty()
            || has_trace_function(frame)
            || self.monitors_code(frame.code());
        if !wanted {
            return pc;
        }
        let code = frame.code();
        let index = code.index_of(pc);
        &raw const code.traced().instructions[index as usize]
    }

    /// What the running trace function was told of a frame: `None` if it was told of another one.
    /// The outer `None` says that no trace function runs.
    pub(crate) fn told_of(&self, frame: Option<&Frame>) -> Option<Option<Event>> {
        let (event, told) = self.tracing.told.get()?;
        let same = frame.is_some_and(|f| std::ptr::eq(f, told));
        Some(same.then_some(event))
    }

    /// Does something that is not traced.
    pub(crate) fn untraced<T>(&self, run: impl FnOnce() -> T) -> T {
        let busy = &self.tracing.busy;
        busy.set(busy.get() + 1);
        let result = run();
        busy.set(busy.get() - 1);
        result
    }

    /// Calls a function without being traced oneself.
    fn call_trace_function(
        &self,
        function: &Value,
        frame: &Frame,
        event: &str,
        arg: &Value,
    ) -> PyResult {
        let frame = self.frame_object(frame).into_value();
        self.untraced(|| self.call(function, &[frame, self.intern(event), arg.clone()]))
    }

    /// Reports an event to both functions.
    fn report(&self, frame: &Frame, event: Event, arg: &Value) -> PyResult<()> {
        if let Some(profile) = self.tracing.profile.get()
            && !matches!(event, Event::Line | Event::Exception | Event::Opcode)
        {
            self.report_to_profile(&profile, frame, event.name(), arg)?;
        }
        self.report_to_trace(frame, event, arg)
    }

    fn report_to_trace(&self, frame: &Frame, event: Event, arg: &Value) -> PyResult<()> {
        let Some(global) = self.tracing.trace.get() else {
            return Ok(());
        };
        let object = self.frame_object(frame);
        let function = match event {
            Event::Call | Event::Resume => global,
            _ => match object.trace.get() {
                Some(local) => local,
                None => return Ok(()),
            },
        };
        let outer = self.tracing.told.replace(Some((event, frame)));
        let result = self.call_trace_function(&function, frame, event.name(), arg);
        self.tracing.told.set(outer);
        match result {
            Ok(local) if local.is_none() => Ok(()),
            Ok(local) => {
                object.trace.set(Some(local));
                Ok(())
            }
            Err(raised) => {
                object.trace.set(None);
                self.set_trace(None);
                Err(raised)
            }
        }
    }

    fn report_to_profile(
        &self,
        profile: &Value,
        frame: &Frame,
        event: &str,
        arg: &Value,
    ) -> PyResult<()> {
        match self.call_trace_function(profile, frame, event, arg) {
            Ok(_) => Ok(()),
            Err(raised) => {
                self.set_profile(None);
                Err(raised)
            }
        }
    }

    /// Reports that the exception on its way arose in (or came to) a frame.
    #[cold]
    pub(crate) fn trace_exception(&self, frame: &Frame) {
        if self.interp.monitoring.is_active() {
            self.monitor_exception(frame, MonitoringEvent::Raise);
        }
        self.report_exception(frame);
    }

    /// Tells a trace function of the exception on its way.
    fn report_exception(&self, frame: &Frame) {
        if !frame.code().is_traced_pc(frame.pc.get()) {
            return;
        }
        if let Some(function) = self.native_call_of(frame)
            && let Some(profile) = self.tracing.profile.get()
        {
            self.trace_aside(|| self.report_to_profile(&profile, frame, "c_exception", &function));
        }
        let Some(exception) = self.raised.get() else {
            return;
        };
        let traceback = exception
            .payload::<Exception>()
            .and_then(|e| e.traceback.get());
        let arg = self.tuple_value([
            self.class_of(&exception).to_value(),
            exception,
            traceback.unwrap_or(Value::NONE),
        ]);
        self.trace_aside(|| self.report(frame, Event::Exception, &arg));
    }

    /// Reports that the exception on its way is raised again in a frame.
    #[cold]
    pub(crate) fn trace_raised_again(&self, frame: &Frame) {
        if self.interp.monitoring.is_active() {
            self.monitor_exception(frame, MonitoringEvent::Reraise);
        }
    }

    /// Reports that an exception has come to its handler, where the frame is about to go on: where the
    /// exception that a tool raises instead comes from.
    #[cold]
    pub(crate) fn trace_handled(
        &self,
        frame: &Frame,
        handler: Pc,
        exception: &Value,
    ) -> Option<Pc> {
        let code = frame.code();
        if !self.monitors(code, MonitoringEvent::ExceptionHandled) {
            return None;
        }
        let here = frame.pc.replace(handler);
        let index = code.index_of(handler);
        let told = self.monitor_handled(frame, index, exception);
        frame.pc.set(here);
        told.err().map(|_| before_handler(code, handler))
    }

    /// Reports that an exception is thrown into a suspended frame, which it moves to the traced
    /// instructions.
    #[cold]
    pub(crate) fn trace_throw(&self, frame: &Frame) -> Pc {
        let pc = self.traced_pc(frame, frame.pc.get(), true);
        frame.pc.set(pc);
        if self.interp.monitoring.is_active() {
            self.monitor_raised(frame, MonitoringEvent::PyThrow, frame.index());
        }
        if self.tracing.trace.is_empty() && self.tracing.profile.is_empty() {
            return pc;
        }
        // A profiler is told the exception too.
        if let (Some(profile), Some(thrown)) = (self.tracing.profile.get(), self.raised.get()) {
            let event = Event::Call.name();
            self.trace_aside(|| self.report_to_profile(&profile, frame, event, &thrown));
        }
        self.trace_aside(|| self.report_to_trace(frame, Event::Call, &Value::NONE));
        pc
    }

    /// Reports that an exception leaves a frame, in which the instruction at `from` raised it last.
    #[cold]
    pub(crate) fn trace_unwind(&self, frame: &Frame, from: Pc) {
        if self.interp.monitoring.is_active() {
            let index = frame.code().index_of(from);
            self.monitor_raised(frame, MonitoringEvent::PyUnwind, index);
        }
        if frame.code().is_traced_pc(frame.pc.get()) {
            self.trace_aside(|| self.report(frame, Event::Return, &Value::NONE));
        }
    }

    /// Runs trace functions while an exception is on its way; what they raise replaces it.
    pub(super) fn trace_aside(&self, run: impl FnOnce() -> PyResult<()>) {
        let raised = self.raised.take();
        let silent = self.silent.replace(false);
        if run().is_ok() {
            self.raised.set(raised);
        }
        self.silent.set(silent);
    }

    /// The native function that a frame called last, if its end was not reported yet.
    fn native_call_of(&self, frame: &Frame) -> Option<Value> {
        let mut calls = self.tracing.native.borrow_mut();
        let here = std::ptr::from_ref(frame) as usize;
        if calls.last().is_some_and(|(frame, _)| *frame == here) {
            calls.pop().map(|(_, function)| function)
        } else {
            None
        }
    }

    /// Reports what has to be reported before an instruction runs.
    ///
    /// # Safety
    /// The frame is running, its registers are saved and `index` is its instruction; `previous`
    /// ran before it.
    unsafe fn before_instruction(
        &self,
        frame: &Frame,
        traced: &TracedCode,
        previous: u32,
        index: u32,
        sp: Sp,
    ) -> PyResult<()> {
        if let Some(function) = self.native_call_of(frame)
            && let Some(profile) = self.tracing.profile.get()
        {
            self.report_to_profile(&profile, frame, "c_return", &function)?;
        }
        let own = !self.tracing.trace.is_empty() || !self.tracing.profile.is_empty();
        let monitored = self.interp.monitoring.is_active();
        if monitored {
            self.report_outcome(frame, previous, index)?;
        }
        let data = &frame.code().data;
        let instr = data.instructions[index as usize];
        let here = frame.pc.get();
        let jumped = self.tracing.jumped.take();
        match instr.op {
            Opcode::RESUME => {
                let event = match instr.arg & 3 {
                    0 => Event::Call,
                    _ => Event::Resume,
                };
                if own {
                    self.report(frame, event, &Value::NONE)?;
                }
                if monitored {
                    self.monitor_resume(frame, index, instr.arg)?;
                }
                return self.jump_after_yield(frame);
            }
            Opcode::CALL | Opcode::CALL_KW if !self.tracing.profile.is_empty() => {
                let names = u32::from(instr.op == Opcode::CALL_KW);
                // SAFETY: callable, self or NULL, arguments and perhaps names are on the stack.
                unsafe { self.report_native_call(frame, sp.sub(names as usize), instr.arg)? };
            }
            Opcode::END_SEND if own => {
                // SAFETY: the receiver and its result are on the stack.
                let (receiver, result) =
                    unsafe { (Value::from_slot(&*sp.sub(2)), Value::from_slot(&*sp.sub(1))) };
                self.report_end_of_delegate(frame, receiver, result)?;
            }
            Opcode::CALL_FUNCTION_EX if !self.tracing.profile.is_empty() => {
                let names = instr.arg & 1;
                // SAFETY: callable, NULL, the iterable of arguments and perhaps a mapping are on the stack.
                let (callable, arguments) = unsafe {
                    let place = sp.sub(names as usize + 3);
                    let arguments = Value::from_slot(&*place.add(2));
                    (Value::from_slot(&*place).clone(), arguments.clone())
                };
                let first = match arguments.payload::<Tuple>() {
                    Some(tuple) => tuple.as_slice().first().cloned(),
                    None => arguments.payload::<List>().and_then(|list| list.get(0)),
                };
                self.report_native(frame, callable, first)?;
            }
            _ => {}
        }
        if own && traced.starts[index as usize] && !jumped {
            let begins = data.instructions[previous as usize].op == Opcode::RESUME;
            // A loop of one line is reported each time.
            let loops = index <= previous
                && data.instructions[previous as usize].op == Opcode::JUMP_BACKWARD;
            if begins || data.line_at(index) != data.line_at(previous) || loops {
                let wanted = self.frame_object(frame).trace_lines.get();
                if wanted {
                    self.report(frame, Event::Line, &Value::NONE)?;
                    if frame.pc.get() != here {
                        return Ok(());
                    }
                }
            }
        }
        if monitored {
            self.monitor_line(frame, traced, previous, index)?;
        }
        let object = frame.object.peek().and_then(|o| o.payload::<FrameObject>());
        if self.tracing.opcodes.get() && object.is_some_and(|o| o.trace_opcodes.get()) {
            self.report(frame, Event::Opcode, &Value::NONE)?;
        }
        if own {
            // SAFETY: by the caller's word.
            unsafe { self.report_leaving(frame, instr, sp)? };
        }
        if monitored {
            // SAFETY: by the caller's word.
            unsafe { self.monitor_instruction(frame, traced, index, sp)? };
        }
        Ok(())
    }

    /// Reports a return or yield that is about to run.
    ///
    /// # Safety
    /// `sp` is the operand stack's end at the instruction.
    unsafe fn report_leaving(&self, frame: &Frame, instr: bytecode::Instr, sp: Sp) -> PyResult<()> {
        match instr.op {
            Opcode::RETURN_VALUE | Opcode::YIELD_VALUE => {
                // SAFETY: the value is the topmost operand.
                let value = unsafe { Value::from_slot(&*sp.sub(1)) }.clone();
                let event = match instr.op {
                    Opcode::YIELD_VALUE => Event::Yield,
                    _ => Event::Return,
                };
                self.report(frame, event, &value)
            }
            Opcode::RETURN_CONST => {
                let value = frame.code().consts[instr.arg as usize].clone();
                self.report(frame, Event::Return, &value)
            }
            _ => Ok(()),
        }
    }

    /// A loop's iterator raised StopIteration, which is reported before it ends the loop.
    #[cold]
    pub(crate) fn trace_stop(&self, raised: crate::Raised) {
        if let Some(frame) = self.current_frame() {
            self.trace_stop_in(frame);
        }
        // What a trace function raises is lost here.
        drop(self.take_exception(raised));
    }

    /// An iterator that a frame asks raised StopIteration.
    #[cold]
    pub(crate) fn trace_stop_in(&self, frame: &Frame) {
        if self.interp.monitoring.is_active() {
            self.monitor_raised(frame, MonitoringEvent::Raise, frame.index());
        }
        self.report_exception(frame);
    }

    /// A loop's generator returned something other than None: it counts as a StopIteration.
    #[cold]
    pub(crate) fn trace_result_of_loop(&self, frame: &Frame, result: &Value) {
        if self.interp.monitoring.is_active() {
            self.monitor_end_of_loop(frame, result);
        }
        if !result.is_none() && frame.code().is_traced_pc(frame.pc.get()) {
            let stop = self.stop_iteration(result);
            self.report_exception(frame);
            drop(self.take_exception(stop));
        }
    }

    /// A generator or coroutine that was delegated to has returned: it is reported as if it had
    /// raised the StopIteration that resuming it by hand gives.
    fn report_end_of_delegate(
        &self,
        frame: &Frame,
        receiver: &Value,
        result: &Value,
    ) -> PyResult<()> {
        let class = self.class_of(receiver);
        if !class.is(&self.types.generator) && !class.is(&self.types.coroutine) {
            return Ok(());
        }
        let stop = self.stop_iteration(result);
        let stop = self.take_exception(stop);
        let class = self.class_of(&stop).to_value();
        let arg = self.tuple_value([class, stop, Value::NONE]);
        self.report(frame, Event::Exception, &arg)
    }

    /// Reports the call of a native function to the profiler.
    ///
    /// # Safety
    /// Below `sp` lie `count` arguments, below them self or NULL and the callable.
    unsafe fn report_native_call(&self, frame: &Frame, sp: Sp, count: u32) -> PyResult<()> {
        // SAFETY: by the caller's word; the words are valid or NULL.
        let (callable, first) = unsafe {
            let place = sp.sub(count as usize + 2);
            // Without a receiver on its own place it is the first argument.
            let first = place.add(if *place.add(1) == 0 && count > 0 {
                2
            } else {
                1
            });
            let given = *first != 0;
            (
                Value::from_slot(&*place).clone(),
                given.then(|| Value::from_slot(&*first).clone()),
            )
        };
        self.report_native(frame, callable, first)
    }

    /// Reports a call to the profiler if it is that of a native function, or of a method bound to the first
    /// argument.
    fn report_native(&self, frame: &Frame, callable: Value, first: Option<Value>) -> PyResult<()> {
        let function = if callable.payload::<BuiltinFunction>().is_some() {
            callable
        } else if callable.payload::<MethodDescriptor>().is_some()
            && let Some(receiver) = first
            && let Some(bind) = self.class_of(&callable).slots().descr_get
        {
            bind(self, &callable, Some(&receiver), None)?
        } else {
            return Ok(());
        };
        let Some(profile) = self.tracing.profile.get() else {
            return Ok(());
        };
        self.report_to_profile(&profile, frame, "c_call", &function)?;
        let here = std::ptr::from_ref(frame) as usize;
        self.tracing.native.borrow_mut().push((here, function));
        Ok(())
    }

    /// Undoes what the instruction that ran last may have done to its handler.
    fn restore_last(&self, code: Ref<Code>, index: u32) {
        self.settle_last();
        self.tracing.last.set(Some((code, index)));
    }

    /// The same, with nothing to run in its place.
    pub(crate) fn settle_last(&self) {
        if let Some((last, at)) = self.tracing.last.take() {
            last.traced().instructions[at as usize].handler.set(traced);
        }
    }
}

/// The handler of all traced instructions.
///
/// # Safety
/// The contract of handlers.
#[inline(never)]
unsafe fn traced(vm: &Vm, pc: Pc, sp: Sp, fp: Fp) -> u64 {
    // SAFETY: the contract of handlers.
    unsafe {
        let next = before_step(vm, pc, sp);
        let frame = &*vm.frame.get();
        if next.is_null() {
            return unwind(vm, frame.pc.get(), sp, fp);
        }
        if next != pc {
            next!(vm, next, frame.sp.get(), fp);
        }
        let code = frame.code();
        code.traced().handlers[code.index_of(pc) as usize](vm, pc, sp, fp)
    }
}

/// Tells trace functions of the instruction that is about to run: where to go on, which is the instruction
/// itself unless tracing has ended or a program set `f_lineno`; null where an exception was raised.  The frame's
/// `sp` is saved.
///
/// A function of its own, never inlined: whatever has a place in memory here would keep its caller from jumping
/// on, and each traced instruction would take native stack.
#[inline(never)]
unsafe fn before_step(vm: &Vm, pc: Pc, sp: Sp) -> Pc {
    // SAFETY: the contract of handlers.
    unsafe {
        let frame = &*vm.frame.get();
        let code = frame.code();
        let index = code.index_of(pc);
        let form = code.traced();
        if vm.breaker.load(Ordering::Relaxed) & breaker::TRACE == 0 {
            // Tracing has ended: the frame leaves this array at its next resumption, where no
            // operand can have been prepared for the other one.
            frame.sp.set(sp);
            if code.data.instructions[index as usize].op == Opcode::RESUME {
                vm.settle_last();
                return code.at(index);
            }
            vm.restore_last(frame.code_ref(), index);
            return pc;
        }
        let previous = code.index_of(frame.pc.get());
        frame.pc.set(pc);
        frame.sp.set(sp);
        vm.restore_last(frame.code_ref(), index);
        if vm.is_traced()
            && vm
                .before_instruction(frame, form, previous, index, sp)
                .is_err()
        {
            return std::ptr::null();
        }
        let chosen = frame.pc.get();
        if chosen == pc {
            return pc;
        }
        // `f_lineno` was set: the frame goes on there.
        vm.tracing.jumped.set(true);
        code.at_beside(pc, code.index_of(chosen))
    }
}
