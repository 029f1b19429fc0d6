//! The type `tuple`.

mod iterator;

use smallvec::SmallVec;

use crate::object::{
    Args, Class, CompareOp, List, MethodDef, PyResult, Ref, Tuple, TypeSlots, TypeSpec, Value,
    class_flag,
};
use crate::vm::Vm;

pub use self::iterator::{ITERATOR_SPEC, TupleIterator};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an \
          empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\
          \n\nIf the argument is a tuple, the return value is the same object.",
    signature: "(iterable=(), /)",
    flags: class_flag::MADE_UNPACKED
        | class_flag::COLLECTED
        | class_flag::KEPT
        | class_flag::VARIABLE
        | class_flag::BASE_TYPE
        | class_flag::SEQUENCE
        | class_flag::MATCH_SELF,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(richcompare),
        iter: Some(iterator::iter),
        sq_length: Some(len),
        mp_length: Some(len),
        sq_item: Some(item),
        mp_subscript: Some(subscript),
        sq_contains: Some(contains),
        sq_concat: Some(concat),
        sq_repeat: Some(repeat),
        ..TypeSlots::EMPTY
    },
    methods: &[
        crate::types::generic_alias::CLASS_GETITEM,
        MethodDef::bound("__getnewargs__", "($self, /)", "", getnewargs),
        MethodDef::bound(
            "index",
            "($self, value, start=0, stop=sys.maxsize, /)",
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
            index,
        ),
        MethodDef::bound(
            "count",
            "($self, value, /)",
            "Return number of occurrences of value.",
            count,
        ),
    ],
    ..TypeSpec::of::<Tuple>("tuple")
};

/// The items of a value that is known to be a tuple; none for anything else.
pub fn items(value: &Value) -> &[Value] {
    value.payload::<Tuple>().map_or(&[], Tuple::as_slice)
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let exact = class.is(&vm.types.tuple);
    let overridden = class.slots().init.is_some_and(|init| {
        vm.types
            .tuple
            .slots()
            .init
            .is_none_or(|own| !std::ptr::fn_addr_eq(init, own))
    });
    if !args.names.is_empty() && (exact || !overridden) {
        return Err(vm.type_error("tuple() takes no keyword arguments"));
    }
    let items = match args.positionals() {
        [] => SmallVec::<[Value; 16]>::new(),
        [iterable] => {
            if exact && vm.class_of(iterable).is(class) {
                return Ok(iterable.clone());
            }
            if exact
                && vm.class_of(iterable).is(&vm.types.list)
                && let Some(list) = iterable.payload::<List>()
            {
                return Ok(list.with(|items| vm.tuple_from_slice(items).into_value()));
            }
            // A short one takes no memory on the way.
            let mut items = SmallVec::new();
            if vm.class_of(iterable).has_flag(class_flag::HEAP_TYPE) {
                items.extend(vm.collect_hinted(iterable)?);
            } else {
                vm.for_each(iterable, |item| {
                    if items.len() == items.capacity() {
                        items.try_reserve(1).map_err(|_| vm.memory_error())?;
                    }
                    items.push(item);
                    Ok(())
                })?;
            }
            items
        }
        more => {
            return Err(vm.type_error(format!(
                "tuple expected at most 1 argument, got {}",
                more.len()
            )));
        }
    };
    if exact {
        return Ok(vm.tuple_value(items));
    }
    Ok(vm.tuple_of_class(class, items.into_iter()).into_value())
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let items = items(value);
    if items.is_empty() {
        return Ok(vm.str_value("()"));
    }
    let Some(_guard) = vm.enter_repr(value) else {
        return Ok(vm.str_value("(...)"));
    };
    let mut text = String::from("(");
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        vm.push_repr(&mut text, item)?;
    }
    text.push_str(if items.len() == 1 { ",)" } else { ")" });
    Ok(vm.str_value(&text))
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

/// Mixes the hashes of items in order (the scheme of xxHash, as CPython's tuples and slices do).
pub(crate) fn mix_hashes<'a>(vm: &Vm, items: impl IntoIterator<Item = &'a Value>) -> PyResult<u64> {
    let mut hash = PRIME_5;
    for item in items {
        let lane = vm.hash(item)? as u64;
        hash = hash.wrapping_add(lane.wrapping_mul(PRIME_2));
        hash = hash.rotate_left(31).wrapping_mul(PRIME_1);
    }
    Ok(hash)
}

fn hash(vm: &Vm, value: &Value) -> PyResult<i64> {
    let items = items(value);
    let mixed = mix_hashes(vm, items)?;
    let hash = mixed.wrapping_add(items.len() as u64 ^ (PRIME_5 ^ 3_527_539));
    Ok(if hash == u64::MAX {
        1_546_275_796
    } else {
        hash as i64
    })
}

