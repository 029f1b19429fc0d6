//! Keeping slots in step with special methods: which functions a class made by a program has in
//! its slots follows from what its resolution order defines.

use super::slot_functions;
use super::slot_table::{SLOT_TABLE, SlotFn, SlotGroup, Wrap};
use crate::object::{Class, Ref, Str, TypeSlots, Value, class_flag};
use crate::types::builtin_function::BuiltinFunction;
use crate::types::descriptors::method_descriptor::MethodDescriptor;
use crate::types::descriptors::slot_wrapper::SlotWrapper;
use crate::vm::Vm;

impl Vm {
    /// Computes every slot of a class from its resolution order.
    pub(super) fn update_all_slots(&self, class: &Ref<Class>) {
        for group in SLOT_TABLE {
            self.update_slot_group(class, group);
        }
        self.refresh_class_flags(class);
    }

    /// Computes the slots that the special method `name` can fill, in the class and all below it.
    pub(super) fn update_slots_named(&self, class: &Ref<Class>, name: &Value) {
        let Some(text) = name.as_ref_to::<Str>().filter(|text| is_special(text)) else {
            return;
        };
        // A namespace made by a program may hold names that are equal to ours without being them.
        let name = &self.intern_str(text).into_value();
        let groups: Vec<&SlotGroup> = SLOT_TABLE
            .iter()
            .filter(|group| group.has_name(self, name))
            .collect();
        if !groups.is_empty() {
            self.update_slots_below(class, name, &groups);
        }
    }

    fn update_slots_below(&self, class: &Ref<Class>, name: &Value, groups: &[&SlotGroup]) {
        for group in groups {
            self.update_slot_group(class, group);
        }
        self.refresh_class_flags(class);
        for subclass in class.live_subclasses() {
            // A class with a definition of its own hides the change from those below it.
            if !matches!(subclass.dict.get_str(self, name), Ok(Some(_))) {
                self.update_slots_below(&subclass, name, groups);
            }
        }
    }

    /// Brings the flags that follow from slots up to date.
    pub(super) fn refresh_class_flags(&self, class: &Ref<Class>) {
        self.refresh_attribute_flags(class);
        if class.slots().finalize.is_some() {
            class.set_flag(class_flag::HAS_FINALIZER);
        } else {
            class.unset_flag(class_flag::HAS_FINALIZER);
        }
    }

    /// The slot gets a builtin class's own function where that is what all its methods lead to,
    /// and the function that calls special methods otherwise.
    fn update_slot_group(&self, class: &Ref<Class>, group: &SlotGroup) {
        let (mut specific, mut generic) = (None::<SlotFn>, None);
        let mut use_generic = false;
        for row in group.rows {
            let Some(method) = self.lookup_in_class(class, (row.interned)(self.names)) else {
                continue;
            };
            if let Some(wrapper) = method.payload::<SlotWrapper>()
                && wrapper.row.name == row.name
            {
                let only = self.only_filled_slot(class, (row.interned)(self.names));
                if only.is_none_or(|only| std::ptr::eq(only, group)) {
                    generic = row.function;
                }
                if wrapper.row.wrap == row.wrap
                    && class.is_subclass_of(&wrapper.class)
                    && specific.is_none_or(|s| s == wrapper.function)
                {
                    specific = Some(wrapper.function);
                } else {
                    use_generic = true;
                }
            } else if let Some(native) = method.payload::<MethodDescriptor>()
                && native.def.name == row.name
                && native.class.spec.is_some()
                && class.is_subclass_of(&native.class)
            {
                // A builtin class that lists a special method among its methods (`dict.__getitem__`)
                // has the slot for it as well, which does the same.
                match (group.get)(native.class.slots()) {
                    Some(own) if specific.is_none_or(|s| s == own) => specific = Some(own),
                    Some(_) => use_generic = true,
                    None => {}
                }
                generic = row.function;
            } else if row.wrap == Wrap::New && is_builtin_new(&method) {
                // Whichever builtin's it is, instances must be what the layout says: the base's.
                specific = class
                    .base
                    .get()
                    .as_ref()
                    .and_then(Value::payload::<Class>)
                    .and_then(|base| base.slots().new)
                    .map(SlotFn::New);
            } else if row.wrap == Wrap::Hash && method.is_none() {
                specific = Some(SlotFn::Hash(slot_functions::hash_not_implemented));
            } else {
                use_generic = true;
                generic = row.function.or(generic);
            }
        }
        let function = if specific.is_some() && !use_generic {
            specific
        } else {
            generic
        };
        class.update_slots(|slots| (group.set)(slots, function));
    }

    /// Of the slots that the special method can fill (`__add__`: number and sequence), the one
    /// that the class has filled, if it is just one.
    fn only_filled_slot(&self, class: &Ref<Class>, name: &Value) -> Option<&'static SlotGroup> {
        let mut filled = SLOT_TABLE
            .iter()
            .filter(|group| group.has_name(self, name) && (group.get)(class.slots()).is_some());
        let only = filled.next()?;
        filled.next().is_none().then_some(only)
    }
}

impl SlotGroup {
    fn has_name(&self, vm: &Vm, name: &Value) -> bool {
        self.rows
            .iter()
            .any(|row| (row.interned)(vm.names).is(name))
    }
}

fn is_special(name: &Str) -> bool {
    name.len() > 4 && name.at(0) == u32::from(b'_') && name.at(1) == u32::from(b'_')
}

/// True for the `__new__` that builtin classes have in their namespace.
fn is_builtin_new(method: &Value) -> bool {
    method
        .payload::<BuiltinFunction>()
        .is_some_and(|f| std::ptr::eq(f.def, &super::ready::NEW))
}

/// Fills the empty slots of a builtin class from its base, by CPython's rule that equality and
/// hash go together.
pub(super) fn inherit_slots(slots: &mut TypeSlots, base: &TypeSlots, overrides_hash: bool) {
    let (hash, compare, new) = (slots.hash, slots.richcompare, slots.new);
    slots.inherit(base);
    if hash.is_some() || compare.is_some() || overrides_hash {
        slots.hash = hash;
        slots.richcompare = compare;
    }
    slots.new = new;
}
