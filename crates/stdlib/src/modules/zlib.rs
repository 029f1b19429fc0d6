//! `_zlib`: streams of compressed data, over which `zlib` (in Python) makes its objects and functions.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use runtime::modules::NativeModule;
use runtime::object::{Kind, MethodDef, Payload, PyResult, TypeSpec, Value, alloc, class_flag};
use runtime::{Raised, Vm};

use crate::native::{fail_with, wrong_receiver};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_zlib",
    "",
    &[
        MethodDef::bound(
            "deflater",
            "($module, level, wbits, zdict, /)",
            "",
            deflater,
        ),
        MethodDef::bound("deflate", "($module, stream, data, flush, /)", "", deflate),
        MethodDef::bound("inflater", "($module, wbits, zdict, /)", "", inflater),
        MethodDef::bound(
            "inflate",
            "($module, stream, data, max_length, zdict, /)",
            "",
            inflate,
        ),
    ],
)
.with_init(|vm, _, namespace| {
    let error = vm.native_exception("zlib", "error", &vm.types.exceptions.exception)?;
    vm.define(namespace, "error", error)
});

/// Room for what one step of a stream puts out.
const STEP: usize = 1 << 16;

/// zlib's number for memory that could not be had.
const NO_MEMORY: i32 = -4;

/// More than a stream's state takes, which cannot be asked for fallibly.
const STATE: usize = 2 << 20;

struct Deflater(RefCell<Compress>);

impl Payload for Deflater {
    const KIND: Kind = crate::kinds::DEFLATER;
    const NAME: &'static str = "deflater";
    const COLLECTED: bool = false;
}

static DEFLATER: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<Deflater>("_zlib.deflater")
};

/// A stream to decompress, whose container may not be known before its first byte.
enum Inflating {
    Unknown { window: u8 },
    Known(Decompress),
}

struct Inflater(RefCell<Inflating>);

impl Payload for Inflater {
    const KIND: Kind = crate::kinds::INFLATER;
    const NAME: &'static str = "inflater";
    const COLLECTED: bool = false;
}

static INFLATER: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<Inflater>("_zlib.inflater")
};

fn invalid_option(vm: &Vm) -> Raised {
    vm.value_error("Invalid initialization option")
}

fn failed(vm: &Vm, code: i32, doing: &str, reason: Option<&str>) -> Raised {
    let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
    fail_with(
        vm,
        "zlib",
        "error",
        &format!("Error {code} while {doing} data{reason}"),
    )
}

/// The container and the window that `wbits` asks for.
enum Container {
    Zlib(u8),
    Raw(u8),
    Gzip(u8),
    /// What the first byte tells.
    Either(u8),
}

fn container(wbits: i32) -> Option<Container> {
    // A window of 256 bytes is one of 512 in fact.
    let window = |bits: i32| (8..=15).contains(&bits).then(|| bits.max(9) as u8);
    match wbits {
        0 => Some(Container::Zlib(15)),
        1..=15 => window(wbits).map(Container::Zlib),
        -15..=-1 => window(-wbits).map(Container::Raw),
        16 => Some(Container::Gzip(15)),
        17..=31 => window(wbits - 16).map(Container::Gzip),
        32 => Some(Container::Either(15)),
        33..=47 => window(wbits - 32).map(Container::Either),
        _ => None,
    }
}

fn dictionary(vm: &Vm, value: &Value) -> PyResult<Option<Vec<u8>>> {
    value
        .given_not_none()
        .map(|value| vm.copied_bytes(value))
        .transpose()
}

fn deflater(vm: &Vm, args: &[Value]) -> PyResult {
    let level = match vm.arg_int(&args[1])? {
        -1 => Compression::new(6),
        level @ 0..=9 => Compression::new(level as u32),
        _ => return Err(invalid_option(vm)),
    };
    vm.check_room(STATE)?;
    let mut stream = match container(vm.arg_int(&args[2])?) {
        Some(Container::Zlib(window)) => Compress::new_with_window_bits(level, true, window),
        Some(Container::Raw(window)) => Compress::new_with_window_bits(level, false, window),
        Some(Container::Gzip(window)) => Compress::new_gzip(level, window),
        Some(Container::Either(_)) | None => return Err(invalid_option(vm)),
    };
    if let Some(dictionary) = dictionary(vm, &args[3])?
        && stream.set_dictionary(&dictionary).is_err()
    {
        return Err(vm.value_error("Invalid dictionary"));
    }
    let stream = Deflater(RefCell::new(stream));
    Ok(alloc(&vm.native_class(&DEFLATER), stream).into_value())
}

