//! `_bz2`: compression by bzip2.
//!
//! Streams keep the interpreter's lock while they work: two threads may share one.

use std::cell::{Cell, RefCell};

use bzip2::{Action, Compress, Compression, Decompress, Status};
use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc,
};

use crate::native::wrong_receiver;

/// The module.
pub static MODULE: NativeModule =
    NativeModule::new("_bz2", "", &[]).with_init(|vm, _, namespace| {
        for (name, spec) in [
            ("BZ2Compressor", &COMPRESSOR),
            ("BZ2Decompressor", &DECOMPRESSOR),
        ] {
            vm.define(namespace, name, vm.native_class(spec).into_value())?;
        }
        Ok(())
    });

/// Room for what one step puts out.
const STEP: usize = 1 << 16;

/// Payload of `BZ2Compressor`; None once it was flushed.
struct Compressor(RefCell<Option<Compress>>);

impl Payload for Compressor {
    const KIND: Kind = crate::kinds::BZ2_COMPRESSOR;
    const NAME: &'static str = "BZ2Compressor";
    const COLLECTED: bool = false;
}

static COMPRESSOR: TypeSpec = TypeSpec {
    doc: "Create a compressor object for compressing data incrementally.\n\n  \
          compresslevel\n    Compression level, as a number between 1 and 9.\n\n\
          For one-shot compression, use the compress() function instead.",
    slots: TypeSlots {
        new: Some(new_compressor),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "compress",
            "($self, data, /)",
            "Provide data to the compressor object.\n\n\
             Returns a chunk of compressed data if possible, or b'' otherwise.\n\n\
             When you have finished providing data to the compressor, call the\n\
             flush() method to finish the compression process.",
            |vm, args| {
                let data = vm.copied_bytes(&args[1])?;
                let mut stream = compressor_of(vm, &args[0])?.0.borrow_mut();
                match &mut *stream {
                    Some(stream) => compress(vm, stream, &data, Action::Run),
                    None => Err(vm.value_error("Compressor has been flushed")),
                }
            },
        ),
        MethodDef::bound(
            "flush",
            "($self, /)",
            "Finish the compression process.\n\n\
             Returns the compressed data left in internal buffers.\n\n\
             The compressor object may not be used after this method is called.",
            |vm, args| match compressor_of(vm, &args[0])?.0.take() {
                Some(mut stream) => compress(vm, &mut stream, &[], Action::Finish),
                None => Err(vm.value_error("Repeated call to flush()")),
            },
        ),
        MethodDef::bound("__getstate__", "($self, /)", "", |vm, args| {
            let name = vm.class_name(&args[0]);
            Err(vm.type_error(format!("cannot pickle '_bz2.{name}' object")))
        }),
    ],
    ..TypeSpec::of::<Compressor>("_bz2.BZ2Compressor")
};

fn compressor_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Compressor> {
    this.payload::<Compressor>()
        .ok_or_else(|| wrong_receiver(vm, "_bz2.BZ2Compressor"))
}

fn new_compressor(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("BZ2Compressor() takes no keyword arguments"));
    }
    let level = match args.values {
        [] => 9,
        [level] => vm.arg_int(level)?,
        values => {
            return Err(vm.type_error(format!(
                "BZ2Compressor expected at most 1 argument, got {}",
                values.len()
            )));
        }
    };
    if !(1..=9).contains(&level) {
        return Err(vm.value_error("compresslevel must be between 1 and 9"));
    }
    let stream = Compress::new(Compression::new(level as u32), 0);
    Ok(alloc(class, Compressor(RefCell::new(Some(stream)))).into_value())
}

fn compress(vm: &Vm, stream: &mut Compress, data: &[u8], action: Action) -> PyResult {
    let mut out = Vec::new();
    let mut room = vec![0; STEP];
    let mut rest = data;
    let mut run = || {
        loop {
            if rest.is_empty() && action == Action::Run {
                return true;
            }
            let (before_in, before_out) = (stream.total_in(), stream.total_out());
            let Ok(status) = stream.compress(rest, &mut room, action) else {
                return false;
            };
            let taken = (stream.total_in() - before_in) as usize;
            let given = (stream.total_out() - before_out) as usize;
            rest = rest.get(taken..).unwrap_or_default();
            out.extend_from_slice(room.get(..given).unwrap_or_default());
            if status == Status::StreamEnd {
                return true;
            }
        }
    };
    match run() {
        true => Ok(vm.try_bytes(&out)?.into_value()),
        false => Err(vm.value_error("Internal error - invalid parameters passed to libbzip2")),
    }
}

/// Payload of `BZ2Decompressor`.
struct Decompressor {
    stream: RefCell<Decompress>,
    /// Input that waits for there to be room for what it stands for.
    waiting: RefCell<Vec<u8>>,
    unused: RefCell<Vec<u8>>,
    ended: Cell<bool>,
    needs_input: Cell<bool>,
}

