//! Calling classes, and the methods and attributes of `type`.

use crate::object::{
    Args, Class, GetSetDef, List, MethodDef, PyResult, Ref, Slot, Str, Value, class_flag,
};
use crate::types::exceptions;
use crate::vm::Vm;

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "mro",
        "($self, /)",
        "Return a type's method resolution order.",
        mro,
    ),
    MethodDef::bound(
        "__subclasses__",
        "($self, /)",
        "Return a list of immediate subclasses.",
        subclasses,
    ),
    MethodDef::raw(
        "__prepare__",
        "",
        "__prepare__() -> dict\nused to create the namespace for the class statement",
        |vm, _| Ok(vm.dict().into_value()),
    )
    .class_method(),
    MethodDef::bound(
        "__instancecheck__",
        "($self, instance, /)",
        "Check if an object is an instance.",
        |vm, args| Ok(Value::bool(vm.is_instance_plain(&args[1], &args[0])?)),
    ),
    MethodDef::bound(
        "__subclasscheck__",
        "($self, subclass, /)",
        "Check if a class is a subclass.",
        |vm, args| Ok(Value::bool(vm.is_subclass_plain(&args[1], &args[0])?)),
    ),
    MethodDef::bound(
        "__dir__",
        "($self, /)",
        "Specialized __dir__ implementation for types.",
        dir,
    ),
    MethodDef::bound(
        "__sizeof__",
        "($self, /)",
        "Return memory consumption of the type object.",
        |vm, args| Ok(vm.int(vm.object_size(&args[0]) as i64)),
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[
    GetSetDef::read_only("__basicsize__", "", basicsize).as_member(),
    GetSetDef::read_only("__itemsize__", "", itemsize).as_member(),
    GetSetDef::read_only("__flags__", "", flags).as_member(),
    GetSetDef::read_only("__weakrefoffset__", "", weakrefoffset).as_member(),
    GetSetDef::read_only("__base__", "", base).as_member(),
    GetSetDef::read_only("__dictoffset__", "", dictoffset).as_member(),
    GetSetDef::writable("__name__", "", name, set_name),
    GetSetDef::writable("__qualname__", "", qualname, set_qualname),
    GetSetDef::writable("__bases__", "", bases, set_bases),
    GetSetDef::read_only("__mro__", "", get_mro),
    GetSetDef::writable("__module__", "", module, set_module),
    GetSetDef::writable(
        "__abstractmethods__",
        "",
        abstract_methods,
        set_abstract_methods,
    ),
    GetSetDef::read_only("__dict__", "", dict),
    GetSetDef::writable("__doc__", "", doc, set_doc),
    GetSetDef::read_only("__text_signature__", "", text_signature),
    GetSetDef::writable("__annotations__", "", annotations, set_annotations),
    GetSetDef::writable("__type_params__", "", type_params, set_type_params),
];

fn class<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Ref<Class>> {
    this.as_ref_to()
        .ok_or_else(|| vm.type_error("a class is required"))
}

/// `<class 'module.qualname'>`.
pub(super) fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    let text = match vm.class_module(class)? {
        Some(module) if !module.equals_str("builtins") => {
            let qualname = class.qualname.get().map(|q| vm.display(&q));
            format!(
                "<class '{}.{}'>",
                module.to_display(),
                qualname.unwrap_or_default()
            )
        }
        _ => format!("<class '{}'>", class.name_string()),
    };
    Ok(vm.str_value(&text))
}

/// `cls(…)`: `__new__`, and `__init__` if that made an instance of the class.
pub(crate) fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let class = class(vm, this)?;
    if class.is(&vm.types.type_) {
        match args.values {
            [value] if args.names.is_empty() => return Ok(vm.class_of(value).to_value()),
            _ if args.positionals().len() == 3 => {}
            _ if args.positionals().len() == 1 => {
                return Err(vm.type_error("type() takes no keyword arguments"));
            }
            _ => return Err(vm.type_error("type() takes 1 or 3 arguments")),
        }
    }
    let Some(new) = class.slots().new else {
        return Err(vm.type_error(format!("cannot create '{}' instances", class.name_string())));
    };
    let object = new(vm, class, args.handed_on())?;
    let made = vm.class_of(&object);
    if !made.is(class) && !made.is_subclass_of(class) {
        return Ok(object);
    }
    if let Some(init) = made.slots().init {
        // The arguments that an exception keeps are the tuple that holds them during the call.
        let _held = exceptions::args_held(made, &object);
        init(vm, &object, args.handed_on())?;
    }
    Ok(object)
}

fn mro(vm: &Vm, args: &[Value]) -> PyResult {
    let order = vm.compute_mro(class(vm, &args[0])?)?;
    vm.list_from(order).map(Ref::<List>::into_value)
}

fn subclasses(vm: &Vm, args: &[Value]) -> PyResult {
    let live = class(vm, &args[0])?.live_subclasses();
    vm.list_from(live.into_iter().map(Ref::into_value))
        .map(Ref::<List>::into_value)
}

