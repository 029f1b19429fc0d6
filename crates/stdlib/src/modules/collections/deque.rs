//! `deque`: representation, operators and iterators.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, CompareOp, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec,
    Value, Visit, alloc, class_flag,
};
use runtime::protocol::iterate::iter_self;

use super::deque_methods::{GETSET, METHODS};
use crate::native::{LENGTH_HINT, REDUCE, wrong_receiver};

/// Payload of `deque`.
pub(super) struct Deque {
    items: RefCell<VecDeque<Value>>,
    /// Most items it holds.
    pub(super) max_len: Cell<Option<usize>>,
    /// Changes whenever items come or go, so that iterators notice.
    pub(super) version: Cell<u64>,
}

impl Payload for Deque {
    const KIND: Kind = crate::kinds::DEQUE;
    const NAME: &'static str = "deque";
    const FIELDS: &'static [Field] = fields![
        "items" => items as Opaque,
        "max_len" => max_len as Opaque,
        "version" => version as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.items
            .borrow()
            .iter()
            .for_each(|item| visitor.value(item));
    }

    fn clear(&self) {
        drop_in_order(self.items.take());
    }
}

impl Drop for Deque {
    fn drop(&mut self) {
        drop_in_order(std::mem::take(self.items.get_mut()));
    }
}

fn drop_in_order(items: VecDeque<Value>) {
    items.into_iter().for_each(drop);
}

