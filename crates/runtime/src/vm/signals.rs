//! Signals: the handler only leaves a note; the VM acts on it at its next safe point, by calling
//! the Python function that `signal.signal` has named for it.
#![allow(unsafe_code)]

use std::io;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicU64, Ordering};

use super::state::{Vm, breaker};
use crate::object::{PyResult, Slot, Value};

/// One more than the highest signal number.
pub const SIGNAL_COUNT: usize = 65;

/// One bit for each signal that arrived and was not handled yet; that of signal 64 is bit 0.
static PENDING: AtomicU64 = AtomicU64::new(0);
/// The breaker of the interpreter's main thread.
static BREAKER: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());

/// Where the interpreter's main thread sleeps.
static SLEEPER: AtomicPtr<super::park::Parker> = AtomicPtr::new(std::ptr::null_mut());

/// Where the number of an arriving signal is written, or -1.
static WAKEUP: AtomicI32 = AtomicI32::new(-1);

/// The interpreter's main thread as the system names it; 0 where there is none.
static MAIN: AtomicU64 = AtomicU64::new(0);

/// The main thread as the kernel names it.
static MAIN_TASK: AtomicI32 = AtomicI32::new(0);

/// Whether a program wants to hear of signals whose number could not be written.
static WARN_ON_FULL: AtomicBool = AtomicBool::new(true);
/// Why the last number of a signal could not be written, or 0.
static WAKEUP_ERROR: AtomicI32 = AtomicI32::new(0);

/// The address of this is the value that signals carry which are sent on to the main thread only to end a
/// system call that waits there: their arrival was noted already.
static FORWARDED: u8 = 0;

/// The part of `siginfo_t` that a sender with a value fills in.
#[repr(C)]
struct Sent {
    signal: libc::c_int,
    errno: libc::c_int,
    code: libc::c_int,
    padding: libc::c_int,
    process: libc::pid_t,
    user: libc::uid_t,
    value: usize,
    rest: [u8; 96],
}

fn forwarded_mark() -> usize {
    (&raw const FORWARDED).addr()
}

/// Sends a signal on to the main thread.
fn forward(signal: libc::c_int) {
    // SAFETY: the structure is as large as the kernel's and lives during the call; a thread that has ended
    // is an error that nobody minds.
    unsafe {
        let process = libc::getpid();
        let sent = Sent {
            signal,
            errno: 0,
            code: libc::SI_QUEUE,
            padding: 0,
            process,
            user: libc::getuid(),
            value: forwarded_mark(),
            rest: [0; 96],
        };
        let task = MAIN_TASK.load(Ordering::SeqCst);
        libc::syscall(
            libc::SYS_rt_tgsigqueueinfo,
            process,
            task,
            signal,
            &raw const sent,
        );
    }
}

/// The handler of all signals that programs handle.
extern "C" fn note(signal: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: the kernel gives a complete structure, of which every sender with a value fills these parts in.
    let forwarded = unsafe {
        (*info).si_code == libc::SI_QUEUE
            && (*info.cast::<Sent>()).value == forwarded_mark()
            && (*info.cast::<Sent>()).process == libc::getpid()
    };
    if !forwarded {
        arrived(signal);
    }
}

/// Notes the arrival of a signal.
fn arrived(signal: libc::c_int) {
    let main = MAIN.load(Ordering::SeqCst);
    // SAFETY: has no conditions.
    let here = main == 0 || main == unsafe { libc::pthread_self() } as u64;
    PENDING.fetch_or(1 << (signal & 63), Ordering::SeqCst);
    let word = BREAKER.load(Ordering::SeqCst);
    // SAFETY: null, or the breaker of an interpreter, which is never freed.
    if let Some(word) = unsafe { word.as_ref() } {
        word.fetch_or(breaker::SIGNAL, Ordering::SeqCst);
    }
    // SAFETY: as for the breaker.
    if let Some(sleeper) = unsafe { SLEEPER.load(Ordering::SeqCst).as_ref() } {
        sleeper.wake();
    }
    let descriptor = WAKEUP.load(Ordering::SeqCst);
    if descriptor >= 0 {
        let byte = signal as u8;
        // SAFETY: writes one byte that lives here; `write` may be called in a signal handler.
        let written = unsafe { libc::write(descriptor, (&raw const byte).cast(), 1) };
        // SAFETY: the place is this thread's own.
        let error = unsafe { *libc::__errno_location() };
        let full = error == libc::EAGAIN || error == libc::EWOULDBLOCK;
        if written < 0 && (!full || WARN_ON_FULL.load(Ordering::SeqCst)) {
            WAKEUP_ERROR.store(error, Ordering::SeqCst);
        }
    }
    if !here {
        forward(signal);
    }
}

