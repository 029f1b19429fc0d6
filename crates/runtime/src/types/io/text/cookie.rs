//! Positions in files whose decoder is not native.
//!
//! Such a decoder keeps a state, and characters need not begin where its input does. A position is
//! therefore a number of five parts: a place in the file where the decoder holds back no bytes,
//! its state there, how many bytes to give it from there on, whether that is all there is, and how
//! many of the characters that come out to pass over. For most texts all but the first are 0.

use super::{TextIo, position};
use crate::object::int::IntView;
use crate::object::{Bytes, PyResult, Ref, Str, Tuple, Value};
use crate::types::int::big;
use crate::types::io::method;
use crate::types::io::newline::Newlines;
use crate::vm::Vm;

/// Bytes of a position.
const SIZE: usize = 21;

/// The parts of a position.
#[derive(Clone, Copy, Default)]
pub(super) struct Cookie {
    /// Where the decoder holds back no bytes.
    pub place: i64,
    /// Its state there.
    pub flags: i32,
    /// How many bytes to give it.
    pub bytes: i32,
    /// How many characters to pass over.
    pub characters: i32,
    /// Whether these bytes are all there is.
    pub is_end: bool,
}

impl Cookie {
    /// The position as a number.
    pub fn packed(self, vm: &Vm) -> PyResult {
        let mut parts = [0; SIZE];
        parts[..8].copy_from_slice(&self.place.to_le_bytes());
        parts[8..12].copy_from_slice(&self.flags.to_le_bytes());
        parts[12..16].copy_from_slice(&self.bytes.to_le_bytes());
        parts[16..20].copy_from_slice(&self.characters.to_le_bytes());
        parts[20] = self.is_end.into();
        vm.int_big(&big::from_le_bytes(&parts, false))
    }

    /// The parts of a number.
    pub fn unpacked(vm: &Vm, number: &Value) -> PyResult<Cookie> {
        let number = vm.index(number)?;
        let mut parts = [0; SIZE];
        let mut room = [0];
        let number = number.as_int().unwrap_or(IntView::Small(0));
        if !big::to_le_bytes(number.signed(&mut room), false, &mut parts) {
            return Err(vm.overflow_error("int too big to convert"));
        }
        let int = |at: usize| i32::from_le_bytes([0, 1, 2, 3].map(|byte| parts[at + byte]));
        let [a, b, c, d, e, f, g, h, ..] = parts;
        Ok(Cookie {
            place: i64::from_le_bytes([a, b, c, d, e, f, g, h]),
            flags: int(8),
            bytes: int(12),
            characters: int(16),
            is_end: parts[20] != 0,
        })
    }

    /// The bytes to give the decoder, from a buffer that is at the place.
    pub fn bytes_of(self, vm: &Vm, buffer: &Value) -> PyResult<Vec<u8>> {
        let input = method(vm, buffer, "read", &[vm.int(self.bytes.into())])?;
        match input.payload::<Bytes>() {
            Some(bytes) => Ok(bytes.to_vec()),
            None => Err(vm.type_error(format!(
                "underlying read() should have returned a bytes object, not '{}'",
                vm.class_name(&input)
            ))),
        }
    }

    /// OSError unless the text has the characters to pass over.
    pub fn check(self, vm: &Vm, text: &Ref<Str>) -> PyResult<()> {
        if text.len() >= self.characters as usize {
            return Ok(());
        }
        Err(vm.raise(
            &vm.types.exceptions.os_error,
            "can't restore logical file position",
        ))
    }
}

/// What a decoder makes of bytes.
pub(super) fn decode_by(vm: &Vm, decoder: &Value, bytes: &[u8], last: bool) -> PyResult<Ref<Str>> {
    let input = vm.try_bytes(bytes)?.into_value();
    let text = method(vm, decoder, "decode", &[input, Value::bool(last)])?;
    let class = vm.class_name(&text);
    text.downcast().map_err(|_| {
        vm.type_error(format!(
            "decoder should return a string result, not '{class}'"
        ))
    })
}

/// The bytes that a decoder holds back, and its state.
fn state_of(vm: &Vm, decoder: &Value) -> PyResult<(Vec<u8>, i32)> {
    let state = method(vm, decoder, "getstate", &[])?;
    let Some([held, flags]) = state.payload::<Tuple>().map(|tuple| &**tuple) else {
        return Err(vm.type_error("illegal decoder state"));
    };
    let Some(held) = held.payload::<Bytes>() else {
        return Err(vm.type_error(format!(
            "illegal decoder state: the first item should be a bytes object, not '{}'",
            vm.class_name(held)
        )));
    };
    Ok((held.to_vec(), vm.arg_int(flags)?))
}

/// What the decoder holds back before it gets the next chunk, and its state with that of the
/// newlines, if the file has such a decoder and somebody may ask for the position.
pub(super) fn held_back(vm: &Vm, file: &TextIo) -> PyResult<Option<(Vec<u8>, i32)>> {
    match file.decoder.get().filter(|_| file.telling.get()) {
        Some(decoder) => {
            let mut trial = Trial::new(vm, file, &decoder);
            trial.newlines = file.state.borrow().newlines;
            trial.state().map(Some)
        }
        None => Ok(None),
    }
}

/// Decodes on trial, with newlines as the file has them.
struct Trial<'a> {
    vm: &'a Vm,
    file: &'a TextIo,
    decoder: &'a Value,
    newlines: Newlines,
}

impl<'a> Trial<'a> {
    fn new(vm: &'a Vm, file: &'a TextIo, decoder: &'a Value) -> Self {
        Trial {
            vm,
            file,
            decoder,
            newlines: Newlines::default(),
        }
    }

