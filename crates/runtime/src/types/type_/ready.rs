//! Completing builtin classes at startup: the namespace from the declaration, inherited slots,
//! flags.

use super::slot_functions;
use super::slot_table::{SLOT_TABLE, Wrap};
use super::update::inherit_slots;
use crate::object::{
    Args, Binding, Class, Kind, MethodDef, PyResult, Ref, Value, alloc, class_flag,
};
use crate::types::descriptors::classmethod_descriptor::ClassMethodDescriptor;
use crate::types::descriptors::getset::GetSetDescriptor;
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::descriptors::slot_wrapper::SlotWrapper;
use crate::vm::Vm;

/// `__new__` of builtin classes; its receiver is the class it makes instances of.
pub(crate) static NEW: MethodDef = MethodDef::raw(
    "__new__",
    "($type, *args, **kwargs)",
    "Create and return a new object.  See help(type) for accurate signature.",
    call_new,
);

/// Flags a builtin class has from its base.
const INHERITED: u32 = class_flag::HAS_DICT
    | class_flag::BASE_OWNS_DICT
    | class_flag::HAS_WEAKREFS
    | class_flag::INT_SUBCLASS
    | class_flag::STR_SUBCLASS
    | class_flag::EXCEPTION_SUBCLASS
    | class_flag::TYPE_SUBCLASS
    | class_flag::SEQUENCE
    | class_flag::MAPPING
    | class_flag::MATCH_SELF;

impl Class {
    /// True if its `__new__` is a program's.
    pub(crate) fn has_own_new(&self) -> bool {
        self.slots()
            .new
            .is_some_and(|f| f as usize == slot_functions::new as *const () as usize)
    }
}

impl Vm {
    /// Completes a builtin class: inherited slots, then the namespace.  Bases come first.
    pub(crate) fn ready_builtin_class(&self, class: &Ref<Class>) {
        let Some(spec) = class.spec else { return };
        let base = class.base.get().and_then(|b| b.downcast::<Class>().ok());
        self.add_slot_wrappers(class);
        for def in spec.methods {
            let entry = match def.binding {
                Binding::Method => {
                    let class = class.clone();
                    alloc(
                        &self.types.method_descriptor,
                        MethodDescriptor { def, class },
                    )
                    .into_value()
                }
                Binding::Class => {
                    let class = class.clone();
                    alloc(
                        &self.types.classmethod_descriptor,
                        ClassMethodDescriptor { def, class },
                    )
                    .into_value()
                }
                Binding::Static => {
                    self.new_staticmethod(&self.builtin_method(def, class.as_value()))
                }
            };
            self.add_to_class(class, def.name, entry);
        }
        let base_has_dict = base
            .as_ref()
            .is_some_and(|b| b.has_flag(class_flag::HAS_DICT));
        let declared = spec.getset.iter().any(|def| def.name == "__dict__");
        let adds_dict = class.has_flag(class_flag::HAS_DICT) && !base_has_dict && !declared;
        let dict = adds_dict.then_some(&super::new::DICT_GETSET);
        for def in spec.getset.iter().chain(dict) {
            let class_ = class.clone();
            let entry = if def.member {
                let member = Member::Field(def);
                alloc(
                    &self.types.member_descriptor,
                    MemberDescriptor {
                        member,
                        class: class_,
                    },
                )
                .into_value()
            } else {
                alloc(
                    &self.types.getset_descriptor,
                    GetSetDescriptor { def, class: class_ },
                )
                .into_value()
            };
            self.add_to_class(class, def.name, entry);
        }
        let has = |name: &Value| matches!(class.dict.get_str(self, name), Ok(Some(_)));
        let overrides_hash = has(&self.names.__eq__) || has(&self.names.__hash__);
        if spec.slots.richcompare.is_some()
            && spec.slots.hash.is_none()
            && !has(&self.names.__hash__)
        {
            self.add_to_class(class, "__hash__", Value::NONE);
            class.update_slots(|s| s.hash = Some(slot_functions::hash_not_implemented));
        }
        if !has(&self.names.__doc__) {
            self.add_to_class(class, "__doc__", self.text_or_none(spec.doc));
        }
        // Where CPython's type is made at run time too, `__module__` is an entry.
        if let Some((module, _)) = spec.name.rsplit_once('.')
            && !matches!(module, "types" | "weakref")
            && !has(&self.names.__module__)
        {
            self.add_to_class(class, "__module__", self.intern(module));
        }
        if let Some(base) = &base {
            class.update_slots(|slots| inherit_slots(slots, base.slots(), overrides_hash));
            class.set_flag(base.flags() & INHERITED);
            let instantiable = !base.is(&self.types.object);
            if instantiable && class.slots().new.is_none() {
                class.update_slots(|slots| slots.new = base.slots().new);
            }
        }
        if class.has_flag(class_flag::NO_INSTANTIATION) || class.slots().new.is_none() {
            class.update_slots(|slots| slots.new = None);
            class.set_flag(class_flag::NO_INSTANTIATION);
        }
        self.set_builtin_flags(class);
        self.refresh_attribute_flags(class);
        class
            .tail_offset
            .set((spec.basic_size as u32).next_multiple_of(8));
        class.update_tail_size();
    }

