//! `_tuplegetter`: the attribute of a named tuple's field.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    GetSetDef, Kind, MethodDef, Payload, Slot, Tuple, TypeSlots, TypeSpec, Value, Visit, alloc,
};

use crate::native::{REDUCE, reduced};

/// Payload of `_tuplegetter`.
struct TupleGetter {
    index: usize,
    doc: Slot,
}

impl Payload for TupleGetter {
    const KIND: Kind = crate::kinds::TUPLE_GETTER;
    const NAME: &'static str = "_tuplegetter";
    const FIELDS: &'static [Field] = fields![
        "index" => index as Unsigned,
        "doc" => doc as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.doc);
    }
}

/// Declaration of `_tuplegetter`.
pub(super) static TUPLE_GETTER: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("_tuplegetter", "(index, doc, /)", args)?;
            let index = vm.arg_ssize(&bound[0])?.max(0) as usize;
            let doc = Slot::new(Some(bound[1].clone()));
            Ok(alloc(class, TupleGetter { index, doc }).into_value())
        }),
        repr: Some(|vm, this| {
            let Some(getter) = this.payload::<TupleGetter>() else {
                return Ok(Value::NONE);
            };
            let doc = vm.repr_string(&getter.doc.get().unwrap_or(Value::NONE))?;
            Ok(vm.str_value(&format!("_tuplegetter({}, {doc})", getter.index)))
        }),
        descr_get: Some(|vm, this, instance, _owner| {
            let (Some(getter), Some(instance)) = (this.payload::<TupleGetter>(), instance) else {
                return Ok(this.clone());
            };
            if instance.is_none() {
                return Ok(this.clone());
            }
            let Some(tuple) = instance.payload::<Tuple>() else {
                return Err(vm.type_error(format!(
                    "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
                    getter.index,
                    vm.class_name(instance)
                )));
            };
            match tuple.as_slice().get(getter.index) {
                Some(item) => Ok(item.clone()),
                None => Err(vm.index_error("tuple index out of range")),
            }
        }),
        descr_set: Some(|vm: &Vm, _this, _instance, value| {
            Err(vm.attribute_error(match value {
                Some(_) => "can't set attribute",
                None => "can't delete attribute",
            }))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(getter) = args[0].payload::<TupleGetter>() else {
                return Ok(Value::NONE);
            };
            let doc = getter.doc.get().unwrap_or(Value::NONE);
            Ok(reduced(vm, &args[0], [vm.int_usize(getter.index), doc]))
        })
        .unsigned(),
    ],
    getset: &[GetSetDef::writable(
        "__doc__",
        "",
        |_, this| {
            let doc = this
                .payload::<TupleGetter>()
                .and_then(|getter| getter.doc.get());
            Ok(doc.unwrap_or(Value::NONE))
        },
        |_, this, value| {
            if let Some(getter) = this.payload::<TupleGetter>() {
                getter.doc.set(value.cloned());
            }
            Ok(())
        },
    )
    .as_member()],
    ..TypeSpec::of::<TupleGetter>("_collections._tuplegetter")
};
