//! `TextIOWrapper`: text over a buffered binary file.
//!
//! * `read` decodes chunks and finds lines, `write` encodes and collects what is to be written,
//!   `position` makes the positions of `tell` and goes back to them, and `cookie` does so where the
//!   decoder is not native.
//!
//! Bytes are decoded natively for the native encodings; by the incremental decoder of the registered
//! codec for others, and for those that switch between tables.  The state is not borrowed while Python code can run.

use std::cell::{Cell, RefCell};

use heap::Visitor;

use super::base::FILE_FLAGS;
use super::newline::{Mode, Newlines};
use super::{attribute, buffered, closed_error, is_closed, method, unsupported};
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, Kind, Payload, PyResult, Ref, Slot, Str, TypeSlots, TypeSpec, Value, alloc,
};
use crate::types::codecs::names::{self, ByteOrder, Codec};
use crate::types::codecs::registry;
use crate::vm::Vm;

mod cookie;
mod methods;
mod position;
mod read;
mod write;

pub use write::write_str;

/// Bytes decoded at once, and bytes collected before they are written.
const CHUNK_SIZE: usize = 8192;

/// A `TextIOWrapper`'s payload.
pub struct TextIo {
    buffer: Slot,
    encoding: Slot,
    errors: Slot,
    /// The codec, if it is native.
    codec: Cell<Option<Codec>>,
    /// The incremental decoder and encoder of a codec that is not native.
    decoder: Slot,
    encoder: Slot,
    mode: Cell<Mode>,
    line_buffering: Cell<bool>,
    write_through: Cell<bool>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    seekable: Cell<bool>,
    telling: Cell<bool>,
    has_read1: Cell<bool>,
    chunk_size: Cell<usize>,
    initialized: Cell<bool>,
    detached: Cell<bool>,
    finalizing: Cell<bool>,
    state: RefCell<State>,
}

/// What is read ahead and what is not written yet.
#[derive(Default)]
struct State {
    /// Decoded text and how much of it has been handed out.
    decoded: Option<Ref<Str>>,
    used: usize,
    /// The bytes the decoded text was made of, and the newline state before them.
    chunk: Vec<u8>,
    before: Newlines,
    /// The state of a decoder that is not native before it got the chunk's bytes, where somebody
    /// may ask for the position.
    snapshot: Option<i32>,
    /// How many of the chunk's bytes were read for it, and did not wait in the decoder.
    chunk_read: usize,
    /// Bytes of an incomplete character.
    rest: Vec<u8>,
    newlines: Newlines,
    /// The decoder is past the beginning of the file: no byte order mark follows.
    started: bool,
    /// The byte order a mark told.
    big: bool,
    /// Encoded text to be written.
    pending: Vec<u8>,
    /// The encoder is past the beginning of the file.
    written: bool,
}

impl Payload for TextIo {
    const KIND: Kind = Kind::TEXT_IO;
    const NAME: &'static str = "TextIOWrapper";
    const FIELDS: &'static [Field] = fields![
        "buffer" => buffer as Value,
        "encoding" => encoding as Value,
        "errors" => errors as Value,
        "codec" => codec as Opaque,
        "decoder" => decoder as Value,
        "encoder" => encoder as Value,
        "mode" => mode as Opaque,
        "line_buffering" => line_buffering as Bool,
        "write_through" => write_through as Bool,
        "readable" => readable as Bool,
        "writable" => writable as Bool,
        "seekable" => seekable as Bool,
        "telling" => telling as Bool,
        "has_read1" => has_read1 as Bool,
        "chunk_size" => chunk_size as Unsigned,
        "initialized" => initialized as Bool,
        "detached" => detached as Bool,
        "finalizing" => finalizing as Bool,
        "state" => state as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.buffer);
        visitor.slot(&self.encoding);
        visitor.slot(&self.encoder);
        visitor.slot(&self.decoder);
        visitor.slot(&self.errors);
    }

    fn clear(&self) {
        self.buffer.set(None);
        self.decoder.set(None);
        self.encoder.set(None);
    }
}

const SIGNATURE: &str = "(buffer, encoding=None, errors=None, newline=None,\n              \
                         line_buffering=False, write_through=False)";

