//! `_queue`: the queue without limits that threads share.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use heap::Visitor;
use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, Dict, Kind, MethodDef, Payload, PyResult, Raised, Ref, TypeSlots, TypeSpec, Value,
    Visit, alloc, class_flag,
};
use runtime::types::module::Module;
use runtime::vm::park::WaitQueue;

use crate::modules::time::timeout_nanoseconds;
use crate::native::{CLASS_GETITEM, raise_of, wrong_receiver};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_queue",
    "C implementation of the Python queue module.\n\
     This module is an implementation detail, please do not use it directly.",
    &[],
)
.with_init(init);

/// Payload of `SimpleQueue`.
#[derive(Default)]
struct SimpleQueue {
    items: RefCell<VecDeque<Value>>,
    waiters: WaitQueue,
}

impl Payload for SimpleQueue {
    const KIND: Kind = crate::kinds::SIMPLE_QUEUE;
    const NAME: &'static str = "SimpleQueue";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.items
            .borrow()
            .iter()
            .for_each(|item| visitor.value(item));
    }

    fn clear(&self) {
        drop(self.items.take());
    }
}

static SIMPLE_QUEUE: TypeSpec = TypeSpec {
    doc: "Simple, unbounded, reentrant FIFO queue.",
    signature: "()",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "empty",
            "($self, /)",
            "Return True if the queue is empty, False otherwise (not reliable!).",
            |vm, args| {
                Ok(Value::bool(
                    queue_of(vm, &args[0])?.items.borrow().is_empty(),
                ))
            },
        ),
        MethodDef::bound(
            "qsize",
            "($self, /)",
            "Return the approximate size of the queue (not reliable!).",
            |vm, args| Ok(vm.int_usize(queue_of(vm, &args[0])?.items.borrow().len())),
        ),
        MethodDef::bound(
            "put",
            "($self, /, item, block=True, timeout=None)",
            "Put the item on the queue.\n\n\
             The optional 'block' and 'timeout' arguments are ignored, as this method\n\
             never blocks.  They are provided for compatibility with the Queue class.",
            put,
        ),
        MethodDef::bound(
            "put_nowait",
            "($self, /, item)",
            "Put an item into the queue without blocking.\n\n\
             This is exactly equivalent to `put(item)` and is only provided\n\
             for compatibility with the Queue class.",
            put,
        ),
        MethodDef::bound(
            "get",
            "($self, /, block=True, timeout=None)",
            "Remove and return an item from the queue.\n\n\
             If optional args 'block' is true and 'timeout' is None (the default),\n\
             block if necessary until an item is available. If 'timeout' is\n\
             a non-negative number, it blocks at most 'timeout' seconds and raises\n\
             the Empty exception if no item was available within that time.\n\
             Otherwise ('block' is false), return an item if one is immediately\n\
             available, else raise the Empty exception ('timeout' is ignored\n\
             in that case).",
            get,
        ),
        MethodDef::bound(
            "get_nowait",
            "($self, /)",
            "Remove and return an item from the queue without blocking.\n\n\
             Only get an item if one is immediately available. Otherwise\n\
             raise the Empty exception.",
            |vm, args| {
                let item = queue_of(vm, &args[0])?.items.borrow_mut().pop_front();
                item.ok_or_else(|| empty(vm))
            },
        ),
        CLASS_GETITEM,
    ],
    ..TypeSpec::of::<SimpleQueue>("_queue.SimpleQueue")
};

fn queue_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a SimpleQueue> {
    this.payload::<SimpleQueue>()
        .ok_or_else(|| wrong_receiver(vm, "_queue.SimpleQueue"))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if class.spec.is_some() && !args.is_empty() {
        if !args.names.is_empty() {
            return Err(vm.type_error("SimpleQueue() takes no keyword arguments"));
        }
        let given = args.values.len();
        return Err(vm.type_error(format!("SimpleQueue() takes no arguments ({given} given)")));
    }
    Ok(alloc(class, SimpleQueue::default()).into_value())
}

fn put(vm: &Vm, args: &[Value]) -> PyResult {
    let queue = queue_of(vm, &args[0])?;
    queue.items.borrow_mut().push_back(args[1].clone());
    queue.waiters.wake_one();
    Ok(Value::NONE)
}

fn get(vm: &Vm, args: &[Value]) -> PyResult {
    let queue = queue_of(vm, &args[0])?;
    let block = match args[1].given() {
        Some(block) => vm.truth(block)?,
        None => true,
    };
    let timeout = if block {
        args[2].given_not_none()
    } else {
        None
    };
    let timeout = match timeout {
        None => None,
        Some(timeout) => match timeout_nanoseconds(vm, timeout)? {
            ..0 => return Err(vm.value_error("'timeout' must be a non-negative number")),
            timeout => Some(Duration::from_nanos(timeout as u64)),
        },
    };
    let take = || queue.items.borrow_mut().pop_front();
    let item = if block {
        queue.waiters.wait(vm, timeout, take)?
    } else {
        take()
    };
    item.ok_or_else(|| empty(vm))
}

/// Raises `Empty`.
#[cold]
fn empty(vm: &Vm) -> Raised {
    raise_of(vm, "_queue", "Empty", &[])
}

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(
        namespace,
        "SimpleQueue",
        vm.native_class(&SIMPLE_QUEUE).into_value(),
    )?;
    let empty = vm.native_exception("_queue", "Empty", &vm.types.exceptions.exception)?;
    let doc = "Exception raised by Queue.get(block=0)/get_nowait().";
    vm.set_attr(&empty, &vm.intern("__doc__"), &vm.str_value(doc))?;
    vm.define(namespace, "Empty", empty)
}
