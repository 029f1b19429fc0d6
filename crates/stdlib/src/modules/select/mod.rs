//! `select`: waiting for descriptors, by `poll` and `select`; `epoll` has a file of its own.

mod epoll;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    CompareOp, Dict, Kind, List, MethodDef, Payload, PyResult, Ref, TypeSpec, Value, alloc,
    class_flag,
};
use runtime::types::module::Module;
use rustix::event::{PollFd, PollFlags, Timespec};

use crate::modules::time::{timeout_in, timeout_nanoseconds};
use crate::native::wrong_receiver;
use crate::paths::{descriptor, fd_argument, os_error};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "select",
    "This module supports asynchronous I/O on multiple file descriptors.\n\n\
     *** IMPORTANT NOTICE ***\n\
     On Windows, only sockets are supported; on Unix, all file descriptors.",
    &[
        MethodDef::bound(
            "poll",
            "($module, /)",
            "Returns a polling object.\n\n\
             This object supports registering and unregistering file descriptors, and then\n\
             polling them for I/O events.",
            |vm, _| Ok(alloc(&vm.native_class(&POLL), Poll::default()).into_value()),
        ),
        MethodDef::bound(
            "select",
            "($module, rlist, wlist, xlist, timeout=None, /)",
            "Wait until one or more file descriptors are ready for some kind of I/O.\n\n\
             The first three arguments are iterables of file descriptors to be waited for:\n\
             rlist -- wait until ready for reading\n\
             wlist -- wait until ready for writing\n\
             xlist -- wait for an \"exceptional condition\"\n\
             If only one kind of condition is required, pass [] for the other lists.\n\n\
             A file descriptor is either a socket or file object, or a small integer\n\
             gotten from a fileno() method call on one of those.\n\n\
             The optional 4th argument specifies a timeout in seconds; it may be\n\
             a floating point number to specify fractions of seconds.  If it is absent\n\
             or None, the call will never time out.\n\n\
             The return value is a tuple of three lists corresponding to the first three\n\
             arguments; each contains the subset of the corresponding file descriptors\n\
             that are ready.",
            select,
        ),
    ],
)
.with_init(init);

/// Payload of `poll`.
#[derive(Default)]
struct Poll {
    /// Events to wait for, by descriptor.
    watched: RefCell<BTreeMap<i32, u16>>,
    /// A thread waits.
    waiting: Cell<bool>,
}

impl Payload for Poll {
    const KIND: Kind = crate::kinds::POLL;
    const NAME: &'static str = "poll";
    const COLLECTED: bool = false;
}

