//! `_string`: the parser of format strings, for `string.Formatter`.

use std::cell::Cell;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Chars, Kind, MethodDef, Payload, PyResult, Ref, Str, TypeSlots, TypeSpec, Value, alloc,
};
use runtime::protocol::iterate::iter_self;
use runtime::types::str::template::{Piece, Pieces, Step, parse_index, split_name};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_string",
    "string helper module",
    &[
        MethodDef::bound(
            "formatter_field_name_split",
            "($module, object, /)",
            "split the argument as a field name",
            split_field_name,
        )
        .unsigned(),
        MethodDef::bound(
            "formatter_parser",
            "($module, object, /)",
            "parse the argument as a format string",
            |vm, args| {
                let text = text_of(vm, &args[1])?.clone();
                let pieces = PieceIterator {
                    text,
                    at: Cell::new(0),
                };
                Ok(alloc(&vm.native_class(&PIECE_ITERATOR), pieces).into_value())
            },
        )
        .unsigned(),
    ],
);

fn text_of<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Ref<Str>> {
    value
        .as_ref_to::<Str>()
        .ok_or_else(|| vm.type_error(format!("expected str, got {}", vm.class_name(value))))
}

/// Gives the pieces of a template.
struct PieceIterator {
    text: Ref<Str>,
    at: Cell<usize>,
}

impl Payload for PieceIterator {
    const KIND: Kind = crate::kinds::FORMATTER_ITERATOR;
    const NAME: &'static str = "formatteriterator";
    const COLLECTED: bool = false;
}

static PIECE_ITERATOR: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(|vm, this| {
            let Some(iterator) = this.payload::<PieceIterator>() else {
                return Ok(None);
            };
            let mut pieces = Pieces::resume(iterator.text.chars(), iterator.at.get());
            let piece = pieces.next(vm)?;
            iterator.at.set(pieces.place());
            piece.map(|piece| piece_tuple(vm, &piece)).transpose()
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<PieceIterator>("formatteriterator")
};

/// (literal, field name, specification, conversion); None for what the piece has not.
fn piece_tuple(vm: &Vm, piece: &Piece<'_>) -> PyResult {
    let text = |chars: Chars<'_>| Ok(vm.str_from_chars(chars)?.into_value());
    let literal = text(piece.literal)?;
    let (name, spec, conversion) = match &piece.field {
        None => (Value::NONE, Value::NONE, Value::NONE),
        Some(field) => (
            text(field.name)?,
            text(field.spec)?,
            field
                .conversion
                .map_or(Value::NONE, |c| vm.str_from_char(c).into_value()),
        ),
    };
    Ok(vm.tuple_value([literal, name, spec, conversion]))
}

/// The first part, and an iterator of the steps behind it: (is attribute, name or index).
fn split_field_name(vm: &Vm, args: &[Value]) -> PyResult {
    let text = text_of(vm, &args[1])?;
    let (first, mut steps) = split_name(text.chars());
    let first = part(vm, first)?;
    let mut parts = Vec::new();
    while let Some(step) = steps.next(vm)? {
        let (is_attribute, value) = match step {
            Step::Attribute(name) => (true, vm.str_from_chars(name)?.into_value()),
            Step::Index(index) => (false, vm.int_usize(index)),
            Step::Key(key) => (false, vm.str_from_chars(key)?.into_value()),
        };
        parts.push(vm.tuple_value([Value::bool(is_attribute), value]));
    }
    let parts = vm.list_from(parts)?.into_value();
    Ok(vm.tuple_value([first, vm.iter(&parts)?]))
}

fn part(vm: &Vm, text: Chars<'_>) -> PyResult {
    Ok(match parse_index(vm, text)? {
        Some(index) => vm.int_usize(index),
        None => vm.str_from_chars(text)?.into_value(),
    })
}
