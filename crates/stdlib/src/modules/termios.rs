//! `termios`: settings of terminals.

use runtime::modules::NativeModule;
use runtime::object::{Bytes, List, MethodDef, PyResult, Value};
use runtime::vm::system::SysResult;
use runtime::vm::terminal::{self, CHARACTERS, Order, Settings};
use runtime::{Raised, Vm};
use rustix::termios::Winsize;

use crate::native::raise_of;
use crate::paths::{descriptor, fd_argument};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "termios",
    "This module provides an interface to the Posix calls for tty I/O control.\n\
     For a complete description of these calls, see the Posix or Unix manual\n\
     pages. It is only available for those Unix versions that support Posix\n\
     termios style tty I/O control.\n\n\
     All functions in this module take a file descriptor fd as their first\n\
     argument. This can be an integer file descriptor, such as returned by\n\
     sys.stdin.fileno(), or a file object, such as sys.stdin itself.",
    &[
        MethodDef::bound(
            "tcgetattr",
            "($module, fd, /)",
            "Get the tty attributes for file descriptor fd.\n\n\
             Returns a list [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]\n\
             where cc is a list of the tty special characters (each a string of\n\
             length 1, except the items with indices VMIN and VTIME, which are\n\
             integers when these fields are defined).  The interpretation of the\n\
             flags and the speeds as well as the indexing in the cc array must be\n\
             done using the symbolic constants defined in this module.",
            |vm, args| settings(vm, fd_argument(vm, &args[1])?),
        ),
        MethodDef::bound(
            "tcsetattr",
            "($module, fd, when, attributes, /)",
            "Set the tty attributes for file descriptor fd.\n\n\
             The attributes to be set are taken from the attributes argument, which\n\
             is a list like the one returned by tcgetattr(). The when argument\n\
             determines when the attributes are changed: termios.TCSANOW to\n\
             change immediately, termios.TCSADRAIN to change after transmitting all\n\
             queued output, or termios.TCSAFLUSH to change after transmitting all\n\
             queued output and discarding all queued input.",
            |vm, args| {
                let (fd, when) = (fd_argument(vm, &args[1])?, vm.arg_int(&args[2])?);
                let new = settings_of(vm, &args[3])?;
                finish(
                    vm,
                    vm.allow_threads(|| terminal::set_settings(fd, when, &new)),
                )
            },
        ),
        MethodDef::bound(
            "tcsendbreak",
            "($module, fd, duration, /)",
            "Send a break on file descriptor fd.\n\n\
             A zero duration sends a break for 0.25-0.5 seconds; a nonzero duration\n\
             has a system dependent meaning.",
            |vm, args| order(vm, args, Order::Break),
        ),
        MethodDef::bound(
            "tcdrain",
            "($module, fd, /)",
            "Wait until all output written to file descriptor fd has been transmitted.",
            |vm, args| {
                let fd = fd_argument(vm, &args[1])?;
                let result = vm.allow_threads(|| terminal::order(fd, Order::Drain, 0));
                finish(vm, result)
            },
        ),
        MethodDef::bound(
            "tcflush",
            "($module, fd, queue, /)",
            "Discard queued data on file descriptor fd.\n\n\
             The queue selector specifies which queue: termios.TCIFLUSH for the input\n\
             queue, termios.TCOFLUSH for the output queue, or termios.TCIOFLUSH for\n\
             both queues.",
            |vm, args| order(vm, args, Order::Flush),
        ),
        MethodDef::bound(
            "tcflow",
            "($module, fd, action, /)",
            "Suspend or resume input or output on file descriptor fd.\n\n\
             The action argument can be termios.TCOOFF to suspend output,\n\
             termios.TCOON to restart output, termios.TCIOFF to suspend input,\n\
             or termios.TCION to restart input.",
            |vm, args| order(vm, args, Order::Flow),
        ),
        MethodDef::bound(
            "tcgetwinsize",
            "($module, fd, /)",
            "Get the tty winsize for file descriptor fd.\n\n\
             Returns a tuple (ws_row, ws_col).",
            |vm, args| {
                let file = descriptor(vm, fd_argument(vm, &args[1])?)?;
                match rustix::termios::tcgetwinsize(file) {
                    Ok(size) => {
                        Ok(vm.tuple_value([size.ws_row, size.ws_col].map(|n| vm.int(n.into()))))
                    }
                    Err(errno) => Err(failed(vm, errno.raw_os_error())),
                }
            },
        ),
        MethodDef::bound(
            "tcsetwinsize",
            "($module, fd, winsize, /)",
            "Set the tty winsize for file descriptor fd.\n\n\
             The winsize to be set is taken from the winsize argument, which\n\
             is a two-item tuple (ws_row, ws_col) like the one returned by tcgetwinsize().",
            set_window,
        ),
    ],
)
.with_init(|vm, _, namespace| {
    let error = vm.native_exception("termios", "error", &vm.types.exceptions.exception)?;
    vm.define(namespace, "error", error)?;
    for &(name, number) in CONSTANTS {
        vm.define(namespace, name, vm.int(number))?;
    }
    Ok(())
});

