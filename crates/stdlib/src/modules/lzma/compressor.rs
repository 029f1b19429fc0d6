//! `LZMACompressor`.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use lzma_rust2::{CheckType, LzmaWriter, XzOptions, XzWriter};
use runtime::Vm;
use runtime::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc,
};

use super::filters::{self, Chain};
use super::{
    CHECK_CRC32, CHECK_CRC64, CHECK_ID_MAX, CHECK_NONE, CHECK_SHA256, FORMAT_ALONE, FORMAT_RAW,
    FORMAT_XZ, Failure, lzma_error,
};
use crate::modules::compression::{Coder, compressor_methods, receiver};
use crate::native::fail_with;

/// Where the encoders write.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Encoder {
    Xz(Box<XzWriter<Sink>>),
    Lzma(Box<LzmaWriter<Sink>>),
    /// LZMA2 behind other filters without a container: a container's only block, taken out of it.
    Block(Box<XzWriter<Sink>>, BlockOnly),
}

/// Payload of `LZMACompressor`; None once it was flushed.
struct Compressor {
    encoder: RefCell<Option<Encoder>>,
    out: Sink,
}

impl Payload for Compressor {
    const KIND: Kind = crate::kinds::LZMA_COMPRESSOR;
    const NAME: &'static str = "LZMACompressor";
    const COLLECTED: bool = false;
}

impl Coder for Compressor {
    const MODULE: &'static str = "_lzma";
    const CLASS: &'static str = "_lzma.LZMACompressor";
}

static METHODS: [MethodDef; 3] = compressor_methods::<Compressor>(compress, flush);

pub(super) static SPEC: TypeSpec = TypeSpec {
    doc: "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\n\
          Create a compressor object for compressing data incrementally.\n\n\
          format specifies the container format to use for the output. This can\n\
          be FORMAT_XZ (default), FORMAT_ALONE, or FORMAT_RAW.\n\n\
          check specifies the integrity check to use. For FORMAT_XZ, the default\n\
          is CHECK_CRC64. FORMAT_ALONE and FORMAT_RAW do not support integrity\n\
          checks; for these formats, check must be omitted, or be CHECK_NONE.\n\n\
          The settings used by the compressor can be specified either as a\n\
          preset compression level (with the 'preset' argument), or in detail\n\
          as a custom filter chain (with the 'filters' argument). For FORMAT_XZ\n\
          and FORMAT_ALONE, the default is to use the PRESET_DEFAULT preset\n\
          level. For FORMAT_RAW, the caller must always specify a filter chain;\n\
          the raw compressor does not support preset compression levels.\n\n\
          preset (if provided) should be an integer in the range 0-9, optionally\n\
          OR-ed with the constant PRESET_EXTREME.\n\n\
          filters (if provided) should be a sequence of dicts. Each dict should\n\
          have an entry for \"id\" indicating the ID of the filter, plus\n\
          additional entries for options to the filter.\n\n\
          For one-shot compression, use the compress() function instead.\n",
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &METHODS,
    ..TypeSpec::of::<Compressor>(Compressor::CLASS)
};

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let signature = "(format=FORMAT_XZ, check=-1, preset=None, filters=None)";
    let args = vm.bind_parameters("LZMACompressor", signature, args)?;
    let int = |place: usize, default: i32| match args[place].given() {
        Some(value) => vm.arg_int(value),
        None => Ok(default),
    };
    let (format, check) = (int(0, FORMAT_XZ)?, int(1, -1)?);
    let (preset, filters) = (args[2].given_not_none(), args[3].given_not_none());
    if format != FORMAT_XZ && check != -1 && check != CHECK_NONE {
        return Err(vm.value_error("Integrity checks are only supported by FORMAT_XZ"));
    }
    if preset.is_some() && filters.is_some() {
        return Err(vm.value_error("Cannot specify both preset and filter chain"));
    }
    let preset = preset.map_or(Ok(6), |preset| filters::unsigned(vm, preset))?;
    if !(FORMAT_XZ..=FORMAT_RAW).contains(&format) {
        return Err(vm.value_error(format!("Invalid container format: {format}")));
    }
    let chain = match filters {
        Some(filters) => filters::chain(vm, filters)?,
        None if format == FORMAT_RAW => {
            return Err(vm.value_error("Must specify filters for FORMAT_RAW"));
        }
        None => {
            let Some(options) = filters::preset(preset) else {
                return Err(match format {
                    FORMAT_XZ => lzma_error(vm, Failure::Options),
                    _ => {
                        let message = format!("Invalid compression preset: {preset}");
                        fail_with(vm, "_lzma", "LZMAError", &message)
                    }
                });
            };
            Chain {
                before: Vec::new(),
                options,
                first_version: format == FORMAT_ALONE,
            }
        }
    };
    let out = Sink::default();
    let encoder = encoder(vm, format, check, chain, &out)?;
    let new = Compressor {
        encoder: RefCell::new(Some(encoder)),
        out,
    };
    Ok(alloc(class, new).into_value())
}

