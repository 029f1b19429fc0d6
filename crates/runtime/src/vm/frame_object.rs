//! Frame objects: what Python sees of a frame.
//!
//! Made when somebody asks (tracebacks, `sys._getframe`).  While its frame runs the object points to
//! it; when the frame ends and the object is still referred to, it takes the frame's variables over, and
//! the collector comes to know it: until then the frame it stands for is a root.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};

use heap::Visitor;

use super::code::Code;
use super::frame::{Frame, frame_flag};
use super::function::Function;
use super::state::Vm;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::payload::alloc_untracked;
use crate::object::{Kind, Payload, Ref, Slot, Value};

/// A frame object's payload.
pub struct FrameObject {
    /// The live frame; null once it has ended.
    frame: Cell<*const Frame>,
    /// The function, kept here once the frame has ended.
    function: Slot,
    /// Its code then, which the function may exchange.
    code: Slot,
    /// The variables of an ended frame.
    locals: RefCell<Vec<Option<Value>>>,
    /// `f_back` of an ended frame.
    back: Slot,
    /// The local namespace: of module and class bodies, or the snapshot `f_locals` made.
    pub namespace: Slot,
    /// Index of the last instruction of an ended frame.
    last: Cell<u32>,
    /// `f_trace`.
    pub trace: Slot,
    /// `f_trace_lines`.
    pub trace_lines: Cell<bool>,
    /// `f_trace_opcodes`.
    pub trace_opcodes: Cell<bool>,
    /// The line `f_lineno` was set to when the frame yielded, where it goes on; else 0.
    pub jump_line: Cell<u32>,
}

impl Payload for FrameObject {
    const KIND: Kind = Kind::FRAME;
    const NAME: &'static str = "frame";
    const FIELDS: &'static [Field] = fields![
        "frame" => frame as Opaque,
        "function" => function as Value,
        "code" => code as Value,
        "locals" => locals as Opaque,
        "f_back" => back as Value,
        "namespace" => namespace as Value,
        "last" => last as Unsigned,
        "f_trace" => trace as Value,
        "f_trace_lines" => trace_lines as Bool,
        "f_trace_opcodes" => trace_opcodes as Bool,
        "jump_line" => jump_line as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.back);
        visitor.slot(&self.trace);
        visitor.slot(&self.namespace);
        visitor.slot(&self.function);
        visitor.slot(&self.code);
        // Nobody borrows the variables while the collector runs.
        if let Ok(locals) = self.locals.try_borrow() {
            for local in locals.iter().flatten() {
                visitor.value(local);
            }
        }
    }

    fn clear(&self) {
        self.trace.set(None);
        self.namespace.set(None);
        let locals = std::mem::take(&mut *self.locals.borrow_mut());
        drop(locals);
    }
}

impl FrameObject {
    /// The live frame.
    pub fn live(&self) -> Option<&Frame> {
        // SAFETY: the pointer is cleared when the frame ends.
        unsafe { self.frame.get().as_ref() }
    }

    /// The function that runs or ran.
    pub fn function(&self) -> Option<Ref<Function>> {
        match self.live() {
            Some(frame) => Some(frame.function_ref()),
            None => self.function.get().and_then(|f| f.downcast().ok()),
        }
    }

    /// The code.
    pub fn code(&self, vm: &Vm) -> Option<Ref<Code>> {
        let _ = vm;
        match self.live() {
            Some(frame) => Some(frame.code_ref()),
            None => self.code.get()?.downcast().ok(),
        }
    }

    /// Index of the instruction that runs or ran last.
    pub fn last_instruction(&self) -> u32 {
        self.live().map_or_else(|| self.last.get(), visible_index)
    }

    /// The line that runs, 0 where there is none.
    pub fn line(&self, vm: &Vm) -> u32 {
        self.known_line(vm).unwrap_or(0)
    }

    /// `f_lineno`: a module begins at line 0, other instructions may have none.
    pub fn known_line(&self, vm: &Vm) -> Option<u32> {
        if self.jump_line.get() != 0 {
            return Some(self.jump_line.get());
        }
        self.code(vm)?.data.line_at(self.last_instruction())
    }

