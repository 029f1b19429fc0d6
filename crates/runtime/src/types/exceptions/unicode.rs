//! `UnicodeDecodeError`, `UnicodeEncodeError` and `UnicodeTranslateError`.

use super::attributes::{field, get};
use super::{Family, base, exception_of};
use crate::object::bytes::Bytes;
use crate::object::{Args, GetSetDef, PyResult, Raised, Str, TypeSlots, Value};
use crate::vm::Vm;

/// Numbers of the fields.
pub mod fields {
    /// Name of the codec.
    pub const ENCODING: usize = 0;
    /// What is coded.
    pub const OBJECT: usize = 1;
    /// Where the part that cannot be coded begins …
    pub const START: usize = 2;
    /// … and ends.
    pub const END: usize = 3;
    /// Why not.
    pub const REASON: usize = 4;
}

/// Which of the three classes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Decode,
    Encode,
    Translate,
}

const GETSET: &[GetSetDef] = &[
    field::<{ fields::ENCODING }>("encoding", "exception encoding"),
    field::<{ fields::OBJECT }>("object", "exception object"),
    GetSetDef::writable(
        "start",
        "exception start",
        |_, value| get(value, fields::START),
        |vm, value, new| set_position(vm, value, fields::START, new),
    ),
    GetSetDef::writable(
        "end",
        "exception end",
        |_, value| get(value, fields::END),
        |vm, value, new| set_position(vm, value, fields::END, new),
    ),
    field::<{ fields::REASON }>("reason", "exception reason"),
];

pub(super) const DECODE: Family = Family {
    slots: TypeSlots {
        init: Some(|vm, value, args| init(vm, value, args, Way::Decode)),
        str: Some(|vm, value| str(vm, value, Way::Decode)),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: GETSET,
};

pub(super) const ENCODE: Family = Family {
    slots: TypeSlots {
        init: Some(|vm, value, args| init(vm, value, args, Way::Encode)),
        str: Some(|vm, value| str(vm, value, Way::Encode)),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: GETSET,
};

pub(super) const TRANSLATE: Family = Family {
    slots: TypeSlots {
        init: Some(|vm, value, args| init(vm, value, args, Way::Translate)),
        str: Some(|vm, value| str(vm, value, Way::Translate)),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: GETSET,
};

fn set_position(vm: &Vm, value: &Value, index: usize, new: Option<&Value>) -> PyResult<()> {
    let Some(new) = new else {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    };
    let position = vm.index_isize(new, &vm.types.exceptions.overflow_error)?;
    exception_of(value)?.set_field(index, Some(Value::small_int(position as i64)));
    Ok(())
}

fn init(vm: &Vm, value: &Value, args: Args<'_>, way: Way) -> PyResult<()> {
    base::init(vm, value, args)?;
    let exception = exception_of(value)?;
    let given = args.positionals();
    let wanted = if way == Way::Translate { 4 } else { 5 };
    if given.len() != wanted {
        return Err(vm.type_error(format!(
            "function takes exactly {wanted} arguments ({} given)",
            given.len()
        )));
    }
    let check_str = |i: usize| -> PyResult<()> {
        if given[i].payload::<Str>().is_some() {
            return Ok(());
        }
        Err(vm.type_error(format!(
            "argument {} must be str, not {}",
            i + 1,
            vm.class_name(&given[i])
        )))
    };
    let mut values = given.to_vec();
    let mut object = 0;
    if way != Way::Translate {
        check_str(0)?;
        object = 1;
    }
    if way == Way::Decode {
        if values[1].payload::<Bytes>().is_none() {
            let copy = vm.copied_bytes(&given[1])?;
            values[1] = vm.bytes_value(&copy);
        }
    } else {
        check_str(object)?;
    }
    for i in [object + 1, object + 2] {
        let position = vm.index_isize(&given[i], &vm.types.exceptions.overflow_error)?;
        values[i] = Value::small_int(position as i64);
    }
    check_str(object + 3)?;
    let encoding = (way != Way::Translate).then(|| values.remove(0));
    exception.set_fields(std::iter::once(encoding).chain(values.into_iter().map(Some)));
    Ok(())
}

/// A character as the message shows it.
fn escaped(c: u32) -> String {
    match c {
        0..=0xFF => format!("\\x{c:02x}"),
        0x100..=0xFFFF => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

fn str(vm: &Vm, value: &Value, way: Way) -> PyResult {
    let exception = exception_of(value)?;
    let Some(object) = exception.field(fields::OBJECT) else {
        return Ok(vm.str_value(""));
    };
    let text = |index: usize| -> PyResult<String> {
        match exception.field(index) {
            Some(value) => vm.str_string(&value),
            None => Ok(String::new()),
        }
    };
    let position = |index: usize| -> i64 {
        let value = exception.field(index);
        value.and_then(|v| v.as_small_int()).unwrap_or(0)
    };
    let (reason, encoding) = (text(fields::REASON)?, text(fields::ENCODING)?);
    let (start, end) = (position(fields::START), position(fields::END));
    let single = if end == start + 1 {
        usize::try_from(start).ok().and_then(|at| match way {
            Way::Decode => {
                let byte = *object.payload::<Bytes>()?.as_slice().get(at)?;
                Some(format!("byte 0x{byte:02x}"))
            }
            _ => {
                let text = object.payload::<Str>()?;
                (at < text.len()).then(|| format!("character '{}'", escaped(text.at(at))))
            }
        })
    } else {
        None
    };
    let (verb, many) = match way {
        Way::Decode => ("decode", "bytes"),
        Way::Encode => ("encode", "characters"),
        Way::Translate => ("translate", "characters"),
    };
    let what = match single {
        Some(single) => format!("{single} in position {start}"),
        None => format!("{many} in position {start}-{}", end - 1),
    };
    let message = if way == Way::Translate {
        format!("can't {verb} {what}: {reason}")
    } else {
        format!("'{encoding}' codec can't {verb} {what}: {reason}")
    };
    Ok(vm.str_value(&message))
}

impl Vm {
    /// Raises a UnicodeDecodeError.  `object` is a `bytes`.
    #[cold]
    pub fn unicode_decode_error(
        &self,
        encoding: &str,
        object: &Value,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Raised {
        let class = &self.types.exceptions.unicode_decode_error;
        self.unicode_error(class, encoding, object, start, end, reason)
    }

    /// Raises a UnicodeEncodeError.  `object` is a `str`.
    #[cold]
    pub fn unicode_encode_error(
        &self,
        encoding: &str,
        object: &Value,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Raised {
        let class = &self.types.exceptions.unicode_encode_error;
        self.unicode_error(class, encoding, object, start, end, reason)
    }

    fn unicode_error(
        &self,
        class: &crate::object::Ref<crate::object::Class>,
        encoding: &str,
        object: &Value,
        start: usize,
        end: usize,
        reason: &str,
    ) -> Raised {
        let args = [
            self.str_value(encoding),
            object.clone(),
            Value::small_int(start as i64),
            Value::small_int(end as i64),
            self.str_value(reason),
        ];
        let exception = self.new_exception(class, &args);
        if let Some(payload) = exception.payload::<super::Exception>() {
            payload.set_fields(args.map(Some));
        }
        self.raise_value(exception)
    }
}
