//! Positions in text files.
//!
//! A position is the number of bytes before the next character.  While text is decoded ahead, it
//! is found by decoding the chunk's beginning again: the shortest one that gives as many
//! characters as have been handed out. Where a carriage return was handed out and what came with it
//! was not, the position tells so ([`Cookie`]). Decoders that are not native have positions of their own.

use super::cookie::{self, Cookie};
use super::read::{self, codec_now};
use super::{TextIo, attached, has_mark, open};
use crate::object::{CompareOp, PyResult, Str, Value};
use crate::types::codecs::decode;
use crate::types::codecs::names::Codec;
use crate::types::io::{method, unsupported};
use crate::vm::Vm;

/// Bytes of a carriage return.
fn return_size(codec: Option<Codec>) -> usize {
    match codec {
        Some(Codec::Utf16(_)) => 2,
        Some(Codec::Utf32(_)) => 4,
        _ => 1,
    }
}

/// The position behind the characters of the chunk that were handed out; the chunk lies at `start`.
fn place_in_chunk(vm: &Vm, file: &TextIo, start: i64) -> PyResult<Cookie> {
    let (chunk, before, used, started, big) = {
        let state = file.state.borrow();
        (
            state.chunk.clone(),
            state.before,
            state.used,
            state.started,
            state.big,
        )
    };
    let at = |place: i64| Cookie {
        place: start + place,
        ..Cookie::default()
    };
    if used == 0 {
        // A carriage return that is held back was not handed out either.
        return Ok(at(match before.pending {
            true => -(return_size(file.codec.get()) as i64),
            false => 0,
        }));
    }
    let Some(codec) = file.codec.get() else {
        return Err(vm.raise(
            &vm.types.exceptions.os_error,
            "can't reconstruct logical file position",
        ));
    };
    let mode = file.mode.get();
    let errors = file.errors.get();
    let errors = errors.as_ref().and_then(|e| e.payload::<Str>());
    // The chunk at the beginning of the file holds the byte order mark.
    let first = has_mark(Some(codec)) && !starts_later(codec, &chunk, started);
    let codec = codec_now(codec, started && !first, big);
    // How many characters bytes stand for, and how many bytes these are.
    let count = |bytes: &[u8]| -> PyResult<(usize, usize)> {
        let done = decode::decode(vm, codec, bytes, None, errors, false)?;
        if !mode.universal {
            return Ok((done.text.len(), done.consumed));
        }
        let mut newlines = before;
        let text = newlines.decode(vm, done.text, mode.translate, false)?;
        Ok((text.len(), done.consumed))
    };
    let (mut low, mut high) = (0, chunk.len());
    while low < high {
        let middle = (low + high) / 2;
        if count(&chunk[..middle])?.0 >= used {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    if low == 0 || count(&chunk[..low])?.0 <= used {
        return Ok(at(low as i64));
    }
    // The last character came with a carriage return before it, and was not handed out.
    let (characters, bytes) = count(&chunk[..low - 1])?;
    Ok(Cookie {
        flags: 1,
        bytes: (low - bytes) as i32,
        characters: (used - characters) as i32,
        ..at(bytes as i64)
    })
}

/// True if a chunk does not begin with the byte order mark.
fn starts_later(codec: Codec, chunk: &[u8], started: bool) -> bool {
    let mark: &[&[u8]] = match codec {
        Codec::Utf8Sig => &[b"\xEF\xBB\xBF"],
        Codec::Utf32(_) => &[b"\xFF\xFE\0\0", b"\0\0\xFE\xFF"],
        _ => &[b"\xFF\xFE", b"\xFE\xFF"],
    };
    started && !mark.iter().any(|mark| chunk.starts_with(mark))
}

/// `TextIOWrapper.tell()`
pub(super) fn tell(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let (file, buffer) = open(vm, this)?;
    if !file.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if !file.telling.get() {
        return Err(vm.raise(
            &vm.types.exceptions.os_error,
            "telling position disabled by next() call",
        ));
    }
    super::write::flush_pending(vm, file, &buffer)?;
    method(vm, this, "flush", &[])?;
    let position = method(vm, &buffer, "tell", &[])?;
    let position = vm.arg_long(&position)?;
    let (available, chunk, rest, pending) = {
        let state = file.state.borrow();
        let lens = (state.chunk.len(), state.rest.len());
        (state.available(), lens.0, lens.1, state.newlines.pending)
    };
    if let Some(decoder) = file.decoder.get() {
        return cookie::tell(vm, file, &decoder, position);
    }
    if available > 0 {
        return place_in_chunk(vm, file, position - chunk as i64)?.packed(vm);
    }
    let held = if pending {
        return_size(file.codec.get())
    } else {
        0
    };
    Ok(vm.int(position - rest as i64 - held as i64))
}

/// Forgets what was read ahead; the decoder is at the beginning or behind it.
pub(super) fn reset(vm: &Vm, file: &TextIo, at_start: bool) -> PyResult<()> {
    if let Some(decoder) = file.decoder.get() {
        method(vm, &decoder, "reset", &[])?;
    }
    if let Some(encoder) = file.encoder.get() {
        method(vm, &encoder, "reset", &[])?;
    }
    let mut state = file.state.borrow_mut();
    state.forget();
    if at_start {
        state.newlines = Default::default();
        state.started = false;
    }
    state.written = !at_start;
    Ok(())
}

/// `TextIOWrapper.seek(cookie, whence)`
pub(super) fn seek(vm: &Vm, args: &[Value]) -> PyResult {
    let this = &args[0];
    let whence = args[2].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    let (file, buffer) = open(vm, this)?;
    if !file.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    let zero = Value::small_int(0);
    let cookie = match whence {
        1 => {
            if !vm.compare_bool(&args[1], &zero, CompareOp::Eq)? {
                return Err(unsupported(vm, "can't do nonzero cur-relative seeks"));
            }
            method(vm, this, "tell", &[])?
        }
        2 => {
            if !vm.compare_bool(&args[1], &zero, CompareOp::Eq)? {
                return Err(unsupported(vm, "can't do nonzero end-relative seeks"));
            }
            method(vm, this, "flush", &[])?;
            reset(vm, file, false)?;
            let end = method(vm, &buffer, "seek", &[zero.clone(), Value::small_int(2)])?;
            if !vm.truth(&end)? {
                reset(vm, file, true)?;
            }
            return Ok(end);
        }
        0 => args[1].clone(),
        _ => {
            return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)")));
        }
    };
    if vm.compare_bool(&cookie, &zero, CompareOp::Lt)? {
        let shown = vm.repr_string(&cookie)?;
        return Err(vm.value_error(format!("negative seek position {shown}")));
    }
    method(vm, this, "flush", &[])?;
    if let Some(decoder) = file.decoder.get() {
        cookie::seek(vm, file, &buffer, &decoder, &cookie)?;
        return Ok(cookie);
    }
    let place = Cookie::unpacked(vm, &cookie)?;
    method(vm, &buffer, "seek", &[vm.int(place.place)])?;
    reset(vm, file, place.place == 0)?;
    if place.characters > 0 {
        file.state.borrow_mut().newlines.pending = place.flags & 1 != 0;
        let bytes = place.bytes_of(vm, &buffer)?;
        let text = read::decode(vm, file, bytes, place.is_end)?;
        place.check(vm, &text)?;
        let mut state = file.state.borrow_mut();
        state.used = place.characters as usize;
        state.decoded = Some(text);
    }
    Ok(cookie)
}

/// `TextIOWrapper.truncate(pos)`
pub(super) fn truncate(vm: &Vm, args: &[Value]) -> PyResult {
    let (_, buffer) = attached(vm, &args[0])?;
    method(vm, &args[0], "flush", &[])?;
    let position = args[1].given().cloned().unwrap_or(Value::NONE);
    method(vm, &buffer, "truncate", &[position])
}
