//! What the system tells about itself.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::system;

use super::constants;
use crate::paths::{descriptor, os_error};

/// `os.terminal_size`.
pub(super) static TERMINAL_SIZE: StructSequence = StructSequence::new(
    "os.terminal_size",
    "A tuple of (columns, lines) for holding terminal window size",
    &[
        ("columns", "width of the terminal window in characters"),
        ("lines", "height of the terminal window in characters"),
    ],
);

/// `os.uname_result`.
pub(super) static UNAME_RESULT: StructSequence = StructSequence::new(
    "posix.uname_result",
    "uname_result: Result from os.uname().\n\n\
     This object may be accessed either as a tuple of\n  \
     (sysname, nodename, release, version, machine),\n\
     or via the attributes sysname, nodename, release, version, and machine.\n\n\
     See os.uname for more information.",
    &[
        ("sysname", "operating system name"),
        (
            "nodename",
            "name of machine on network (implementation-defined)",
        ),
        ("release", "operating system release"),
        ("version", "operating system version"),
        ("machine", "hardware identifier"),
    ],
);

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "uname",
        "($module, /)",
        "Return an object identifying the current operating system.\n\n\
         The object behaves like a named tuple with the following fields:\n  \
         (sysname, nodename, release, version, machine)",
        |vm, _| {
            let uname = rustix::system::uname();
            let values = [
                uname.sysname(),
                uname.nodename(),
                uname.release(),
                uname.version(),
                uname.machine(),
            ]
            .map(|text| vm.str_value(&text.to_string_lossy()));
            vm.struct_sequence(&UNAME_RESULT, &values)
        },
    ),
    MethodDef::bound(
        "cpu_count",
        "($module, /)",
        "Return the number of CPUs in the system; return None if indeterminable.\n\n\
         This number is not equivalent to the number of CPUs the current process can\n\
         use.  The number of usable CPUs can be obtained with\n\
         ``len(os.sched_getaffinity(0))``",
        |vm, _| match system::configuration(libc::_SC_NPROCESSORS_ONLN) {
            Ok(count) if count > 0 => Ok(vm.int(count)),
            _ => Ok(Value::NONE),
        },
    ),
    MethodDef::bound(
        "getloadavg",
        "($module, /)",
        "Return average recent system load information.\n\n\
         Return the number of processes in the system run queue averaged over\n\
         the last 1, 5, and 15 minutes as a tuple of three floats.\n\
         Raises OSError if the load average was unobtainable.",
        |vm, _| match system::load_averages() {
            Some(loads) => Ok(vm.tuple_value(loads.map(|load| vm.float(load)))),
            None => Err(vm.raise(
                &vm.types.exceptions.os_error,
                "Load averages are unobtainable",
            )),
        },
    ),
    MethodDef::bound(
        "get_terminal_size",
        "($module, fd=<unrepresentable>, /)",
        "Return the size of the terminal window as (columns, lines).\n\n\
         The optional argument fd (default standard output) specifies\n\
         which file descriptor should be queried.\n\n\
         If the file descriptor is not connected to a terminal, an OSError\nis thrown.",
        |vm, args| {
            let fd = match args[1].given() {
                Some(fd) => vm.arg_int(fd)?,
                None => 1,
            };
            match rustix::termios::tcgetwinsize(descriptor(vm, fd)?) {
                Ok(size) => {
                    let values = [size.ws_col, size.ws_row].map(|n| vm.int(n.into()));
                    vm.struct_sequence(&TERMINAL_SIZE, &values)
                }
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "sysconf",
        "($module, name, /)",
        "Return an integer-valued system configuration variable.",
        |vm, args| {
            let name =
                super::attributes::configuration_name(vm, &args[1], constants::CONFIGURATION)?;
            match system::configuration(name) {
                Ok(value) => Ok(vm.int(value)),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "ctermid",
        "($module, /)",
        "Return the name of the controlling terminal for this process.",
        |vm, _| Ok(vm.str_value("/dev/tty")),
    ),
    MethodDef::bound(
        "getlogin",
        "($module, /)",
        "Return the actual login name.",
        |vm, _| match std::fs::read_to_string("/proc/self/loginuid") {
            Ok(number) if number.trim() != "4294967295" => login_of(vm, number.trim()),
            _ => Err(vm.raise_os_error(libc::ENXIO, None, None)),
        },
    ),
];

/// The login name of a user number.
fn login_of(vm: &Vm, number: &str) -> PyResult {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then_some(name)
    });
    match found {
        Some(name) => Ok(vm.str_value(name)),
        None => Err(vm.raise_os_error(libc::ENOENT, None, None)),
    }
}
