//! `resource`: what processes may use and have used.

use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::scheduling::{self, Usage};
use runtime::{Raised, Vm};

/// The module.
pub static MODULE: NativeModule =
    NativeModule::new(
        "resource",
        "",
        &[
            MethodDef::bound("getpagesize", "($module, /)", "", |vm, _| {
                Ok(vm.int_usize(rustix::param::page_size()))
            }),
            MethodDef::bound("getrlimit", "($module, resource, /)", "", |vm, args| {
                let which = known(vm, vm.arg_int(&args[1])?)?;
                pair(vm, scheduling::limit(0, which, None))
            }),
            MethodDef::bound(
                "setrlimit",
                "($module, resource, limits, /)",
                "",
                |vm, args| {
                    let which = known(vm, vm.arg_int(&args[1])?)?;
                    let limits = limits(vm, &args[2])?;
                    scheduling::limit(0, which, Some(limits)).map_err(|errno| failed(vm, errno))?;
                    Ok(Value::NONE)
                },
            ),
            MethodDef::bound(
                "prlimit",
                "($module, pid, resource, limits=None, /)",
                "",
                |vm, args| {
                    let pid = vm.arg_int(&args[1])?;
                    let which = known(vm, vm.arg_int(&args[2])?)?;
                    let new = match args[3].given_not_none() {
                        Some(new) => Some(limits(vm, new)?),
                        None => None,
                    };
                    pair(vm, scheduling::limit(pid, which, new))
                },
            ),
            MethodDef::bound("getrusage", "($module, who, /)", "", |vm, args| {
                match scheduling::usage(vm.arg_int(&args[1])?) {
                    Ok(usage) => usage_value(vm, &usage),
                    Err(libc::EINVAL) => Err(vm.value_error("invalid who parameter")),
                    Err(errno) => Err(vm.raise_os_error(errno, None, None)),
                }
            }),
        ],
    )
    .with_init(|vm, _, namespace| {
        vm.define(namespace, "error", vm.types.exceptions.os_error.to_value())?;
        let class = vm.struct_sequence_class(&STRUCT_RUSAGE)?;
        vm.define(namespace, "struct_rusage", class.into_value())?;
        for &(name, number) in CONSTANTS {
            vm.define(namespace, name, vm.int(number))?;
        }
        Ok(())
    });

static STRUCT_RUSAGE: StructSequence = StructSequence::new(
    "resource.struct_rusage",
    "struct_rusage: Result from getrusage.\n\n\
     This object may be accessed either as a tuple of\n    \
     (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    \
     nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\n\
     or via the attributes ru_utime, ru_stime, ru_maxrss, and so on.",
    &[
        ("ru_utime", "user time used"),
        ("ru_stime", "system time used"),
        ("ru_maxrss", "max. resident set size"),
        ("ru_ixrss", "shared memory size"),
        ("ru_idrss", "unshared data size"),
        ("ru_isrss", "unshared stack size"),
        ("ru_minflt", "page faults not requiring I/O"),
        ("ru_majflt", "page faults requiring I/O"),
        ("ru_nswap", "number of swap outs"),
        ("ru_inblock", "block input operations"),
        ("ru_oublock", "block output operations"),
        ("ru_msgsnd", "IPC messages sent"),
        ("ru_msgrcv", "IPC messages received"),
        ("ru_nsignals", "signals received"),
        ("ru_nvcsw", "voluntary context switches"),
        ("ru_nivcsw", "involuntary context switches"),
    ],
);

/// As many kinds of limits as the system has.
const KINDS: i32 = 16;

static CONSTANTS: &[(&str, i64)] = &[
    ("RLIMIT_CPU", 0),
    ("RLIMIT_FSIZE", 1),
    ("RLIMIT_DATA", 2),
    ("RLIMIT_STACK", 3),
    ("RLIMIT_CORE", 4),
    ("RLIMIT_NOFILE", 7),
    ("RLIMIT_OFILE", 7),
    ("RLIMIT_AS", 9),
    ("RLIMIT_RSS", 5),
    ("RLIMIT_NPROC", 6),
    ("RLIMIT_MEMLOCK", 8),
    ("RLIMIT_MSGQUEUE", 12),
    ("RLIMIT_NICE", 13),
    ("RLIMIT_RTPRIO", 14),
    ("RLIMIT_RTTIME", 15),
    ("RLIMIT_SIGPENDING", 11),
    ("RUSAGE_SELF", 0),
    ("RUSAGE_CHILDREN", -1),
    ("RUSAGE_THREAD", 1),
    ("RLIM_INFINITY", -1),
];

/// What was used, as a `struct_rusage`.
pub(super) fn usage_value(vm: &Vm, usage: &Usage) -> PyResult {
    let times = usage.times.iter().map(|&seconds| vm.float(seconds));
    let counts = usage.counts.iter().map(|&count| vm.int(count));
    let values: Vec<Value> = times.chain(counts).collect();
    vm.struct_sequence(&STRUCT_RUSAGE, &values)
}

fn known(vm: &Vm, which: i32) -> PyResult<i32> {
    if (0..KINDS).contains(&which) {
        Ok(which)
    } else {
        Err(vm.value_error("invalid resource specified"))
    }
}

fn pair(vm: &Vm, limits: Result<[u64; 2], i32>) -> PyResult {
    match limits {
        // "No limit" is the highest number, which programs know as -1.
        Ok(limits) => Ok(vm.tuple_value(limits.map(|limit| vm.int(limit as i64)))),
        Err(errno) => Err(failed(vm, errno)),
    }
}

fn limits(vm: &Vm, value: &Value) -> PyResult<[u64; 2]> {
    let items = vm.collect(value)?;
    let [soft, hard] = &items[..] else {
        return Err(vm.value_error("expected a tuple of 2 integers"));
    };
    Ok([vm.arg_long(soft)? as u64, vm.arg_long(hard)? as u64])
}

#[cold]
fn failed(vm: &Vm, errno: i32) -> Raised {
    match errno {
        libc::EINVAL => vm.value_error("current limit exceeds maximum limit"),
        libc::EPERM => vm.value_error("not allowed to raise maximum limit"),
        _ => vm.raise_os_error(errno, None, None),
    }
}