/// Declaration of `TextIOWrapper`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding gives \
          the name of the encoding that the stream will be\ndecoded or encoded with. It defaults \
          to locale.getencoding().\n\nerrors determines the strictness of encoding and decoding \
          (see\nhelp(codecs.Codec) or the documentation for codecs.register) and\ndefaults to \
          \"strict\".\n\nnewline controls how line endings are handled. It can be None, '',\n'\\n', \
          '\\r', and '\\r\\n'.  It works as follows:\n\n* On input, if newline is None, universal \
          newlines mode is\n  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', \
          and\n  these are translated into '\\n' before being returned to the\n  caller. If it is \
          '', universal newline mode is enabled, but line\n  endings are returned to the caller \
          untranslated. If it has any of\n  the other legal values, input lines are only \
          terminated by the given\n  string, and the line ending is returned to the caller \
          untranslated.\n\n* On output, if newline is None, any '\\n' characters written are\n  \
          translated to the system default line separator, os.linesep. If\n  newline is '' or \
          '\\n', no translation takes place. If newline is any\n  of the other legal values, any \
          '\\n' characters written are translated\n  to the given string.\n\nIf line_buffering is \
          True, a call to flush is implied when a call to\nwrite contains a newline character.",
    signature: SIGNATURE,
    flags: FILE_FLAGS,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        repr: Some(repr),
        iternext: Some(read::next),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<TextIo>("_io.TextIOWrapper")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a TextIo> {
    this.payload::<TextIo>()
        .ok_or_else(|| vm.type_error("descriptor requires a '_io.TextIOWrapper' object"))
}

/// The file with its buffer; ValueError where there is none.
fn attached<'a>(vm: &Vm, this: &'a Value) -> PyResult<(&'a TextIo, Value)> {
    let file = payload(vm, this)?;
    match file.buffer.get() {
        Some(buffer) if file.initialized.get() => Ok((file, buffer)),
        _ => Err(vm.value_error(if file.detached.get() {
            "underlying buffer has been detached"
        } else {
            "I/O operation on uninitialized object"
        })),
    }
}

/// The same; ValueError if the file is closed.
fn open<'a>(vm: &Vm, this: &'a Value) -> PyResult<(&'a TextIo, Value)> {
    let (file, buffer) = attached(vm, this)?;
    let closed = if vm.class_of(this).is(&vm.types.text_io_wrapper) {
        is_closed(vm, &buffer)?
    } else {
        is_closed(vm, this)?
    };
    if closed {
        return Err(closed_error(vm));
    }
    Ok((file, buffer))
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let file = TextIo {
        buffer: Slot::default(),
        encoding: Slot::default(),
        errors: Slot::default(),
        codec: Cell::new(None),
        decoder: Slot::default(),
        encoder: Slot::default(),
        mode: Cell::new(UNIVERSAL),
        line_buffering: Cell::new(false),
        write_through: Cell::new(false),
        readable: Cell::new(false),
        writable: Cell::new(false),
        seekable: Cell::new(false),
        telling: Cell::new(false),
        has_read1: Cell::new(false),
        chunk_size: Cell::new(CHUNK_SIZE),
        initialized: Cell::new(false),
        detached: Cell::new(false),
        finalizing: Cell::new(false),
        state: RefCell::default(),
    };
    Ok(alloc(class, file).into_value())
}

const UNIVERSAL: Mode = Mode {
    universal: true,
    translate: true,
    terminator: "\n",
    written: None,
};

/// The text of an argument that is a `str` or None.
fn text_option(vm: &Vm, name: &str, value: &Value) -> PyResult<Option<Ref<Str>>> {
    let Some(value) = value.given_not_none() else {
        return Ok(None);
    };
    let Some(text) = value.as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "TextIOWrapper() argument '{name}' must be str or None, not {}",
            vm.class_name(value)
        )));
    };
    vm.check_utf8(text)?;
    if text.iter().any(|c| c == 0) {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(Some(text.clone()))
}

/// The mode of the argument `newline`.
fn newline_mode(vm: &Vm, newline: Option<&Ref<Str>>) -> PyResult<Mode> {
    let text = newline.map(|n| n.to_display());
    Mode::of(text.as_deref()).ok_or_else(|| {
        vm.value_error(format!(
            "illegal newline value: {}",
            text.as_deref().unwrap_or_default()
        ))
    })
}

