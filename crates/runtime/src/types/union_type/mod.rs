//! `types.UnionType`: what `int | str` gives.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, CompareOp, GetSetDef, Kind, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec,
    Value, alloc, class_flag,
};
use crate::protocol::number::BinaryOp;
use crate::types::generic_alias::{GenericAlias, item_repr, parameters_of, substitute};
use crate::vm::Vm;

/// The payload.
pub struct UnionType {
    /// `__args__`.
    pub args: Ref<Tuple>,
    parameters: Slot,
}

impl Payload for UnionType {
    const KIND: Kind = Kind::UNION_TYPE;
    const NAME: &'static str = "types.UnionType";
    const FIELDS: &'static [Field] = fields![
        "__args__" => args as Value,
        "parameters" => parameters as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.args);
        visitor.slot(&self.parameters);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Represent a PEP 604 union type\n\nE.g. for int | str",
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        getattro: Some(get_attribute),
        richcompare: Some(compare),
        nb_or: Some(or),
        mp_subscript: Some(subscript),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__args__", "", |vm, this| {
            Ok(payload(vm, this)?.args.to_value())
        })
        .as_member(),
        GetSetDef::read_only(
            "__parameters__",
            "Type variables in the types.UnionType.",
            parameters,
        ),
    ],
    ..TypeSpec::of::<UnionType>("types.UnionType")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a UnionType> {
    this.payload()
        .ok_or_else(|| vm.type_error("a union is required"))
}

fn is_unionable(vm: &Vm, value: &Value) -> bool {
    value.is_none()
        || value.payload::<Class>().is_some()
        || value.payload::<GenericAlias>().is_some()
        || value.payload::<UnionType>().is_some()
        || vm.class_of(value).kind == Kind::TYPE_ALIAS
}

/// `a | b` of types.
pub(crate) fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if !is_unionable(vm, a) || !is_unionable(vm, b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    vm.union_of(&[a.clone(), b.clone()])
}

impl Vm {
    /// The union of types: nested ones flattened, each once; a single one is itself.
    pub(crate) fn union_of(&self, members: &[Value]) -> PyResult {
        let mut flat: Vec<Value> = Vec::new();
        for member in members {
            match member.payload::<UnionType>() {
                Some(union) => {
                    for arg in union.args.iter() {
                        self.add_unique(&mut flat, arg)?;
                    }
                }
                None if member.is_none() => {
                    self.add_unique(&mut flat, self.types.none.as_value())?;
                }
                None => self.add_unique(&mut flat, member)?,
            }
        }
        if let [only] = &flat[..] {
            return Ok(only.clone());
        }
        let union = UnionType {
            args: self.tuple(flat),
            parameters: Slot::default(),
        };
        Ok(alloc(&self.types.union_type, union).into_value())
    }

    fn add_unique(&self, flat: &mut Vec<Value>, member: &Value) -> PyResult<()> {
        for known in flat.iter() {
            let both_generic = known.payload::<GenericAlias>().is_some()
                && member.payload::<GenericAlias>().is_some();
            if known.is(member) || (both_generic && self.equal(known, member)?) {
                return Ok(());
            }
        }
        flat.push(member.clone());
        Ok(())
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let mut parts = Vec::new();
    for arg in payload(vm, this)?.args.clone().iter() {
        parts.push(if arg.is(vm.types.none.as_value()) {
            "None".to_owned()
        } else {
            item_repr(vm, arg)?
        });
    }
    Ok(vm.str_value(&parts.join(" | ")))
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    // Unions are equal whatever the order of their members, and to those of `typing`.
    let args = payload(vm, this)?.args.clone();
    vm.hash(&vm.frozenset_of(&args)?)
}

fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    // A union of classes is not a class: `__class__` and the like are the union's own, and a
    // module is that of its type.
    if name.is(&vm.names.__module__) {
        return vm.get_attr(vm.types.union_type.as_value(), name);
    }
    vm.generic_get_attr(this, name)
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (Some(a), Some(b)) = (this.payload::<UnionType>(), other.payload::<UnionType>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (a, b) = (a.args.clone(), b.args.clone());
    let mut equal = a.len() == b.len();
    for member in a.iter() {
        equal = equal && vm.contains(b.as_value(), member)?;
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn parameters(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    if let Some(known) = this.parameters.get() {
        return Ok(known);
    }
    let new = parameters_of(vm, &this.args)?.into_value();
    this.parameters.set(Some(new.clone()));
    Ok(new)
}

fn subscript(vm: &Vm, this: &Value, item: &Value) -> PyResult {
    let parameters = parameters(vm, this)?;
    let args = payload(vm, this)?.args.clone();
    let Some(parameters) = parameters.as_ref_to::<Tuple>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let new = substitute(vm, this, &args, parameters, item)?;
    let mut result: Option<Value> = None;
    for member in new {
        result = Some(match result {
            None => member,
            Some(so_far) => vm.binary(&BinaryOp::OR, &so_far, &member)?,
        });
    }
    Ok(result.unwrap_or(Value::NONE))
}
