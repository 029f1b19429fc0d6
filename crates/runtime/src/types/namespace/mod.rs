//! `types.SimpleNamespace`.

use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Str, TypeSlots,
    TypeSpec, Value, alloc, class_flag, instance,
};
use crate::vm::Vm;

/// The payload: everything lies in the attributes.
pub struct Namespace;

impl Payload for Namespace {
    const KIND: Kind = Kind::NAMESPACE;
    const NAME: &'static str = "types.SimpleNamespace";
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT,
    slots: TypeSlots {
        repr: Some(repr),
        richcompare: Some(compare),
        init: Some(init),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "__reduce__",
        "($self, /)",
        "Return state information for pickling",
        reduce,
    )
    .unsigned()],
    getset: &[GetSetDef::read_only("__dict__", "", |vm, this| {
        Ok(instance::materialise(vm, this)?.into_value())
    })
    .as_member()],
    ..TypeSpec::of::<Namespace>("types.SimpleNamespace")
};

impl Vm {
    /// A `SimpleNamespace` without attributes.
    pub fn new_namespace(&self) -> Value {
        alloc(&self.types.namespace, Namespace).into_value()
    }
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, Namespace).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    if !args.positionals().is_empty() {
        return Err(vm.type_error("no positional arguments expected"));
    }
    for (name, value) in args.keywords() {
        instance::set(vm, this, name, value.clone())?;
    }
    Ok(())
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this);
    let name = if class.is(&vm.types.namespace) {
        "namespace".to_owned()
    } else {
        class.name_string()
    };
    let Some(_guard) = vm.enter_repr(this) else {
        return Ok(vm.str_value(&format!("{name}(...)")));
    };
    let mut parts = Vec::new();
    for (key, value) in instance::materialise(vm, this)?.to_vec() {
        if key.payload::<Str>().is_some_and(|k| !k.is_empty()) {
            parts.push(format!("{}={}", vm.display(&key), vm.repr_string(&value)?));
        }
    }
    Ok(vm.str_value(&format!("{name}({})", parts.join(", "))))
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    if this.payload::<Namespace>().is_none() || other.payload::<Namespace>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (
        instance::materialise(vm, this)?,
        instance::materialise(vm, other)?,
    );
    vm.compare(a.as_value(), b.as_value(), op)
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let dict = instance::materialise(vm, &args[0])?;
    let class = vm.class_of(&args[0]).to_value();
    Ok(vm.tuple_value([class, vm.tuple_value([]), dict.into_value()]))
}