impl Deque {
    pub(super) fn empty(max_len: Option<usize>) -> Deque {
        Deque {
            items: RefCell::default(),
            max_len: Cell::new(max_len),
            version: Cell::new(0),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub(super) fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    pub(super) fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().iter().cloned().collect()
    }

    /// Changes the items; `change` must neither run Python code nor drop a value.
    pub(super) fn update<R>(&self, change: impl FnOnce(&mut VecDeque<Value>) -> R) -> R {
        self.version.set(self.version.get() + 1);
        change(&mut self.items.borrow_mut())
    }

    /// Reverses the items, which iterators do not mind.
    pub(super) fn reverse(&self) {
        self.items.borrow_mut().make_contiguous().reverse();
    }

    pub(super) fn replace(&self, index: usize, value: Value) -> Option<Value> {
        let mut items = self.items.borrow_mut();
        Some(std::mem::replace(items.get_mut(index)?, value))
    }

    fn make_room(&self, vm: &Vm) -> PyResult<()> {
        let room = self.items.borrow_mut().try_reserve(1);
        room.map_err(|_| vm.memory_error())
    }

    /// Adds on the right; what falls out on the left is the caller's to drop.
    pub(super) fn push_back(&self, vm: &Vm, value: Value) -> PyResult<Option<Value>> {
        let limit = self.max_len.get().unwrap_or(usize::MAX);
        self.make_room(vm)?;
        Ok(self.update(|items| {
            items.push_back(value);
            if items.len() > limit {
                items.pop_front()
            } else {
                None
            }
        }))
    }

    /// Adds on the left; what falls out on the right is the caller's to drop.
    pub(super) fn push_front(&self, vm: &Vm, value: Value) -> PyResult<Option<Value>> {
        let limit = self.max_len.get().unwrap_or(usize::MAX);
        self.make_room(vm)?;
        Ok(self.update(|items| {
            items.push_front(value);
            if items.len() > limit {
                items.pop_back()
            } else {
                None
            }
        }))
    }

    pub(super) fn bytes(&self) -> usize {
        self.items.borrow().capacity() * size_of::<Value>()
    }
}

/// The deque that a receiver is.
pub(super) fn deque_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Deque> {
    this.payload::<Deque>()
        .ok_or_else(|| wrong_receiver(vm, "collections.deque"))
}

/// Declaration of `deque`.
pub(super) static DEQUE: TypeSpec = TypeSpec {
    doc: "deque([iterable[, maxlen]]) --> deque object\n\n\
          A list-like sequence optimized for data accesses near its endpoints.",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS | class_flag::SEQUENCE,
    slots: TypeSlots {
        new: Some(|_, class, _| Ok(alloc(class, Deque::empty(None)).into_value())),
        init: Some(init),
        repr: Some(repr),
        hash: None,
        richcompare: Some(compare),
        iter: Some(iter),
        sq_length: Some(|vm, this| Ok(deque_of(vm, this)?.len())),
        sq_concat: Some(concat),
        sq_repeat: Some(repeat),
        sq_item: Some(|vm, this, index| {
            let found = usize::try_from(index)
                .ok()
                .and_then(|i| deque_of(vm, this).ok()?.get(i));
            found.ok_or_else(|| vm.index_error("deque index out of range"))
        }),
        sq_ass_item: Some(assign),
        sq_contains: Some(|vm, this, item| {
            let deque = deque_of(vm, this)?;
            let version = deque.version.get();
            let mut place = 0;
            while let Some(found) = deque.get(place) {
                if vm.equal(&found, item)? {
                    return Ok(true);
                }
                if deque.version.get() != version {
                    return Err(vm.runtime_error("deque mutated during iteration"));
                }
                place += 1;
            }
            Ok(false)
        }),
        sq_inplace_concat: Some(|vm, this, other| {
            super::deque_methods::extend_right(vm, this, other)?;
            Ok(this.clone())
        }),
        sq_inplace_repeat: Some(|vm, this, count| {
            let deque = deque_of(vm, this)?;
            let items = repeated(vm, deque, count)?;
            let old = deque.update(|place| std::mem::replace(place, items.into()));
            drop(old);
            Ok(this.clone())
        }),
        ..TypeSlots::EMPTY
    },
    methods: METHODS,
    getset: GETSET,
    ..TypeSpec::of::<Deque>("collections.deque")
};

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let bound = vm.bind_parameters("deque", "(iterable=(), maxlen=None)", args)?;
    let deque = deque_of(vm, this)?;
    let max_len = match bound[1].given_not_none() {
        None => None,
        Some(value) => {
            if !value.is_int() {
                return Err(vm.type_error("an integer is required"));
            }
            match usize::try_from(vm.arg_ssize(value)?) {
                Ok(limit) => Some(limit),
                Err(_) => return Err(vm.value_error("maxlen must be non-negative")),
            }
        }
    };
    deque.max_len.set(max_len);
    let old = deque.update(std::mem::take);
    drop(old);
    match bound[0].given() {
        Some(iterable) => super::deque_methods::extend_right(vm, this, iterable),
        None => Ok(()),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let deque = deque_of(vm, this)?;
    let Some(_guard) = vm.enter_repr(this) else {
        return Ok(vm.str_value("[...]"));
    };
    let items = vm.list_from(deque.to_vec())?.into_value();
    let items = vm.repr_string(&items)?;
    let name = vm.class_of(this).name.get().unwrap_or(Value::NONE);
    let name = vm.display(&name);
    Ok(vm.str_value(&match deque.max_len.get() {
        Some(limit) => format!("{name}({items}, maxlen={limit})"),
        None => format!("{name}({items})"),
    }))
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Deque>(), b.payload::<Deque>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if x.len() != y.len() && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    let (left, right) = (vm.iter(a)?, vm.iter(b)?);
    loop {
        match (vm.next(&left)?, vm.next(&right)?) {
            (Some(x), Some(y)) => {
                if vm.equal(&x, &y)? {
                    continue;
                }
                // The items are asked once more, whatever the operator.
                let decided = vm.compare(&x, &y, op)?;
                return Ok(Value::bool(vm.truth(&decided)?));
            }
            (x, y) => return Ok(Value::bool(op.holds(x.is_some().cmp(&y.is_some())))),
        }
    }
}

fn concat(vm: &Vm, this: &Value, other: &Value) -> PyResult {
    if other.payload::<Deque>().is_none() {
        return Err(vm.type_error(format!(
            "can only concatenate deque (not \"{}\") to deque",
            vm.class_name(other)
        )));
    }
    let joined = super::deque_methods::copy(vm, std::slice::from_ref(this))?;
    super::deque_methods::extend_right(vm, &joined, other)?;
    Ok(joined)
}

/// The items `count` times over, the last ones where there is a limit.
fn repeated(vm: &Vm, deque: &Deque, count: isize) -> PyResult<Vec<Value>> {
    let items = deque.to_vec();
    let count = count.max(0) as usize;
    let Some(total) = items.len().checked_mul(count) else {
        return Err(vm.memory_error());
    };
    let kept = total.min(deque.max_len.get().unwrap_or(usize::MAX));
    let mut all = Vec::new();
    if all.try_reserve_exact(kept).is_err() {
        return Err(vm.memory_error());
    }
    all.extend((total - kept..total).map(|place| items[place % items.len()].clone()));
    Ok(all)
}

fn repeat(vm: &Vm, this: &Value, count: isize) -> PyResult {
    let items = repeated(vm, deque_of(vm, this)?, count)?;
    let copy = super::deque_methods::copy(vm, std::slice::from_ref(this))?;
    let old = deque_of(vm, &copy)?.update(|place| std::mem::replace(place, items.into()));
    drop(old);
    Ok(copy)
}

fn assign(vm: &Vm, this: &Value, index: isize, value: Option<&Value>) -> PyResult<()> {
    let deque = deque_of(vm, this)?;
    let place = usize::try_from(index)
        .ok()
        .filter(|&place| place < deque.len());
    let Some(place) = place else {
        return Err(vm.index_error("deque index out of range"));
    };
    let old = match value {
        Some(value) => deque.replace(place, value.clone()),
        None => deque.update(|items| items.remove(place)),
    };
    drop(old);
    Ok(())
}

/// Payload of the iterators.
struct DequeIterator {
    deque: Slot,
    version: Cell<u64>,
    left: Cell<usize>,
}

/// The iterator from the right.
struct ReverseIterator(DequeIterator);

impl Payload for DequeIterator {
    const KIND: Kind = crate::kinds::DEQUE_ITERATOR;
    const NAME: &'static str = "_deque_iterator";
    const FIELDS: &'static [Field] = fields![
        "deque" => deque as Value,
        "version" => version as Unsigned,
        "left" => left as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.deque);
    }
}