fn dir(vm: &Vm, args: &[Value]) -> PyResult {
    let dict = vm.dict();
    vm.merge_class_dict(&dict, &args[0])?;
    vm.list_from(dict.keys_to_vec())
        .map(Ref::<List>::into_value)
}

fn basicsize(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    let tail = if class.has_flag(class_flag::HEAP_TYPE) {
        u32::from(class.member_count.get()) * 8
            + if class.has_flag(class_flag::HAS_DICT) {
                8
            } else {
                0
            }
    } else {
        0
    };
    Ok(vm.int(i64::from(class.tail_offset.get() + tail)))
}

fn itemsize(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    Ok(vm.int(i64::from(super::layout::item_size(class))))
}

/// CPython's `tp_flags`, as far as they mean something to programs.
fn flags(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    let bits = [
        (class_flag::SEQUENCE, 5),
        (class_flag::MAPPING, 6),
        (class_flag::NO_INSTANTIATION, 7),
        (class_flag::IMMUTABLE, 8),
        (class_flag::HEAP_TYPE, 9),
        (class_flag::BASE_TYPE, 10),
        (class_flag::COLLECTED, 14),
        (class_flag::METHOD_DESCRIPTOR, 17),
        (class_flag::ABSTRACT, 20),
        (class_flag::MATCH_SELF, 22),
        (class_flag::INT_SUBCLASS, 24),
        (class_flag::STR_SUBCLASS, 28),
        (class_flag::EXCEPTION_SUBCLASS, 30),
        (class_flag::TYPE_SUBCLASS, 31),
    ];
    let mut flags = 1_i64 << 12;
    for (own, bit) in bits {
        if class.has_flag(own) {
            flags |= 1 << bit;
        }
    }
    for (kind, bit) in [
        (crate::object::Kind::LIST, 25),
        (crate::object::Kind::TUPLE, 26),
        (crate::object::Kind::BYTES, 27),
        (crate::object::Kind::DICT, 29),
    ] {
        if class.kind == kind {
            flags |= 1 << bit;
        }
    }
    if class.has_flag(class_flag::HEAP_TYPE) && class.has_flag(class_flag::HAS_DICT) {
        flags |= 1 << 4;
    }
    if class.has_flag(class_flag::HEAP_TYPE) && class.has_flag(class_flag::HAS_WEAKREFS) {
        flags |= 1 << 3;
    }
    Ok(vm.int(flags))
}

fn weakrefoffset(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    // Weak references lie in a table; the sign tells that there can be any.
    Ok(vm.int(if class.has_flag(class_flag::HAS_WEAKREFS) {
        -32
    } else {
        0
    }))
}

/// Negative for a place that the object model manages, positive for a field of a builtin.
fn dictoffset(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    let managed = class.has_flag(class_flag::HAS_DICT);
    Ok(vm.int(match class.kind {
        crate::object::Kind::CLASS | crate::object::Kind::MODULE => 16,
        _ if managed && class.has_flag(class_flag::BASE_OWNS_DICT) => 16,
        _ if managed => -1,
        _ => 0,
    }))
}

fn slot_or_none(slot: &Slot) -> Value {
    slot.get().unwrap_or(Value::NONE)
}

fn base(vm: &Vm, this: &Value) -> PyResult {
    Ok(slot_or_none(&class(vm, this)?.base))
}

fn get_mro(vm: &Vm, this: &Value) -> PyResult {
    Ok(slot_or_none(&class(vm, this)?.mro))
}

fn bases(vm: &Vm, this: &Value) -> PyResult {
    Ok(slot_or_none(&class(vm, this)?.bases))
}

fn set_bases(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__bases__")?;
    vm.assign_bases(class, value)
}

/// The checks before a special attribute of a class is changed.
fn settable<'a>(
    vm: &Vm,
    class: &Ref<Class>,
    value: Option<&'a Value>,
    what: &str,
) -> PyResult<&'a Value> {
    if class.has_flag(class_flag::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set '{what}' attribute of immutable type '{}'",
            class.name_string()
        )));
    }
    let Some(value) = value else {
        return Err(vm.type_error(format!(
            "cannot delete '{what}' attribute of immutable type '{}'",
            class.name_string()
        )));
    };
    vm.audit_attribute(class.as_value(), what, Some(value))?;
    Ok(value)
}

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(slot_or_none(&class(vm, this)?.name))
}

fn set_name(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__name__")?;
    let Some(text) = value.payload::<Str>() else {
        return Err(vm.type_error(format!(
            "can only assign string to {}.__name__, not '{}'",
            class.name_string(),
            vm.class_name(value)
        )));
    };
    if text.to_utf8().is_none() {
        return Err(vm.source_has_surrogates(value));
    }
    if text.iter().any(|c| c == 0) {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    class.name.set(Some(value.clone()));
    Ok(())
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    Ok(slot_or_none(&class(vm, this)?.qualname))
}

fn set_qualname(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__qualname__")?;
    if value.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "can only assign string to {}.__qualname__, not '{}'",
            class.name_string(),
            vm.class_name(value)
        )));
    }
    class.qualname.set(Some(value.clone()));
    Ok(())
}

