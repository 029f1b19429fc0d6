//! `_md5`, `_sha1`, `_sha2`, `_sha3` and `_blake2`: the hash functions behind `hashlib`.
//!
//! All hash objects have one payload: a running hash and what it is called.

mod blake;
mod running;
pub mod scrypt;

use runtime::modules::NativeModule;
use runtime::object::class_flag;
use runtime::object::{Args, Class, Dict, GetSetDef, MethodDef, Ref, TypeSlots, TypeSpec, alloc};
use runtime::{PyResult, Value, Vm};

use crate::native::wrong_receiver;
use running::{Hash, Hasher};

/// `(string=b'', *, usedforsecurity=True)` of a function that makes a hash object.
const SIGNATURE: &str = "($module, /, string=b'', *, usedforsecurity=True)";

/// What is hashed: bytes, not text.
fn update(vm: &Vm, hash: &Hash, data: &Value) -> PyResult<()> {
    if data.payload::<runtime::object::Str>().is_some() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    if !vm.has_buffer(data) {
        return Err(vm.type_error("object supporting the buffer API required"));
    }
    vm.with_bytes_of(data, |bytes| hash.hasher.borrow_mut().update(bytes))
}

fn new_hash(vm: &Vm, spec: &'static TypeSpec, hasher: Hasher, data: Option<&Value>) -> PyResult {
    new_hash_of(vm, &vm.native_class(spec), hasher, data)
}

fn new_hash_of(vm: &Vm, class: &Ref<Class>, hasher: Hasher, data: Option<&Value>) -> PyResult {
    let hash = Hash::new(hasher);
    if let Some(data) = data {
        update(vm, &hash, data)?;
    }
    Ok(alloc(class, hash).into_value())
}

fn hash_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Hash> {
    this.payload::<Hash>()
        .ok_or_else(|| wrong_receiver(vm, "hash"))
}

fn hex_text(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n & 15)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    let mut text = String::with_capacity(2 * bytes.len());
    text.extend(digits);
    text
}

const COPY: MethodDef = MethodDef::bound(
    "copy",
    "($self, /)",
    "Return a copy of the hash object.",
    |vm, args| {
        let copy = hash_of(vm, &args[0])?.hasher.borrow().clone();
        new_hash_of(vm, vm.class_of(&args[0]), copy, None)
    },
);
const DIGEST: MethodDef = MethodDef::bound(
    "digest",
    "($self, /)",
    "Return the digest value as a bytes object.",
    |vm, args| {
        let digest = hash_of(vm, &args[0])?.hasher.borrow().digest(None);
        Ok(vm.bytes_value(&digest))
    },
);
const HEX_DIGEST: MethodDef = MethodDef::bound(
    "hexdigest",
    "($self, /)",
    "Return the digest value as a string of hexadecimal digits.",
    |vm, args| {
        let digest = hash_of(vm, &args[0])?.hasher.borrow().digest(None);
        Ok(vm.str_value(&hex_text(&digest)))
    },
);
const UPDATE: MethodDef = update_method("($self, obj, /)");
/// That of the newer algorithms.
const UPDATE_DATA: MethodDef = update_method("($self, data, /)");

const fn update_method(signature: &'static str) -> MethodDef {
    let doc = "Update this hash object's state with the provided string.";
    MethodDef::bound("update", signature, doc, |vm, args| {
        update(vm, hash_of(vm, &args[0])?, &args[1])?;
        Ok(Value::NONE)
    })
}

/// The longest output that can be asked for.
const MAX_OUTPUT: u64 = 1 << 29;

/// An argument of C type `unsigned long`.
fn unsigned(vm: &Vm, value: &Value) -> PyResult<u64> {
    match value.as_int() {
        Some(view) if view.is_negative() => Err(vm.value_error("value must be positive")),
        _ => vm.arg_unsigned_long(value),
    }
}

fn output_length(vm: &Vm, value: &Value) -> PyResult<usize> {
    let length = unsigned(vm, value)?;
    if length >= MAX_OUTPUT {
        return Err(vm.value_error("length is too large"));
    }
    Ok(length as usize)
}

const SHAKE_DIGEST: MethodDef = MethodDef::bound(
    "digest",
    "($self, length, /)",
    "Return the digest value as a bytes object.",
    |vm, args| {
        let length = output_length(vm, &args[1])?;
        let digest = hash_of(vm, &args[0])?.hasher.borrow().digest(Some(length));
        Ok(vm.try_bytes(&digest)?.into_value())
    },
);
const SHAKE_HEX_DIGEST: MethodDef = MethodDef::bound(
    "hexdigest",
    "($self, length, /)",
    "Return the digest value as a string of hexadecimal digits.",
    |vm, args| {
        let length = output_length(vm, &args[1])?;
        let digest = hash_of(vm, &args[0])?.hasher.borrow().digest(Some(length));
        Ok(vm.str_from_utf8(&hex_text(&digest))?.into_value())
    },
);