/// `termios.error` of the system's error.
#[cold]
fn failed(vm: &Vm, errno: i32) -> Raised {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let args = [vm.int(errno.into()), vm.str_value(text)];
    raise_of(vm, "termios", "error", &args)
}

fn finish(vm: &Vm, result: SysResult<()>) -> PyResult {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(errno) => Err(failed(vm, errno)),
    }
}

fn order(vm: &Vm, args: &[Value], order: Order) -> PyResult {
    let (fd, argument) = (fd_argument(vm, &args[1])?, vm.arg_int(&args[2])?);
    let result = vm.allow_threads(|| terminal::order(fd, order, argument));
    finish(vm, result)
}

/// The characters that are numbers where input is not taken line by line: how many bytes, how long.
const NUMBERS: [usize; 2] = [libc::VMIN, libc::VTIME];

fn settings(vm: &Vm, fd: i32) -> PyResult {
    let found = terminal::settings(fd).map_err(|errno| failed(vm, errno))?;
    let [.., local] = found.flags;
    let by_line = local & libc::ICANON != 0;
    let characters = found.characters.iter().enumerate();
    let characters = characters.map(|(place, &byte)| match NUMBERS.contains(&place) {
        true if !by_line => vm.int(byte.into()),
        _ => vm.bytes_value(&[byte]),
    });
    let characters = vm.list_from(characters)?.into_value();
    let numbers = found.flags.into_iter().chain(found.speeds);
    let numbers = numbers.map(|number| vm.int(number.into()));
    Ok(vm.list_from(numbers.chain([characters]))?.into_value())
}

fn settings_of(vm: &Vm, value: &Value) -> PyResult<Settings> {
    let items = value.payload::<List>().map(|list| list.to_vec());
    let items = items.and_then(|items| <[Value; 7]>::try_from(items).ok());
    let Some(
        [
            input,
            output,
            control,
            local,
            input_speed,
            output_speed,
            characters,
        ],
    ) = items
    else {
        return Err(vm.type_error("tcsetattr, arg 3: must be 7 element list"));
    };
    let number = |value: &Value| vm.arg_long(value).map(|number| number as u32);
    let flags = [
        number(&input)?,
        number(&output)?,
        number(&control)?,
        number(&local)?,
    ];
    let speeds = [number(&input_speed)?, number(&output_speed)?];
    let items = characters.payload::<List>().map(|list| list.to_vec());
    let Some(items) = items.filter(|items| items.len() == CHARACTERS) else {
        return Err(vm.type_error(format!(
            "tcsetattr: attributes[6] must be {CHARACTERS} element list"
        )));
    };
    let mut characters = [0; CHARACTERS];
    for (place, item) in characters.iter_mut().zip(&items) {
        *place = match item.payload::<Bytes>() {
            Some(bytes) if bytes.len() == 1 => bytes[0],
            _ if item.is_int() => vm.arg_long(item)? as u8,
            _ => {
                return Err(vm.type_error(
                    "tcsetattr: elements of attributes must be characters or integers",
                ));
            }
        };
    }
    Ok(Settings {
        flags,
        speeds,
        characters,
    })
}

fn set_window(vm: &Vm, args: &[Value]) -> PyResult {
    let fd = fd_argument(vm, &args[1])?;
    let items = match vm.is_sequence(&args[2]) {
        true => vm.collect(&args[2])?,
        false => Vec::new(),
    };
    let [rows, columns] = &items[..] else {
        return Err(vm.type_error("tcsetwinsize, arg 2: must be a two-item sequence"));
    };
    let (rows, columns) = (vm.arg_long(rows)?, vm.arg_long(columns)?);
    let (Ok(rows), Ok(columns)) = (u16::try_from(rows), u16::try_from(columns)) else {
        return Err(vm.overflow_error("winsize value(s) out of range."));
    };
    let file = descriptor(vm, fd)?;
    // What programs cannot tell stays: the size in dots.
    let changed = rustix::termios::tcgetwinsize(file).and_then(|old| {
        let new = Winsize {
            ws_row: rows,
            ws_col: columns,
            ..old
        };
        rustix::termios::tcsetwinsize(file, new)
    });
    finish(vm, changed.map_err(|error| error.raw_os_error()))
}

