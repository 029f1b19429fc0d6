//! `UnicodeDecodeError`, `UnicodeEncodeError` and `UnicodeTranslateError`.
//!
//! Their fields lie in the exception payload in this order: encoding, object, start, end, reason.
//! (A translation error has no encoding; its place stays empty.)

use crate::object::{
    Args, Bytes, Class, GetSetDef, PyResult, Raised, Ref, Slot, Str, TypeSlots, Value,
};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

const ENCODING: usize = 0;
const OBJECT: usize = 1;
const START: usize = 2;
const END: usize = 3;
const REASON: usize = 4;
const FIELDS: usize = 5;

/// Slots of `UnicodeDecodeError`.
pub const DECODE_SLOTS: TypeSlots = TypeSlots {
    init: Some(init_decode),
    str: Some(decode_str),
    ..TypeSlots::EMPTY
};
/// Slots of `UnicodeEncodeError`.
pub const ENCODE_SLOTS: TypeSlots = TypeSlots {
    init: Some(init_encode),
    str: Some(encode_str),
    ..TypeSlots::EMPTY
};
/// Slots of `UnicodeTranslateError`.
pub const TRANSLATE_SLOTS: TypeSlots = TypeSlots {
    init: Some(init_translate),
    str: Some(translate_str),
    ..TypeSlots::EMPTY
};

macro_rules! field {
    ($name:literal, $doc:literal, $index:expr) => {
        GetSetDef::writable(
            $name,
            $doc,
            |_, this| Ok(field(this, $index).unwrap_or(Value::NONE)),
            |_, this, value| {
                set_field(this, $index, value.cloned());
                Ok(())
            },
        )
    };
}

macro_rules! position {
    ($name:literal, $doc:literal, $index:expr) => {
        GetSetDef::writable(
            $name,
            $doc,
            |_, this| Ok(field(this, $index).unwrap_or(Value::small_int(0))),
            |vm, this, value| {
                let Some(value) = value else {
                    return Err(vm.type_error("can't delete numeric/char attribute"));
                };
                let position = vm.arg_ssize(value)?;
                set_field(this, $index, Some(Value::small_int(position as i64)));
                Ok(())
            },
        )
    };
}

/// Attributes of `UnicodeDecodeError` and `UnicodeEncodeError`.
pub const GETSET: &[GetSetDef] = &[
    field!("encoding", "exception encoding", ENCODING),
    field!("object", "exception object", OBJECT),
    position!("start", "exception start", START),
    position!("end", "exception end", END),
    field!("reason", "exception reason", REASON),
];
/// Attributes of `UnicodeTranslateError`.
pub const TRANSLATE_GETSET: &[GetSetDef] = &[
    field!("object", "exception object", OBJECT),
    position!("start", "exception start", START),
    position!("end", "exception end", END),
    field!("reason", "exception reason", REASON),
];

fn field(this: &Value, index: usize) -> Option<Value> {
    this.payload::<Exception>()?.fields.borrow().get(index)?.get()
}

fn set_field(this: &Value, index: usize, value: Option<Value>) {
    let old = this.payload::<Exception>().and_then(|exception| {
        let mut fields = exception.fields.borrow_mut();
        if fields.len() < FIELDS {
            *fields = std::iter::repeat_with(Slot::default).take(FIELDS).collect();
        }
        fields[index].replace(value)
    });
    drop(old);
}

fn set_fields(this: &Value, values: [Option<Value>; FIELDS]) {
    for (index, value) in values.into_iter().enumerate() {
        set_field(this, index, value);
    }
}

fn set_args(vm: &Vm, this: &Value, args: Args<'_>) {
    if let Some(exception) = this.payload::<Exception>() {
        let args = vm.tuple_from_slice(args.positionals());
        exception.args.set(Some(args.into_value()));
    }
}

