//! `TypeAliasType`: what the statement `type X = …` makes.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, Tuple, TypeSpec,
    Value, alloc, class_flag,
};
use crate::vm::Vm;
use crate::vm::function::Function;

/// The payload.
pub struct TypeAlias {
    name: Slot,
    params: Slot,
    evaluate: Slot,
    value: Slot,
    module: Slot,
}

impl Payload for TypeAlias {
    const KIND: Kind = Kind::TYPE_ALIAS;
    const NAME: &'static str = "typealias";
    const FIELDS: &'static [Field] = fields![
        "name" => name as Value,
        "params" => params as Value,
        "evaluate" => evaluate as Value,
        "value" => value as Value,
        "module" => module as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for slot in [
            &self.name,
            &self.params,
            &self.evaluate,
            &self.value,
            &self.module,
        ] {
            visitor.slot(slot);
        }
    }

    fn clear(&self) {
        for slot in [&self.params, &self.evaluate, &self.value] {
            slot.set(None);
        }
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Type alias.",
    flags: TypeSpec::of::<TypeAlias>("x").flags | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(|vm, value| Ok(own(vm, value)?.name.get().unwrap_or(Value::NONE))),
        nb_or: Some(crate::types::union_type::or),
        mp_subscript: Some(subscript),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "__reduce__",
        "($self, /)",
        "",
        |vm, args| Ok(own(vm, &args[0])?.name.get().unwrap_or(Value::NONE)),
    )],
    getset: &[
        GetSetDef::read_only("__name__", "", |vm, a| {
            Ok(own(vm, a)?.name.get().unwrap_or(Value::NONE))
        }),
        GetSetDef::read_only("__module__", "", |vm, a| {
            Ok(own(vm, a)?.module.get().unwrap_or(Value::NONE))
        }),
        GetSetDef::read_only("__value__", "", value),
        GetSetDef::read_only("__type_params__", "", params),
        GetSetDef::read_only("__parameters__", "", |vm, this| {
            vm.unpacked_parameters(&params(vm, this)?)
        }),
    ],
    ..TypeSpec::of::<TypeAlias>("typing.TypeAliasType")
};

fn own<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a TypeAlias> {
    value
        .payload::<TypeAlias>()
        .ok_or_else(|| vm.type_error("expected a type alias"))
}

fn value(vm: &Vm, this: &Value) -> PyResult {
    let alias = own(vm, this)?;
    if let Some(known) = alias.value.get() {
        return Ok(known);
    }
    let Some(function) = alias.evaluate.get() else {
        return Ok(Value::NONE);
    };
    let computed = vm.call0(&function)?;
    alias.value.set(Some(computed.clone()));
    Ok(computed)
}

fn params(vm: &Vm, this: &Value) -> PyResult {
    Ok(own(vm, this)?
        .params
        .get()
        .unwrap_or_else(|| vm.tuple_value([])))
}

fn subscript(vm: &Vm, this: &Value, item: &Value) -> PyResult {
    let alias = own(vm, this)?;
    if alias
        .params
        .get()
        .and_then(|p| p.payload::<Tuple>().map(|t| t.is_empty()))
        .unwrap_or(true)
    {
        return Err(vm.type_error("Only generic type aliases are subscriptable"));
    }
    Ok(vm.generic_alias(this, item))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters("typealias", "(name, value, *, type_params=())", args)?;
    if bound[0].payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "typealias() argument 'name' must be str, not {}",
            vm.argument_type(&bound[0])
        )));
    }
    if let Some(params) = bound[2].given()
        && params.payload::<Tuple>().is_none()
    {
        return Err(vm.type_error("type_params must be a tuple"));
    }
    let module = match vm.current_frame() {
        Some(frame) => frame.function().globals.get(vm, &vm.names.__name__)?,
        None => None,
    };
    let alias = TypeAlias {
        name: Slot::new(Some(bound[0].clone())),
        params: Slot::new(bound[2].given().cloned()),
        evaluate: Slot::default(),
        value: Slot::new(Some(bound[1].clone())),
        module: Slot::new(module),
    };
    Ok(alloc(class, alias).into_value())
}

impl Vm {
    /// The object of `type X = …`, from the tuple (name, type parameters or None, function).
    pub(crate) fn type_alias(&self, parts: &Value) -> PyResult {
        let Some([name, params, evaluate]) = parts.payload::<Tuple>().map(|t| t.as_slice()) else {
            return Err(self.system_error("a type alias needs three parts"));
        };
        let module = evaluate.payload::<Function>().and_then(|f| f.module.get());
        let alias = TypeAlias {
            name: Slot::new(Some(name.clone())),
            params: Slot::new((!params.is_none()).then(|| params.clone())),
            evaluate: Slot::new(Some(evaluate.clone())),
            value: Slot::default(),
            module: Slot::new(module),
        };
        Ok(alloc(&self.types.type_alias, alias).into_value())
    }
}
