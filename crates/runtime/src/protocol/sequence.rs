//! Length, items, membership.

use crate::object::{PyResult, Value, class_flag};
use crate::vm::Vm;

impl Vm {
    /// `len(value)`.
    pub fn len(&self, value: &Value) -> PyResult<usize> {
        let slots = self.class_of(value).slots();
        match slots.sq_length.or(slots.mp_length) {
            Some(len) => len(self, value),
            None => Err(self.type_error(format!(
                "object of type '{}' has no len()",
                self.class_name(value)
            ))),
        }
    }

    /// `container[key]`.
    pub fn get_item(&self, container: &Value, key: &Value) -> PyResult {
        let slots = self.class_of(container).slots();
        if let Some(subscript) = slots.mp_subscript {
            return subscript(self, container, key);
        }
        if let Some(item) = slots.sq_item {
            if self.class_of(key).slots().nb_index.is_none() {
                return Err(self.type_error(format!(
                    "sequence index must be integer, not '{}'",
                    self.class_name(key)
                )));
            }
            let index = self.sequence_index(container, key)?;
            return item(self, container, index);
        }
        self.class_getitem(container, key)
    }

    /// `container[key] = value`.
    pub fn set_item(&self, container: &Value, key: &Value, value: &Value) -> PyResult<()> {
        self.set_or_delete_item(container, key, Some(value))
    }

    /// `del container[key]`.
    pub fn del_item(&self, container: &Value, key: &Value) -> PyResult<()> {
        self.set_or_delete_item(container, key, None)
    }

    fn set_or_delete_item(
        &self,
        container: &Value,
        key: &Value,
        value: Option<&Value>,
    ) -> PyResult<()> {
        let slots = self.class_of(container).slots();
        if let Some(assign) = slots.mp_ass_subscript {
            return assign(self, container, key, value);
        }
        if let Some(assign) = slots.sq_ass_item
            && self.class_of(key).slots().nb_index.is_some()
        {
            let index = self.sequence_index(container, key)?;
            return assign(self, container, index, value);
        }
        let class = self.class_name(container);
        // What has sequence operations of any kind says it in its own words.
        let is_sequence = self.class_of(container).has_flag(class_flag::HEAP_TYPE)
            || slots.sq_length.is_some()
            || slots.sq_item.is_some()
            || slots.sq_contains.is_some();
        Err(self.type_error(if value.is_some() {
            format!("'{class}' object does not support item assignment")
        } else if is_sequence && self.class_of(key).slots().nb_index.is_some() {
            format!("'{class}' object doesn't support item deletion")
        } else {
            format!("'{class}' object does not support item deletion")
        }))
    }

    /// An index with the length added if it is negative.
    fn sequence_index(&self, container: &Value, key: &Value) -> PyResult<isize> {
        let index = self.index_isize(key, &self.types.exceptions.index_error)?;
        if index < 0
            && let Some(len) = self.class_of(container).slots().sq_length
        {
            return Ok(index + len(self, container)? as isize);
        }
        Ok(index)
    }

    /// `item in container`.
    pub fn contains(&self, container: &Value, item: &Value) -> PyResult<bool> {
        if let Some(contains) = self.class_of(container).slots().sq_contains {
            return contains(self, container, item);
        }
        self.contains_by_iteration(container, item)
    }

    /// The same by looking at every item.
    pub(crate) fn contains_by_iteration(&self, container: &Value, item: &Value) -> PyResult<bool> {
        let iterator = match self.iter(container) {
            Ok(iterator) => iterator,
            Err(raised) => {
                if self.class_of(container).slots().iter.is_some() {
                    return Err(raised);
                }
                let _ = self.catch(raised, &self.types.exceptions.type_error)?;
                return Err(self.type_error(format!(
                    "argument of type '{}' is not iterable",
                    self.class_name(container)
                )));
            }
        };
        while let Some(candidate) = self.next(&iterator)? {
            if self.equal(&candidate, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
