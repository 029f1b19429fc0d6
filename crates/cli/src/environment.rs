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
                value.parse().ok().filter(|&n| n > 0).unwrap_or(1)
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
            optimize: level("PYTHONOPTIMIZE"),
            safe_path: text("PYTHONSAFEPATH").is_some(),
            inspect: text("PYTHONINSPECT").is_some(),
            startup: text("PYTHONSTARTUP"),
            dont_write_bytecode: text("PYTHONDONTWRITEBYTECODE").is_some(),
            no_user_site: text("PYTHONNOUSERSITE").is_some(),
            verbose: level("PYTHONVERBOSE"),
            dev_mode: text("PYTHONDEVMODE").is_some(),
            warnings: split("PYTHONWARNINGS", ','),
            utf8: text("PYTHONUTF8").map(|value| value != "0"),
            io_encoding: text("PYTHONIOENCODING"),
            tracemalloc: text("PYTHONTRACEMALLOC"),
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
        SysFlags {
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
            hash_randomization: self.hash_seed != Some(0),
            isolated: flags.isolated,
            dev_mode,
            safe_path: flags.safe_path || self.safe_path,
            warnings,
            x_options,
        }
    }

    /// How many frames of each allocation are traced from the start, 0 for no tracing; `Err` is the
    /// complaint about what was given.
    pub fn traced_frames(&self, flags: &Flags) -> Result<usize, String> {
        let mut wanted = Ok(0);
        if let Some(text) = &self.tracemalloc {
            wanted = frames(text, "PYTHONTRACEMALLOC");
        }
        for option in &flags.x_options {
            match option.split_once('=') {
                None if option == "tracemalloc" => wanted = Ok(1),
                Some(("tracemalloc", text)) => wanted = frames(text, "-X tracemalloc=NFRAME"),
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
