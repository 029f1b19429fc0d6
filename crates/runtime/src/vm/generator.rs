//! Generators, coroutines and asynchronous generators: objects that own their frame.
//!
//! The object's block ends in the frame's variables, the frame and its operand stack.  Resuming links
//! the frame under the running one and continues at its saved instruction, in place; `FOR_ITER` and
//! `SEND` do so without leaving the VM loop, native code enters a nested loop.
#![allow(unsafe_code)]

use std::cell::Cell;

use heap::Visitor;

use super::frame::{FRAME_WORDS, Frame, drop_word, frame_flag};
use super::instr::Sp;
use super::ops::macros::read_word;
use super::state::{Handled, Vm};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::{Visit, alloc_variable};
use crate::object::{Class, Kind, Object, Payload, PyResult, Raised, Ref, Slot, Value};

/// Where a generator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not started.
    Created,
    /// At a `yield`.
    Suspended,
    /// Running, or waiting for something it called.
    Running,
    /// Closed before it started: as finished, but its variables stay until it dies (as in CPython).
    Abandoned,
    /// Returned, raised or closed.
    Finished,
}

/// The payload of all three kinds; the class tells which it is.
#[repr(C)]
pub struct Generator {
    /// `__name__`.
    pub name: Slot,
    /// `__qualname__`.
    pub qualname: Slot,
    /// The code object, kept when the frame is gone.
    pub code: Slot,
    /// The exception handled inside, chained to that of whoever resumes.
    pub handled: Handled,
    /// Where it stands.
    pub state: Cell<State>,
    /// Asynchronous generator: a step of it is running.
    pub async_running: Cell<bool>,
    /// Asynchronous generator: closed.
    pub async_closed: Cell<bool>,
    /// Asynchronous generator: the hooks of `sys.set_asyncgen_hooks` were called.
    pub hooks_called: Cell<bool>,
    /// Asynchronous generator: the finalizer hook; coroutine: `cr_origin`.
    pub extra: Slot,
    locals: u32,
    words: u32,
}

impl Payload for Generator {
    const KIND: Kind = Kind::GENERATOR;
    const NAME: &'static str = "generator";
    const VARIABLE: bool = true;
    const FINALIZES: bool = true;
    const FIELDS: &'static [Field] = fields![
        "__name__" => name as Value,
        "__qualname__" => qualname as Value,
        "code" => code as Value,
        "handled" => handled as Opaque,
        "state" => state as Opaque,
        "async_running" => async_running as Bool,
        "async_closed" => async_closed as Bool,
        "hooks_called" => hooks_called as Bool,
        "extra" => extra as Value,
        "locals" => locals as Unsigned,
        "words" => words as Unsigned,
    ];

    fn trailing_bytes(&self) -> usize {
        self.words as usize * 8
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.name);
        visitor.slot(&self.qualname);
        visitor.slot(&self.extra);
        if self.owns_variables() {
            let frame = self.frame();
            // SAFETY: a suspended frame's words are its variables and operands.
            unsafe {
                visitor.object(std::ptr::NonNull::new_unchecked(
                    frame.function.get() as *mut heap::Header
                ));
                visitor.slot(&self.code);
                visitor.slot(&frame.object);
                visitor.slot(&frame.namespace);
                let mut place = self.first_word();
                let header = std::ptr::from_ref(frame) as Sp;
                while place < frame.sp.get() {
                    if place == header {
                        place = place.add(FRAME_WORDS);
                        continue;
                    }
                    if *place != 0 {
                        visitor.value(Value::from_slot(&*place));
                    }
                    place = place.add(1);
                }
            }
            visitor.slot(&self.handled.exception);
        }
    }

    fn clear(&self) {
        self.extra.set(None);
        if self.owns_variables() {
            // SAFETY: the frame is suspended, nobody runs it.
            unsafe { self.release_frame() };
        }
        self.handled.exception.set(None);
        self.name.set(None);
        self.qualname.set(None);
    }

    fn finalize(this: &Value) {
        super::generator_methods::finalize(super::state::current_vm(), this);
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        if self.owns_variables() {
            // SAFETY: the frame is suspended, nobody runs it.
            unsafe { self.release_frame() };
        }
    }
}

impl Generator {
    fn first_word(&self) -> Sp {
        // SAFETY: the payload lies in an Object<Generator>, which the words follow.
        unsafe {
            (self as *const Generator)
                .cast_mut()
                .cast::<u8>()
                .add(size_of::<Object<Generator>>() - Object::<Generator>::PAYLOAD_OFFSET)
                .cast()
        }
    }