fn encoder(vm: &Vm, format: i32, check: i32, chain: Chain, out: &Sink) -> PyResult<Encoder> {
    let Chain {
        before,
        mut options,
        first_version,
    } = chain;
    // Shorter matches than these are not looked for.
    options.nice_len = options.nice_len.max(lzma_rust2::LzmaOptions::NICE_LEN_MIN);
    let failed = |error: std::io::Error| lzma_error(vm, error.into());
    if format == FORMAT_ALONE && (!first_version || !before.is_empty()) {
        return Err(
            vm.value_error("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter")
        );
    }
    if first_version {
        if format == FORMAT_XZ {
            return Err(fail_with(vm, "_lzma", "LZMAError", "Internal error"));
        }
        if !before.is_empty() {
            return Err(lzma_error(vm, Failure::Options));
        }
        let header = format == FORMAT_ALONE;
        let writer = LzmaWriter::new(out.clone(), &options, header, true, None);
        return Ok(Encoder::Lzma(Box::new(writer.map_err(failed)?)));
    }
    let check_type = match check {
        _ if format == FORMAT_RAW => CheckType::None,
        -1 | CHECK_CRC64 => CheckType::Crc64,
        CHECK_NONE => CheckType::None,
        CHECK_CRC32 => CheckType::Crc32,
        CHECK_SHA256 => CheckType::Sha256,
        _ if (0..=CHECK_ID_MAX).contains(&check) => {
            let message = "Unsupported integrity check";
            return Err(fail_with(vm, "_lzma", "LZMAError", message));
        }
        _ => return Err(fail_with(vm, "_lzma", "LZMAError", "Internal error")),
    };
    let options = XzOptions {
        lzma_options: options,
        check_type,
        block_size: None,
        filters: before,
    };
    let writer = Box::new(XzWriter::new(out.clone(), options).map_err(failed)?);
    Ok(match format {
        FORMAT_RAW => Encoder::Block(writer, BlockOnly::default()),
        _ => Encoder::Xz(writer),
    })
}

fn compress(vm: &Vm, args: &[Value]) -> PyResult {
    let data = vm.buffer(&args[1])?.to_vec();
    let this = receiver::<Compressor>(vm, &args[0])?;
    let mut encoder = this.encoder.borrow_mut();
    let Some(encoder) = &mut *encoder else {
        return Err(vm.value_error("Compressor has been flushed"));
    };
    let written = match encoder {
        Encoder::Xz(writer) | Encoder::Block(writer, _) => writer.write_all(&data),
        Encoder::Lzma(writer) => writer.write_all(&data),
    };
    written.map_err(|error| lzma_error(vm, error.into()))?;
    let mut out = this.out.0.take();
    if let Encoder::Block(_, block) = encoder {
        out = block.pass(out);
    }
    Ok(vm.try_bytes(&out)?.into_value())
}

fn flush(vm: &Vm, args: &[Value]) -> PyResult {
    let this = receiver::<Compressor>(vm, &args[0])?;
    let mut block = None;
    let finished = match this.encoder.take() {
        None => return Err(vm.value_error("Repeated call to flush()")),
        Some(Encoder::Xz(writer)) => writer.finish(),
        Some(Encoder::Lzma(writer)) => writer.finish(),
        Some(Encoder::Block(writer, only)) => {
            block = Some(only);
            writer.finish()
        }
    };
    finished.map_err(|error| lzma_error(vm, error.into()))?;
    let mut out = this.out.0.take();
    if let Some(block) = block {
        out = block.finish(out);
    }
    Ok(vm.try_bytes(&out)?.into_value())
}

/// Lets through what is in the only block of an `.xz` stream without check.
#[derive(Default)]
struct BlockOnly {
    /// What came before the block's header was complete.
    head: Vec<u8>,
    /// The length of the block's header; 0 while it is not complete.
    header: usize,
    passed: usize,
}

const STREAM_HEADER: usize = 12;
const STREAM_FOOTER: usize = 12;

impl BlockOnly {
    fn pass(&mut self, data: Vec<u8>) -> Vec<u8> {
        if self.header != 0 {
            self.passed += data.len();
            return data;
        }
        self.head.extend_from_slice(&data);
        match self.head.get(STREAM_HEADER) {
            // A zero begins the index: there is no block.
            None | Some(0) => Vec::new(),
            Some(&size) => {
                let header = (usize::from(size) + 1) * 4;
                if self.head.len() < STREAM_HEADER + header {
                    return Vec::new();
                }
                self.header = header;
                let data = self.head.split_off(STREAM_HEADER + header);
                self.passed = data.len();
                data
            }
        }
    }

    /// The rest, of which padding, index and footer are no part.
    fn finish(mut self, data: Vec<u8>) -> Vec<u8> {
        let before = self.passed;
        let index = index_of(&data);
        let mut rest = self.pass(data);
        if self.header == 0 {
            // The end of LZMA2 where nothing was compressed.
            return vec![0];
        }
        rest.truncate((index as usize).saturating_sub(self.header + before));
        rest
    }
}

/// The length of the only block of a stream, by the index at the stream's end.
fn index_of(data: &[u8]) -> u64 {
    let length = || -> Option<u64> {
        let footer = data.len().checked_sub(STREAM_FOOTER)?;
        let size = data.get(footer + 4..)?.first_chunk::<4>()?;
        let index = footer.checked_sub((u32::from_le_bytes(*size) as usize + 1) * 4)?;
        let mut length = 0;
        // Behind a zero and the number of blocks.
        for (place, byte) in data.get(index + 2..)?.iter().take(9).enumerate() {
            length |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(length);
            }
        }
        None
    };
    length().unwrap_or(0)
}
