//! Where the threads of a program are, written to a descriptor without help from Python code: on
//! demand, on a signal, and when the process is about to die of one (`faulthandler`).
//!
//! A handler of a fatal signal may have interrupted anything, so nothing here allocates or locks on
//! its way to the output; it reads what the interrupted thread had stored.  Should that be
//! half-changed, the process, which is dying anyway, dies of the second fault.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::frame::Frame;
use super::signals::{self, Disposition};
use super::state::Vm;
use super::system::{SysResult, check};
use crate::object::{Str, Value};

/// Frames of a thread, and threads, that are written at most.
const MOST: usize = 100;
/// Characters of a name that are written at most.
const LONGEST: usize = 500;

/// Output through a buffer of its own.
struct Out {
    fd: i32,
    buffer: [u8; 256],
    len: usize,
}

impl Out {
    fn new(fd: i32) -> Out {
        Out {
            fd,
            buffer: [0; 256],
            len: 0,
        }
    }

    fn flush(&mut self) {
        let mut rest = self.buffer.get(..self.len).unwrap_or_default();
        while !rest.is_empty() {
            // SAFETY: the bytes live during the call; `write` may be called in a signal handler.
            let count = unsafe { libc::write(self.fd, rest.as_ptr().cast(), rest.len()) };
            match usize::try_from(count) {
                Ok(count) if count > 0 => rest = rest.get(count..).unwrap_or_default(),
                _ => break,
            }
        }
        self.len = 0;
    }

    fn byte(&mut self, byte: u8) {
        if self.len == self.buffer.len() {
            self.flush();
        }
        self.buffer[self.len] = byte;
        self.len += 1;
    }

    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
    }

    fn decimal(&mut self, mut number: u64) {
        let mut digits = [0; 20];
        let mut place = digits.len();
        loop {
            place -= 1;
            digits[place] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        digits[place..].iter().for_each(|&digit| self.byte(digit));
    }

    fn hexadecimal(&mut self, number: u64, width: u32) {
        for place in (0..width).rev() {
            let digit = (number >> (4 * place) & 15) as u8;
            self.byte(if digit < 10 { b'0' } else { b'a' - 10 } + digit);
        }
    }

    /// A Python string; what is not ASCII is escaped.
    fn string(&mut self, value: &Value) {
        let Some(text) = value.payload::<Str>() else {
            return self.text("???");
        };
        for unit in text.iter().take(LONGEST) {
            match unit {
                0x20..0x7f => self.byte(unit as u8),
                0..0x100 => {
                    self.text("\\x");
                    self.hexadecimal(unit.into(), 2);
                }
                0x100..0x1_0000 => {
                    self.text("\\u");
                    self.hexadecimal(unit.into(), 4);
                }
                _ => {
                    self.text("\\U");
                    self.hexadecimal(unit.into(), 8);
                }
            }
        }
        if text.len() > LONGEST {
            self.text("...");
        }
    }

    fn frames(&mut self, innermost: Option<&Frame>) {
        if innermost.is_none() {
            self.text("  <no Python frame>\n");
        }
        let mut next = innermost;
        let mut count = 0;
        while let Some(frame) = next {
            if count == MOST {
                self.text("  ...\n");
                break;
            }
            count += 1;
            let code = frame.code();
            self.text("  File \"");
            self.string(&code.filename);
            self.text("\", line ");
            self.decimal(code.line_at(frame.index()).into());
            self.text(" in ");
            self.string(&code.name);
            self.byte(b'\n');
            next = frame.caller();
        }
    }

    fn thread(&mut self, thread: &Vm, current: bool) {
        self.text(if current {
            "Current thread 0x"
        } else {
            "Thread 0x"
        });
        self.hexadecimal(thread.thread.ident.get(), 16);
        self.text(" (most recent call first):\n");
        self.frames(thread.visible_frame());
    }

    /// All threads but `except`, the youngest first.
    fn threads(&mut self, vm: &Vm, current: Option<&Vm>, except: Option<&Vm>) {
        let is = |thread: &Vm, other: Option<&Vm>| other.is_some_and(|o| std::ptr::eq(o, thread));
        let Ok(all) = vm.interp.threads.all.try_borrow() else {
            return self.thread(vm, true);
        };
        let mut count = 0;
        for &thread in all.iter().rev() {
            // SAFETY: threads in the list have not ended.
            let thread = unsafe { &*thread };
            if is(thread, except) {
                continue;
            }
            if count > 0 {
                self.byte(b'\n');
            }
            if count == MOST {
                self.text("...\n");
                break;
            }
            count += 1;
            self.thread(thread, is(thread, current));
        }
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        self.flush();
    }
}

