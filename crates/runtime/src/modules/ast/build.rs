//! From a parsed tree to objects.

use syntax::Source;
use syntax::ast::{Constant, Mod, Range, TypeIgnore};
use syntax::tree::{TreeWriter, WriteTree};

use super::{NodeClasses, constant, list_value};
use crate::object::{Args, PyResult, Raised, Value, instance};
use crate::vm::Vm;

/// The objects of a tree.
pub(super) fn objects(
    vm: &Vm,
    classes: &NodeClasses,
    tree: &Mod,
    type_ignores: &[TypeIgnore],
    source: &Source,
) -> PyResult {
    let mut builder = Builder {
        vm,
        classes,
        source,
        made: Vec::new(),
        failed: None,
    };
    builder.module(tree, type_ignores);
    match builder.failed {
        Some(raised) => Err(raised),
        None => Ok(builder.take()),
    }
}

struct Builder<'a> {
    vm: &'a Vm,
    classes: &'a NodeClasses,
    source: &'a Source,
    /// Values whose owner is not made yet, the last one on top.
    made: Vec<Value>,
    failed: Option<Raised>,
}

impl Builder<'_> {
    fn take(&mut self) -> Value {
        self.made.pop().unwrap_or(Value::NONE)
    }

    fn give(&mut self, value: PyResult) {
        match value {
            Ok(value) => self.made.push(value),
            Err(raised) => {
                self.made.push(Value::NONE);
                self.failed.get_or_insert(raised);
            }
        }
    }

    fn make(&self, class: &str, range: Option<Range>, fields: &[(String, Value)]) -> PyResult {
        let vm = self.vm;
        let Some(entry) = self.classes.by_name.get(class) else {
            return Err(vm.runtime_error("the module _ast was changed"));
        };
        if let Some(leaf) = &entry.leaf {
            return Ok(leaf.clone());
        }
        let node = crate::types::object::new_object(vm, &entry.class, Args::NONE)?;
        for name in &entry.fields {
            let given = fields.iter().find(|(field, _)| *field == *vm.display(name));
            let value = given.map_or(Value::NONE, |(_, value)| value.clone());
            instance::set(vm, &node, name, value)?;
        }
        if let Some(range) = range {
            let start = self.source.position(range.start);
            let end = self.source.position(range.end);
            let places = [
                ("lineno", start.line),
                ("col_offset", start.column),
                ("end_lineno", end.line),
                ("end_col_offset", end.column),
            ];
            for (name, place) in places {
                let place = Value::small_int(place.into());
                instance::set(vm, &node, &vm.intern(name), place)?;
            }
        }
        Ok(node)
    }
}

impl TreeWriter for Builder<'_> {
    type Fields = Vec<(String, Value)>;

    fn node(
        &mut self,
        class: &str,
        range: Option<Range>,
        fields: impl FnOnce(&mut Self, &mut Self::Fields),
    ) {
        let mut written = Vec::new();
        let guard = self.vm.enter_native(" during ast construction");
        if let Err(raised) = guard {
            return self.give(Err(raised));
        }
        fields(self, &mut written);
        let node = self.make(class, range, &written);
        self.give(node);
    }

    fn field(&mut self, fields: &mut Self::Fields, name: &str, value: impl FnOnce(&mut Self)) {
        value(self);
        let value = self.take();
        fields.push((name.to_owned(), value));
    }

    fn list<T>(
        &mut self,
        fields: &mut Self::Fields,
        name: &str,
        items: &[T],
        mut item: impl FnMut(&mut Self, &T),
    ) {
        let start = self.made.len();
        for it in items {
            item(self, it);
        }
        let items = self.made.split_off(start);
        let list = list_value(self.vm, items);
        self.give(list);
        let list = self.take();
        fields.push((name.to_owned(), list));
    }

    fn identifier(&mut self, text: &str) {
        let text = self.vm.intern(text);
        self.made.push(text);
    }

    fn int(&mut self, value: i64) {
        let value = self.vm.int(value);
        self.made.push(value);
    }

    fn constant(&mut self, value: &Constant) {
        let value = constant::value(self.vm, value);
        self.give(value);
    }

    fn none(&mut self) {
        self.made.push(Value::NONE);
    }
}