/// Sets encoding and error handling. Decoder and encoder of a registered codec are made where the
/// file can be read and written.
fn set_encoding(
    vm: &Vm,
    file: &TextIo,
    encoding: Option<Ref<Str>>,
    errors: Option<Ref<Str>>,
) -> PyResult<()> {
    let encoding = match encoding {
        Some(name) if !name.equals_str("locale") => name,
        // In UTF-8 mode it is not the locale's name.
        None if vm.interp.utf8_mode.get() => vm.str("utf-8"),
        _ => vm.str("UTF-8"),
    };
    let errors = errors.unwrap_or_else(|| vm.str("strict"));
    let codec = names::native(&encoding).filter(|codec| codec.works_piecewise());
    file.decoder.set(None);
    file.encoder.set(None);
    if codec.is_none() {
        let info = registry::lookup_text(vm, &encoding, "codecs.open()")?;
        let make = |name: &str| -> PyResult {
            let factory = attribute(vm, &info, name)?;
            vm.call1(&factory, errors.as_value())
        };
        if file.readable.get() {
            file.decoder.set(Some(make("incrementaldecoder")?));
        }
        if file.writable.get() {
            file.encoder.set(Some(make("incrementalencoder")?));
        }
    }
    file.codec.set(codec);
    file.encoding.set(Some(encoding.into_value()));
    file.errors.set(Some(errors.into_value()));
    Ok(())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let bound = vm.bind_parameters("TextIOWrapper", SIGNATURE, args)?;
    let file = payload(vm, this)?;
    file.initialized.set(false);
    file.detached.set(false);
    let encoding = text_option(vm, "encoding", &bound[1])?;
    if encoding.is_none() {
        super::open::warn_of_default_encoding(vm, 1)?;
    }
    let errors = text_option(vm, "errors", &bound[2])?;
    let newline = text_option(vm, "newline", &bound[3])?;
    let line_buffering = bound[4].given().map_or(Ok(false), |v| vm.truth(v))?;
    let write_through = bound[5].given().map_or(Ok(false), |v| vm.truth(v))?;
    let mode = newline_mode(vm, newline.as_ref())?;
    let buffer = &bound[0];
    let able = |name: &str| -> PyResult<bool> {
        let answer = method(vm, buffer, name, &[])?;
        vm.truth(&answer)
    };
    file.readable.set(able("readable")?);
    file.writable.set(able("writable")?);
    set_encoding(vm, file, encoding, errors)?;
    file.mode.set(mode);
    file.line_buffering.set(line_buffering);
    file.write_through.set(write_through);
    file.buffer.set(Some(buffer.clone()));
    *file.state.borrow_mut() = State::default();
    let seekable = able("seekable")?;
    file.seekable.set(seekable);
    file.telling.set(seekable);
    let native = buffered::is_native_reader(vm, buffer);
    let read1 = native || vm.get_attr_opt(buffer, &vm.intern("read1"))?.is_some();
    file.has_read1.set(read1);
    expect_mark(vm, file, buffer)?;
    file.initialized.set(true);
    Ok(())
}

/// Finds out whether a byte order mark is still to be written: not behind the beginning of a file.
fn expect_mark(vm: &Vm, file: &TextIo, buffer: &Value) -> PyResult<()> {
    if !file.seekable.get() || !file.writable.get() {
        return Ok(());
    }
    let encoder = file.encoder.get();
    if !has_mark(file.codec.get()) && encoder.is_none() {
        return Ok(());
    }
    let position = method(vm, buffer, "tell", &[])?;
    let behind = vm.truth(&position)?;
    file.state.borrow_mut().written = behind;
    if behind && let Some(encoder) = encoder {
        method(vm, &encoder, "setstate", &[Value::small_int(0)])?;
    }
    Ok(())
}

/// True for encodings that begin with a byte order mark.
fn has_mark(codec: Option<Codec>) -> bool {
    matches!(
        codec,
        Some(Codec::Utf16(ByteOrder::Mark) | Codec::Utf32(ByteOrder::Mark) | Codec::Utf8Sig)
    )
}

/// Opens a text file on a buffered one.
pub fn make(
    vm: &Vm,
    buffer: &Value,
    encoding: &Value,
    errors: &Value,
    newline: &Value,
    line_buffering: bool,
) -> PyResult {
    vm.call(
        vm.types.text_io_wrapper.as_value(),
        &[
            buffer.clone(),
            encoding.clone(),
            errors.clone(),
            newline.clone(),
            Value::bool(line_buffering),
        ],
    )
}

/// The file, which was made, but may be detached.
fn made<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a TextIo> {
    let file = payload(vm, this)?;
    match file.initialized.get() || file.detached.get() {
        true => Ok(file),
        false => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let file = made(vm, this)?;
    let mut text = format!("<{}", super::type_name(vm, this));
    if file.buffer.peek().is_some() {
        let name = super::base::name_repr(vm, this)?;
        if !name.is_empty() {
            text.push_str(&format!(" name={name}"));
        }
    }
    if let Some(mode) = vm.get_attr_opt(this, &vm.intern("mode"))? {
        text.push_str(&format!(" mode={}", vm.repr_string(&mode)?));
    }
    let encoding = file.encoding.get().unwrap_or(Value::NONE);
    text.push_str(&format!(" encoding={}>", vm.repr_string(&encoding)?));
    Ok(vm.str_value(&text))
}

/// Tells a text file that it is closed because nobody refers to it.
pub fn set_finalizing(this: &Value) {
    if let Some(file) = this.payload::<TextIo>() {
        file.finalizing.set(true);
    }
}

/// UnsupportedOperation unless the file can be read.
fn check_readable(vm: &Vm, file: &TextIo) -> PyResult<()> {
    if !file.readable.get() {
        return Err(unsupported(vm, "not readable"));
    }
    Ok(())
}