    /// The frame; its variables are released once the generator is finished.
    pub fn frame(&self) -> &Frame {
        // SAFETY: the frame was written when the generator was made.
        unsafe { &*self.first_word().add(self.locals as usize).cast::<Frame>() }
    }

    /// True while it runs because native code, which holds it, wanted its next value.
    pub fn is_driven_by_native(&self) -> bool {
        self.state.get() == State::Running && self.frame().has(frame_flag::ENTRY)
    }

    /// True unless it is finished.
    pub fn has_frame(&self) -> bool {
        !self.is_finished()
    }

    /// True if it will not run again.
    pub fn is_finished(&self) -> bool {
        matches!(self.state.get(), State::Abandoned | State::Finished)
    }

    /// True if its variables are there and nobody runs it.
    fn owns_variables(&self) -> bool {
        matches!(
            self.state.get(),
            State::Created | State::Suspended | State::Abandoned
        )
    }

    /// The object it delegates to by `yield from` or `await`, while suspended there.
    pub fn delegate(&self) -> Option<Value> {
        if self.state.get() != State::Suspended {
            return None;
        }
        let frame = self.frame();
        let code = frame.code();
        let index = code.index_of(frame.pc.get()) as usize;
        let next = code.data.instructions.get(index)?;
        // Suspended at a YIELD_VALUE that belongs to a SEND loop: RESUME with 2 or 3 follows.
        if next.op != bytecode::Opcode::RESUME || next.arg & 3 < 2 {
            return None;
        }
        // SAFETY: the receiver is the topmost operand while the loop waits.
        unsafe { Some(Value::from_slot(&*frame.sp.get().sub(1)).clone()) }
    }

    /// True if it is suspended in an `await` or `yield from`.
    pub fn awaits_something(&self) -> bool {
        self.delegate().is_some()
    }

    /// The object delegated to has returned although nothing was sent to it by the loop: the
    /// generator goes on behind its `SEND`, without the receiver.
    pub(crate) fn finish_delegation(&self, _vm: &Vm) {
        let frame = self.frame();
        let code = frame.code();
        // Behind the yield's RESUME the loop jumps back to its SEND, whose target takes the result.
        let resume = code.index_of(frame.pc.get()) as usize;
        let send = code.data.instructions[..resume]
            .iter()
            .rposition(|i| i.op == bytecode::Opcode::SEND);
        if let Some(send) = send {
            frame
                .pc
                .set(code.at_beside(frame.pc.get(), code.data.instructions[send].arg));
        }
    }

    /// Releases the frame of a generator that will not run again.
    ///
    /// # Safety
    /// The frame is not running.
    pub(crate) unsafe fn release_frame(&self) {
        self.state.set(State::Finished);
        let frame = self.frame();
        // SAFETY: by the caller's word the words belong to this generator alone.
        unsafe {
            let vm = super::state::current_vm();
            if frame.has(frame_flag::HAS_OBJECT) {
                super::frame_object::detach(vm, frame);
            }
            let header = std::ptr::from_ref(frame) as Sp;
            let mut local = self.first_word();
            while local < header {
                let word = *local;
                *local = 0;
                drop_word(word);
                local = local.add(1);
            }
            let operands = header.add(FRAME_WORDS);
            while frame.sp.get() > operands {
                frame.sp.set(frame.sp.get().sub(1));
                drop_word(*frame.sp.get());
            }
            frame.namespace.set(None);
            self.handled.exception.set(None);
            let function = frame.function.replace(std::ptr::null());
            drop_word(function as u64);
        }
    }
}

/// How a resumption ended.
pub enum Step {
    /// It yielded.
    Yielded(Value),
    /// It returned.
    Returned(Value),
}

