//! `_count_elements`: the inner loop of `Counter`.

use runtime::Vm;
use runtime::object::{Dict, PyResult, Value};
use runtime::protocol::number::BinaryOp;

pub(super) fn count_elements(vm: &Vm, args: &[Value]) -> PyResult {
    let (mapping, iterable) = (&args[1], &args[2]);
    let one = Value::small_int(1);
    // A mapping with rules of its own is asked by its methods.
    let own_get = vm.lookup_in_class(vm.class_of(mapping), &vm.intern("get"));
    let dict_get = vm.lookup_in_class(&vm.types.dict, &vm.intern("get"));
    let own_set = vm.lookup_in_class(vm.class_of(mapping), &vm.intern("__setitem__"));
    let dict_set = vm.lookup_in_class(&vm.types.dict, &vm.intern("__setitem__"));
    let same_get = matches!((&own_get, &dict_get), (Some(a), Some(b)) if a.is(b));
    let same_set = matches!((&own_set, &dict_set), (Some(a), Some(b)) if a.is(b));
    let plain = mapping.as_ref_to::<Dict>().filter(|_| same_get && same_set);
    match plain {
        Some(dict) => vm.for_each(iterable, |element| {
            let hash = vm.hash(&element)? as u64;
            let count = match dict.get_hashed(vm, &element, hash)? {
                None => one.clone(),
                Some(count) => match count.as_small_int().and_then(|n| n.checked_add(1)) {
                    Some(more) => vm.int(more),
                    None => vm.binary(&BinaryOp::ADD, &count, &one)?,
                },
            };
            // Held as what will lie in the dict.
            let stored = element.clone();
            dict.insert_hashed(vm, &stored, hash, count).map(drop)
        })?,
        None => {
            let get = vm.get_attr(mapping, &vm.intern("get"))?;
            vm.for_each(iterable, |element| {
                let count = vm.call(&get, &[element.clone(), Value::small_int(0)])?;
                let count = vm.binary(&BinaryOp::ADD, &count, &one)?;
                vm.set_item(mapping, &element, &count)
            })?;
        }
    }
    Ok(Value::NONE)
}
