//! `_abc`: registration of virtual subclasses and the caches of `ABCMeta`.
//!
//! Each abstract class keeps its data in `_abc_impl`.  Classes are remembered by weak references,
//! found by the class's address; an entry whose class is gone does not match any more.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use runtime::Vm;
use runtime::fields;
use runtime::modules::NativeModule;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Dict, Kind, MethodDef, Payload, PyResult, Ref, Tuple, TypeSpec, Value,
    WeakReference, alloc, class_flag,
};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_abc",
    "Module contains faster C implementation of abc.ABCMeta",
    METHODS,
)
.with_init(init);

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "get_cache_token",
        "($module, /)",
        "Returns the current ABC cache token.\n\n\
         The token is an opaque object (supporting equality testing) identifying the\n\
         current version of the ABC cache for virtual subclasses. The token changes\n\
         with every call to register() on any ABC.",
        |vm, _| Ok(vm.int_u64(INVALIDATIONS.load(Relaxed))),
    ),
    MethodDef::bound(
        "_abc_init",
        "($module, self, /)",
        "Internal ABC helper for class set-up. Should be never used outside abc module.",
        abc_init,
    ),
    MethodDef::bound(
        "_abc_register",
        "($module, self, subclass, /)",
        "Internal ABC helper for subclasss registration. Should be never used outside abc module.",
        register,
    ),
    MethodDef::bound(
        "_abc_instancecheck",
        "($module, self, instance, /)",
        "Internal ABC helper for instance checks. Should be never used outside abc module.",
        instance_check,
    ),
    MethodDef::bound(
        "_abc_subclasscheck",
        "($module, self, subclass, /)",
        "Internal ABC helper for subclasss checks. Should be never used outside abc module.",
        subclass_check,
    ),
    MethodDef::bound(
        "_reset_registry",
        "($module, self, /)",
        "Internal ABC helper to reset registry of a given class.\n\n\
         Should be only used by refleak.py",
        |vm, args| {
            with_data(vm, &args[1], |data| drop(data.registry.take()))?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "_reset_caches",
        "($module, self, /)",
        "Internal ABC helper to reset both caches of a given class.\n\n\
         Should be only used by refleak.py",
        |vm, args| {
            with_data(vm, &args[1], |data| {
                drop(data.cache.take());
                drop(data.negative.take());
            })?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "_get_dump",
        "($module, self, /)",
        "Internal ABC helper for cache and registry debugging.\n\n\
         Return shallow copies of registry, of both caches, and\n\
         negative cache version. Don't call this function directly,\n\
         instead use ABC._dump_registry() for a nice repr.",
        dump,
    ),
];

fn init(_vm: &Vm, _module: &Ref<Module>, _namespace: &Ref<Dict>) -> PyResult<()> {
    Ok(())
}

/// Number of registrations: what was not a subclass then may be one now.
static INVALIDATIONS: AtomicU64 = AtomicU64::new(0);

/// Weakly remembered classes by address, in the order of their registration.
#[derive(Default)]
struct Classes {
    places: HashMap<u64, usize>,
    references: Vec<Value>,
}

impl Classes {
    fn contains(&self, class: &Value) -> bool {
        self.places
            .get(&class.word())
            .and_then(|&place| self.references.get(place)?.payload::<WeakReference>())
            .and_then(WeakReference::referent)
            .is_some_and(|known| known.is(class))
    }

    fn add(&mut self, class: &Value, reference: Value) {
        match self.places.get(&class.word()) {
            Some(&place) if place < self.references.len() => self.references[place] = reference,
            _ => {
                self.places.insert(class.word(), self.references.len());
                self.references.push(reference);
            }
        }
    }
}

/// Payload of `_abc._abc_data`.
#[derive(Default)]
struct AbcData {
    registry: RefCell<Classes>,
    cache: RefCell<Classes>,
    negative: RefCell<Classes>,
    negative_version: Cell<u64>,
}

impl Payload for AbcData {
    const KIND: Kind = crate::kinds::ABC_DATA;
    const NAME: &'static str = "_abc_data";
    const FIELDS: &'static [Field] = fields![
        "registry" => registry as Opaque,
        "cache" => cache as Opaque,
        "negative" => negative as Opaque,
        "negative_version" => negative_version as Unsigned,
    ];
}

static ABC_DATA: TypeSpec = TypeSpec {
    doc: "Internal state held by ABC machinery.",
    flags: class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<AbcData>("_abc._abc_data")
};

