//! `super`.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, GetSetDef, Kind, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
#[derive(Default)]
pub struct Super {
    /// `__thisclass__`: the class behind which the search begins.
    class: Slot,
    /// `__self__`.
    object: Slot,
    /// `__self_class__`: whose resolution order is searched.
    object_class: Slot,
}

impl Payload for Super {
    const KIND: Kind = Kind::SUPER;
    const NAME: &'static str = "super";
    const FIELDS: &'static [Field] = fields![
        "__thisclass__" => class as Value,
        "__self__" => object as Value,
        "__self_class__" => object_class as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.object);
        visitor.slot(&self.class);
        visitor.slot(&self.object_class);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n",
    flags: class_flag::MADE_UNPACKED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        repr: Some(repr),
        getattro: Some(get_attribute),
        descr_get: Some(get),
        init: Some(init),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("__thisclass__", "the class invoking super()", |vm, this| {
            field(vm, this, |s| &s.class)
        })
        .as_member(),
        GetSetDef::read_only(
            "__self__",
            "the instance invoking super(); may be None",
            |vm, this| field(vm, this, |s| &s.object),
        )
        .as_member(),
        GetSetDef::read_only(
            "__self_class__",
            "the type of the instance invoking super(); may be None",
            |vm, this| field(vm, this, |s| &s.object_class),
        )
        .as_member(),
    ],
    ..TypeSpec::of::<Super>("super")
};

impl Vm {
    /// `super(class, object)` for an object that is known to fit: the class itself or an instance.
    pub(crate) fn new_super(&self, class: &Ref<Class>, object: &Value) -> Value {
        let object_class = if object.payload::<Class>().is_some() {
            object.clone()
        } else {
            self.class_of(object).to_value()
        };
        let new = Super {
            class: Slot::new(Some(class.to_value())),
            object: Slot::new(Some(object.clone())),
            object_class: Slot::new(Some(object_class)),
        };
        alloc(&self.types.super_, new).into_value()
    }

    /// True if `super(class, object)` can be made.
    pub(crate) fn fits_super(&self, class: &Value, object: &Value) -> bool {
        let Some(class) = class.as_ref_to::<Class>() else {
            return false;
        };
        match check(self, class, object) {
            Ok(_) => true,
            Err(raised) => {
                drop(self.take_exception(raised));
                false
            }
        }
    }

    /// `super(class, object).name` without the super object, as `super().name` compiles to.
    pub fn super_attribute(&self, class: &Value, object: &Value, name: &Value) -> PyResult {
        let Some(class) = class.as_ref_to::<Class>() else {
            return Err(not_a_type(self, class));
        };
        let object_class = check(self, class, object)?;
        match self.search_behind(class, object, &object_class, name)? {
            Some(found) => Ok(found),
            None => {
                let full = self.new_super(class, object);
                self.get_attr(&full, name)
            }
        }
    }

    /// Looks `name` up in the resolution order of `object_class` behind `class`, and binds it.
    fn search_behind(
        &self,
        class: &Ref<Class>,
        object: &Value,
        object_class: &Ref<Class>,
        name: &Value,
    ) -> PyResult<Option<Value>> {
        if name.is(&self.names.__class__) {
            return Ok(None);
        }
        let Some(mro) = object_class.mro.get() else {
            return Ok(None);
        };
        let mro = mro
            .payload::<Tuple>()
            .map(|m| m.to_vec())
            .unwrap_or_default();
        let behind = mro.iter().skip_while(|c| !c.is(class.as_value())).skip(1);
        for base in behind.filter_map(|b| b.payload::<Class>()) {
            let Some(found) = base.dict.get_str(self, name)? else {
                continue;
            };
            return match self.class_of(&found).slots().descr_get {
                Some(get) => {
                    let is_class = object.is(object_class.as_value());
                    let instance = (!is_class).then_some(object);
                    get(self, &found, instance, Some(object_class.as_value())).map(Some)
                }
                None => Ok(Some(found)),
            };
        }
        Ok(None)
    }
}

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Super> {
    this.payload()
        .ok_or_else(|| vm.type_error("a super object is required"))
}

fn field(vm: &Vm, this: &Value, slot: fn(&Super) -> &Slot) -> PyResult {
    Ok(slot(payload(vm, this)?).get().unwrap_or(Value::NONE))
}

