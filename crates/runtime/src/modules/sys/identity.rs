//! What the interpreter says about itself: version, platform, limits, the flags it was started with.

use super::library_names::LIBRARY_NAMES;
use crate::object::{Dict, PyResult, Ref, Value, instance};
use crate::types::struct_sequence::StructSequence;
use crate::vm::Vm;

const VERSION: (i64, i64, i64) = (3, 12, 1);
const HEX_VERSION: i64 = 0x030C_01F0;
const COPYRIGHT: &str = "Copyright (c) the Ouro authors.\nAll Rights Reserved.";

static VERSION_INFO: StructSequence = StructSequence::new(
    "sys.version_info",
    "sys.version_info\n\nVersion information as a named tuple.",
    &[
        ("major", "Major release number"),
        ("minor", "Minor release number"),
        ("micro", "Patch release number"),
        ("releaselevel", "'alpha', 'beta', 'candidate', or 'final'"),
        ("serial", "Serial release number"),
    ],
)
.closed();

static FLAGS: StructSequence = StructSequence::new(
    "sys.flags",
    "sys.flags\n\nFlags provided through command line arguments or environment vars.",
    &[
        ("debug", "-d"),
        ("inspect", "-i"),
        ("interactive", "-i"),
        ("optimize", "-O or -OO"),
        ("dont_write_bytecode", "-B"),
        ("no_user_site", "-s"),
        ("no_site", "-S"),
        ("ignore_environment", "-E"),
        ("verbose", "-v"),
        ("bytes_warning", "-b"),
        ("quiet", "-q"),
        ("hash_randomization", "-R"),
        ("isolated", "-I"),
        ("dev_mode", "-X dev"),
        ("utf8_mode", "-X utf8"),
        ("warn_default_encoding", "-X warn_default_encoding"),
        ("safe_path", "-P"),
        ("int_max_str_digits", "-X int_max_str_digits"),
    ],
)
.closed();

static FLOAT_INFO: StructSequence = StructSequence::new(
    "sys.float_info",
    "sys.float_info\n\nA named tuple holding information about the float type. It contains low level\n\
     information about the precision and internal representation. Please study\n\
     your system's :file:`float.h` for more information.",
    &[
        ("max", "DBL_MAX -- maximum representable finite float"),
        (
            "max_exp",
            "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable",
        ),
        (
            "max_10_exp",
            "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable",
        ),
        ("min", "DBL_MIN -- Minimum positive normalized float"),
        (
            "min_exp",
            "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float",
        ),
        (
            "min_10_exp",
            "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float",
        ),
        (
            "dig",
            "DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float",
        ),
        ("mant_dig", "DBL_MANT_DIG -- mantissa digits"),
        (
            "epsilon",
            "DBL_EPSILON -- Difference between 1 and the next representable float",
        ),
        ("radix", "FLT_RADIX -- radix of exponent"),
        (
            "rounds",
            "FLT_ROUNDS -- rounding mode used for arithmetic operations",
        ),
    ],
);

static HASH_INFO: StructSequence = StructSequence::new(
    "sys.hash_info",
    "hash_info\n\nA named tuple providing parameters used for computing\n\
     hashes. The attributes are read only.",
    &[
        ("width", "width of the type used for hashing, in bits"),
        (
            "modulus",
            "prime number giving the modulus on which the hash function is based",
        ),
        ("inf", "value to be used for hash of a positive infinity"),
        ("nan", "value to be used for hash of a nan"),
        (
            "imag",
            "multiplier used for the imaginary part of a complex number",
        ),
        (
            "algorithm",
            "name of the algorithm for hashing of str, bytes and memoryviews",
        ),
        ("hash_bits", "internal output size of hash algorithm"),
        ("seed_bits", "seed size of hash algorithm"),
        ("cutoff", "small string optimization cutoff"),
    ],
);

static INT_INFO: StructSequence = StructSequence::new(
    "sys.int_info",
    "sys.int_info\n\nA named tuple that holds information about Python's\n\
     internal representation of integers.  The attributes are read only.",
    &[
        ("bits_per_digit", "size of a digit in bits"),
        (
            "sizeof_digit",
            "size in bytes of the C type used to represent a digit",
        ),
        (
            "default_max_str_digits",
            "maximum string conversion digits limitation",
        ),
        (
            "str_digits_check_threshold",
            "minimum positive value for int_max_str_digits",
        ),
    ],
);

static THREAD_INFO: StructSequence = StructSequence::new(
    "sys.thread_info",
    "sys.thread_info\n\nA named tuple holding information about the thread implementation.",
    &[
        ("name", "name of the thread implementation"),
        ("lock", "name of the lock implementation"),
        ("version", "name and version of the thread library"),
    ],
);