/// Writes where this thread is, or where all of them are.
pub fn dump(vm: &Vm, fd: i32, all: bool) {
    let mut out = Out::new(fd);
    if all {
        out.threads(vm, Some(vm), None);
    } else {
        out.text("Stack (most recent call first):\n");
        out.frames(vm.visible_frame());
    }
}

/// Writes a heading and where all threads but this one are.
pub fn dump_others(vm: &Vm, fd: i32, heading: &str) {
    let mut out = Out::new(fd);
    out.text(heading);
    out.threads(vm, None, Some(vm));
}

/// Signals that a process dies of when its own code is at fault.
const FATAL: [(i32, &str); 5] = [
    (libc::SIGBUS, "Bus error"),
    (libc::SIGILL, "Illegal instruction"),
    (libc::SIGFPE, "Floating point exception"),
    (libc::SIGABRT, "Aborted"),
    (libc::SIGSEGV, "Segmentation fault"),
];

static ENABLED: AtomicBool = AtomicBool::new(false);
static FATAL_FD: AtomicI32 = AtomicI32::new(2);
static FATAL_ALL: AtomicBool = AtomicBool::new(true);
/// What was done with the fatal signals before.
static BEFORE: Mutex<Option<[libc::sigaction; 5]>> = Mutex::new(None);

extern "C" fn fatal(signal: libc::c_int) {
    // SAFETY: the structure is complete.  The next one of these signals, which is sent again below, ends
    // the process.
    unsafe { libc::signal(signal, libc::SIG_DFL) };
    let mut out = Out::new(FATAL_FD.load(Ordering::SeqCst));
    let name = FATAL.iter().find(|(number, _)| *number == signal);
    out.text("Fatal Python error: ");
    out.text(name.map_or("unknown", |(_, name)| name));
    out.text("\n\n");
    if let Some(vm) = super::state::try_current_vm() {
        if FATAL_ALL.load(Ordering::SeqCst) {
            out.threads(vm, Some(vm), None);
        } else {
            out.text("Stack (most recent call first):\n");
            out.frames(vm.visible_frame());
        }
    }
    drop(out);
    // SAFETY: has no conditions.
    unsafe { libc::raise(signal) };
}

/// Has fatal signals tell where the program was.
pub fn enable(fd: i32, all: bool) -> SysResult<()> {
    FATAL_FD.store(fd, Ordering::SeqCst);
    FATAL_ALL.store(all, Ordering::SeqCst);
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if before.is_some() {
        return Ok(());
    }
    // SAFETY: the structures are complete; the handler keeps to what handlers may do.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = fatal as extern "C" fn(libc::c_int) as usize;
        action.sa_flags = libc::SA_NODEFER | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        let mut old: [libc::sigaction; 5] = std::mem::zeroed();
        for ((signal, _), old) in FATAL.iter().zip(&mut old) {
            check(libc::sigaction(*signal, &raw const action, old))?;
        }
        *before = Some(old);
    }
    ENABLED.store(true, Ordering::SeqCst);
    Ok(())
}

/// The process is aborted because native code was refused memory that it could not do without: tells where the
/// program was and ends it as an uncaught MemoryError does.
extern "C" fn out_of_memory(signal: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: the system hands over a complete structure.
    let own = unsafe { (*info).si_code == libc::SI_TKILL && (*info).si_pid() == libc::getpid() };
    if !own || ASKED_TO_ABORT.load(Ordering::SeqCst) {
        // Somebody means it: the signal does what it does without this handler.
        // SAFETY: have no conditions.
        unsafe {
            libc::signal(signal, libc::SIG_DFL);
            libc::raise(signal);
        }
        return;
    }
    let mut out = Out::new(2);
    if let Some(vm) = super::state::try_current_vm() {
        out.text("Stack (most recent call first):\n");
        out.frames(vm.visible_frame());
    }
    out.text("MemoryError\n");
    drop(out);
    super::system::exit_now(1);
}

