//! The type `list`.

mod iterators;
mod methods;
mod sort;
mod subscript;
pub(crate) use subscript::assign_slice;
mod timsort;

use crate::object::list::{HeapVec, drop_from_end};
use crate::object::{
    Args, Bytes, Class, CompareOp, List, PyResult, Ref, Str, Tuple, TypeSlots, TypeSpec, Value,
    class_flag,
};
use crate::vm::Vm;

pub use self::iterators::{
    ITERATOR_SPEC, ListIterator, ListReverseIterator, REVERSE_ITERATOR_SPEC,
};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new \
          empty list.\nThe argument must be an iterable if specified.",
    signature: "(iterable=(), /)",
    flags: class_flag::MADE_UNPACKED
        | class_flag::COLLECTED
        | class_flag::KEPT
        | class_flag::BASE_TYPE
        | class_flag::SEQUENCE
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        repr: Some(repr),
        richcompare: Some(richcompare),
        iter: Some(iterators::iter),
        sq_length: Some(len),
        mp_length: Some(len),
        sq_item: Some(subscript::item),
        sq_ass_item: Some(subscript::set_item),
        mp_subscript: Some(subscript::subscript),
        mp_ass_subscript: Some(subscript::set_subscript),
        sq_contains: Some(contains),
        sq_concat: Some(concat),
        sq_repeat: Some(repeat),
        sq_inplace_concat: Some(inplace_concat),
        sq_inplace_repeat: Some(inplace_repeat),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    ..TypeSpec::of::<List>("list")
};

/// The list in a native's first argument, which the binder has checked.
fn this(args: &[Value]) -> PyResult<&List> {
    list_of(&args[0])
}

/// The list that a value of this type (or a subclass) is.
pub(crate) fn list_of(value: &Value) -> PyResult<&List> {
    match value.payload::<List>() {
        Some(list) => Ok(list),
        None => Err(crate::vm::current_vm().type_error("descriptor requires a 'list' object")),
    }
}

fn new(vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    // A call of the class takes none of the lists that CPython keeps.
    let list = heap::FreeList::LIST;
    let made = vm.heap.without_kept(list, || vm.list_of_class(class));
    Ok(made.into_value())
}

fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    let class = vm.class_of(value);
    if !args.names.is_empty()
        && (class.is(&vm.types.list)
            || class
                .slots()
                .new
                .is_some_and(|n| std::ptr::fn_addr_eq(n, new as crate::object::slots::NewFn)))
    {
        return Err(vm.type_error("list() takes no keyword arguments"));
    }
    let positionals = args.positionals();
    if positionals.len() > 1 {
        return Err(vm.type_error(format!(
            "list expected at most 1 argument, got {}",
            positionals.len()
        )));
    }
    let list = list_of(value)?;
    drop_from_end(list.take());
    match positionals.first() {
        Some(iterable) => extend(vm, list, iterable),
        None => Ok(()),
    }
}

/// Appends all items of an iterable.
pub(crate) fn extend(vm: &Vm, list: &List, iterable: &Value) -> PyResult<()> {
    let class = vm.class_of(iterable);
    if let Some(source) = iterable.payload::<List>()
        && (class.is(&vm.types.list) || std::ptr::eq(source, list))
    {
        if std::ptr::eq(source, list) {
            return append_all(vm, list, &source.to_vec());
        }
        return source.with(|items| append_all(vm, list, items));
    }
    if let Some(source) = iterable.payload::<Tuple>()
        && class.is(&vm.types.tuple)
    {
        return append_all(vm, list, source);
    }
    let iterator = vm.iter(iterable)?;
    let hint = vm.length_hint(iterable, 8)?;
    if list.len().saturating_add(hint) > isize::MAX as usize {
        // As CPython: a hint that no list can hold is forgotten, and the items will tell.
    } else if list.update(|items| items.try_reserve_exact(hint)).is_err() {
        return Err(vm.memory_error());
    }
    if class.is(&vm.types.str)
        && let Some(text) = iterable.payload::<Str>()
    {
        let pushed = list.update(|items| {
            let mut chars = text.iter();
            chars.try_for_each(|c| items.try_push(vm.str_from_char(c).into_value()))
        });
        pushed.map_err(|_| vm.memory_error())?;
    } else if class.is(&vm.types.bytes)
        && let Some(bytes) = iterable.payload::<Bytes>()
    {
        let pushed = list.update(|items| {
            let mut bytes = bytes.iter();
            bytes.try_for_each(|b| items.try_push(Value::small_int((*b).into())))
        });
        pushed.map_err(|_| vm.memory_error())?;
    } else {
        while let Some(item) = vm.next(&iterator)? {
            vm.check_memory()?;
            push(vm, list, item)?;
        }
    }
    list.update(|items| {
        let unused = items.capacity() - items.len();
        if unused > items.len() / 8 + 6 {
            items.shrink_to_fit();
        }
    });
    Ok(())
}

