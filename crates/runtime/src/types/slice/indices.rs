//! `slice.indices`: a slice fitted into a length, both of any size.

use super::Slice;
use crate::object::{PyResult, Value};
use crate::types::int;
use crate::vm::Vm;

/// `slice.indices(len)`, in integers of any size.
pub(super) fn indices(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(slice) = args[0].payload::<Slice>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let length = vm.index(&args[1])?;
    if length.as_int().is_some_and(|n| n.is_negative()) {
        return Err(vm.value_error("length should not be negative"));
    }
    let [start, stop, step] = slice.long_indices(vm, &length)?;
    Ok(vm.tuple_value([start, stop, step]))
}

impl Slice {
    /// Start, stop and step resolved for a sequence whose length is any integer.
    pub fn long_indices(&self, vm: &Vm, length: &Value) -> PyResult<[Value; 3]> {
        let zero = Value::small_int(0);
        let minus_one = Value::small_int(-1);
        let as_index = |value: &Value| {
            if value.as_int().is_none() && vm.class_of(value).slots().nb_index.is_none() {
                return Err(vm.type_error(
                    "slice indices must be integers or None or have an __index__ method",
                ));
            }
            vm.index(value)
        };
        let less = |a: &Value, b: &Value| {
            a.as_int()
                .zip(b.as_int())
                .is_some_and(|(a, b)| int::compare_views(a, b).is_lt())
        };
        let step = if self.step.is_none() {
            Value::small_int(1)
        } else {
            let step = as_index(&self.step)?;
            if step.as_small_int() == Some(0) {
                return Err(vm.value_error("slice step cannot be zero"));
            }
            step
        };
        let down = less(&step, &zero);
        let (lower, upper) = if down {
            (minus_one.clone(), int::add(vm, length, &minus_one)?)
        } else {
            (zero.clone(), length.clone())
        };
        let bound = |value: &Value, default: &Value| -> PyResult {
            if value.is_none() {
                return Ok(default.clone());
            }
            let index = as_index(value)?;
            if less(&index, &zero) {
                let index = int::add(vm, &index, length)?;
                return Ok(if less(&index, &lower) {
                    lower.clone()
                } else {
                    index
                });
            }
            Ok(if less(&upper, &index) {
                upper.clone()
            } else {
                index
            })
        };
        let start = bound(&self.start, if down { &upper } else { &lower })?;
        let stop = bound(&self.stop, if down { &lower } else { &upper })?;
        Ok([start, stop, step])
    }
}