    fn set_builtin_flags(&self, class: &Ref<Class>) {
        let flag = match class.kind {
            Kind::INT => class_flag::INT_SUBCLASS | class_flag::MATCH_SELF,
            Kind::STR => class_flag::STR_SUBCLASS | class_flag::MATCH_SELF,
            Kind::CLASS => class_flag::TYPE_SUBCLASS,
            Kind::EXCEPTION => class_flag::EXCEPTION_SUBCLASS,
            Kind::LIST | Kind::TUPLE => class_flag::SEQUENCE | class_flag::MATCH_SELF,
            Kind::DICT => class_flag::MAPPING | class_flag::MATCH_SELF,
            Kind::RANGE | Kind::MEMORYVIEW => class_flag::SEQUENCE,
            Kind::MAPPING_PROXY => class_flag::MAPPING,
            Kind::FLOAT | Kind::BYTES | Kind::BYTEARRAY | Kind::SET => class_flag::MATCH_SELF,
            _ => 0,
        };
        class.set_flag(flag);
        if class.has_flag(class_flag::HAS_DICT) {
            class.set_flag(class_flag::BASE_OWNS_DICT);
        }
        if class.slots().finalize.is_some() {
            class.set_flag(class_flag::HAS_FINALIZER);
        }
    }

    fn add_slot_wrappers(&self, class: &Ref<Class>) {
        let slots = *class.slots();
        for group in SLOT_TABLE {
            let Some(function) = (group.get)(&slots) else {
                continue;
            };
            for row in group.rows {
                let name = (row.interned)(self.names);
                // Only what can change its size while exported has something to release.
                let no_release = row.wrap == Wrap::ReleaseBuffer && class.kind == Kind::BYTES;
                let known = matches!(class.dict.get_str(self, name), Ok(Some(_)));
                if row.wrap == Wrap::None || no_release || known {
                    continue;
                }
                let entry = if row.wrap == Wrap::New {
                    self.builtin_method(&NEW, class.as_value())
                } else {
                    let class = class.clone();
                    alloc(
                        &self.types.wrapper_descriptor,
                        SlotWrapper {
                            row,
                            function,
                            class,
                        },
                    )
                    .into_value()
                };
                self.add_to_class_as(class, name, entry);
            }
        }
    }

    fn add_to_class(&self, class: &Ref<Class>, name: &str, value: Value) {
        self.add_to_class_as(class, &self.intern(name), value);
    }

    fn add_to_class_as(&self, class: &Ref<Class>, name: &Value, value: Value) {
        // Without memory for its own types no interpreter can start; the entry is left out then.
        if let Err(raised) = class.dict.insert(self, name, value) {
            drop(self.take_exception(raised));
        }
    }
}

/// `T.__new__(S, …)`: refuses an S that T's constructor cannot make safely.
fn call_new(vm: &Vm, args: Args<'_>) -> PyResult {
    let positionals = args.positionals();
    let Some(own) = positionals.first().and_then(|c| c.as_ref_to::<Class>()) else {
        return Err(vm.system_error("__new__() called with non-type 'self'"));
    };
    let name = own.name_string();
    let Some(wanted) = positionals.get(1) else {
        return Err(vm.type_error(format!("{name}.__new__(): not enough arguments")));
    };
    let Some(class) = wanted.as_ref_to::<Class>() else {
        return Err(vm.type_error(format!(
            "{name}.__new__(X): X is not a type object ({})",
            vm.class_name(wanted)
        )));
    };
    let wanted_name = class.name_string();
    if !class.is_subclass_of(own) {
        return Err(vm.type_error(format!(
            "{name}.__new__({wanted_name}): {wanted_name} is not a subtype of {name}"
        )));
    }
    // The nearest base that is not made by a program decides whose constructor is safe.
    let mut nearest = class.clone();
    while nearest.has_own_new() || nearest.has_flag(class_flag::HEAP_TYPE) {
        match nearest.base.get().and_then(|b| b.downcast().ok()) {
            Some(base) => nearest = base,
            None => break,
        }
    }
    let address = |class: &Ref<Class>| class.slots().new.map(|f| f as usize);
    if address(&nearest) != address(own) {
        return Err(vm.type_error(format!(
            "{name}.__new__({wanted_name}) is not safe, use {}.__new__()",
            nearest.name_string()
        )));
    }
    match own.slots().new {
        Some(new) => new(vm, class, args.skip_first().skip_first()),
        None => Err(vm.type_error(format!("cannot create '{name}' instances"))),
    }
}