const METHODS: &[MethodDef] = &[COPY, DIGEST, HEX_DIGEST, UPDATE];
const SHA3_METHODS: &[MethodDef] = &[COPY, DIGEST, HEX_DIGEST, UPDATE_DATA];
const SHAKE_METHODS: &[MethodDef] = &[COPY, SHAKE_DIGEST, SHAKE_HEX_DIGEST, UPDATE_DATA];

const ATTRIBUTES: [GetSetDef; 3] = [
    GetSetDef::read_only("block_size", "", |vm, this| {
        Ok(vm.int_usize(hash_of(vm, this)?.hasher.borrow().block_size()))
    }),
    GetSetDef::read_only("digest_size", "", |vm, this| {
        Ok(vm.int_usize(hash_of(vm, this)?.hasher.borrow().digest_size()))
    }),
    GetSetDef::read_only("name", "", |vm, this| {
        Ok(vm.str_value(hash_of(vm, this)?.hasher.borrow().name()))
    }),
];
const GETSET: &[GetSetDef] = &ATTRIBUTES;

/// Bits of Keccak's state.
const STATE_BITS: usize = 1600;

fn rate_bits(vm: &Vm, this: &Value) -> PyResult<usize> {
    Ok(hash_of(vm, this)?.hasher.borrow().block_size() * 8)
}

/// The attributes of SHA-3: those of all and what the sponge is like. Its `suffix` is what marks the
/// end of the data.
const fn sponge_attributes(suffix: fn(&Vm, &Value) -> PyResult) -> [GetSetDef; 6] {
    let [block_size, digest_size, name] = ATTRIBUTES;
    [
        block_size,
        digest_size,
        name,
        GetSetDef::read_only("_capacity_bits", "", |vm, this| {
            Ok(vm.int_usize(STATE_BITS - rate_bits(vm, this)?))
        }),
        GetSetDef::read_only("_rate_bits", "", |vm, this| {
            Ok(vm.int_usize(rate_bits(vm, this)?))
        }),
        GetSetDef::read_only("_suffix", "", suffix),
    ]
}

static SHA3_GETSET: [GetSetDef; 6] = sponge_attributes(|vm, _| Ok(vm.bytes_value(b"\x06")));
static SHAKE_GETSET: [GetSetDef; 6] = sponge_attributes(|vm, _| Ok(vm.bytes_value(b"\x1f")));

/// The type of a function's hash objects, which only the function makes.
const fn plain_type(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: class_flag::NO_INSTANTIATION,
        methods: METHODS,
        getset: GETSET,
        ..TypeSpec::of::<Hash>(name)
    }
}

static MD5: TypeSpec = plain_type("_md5.md5");
static SHA1: TypeSpec = plain_type("_sha1.sha1");
static SHA224: TypeSpec = plain_type("_sha2.SHA224Type");
static SHA256: TypeSpec = plain_type("_sha2.SHA256Type");
static SHA384: TypeSpec = plain_type("_sha2.SHA384Type");
static SHA512: TypeSpec = plain_type("_sha2.SHA512Type");

/// A type of SHA-3, which makes its objects itself.
macro_rules! sha3_type {
    ($class:literal, $name:literal, $algorithm:ty, $methods:expr) => {
        TypeSpec {
            doc: concat!(
                $name,
                "([data], *, usedforsecurity=True) -> hash object\n\nReturn a new hash object."
            ),
            methods: $methods,
            getset: &SHA3_GETSET,
            slots: TypeSlots {
                new: Some(|vm: &Vm, class: &Ref<Class>, args: Args<'_>| {
                    let bound =
                        vm.bind_parameters($name, "(data=b'', /, *, usedforsecurity=True)", args)?;
                    let hasher = Hasher::new::<$algorithm>($name);
                    new_hash_of(vm, class, hasher, bound[0].given())
                }),
                ..TypeSlots::EMPTY
            },
            ..TypeSpec::of::<Hash>($class)
        }
    };
}

static SHA3_224: TypeSpec = sha3_type!("_sha3.sha3_224", "sha3_224", sha3::Sha3_224, SHA3_METHODS);
static SHA3_256: TypeSpec = sha3_type!("_sha3.sha3_256", "sha3_256", sha3::Sha3_256, SHA3_METHODS);
static SHA3_384: TypeSpec = sha3_type!("_sha3.sha3_384", "sha3_384", sha3::Sha3_384, SHA3_METHODS);
static SHA3_512: TypeSpec = sha3_type!("_sha3.sha3_512", "sha3_512", sha3::Sha3_512, SHA3_METHODS);

