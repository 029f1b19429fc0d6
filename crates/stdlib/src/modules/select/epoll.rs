//! `select.epoll`: waiting for events of descriptors that the kernel remembers.

use std::cell::Cell;
use std::os::fd::{BorrowedFd, IntoRawFd};
use std::time::{Duration, Instant};

use runtime::Vm;
use runtime::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value,
    alloc,
};
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};

use crate::modules::time::timeout_nanoseconds;
use crate::native::wrong_receiver;
use crate::paths::{descriptor, fd_argument, os_error};

/// Payload of `epoll`.
pub(super) struct Epoll {
    /// The kernel's object; -1 once closed.
    fd: Cell<i32>,
}

impl Epoll {
    fn close(&self) -> Result<(), i32> {
        match self.fd.replace(-1) {
            -1 => Ok(()),
            fd => runtime::object::fd::close(fd),
        }
    }
}

impl Drop for Epoll {
    fn drop(&mut self) {
        // There is nobody to tell of an error.
        let _ = self.close();
    }
}

impl Payload for Epoll {
    const KIND: Kind = crate::kinds::EPOLL;
    const NAME: &'static str = "epoll";
    const COLLECTED: bool = false;
}

/// The event mask that `register` uses by itself.
const USUAL: u32 = (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLOUT) as u32;

pub(super) static EPOLL: TypeSpec = TypeSpec {
    doc: "select.epoll(sizehint=-1, flags=0)\n\n\
          Returns an epolling object\n\n\
          sizehint must be a positive integer or -1 for the default size. The\n\
          sizehint is used to optimize internal data structures. It doesn't limit\n\
          the maximum number of monitored events.",
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "fromfd",
            "($type, fd, /)",
            "Create an epoll object from a given control fd.",
            |vm, args| {
                let fd = vm.arg_int(&args[1])?;
                Ok(made(vm, fd))
            },
        )
        .class_method(),
        MethodDef::bound(
            "close",
            "($self, /)",
            "Close the epoll control file descriptor.\n\n\
             Further operations on the epoll object will raise an exception.",
            |vm, args| close(vm, &args[0]),
        ),
        MethodDef::bound(
            "fileno",
            "($self, /)",
            "Return the epoll control file descriptor.",
            |vm, args| Ok(vm.int(number(vm, &args[0])?.into())),
        ),
        MethodDef::bound(
            "register",
            "($self, /, fd,\n\
             \x20        eventmask=select.EPOLLIN | select.EPOLLPRI | select.EPOLLOUT)",
            "Registers a new fd or raises an OSError if the fd is already registered.\n\n  \
             fd\n    the target file descriptor of the operation\n  \
             eventmask\n    a bit set composed of the various EPOLL constants\n\n\
             The epoll interface supports all file descriptors that support poll.",
            |vm, args| {
                control(vm, args, |epoll, fd, data, flags| {
                    epoll::add(epoll, fd, data, flags)
                })
            },
        ),
        MethodDef::bound(
            "modify",
            "($self, /, fd, eventmask)",
            "Modify event mask for a registered file descriptor.\n\n  \
             fd\n    the target file descriptor of the operation\n  \
             eventmask\n    a bit set composed of the various EPOLL constants",
            |vm, args| {
                control(vm, args, |epoll, fd, data, flags| {
                    epoll::modify(epoll, fd, data, flags)
                })
            },
        ),
        MethodDef::bound(
            "unregister",
            "($self, /, fd)",
            "Remove a registered file descriptor from the epoll object.\n\n  \
             fd\n    the target file descriptor of the operation",
            |vm, args| {
                let args = [args[0].clone(), args[1].clone(), Value::UNBOUND];
                control(vm, &args, |epoll, fd, _, _| epoll::delete(epoll, fd))
            },
        ),
        MethodDef::bound(
            "poll",
            "($self, /, timeout=None, maxevents=-1)",
            "Wait for events on the epoll file descriptor.\n\n  \
             timeout\n    the maximum time to wait in seconds (as float);\n    \
             a timeout of None or -1 makes poll wait indefinitely\n  \
             maxevents\n    the maximum number of events returned; -1 means no limit\n\n\
             Returns a list containing any descriptors that have events to report,\n\
             as a list of (fd, events) 2-tuples.",
            poll,
        ),
        MethodDef::bound("__enter__", "($self, /)", "", |vm, args| {
            number(vm, &args[0])?;
            Ok(args[0].clone())
        }),
        MethodDef::bound(
            "__exit__",
            "($self, exc_type=None, exc_value=None, exc_tb=None, /)",
            "",
            |vm, args| close(vm, &args[0]),
        ),
    ],
    getset: &[GetSetDef::read_only(
        "closed",
        "True if the epoll handler is closed",
        |vm, this| Ok(Value::bool(epoll_of(vm, this)?.fd.get() < 0)),
    )],
    ..TypeSpec::of::<Epoll>("select.epoll")
};