fn expect_str(vm: &Vm, args: &[Value], index: usize) -> PyResult<Value> {
    if args[index].payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "argument {} must be str, not {}",
            index + 1,
            vm.class_name(&args[index])
        )));
    }
    Ok(args[index].clone())
}

fn position(vm: &Vm, value: &Value) -> PyResult<Value> {
    Ok(Value::small_int(vm.arg_ssize(value)? as i64))
}

fn check_count(vm: &Vm, args: Args<'_>, count: usize) -> PyResult<()> {
    let given = args.positionals().len();
    if given != count {
        return Err(vm.type_error(format!(
            "function takes exactly {count} arguments ({given} given)"
        )));
    }
    Ok(())
}

fn init_decode(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    set_args(vm, this, args);
    check_count(vm, args, FIELDS)?;
    let given = args.positionals();
    let encoding = expect_str(vm, given, 0)?;
    let (start, end) = (position(vm, &given[2])?, position(vm, &given[3])?);
    let reason = expect_str(vm, given, 4)?;
    let object = if given[1].payload::<Bytes>().is_some() {
        given[1].clone()
    } else {
        let bytes = vm.buffer(&given[1])?.to_vec();
        vm.try_bytes(&bytes)?.into_value()
    };
    let fields = [encoding, object, start, end, reason];
    set_fields(this, fields.map(Some));
    Ok(())
}

fn init_encode(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    set_args(vm, this, args);
    check_count(vm, args, FIELDS)?;
    let given = args.positionals();
    let (encoding, object) = (expect_str(vm, given, 0)?, expect_str(vm, given, 1)?);
    let (start, end) = (position(vm, &given[2])?, position(vm, &given[3])?);
    let fields = [encoding, object, start, end, expect_str(vm, given, 4)?];
    set_fields(this, fields.map(Some));
    Ok(())
}

fn init_translate(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    set_args(vm, this, args);
    check_count(vm, args, 4)?;
    let given = args.positionals();
    let object = expect_str(vm, given, 0)?;
    let (start, end) = (position(vm, &given[1])?, position(vm, &given[2])?);
    let reason = expect_str(vm, given, 3)?;
    let fields = [None, Some(object), Some(start), Some(end), Some(reason)];
    set_fields(this, fields);
    Ok(())
}

/// Encoding and reason as text, start and end as given.
fn parts(vm: &Vm, this: &Value) -> PyResult<Option<(String, String, i64, i64)>> {
    if field(this, OBJECT).is_none() {
        return Ok(None);
    }
    let text = |index| match field(this, index) {
        Some(value) => vm.str_string(&value),
        None => Ok(String::new()),
    };
    let number = |index| field(this, index).and_then(|v| v.as_small_int()).unwrap_or(0);
    Ok(Some((text(ENCODING)?, text(REASON)?, number(START), number(END))))
}

fn message(vm: &Vm, text: String) -> PyResult {
    Ok(vm.str_value(&text))
}

fn decode_str(vm: &Vm, this: &Value) -> PyResult {
    let Some((encoding, reason, start, end)) = parts(vm, this)? else {
        return message(vm, String::new());
    };
    let byte = field(this, OBJECT).and_then(|object| {
        let bytes = object.payload::<Bytes>()?;
        bytes.get(usize::try_from(start).ok()?).copied()
    });
    message(vm, match byte {
        Some(byte) if end == start + 1 => format!(
            "'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"
        ),
        _ => format!(
            "'{encoding}' codec can't decode bytes in position {start}-{}: {reason}",
            end.wrapping_sub(1)
        ),
    })
}

/// The one character of the error, escaped; None if there are more or none.
fn character(this: &Value, start: i64, end: i64) -> Option<String> {
    let object = field(this, OBJECT)?;
    let text = object.payload::<Str>()?;
    let place = usize::try_from(start).ok().filter(|&i| i < text.len())?;
    (end == start + 1).then(|| escape(text.at(place)))
}

