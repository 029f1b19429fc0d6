//! How the system shares the processors among processes.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::types::struct_sequence::StructSequence;
use runtime::vm::scheduling;
use rustix::process::Pid;
use rustix::thread::CpuSet;

use super::finish;
use crate::paths::os_error;

/// `os.sched_param`.
pub(super) static SCHED_PARAM: StructSequence = StructSequence::new(
    "posix.sched_param",
    "Currently has only one field: sched_priority\n\n  \
     sched_priority\n    A scheduling parameter.",
    &[("sched_priority", "the scheduling priority")],
)
.with_new(|vm, _, args| {
    let given = args.values.len();
    if given > 1 {
        return Err(vm.type_error(format!(
            "sched_param() takes at most 1 argument ({given} given)"
        )));
    }
    let values = vm.bind_parameters("sched_param", "(sched_priority)", args)?;
    vm.struct_sequence(&SCHED_PARAM, &values)
});

/// The priority in a `sched_param`.
pub(super) fn priority_of(vm: &Vm, value: &Value) -> PyResult<i32> {
    let class = vm.struct_sequence_class(&SCHED_PARAM)?;
    if !vm.class_of(value).is(&class) {
        return Err(vm.type_error("must have a sched_param object"));
    }
    let number = vm.get_item(value, &Value::small_int(0))?;
    match vm.arg_long(&number)?.try_into() {
        Ok(priority) => Ok(priority),
        Err(_) => Err(vm.overflow_error("sched_priority out of range")),
    }
}

fn number(vm: &Vm, result: Result<i32, i32>) -> PyResult {
    match result {
        Ok(number) => Ok(vm.int(number.into())),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}

/// A set of processors as a program gives it.
fn processors(vm: &Vm, numbers: &Value) -> PyResult<CpuSet> {
    let mut set = CpuSet::new();
    vm.for_each(numbers, |value| {
        if !value.is_int() {
            let class = vm.class_of(&value).to_value();
            return Err(vm.type_error(format!(
                "expected an iterator of ints, but iterator yielded {}",
                vm.repr(&class)?.to_display()
            )));
        }
        match vm.arg_long(&value)? {
            ..0 => return Err(vm.value_error("negative CPU number")),
            number if number >= i64::from(i32::MAX) => {
                return Err(vm.overflow_error("CPU number too large"));
            }
            // The kernel knows of no more, and would ignore them.
            number if number as usize >= CpuSet::MAX_CPU => {}
            number => set.set(number as usize),
        }
        Ok(())
    })?;
    Ok(set)
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "getpriority",
        "($module, /, which, who)",
        "Return program scheduling priority.",
        |vm, args| {
            let (which, who) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            number(vm, scheduling::priority(which, who))
        },
    ),
    MethodDef::bound(
        "setpriority",
        "($module, /, which, who, priority)",
        "Set program scheduling priority.",
        |vm, args| {
            let (which, who) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let priority = vm.arg_int(&args[3])?;
            finish(vm, scheduling::set_priority(which, who, priority))
        },
    ),
    MethodDef::bound(
        "sched_get_priority_max",
        "($module, /, policy)",
        "Get the maximum scheduling priority for policy.",
        |vm, args| {
            let policy = vm.arg_int(&args[1])?;
            number(vm, scheduling::priority_limit(policy, true))
        },
    ),
    MethodDef::bound(
        "sched_get_priority_min",
        "($module, /, policy)",
        "Get the minimum scheduling priority for policy.",
        |vm, args| {
            let policy = vm.arg_int(&args[1])?;
            number(vm, scheduling::priority_limit(policy, false))
        },
    ),
    MethodDef::bound(
        "sched_getscheduler",
        "($module, pid, /)",
        "Get the scheduling policy for the process identified by pid.\n\n\
         Passing 0 for pid returns the scheduling policy for the calling process.",
        |vm, args| number(vm, scheduling::policy(vm.arg_int(&args[1])?)),
    ),
    MethodDef::bound(
        "sched_setscheduler",
        "($module, pid, policy, param, /)",
        "Set the scheduling policy for the process identified by pid.\n\n\
         If pid is 0, the calling process is changed.\n\
         param is an instance of sched_param.",
        |vm, args| {
            let (pid, policy) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            let priority = priority_of(vm, &args[3])?;
            finish(vm, scheduling::set_policy(pid, Some(policy), priority))
        },
    ),
    MethodDef::bound(
        "sched_getparam",
        "($module, pid, /)",
        "Returns scheduling parameters for the process identified by pid.\n\n\
         If pid is 0, returns parameters for the calling process.\n\
         Return value is an instance of sched_param.",
        |vm, args| match scheduling::policy_priority(vm.arg_int(&args[1])?) {
            Ok(priority) => vm.struct_sequence(&SCHED_PARAM, &[vm.int(priority.into())]),
            Err(errno) => Err(vm.raise_os_error(errno, None, None)),
        },
    ),
    MethodDef::bound(
        "sched_setparam",
        "($module, pid, param, /)",
        "Set scheduling parameters for the process identified by pid.\n\n\
         If pid is 0, sets parameters for the calling process.\n\
         param should be an instance of sched_param.",
        |vm, args| {
            let pid = vm.arg_int(&args[1])?;
            let priority = priority_of(vm, &args[2])?;
            finish(vm, scheduling::set_policy(pid, None, priority))
        },
    ),
    MethodDef::bound(
        "sched_rr_get_interval",
        "($module, pid, /)",
        "Return the round-robin quantum for the process identified by pid, in seconds.\n\n\
         Value returned is a float.",
        |vm, args| match scheduling::time_slice(vm.arg_int(&args[1])?) {
            Ok(seconds) => Ok(vm.float(seconds)),
            Err(errno) => Err(vm.raise_os_error(errno, None, None)),
        },
    ),
    MethodDef::bound(
        "sched_setaffinity",
        "($module, pid, mask, /)",
        "Set the CPU affinity of the process identified by pid to mask.\n\n\
         mask should be an iterable of integers identifying CPUs.",
        |vm, args| {
            let pid = vm.arg_int(&args[1])?;
            let set = processors(vm, &args[2])?;
            if pid < 0 {
                return Err(vm.raise_os_error(libc::ESRCH, None, None));
            }
            match rustix::thread::sched_setaffinity(Pid::from_raw(pid), &set) {
                Ok(()) => Ok(Value::NONE),
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "sched_getaffinity",
        "($module, pid, /)",
        "Return the affinity of the process identified by pid (or the current process if zero).\n\n\
         The affinity is returned as a set of CPU identifiers.",
        |vm, args| {
            let pid = vm.arg_int(&args[1])?;
            if pid < 0 {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            }
            match rustix::thread::sched_getaffinity(Pid::from_raw(pid)) {
                Ok(cpus) => {
                    let numbers: Vec<Value> = (0..CpuSet::MAX_CPU)
                        .filter(|&cpu| cpus.is_set(cpu))
                        .map(|cpu| vm.int_usize(cpu))
                        .collect();
                    let list = vm.list_from(numbers)?.into_value();
                    vm.call1(vm.types.set.as_value(), &list)
                }
                Err(error) => Err(os_error(vm, error)),
            }
        },
    ),
    MethodDef::bound(
        "sched_yield",
        "($module, /)",
        "Voluntarily relinquish the CPU.",
        |vm, _| {
            crate::blocking::allow_threads(vm, std::thread::yield_now);
            Ok(Value::NONE)
        },
    ),
];