fn deflate(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(Deflater(stream)) = args[1].payload::<Deflater>() else {
        return Err(wrong_receiver(vm, "_zlib.deflater"));
    };
    let data = vm.copied_bytes(&args[2])?;
    let flush = match vm.arg_int(&args[3])? {
        0 => FlushCompress::None,
        1 | 5 => FlushCompress::Partial,
        2 => FlushCompress::Sync,
        3 => FlushCompress::Full,
        4 => FlushCompress::Finish,
        _ => return Err(failed(vm, -2, "flushing", Some("stream error"))),
    };
    let mut stream = stream.borrow_mut();
    let mut out = Vec::new();
    let mut room = vec![0; STEP.min(data.len() / 2 + 1024)];
    let mut rest = data.as_slice();
    let done = vm.allow_threads(|| {
        loop {
            let (before_in, before_out) = (stream.total_in(), stream.total_out());
            let status = stream.compress(rest, &mut room, flush)?;
            let taken = (stream.total_in() - before_in) as usize;
            let given = (stream.total_out() - before_out) as usize;
            rest = &rest[taken.min(rest.len())..];
            if out.try_reserve(given).is_err() {
                return Ok::<bool, flate2::CompressError>(false);
            }
            out.extend_from_slice(&room[..given]);
            // There is more to come as long as the room was used up.
            if status == Status::StreamEnd || (given < room.len() && rest.is_empty()) {
                return Ok(true);
            }
        }
    });
    match done {
        Ok(true) => vm.try_bytes(&out).map(|bytes| bytes.into_value()),
        Ok(false) => Err(vm.memory_error()),
        Err(error) => Err(failed(vm, -2, "compressing", error.message())),
    }
}

fn inflater(vm: &Vm, args: &[Value]) -> PyResult {
    vm.check_room(STATE)?;
    let stream = match container(vm.arg_int(&args[1])?) {
        Some(Container::Zlib(window)) => {
            Inflating::Known(Decompress::new_with_window_bits(true, window))
        }
        Some(Container::Raw(window)) => {
            let mut stream = Decompress::new_with_window_bits(false, window);
            // Nothing in the stream will ask for it.
            if let Some(dictionary) = dictionary(vm, &args[2])?
                && let Err(error) = stream.set_dictionary(&dictionary)
            {
                return Err(failed(vm, -2, "setting zdict", error.message()));
            }
            Inflating::Known(stream)
        }
        Some(Container::Gzip(window)) => Inflating::Known(Decompress::new_gzip(window)),
        Some(Container::Either(window)) => Inflating::Unknown { window },
        None => return Err(invalid_option(vm)),
    };
    let stream = Inflater(RefCell::new(stream));
    Ok(alloc(&vm.native_class(&INFLATER), stream).into_value())
}

/// Decompresses up to `max_length` bytes (any number if it is negative): the bytes, how many of the
/// input were used, and whether the stream has ended.
fn inflate(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(Inflater(stream)) = args[1].payload::<Inflater>() else {
        return Err(wrong_receiver(vm, "_zlib.inflater"));
    };
    let data = vm.copied_bytes(&args[2])?;
    let limit = usize::try_from(vm.arg_ssize(&args[3])?).unwrap_or(usize::MAX);
    let dictionary = dictionary(vm, &args[4])?;
    let result = |out: &[u8], used: usize, end: bool| {
        let bytes = vm.try_bytes(out)?.into_value();
        Ok(vm.tuple_value([bytes, vm.int_usize(used), Value::bool(end)]))
    };
    let mut stream = stream.borrow_mut();
    if let Inflating::Unknown { window } = *stream {
        let Some(&first) = data.first() else {
            return result(&[], 0, false);
        };
        *stream = Inflating::Known(match first {
            0x1F => Decompress::new_gzip(window),
            _ => Decompress::new_with_window_bits(true, window),
        });
    }
    let Inflating::Known(stream) = &mut *stream else {
        return result(&[], 0, false);
    };
    let mut out = Vec::new();
    let mut room = vec![0; STEP.min(limit)];
    let mut used = 0;
    let done = vm.allow_threads(|| {
        let mut dictionary = dictionary;
        loop {
            let size = room.len().min(limit - out.len());
            let (before_in, before_out) = (stream.total_in(), stream.total_out());
            let step = stream.decompress(&data[used..], &mut room[..size], FlushDecompress::Sync);
            let taken = (stream.total_in() - before_in) as usize;
            let given = (stream.total_out() - before_out) as usize;
            used += taken;
            if out.try_reserve(given).is_err() {
                return Err((NO_MEMORY, None));
            }
            out.extend_from_slice(&room[..given]);
            match step {
                Ok(Status::StreamEnd) => return Ok(true),
                Ok(_) if out.len() >= limit || given < size => return Ok(false),
                Ok(_) => {}
                Err(error) => match (error.needs_dictionary(), dictionary.take()) {
                    (Some(_), Some(dictionary)) => {
                        if let Err(error) = stream.set_dictionary(&dictionary) {
                            return Err((-3, error.message().map(str::to_owned)));
                        }
                    }
                    (Some(_), None) => return Err((2, None)),
                    (None, _) => return Err((-3, error.message().map(str::to_owned))),
                },
            }
        }
    });
    match done {
        Ok(end) => result(&out, used, end),
        Err((NO_MEMORY, _)) => Err(vm.memory_error()),
        Err((code, reason)) => Err(failed(vm, code, "decompressing", reason.as_deref())),
    }
}
