//! The type `object`: what every object can do.
mod attributes;
mod methods;
mod reduce;

use crate::object::{Kind, Payload, TypeSlots, TypeSpec, class_flag};

/// The payload of instances that keep everything in their tail.
pub struct Plain;

impl Payload for Plain {
    const KIND: Kind = Kind::PLAIN;
    const NAME: &'static str = "object";
    const COLLECTED: bool = false;
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    flags: class_flag::BASE_TYPE,
    signature: "()",
    slots: TypeSlots {
        repr: Some(methods::repr),
        str: Some(methods::str),
        hash: Some(methods::hash),
        getattro: Some(attributes::get_attribute),
        setattro: Some(attributes::set_attribute),
        richcompare: Some(methods::compare),
        init: Some(methods::init),
        new: Some(methods::new),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<Plain>("object")
};

pub(crate) use attributes::set_attribute;
pub(crate) use methods::new as new_object;
