//! The shape of instances: which base's layout a class extends, what `__slots__` says.

use crate::object::{Class, Dict, Kind, PyResult, Ref, Str, Value, class_flag};
use crate::vm::Vm;
use heap::FreeList;

/// What a new class adds to the shape of its base's instances.
#[derive(Default)]
pub(super) struct Shape {
    /// Instances get a `__dict__` that the base's do not have.
    pub adds_dict: bool,
    /// Instances can be weakly referenced where the base's cannot.
    pub adds_weakrefs: bool,
    /// Names of new member slots, mangled and sorted.
    pub members: Vec<Value>,
}

/// Builtin exceptions with fields of their own, which CPython keeps in a larger struct.
const SOLID_EXCEPTIONS: &[&str] = &[
    "BaseExceptionGroup",
    "SystemExit",
    "ImportError",
    "OSError",
    "SyntaxError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeTranslateError",
    "StopIteration",
    "AttributeError",
    "NameError",
];

/// What CPython calls `tp_itemsize`: not 0 for types whose objects differ in size. The digits of an
/// integer are those of `sys.int_info`.
pub(super) fn item_size(class: &Class) -> u32 {
    match class.kind {
        Kind::INT => 8,
        Kind::TUPLE => 8,
        Kind::BYTES => 1,
        Kind::CLASS => 40,
        _ => 0,
    }
}

/// True if instances have a `__dict__` of some kind.
fn has_dict(class: &Class) -> bool {
    class.has_flag(class_flag::HAS_DICT) || matches!(class.kind, Kind::CLASS | Kind::MODULE)
}

impl Vm {
    /// The nearest class in the chain of bases that changes the layout of instances.
    pub(super) fn solid_base(&self, class: &Ref<Class>) -> Ref<Class> {
        let mut class = class.clone();
        loop {
            let Some(base) = class.base.get().and_then(|b| b.downcast::<Class>().ok()) else {
                return class;
            };
            let differs = if class.has_flag(class_flag::HEAP_TYPE) {
                class.member_count.get() != base.member_count.get()
            } else {
                class.kind != base.kind
                    || (class.kind == Kind::EXCEPTION
                        && SOLID_EXCEPTIONS.contains(&class.name_string().as_str()))
            };
            if differs {
                return class;
            }
            class = base;
        }
    }

    /// The base whose layout the new class extends.
    pub(super) fn best_base(&self, bases: &[Value]) -> PyResult<Ref<Class>> {
        let mut best: Option<(Ref<Class>, Ref<Class>)> = None;
        for base in bases {
            let Some(base) = base.as_ref_to::<Class>() else {
                return Err(self.type_error("bases must be types"));
            };
            if !base.has_flag(class_flag::BASE_TYPE) {
                return Err(self.type_error(format!(
                    "type '{}' is not an acceptable base type",
                    base.name_string()
                )));
            }
            let candidate = self.solid_base(base);
            best = Some(match best {
                None => (candidate, base.clone()),
                Some((winner, chosen)) if winner.is_subclass_of(&candidate) => (winner, chosen),
                Some((winner, _)) if candidate.is_subclass_of(&winner) => (candidate, base.clone()),
                Some(_) => {
                    return Err(self.type_error("multiple bases have instance lay-out conflict"));
                }
            });
        }
        Ok(best.map_or_else(|| self.types.object.clone(), |(_, base)| base))
    }

    /// What the class body's `__slots__` (or its absence) adds to the base.
    pub(super) fn shape_of(
        &self,
        name: &Value,
        base: &Ref<Class>,
        bases: &[Value],
        namespace: &Ref<Dict>,
    ) -> PyResult<Shape> {
        let may_dict = !has_dict(base);
        let may_weak = !base.has_flag(class_flag::HAS_WEAKREFS) && item_size(base) == 0;
        let mut shape = Shape::default();
        let Some(slots) = namespace.get_str(self, &self.names.__slots__)? else {
            shape.adds_dict = may_dict;
            shape.adds_weakrefs = may_weak;
            return Ok(shape);
        };
        let slots = if slots.payload::<Str>().is_some() {
            self.heap.count_passing_tuple(1);
            vec![slots]
        } else {
            self.collect(&slots)?
        };
        if !slots.is_empty() && item_size(base) != 0 {
            return Err(self.type_error(format!(
                "nonempty __slots__ not supported for subtype of '{}'",
                base.name_string()
            )));
        }
        let refused =
            |what: &str| self.type_error(format!("{what} slot disallowed: we already got one"));
        for slot in &slots {
            let Some(text) = slot.payload::<Str>() else {
                return Err(self.type_error(format!(
                    "__slots__ items must be strings, not '{}'",
                    self.class_name(slot)
                )));
            };
            if !crate::types::str::classify::is_identifier(text) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            if text.equals_str("__dict__") {
                if !may_dict || shape.adds_dict {
                    return Err(refused("__dict__"));
                }
                shape.adds_dict = true;
            } else if text.equals_str("__weakref__") {
                if !may_weak || shape.adds_weakrefs {
                    return Err(refused("__weakref__"));
                }
                shape.adds_weakrefs = true;
            } else {
                let mangled = self.mangle(name, text);
                let allowed = ["__qualname__", "__classcell__"]
                    .iter()
                    .any(|special| text.equals_str(special));
                if !allowed && namespace.get_str(self, &mangled)?.is_some() {
                    return Err(self.value_error(format!(
                        "{} in __slots__ conflicts with class variable",
                        self.repr_string(slot)?
                    )));
                }
                shape.members.push(mangled);
            }
        }
        if let Some(list) = FreeList::tuple(shape.members.len()) {
            // CPython's tuple of the slots' names.
            self.heap.count_kept_allocation(list);
        }
        shape
            .members
            .sort_by_cached_key(|m| m.payload::<Str>().map(|s| s.iter().collect::<Vec<_>>()));
        for other in bases {
            let Some(other) = other.as_ref_to::<Class>() else {
                continue;
            };
            if other.is(base) {
                continue;
            }
            if may_dict && has_dict(other) {
                shape.adds_dict = true;
            }
            if may_weak && other.has_flag(class_flag::HAS_WEAKREFS) {
                shape.adds_weakrefs = true;
            }
        }
        Ok(shape)
    }

    /// A private name as the compiler mangles it in a class of that name; interned.
    fn mangle(&self, class_name: &Value, name: &Str) -> Value {
        let text = name.to_display();
        let class_name = self.display(class_name);
        let stripped = class_name.trim_start_matches('_');
        if !text.starts_with("__")
            || text.ends_with("__")
            || text.contains('.')
            || stripped.is_empty()
        {
            return self.intern(&text);
        }
        self.intern(&format!("_{stripped}{text}"))
    }
}
