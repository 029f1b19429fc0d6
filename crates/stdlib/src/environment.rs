//! The environment variables as the program sees and changes them.
//!
//! `os.environ` writes here (`putenv`), the time zone reads here, and child processes get what is
//! here; the process's own block is never changed, as other threads may be reading it.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::os::unix::ffi::OsStringExt;
use std::sync::{Mutex, MutexGuard, PoisonError};

type Variables = BTreeMap<Vec<u8>, Vec<u8>>;

static VARIABLES: Mutex<Option<Variables>> = Mutex::new(None);

fn with<R>(work: impl FnOnce(&mut Variables) -> R) -> R {
    let mut guard: MutexGuard<'_, _> = VARIABLES.lock().unwrap_or_else(PoisonError::into_inner);
    work(guard.get_or_insert_with(|| {
        std::env::vars_os()
            .map(|(name, value)| (name.into_vec(), value.into_vec()))
            .collect()
    }))
}

/// The value of a variable.
pub fn get(name: &[u8]) -> Option<Vec<u8>> {
    with(|variables| variables.get(name).cloned())
}

/// Sets a variable, or takes it away.
pub fn set(name: &[u8], value: Option<&[u8]>) {
    with(|variables| match value {
        Some(value) => drop(variables.insert(name.to_vec(), value.to_vec())),
        None => drop(variables.remove(name)),
    });
}

/// The variables as programs take them: `NAME=VALUE`.
pub fn own_environment() -> Vec<CString> {
    all()
        .into_iter()
        .filter_map(|(name, value)| CString::new([name, b"=".to_vec(), value].concat()).ok())
        .collect()
}

/// All variables.
pub fn all() -> Vec<(Vec<u8>, Vec<u8>)> {
    with(|variables| {
        variables
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    })
}
