//! The cycle collector's host: what the collector asks of Python.
//!
//! The collector itself is in the heap crate.  Here are the answers it needs (which containers may be
//! untracked, what has a finaliser, what is a weak reference) and the code it has run: `__del__`,
//! weak-reference callbacks, `gc.callbacks`, the lines of `gc.set_debug`.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::time::Instant;

use heap::{
    Cause, ClassHead, CollectionRecord, CollectorHost, DebugLine, ObjectPtr, Severed, TrashKind,
    Untrackable,
};

use super::state::Vm;
use crate::object::{Class, Dict, Kind, List, Object, Slot, Tuple, Value, WeakReference};
use crate::object::{class_flag, finalize, tracking};

/// Gets the record of every collection.
pub type RecordSink = Box<dyn Fn(&Vm, &CollectionRecord)>;

/// What the collector's host remembers; one for an interpreter.
#[derive(Default)]
pub struct CollectorState {
    /// `gc.callbacks`, a list once somebody asked for it.
    pub callbacks: Slot,
    /// `gc.garbage`, likewise.
    pub garbage: Slot,
    /// The interpreter is being torn down: no callbacks any more.
    pub silent: Cell<bool>,
    /// Who wants to read records.
    pub sink: RefCell<Option<RecordSink>>,
    /// In stress mode a collection runs at every safe point so many apart; else 0.
    pub(crate) stress_rate: Cell<u32>,
    /// How many of them have passed since the last one.
    pub(crate) stress_passed: Cell<u32>,
}

struct Host<'a> {
    vm: &'a Vm,
    start: Instant,
}

impl Vm {
    /// Collects if the counts still call for it; in stress mode at its rate in any case.  Called at safe points.
    pub(crate) fn collect_if_due(&self, stress: bool) {
        let state = &self.interp.collector;
        if stress {
            state.stress_passed.set(state.stress_passed.get() + 1);
        }
        if stress && state.stress_passed.get() >= state.stress_rate.get() {
            state.stress_passed.set(0);
            self.collect_now(2, Cause::Stress);
        } else if self.heap.collection_due() {
            let mut host = Host::new(self);
            self.aside(|| self.heap.collect_if_due(&mut host));
        }
    }

    /// Collects a generation (0, 1, 2) and the younger ones; returns the number of unreachable
    /// objects found.
    pub fn collect_now(&self, generation: usize, cause: Cause) -> usize {
        let mut host = Host::new(self);
        self.aside(|| self.heap.collect(generation, cause, &mut host).collected)
    }

    /// `gc.callbacks`.
    pub fn gc_callbacks(&self) -> Value {
        self.list_slot(&self.interp.collector.callbacks)
    }

    /// `gc.garbage`.
    pub fn gc_garbage(&self) -> Value {
        self.list_slot(&self.interp.collector.garbage)
    }

    fn list_slot(&self, slot: &Slot) -> Value {
        if let Some(list) = slot.get() {
            return list;
        }
        let list = self.list(heap::HeapVec::new()).into_value();
        slot.set(Some(list.clone()));
        list
    }

    /// Hands a record of every collection to `sink` from now on, or to nobody.
    pub fn watch_collections(&self, sink: Option<RecordSink>) {
        self.heap.set_recording(sink.is_some());
        *self.interp.collector.sink.borrow_mut() = sink;
    }
}

impl<'a> Host<'a> {
    fn new(vm: &'a Vm) -> Host<'a> {
        Host {
            vm,
            start: Instant::now(),
        }
    }

    /// Calls the functions in `gc.callbacks`, those included that are appended meanwhile.
    fn call_callbacks(&self, phase: &str, generation: usize, numbers: [usize; 2]) {
        let state = &self.vm.interp.collector;
        let Some(list) = state.callbacks.get() else {
            return;
        };
        let Some(list) = list.payload::<List>() else {
            return;
        };
        if list.is_empty() || state.silent.get() {
            return;
        }
        let vm = self.vm;
        vm.aside(|| {
            let info = vm.dict();
            let [collected, uncollectable] = numbers;
            for (name, number) in [
                ("generation", generation),
                ("collected", collected),
                ("uncollectable", uncollectable),
            ] {
                // Interned keys and a fresh dict: nothing here can fail but for want of memory.
                let _ = info.insert(vm, &vm.intern(name), vm.int_usize(number));
            }
            let args = [vm.intern(phase), info.into_value()];
            let mut index = 0;
            while let Some(callback) = list.get(index) {
                if let Err(raised) = vm.call(&callback, &args) {
                    let exception = vm.take_exception(raised);
                    vm.unraisable(exception, Some(&callback), None);
                }
                index += 1;
            }
        });
    }
}

/// The value at a live object's address, not counted.
unsafe fn borrowed(object: ObjectPtr) -> ManuallyDrop<Value> {
    // SAFETY: the address of a live object is a valid word; its reference is not given up.
    ManuallyDrop::new(unsafe { Value::from_word(object.as_ptr() as u64) })
}

/// The class payload behind the heap's view of a class.
fn class(head: &ClassHead) -> &Class {
    // SAFETY: every class object is an Object<Class>, which begins with the head.
    unsafe { &*std::ptr::from_ref(head).cast::<Object<Class>>() }.payload()
}

impl CollectorHost for Host<'_> {
    fn started(&mut self, generation: usize) {
        self.call_callbacks("start", generation, [0, 0]);
    }

    fn stopped(&mut self, generation: usize, collected: usize, uncollectable: usize) {
        self.call_callbacks("stop", generation, [collected, uncollectable]);
    }