/// Appends copies of these items.
fn append_all(vm: &Vm, list: &List, new: &[Value]) -> PyResult<()> {
    let appended = list.update(|items| {
        if items.is_empty() {
            items.try_reserve_exact(new.len())?;
        }
        items.try_extend_from_slice(new)
    });
    appended.map_err(|_| vm.memory_error())
}

/// Appends an item.
#[inline]
pub(crate) fn push(vm: &Vm, list: &List, item: Value) -> PyResult<()> {
    list.update(|items| items.try_push(item))
        .map_err(|_| vm.memory_error())
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let list = list_of(value)?;
    if list.is_empty() {
        return Ok(vm.str_value("[]"));
    }
    let Some(_guard) = vm.enter_repr(value) else {
        return Ok(vm.str_value("[...]"));
    };
    let mut text = String::from("[");
    let mut i = 0;
    while let Some(item) = list.get(i) {
        if i > 0 {
            text.push_str(", ");
        }
        // CPython trusts the list to hold it.
        let item = vm.borrow_uncounted(item);
        vm.push_repr(&mut text, item.value())?;
        i += 1;
    }
    text.push(']');
    Ok(vm.str_value(&text))
}

fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<List>(), b.payload::<List>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if x.len() != y.len() && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    let mut i = 0;
    while let (Some(left), Some(right)) = (x.get(i), y.get(i)) {
        if !vm.equal(&left, &right)? {
            // The comparison may have changed the lists: what lies there now decides.
            drop((left, right));
            let (Some(left), Some(right)) = (x.get(i), y.get(i)) else {
                break;
            };
            return match op {
                CompareOp::Eq => Ok(Value::FALSE),
                CompareOp::Ne => Ok(Value::TRUE),
                _ => {
                    // CPython trusts the lists to hold them.
                    let (left, right) = (vm.borrow_uncounted(left), vm.borrow_uncounted(right));
                    vm.compare(left.value(), right.value(), op)
                }
            };
        }
        i += 1;
    }
    Ok(Value::bool(op.holds(x.len().cmp(&y.len()))))
}

fn len(_vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(list_of(value)?.len())
}

/// The first place of an equal item.
fn position(
    vm: &Vm,
    list: &List,
    wanted: &Value,
    from: usize,
    to: usize,
) -> PyResult<Option<usize>> {
    let mut i = from;
    while i < to
        && let Some(item) = list.get(i)
    {
        if vm.equal(&item, wanted)? {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn contains(vm: &Vm, value: &Value, wanted: &Value) -> PyResult<bool> {
    Ok(position(vm, list_of(value)?, wanted, 0, usize::MAX)?.is_some())
}

fn concat(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let left = list_of(a)?;
    let Some(right) = b.payload::<List>() else {
        return Err(vm.type_error(format!(
            "can only concatenate list (not \"{}\") to list",
            vm.class_name(b)
        )));
    };
    let joined = left.with(|l| right.with(|r| HeapVec::try_joined(l, r)));
    match joined {
        Ok(items) => Ok(vm.list(items).into_value()),
        Err(_) => Err(vm.memory_error()),
    }
}

/// The items `times` over.
fn repeated(vm: &Vm, list: &List, times: isize) -> PyResult<HeapVec<Value>> {
    let times = times.max(0) as usize;
    let Some(len) = list.len().checked_mul(times) else {
        return Err(vm.memory_error());
    };
    let made = list.with(|items| {
        if let [item] = items {
            return HeapVec::try_filled(item.clone(), times);
        }
        let mut result = HeapVec::try_with_capacity(len)?;
        for _ in 0..times {
            result.try_extend_from_slice(items)?;
        }
        Ok(result)
    });
    made.map_err(|_| vm.memory_error())
}

/// Items that are looked through at once for objects.
const FEW: usize = 4;

fn repeat(vm: &Vm, value: &Value, times: isize) -> PyResult {
    let list = list_of(value)?;
    let made = vm.list(repeated(vm, list, times)?);
    let numbers = |items: &[Value]| items.len() <= FEW && !items.iter().any(Value::is_heap);
    if list.with(numbers) {
        made.note_no_objects();
    }
    Ok(made.into_value())
}

fn inplace_concat(vm: &Vm, value: &Value, other: &Value) -> PyResult {
    extend(vm, list_of(value)?, other)?;
    Ok(value.clone())
}

fn inplace_repeat(vm: &Vm, value: &Value, times: isize) -> PyResult {
    let list = list_of(value)?;
    if times < 1 {
        drop_from_end(list.take());
    } else if times > 1 {
        let more = repeated(vm, list, times - 1)?;
        append_all(vm, list, &more)?;
    }
    Ok(value.clone())
}