/// The switches `sys.flags` shows.
#[derive(Clone, Debug)]
pub struct Flags {
    /// `-d`
    pub debug: u8,
    /// `-i`
    pub inspect: bool,
    /// A prompt is shown.
    pub interactive: bool,
    /// `-O`, `-OO`
    pub optimize: u8,
    /// `-B`
    pub dont_write_bytecode: bool,
    /// `-s`
    pub no_user_site: bool,
    /// `-S`
    pub no_site: bool,
    /// `-E`
    pub ignore_environment: bool,
    /// `-v`
    pub verbose: u8,
    /// `-b`, `-bb`
    pub bytes_warning: u8,
    /// `-q`
    pub quiet: bool,
    /// String hashes differ from run to run.
    pub hash_randomization: bool,
    /// `-I`
    pub isolated: bool,
    /// `-X dev`
    pub dev_mode: bool,
    /// `-X utf8`, or a locale without an encoding.
    pub utf8_mode: bool,
    /// `-P`
    pub safe_path: bool,
    /// `-X warn_default_encoding`
    pub warn_default_encoding: bool,
    /// `-X int_max_str_digits`
    pub int_max_str_digits: Option<usize>,
    /// `-X importtime`
    pub import_times: bool,
    /// `-X no_debug_ranges`
    pub no_debug_ranges: bool,
    /// `-X pycache_prefix`
    pub pycache_prefix: Option<String>,
    /// `-W`, in order.
    pub warnings: Vec<String>,
    /// `-X`, name and value.
    pub x_options: Vec<(String, Option<String>)>,
}

impl Default for Flags {
    fn default() -> Self {
        Flags {
            debug: 0,
            inspect: false,
            interactive: false,
            optimize: 0,
            dont_write_bytecode: false,
            no_user_site: false,
            no_site: false,
            ignore_environment: false,
            verbose: 0,
            bytes_warning: 0,
            quiet: false,
            hash_randomization: true,
            isolated: false,
            dev_mode: false,
            utf8_mode: false,
            safe_path: false,
            warn_default_encoding: false,
            int_max_str_digits: None,
            import_times: false,
            no_debug_ranges: false,
            pycache_prefix: None,
            warnings: Vec::new(),
            x_options: Vec::new(),
        }
    }
}

impl Vm {
    /// Lets `sys.flags`, `sys.warnoptions` and `sys._xoptions` tell how the interpreter was started.
    pub fn set_flags(&self, flags: &Flags) -> PyResult<()> {
        let Some(dict) = self.sys_dict() else {
            return Ok(());
        };
        let warns = flags.warn_default_encoding;
        self.interp.warn_default_encoding.set(warns);
        self.interp.no_debug_ranges.set(flags.no_debug_ranges);
        if flags.import_times {
            self.tell_import_times();
        }
        if let Some(digits) = flags.int_max_str_digits {
            self.interp.int_max_str_digits.set(digits);
        }
        if let Some(prefix) = &flags.pycache_prefix {
            self.define(&dict, "pycache_prefix", self.str_value(prefix))?;
        }
        define_flags(self, &dict, flags)
    }

    /// Brings `sys.builtin_module_names` up to date.
    pub(crate) fn update_builtin_module_names(&self) -> PyResult<()> {
        let Some(dict) = self.sys_dict() else {
            return Ok(());
        };
        let names = self
            .native_module_names()
            .into_iter()
            .map(|n| self.intern(n));
        let names = self.tuple_value(names.collect::<Vec<_>>());
        self.define(&dict, "builtin_module_names", names)
    }
}

fn define_flags(vm: &Vm, dict: &Dict, flags: &Flags) -> PyResult<()> {
    let int = |n: u8| vm.int(i64::from(n));
    let switch = |on: bool| vm.int(i64::from(on));
    let values = [
        int(flags.debug),
        switch(flags.inspect),
        switch(flags.interactive),
        int(flags.optimize),
        switch(flags.dont_write_bytecode),
        switch(flags.no_user_site),
        switch(flags.no_site),
        switch(flags.ignore_environment),
        int(flags.verbose),
        int(flags.bytes_warning),
        switch(flags.quiet),
        switch(flags.hash_randomization),
        switch(flags.isolated),
        Value::bool(flags.dev_mode),
        switch(flags.utf8_mode),
        switch(flags.warn_default_encoding),
        Value::bool(flags.safe_path),
        vm.int_usize(vm.interp.int_max_str_digits.get()),
    ];
    vm.define(dict, "flags", vm.struct_sequence(&FLAGS, &values)?)?;
    vm.define(
        dict,
        "dont_write_bytecode",
        Value::bool(flags.dont_write_bytecode),
    )?;
    let warnings = vm.list_from(flags.warnings.iter().map(|w| vm.str_value(w)))?;
    vm.define(dict, "warnoptions", warnings.into_value())?;
    let options = vm.dict();
    for (name, value) in &flags.x_options {
        let value = value.as_ref().map_or(Value::TRUE, |v| vm.str_value(v));
        options.insert(vm, &vm.str_value(name), value)?;
    }
    vm.define(dict, "_xoptions", options.into_value())
}

