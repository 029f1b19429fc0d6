//! `dict_keys`, `dict_values` and `dict_items`.

use heap::Visitor;

use super::view_algebra as algebra;
use super::{dict_of, iterators};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Tuple, TypeSlots, TypeSpec,
    Value, alloc, class_flag,
};
use crate::vm::Vm;

/// What a view or an iterator of a dict gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Tuples of key and value.
    Items,
}

/// Payload of the three views.
pub struct DictView {
    dict: Value,
    what: What,
}

impl Payload for DictView {
    const KIND: Kind = Kind::DICT_VIEW;
    const NAME: &'static str = "dict view";
    const FIELDS: &'static [Field] = fields![
        "dict" => dict as Value,
        "what" => what as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.dict);
    }
}

impl DictView {
    /// A new view of a dict.
    pub fn of_class(class: &Ref<Class>, dict: &Value, what: What) -> Value {
        let view = DictView {
            dict: dict.clone(),
            what,
        };
        alloc(class, view).into_value()
    }

    /// The dict.
    pub fn dict(&self) -> &Value {
        &self.dict
    }

    /// What it shows.
    pub fn what(&self) -> What {
        self.what
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.dict.payload::<Dict>().map_or(0, Dict::len)
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

const COMMON: TypeSlots = TypeSlots {
    repr: Some(repr),
    iter: Some(iter),
    sq_length: Some(len),
    ..TypeSlots::EMPTY
};

const SET_LIKE: TypeSlots = TypeSlots {
    sq_contains: Some(contains),
    richcompare: Some(algebra::richcompare),
    nb_subtract: Some(algebra::subtract),
    nb_and: Some(algebra::and),
    nb_xor: Some(algebra::xor),
    nb_or: Some(algebra::or),
    ..COMMON
};

const FLAGS: u32 = class_flag::COLLECTED | class_flag::NO_INSTANTIATION;

const REVERSED: MethodDef = MethodDef::bound(
    "__reversed__",
    "($self, /)",
    "Return a reverse iterator over the dict view.",
    reversed,
);

const SET_METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "isdisjoint",
        "($self, other, /)",
        "Return True if the view and the given iterable have a null intersection.",
        algebra::isdisjoint,
    ),
    REVERSED,
];

const MAPPING: GetSetDef = GetSetDef::read_only(
    "mapping",
    "dictionary that this view refers to",
    |vm, view| match view.payload::<DictView>() {
        Some(view) => Ok(vm.mapping_proxy(&view.dict)),
        None => Ok(Value::NONE),
    },
);

/// Declaration of `dict_keys`.
pub static KEYS_SPEC: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: SET_LIKE,
    methods: SET_METHODS,
    getset: &[MAPPING],
    ..TypeSpec::of::<DictView>("dict_keys")
};

/// Declaration of `dict_values`.
pub static VALUES_SPEC: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: COMMON,
    methods: &[REVERSED],
    getset: &[MAPPING],
    ..TypeSpec::of::<DictView>("dict_values")
};

/// Declaration of `dict_items`.
pub static ITEMS_SPEC: TypeSpec = TypeSpec {
    flags: FLAGS,
    slots: SET_LIKE,
    methods: SET_METHODS,
    getset: &[MAPPING],
    ..TypeSpec::of::<DictView>("dict_items")
};

pub(super) fn make(vm: &Vm, dict: &Value, what: What) -> Value {
    let class = match what {
        What::Keys => &vm.types.dict_keys,
        What::Values => &vm.types.dict_values,
        What::Items => &vm.types.dict_items,
    };
    DictView::of_class(class, dict, what)
}

pub(super) fn view_of(value: &Value) -> PyResult<&DictView> {
    match value.payload::<DictView>() {
        Some(view) => Ok(view),
        None => Err(crate::vm::current_vm().type_error("descriptor requires a dict view")),
    }
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let Some(_guard) = vm.enter_repr(value) else {
        return Ok(vm.str_value("..."));
    };
    let items = vm.list_from(vm.collect(value)?)?;
    let text = vm.repr_string(items.as_value())?;
    Ok(vm.str_value(&format!("{}({text})", vm.class_name(value))))
}

fn iter(vm: &Vm, value: &Value) -> PyResult {
    let view = view_of(value)?;
    iterators::forward(vm, &view.dict, view.what)
}

fn reversed(vm: &Vm, args: &[Value]) -> PyResult {
    let view = view_of(&args[0])?;
    iterators::reversed(vm, &view.dict, view.what)
}

fn len(_vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(view_of(value)?.len())
}

pub(super) fn contains(vm: &Vm, value: &Value, item: &Value) -> PyResult<bool> {
    let view = view_of(value)?;
    let dict = dict_of(&view.dict)?;
    if view.what != What::Items {
        return dict.contains(vm, item);
    }
    let Some([key, wanted]) = item.payload::<Tuple>().map(Tuple::as_slice) else {
        return Ok(false);
    };
    match dict.get(vm, key)? {
        Some(found) => vm.equal(&found, wanted),
        None => Ok(false),
    }
}
