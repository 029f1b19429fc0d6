//! Starting programs: in this process, or in new ones.

use std::ffi::CString;

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Tuple, Value};
use runtime::vm::children::{self, FileAction, Program};
use runtime::vm::system;

use super::descriptors::strings;
use super::scheduling::priority_of;
use crate::environment::own_environment;
use crate::paths::{Allow, path};

/// The environment that a mapping describes.
fn environment_of(vm: &Vm, function: &str, mapping: &Value) -> PyResult<Vec<CString>> {
    if !vm.is_mapping(mapping) {
        return Err(vm.type_error(format!("{function}: environment must be a mapping object")));
    }
    let names = vm.call_method(mapping, &vm.intern("keys"), &[])?;
    let values = vm.call_method(mapping, &vm.intern("values"), &[])?;
    let mut variables = Vec::new();
    for (name, value) in vm.collect(&names)?.iter().zip(vm.collect(&values)?) {
        let (name, value) = (vm.fs_encode(name)?, vm.fs_encode(&value)?);
        let name = name.to_bytes();
        // The first letter may be anything: shells keep variables of their own that way.
        if name.is_empty() || name.iter().skip(1).any(|&byte| byte == b'=') {
            return Err(vm.value_error("illegal environment variable name"));
        }
        variables.extend(CString::new([name, b"=", value.to_bytes()].concat()));
    }
    Ok(variables)
}

/// The arguments of a program; `subject` is what messages call them.
fn arguments(vm: &Vm, value: &Value, subject: &str) -> PyResult<Vec<CString>> {
    let sort = format!("{subject} must be a tuple or list");
    let arguments = strings(vm, value, &sort)?;
    match arguments.first() {
        None => Err(vm.value_error(format!("{subject} must not be empty"))),
        Some(first) if first.is_empty() => {
            Err(vm.value_error(format!("{subject} first element cannot be empty")))
        }
        Some(_) => Ok(arguments),
    }
}

fn file_action(vm: &Vm, action: &Value) -> PyResult<FileAction> {
    let items = action.payload::<Tuple>().map(|tuple| tuple.to_vec());
    let Some(items) = items.filter(|items| !items.is_empty()) else {
        return Err(vm.type_error("Each file_actions element must be a non-empty tuple"));
    };
    let wrong = |kind: &str, count: usize| {
        vm.type_error(format!(
            "A {kind} file_action tuple must have {count} elements"
        ))
    };
    match i64::from(vm.arg_int(&items[0])?) {
        0 => {
            let [_, fd, path, flags, mode] = &items[..] else {
                return Err(wrong("open", 5));
            };
            let fd = vm.arg_int(fd)?;
            let path = vm.fs_encode(path)?;
            let (flags, mode) = (vm.arg_int(flags)?, vm.arg_long(mode)? as u32);
            Ok(FileAction::Open {
                fd,
                path,
                flags,
                mode,
            })
        }
        1 => match &items[..] {
            [_, fd] => Ok(FileAction::Close(vm.arg_int(fd)?)),
            _ => Err(wrong("close", 2)),
        },
        2 => match &items[..] {
            [_, fd, target] => Ok(FileAction::Duplicate(vm.arg_int(fd)?, vm.arg_int(target)?)),
            _ => Err(wrong("dup2", 3)),
        },
        _ => Err(vm.type_error("Unknown file_actions identifier")),
    }
}

/// A set of signals as a program gives it.
fn signals(vm: &Vm, value: Option<&Value>) -> PyResult<Option<Vec<i32>>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let mut signals = Vec::new();
    vm.for_each(value, |signal| {
        let number = vm.arg_long(&signal)?;
        if !(1..runtime::vm::signals::SIGNAL_COUNT as i64).contains(&number) {
            return Err(vm.value_error(format!("signal number {number} out of range [1; 64]")));
        }
        signals.push(number as i32);
        Ok(())
    })?;
    Ok(Some(signals))
}

fn posix_spawn(vm: &Vm, function: &str, search: bool, args: &[Value]) -> PyResult {
    let target = path(vm, function, "path", &args[1], Allow::Path)?;
    let arguments = arguments(vm, &args[2], &format!("{function}: argv"))?;
    let environment = environment_of(vm, function, &args[3])?;
    let mut program = Program {
        path: target.path.clone(),
        search,
        arguments,
        environment,
        ..Program::default()
    };
    program.group = args[5].given().map(|group| vm.arg_int(group)).transpose()?;
    program.reset_identity = args[6].given().map_or(Ok(false), |value| vm.truth(value))?;
    program.new_session = args[7].given().map_or(Ok(false), |value| vm.truth(value))?;
    // An empty tuple, the default, means that nothing is to be changed; so does no other empty value.
    let chosen = |value: &'_ Value| {
        let untouched = value
            .payload::<Tuple>()
            .is_some_and(|tuple| tuple.is_empty());
        !untouched && value.given().is_some()
    };
    program.mask = signals(vm, Some(&args[8]).filter(|value| chosen(value)))?;
    program.default_signals = signals(vm, Some(&args[9]).filter(|value| chosen(value)))?;
    if let Some(scheduler) = args[10].given_not_none() {
        let items = scheduler.payload::<Tuple>().map(|tuple| tuple.to_vec());
        let Some(items) = items else {
            return Err(vm.raise(
                &vm.types.exceptions.system_error,
                "new style getargs format but argument is not a tuple",
            ));
        };
        let [policy, priority] = &items[..] else {
            return Err(vm.type_error("A scheduler tuple must have two elements"));
        };
        let priority = priority_of(vm, priority)?;
        let policy = match policy.is_none() {
            true => None,
            false => Some(vm.arg_int(policy)?),
        };
        program.scheduler = Some((policy, priority));
    }
    if let Some(actions) = args[4].given_not_none() {
        if !vm.is_sequence(actions) {
            return Err(vm.type_error("file_actions must be a sequence or None"));
        }
        for action in vm.collect(actions)? {
            program.actions.push(file_action(vm, &action)?);
        }
    }
    match children::start(&program) {
        Ok(pid) => Ok(vm.int(pid.into())),
        Err(errno) => Err(vm.raise_os_error(errno, Some(&target.value), None)),
    }
}