    /// The decoder's state; with universal newlines its lowest bit tells whether a carriage return
    /// is held back.
    fn state(&self) -> PyResult<(Vec<u8>, i32)> {
        let (held, flags) = state_of(self.vm, self.decoder)?;
        Ok(match self.file.mode.get().universal {
            true => (held, flags << 1 | i32::from(self.newlines.pending)),
            false => (held, flags),
        })
    }

    /// Goes back to a state in which nothing is held back.
    fn start(&mut self, flags: i32) -> PyResult<()> {
        let universal = self.file.mode.get().universal;
        self.newlines.pending = universal && flags & 1 != 0;
        let flags = if universal { flags >> 1 } else { flags };
        let state = [self.vm.bytes_value(b""), self.vm.int(flags.into())];
        let state = self.vm.tuple_value(state);
        method(self.vm, self.decoder, "setstate", &[state]).map(drop)
    }

    fn decode(&mut self, bytes: &[u8], last: bool) -> PyResult<Ref<Str>> {
        let text = decode_by(self.vm, self.decoder, bytes, last)?;
        let mode = self.file.mode.get();
        match mode.universal {
            true => self.newlines.decode(self.vm, text, mode.translate, last),
            false => Ok(text),
        }
    }

    /// The position behind `wanted` characters of a chunk that lies at `from.place`; they may take
    /// `guess` bytes.
    fn find(
        &mut self,
        chunk: &[u8],
        from: Cookie,
        wanted: usize,
        guess: usize,
    ) -> PyResult<Cookie> {
        let mut found = from;
        // How many characters are missing at the place that was found.
        let mut missing = wanted;
        let mut start = 0;
        self.start(from.flags)?;
        // Most of the way is gone at once, as if all characters took as many bytes; back from there
        // to a place where nothing is held back.
        let (mut bytes, mut back) = (guess.min(chunk.len()), 1);
        while bytes > 0 {
            let count = self.decode(&chunk[..bytes], false)?.len();
            let (held, flags) = self.state()?;
            let step = if count > wanted {
                back *= 2;
                back / 2
            } else if held.is_empty() {
                missing -= count;
                start = bytes;
                (found.place, found.flags) = (from.place + start as i64, flags);
                break;
            } else {
                back = 1;
                held.len()
            };
            bytes = bytes.saturating_sub(step);
            self.start(from.flags)?;
        }
        // The rest byte by byte; wherever nothing is held back is a better place.
        let (mut fed, mut came) = (0, 0);
        for byte in chunk[start..].iter().copied() {
            if came >= missing {
                break;
            }
            fed += 1;
            came += self.decode(&[byte], false)?.len();
            let (held, flags) = self.state()?;
            if held.is_empty() && came <= missing {
                found.place += fed;
                found.flags = flags;
                missing -= came;
                (fed, came) = (0, 0);
            }
        }
        if came < missing {
            came += self.decode(b"", true)?.len();
            found.is_end = true;
            if came < missing {
                return Err(self.vm.raise(
                    &self.vm.types.exceptions.os_error,
                    "can't reconstruct logical file position",
                ));
            }
        }
        if missing > 0 {
            found.bytes = fed as i32;
            found.characters = missing as i32;
        }
        Ok(found)
    }
}

/// The position of a file whose buffer is at `place`.
pub(super) fn tell(vm: &Vm, file: &TextIo, decoder: &Value, place: i64) -> PyResult {
    let (snapshot, chunk, used, guess) = {
        let state = file.state.borrow();
        let characters = state.decoded.as_ref().map_or(0, |text| text.len());
        let ratio = state.chunk_read as f64 / characters.max(1) as f64;
        let guess = (ratio * state.used as f64) as usize;
        (state.snapshot, state.chunk.clone(), state.used, guess)
    };
    let Some(flags) = snapshot else {
        return Ok(vm.int(place));
    };
    let from = Cookie {
        place: place - chunk.len() as i64,
        flags,
        ..Cookie::default()
    };
    if used == 0 {
        return from.packed(vm);
    }
    let now = method(vm, decoder, "getstate", &[])?;
    let found = Trial::new(vm, file, decoder)
        .find(&chunk, from, used, guess)
        .map_err(|raised| vm.take_exception(raised));
    let restored = method(vm, decoder, "setstate", &[now])?;
    drop(restored);
    match found {
        Ok(found) => found.packed(vm),
        Err(exception) => Err(vm.reraise_value(exception)),
    }
}

/// Goes to a position that `tell` gave.
pub(super) fn seek(
    vm: &Vm,
    file: &TextIo,
    buffer: &Value,
    decoder: &Value,
    cookie: &Value,
) -> PyResult<()> {
    let cookie = Cookie::unpacked(vm, cookie)?;
    method(vm, buffer, "seek", &[vm.int(cookie.place)])?;
    let at_start = cookie.place == 0 && cookie.flags == 0;
    position::reset(vm, file, at_start)?;
    if let Some(encoder) = file.encoder.get().filter(|_| !at_start) {
        method(vm, &encoder, "setstate", &[Value::small_int(0)])?;
    }
    let mut trial = Trial::new(vm, file, decoder);
    if !at_start || cookie.characters > 0 {
        trial.start(cookie.flags)?;
    }
    let (mut chunk, mut decoded) = (Vec::new(), None);
    if cookie.characters > 0 {
        chunk = cookie.bytes_of(vm, buffer)?;
        let text = trial.decode(&chunk, cookie.is_end)?;
        cookie.check(vm, &text)?;
        decoded = Some(text);
    }
    let mut state = file.state.borrow_mut();
    state.snapshot = Some(cookie.flags);
    state.chunk = chunk;
    state.used = cookie.characters.max(0) as usize;
    state.newlines.pending = trial.newlines.pending;
    let old = std::mem::replace(&mut state.decoded, decoded);
    drop(state);
    drop(old);
    Ok(())
}
