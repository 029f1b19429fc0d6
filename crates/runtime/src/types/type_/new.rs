//! Making classes: `type(name, bases, namespace)`.

use super::layout::Shape;
use crate::object::instance::{self, DEFAULT_INLINE_CAPACITY};
use crate::object::slots::NewFn;
use crate::object::{
    Args, Class, Dict, GetSetDef, Kind, PyResult, Ref, Str, Tuple, TypeSlots, Value, alloc,
    class_flag,
};
use crate::types::descriptors::getset::GetSetDescriptor;
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::types::super_;
use crate::vm::Vm;
use heap::FreeList;

/// Flags that say something about one builtin class only.
const NOT_INHERITED: u32 = class_flag::HAS_TAIL
    | class_flag::HEAP_TYPE
    | class_flag::IMMUTABLE
    | class_flag::ABSTRACT
    | class_flag::NO_INSTANTIATION
    | class_flag::METHOD_DESCRIPTOR
    | class_flag::HAS_FINALIZER
    | class_flag::MADE_UNPACKED
    | class_flag::CALLED_UNPACKED
    | class_flag::SHOWS_MODULE
    | class_flag::KEPT;

static WEAKREF_GETSET: GetSetDef = GetSetDef::read_only(
    "__weakref__",
    "list of weak references to the object",
    |vm, object| {
        Ok(vm
            .weak_references(object)
            .into_iter()
            .next()
            .unwrap_or(Value::NONE))
    },
);
/// `__dict__` of instances.
pub(super) static DICT_GETSET: GetSetDef = instance::DICT_GETSET;

