//! From objects to a tree: what all nodes share.

use std::rc::Rc;

use syntax::ast::{Mod, Name, Range, TypeComment};
use syntax::source::Position;
use syntax::{Mode, Source};

use super::NodeClasses;
use crate::object::int::IntView;
use crate::object::{Bytes, List, PyResult, Raised, Str, Value};
use crate::vm::Vm;

/// The tree that objects describe, and the positions that its ranges count.
pub(super) fn tree(
    vm: &Vm,
    classes: &NodeClasses,
    root: &Value,
    mode: Mode,
) -> PyResult<(Mod, Source)> {
    vm.check_syntax_root(root, mode)?;
    let mut reader = Reader {
        vm,
        classes,
        places: Vec::new(),
    };
    let module = match mode {
        Mode::Exec => {
            reader.nodes(root, "Module", "type_ignores")?;
            Mod::Module(reader.statements(root, "Module", "body")?)
        }
        Mode::Single => Mod::Interactive(reader.statements(root, "Interactive", "body")?),
        Mode::Eval => Mod::Expression(reader.expression(root, "Expression", "body")?),
        Mode::FuncType => Mod::FunctionType {
            argtypes: reader.expressions(root, "FunctionType", "argtypes")?,
            returns: reader.expression(root, "FunctionType", "returns")?,
        },
    };
    Ok((module, Source::without_text(reader.places)))
}

/// Reads nodes.
pub(super) struct Reader<'a> {
    pub vm: &'a Vm,
    pub classes: &'a NodeClasses,
    places: Vec<Position>,
}

