//! The iterators over keys, values and items of a dict, forward and backward.

use std::cell::Cell;

use heap::Visitor;

use super::dict_of;
use super::views::What;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::tuple::SpareTuple;
use crate::object::{
    Class, Dict, Kind, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::protocol::iterate::iter_self;
use crate::types::iterators::methods;
use crate::vm::Vm;

/// What an iterator of either direction holds; `K` is the number of the kind.
pub struct Iterator<const K: u16> {
    /// The dict; nothing at the end.
    dict: Slot,
    /// The dict's length at the start; no length at all once a change was noticed.
    used: Cell<usize>,
    /// The next place (forward), or one past it (backward).
    place: Cell<usize>,
    /// Entries still to come.
    left: Cell<usize>,
    what: What,
    /// The pair that is given again, where items are wanted.
    result: Option<SpareTuple>,
}

/// Payload of the forward iterators.
pub type DictIterator = Iterator<{ Kind::DICT_ITERATOR.0 }>;
/// Payload of the backward iterators.
pub type DictReverseIterator = Iterator<{ Kind::DICT_REVERSE_ITERATOR.0 }>;

impl<const K: u16> Payload for Iterator<K> {
    const KIND: Kind = Kind(K);
    const NAME: &'static str = "dict iterator";
    const FIELDS: &'static [Field] = fields![
        "dict" => dict as Value,
        "used" => used as Unsigned,
        "place" => place as Unsigned,
        "left" => left as Unsigned,
        "what" => what as Opaque,
        "result" => result as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.dict);
        if let Some(result) = &self.result {
            visitor.value(result.as_value());
        }
    }
}

impl<const K: u16> Iterator<K> {
    const BACKWARD: bool = K == Kind::DICT_REVERSE_ITERATOR.0;

    fn make(vm: &Vm, class: &Ref<Class>, value: &Value, what: What) -> PyResult {
        let dict = dict_of(value)?;
        let iterator = Iterator::<K> {
            dict: Slot::new(Some(value.clone())),
            used: Cell::new(dict.len()),
            place: Cell::new(if Self::BACKWARD {
                dict.entry_count()
            } else {
                dict.first_place()
            }),
            left: Cell::new(dict.len()),
            what,
            result: matches!(what, What::Items).then(|| SpareTuple::new(vm, 2)),
        };
        Ok(alloc(class, iterator).into_value())
    }

    /// The next place that holds an entry; moves there.
    fn advance(&self, dict: &Dict) -> Option<usize> {
        if Self::BACKWARD {
            while self.place.get() > 0 {
                let place = self.place.get() - 1;
                self.place.set(place);
                if dict.has_entry_at(place) {
                    return Some(place);
                }
            }
            return None;
        }
        while self.place.get() < dict.entry_count() {
            let place = self.place.get();
            self.place.set(place + 1);
            if dict.has_entry_at(place) {
                return Some(place);
            }
        }
        None
    }

    fn next(&self, vm: &Vm) -> PyResult<Option<Value>> {
        let Some(dict) = self.dict.peek().and_then(Value::payload::<Dict>) else {
            return Ok(None);
        };
        if dict.len() != self.used.get() {
            self.used.set(usize::MAX);
            return Err(vm.runtime_error("dictionary changed size during iteration"));
        }
        let Some(place) = self.advance(dict) else {
            self.dict.set(None);
            return Ok(None);
        };
        if self.left.get() == 0 && !Self::BACKWARD {
            self.dict.set(None);
            return Err(vm.runtime_error("dictionary keys changed during iteration"));
        }
        self.left.set(self.left.get().saturating_sub(1));
        Ok(match self.what {
            What::Keys => dict.key_at(place),
            What::Values => dict.value_at(place),
            What::Items => dict.entry_at(place).map(|(key, value)| match &self.result {
                Some(result) => result.pair(vm, key, value),
                None => vm.pair(key, value),
            }),
        })
    }

