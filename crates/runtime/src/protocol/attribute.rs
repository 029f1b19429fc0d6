//! Attribute access.

use crate::object::str::INTERNED;
use crate::object::{Class, PyResult, Ref, Str, Tuple, Value, class_flag};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

impl Vm {
    /// `object.name`; `name` is a `str`.
    pub fn get_attr(&self, object: &Value, name: &Value) -> PyResult {
        match self.class_of(object).slots().getattro {
            Some(get) => match get(self, object, name) {
                Ok(value) => Ok(value),
                Err(raised) => Err(self.complete_attribute_error(raised, object, name)),
            },
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// Tells an AttributeError on its way which attribute of which object it is about, unless it
    /// knows already.
    #[cold]
    fn complete_attribute_error(
        &self,
        raised: crate::Raised,
        object: &Value,
        name: &Value,
    ) -> crate::Raised {
        if let Some(exception) = self.raised.get()
            && self.is_instance_of(&exception, &self.types.exceptions.attribute_error)
            && let Some(payload) = exception.payload::<Exception>()
            && payload.field(0).is_none()
            && payload.field(1).is_none()
        {
            payload.set_fields([Some(name.clone()), Some(object.clone())]);
        }
        raised
    }

    /// `getattr(object, name, None)`: None here where an AttributeError was raised.
    pub fn get_attr_opt(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        // The common cases do without an exception for what is not there.
        let class = self.class_of(object);
        let result = if class.has_flag(class_flag::GENERIC_GETATTR) {
            self.generic_get_attr_opt(object, name)
        } else if let Some(class) = object.as_ref_to::<Class>()
            && self.has_type_getattr(object)
        {
            self.class_attribute(class, name)
        } else {
            self.get_attr(object, name).map(Some)
        };
        result.or_else(|raised| {
            self.catch(raised, &self.types.exceptions.attribute_error)
                .map(|_| None)
        })
    }

    /// `object.name = value`.
    pub fn set_attr(&self, object: &Value, name: &Value, value: &Value) -> PyResult<()> {
        self.set_or_delete_attr(object, name, Some(value))
    }

    /// `del object.name`.
    pub fn del_attr(&self, object: &Value, name: &Value) -> PyResult<()> {
        self.set_or_delete_attr(object, name, None)
    }

    /// Attribute store, or deletion where there is no value.
    pub fn set_or_delete_attr(
        &self,
        object: &Value,
        name: &Value,
        value: Option<&Value>,
    ) -> PyResult<()> {
        let class = self.class_of(object);
        match class.slots().setattro {
            Some(set) => set(self, object, name, value),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// Raises the AttributeError of a missing attribute, with `name` and `obj`.
    #[cold]
    pub fn no_attribute(&self, object: &Value, name: &Value) -> crate::Raised {
        let message = format!(
            "'{}' object has no attribute '{}'",
            self.class_name(object),
            self.display(name)
        );
        self.attribute_error_for(message, object, name)
    }

    /// The special method `name` looked up on the type and bound; None if there is none.
    pub fn lookup_special(&self, object: &Value, name: &Value) -> PyResult<Option<Value>> {
        let class = self.class_of(object);
        let Some(found) = self.lookup_in_class(class, name) else {
            return Ok(None);
        };
        match self.class_of(&found).slots().descr_get {
            Some(get) => get(self, &found, Some(object), Some(class.as_value())).map(Some),
            None => Ok(Some(found)),
        }
    }

    /// The first entry of that name in the namespaces of the class's resolution order, not bound.
    #[inline]
    pub fn lookup_in_class(&self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        if let Some(known) = self.interp.method_cache.find(class.version.get(), name) {
            return known;
        }
        self.lookup_uncached(class, name)
    }

    #[inline(never)]
    fn lookup_uncached(&self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        let found = self.lookup_with_owner(class, name).map(|(_, found)| found);
        let interned = name
            .as_object::<Str>()
            .is_some_and(|s| s.header().has(INTERNED));
        if interned {
            let version = self.class_version(class);
            if version != 0 {
                self.interp
                    .method_cache
                    .store(version, name, found.as_ref());
            }
        }
        found
    }

    /// The same with the class whose namespace has the entry.
    pub fn lookup_with_owner(
        &self,
        class: &Ref<Class>,
        name: &Value,
    ) -> Option<(Ref<Class>, Value)> {
        // The order is kept: a key's `__eq__` could change it meanwhile.
        let mro = class.mro.get()?;
        for class in mro.payload::<Tuple>()?.iter() {
            let Some(class) = class.as_ref_to::<Class>() else {
                continue;
            };
            match class.dict.get_str(self, name) {
                Ok(Some(found)) => return Some((class.clone(), found)),
                Ok(None) => {}
                // As in CPython an error while comparing keys counts as "not found".
                Err(raised) => drop(self.take_exception(raised)),
            }
        }
        None
    }

    /// The class's version, assigned now if it has none; 0 if versions have run out.
    pub fn class_version(&self, class: &Class) -> u32 {
        let version = class.version.get();
        if version != 0 {
            return version;
        }
        let Some(bases) = class.bases.get() else {
            return 0;
        };
        for base in bases.payload::<Tuple>().into_iter().flat_map(|b| b.iter()) {
            if let Some(base) = base.payload::<Class>()
                && self.class_version(base) == 0
            {
                return 0;
            }
        }
        let Some(next) = self.interp.last_class_version.get().checked_add(1) else {
            return 0;
        };
        self.interp.last_class_version.set(next);
        class.version.set(next);
        next
    }

    /// Raises the TypeError of an attribute name that is no string.
    pub fn check_attribute_name(&self, name: &Value) -> PyResult<()> {
        if name.payload::<Str>().is_some() {
            return Ok(());
        }
        Err(self.type_error(format!(
            "attribute name must be string, not '{}'",
            self.class_name(name)
        )))
    }
}