/// The signals that a thread had blocked.
#[derive(Clone, Copy)]
pub struct SignalMask(libc::sigset_t);

impl SignalMask {
    /// Blocks all signals in this thread, which shall wait while another one runs the interpreter: the
    /// system would deliver them here, where they interrupt nothing.
    pub fn block_all() -> SignalMask {
        // SAFETY: both sets are complete.
        unsafe {
            let mut all: libc::sigset_t = std::mem::zeroed();
            let mut old: libc::sigset_t = std::mem::zeroed();
            libc::sigfillset(&raw mut all);
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, &raw mut old);
            SignalMask(old)
        }
    }

    /// Blocks in this thread what was blocked before.
    pub fn restore(self) {
        // SAFETY: the set is complete.
        unsafe {
            libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut())
        };
    }

    /// As `restore`, after the interpreter's thread has ended.
    pub fn take_back(self) {
        MAIN.store(0, Ordering::SeqCst);
        self.restore();
    }
}

/// Names the file descriptor that arriving signals are written to, -1 for none; the one before.
pub fn set_wakeup(descriptor: i32, warn_on_full: bool) -> i32 {
    WARN_ON_FULL.store(warn_on_full, Ordering::SeqCst);
    WAKEUP.swap(descriptor, Ordering::SeqCst)
}

/// What the system does when a signal arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// What it does by itself.
    Default,
    /// Nothing.
    Ignore,
    /// It leaves a note for the interpreter.
    Note,
    /// Something that others have set up.
    Foreign,
}

/// The Python functions that handle signals.
pub struct Handlers([Slot; SIGNAL_COUNT]);

impl Handlers {
    /// Forgets them all.
    pub(crate) fn clear(&self) {
        self.0.iter().for_each(|slot| slot.set(None));
    }

    /// Shows the handlers.
    pub(crate) fn each(&self, visit: impl FnMut(&Value)) {
        self.0.iter().filter_map(Slot::peek).for_each(visit);
    }
}

impl Default for Handlers {
    fn default() -> Self {
        Handlers(std::array::from_fn(|_| Slot::default()))
    }
}

impl Handlers {
    /// The place of a signal's handler.
    pub fn of(&self, signal: usize) -> Option<&Slot> {
        self.0.get(signal)
    }
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}

/// What the system does with a signal now.
pub fn disposition(signal: libc::c_int) -> io::Result<Disposition> {
    // SAFETY: reads into a zeroed structure.
    let action = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        check(libc::sigaction(signal, std::ptr::null(), &raw mut action))?;
        action.sa_sigaction
    };
    Ok(match action {
        libc::SIG_DFL => Disposition::Default,
        libc::SIG_IGN => Disposition::Ignore,
        own if own == handler() => Disposition::Note,
        _ => Disposition::Foreign,
    })
}

fn handler() -> usize {
    note as extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) as usize
}

/// Tells the system what to do with a signal.  Interrupted system calls are not restarted, so that
/// Python code can run.
pub fn set_disposition(signal: libc::c_int, disposition: Disposition) -> io::Result<()> {
    // SAFETY: the structure is complete; the handler only stores to atomics.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = match disposition {
            Disposition::Default => libc::SIG_DFL,
            Disposition::Ignore => libc::SIG_IGN,
            _ => {
                action.sa_flags = libc::SA_SIGINFO;
                handler()
            }
        };
        libc::sigemptyset(&raw mut action.sa_mask);
        check(libc::sigaction(
            signal,
            &raw const action,
            std::ptr::null_mut(),
        ))
        .map(drop)
    }
}