/// Fills in everything that is no function.
pub(super) fn define_all(vm: &Vm, dict: &Ref<Dict>) -> PyResult<()> {
    let text = |t: &str| vm.str_value(t);
    let (major, minor, micro) = VERSION;
    let version_info = vm.struct_sequence(
        &VERSION_INFO,
        &[
            vm.int(major),
            vm.int(minor),
            vm.int(micro),
            vm.intern("final"),
            vm.int(0),
        ],
    )?;
    let ouro = env!("CARGO_PKG_VERSION");
    let entries = [
        (
            "version",
            text(&format!("{major}.{minor}.{micro} (ouro {ouro}) [Rust]")),
        ),
        ("version_info", version_info.clone()),
        ("hexversion", vm.int(HEX_VERSION)),
        ("api_version", vm.int(1013)),
        ("copyright", text(COPYRIGHT)),
        ("platform", text("linux")),
        ("platlibdir", text("lib")),
        ("abiflags", text("")),
        (
            "byteorder",
            text(if cfg!(target_endian = "big") {
                "big"
            } else {
                "little"
            }),
        ),
        ("maxsize", vm.int(i64::MAX)),
        ("maxunicode", vm.int(0x10_FFFF)),
        ("float_repr_style", text("short")),
        ("pycache_prefix", Value::NONE),
        ("_framework", text("")),
        ("_home", Value::NONE),
        ("_stdlib_dir", Value::NONE),
        ("_git", vm.tuple_value([text("Ouro"), text(""), text("")])),
        ("path", vm.list_from([])?.into_value()),
        ("argv", vm.list_from([text("")])?.into_value()),
        ("orig_argv", vm.list_from([])?.into_value()),
        (
            "meta_path",
            vm.list_from([
                vm.types.builtin_importer.to_value(),
                vm.types.frozen_importer.to_value(),
                vm.types.path_finder.to_value(),
            ])?
            .into_value(),
        ),
        (
            "path_hooks",
            vm.list_from([
                vm.types.zip_hook.to_value(),
                vm.types.folder_hook.to_value(),
            ])?
            .into_value(),
        ),
        ("path_importer_cache", vm.dict().into_value()),
        ("executable", text("")),
        ("_base_executable", text("")),
        ("prefix", text("")),
        ("exec_prefix", text("")),
        ("base_prefix", text("")),
        ("base_exec_prefix", text("")),
        ("float_info", float_info(vm)?),
        ("hash_info", hash_info(vm)?),
        ("int_info", int_info(vm)?),
        (
            "thread_info",
            vm.struct_sequence(
                &THREAD_INFO,
                &[text("pthread"), text("mutex+cond"), Value::NONE],
            )?,
        ),
    ];
    for (name, value) in entries {
        vm.define(dict, name, value)?;
    }
    let implementation = vm.new_namespace();
    for (name, value) in [
        ("name", text("ouro")),
        ("cache_tag", text("ouro-312")),
        ("version", version_info),
        ("hexversion", vm.int(HEX_VERSION)),
        (
            "_multiarch",
            text(&format!("{}-linux-gnu", std::env::consts::ARCH)),
        ),
    ] {
        instance::set(vm, &implementation, &vm.intern(name), value)?;
    }
    vm.define(dict, "implementation", implementation)?;
    let names = LIBRARY_NAMES
        .iter()
        .map(|n| vm.intern(n))
        .collect::<Vec<_>>();
    let names = vm.call1(vm.types.frozenset.as_value(), &vm.tuple_value(names))?;
    vm.define(dict, "stdlib_module_names", names)?;
    define_flags(vm, dict, &Flags::default())
}

fn float_info(vm: &Vm) -> PyResult {
    vm.struct_sequence(
        &FLOAT_INFO,
        &[
            vm.float(f64::MAX),
            vm.int(i64::from(f64::MAX_EXP)),
            vm.int(i64::from(f64::MAX_10_EXP)),
            vm.float(f64::MIN_POSITIVE),
            vm.int(i64::from(f64::MIN_EXP)),
            vm.int(i64::from(f64::MIN_10_EXP)),
            vm.int(i64::from(f64::DIGITS)),
            vm.int(i64::from(f64::MANTISSA_DIGITS)),
            vm.float(f64::EPSILON),
            vm.int(i64::from(f64::RADIX)),
            vm.int(1),
        ],
    )
}

fn hash_info(vm: &Vm) -> PyResult {
    vm.struct_sequence(
        &HASH_INFO,
        &[
            vm.int(64),
            vm.int((1 << 61) - 1),
            vm.int(314_159),
            vm.int(0),
            vm.int(1_000_003),
            vm.str_value("siphash13"),
            vm.int(64),
            vm.int(128),
            vm.int(0),
        ],
    )
}

fn int_info(vm: &Vm) -> PyResult {
    vm.struct_sequence(
        &INT_INFO,
        &[vm.int(64), vm.int(8), vm.int(4300), vm.int(640)],
    )
}
