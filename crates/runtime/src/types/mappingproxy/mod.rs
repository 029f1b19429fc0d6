//! `mappingproxy`: a read-only view of a mapping; what `cls.__dict__` gives.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
pub struct MappingProxy {
    /// The mapping.
    pub mapping: Value,
}

impl Payload for MappingProxy {
    const KIND: Kind = Kind::MAPPING_PROXY;
    const NAME: &'static str = "mappingproxy";
    const FIELDS: &'static [Field] = fields![
        "mapping" => mapping as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.mapping);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Read-only proxy of a mapping.",
    flags: class_flag::MAPPING,
    slots: TypeSlots {
        repr: Some(repr),
        str: Some(str),
        hash: Some(hash),
        richcompare: Some(compare),
        iter: Some(iter),
        nb_or: Some(or),
        nb_inplace_or: Some(inplace_or),
        mp_length: Some(len),
        mp_subscript: Some(subscript),
        sq_contains: Some(contains),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "get",
            "($self, key, default=None, /)",
            "Return the value for key if key is in the mapping, else default.",
            get,
        )
        .unsigned(),
        MethodDef::bound(
            "keys",
            "($self, /)",
            "D.keys() -> a set-like object providing a view on D's keys",
            |vm, args| forward(vm, &args[0], &vm.names.keys),
        ),
        MethodDef::bound(
            "values",
            "($self, /)",
            "D.values() -> an object providing a view on D's values",
            |vm, args| forward(vm, &args[0], &vm.names.values),
        ),
        MethodDef::bound(
            "items",
            "($self, /)",
            "D.items() -> a set-like object providing a view on D's items",
            |vm, args| forward(vm, &args[0], &vm.names.items),
        ),
        MethodDef::bound(
            "copy",
            "($self, /)",
            "D.copy() -> a shallow copy of D",
            |vm, args| forward(vm, &args[0], &vm.intern("copy")),
        ),
        crate::types::generic_alias::CLASS_GETITEM,
        MethodDef::bound(
            "__reversed__",
            "($self, /)",
            "D.__reversed__() -> reverse iterator",
            |vm, args| forward(vm, &args[0], &vm.names.__reversed__),
        ),
    ],
    ..TypeSpec::of::<MappingProxy>("mappingproxy")
};

impl Vm {
    /// A read-only view of a mapping.
    pub fn mapping_proxy(&self, mapping: &Value) -> Value {
        let proxy = MappingProxy {
            mapping: mapping.clone(),
        };
        alloc(&self.types.mappingproxy, proxy).into_value()
    }
}

fn mapping<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Value> {
    match this.payload::<MappingProxy>() {
        Some(proxy) => Ok(&proxy.mapping),
        None => Err(vm.type_error("a mappingproxy is required")),
    }
}

/// The mapping behind a proxy, other values as they are.
fn unwrapped(value: &Value) -> &Value {
    value
        .payload::<MappingProxy>()
        .map_or(value, |proxy| &proxy.mapping)
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("mappingproxy", "(mapping)", args)?;
    let slots = vm.class_of(&args[0]).slots();
    let is_mapping = slots.mp_subscript.is_some()
        && !vm.is_instance_of(&args[0], &vm.types.list)
        && !vm.is_instance_of(&args[0], &vm.types.tuple);
    if !is_mapping {
        return Err(vm.type_error(format!(
            "mappingproxy() argument must be a mapping, not {}",
            vm.class_name(&args[0])
        )));
    }
    Ok(vm.mapping_proxy(&args[0]))
}

fn forward(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    vm.call_method(mapping(vm, this)?, name, &[])
}

fn get(vm: &Vm, args: &[Value]) -> PyResult {
    let default = args[2].given().cloned().unwrap_or(Value::NONE);
    vm.call_method(
        mapping(vm, &args[0])?,
        &vm.intern("get"),
        &[args[1].clone(), default],
    )
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let text = vm.repr_string(mapping(vm, this)?)?;
    Ok(vm.str_value(&format!("mappingproxy({text})")))
}

fn str(vm: &Vm, this: &Value) -> PyResult {
    vm.str_of(mapping(vm, this)?).map(Ref::into_value)
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    vm.hash(mapping(vm, this)?)
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    vm.compare(mapping(vm, this)?, other, op)
}

fn iter(vm: &Vm, this: &Value) -> PyResult {
    vm.iter(mapping(vm, this)?)
}

fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    vm.binary(
        &crate::protocol::number::BinaryOp::OR,
        unwrapped(a),
        unwrapped(b),
    )
}

fn inplace_or(vm: &Vm, this: &Value, _other: &Value) -> PyResult {
    Err(vm.type_error(format!(
        "'|=' is not supported by {}; use '|' instead",
        vm.class_name(this)
    )))
}

fn len(vm: &Vm, this: &Value) -> PyResult<usize> {
    vm.len(mapping(vm, this)?)
}

fn subscript(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    vm.get_item(mapping(vm, this)?, key)
}

fn contains(vm: &Vm, this: &Value, key: &Value) -> PyResult<bool> {
    vm.contains(mapping(vm, this)?, key)
}