static CONSTANTS: &[(&str, i64)] = &[
    ("B0", 0),
    ("B1000000", 4104),
    ("B110", 3),
    ("B115200", 4098),
    ("B1152000", 4105),
    ("B1200", 9),
    ("B134", 4),
    ("B150", 5),
    ("B1500000", 4106),
    ("B1800", 10),
    ("B19200", 14),
    ("B200", 6),
    ("B2000000", 4107),
    ("B230400", 4099),
    ("B2400", 11),
    ("B2500000", 4108),
    ("B300", 7),
    ("B3000000", 4109),
    ("B3500000", 4110),
    ("B38400", 15),
    ("B4000000", 4111),
    ("B460800", 4100),
    ("B4800", 12),
    ("B50", 1),
    ("B500000", 4101),
    ("B57600", 4097),
    ("B576000", 4102),
    ("B600", 8),
    ("B75", 2),
    ("B921600", 4103),
    ("B9600", 13),
    ("BRKINT", 2),
    ("BS0", 0),
    ("BS1", 8192),
    ("BSDLY", 8192),
    ("CBAUD", 4111),
    ("CBAUDEX", 4096),
    ("CDSUSP", 25),
    ("CEOF", 4),
    ("CEOL", 0),
    ("CEOT", 4),
    ("CERASE", 127),
    ("CFLUSH", 15),
    ("CIBAUD", 269418496),
    ("CINTR", 3),
    ("CKILL", 21),
    ("CLNEXT", 22),
    ("CLOCAL", 2048),
    ("CQUIT", 28),
    ("CR0", 0),
    ("CR1", 512),
    ("CR2", 1024),
    ("CR3", 1536),
    ("CRDLY", 1536),
    ("CREAD", 128),
    ("CRPRNT", 18),
    ("CRTSCTS", 2147483648),
    ("CS5", 0),
    ("CS6", 16),
    ("CS7", 32),
    ("CS8", 48),
    ("CSIZE", 48),
    ("CSTART", 17),
    ("CSTOP", 19),
    ("CSTOPB", 64),
    ("CSUSP", 26),
    ("CWERASE", 23),
    ("ECHO", 8),
    ("ECHOCTL", 512),
    ("ECHOE", 16),
    ("ECHOK", 32),
    ("ECHOKE", 2048),
    ("ECHONL", 64),
    ("ECHOPRT", 1024),
    ("EXTA", 14),
    ("EXTB", 15),
    ("FF0", 0),
    ("FF1", 32768),
    ("FFDLY", 32768),
    ("FIOASYNC", 21586),
    ("FIOCLEX", 21585),
    ("FIONBIO", 21537),
    ("FIONCLEX", 21584),
    ("FIONREAD", 21531),
    ("FLUSHO", 4096),
    ("HUPCL", 1024),
    ("ICANON", 2),
    ("ICRNL", 256),
    ("IEXTEN", 32768),
    ("IGNBRK", 1),
    ("IGNCR", 128),
    ("IGNPAR", 4),
    ("IMAXBEL", 8192),
    ("INLCR", 64),
    ("INPCK", 16),
    ("IOCSIZE_MASK", 1073676288),
    ("IOCSIZE_SHIFT", 16),
    ("ISIG", 1),
    ("ISTRIP", 32),
    ("IUCLC", 512),
    ("IXANY", 2048),
    ("IXOFF", 4096),
    ("IXON", 1024),
    ("NCC", 8),
    ("NCCS", 32),
    ("NL0", 0),
    ("NL1", 256),
    ("NLDLY", 256),
    ("NOFLSH", 128),
    ("N_MOUSE", 2),
    ("N_PPP", 3),
    ("N_SLIP", 1),
    ("N_STRIP", 4),
    ("N_TTY", 0),
    ("OCRNL", 8),
    ("OFDEL", 128),
    ("OFILL", 64),
    ("OLCUC", 2),
    ("ONLCR", 4),
    ("ONLRET", 32),
    ("ONOCR", 16),
    ("OPOST", 1),
    ("PARENB", 256),
    ("PARMRK", 8),
    ("PARODD", 512),
    ("PENDIN", 16384),
    ("TAB0", 0),
    ("TAB1", 2048),
    ("TAB2", 4096),
    ("TAB3", 6144),
    ("TABDLY", 6144),
    ("TCFLSH", 21515),
    ("TCGETA", 21509),
    ("TCGETS", 21505),
    ("TCIFLUSH", 0),
    ("TCIOFF", 2),
    ("TCIOFLUSH", 2),
    ("TCION", 3),
    ("TCOFLUSH", 1),
    ("TCOOFF", 0),
    ("TCOON", 1),
    ("TCSADRAIN", 1),
    ("TCSAFLUSH", 2),
    ("TCSANOW", 0),
    ("TCSBRK", 21513),
    ("TCSBRKP", 21541),
    ("TCSETA", 21510),
    ("TCSETAF", 21512),
    ("TCSETAW", 21511),
    ("TCSETS", 21506),
    ("TCSETSF", 21508),
    ("TCSETSW", 21507),
    ("TCXONC", 21514),
    ("TIOCCONS", 21533),
    ("TIOCEXCL", 21516),
    ("TIOCGETD", 21540),
    ("TIOCGICOUNT", 21597),
    ("TIOCGLCKTRMIOS", 21590),
    ("TIOCGPGRP", 21519),
    ("TIOCGSERIAL", 21534),
    ("TIOCGSOFTCAR", 21529),
    ("TIOCGWINSZ", 21523),
    ("TIOCINQ", 21531),
    ("TIOCLINUX", 21532),
    ("TIOCMBIC", 21527),
    ("TIOCMBIS", 21526),
    ("TIOCMGET", 21525),
    ("TIOCMIWAIT", 21596),
    ("TIOCMSET", 21528),
    ("TIOCM_CAR", 64),
    ("TIOCM_CD", 64),
    ("TIOCM_CTS", 32),
    ("TIOCM_DSR", 256),
    ("TIOCM_DTR", 2),
    ("TIOCM_LE", 1),
    ("TIOCM_RI", 128),
    ("TIOCM_RNG", 128),
    ("TIOCM_RTS", 4),
    ("TIOCM_SR", 16),
    ("TIOCM_ST", 8),
    ("TIOCNOTTY", 21538),
    ("TIOCNXCL", 21517),
    ("TIOCOUTQ", 21521),
    ("TIOCPKT", 21536),
    ("TIOCPKT_DATA", 0),
    ("TIOCPKT_DOSTOP", 32),
    ("TIOCPKT_FLUSHREAD", 1),
    ("TIOCPKT_FLUSHWRITE", 2),
    ("TIOCPKT_NOSTOP", 16),
    ("TIOCPKT_START", 8),
    ("TIOCPKT_STOP", 4),
    ("TIOCSCTTY", 21518),
    ("TIOCSERCONFIG", 21587),
    ("TIOCSERGETLSR", 21593),
    ("TIOCSERGETMULTI", 21594),
    ("TIOCSERGSTRUCT", 21592),
    ("TIOCSERGWILD", 21588),
    ("TIOCSERSETMULTI", 21595),
    ("TIOCSERSWILD", 21589),
    ("TIOCSER_TEMT", 1),
    ("TIOCSETD", 21539),
    ("TIOCSLCKTRMIOS", 21591),
    ("TIOCSPGRP", 21520),
    ("TIOCSSERIAL", 21535),
    ("TIOCSSOFTCAR", 21530),
    ("TIOCSTI", 21522),
    ("TIOCSWINSZ", 21524),
    ("TOSTOP", 256),
    ("VDISCARD", 13),
    ("VEOF", 4),
    ("VEOL", 11),
    ("VEOL2", 16),
    ("VERASE", 2),
    ("VINTR", 0),
    ("VKILL", 3),
    ("VLNEXT", 15),
    ("VMIN", 6),
    ("VQUIT", 1),
    ("VREPRINT", 12),
    ("VSTART", 8),
    ("VSTOP", 9),
    ("VSUSP", 10),
    ("VSWTC", 7),
    ("VSWTCH", 7),
    ("VT0", 0),
    ("VT1", 16384),
    ("VTDLY", 16384),
    ("VTIME", 5),
    ("VWERASE", 14),
    ("XCASE", 4),
    ("XTABS", 6144),
];