impl Reader<'_> {
    /// What kind of node an object is; an error that names the kind of node wanted where it is
    /// none.
    pub fn kind(&self, node: &Value, wanted: &str) -> PyResult<Rc<str>> {
        match self.classes.kind_of(self.vm, node) {
            Some(kind) => Ok(kind),
            None => Err(self.not_a_node(node, wanted)),
        }
    }

    /// The error for an object that is no node of a sum.
    pub fn not_a_node(&self, node: &Value, wanted: &str) -> Raised {
        match self.vm.repr(node) {
            Ok(repr) => self.vm.type_error(format!(
                "expected some sort of {wanted}, but got {}",
                self.vm.display(repr.as_value())
            )),
            Err(raised) => raised,
        }
    }

    /// A field that may be missing or None.
    pub fn optional(&self, node: &Value, field: &str) -> PyResult<Option<Value>> {
        let value = self.vm.get_attr_opt(node, &self.vm.intern(field))?;
        Ok(value.filter(|value| !value.is_none()))
    }

    /// A field that must be there and not None.
    pub fn required(&self, node: &Value, class: &str, field: &str) -> PyResult {
        match self.vm.get_attr_opt(node, &self.vm.intern(field))? {
            Some(value) if value.is_none() => Err(self
                .vm
                .value_error(format!("field '{field}' is required for {class}"))),
            Some(value) => Ok(value),
            None => Err(self.missing(field, class)),
        }
    }

    /// The error for an attribute that is missing.
    pub fn missing(&self, field: &str, class: &str) -> Raised {
        self.vm
            .type_error(format!("required field \"{field}\" missing from {class}"))
    }

    /// The items of a field that is a list.
    pub fn nodes(&self, node: &Value, class: &str, field: &str) -> PyResult<Vec<Value>> {
        let value = match self.vm.get_attr_opt(node, &self.vm.intern(field))? {
            Some(value) => value,
            // CPython takes a missing list for an empty one.
            None => return Ok(Vec::new()),
        };
        match value.payload::<List>() {
            Some(list) => Ok(list.to_vec()),
            None => Err(self.vm.type_error(format!(
                "{class} field \"{field}\" must be a list, not a {}",
                self.vm.class_name(&value)
            ))),
        }
    }

    /// The error for None in a list of nodes.
    pub fn none_in_list(&self, what: &str) -> Raised {
        self.vm
            .value_error(format!("None disallowed in {what} list"))
    }

    /// A small number.
    pub fn int(&self, value: &Value) -> PyResult<i64> {
        if !self.vm.is_instance_of(value, &self.vm.types.int) {
            let repr = self.vm.repr(value)?;
            let repr = self.vm.display(repr.as_value());
            return Err(self
                .vm
                .value_error(format!("invalid integer value: {repr}")));
        }
        match value
            .as_int()
            .and_then(IntView::to_i64)
            .filter(|i| i32::try_from(*i).is_ok())
        {
            Some(i) => Ok(i),
            None => Err(self
                .vm
                .overflow_error("Python int too large to convert to C int")),
        }
    }

    /// An identifier.
    pub fn name_text(&self, value: &Value) -> PyResult<Box<str>> {
        let Some(text) = value.payload::<Str>() else {
            return Err(self.vm.type_error("AST identifier must be of type str"));
        };
        let text = text.to_display();
        if matches!(&*text, "None" | "True" | "False") {
            return Err(self.vm.value_error(format!(
                "identifier field can't represent '{text}' constant"
            )));
        }
        Ok(text.into())
    }

    /// A required identifier.
    pub fn identifier(&self, node: &Value, class: &str, field: &str) -> PyResult<Box<str>> {
        self.name_text(&self.required(node, class, field)?)
    }

    /// An optional identifier.
    pub fn optional_identifier(&self, node: &Value, field: &str) -> PyResult<Option<Box<str>>> {
        self.optional(node, field)?
            .map(|value| self.name_text(&value))
            .transpose()
    }

    /// An identifier with the place of the node that it stands in.
    pub fn name(&self, node: &Value, class: &str, field: &str, range: Range) -> PyResult<Name> {
        Ok(Name {
            id: self.identifier(node, class, field)?,
            range,
        })
    }

    /// An optional identifier with the place of its node.
    pub fn optional_name(&self, node: &Value, field: &str, range: Range) -> PyResult<Option<Name>> {
        let id = self.optional_identifier(node, field)?;
        Ok(id.map(|id| Name { id, range }))
    }

    /// The type comment of a node, which nobody runs.
    pub fn comment(&self, node: &Value) -> PyResult<Option<TypeComment>> {
        let Some(value) = self.optional(node, "type_comment")? else {
            return Ok(None);
        };
        match value.payload::<Str>() {
            Some(text) => Ok(Some(text.to_display().as_ref().into())),
            None if value.payload::<Bytes>().is_some() => Ok(None),
            None => Err(self.vm.type_error("AST string must be of type str")),
        }
    }

    /// The identifiers of a list.
    pub fn names(
        &self,
        node: &Value,
        class: &str,
        field: &str,
        range: Range,
    ) -> PyResult<Vec<Name>> {
        let names = self.nodes(node, class, field)?;
        let name = |value: &Value| {
            Ok(Name {
                id: self.name_text(value)?,
                range,
            })
        };
        names.iter().map(name).collect()
    }

    /// The place of a node; `sum` is named where it has none.
    pub fn range(&mut self, node: &Value, sum: &str) -> PyResult<Range> {
        let vm = self.vm;
        let given = |name: &str| vm.get_attr_opt(node, &vm.intern(name));
        let start = |name: &str| match given(name)? {
            Some(value) => self.int(&value),
            None => Err(self.missing(name, sum)),
        };
        let (line, column) = (start("lineno")?, start("col_offset")?);
        let needs_end = matches!(sum, "pattern" | "type_param");
        let end = |name: &str, otherwise: i64| match given(name)? {
            Some(value) if !value.is_none() => self.int(&value),
            None if needs_end => Err(self.missing(name, sum)),
            _ => Ok(otherwise),
        };
        let (end_line, end_column) = (end("end_lineno", line)?, end("end_col_offset", column)?);
        if line > end_line {
            return Err(vm.value_error(format!(
                "AST node line range ({line}, {end_line}) is not valid"
            )));
        }
        if line < 0 && end_line != line || column < 0 && column != end_column {
            return Err(vm.value_error(format!(
                "AST node column range ({column}, {end_column}) for line range ({line}, {end_line}) is not valid"
            )));
        }
        if line == end_line && column > end_column {
            return Err(vm.value_error(format!(
                "line {line}, column {column}-{end_column} is not a valid range"
            )));
        }
        let first = self.places.len() as u32;
        for (line, column) in [(line, column), (end_line, end_column)] {
            self.places.push(Position {
                line: u32::try_from(line).unwrap_or(0),
                column: u32::try_from(column).unwrap_or(0),
            });
        }
        Ok(Range::new(first, first + 1))
    }
}
