//! `LZMADecompressor`.

use std::cell::{Cell, RefCell};

use lzma_rust2::filter::StreamFilter;
use lzma_rust2::{Action, CheckType, Lzma2Stream, LzmaStream, Status, StreamResult, XzStream};
use runtime::Vm;
use runtime::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc,
};

use super::filters::{self, Chain};
use super::{
    CHECK_CRC32, CHECK_CRC64, CHECK_NONE, CHECK_SHA256, CHECK_UNKNOWN, FORMAT_ALONE, FORMAT_AUTO,
    FORMAT_RAW, FORMAT_XZ, Failure, lzma_error,
};
use crate::modules::compression::{
    Coder, Decompressing, STEP, decompressor_methods, eof, needs_input, output_limit, receiver,
    unused_data,
};

/// What a `.lzma` stream begins with: properties, size of the dictionary, size of the data.
const ALONE_HEADER: usize = 13;

enum Stream {
    /// The first bytes will tell, or may still be refused.
    Unknown {
        format: i32,
        limit: u32,
    },
    Xz(Box<XzStream>),
    Lzma(Box<LzmaStream>),
    Lzma2(Box<Lzma2Stream>),
}

/// A filter behind the stream, with what it holds back.
struct Stage {
    filter: StreamFilter,
    held: Vec<u8>,
}

struct State {
    stream: Stream,
    stages: Vec<Stage>,
    /// Input that waits for there to be room for what it stands for.
    waiting: Vec<u8>,
    /// Output that waits for being asked for.
    ready: Vec<u8>,
    ended: bool,
    unused: Vec<u8>,
}

/// Payload of `LZMADecompressor`.
struct Decompressor {
    state: RefCell<State>,
    check: Cell<i32>,
    eof: Cell<bool>,
    needs_input: Cell<bool>,
}

impl Payload for Decompressor {
    const KIND: Kind = crate::kinds::LZMA_DECOMPRESSOR;
    const NAME: &'static str = "LZMADecompressor";
    const COLLECTED: bool = false;
}

impl Coder for Decompressor {
    const MODULE: &'static str = "_lzma";
    const CLASS: &'static str = "_lzma.LZMADecompressor";
}

impl Decompressing for Decompressor {
    fn at_end(&self) -> bool {
        self.eof.get()
    }

    fn needs_input(&self) -> bool {
        self.needs_input.get()
    }

    fn unused(&self, vm: &Vm) -> Value {
        vm.bytes_value(&self.state.borrow().unused)
    }
}

static METHODS: [MethodDef; 2] = decompressor_methods::<Decompressor>(decompress);

const SIGNATURE: &str = "(format=FORMAT_AUTO, memlimit=None, filters=None)";

pub(super) static SPEC: TypeSpec = TypeSpec {
    doc: "Create a decompressor object for decompressing data incrementally.\n\n  \
          format\n    Specifies the container format of the input stream.  If this is\n    \
          FORMAT_AUTO (the default), the decompressor will automatically detect\n    \
          whether the input is FORMAT_XZ or FORMAT_ALONE.  Streams created with\n    \
          FORMAT_RAW cannot be autodetected.\n  \
          memlimit\n    Limit the amount of memory used by the decompressor.  This will cause\n    \
          decompression to fail if the input cannot be decompressed within the\n    given limit.\n  \
          filters\n    A custom filter chain.  This argument is required for FORMAT_RAW, and\n    \
          not accepted with any other format.  When provided, this should be a\n    \
          sequence of dicts, each indicating the ID and options for a single\n    filter.\n\n\
          For one-shot decompression, use the decompress() function instead.",
    signature: SIGNATURE,
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &METHODS,
    getset: &[
        GetSetDef::read_only(
            "check",
            "ID of the integrity check used by the input stream.",
            |vm, value| Ok(vm.int(receiver::<Decompressor>(vm, value)?.check.get().into())),
        )
        .as_member(),
        eof::<Decompressor>(),
        needs_input::<Decompressor>(),
        unused_data::<Decompressor>(),
    ],
    ..TypeSpec::of::<Decompressor>(Decompressor::CLASS)
};

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("LZMADecompressor", SIGNATURE, args)?;
    let format = match args[0].given() {
        Some(format) => vm.arg_int(format)?,
        None => FORMAT_AUTO,
    };
    let mut limit = u32::MAX;
    if let Some(given) = args[1].given_not_none() {
        if format == FORMAT_RAW {
            return Err(vm.value_error("Cannot specify memory limit with FORMAT_RAW"));
        }
        limit = u32::try_from(filters::unsigned_long(vm, given)? >> 10).unwrap_or(u32::MAX);
    }
    let filters = args[2].given_not_none();
    if format == FORMAT_RAW && filters.is_none() {
        return Err(vm.value_error("Must specify filters for FORMAT_RAW"));
    }
    if format != FORMAT_RAW && filters.is_some() {
        return Err(vm.value_error("Cannot specify filters except with FORMAT_RAW"));
    }
    if !(FORMAT_AUTO..=FORMAT_RAW).contains(&format) {
        return Err(vm.value_error(format!("Invalid container format: {format}")));
    }
    let (stream, stages) = match filters {
        None => (Stream::Unknown { format, limit }, Vec::new()),
        Some(filters) => {
            let chain = filters::chain(vm, filters)?;
            raw(chain).map_err(|failure| lzma_error(vm, failure))?
        }
    };
    let known = format == FORMAT_ALONE || format == FORMAT_RAW;
    let new = Decompressor {
        state: RefCell::new(State {
            stream,
            stages,
            waiting: Vec::new(),
            ready: Vec::new(),
            ended: false,
            unused: Vec::new(),
        }),
        check: Cell::new(if known { CHECK_NONE } else { CHECK_UNKNOWN }),
        eof: Cell::new(false),
        needs_input: Cell::new(true),
    };
    Ok(alloc(class, new).into_value())
}

