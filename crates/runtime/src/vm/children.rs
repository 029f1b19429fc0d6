//! Child processes: started by `posix_spawn` or behind a terminal of their own, and waited for.
//!
//! Errors are the system's error numbers.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::mem::MaybeUninit;

use super::scheduling::Usage;
use super::state::Vm;
use super::system::{SysResult, check};

/// What a child does with its descriptors before the program starts.
pub enum FileAction {
    /// Opens a file.
    Open {
        fd: i32,
        path: CString,
        flags: i32,
        mode: u32,
    },
    /// Closes a descriptor.
    Close(i32),
    /// Makes the second name the same file as the first.
    Duplicate(i32, i32),
}

/// What `posix_spawn` is told.
#[derive(Default)]
pub struct Program {
    pub path: CString,
    /// Whether the path is looked for in the folders of `PATH`.
    pub search: bool,
    pub arguments: Vec<CString>,
    pub environment: Vec<CString>,
    pub actions: Vec<FileAction>,
    pub group: Option<i32>,
    pub reset_identity: bool,
    pub new_session: bool,
    pub mask: Option<Vec<i32>>,
    pub default_signals: Option<Vec<i32>>,
    /// A policy, or that of the parent, and the priority within it.
    pub scheduler: Option<(Option<i32>, i32)>,
}

fn done(result: libc::c_int) -> SysResult<()> {
    if result == 0 { Ok(()) } else { Err(result) }
}

fn pointers(strings: &[CString]) -> Vec<*mut libc::c_char> {
    let strings = strings.iter().map(|s| s.as_ptr().cast_mut());
    strings.chain([std::ptr::null_mut()]).collect()
}

/// The description of actions and attributes that the C library keeps, ended on drop.
struct Described {
    actions: libc::posix_spawn_file_actions_t,
    attributes: libc::posix_spawnattr_t,
}

impl Described {
    fn new() -> SysResult<Described> {
        let mut actions = MaybeUninit::uninit();
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: the calls make what is used later; each is only used if its own succeeded.
        unsafe {
            done(libc::posix_spawn_file_actions_init(actions.as_mut_ptr()))?;
            let mut actions = actions.assume_init();
            let made = done(libc::posix_spawnattr_init(attributes.as_mut_ptr()));
            if let Err(error) = made {
                libc::posix_spawn_file_actions_destroy(&raw mut actions);
                return Err(error);
            }
            Ok(Described {
                actions,
                attributes: attributes.assume_init(),
            })
        }
    }

    fn act(&mut self, action: &FileAction) -> SysResult<()> {
        let actions = &raw mut self.actions;
        // SAFETY: the description is complete; the C library copies the path.
        done(unsafe {
            match action {
                FileAction::Open {
                    fd,
                    path,
                    flags,
                    mode,
                } => libc::posix_spawn_file_actions_addopen(
                    actions,
                    *fd,
                    path.as_ptr(),
                    *flags,
                    *mode,
                ),
                FileAction::Close(fd) => libc::posix_spawn_file_actions_addclose(actions, *fd),
                FileAction::Duplicate(fd, target) => {
                    libc::posix_spawn_file_actions_adddup2(actions, *fd, *target)
                }
            }
        })
    }

    fn set(&mut self, program: &Program) -> SysResult<()> {
        let mut flags = 0;
        let attributes = &raw mut self.attributes;
        // SAFETY: the description is complete, and so is everything that is copied into it.
        unsafe {
            if let Some(group) = program.group {
                done(libc::posix_spawnattr_setpgroup(attributes, group))?;
                flags |= libc::POSIX_SPAWN_SETPGROUP;
            }
            if program.reset_identity {
                flags |= libc::POSIX_SPAWN_RESETIDS;
            }
            if program.new_session {
                flags |= i32::from(libc::POSIX_SPAWN_SETSID);
            }
            if let Some(signals) = &program.mask {
                let set = super::signals::to_set(signals);
                done(libc::posix_spawnattr_setsigmask(attributes, &raw const set))?;
                flags |= libc::POSIX_SPAWN_SETSIGMASK;
            }
            if let Some(signals) = &program.default_signals {
                let set = super::signals::to_set(signals);
                done(libc::posix_spawnattr_setsigdefault(
                    attributes,
                    &raw const set,
                ))?;
                flags |= libc::POSIX_SPAWN_SETSIGDEF;
            }
            if let Some((policy, priority)) = program.scheduler {
                let parameters = libc::sched_param {
                    sched_priority: priority,
                };
                if let Some(policy) = policy {
                    done(libc::posix_spawnattr_setschedpolicy(attributes, policy))?;
                    flags |= libc::POSIX_SPAWN_SETSCHEDULER;
                }
                done(libc::posix_spawnattr_setschedparam(
                    attributes,
                    &raw const parameters,
                ))?;
                flags |= libc::POSIX_SPAWN_SETSCHEDPARAM;
            }
            done(libc::posix_spawnattr_setflags(attributes, flags as _))
        }
    }
}

impl Drop for Described {
    fn drop(&mut self) {
        // SAFETY: both were made, and are used no more.
        unsafe {
            libc::posix_spawn_file_actions_destroy(&raw mut self.actions);
            libc::posix_spawnattr_destroy(&raw mut self.attributes);
        }
    }
}

