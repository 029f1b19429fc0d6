//! `property`.

use std::cell::Cell;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Raised, Ref, Slot, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
#[derive(Default)]
pub struct Property {
    /// `fget`.
    pub getter: Slot,
    /// `fset`.
    pub setter: Slot,
    /// `fdel`.
    pub deleter: Slot,
    doc: Slot,
    name: Slot,
    doc_is_getters: Cell<bool>,
}

impl Payload for Property {
    const KIND: Kind = Kind::PROPERTY;
    const NAME: &'static str = "property";
    const FIELDS: &'static [Field] = fields![
        "fget" => getter as Value,
        "fset" => setter as Value,
        "fdel" => deleter as Value,
        "doc" => doc as Value,
        "name" => name as Value,
        "doc_is_getters" => doc_is_getters as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.getter);
        visitor.slot(&self.setter);
        visitor.slot(&self.deleter);
        visitor.slot(&self.doc);
        visitor.slot(&self.name);
    }

    fn clear(&self) {
        self.doc.set(None);
    }
}

const SIGNATURE: &str = "(fget=None, fset=None, fdel=None, doc=None)";

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del\'ing an attribute\n  doc\n    docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I\'m the \'x\' property.\")\n\nDecorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n        \"I am the \'x\' property.\"\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n    @x.deleter\n    def x(self):\n        del self._x",
    signature: SIGNATURE,
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        descr_get: Some(get),
        descr_set: Some(set),
        init: Some(init),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "getter",
            "($self, object, /)",
            "Descriptor to obtain a copy of the property with a different getter.",
            |vm, args| copy(vm, &args[0], [Some(&args[1]), None, None]),
        )
        .unsigned(),
        MethodDef::bound(
            "setter",
            "($self, object, /)",
            "Descriptor to obtain a copy of the property with a different setter.",
            |vm, args| copy(vm, &args[0], [None, Some(&args[1]), None]),
        )
        .unsigned(),
        MethodDef::bound(
            "deleter",
            "($self, object, /)",
            "Descriptor to obtain a copy of the property with a different deleter.",
            |vm, args| copy(vm, &args[0], [None, None, Some(&args[1])]),
        )
        .unsigned(),
        MethodDef::raw(
            "__set_name__",
            "",
            "Method to set name of a property.",
            set_name,
        ),
    ],
    getset: &[
        GetSetDef::read_only("fget", "", |vm, this| field(vm, this, |p| &p.getter)).as_member(),
        GetSetDef::read_only("fset", "", |vm, this| field(vm, this, |p| &p.setter)).as_member(),
        GetSetDef::read_only("fdel", "", |vm, this| field(vm, this, |p| &p.deleter)).as_member(),
        GetSetDef::writable(
            "__doc__",
            "",
            |vm, this| field(vm, this, |p| &p.doc),
            set_doc,
        )
        .as_member(),
        GetSetDef::read_only("__isabstractmethod__", "", is_abstract),
    ],
    ..TypeSpec::of::<Property>("property")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Property> {
    this.payload()
        .ok_or_else(|| vm.type_error("a property is required"))
}

fn field(vm: &Vm, this: &Value, slot: fn(&Property) -> &Slot) -> PyResult {
    Ok(slot(payload(vm, this)?).get().unwrap_or(Value::NONE))
}

