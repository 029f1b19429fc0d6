//! Iterators over strings: `str_iterator`, and `str_ascii_iterator` for ASCII ones.

use std::cell::Cell;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Kind, MethodDef, Payload, PyResult, Slot, Str, TypeSlots, TypeSpec, Value, alloc,
};
use crate::types::iterators::methods;
use crate::vm::Vm;

/// A string and a place in it.
pub struct StrIterator {
    string: Slot,
    index: Cell<usize>,
}

impl StrIterator {
    /// The next character of an ASCII string; None at the end.
    #[inline(always)]
    pub fn next_byte(&self) -> Option<u8> {
        let index = self.index.get();
        let text = self.string.peek()?.payload::<Str>()?.as_ascii()?;
        let byte = *text.as_bytes().get(index)?;
        self.index.set(index + 1);
        Some(byte)
    }
}

impl Payload for StrIterator {
    const KIND: Kind = Kind::STR_ITERATOR;
    const NAME: &'static str = "str iterator";
    const FIELDS: &'static [Field] = fields![
        "string" => string as Value,
        "index" => index as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.string);
    }
}

const SLOTS: TypeSlots = TypeSlots {
    iter: Some(|_, this| Ok(this.clone())),
    iternext: Some(next),
    ..TypeSlots::EMPTY
};

const METHODS: &[MethodDef] = &[
    methods::length_hint(length_hint),
    methods::reduce(reduce),
    methods::setstate(set_state),
];

/// Declaration of `str_iterator`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: SLOTS,
    methods: METHODS,
    ..TypeSpec::of::<StrIterator>("str_iterator")
};

/// Declaration of `str_ascii_iterator`.
pub static ASCII_SPEC: TypeSpec = TypeSpec {
    slots: SLOTS,
    methods: METHODS,
    ..TypeSpec::of::<StrIterator>("str_ascii_iterator")
};

/// `iter(s)`
pub fn iter(vm: &Vm, this: &Value) -> PyResult {
    let ascii = this.payload::<Str>().is_some_and(Str::is_ascii);
    let class = if ascii {
        &vm.types.str_ascii_iterator
    } else {
        &vm.types.str_iterator
    };
    let iterator = StrIterator {
        string: Slot::new(Some(this.clone())),
        index: Cell::new(0),
    };
    Ok(alloc(class, iterator).into_value())
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(iterator) = this.payload::<StrIterator>() else {
        return Ok(None);
    };
    let index = iterator.index.get();
    let string = iterator.string.peek().and_then(|s| s.payload::<Str>());
    match string.filter(|s| index < s.len()) {
        Some(s) => {
            iterator.index.set(index + 1);
            Ok(Some(vm.str_from_char(s.at(index)).into_value()))
        }
        None => {
            iterator.string.set(None);
            Ok(None)
        }
    }
}

fn length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<StrIterator>().map_or(0, |iterator| {
        let string = iterator.string.peek().and_then(|s| s.payload::<Str>());
        string.map_or(0, |s| s.len().saturating_sub(iterator.index.get()))
    });
    Ok(Value::small_int(left as i64))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let iter = vm.builtin("iter")?;
    let iterator = args[0].payload::<StrIterator>();
    match iterator.and_then(|i| Some((i.string.get()?, i.index.get()))) {
        Some((string, index)) => Ok(vm.tuple_value([
            iter,
            vm.tuple_value([string]),
            Value::small_int(index as i64),
        ])),
        None => Ok(vm.tuple_value([iter, vm.tuple_value([vm.str_value("")])])),
    }
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    if !vm.is_instance_of(&args[1], &vm.types.int) {
        return Err(vm.type_error("an integer is required"));
    }
    let index = vm.arg_ssize(&args[1])?;
    if let Some(iterator) = args[0].payload::<StrIterator>()
        && let Some(len) = iterator
            .string
            .peek()
            .and_then(|s| Some(s.payload::<Str>()?.len()))
    {
        iterator
            .index
            .set(usize::try_from(index).unwrap_or(0).min(len));
    }
    Ok(Value::NONE)
}