const SPAWN_DOC: &str = "Execute the program specified by path in a new process.\n\n  \
     path\n    Path of executable file.\n  argv\n    Tuple or list of strings.\n  \
     env\n    Dictionary of strings mapping to strings.\n  \
     file_actions\n    A sequence of file action tuples.\n  \
     setpgroup\n    The pgroup to use with the POSIX_SPAWN_SETPGROUP flag.\n  \
     resetids\n    If the value is `true` the POSIX_SPAWN_RESETIDS will be activated.\n  \
     setsid\n    If the value is `true` the POSIX_SPAWN_SETSID or POSIX_SPAWN_SETSID_NP will be activated.\n  \
     setsigmask\n    The sigmask to use with the POSIX_SPAWN_SETSIGMASK flag.\n  \
     setsigdef\n    The sigmask to use with the POSIX_SPAWN_SETSIGDEF flag.\n  \
     scheduler\n    A tuple with the scheduler policy (optional) and parameters.";

macro_rules! spawn_signature {
    ($indent:literal) => {
        concat!(
            "($module, path, argv, env, /, *, file_actions=(),\n",
            $indent,
            "setpgroup=<unrepresentable>, resetids=False, setsid=False,\n",
            $indent,
            "setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)"
        )
    };
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "fork",
        "($module, /)",
        "Fork a child process.\n\n\
         Return 0 to child process and PID of child to parent process.",
        |vm, _| {
            if vm.is_shutting_down() {
                return Err(vm.runtime_error("can't fork at interpreter shutdown"));
            }
            vm.before_fork();
            let result = system::fork(vm);
            match result {
                Ok(0) => vm.after_fork_in_child(),
                _ => vm.after_fork_in_parent(),
            }
            match result {
                Ok(pid) => {
                    if pid != 0 {
                        vm.warn_of_fork_among_threads("fork")?;
                    }
                    Ok(vm.int(pid.into()))
                }
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "register_at_fork",
        "($module, /, *, before=<unrepresentable>,\n\
             \x20                after_in_child=<unrepresentable>,\n\
             \x20                after_in_parent=<unrepresentable>)",
        "Register callables to be called when forking a new process.\n\n  \
         before\n    A callable to be called in the parent before the fork() syscall.\n  \
         after_in_child\n    A callable to be called in the child after fork().\n  \
         after_in_parent\n    A callable to be called in the parent after fork().\n\n\
         'before' callbacks are called in reverse order.\n\
         'after_in_child' and 'after_in_parent' callbacks are called in order.",
        |vm, args| {
            let hooks = [args[1].given(), args[2].given(), args[3].given()];
            if hooks.iter().all(Option::is_none) {
                return Err(vm.type_error("At least one argument is required."));
            }
            for (name, hook) in ["before", "after_in_child", "after_in_parent"]
                .into_iter()
                .zip(hooks)
            {
                if let Some(hook) = hook
                    && vm.class_of(hook).slots().call.is_none()
                {
                    return Err(vm.type_error(format!(
                        "'{name}' must be callable, not {}",
                        vm.class_name(hook)
                    )));
                }
            }
            vm.interp.fork_hooks.add(hooks);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "execv",
        "($module, path, argv, /)",
        "Execute an executable path with arguments, replacing current process.\n\n  \
         path\n    Path of executable file.\n  argv\n    Tuple or list of strings.",
        |vm, args| {
            let program = path(vm, "execv", "path", &args[1], Allow::Path)?;
            let arguments = arguments(vm, &args[2], "execv() arg 2")?;
            let errno = system::execute(&program.path, &arguments, &own_environment());
            Err(vm.raise_os_error(errno, None, None))
        },
    ),
    MethodDef::bound(
        "execve",
        "($module, /, path, argv, env)",
        "Execute an executable path with arguments, replacing current process.\n\n  \
         path\n    Path of executable file.\n  argv\n    Tuple or list of strings.\n  \
         env\n    Dictionary of strings mapping to strings.",
        |vm, args| {
            let program = path(vm, "execve", "path", &args[1], Allow::Descriptor)?;
            let arguments = arguments(vm, &args[2], "execve: argv")?;
            let variables = environment_of(vm, "execve", &args[3])?;
            let errno = match program.fd {
                Some(fd) => children::execute_descriptor(fd, &arguments, &variables),
                None => system::execute(&program.path, &arguments, &variables),
            };
            Err(vm.raise_os_error(errno, Some(&program.value), None))
        },
    ),
    MethodDef::bound(
        "posix_spawn",
        spawn_signature!("            "),
        SPAWN_DOC,
        |vm, args| posix_spawn(vm, "posix_spawn", false, args),
    ),
    MethodDef::bound(
        "posix_spawnp",
        spawn_signature!("             "),
        SPAWN_DOC,
        |vm, args| posix_spawn(vm, "posix_spawnp", true, args),
    ),
    MethodDef::bound(
        "system",
        "($module, /, command)",
        "Execute the command in a subshell.",
        |vm, args| {
            let command = vm.fs_encode(&args[1])?;
            let status = vm.allow_threads(|| children::shell(&command, own_environment()));
            Ok(vm.int(status.unwrap_or(-1).into()))
        },
    ),
];
