//! `cmp_to_key`.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    GetSetDef, Kind, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, Visit, alloc,
};

/// Payload of `KeyWrapper`.
struct KeyWrapper {
    compare: Value,
    object: Slot,
}

impl Payload for KeyWrapper {
    const KIND: Kind = crate::kinds::KEY_WRAPPER;
    const NAME: &'static str = "KeyWrapper";
    const FIELDS: &'static [Field] = fields![
        "compare" => compare as Value,
        "object" => object as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.compare);
        visitor.slot(&self.object);
    }

    fn clear(&self) {
        self.object.set(None);
    }
}

static KEY_WRAPPER: TypeSpec = TypeSpec {
    slots: TypeSlots {
        call: Some(|vm, this, args| {
            let bound = vm.bind_parameters("K", "(obj)", args)?;
            match this.payload::<KeyWrapper>() {
                Some(wrapper) => Ok(wrap(vm, &wrapper.compare, Some(bound[0].clone()))),
                None => Ok(Value::NONE),
            }
        }),
        richcompare: Some(|vm, this, other, op| {
            let (Some(x), Some(y)) = (this.payload::<KeyWrapper>(), other.payload::<KeyWrapper>())
            else {
                return Err(vm.type_error("other argument must be K instance"));
            };
            let (Some(left), Some(right)) = (x.object.get(), y.object.get()) else {
                return Err(vm.attribute_error("object"));
            };
            let result = vm.call(&x.compare, &[left, right])?;
            vm.compare(&result, &Value::small_int(0), op)
        }),
        ..TypeSlots::EMPTY
    },
    getset: &[GetSetDef::writable(
        "obj",
        "Value wrapped by a key function.",
        |_, this| {
            let object = this
                .payload::<KeyWrapper>()
                .and_then(|wrapper| wrapper.object.get());
            Ok(object.unwrap_or(Value::NONE))
        },
        |_, this, value| {
            if let Some(wrapper) = this.payload::<KeyWrapper>() {
                wrapper.object.set(value.cloned());
            }
            Ok(())
        },
    )
    .as_member()],
    ..TypeSpec::of::<KeyWrapper>("functools.KeyWrapper")
};

fn wrap(vm: &Vm, compare: &Value, object: Option<Value>) -> Value {
    let wrapper = KeyWrapper {
        compare: compare.clone(),
        object: Slot::new(object),
    };
    alloc(&vm.native_class(&KEY_WRAPPER), wrapper).into_value()
}

pub(super) fn cmp_to_key(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(wrap(vm, &args[1], None))
}