/// Sends a signal to this thread.
pub fn raise(signal: libc::c_int) -> io::Result<()> {
    // SAFETY: no memory is involved.
    if unsafe { libc::raise(signal) } == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Sends a signal to a process, or to a group.  One that a process sends itself has arrived when this returns,
/// unless this thread blocks it: the system would hand it to whichever thread it likes.
pub fn send(process: i32, signal: libc::c_int) -> io::Result<()> {
    // SAFETY: no memory is involved.
    let own = unsafe { libc::getpid() };
    let here = process == own && (1..SIGNAL_COUNT as i32).contains(&signal);
    if here && !mask(libc::SIG_BLOCK, &[])?.contains(&signal) {
        return raise(signal);
    }
    // SAFETY: as above.
    check(unsafe { libc::kill(process, signal) }).map(drop)
}

/// Arranges for SIGALRM in some seconds; the seconds that were left of an earlier alarm.
pub fn alarm(seconds: u32) -> u32 {
    // SAFETY: no memory is involved.
    unsafe { libc::alarm(seconds) }
}

/// Waits for a signal.
pub fn pause() {
    // SAFETY: no memory is involved.
    unsafe { libc::pause() };
}

/// Seconds until an interval timer expires, and its interval; sets both if `new` is given.
pub fn interval_timer(which: i32, new: Option<(f64, f64)>) -> io::Result<(f64, f64)> {
    let value = |seconds: f64| libc::timeval {
        tv_sec: seconds.trunc() as libc::time_t,
        tv_usec: (seconds.fract() * 1e6) as libc::suseconds_t,
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    // SAFETY: both structures are complete.
    unsafe {
        let mut old: libc::itimerval = std::mem::zeroed();
        match new {
            None => check(libc::getitimer(which as _, &raw mut old))?,
            Some((first, interval)) => {
                let new = libc::itimerval {
                    it_value: value(first),
                    it_interval: value(interval),
                };
                check(libc::setitimer(which as _, &raw const new, &raw mut old))?
            }
        };
        Ok((seconds(old.it_value), seconds(old.it_interval)))
    }
}

/// The system's description of a signal.
pub fn description(signal: libc::c_int) -> Option<String> {
    // SAFETY: the text is static or lives until the next call on this thread; it is copied.
    unsafe {
        let text = libc::strsignal(signal);
        if text.is_null() {
            return None;
        }
        let text = std::ffi::CStr::from_ptr(text)
            .to_string_lossy()
            .into_owned();
        (!text.starts_with("Unknown signal")).then_some(text)
    }
}

pub(super) fn to_set(signals: &[i32]) -> libc::sigset_t {
    // SAFETY: the set is initialised first; wrong numbers are refused by the system.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        for &signal in signals {
            libc::sigaddset(&raw mut set, signal);
        }
        set
    }
}

fn from_set(set: &libc::sigset_t) -> Vec<i32> {
    let known = 1..SIGNAL_COUNT as i32;
    // SAFETY: reads an initialised set.
    known
        .filter(|&signal| unsafe { libc::sigismember(set, signal) } == 1)
        .collect()
}

/// Changes which signals this thread blocks; those it blocked before.
pub fn mask(how: i32, signals: &[i32]) -> io::Result<Vec<i32>> {
    let set = to_set(signals);
    // SAFETY: both sets are complete.
    unsafe {
        let mut old: libc::sigset_t = std::mem::zeroed();
        match libc::pthread_sigmask(how, &raw const set, &raw mut old) {
            0 => Ok(from_set(&old)),
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }
}

/// The blocked signals that have arrived.
pub fn pending() -> io::Result<Vec<i32>> {
    // SAFETY: the set is written by the system.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        check(libc::sigpending(&raw mut set))?;
        Ok(from_set(&set))
    }
}

