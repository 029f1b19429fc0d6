//! How an interpreter is set up.

use runtime::modules::sys::Flags;

/// Where `sys.stdout` and `sys.stderr` write to.
pub enum Output {
    /// The process's own streams.
    Process,
    /// Nowhere.
    Discard,
    /// A function of the host, which is given each piece of text as it is written.
    Sink(Box<dyn Fn(&str)>),
}

/// How an interpreter is set up.
pub struct Config {
    /// `sys.argv`.
    pub argv: Vec<String>,
    /// Folders of `sys.path`: where imports find modules.
    pub path: Vec<String>,
    /// `sys.executable`.
    pub executable: String,
    /// 0 keeps assertions and docstrings, 1 drops assertions, 2 both.
    pub optimize: u8,
    /// Seed of string hashes.
    pub hash_seed: u64,
    /// Identities, clocks and random numbers repeat exactly in every run and on every machine.
    pub deterministic: bool,
    /// Count instructions and allocations, for [`crate::window::statistics`]: programs run several
    /// times slower.
    pub statistics: bool,
    /// Collect at every safe point (1), at every so many-th, or only when it is due (0): slow, and finds programs that
    /// depend on when collections run.
    pub gc_stress: u32,
    /// Start with the cycle collector switched off.
    pub gc_disabled: bool,
    /// Most bytes the heap may hold; beyond it programs get MemoryError.
    pub heap_limit: Option<usize>,
    /// Most steps (function calls and loop turns) each run may take.
    pub step_limit: Option<u64>,
    /// `sys.getrecursionlimit()`: most Python calls at once.
    pub recursion_limit: Option<u32>,
    /// Native stack of the thread, in bytes; None asks the system.
    pub native_stack: Option<usize>,
    /// Turn SIGINT into KeyboardInterrupt and ignore SIGPIPE, as the command does.
    pub handle_signals: bool,
    /// `sys.stdout`.
    pub stdout: Output,
    /// `sys.stderr`.
    pub stderr: Output,
    /// Encoding of the standard streams.
    pub stdio_encoding: String,
    /// What standard input and output do about text that cannot be encoded or decoded.
    pub stdio_errors: String,
    /// `-u`: standard output and errors without buffers.
    pub unbuffered: bool,
    /// `sys.flags`, `sys.warnoptions` and `sys._xoptions`.
    pub flags: Flags,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            argv: vec![String::new()],
            path: Vec::new(),
            executable: String::new(),
            optimize: 0,
            hash_seed: 0x5EED,
            deterministic: false,
            statistics: false,
            gc_stress: 0,
            gc_disabled: false,
            heap_limit: None,
            step_limit: None,
            recursion_limit: None,
            native_stack: None,
            handle_signals: false,
            stdout: Output::Process,
            stderr: Output::Process,
            stdio_encoding: "utf-8".into(),
            stdio_errors: "strict".into(),
            unbuffered: false,
            flags: Flags::default(),
        }
    }
}
