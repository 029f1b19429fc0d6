//! `_bz2`: compression by bzip2.
//!
//! Streams keep the interpreter's lock while they work: two threads may share one.

use std::cell::{Cell, RefCell};

use bzip2::{Action, Compress, Compression, Decompress, Status};
use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc,
};

use super::compression::{
    Coder, Decompressing, STEP, compressor_methods, decompressor_methods, eof, needs_input,
    output_limit, receiver, unused_data,
};

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

/// Payload of `BZ2Compressor`; None once it was flushed.
struct Compressor(RefCell<Option<Compress>>);

impl Payload for Compressor {
    const KIND: Kind = crate::kinds::BZ2_COMPRESSOR;
    const NAME: &'static str = "BZ2Compressor";
    const COLLECTED: bool = false;
}

impl Coder for Compressor {
    const MODULE: &'static str = "_bz2";
    const CLASS: &'static str = "_bz2.BZ2Compressor";
}

static COMPRESSOR_METHODS: [MethodDef; 3] = compressor_methods::<Compressor>(
    |vm, args| {
        let data = vm.copied_bytes(&args[1])?;
        let mut stream = receiver::<Compressor>(vm, &args[0])?.0.borrow_mut();
        match &mut *stream {
            Some(stream) => compress(vm, stream, &data, Action::Run),
            None => Err(vm.value_error("Compressor has been flushed")),
        }
    },
    |vm, args| match receiver::<Compressor>(vm, &args[0])?.0.take() {
        Some(mut stream) => compress(vm, &mut stream, &[], Action::Finish),
        None => Err(vm.value_error("Repeated call to flush()")),
    },
);

static COMPRESSOR: TypeSpec = TypeSpec {
    doc: "Create a compressor object for compressing data incrementally.\n\n  \
          compresslevel\n    Compression level, as a number between 1 and 9.\n\n\
          For one-shot compression, use the compress() function instead.",
    signature: "(compresslevel=9, /)",
    slots: TypeSlots {
        new: Some(new_compressor),
        ..TypeSlots::EMPTY
    },
    methods: &COMPRESSOR_METHODS,
    ..TypeSpec::of::<Compressor>(Compressor::CLASS)
};

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

impl Coder for Decompressor {
    const MODULE: &'static str = "_bz2";
    const CLASS: &'static str = "_bz2.BZ2Decompressor";
}

impl Decompressing for Decompressor {
    fn at_end(&self) -> bool {
        self.ended.get()
    }

    fn needs_input(&self) -> bool {
        self.needs_input.get()
    }

    fn unused(&self, vm: &Vm) -> Value {
        vm.bytes_value(&self.unused.borrow())
    }
}

static DECOMPRESSOR_METHODS: [MethodDef; 2] = decompressor_methods::<Decompressor>(decompress);

static DECOMPRESSOR: TypeSpec = TypeSpec {
    doc: "Create a decompressor object for decompressing data incrementally.\n\n\
          For one-shot decompression, use the decompress() function instead.",
    signature: "()",
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
    methods: &DECOMPRESSOR_METHODS,
    getset: &[
        eof::<Decompressor>(),
        unused_data::<Decompressor>(),
        needs_input::<Decompressor>(),
    ],
    ..TypeSpec::of::<Decompressor>(Decompressor::CLASS)
};

fn decompress(vm: &Vm, args: &[Value]) -> PyResult {
    let this = receiver::<Decompressor>(vm, &args[0])?;
    let data = vm.copied_bytes(&args[1])?;
    let limit = output_limit(vm, &args[2])?;
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
