//! `list.sort` and `sorted`.

use super::{this, timsort};
use crate::object::list::HeapVec;
use crate::object::str::Width;
use crate::object::{CompareOp, List, PyResult, Str, Value};
use crate::types::str::operators;
use crate::vm::Vm;

pub(super) fn sort_method(vm: &Vm, args: &[Value]) -> PyResult {
    let reverse = match args[2].given() {
        Some(reverse) => vm.truth(reverse)?,
        None => false,
    };
    vm.sort_list(this(args)?, args[1].given_not_none(), reverse)?;
    Ok(Value::NONE)
}

impl Vm {
    /// `list.sort(key=key, reverse=reverse)`.  The list looks empty to the functions that are called.
    pub fn sort_list(&self, list: &List, key: Option<&Value>, reverse: bool) -> PyResult<()> {
        let (mut items, nested) = list.begin_sort();
        let sorted = sort_items(self, &mut items, key, reverse);
        let (meanwhile, modified) = list.end_sort(items, nested);
        drop(meanwhile);
        sorted?;
        if modified {
            return Err(self.value_error("list modified during sort"));
        }
        Ok(())
    }
}

fn sort_items(
    vm: &Vm,
    items: &mut HeapVec<Value>,
    key: Option<&Value>,
    reverse: bool,
) -> PyResult<()> {
    let keys = match key {
        None => None,
        Some(key) => {
            let mut keys = Vec::with_capacity(items.len());
            for item in items.iter() {
                keys.push(vm.call1(key, item)?);
            }
            Some(keys)
        }
    };
    let values = items.as_mut_slice();
    if keys.is_none() && sort_words(values, reverse) {
        return Ok(());
    }
    // Equal elements keep their order also in a reversed sort: so sort the mirrored list and mirror
    // the result.
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    if reverse {
        order.reverse();
    }
    let sorted = sort_order(vm, &mut order, keys.as_deref().unwrap_or(values));
    if reverse {
        order.reverse();
    }
    permute(values, &mut order);
    sorted
}

/// Sorts lists of nothing but immediate integers or immediate floats by their numbers: equal ones
/// are the same word, so their order does not matter.
fn sort_words(values: &mut [Value], reverse: bool) -> bool {
    if values.iter().all(|v| v.as_small_int().is_some()) {
        let mut numbers: Vec<i64> = values.iter().filter_map(Value::as_small_int).collect();
        numbers.sort_unstable();
        if reverse {
            numbers.reverse();
        }
        for (value, number) in values.iter_mut().zip(numbers) {
            *value = Value::small_int(number);
        }
        return true;
    }
    if values.iter().all(|v| v.as_small_float().is_some()) {
        // Neither NaN nor -0.0 is immediate.
        values.sort_by(|a, b| {
            let (a, b) = (a.as_small_float(), b.as_small_float());
            if reverse {
                b.partial_cmp(&a)
            } else {
                a.partial_cmp(&b)
            }
            .unwrap_or(std::cmp::Ordering::Equal)
        });
        return true;
    }
    false
}

/// Sorts positions by keys that are numbers, which lie next to them while they are compared.
fn sort_by_numbers<T: Copy>(
    order: &mut [u32],
    number: impl Fn(usize) -> T,
    less: impl Fn(T, T) -> std::cmp::Ordering,
) {
    let mut pairs: Vec<(T, u32)> = order.iter().map(|&i| (number(i as usize), i)).collect();
    pairs.sort_by(|a, b| less(a.0, b.0));
    for (place, (_, i)) in order.iter_mut().zip(pairs) {
        *place = i;
    }
}

/// The first eight bytes of a text as a number that is ordered as they are; NULs stand for what is missing.
fn first_bytes(text: &[u8]) -> u64 {
    if let Some(first) = text.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut first = [0; 8];
    first[..text.len()].copy_from_slice(text);
    u64::from_be_bytes(first)
}

/// Sorts positions by the keys there.
fn sort_order(vm: &Vm, order: &mut [u32], keys: &[Value]) -> PyResult<()> {
    if keys.iter().all(|k| k.as_small_int().is_some()) {
        let number = |i: usize| keys[i].as_small_int().unwrap_or(0);
        sort_by_numbers(order, number, |a, b| a.cmp(&b));
        return Ok(());
    }
    if keys.iter().all(|k| k.as_small_float().is_some()) {
        // No NaN is immediate.
        let number = |i: usize| keys[i].as_small_float().unwrap_or(0.0);
        sort_by_numbers(order, number, |a, b| {
            a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal)
        });
        return Ok(());
    }
    let is_str = |k: &Value| vm.class_of(k).is(&vm.types.str);
    if keys.iter().all(is_str) {
        let texts: Vec<&Str> = keys.iter().filter_map(Value::payload::<Str>).collect();
        if texts.iter().all(|s| s.width() <= Width::One) {
            // Most texts differ early: the rest of them need not be looked at.
            let bytes = |i: u32| texts[i as usize].raw_bytes();
            let mut pairs: Vec<(u64, u32)> =
                order.iter().map(|&i| (first_bytes(bytes(i)), i)).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| bytes(a.1).cmp(bytes(b.1))));
            for (place, (_, i)) in order.iter_mut().zip(pairs) {
                *place = i;
            }
        } else {
            order.sort_by(|&a, &b| operators::order(texts[a as usize], texts[b as usize]));
        }
        return Ok(());
    }
    timsort::sort(order, &|a, b| {
        let (a, b) = (&keys[a as usize], &keys[b as usize]);
        if let Some(ordering) = vm.order_plain(a, b, 0) {
            return Ok(ordering.is_lt());
        }
        let less = vm.compare(a, b, CompareOp::Lt)?;
        vm.truth(&less)
    })
}

/// Brings the values into the order that names where each comes from.
fn permute(values: &mut [Value], order: &mut [u32]) {
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = order[place] as usize;
            order[place] = place as u32;
            if from == start {
                break;
            }
            values.swap(place, from);
            place = from;
        }
    }
}
