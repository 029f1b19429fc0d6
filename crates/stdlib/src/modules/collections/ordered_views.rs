//! The views and the iterator of `OrderedDict`: those of dict, except that an iterator takes
//! notice of every key that comes, goes or moves.

use std::cell::Cell;

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Dict, Kind, MethodDef, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, Visit, alloc,
    class_flag,
};
use runtime::protocol::iterate::iter_self;
use runtime::types::dict::{DictView, What};

use crate::native::{REDUCE, wrong_receiver};

/// Payload of the iterator.
pub(super) struct OrderedIterator {
    /// The dict; nothing at the end.
    dict: Slot,
    what: What,
    backward: bool,
    /// The place of the next entry, known before it is asked for; nothing behind the last one.
    place: Cell<Option<usize>>,
    /// The state of the dict's keys when the iteration began.
    version: u32,
}

impl Payload for OrderedIterator {
    const KIND: Kind = crate::kinds::ORDERED_ITERATOR;
    const NAME: &'static str = "odict iterator";
    const FIELDS: &'static [Field] = fields![
        "dict" => dict as Value,
        "what" => what as Opaque,
        "backward" => backward as Bool,
        "place" => place as Opaque,
        "version" => version as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.dict);
    }
}

/// The first place at or after `place`, or before it, that holds an entry.
fn settle(dict: &Dict, place: usize, backward: bool) -> Option<usize> {
    if backward {
        return (0..place).rev().find(|&place| dict.has_entry_at(place));
    }
    (place..dict.entry_count()).find(|&place| dict.has_entry_at(place))
}

impl OrderedIterator {
    fn next(&self, vm: &Vm) -> PyResult<Option<Value>> {
        let (Some(dict), Some(place)) = (
            self.dict.peek().and_then(Value::payload::<Dict>),
            self.place.get(),
        ) else {
            self.dict.set(None);
            return Ok(None);
        };
        if dict.keys_version() != self.version {
            // Only clear() leaves no table, which is told of as a change of size, again and again.
            if dict.table_bytes() == 0 {
                return Err(vm.runtime_error("OrderedDict changed size during iteration"));
            }
            self.dict.set(None);
            return Err(vm.runtime_error("OrderedDict mutated during iteration"));
        }
        let behind = if self.backward { place } else { place + 1 };
        self.place.set(settle(dict, behind, self.backward));
        Ok(match self.what {
            What::Keys => dict.key_at(place),
            What::Values => dict.value_at(place),
            What::Items => dict.entry_at(place).map(|(key, value)| vm.pair(key, value)),
        })
    }
}

/// An iterator over a dict.
pub(super) fn iterate(vm: &Vm, value: &Value, what: What, backward: bool) -> PyResult {
    let Some(dict) = value.payload::<Dict>() else {
        return Err(wrong_receiver(vm, "collections.OrderedDict"));
    };
    let start = if backward {
        dict.entry_count()
    } else {
        dict.first_place()
    };
    let iterator = OrderedIterator {
        dict: Slot::new(Some(value.clone())),
        what,
        backward,
        place: Cell::new(settle(dict, start, backward)),
        version: dict.keys_version(),
    };
    Ok(alloc(&vm.native_class(&ITERATOR), iterator).into_value())
}

/// A view of a dict.
pub(super) fn view(vm: &Vm, dict: &Value, what: What) -> Value {
    let types = &vm.types;
    let class = match what {
        What::Keys => vm.native_subclass(&KEYS, &types.dict_keys),
        What::Values => vm.native_subclass(&VALUES, &types.dict_values),
        What::Items => vm.native_subclass(&ITEMS, &types.dict_items),
    };
    DictView::of_class(&class, dict, what)
}

fn iterate_view(vm: &Vm, value: &Value, backward: bool) -> PyResult {
    match value.payload::<DictView>() {
        Some(view) => iterate(vm, view.dict(), view.what(), backward),
        None => Err(wrong_receiver(vm, "odict_keys")),
    }
}

const VIEW_METHODS: &[MethodDef] = &[MethodDef::bound(
    "__reversed__",
    "($self, /)",
    "",
    |vm, args| iterate_view(vm, &args[0], true),
)];

const fn view_spec(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
        slots: TypeSlots {
            iter: Some(|vm, view| iterate_view(vm, view, false)),
            ..TypeSlots::EMPTY
        },
        methods: VIEW_METHODS,
        ..TypeSpec::of::<DictView>(name)
    }
}

static KEYS: TypeSpec = view_spec("odict_keys");
static VALUES: TypeSpec = view_spec("odict_values");
static ITEMS: TypeSpec = view_spec("odict_items");

static ITERATOR: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(|vm, this| match this.payload::<OrderedIterator>() {
            Some(iterator) => iterator.next(vm),
            None => Ok(None),
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", REDUCE, reduce).unsigned()],
    ..TypeSpec::of::<OrderedIterator>("odict_iterator")
};

/// What is left is listed by a copy, so that this iterator stays where it is.
fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(this) = args[0].payload::<OrderedIterator>() else {
        return Err(wrong_receiver(vm, "odict_iterator"));
    };
    let copy = OrderedIterator {
        dict: Slot::new(this.dict.get()),
        what: this.what,
        backward: this.backward,
        place: this.place.clone(),
        version: this.version,
    };
    let mut rest = Vec::new();
    while let Some(item) = copy.next(vm)? {
        rest.push(item);
    }
    let rest = vm.list_from(rest)?.into_value();
    Ok(vm.tuple_value([vm.builtin("iter")?, vm.tuple_value([rest])]))
}
