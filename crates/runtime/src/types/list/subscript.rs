//! `list[...]`: loads, stores and deletions by index and by slice.

use smallvec::SmallVec;

use super::list_of;
use crate::object::list::{HeapVec, drop_from_end};
use crate::object::{List, PyResult, Value};
use crate::protocol::slicing::SliceRange;
use crate::vm::Vm;

pub(super) fn item(vm: &Vm, value: &Value, index: isize) -> PyResult {
    let list = list_of(value)?;
    usize::try_from(index)
        .ok()
        .and_then(|index| list.get(index))
        .ok_or_else(|| vm.index_error("list index out of range"))
}

pub(super) fn set_item(vm: &Vm, value: &Value, index: isize, new: Option<&Value>) -> PyResult<()> {
    let list = list_of(value)?;
    let place = usize::try_from(index).unwrap_or(usize::MAX);
    let old = match new {
        Some(new) => list.replace(place, new.clone()),
        None => list.update(|items| {
            let item = items.remove(place);
            items.shrink_slack();
            item
        }),
    };
    match old {
        Some(old) => {
            drop(old);
            Ok(())
        }
        None => Err(vm.index_error("list assignment index out of range")),
    }
}

fn index_of(vm: &Vm, list: &List, key: &Value) -> PyResult<isize> {
    let index = match key.as_small_int() {
        Some(index) => index as isize,
        None if vm.class_of(key).slots().nb_index.is_some() => {
            vm.index_isize(key, &vm.types.exceptions.index_error)?
        }
        None => {
            return Err(vm.type_error(format!(
                "list indices must be integers or slices, not {}",
                vm.class_name(key)
            )));
        }
    };
    Ok(if index < 0 {
        index.saturating_add(list.len() as isize)
    } else {
        index
    })
}

pub(super) fn subscript(vm: &Vm, value: &Value, key: &Value) -> PyResult {
    let list = list_of(value)?;
    let Some(range) = vm.slice_range(key, || list.len())? else {
        return item(vm, value, index_of(vm, list, key)?);
    };
    let taken = list.with(|items| {
        if range.step == 1 {
            let start = range.start as usize;
            return HeapVec::try_from_slice(&items[start..start + range.count]);
        }
        HeapVec::try_from_iter(range.places().map(|i| items[i].clone()))
    });
    match taken {
        Ok(items) => Ok(vm.list(items).into_value()),
        Err(_) => Err(vm.memory_error()),
    }
}

pub(super) fn set_subscript(
    vm: &Vm,
    value: &Value,
    key: &Value,
    new: Option<&Value>,
) -> PyResult<()> {
    let list = list_of(value)?;
    let Some(range) = vm.slice_range(key, || list.len())? else {
        return set_item(vm, value, index_of(vm, list, key)?, new);
    };
    match new {
        Some(new) if range.step == 1 => assign_slice(vm, list, range, new),
        Some(new) => assign_extended(vm, list, range, new),
        None if range.step == 1 => splice(vm, list, range, HeapVec::new()),
        None => {
            delete_extended(list, range);
            Ok(())
        }
    }
}

/// Replaces adjacent items; the old ones are dropped from the end.
fn splice(vm: &Vm, list: &List, range: SliceRange, new: HeapVec<Value>) -> PyResult<()> {
    let mut new = Some(new);
    let replaced = list.update(|items| {
        // The list may have shrunk while the new items were collected.
        let start = (range.start as usize).min(items.len());
        let end = (start + range.count).min(items.len());
        let replaced = items.try_splice(start..end, new.take().unwrap_or_default());
        items.shrink_slack();
        replaced
    });
    match replaced {
        Ok(replaced) => {
            drop_from_end(replaced);
            Ok(())
        }
        Err(_) => Err(vm.memory_error()),
    }
}

pub(crate) fn assign_slice(vm: &Vm, list: &List, range: SliceRange, new: &Value) -> PyResult<()> {
    let new = if vm.class_of(new).is(&vm.types.list)
        && let Some(new) = new.payload::<List>()
    {
        if replace_in_place(list, range.start as usize, range.count, new) {
            return Ok(());
        }
        new.with(HeapVec::try_from_slice)
    } else {
        HeapVec::try_from_iter(vm.collect_or(new, "can only assign an iterable")?)
    };
    match new {
        Ok(new) => splice(vm, list, range, new),
        Err(_) => Err(vm.memory_error()),
    }
}

/// Replaces a few adjacent items by as many of another list, where they lie; the old ones are dropped from the
/// end.  False where the numbers differ, or there are many.
fn replace_in_place(list: &List, start: usize, count: usize, new: &List) -> bool {
    const MOST: usize = 16;
    if count > MOST || new.len() != count || std::ptr::eq(list, new) {
        return false;
    }
    let mut old = SmallVec::<[Value; MOST]>::new();
    list.update(|items| {
        for (index, place) in items.as_mut_slice()[start..start + count]
            .iter_mut()
            .enumerate()
        {
            if let Some(item) = new.get(index) {
                old.push(std::mem::replace(place, item));
            }
        }
    });
    while let Some(item) = old.pop() {
        drop(item);
    }
    true
}

fn assign_extended(vm: &Vm, list: &List, range: SliceRange, new: &Value) -> PyResult<()> {
    let mut new = vm.collect_or(new, "must assign iterable to extended slice")?;
    if new.len() != range.count {
        return Err(vm.value_error(format!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            new.len(),
            range.count
        )));
    }
    list.update(|items| {
        for (place, new) in range.places().zip(&mut new) {
            if let Some(item) = items.as_mut_slice().get_mut(place) {
                std::mem::swap(item, new);
            }
        }
    });
    // Now these are the old items.
    drop(new);
    Ok(())
}

fn delete_extended(list: &List, range: SliceRange) {
    if range.count == 0 {
        return;
    }
    let range = range.ascending();
    let removed: Vec<Value> = list.update(|items| {
        let slots = items.as_mut_slice();
        let removed = range
            .places()
            .map(|place| std::mem::replace(&mut slots[place], Value::NONE))
            .collect();
        let (mut place, mut next) = (0, range.places().peekable());
        items.retain(|_| {
            let removed = next.next_if_eq(&place).is_some();
            place += 1;
            !removed
        });
        items.shrink_slack();
        removed
    });
    drop(removed);
}
