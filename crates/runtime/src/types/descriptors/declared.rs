//! Descriptors that are a constant declaration and the class whose namespace holds it.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Class, GetSetDef, Kind, MethodDef, Payload, Ref, Value};
use crate::vm::Vm;

use super::described::Described;

/// What is declared: a native, or an attribute that natives compute.
pub trait Declaration: 'static {
    /// The name in the class's namespace.
    fn name(&self) -> &'static str;

    /// The documentation string.
    fn doc(&self) -> &'static str;

    /// The signature as a text; empty where there is none.
    fn signature(&self) -> &'static str {
        ""
    }
}

impl Declaration for MethodDef {
    fn name(&self) -> &'static str {
        self.name
    }

    fn doc(&self) -> &'static str {
        self.doc
    }

    fn signature(&self) -> &'static str {
        self.text_signature()
    }
}

impl Declaration for GetSetDef {
    fn name(&self) -> &'static str {
        self.name
    }

    fn doc(&self) -> &'static str {
        self.doc
    }
}

/// Which type of descriptors it is.
pub trait Family: 'static {
    /// What is declared.
    type Def: Declaration;
    /// The payload's kind.
    const KIND: Kind;
    /// The type's name.
    const NAME: &'static str;
    /// The TypeError where something else comes.
    const REQUIRED: &'static str;
}

/// The payload.
pub struct Declared<F: Family> {
    /// The declaration.
    pub def: &'static F::Def,
    /// The class it belongs to.
    pub class: Ref<Class>,
}

impl<F: Family> Payload for Declared<F> {
    const KIND: Kind = F::KIND;
    const NAME: &'static str = F::NAME;
    const FIELDS: &'static [Field] = fields![
        "def" => def as Opaque,
        "class" => class as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.class);
    }
}

impl<F: Family> Declared<F> {
    /// What the type's `repr` returns: `<method 'append' of 'list' objects>`.
    pub(super) fn shown_as(&self, vm: &Vm, what: &str) -> Value {
        let (name, class) = (self.def.name(), self.class.name_string());
        vm.str_value(&format!("<{what} '{name}' of '{class}' objects>"))
    }
}

impl<F: Family> Described for Declared<F> {
    const REQUIRED: &'static str = F::REQUIRED;

    fn name(&self, vm: &Vm) -> Value {
        vm.intern(self.def.name())
    }

    fn class(&self) -> &Ref<Class> {
        &self.class
    }

    fn doc(&self) -> &str {
        self.def.doc()
    }

    fn signature(&self) -> &str {
        self.def.signature()
    }
}