    fn untrackable(&self) -> Untrackable {
        let types = &self.vm.types;
        Untrackable {
            always: Some(types.tuple.head()),
            full_only: Some(types.dict.head()),
        }
    }

    fn can_untrack(&self, object: ObjectPtr) -> bool {
        // SAFETY: the collector asks about live objects.
        let value = unsafe { borrowed(object) };
        if let Some(tuple) = value.payload::<Tuple>() {
            return !tuple.as_slice().iter().any(tracking::may_be_tracked);
        }
        value.payload::<Dict>().is_some_and(Dict::holds_only_atoms)
    }

    #[inline]
    fn trash_kind(&self, object: ObjectPtr) -> TrashKind {
        // SAFETY: the collector asks about live objects, whose classes live.
        let head = unsafe { object.as_ref().class().as_ref() };
        let class = class(head);
        TrashKind {
            finalizer: class.has_flag(class_flag::HAS_FINALIZER | class_flag::NATIVE_FINALIZER),
            weakref: class.kind == Kind::WEAK_REFERENCE,
        }
    }

    fn sever_weakref(&mut self, weakref: ObjectPtr) -> Severed {
        // SAFETY: the collector's weak references are live.
        let (value, count) = unsafe { (borrowed(weakref), weakref.as_ref().count()) };
        let Some(reference) = value.payload::<WeakReference>() else {
            return Severed::default();
        };
        Severed {
            referent: reference.sever(),
            // One whose release was put aside is as good as gone.
            callback: reference.has_callback() && count > 0,
        }
    }

    fn run_weakref_callbacks(&mut self, weakrefs: Vec<ObjectPtr>) -> usize {
        let vm = self.vm;
        let mut freed = 0;
        vm.aside(|| {
            for weakref in weakrefs {
                // SAFETY: the collector hands over one reference to each.
                let value = unsafe { Value::from_word(weakref.as_ptr() as u64) };
                if let Some(callback) = value.payload::<WeakReference>().and_then(|w| w.callback())
                {
                    finalize::call_callback(vm, &value, &callback);
                }
                // SAFETY: `value` keeps it live.
                freed += usize::from(unsafe { weakref.as_ref() }.count() == 1);
                drop(value);
            }
        });
        freed
    }

    fn run_finalizer(&mut self, object: ObjectPtr) {
        // SAFETY: the collector holds a reference meanwhile.
        let value = unsafe { borrowed(object) };
        finalize::run_finalizer(self.vm, &value);
    }

    fn save_garbage(&mut self, object: ObjectPtr) {
        // SAFETY: the object is live; the new reference is the list's.
        let value = unsafe { Value::from_object(object) };
        if let Some(list) = self.vm.gc_garbage().payload::<List>() {
            // Without memory it cannot be saved; CPython drops it too.
            let _ = list.update(|items| items.try_push(value));
        }
    }

    fn debug(&mut self, line: DebugLine) {
        let text = match line {
            DebugLine::Collecting {
                generation,
                objects: [young, middle, old],
                permanent,
            } => format!(
                "gc: collecting generation {generation}...\n\
                 gc: objects in each generation: {young} {middle} {old}\n\
                 gc: objects in permanent generation: {permanent}\n"
            ),
            DebugLine::Collectable(object) => {
                // SAFETY: the object is live.
                let value = unsafe { borrowed(object) };
                format!(
                    "gc: collectable <{} {:#x}>\n",
                    self.vm.full_class_name(self.vm.class_of(&value)),
                    self.vm.id(&value)
                )
            }
            DebugLine::Done {
                unreachable,
                uncollectable,
                seconds,
            } => format!(
                "gc: done, {unreachable} unreachable, {uncollectable} uncollectable, \
                 {seconds:.4}s elapsed\n"
            ),
        };
        let file = self.vm.sys_attribute("stderr");
        if file.is_some_and(|file| file.is_none()) {
            // CPython turns to the process's own; where that fails, there is nobody left to tell.
            let _ = std::io::stderr().write_all(text.as_bytes());
        } else {
            self.vm.write_stderr(&text);
        }
    }

    fn nanoseconds(&self) -> u64 {
        match self.vm.virtual_time() {
            Some(time) => time,
            None => self.start.elapsed().as_nanos() as u64,
        }
    }

    fn class_name(&self, head: NonNull<ClassHead>) -> String {
        // SAFETY: classes outlive their instances.
        class(unsafe { head.as_ref() }).name_string()
    }

    fn record(&mut self, record: CollectionRecord) {
        if let Some(sink) = &*self.vm.interp.collector.sink.borrow() {
            sink(self.vm, &record);
        }
    }
}

impl Vm {
    /// The name of a class as messages of the C runtime show it: with the module for builtin
    /// classes outside `builtins`.
    pub fn full_class_name(&self, class: &Class) -> String {
        match class.spec {
            Some(spec) => spec.name.to_owned(),
            None => class.name_string(),
        }
    }

    /// Writes to `sys.stderr`, or to the process's standard error where that fails.
    pub fn write_stderr(&self, text: &str) {
        let written = self.aside(|| {
            let Some(file) = self.sys_attribute("stderr") else {
                return false;
            };
            if file.is_none() {
                // A program without standard error wants to hear nothing.
                return true;
            }
            match self.call_method(&file, &self.names.write, &[self.str_value(text)]) {
                Ok(_) => true,
                Err(raised) => {
                    drop(self.take_exception(raised));
                    false
                }
            }
        });
        if !written {
            // Where this fails too, there is nobody left to tell.
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
    }
}