impl Payload for Decompressor {
    const KIND: Kind = crate::kinds::BZ2_DECOMPRESSOR;
    const NAME: &'static str = "BZ2Decompressor";
    const COLLECTED: bool = false;
}

static DECOMPRESSOR: TypeSpec = TypeSpec {
    doc: "Create a decompressor object for decompressing data incrementally.\n\n\
          For one-shot decompression, use the decompress() function instead.",
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            if !args.names.is_empty() {
                return Err(vm.type_error("BZ2Decompressor() takes no keyword arguments"));
            }
            if !args.values.is_empty() {
                return Err(vm.type_error("BZ2Decompressor() takes no positional arguments"));
            }
            let new = Decompressor {
                stream: RefCell::new(Decompress::new(false)),
                waiting: RefCell::default(),
                unused: RefCell::default(),
                ended: Cell::new(false),
                needs_input: Cell::new(true),
            };
            Ok(alloc(class, new).into_value())
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "decompress",
            "($self, /, data, max_length=-1)",
            "Decompress *data*, returning uncompressed data as bytes.\n\n\
             If *max_length* is nonnegative, returns at most *max_length* bytes of\n\
             decompressed data. If this limit is reached and further output can be\n\
             produced, *self.needs_input* will be set to ``False``. In this case, the next\n\
             call to *decompress()* may provide *data* as b'' to obtain more of the output.\n\n\
             If all of the input data was decompressed and returned (either because this\n\
             was less than *max_length* bytes, or because *max_length* was negative),\n\
             *self.needs_input* will be set to True.\n\n\
             Attempting to decompress data after the end of stream is reached raises an\n\
             EOFError.  Any data found after the end of the stream is ignored and saved in\n\
             the unused_data attribute.",
            decompress,
        ),
        MethodDef::bound("__getstate__", "($self, /)", "", |vm, args| {
            let name = vm.class_name(&args[0]);
            Err(vm.type_error(format!("cannot pickle '_bz2.{name}' object")))
        }),
    ],
    getset: &[
        GetSetDef::read_only(
            "eof",
            "True if the end-of-stream marker has been reached.",
            |vm, this| Ok(Value::bool(decompressor_of(vm, this)?.ended.get())),
        )
        .as_member(),
        GetSetDef::read_only(
            "unused_data",
            "Data found after the end of the compressed stream.",
            |vm, this| Ok(vm.bytes_value(&decompressor_of(vm, this)?.unused.borrow())),
        )
        .as_member(),
        GetSetDef::read_only(
            "needs_input",
            "True if more input is needed before more decompressed data can be produced.",
            |vm, this| Ok(Value::bool(decompressor_of(vm, this)?.needs_input.get())),
        )
        .as_member(),
    ],
    ..TypeSpec::of::<Decompressor>("_bz2.BZ2Decompressor")
};

fn decompressor_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Decompressor> {
    this.payload::<Decompressor>()
        .ok_or_else(|| wrong_receiver(vm, "_bz2.BZ2Decompressor"))
}

fn decompress(vm: &Vm, args: &[Value]) -> PyResult {
    let this = decompressor_of(vm, &args[0])?;
    let data = vm.copied_bytes(&args[1])?;
    let limit = match args[2].given() {
        Some(limit) => usize::try_from(vm.arg_ssize(limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    if this.ended.get() {
        let class = &vm.types.exceptions.eof_error;
        return Err(vm.raise(class, "End of stream already reached"));
    }
    let mut input = this.waiting.take();
    input.extend_from_slice(&data);
    let mut out = Vec::new();
    let mut room = vec![0; STEP.min(limit.max(1))];
    let mut used = 0;
    let mut stream = this.stream.borrow_mut();
    // Whether the stream has ended, and whether it could give more with the input that there is.
    let mut run = || {
        loop {
            let size = room.len().min(limit - out.len());
            if size == 0 {
                return Some((false, true));
            }
            let (before_in, before_out) = (stream.total_in(), stream.total_out());
            let rest = input.get(used..).unwrap_or_default();
            let status = stream.decompress(rest, &mut room[..size]).ok()?;
            let taken = (stream.total_in() - before_in) as usize;
            let given = (stream.total_out() - before_out) as usize;
            used += taken;
            out.extend_from_slice(room.get(..given).unwrap_or_default());
            if status == Status::StreamEnd {
                return Some((true, false));
            }
            if given < size && used >= input.len() {
                return Some((false, false));
            }
        }
    };
    let Some((ended, more)) = run() else {
        return Err(vm.raise(&vm.types.exceptions.os_error, "Invalid data stream"));
    };
    this.ended.set(ended);
    this.needs_input.set(!ended && !more);
    let rest = input.split_off(used.min(input.len()));
    match ended {
        true => *this.unused.borrow_mut() = rest,
        false => *this.waiting.borrow_mut() = rest,
    }
    Ok(vm.try_bytes(&out)?.into_value())
}