/// `type.__init__`: checks the number of arguments again.
pub(super) fn init(vm: &Vm, _this: &Value, args: Args<'_>) -> PyResult<()> {
    let given = args.positionals().len();
    if given == 1 && !args.names.is_empty() {
        return Err(vm.type_error("type.__init__() takes no keyword arguments"));
    }
    if given != 1 && given != 3 {
        return Err(vm.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(())
}

/// `type.__new__`.
pub(super) fn new(vm: &Vm, meta: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [name, bases, namespace] = args.positionals() else {
        return Err(vm.type_error(format!(
            "type.__new__() takes exactly 3 arguments ({} given)",
            args.positionals().len()
        )));
    };
    let wrong = |position: usize, wanted: &str, value: &Value| {
        vm.type_error(format!(
            "type.__new__() argument {position} must be {wanted}, not {}",
            vm.argument_type(value)
        ))
    };
    if name.payload::<Str>().is_none() {
        return Err(wrong(1, "str", name));
    }
    let Some(base_tuple) = bases.as_ref_to::<Tuple>() else {
        return Err(wrong(2, "tuple", bases));
    };
    let Some(original) = namespace.as_ref_to::<Dict>() else {
        return Err(wrong(3, "dict", namespace));
    };
    // CPython's tuple of the arguments, which the call of another metaclass has counted, and its list of the
    // bases' orders.
    if meta.is(&vm.types.type_) {
        vm.heap.count_passing_tuple(3);
    }
    vm.heap.count_passing(FreeList::LIST);
    for base in base_tuple.iter() {
        if base.payload::<Class>().is_none()
            && vm.get_attr_opt(base, &vm.names.__mro_entries__)?.is_some()
        {
            return Err(
                vm.type_error("type() doesn't support MRO entry resolution; use types.new_class()")
            );
        }
    }
    let winner = vm.calculate_metaclass(meta, base_tuple)?;
    if !winner.is(meta)
        && let Some(other) = winner.slots().new
        && other as usize != new as NewFn as usize
    {
        return other(vm, &winner, args);
    }
    let class = vm.make_class(&winner, name, base_tuple, original)?;
    vm.call_set_name(&class)?;
    vm.call_init_subclass(&class, args)?;
    Ok(class.into_value())
}

impl Vm {
    /// The most derived of a metaclass and the metaclasses of all bases.
    pub(crate) fn calculate_metaclass(
        &self,
        meta: &Ref<Class>,
        bases: &[Value],
    ) -> PyResult<Ref<Class>> {
        let mut winner = meta.clone();
        for base in bases {
            let candidate = self.class_of(base);
            if winner.is_subclass_of(candidate) {
                continue;
            }
            if candidate.is_subclass_of(&winner) {
                winner = candidate.clone();
                continue;
            }
            return Err(self.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) \
                 subclass of the metaclasses of all its bases",
            ));
        }
        Ok(winner)
    }

    fn make_class(
        &self,
        meta: &Ref<Class>,
        name: &Value,
        bases: &Ref<Tuple>,
        original: &Ref<Dict>,
    ) -> PyResult<Ref<Class>> {
        let bases = if bases.is_empty() {
            self.tuple([self.types.object.to_value()])
        } else {
            bases.clone()
        };
        let base = self.best_base(&bases)?;
        let dict = self.dict_copy(original)?;
        let shape = self.shape_of(name, &base, &bases, &dict)?;
        for text in [Some(name.clone()), dict.get_str(self, &self.names.__doc__)?] {
            // Both are kept as UTF-8.
            if let Some(text) = text
                && text.payload::<Str>().is_some_and(|s| s.to_utf8().is_none())
            {
                return Err(self.source_has_surrogates(&text));
            }
        }
        if name
            .payload::<Str>()
            .is_some_and(|s| s.iter().any(|c| c == 0))
        {
            return Err(self.value_error("type name must not contain null characters"));
        }
        let mut flags =
            base.flags() & !NOT_INHERITED & !(class_flag::SEQUENCE | class_flag::MAPPING)
                | class_flag::HEAP_TYPE
                | class_flag::BASE_TYPE
                | class_flag::COLLECTED;
        if shape.adds_dict {
            flags |= class_flag::HAS_DICT;
        }
        if shape.adds_weakrefs {
            flags |= class_flag::HAS_WEAKREFS;
        }
        let payload = Class::new(base.ops(), base.kind, flags, TypeSlots::EMPTY, dict, None);
        let class = alloc(meta, payload);
        class.set_this(class.as_ptr());
        class.name.set(Some(name.clone()));
        class.qualname.set(Some(name.clone()));
        class.base.set(Some(base.to_value()));
        class.bases.set(Some(bases.to_value()));
        self.lay_out(&class, &base, &shape);
        self.fill_namespace(&class)?;
        let mro = self.find_mro(&class)?;
        class.mro.set(Some(mro.into_value()));
        self.add_descriptors(&class, &shape)?;
        for base in bases.iter().filter_map(|b| b.payload::<Class>()) {
            if !base.has_subclasses() {
                // CPython has them in a dict.
                self.heap.count_allocation();
            }
            base.add_subclass(&class);
        }
        let reference = &self.types.weak_reference;
        class.listed.set(Some(self.weak_reference(
            reference,
            class.as_value(),
            None,
        )?));
        // The first class that is either decides whether patterns see a sequence or a mapping.
        let mro = class.mro.get();
        let mro = mro.as_ref().and_then(Value::payload::<Tuple>);
        let bases_in_order = mro.map_or(&[][..], |mro| mro.as_slice());
        let patterns = class_flag::SEQUENCE | class_flag::MAPPING;
        let kinds = bases_in_order.iter().filter_map(|b| b.payload::<Class>());
        if let Some(first) = kinds.map(|b| b.flags() & patterns).find(|kind| *kind != 0) {
            class.set_flag(first);
        }
        self.size_for_attributes(&class)?;
        self.inherit_and_update_slots(&class, &base, &bases)?;
        Ok(class)
    }

    /// Where instances keep members and attributes.
    fn lay_out(&self, class: &Ref<Class>, base: &Ref<Class>, shape: &Shape) {
        class.tail_offset.set(base.tail_offset.get());
        class
            .member_count
            .set(base.member_count.get() + shape.members.len() as u16);
        *class.member_names.borrow_mut() = shape.members.clone();
        class.update_tail_size();
    }

    /// Room inside instances for the attributes that the methods assign.
    fn size_for_attributes(&self, class: &Ref<Class>) -> PyResult<()> {
        // Instances with a builtin's payload keep their attributes in a dict.
        if !class.has_flag(class_flag::HAS_DICT) || class.kind != Kind::PLAIN {
            return Ok(());
        }
        let mut names: Vec<Value> = Vec::new();
        let mut add = |name: Value| {
            if !names.iter().any(|known| known.is(&name)) {
                names.push(name);
            }
        };
        for base in class.mro().unwrap_or_default().iter().skip(1) {
            if let Some(base) = base.payload::<Class>() {
                for name in base.assigned_names.borrow().iter() {
                    add(name.clone());
                }
            }
        }
        for (_, value) in class.dict.to_vec() {
            for name in self.static_attributes_of(&value) {
                add(name);
            }
        }
        // Attributes that go to member slots need no room.
        names.retain(|name| {
            self.lookup_in_class(class, name)
                .is_none_or(|found| found.payload::<MemberDescriptor>().is_none())
        });
        let capacity = if names.is_empty() {
            DEFAULT_INLINE_CAPACITY
        } else {
            names.len().min(heap::header::MAX_INLINE_CAPACITY) as u8
        };
        *class.assigned_names.borrow_mut() = names;
        class.set_inline_capacity(capacity);
        Ok(())
    }

    /// The entries a class has besides those of its body.
    fn fill_namespace(&self, class: &Ref<Class>) -> PyResult<()> {
        let names = self.names;
        let dict = &class.dict;
        if dict.get_str(self, &names.__module__)?.is_none()
            && let Some(globals) = self.current_globals()
            && let Some(module) = globals.get_str(self, &names.__name__)?
        {
            drop(dict.insert(self, &names.__module__, module)?);
        }
        if let Some((_, qualname)) = dict.remove(self, &names.__qualname__)? {
            if qualname.payload::<Str>().is_none() {
                return Err(self.type_error(format!(
                    "type __qualname__ must be a str, not {}",
                    self.class_name(&qualname)
                )));
            }
            class.qualname.set(Some(qualname));
        }
        if let Some(new) = dict.get_str(self, &names.__new__)?
            && self.is_python_function(&new)
        {
            drop(dict.insert(self, &names.__new__, self.new_staticmethod(&new))?);
        }
        for name in [&names.__init_subclass__, &names.__class_getitem__] {
            if let Some(method) = dict.get_str(self, name)?
                && self.is_python_function(&method)
            {
                drop(dict.insert(self, name, self.new_classmethod(&method))?);
            }
        }
        if let Some(cell) = dict.get_str(self, &names.__classcell__)? {
            if self.cell_contents(&cell).is_none() {
                return Err(self.type_error(format!(
                    "__classcell__ must be a nonlocal cell, not {}",
                    self.repr_string(self.class_of(&cell).as_value())?
                )));
            }
            self.set_cell_contents(&cell, class.as_value());
            drop(dict.remove(self, &names.__classcell__)?);
        }
        if let Some(cell) = dict.get_str(self, &names.__classdictcell__)? {
            if self.cell_contents(&cell).is_none() {
                return Err(self.type_error(format!(
                    "__classdictcell__ must be a nonlocal cell, not {}",
                    self.repr_string(self.class_of(&cell).as_value())?
                )));
            }
            self.set_cell_contents(&cell, class.dict.as_value());
            drop(dict.remove(self, &names.__classdictcell__)?);
        }
        Ok(())
    }

    /// What the class's layout adds to its namespace, behind the resolution order: descriptors of
    /// members, `__dict__` and `__weakref__`, and what `__doc__` and `__hash__` are by default.
    fn add_descriptors(&self, class: &Ref<Class>, shape: &Shape) -> PyResult<()> {
        let names = self.names;
        let dict = &class.dict;
        let first = class.member_count.get() - shape.members.len() as u16;
        for (i, name) in shape.members.iter().enumerate() {
            let descriptor = MemberDescriptor {
                member: Member::Slot {
                    name: name.clone(),
                    index: first + i as u16,
                },
                class: class.clone(),
            };
            let descriptor = alloc(&self.types.member_descriptor, descriptor).into_value();
            drop(dict.insert(self, name, descriptor)?);
        }
        for (added, def) in [
            (shape.adds_dict, &DICT_GETSET),
            (shape.adds_weakrefs, &WEAKREF_GETSET),
        ] {
            if added {
                self.add_getset(class, def)?;
            }
        }
        if dict.get_str(self, &names.__doc__)?.is_none() {
            drop(dict.insert(self, &names.__doc__, Value::NONE)?);
        }
        if dict.get_str(self, &names.__eq__)?.is_some()
            && dict.get_str(self, &names.__hash__)?.is_none()
        {
            drop(dict.insert(self, &names.__hash__, Value::NONE)?);
        }
        Ok(())
    }

    fn add_getset(&self, class: &Ref<Class>, def: &'static GetSetDef) -> PyResult<()> {
        let name = self.intern(def.name);
        if class.dict.get_str(self, &name)?.is_some() {
            return Ok(());
        }
        let descriptor = GetSetDescriptor {
            def,
            class: class.clone(),
        };
        let descriptor = alloc(&self.types.getset_descriptor, descriptor).into_value();
        drop(class.dict.insert(self, &name, descriptor)?);
        Ok(())
    }

    /// Slots of a class with one base are its base's but for what the class defines; with
    /// several, all are computed.
    fn inherit_and_update_slots(
        &self,
        class: &Ref<Class>,
        base: &Ref<Class>,
        bases: &Ref<Tuple>,
    ) -> PyResult<()> {
        class.update_slots(|slots| *slots = *base.slots());
        let plain = bases.len() == 1 && self.class_of(class.as_value()).is(&self.types.type_);
        if plain {
            for name in class.dict.keys_to_vec() {
                self.update_slots_named(class, &name);
            }
            self.refresh_class_flags(class);
        } else {
            for base in class.mro().unwrap_or_default().iter().skip(1) {
                if let Some(base) = base.payload::<Class>() {
                    class.update_slots(|slots| slots.inherit(base.slots()));
                }
            }
            self.update_all_slots(class);
        }
        Ok(())
    }

    /// Tells every value of the class body its name.
    fn call_set_name(&self, class: &Ref<Class>) -> PyResult<()> {
        let names = self.names;
        for (key, value) in class.dict.to_vec() {
            let Some(method) = self.lookup_special(&value, &names.__set_name__)? else {
                continue;
            };
            if let Err(raised) = self.call(&method, &[class.to_value(), key.clone()]) {
                let exception = self.take_exception(raised);
                let note = format!(
                    "Error calling __set_name__ on '{}' instance {} in '{}'",
                    self.class_name(&value),
                    self.repr_string(&key)?,
                    class.name_string()
                );
                let note = self.str_value(&note);
                self.call_method(&exception, &self.intern("add_note"), &[note])?;
                return Err(self.raise_value(exception));
            }
        }
        Ok(())
    }

    fn call_init_subclass(&self, class: &Ref<Class>, args: Args<'_>) -> PyResult<()> {
        // A resolution order that a metaclass made need not contain the class.
        super_::check(self, class, class.as_value())?;
        let parent = self.new_super(class, class.as_value());
        let method = self.get_attr(&parent, &self.names.__init_subclass__)?;
        let keywords = &args.values[args.positionals().len()..];
        self.call_args(
            &method,
            Args {
                values: keywords,
                names: args.names,
            },
        )
        .map(drop)
    }

    /// `class.__bases__ = …`.
    pub(super) fn assign_bases(&self, class: &Ref<Class>, value: &Value) -> PyResult<()> {
        let name = class.name_string();
        let Some(bases) = value.as_ref_to::<Tuple>() else {
            return Err(self.type_error(format!(
                "can only assign tuple to {name}.__bases__, not {}",
                self.class_name(value)
            )));
        };
        if bases.is_empty() {
            return Err(self.type_error(format!(
                "can only assign non-empty tuple to {name}.__bases__, not ()"
            )));
        }
        for base in bases.iter() {
            let Some(base) = base.as_ref_to::<Class>() else {
                return Err(self.type_error(format!(
                    "{name}.__bases__ must be tuple of classes, not '{}'",
                    self.class_name(base)
                )));
            };
            // While an `mro()` of a program runs, the orders lag behind the chains of bases.
            if base.is_subclass_of(class) || is_base_in_chain(base, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
        }
        let new_base = self.best_base(bases)?;
        let Some(old_base) = class.base.get().and_then(|b| b.downcast::<Class>().ok()) else {
            return Ok(());
        };
        if !self.same_instance_layout(&old_base, &new_base) {
            let heap = |c: &Ref<Class>| c.has_flag(class_flag::HEAP_TYPE);
            // CPython compares the deallocators first: classes made by programs share one.
            let what = if heap(&old_base) == heap(&new_base) {
                "object layout"
            } else {
                "deallocator"
            };
            return Err(self.type_error(format!(
                "__bases__ assignment: '{}' {what} differs from '{}'",
                new_base.name_string(),
                old_base.name_string()
            )));
        }
        let old_bases = class.bases.replace(Some(value.clone()));
        class.base.set(Some(new_base.to_value()));
        let mut undo = Vec::new();
        if let Err(raised) = self.refresh_mro(class, &mut undo) {
            for (class, mro) in undo {
                class.mro.set(mro);
            }
            if class.bases.get().is_some_and(|b| b.is(value)) {
                class.bases.set(old_bases);
                class.base.set(Some(old_base.into_value()));
            }
            return Err(raised);
        }
        // An `mro()` may have assigned other bases meanwhile, which then count.
        if !class.bases.get().is_some_and(|b| b.is(value)) {
            return Ok(());
        }
        let old = old_bases.and_then(|b| b.downcast::<Tuple>().ok());
        for base in old.iter().flat_map(|b| b.iter()) {
            if let Some(base) = base.payload::<Class>() {
                base.remove_subclass(class.as_ptr());
            }
        }
        for base in bases.iter().filter_map(|b| b.payload::<Class>()) {
            base.add_subclass(class);
        }
        self.update_slots_of_tree(class);
        Ok(())
    }

    /// Computes the orders of a class and all below it anew.
    fn refresh_mro(
        &self,
        class: &Ref<Class>,
        undo: &mut Vec<(Ref<Class>, Option<Value>)>,
    ) -> PyResult<()> {
        class.invalidate();
        let mro = self.find_mro(class)?;
        let old = class.mro.replace(Some(mro.into_value()));
        undo.push((class.clone(), old));
        for subclass in class.live_subclasses() {
            self.refresh_mro(&subclass, undo)?;
        }
        Ok(())
    }

    fn update_slots_of_tree(&self, class: &Ref<Class>) {
        class.invalidate();
        for base in class.mro().unwrap_or_default().iter().skip(1) {
            if let Some(base) = base.payload::<Class>() {
                class.update_slots(|slots| slots.inherit(base.slots()));
            }
        }
        self.update_all_slots(class);
        for subclass in class.live_subclasses() {
            self.update_slots_of_tree(&subclass);
        }
    }
}

/// True if `class` is `base` or among the bases that it is built on.
fn is_base_in_chain(base: &Ref<Class>, class: &Ref<Class>) -> bool {
    let mut link = Some(base.clone());
    while let Some(current) = link {
        if current.as_ptr() == class.as_ptr() {
            return true;
        }
        link = current.base.get().and_then(|b| b.downcast::<Class>().ok());
    }
    false
}