    fn hint(&self) -> usize {
        match self.dict.peek().and_then(Value::payload::<Dict>) {
            Some(dict) if dict.len() == self.used.get() => self.left.get(),
            _ => 0,
        }
    }
}

fn next<const K: u16>(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    match iterator.payload::<Iterator<K>>() {
        Some(it) => it.next(vm),
        None => Ok(None),
    }
}

fn length_hint<const K: u16>(_vm: &Vm, args: &[Value]) -> PyResult {
    let left = args[0].payload::<Iterator<K>>().map_or(0, Iterator::hint);
    Ok(Value::small_int(left as i64))
}

fn reduce<const K: u16>(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(it) = args[0].payload::<Iterator<K>>() else {
        return Ok(Value::NONE);
    };
    // What is left is listed by a copy, so that this iterator stays where it is.
    let copy = Iterator::<K> {
        dict: Slot::new(it.dict.get()),
        used: it.used.clone(),
        place: it.place.clone(),
        left: it.left.clone(),
        what: it.what,
        result: None,
    };
    let copy = alloc(vm.class_of(&args[0]), copy).into_value();
    let rest = vm.list_from(vm.collect(&copy)?)?.into_value();
    Ok(vm.tuple_value([vm.builtin("iter")?, vm.tuple_value([rest])]))
}

const fn spec<const K: u16>(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
        slots: TypeSlots {
            iter: Some(iter_self),
            iternext: Some(next::<K>),
            ..TypeSlots::EMPTY
        },
        methods: const {
            &[
                methods::length_hint(length_hint::<K>),
                methods::reduce(reduce::<K>),
            ]
        },
        ..TypeSpec::of::<Iterator<K>>(name)
    }
}

const FORWARD: u16 = Kind::DICT_ITERATOR.0;
const BACKWARD: u16 = Kind::DICT_REVERSE_ITERATOR.0;

/// Declaration of `dict_keyiterator`.
pub static KEY_ITERATOR_SPEC: TypeSpec = spec::<FORWARD>("dict_keyiterator");
/// Declaration of `dict_valueiterator`.
pub static VALUE_ITERATOR_SPEC: TypeSpec = spec::<FORWARD>("dict_valueiterator");
/// Declaration of `dict_itemiterator`.
pub static ITEM_ITERATOR_SPEC: TypeSpec = spec::<FORWARD>("dict_itemiterator");
/// Declaration of `dict_reversekeyiterator`.
pub static REVERSE_KEY_ITERATOR_SPEC: TypeSpec = spec::<BACKWARD>("dict_reversekeyiterator");
/// Declaration of `dict_reversevalueiterator`.
pub static REVERSE_VALUE_ITERATOR_SPEC: TypeSpec = spec::<BACKWARD>("dict_reversevalueiterator");
/// Declaration of `dict_reverseitemiterator`.
pub static REVERSE_ITEM_ITERATOR_SPEC: TypeSpec = spec::<BACKWARD>("dict_reverseitemiterator");

pub(super) fn iter(vm: &Vm, dict: &Value) -> PyResult {
    forward(vm, dict, What::Keys)
}

pub(super) fn forward(vm: &Vm, dict: &Value, what: What) -> PyResult {
    let class = match what {
        What::Keys => &vm.types.dict_key_iterator,
        What::Values => &vm.types.dict_value_iterator,
        What::Items => &vm.types.dict_item_iterator,
    };
    DictIterator::make(vm, class, dict, what)
}

pub(super) fn reversed(vm: &Vm, dict: &Value, what: What) -> PyResult {
    let class = match what {
        What::Keys => &vm.types.dict_reverse_key_iterator,
        What::Values => &vm.types.dict_reverse_value_iterator,
        What::Items => &vm.types.dict_reverse_item_iterator,
    };
    DictReverseIterator::make(vm, class, dict, what)
}