static POLL: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    methods: &[
        MethodDef::bound(
            "register",
            "($self, fd, eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)",
            "Register a file descriptor with the polling object.\n\n  \
             fd\n    either an integer, or an object with a fileno() method returning an int\n  \
             eventmask\n    an optional bitmask describing the type of events to check for",
            |vm, args| {
                let events = mask(vm, args[2].given())?;
                let fd = fd_argument(vm, &args[1])?;
                poll_of(vm, &args[0])?
                    .watched
                    .borrow_mut()
                    .insert(fd, events);
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "modify",
            "($self, fd, eventmask, /)",
            "Modify an already registered file descriptor.\n\n  \
             fd\n    either an integer, or an object with a fileno() method returning\n  an int\n  \
             eventmask\n    a bitmask describing the type of events to check for",
            |vm, args| {
                let events = mask(vm, args[2].given())?;
                let fd = fd_argument(vm, &args[1])?;
                match poll_of(vm, &args[0])?.watched.borrow_mut().get_mut(&fd) {
                    Some(known) => *known = events,
                    None => return Err(vm.raise_os_error(libc::ENOENT, None, None)),
                }
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "unregister",
            "($self, fd, /)",
            "Remove a file descriptor being tracked by the polling object.",
            |vm, args| {
                let fd = fd_argument(vm, &args[1])?;
                let known = poll_of(vm, &args[0])?.watched.borrow_mut().remove(&fd);
                match known {
                    Some(_) => Ok(Value::NONE),
                    None => Err(vm.key_error(&vm.int(fd.into()))),
                }
            },
        ),
        MethodDef::bound(
            "poll",
            "($self, timeout=None, /)",
            "Polls the set of registered file descriptors.\n\n  \
             timeout\n    The maximum time to wait in milliseconds, or else None (or a negative\n    \
             value) to wait indefinitely.\n\n\
             Returns a list containing any descriptors that have events or errors to\n\
             report, as a list of (fd, event) 2-tuples.",
            |vm, args| {
                let timeout = match args[1].given_not_none() {
                    None => None,
                    Some(timeout) => {
                        check_timeout(vm, timeout, "an integer")?;
                        let nanoseconds = timeout_in(vm, timeout, MILLISECOND)?;
                        if nanoseconds / MILLISECOND > i64::from(i32::MAX) {
                            return Err(vm.overflow_error("timeout is too large"));
                        }
                        // Less than nothing is for ever.
                        u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
                    }
                };
                let poll = poll_of(vm, &args[0])?;
                let watched: Vec<(i32, u16)> = poll
                    .watched
                    .borrow()
                    .iter()
                    .map(|(&fd, &events)| (fd, events))
                    .collect();
                if poll.waiting.replace(true) {
                    return Err(vm.runtime_error("concurrent poll() invocation"));
                }
                let ready = wait(vm, &watched, timeout);
                poll.waiting.set(false);
                let ready = ready?.into_iter();
                let ready = ready
                    .map(|(fd, events)| vm.tuple_value([vm.int(fd.into()), vm.int(events.into())]));
                vm.list_from(ready).map(Ref::into_value)
            },
        ),
    ],
    ..TypeSpec::of::<Poll>("select.poll")
};

fn poll_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Poll> {
    this.payload::<Poll>()
        .ok_or_else(|| wrong_receiver(vm, "select.poll"))
}

/// One, in nanoseconds.
const MILLISECOND: i64 = 1_000_000;

/// A timeout is a float, or says what integer it is.
fn check_timeout(vm: &Vm, timeout: &Value, wanted: &str) -> PyResult<()> {
    if timeout.as_float().is_some() || vm.class_of(timeout).slots().nb_index.is_some() {
        return Ok(());
    }
    Err(vm.type_error(format!("timeout must be {wanted} or None")))
}

fn mask(vm: &Vm, events: Option<&Value>) -> PyResult<u16> {
    let Some(events) = events else {
        return Ok((libc::POLLIN | libc::POLLPRI | libc::POLLOUT) as u16);
    };
    let events = vm.index(events)?;
    if vm.truth(&vm.compare(&events, &Value::small_int(0), CompareOp::Lt)?)? {
        return Err(vm.value_error("value must be positive"));
    }
    match u16::try_from(vm.arg_long(&events)?) {
        Ok(events) => Ok(events),
        Err(_) => Err(vm.overflow_error("Python int too large for C unsigned short")),
    }
}

/// Waits until something happens to one of the descriptors; which ones, and what.
fn wait(vm: &Vm, watched: &[(i32, u16)], timeout: Option<Duration>) -> PyResult<Vec<(i32, u16)>> {
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut fds = Vec::new();
    for &(fd, events) in watched {
        let flags = PollFlags::from_bits_retain(events);
        fds.push(PollFd::from_borrowed_fd(descriptor(vm, fd)?, flags));
    }
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let time = left.and_then(|left| Timespec::try_from(left).ok());
        match vm.allow_threads(|| rustix::event::poll(&mut fds, time.as_ref())) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => vm.handle_signals()?,
            Err(error) => return Err(os_error(vm, error)),
        }
    }
    let events = fds.iter().map(|fd| fd.revents().bits());
    let found = watched
        .iter()
        .zip(events)
        .filter(|(_, events)| *events != 0);
    Ok(found.map(|(&(fd, _), events)| (fd, events)).collect())
}