fn set_doc(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    payload(vm, this)?.doc.set(value.cloned());
    Ok(())
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, Property::default()).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let args = vm.bind_parameters("property", SIGNATURE, args)?;
    let property = payload(vm, this)?;
    let given = |i: usize| args[i].given_not_none().cloned();
    property.getter.set(given(0));
    property.setter.set(given(1));
    property.deleter.set(given(2));
    property.doc.set(None);
    property.name.set(None);
    property.doc_is_getters.set(false);
    let mut doc = given(3);
    if doc.is_none()
        && let Some(getter) = args[0].given_not_none()
    {
        // Without a docstring of its own a property has its getter's.
        match vm.get_attr_opt(getter, &vm.names.__doc__)? {
            None => return Ok(()),
            Some(found) if found.is_none() => {}
            Some(found) => {
                doc = Some(found);
                property.doc_is_getters.set(true);
            }
        }
    }
    if vm.class_of(this).is(&vm.types.property) {
        property.doc.set(doc);
        return Ok(());
    }
    // The class's own `__doc__` would hide the field of a subclass's instance.
    let doc = doc.unwrap_or(Value::NONE);
    match vm.set_attr(this, &vm.names.__doc__, &doc) {
        Err(raised) if !property.doc_is_getters.get() => vm
            .catch(raised, &vm.types.exceptions.attribute_error)
            .map(drop),
        result => result,
    }
}

/// "property 'x' of 'C' object has no getter".
#[cold]
fn missing(vm: &Vm, property: &Property, object: &Value, what: &str) -> Raised {
    let class = vm.class_of(object).clone();
    let qualname = class.qualname.get().map(|q| vm.repr_string(&q));
    let owner = match qualname {
        Some(Ok(text)) => text,
        Some(Err(raised)) => return raised,
        None => "?".to_owned(),
    };
    let message = match property.name.get().map(|n| vm.repr_string(&n)) {
        Some(Ok(name)) => format!("property {name} of {owner} object has no {what}"),
        Some(Err(raised)) => return raised,
        None => format!("property of {owner} object has no {what}"),
    };
    vm.attribute_error(message)
}

fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(this.clone());
    };
    let property = payload(vm, this)?;
    match property.getter.get() {
        Some(getter) => vm.call1(&getter, object),
        None => Err(missing(vm, property, object, "getter")),
    }
}

fn set(vm: &Vm, this: &Value, object: &Value, value: Option<&Value>) -> PyResult<()> {
    let property = payload(vm, this)?;
    match value {
        Some(value) => match property.setter.get() {
            Some(setter) => {
                let mut args = crate::object::borrowed::BorrowedValues::new();
                args.push(object);
                args.push(value);
                vm.call(&setter, &args).map(drop)
            }
            None => Err(missing(vm, property, object, "setter")),
        },
        None => match property.deleter.get() {
            Some(deleter) => vm.call1(&deleter, object).map(drop),
            None => Err(missing(vm, property, object, "deleter")),
        },
    }
}

/// A property of the same class with some functions replaced.
fn copy(vm: &Vm, this: &Value, replaced: [Option<&Value>; 3]) -> PyResult {
    let old = payload(vm, this)?;
    let pick = |new: Option<&Value>, slot: &Slot| match new {
        Some(new) if !new.is_none() => new.clone(),
        _ => slot.get().unwrap_or(Value::NONE),
    };
    let getter = pick(replaced[0], &old.getter);
    let setter = pick(replaced[1], &old.setter);
    let deleter = pick(replaced[2], &old.deleter);
    let doc = if old.doc_is_getters.get() && !getter.is_none() {
        Value::NONE
    } else {
        old.doc.get().unwrap_or(Value::NONE)
    };
    let class = vm.class_of(this).to_value();
    let new = vm.call(&class, &[getter, setter, deleter, doc])?;
    if let Some(copy) = new.payload::<Property>() {
        copy.name.set(old.name.get());
    }
    Ok(new)
}

fn set_name(vm: &Vm, args: Args<'_>) -> PyResult {
    let [this, _owner, name] = args.values else {
        return Err(vm.type_error(format!(
            "__set_name__() takes 2 positional arguments but {} were given",
            args.values.len().saturating_sub(1)
        )));
    };
    payload(vm, this)?.name.set(Some(name.clone()));
    Ok(Value::NONE)
}

fn is_abstract(vm: &Vm, this: &Value) -> PyResult {
    let property = payload(vm, this)?;
    for slot in [&property.getter, &property.setter, &property.deleter] {
        if let Some(function) = slot.get()
            && vm.is_abstract_method(&function)?
        {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}
