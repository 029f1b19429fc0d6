//! Library code that leaves no frames in tracebacks.
//!
//! What is written in Python here and in C in CPython has no frames there: a traceback leads from the program's
//! line to the error at once.  That an exception does not hold such frames also keeps what their variables refer to
//! from living on with it.

/// Modules that CPython has in C, with those that help them.
const NATIVE_FILES: &[&str] = &[
    "_calendar_date.py",
    "_csv.py",
    "_datetime_fields.py",
    "_locale.py",
    "_lsprof.py",
    "_multibytecodec.py",
    "_pickle_format.py",
    "_pydatetime.py",
    "_socket.py",
    "_socket_addresses.py",
    "_timedelta.py",
    "_unpickler.py",
    "marshal.py",
    "pickle.py",
    "zlib.py",
];

/// Classes that CPython has in C, by their modules and the beginning of their methods' qualified names.
const NATIVE_CLASSES: &[(&str, &str)] = &[
    ("asyncio/futures.py", "Future."),
    ("asyncio/tasks.py", "Task."),
];

/// True for code of the library that leaves no frames in tracebacks.
pub(super) fn leaves_no_frames(filename: &str, qualname: &str) -> bool {
    let Some(file) = filename.strip_prefix("<library>/") else {
        return false;
    };
    NATIVE_FILES.contains(&file)
        || NATIVE_CLASSES
            .iter()
            .any(|(module, class)| file == *module && qualname.starts_with(class))
}
