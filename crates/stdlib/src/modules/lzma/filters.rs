//! Chains of filters as Python describes them: dicts with an `id` and options.

use lzma_rust2::{EncodeMode, FilterConfig, LzmaOptions, MfType};
use runtime::object::{Dict, PyResult, Str, Value};
use runtime::{Raised, Vm};

use super::{Failure, lzma_error};
use crate::native::fail_with;

const LZMA1: u64 = 0x4000_0000_0000_0001;
const DELTA: u64 = 3;
const X86: u64 = 4;
const POWERPC: u64 = 5;
const IA64: u64 = 6;
const ARM: u64 = 7;
const ARMTHUMB: u64 = 8;
const SPARC: u64 = 9;
const LZMA2: u64 = 0x21;

/// The filters by their names.
pub(super) const IDS: [(&str, u64); 9] = [
    ("FILTER_LZMA1", LZMA1),
    ("FILTER_LZMA2", LZMA2),
    ("FILTER_DELTA", DELTA),
    ("FILTER_X86", X86),
    ("FILTER_POWERPC", POWERPC),
    ("FILTER_IA64", IA64),
    ("FILTER_ARM", ARM),
    ("FILTER_ARMTHUMB", ARMTHUMB),
    ("FILTER_SPARC", SPARC),
];

pub(super) const MODE_FAST: u32 = 1;
pub(super) const MODE_NORMAL: u32 = 2;
/// Set in a preset that may take its time.
pub(super) const EXTREME: u32 = 1 << 31;
/// A chain is not longer.
const MOST: usize = 4;

/// A filter and its options.
pub(super) enum Filter {
    Lzma1(LzmaOptions),
    Lzma2(LzmaOptions),
    /// One that prepares data for them.
    Before(FilterConfig),
}

/// A chain that ends with one that compresses.
pub(super) struct Chain {
    pub before: Vec<FilterConfig>,
    pub options: LzmaOptions,
    /// The last one is LZMA1.
    pub first_version: bool,
}

/// An argument of C type `unsigned long long`.
pub(super) fn unsigned_long(vm: &Vm, value: &Value) -> PyResult<u64> {
    match value.as_int() {
        Some(view) if view.is_negative() => {
            Err(vm.overflow_error("can't convert negative int to unsigned"))
        }
        _ => vm.arg_unsigned_long(value),
    }
}

/// An argument of C type `uint32_t`.
pub(super) fn unsigned(vm: &Vm, value: &Value) -> PyResult<u32> {
    u32::try_from(unsigned_long(vm, value)?)
        .map_err(|_| vm.overflow_error("Value too large for uint32_t type"))
}

/// The options of a preset; None if there is none of that number.
pub(super) fn preset(number: u32) -> Option<LzmaOptions> {
    let level = number & !EXTREME;
    if level > 9 {
        return None;
    }
    let mut options = LzmaOptions::with_preset(level);
    if number & EXTREME != 0 {
        options.mode = EncodeMode::Normal;
        options.mf = MfType::Bt4;
        (options.nice_len, options.depth_limit) = match level {
            3 | 5 => (192, 0),
            _ => (LzmaOptions::NICE_LEN_MAX, 512),
        };
    }
    Some(options)
}

/// Reads a chain.
pub(super) fn chain(vm: &Vm, filters: &Value) -> PyResult<Chain> {
    let Some(length) = vm.class_of(filters).slots().sq_length else {
        let message = match vm.class_of(filters).slots().mp_length {
            Some(_) => format!("{} is not a sequence", vm.class_name(filters)),
            None => format!("object of type '{}' has no len()", vm.class_name(filters)),
        };
        return Err(vm.type_error(message));
    };
    let count = length(vm, filters)?;
    if count == 0 {
        return Err(fail_with(vm, "_lzma", "LZMAError", "Internal error"));
    }
    if count > MOST {
        return Err(vm.value_error(format!(
            "Too many filters - liblzma supports a maximum of {MOST}"
        )));
    }
    let mut read = Vec::new();
    for place in 0..count {
        let one = vm.get_item(filters, &vm.int_usize(place))?;
        read.push(filter(vm, &one)?);
    }
    let last = read.pop();
    let before = read.into_iter().map(|filter| match filter {
        Filter::Before(config) => Some(config),
        _ => None,
    });
    let before: Option<Vec<FilterConfig>> = before.collect();
    let (options, first_version) = match last {
        Some(Filter::Lzma1(options)) => (Some(options), true),
        Some(Filter::Lzma2(options)) => (Some(options), false),
        _ => (None, false),
    };
    match (before, options.filter(is_possible)) {
        (Some(before), Some(options)) => Ok(Chain {
            before,
            options,
            first_version,
        }),
        _ => Err(lzma_error(vm, Failure::Options)),
    }
}