fn select(vm: &Vm, args: &[Value]) -> PyResult {
    let timeout = match args[4].given_not_none() {
        None => None,
        Some(timeout) => {
            check_timeout(vm, timeout, "a float")?;
            match timeout_nanoseconds(vm, timeout)? {
                ..0 => return Err(vm.value_error("timeout must be non-negative")),
                timeout => Some(Duration::from_nanos(timeout as u64)),
            }
        }
    };
    let hang_up = (libc::POLLHUP | libc::POLLERR) as u16;
    let kinds = [
        libc::POLLIN as u16,
        libc::POLLOUT as u16,
        libc::POLLPRI as u16,
    ];
    let mut lists: Vec<Vec<(i32, Value)>> = Vec::new();
    let mut watched = BTreeMap::new();
    for (list, kind) in args[1..4].iter().zip(kinds) {
        let mut files = Vec::new();
        let mut watch = |file: Value| {
            let fd = fd_argument(vm, &file)?;
            if !(0..libc::FD_SETSIZE as i32).contains(&fd) {
                return Err(vm.value_error("filedescriptor out of range in select()"));
            }
            *watched.entry(fd).or_insert(0) |= kind;
            files.push((fd, file));
            Ok(())
        };
        match list.payload::<List>() {
            // Asking a file for its number may change the list.
            Some(list) => {
                let mut place = 0;
                while let Some(file) = list.get(place) {
                    watch(file)?;
                    place += 1;
                }
            }
            None => {
                let all = vm.collect_or(list, "arguments 1-3 must be sequences")?;
                all.into_iter().try_for_each(&mut watch)?;
            }
        }
        lists.push(files);
    }
    let watched: Vec<(i32, u16)> = watched.into_iter().collect();
    let found: BTreeMap<i32, u16> = wait(vm, &watched, timeout)?.into_iter().collect();
    if found
        .values()
        .any(|events| events & libc::POLLNVAL as u16 != 0)
    {
        return Err(vm.raise_os_error(libc::EBADF, None, None));
    }
    let mut results = Vec::new();
    for (files, kind) in lists.into_iter().zip(kinds) {
        // The end of a file can be read, and an error met by either.
        let wanted = if kind == libc::POLLPRI as u16 {
            kind
        } else {
            kind | hang_up
        };
        let ready = files
            .into_iter()
            .filter(|(fd, _)| found.get(fd).is_some_and(|events| events & wanted != 0));
        results.push(vm.list_from(ready.map(|(_, file)| file))?.into_value());
    }
    Ok(vm.tuple_value(results))
}

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "error", vm.types.exceptions.os_error.to_value())?;
    let constants: [(&str, i64); 13] = [
        ("POLLIN", libc::POLLIN.into()),
        ("POLLPRI", libc::POLLPRI.into()),
        ("POLLOUT", libc::POLLOUT.into()),
        ("POLLERR", libc::POLLERR.into()),
        ("POLLHUP", libc::POLLHUP.into()),
        ("POLLNVAL", libc::POLLNVAL.into()),
        ("POLLRDNORM", libc::POLLRDNORM.into()),
        ("POLLRDBAND", libc::POLLRDBAND.into()),
        ("POLLWRNORM", libc::POLLWRNORM.into()),
        ("POLLWRBAND", libc::POLLWRBAND.into()),
        ("POLLRDHUP", libc::POLLRDHUP.into()),
        ("POLLMSG", 0x400),
        ("PIPE_BUF", libc::PIPE_BUF as i64),
    ];
    let class = vm.native_class(&epoll::EPOLL);
    vm.define(namespace, "epoll", class.into_value())?;
    for (name, value) in constants.into_iter().chain(epoll::CONSTANTS) {
        vm.define(namespace, name, vm.int(value))?;
    }
    Ok(())
}