fn made(vm: &Vm, fd: i32) -> Value {
    let epoll = Epoll { fd: Cell::new(fd) };
    alloc(&vm.native_class(&EPOLL), epoll).into_value()
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("epoll", "(sizehint=-1, flags=0)", args)?;
    let hint = args[0].given().map_or(Ok(-1), |hint| vm.arg_int(hint))?;
    if hint != -1 && hint <= 0 {
        return Err(vm.value_error("negative sizehint"));
    }
    let flags = args[1].given().map_or(Ok(0), |flags| vm.arg_int(flags))?;
    if flags & !libc::EPOLL_CLOEXEC != 0 {
        return Err(vm.raise(&vm.types.exceptions.os_error, "invalid flags"));
    }
    match epoll::create(CreateFlags::CLOEXEC) {
        Ok(file) => Ok(made(vm, file.into_raw_fd())),
        Err(error) => Err(os_error(vm, error)),
    }
}

fn epoll_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Epoll> {
    this.payload::<Epoll>()
        .ok_or_else(|| wrong_receiver(vm, "select.epoll"))
}

/// The descriptor of an object that is open.
fn number(vm: &Vm, this: &Value) -> PyResult<i32> {
    match epoll_of(vm, this)?.fd.get() {
        ..0 => Err(vm.value_error("I/O operation on closed epoll object")),
        fd => Ok(fd),
    }
}

fn close(vm: &Vm, this: &Value) -> PyResult {
    match epoll_of(vm, this)?.close() {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(vm.raise_os_error(errno, None, None)),
    }
}

fn control(
    vm: &Vm,
    args: &[Value],
    call: impl FnOnce(BorrowedFd<'_>, BorrowedFd<'_>, EventData, EventFlags) -> rustix::io::Result<()>,
) -> PyResult {
    number(vm, &args[0])?;
    let fd = fd_argument(vm, &args[1])?;
    let mask = match args[2].given() {
        // Bits beyond the mask are nobody's.
        Some(mask) => vm
            .index(mask)?
            .as_int()
            .and_then(|mask| mask.to_i64())
            .unwrap_or(0) as u32,
        None => USUAL,
    };
    // Finding the numbers may have closed it.
    let epoll = descriptor(vm, number(vm, &args[0])?)?;
    let target = descriptor(vm, fd)?;
    let data = EventData::new_u64(fd as u64);
    match call(epoll, target, data, EventFlags::from_bits_retain(mask)) {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(os_error(vm, error)),
    }
}

fn poll(vm: &Vm, args: &[Value]) -> PyResult {
    number(vm, &args[0])?;
    let timeout = match args[1].given_not_none() {
        None => None,
        Some(timeout) => {
            super::check_timeout(vm, timeout, "an integer")?;
            let nanoseconds = timeout_nanoseconds(vm, timeout)?;
            if nanoseconds / super::MILLISECOND > i64::from(i32::MAX) {
                return Err(vm.overflow_error("timeout is too large"));
            }
            // Less than nothing is for ever.
            u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
        }
    };
    let most = match args[2].given().map_or(Ok(-1), |most| vm.arg_int(most))? {
        -1 => libc::FD_SETSIZE - 1,
        most if most > 0 => most as usize,
        most => {
            return Err(vm.value_error(format!("maxevents must be greater than 0, got {most}")));
        }
    };
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut events: Vec<Event> = Vec::new();
    // No more come at once than there are descriptors; the rest come with the next call.
    if events.try_reserve_exact(most.min(1 << 16)).is_err() {
        return Err(vm.memory_error());
    }
    loop {
        let epoll = descriptor(vm, number(vm, &args[0])?)?;
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let time = left.and_then(|left| Timespec::try_from(left).ok());
        match vm.allow_threads(|| epoll::wait(epoll, spare_capacity(&mut events), time.as_ref())) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => vm.handle_signals()?,
            Err(error) => return Err(os_error(vm, error)),
        }
    }
    let found = events.iter().map(|event| {
        let (data, flags) = (event.data, event.flags);
        vm.tuple_value([
            vm.int(data.u64() as i32 as i64),
            vm.int(flags.bits().into()),
        ])
    });
    Ok(vm.list_from(found)?.into_value())
}

/// The constants of the module that belong to `epoll`.
pub(super) const CONSTANTS: [(&str, i64); 15] = [
    ("EPOLLIN", 0x1),
    ("EPOLLOUT", 0x4),
    ("EPOLLPRI", 0x2),
    ("EPOLLERR", 0x8),
    ("EPOLLHUP", 0x10),
    ("EPOLLRDHUP", 0x2000),
    ("EPOLLET", 1 << 31),
    ("EPOLLONESHOT", 1 << 30),
    ("EPOLLEXCLUSIVE", 1 << 28),
    ("EPOLLRDNORM", 0x40),
    ("EPOLLRDBAND", 0x80),
    ("EPOLLWRNORM", 0x100),
    ("EPOLLWRBAND", 0x200),
    ("EPOLLMSG", 0x400),
    ("EPOLL_CLOEXEC", libc::EPOLL_CLOEXEC as i64),
];
