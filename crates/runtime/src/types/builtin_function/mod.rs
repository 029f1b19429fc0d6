//! `builtin_function_or_method`: a native function of a module, or a native method bound to an
//! object.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, MethodDef, NativeFn, Payload, PyResult, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use crate::types::module::Module;
use crate::vm::Vm;

/// The payload.
pub struct BuiltinFunction {
    /// The native.
    pub def: &'static MethodDef,
    /// `__self__`: the object it is bound to, or its module.
    pub receiver: Option<Value>,
    /// `__module__`.
    pub module: Option<Value>,
}

impl Payload for BuiltinFunction {
    const KIND: Kind = Kind::BUILTIN_FUNCTION;
    const NAME: &'static str = "builtin_function_or_method";
    const FIELDS: &'static [Field] = fields![
        "def" => def as Opaque,
        "__self__" => receiver as Value,
        "__module__" => module as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        if let Some(receiver) = &self.receiver {
            visitor.value(receiver);
        }
        if let Some(module) = &self.module {
            visitor.value(module);
        }
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        call: Some(call),
        richcompare: Some(compare),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned()],
    getset: &[
        GetSetDef::read_only("__module__", "", module).as_member(),
        GetSetDef::read_only("__name__", "", name),
        GetSetDef::read_only("__qualname__", "", qualname),
        GetSetDef::read_only("__self__", "", receiver),
        GetSetDef::read_only("__doc__", "", doc),
        GetSetDef::read_only("__text_signature__", "", text_signature),
    ],
    ..TypeSpec::of::<BuiltinFunction>("builtin_function_or_method")
};

impl Vm {
    /// A native function of a module; `module` is the module object and `name` its name.
    pub fn builtin_function(&self, def: &'static MethodDef, module: &Value, name: &Value) -> Value {
        let function = BuiltinFunction {
            def,
            receiver: Some(module.clone()),
            module: Some(name.clone()),
        };
        alloc(&self.types.builtin_function, function).into_value()
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a BuiltinFunction> {
    this.payload()
        .ok_or_else(|| vm.type_error("a builtin function is required"))
}

/// The object the function is bound to, if it is a method.
fn bound_to(this: &BuiltinFunction) -> Option<&Value> {
    match this.module {
        Some(_) => None,
        None => this
            .receiver
            .as_ref()
            .filter(|r| r.payload::<Module>().is_none()),
    }
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let function = payload(vm, this)?;
    match &function.receiver {
        Some(receiver) if function.def.has_receiver() => {
            vm.call_native_with(this, function.def, receiver, args.handed_on())
        }
        _ => vm.call_native(this, function.def, args.handed_on()),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let name = this.def.name;
    Ok(vm.str_value(&match bound_to(this) {
        None => format!("<built-in function {name}>"),
        Some(receiver) => format!(
            "<built-in method {name} of {} object at {:#x}>",
            vm.class_name(receiver),
            vm.id(receiver)
        ),
    }))
}

fn code_address(code: &NativeFn) -> usize {
    match code {
        NativeFn::Bound(f) => *f as usize,
        NativeFn::Raw(f) => *f as usize,
    }
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let this = payload(vm, this)?;
    let receiver = this.receiver.as_ref().map_or(0, |r| vm.hash_address(r));
    Ok((receiver ^ (code_address(&this.def.code) as i64 >> 4)).max(0))
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (
        this.payload::<BuiltinFunction>(),
        other.payload::<BuiltinFunction>(),
    ) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let _ = vm;
    let same_receiver = match (&a.receiver, &b.receiver) {
        (Some(a), Some(b)) => a.is(b),
        (None, None) => true,
        _ => false,
    };
    let equal = same_receiver && code_address(&a.def.code) == code_address(&b.def.code);
    Ok(match op {
        CompareOp::Eq => Value::bool(equal),
        CompareOp::Ne => Value::bool(!equal),
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn module(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.module.clone().unwrap_or(Value::NONE))
}

fn name(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.intern(payload(vm, this)?.def.name))
}

fn qualname(vm: &Vm, this: &Value) -> PyResult {
    let function = payload(vm, this)?;
    let Some(receiver) = bound_to(function) else {
        return name(vm, this);
    };
    match receiver.as_ref_to::<Class>() {
        Some(class) => vm.qualified_name(class, function.def.name),
        None => vm.qualified_name(vm.class_of(receiver), function.def.name),
    }
}

fn receiver(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.receiver.clone().unwrap_or(Value::NONE))
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.def.doc))
}

fn text_signature(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.text_or_none(payload(vm, this)?.def.text_signature()))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    match bound_to(this) {
        None => Ok(vm.str_value(this.def.name)),
        Some(receiver) => vm.reduce_as_getattr(receiver, this.def.name),
    }
}
