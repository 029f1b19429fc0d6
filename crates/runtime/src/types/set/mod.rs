//! The types `set` and `frozenset`.

mod algebra;
mod iterator;
mod methods;

use crate::object::slots::InitFn;
use crate::object::{
    Args, Class, CompareOp, Dict, PyResult, Ref, Set, TypeSlots, TypeSpec, Value, class_flag,
};
use crate::vm::Vm;

pub use self::iterator::{ITERATOR_SPEC, SetIterator};

/// The slots both types have.
const COMMON: TypeSlots = TypeSlots {
    repr: Some(repr),
    richcompare: Some(richcompare),
    iter: Some(iterator::iter),
    sq_length: Some(len),
    sq_contains: Some(contains),
    nb_subtract: Some(algebra::subtract),
    nb_and: Some(algebra::and),
    nb_xor: Some(algebra::xor),
    nb_or: Some(algebra::or),
    ..TypeSlots::EMPTY
};

/// Declaration of `set`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered \
          collection of unique elements.",
    flags: class_flag::MADE_UNPACKED
        | class_flag::COLLECTED
        | class_flag::BASE_TYPE
        | class_flag::HAS_WEAKREFS
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        nb_inplace_subtract: Some(algebra::inplace_subtract),
        nb_inplace_and: Some(algebra::inplace_and),
        nb_inplace_xor: Some(algebra::inplace_xor),
        nb_inplace_or: Some(algebra::inplace_or),
        ..COMMON
    },
    methods: methods::SET_METHODS,
    ..TypeSpec::of::<Set>("set")
};

/// Declaration of `frozenset`.
pub static FROZEN_SPEC: TypeSpec = TypeSpec {
    doc: "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild \
          an immutable unordered collection of unique elements.",
    flags: class_flag::MADE_UNPACKED
        | class_flag::COLLECTED
        | class_flag::BASE_TYPE
        | class_flag::HAS_WEAKREFS
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(frozen_new),
        hash: Some(frozen_hash),
        ..COMMON
    },
    methods: methods::FROZENSET_METHODS,
    ..TypeSpec::of::<Set>("frozenset")
};

/// The set that a value of one of these types (or a subclass) is.
pub(crate) fn set_of(value: &Value) -> PyResult<&Set> {
    match value.payload::<Set>() {
        Some(set) => Ok(set),
        None => Err(crate::vm::current_vm().type_error("descriptor requires a 'set' object")),
    }
}

fn one_iterable<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<Option<&'a Value>> {
    match args.positionals() {
        [] => Ok(None),
        [iterable] => Ok(Some(iterable)),
        more => Err(vm.type_error(format!(
            "{name} expected at most 1 argument, got {}",
            more.len()
        ))),
    }
}

fn new(vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(vm.set_of_class(class).into_value())
}

fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    if !args.names.is_empty() {
        return Err(vm.type_error("set() takes no keyword arguments"));
    }
    let iterable = one_iterable(vm, "set", args)?;
    let set = set_of(value)?;
    set.clear();
    match iterable {
        Some(iterable) => update(vm, set, iterable),
        None => Ok(()),
    }
}

fn frozen_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let exact = class.is(&vm.types.frozenset);
    let base_init: Option<InitFn> = vm.types.frozenset.slots().init;
    let own_init = match (class.slots().init, base_init) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        (own, _) => own.is_none(),
    };
    if !args.names.is_empty() && (exact || own_init) {
        return Err(vm.type_error("frozenset() takes no keyword arguments"));
    }
    let iterable = one_iterable(vm, "frozenset", args)?;
    if exact
        && let Some(iterable) = iterable
        && vm.class_of(iterable).is(class)
    {
        return Ok(iterable.clone());
    }
    let set = vm.set_of_class(class);
    if let Some(iterable) = iterable {
        update(vm, &set, iterable)?;
    }
    Ok(set.into_value())
}

