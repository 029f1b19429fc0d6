//! `iterator` (over an object that has only `__getitem__`), `callable_iterator` and `reversed`.

use heap::Visitor;

use super::index::IndexIterator;
use super::methods;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Kind, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::protocol::iterate::iter_self;
use crate::vm::Vm;

/// Payload of `iterator`.
pub type SequenceIterator = IndexIterator<{ Kind::SEQUENCE_ITERATOR.0 }>;
/// Payload of `reversed`.
pub type Reversed = IndexIterator<{ Kind::REVERSED.0 }>;

/// Declaration of `iterator`.
pub static SEQUENCE_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(length_hint),
        methods::reduce(reduce),
        methods::setstate(setstate),
    ],
    ..TypeSpec::of::<SequenceIterator>("iterator")
};

impl Vm {
    /// The iterator over an object that has only `__getitem__`.
    pub(crate) fn sequence_iterator(&self, value: &Value) -> PyResult {
        let class = &self.types.sequence_iterator;
        Ok(SequenceIterator::make(class, value, 0))
    }

    /// `sequence[index]` by the sequence protocol; None where an IndexError or StopIteration says
    /// that the sequence ends.
    fn item_or_end(&self, sequence: &Value, index: isize) -> PyResult<Option<Value>> {
        let Some(item) = self.class_of(sequence).slots().sq_item else {
            return Err(self.type_error(format!(
                "'{}' object does not support indexing",
                self.class_name(sequence)
            )));
        };
        let exceptions = &self.types.exceptions;
        match item(self, sequence, index) {
            Ok(item) => Ok(Some(item)),
            Err(raised) => match self.catch(raised, &exceptions.index_error) {
                Ok(_) => Ok(None),
                Err(raised) => self.catch(raised, &exceptions.stop_iteration).map(|_| None),
            },
        }
    }

    fn length_of_sequence(&self, sequence: &Value) -> PyResult<Option<isize>> {
        let slots = self.class_of(sequence).slots();
        match slots.sq_length.or(slots.mp_length) {
            Some(len) => Ok(Some(len(self, sequence)? as isize)),
            None => Ok(None),
        }
    }
}

fn next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<SequenceIterator>() else {
        return Ok(None);
    };
    let Some(sequence) = it.sequence.get() else {
        return Ok(None);
    };
    let index = it.index.get();
    let Some(after) = index.checked_add(1) else {
        return Err(vm.overflow_error("iter index too large"));
    };
    it.index.set(after);
    let item = vm.item_or_end(&sequence, index);
    match &item {
        Ok(Some(_)) => {}
        Ok(None) => it.sequence.set(None),
        Err(_) => it.index.set(index),
    }
    item
}

fn length_hint(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<SequenceIterator>() else {
        return Ok(Value::NONE);
    };
    let Some(sequence) = it.sequence.get() else {
        return Ok(Value::small_int(0));
    };
    match vm.length_of_sequence(&sequence)? {
        Some(len) => Ok(Value::small_int((len - it.index.get()).max(0) as i64)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    match args[0].payload::<SequenceIterator>() {
        Some(it) => it.reduce(vm, "iter", vm.tuple_value([])),
        None => Ok(Value::NONE),
    }
}

fn setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(it) = args[0].payload::<SequenceIterator>()
        && !it.sequence.is_empty()
    {
        it.index.set(index.max(0));
    }
    Ok(Value::NONE)
}

/// Payload of `callable_iterator`: empty at the end.
pub struct CallableIterator {
    callable: Slot,
    sentinel: Slot,
}

impl Payload for CallableIterator {
    const KIND: Kind = Kind::CALLABLE_ITERATOR;
    const NAME: &'static str = "callable_iterator";
    const FIELDS: &'static [Field] = fields![
        "callable" => callable as Value,
        "sentinel" => sentinel as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.callable);
        visitor.slot(&self.sentinel);
    }
}

/// Declaration of `callable_iterator`.
pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(callable_next),
        ..TypeSlots::EMPTY
    },
    methods: &[methods::reduce(callable_reduce)],
    ..TypeSpec::of::<CallableIterator>("callable_iterator")
};

impl Vm {
    /// `iter(callable, sentinel)`.
    pub fn callable_iterator(&self, callable: &Value, sentinel: &Value) -> Value {
        let iterator = CallableIterator {
            callable: Slot::new(Some(callable.clone())),
            sentinel: Slot::new(Some(sentinel.clone())),
        };
        alloc(&self.types.callable_iterator, iterator).into_value()
    }
}

