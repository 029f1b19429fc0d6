//! Writing text: it is encoded, collected, and handed to the buffer in larger pieces.

use super::{TextIo, open};
use crate::object::{Bytes, PyResult, Ref, Str, Value};
use crate::types::codecs::encode;
use crate::types::codecs::names::{ByteOrder, Codec};
use crate::types::io::{buffered, method, unsupported};
use crate::vm::Vm;

/// Hands the collected bytes to the buffer.
pub(super) fn flush_pending(vm: &Vm, file: &TextIo, buffer: &Value) -> PyResult<()> {
    let pending = {
        let mut state = file.state.borrow_mut();
        if state.pending.is_empty() {
            return Ok(());
        }
        std::mem::take(&mut state.pending)
    };
    if buffered::is_native_writer(vm, buffer) {
        buffered::checked_write(vm, buffer, &pending)?;
    } else {
        let bytes = vm.try_bytes(&pending)?.into_value();
        method(vm, buffer, "write", &[bytes])?;
    }
    let mut state = file.state.borrow_mut();
    if state.pending.is_empty() {
        // Keep the room for the next text.
        state.pending = pending;
        state.pending.clear();
    }
    Ok(())
}

fn flush_buffer(vm: &Vm, buffer: &Value) -> PyResult<()> {
    if buffered::is_native_writer(vm, buffer) {
        buffered::flush(vm, buffer)
    } else {
        method(vm, buffer, "flush", &[]).map(drop)
    }
}

/// Hands out what is collected where more bytes would make it longer than a chunk.
fn make_room(vm: &Vm, file: &TextIo, buffer: &Value, more: usize) -> PyResult<()> {
    let collected = file.state.borrow().pending.len();
    match collected > 0 && collected + more > file.chunk_size.get() {
        true => flush_pending(vm, file, buffer),
        false => Ok(()),
    }
}

/// Encodes text behind what was written before.
fn encode_text(vm: &Vm, file: &TextIo, text: &Ref<Str>) -> PyResult<Vec<u8>> {
    let Some(codec) = file.codec.get() else {
        let encoder = file.encoder.get().unwrap_or(Value::NONE);
        let encoded = method(vm, &encoder, "encode", &[text.to_value()])?;
        return match encoded.payload::<Bytes>() {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(vm.type_error(format!(
                "encoder should return a bytes object, not '{}'",
                vm.class_name(&encoded)
            ))),
        };
    };
    let codec = match codec {
        Codec::Utf16(ByteOrder::Mark) if file.state.borrow().written => {
            Codec::Utf16(ByteOrder::Little)
        }
        Codec::Utf32(ByteOrder::Mark) if file.state.borrow().written => {
            Codec::Utf32(ByteOrder::Little)
        }
        Codec::Utf8Sig if file.state.borrow().written => Codec::Utf8,
        other => other,
    };
    let errors = file.errors.get();
    let errors = errors.as_ref().and_then(|e| e.payload::<Str>());
    let bytes = encode::encode(vm, codec, text, errors)?;
    file.state.borrow_mut().written = true;
    Ok(bytes)
}

/// Writes text to an open file.
fn write_text(vm: &Vm, file: &TextIo, buffer: &Value, text: &Ref<Str>) -> PyResult<()> {
    if !file.writable.get() {
        return Err(unsupported(vm, "not writable"));
    }
    let mode = file.mode.get();
    let line_buffered = file.line_buffering.get();
    let ends_line = line_buffered && text.iter().any(|c| c == 10 || c == 13);
    let translated;
    let text = match mode.written {
        Some(written) if text.iter().any(|c| c == 10) => {
            translated = vm.str_replace(text, &vm.str("\n"), &vm.str(written), usize::MAX)?;
            &translated
        }
        _ => text,
    };
    let plain = matches!(
        file.codec.get(),
        Some(Codec::Utf8 | Codec::Ascii | Codec::Latin1)
    );
    match text.as_ascii().filter(|_| plain) {
        // The usual case needs no copy in between.
        Some(ascii) => {
            make_room(vm, file, buffer, ascii.len())?;
            let mut state = file.state.borrow_mut();
            state.pending.extend_from_slice(ascii.as_bytes());
        }
        None => {
            let bytes = encode_text(vm, file, text)?;
            make_room(vm, file, buffer, bytes.len())?;
            file.state.borrow_mut().pending.extend_from_slice(&bytes);
        }
    }
    let full = file.state.borrow().pending.len() >= file.chunk_size.get();
    if full || ends_line || file.write_through.get() {
        flush_pending(vm, file, buffer)?;
    }
    if ends_line {
        flush_buffer(vm, buffer)?;
    }
    let mut state = file.state.borrow_mut();
    state.forget();
    // Writing resets the decoder, and with it the kinds of newlines met.
    state.newlines = Default::default();
    Ok(())
}

/// `TextIOWrapper.write(text)`
pub(super) fn write(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(text) = args[1].as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "write() argument must be str, not {}",
            vm.argument_type(&args[1])
        )));
    };
    let (file, buffer) = open(vm, &args[0])?;
    write_text(vm, file, &buffer, text)?;
    Ok(vm.int_usize(text.len()))
}

/// Writes text to any file object: directly to the native text files, else by its method `write`.
pub fn write_str(vm: &Vm, target: &Value, text: &Ref<Str>) -> PyResult<()> {
    if vm.class_of(target).is(&vm.types.text_io_wrapper) {
        let (file, buffer) = open(vm, target)?;
        return write_text(vm, file, &buffer, text);
    }
    vm.call_method(target, &vm.names.write, &[text.to_value()])
        .map(drop)
}

/// `TextIOWrapper.flush()`
pub(super) fn flush(vm: &Vm, args: &[Value]) -> PyResult {
    let (file, buffer) = open(vm, &args[0])?;
    file.telling.set(file.seekable.get());
    flush_pending(vm, file, &buffer)?;
    flush_buffer(vm, &buffer).map(|()| Value::NONE)
}