/// The decoder of a chain without a container.
fn raw(chain: Chain) -> Result<(Stream, Vec<Stage>), Failure> {
    let Chain {
        before,
        options,
        first_version,
    } = chain;
    let size = options.dict_size;
    let stream = if first_version {
        let (lc, lp, pb) = (options.lc, options.lp, options.pb);
        Stream::Lzma(Box::new(LzmaStream::new(u64::MAX, lc, lp, pb, size, None)?))
    } else {
        Stream::Lzma2(Box::new(Lzma2Stream::new(size)))
    };
    let stages = before.iter().rev().map(|config| {
        Ok(Stage {
            filter: StreamFilter::new(config)?,
            held: Vec::new(),
        })
    });
    Ok((stream, stages.collect::<Result<_, Failure>>()?))
}

impl Stream {
    fn step(&mut self, input: &[u8], room: &mut [u8]) -> Result<StreamResult, Failure> {
        let done = match self {
            Stream::Unknown { .. } => Ok(StreamResult {
                bytes_consumed: 0,
                bytes_produced: 0,
                status: Status::Ok,
            }),
            Stream::Xz(stream) => {
                let started = stream.streams_started() > 0;
                let done = stream.process(input, room, Action::Run);
                // What is no such stream at all is told apart from what is damaged.
                if done.is_err() && !started && !is_xz(input) {
                    return Err(Failure::Format);
                }
                done
            }
            Stream::Lzma(stream) => stream.process(input, room, Action::Run),
            Stream::Lzma2(stream) => stream.process(input, room, Action::Run),
        };
        Ok(done?)
    }
}

fn is_xz(input: &[u8]) -> bool {
    let magic = b"\xfd7zXZ\0";
    let length = magic.len().min(input.len());
    input[..length] == magic[..length]
}

/// True for sizes of dictionaries that are a power of two or one and a half.
fn is_usual(dict: u32) -> bool {
    let half = dict & dict.wrapping_sub(1);
    dict == u32::MAX || half == 0 || half & (half - 1) == 0 && dict == half | half >> 1
}

/// What a `.lz` stream begins with.
const LZIP: &[u8] = b"LZIP";
/// The same with the version and the size of the dictionary.
const LZIP_HEADER: usize = 6;

/// Such streams are told from others, but not read.
fn lzip(input: &[u8]) -> Result<(), Failure> {
    let length = LZIP.len().min(input.len());
    match input.get(LZIP.len()) {
        _ if input[..length] != LZIP[..length] => Err(Failure::Format),
        None => Ok(()),
        Some(0 | 1) if input.len() <= LZIP_HEADER => Ok(()),
        Some(0 | 1) => Err(Failure::Format),
        Some(_) => Err(Failure::Options),
    }
}

