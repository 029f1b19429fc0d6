//! `_bisect`: places in sorted sequences.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{CompareOp, List, MethodDef, PyResult, Value};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_bisect",
    "Bisection algorithms.\n\n\
     This module provides support for maintaining a list in sorted order without\n\
     having to sort the list after each insertion. For long lists of items with\n\
     expensive comparison operations, this can be an improvement over the more\n\
     common approach.\n",
    &[
        MethodDef::bound(
            "bisect_right",
            "($module, /, a, x, lo=0, hi=None, *, key=None)",
            "Return the index where to insert item x in list a, assuming a is sorted.\n\n\
             The return value i is such that all e in a[:i] have e <= x, and all e in\n\
             a[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will\n\
             insert just after the rightmost x already there.\n\n\
             Optional args lo (default 0) and hi (default len(a)) bound the\n\
             slice of a to be searched.\n\n\
             A custom key function can be supplied to customize the sort order.",
            |vm, args| Ok(vm.int_usize(find(vm, args, &args[2], true)?)),
        ),
        MethodDef::bound(
            "bisect_left",
            "($module, /, a, x, lo=0, hi=None, *, key=None)",
            "Return the index where to insert item x in list a, assuming a is sorted.\n\n\
             The return value i is such that all e in a[:i] have e < x, and all e in\n\
             a[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will\n\
             insert just before the leftmost x already there.\n\n\
             Optional args lo (default 0) and hi (default len(a)) bound the\n\
             slice of a to be searched.\n\n\
             A custom key function can be supplied to customize the sort order.",
            |vm, args| Ok(vm.int_usize(find(vm, args, &args[2], false)?)),
        ),
        MethodDef::bound(
            "insort_right",
            "($module, /, a, x, lo=0, hi=None, *, key=None)",
            "Insert item x in list a, and keep it sorted assuming a is sorted.\n\n\
             If x is already in a, insert it to the right of the rightmost x.\n\n\
             Optional args lo (default 0) and hi (default len(a)) bound the\n\
             slice of a to be searched.\n\n\
             A custom key function can be supplied to customize the sort order.",
            |vm, args| insert(vm, args, true),
        ),
        MethodDef::bound(
            "insort_left",
            "($module, /, a, x, lo=0, hi=None, *, key=None)",
            "Insert item x in list a, and keep it sorted assuming a is sorted.\n\n\
             If x is already in a, insert it to the left of the leftmost x.\n\n\
             Optional args lo (default 0) and hi (default len(a)) bound the\n\
             slice of a to be searched.\n\n\
             A custom key function can be supplied to customize the sort order.",
            |vm, args| insert(vm, args, false),
        ),
    ],
);

/// Where `x` belongs, by the arguments after the module.
fn find(vm: &Vm, args: &[Value], x: &Value, right: bool) -> PyResult<usize> {
    let sequence = &args[1];
    let low = match args[3].given() {
        Some(low) => vm.index_isize(low, &vm.types.exceptions.index_error)?,
        None => 0,
    };
    let Ok(mut low) = usize::try_from(low) else {
        return Err(vm.value_error("lo must be non-negative"));
    };
    let high = match args[4].given_not_none() {
        Some(high) => vm.index_isize(high, &vm.types.exceptions.index_error)?,
        None => -1,
    };
    let mut high = match usize::try_from(high) {
        Ok(high) => high,
        Err(_) => vm.len(sequence)?,
    };
    let key = args[5].given_not_none();
    let plain_list = sequence
        .payload::<List>()
        .filter(|_| vm.class_of(sequence).is(&vm.types.list));
    while low < high {
        let middle = low + (high - low) / 2;
        let item = match plain_list.and_then(|list| list.get(middle)) {
            Some(item) => item,
            None => vm.get_item(sequence, &vm.int_usize(middle))?,
        };
        // The item itself is let go before its key is compared.
        let item = match key {
            Some(key) => vm.call1(key, &item).inspect(|_| drop(item))?,
            None => item,
        };
        let go_left = if right {
            vm.compare_bool(x, &item, CompareOp::Lt)?
        } else {
            !vm.compare_bool(&item, x, CompareOp::Lt)?
        };
        if go_left {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

fn insert(vm: &Vm, args: &[Value], right: bool) -> PyResult {
    let place = match args[5].given_not_none() {
        Some(key) => {
            let x = vm.call1(key, &args[2])?;
            find(vm, args, &x, right)?
        }
        None => find(vm, args, &args[2], right)?,
    };
    if let Some(list) = args[1].payload::<List>()
        && vm.class_of(&args[1]).is(&vm.types.list)
    {
        vm.list_extend(list, std::slice::from_ref(&args[2]))?;
        list.update(|items| {
            let items = items.as_mut_slice();
            let place = place.min(items.len());
            if let Some(tail) = items.get_mut(place..) {
                tail.rotate_right(1);
            }
        });
        return Ok(Value::NONE);
    }
    let place = vm.int_usize(place);
    vm.call_method(&args[1], &vm.intern("insert"), &[place, args[2].clone()])?;
    Ok(Value::NONE)
}