/// Waits for one of some blocked signals.
pub fn wait(signals: &[i32]) -> io::Result<i32> {
    let set = to_set(signals);
    let mut signal = 0;
    // SAFETY: both are complete.
    match unsafe { libc::sigwait(&raw const set, &raw mut signal) } {
        0 => Ok(signal),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

/// What is known of a signal that was waited for: number, code, error, sender and its user, status, band.
pub type SignalInfo = [i64; 7];

/// Waits for one of some blocked signals, for ever or for so long; EAGAIN when the time is over.
pub fn wait_with_info(
    signals: &[i32],
    timeout: Option<std::time::Duration>,
) -> io::Result<SignalInfo> {
    let set = to_set(signals);
    let timeout = timeout.map(|timeout| libc::timespec {
        tv_sec: timeout.as_secs() as libc::time_t,
        tv_nsec: timeout.subsec_nanos().into(),
    });
    let timeout = timeout
        .as_ref()
        .map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: set and time are complete, and zeroes are a valid structure for the answer.
    unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        check(libc::sigtimedwait(&raw const set, &raw mut info, timeout))?;
        // Status and band are read from the same place whatever the signal is.
        let band = info.si_pid() as u32 as i64 | (info.si_uid() as i64) << 32;
        Ok([
            info.si_signo.into(),
            info.si_code.into(),
            info.si_errno.into(),
            info.si_pid().into(),
            info.si_uid().into(),
            info.si_status().into(),
            band,
        ])
    }
}

/// Whether system calls that a signal interrupts are to fail, not to go on.
pub fn set_interrupting(signal: libc::c_int, interrupting: bool) -> io::Result<()> {
    // SAFETY: the structure is complete, as the system gave it.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        check(libc::sigaction(signal, std::ptr::null(), &raw mut action))?;
        if interrupting {
            action.sa_flags &= !libc::SA_RESTART;
        } else {
            action.sa_flags |= libc::SA_RESTART;
        }
        check(libc::sigaction(
            signal,
            &raw const action,
            std::ptr::null_mut(),
        ))
        .map(drop)
    }
}

/// Sends a signal to the process that a descriptor stands for.
pub fn send_by_descriptor(fd: i32, signal: libc::c_int, flags: u32) -> io::Result<()> {
    // SAFETY: works on any numbers; null stands for what `kill` would send.
    let result = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            fd,
            signal,
            std::ptr::null::<libc::siginfo_t>(),
            flags,
        )
    };
    check(result as libc::c_int).map(drop)
}

/// Ends the process as an unhandled SIGINT does, so that a shell sees what happened.
pub fn die_of_interrupt() {
    // SAFETY: the default action ends the process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::kill(libc::getpid(), libc::SIGINT);
    }
}

impl Vm {
    /// Lets this thread's interpreter handle SIGINT (as KeyboardInterrupt); SIGPIPE becomes the
    /// error of the write that met it.
    pub fn install_signal_handlers(&'static self) {
        self.signals_come_here();
        // A shell starts background jobs with SIGINT ignored, and so it stays.  Where the system
        // refuses, signals do what they did before.
        if !matches!(disposition(libc::SIGINT), Ok(Disposition::Ignore)) {
            let _ = set_disposition(libc::SIGINT, Disposition::Note);
        }
        let _ = set_disposition(libc::SIGPIPE, Disposition::Ignore);
        // So does the signal of a file that grows too large.
        let _ = set_disposition(libc::SIGXFSZ, Disposition::Ignore);
    }

    /// Lets signals do what the system does by itself, as the interpreter ends: nobody is left to
    /// handle them.
    pub(super) fn give_signals_back(&self) {
        if !self.is_woken_by_signals() {
            return;
        }
        for signal in 1..SIGNAL_COUNT as libc::c_int {
            if matches!(disposition(signal), Ok(Disposition::Note)) {
                // What the system refuses to change stays as it is.
                let _ = set_disposition(signal, Disposition::Default);
            }
        }
        self.interp.signal_handlers.clear();
    }

