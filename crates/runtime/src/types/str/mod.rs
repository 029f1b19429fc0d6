//! The type `str`: behaviour on the representation of `object/str.rs`.
//!
//! | module | what |
//! |---|---|
//! | `construct`, `operators`, `iterator` | `str(…)`, slots, iteration |
//! | `search`, `split`, `layout`, `case`, `classify`, `translate` | the methods |
//! | `percent`, `template` | `%`-formatting, `str.format` |
//! | `repr`, `unicode` | representations, character properties |

use crate::object::str::Width;
use crate::object::{PyResult, Ref, Str, TypeSlots, TypeSpec, Value, class_flag};
use crate::vm::Vm;

pub mod case;
pub mod classify;
pub mod construct;
pub mod iterator;
pub mod layout;
pub mod operators;
pub mod percent;
pub mod repr;
pub mod search;
pub mod split;
pub mod template;
pub mod translate;
pub mod unicode;

mod methods;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new \
          string object from the given object. If encoding or\nerrors is specified, then the \
          object must expose a data buffer\nthat will be decoded using the given encoding and \
          error handler.\nOtherwise, returns the result of object.__str__() (if defined)\nor \
          repr(object).\nencoding defaults to sys.getdefaultencoding().\nerrors defaults to \
          'strict'.",
    flags: class_flag::BASE_TYPE
        | class_flag::STR_SUBCLASS
        | class_flag::MATCH_SELF
        | class_flag::VARIABLE,
    slots: TypeSlots {
        repr: Some(operators::repr),
        str: Some(operators::str),
        hash: Some(operators::hash),
        richcompare: Some(operators::compare),
        iter: Some(iterator::iter),
        new: Some(construct::new),
        nb_remainder: Some(operators::remainder),
        mp_length: Some(operators::len),
        mp_subscript: Some(operators::subscript),
        sq_length: Some(operators::len),
        sq_concat: Some(operators::concat),
        sq_repeat: Some(operators::repeat),
        sq_item: Some(operators::item),
        sq_contains: Some(operators::contains),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    ..TypeSpec::of::<Str>("str")
};

/// The receiver of a method.
#[inline]
pub(crate) fn this<'a>(vm: &Vm, args: &'a [Value]) -> PyResult<&'a Ref<Str>> {
    match args.first().and_then(|v| v.as_ref_to::<Str>()) {
        Some(s) => Ok(s),
        None => Err(vm.type_error("descriptor requires a 'str' object")),
    }
}

/// An argument that must be a string.
pub(crate) fn expect_str<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Ref<Str>> {
    value
        .as_ref_to::<Str>()
        .ok_or_else(|| vm.type_error(format!("must be str, not {}", vm.class_name(value))))
}

/// An ASCII text with each byte mapped to another ASCII byte.
fn ascii_mapped(vm: &Vm, s: &Str, mut map: impl FnMut(u8) -> u8) -> PyResult {
    let new = vm.str_filled(Width::Ascii, s.len(), |f| {
        f.push_mapped(s.raw_bytes(), &mut map)
    });
    new.map(Ref::into_value)
}
