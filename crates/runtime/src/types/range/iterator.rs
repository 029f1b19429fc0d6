//! The iterators over ranges: machine integers where everything fits, else integers of any size.

use std::cell::Cell;

use heap::Visitor;

use super::{less, value_at, view};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Kind, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, alloc};
use crate::types::int;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// Iterator over a range whose items fit 64 bits.
pub struct RangeIterator {
    start: Cell<i64>,
    step: i64,
    left: Cell<i64>,
}

impl RangeIterator {
    /// The next item.
    #[inline(always)]
    pub fn step(&self) -> Option<i64> {
        let left = self.left.get();
        if left <= 0 {
            return None;
        }
        let item = self.start.get();
        // What follows the last item may not fit, but is never used.
        self.start.set(item.wrapping_add(self.step));
        self.left.set(left - 1);
        Some(item)
    }
}

impl Payload for RangeIterator {
    const KIND: Kind = Kind::RANGE_ITERATOR;
    const NAME: &'static str = "range_iterator";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "start" => start as Signed,
        "step" => step as Signed,
        "left" => left as Signed,
    ];
}

/// Iterator over any other range.
pub struct LongRangeIterator {
    start: Slot,
    step: Value,
    left: Slot,
}

impl Payload for LongRangeIterator {
    const KIND: Kind = Kind::INT_LONG_RANGE_ITERATOR;
    const NAME: &'static str = "longrange_iterator";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "start" => start as Value,
        "step" => step as Value,
        "left" => left as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.start);
        visitor.value(&self.step);
        visitor.slot(&self.left);
    }
}

/// Declaration of `range_iterator`.
pub static RANGE_ITERATOR_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(|_, it| Ok(it.clone())),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(length_hint),
        methods::reduce(reduce),
        methods::setstate(set_state),
    ],
    flags: crate::object::class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<RangeIterator>("range_iterator")
};

/// Declaration of `longrange_iterator`.
pub static LONG_RANGE_ITERATOR_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(|_, it| Ok(it.clone())),
        iternext: Some(long_next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::length_hint(long_length_hint),
        methods::reduce(long_reduce),
        methods::setstate(long_set_state),
    ],
    flags: crate::object::class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<LongRangeIterator>("longrange_iterator")
};

fn small_iterator(vm: &Vm, start: i64, step: i64, left: i64) -> Value {
    let iterator = RangeIterator {
        start: Cell::new(start),
        step,
        left: Cell::new(left),
    };
    alloc(&vm.types.range_iterator, iterator).into_value()
}

fn long_iterator(vm: &Vm, start: Value, step: Value, left: Value) -> Value {
    let iterator = LongRangeIterator {
        start: Slot::new(Some(start)),
        step,
        left: Slot::new(Some(left)),
    };
    alloc(&vm.types.longrange_iterator, iterator).into_value()
}

pub(super) fn iter(vm: &Vm, value: &Value) -> PyResult {
    let Some(range) = view(value) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(match range.as_small() {
        Some((start, step, length)) => small_iterator(vm, start, step, length),
        None => long_iterator(
            vm,
            range.start.clone(),
            range.step.clone(),
            range.length.clone(),
        ),
    })
}

pub(super) fn reversed(vm: &Vm, value: &Value) -> PyResult {
    let Some(range) = view(value) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if let Some((start, step, length)) = range.as_small()
        && let Some(back) = step.checked_neg()
        && start.checked_sub(step).is_some()
    {
        let last = start.wrapping_add(step.wrapping_mul(length - 1));
        return Ok(small_iterator(vm, last, back, length));
    }
    let last = int::sub(vm, &range.length, &Value::small_int(1))?;
    let last = value_at(vm, range, &last)?;
    let back = int::arithmetic::negative(vm, &range.step)?;
    Ok(long_iterator(vm, last, back, range.length.clone()))
}

fn next(vm: &Vm, value: &Value) -> PyResult<Option<Value>> {
    let item = value
        .payload::<RangeIterator>()
        .and_then(RangeIterator::step);
    Ok(item.map(|item| vm.int(item)))
}

fn length_hint(vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0]
        .payload::<RangeIterator>()
        .map_or(0, |it| it.left.get());
    Ok(vm.int(left))
}

/// `(iter, (range(start, stop, step),), None)`.
fn reduced(vm: &Vm, start: Value, stop: Value, step: Value) -> PyResult {
    let range = vm.range(start, stop, step)?;
    let name = vm.intern("iter");
    let iter = match vm.builtins().get_str(vm, &name)? {
        Some(iter) => iter,
        None => return Err(vm.attribute_error("iter")),
    };
    Ok(vm.tuple_value([iter, vm.tuple_value([range]), Value::NONE]))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<RangeIterator>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let start = it.start.get();
    let stop = i128::from(start) + i128::from(it.left.get()) * i128::from(it.step);
    reduced(vm, vm.int(start), vm.int_i128(stop), vm.int(it.step))
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<RangeIterator>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let skip = vm.arg_long(&args[1])?.clamp(0, it.left.get());
    it.start
        .set(it.start.get().wrapping_add(skip.wrapping_mul(it.step)));
    it.left.set(it.left.get() - skip);
    Ok(Value::NONE)
}

/// Start and number of items left.
fn long_state(it: &LongRangeIterator) -> (Value, Value) {
    let zero = || Value::small_int(0);
    (
        it.start.get().unwrap_or_else(zero),
        it.left.get().unwrap_or_else(zero),
    )
}

fn long_next(vm: &Vm, value: &Value) -> PyResult<Option<Value>> {
    let Some(it) = value.payload::<LongRangeIterator>() else {
        return Ok(None);
    };
    let (start, left) = long_state(it);
    if !less(&Value::small_int(0), &left) {
        return Ok(None);
    }
    it.left
        .set(Some(int::sub(vm, &left, &Value::small_int(1))?));
    it.start.set(Some(int::add(vm, &start, &it.step)?));
    Ok(Some(start))
}

fn long_length_hint(_vm: &Vm, args: &[Value]) -> PyResult {
    Ok(match args[0].payload::<LongRangeIterator>() {
        Some(it) => long_state(it).1,
        None => Value::NOT_IMPLEMENTED,
    })
}

fn long_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<LongRangeIterator>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (start, left) = long_state(it);
    let stop = int::add(vm, &start, &int::mul(vm, &left, &it.step)?)?;
    reduced(vm, start, stop, it.step.clone())
}

fn long_set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<LongRangeIterator>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let mut skip = vm.index(&args[1])?;
    let (start, left) = long_state(it);
    if less(&skip, &Value::small_int(0)) {
        skip = Value::small_int(0);
    } else if less(&left, &skip) {
        skip = left.clone();
    }
    let start = int::add(vm, &start, &int::mul(vm, &skip, &it.step)?)?;
    it.start.set(Some(start));
    it.left.set(Some(int::sub(vm, &left, &skip)?));
    Ok(Value::NONE)
}
