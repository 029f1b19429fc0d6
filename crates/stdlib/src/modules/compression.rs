//! What the streams of `_bz2` and `_lzma` have in common: their methods, and what decompressors
//! tell of themselves.

use runtime::Vm;
use runtime::object::{GetSetDef, MethodDef, Payload, PyResult, Value};

use crate::native::wrong_receiver;

/// Room for what one step puts out.
pub(super) const STEP: usize = 1 << 16;

/// The payload of a class of either module.
pub(super) trait Coder: Payload {
    /// The name of the module.
    const MODULE: &'static str;
    /// The name of the class with that of the module.
    const CLASS: &'static str;
}

/// The payload of a decompressor.
pub(super) trait Decompressing: Coder {
    /// Whether the end of the stream was met.
    fn at_end(&self) -> bool;

    /// Whether there is nothing left that could be put out without more input.
    fn needs_input(&self) -> bool;

    /// What came behind the end of the stream.
    fn unused(&self, vm: &Vm) -> Value;
}

type Native = fn(&Vm, &[Value]) -> PyResult;

/// The payload of a method's receiver.
pub(super) fn receiver<'a, T: Coder>(vm: &Vm, this: &'a Value) -> PyResult<&'a T> {
    this.payload().ok_or_else(|| wrong_receiver(vm, T::CLASS))
}

/// `max_length` of a call of `decompress`.
pub(super) fn output_limit(vm: &Vm, argument: &Value) -> PyResult<usize> {
    Ok(match argument.given() {
        Some(limit) => usize::try_from(vm.arg_ssize(limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    })
}

/// The methods of a compressor.
pub(super) const fn compressor_methods<T: Coder>(
    compress: Native,
    flush: Native,
) -> [MethodDef; 3] {
    [
        MethodDef::bound(
            "compress",
            "($self, data, /)",
            "Provide data to the compressor object.\n\n\
             Returns a chunk of compressed data if possible, or b'' otherwise.\n\n\
             When you have finished providing data to the compressor, call the\n\
             flush() method to finish the compression process.",
            compress,
        ),
        MethodDef::bound(
            "flush",
            "($self, /)",
            "Finish the compression process.\n\n\
             Returns the compressed data left in internal buffers.\n\n\
             The compressor object may not be used after this method is called.",
            flush,
        ),
        MethodDef::bound("__getstate__", "($self, /)", "", refuse_pickling::<T>),
    ]
}

/// The methods of a decompressor.
pub(super) const fn decompressor_methods<T: Coder>(decompress: Native) -> [MethodDef; 2] {
    [
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
        MethodDef::bound("__getstate__", "($self, /)", "", refuse_pickling::<T>),
    ]
}

/// `eof`.
pub(super) const fn eof<T: Decompressing>() -> GetSetDef {
    GetSetDef::read_only(
        "eof",
        "True if the end-of-stream marker has been reached.",
        |vm, this| Ok(Value::bool(receiver::<T>(vm, this)?.at_end())),
    )
    .as_member()
}

/// `needs_input`.
pub(super) const fn needs_input<T: Decompressing>() -> GetSetDef {
    GetSetDef::read_only(
        "needs_input",
        "True if more input is needed before more decompressed data can be produced.",
        |vm, this| Ok(Value::bool(receiver::<T>(vm, this)?.needs_input())),
    )
    .as_member()
}

/// `unused_data`.
pub(super) const fn unused_data<T: Decompressing>() -> GetSetDef {
    GetSetDef::read_only(
        "unused_data",
        "Data found after the end of the compressed stream.",
        |vm, this| Ok(receiver::<T>(vm, this)?.unused(vm)),
    )
    .as_member()
}

fn refuse_pickling<T: Coder>(vm: &Vm, args: &[Value]) -> PyResult {
    let name = vm.class_name(&args[0]);
    Err(vm.type_error(format!("cannot pickle '{}.{name}' object", T::MODULE)))
}
