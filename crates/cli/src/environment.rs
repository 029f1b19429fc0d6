//! The environment variables that CPython heeds, unless `-E` or `-I` forbids it.

use ouro::runtime::modules::sys::Flags as SysFlags;

use crate::options::Flags;

/// What was found.
#[derive(Debug, Default)]
pub struct Environment {
    /// PYTHONPATH
    pub path: Vec<String>,
    /// PYTHONHASHSEED, where it is a number.
    pub hash_seed: Option<u32>,
    /// PYTHONOPTIMIZE
    pub optimize: u8,
    /// PYTHONSAFEPATH
    pub safe_path: bool,
    /// PYTHONINSPECT
    pub inspect: bool,
    /// PYTHONSTARTUP
    pub startup: Option<String>,
    /// PYTHONUNBUFFERED
    pub unbuffered: bool,
    debug: u8,
    warn_default_encoding: bool,
    /// PYTHONPYCACHEPREFIX
    pycache_prefix: Option<String>,
    import_times: bool,
    no_debug_ranges: bool,
    /// PYTHONINTMAXSTRDIGITS
    int_max_str_digits: Option<String>,
    /// PYTHONHASHSEED as it was given.
    hash_seed_text: Option<String>,
    /// PYTHONUTF8 as it was given.
    utf8_text: Option<String>,
    dont_write_bytecode: bool,
    no_user_site: bool,
    verbose: u8,
    dev_mode: bool,
    warnings: Vec<String>,
    /// PYTHONUTF8
    utf8: Option<bool>,
    /// PYTHONIOENCODING: encoding and errors.
    io_encoding: Option<String>,
    /// PYTHONTRACEMALLOC
    tracemalloc: Option<String>,
    faulthandler: bool,
}

impl Environment {
    /// Reads the variables.
    pub fn read(flags: &Flags) -> Environment {
        if flags.ignore_environment {
            return Environment::default();
        }
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let level = |name: &str| {
            text(name).map_or(0, |value| {
                let level = value.trim().parse::<i32>().ok().filter(|&level| level >= 0);
                level.map_or(1, |level| u8::try_from(level).unwrap_or(u8::MAX))
            })
        };
        let split = |name: &str, separator: char| -> Vec<String> {
            let value = text(name).unwrap_or_default();
            let parts = value.split(separator).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        Environment {
            path: split("PYTHONPATH", ':'),
            hash_seed: text("PYTHONHASHSEED").and_then(|seed| seed.parse().ok()),
            optimize: level("PYTHONOPTIMIZE").min(2),
            unbuffered: level("PYTHONUNBUFFERED") > 0,
            debug: level("PYTHONDEBUG"),
            warn_default_encoding: text("PYTHONWARNDEFAULTENCODING").is_some(),
            import_times: text("PYTHONPROFILEIMPORTTIME").is_some(),
            no_debug_ranges: text("PYTHONNODEBUGRANGES").is_some(),
            pycache_prefix: text("PYTHONPYCACHEPREFIX"),
            int_max_str_digits: text("PYTHONINTMAXSTRDIGITS"),
            hash_seed_text: text("PYTHONHASHSEED"),
            utf8_text: text("PYTHONUTF8"),
            safe_path: text("PYTHONSAFEPATH").is_some(),
            inspect: text("PYTHONINSPECT").is_some(),
            startup: text("PYTHONSTARTUP"),
            dont_write_bytecode: level("PYTHONDONTWRITEBYTECODE") > 0,
            no_user_site: level("PYTHONNOUSERSITE") > 0,
            verbose: level("PYTHONVERBOSE"),
            dev_mode: text("PYTHONDEVMODE").is_some(),
            warnings: split("PYTHONWARNINGS", ','),
            utf8: text("PYTHONUTF8").map(|value| value != "0"),
            io_encoding: text("PYTHONIOENCODING"),
            tracemalloc: text("PYTHONTRACEMALLOC"),
            faulthandler: text("PYTHONFAULTHANDLER").is_some(),
        }
    }

    /// `sys.flags` and its neighbours.
    pub fn flags(&self, flags: &Flags, optimize: u8, interactive: bool) -> SysFlags {
        let x_options: Vec<(String, Option<String>)> = flags
            .x_options
            .iter()
            .map(|option| match option.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (option.clone(), None),
            })
            .collect();
        let dev_mode = self.dev_mode || x_options.iter().any(|(name, _)| name == "dev");
        // Later ones count more: what development mode implies comes first, then the environment's.
        let mut warnings = Vec::new();
        if dev_mode {
            warnings.push("default".to_owned());
        }
        warnings.extend(self.warnings.iter().cloned());
        warnings.extend(flags.warnings.iter().cloned());
        match flags.bytes_warning {
            0 => {}
            1 => warnings.push("default::BytesWarning".to_owned()),
            _ => warnings.push("error::BytesWarning".to_owned()),
        }
        let utf8_option = x_options.iter().find(|(name, _)| name == "utf8");
        let utf8_option = utf8_option.map(|(_, value)| value.as_deref() != Some("0"));
        let plain_locale = matches!(&*locale(), "C" | "POSIX");
        let pycache_prefix = match option(flags, "pycache_prefix") {
            Some(value) => value.filter(|prefix| !prefix.is_empty()).map(str::to_owned),
            None => self.pycache_prefix.clone(),
        };
        let digits = match option(flags, "int_max_str_digits") {
            Some(value) => value,
            None => self.int_max_str_digits.as_deref(),
        };
        SysFlags {
            debug: flags.debug.max(self.debug),
            warn_default_encoding: self.warn_default_encoding
                || option(flags, "warn_default_encoding").is_some(),
            int_max_str_digits: digits.and_then(digit_limit),
            import_times: self.import_times || option(flags, "importtime").is_some(),
            no_debug_ranges: self.no_debug_ranges || option(flags, "no_debug_ranges").is_some(),
            pycache_prefix,
            utf8_mode: utf8_option.or(self.utf8).unwrap_or(plain_locale),
            inspect: flags.inspect || self.inspect,
            interactive: interactive && flags.inspect,
            optimize,
            dont_write_bytecode: flags.dont_write_bytecode || self.dont_write_bytecode,
            no_user_site: flags.no_user_site || self.no_user_site,
            no_site: flags.no_site,
            ignore_environment: flags.ignore_environment,
            verbose: flags.verbose.max(self.verbose),
            bytes_warning: flags.bytes_warning,
            quiet: flags.quiet,
            hash_randomization: flags.random_hashes || self.hash_seed != Some(0),
            isolated: flags.isolated,
            dev_mode,
            safe_path: flags.safe_path || self.safe_path,
            warnings,
            x_options,
        }
    }

