//! The type `range`: an arithmetic progression of integers of any size.

mod iterator;
mod search;

pub use iterator::{
    LONG_RANGE_ITERATOR_SPEC, LongRangeIterator, RANGE_ITERATOR_SPEC, RangeIterator,
};

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, GetSetDef, IntView, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use crate::types::int;
use crate::types::slice::Slice;
use crate::vm::Vm;

/// A range; all four are exact `int`s.
pub struct Range {
    start: Value,
    stop: Value,
    step: Value,
    length: Value,
}

impl Payload for Range {
    const KIND: Kind = Kind::RANGE;
    const NAME: &'static str = "range";
    const COLLECTED: bool = false;
    const FIELDS: &'static [Field] = fields![
        "start" => start as Value,
        "stop" => stop as Value,
        "step" => step as Value,
        "length" => length as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for part in [&self.start, &self.stop, &self.step, &self.length] {
            visitor.value(part);
        }
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an \
          object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) \
          by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is \
          omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list \
          of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
    flags: class_flag::MADE_UNPACKED | class_flag::SEQUENCE,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        iter: Some(iterator::iter),
        nb_bool: Some(|_, r| Ok(view(r).is_some_and(|r| r.length.as_small_int() != Some(0)))),
        mp_length: Some(len),
        mp_subscript: Some(subscript),
        sq_length: Some(len),
        sq_item: Some(|vm, r, i| item(vm, r, &vm.int(i as i64))),
        sq_contains: Some(search::contains),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "__reversed__",
            "($self, /)",
            "Return a reverse iterator.",
            |vm, args| iterator::reversed(vm, &args[0]),
        )
        .unsigned(),
        MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned(),
        MethodDef::bound(
            "count",
            "($self, value, /)",
            "rangeobject.count(value) -> integer -- return number of occurrences of value",
            search::count,
        ),
        MethodDef::bound(
            "index",
            "($self, value, /)",
            "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if \
             the value is not present.",
            search::index,
        ),
    ],
    getset: &[
        GetSetDef::read_only("start", "", |_, r| Ok(field(r, |r| &r.start))).as_member(),
        GetSetDef::read_only("stop", "", |_, r| Ok(field(r, |r| &r.stop))).as_member(),
        GetSetDef::read_only("step", "", |_, r| Ok(field(r, |r| &r.step))).as_member(),
    ],
    ..TypeSpec::of::<Range>("range")
};

fn view(value: &Value) -> Option<&Range> {
    value.payload::<Range>()
}

fn field(value: &Value, get: fn(&Range) -> &Value) -> Value {
    view(value).map_or(Value::NONE, |range| get(range).clone())
}

impl Range {
    /// Start, step and length as machine numbers, if they and all items fit.
    pub fn as_small(&self) -> Option<(i64, i64, i64)> {
        let fit = |value: &Value| value.as_int().and_then(IntView::to_i64);
        let (start, step, length) = (fit(&self.start)?, fit(&self.step)?, fit(&self.length)?);
        let end = i128::from(start) + i128::from(step) * i128::from(length);
        i64::try_from(end).ok()?;
        Some((start, step, length))
    }
}

impl Vm {
    /// `range(start, stop, step)` of exact integers; the step is not zero.
    pub fn range(&self, start: Value, stop: Value, step: Value) -> PyResult {
        let length = progression_length(self, &start, &stop, &step)?;
        let range = Range {
            start,
            stop,
            step,
            length,
        };
        Ok(alloc(&self.types.range, range).into_value())
    }
}

fn less(a: &Value, b: &Value) -> bool {
    a.as_int()
        .zip(b.as_int())
        .is_some_and(|(a, b)| int::compare_views(a, b).is_lt())
}

