//! BLAKE2 with its parameters: key, salt, personalisation, place in a tree.

use runtime::object::{Args, Class, Ref, TypeSlots, TypeSpec, class_flag};
use runtime::{PyResult, Value, Vm};

use super::running::{Hash, Hasher};
use super::{COPY, DIGEST, GETSET, HEX_DIGEST, UPDATE_DATA, new_hash_of, unsigned};

/// The limits of the two functions.
struct Limits {
    name: &'static str,
    digest: usize,
    key: usize,
    salt: usize,
    person: usize,
    max_node_offset: u64,
}

const B: Limits = Limits {
    name: "blake2b",
    digest: 64,
    key: 64,
    salt: 16,
    person: 16,
    max_node_offset: u64::MAX,
};
const S: Limits = Limits {
    name: "blake2s",
    digest: 32,
    key: 32,
    salt: 8,
    person: 8,
    max_node_offset: (1 << 48) - 1,
};

/// Constants of the types.
pub(super) const TYPE_CONSTANTS: &[(&str, i64, i64)] = &[
    ("SALT_SIZE", 16, 8),
    ("PERSON_SIZE", 16, 8),
    ("MAX_KEY_SIZE", 64, 32),
    ("MAX_DIGEST_SIZE", 64, 32),
];

/// Constants of the module.
pub(super) const CONSTANTS: &[(&str, i64)] = &[
    ("BLAKE2B_SALT_SIZE", 16),
    ("BLAKE2B_PERSON_SIZE", 16),
    ("BLAKE2B_MAX_KEY_SIZE", 64),
    ("BLAKE2B_MAX_DIGEST_SIZE", 64),
    ("BLAKE2S_SALT_SIZE", 8),
    ("BLAKE2S_PERSON_SIZE", 8),
    ("BLAKE2S_MAX_KEY_SIZE", 32),
    ("BLAKE2S_MAX_DIGEST_SIZE", 32),
];

const SIGNATURE: &str = "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', \
    fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, \
    usedforsecurity=True)";

/// The parameters of a call.
struct Parameters {
    data: Option<Value>,
    digest_size: usize,
    key: Vec<u8>,
    salt: Vec<u8>,
    person: Vec<u8>,
    fanout: u8,
    depth: u8,
    leaf_size: u32,
    node_offset: u64,
    node_depth: u8,
    inner_size: usize,
    last_node: bool,
}

fn parameters(vm: &Vm, limits: &Limits, args: Args<'_>) -> PyResult<Parameters> {
    let bound = vm.bind_parameters(limits.name, SIGNATURE, args)?;
    let number = |place: usize, default: i64| match bound[place].given() {
        Some(value) => vm.arg_long(value),
        None => Ok(default),
    };
    let bytes = |place: usize, what: &str, most: usize| {
        let bytes = match bound[place].given() {
            Some(value) => vm.copied_bytes(value)?,
            None => Vec::new(),
        };
        if bytes.len() > most {
            return Err(vm.value_error(format!("maximum {what} length is {most} bytes")));
        }
        Ok(bytes)
    };
    let digest_size = number(1, limits.digest as i64)?;
    if !(1..=limits.digest as i64).contains(&digest_size) {
        let message = format!("digest_size must be between 1 and {} bytes", limits.digest);
        return Err(vm.value_error(message));
    }
    let salt = bytes(3, "salt", limits.salt)?;
    let person = bytes(4, "person", limits.person)?;
    let fanout = number(5, 1)?;
    let Ok(fanout) = u8::try_from(fanout) else {
        return Err(vm.value_error("fanout must be between 0 and 255"));
    };
    let depth = match u8::try_from(number(6, 1)?) {
        Ok(depth) if depth > 0 => depth,
        _ => return Err(vm.value_error("depth must be between 1 and 255")),
    };
    let leaf_size = match bound[7].given() {
        Some(value) => unsigned(vm, value)?,
        None => 0,
    };
    let Ok(leaf_size) = u32::try_from(leaf_size) else {
        return Err(vm.overflow_error("leaf_size is too large"));
    };
    let node_offset = match bound[8].given() {
        Some(value) => unsigned(vm, value)?,
        None => 0,
    };
    if node_offset > limits.max_node_offset {
        return Err(vm.overflow_error("node_offset is too large"));
    }
    let Ok(node_depth) = u8::try_from(number(9, 0)?) else {
        return Err(vm.value_error("node_depth must be between 0 and 255"));
    };
    let inner_size = match usize::try_from(number(10, 0)?) {
        Ok(size) if size <= limits.digest => size,
        _ => {
            let message = format!("inner_size must be between 0 and is {}", limits.digest);
            return Err(vm.value_error(message));
        }
    };
    let key = bytes(2, "key", limits.key)?;
    Ok(Parameters {
        data: bound[0].given().cloned(),
        digest_size: digest_size as usize,
        key,
        salt,
        person,
        fanout,
        depth,
        leaf_size,
        node_offset,
        node_depth,
        inner_size,
        last_node: bound[11].given().map_or(Ok(false), |v| vm.truth(v))?,
    })
}

/// The functions of both crates have the same names but no common trait.
macro_rules! make {
    ($crate_name:ident, $p:expr, $maker:path) => {{
        let p = &$p;
        let mut params = $crate_name::Params::new();
        params
            .hash_length(p.digest_size)
            .key(&p.key)
            .salt(&p.salt)
            .personal(&p.person)
            .fanout(p.fanout)
            .max_depth(p.depth)
            .max_leaf_length(p.leaf_size)
            .node_offset(p.node_offset)
            .node_depth(p.node_depth)
            .inner_hash_length(p.inner_size)
            .last_node(p.last_node);
        $maker(params.to_state(), p.digest_size)
    }};
}

fn new_b(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let parameters = parameters(vm, &B, args)?;
    let hasher = make!(blake2b_simd, parameters, Hasher::blake2b);
    new_hash_of(vm, class, hasher, parameters.data.as_ref())
}

fn new_s(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let parameters = parameters(vm, &S, args)?;
    let hasher = make!(blake2s_simd, parameters, Hasher::blake2s);
    new_hash_of(vm, class, hasher, parameters.data.as_ref())
}

/// `_blake2.blake2b`.
pub(super) static BLAKE2B: TypeSpec = TypeSpec {
    doc: "Return a new BLAKE2b hash object.",
    signature: "(data=b'', /, *, digest_size=_blake2.blake2b.MAX_DIGEST_SIZE,\n\
    \x20       key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n\
    \x20       node_offset=0, node_depth=0, inner_size=0, last_node=False,\n\
    \x20       usedforsecurity=True)",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new_b),
        ..TypeSlots::EMPTY
    },
    methods: &[COPY, DIGEST, HEX_DIGEST, UPDATE_DATA],
    getset: GETSET,
    ..TypeSpec::of::<Hash>("_blake2.blake2b")
};

/// `_blake2.blake2s`.
pub(super) static BLAKE2S: TypeSpec = TypeSpec {
    doc: "Return a new BLAKE2s hash object.",
    signature: "(data=b'', /, *, digest_size=_blake2.blake2s.MAX_DIGEST_SIZE,\n\
    \x20       key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n\
    \x20       node_offset=0, node_depth=0, inner_size=0, last_node=False,\n\
    \x20       usedforsecurity=True)",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new_s),
        ..TypeSlots::EMPTY
    },
    methods: &[COPY, DIGEST, HEX_DIGEST, UPDATE_DATA],
    getset: GETSET,
    ..TypeSpec::of::<Hash>("_blake2.blake2s")
};