    /// Refuses what cannot be used.
    pub fn check(&self, flags: &Flags) -> Result<(), Complaint> {
        let switch = |value: &str| matches!(value, "0" | "1");
        let utf8 = |source: &str| Complaint {
            message: format!("preconfig_init_utf8_mode: invalid {source} value"),
            state: "preinitializing",
        };
        match option(flags, "utf8") {
            Some(value) if !value.is_none_or(switch) => return Err(utf8("-X utf8 option")),
            None if !self.utf8_text.as_deref().is_none_or(switch) => {
                return Err(utf8("PYTHONUTF8 environment variable"));
            }
            _ => {}
        }
        let seed = self.hash_seed_text.as_deref().unwrap_or("random");
        if seed != "random" && self.hash_seed.is_none() && !flags.random_hashes {
            return Err(Complaint::of_configuration(
                "config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range \
                 [0; 4294967295]"
                    .to_owned(),
            ));
        }
        let digits = |source: &str| {
            Complaint::of_configuration(format!(
                "config_init_int_max_str_digits: {source}: invalid limit; must be >= 640 or 0 for \
                 unlimited."
            ))
        };
        if let Some(text) = &self.int_max_str_digits
            && digit_limit(text).is_none()
        {
            return Err(digits("PYTHONINTMAXSTRDIGITS"));
        }
        match option(flags, "int_max_str_digits") {
            Some(value) if value.and_then(digit_limit).is_none() => {
                Err(digits("-X int_max_str_digits"))
            }
            _ => Ok(()),
        }
    }

    /// Whether a fatal signal is to tell where the program was (`-X faulthandler`, `-X dev`).
    pub fn watches_faults(&self, flags: &Flags) -> bool {
        self.faulthandler
            || self.dev_mode
            || flags
                .x_options
                .iter()
                .any(|option| option == "faulthandler" || option == "dev")
    }

    /// How many frames of each allocation are traced from the start, 0 for no tracing; `Err` is the
    /// complaint about what was given.
    pub fn traced_frames(&self, flags: &Flags) -> Result<usize, String> {
        let mut wanted = Ok(0);
        if let Some(text) = &self.tracemalloc {
            wanted = frames(text, "config_init_tracemalloc: PYTHONTRACEMALLOC");
        }
        for option in &flags.x_options {
            match option.split_once('=') {
                None if option == "tracemalloc" => wanted = Ok(1),
                Some(("tracemalloc", text)) => {
                    wanted = frames(text, "config_init_tracemalloc: -X tracemalloc=NFRAME")
                }
                _ => {}
            }
        }
        wanted
    }

    /// Encoding and error handling of standard input and output.
    pub fn stdio(&self, utf8_mode: bool) -> (String, String) {
        let given = self.io_encoding.as_deref().unwrap_or_default();
        let (encoding, errors) = given.split_once(':').unwrap_or((given, ""));
        // Where the locale says nothing about encodings any bytes shall pass.
        let bare = ["C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8"];
        let lenient = utf8_mode || bare.contains(&&*locale());
        let errors = match errors {
            "" if encoding.is_empty() && lenient => "surrogateescape",
            "" => "strict",
            errors => errors,
        };
        let encoding = if encoding.is_empty() {
            "utf-8"
        } else {
            encoding
        };
        (encoding.to_owned(), errors.to_owned())
    }
}

/// Why there can be no interpreter.
pub struct Complaint {
    pub message: String,
    /// How far its start has come.
    pub state: &'static str,
}

impl Complaint {
    /// About something that is read when the system's settings are known.
    pub fn of_configuration(message: String) -> Complaint {
        Complaint {
            message,
            state: "preinitialized",
        }
    }
}

/// The first `-X` option of a name: its value, if one was given.
fn option<'a>(flags: &'a Flags, name: &str) -> Option<Option<&'a str>> {
    flags.x_options.iter().find_map(|option| {
        let rest = option.strip_prefix(name)?;
        match rest.strip_prefix('=') {
            Some(value) => Some(Some(value)),
            None => rest.is_empty().then_some(None),
        }
    })
}

/// The limit of digits that a text stands for.
fn digit_limit(text: &str) -> Option<usize> {
    let limit = text.trim().parse::<i32>().ok()?;
    usize::try_from(limit)
        .ok()
        .filter(|&limit| limit == 0 || limit >= 640)
}

/// The locale that decides about characters.
fn locale() -> String {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "C".to_owned())
}

/// A number of frames that `tracemalloc` takes.
fn frames(text: &str, source: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(frames) if frames <= 65535 => Ok(frames),
        _ => Err(format!("{source}: invalid number of frames")),
    }
}
