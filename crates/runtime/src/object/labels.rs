//! What a reference from one object to another is called: an attribute, an index, a key, a local
//! variable of a generator.  For explanations only; runs no Python code.
#![allow(unsafe_code)]

use super::class::Class;
use super::fields::{Field, FieldKind};
use super::instance;
use super::payload::{Object, block_bytes};
use super::value::Value;
use super::{Bytes, Dict, Float, List, Set, Str, Tuple};
use crate::types::module::Module;
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::frame_object::FrameObject;
use crate::vm::function::Function;
use crate::vm::generator::Generator;

/// Longer texts are not shown in labels.
const LONGEST_REPR: usize = 60;

/// What a reference is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// `holder.name`
    Attribute(String),
    /// `holder[index or key]`
    Item(String),
    /// Neither, in words.
    Words(String),
}

/// Reads a field's word, if it holds a value.
///
/// # Safety
/// The fields belong to the payload of the object.
unsafe fn value_word(value: &Value, field: &Field) -> Option<u64> {
    if field.kind != FieldKind::Value {
        return None;
    }
    let start = value.object()?.as_ptr().cast::<u8>();
    // SAFETY: by the caller's word the payload has this field, which is a word.
    Some(unsafe {
        start
            .add(Object::<u64>::PAYLOAD_OFFSET + field.offset)
            .cast::<u64>()
            .read()
    })
}

impl Vm {
    /// The payload's fields that hold values, by name.
    pub fn value_fields(&self, value: &Value) -> Vec<(&'static str, u64)> {
        let Some(spec) = self.class_of(value).native_spec() else {
            return Vec::new();
        };
        if value.object().is_none() || block_bytes(value).is_none_or(|b| b < spec.basic_size) {
            return Vec::new();
        }
        spec.fields
            .iter()
            // SAFETY: the declaration is that of the object's own representation.
            .filter_map(|field| Some((field.name, unsafe { value_word(value, field) }?)))
            .filter(|(_, word)| *word != 0)
            .collect()
    }

    /// What the reference from `holder` to `referent` is called.
    pub fn label_of(&self, holder: &Value, referent: &Value) -> Label {
        self.container_label(holder, referent)
            .or_else(|| self.instance_label(holder, referent))
            .or_else(|| self.frame_label(holder, referent))
            .or_else(|| self.field_label(holder, referent))
            .unwrap_or_else(|| Label::Words("held inside".to_owned()))
    }

    fn container_label(&self, holder: &Value, referent: &Value) -> Option<Label> {
        if let Some(dict) = holder.payload::<Dict>() {
            let mut place = 0;
            while let Some((key, value)) = dict.next(&mut place) {
                if value.is(referent) {
                    return Some(Label::Item(self.safe_repr(&key)));
                }
                if key.is(referent) {
                    return Some(Label::Words("a key".to_owned()));
                }
            }
            return None;
        }
        let place = if let Some(tuple) = holder.payload::<Tuple>() {
            tuple.iter().position(|item| item.is(referent))
        } else if let Some(list) = holder.payload::<List>() {
            list.with(|items| items.iter().position(|item| item.is(referent)))
        } else {
            None
        };
        if let Some(place) = place {
            return Some(Label::Item(place.to_string()));
        }
        if let Some(set) = holder.payload::<Set>()
            && set.to_vec().iter().any(|item| item.is(referent))
        {
            return Some(Label::Words("a member".to_owned()));
        }
        if let Some(module) = holder.payload::<Module>()
            && module.dict.as_value().is(referent)
        {
            return Some(Label::Attribute("__dict__".to_owned()));
        }
        None
    }

    /// Attributes in an instance's slots, member slots, the dict and the class.
    fn instance_label(&self, holder: &Value, referent: &Value) -> Option<Label> {
        let class = self.class_of(holder);
        let mut level = Some(class.clone());
        while let Some(current) = level {
            let base = current
                .base
                .get()
                .and_then(|base| base.downcast::<Class>().ok());
            let first = base
                .as_ref()
                .map_or(0, |base| usize::from(base.member_count.get()));
            for (index, name) in current.member_names.borrow().iter().enumerate() {
                if instance::member(holder, first + index).is_some_and(|m| m.is(referent)) {
                    return Some(Label::Attribute(self.display(name)));
                }
            }
            level = base;
        }
        if let Some((name, _)) = self
            .slot_attributes(holder)
            .into_iter()
            .find(|(_, value)| value.is(referent))
        {
            return Some(Label::Attribute(name));
        }
        if instance::materialised(holder).is_some_and(|dict| dict.as_value().is(referent)) {
            return Some(Label::Attribute("__dict__".to_owned()));
        }
        if class.as_value().is(referent) {
            return Some(Label::Attribute("__class__".to_owned()));
        }
        None
    }

