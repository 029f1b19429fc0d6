//! The system's log.
#![allow(unsafe_code)]

use std::ffi::{CStr, CString};
use std::sync::{Mutex, PoisonError};

/// The name that the C library has been told; it does not copy it.
static NAME: Mutex<Option<CString>> = Mutex::new(None);

/// Says under which name, how and for which facility messages are logged.
pub fn open(name: Option<CString>, options: i32, facility: i32) {
    let mut kept = NAME.lock().unwrap_or_else(PoisonError::into_inner);
    let pointer = name.as_ref().map_or(std::ptr::null(), |name| name.as_ptr());
    // SAFETY: the name stays in its place in memory until another one has been told.
    unsafe { libc::openlog(pointer, options, facility) };
    *kept = name;
}

/// Ends the connection to the log.
pub fn close() {
    let mut kept = NAME.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: has no conditions.
    unsafe {
        libc::closelog();
        libc::openlog(std::ptr::null(), 0, libc::LOG_USER);
        libc::closelog();
    }
    *kept = None;
}

/// Logs a message.
pub fn write(priority: i32, message: &CStr) {
    let _kept = NAME.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: the format takes one text, which has its end.
    unsafe { libc::syslog(priority, c"%s".as_ptr(), message.as_ptr()) };
}

/// Sets which priorities are logged; those before.
pub fn set_mask(mask: i32) -> i32 {
    // SAFETY: works on any number.
    unsafe { libc::setlogmask(mask) }
}