/// Number of items from `start` to `stop` by `step`.
fn progression_length(vm: &Vm, start: &Value, stop: &Value, step: &Value) -> PyResult {
    if let (Some(start), Some(stop), Some(step)) = (
        start.as_small_int(),
        stop.as_small_int(),
        step.as_small_int(),
    ) {
        let distance = if step > 0 { stop - start } else { start - stop };
        return Ok(if distance <= 0 {
            Value::small_int(0)
        } else {
            vm.int((distance - 1) / step.abs() + 1)
        });
    }
    let zero = Value::small_int(0);
    let one = Value::small_int(1);
    let negated;
    let (low, high, step) = if less(step, &zero) {
        negated = int::arithmetic::negative(vm, step)?;
        (stop, start, &negated)
    } else {
        (start, stop, step)
    };
    if !less(low, high) {
        return Ok(zero);
    }
    let distance = int::sub(vm, high, low)?;
    let distance = int::sub(vm, &distance, &one)?;
    let quotient = int::floor_div(vm, &distance, step)?;
    int::add(vm, &quotient, &one)
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("range() takes no keyword arguments"));
    }
    let (start, stop, step) = match args.values {
        [] => return Err(vm.type_error("range expected at least 1 argument, got 0")),
        [stop] => (Value::small_int(0), vm.index(stop)?, Value::small_int(1)),
        [start, stop] => (vm.index(start)?, vm.index(stop)?, Value::small_int(1)),
        [start, stop, step] => {
            let (start, stop, step) = (vm.index(start)?, vm.index(stop)?, vm.index(step)?);
            if step.as_small_int() == Some(0) {
                return Err(vm.value_error("range() arg 3 must not be zero"));
            }
            (start, stop, step)
        }
        many => {
            return Err(vm.type_error(format!(
                "range expected at most 3 arguments, got {}",
                many.len()
            )));
        }
    };
    vm.range(start, stop, step)
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let Some(range) = view(value) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (start, stop) = (vm.repr_string(&range.start)?, vm.repr_string(&range.stop)?);
    let text = if range.step.as_small_int() == Some(1) {
        format!("range({start}, {stop})")
    } else {
        format!("range({start}, {stop}, {})", vm.repr_string(&range.step)?)
    };
    Ok(vm.str_value(&text))
}

fn len(vm: &Vm, value: &Value) -> PyResult<usize> {
    match view(value) {
        Some(range) => Ok(vm.arg_ssize(&range.length)? as usize),
        None => Ok(0),
    }
}

/// `start + index * step`, whatever the index.
fn value_at(vm: &Vm, range: &Range, index: &Value) -> PyResult {
    int::add(vm, &range.start, &int::mul(vm, index, &range.step)?)
}

/// The item at an exact integer, from the end if it is negative.
fn item(vm: &Vm, value: &Value, index: &Value) -> PyResult {
    let Some(range) = view(value) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let zero = Value::small_int(0);
    let counted;
    let index = if less(index, &zero) {
        counted = int::add(vm, index, &range.length)?;
        &counted
    } else {
        index
    };
    if less(index, &zero) || !less(index, &range.length) {
        return Err(vm.index_error("range object index out of range"));
    }
    value_at(vm, range, index)
}

fn subscript(vm: &Vm, value: &Value, key: &Value) -> PyResult {
    if key.is_int() || vm.class_of(key).slots().nb_index.is_some() {
        return item(vm, value, &vm.index(key)?);
    }
    let (Some(range), Some(slice)) = (view(value), key.payload::<Slice>()) else {
        return Err(vm.type_error(format!(
            "range indices must be integers or slices, not {}",
            vm.class_name(key)
        )));
    };
    let [start, stop, step] = slice.long_indices(vm, &range.length)?;
    let step = int::mul(vm, &step, &range.step)?;
    vm.range(
        value_at(vm, range, &start)?,
        value_at(vm, range, &stop)?,
        step,
    )
}

/// Ranges are equal if they have the same items.
fn compare(_vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (view(a), view(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = |a: &Value, b: &Value| {
        a.as_int()
            .zip(b.as_int())
            .is_some_and(|(a, b)| int::compare_views(a, b).is_eq())
    };
    let equal = same(&x.length, &y.length)
        && (x.length.as_small_int() == Some(0)
            || (same(&x.start, &y.start)
                && (x.length.as_small_int() == Some(1) || same(&x.step, &y.step))));
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn hash(vm: &Vm, value: &Value) -> PyResult<i64> {
    let Some(range) = view(value) else {
        return Ok(0);
    };
    let (start, step) = match range.length.as_small_int() {
        Some(0) => (Value::NONE, Value::NONE),
        Some(1) => (range.start.clone(), Value::NONE),
        _ => (range.start.clone(), range.step.clone()),
    };
    vm.hash(&vm.tuple_value([range.length.clone(), start, step]))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let parts = view(&args[0]).map(|r| [r.start.clone(), r.stop.clone(), r.step.clone()]);
    let parts = vm.tuple_value(parts.unwrap_or([const { Value::NONE }; 3]));
    Ok(vm.tuple_value([vm.types.range.to_value(), parts]))
}
