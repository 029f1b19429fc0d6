//! Iteration.

use crate::object::{List, PyResult, Tuple, Value};
use crate::vm::Vm;

impl Vm {
    /// `iter(value)`.
    pub fn iter(&self, value: &Value) -> PyResult {
        let slots = self.class_of(value).slots();
        if let Some(iter) = slots.iter {
            let iterator = iter(self, value)?;
            if self.class_of(&iterator).slots().iternext.is_none() {
                return Err(self.type_error(format!(
                    "iter() returned non-iterator of type '{}'",
                    self.class_name(&iterator)
                )));
            }
            return Ok(iterator);
        }
        if slots.sq_item.is_some() {
            return self.sequence_iterator(value);
        }
        Err(self.type_error(format!(
            "'{}' object is not iterable",
            self.class_name(value)
        )))
    }

    /// The next item of an iterator; None at its end.  A StopIteration raised by it ends it too.
    #[inline]
    pub fn next(&self, iterator: &Value) -> PyResult<Option<Value>> {
        let Some(next) = self.class_of(iterator).slots().iternext else {
            return Err(self.type_error(format!(
                "'{}' object is not an iterator",
                self.class_name(iterator)
            )));
        };
        match next(self, iterator) {
            Ok(item) => Ok(item),
            Err(raised) => self
                .catch(raised, &self.types.exceptions.stop_iteration)
                .map(|_| None),
        }
    }

    /// Calls `each` with every item.
    pub fn for_each(
        &self,
        iterable: &Value,
        mut each: impl FnMut(Value) -> PyResult<()>,
    ) -> PyResult<()> {
        let class = self.class_of(iterable);
        if class.is(&self.types.list)
            && let Some(list) = iterable.payload::<List>()
        {
            let mut i = 0;
            while let Some(item) = list.get(i) {
                each(item)?;
                i += 1;
            }
            return Ok(());
        }
        if class.is(&self.types.tuple)
            && let Some(tuple) = iterable.payload::<Tuple>()
        {
            return tuple.iter().try_for_each(|item| each(item.clone()));
        }
        let iterator = self.iter(iterable)?;
        while let Some(item) = self.next(&iterator)? {
            each(item)?;
        }
        Ok(())
    }

    /// All items.
    pub fn collect(&self, iterable: &Value) -> PyResult<Vec<Value>> {
        let mut items = Vec::new();
        self.for_each(iterable, |item| {
            items.push(item);
            Ok(())
        })?;
        Ok(items)
    }
}
