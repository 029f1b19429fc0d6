//! Reading text: chunks of bytes are decoded, characters and lines handed out of them.

use super::{State, TextIo, check_readable, cookie, open};
use crate::object::{Bytes, PyResult, Ref, Str, StrBuilder, Value};
use crate::types::codecs::decode;
use crate::types::codecs::names::{ByteOrder, Codec};
use crate::types::io::{base, buffered, method, signed_size_arg};
use crate::vm::Vm;

impl State {
    /// Text that is decoded and not handed out yet.
    pub(super) fn available(&self) -> usize {
        self.decoded
            .as_ref()
            .map_or(0, |text| text.len() - self.used)
    }

    /// Hands out up to `count` characters.
    fn take(&mut self, vm: &Vm, count: usize) -> PyResult<Ref<Str>> {
        let Some(text) = &self.decoded else {
            return Ok(vm.str(""));
        };
        let end = self.used.saturating_add(count).min(text.len());
        let taken = vm.str_slice(text, self.used, end)?;
        self.used = end;
        Ok(taken)
    }

    /// Forgets everything read ahead.
    pub(super) fn forget(&mut self) {
        self.decoded = None;
        self.used = 0;
        self.snapshot = None;
        self.chunk.clear();
        self.rest.clear();
        self.newlines.forget_text();
    }
}

/// The codec in the middle of a file: its byte order mark has been read.
pub(super) fn codec_now(codec: Codec, started: bool, big: bool) -> Codec {
    let order = if big {
        ByteOrder::Big
    } else {
        ByteOrder::Little
    };
    match codec {
        Codec::Utf16(ByteOrder::Mark) if started => Codec::Utf16(order),
        Codec::Utf32(ByteOrder::Mark) if started => Codec::Utf32(order),
        Codec::Utf8Sig if started => Codec::Utf8,
        other => other,
    }
}

/// Decodes bytes in the file's state; with `last` nothing is held back.
pub(super) fn decode(vm: &Vm, file: &TextIo, bytes: Vec<u8>, last: bool) -> PyResult<Ref<Str>> {
    let mode = file.mode.get();
    let (mut chunk, codec) = {
        let mut state = file.state.borrow_mut();
        let chunk = std::mem::take(&mut state.rest);
        let codec = file
            .codec
            .get()
            .map(|c| codec_now(c, state.started, state.big));
        (chunk, codec)
    };
    chunk.extend_from_slice(&bytes);
    let text = match codec {
        Some(codec) => {
            let errors = file.errors.get();
            let errors = errors.as_ref().and_then(|e| e.payload::<Str>());
            check_mark(vm, codec, &chunk)?;
            let done = decode::decode(vm, codec, &chunk, None, errors, last)?;
            let mut state = file.state.borrow_mut();
            state.rest = chunk[done.consumed..].to_vec();
            if done.consumed > 0 && !state.started {
                state.started = true;
                state.big = done.order > 0;
            }
            done.text
        }
        None => {
            let Some(decoder) = file.decoder.get() else {
                return Ok(vm.str(""));
            };
            cookie::decode_by(vm, &decoder, &chunk, last)?
        }
    };
    let (before, mut newlines) = {
        let state = file.state.borrow();
        (state.newlines, state.newlines)
    };
    let text = if mode.universal {
        newlines.decode(vm, text, mode.translate, last)?
    } else {
        text
    };
    let mut state = file.state.borrow_mut();
    state.newlines = newlines;
    state.before = before;
    state.chunk = chunk;
    Ok(text)
}

