//! `OSError`: the class depends on `errno`, and file names leave the arguments.

use super::attributes::field;
use super::{Family, base, exception_of};
use crate::object::slots::{InitFn, NewFn};
use crate::object::{Args, Class, GetSetDef, MethodDef, PyResult, Raised, Ref, TypeSlots, Value};
use crate::vm::Vm;

const ERRNO: usize = 0;
const STRERROR: usize = 1;
const FILENAME: usize = 2;
const FILENAME2: usize = 3;
const WRITTEN: usize = 4;

pub(super) const FAMILY: Family = Family {
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        str: Some(str),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned()],
    getset: &[
        field::<ERRNO>("errno", "POSIX exception code"),
        field::<STRERROR>("strerror", "exception strerror"),
        field::<FILENAME>("filename", "exception filename"),
        field::<FILENAME2>("filename2", "second exception filename"),
        GetSetDef::writable("characters_written", "", get_written, set_written),
    ],
};

/// The class for an error number.
fn class_for_errno(vm: &Vm, errno: i64) -> Option<&Ref<Class>> {
    let e = &vm.types.exceptions;
    Some(match i32::try_from(errno).ok()? {
        // EWOULDBLOCK is the same number as EAGAIN.
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => &e.blocking_io_error,
        libc::EPIPE | libc::ESHUTDOWN => &e.broken_pipe_error,
        libc::ECHILD => &e.child_process_error,
        libc::ECONNABORTED => &e.connection_aborted_error,
        libc::ECONNREFUSED => &e.connection_refused_error,
        libc::ECONNRESET => &e.connection_reset_error,
        libc::EEXIST => &e.file_exists_error,
        libc::ENOENT => &e.file_not_found_error,
        libc::EISDIR => &e.is_a_directory_error,
        libc::ENOTDIR => &e.not_a_directory_error,
        libc::EINTR => &e.interrupted_error,
        libc::EACCES | libc::EPERM => &e.permission_error,
        libc::ESRCH => &e.process_lookup_error,
        libc::ETIMEDOUT => &e.timeout_error,
        _ => return None,
    })
}

/// True for classes that override `__init__` but not `__new__`: only for them `__init__` works,
/// for all others `__new__` has done everything.
fn initialises_itself(class: &Class) -> bool {
    let slots = class.slots();
    let own_init = slots
        .init
        .is_some_and(|f| std::ptr::fn_addr_eq(f, init as InitFn));
    let own_new = slots
        .new
        .is_some_and(|f| std::ptr::fn_addr_eq(f, new as NewFn));
    !own_init && own_new
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let plain = Args::positional(&[]);
    if initialises_itself(class) {
        return base::new(vm, class, plain);
    }
    base::no_keywords(vm, class, args)?;
    let positionals = args.positionals();
    let mut class = class;
    if class.is(&vm.types.exceptions.os_error)
        && positionals.len() >= 2
        && positionals.len() <= 5
        && let Some(errno) = positionals[0].as_small_int()
        && let Some(special) = class_for_errno(vm, errno)
    {
        class = special;
    }
    let exception = base::new(vm, class, plain)?;
    fill(vm, &exception, positionals)?;
    Ok(exception)
}

fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    let class = vm.class_of(value);
    if !initialises_itself(class) {
        return Ok(());
    }
    base::no_keywords(vm, class, args)?;
    fill(vm, value, args.positionals())
}

/// Spreads the arguments over the fields.  The third to fifth leave `args`.
fn fill(vm: &Vm, value: &Value, args: &[Value]) -> PyResult<()> {
    let exception = exception_of(value)?;
    if args.len() < 2 || args.len() > 5 {
        return base::set_positionals(vm, value, args);
    }
    let given = |i: usize| args.get(i).filter(|v| !v.is_none()).cloned();
    let mut filename = given(2);
    let mut written = None;
    if let Some(number) = &filename
        && vm
            .class_of(value)
            .is(&vm.types.exceptions.blocking_io_error)
        && vm.class_of(number).slots().nb_index.is_some()
    {
        let count = vm.index_isize(number, &vm.types.exceptions.value_error)?;
        written = Some(Value::small_int(count as i64));
        filename = None;
    }
    let kept = if filename.is_some() { &args[..2] } else { args };
    base::set_positionals(vm, value, kept)?;
    exception.set_fields([
        Some(args[0].clone()),
        Some(args[1].clone()),
        filename,
        given(4),
        written,
    ]);
    Ok(())
}

fn str(vm: &Vm, value: &Value) -> PyResult {
    let exception = exception_of(value)?;
    let (errno, strerror) = (exception.field(ERRNO), exception.field(STRERROR));
    let text = |part: Option<&Value>| -> PyResult<String> {
        match part {
            Some(part) => vm.str_string(part),
            None => Ok("None".into()),
        }
    };
    if let Some(filename) = exception.field(FILENAME) {
        let head = format!(
            "[Errno {}] {}: {}",
            text(errno.as_ref())?,
            text(strerror.as_ref())?,
            vm.repr_string(&filename)?
        );
        let message = match exception.field(FILENAME2) {
            Some(second) => format!("{head} -> {}", vm.repr_string(&second)?),
            None => head,
        };
        return Ok(vm.str_value(&message));
    }
    if let (Some(errno), Some(strerror)) = (&errno, &strerror) {
        let message = format!("[Errno {}] {}", text(Some(errno))?, text(Some(strerror))?);
        return Ok(vm.str_value(&message));
    }
    base::str(vm, value)
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let exception = exception_of(&args[0])?;
    let arguments = base::args_of(vm, &args[0])?;
    let filename = exception.field(FILENAME);
    let ([errno, strerror], Some(filename)) = (&arguments[..], filename) else {
        return base::reduce_with(vm, &args[0], arguments.into_value());
    };
    let mut all = vec![errno.clone(), strerror.clone(), filename];
    if let Some(second) = exception.field(FILENAME2) {
        all.extend([Value::NONE, second]);
    }
    base::reduce_with(vm, &args[0], vm.tuple_value(all))
}

fn get_written(vm: &Vm, value: &Value) -> PyResult {
    match exception_of(value)?.field(WRITTEN) {
        Some(written) => Ok(written),
        None => Err(vm.attribute_error("characters_written")),
    }
}

fn set_written(vm: &Vm, value: &Value, new: Option<&Value>) -> PyResult<()> {
    let exception = exception_of(value)?;
    match new {
        Some(new) => {
            let count = vm.index_isize(new, &vm.types.exceptions.value_error)?;
            exception.set_field(WRITTEN, Some(Value::small_int(count as i64)));
        }
        None if exception.field(WRITTEN).is_none() => {
            return Err(vm.attribute_error("characters_written"));
        }
        None => exception.set_field(WRITTEN, None),
    }
    Ok(())
}

impl Vm {
    /// Raises the OSError for an error number of the system, about a file or two if given.
    #[cold]
    pub fn raise_os_error(
        &self,
        errno: i32,
        filename: Option<&Value>,
        second: Option<&Value>,
    ) -> Raised {
        let text = std::io::Error::from_raw_os_error(errno).to_string();
        // The standard library adds the number to the system's words.
        let text = text.split(" (os error").next().unwrap_or_default();
        let mut args = vec![Value::small_int(i64::from(errno)), self.str_value(text)];
        if let Some(filename) = filename {
            args.push(filename.clone());
        }
        if let Some(second) = second {
            args.extend([Value::NONE, second.clone()]);
        }
        match new(
            self,
            &self.types.exceptions.os_error,
            Args::positional(&args),
        ) {
            Ok(exception) => self.raise_value(exception),
            Err(raised) => raised,
        }
    }
}