    /// The attributes that an instance keeps in its slots, by the class's order.
    pub fn slot_attributes(&self, holder: &Value) -> Vec<(String, Value)> {
        if !instance::has_attributes(holder) || instance::materialised(holder).is_some() {
            return Vec::new();
        }
        let mut names = Vec::new();
        self.class_of(holder)
            .keys
            .each_name(|name| names.push(name.clone()));
        names
            .into_iter()
            .filter_map(|name| {
                let value = self.quietly(instance::get(self, holder, &name)).flatten()?;
                Some((self.display(&name), value))
            })
            .collect()
    }

    fn frame_label(&self, holder: &Value, referent: &Value) -> Option<Label> {
        if let Some(generator) = holder.payload::<Generator>()
            && generator.has_frame()
        {
            let frame = generator.frame();
            for index in 0..frame.code().localsplus {
                if frame.local(index).is_some_and(|local| local.is(referent)) {
                    return Some(self.local_label(frame.code(), index));
                }
            }
            if frame.operands().contains(&referent.word()) {
                return Some(Label::Words("an operand".to_owned()));
            }
            if frame.function_ref().as_value().is(referent) {
                return Some(Label::Words("its function".to_owned()));
            }
        }
        let frame = holder.payload::<FrameObject>()?;
        let code = frame.code(self)?;
        let index =
            (0..code.localsplus).find(|&i| frame.local(i).is_some_and(|l| l.is(referent)))?;
        Some(self.local_label(&code, index))
    }

    fn local_label(&self, code: &Code, index: usize) -> Label {
        let name = code.local_names.get(index);
        let name = name.map_or_else(String::new, |name| self.display(name));
        Label::Words(format!("local `{name}` of {}", self.display(&code.name)))
    }

    fn field_label(&self, holder: &Value, referent: &Value) -> Option<Label> {
        if let Some(code) = holder.payload::<Code>() {
            let constants = code.consts.as_value().is(referent);
            return constants.then(|| Label::Attribute("co_consts".to_owned()));
        }
        let word = referent.word();
        let (name, _) = self
            .value_fields(holder)
            .into_iter()
            .find(|(_, field)| *field == word)?;
        let is_dunder = holder.payload::<Function>().is_some() && !name.starts_with("__");
        Some(Label::Attribute(if is_dunder {
            format!("__{name}__")
        } else {
            name.to_owned()
        }))
    }

    /// The variable that a cell in a function's closure stands for.
    pub fn free_variable(&self, function: &Value, cell: &Value) -> Option<String> {
        let function = function.payload::<Function>()?;
        let closure = function.closure.get()?;
        let place = closure
            .payload::<Tuple>()?
            .iter()
            .position(|known| known.is(cell))?;
        let code = function.code();
        let free = code.data.freevars().nth(place)?;
        Some(free.to_owned())
    }

    /// The repr of a value whose repr runs no Python code, shortened; of others the class and the
    /// identity.
    pub fn safe_repr(&self, value: &Value) -> String {
        self.safe_repr_at(value, 0)
    }

    fn safe_repr_at(&self, value: &Value, depth: usize) -> String {
        let is_exact = self.class_of(value).spec.is_some();
        let is_short = match (value.payload::<Str>(), value.payload::<Bytes>()) {
            (Some(text), _) => text.len() <= LONGEST_REPR,
            (_, Some(bytes)) => bytes.as_slice().len() <= LONGEST_REPR,
            _ => !value.is_heap() || value.payload::<Float>().is_some(),
        };
        if is_exact && is_short {
            return self
                .quietly(self.repr_string(value))
                .unwrap_or_else(|| self.describe(value));
        }
        if is_exact
            && depth < 2
            && let Some(tuple) = value.payload::<Tuple>()
            && tuple.len() <= 8
        {
            let items: Vec<String> = tuple
                .iter()
                .map(|item| self.safe_repr_at(item, depth + 1))
                .collect();
            return match items.as_slice() {
                [one] => format!("({one},)"),
                items => format!("({})", items.join(", ")),
            };
        }
        self.describe(value)
    }

    /// A value in few words: class, name if it has one, identity.
    pub fn describe(&self, value: &Value) -> String {
        if !value.is_heap() {
            return self.safe_repr(value);
        }
        let name = if let Some(function) = value.payload::<Function>() {
            function.qualname.get()
        } else if let Some(class) = value.payload::<Class>() {
            class.qualname.get()
        } else {
            value.payload::<Code>().map(|code| code.qualname.clone())
        };
        let class = self.full_class_name(self.class_of(value));
        let id = self.id(value);
        match name {
            Some(name) => format!("{class} {} at {id:#x}", self.display(&name)),
            None => format!("{class} at {id:#x}"),
        }
    }
}
