//! Classes that native modules declare: made like the builtin ones, but when their module is.

use crate::object::{Class, Ref, TypeSpec, alloc, class_flag};
use crate::vm::Vm;

impl Vm {
    /// The class of a declaration, derived from `base`; lives as long as the interpreter.
    pub fn native_class(&self, spec: &'static TypeSpec, base: &Ref<Class>) -> Ref<Class> {
        let payload = Class::new(
            spec.ops,
            spec.kind,
            spec.flags | spec.implied_flags,
            spec.slots,
            self.dict(),
            Some(spec),
        );
        let class = alloc(&self.types.type_, payload);
        class.set_this(class.as_ptr());
        let name = spec.name.rsplit('.').next().unwrap_or(spec.name);
        class.name.set(Some(self.intern(name)));
        class.qualname.set(Some(self.intern(name)));
        class.base.set(Some(base.to_value()));
        class.bases.set(Some(self.tuple_value([base.to_value()])));
        let inherited = base.mro().unwrap_or_default().iter().cloned();
        let mro: Vec<_> = std::iter::once(class.to_value()).chain(inherited).collect();
        class.mro.set(Some(self.tuple_value(mro)));
        base.add_subclass(&class);
        class.set_flag(class_flag::IMMUTABLE);
        self.ready_builtin_class(&class);
        // Instances hold no reference to a class that is not a heap type.
        class.header().set_count(heap::header::IMMORTAL);
        self.heap.untrack(class.as_ptr());
        class
    }
}
