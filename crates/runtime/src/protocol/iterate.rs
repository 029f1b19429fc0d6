//! Iteration.

use crate::object::{List, PyResult, Tuple, Value, class_flag};
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
        let class = self.class_of(iterator);
        let item = match class.slots().iternext {
            Some(_) if class.is(&self.types.generator) => self.next_of_generator(iterator),
            Some(next) => next(self, iterator),
            None => {
                return Err(self.type_error(format!(
                    "'{}' object is not an iterator",
                    self.class_name(iterator)
                )));
            }
        };
        match item {
            Ok(Some(item)) => Ok(Some(item)),
            Ok(None) => {
                // Nobody asks for what a generator has returned.
                self.forget_stop_value();
                Ok(None)
            }
            Err(raised) => self
                .catch(raised, &self.types.exceptions.stop_iteration)
                .map(|_| None),
        }
    }

    /// As [`Vm::next`], for an iterator that ends where the one it asks ends: the value of that one's
    /// StopIteration becomes its own.
    ///
    /// # Errors
    /// What the iterator raises.
    pub fn next_through(&self, iterator: &Value) -> PyResult<Option<Value>> {
        let Some(next) = self.class_of(iterator).slots().iternext else {
            return self.next(iterator);
        };
        match next(self, iterator) {
            Ok(item) => Ok(item),
            Err(raised) => {
                let stop = self.catch(raised, &self.types.exceptions.stop_iteration)?;
                let value = self.stop_iteration_value(&stop);
                self.stop_value.set((!value.is_none()).then_some(value));
                Ok(None)
            }
        }
    }

    /// True if the value has items by number, so far as its class tells; dicts do not count.
    pub fn is_sequence(&self, value: &Value) -> bool {
        let class = self.class_of(value);
        class.slots().sq_item.is_some() && !class.is_subclass_of(&self.types.dict)
    }

    /// True if the value has items by key, so far as its class tells.
    pub fn is_mapping(&self, value: &Value) -> bool {
        self.class_of(value).slots().mp_subscript.is_some()
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
            self.check_memory()?;
            each(item)?;
        }
        Ok(())
    }

    /// All items.
    pub fn collect(&self, iterable: &Value) -> PyResult<Vec<Value>> {
        let mut items = Vec::new();
        self.for_each(iterable, |item| self.try_push(&mut items, item))?;
        Ok(items)
    }

    /// Appends to items that may become more than there is memory for.
    #[inline]
    pub fn try_push<T>(&self, items: &mut Vec<T>, item: T) -> PyResult<()> {
        self.check_memory()?;
        if items.len() == items.capacity() {
            items.try_reserve(1).map_err(|_| self.memory_error())?;
        }
        items.push(item);
        Ok(())
    }
}

impl Vm {
    /// The values of an iterable, which is asked for its length first, as lists and tuples do that are
    /// made of it.
    pub fn collect_hinted(&self, iterable: &Value) -> PyResult<Vec<Value>> {
        if !self.class_of(iterable).has_flag(class_flag::HEAP_TYPE) {
            return self.collect(iterable);
        }
        let iterator = self.iter(iterable)?;
        let mut items = self.room_for(iterable)?;
        while let Some(item) = self.next(&iterator)? {
            self.check_memory()?;
            self.try_push(&mut items, item)?;
        }
        Ok(items)
    }
}

/// `iter` of iterators: themselves.
pub fn iter_self(_vm: &Vm, iterator: &Value) -> PyResult {
    Ok(iterator.clone())
}

impl Vm {
    /// About how many items there are; `default` where nothing tells.
    pub fn length_hint(&self, value: &Value, default: usize) -> PyResult<usize> {
        Ok(self.told_length(value)?.unwrap_or(default))
    }

    /// The length of a value, or what its `__length_hint__` says; None where nothing tells.
    pub fn told_length(&self, value: &Value) -> PyResult<Option<usize>> {
        let slots = self.class_of(value).slots();
        if let Some(len) = slots.sq_length.or(slots.mp_length) {
            match len(self, value) {
                Ok(len) => return Ok(Some(len)),
                Err(raised) => self
                    .catch(raised, &self.types.exceptions.type_error)
                    .map(drop)?,
            }
        }
        let Some(method) = self.lookup_special(value, &self.names.__length_hint__)? else {
            return Ok(None);
        };
        let hint = match self.call0(&method) {
            Ok(hint) => hint,
            Err(raised) => {
                let _ = self.catch(raised, &self.types.exceptions.type_error)?;
                return Ok(None);
            }
        };
        if hint.is_not_implemented() {
            return Ok(None);
        }
        if !self.is_instance_of(&hint, &self.types.int) {
            return Err(self.type_error(format!(
                "__length_hint__ must be an integer, not {}",
                self.class_name(&hint)
            )));
        }
        let hint = self.arg_ssize(&hint)?;
        match usize::try_from(hint) {
            Ok(hint) => Ok(Some(hint)),
            Err(_) => Err(self.value_error("__length_hint__() should return >= 0")),
        }
    }

    /// All items of an iterable, which `PySequence_Fast` users take: a TypeError of `iter()` is told
    /// as `message`.
    pub fn collect_or(&self, iterable: &Value, message: &str) -> PyResult<Vec<Value>> {
        let class = self.class_of(iterable);
        if let Some(list) = iterable.payload::<List>()
            && class.is(&self.types.list)
        {
            self.check_room(list.len() * size_of::<Value>())?;
            return Ok(list.to_vec());
        }
        if let Some(tuple) = iterable.payload::<Tuple>()
            && class.is(&self.types.tuple)
        {
            self.check_room(tuple.len() * size_of::<Value>())?;
            return Ok(tuple.to_vec());
        }
        let iterator = match self.iter(iterable) {
            Ok(iterator) => iterator,
            Err(raised) => {
                let _ = self.catch(raised, &self.types.exceptions.type_error)?;
                return Err(self.type_error(message));
            }
        };
        let mut items = self.room_for(iterable)?;
        while let Some(item) = self.next(&iterator)? {
            self.try_push(&mut items, item)?;
        }
        Ok(items)
    }

    /// Room for as many items as an iterable says it has; MemoryError where there is none.
    fn room_for(&self, iterable: &Value) -> PyResult<Vec<Value>> {
        let mut items = Vec::new();
        let hint = self.length_hint(iterable, 0)?;
        items
            .try_reserve_exact(hint)
            .map_err(|_| self.memory_error())?;
        Ok(items)
    }

    /// A function or class of the module `builtins` by name.
    pub fn builtin(&self, name: &str) -> PyResult {
        let name = self.intern(name);
        match self.builtins().get_str(self, &name)? {
            Some(found) => Ok(found),
            None => Err(self.attribute_error(self.display(&name))),
        }
    }
}
