//! `weakref.ref` (the class `weakref.ReferenceType`); proxies are in `proxy.rs`.

pub mod proxy;

use crate::object::{
    Args, Class, CompareOp, GetSetDef, MethodDef, PyResult, Raised, Ref, Str, TypeSlots, TypeSpec,
    Value, WeakReference, class_flag,
};
use crate::vm::Vm;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        call: Some(call),
        hash: Some(hash),
        repr: Some(repr),
        richcompare: Some(compare),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::raw(
        "__class_getitem__",
        "($type, item, /)",
        "See PEP 585",
        crate::types::generic_alias::class_getitem,
    )
    .class_method()],
    getset: &[GetSetDef::read_only("__callback__", "", callback).as_member()],
    ..TypeSpec::of::<WeakReference>("weakref.ReferenceType")
};

pub(super) fn reference<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a WeakReference> {
    this.payload()
        .ok_or_else(|| vm.type_error("a weak reference is required"))
}

/// The referent and the callback among the arguments of `__new__`, `__init__` and `proxy`.
///
/// Inlined, because the arguments would be copied once more for a call.
#[inline(always)]
pub(crate) fn parse_arguments<'a>(
    vm: &Vm,
    function: &str,
    args: Args<'a>,
) -> PyResult<(&'a Value, Option<&'a Value>)> {
    match args.positionals() {
        [referent] => Ok((referent, None)),
        [referent, callback] => Ok((referent, callback.given_not_none())),
        others => Err(wrong_number(vm, function, others.len())),
    }
}

#[cold]
fn wrong_number(vm: &Vm, function: &str, given: usize) -> Raised {
    let (least, limit, s) = match given {
        0 => ("least", 1, ""),
        _ => ("most", 2, "s"),
    };
    vm.type_error(format!(
        "{function} expected at {least} {limit} argument{s}, got {given}"
    ))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    // Keywords are `__init__`'s business: subclasses may take some.
    let (referent, callback) = parse_arguments(vm, "__new__", args)?;
    vm.weak_reference(class, referent, callback)
}

fn init(vm: &Vm, _this: &Value, args: Args<'_>) -> PyResult<()> {
    if !args.names.is_empty() {
        return Err(vm.type_error("ref() takes no keyword arguments"));
    }
    parse_arguments(vm, "__init__", args).map(drop)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("weakref() takes no keyword arguments"));
    }
    if !args.is_empty() {
        return Err(vm.type_error(format!(
            "weakref expected 0 arguments, got {}",
            args.values.len()
        )));
    }
    Ok(reference(vm, this)?.referent().unwrap_or(Value::NONE))
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let this = reference(vm, this)?;
    if let Some(hash) = this.known_hash() {
        return Ok(hash);
    }
    let Some(referent) = this.referent() else {
        return Err(vm.type_error("weak object has gone away"));
    };
    let hash = vm.hash(&referent)?;
    this.keep_hash(hash);
    Ok(hash)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let id = vm.id(this);
    let Some(referent) = reference(vm, this)?.referent() else {
        return Ok(vm.str_value(&format!("<weakref at {id:#x}; dead>")));
    };
    // A name of the instance alone is not asked for: looking for it may run its `__getattr__`.
    let name = vm
        .lookup_special(&referent, &vm.names.__name__)
        .unwrap_or_else(|raised| {
            drop(vm.take_exception(raised));
            None
        });
    let name = match name.as_ref().and_then(Value::payload::<Str>) {
        Some(name) => format!(" ({})", name.to_display()),
        None => String::new(),
    };
    Ok(vm.str_value(&format!(
        "<weakref at {id:#x}; to '{}' at {:#x}{name}>",
        vm.full_class_name(vm.class_of(&referent)),
        vm.id(&referent)
    )))
}

/// By referent while both live, else by identity.
fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let is_reference = |v: &Value| vm.is_instance_of(v, &vm.types.weak_reference);
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) || !is_reference(a) || !is_reference(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match (reference(vm, a)?.referent(), reference(vm, b)?.referent()) {
        (Some(a), Some(b)) => vm.compare(&a, &b, op),
        _ => Ok(Value::bool(a.is(b) == (op == CompareOp::Eq))),
    }
}

fn callback(vm: &Vm, this: &Value) -> PyResult {
    Ok(reference(vm, this)?.callback().unwrap_or(Value::NONE))
}
