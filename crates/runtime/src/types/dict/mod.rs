//! The type `dict`.

mod iterators;
mod methods;
mod update;
mod view_algebra;
mod views;

use crate::object::slots::UnaryFn;
use crate::object::{
    Args, Class, CompareOp, Dict, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag, dict,
};
use crate::vm::Vm;

pub use self::iterators::{
    DictIterator, DictReverseIterator, ITEM_ITERATOR_SPEC, KEY_ITERATOR_SPEC,
    REVERSE_ITEM_ITERATOR_SPEC, REVERSE_KEY_ITERATOR_SPEC, REVERSE_VALUE_ITERATOR_SPEC,
    VALUE_ITERATOR_SPEC,
};
pub(crate) use self::update::{merge, merge_new, update_from};
pub use self::views::{DictView, ITEMS_SPEC, KEYS_SPEC, VALUES_SPEC, What};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a \
          mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized \
          as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> \
          new dictionary initialized with the name=value pairs\n    in the keyword argument list.  \
          For example:  dict(one=1, two=2)",
    flags: class_flag::MADE_UNPACKED
        | class_flag::COLLECTED
        | class_flag::KEPT
        | class_flag::BASE_TYPE
        | class_flag::MAPPING
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        repr: Some(repr),
        richcompare: Some(richcompare),
        iter: Some(iterators::iter),
        mp_length: Some(len),
        mp_subscript: Some(subscript),
        mp_ass_subscript: Some(set_subscript),
        sq_contains: Some(contains),
        nb_or: Some(or),
        nb_inplace_or: Some(inplace_or),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    ..TypeSpec::of::<Dict>("dict")
};

/// The dict that a value of this type (or a subclass) is.
pub(crate) fn dict_of(value: &Value) -> PyResult<&Dict> {
    match value.payload::<Dict>() {
        Some(dict) => Ok(dict),
        None => Err(crate::vm::current_vm().type_error("descriptor requires a 'dict' object")),
    }
}

fn new(vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    // A call of the class takes none of the dicts that CPython keeps.
    let list = heap::FreeList::DICT;
    let made = vm.heap.without_kept(list, || vm.dict_of_class(class));
    Ok(made.into_value())
}

/// True if the dict is iterated by its own rules, so that its table may be read directly.
fn iterates_plainly(vm: &Vm, value: &Value) -> bool {
    vm.class_of(value)
        .slots()
        .iter
        .is_some_and(|f| std::ptr::fn_addr_eq(f, iterators::iter as UnaryFn))
}

fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    update::update(vm, "dict", value, args)
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let dict = dict_of(value)?;
    let Some(_guard) = vm.enter_repr(value) else {
        return Ok(vm.str_value("{...}"));
    };
    if dict.is_empty() {
        return Ok(vm.str_value("{}"));
    }
    let mut text = String::from("{");
    let mut place = 0;
    while let Some((key, value)) = dict.next(&mut place) {
        if text.len() > 1 {
            text.push_str(", ");
        }
        vm.push_repr(&mut text, &key)?;
        text.push_str(": ");
        vm.push_repr(&mut text, &value)?;
    }
    text.push('}');
    Ok(vm.str_value(&text))
}

fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Dict>(), b.payload::<Dict>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match op {
        CompareOp::Eq => Ok(Value::bool(equal(vm, x, y)?)),
        CompareOp::Ne => Ok(Value::bool(!equal(vm, x, y)?)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn equal(vm: &Vm, a: &Dict, b: &Dict) -> PyResult<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut place = 0;
    while let Some((key, value, hash)) = a.next_hashed(vm, &mut place) {
        match b.get_hashed(vm, &key, hash)? {
            Some(other) if vm.equal(&value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn len(_vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(dict_of(value)?.len())
}

fn subscript(vm: &Vm, value: &Value, key: &Value) -> PyResult {
    if let Some(found) = dict_of(value)?.get(vm, key)? {
        return Ok(found);
    }
    if !vm.class_of(value).is(&vm.types.dict)
        && let Some(missing) = vm.lookup_special(value, &vm.names.__missing__)?
    {
        return vm.call1(&missing, key);
    }
    Err(vm.key_error(key))
}

fn set_subscript(vm: &Vm, value: &Value, key: &Value, new: Option<&Value>) -> PyResult<()> {
    let dict = dict_of(value)?;
    match new {
        Some(new) => dict.insert(vm, key, new.clone()).map(drop),
        None => match dict.remove(vm, key)? {
            Some((key, value)) => {
                drop(key);
                drop(value);
                Ok(())
            }
            None => Err(vm.key_error(key)),
        },
    }
}

fn contains(vm: &Vm, value: &Value, key: &Value) -> PyResult<bool> {
    dict_of(value)?.contains(vm, key)
}

/// A `dict` with the entries of a dict, which may be of a subclass with rules of its own.
fn copy(vm: &Vm, value: &Value) -> PyResult<Ref<Dict>> {
    let dict = dict_of(value)?;
    if iterates_plainly(vm, value) && !dict.is_sparse() {
        return vm.dict_copy(dict);
    }
    let copy = vm.dict();
    update::merge(vm, &copy, value)?;
    Ok(copy)
}

fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if a.payload::<Dict>().is_none() || b.payload::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let joined = copy(vm, a)?;
    update::update_from(vm, &joined, b)?;
    Ok(joined.into_value())
}

fn inplace_or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    update::update_from(vm, dict_of(a)?, b)?;
    Ok(a.clone())
}

impl Vm {
    /// `dict.update(source)` for a native that builds a dict.
    pub fn dict_update(&self, dict: &Dict, source: &Value) -> PyResult<()> {
        update::update_from(self, dict, source)
    }

    /// Removes all entries, keys and values dropped in order.
    pub fn dict_clear(&self, dict: &Dict) {
        dict::clear(dict);
    }
}