impl Payload for ReverseIterator {
    const KIND: Kind = crate::kinds::DEQUE_REVERSE_ITERATOR;
    const NAME: &'static str = "_deque_reverse_iterator";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.0.deque);
    }
}

fn over(vm: &Vm, deque: &Value) -> PyResult<DequeIterator> {
    let payload = deque_of(vm, deque)?;
    Ok(DequeIterator {
        version: Cell::new(payload.version.get()),
        left: Cell::new(payload.len()),
        deque: Slot::new(Some(deque.clone())),
    })
}

fn iter(vm: &Vm, this: &Value) -> PyResult {
    Ok(alloc(&vm.native_class(&ITERATOR), over(vm, this)?).into_value())
}

/// `reversed(deque)`.
pub(super) fn reversed(vm: &Vm, args: &[Value]) -> PyResult {
    let iterator = ReverseIterator(over(vm, &args[0])?);
    Ok(alloc(&vm.native_class(&REVERSE_ITERATOR), iterator).into_value())
}

fn step(vm: &Vm, it: &DequeIterator, backwards: bool) -> PyResult<Option<Value>> {
    let Some(holder) = it.deque.peek() else {
        return Ok(None);
    };
    let deque = deque_of(vm, holder)?;
    if backwards && it.left.get() == 0 {
        return Ok(None);
    }
    if deque.version.get() != it.version.get() {
        it.left.set(0);
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    let Some(left) = it.left.get().checked_sub(1) else {
        return Ok(None);
    };
    it.left.set(left);
    Ok(deque.get(if backwards {
        left
    } else {
        deque.len() - 1 - left
    }))
}

fn iterator_new(
    vm: &Vm,
    class: &Ref<Class>,
    args: Args<'_>,
    make: fn(&Ref<Class>, DequeIterator) -> Value,
) -> PyResult {
    let name = class.name_string();
    let (deque, skip) = match args.positionals() {
        [deque] => (deque, 0),
        [deque, skip] => (deque, vm.arg_ssize(skip)?.max(0) as usize),
        _ => return Err(vm.type_error(format!("{name}() takes a deque and an index"))),
    };
    if deque.payload::<Deque>().is_none() {
        let name = name.rsplit('.').next().unwrap_or_default().to_owned();
        return Err(vm.type_error(format!(
            "{name}() argument 1 must be collections.deque, not {}",
            vm.class_name(deque)
        )));
    }
    let iterator = over(vm, deque)?;
    iterator.left.set(iterator.left.get().saturating_sub(skip));
    Ok(make(class, iterator))
}

fn iterator_reduce(vm: &Vm, this: &Value, it: &DequeIterator) -> Value {
    let deque = it.deque.get().unwrap_or(Value::NONE);
    let len = deque.payload::<Deque>().map_or(0, Deque::len);
    let done = vm.int_usize(len.saturating_sub(it.left.get()));
    vm.tuple_value([vm.class_of(this).to_value(), vm.tuple_value([deque, done])])
}

/// Declaration of `_deque_iterator`.
pub(super) static ITERATOR: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            iterator_new(vm, class, args, |class, it| alloc(class, it).into_value())
        }),
        iter: Some(iter_self),
        iternext: Some(|vm, this| match this.payload::<DequeIterator>() {
            Some(it) => step(vm, it, false),
            None => Ok(None),
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__length_hint__", "($self, /)", LENGTH_HINT, |vm, args| {
            let left = args[0]
                .payload::<DequeIterator>()
                .map_or(0, |it| it.left.get());
            Ok(vm.int_usize(left))
        }),
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            Ok(match args[0].payload::<DequeIterator>() {
                Some(it) => iterator_reduce(vm, &args[0], it),
                None => Value::NONE,
            })
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<DequeIterator>("collections._deque_iterator")
};

/// Declaration of `_deque_reverse_iterator`.
pub(super) static REVERSE_ITERATOR: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let make = |class: &Ref<Class>, it| alloc(class, ReverseIterator(it)).into_value();
            iterator_new(vm, class, args, make)
        }),
        iter: Some(iter_self),
        iternext: Some(|vm, this| match this.payload::<ReverseIterator>() {
            Some(it) => step(vm, &it.0, true),
            None => Ok(None),
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__length_hint__", "($self, /)", LENGTH_HINT, |vm, args| {
            let left = args[0]
                .payload::<ReverseIterator>()
                .map_or(0, |it| it.0.left.get());
            Ok(vm.int_usize(left))
        }),
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            Ok(match args[0].payload::<ReverseIterator>() {
                Some(it) => iterator_reduce(vm, &args[0], &it.0),
                None => Value::NONE,
            })
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<ReverseIterator>("collections._deque_reverse_iterator")
};