/// The program itself asked for the end by SIGABRT.
static ASKED_TO_ABORT: AtomicBool = AtomicBool::new(false);

/// To be called before the process is aborted because it was asked to.
pub(super) fn asked_to_abort() {
    ASKED_TO_ABORT.store(true, Ordering::SeqCst);
}

/// The system refused memory: should that abort the process, it ends in order. The first refusal arranges it, so that
/// programs which never see one find the signal untouched.
pub(super) fn memory_refused() {
    static ARRANGED: AtomicBool = AtomicBool::new(false);
    if ARRANGED.swap(true, Ordering::SeqCst) {
        return;
    }
    // SAFETY: the structures are complete; the handler keeps to what handlers may do.
    unsafe {
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGABRT, std::ptr::null(), &raw mut old);
        if old.sa_sigaction != libc::SIG_DFL {
            return;
        }
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = out_of_memory as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGABRT, &raw const action, std::ptr::null_mut());
    }
}

impl Vm {
    /// Has fatal signals tell on standard error where all threads were.
    pub fn tell_faults(&self) -> SysResult<()> {
        enable(2, true)
    }
}

/// Lets fatal signals do what they did before; true if they were changed.
pub fn disable() -> bool {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(old) = before.take() {
        for ((signal, _), old) in FATAL.iter().zip(&old) {
            // SAFETY: the structure is what the system gave.
            unsafe { libc::sigaction(*signal, old, std::ptr::null_mut()) };
        }
    }
    ENABLED.swap(false, Ordering::SeqCst)
}

/// True between `enable` and `disable`.
pub fn is_enabled() -> bool {
    ENABLED.load(Ordering::SeqCst)
}

/// What a signal does besides, or instead of, calling its handler.
#[derive(Clone, Copy)]
struct Registered {
    fd: i32,
    all: bool,
    /// Whether what was to be done with the signal is still done.
    chain: bool,
    before: Disposition,
}

static REGISTERED: Mutex<BTreeMap<i32, Registered>> = Mutex::new(BTreeMap::new());

/// Has a signal tell where the program is.
pub fn register(signal: i32, fd: i32, all: bool, chain: bool) -> SysResult<()> {
    let code = |error: std::io::Error| error.raw_os_error().unwrap_or(0);
    let mut registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
    let before = match registered.get(&signal) {
        Some(known) => known.before,
        None => {
            let before = signals::disposition(signal).map_err(code)?;
            signals::set_disposition(signal, Disposition::Note).map_err(code)?;
            before
        }
    };
    registered.insert(
        signal,
        Registered {
            fd,
            all,
            chain,
            before,
        },
    );
    Ok(())
}

/// Takes a registration back; false if there was none.
pub fn unregister(signal: i32) -> bool {
    let mut registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(known) = registered.remove(&signal) else {
        return false;
    };
    if known.before != Disposition::Foreign {
        // It could be set before.
        let _ = signals::set_disposition(signal, known.before);
    }
    true
}

thread_local! {
    /// The signal that is being passed on to what was there before.
    static PASSED_ON: Cell<i32> = const { Cell::new(0) };
}

/// Does what is registered for a signal that has arrived; true if its handler is to be called too.
pub(super) fn tell(vm: &Vm, signal: i32) -> bool {
    let registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(known) = registered.get(&signal).copied() else {
        return true;
    };
    drop(registered);
    dump(vm, known.fd, known.all);
    if known.chain && known.before == Disposition::Default && PASSED_ON.get() == 0 {
        PASSED_ON.set(signal);
        if signals::set_disposition(signal, Disposition::Default).is_ok() {
            // Most signals end the process here.
            let _ = signals::raise(signal);
            let _ = signals::set_disposition(signal, Disposition::Note);
        }
        PASSED_ON.set(0);
    }
    known.chain && known.before == Disposition::Note
}