impl Vm {
    /// Makes a generator of the running frame, whose variables move into it.
    ///
    /// # Safety
    /// The running frame is at `RETURN_GENERATOR` with no operands.
    pub(crate) unsafe fn generator_of_frame(&self, class: &Ref<Class>) -> Ref<Generator> {
        // SAFETY: the words are copied into the block made for them, the frame is theirs alone.
        unsafe {
            let frame = &*self.frame.get();
            let code = frame.code();
            let locals = code.localsplus;
            let words = locals + FRAME_WORDS + code.data.stacksize as usize + 1;
            let function = frame.function();
            let payload = Generator {
                name: Slot::new(function.name.get()),
                qualname: Slot::new(function.qualname.get()),
                code: Slot::new(Some(frame.code_ref().into_value())),
                handled: Handled::default(),
                state: Cell::new(State::Created),
                async_running: Cell::new(false),
                async_closed: Cell::new(false),
                hooks_called: Cell::new(false),
                extra: Slot::default(),
                locals: locals as u32,
                words: words as u32,
            };
            alloc_variable(class, payload, words * 8, |data| {
                let first: Sp = data.as_ptr().cast();
                // Word by word: they were written word by word a moment ago.
                for index in 0..locals {
                    *first.add(index) = read_word(frame.fp.get().add(index));
                }
                let moved = first.add(locals).cast::<Frame>();
                moved.write(Frame {
                    prev: Cell::new(std::ptr::null()),
                    return_pc: Cell::new(std::ptr::null()),
                    function: Cell::new(frame.function.get()),
                    code: Cell::new(frame.code.get()),
                    fp: Cell::new(first),
                    pc: Cell::new(frame.pc.get()),
                    sp: Cell::new(moved.add(1).cast()),
                    flags: Cell::new(
                        frame_flag::GENERATOR
                            | frame.flags.get() & (frame_flag::HAS_OBJECT | frame_flag::NAMESPACE),
                    ),
                    traced_line: Cell::new(0),
                    object: Slot::new(frame.object.take()),
                    namespace: Slot::new(frame.namespace.take()),
                    stack_base: Cell::new(std::ptr::null_mut()),
                });
                if (*moved).has(frame_flag::HAS_OBJECT) {
                    super::frame_object::moved(&*moved);
                }
                // The operand words behind it are never read before they are written.
            })
        }
    }

    /// Resumes a generator from native code with a value sent, or with an exception (already
    /// raised) thrown in.
    #[inline(never)]
    pub fn resume(&self, object: &Value, sent: Result<Value, Raised>) -> PyResult<Step> {
        let Some(generator) = object.payload::<Generator>() else {
            return Err(self.type_error("not a generator"));
        };
        // The generator must outlive the step even if its last owner lets go.
        let _alive = object.clone();
        let _guard = self.enter_loop()?;
        // SAFETY: the frame is suspended; it is linked under the running one.
        unsafe {
            if self.depth.get() >= self.recursion_limit.get() {
                return Err(self.too_deep());
            }
            let frame = generator.frame();
            let top = self.stack_top();
            self.link(generator, frame, top, frame_flag::ENTRY);
            let word = match sent {
                Ok(value) => {
                    *frame.sp.get() = value.into_word();
                    frame.sp.set(frame.sp.get().add(1));
                    let pc = frame.pc.get();
                    super::dispatch::enter(self, pc, frame.sp.get(), frame.fp.get())
                }
                Err(_) => {
                    self.chain_thrown();
                    let mut pc = self.throw_pc(frame);
                    if self.is_traced() {
                        pc = self.trace_throw(frame);
                    }
                    let word = super::unwind::unwind(self, pc, frame.sp.get(), frame.fp.get());
                    super::dispatch::drive(self, word)
                }
            };
            if word == 0 {
                return Err(Raised(()));
            }
            let value = Value::from_word(word);
            Ok(if generator.state.get() == State::Finished {
                Step::Returned(value)
            } else {
                Step::Yielded(value)
            })
        }
    }

    /// The next item of a generator that native code goes through: [`Vm::resume`] without what that does for
    /// values sent and exceptions thrown.
    #[inline(never)]
    pub(crate) fn next_of_generator(&self, object: &Value) -> PyResult<Option<Value>> {
        let generator = object
            .payload::<Generator>()
            .filter(|g| matches!(g.state.get(), State::Created | State::Suspended));
        let Some(generator) = generator else {
            return super::generator_methods::next(self, object);
        };
        let guard = self.enter_loop()?;
        if self.depth.get() >= self.recursion_limit.get() {
            return Err(self.too_deep());
        }
        // The generator must outlive the step even if its last owner lets go.
        let alive = object.clone();
        // SAFETY: the frame is suspended; it is linked under the running one.
        let word = unsafe {
            let frame = generator.frame();
            let top = self.stack_top();
            self.link(generator, frame, top, frame_flag::ENTRY);
            let (pc, sp) = (frame.pc.get(), frame.sp.get());
            *sp = Value::NONE.word();
            frame.sp.set(sp.add(1));
            super::dispatch::enter(self, pc, sp.add(1), frame.fp.get())
        };
        drop(guard);
        if word == 0 {
            return Err(Raised(()));
        }
        // SAFETY: the loop gave an owned word.
        let value = unsafe { Value::from_word(word) };
        let finished = generator.state.get() == State::Finished;
        drop(alive);
        if !finished {
            return Ok(Some(value));
        }
        if !value.is_none() {
            self.stop_value.set(Some(value));
        }
        Ok(None)
    }