/// Adds all items of an iterable.
pub(crate) fn update(vm: &Vm, set: &Set, iterable: &Value) -> PyResult<()> {
    if let Some(other) = iterable.payload::<Set>() {
        return set.merge(vm, other);
    }
    if vm.class_of(iterable).is(&vm.types.dict)
        && let Some(dict) = iterable.payload::<Dict>()
    {
        set.reserve(vm, dict.len())?;
        let mut place = 0;
        while let Some((key, _, hash)) = dict.next_hashed(vm, &mut place) {
            set.add_hashed(vm, &key, hash)?;
        }
        return Ok(());
    }
    vm.for_each(iterable, |item| set.add(vm, &item).map(drop))
}

impl Vm {
    /// A `set` of the items of an iterable.
    pub fn set_from(&self, iterable: &Value) -> PyResult<Ref<Set>> {
        let set = self.set();
        update(self, &set, iterable)?;
        Ok(set)
    }

    /// True for instances of `set` or `frozenset` and their subclasses.
    pub fn is_any_set(&self, value: &Value) -> bool {
        value.payload::<Set>().is_some()
    }
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let set = set_of(value)?;
    let class = vm.class_of(value);
    let name = class.name_string();
    let Some(_guard) = vm.enter_repr(value) else {
        return Ok(vm.str_value(&format!("{name}(...)")));
    };
    if set.is_empty() {
        return Ok(vm.str_value(&format!("{name}()")));
    }
    let plain = class.is(&vm.types.set);
    let mut text = if plain {
        String::from("{")
    } else {
        format!("{name}({{")
    };
    for (i, key) in set.to_vec().iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        vm.push_repr(&mut text, key)?;
    }
    text.push_str(if plain { "}" } else { "})" });
    Ok(vm.str_value(&text))
}

fn len(_vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(set_of(value)?.len())
}

/// The key as it is looked up: a set is looked up as the frozenset of its items.
pub(crate) fn lookup<R>(
    vm: &Vm,
    key: &Value,
    mut look: impl FnMut(&Value, u64) -> PyResult<R>,
) -> PyResult<R> {
    match vm.hash(key) {
        Ok(hash) => look(key, hash as u64),
        Err(raised) => {
            let Some(set) = key.payload::<Set>() else {
                return Err(raised);
            };
            if !vm.is_instance_of(key, &vm.types.set) {
                return Err(raised);
            }
            let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
            let frozen = vm.set_of_class(&vm.types.frozenset);
            frozen.merge(vm, set)?;
            let hash = hash_of(&frozen);
            look(frozen.as_value(), hash as u64)
        }
    }
}

fn contains(vm: &Vm, value: &Value, key: &Value) -> PyResult<bool> {
    let set = set_of(value)?;
    lookup(vm, key, |key, hash| set.contains_hashed(vm, key, hash))
}

fn shuffle(hash: u64) -> u64 {
    ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167)
}

/// The hash of a frozenset: CPython's, which mixes the hashes of the items without regard to order.
fn hash_of(set: &Set) -> i64 {
    if set.hash.get() != -1 {
        return set.hash.get();
    }
    let mut hash = set.hashes().fold(0, |mixed, hash| mixed ^ shuffle(hash));
    hash ^= (set.len() as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX {
        hash = 590_923_713;
    }
    set.hash.set(hash as i64);
    hash as i64
}

fn frozen_hash(_vm: &Vm, value: &Value) -> PyResult<i64> {
    Ok(hash_of(set_of(value)?))
}

fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Set>(), b.payload::<Set>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = || -> PyResult<bool> {
        let (hash_x, hash_y) = (x.hash.get(), y.hash.get());
        if x.len() != y.len() || hash_x != -1 && hash_y != -1 && hash_x != hash_y {
            return Ok(false);
        }
        algebra::is_subset(vm, x, y)
    };
    let result = match op {
        CompareOp::Eq => equal()?,
        CompareOp::Ne => !equal()?,
        CompareOp::Le => algebra::is_subset(vm, x, y)?,
        CompareOp::Ge => algebra::is_subset(vm, y, x)?,
        CompareOp::Lt => x.len() < y.len() && algebra::is_subset(vm, x, y)?,
        CompareOp::Gt => x.len() > y.len() && algebra::is_subset(vm, y, x)?,
    };
    Ok(Value::bool(result))
}