/// `\x..`, `\u....` or `\U........`
pub fn escape(c: u32) -> String {
    match c {
        0..=0xFF => format!("\\x{c:02x}"),
        0x100..=0xFFFF => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

fn encode_str(vm: &Vm, this: &Value) -> PyResult {
    let Some((encoding, reason, start, end)) = parts(vm, this)? else {
        return message(vm, String::new());
    };
    message(vm, match character(this, start, end) {
        Some(c) => format!(
            "'{encoding}' codec can't encode character '{c}' in position {start}: {reason}"
        ),
        None => format!(
            "'{encoding}' codec can't encode characters in position {start}-{}: {reason}",
            end.wrapping_sub(1)
        ),
    })
}

fn translate_str(vm: &Vm, this: &Value) -> PyResult {
    let Some((_, reason, start, end)) = parts(vm, this)? else {
        return message(vm, String::new());
    };
    message(vm, match character(this, start, end) {
        Some(c) => format!("can't translate character '{c}' in position {start}: {reason}"),
        None => format!(
            "can't translate characters in position {start}-{}: {reason}",
            end.wrapping_sub(1)
        ),
    })
}

/// What a handler reads from an exception: the object, and start and end cut to its length.
pub struct Failure {
    pub object: Value,
    pub start: usize,
    pub end: usize,
}

/// The failure an exception describes, whose object must be of the type `what`.
pub fn failure(vm: &Vm, exception: &Value) -> PyResult<Failure> {
    let object = field(exception, OBJECT)
        .ok_or_else(|| vm.type_error("object attribute not set"))?;
    let len = match (object.payload::<Bytes>(), object.payload::<Str>()) {
        (Some(bytes), _) => bytes.len(),
        (None, Some(text)) => text.len(),
        (None, None) => {
            return Err(vm.type_error("object attribute must be unicode"));
        }
    } as i64;
    let number = |index| field(exception, index).and_then(|v| v.as_small_int()).unwrap_or(0);
    let start = number(START).min(len - 1).max(0);
    let end = number(END).max(1).min(len).max(0);
    Ok(Failure {
        object,
        start: start as usize,
        end: end as usize,
    })
}

impl Vm {
    fn unicode_error(
        &self,
        class: &Ref<Class>,
        encoding: &str,
        object: Value,
        (start, end): (usize, usize),
        reason: &str,
    ) -> Value {
        let args = [
            self.str_value(encoding),
            object,
            Value::small_int(start as i64),
            Value::small_int(end as i64),
            self.str_value(reason),
        ];
        let exception = self.new_exception(class, &args);
        set_fields(&exception, args.map(Some));
        exception
    }

    /// A new `UnicodeDecodeError`; the object is `bytes`.
    pub fn unicode_decode_error(
        &self,
        encoding: &str,
        object: Value,
        bounds: (usize, usize),
        reason: &str,
    ) -> Value {
        let class = &self.types.exceptions.unicode_decode_error;
        self.unicode_error(class, encoding, object, bounds, reason)
    }

    /// A new `UnicodeEncodeError`; the object is a `str`.
    pub fn unicode_encode_error(
        &self,
        encoding: &str,
        object: Value,
        bounds: (usize, usize),
        reason: &str,
    ) -> Value {
        let class = &self.types.exceptions.unicode_encode_error;
        self.unicode_error(class, encoding, object, bounds, reason)
    }

    /// Raises the `UnicodeEncodeError` of text with surrogates that must become UTF-8.
    #[cold]
    pub fn surrogates_not_allowed(&self, text: &Ref<Str>) -> Raised {
        let surrogate = |c: &u32| (0xD800..0xE000).contains(c);
        let start = text.iter().position(|c| surrogate(&c)).unwrap_or(0);
        let run = text.iter().skip(start).take_while(surrogate).count();
        let exception = self.unicode_encode_error(
            "utf-8",
            text.to_value(),
            (start, start + run.max(1)),
            "surrogates not allowed",
        );
        self.raise_value(exception)
    }
}