/// Shows the data of an abstract class; `work` must not run Python code.
fn with_data<R>(vm: &Vm, class: &Value, work: impl FnOnce(&AbcData) -> R) -> PyResult<R> {
    let data = vm.get_attr(class, &vm.intern("_abc_impl"))?;
    match data.payload::<AbcData>() {
        Some(data) => Ok(work(data)),
        None => Err(vm.type_error("_abc_impl is set to a wrong type")),
    }
}

fn is_abstract(vm: &Vm, value: &Value) -> PyResult<bool> {
    match vm.get_attr_opt(value, &vm.names.__isabstractmethod__)? {
        Some(flag) => vm.truth(&flag),
        None => Ok(false),
    }
}

/// Flags by which collections tell how patterns match them.
const TPFLAGS_SEQUENCE: i64 = 1 << 5;
const TPFLAGS_MAPPING: i64 = 1 << 6;

fn abc_init(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(class) = args[1].as_ref_to::<Class>() else {
        return Err(vm.type_error("_abc_init() argument must be a class"));
    };
    let mut names = Vec::new();
    for (name, value) in class.dict.to_vec() {
        if is_abstract(vm, &value)? {
            names.push(name);
        }
    }
    let bases = class.bases.get().unwrap_or(Value::NONE);
    for base in bases
        .payload::<Tuple>()
        .into_iter()
        .flat_map(|bases| bases.iter())
    {
        let Some(inherited) = vm.get_attr_opt(base, &vm.names.__abstractmethods__)? else {
            continue;
        };
        for name in vm.collect(&inherited)? {
            if let Some(value) = vm.get_attr_opt(&args[1], &name)?
                && is_abstract(vm, &value)?
            {
                names.push(name);
            }
        }
    }
    let names = vm.list_from(names)?.into_value();
    let set = vm.call1(vm.types.frozenset.as_value(), &names)?;
    vm.set_attr(&args[1], &vm.names.__abstractmethods__, &set)?;
    let data = AbcData {
        negative_version: Cell::new(INVALIDATIONS.load(Relaxed)),
        ..AbcData::default()
    };
    let data = alloc(&vm.native_class(&ABC_DATA), data).into_value();
    vm.set_attr(&args[1], &vm.intern("_abc_impl"), &data)?;
    let flags = vm.intern("__abc_tpflags__");
    if let Some(value) = class.dict.get(vm, &flags)?
        && value.is_int()
    {
        let value = vm.arg_long(&value)?;
        if value & (TPFLAGS_SEQUENCE | TPFLAGS_MAPPING) == TPFLAGS_SEQUENCE | TPFLAGS_MAPPING {
            return Err(vm.type_error(
                "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING",
            ));
        }
        if value & TPFLAGS_SEQUENCE != 0 {
            class.set_flag(class_flag::SEQUENCE);
        }
        if value & TPFLAGS_MAPPING != 0 {
            class.set_flag(class_flag::MAPPING);
        }
        vm.del_attr(&args[1], &flags)?;
    }
    Ok(Value::NONE)
}

fn remember(vm: &Vm, class: &Value) -> PyResult {
    vm.weak_reference(&vm.types.weak_reference, class, None)
}

fn register(vm: &Vm, args: &[Value]) -> PyResult {
    let (this, subclass) = (&args[1], &args[2]);
    let Some(class) = subclass.as_ref_to::<Class>() else {
        return Err(vm.type_error("Can only register classes"));
    };
    if vm.is_subclass(subclass, this)? {
        return Ok(subclass.clone());
    }
    if vm.is_subclass(this, subclass)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let reference = remember(vm, subclass)?;
    with_data(vm, this, |data| {
        data.registry.borrow_mut().add(subclass, reference)
    })?;
    INVALIDATIONS.fetch_add(1, Relaxed);
    if let Some(this) = this.payload::<Class>() {
        let matching = this.flags() & (class_flag::SEQUENCE | class_flag::MAPPING);
        if matching != 0 {
            set_matching(class, matching);
        }
    }
    Ok(subclass.clone())
}

/// Lets instances of a class and of those derived from it match as the abstract class's do.
fn set_matching(class: &Ref<Class>, flags: u32) {
    if class.flags() & (class_flag::SEQUENCE | class_flag::MAPPING) == flags
        || (class.has_flag(class_flag::IMMUTABLE) && !class.has_flag(class_flag::HEAP_TYPE))
    {
        return;
    }
    class.unset_flag(class_flag::SEQUENCE | class_flag::MAPPING);
    class.set_flag(flags);
    for derived in class.live_subclasses() {
        set_matching(&derived, flags);
    }
}