fn callable_next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<CallableIterator>() else {
        return Ok(None);
    };
    let Some(callable) = it.callable.get() else {
        return Ok(None);
    };
    let result = match vm.call0(&callable) {
        Ok(result) => result,
        Err(raised) => {
            let _ = vm.catch(raised, &vm.types.exceptions.stop_iteration)?;
            it.callable.set(None);
            it.sentinel.set(None);
            return Ok(None);
        }
    };
    // The call may have exhausted the iterator.
    let Some(sentinel) = it.sentinel.get() else {
        return Ok(None);
    };
    if vm.equal(&sentinel, &result)? {
        it.callable.set(None);
        it.sentinel.set(None);
        return Ok(None);
    }
    Ok(Some(result))
}

fn callable_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let iter = vm.builtin("iter")?;
    let state = args[0]
        .payload::<CallableIterator>()
        .and_then(|it| it.callable.get().zip(it.sentinel.get()));
    let arguments = match state {
        Some((callable, sentinel)) => vm.tuple_value([callable, sentinel]),
        None => vm.tuple_value([vm.tuple_value([])]),
    };
    Ok(vm.tuple_value([iter, arguments]))
}

/// Declaration of `reversed`.
pub static REVERSED_SPEC: TypeSpec = TypeSpec {
    doc: "Return a reverse iterator over the values of the given sequence.",
    signature: "(sequence, /)",
    flags: class_flag::MADE_UNPACKED | class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(reversed_new),
        iter: Some(iter_self),
        iternext: Some(reversed_next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(reversed_length_hint),
        methods::reduce(reversed_reduce),
        methods::setstate(reversed_setstate),
    ],
    ..TypeSpec::of::<Reversed>("reversed")
};

fn reversed_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() && class.is(&vm.types.reversed) {
        return Err(vm.type_error("reversed() takes no keyword arguments"));
    }
    let [sequence] = args.positionals() else {
        return Err(vm.type_error(format!(
            "reversed expected 1 argument, got {}",
            args.positionals().len()
        )));
    };
    let not_reversible = || {
        vm.type_error(format!(
            "'{}' object is not reversible",
            vm.class_name(sequence)
        ))
    };
    if let Some(method) = vm.lookup_special(sequence, &vm.names.__reversed__)? {
        if method.is_none() {
            return Err(not_reversible());
        }
        return vm.call0(&method);
    }
    let sequence_class = vm.class_of(sequence);
    if sequence_class.slots().sq_item.is_none() || sequence_class.is_subclass_of(&vm.types.dict) {
        return Err(not_reversible());
    }
    let len = vm.len(sequence)? as isize;
    Ok(Reversed::make(class, sequence, len - 1))
}

fn reversed_next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(it) = iterator.payload::<Reversed>() else {
        return Ok(None);
    };
    let index = it.index.get();
    if index >= 0
        && let Some(sequence) = it.sequence.get()
        && let Some(item) = vm.item_or_end(&sequence, index)?
    {
        it.index.set(index - 1);
        return Ok(Some(item));
    }
    it.index.set(-1);
    it.sequence.set(None);
    Ok(None)
}

fn reversed_length_hint(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<Reversed>() else {
        return Ok(Value::NONE);
    };
    let Some(sequence) = it.sequence.get() else {
        return Ok(Value::small_int(0));
    };
    let left = it.index.get() + 1;
    let len = vm.len(&sequence)? as isize;
    Ok(Value::small_int(if len < left { 0 } else { left as i64 }))
}

fn reversed_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let class = vm.class_of(&args[0]).to_value();
    let Some(it) = args[0].payload::<Reversed>() else {
        return Ok(Value::NONE);
    };
    Ok(match it.sequence.get() {
        Some(sequence) => {
            let index = Value::small_int(it.index.get() as i64);
            vm.tuple_value([class, vm.tuple_value([sequence]), index])
        }
        None => vm.tuple_value([class, vm.tuple_value([vm.tuple_value([])])]),
    })
}

fn reversed_setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.index_isize(&args[1], &vm.types.exceptions.overflow_error)?;
    if let Some(it) = args[0].payload::<Reversed>()
        && let Some(sequence) = it.sequence.get()
    {
        let len = vm.len(&sequence)? as isize;
        it.index.set(index.clamp(-1, len - 1));
    }
    Ok(Value::NONE)
}
