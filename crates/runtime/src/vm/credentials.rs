//! Whose process this is: users and groups, for all threads at once as the C library sets them.
//!
//! Errors are the system's error numbers.
#![allow(unsafe_code)]

use std::ffi::CStr;

use super::system::{SysResult, check};

/// Which of a process's identities a call sets.
#[derive(Clone, Copy)]
pub enum Identity {
    /// All that the process may set.
    All,
    /// Only the effective one.
    Effective,
}

/// Sets the user.
pub fn set_user(which: Identity, user: u32) -> SysResult<()> {
    // SAFETY: works on any number.
    check(unsafe {
        match which {
            Identity::All => libc::setuid(user),
            Identity::Effective => libc::seteuid(user),
        }
    })
    .map(drop)
}

/// Sets the group.
pub fn set_group(which: Identity, group: u32) -> SysResult<()> {
    // SAFETY: works on any number.
    check(unsafe {
        match which {
            Identity::All => libc::setgid(group),
            Identity::Effective => libc::setegid(group),
        }
    })
    .map(drop)
}

/// Sets real and effective user; the highest number leaves one as it is.
pub fn set_users(real: u32, effective: u32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setreuid(real, effective) }).map(drop)
}

/// Sets real and effective group; the highest number leaves one as it is.
pub fn set_real_groups(real: u32, effective: u32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setregid(real, effective) }).map(drop)
}

/// Sets real, effective and saved user.
pub fn set_three_users([real, effective, saved]: [u32; 3]) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setresuid(real, effective, saved) }).map(drop)
}

/// Sets real, effective and saved group.
pub fn set_three_groups([real, effective, saved]: [u32; 3]) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setresgid(real, effective, saved) }).map(drop)
}

/// Real, effective and saved user.
pub fn three_users() -> SysResult<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: all three places are valid.
    check(unsafe { libc::getresuid(&raw mut real, &raw mut effective, &raw mut saved) })?;
    Ok([real, effective, saved])
}

/// Real, effective and saved group.
pub fn three_groups() -> SysResult<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: all three places are valid.
    check(unsafe { libc::getresgid(&raw mut real, &raw mut effective, &raw mut saved) })?;
    Ok([real, effective, saved])
}

/// Sets the further groups.
pub fn set_further_groups(groups: &[u32]) -> SysResult<()> {
    // SAFETY: the numbers live during the call.
    check(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }).map(drop)
}

/// Sets the further groups to those of a user, and one more.
pub fn join_groups_of(user: &CStr, group: u32) -> SysResult<()> {
    // SAFETY: the name has its end.
    check(unsafe { libc::initgroups(user.as_ptr(), group) }).map(drop)
}

/// The groups of a user, and one more.
pub fn groups_of(user: &CStr, group: u32) -> SysResult<Vec<u32>> {
    let mut room = 64;
    loop {
        let mut groups = vec![0; room];
        let mut count = room as libc::c_int;
        // SAFETY: the array has as much room as `count` says.
        let found = unsafe {
            libc::getgrouplist(user.as_ptr(), group, groups.as_mut_ptr(), &raw mut count)
        };
        if found >= 0 {
            groups.truncate(count.max(0) as usize);
            return Ok(groups);
        }
        // The C library says how many there are; more than the kernel allows is an error of its own.
        room = (count.max(0) as usize).max(room * 2);
        if room > 1 << 20 {
            return Err(libc::EINVAL);
        }
    }
}

/// Moves this thread into the name space that a descriptor is open for.
pub fn enter_name_space(fd: i32, kind: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::setns(fd, kind) }).map(drop)
}

/// Parts this thread from what it shares with others.
pub fn unshare(flags: i32) -> SysResult<()> {
    // SAFETY: works on any number; the interpreter shares nothing but memory with other threads, and
    // memory is not parted from within a process.
    check(unsafe { libc::unshare(flags) }).map(drop)
}
