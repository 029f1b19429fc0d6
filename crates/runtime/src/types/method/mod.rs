//! `method`: a function bound to an object.

use heap::Visitor;

use crate::fields;
use crate::object::borrowed::BorrowedValues;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
pub struct Method {
    /// `__func__`.
    pub function: Value,
    /// `__self__`.
    pub receiver: Value,
}

impl Payload for Method {
    const KIND: Kind = Kind::METHOD;
    const NAME: &'static str = "method";
    const FIELDS: &'static [Field] = fields![
        "__func__" => function as Value,
        "__self__" => receiver as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.function);
        visitor.value(&self.receiver);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a bound instance method object.",
    signature: "(function, instance, /)",
    flags: class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        call: Some(call),
        getattro: Some(get_attribute),
        richcompare: Some(compare),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce)],
    getset: &[
        GetSetDef::read_only(
            "__func__",
            "the function (or other callable) implementing a method",
            function,
        )
        .as_member(),
        GetSetDef::read_only(
            "__self__",
            "the instance to which a method is bound",
            receiver,
        )
        .as_member(),
        GetSetDef::read_only("__doc__", "", doc),
    ],
    ..TypeSpec::of::<Method>("method")
};

impl Vm {
    /// A bound method.
    pub fn bound_method(&self, function: &Value, receiver: &Value) -> Value {
        let method = Method {
            function: function.clone(),
            receiver: receiver.clone(),
        };
        alloc(&self.types.method, method).into_value()
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Method> {
    this.payload()
        .ok_or_else(|| vm.type_error("a method is required"))
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("method", "(function, instance, /)", args)?;
    if vm.class_of(&args[0]).slots().call.is_none() {
        return Err(vm.type_error("first argument must be callable"));
    }
    if args[1].is_none() {
        return Err(vm.type_error("instance must not be None"));
    }
    Ok(vm.bound_method(&args[0], &args[1]))
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let this = payload(vm, this)?;
    // Each method of a chain of them passes on one more argument.
    let _guard;
    if this.function.payload::<Method>().is_some() {
        _guard = vm.enter_native("")?;
    }
    let mut values = BorrowedValues::new();
    values.prefix(&this.receiver, args.values);
    vm.call_args(
        &this.function,
        Args {
            values: &values,
            names: args.names,
        },
    )
}

fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    let class = vm.class_of(this);
    if let Some(found) = vm.lookup_in_class(class, name) {
        return match vm.class_of(&found).slots().descr_get {
            Some(get) => get(vm, &found, Some(this), Some(class.as_value())),
            None => Ok(found),
        };
    }
    vm.get_attr(&payload(vm, this)?.function, name)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let names = vm.names;
    let mut name = vm.get_attr_opt(&this.function, &names.__qualname__)?;
    if name.is_none() {
        name = vm.get_attr_opt(&this.function, &names.__name__)?;
    }
    let name = match name
        .as_ref()
        .and_then(|n| n.payload::<crate::object::Str>())
    {
        Some(name) => name.to_display().into_owned(),
        None => "?".to_owned(),
    };
    let receiver = vm.repr_string(&this.receiver)?;
    Ok(vm.str_value(&format!("<bound method {name} of {receiver}>")))
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let this = payload(vm, this)?;
    let hash = vm.hash_address(&this.receiver) ^ vm.hash(&this.function)?;
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (this.payload::<Method>(), other.payload::<Method>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = vm.equal(&a.function, &b.function)? && a.receiver.is(&b.receiver);
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn function(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.function.clone())
}

fn receiver(vm: &Vm, this: &Value) -> PyResult {
    Ok(payload(vm, this)?.receiver.clone())
}

fn doc(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm
        .get_attr_opt(&payload(vm, this)?.function, &vm.names.__doc__)?
        .unwrap_or(Value::NONE))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    let name = vm.get_attr(&this.function, &vm.names.__name__)?;
    let getattr = vm
        .builtins()
        .get_str(vm, &vm.intern("getattr"))?
        .unwrap_or(Value::NONE);
    let pair = vm.tuple_value([this.receiver.clone(), name]);
    Ok(vm.tuple_value([getattr, pair]))
}
