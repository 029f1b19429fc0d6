//! Classes that come into being after the interpreter has started: those of native modules.

use std::cell::RefCell;
use std::collections::HashMap;

use heap::header::IMMORTAL;

use crate::object::{Class, PyResult, Ref, TypeSpec, Value, alloc, class_flag};
use crate::vm::Vm;

/// The classes made so far, by their declarations' addresses.
#[derive(Default)]
pub(crate) struct NativeClasses(RefCell<HashMap<usize, Ref<Class>>>);

impl NativeClasses {
    /// Shows the classes.
    pub(crate) fn each(&self, visit: impl FnMut(&Ref<Class>)) {
        let mut classes: Vec<Ref<Class>> = self.0.borrow().values().cloned().collect();
        // In the same order in every run.
        classes.sort_by_key(|class| class.name_string());
        classes.iter().for_each(visit);
    }
}

/// The exception classes of native modules, by module and name: what the modules' natives raise, also
/// where the module is imported a second time.
#[derive(Default)]
pub(crate) struct NativeExceptions(RefCell<Vec<(&'static str, &'static str, Value)>>);

impl NativeExceptions {
    /// Shows the classes.
    pub(crate) fn each(&self, visit: impl FnMut(&Value)) {
        let classes: Vec<Value> = self.0.borrow().iter().map(|e| e.2.clone()).collect();
        classes.iter().for_each(visit);
    }

    /// Forgets the classes.
    pub(crate) fn clear(&self) {
        drop(self.0.take());
    }
}

impl Vm {
    /// The exception class of a native module, if the module has been imported.
    pub fn known_native_exception(&self, module: &str, name: &str) -> Option<Value> {
        let classes = self.interp.native_exceptions.0.borrow();
        let found = classes.iter().find(|e| e.0 == module && e.1 == name);
        found.map(|e| e.2.clone())
    }

    /// The exception class of a native module, derived from `base`: the same at every call.
    pub fn native_exception(
        &self,
        module: &'static str,
        name: &'static str,
        base: &Ref<Class>,
    ) -> PyResult {
        if let Some(known) = self.known_native_exception(module, name) {
            return Ok(known);
        }
        let namespace = self.dict();
        let owner = self.intern(module);
        drop(namespace.insert(self, &self.names.__module__, owner)?);
        let bases = self.tuple_value([base.to_value()]);
        let class = self.call(
            self.types.type_.as_value(),
            &[self.intern(name), bases, namespace.into_value()],
        )?;
        let mut classes = self.interp.native_exceptions.0.borrow_mut();
        classes.push((module, name, class.clone()));
        Ok(class)
    }

    /// The class of a declaration, derived from `object`: the same at every call.
    pub fn native_class(&self, spec: &'static TypeSpec) -> Ref<Class> {
        self.native_subclass(spec, &self.types.object)
    }

    /// The class of a declaration, derived from `base`: the same at every call.
    pub fn native_subclass(&self, spec: &'static TypeSpec, base: &Ref<Class>) -> Ref<Class> {
        self.native_subclass_with_members(spec, base, 0)
    }

    /// The same with slots for values of the class's own behind the base's part of an instance
    /// (`instance::member`).
    pub fn native_subclass_with_members(
        &self,
        spec: &'static TypeSpec,
        base: &Ref<Class>,
        members: u16,
    ) -> Ref<Class> {
        let key = std::ptr::from_ref(spec).addr();
        let known = self.interp.native_classes.0.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let class = self.make_builtin_class(spec, base, members);
            self.interp
                .native_classes
                .0
                .borrow_mut()
                .insert(key, class.clone());
            class
        })
    }

    /// The class of a declaration, derived from `base`.  Each call makes a new one; native modules
    /// keep theirs.
    pub fn builtin_class(&self, spec: &'static TypeSpec, base: &Ref<Class>) -> Ref<Class> {
        self.make_builtin_class(spec, base, 0)
    }

    /// The same with member slots in each instance.
    pub(crate) fn make_builtin_class(
        &self,
        spec: &'static TypeSpec,
        base: &Ref<Class>,
        members: u16,
    ) -> Ref<Class> {
        let flags = spec.flags | spec.implied_flags;
        let payload = Class::new(
            spec.ops,
            spec.kind,
            flags,
            spec.slots,
            self.dict(),
            Some(spec),
        );
        let class = alloc(&self.types.type_, payload);
        // Like all builtin classes it is neither released nor looked at by the collector.
        self.heap.untrack(class.as_ptr());
        class.header().set_count(IMMORTAL);
        class.set_this(class.as_ptr());
        let name = self.intern(spec.name.rsplit('.').next().unwrap_or(spec.name));
        class.name.set(Some(name.clone()));
        class.qualname.set(Some(name));
        class.base.set(Some(base.to_value()));
        class.bases.set(Some(self.tuple_value([base.to_value()])));
        let mro: Vec<Value> = std::iter::once(class.to_value())
            .chain(base.mro().unwrap_or_default().iter().cloned())
            .collect();
        class.mro.set(Some(self.tuple_value(mro)));
        base.add_subclass(&class);
        class.set_flag(class_flag::IMMUTABLE);
        class.member_count.set(members);
        self.ready_builtin_class(&class);
        class
    }
}
