//! The `ouro` command.

mod document;
mod dump;
mod environment;
mod options;
mod prompt;
mod start;

use std::io::Write;
use std::process::ExitCode;

use options::Parsed;

/// So that a program which uses up all memory is told of it.
#[global_allocator]
static MEMORY: ouro::ProgramMemory = ouro::ProgramMemory;

fn main() -> ExitCode {
    ouro::command::share_system_allocator();
    ouro::command::close_absent_streams();
    let mut args = std::env::args_os();
    let program = args
        .next()
        .map_or_else(|| "ouro".to_owned(), |p| p.to_string_lossy().into_owned());
    let status = match options::parse(args, &program) {
        Parsed::Print(text) => {
            // Nobody is left to tell if standard output is closed.
            let _ = std::io::stdout().write_all(text.as_bytes());
            return ExitCode::SUCCESS;
        }
        Parsed::Usage(text) => {
            let _ = std::io::stderr().write_all(text.as_bytes());
            return ExitCode::from(2);
        }
        Parsed::Run(options) => {
            let signals = ouro::command::SignalMask::block_all();
            let status = ouro::with_stack(ouro::command::native_stack(), move || {
                signals.restore();
                start::run(*options, &program)
            });
            signals.take_back();
            status
        }
    };
    if status.interrupted {
        // A shell that runs a loop of commands looks for this way to end.
        ouro::command::die_of_interrupt();
    }
    ExitCode::from(status.code as u8)
}
