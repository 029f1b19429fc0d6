//! `sys.monitoring` (PEP 669): which tools want to hear of which events, and telling them.
//!
//! Events are found in the second array of instructions that `trace` describes: a code object runs in it
//! while somebody listens to it, so that nothing costs anything while nobody does.  What instructions
//! report is in `monitored`.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::code::Code;
use super::frame::Frame;
use super::state::Vm;
use crate::object::{PyResult, Ref, Slot, Value};

/// Number of tools that programs can use.
pub const TOOLS: usize = 6;
/// The names of the events, each at its number.
pub const EVENT_NAMES: [&str; 17] = [
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
    "C_RAISE",
];
/// The events that belong to a place in the code: they can be wanted of one code object and be disabled.
pub const LOCAL_EVENTS: u32 = (1 << 10) - 1;
/// The two events that come with `CALL`.
pub const CALL_RESULTS: u32 =
    1 << MonitoringEvent::CReturn as u32 | 1 << MonitoringEvent::CRaise as u32;

/// What tools can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
#[allow(missing_docs, reason = "EVENT_NAMES has their names")]
pub enum MonitoringEvent {
    PyStart,
    PyResume,
    PyReturn,
    PyYield,
    Call,
    Line,
    Instruction,
    Jump,
    Branch,
    StopIteration,
    Raise,
    ExceptionHandled,
    PyUnwind,
    PyThrow,
    Reraise,
    CReturn,
    CRaise,
}

impl MonitoringEvent {
    /// The bit in a set of events.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The event that is wanted where this one is.
    fn group(self) -> MonitoringEvent {
        if self.bit() & CALL_RESULTS != 0 {
            MonitoringEvent::Call
        } else {
            self
        }
    }

    fn is_local(self) -> bool {
        self.bit() & LOCAL_EVENTS != 0
    }
}

/// What an interpreter knows of its tools.
#[derive(Default)]
pub struct Monitoring {
    names: [Slot; TOOLS],
    callbacks: [[Slot; EVENT_NAMES.len()]; TOOLS],
    /// What each tool wants of all code.
    events: [Cell<u32>; TOOLS],
    /// Number of pairs of a tool and a code object of which it wants something.
    local: Cell<usize>,
    /// How often disabled places were enabled again.
    restarts: Cell<u32>,
    /// `sys.monitoring.DISABLE`.
    pub disable: Slot,
    /// `sys.monitoring.MISSING`.
    pub missing: Slot,
}

impl Monitoring {
    /// Forgets tools and callbacks, when the interpreter is torn down.
    pub(super) fn clear(&self) {
        self.events.iter().for_each(|events| events.set(0));
        self.local.set(0);
        let callbacks = self.callbacks.iter().flatten();
        let slots = callbacks.chain(&self.names);
        slots
            .chain([&self.disable, &self.missing])
            .for_each(|slot| slot.set(None));
    }

    /// True if any tool wants anything.
    #[inline]
    pub fn is_active(&self) -> bool {
        self.local.get() != 0 || self.wanted_of_all() != 0
    }

    /// What any tool wants of all code.
    fn wanted_of_all(&self) -> u32 {
        self.events.iter().fold(0, |all, events| all | events.get())
    }

    /// The name of a tool, if it is in use.
    pub fn tool_name(&self, tool: usize) -> Option<Value> {
        self.names[tool].get()
    }

    /// Takes or frees a tool.
    pub fn set_tool_name(&self, tool: usize, name: Option<Value>) {
        self.names[tool].set(name);
    }

    /// Replaces a callback; the old one.
    pub fn replace_callback(
        &self,
        tool: usize,
        event: usize,
        callback: Option<Value>,
    ) -> Option<Value> {
        let old = self.callbacks[tool][event].get();
        self.callbacks[tool][event].set(callback);
        old
    }

    /// What a tool wants of all code.
    pub fn events(&self, tool: usize) -> u32 {
        self.events[tool].get()
    }

    /// The tools that want an event of all code, a bit each.
    pub fn tools_of(&self, event: usize) -> u32 {
        (0..TOOLS).fold(0, |tools, tool| {
            tools | (self.events[tool].get() >> event & 1) << tool
        })
    }

    /// Enables all disabled places again.
    pub fn restart(&self) {
        self.restarts.set(self.restarts.get().wrapping_add(1));
    }
}

/// What tools want of one code object, and where they do not want it any more.
#[derive(Default)]
pub struct CodeMonitors {
    events: [Cell<u32>; TOOLS],
    /// The tools that disabled an event at an instruction.
    disabled: RefCell<HashMap<(u32, u32), u8>>,
    /// The number of restarts that `disabled` knows.
    restarts: Cell<u32>,
}

impl CodeMonitors {
    fn wanted(&self) -> u32 {
        self.events.iter().fold(0, |all, events| all | events.get())
    }

    fn disabled_for(&self, index: u32, event: MonitoringEvent, restarts: u32) -> u8 {
        if self.disabled.borrow().is_empty() {
            return 0;
        }
        if self.restarts.get() != restarts {
            self.disabled.borrow_mut().clear();
            return 0;
        }
        let place = (index, event.group() as u32);
        self.disabled.borrow().get(&place).copied().unwrap_or(0)
    }