fn not_a_type(vm: &Vm, value: &Value) -> crate::Raised {
    vm.type_error(format!(
        "super() argument 1 must be a type, not {}",
        vm.class_name(value)
    ))
}

/// The class whose resolution order is searched for an object given to `super(class, object)`.
pub(super) fn check(vm: &Vm, class: &Ref<Class>, object: &Value) -> PyResult<Ref<Class>> {
    if let Some(own) = object.as_ref_to::<Class>()
        && (own.is_subclass_of(class) || derives_unfinished(own, class))
    {
        return Ok(own.clone());
    }
    let own = vm.class_of(object);
    if own.is_subclass_of(class) {
        return Ok(own.clone());
    }
    if let Some(claimed) = vm.get_attr_opt(object, &vm.names.__class__)?
        && !claimed.is(own.as_value())
        && let Some(claimed) = claimed.as_ref_to::<Class>()
        && claimed.is_subclass_of(class)
    {
        return Ok(claimed.clone());
    }
    Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"))
}

/// Whether a class that has no resolution order yet (its metaclass is making one) derives from another
/// by its first bases.
fn derives_unfinished(class: &Ref<Class>, other: &Ref<Class>) -> bool {
    if class.mro.get().is_some() {
        return false;
    }
    let mut current = Some(class.clone());
    while let Some(class) = current {
        if class.is(other) {
            return true;
        }
        let base = class.base.get();
        current = base.and_then(|base| base.downcast::<Class>().ok());
    }
    false
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, Super::default()).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    if !args.names.is_empty() {
        return Err(vm.type_error("super() takes no keyword arguments"));
    }
    let (class, object) = match args.values {
        [] => {
            let context = vm.super_context()?;
            (context.class, Some(context.object))
        }
        [class] => (class.clone(), None),
        [class, object] => (class.clone(), Some(object.clone())),
        more => return Err(vm.wrong_count("super()", more.len(), 0, 2)),
    };
    let Some(class) = class.as_ref_to::<Class>() else {
        return Err(not_a_type(vm, &class));
    };
    let object = object.filter(|o| !o.is_none());
    let object_class = match &object {
        Some(object) => Some(check(vm, class, object)?.into_value()),
        None => None,
    };
    let this = payload(vm, this)?;
    this.class.set(Some(class.to_value()));
    this.object.set(object);
    this.object_class.set(object_class);
    Ok(())
}

fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    vm.check_attribute_name(name)?;
    let payload = payload(vm, this)?;
    if let (Some(class), Some(object), Some(object_class)) = (
        payload.class.get(),
        payload.object.get(),
        payload.object_class.get(),
    ) && let (Some(class), Some(object_class)) = (
        class.as_ref_to::<Class>(),
        object_class.as_ref_to::<Class>(),
    ) && let Some(found) = vm.search_behind(class, &object, object_class, name)?
    {
        return Ok(found);
    }
    vm.generic_get_attr(this, name)
}

/// Binds an unbound super object: `super(C).__get__(obj)`.
fn get(vm: &Vm, this: &Value, object: Option<&Value>, _owner: Option<&Value>) -> PyResult {
    let payload = payload(vm, this)?;
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(this.clone());
    };
    let (Some(class), true) = (payload.class.get(), payload.object.is_empty()) else {
        return Ok(this.clone());
    };
    let own = vm.class_of(this);
    if !own.is(&vm.types.super_) {
        return vm.call(own.as_value(), &[class, object.clone()]);
    }
    let Some(class) = class.as_ref_to::<Class>() else {
        return Ok(this.clone());
    };
    let object_class = check(vm, class, object)?;
    let bound = Super {
        class: Slot::new(Some(class.to_value())),
        object: Slot::new(Some(object.clone())),
        object_class: Slot::new(Some(object_class.into_value())),
    };
    Ok(alloc(&vm.types.super_, bound).into_value())
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let name = |slot: &Slot| {
        slot.get()
            .and_then(|c| c.payload::<Class>().map(Class::name_string))
    };
    let class = name(&this.class).unwrap_or_else(|| "NULL".to_owned());
    Ok(vm.str_value(&match name(&this.object_class) {
        Some(own) => format!("<super: <class '{class}'>, <{own} object>>"),
        None => format!("<super: <class '{class}'>, NULL>"),
    }))
}