fn is_possible(options: &LzmaOptions) -> bool {
    (4096..=3 << 29).contains(&options.dict_size)
        && options.lc.saturating_add(options.lp) <= 4
        && options.pb <= 4
        && (2..=LzmaOptions::NICE_LEN_MAX).contains(&options.nice_len)
}

/// Reads a filter.
pub(super) fn filter(vm: &Vm, specification: &Value) -> PyResult<Filter> {
    if vm.class_of(specification).slots().mp_subscript.is_none() {
        return Err(vm.type_error("Filter specifier must be a dict or dict-like object"));
    }
    let id = match vm.get_item(specification, &vm.intern("id")) {
        Ok(id) => unsigned_long(vm, &id)?,
        Err(raised) => {
            let _ = vm.catch(raised, &vm.types.exceptions.key_error)?;
            return Err(vm.value_error("Filter specifier must have an \"id\" entry"));
        }
    };
    match id {
        LZMA1 => Ok(Filter::Lzma1(lzma(vm, specification)?)),
        LZMA2 => Ok(Filter::Lzma2(lzma(vm, specification)?)),
        DELTA => {
            let [distance] = options(vm, specification, ["dist"], "delta")?;
            let distance = distance.unwrap_or(1);
            if !(1..=256).contains(&distance) {
                return Err(lzma_error(vm, Failure::Options));
            }
            Ok(Filter::Before(FilterConfig::new_delta(distance)))
        }
        _ => match branch_filter(id) {
            Some(new) => {
                let [start] = options(vm, specification, ["start_offset"], "BCJ")?;
                Ok(Filter::Before(new(start.unwrap_or(0))))
            }
            None => Err(vm.value_error(format!("Invalid filter ID: {id}"))),
        },
    }
}

/// What makes a filter of branch instructions.
fn branch_filter(id: u64) -> Option<fn(u32) -> FilterConfig> {
    Some(match id {
        X86 => FilterConfig::new_bcj_x86,
        POWERPC => FilterConfig::new_bcj_ppc,
        IA64 => FilterConfig::new_bcj_ia64,
        ARM => FilterConfig::new_bcj_arm,
        ARMTHUMB => FilterConfig::new_bcj_arm_thumb,
        SPARC => FilterConfig::new_bcj_sparc,
        _ => return None,
    })
}

fn lzma(vm: &Vm, specification: &Value) -> PyResult<LzmaOptions> {
    let number = match vm.get_item(specification, &vm.intern("preset")) {
        Ok(number) => unsigned(vm, &number)?,
        Err(raised) => {
            let _ = vm.catch(raised, &vm.types.exceptions.key_error)?;
            6
        }
    };
    let Some(mut chosen) = preset(number) else {
        let message = format!("Invalid compression preset: {number}");
        return Err(fail_with(vm, "_lzma", "LZMAError", &message));
    };
    let names = [
        "dict_size",
        "lc",
        "lp",
        "pb",
        "mode",
        "nice_len",
        "mf",
        "depth",
        "preset",
    ];
    let [dict_size, lc, lp, pb, mode, nice_len, mf, depth, _] =
        options(vm, specification, names, "LZMA")?;
    for (place, given) in [
        (&mut chosen.dict_size, dict_size),
        (&mut chosen.lc, lc),
        (&mut chosen.lp, lp),
        (&mut chosen.pb, pb),
        (&mut chosen.nice_len, nice_len),
    ] {
        *place = given.unwrap_or(*place);
    }
    if let Some(depth) = depth {
        chosen.depth_limit = i32::try_from(depth).unwrap_or(i32::MAX);
    }
    // The finders of shorter matches find what the others do, in other times.
    match mode {
        None => {}
        Some(MODE_FAST) => chosen.mode = EncodeMode::Fast,
        Some(MODE_NORMAL) => chosen.mode = EncodeMode::Normal,
        Some(_) => return Err(lzma_error(vm, Failure::Options)),
    }
    match mf {
        None => {}
        Some(3 | 4) => chosen.mf = MfType::Hc4,
        Some(18..=20) => chosen.mf = MfType::Bt4,
        Some(_) => return Err(lzma_error(vm, Failure::Options)),
    }
    Ok(chosen)
}