    /// Does something for which a suspended generator counts as the caller: its frame is that of
    /// the native code that runs, although the generator is not resumed.
    pub(crate) fn below_suspended<T>(&self, generator: &Generator, run: impl FnOnce() -> T) -> T {
        let frame = generator.frame();
        let caller = self.frame.get();
        frame.stack_base.set(self.stack_top());
        frame.prev.set(caller);
        self.frame.set(frame);
        let result = run();
        self.frame.set(caller);
        frame.prev.set(std::ptr::null());
        result
    }

    /// Where an exception thrown into a suspended generator arises: at the `yield` it waits in.
    unsafe fn throw_pc(&self, frame: &Frame) -> super::instr::Pc {
        let code = frame.code();
        let index = code.index_of(frame.pc.get());
        // Saved is the instruction after the yield (RESUME); RESUME itself is covered by the same
        // handlers and carries the yield's location.
        let pc = code.at_beside(frame.pc.get(), index.saturating_sub(u32::from(index > 0)));
        frame.pc.set(pc);
        // The yielded value's place stays empty; the handlers' depths do not count it.
        pc
    }

    /// Links a suspended generator's frame under the running one.
    ///
    /// # Safety
    /// The generator is suspended or not started; `top` is the VM stack's first free word.
    #[inline]
    pub(crate) unsafe fn link(&self, generator: &Generator, frame: &Frame, top: Sp, flag: u32) {
        frame.prev.set(self.frame.get());
        frame.stack_base.set(top);
        frame.set(flag);
        generator.state.set(State::Running);
        generator.handled.previous.set(self.handled.get());
        self.handled.set(&raw const generator.handled);
        self.frame.set(frame);
        self.depth.set(self.depth.get() + 1);
    }

    /// The reverse of [`Vm::link`]; gives the flag that it was linked with.
    ///
    /// # Safety
    /// The running frame is the generator's.
    #[inline]
    pub(crate) unsafe fn unlink(&self, generator: &Generator, frame: &Frame) -> u32 {
        const HOW: u32 =
            frame_flag::ENTRY | frame_flag::FOR_ITER | frame_flag::SEND | frame_flag::SEND_STEP;
        let how = frame.flags.get() & HOW;
        frame.unset(HOW);
        self.handled.set(generator.handled.previous.get());
        self.frame.set(frame.prev.get());
        frame.prev.set(std::ptr::null());
        self.depth.set(self.depth.get() - 1);
        how
    }
}

/// The generator whose frame this is.
///
/// # Safety
/// The frame is marked `GENERATOR`.
pub(crate) unsafe fn of_frame<'a>(frame: &Frame) -> &'a Object<Generator> {
    // SAFETY: the frame lies behind its variables in the generator's block.
    unsafe {
        let first = frame.fp.get().cast::<u8>();
        &*first
            .sub(size_of::<Object<Generator>>())
            .cast::<Object<Generator>>()
    }
}

/// The iterator of an awaitable: a coroutine itself, else what `__await__` gives.
pub fn awaitable_iterator(vm: &Vm, object: &Value) -> PyResult {
    let class = vm.class_of(object);
    if class.is(&vm.types.coroutine) {
        return Ok(object.clone());
    }
    if class.is(&vm.types.generator)
        && let Some(generator) = object.payload::<Generator>()
        && let Some(code) = generator.code.get()
        && let Some(code) = code.payload::<super::code::Code>()
        && code.has_flag(bytecode::CodeFlags::ITERABLE_COROUTINE)
    {
        return Ok(object.clone());
    }
    let Some(awaiter) = class.slots().await_ else {
        return Err(vm.type_error(format!(
            "object {} can't be used in 'await' expression",
            class.name_string()
        )));
    };
    let iterator = awaiter(vm, object)?;
    if vm.class_of(&iterator).is(&vm.types.coroutine) {
        return Err(vm.type_error("__await__() returned a coroutine"));
    }
    if vm.class_of(&iterator).slots().iternext.is_none() {
        return Err(vm.type_error(format!(
            "__await__() returned non-iterator of type '{}'",
            vm.class_name(&iterator)
        )));
    }
    Ok(iterator)
}

/// The same as a counted reference.
pub fn object_of(frame: &Frame) -> Value {
    debug_assert!(frame.has(frame_flag::GENERATOR));
    // SAFETY: checked by the callers, who look at the flag first; the object is live as its frame is.
    unsafe { super::frame::object_ref(of_frame(frame)) }.into_value()
}

/// The generator whose frame this is; the frame must be marked `GENERATOR`.
pub fn generator_of(frame: &Frame) -> &Generator {
    debug_assert!(frame.has(frame_flag::GENERATOR));
    // SAFETY: checked by the callers, who look at the flag first.
    unsafe { of_frame(frame) }.payload()
}