    /// Names this thread as the one that handles signals.  Its state is never freed.
    pub(super) fn signals_come_here(&self) {
        BREAKER.store((&raw const self.breaker).cast_mut(), Ordering::SeqCst);
        // SAFETY: has no conditions.
        unsafe {
            MAIN_TASK.store(libc::syscall(libc::SYS_gettid) as i32, Ordering::SeqCst);
            MAIN.store(libc::pthread_self() as u64, Ordering::SeqCst);
        }
        let sleeper = std::sync::Arc::as_ptr(&self.thread.parker);
        SLEEPER.store(sleeper.cast_mut(), Ordering::SeqCst);
    }

    /// True if this thread is the one that handles signals.
    pub(super) fn is_woken_by_signals(&self) -> bool {
        std::ptr::eq(BREAKER.load(Ordering::SeqCst), &raw const self.breaker)
    }

    /// Behaves as if a signal had arrived (`_thread.interrupt_main`): true if somebody handles it.
    pub fn simulate_signal(&self, signal: usize) -> bool {
        let number = signal as libc::c_int;
        let noted =
            self.interp.finalizing.get() || matches!(disposition(number), Ok(Disposition::Note));
        if noted {
            arrived(number);
        }
        noted
    }

    /// Sends a signal to the thread of this interpreter that `threading` knows by this identity.
    pub fn signal_thread(&self, ident: u64, signal: libc::c_int) -> io::Result<()> {
        let mut known = false;
        self.for_each_thread(|thread| known |= thread.thread.is_known_as(ident));
        let status = match known {
            // SAFETY: threads in the list have not ended, and cannot while this one has the lock.
            true => unsafe { libc::pthread_kill(ident as libc::pthread_t, signal) },
            false => libc::ESRCH,
        };
        match status {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }

    /// Makes this the interpreter of the OS thread, which may have others.
    pub fn make_current(&'static self) {
        heap::set_current_heap(Some(self.heap));
        super::state::set_current_vm(self);
    }

    /// Tells that the number of a signal could not be written where the program wants it.
    fn report_wakeup_error(&self) {
        let error = WAKEUP_ERROR.swap(0, Ordering::SeqCst);
        if error == 0 {
            return;
        }
        let raised = self.raise_os_error(error, None, None);
        let exception = self.take_exception(raised);
        let message = "Exception ignored when trying to write to the signal wakeup fd";
        self.unraisable(exception, None, Some(message));
    }

    /// Acts on signals that have arrived, by number.
    pub fn handle_signals(&self) -> PyResult<()> {
        if !self.is_main_thread() {
            return Ok(());
        }
        let pending = PENDING.swap(0, Ordering::SeqCst);
        if pending == 0 {
            return Ok(());
        }
        self.report_wakeup_error();
        for signal in 1..SIGNAL_COUNT {
            if pending & 1 << (signal & 63) == 0 || !super::fault::tell(self, signal as libc::c_int)
            {
                continue;
            }
            let handler = self.interp.signal_handlers.of(signal).and_then(Slot::get);
            let handled = match handler {
                Some(handler) => {
                    let frame = self
                        .current_frame()
                        .map_or(Value::NONE, |frame| self.frame_object(frame).into_value());
                    self.call(&handler, &[self.int_usize(signal), frame])
                        .map(drop)
                }
                None if signal == libc::SIGINT as usize && !self.interp.finalizing.get() => {
                    let class = &self.types.exceptions.keyboard_interrupt;
                    Err(self.raise_value(self.new_exception(class, &[])))
                }
                None => {
                    let class = &self.types.exceptions.os_error;
                    let text = format!("Signal {signal} ignored due to race condition");
                    let exception = self.take_exception(self.raise(class, text));
                    self.unraisable(exception, Some(&Value::NONE), None);
                    Ok(())
                }
            };
            if let Err(raised) = handled {
                // The others are not forgotten.
                let later = pending & (!0 << (signal & 63) << 1);
                if later != 0 && signal < 64 {
                    PENDING.fetch_or(later, Ordering::SeqCst);
                    self.breaker.fetch_or(breaker::SIGNAL, Ordering::SeqCst);
                }
                return Err(raised);
            }
        }
        Ok(())
    }
}