    fn disable(&self, index: u32, event: MonitoringEvent, tool: usize, restarts: u32) {
        let mut disabled = self.disabled.borrow_mut();
        if self.restarts.replace(restarts) != restarts {
            disabled.clear();
        }
        *disabled.entry((index, event.group() as u32)).or_default() |= 1 << tool;
    }
}

impl Vm {
    /// Sets what a tool wants of all code.
    pub fn set_monitoring_events(&self, tool: usize, events: u32) {
        self.interp.monitoring.events[tool].set(events);
        self.monitoring_changed();
    }

    /// What a tool wants of one code object.
    pub fn local_monitoring_events(&self, tool: usize, code: &Code) -> u32 {
        code.monitors().map_or(0, |m| m.events[tool].get())
    }

    /// Sets what a tool wants of one code object.
    pub fn set_local_monitoring_events(&self, tool: usize, code: &Code, events: u32) {
        if events == 0 && code.monitors().is_none() {
            return;
        }
        let old = code.traced().monitors.events[tool].replace(events);
        let local = &self.interp.monitoring.local;
        match (old != 0, events != 0) {
            (false, true) => local.set(local.get() + 1),
            (true, false) => local.set(local.get().saturating_sub(1)),
            _ => {}
        }
        self.monitoring_changed();
    }

    fn monitoring_changed(&self) {
        self.for_each_thread(Vm::tracing_changed);
    }

    /// True if a tool wants to hear of something that instructions of this code do.
    pub(super) fn monitors_code(&self, code: &Code) -> bool {
        let monitoring = &self.interp.monitoring;
        let local = code.monitors().map_or(0, CodeMonitors::wanted);
        (monitoring.wanted_of_all() & LOCAL_EVENTS) | local != 0
    }

    /// True if a tool wants to hear of an event of this code.
    pub(super) fn monitors(&self, code: &Code, event: MonitoringEvent) -> bool {
        let local = code.monitors().map_or(0, CodeMonitors::wanted);
        (self.interp.monitoring.wanted_of_all() | local) & event.group().bit() != 0
    }

    /// The tools that want an event of a code object, a bit each.
    pub(super) fn tools_wanting(&self, code: &Code, event: MonitoringEvent) -> u8 {
        let monitoring = &self.interp.monitoring;
        let bit = event.group().bit();
        let monitors = code.monitors();
        (0..TOOLS).fold(0, |tools, tool| {
            let local = monitors.map_or(0, |m| m.events[tool].get());
            let wanted = (monitoring.events[tool].get() | local) & bit != 0;
            tools | u8::from(wanted) << tool
        })
    }

    /// Those of them that have not disabled it at an instruction.
    pub(super) fn tools_for(&self, code: &Code, event: MonitoringEvent, index: u32) -> u8 {
        let tools = self.tools_wanting(code, event);
        match code.monitors() {
            Some(monitors) if tools != 0 => {
                let restarts = self.interp.monitoring.restarts.get();
                tools & !monitors.disabled_for(index, event, restarts)
            }
            _ => tools,
        }
    }

    /// Tells the tools that want it of an event at an instruction: with the code, the place (an offset, or
    /// the line of a `LINE` event) and what else belongs to the event.
    pub(super) fn tell_tools(
        &self,
        frame: &Frame,
        event: MonitoringEvent,
        index: u32,
        rest: &[Value],
    ) -> PyResult<()> {
        let tools = self.tools_for(frame.code(), event, index);
        self.tell(frame, event, index, rest, tools)
    }

    /// As [`Vm::tell_tools`], for these tools, a bit each.
    pub(super) fn tell(
        &self,
        frame: &Frame,
        event: MonitoringEvent,
        index: u32,
        rest: &[Value],
        tools: u8,
    ) -> PyResult<()> {
        if tools == 0 {
            return Ok(());
        }
        let code: Ref<Code> = frame.code_ref();
        let place = match event {
            MonitoringEvent::Line => code.line_at(index),
            _ => code.traced().offset_of(&code.data, index),
        };
        let mut args = vec![code.to_value(), self.int(i64::from(place))];
        args.extend_from_slice(rest);
        let monitoring = &self.interp.monitoring;
        for tool in (0..TOOLS).rev().filter(|tool| tools >> tool & 1 != 0) {
            let Some(callback) = monitoring.callbacks[tool][event as usize].get() else {
                continue;
            };
            let result = self.untraced(|| self.call(&callback, &args))?;
            if !monitoring.disable.peek().is_some_and(|d| d.is(&result)) {
                continue;
            }
            if event.is_local() {
                let restarts = monitoring.restarts.get();
                code.traced().monitors.disable(index, event, tool, restarts);
                continue;
            }
            monitoring.callbacks[tool][event as usize].set(None);
            return Err(self.value_error(format!(
                "Cannot disable {} events. Callback removed.",
                EVENT_NAMES[event as usize]
            )));
        }
        Ok(())
    }
}
