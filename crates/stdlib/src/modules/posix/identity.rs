//! Whose process this is, and what that lets it do: users, groups, root folder, name spaces.

use runtime::Vm;
use runtime::object::{MethodDef, PyResult, Value};
use runtime::vm::credentials::{self, Identity};
use runtime::vm::system::SysResult;
use rustix::process as native;

use super::finish;
use crate::paths::{Allow, descriptor, identity, os_error, path};

fn user(vm: &Vm, value: &Value) -> PyResult<u32> {
    identity(vm, value, "uid")
}

fn group(vm: &Vm, value: &Value) -> PyResult<u32> {
    identity(vm, value, "gid")
}

fn three(vm: &Vm, numbers: SysResult<[u32; 3]>) -> PyResult {
    match numbers {
        Ok(numbers) => Ok(vm.tuple_value(numbers.map(|number| vm.int(number.into())))),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}

pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "setuid",
        "($module, uid, /)",
        "Set the current process's user id.",
        |vm, args| {
            let uid = user(vm, &args[1])?;
            finish(vm, credentials::set_user(Identity::All, uid))
        },
    ),
    MethodDef::bound(
        "seteuid",
        "($module, euid, /)",
        "Set the current process's effective user id.",
        |vm, args| {
            let uid = user(vm, &args[1])?;
            finish(vm, credentials::set_user(Identity::Effective, uid))
        },
    ),
    MethodDef::bound(
        "setgid",
        "($module, gid, /)",
        "Set the current process's group id.",
        |vm, args| {
            let gid = group(vm, &args[1])?;
            finish(vm, credentials::set_group(Identity::All, gid))
        },
    ),
    MethodDef::bound(
        "setegid",
        "($module, egid, /)",
        "Set the current process's effective group id.",
        |vm, args| {
            let gid = group(vm, &args[1])?;
            finish(vm, credentials::set_group(Identity::Effective, gid))
        },
    ),
    MethodDef::bound(
        "setreuid",
        "($module, ruid, euid, /)",
        "Set the current process's real and effective user ids.",
        |vm, args| {
            let (real, effective) = (user(vm, &args[1])?, user(vm, &args[2])?);
            finish(vm, credentials::set_users(real, effective))
        },
    ),
    MethodDef::bound(
        "setregid",
        "($module, rgid, egid, /)",
        "Set the current process's real and effective group ids.",
        |vm, args| {
            let (real, effective) = (group(vm, &args[1])?, group(vm, &args[2])?);
            finish(vm, credentials::set_real_groups(real, effective))
        },
    ),
    MethodDef::bound(
        "setresuid",
        "($module, ruid, euid, suid, /)",
        "Set the current process's real, effective, and saved user ids.",
        |vm, args| {
            let users = [
                user(vm, &args[1])?,
                user(vm, &args[2])?,
                user(vm, &args[3])?,
            ];
            finish(vm, credentials::set_three_users(users))
        },
    ),
    MethodDef::bound(
        "setresgid",
        "($module, rgid, egid, sgid, /)",
        "Set the current process's real, effective, and saved group ids.",
        |vm, args| {
            let groups = [
                group(vm, &args[1])?,
                group(vm, &args[2])?,
                group(vm, &args[3])?,
            ];
            finish(vm, credentials::set_three_groups(groups))
        },
    ),
    MethodDef::bound(
        "getresuid",
        "($module, /)",
        "Return a tuple of the current process's real, effective, and saved user ids.",
        |vm, _| three(vm, credentials::three_users()),
    ),
    MethodDef::bound(
        "getresgid",
        "($module, /)",
        "Return a tuple of the current process's real, effective, and saved group ids.",
        |vm, _| three(vm, credentials::three_groups()),
    ),
    MethodDef::bound(
        "setgroups",
        "($module, groups, /)",
        "Set the groups of the current process to list.",
        |vm, args| {
            if !vm.is_sequence(&args[1]) {
                return Err(vm.type_error("setgroups argument must be a sequence"));
            }
            let values = vm.collect(&args[1])?;
            if values.len() > GROUPS_MAX {
                return Err(vm.value_error("too many groups"));
            }
            let mut groups = Vec::new();
            for value in &values {
                if !value.is_int() {
                    return Err(vm.type_error("groups must be integers"));
                }
                groups.push(group(vm, value)?);
            }
            finish(vm, credentials::set_further_groups(&groups))
        },
    ),
    MethodDef::bound(
        "initgroups",
        "($module, username, gid, /)",
        "Initialize the group access list.\n\n\
         Call the system initgroups() to initialize the group access list with all of\n\
         the groups of which the specified username is a member, plus the specified\n\
         group id.",
        |vm, args| {
            let name = vm.fs_encode(&args[1])?;
            let gid = group(vm, &args[2])?;
            finish(vm, credentials::join_groups_of(&name, gid))
        },
    ),
    MethodDef::bound(
        "getgrouplist",
        "($module, user, group, /)",
        "Returns a list of groups to which a user belongs.\n\n  \
         user\n    username to lookup\n  group\n    base group id of the user",
        |vm, args| {
            if args[1].payload::<runtime::object::Str>().is_none() {
                return Err(vm.type_error(format!(
                    "getgrouplist() argument 1 must be str, not {}",
                    vm.class_name(&args[1])
                )));
            }
            let name = vm.fs_encode(&args[1])?;
            let gid = group(vm, &args[2])?;
            match credentials::groups_of(&name, gid) {
                Ok(groups) => {
                    let groups = groups.into_iter().map(|group| vm.int(group.into()));
                    Ok(vm.list_from(groups)?.into_value())
                }
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    ),
    MethodDef::bound(
        "setpgid",
        "($module, pid, pgrp, /)",
        "Call the system call setpgid(pid, pgrp).",
        |vm, args| {
            let (pid, group) = (vm.arg_int(&args[1])?, vm.arg_int(&args[2])?);
            if pid < 0 || group < 0 {
                return Err(vm.raise_os_error(libc::EINVAL, None, None));
            }
            let (pid, group) = (native::Pid::from_raw(pid), native::Pid::from_raw(group));
            done(vm, native::setpgid(pid, group))
        },
    ),
    MethodDef::bound(
        "setpgrp",
        "($module, /)",
        "Make the current process the leader of its process group.",
        |vm, _| done(vm, native::setpgid(None, None)),
    ),
    MethodDef::bound(
        "chroot",
        "($module, /, path)",
        "Change root directory to path.",
        |vm, args| {
            let folder = path(vm, "chroot", "path", &args[1], Allow::Path)?;
            super::files::done(vm, &folder, native::chroot(&*folder.path))
        },
    ),
    MethodDef::bound(
        "setns",
        "($module, /, fd, nstype=0)",
        "Move the calling thread into different namespaces.\n\n  \
         fd\n    A file descriptor to a namespace.\n  \
         nstype\n    Type of namespace.",
        |vm, args| {
            let fd = crate::paths::fd_argument(vm, &args[1])?;
            let kind = args[2].given().map_or(Ok(0), |kind| vm.arg_int(kind))?;
            descriptor(vm, fd)?;
            finish(
                vm,
                vm.allow_threads(|| credentials::enter_name_space(fd, kind)),
            )
        },
    ),
    MethodDef::bound(
        "unshare",
        "($module, /, flags)",
        "Disassociate parts of a process (or thread) execution context.\n\n  \
         flags\n    Namespaces to be unshared.",
        |vm, args| {
            let flags = vm.arg_int(&args[1])?;
            finish(vm, vm.allow_threads(|| credentials::unshare(flags)))
        },
    ),
];

/// As many further groups as a process may have.
const GROUPS_MAX: usize = 65536;

fn done(vm: &Vm, result: rustix::io::Result<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(os_error(vm, error)),
    }
}