/// The options of those names; no other ones may be there.
fn options<const N: usize>(
    vm: &Vm,
    specification: &Value,
    names: [&str; N],
    kind: &str,
) -> PyResult<[Option<u32>; N]> {
    let invalid = || vm.value_error(format!("Invalid filter specifier for {kind} filter"));
    let Some(dict) = specification.payload::<Dict>() else {
        return Err(invalid());
    };
    let mut found = [None; N];
    let mut place = 0;
    while let Some((key, value, _)) = dict.next_hashed(vm, &mut place) {
        let Some(key) = key.payload::<Str>() else {
            return Err(invalid());
        };
        if key.equals_str("id") {
            continue;
        }
        let Some(option) = names.iter().position(|name| key.equals_str(name)) else {
            return Err(invalid());
        };
        found[option] = match unsigned(vm, &value) {
            Ok(number) => Some(number),
            Err(raised) => {
                drop(vm.take_exception(raised));
                return Err(invalid());
            }
        };
    }
    Ok(found)
}

impl Filter {
    /// The options as containers have them.
    pub fn properties(&self) -> Vec<u8> {
        match self {
            Filter::Lzma1(options) => {
                let mut properties = vec![options.get_props()];
                properties.extend(options.dict_size.to_le_bytes());
                properties
            }
            Filter::Lzma2(options) => {
                let code = (0..40).find(|&code| dict_size(code) >= options.dict_size);
                vec![code.unwrap_or(40)]
            }
            Filter::Before(FilterConfig {
                filter_type: lzma_rust2::FilterType::Delta,
                property,
            }) => vec![(property - 1) as u8],
            Filter::Before(FilterConfig { property: 0, .. }) => Vec::new(),
            Filter::Before(FilterConfig { property, .. }) => property.to_le_bytes().to_vec(),
        }
    }
}

/// The size of a dictionary that a code of LZMA2 stands for.
fn dict_size(code: u8) -> u32 {
    match code {
        40.. => u32::MAX,
        _ => (2 | u32::from(code & 1)) << (code / 2 + 11),
    }
}

/// The dict that describes a filter whose options a container has.
pub(super) fn specification(vm: &Vm, id: u64, properties: &[u8]) -> PyResult {
    let refused = || -> Raised { lzma_error(vm, Failure::Options) };
    let fields: Vec<(&str, u32)> = match (id, properties) {
        (LZMA1, [props, size @ ..]) => {
            let size = <[u8; 4]>::try_from(size).map_err(|_| refused())?;
            let (lc, lp, pb) = (props % 9, props / 9 % 5, props / 45);
            if pb > 4 || lc + lp > 4 {
                return Err(refused());
            }
            vec![
                ("dict_size", u32::from_le_bytes(size)),
                ("lc", lc.into()),
                ("lp", lp.into()),
                ("pb", pb.into()),
            ]
        }
        (LZMA2, [code @ 0..=40]) => vec![("dict_size", dict_size(*code))],
        (DELTA, [distance]) => vec![("dist", u32::from(*distance) + 1)],
        (X86 | POWERPC | IA64 | ARM | ARMTHUMB | SPARC, []) => Vec::new(),
        (X86 | POWERPC | IA64 | ARM | ARMTHUMB | SPARC, start) => {
            let start = <[u8; 4]>::try_from(start).map_err(|_| refused())?;
            match u32::from_le_bytes(start) {
                0 => Vec::new(),
                start => vec![("start_offset", start)],
            }
        }
        _ => return Err(refused()),
    };
    let described = vm.dict();
    described.insert(vm, &vm.intern("id"), vm.int(id as i64))?;
    for (name, value) in fields {
        described.insert(vm, &vm.intern(name), vm.int(value.into()))?;
    }
    Ok(described.into_value())
}