/// UTF-16 and UTF-32 files without a byte order mark are refused, as CPython's incremental decoders
/// do.
fn check_mark(vm: &Vm, codec: Codec, bytes: &[u8]) -> PyResult<()> {
    let (name, marks): (_, [&[u8]; 2]) = match codec {
        Codec::Utf16(ByteOrder::Mark) => ("16", [b"\xFF\xFE", b"\xFE\xFF"]),
        Codec::Utf32(ByteOrder::Mark) => ("32", [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"]),
        _ => return Ok(()),
    };
    if bytes.len() < marks[0].len() || marks.iter().any(|mark| bytes.starts_with(mark)) {
        return Ok(());
    }
    Err(vm.raise(
        &vm.types.exceptions.unicode_error,
        format!("UTF-{name} stream does not start with BOM"),
    ))
}

/// The bytes of a read of the buffer.
fn bytes_of(vm: &Vm, data: &Value, name: &str) -> PyResult<Vec<u8>> {
    if let Some(bytes) = data.payload::<Bytes>() {
        return Ok(bytes.to_vec());
    }
    if vm.has_buffer(data) {
        return vm.copied_bytes(data);
    }
    Err(vm.type_error(format!(
        "underlying {name}() should have returned a bytes-like object, not '{}'",
        vm.class_name(data)
    )))
}

/// Reads and decodes the next chunk; false at the end of the file.
fn read_chunk(vm: &Vm, file: &TextIo, buffer: &Value, hint: usize) -> PyResult<bool> {
    check_readable(vm, file)?;
    let size = file.chunk_size.get().max(hint);
    let held = cookie::held_back(vm, file)?;
    let bytes = if buffered::is_native_reader(vm, buffer) {
        buffered::read1(vm, buffer, size)?
    } else {
        let name = if file.has_read1.get() {
            "read1"
        } else {
            "read"
        };
        let data = method(vm, buffer, name, &[vm.int_usize(size)])?;
        bytes_of(vm, &data, name)?
    };
    let at_end = bytes.is_empty();
    let text = decode(vm, file, bytes, at_end)?;
    let more = !at_end || !text.is_empty();
    let mut state = file.state.borrow_mut();
    state.snapshot = held.map(|(mut held, flags)| {
        state.chunk_read = state.chunk.len();
        held.append(&mut state.chunk);
        state.chunk = held;
        flags
    });
    state.used = 0;
    let old = state.decoded.replace(text);
    drop(state);
    drop(old);
    Ok(more)
}

/// `TextIOWrapper.read(size)`
pub(super) fn read(vm: &Vm, args: &[Value]) -> PyResult {
    let size = signed_size_arg(vm, &args[1])?;
    let this = &args[0];
    let (file, buffer) = open(vm, this)?;
    check_readable(vm, file)?;
    super::write::flush_pending(vm, file, &buffer)?;
    let Ok(size) = usize::try_from(size) else {
        let data = method(vm, &buffer, "read", &[])?;
        let bytes = if data.is_none() {
            Vec::new()
        } else {
            bytes_of(vm, &data, "read")?
        };
        let first = {
            let mut state = file.state.borrow_mut();
            state.take(vm, usize::MAX)?
        };
        let rest = decode(vm, file, bytes, true)?;
        let mut state = file.state.borrow_mut();
        state.decoded = None;
        state.used = 0;
        state.snapshot = None;
        state.chunk.clear();
        drop(state);
        return vm.str_concat(first.into_value(), rest.as_value());
    };
    let first = file.state.borrow_mut().take(vm, size)?;
    if first.len() == size {
        return Ok(first.into_value());
    }
    let mut out = StrBuilder::new();
    out.push_object(&first);
    while out.len() < size {
        if !read_chunk(vm, file, &buffer, size - out.len())? {
            break;
        }
        let part = file.state.borrow_mut().take(vm, size - out.len())?;
        out.push_object(&part);
    }
    out.finish_value(vm)
}

/// Reads a line of at most `limit` characters; empty at the end.
pub(super) fn line(vm: &Vm, file: &TextIo, buffer: &Value, limit: usize) -> PyResult<Ref<Str>> {
    super::write::flush_pending(vm, file, buffer)?;
    let mode = file.mode.get();
    // What earlier chunks gave of the line.
    let mut begun: Option<StrBuilder> = None;
    loop {
        if file.state.borrow().available() == 0 && !read_chunk(vm, file, buffer, 0)? {
            return match begun {
                Some(out) => out.finish(vm),
                None => Ok(vm.str("")),
            };
        }
        let mut state = file.state.borrow_mut();
        let Some(text) = state.decoded.clone() else {
            continue;
        };
        let (start, len) = (state.used, text.len());
        if start == len {
            continue;
        }
        // A terminator of two characters may be cut in two.
        let cut = begun
            .as_ref()
            .is_some_and(|out| mode.terminator == "\r\n" && out.ends_with(13));
        let end = if !mode.universal && cut && text.at(start) == 10 {
            Some(start + 1)
        } else {
            mode.line_end(text.chars(), start)
        };
        let left = limit - begun.as_ref().map_or(0, StrBuilder::len);
        let stop = end.unwrap_or(len).min(start.saturating_add(left));
        state.used = stop;
        drop(state);
        let done = end == Some(stop) || stop - start == left;
        match begun {
            None if done => return vm.str_slice(&text, start, stop),
            None => {
                let mut out = StrBuilder::new();
                out.push_chars(text.chars().slice(start, stop));
                begun = Some(out);
            }
            Some(ref mut out) => out.push_chars(text.chars().slice(start, stop)),
        }
        if done && let Some(out) = begun {
            return out.finish(vm);
        }
    }
}

/// `TextIOWrapper.readline(size)`
pub(super) fn readline(vm: &Vm, args: &[Value]) -> PyResult {
    let size = args[1].given().map_or(Ok(-1), |v| vm.arg_ssize(v))?;
    let (file, buffer) = open(vm, &args[0])?;
    let limit = usize::try_from(size).unwrap_or(usize::MAX);
    if limit == 0 {
        return Ok(vm.str_value(""));
    }
    line(vm, file, &buffer, limit).map(Ref::into_value)
}

/// The next line; positions cannot be told while lines are iterated.
pub(super) fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let (file, buffer) = open(vm, this)?;
    file.telling.set(false);
    let line = if vm.class_of(this).is(&vm.types.text_io_wrapper) {
        let line = line(vm, file, &buffer, usize::MAX)?;
        (!line.is_empty()).then(|| line.into_value())
    } else {
        base::next(vm, this)?
    };
    if line.is_none() {
        file.telling.set(file.seekable.get());
    }
    Ok(line)
}