/// Starts a program; the number of its process.
pub fn start(program: &Program) -> SysResult<i32> {
    let mut described = Described::new()?;
    for action in &program.actions {
        described.act(action)?;
    }
    described.set(program)?;
    let arguments = pointers(&program.arguments);
    let environment = pointers(&program.environment);
    let call = if program.search {
        libc::posix_spawnp
    } else {
        libc::posix_spawn
    };
    let mut pid = 0;
    // SAFETY: arrays and strings have their ends and live during the call.
    done(unsafe {
        call(
            &raw mut pid,
            program.path.as_ptr(),
            &raw const described.actions,
            &raw const described.attributes,
            arguments.as_ptr(),
            environment.as_ptr(),
        )
    })?;
    Ok(pid)
}

/// Replaces the process by the program that a descriptor is open for; returns the error.
pub fn execute_descriptor(fd: i32, arguments: &[CString], environment: &[CString]) -> i32 {
    let (arguments, environment) = (pointers(arguments), pointers(environment));
    // SAFETY: as for `start`.
    unsafe { libc::fexecve(fd, arguments.as_ptr().cast(), environment.as_ptr().cast()) };
    super::system::last_error()
}

/// Has the shell run a command; its status.  Meanwhile the signals of the keyboard are the command's alone.
pub fn shell(command: &CStr, environment: Vec<CString>) -> SysResult<i32> {
    let quiet = [libc::SIGINT, libc::SIGQUIT];
    // SAFETY: the structures are complete; what was there before is put back.
    unsafe {
        let mut ignore: libc::sigaction = std::mem::zeroed();
        ignore.sa_sigaction = libc::SIG_IGN;
        let mut before: [libc::sigaction; 2] = std::mem::zeroed();
        for (signal, old) in quiet.iter().zip(&mut before) {
            libc::sigaction(*signal, &raw const ignore, old);
        }
        let blocked = super::signals::mask(libc::SIG_BLOCK, &[libc::SIGCHLD]).unwrap_or_default();
        let heeded = quiet.iter().zip(&before);
        let heeded = heeded.filter(|(_, old)| old.sa_sigaction != libc::SIG_IGN);
        let result = start(&Program {
            path: c"/bin/sh".to_owned(),
            arguments: vec![c"sh".to_owned(), c"-c".to_owned(), command.to_owned()],
            environment,
            default_signals: Some(heeded.map(|(signal, _)| *signal).collect()),
            mask: Some(blocked.clone()),
            ..Program::default()
        })
        .and_then(|pid| {
            loop {
                match super::system::wait_for(pid, 0) {
                    Ok((_, status)) => return Ok(status),
                    Err(libc::EINTR) => {}
                    Err(error) => return Err(error),
                }
            }
        });
        for (signal, old) in quiet.iter().zip(&before) {
            libc::sigaction(*signal, old, std::ptr::null_mut());
        }
        // The mask was this thread's own a moment ago.
        let _ = super::signals::mask(libc::SIG_SETMASK, &blocked);
        result
    }
}

/// Splits the process, the child with a new terminal of its own; its number and our end of the terminal.
pub fn fork_with_terminal(vm: &Vm) -> SysResult<(i32, i32)> {
    let mut ours = -1;
    let pid = vm.around_fork(|| {
        // SAFETY: the place is valid, null means "as usual"; for threads see `system::fork`.
        check(unsafe {
            libc::forkpty(
                &raw mut ours,
                std::ptr::null_mut(),
                std::ptr::null(),
                std::ptr::null(),
            )
        })
    })?;
    Ok((pid, ours))
}

/// Opens a new terminal: our end, and that of its users.  Neither goes to programs started later.
pub fn open_terminal() -> SysResult<[i32; 2]> {
    let [mut ours, mut theirs] = [-1; 2];
    // SAFETY: the places are valid, null means "as usual".
    check(unsafe {
        libc::openpty(
            &raw mut ours,
            &raw mut theirs,
            std::ptr::null_mut(),
            std::ptr::null(),
            std::ptr::null(),
        )
    })?;
    for fd in [ours, theirs] {
        crate::object::fd::set_inheritable(fd, false)?;
    }
    Ok([ours, theirs])
}

/// Makes a terminal the one of this process, in a new session.
pub fn enter_terminal(fd: i32) -> SysResult<()> {
    // SAFETY: works on any number.
    check(unsafe { libc::login_tty(fd) }).map(drop)
}

/// Waits for a child; its number (0 for none yet), status and what it has used.
pub fn wait_with_usage(pid: i32, options: i32) -> SysResult<(i32, i32, Usage)> {
    let mut status = 0;
    // SAFETY: zeroes are a valid value, and both places are large enough.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        let pid = check(libc::wait4(pid, &raw mut status, options, &raw mut usage))?;
        Ok((pid, status, Usage::from(&usage)))
    }
}

/// Waits for some of the children; process, user, signal, status and code.  None if there is nothing yet.
pub fn wait_for_any(kind: u32, id: u32, options: i32) -> SysResult<Option<[i64; 5]>> {
    // SAFETY: zeroes are a valid value; the fields are those of SIGCHLD, which alone is told here.
    unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        check(libc::waitid(kind as _, id, &raw mut info, options))?;
        if info.si_pid() == 0 {
            return Ok(None);
        }
        Ok(Some([
            info.si_pid().into(),
            info.si_uid().into(),
            info.si_signo.into(),
            info.si_status().into(),
            info.si_code.into(),
        ]))
    }
}