macro_rules! shake_type {
    ($class:literal, $name:literal, $algorithm:ty, $block:literal) => {
        TypeSpec {
            doc: concat!(
                $name,
                "([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash \
                 object."
            ),
            methods: SHAKE_METHODS,
            getset: &SHAKE_GETSET,
            slots: TypeSlots {
                new: Some(|vm: &Vm, class: &Ref<Class>, args: Args<'_>| {
                    let bound =
                        vm.bind_parameters($name, "(data=b'', /, *, usedforsecurity=True)", args)?;
                    let hasher = Hasher::shake::<$algorithm>($name, $block);
                    new_hash_of(vm, class, hasher, bound[0].given())
                }),
                ..TypeSlots::EMPTY
            },
            ..TypeSpec::of::<Hash>($class)
        }
    };
}

static SHAKE_128: TypeSpec = shake_type!("_sha3.shake_128", "shake_128", shake::Shake128, 168);
static SHAKE_256: TypeSpec = shake_type!("_sha3.shake_256", "shake_256", shake::Shake256, 136);

/// The function that makes hash objects of an algorithm.
macro_rules! maker {
    ($name:literal, $title:literal, $spec:ident, $algorithm:ty) => {
        MethodDef::bound(
            $name,
            SIGNATURE,
            concat!(
                "Return a new ",
                $title,
                " hash object; optionally initialized with a string."
            ),
            |vm, args| {
                new_hash(
                    vm,
                    &$spec,
                    Hasher::new::<$algorithm>($name),
                    args[1].given(),
                )
            },
        )
    };
}

/// `_md5`.
pub static MD5_MODULE: NativeModule =
    NativeModule::new("_md5", "", &[maker!("md5", "MD5", MD5, md5::Md5)])
        .with_init(|vm, _module, namespace| define(vm, namespace, &[("MD5Type", &MD5)]));

/// `_sha1`.
pub static SHA1_MODULE: NativeModule =
    NativeModule::new("_sha1", "", &[maker!("sha1", "SHA1", SHA1, sha1::Sha1)])
        .with_init(|vm, _module, namespace| define(vm, namespace, &[("SHA1Type", &SHA1)]));

/// `_sha2`.
pub static SHA2_MODULE: NativeModule = NativeModule::new(
    "_sha2",
    "",
    &[
        maker!("sha224", "SHA-224", SHA224, sha2::Sha224),
        maker!("sha256", "SHA-256", SHA256, sha2::Sha256),
        maker!("sha384", "SHA-384", SHA384, sha2::Sha384),
        maker!("sha512", "SHA-512", SHA512, sha2::Sha512),
    ],
)
.with_init(|vm, _module, namespace| {
    define(
        vm,
        namespace,
        &[
            ("SHA224Type", &SHA224),
            ("SHA256Type", &SHA256),
            ("SHA384Type", &SHA384),
            ("SHA512Type", &SHA512),
        ],
    )
});

/// `_sha3`.
pub static SHA3_MODULE: NativeModule =
    NativeModule::new("_sha3", "", &[]).with_init(|vm, _module, namespace| {
        vm.define(namespace, "implementation", vm.str_value("RustCrypto"))?;
        define(
            vm,
            namespace,
            &[
                ("sha3_224", &SHA3_224),
                ("sha3_256", &SHA3_256),
                ("sha3_384", &SHA3_384),
                ("sha3_512", &SHA3_512),
                ("shake_128", &SHAKE_128),
                ("shake_256", &SHAKE_256),
            ],
        )
    });

/// `_blake2`.
pub static BLAKE2_MODULE: NativeModule =
    NativeModule::new("_blake2", "_blake2b provides BLAKE2b for hashlib\n", &[]).with_init(
        |vm, _module, namespace| {
            for (name, value) in blake::CONSTANTS {
                vm.define(namespace, name, vm.int(*value))?;
            }
            let (b, s) = (
                vm.native_class(&blake::BLAKE2B),
                vm.native_class(&blake::BLAKE2S),
            );
            for (name, of_b, of_s) in blake::TYPE_CONSTANTS {
                vm.define(&b.dict, name, vm.int(*of_b))?;
                vm.define(&s.dict, name, vm.int(*of_s))?;
            }
            define(
                vm,
                namespace,
                &[("blake2b", &blake::BLAKE2B), ("blake2s", &blake::BLAKE2S)],
            )
        },
    );

fn define(vm: &Vm, namespace: &Ref<Dict>, types: &[(&str, &'static TypeSpec)]) -> PyResult<()> {
    for (name, spec) in types {
        vm.define(namespace, name, vm.native_class(spec).into_value())?;
    }
    Ok(())
}
