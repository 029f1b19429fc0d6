//! The module `_tracemalloc`: who allocated what.  `tracemalloc` itself is written in Python.
//!
//! While it is on, the heap reports every block to a [`Tracer`], which notes the calls that led to
//! it: file and line of up to `nframe` Python frames, the innermost first.  Equal call stacks are
//! stored once.  What the tracer keeps lies outside the traced heap.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use heap::Tracer;

use super::NativeModule;
use crate::object::{List, MethodDef, PyResult, Ref, Value};
use crate::vm::{Vm, current_vm};

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new(
    "_tracemalloc",
    "Debug module to trace memory blocks allocated by Python.",
    METHODS,
);

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "is_tracing",
        "($module, /)",
        "Return True if the tracemalloc module is tracing Python memory allocations.",
        |vm, _| Ok(Value::bool(traces(vm).is_some())),
    ),
    MethodDef::bound(
        "clear_traces",
        "($module, /)",
        "Clear traces of memory blocks allocated by Python.",
        |vm, _| {
            if let Some(traces) = traces(vm) {
                traces.clear();
            }
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "_get_traces",
        "($module, /)",
        "Get traces of all memory blocks allocated by Python.\n\n\
Return a list of (size: int, traceback: tuple) tuples.\n\
traceback is a tuple of (filename: str, lineno: int) tuples.\n\n\
Return an empty list if the tracemalloc module is disabled.",
        get_traces,
    ),
    MethodDef::bound(
        "_get_object_traceback",
        "($module, obj, /)",
        "Get the traceback where the Python object obj was allocated.\n\n\
Return a tuple of (filename: str, lineno: int) tuples.\n\
Return None if the tracemalloc module is disabled or did not\n\
trace the allocation of the object.",
        get_object_traceback,
    ),
    MethodDef::bound(
        "start",
        "($module, nframe=1, /)",
        "Start tracing Python memory allocations.\n\n\
Also set the maximum number of frames stored in the traceback of a\ntrace to nframe.",
        start,
    ),
    MethodDef::bound(
        "stop",
        "($module, /)",
        "Stop tracing Python memory allocations.\n\n\
Also clear traces of memory blocks allocated by Python.",
        |vm, _| {
            vm.heap.set_tracer(None);
            if let Some(traces) = vm.interp.tracemalloc.tracer.get() {
                traces.on.set(false);
                traces.clear();
            }
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "get_traceback_limit",
        "($module, /)",
        "Get the maximum number of frames stored in the traceback of a trace.\n\n\
By default, a trace of an allocated memory block only stores\n\
the most recent frame: the limit is 1.",
        |vm, _| {
            let limit = vm
                .interp
                .tracemalloc
                .tracer
                .get()
                .map_or(1, |t| t.limit.get());
            Ok(vm.int_usize(limit))
        },
    ),
    MethodDef::bound(
        "get_tracemalloc_memory",
        "($module, /)",
        "Get the memory usage in bytes of the tracemalloc module.\n\n\
This memory is used internally to trace memory allocations.",
        |vm, _| {
            let bytes = vm
                .interp
                .tracemalloc
                .tracer
                .get()
                .map_or(0, |t| t.own_bytes());
            Ok(vm.int_usize(bytes))
        },
    ),
    MethodDef::bound(
        "get_traced_memory",
        "($module, /)",
        "Get the current size and peak size of memory blocks traced by tracemalloc.\n\n\
Returns a tuple: (current: int, peak: int).",
        |vm, _| {
            let (current, peak) = traces(vm).map_or((0, 0), |t| (t.current.get(), t.peak.get()));
            Ok(vm.tuple_value([vm.int_usize(current), vm.int_usize(peak)]))
        },
    ),
    MethodDef::bound(
        "reset_peak",
        "($module, /)",
        "Set the peak size of memory blocks traced by tracemalloc to the current size.\n\n\
Do nothing if the tracemalloc module is not tracing memory allocations.",
        |vm, _| {
            if let Some(traces) = traces(vm) {
                traces.peak.set(traces.current.get());
            }
            Ok(Value::NONE)
        },
    ),
];

const MAX_FRAMES: i32 = 65535;

/// Tables of blocks up to this capacity are not made smaller.
const SMALL_TABLE: usize = 4096;

/// A call: the word of the interned file name, and the line.
type Call = (u64, u32);

/// Mixes addresses and words well enough for tables.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }

    fn write_u64(&mut self, n: u64) {
        let product =
            u128::from(self.0 ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

type Table<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A block: its requested size and its call stack's number.
#[derive(Clone, Copy)]
struct Trace {
    size: usize,
    stack: u32,
}

fn is_prologue(frame: &crate::vm::frame::Frame) -> bool {
    use bytecode::Opcode;
    let instruction = frame.code().data.instructions.get(frame.index() as usize);
    instruction.is_some_and(|i| matches!(i.op, Opcode::MAKE_CELL | Opcode::COPY_FREE_VARS))
}

/// A stored call stack and how deep the real one was.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Stack {
    calls: Box<[Call]>,
    depth: u32,
}

/// The state of the module; made when tracing is first switched on.
#[derive(Default)]
pub struct State {
    tracer: Cell<Option<&'static Traces>>,
}

#[derive(Default)]
struct Traces {
    on: Cell<bool>,
    /// What is allocated is the module's own business.
    paused: Cell<bool>,
    limit: Cell<usize>,
    current: Cell<usize>,
    peak: Cell<usize>,
    blocks: RefCell<Table<usize, Trace>>,
    stacks: RefCell<Vec<Stack>>,
    numbers: RefCell<Table<Stack, u32>>,
    /// For stacks of one stored call.
    single: RefCell<Table<(Call, u32), u32>>,
}

impl State {
    /// Traces nothing any more, and forgets all traces.
    pub(crate) fn stop(&self, vm: &Vm) {
        if let Some(traces) = self.tracer.get() {
            vm.heap.set_tracer(None);
            traces.on.set(false);
            traces.clear();
        }
    }
}

impl Traces {
    fn clear(&self) {
        self.current.set(0);
        self.peak.set(0);
        self.blocks.take();
        self.stacks.take();
        self.numbers.take();
        self.single.take();
    }

    fn own_bytes(&self) -> usize {
        let stacks = self.stacks.borrow();
        let calls: usize = stacks
            .iter()
            .map(|s| s.calls.len() * size_of::<Call>())
            .sum();
        self.blocks.borrow().capacity() * (size_of::<(usize, Trace)>() + 1)
            + self.numbers.borrow().capacity() * (size_of::<(Stack, u32)>() + 1)
            + self.single.borrow().capacity() * (size_of::<((Call, u32), u32)>() + 1)
            + stacks.capacity() * size_of::<Stack>()
            + 2 * calls
            + size_of::<Traces>()
    }

    /// The number of the running call stack.
    fn stack(&self) -> u32 {
        let vm = current_vm();
        let mut frame = vm.current_frame();
        let mut depth = vm.depth.get();
        // A call that is still moving its variables into cells has not begun: what it allocates is its caller's.
        while let Some(current) = frame.filter(|frame| is_prologue(frame)) {
            frame = current.caller();
            depth = depth.saturating_sub(1);
        }
        let call_of = |frame: &crate::vm::frame::Frame| -> Call {
            let code = frame.code();
            (code.filename.word(), code.line_at(frame.index()))
        };
        if self.limit.get() == 1 {
            let call = frame.map_or((0, 0), call_of);
            if let Some(&number) = self.single.borrow().get(&(call, depth)) {
                return number;
            }
            let number = self.add(Stack {
                calls: Box::new([call]),
                depth,
            });
            self.single.borrow_mut().insert((call, depth), number);
            return number;
        }
        let mut calls = Vec::with_capacity(self.limit.get().min(depth as usize));
        while let Some(current) = frame
            && calls.len() < self.limit.get()
        {
            calls.push(call_of(current));
            frame = current.caller();
        }
        if calls.is_empty() {
            calls.push((0, 0));
        }
        let stack = Stack {
            calls: calls.into(),
            depth,
        };
        if let Some(&number) = self.numbers.borrow().get(&stack) {
            return number;
        }
        let number = self.add(stack.clone());
        self.numbers.borrow_mut().insert(stack, number);
        number
    }

    fn add(&self, stack: Stack) -> u32 {
        let mut stacks = self.stacks.borrow_mut();
        stacks.push(stack);
        stacks.len() as u32 - 1
    }

    fn grow(&self, size: usize) {
        let current = self.current.get() + size;
        self.current.set(current);
        self.peak.set(self.peak.get().max(current));
    }

    fn forget(&self, address: usize) {
        let mut blocks = self.blocks.borrow_mut();
        if let Some(trace) = blocks.remove(&address) {
            self.current.set(self.current.get() - trace.size);
            // A table that stayed as large as it once was would be what remains of freed memory.
            if blocks.capacity() > SMALL_TABLE && blocks.len() < blocks.capacity() / 8 {
                let room = blocks.len() * 2;
                blocks.shrink_to(room);
            }
        }
    }

    fn note(&self, address: usize, size: usize) {
        let stack = self.stack();
        let old = self
            .blocks
            .borrow_mut()
            .insert(address, Trace { size, stack });
        if let Some(old) = old {
            self.current.set(self.current.get() - old.size);
        }
        self.grow(size);
    }
}

impl Tracer for Traces {
    fn allocated(&self, address: usize, size: usize) {
        if !self.paused.get() {
            self.note(address, size);
        }
    }

    fn reallocated(&self, old_address: usize, address: usize, size: usize) {
        self.forget(old_address);
        if !self.paused.get() {
            self.note(address, size);
        }
    }

    fn freed(&self, address: usize) {
        self.forget(address);
    }
}

/// The traces, if tracing is on.
fn traces(vm: &Vm) -> Option<&'static Traces> {
    vm.interp.tracemalloc.tracer.get().filter(|t| t.on.get())
}

impl Vm {
    /// Starts tracing allocations, as `tracemalloc.start(nframe)` does.
    pub fn start_tracing_memory(&self, frames: usize) {
        let state = &self.interp.tracemalloc;
        let traces = state.tracer.get().unwrap_or_else(|| {
            // Made once in the life of an interpreter, whose heap refers to it.
            let traces: &'static Traces = Box::leak(Box::default());
            state.tracer.set(Some(traces));
            traces
        });
        if traces.on.replace(true) {
            return;
        }
        traces.limit.set(frames);
        self.heap.set_tracer(Some(traces));
    }
}

fn start(vm: &Vm, args: &[Value]) -> PyResult {
    let frames = match args[1].given() {
        Some(frames) => vm.arg_int(frames)?,
        None => 1,
    };
    if !(1..=MAX_FRAMES).contains(&frames) {
        return Err(vm.value_error(format!(
            "the number of frames must be in range [1; {MAX_FRAMES}]"
        )));
    }
    vm.start_tracing_memory(frames as usize);
    Ok(Value::NONE)
}

/// A call stack as a tuple of (file name, line) tuples, the innermost call first.
fn stack_value(vm: &Vm, stack: &Stack) -> Value {
    let calls = stack.calls.iter().map(|&(file, line)| {
        let file = match file {
            0 => vm.intern("<unknown>"),
            word => vm.interned_value(word),
        };
        vm.tuple_value([file, vm.int(i64::from(line))])
    });
    vm.tuple_value(calls.collect::<Vec<_>>())
}

fn get_traces(vm: &Vm, _args: &[Value]) -> PyResult {
    let Some(traces) = traces(vm) else {
        return vm.list_from([]).map(Ref::<List>::into_value);
    };
    // The list itself and what is in it are not traced.
    traces.paused.set(true);
    let result = traces_list(vm, traces);
    traces.paused.set(false);
    result
}

fn traces_list(vm: &Vm, traces: &Traces) -> PyResult {
    let entry = |(&address, &trace): (&usize, &Trace)| (address, trace);
    // Not borrowed any longer than for this: what is made below may free blocks.
    let mut blocks: Vec<(usize, Trace)> = traces.blocks.borrow().iter().map(entry).collect();
    // By address, and not as the table has them: runs then differ less from one another.
    blocks.sort_unstable_by_key(|&(address, _)| address);
    let stacks = traces.stacks.borrow().clone();
    let mut known: Vec<Option<Value>> = vec![None; stacks.len()];
    let mut list = Vec::with_capacity(blocks.len());
    for (_, block) in blocks {
        let index = block.stack as usize;
        let stack = known[index]
            .get_or_insert_with(|| stack_value(vm, &stacks[index]))
            .clone();
        list.push(vm.tuple_value([
            Value::small_int(0),
            vm.int_usize(block.size),
            stack,
            vm.int(i64::from(stacks[index].depth)),
        ]));
    }
    vm.list_from(list).map(Ref::<List>::into_value)
}

fn get_object_traceback(vm: &Vm, args: &[Value]) -> PyResult {
    let (Some(traces), Some(object)) = (traces(vm), args[1].object()) else {
        return Ok(Value::NONE);
    };
    let address = object.addr().get();
    let trace = traces.blocks.borrow().get(&address).copied();
    let stack = trace.map(|t| traces.stacks.borrow()[t.stack as usize].clone());
    Ok(stack.map_or(Value::NONE, |stack| stack_value(vm, &stack)))
}
