//! Settings of terminals, and control of devices.
//!
//! Errors are the system's error numbers.
//!
//! The functions of C that read and set speeds (`cfgetispeed` and its kin) are not called: the libc
//! crate asks for them by a version of theirs, which only the shared C library has.  On Linux the
//! speed of both directions is a part of the control flags; input at speed 0 means the output's.
#![allow(unsafe_code)]

use super::system::{SysResult, check};

/// How many special characters a terminal has.
pub const CHARACTERS: usize = libc::NCCS;

/// The settings of a terminal: flags for input, output, control and local; speeds of input and output
/// as the system codes them; special characters.
pub struct Settings {
    pub flags: [u32; 4],
    pub speeds: [u32; 2],
    pub characters: [u8; CHARACTERS],
}

/// The control flags that are the speed.
const SPEED: u32 = libc::CBAUD | libc::CBAUDEX;

/// The C library's own input flag for an input speed of 0.
const INPUT_AS_OUTPUT: u32 = 1 << 31;

fn read(fd: i32) -> SysResult<libc::termios> {
    // SAFETY: zeroes are a valid value, and the place is large enough.
    unsafe {
        let mut settings: libc::termios = std::mem::zeroed();
        check(libc::tcgetattr(fd, &raw mut settings))?;
        Ok(settings)
    }
}

/// The settings of a terminal.
pub fn settings(fd: i32) -> SysResult<Settings> {
    let settings = read(fd)?;
    let output = settings.c_cflag & SPEED;
    let input = match settings.c_iflag & INPUT_AS_OUTPUT {
        0 => output,
        _ => 0,
    };
    Ok(Settings {
        flags: [
            settings.c_iflag,
            settings.c_oflag,
            settings.c_cflag,
            settings.c_lflag,
        ],
        speeds: [input, output],
        characters: settings.c_cc,
    })
}

/// Changes the settings of a terminal, now or after what was written has gone.
pub fn set_settings(fd: i32, when: i32, new: &Settings) -> SysResult<()> {
    let mut settings = read(fd)?;
    [
        settings.c_iflag,
        settings.c_oflag,
        settings.c_cflag,
        settings.c_lflag,
    ] = new.flags;
    settings.c_cc = new.characters;
    let [input, output] = new.speeds;
    if input & !SPEED != 0 || output & !SPEED != 0 {
        return Err(libc::EINVAL);
    }
    settings.c_iflag &= !INPUT_AS_OUTPUT;
    if input == 0 {
        settings.c_iflag |= INPUT_AS_OUTPUT;
    }
    settings.c_cflag = settings.c_cflag & !SPEED | output;
    // SAFETY: the structure is complete.
    unsafe { check(libc::tcsetattr(fd, when, &raw const settings)).map(drop) }
}

/// A call on a terminal that takes one number.
#[derive(Clone, Copy)]
pub enum Order {
    /// Sends zeroes for a while.
    Break,
    /// Throws away what waits to be read or sent.
    Flush,
    /// Stops or restarts input or output.
    Flow,
    /// Waits until all is sent.
    Drain,
}

/// Gives a terminal an order.
pub fn order(fd: i32, order: Order, argument: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe {
        match order {
            Order::Break => libc::tcsendbreak(fd, argument),
            Order::Flush => libc::tcflush(fd, argument),
            Order::Flow => libc::tcflow(fd, argument),
            Order::Drain => libc::tcdrain(fd),
        }
    })
    .map(drop)
}

/// Controls a device by a request that takes a number.
pub fn control(fd: i32, request: u64, argument: i64) -> SysResult<i32> {
    // SAFETY: requests that take an address fail with EFAULT where it is none, as in C.
    check(unsafe { libc::ioctl(fd, request as _, argument) })
}

/// Controls a device by a request that reads or writes memory, of which there must be enough.
pub fn control_with(fd: i32, request: u64, argument: &mut [u8]) -> SysResult<i32> {
    // SAFETY: the memory lives during the call; how much of it a request uses is the caller's matter,
    // who gives more than any structure of the system has.
    check(unsafe { libc::ioctl(fd, request as _, argument.as_mut_ptr()) })
}

/// Sets the process group that a terminal's signals go to.
pub fn set_group(fd: i32, group: i32) -> SysResult<()> {
    // SAFETY: works on any numbers.
    check(unsafe { libc::tcsetpgrp(fd, group) }).map(drop)
}