fn module(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    if class.has_flag(class_flag::HEAP_TYPE) {
        return match class.dict.get_str(vm, &vm.names.__module__)? {
            Some(module) => Ok(module),
            None => Err(vm.attribute_error("__module__")),
        };
    }
    let module = vm.class_module(class)?;
    Ok(module.map_or(Value::NONE, |m| vm.intern_str(&m).into_value()))
}

fn set_module(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__module__")?;
    vm.set_class_entry(class, &vm.names.__module__, Some(value))
}

fn abstract_methods(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    // `type` has an entry of that name, this descriptor, which is no answer.
    if !class.is(&vm.types.type_)
        && let Some(own) = class.dict.get_str(vm, &vm.names.__abstractmethods__)?
    {
        return Ok(own);
    }
    Err(vm.attribute_error("__abstractmethods__"))
}

fn set_abstract_methods(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let is_abstract = match value {
        Some(value) => vm.truth(value)?,
        None => false,
    };
    let name = &vm.names.__abstractmethods__;
    if value.is_none() && class.dict.get_str(vm, name)?.is_none() {
        return Err(vm.attribute_error("__abstractmethods__"));
    }
    vm.set_class_entry(class, name, value)?;
    if is_abstract {
        class.set_flag(class_flag::ABSTRACT);
    } else {
        class.unset_flag(class_flag::ABSTRACT);
    }
    Ok(())
}

fn dict(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.mapping_proxy(class(vm, this)?.dict.as_value()))
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    if !class.has_flag(class_flag::HEAP_TYPE) {
        return Ok(vm.text_or_none(class.spec.map_or("", |s| s.doc)));
    }
    match class.dict.get_str(vm, &vm.names.__doc__)? {
        None => Ok(Value::NONE),
        Some(doc) => match vm.class_of(&doc).slots().descr_get {
            Some(get) => get(vm, &doc, None, Some(this)),
            None => Ok(doc),
        },
    }
}

fn set_doc(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__doc__")?;
    vm.set_class_entry(class, &vm.names.__doc__, Some(value))
}

fn text_signature(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    if let Some(spec) = class.spec
        && !class.has_flag(class_flag::HEAP_TYPE)
    {
        return Ok(vm.text_or_none(spec.signature));
    }
    let doc = class.dict.get_str(vm, &vm.names.__doc__)?;
    let doc = doc.and_then(|doc| doc.downcast::<Str>().ok());
    let doc = doc.as_ref().map(|doc| doc.to_display());
    let told = doc.and_then(|doc| {
        let told = signature_in(&doc, &class.name_string())?;
        Some(vm.str_value(told))
    });
    Ok(told.unwrap_or(Value::NONE))
}

/// The signature with which a documentation begins as CPython's natives have it: `Name(…)` and a line
/// with two hyphens.
fn signature_in<'a>(doc: &'a str, name: &str) -> Option<&'a str> {
    let signature = doc.strip_prefix(name)?;
    if !signature.starts_with('(') {
        return None;
    }
    let end = signature.find(")\n--\n\n")?;
    let signature = signature.get(..=end)?;
    (!signature.contains("\n\n")).then_some(signature)
}

fn annotations(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    let name = &vm.names.__annotations__;
    if !class.has_flag(class_flag::HEAP_TYPE) {
        let message = format!(
            "type object '{}' has no attribute '__annotations__'",
            class.name_string()
        );
        return Err(vm.attribute_error(message));
    }
    if let Some(found) = class.dict.get_str(vm, name)? {
        return match vm.class_of(&found).slots().descr_get {
            Some(get) => get(vm, &found, None, Some(this)),
            None => Ok(found),
        };
    }
    let new = vm.dict().into_value();
    vm.set_class_entry(class, name, Some(&new))?;
    Ok(new)
}

fn set_annotations(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let name = &vm.names.__annotations__;
    if class.has_flag(class_flag::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set '__annotations__' attribute of immutable type '{}'",
            class.name_string()
        )));
    }
    if value.is_none() && class.dict.get_str(vm, name)?.is_none() {
        return Err(vm.attribute_error("__annotations__"));
    }
    vm.set_class_entry(class, name, value)
}

fn type_params(vm: &Vm, this: &Value) -> PyResult {
    let class = class(vm, this)?;
    if !class.is(&vm.types.type_)
        && let Some(own) = class.dict.get_str(vm, &vm.names.__type_params__)?
    {
        return Ok(own);
    }
    Ok(vm.tuple_value([]))
}

fn set_type_params(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let class = class(vm, this)?;
    let value = settable(vm, class, value, "__type_params__")?;
    vm.set_class_entry(class, &vm.names.__type_params__, Some(value))
}