/// Compares sequences of items as tuples and lists do, where neither changes meanwhile.
fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(x), Some(y)) = (a.payload::<Tuple>(), b.payload::<Tuple>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    for (left, right) in x.iter().zip(y.iter()) {
        if !vm.equal(left, right)? {
            return match op {
                CompareOp::Eq => Ok(Value::FALSE),
                CompareOp::Ne => Ok(Value::TRUE),
                _ => vm.compare(left, right, op),
            };
        }
    }
    Ok(Value::bool(op.holds(x.len().cmp(&y.len()))))
}

fn len(_vm: &Vm, value: &Value) -> PyResult<usize> {
    Ok(items(value).len())
}

fn item(vm: &Vm, value: &Value, index: isize) -> PyResult {
    let found = usize::try_from(index)
        .ok()
        .and_then(|i| items(value).get(i));
    found
        .cloned()
        .ok_or_else(|| vm.index_error("tuple index out of range"))
}

fn subscript(vm: &Vm, value: &Value, key: &Value) -> PyResult {
    let items = items(value);
    if let Some(range) = vm.slice_range(key, || items.len())? {
        if range.count == items.len() && range.step == 1 && vm.class_of(value).is(&vm.types.tuple) {
            return Ok(value.clone());
        }
        return Ok(vm.tuple_value(range.places().map(|i| items[i].clone())));
    }
    if vm.class_of(key).slots().nb_index.is_none() {
        return Err(vm.type_error(format!(
            "tuple indices must be integers or slices, not {}",
            vm.class_name(key)
        )));
    }
    let index = vm.index_isize(key, &vm.types.exceptions.index_error)?;
    let index = if index < 0 {
        index.saturating_add(items.len() as isize)
    } else {
        index
    };
    item(vm, value, index)
}

fn contains(vm: &Vm, value: &Value, wanted: &Value) -> PyResult<bool> {
    for item in items(value) {
        if vm.equal(item, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn concat(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let Some(right) = b.payload::<Tuple>() else {
        return Err(vm.type_error(format!(
            "can only concatenate tuple (not \"{}\") to tuple",
            vm.class_name(b)
        )));
    };
    let left = items(a);
    if left.is_empty() && vm.class_of(b).is(&vm.types.tuple) {
        return Ok(b.clone());
    }
    if right.is_empty() && vm.class_of(a).is(&vm.types.tuple) {
        return Ok(a.clone());
    }
    let len = left.len() + right.len();
    check_size(vm, len)?;
    let pick = |i: usize| {
        left.get(i)
            .unwrap_or_else(|| &right[i - left.len()])
            .clone()
    };
    Ok(vm.tuple_value((0..len).map(pick)))
}

fn repeat(vm: &Vm, value: &Value, times: isize) -> PyResult {
    let items = items(value);
    if (items.is_empty() || times == 1) && vm.class_of(value).is(&vm.types.tuple) {
        return Ok(value.clone());
    }
    let times = times.max(0) as usize;
    let Some(len) = items.len().checked_mul(times) else {
        return Err(vm.memory_error());
    };
    check_size(vm, len)?;
    Ok(vm.tuple_value((0..len).map(|i| items[i % items.len()].clone())))
}

/// Refuses sizes the heap cannot give, before the items are counted.
fn check_size(vm: &Vm, len: usize) -> PyResult<()> {
    let bytes = len.checked_mul(size_of::<Value>());
    if len < 1 << 16 || bytes.is_some_and(|b| heap::HeapBlock::try_new(b).is_ok()) {
        return Ok(());
    }
    Err(vm.memory_error())
}

fn getnewargs(vm: &Vm, args: &[Value]) -> PyResult {
    let copy = vm.tuple_from_slice(items(&args[0]));
    Ok(vm.tuple_value([copy.into_value()]))
}

fn index(vm: &Vm, args: &[Value]) -> PyResult {
    let items = items(&args[0]);
    let (start, stop) = search_bounds(vm, &args[2], &args[3], items.len())?;
    for (i, item) in items.iter().enumerate().take(stop).skip(start) {
        if vm.equal(item, &args[1])? {
            return Ok(Value::small_int(i as i64));
        }
    }
    Err(vm.value_error("tuple.index(x): x not in tuple"))
}

/// `start` and `stop` of an `index` method, fitted into a length.
pub(crate) fn search_bounds(
    vm: &Vm,
    start: &Value,
    stop: &Value,
    len: usize,
) -> PyResult<(usize, usize)> {
    let bound = |value: &Value, missing: usize| -> PyResult<usize> {
        let Some(value) = value.given() else {
            return Ok(missing);
        };
        if vm.class_of(value).slots().nb_index.is_none() {
            return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
        }
        let index = vm.index_clamped(value)?;
        Ok(if index < 0 {
            index.saturating_add(len as isize).max(0) as usize
        } else {
            index as usize
        })
    };
    Ok((bound(start, 0)?, bound(stop, usize::MAX)?))
}

fn count(vm: &Vm, args: &[Value]) -> PyResult {
    let mut count = 0;
    for item in items(&args[0]) {
        if vm.equal(item, &args[1])? {
            count += 1;
        }
    }
    Ok(Value::small_int(count))
}
