//! The methods of `deque`.

use runtime::Vm;
use runtime::object::{GetSetDef, MethodDef, PyResult, Value};

use super::deque::{Deque, deque_of, reversed};
use crate::native::{CLASS_GETITEM, REDUCE};

pub(super) const GETSET: &[GetSetDef] = &[GetSetDef::read_only(
    "maxlen",
    "maximum size of a deque or None if unbounded",
    |vm, this| {
        let limit = deque_of(vm, this)?.max_len.get();
        Ok(limit.map_or(Value::NONE, |limit| vm.int_usize(limit)))
    },
)];

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "append",
        "($self, object, /)",
        "Add an element to the right side of the deque.",
        |vm, args| {
            drop(deque_of(vm, &args[0])?.push_back(vm, args[1].clone())?);
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "appendleft",
        "($self, object, /)",
        "Add an element to the left side of the deque.",
        |vm, args| {
            drop(deque_of(vm, &args[0])?.push_front(vm, args[1].clone())?);
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "clear",
        "($self, /)",
        "Remove all elements from the deque.",
        |vm, args| {
            let old = deque_of(vm, &args[0])?.update(std::mem::take);
            old.into_iter().for_each(drop);
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "__copy__",
        "($self, /)",
        "Return a shallow copy of a deque.",
        copy,
    )
    .unsigned(),
    MethodDef::bound(
        "copy",
        "($self, /)",
        "Return a shallow copy of a deque.",
        copy,
    )
    .unsigned(),
    MethodDef::bound(
        "count",
        "($self, value, /)",
        "D.count(value) -- return number of occurrences of value",
        count,
    ),
    MethodDef::bound(
        "extend",
        "($self, iterable, /)",
        "Extend the right side of the deque with elements from the iterable",
        |vm, args| {
            extend_right(vm, &args[0], &args[1])?;
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "extendleft",
        "($self, iterable, /)",
        "Extend the left side of the deque with elements from the iterable",
        |vm, args| {
            let deque = deque_of(vm, &args[0])?;
            let add = |item| {
                drop(deque.push_front(vm, item)?);
                Ok(())
            };
            if args[0].is(&args[1]) {
                deque.to_vec().into_iter().try_for_each(add)?;
            } else {
                vm.for_each(&args[1], add)?;
            }
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::raw(
        "index",
        "($self, value, start=0, stop=sys.maxsize, /)",
        "D.index(value, [start, [stop]]) -- return first index of value.\n\
         Raises ValueError if the value is not present.",
        index,
    ),
    MethodDef::bound(
        "insert",
        "($self, index, object, /)",
        "D.insert(index, object) -- insert object before index",
        |vm, args| {
            let deque = deque_of(vm, &args[0])?;
            let index = vm.arg_ssize(&args[1])?;
            let len = deque.len();
            if deque.max_len.get() == Some(len) {
                return Err(vm.index_error("deque already at its maximum size"));
            }
            let place = if index < 0 {
                len.saturating_sub(index.unsigned_abs())
            } else {
                len.min(index as usize)
            };
            deque.update(|items| items.insert(place, args[2].clone()));
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "pop",
        "($self, /)",
        "Remove and return the rightmost element.",
        |vm, args| {
            let deque = deque_of(vm, &args[0])?;
            if deque.len() == 0 {
                return Err(vm.index_error("pop from an empty deque"));
            }
            Ok(deque
                .update(|items| items.pop_back())
                .unwrap_or(Value::NONE))
        },
    )
    .unsigned(),
    MethodDef::bound(
        "popleft",
        "($self, /)",
        "Remove and return the leftmost element.",
        |vm, args| {
            let deque = deque_of(vm, &args[0])?;
            if deque.len() == 0 {
                return Err(vm.index_error("pop from an empty deque"));
            }
            Ok(deque
                .update(|items| items.pop_front())
                .unwrap_or(Value::NONE))
        },
    )
    .unsigned(),
    MethodDef::bound(
        "remove",
        "($self, value, /)",
        "D.remove(value) -- remove first occurrence of value.",
        remove,
    ),
    MethodDef::bound(
        "reverse",
        "($self, /)",
        "D.reverse() -- reverse *IN PLACE*",
        |vm, args| {
            deque_of(vm, &args[0])?.reverse();
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "rotate",
        "($self, n=1, /)",
        "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.",
        |vm, args| {
            let steps = match args[1].given() {
                Some(steps) => vm.arg_ssize(steps)?,
                None => 1,
            };
            let deque = deque_of(vm, &args[0])?;
            let len = deque.len() as isize;
            if len > 1 {
                let steps = steps.rem_euclid(len) as usize;
                deque.update(|items| items.rotate_right(steps));
            }
            Ok(Value::NONE)
        },
    )
    .unsigned(),
    MethodDef::bound(
        "__reversed__",
        "($self, /)",
        "D.__reversed__() -- return a reverse iterator over the deque",
        reversed,
    ),
    MethodDef::bound(
        "__sizeof__",
        "($self, /)",
        "D.__sizeof__() -- size of D in memory, in bytes",
        |vm, args| {
            let own = runtime::object::payload::block_bytes(&args[0]).unwrap_or(0);
            Ok(vm.int_usize(own + deque_of(vm, &args[0])?.bytes()))
        },
    ),
    MethodDef::bound("__reduce__", "($self, /)", REDUCE, reduce).unsigned(),
    CLASS_GETITEM,
];

/// `deque += iterable`.
pub(super) fn extend_right(vm: &Vm, this: &Value, iterable: &Value) -> PyResult<()> {
    let deque = deque_of(vm, this)?;
    let add = |item| {
        drop(deque.push_back(vm, item)?);
        Ok(())
    };
    if this.is(iterable) {
        return deque.to_vec().into_iter().try_for_each(add);
    }
    vm.for_each(iterable, add)
}

/// A copy, of the same class and with the same limit.
pub(super) fn copy(vm: &Vm, args: &[Value]) -> PyResult {
    let deque = deque_of(vm, &args[0])?;
    let class = vm.class_of(&args[0]);
    if class.spec.is_some() {
        let new = Deque::empty(deque.max_len.get());
        new.update(|items| *items = deque.to_vec().into());
        return Ok(runtime::object::alloc(class, new).into_value());
    }
    let class = class.to_value();
    match deque.max_len.get() {
        None => vm.call1(&class, &args[0]),
        Some(limit) => vm.call(&class, &[args[0].clone(), vm.int_usize(limit)]),
    }
}

fn count(vm: &Vm, args: &[Value]) -> PyResult {
    let deque = deque_of(vm, &args[0])?;
    let version = deque.version.get();
    let (mut place, mut found) = (0, 0);
    while let Some(item) = deque.get(place) {
        if vm.equal(&item, &args[1])? {
            found += 1;
        }
        if deque.version.get() != version {
            return Err(vm.runtime_error("deque mutated during iteration"));
        }
        place += 1;
    }
    Ok(vm.int(found))
}

fn index(vm: &Vm, args: runtime::object::Args<'_>) -> PyResult {
    let [this, value, bounds @ ..] = args.values else {
        return Err(vm.type_error("index expected at least 1 argument, got 0"));
    };
    if bounds.len() > 2 {
        return Err(vm.type_error(format!(
            "index expected at most 3 arguments, got {}",
            bounds.len() + 1
        )));
    }
    let deque = deque_of(vm, this)?;
    let len = deque.len();
    let bound = |value: Option<&Value>, default: usize| -> PyResult<usize> {
        let Some(value) = value else {
            return Ok(default);
        };
        let index = vm.index_clamped(value)?;
        Ok(if index < 0 {
            len.saturating_sub(index.unsigned_abs())
        } else {
            len.min(index as usize)
        })
    };
    let (start, stop) = (bound(bounds.first(), 0)?, bound(bounds.get(1), len)?);
    let version = deque.version.get();
    for place in start..stop {
        let Some(item) = deque.get(place) else { break };
        // CPython trusts the deque to hold it.
        let item = vm.borrow_uncounted(item);
        if vm.equal(item.value(), value)? {
            return Ok(vm.int_usize(place));
        }
        if deque.version.get() != version {
            return Err(vm.runtime_error("deque mutated during iteration"));
        }
    }
    let shown = vm.repr_string(value)?;
    Err(vm.value_error(format!("{shown} is not in deque")))
}

fn remove(vm: &Vm, args: &[Value]) -> PyResult {
    let deque = deque_of(vm, &args[0])?;
    let version = deque.version.get();
    let mut place = 0;
    while let Some(item) = deque.get(place) {
        let same = vm.equal(&item, &args[1])?;
        if deque.version.get() != version {
            return Err(vm.index_error("deque mutated during iteration"));
        }
        if same {
            drop(item);
            let old = deque.update(|items| items.remove(place));
            drop(old);
            return Ok(Value::NONE);
        }
        place += 1;
    }
    let shown = vm.repr_string(&args[1])?;
    Err(vm.value_error(format!("{shown} is not in deque")))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let deque = deque_of(vm, &args[0])?;
    let class = vm.class_of(&args[0]).to_value();
    let state = vm.call_method(&args[0], &vm.names.__getstate__, &[])?;
    let arguments = match deque.max_len.get() {
        None => vm.tuple_value([]),
        Some(limit) => vm.tuple_value([vm.tuple_value([]), vm.int_usize(limit)]),
    };
    let items = vm.iter(&args[0])?;
    Ok(vm.tuple_value([class, arguments, state, items]))
}