    /// A variable by its index.
    pub fn local(&self, index: usize) -> Option<Value> {
        match self.live() {
            Some(frame) => frame.local(index).cloned(),
            None => self.locals.borrow().get(index).cloned().flatten(),
        }
    }

    /// Stores a variable of the frame.
    pub fn set_local(&self, index: usize, value: Option<Value>) {
        match self.live() {
            Some(frame) => frame.set_local(index, value),
            None => {
                let old = match self.locals.borrow_mut().get_mut(index) {
                    Some(place) => std::mem::replace(place, value),
                    None => return,
                };
                drop(old);
            }
        }
    }

    /// The calling frame's object.
    pub fn back(&self, vm: &Vm) -> Option<Value> {
        match self.live() {
            Some(frame) => frame.caller().map(|f| vm.frame_object(f).into_value()),
            None => self.back.get(),
        }
    }

    /// True while the frame is running or suspended.
    pub fn is_live(&self) -> bool {
        self.live().is_some()
    }

    /// `frame.clear()` of an ended frame.
    pub fn release_locals(&self) {
        let locals = std::mem::take(&mut *self.locals.borrow_mut());
        drop(locals);
    }
}

/// A suspended generator's saved instruction is the one after its `yield`.
fn visible_index(frame: &Frame) -> u32 {
    let index = frame.index();
    if frame.has(frame_flag::GENERATOR) && frame.prev.get().is_null() && index > 0 {
        index - 1
    } else {
        index
    }
}

/// The generator's frame moved: the object follows.
pub fn moved(frame: &Frame) {
    if let Some(object) = frame.object.peek().and_then(|o| o.payload::<FrameObject>()) {
        object.frame.set(frame);
    }
}

/// The frame ends: the object, if others refer to it, takes the variables over.
pub fn detach(vm: &Vm, frame: &Frame) {
    frame.unset(frame_flag::HAS_OBJECT);
    let Some(object) = frame.object.take() else {
        return;
    };
    let Some(payload) = object.payload::<FrameObject>() else {
        return;
    };
    let last_owner = object.object().is_some_and(|o| {
        // SAFETY: the object is live: `object` holds it.
        unsafe { o.as_ref() }.count() == 1
    });
    payload.last.set(visible_index(frame));
    if !last_owner {
        payload
            .function
            .set(Some(frame.function_ref().into_value()));
        payload.code.set(Some(frame.code_ref().into_value()));
        if payload.namespace.is_empty() {
            payload.namespace.set(frame.namespace.get());
        }
        let locals = (0..frame.code().localsplus).map(|i| {
            // SAFETY: the variable's word moves out of the frame.
            unsafe {
                let place = frame.fp.get().add(i);
                let word = std::mem::take(&mut *place);
                (word != 0).then(|| Value::from_word(word))
            }
        });
        let locals: Vec<Option<Value>> = locals.collect();
        *payload.locals.borrow_mut() = locals;
        if let Some(caller) = frame.caller() {
            payload.back.set(Some(vm.frame_object(caller).into_value()));
        }
        if let Some(object) = object.object() {
            vm.heap.track(object);
        }
    }
    payload.frame.set(std::ptr::null());
}

impl Vm {
    /// The object of a live frame.
    pub fn frame_object(&self, frame: &Frame) -> Ref<FrameObject> {
        if let Some(Ok(known)) = frame.object.get().map(Value::downcast) {
            return known;
        }
        let payload = FrameObject {
            frame: Cell::new(frame),
            function: Slot::default(),
            code: Slot::default(),
            locals: RefCell::default(),
            back: Slot::default(),
            namespace: Slot::default(),
            last: Cell::new(0),
            trace: Slot::default(),
            trace_lines: Cell::new(true),
            trace_opcodes: Cell::new(false),
            jump_line: Cell::new(0),
        };
        let object = alloc_untracked(&self.types.frame, payload);
        frame.object.set(Some(object.to_value()));
        frame.set(frame_flag::HAS_OBJECT);
        object
    }
}