impl State {
    /// Finds out what the input is, as soon as there is enough of it.
    fn recognise(&mut self, input: &[u8]) -> Result<(), Failure> {
        let Stream::Unknown { format, limit } = self.stream else {
            return Ok(());
        };
        let Some(&first) = input.first() else {
            return Ok(());
        };
        if format == FORMAT_XZ || format == FORMAT_AUTO && first == 0xFD {
            self.stream = Stream::Xz(Box::new(XzStream::new_mem_limit(false, limit)));
            return Ok(());
        }
        if format == FORMAT_AUTO && first == LZIP[0] {
            return lzip(input);
        }
        if first >= 225 || first % 9 + first / 9 % 5 > 4 {
            return Err(Failure::Format);
        }
        // Where any data might have come, only what programs really write is taken for a `.lzma` stream.
        let dict = input.get(1..5).and_then(<[u8]>::first_chunk);
        let size = input.get(5..ALONE_HEADER).and_then(<[u8]>::first_chunk);
        if format == FORMAT_AUTO {
            let (dict, size) = (
                dict.map(|bytes| u32::from_le_bytes(*bytes)),
                size.map(|bytes| u64::from_le_bytes(*bytes)),
            );
            if dict.is_some_and(|dict| !is_usual(dict))
                || size.is_some_and(|size| size != u64::MAX && size >= 1 << 38)
            {
                return Err(Failure::Format);
            }
        }
        if size.is_none() {
            return Ok(());
        }
        self.stream = Stream::Lzma(Box::new(LzmaStream::new_mem_limit(limit, None)));
        Ok(())
    }

    /// Puts decoded bytes through the filters into what is ready; the last ones if there come no more.
    fn filter(&mut self, decoded: &[u8]) {
        let mut bytes = decoded.to_vec();
        for stage in &mut self.stages {
            stage.held.extend_from_slice(&bytes);
            let mut settled = stage.filter.decode(&mut stage.held).min(stage.held.len());
            if self.ended {
                stage.filter.finish();
                settled = stage.held.len();
            }
            let rest = stage.held.split_off(settled);
            bytes = std::mem::replace(&mut stage.held, rest);
        }
        self.ready.extend_from_slice(&bytes);
    }

    /// Decodes input until there are `limit` bytes of output, or nothing more can be decoded.
    fn run(&mut self, data: &[u8], limit: usize) -> Result<Vec<u8>, Failure> {
        let mut input = std::mem::take(&mut self.waiting);
        input.extend_from_slice(data);
        self.recognise(&input)?;
        let mut room = vec![0; STEP];
        let mut used = 0;
        while self.ready.len() < limit && !self.ended {
            let size = match self.stages.is_empty() {
                true => STEP.min(limit - self.ready.len()),
                false => STEP,
            };
            let rest = input.get(used..).unwrap_or_default();
            let done = self.stream.step(rest, &mut room[..size])?;
            used += done.bytes_consumed;
            self.ended = done.status == Status::StreamEnd;
            self.filter(room.get(..done.bytes_produced).unwrap_or_default());
            if done.bytes_consumed == 0 && done.bytes_produced == 0 {
                break;
            }
        }
        let rest = input.split_off(used.min(input.len()));
        if !self.ended {
            self.waiting = rest;
        } else if self.unused.is_empty() {
            if let Stream::Lzma(stream) = &self.stream {
                self.unused.extend_from_slice(stream.unused_input());
            }
            self.unused.extend_from_slice(&rest);
        }
        let later = self.ready.split_off(limit.min(self.ready.len()));
        Ok(std::mem::replace(&mut self.ready, later))
    }
}

fn decompress(vm: &Vm, args: &[Value]) -> PyResult {
    let this = receiver::<Decompressor>(vm, &args[0])?;
    let data = vm.buffer(&args[1])?.to_vec();
    let limit = output_limit(vm, &args[2])?;
    if this.eof.get() {
        let class = &vm.types.exceptions.eof_error;
        return Err(vm.raise(class, "Already at end of stream"));
    }
    let (done, check, ended) = {
        let mut state = this.state.borrow_mut();
        let done = state.run(&data, limit);
        let check = match &state.stream {
            Stream::Xz(stream) => stream.check_type().map(|check| match check {
                CheckType::None => CHECK_NONE,
                CheckType::Crc32 => CHECK_CRC32,
                CheckType::Crc64 => CHECK_CRC64,
                CheckType::Sha256 => CHECK_SHA256,
            }),
            Stream::Unknown { format, .. } if *format == FORMAT_AUTO => {
                match state.waiting.first() {
                    Some(b'L') if state.waiting.len() <= LZIP.len() => None,
                    Some(b'L') => Some(CHECK_CRC32),
                    Some(_) => Some(CHECK_NONE),
                    None => None,
                }
            }
            Stream::Unknown { .. } => None,
            _ => Some(CHECK_NONE),
        };
        (done, check, state.ended && state.ready.is_empty())
    };
    if let Some(check) = check {
        this.check.set(check);
    }
    let out = done.map_err(|failure| lzma_error(vm, failure))?;
    this.eof.set(ended);
    this.needs_input.set(!ended && out.len() < limit);
    Ok(vm.try_bytes(&out)?.into_value())
}