fn instance_check(vm: &Vm, args: &[Value]) -> PyResult {
    let (this, instance) = (&args[1], &args[2]);
    let subclass = vm.get_attr(instance, &vm.names.__class__)?;
    if with_data(vm, this, |data| data.cache.borrow().contains(&subclass))? {
        return Ok(Value::TRUE);
    }
    let real = vm.class_of(instance).to_value();
    if real.is(&subclass) {
        let known = with_data(vm, this, |data| {
            data.negative_version.get() == INVALIDATIONS.load(Relaxed)
                && data.negative.borrow().contains(&subclass)
        })?;
        if known {
            return Ok(Value::FALSE);
        }
        return vm.call_method(this, &vm.names.__subclasscheck__, &[subclass]);
    }
    let result = vm.call_method(this, &vm.names.__subclasscheck__, &[subclass])?;
    if vm.truth(&result)? {
        return Ok(result);
    }
    vm.call_method(this, &vm.names.__subclasscheck__, &[real])
}

fn subclass_check(vm: &Vm, args: &[Value]) -> PyResult {
    let (this, subclass) = (&args[1], &args[2]);
    if subclass.payload::<Class>().is_none() {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    if with_data(vm, this, |data| data.cache.borrow().contains(subclass))? {
        return Ok(Value::TRUE);
    }
    let (outdated, known) = with_data(vm, this, |data| {
        if data.negative_version.get() < INVALIDATIONS.load(Relaxed) {
            data.negative_version.set(INVALIDATIONS.load(Relaxed));
            (Some(data.negative.take()), false)
        } else {
            (None, data.negative.borrow().contains(subclass))
        }
    })?;
    drop(outdated);
    if known {
        return Ok(Value::FALSE);
    }
    let is_subclass = decide(vm, this, subclass)?;
    let reference = remember(vm, subclass)?;
    with_data(vm, this, |data| {
        let place = if is_subclass {
            &data.cache
        } else {
            &data.negative
        };
        place.borrow_mut().add(subclass, reference);
    })?;
    Ok(Value::bool(is_subclass))
}

/// Whether a class is a subclass, by the hook, the resolution order, the registry, subclasses.
fn decide(vm: &Vm, this: &Value, subclass: &Value) -> PyResult<bool> {
    let hook = vm.call_method(
        this,
        &vm.names.__subclasshook__,
        std::slice::from_ref(subclass),
    )?;
    if let Some(answer) = hook.as_bool() {
        return Ok(answer);
    }
    if !hook.is_not_implemented() {
        return Err(vm.raise(
            &vm.types.exceptions.assertion_error,
            "__subclasshook__ must return either False, True, or NotImplemented",
        ));
    }
    if let Some(class) = subclass.payload::<Class>()
        && class
            .mro()
            .is_some_and(|mro| mro.iter().any(|c| c.is(this)))
    {
        return Ok(true);
    }
    let registered = with_data(vm, this, |data| data.registry.borrow().references.clone())?;
    for reference in registered {
        if let Some(class) = reference
            .payload::<WeakReference>()
            .and_then(WeakReference::referent)
            && vm.is_subclass(subclass, &class)?
        {
            return Ok(true);
        }
    }
    let derived = vm.call_method(this, &vm.names.__subclasses__, &[])?;
    if derived.payload::<runtime::object::List>().is_none() {
        return Err(vm.type_error("__subclasses__() must return a list"));
    }
    for class in vm.collect(&derived)? {
        if vm.is_subclass(subclass, &class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn dump(vm: &Vm, args: &[Value]) -> PyResult {
    let (lists, version) = with_data(vm, &args[1], |data| {
        let copy = |classes: &RefCell<Classes>| classes.borrow().references.clone();
        let lists = [
            copy(&data.registry),
            copy(&data.cache),
            copy(&data.negative),
        ];
        (lists, data.negative_version.get())
    })?;
    let mut items = Vec::new();
    for references in lists {
        let list = vm.list_from(references)?.into_value();
        items.push(vm.call_args(vm.types.set.as_value(), Args::positional(&[list]))?);
    }
    items.push(vm.int_u64(version));
    Ok(vm.tuple_value(items))
}
