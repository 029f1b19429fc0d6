//! The whole graph of objects from its roots: why something lives, how often an immediate is held,
//! what the blocks of the heap are for.
//!
//! The collector never needs roots: it counts.  Here they are spelled out: the modules, the running
//! frames with their variables and operands, and what the interpreter itself holds.  A walk shows each
//! reference once, the hidden ones included (keys of namespaces, names of code), and changes nothing:
//! no count, no generation, no allocation on the heap.
#![allow(unsafe_code)]

use std::collections::{HashMap, HashSet, VecDeque};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use heap::{Header, ObjectPtr, Visitor};

use super::payload::class_of;
use super::value::Value;
use super::{Dict, Str};
use crate::types::module::Module;
use crate::vm::Vm;
use crate::vm::frame::{FRAME_WORDS, Frame, frame_flag};

/// A place outside all objects that holds a reference.
#[derive(Clone, Copy)]
pub enum Root<'a> {
    /// The namespace of a module in `sys.modules`.
    Namespace(&'a Value),
    /// A module in `sys.modules`.
    Module(&'a Value),
    /// A variable of a running frame, by index.
    Local(&'a Frame, usize),
    /// An operand of a running frame, from the bottom.
    Operand(&'a Frame, usize),
    /// The function, namespace or frame object of a running frame.
    Frame(&'a Frame, &'static str),
    /// Something the interpreter holds.
    Interpreter(&'static str),
}

/// A value at a word that somebody owns; not counted.
///
/// # Safety
/// The word is valid for as long as the result is used.
unsafe fn borrowed(word: u64) -> ManuallyDrop<Value> {
    // SAFETY: by the caller's word; its reference is not given up.
    ManuallyDrop::new(unsafe { Value::from_word(word) })
}

/// A counted value for the word of a live object or of an immediate.
///
/// # Safety
/// The word is valid.
unsafe fn counted(word: u64) -> Value {
    // SAFETY: by the caller's word.
    unsafe { (*borrowed(word)).clone() }
}

fn object(word: u64) -> Option<ObjectPtr> {
    if word & 7 == 0 {
        NonNull::new(word as *mut Header)
    } else {
        None
    }
}

/// True unless the object is being released.
fn is_alive(object: ObjectPtr) -> bool {
    // SAFETY: words come from live owners or the heap's own arrays.
    unsafe { object.as_ref() }.count() > 0
}

/// Shows the words of all references of an object.
fn each_reference(object: ObjectPtr, visit: &mut dyn FnMut(u64)) {
    // SAFETY: called with live objects, whose class names the matching function.
    unsafe { (class_of(object).ops().traverse)(object, &mut Visitor::everything(visit)) };
}

impl Frame {
    /// The words of the operand stack, as it was when the frame last called something.
    pub fn operands(&self) -> &[u64] {
        let start = std::ptr::from_ref(self)
            .cast::<u64>()
            .wrapping_add(FRAME_WORDS);
        let end = self.sp.get().cast_const();
        let len = (end as usize).saturating_sub(start as usize) / 8;
        // SAFETY: the operands lie between the frame and its saved stack pointer.
        unsafe { std::slice::from_raw_parts(start, len) }
    }
}

impl Vm {
    /// Shows every root and the word it holds.  Modules come first, so that what they reach goes by
    /// their names.
    pub fn each_root(&self, visit: &mut dyn FnMut(Root<'_>, u64)) {
        self.each_module_root(visit);
        self.for_each_thread(|thread| {
            let mut frame = thread.current_frame();
            while let Some(current) = frame {
                each_frame_root(current, visit);
                frame = current.caller();
            }
            thread.each_thread_root(&mut |name, value| {
                visit(Root::Interpreter(name), value.word());
            });
        });
        self.each_interpreter_root(&mut |name, value| {
            visit(Root::Interpreter(name), value.word());
        });
    }

    fn each_module_root(&self, visit: &mut dyn FnMut(Root<'_>, u64)) {
        let modules = self.interp.modules.peek().and_then(Value::payload::<Dict>);
        let Some(modules) = modules else { return };
        let modules: Vec<(Value, Value)> = modules
            .to_vec()
            .into_iter()
            .filter(|(name, module)| {
                name.payload::<Str>().is_some() && module.payload::<Module>().is_some()
            })
            .collect();
        for (name, module) in &modules {
            if let Some(payload) = module.payload::<Module>() {
                visit(Root::Namespace(name), payload.dict.as_value().word());
            }
        }
        for (name, module) in &modules {
            visit(Root::Module(name), module.word());
        }
    }

    /// What this thread holds besides its frames.
    fn each_thread_root(&self, visit: &mut dyn FnMut(&'static str, &Value)) {
        for (name, slot) in [
            ("the exception being raised", &self.raised),
            ("the value of a StopIteration", &self.stop_value),
            ("the context of the thread", &self.thread.context),
            (
                "the asynchronous generator hook",
                &self.thread.async_generator_first,
            ),
            (
                "the asynchronous generator finalizer",
                &self.thread.async_generator_finalizer,
            ),
        ] {
            if let Some(value) = slot.peek() {
                visit(name, value);
            }
        }
        let mut link = self.handled.get();
        // SAFETY: links live as long as the code they belong to runs.
        while let Some(handled) = unsafe { link.as_ref() } {
            if let Some(exception) = handled.exception.peek() {
                visit("the exception being handled", exception);
            }
            link = handled.previous.get();
        }
    }

    fn each_interpreter_root(&self, visit: &mut dyn FnMut(&'static str, &Value)) {
        let interp = self.interp;
        for (name, slot) in [
            ("sys.modules", &interp.modules),
            ("the namespace of builtins", &interp.builtins),
            ("the namespace of sys", &interp.sys),
            ("the copy of builtins", &interp.builtins_copy),
            ("gc.callbacks", &interp.collector.callbacks),
            ("gc.garbage", &interp.collector.garbage),
            (
                "the default unraisable hook",
                &interp.default_unraisable_hook,
            ),
            ("builtins.__import__", &interp.own_import),
        ] {
            if let Some(value) = slot.peek() {
                visit(name, value);
            }
        }
        interp
            .exit_functions
            .each(|value| visit("a function registered with atexit", value));
        interp
            .fork_hooks
            .each(|value| visit("a function registered with os.register_at_fork", value));
        interp
            .codecs
            .each(|value| visit("the codec registry", value));
        interp.each_shared(|name, value| visit(name, value));
        self.types
            .each(|class| visit("the builtin types", class.as_value()));
    }

    /// Shows every reference there is once: those of the roots, then those of every object that
    /// they reach or that the collector tracks.  `object` is called with each object before its
    /// references are shown.
    pub fn walk_everything(
        &self,
        object_found: &mut dyn FnMut(ObjectPtr),
        reference: &mut dyn FnMut(u64),
    ) {
        let mut seen: HashSet<ObjectPtr> = HashSet::new();
        let mut queue: Vec<ObjectPtr> = Vec::new();
        let mut found = |word: u64, queue: &mut Vec<ObjectPtr>| {
            if let Some(object) = object(word)
                && is_alive(object)
                && seen.insert(object)
            {
                queue.push(object);
            }
        };
        self.each_root(&mut |root, word| {
            // These two are names for what the dict sys.modules holds.
            if !matches!(root, Root::Namespace(_) | Root::Module(_)) {
                reference(word);
            }
            found(word, &mut queue);
        });
        for object in self.heap.tracked_objects(None) {
            found(object.addr().get() as u64, &mut queue);
        }
        for object in self.heap.frozen_objects() {
            found(object.addr().get() as u64, &mut queue);
        }
        while let Some(object) = queue.pop() {
            object_found(object);
            // SAFETY: the object is live, and so is its class.
            let class = unsafe { object.as_ref() }.class();
            found(class.addr().get() as u64, &mut queue);
            each_reference(object, &mut |word| {
                reference(word);
                found(word, &mut queue);
            });
        }
    }

    /// Everything a live value refers to, hidden references included.
    pub(crate) fn all_referents(&self, value: &Value) -> Vec<Value> {
        let mut words = Vec::new();
        if let Some(object) = value.object() {
            each_reference(object, &mut |word| words.push(word));
        }
        let alive = |word: &u64| object(*word).is_none_or(is_alive);
        // SAFETY: a live object owns what it refers to.
        words
            .into_iter()
            .filter(alive)
            .map(|word| unsafe { counted(word) })
            .collect()
    }

    /// How many places hold an immediate value.  It has no count of its own: everything is searched.
    pub fn places_of(&self, value: &Value) -> u32 {
        let wanted = value.word();
        let mut places = 0u32;
        self.walk_everything(&mut |_| (), &mut |word| places += u32::from(word == wanted));
        places
    }

    /// The objects that the roots reach or the collector tracks, counted anew.
    pub fn all_objects(&self) -> Vec<Value> {
        let mut found = Vec::new();
        self.walk_everything(&mut |object| found.push(object), &mut |_| ());
        // SAFETY: the walk shows live objects only.
        found
            .into_iter()
            .map(|object| unsafe { Value::from_object(object) })
            .collect()
    }
}

fn each_frame_root(frame: &Frame, visit: &mut dyn FnMut(Root<'_>, u64)) {
    for index in 0..frame.code().localsplus {
        if let Some(value) = frame.local(index) {
            visit(Root::Local(frame, index), value.word());
        }
    }
    if frame.has(frame_flag::KEEPS) {
        let (start, count, owned) = frame.kept();
        for index in 0..count {
            // SAFETY: the words below the frame stay until it is left.
            let word = unsafe { *start.add(index) };
            (0..owned).for_each(|_| visit(Root::Frame(frame, "the arguments"), word));
        }
    }
    visit(
        Root::Frame(frame, "the function"),
        frame.function.get() as u64,
    );
    for (name, slot) in [
        ("the frame object", &frame.object),
        ("the namespace", &frame.namespace),
    ] {
        if let Some(value) = slot.peek() {
            visit(Root::Frame(frame, name), value.word());
        }
    }
    for (index, &word) in frame.operands().iter().enumerate() {
        if word != 0 {
            visit(Root::Operand(frame, index), word);
        }
    }
}

/// One way from a root to an object.
pub struct Chain {
    /// The root, in words.
    pub root: RootName,
    /// The objects on the way: the first is what the root holds, the last is the object itself.
    pub objects: Vec<Value>,
}

/// What a root is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootName {
    /// The namespace of this module.
    Namespace(String),
    /// This module.
    Module(String),
    /// A variable: its name, its function, the line that runs.
    Local(String, String, u32),
    /// An operand of a function, at a line.
    Operand(String, u32),
    /// The function, namespace or frame object of a running function.
    Frame(&'static str, String, u32),
    /// Something the interpreter holds.
    Interpreter(&'static str),
}

/// Why an object is alive.
pub struct Explanation {
    /// One chain for each holder of a reference, the shortest first.
    pub chains: Vec<Chain>,
    /// References found that are not listed because there are too many.
    pub more: usize,
    /// The shortest way from the object back to itself, without the object; None if there is none.
    pub cycle: Option<Vec<Value>>,
}

#[derive(Clone, Copy)]
enum Parent {
    Root(usize),
    Object(u64),
}

impl Vm {
    /// Why a value is alive: for each place that refers to it, the shortest chain from a root to
    /// that place, at most `limit` of them.  The operand that passed it to the running native
    /// function is no reason.
    pub fn explain(&self, value: &Value, limit: usize) -> Explanation {
        let target = value.word();
        let mut parents: HashMap<u64, Parent> = HashMap::new();
        let mut queue = VecDeque::new();
        let mut holders: Vec<Parent> = Vec::new();
        let argument = self.argument_of(target);
        let mut number = 0;
        self.each_root(&mut |root, word| {
            let skipped = matches!(root, Root::Operand(frame, index)
                if Some((std::ptr::from_ref(frame), index)) == argument);
            if word == target && !skipped {
                holders.push(Parent::Root(number));
            } else if object(word).is_some() && !skipped && !parents.contains_key(&word) {
                parents.insert(word, Parent::Root(number));
                queue.push_back(word);
            }
            number += 1;
        });
        while let Some(holder) = queue.pop_front() {
            let Some(place) = object(holder).filter(|&o| is_alive(o)) else {
                continue;
            };
            each_reference(place, &mut |word| {
                if word == target {
                    holders.push(Parent::Object(holder));
                } else if object(word).is_some() && !parents.contains_key(&word) {
                    parents.insert(word, Parent::Object(holder));
                    queue.push_back(word);
                }
            });
        }
        self.drop_virtual_duplicates(&mut holders);
        let more = holders.len().saturating_sub(limit);
        holders.truncate(limit);
        let chains = holders
            .into_iter()
            .map(|holder| self.chain(holder, target, &parents))
            .collect();
        Explanation {
            chains,
            more,
            cycle: self.cycle_of(target),
        }
    }

    /// Modules and namespaces are shown as roots for the sake of their names; what really holds
    /// them is found too.
    fn drop_virtual_duplicates(&self, holders: &mut Vec<Parent>) {
        let mut virtual_roots = HashSet::new();
        let mut number = 0;
        self.each_root(&mut |root, _| {
            if matches!(root, Root::Namespace(_) | Root::Module(_)) {
                virtual_roots.insert(number);
            }
            number += 1;
        });
        if holders.len() > 1 {
            let real = |holder: &Parent| match holder {
                Parent::Root(number) => !virtual_roots.contains(number),
                Parent::Object(_) => true,
            };
            if holders.iter().any(real) {
                holders.retain(real);
            }
        }
    }

    /// The topmost operand of the running frame that is this word: an argument of the native
    /// function that runs.
    fn argument_of(&self, word: u64) -> Option<(*const Frame, usize)> {
        let frame = self.current_frame()?;
        let index = frame
            .operands()
            .iter()
            .rposition(|&operand| operand == word)?;
        Some((std::ptr::from_ref(frame), index))
    }

    fn chain(&self, holder: Parent, target: u64, parents: &HashMap<u64, Parent>) -> Chain {
        let mut words = vec![target];
        let mut at = holder;
        let root = loop {
            match at {
                Parent::Root(number) => break number,
                Parent::Object(word) => {
                    words.push(word);
                    match parents.get(&word) {
                        Some(&parent) => at = parent,
                        None => break usize::MAX,
                    }
                }
            }
        };
        words.reverse();
        Chain {
            root: self.root_name(root),
            // SAFETY: nothing was released since the walk.
            objects: words
                .into_iter()
                .map(|word| unsafe { counted(word) })
                .collect(),
        }
    }

    fn root_name(&self, number: usize) -> RootName {
        let mut name = RootName::Interpreter("the interpreter");
        let mut at = 0;
        self.each_root(&mut |root, _| {
            if at == number {
                name = self.name_of(root);
            }
            at += 1;
        });
        name
    }

    fn name_of(&self, root: Root<'_>) -> RootName {
        let place = |frame: &Frame| {
            let code = frame.code();
            (self.display(&code.name), code.line_at(frame.index()))
        };
        match root {
            Root::Namespace(name) => RootName::Namespace(self.display(name)),
            Root::Module(name) => RootName::Module(self.display(name)),
            Root::Local(frame, index) => {
                let names = &frame.code().local_names;
                let variable = names
                    .get(index)
                    .map_or_else(String::new, |n| self.display(n));
                let (function, line) = place(frame);
                RootName::Local(variable, function, line)
            }
            Root::Operand(frame, _) => {
                let (function, line) = place(frame);
                RootName::Operand(function, line)
            }
            Root::Frame(frame, what) => {
                let (function, line) = place(frame);
                RootName::Frame(what, function, line)
            }
            Root::Interpreter(name) => RootName::Interpreter(name),
        }
    }

    /// The shortest way from an object back to itself that does not lead through modules, running
    /// functions or the interpreter: a way that would keep it alive without all of them.
    fn cycle_of(&self, target: u64) -> Option<Vec<Value>> {
        object(target)?;
        let mut parents: HashMap<u64, u64> = HashMap::new();
        self.each_root(&mut |root, word| {
            if !matches!(root, Root::Local(..) | Root::Operand(..)) && word != target {
                parents.insert(word, word);
            }
        });
        let mut queue = VecDeque::from([target]);
        let mut last = None;
        while let Some(holder) = queue.pop_front() {
            let Some(place) = object(holder).filter(|&o| is_alive(o)) else {
                continue;
            };
            each_reference(place, &mut |word| {
                if word == target {
                    last.get_or_insert(holder);
                } else if object(word).is_some() && !parents.contains_key(&word) {
                    parents.insert(word, holder);
                    queue.push_back(word);
                }
            });
            if last.is_some() {
                break;
            }
        }
        let mut words = Vec::new();
        let mut at = last?;
        while at != target {
            words.push(at);
            at = *parents.get(&at)?;
        }
        words.reverse();
        // SAFETY: nothing was released since the walk.
        Some(
            words
                .into_iter()
                .map(|word| unsafe { counted(word) })
                .collect(),
        )
    }
}
