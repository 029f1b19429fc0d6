//! The type `type`: classes as objects.
//!
//! * `ready` completes the builtin classes at startup; `slot_table` ties special methods to slots,
//!   with `slot_functions` (what a slot does in a class made by a program), `wrappers` (a slot
//!   called as a method) and `update` (slots follow special methods).
//! * `new` makes classes, with `mro` for resolution orders, `layout` for bases and `__slots__`.
//! * `attributes` loads and stores attributes of classes, `methods` holds the rest.
mod attributes;
mod build_class;
mod layout;
pub(crate) mod library;
mod methods;
pub(crate) use methods::call;
mod mro;
mod new;
mod ready;
pub mod slot_functions;
pub mod slot_table;
mod update;
mod wrappers;

use crate::object::{Class, TypeSlots, TypeSpec, class_flag};

pub use build_class::BUILD_CLASS;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    flags: class_flag::MADE_UNPACKED | class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(methods::repr),
        call: Some(methods::call),
        getattro: Some(attributes::get_attribute),
        setattro: Some(attributes::set_attribute),
        init: Some(new::init),
        new: Some(new::new),
        nb_or: Some(crate::types::union_type::or),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<Class>("type")
};
