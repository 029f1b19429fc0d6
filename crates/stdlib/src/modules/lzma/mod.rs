//! `_lzma`: compression by LZMA, in the containers `.xz` and `.lzma` and without one.
//!
//! `filters` reads chains of filters, `compressor` and `decompressor` hold the classes.

mod compressor;
mod decompressor;
mod filters;

use std::io::Error;

use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, Ref};
use runtime::{PyResult, Raised, Value, Vm};

use crate::native::fail_with;

const FORMAT_AUTO: i32 = 0;
const FORMAT_XZ: i32 = 1;
const FORMAT_ALONE: i32 = 2;
const FORMAT_RAW: i32 = 3;

const CHECK_NONE: i32 = 0;
const CHECK_CRC32: i32 = 1;
const CHECK_CRC64: i32 = 4;
const CHECK_SHA256: i32 = 10;
const CHECK_ID_MAX: i32 = 15;
const CHECK_UNKNOWN: i32 = 16;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_lzma",
    "",
    &[
        MethodDef::bound(
            "is_check_supported",
            "($module, check_id, /)",
            "Test whether the given integrity check is supported.\n\n\
             Always returns True for CHECK_NONE and CHECK_CRC32.",
            |vm, args| {
                let check = vm.arg_int(&args[1])?;
                let known = [CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256];
                Ok(Value::bool(known.contains(&check)))
            },
        ),
        MethodDef::bound(
            "_encode_filter_properties",
            "($module, filter, /)",
            "Return a bytes object encoding the options (properties) of the filter specified by \
             *filter* (a dict).\n\nThe result does not include the filter ID itself, only the \
             options.",
            |vm, args| {
                let properties = filters::filter(vm, &args[1])?.properties();
                Ok(vm.bytes_value(&properties))
            },
        ),
        MethodDef::bound(
            "_decode_filter_properties",
            "($module, filter_id, encoded_props, /)",
            "Return a bytes object encoding the options (properties) of the filter specified by \
             *filter* (a dict).\n\nThe result does not include the filter ID itself, only the \
             options.",
            |vm, args| {
                let id = filters::unsigned_long(vm, &args[1])?;
                filters::specification(vm, id, &vm.buffer(&args[2])?.to_vec())
            },
        ),
    ],
)
.with_init(|vm, _, namespace| {
    let base = &vm.types.exceptions.exception;
    let error = vm.native_exception("_lzma", "LZMAError", base)?;
    vm.set_attr(
        &error,
        &vm.intern("__doc__"),
        &vm.str_value("Call to liblzma failed."),
    )?;
    vm.define(namespace, "LZMAError", error)?;
    for (name, spec) in [
        ("LZMACompressor", &compressor::SPEC),
        ("LZMADecompressor", &decompressor::SPEC),
    ] {
        vm.define(namespace, name, vm.native_class(spec).into_value())?;
    }
    constants(vm, namespace)
});

fn constants(vm: &Vm, namespace: &Ref<Dict>) -> PyResult<()> {
    for (name, value) in [
        ("FORMAT_AUTO", FORMAT_AUTO),
        ("FORMAT_XZ", FORMAT_XZ),
        ("FORMAT_ALONE", FORMAT_ALONE),
        ("FORMAT_RAW", FORMAT_RAW),
        ("CHECK_NONE", CHECK_NONE),
        ("CHECK_CRC32", CHECK_CRC32),
        ("CHECK_CRC64", CHECK_CRC64),
        ("CHECK_SHA256", CHECK_SHA256),
        ("CHECK_ID_MAX", CHECK_ID_MAX),
        ("CHECK_UNKNOWN", CHECK_UNKNOWN),
        ("MODE_FAST", filters::MODE_FAST as i32),
        ("MODE_NORMAL", filters::MODE_NORMAL as i32),
        ("MF_HC3", 3),
        ("MF_HC4", 4),
        ("MF_BT2", 18),
        ("MF_BT3", 19),
        ("MF_BT4", 20),
    ] {
        vm.define(namespace, name, vm.int(value.into()))?;
    }
    for (name, value) in filters::IDS {
        vm.define(namespace, name, vm.int(value as i64))?;
    }
    vm.define(namespace, "PRESET_DEFAULT", vm.int(6))?;
    vm.define(namespace, "PRESET_EXTREME", vm.int(filters::EXTREME.into()))
}

/// What has gone wrong, in the words of liblzma's callers.
#[derive(Clone, Copy)]
enum Failure {
    Memory,
    Format,
    Options,
    Data,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::OutOfMemory => Failure::Memory,
            ErrorKind::Unsupported | ErrorKind::InvalidInput => Failure::Options,
            _ => Failure::Data,
        }
    }
}

#[cold]
fn lzma_error(vm: &Vm, failure: Failure) -> Raised {
    fail_with(
        vm,
        "_lzma",
        "LZMAError",
        match failure {
            Failure::Memory => "Memory usage limit exceeded",
            Failure::Format => "Input format not supported by decoder",
            Failure::Options => "Invalid or unsupported options",
            Failure::Data => "Corrupt input data",
        },
    )
}
