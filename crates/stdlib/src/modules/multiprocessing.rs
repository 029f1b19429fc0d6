//! `_multiprocessing`: semaphores that processes share.

use std::cell::Cell;
use std::ffi::CString;
use std::time::{Duration, SystemTime};

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, TypeSlots,
    TypeSpec, Value, alloc, class_flag,
};
use runtime::types::module::Module;
use runtime::vm::semaphore::SharedSemaphore;

use crate::modules::time::timeout_nanoseconds;
use crate::native::wrong_receiver;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_multiprocessing",
    "",
    &[MethodDef::bound(
        "sem_unlink",
        "($module, name, /)",
        "",
        |vm, args| {
            let name = name_of(vm, &args[1])?;
            match SharedSemaphore::unlink(&name) {
                Ok(()) => Ok(Value::NONE),
                Err(errno) => Err(vm.raise_os_error(errno, None, None)),
            }
        },
    )],
)
.with_init(init);

/// A lock that its holder may take again; the other kind is a semaphore.
const RECURSIVE: i32 = 0;
const SEMAPHORE: i32 = 1;
/// Highest value of a semaphore.
const HIGHEST: i64 = i32::MAX as i64;

/// Payload of `SemLock`.
struct SemLock {
    semaphore: SharedSemaphore,
    kind: i32,
    highest: i64,
    name: Slot,
    /// How often this process has taken it, less how often it has released it.
    count: Cell<i64>,
    /// The thread of this process that took it last.
    owner: Cell<u64>,
}

impl Payload for SemLock {
    const KIND: Kind = crate::kinds::SEM_LOCK;
    const NAME: &'static str = "SemLock";
    const COLLECTED: bool = false;
}

const ACQUIRE_DOC: &str = "Acquire the semaphore/lock.";
const RELEASE_DOC: &str = "Release the semaphore/lock.";

static SEM_LOCK: TypeSpec = TypeSpec {
    doc: "Semaphore/Mutex type",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "acquire",
            "($self, /, block=True, timeout=None)",
            ACQUIRE_DOC,
            |vm, args| acquire(vm, &args[0], args[1].given(), args[2].given_not_none()),
        ),
        MethodDef::bound("release", "($self, /)", RELEASE_DOC, |vm, args| {
            release(vm, &args[0])
        }),
        MethodDef::bound(
            "__enter__",
            "($self, /)",
            "Enter the semaphore/lock.",
            |vm, args| acquire(vm, &args[0], None, None),
        ),
        MethodDef::raw(
            "__exit__",
            "($self, exc_type=None, exc_value=None, exc_tb=None, /)",
            "Exit the semaphore/lock.",
            |vm, args| release(vm, &args.values[0]),
        ),
        MethodDef::bound(
            "_count",
            "($self, /)",
            "Num of `acquire()`s minus num of `release()`s for this process.",
            |vm, args| Ok(vm.int(own(vm, &args[0])?.count.get())),
        ),
        MethodDef::bound(
            "_is_mine",
            "($self, /)",
            "Whether the lock is owned by this thread.",
            |vm, args| Ok(Value::bool(own(vm, &args[0])?.is_mine(vm))),
        ),
        MethodDef::bound(
            "_get_value",
            "($self, /)",
            "Get the value of the semaphore.",
            |vm, args| Ok(vm.int(value(vm, own(vm, &args[0])?)?.into())),
        ),
        MethodDef::bound(
            "_is_zero",
            "($self, /)",
            "Return whether semaphore has value zero.",
            |vm, args| Ok(Value::bool(value(vm, own(vm, &args[0])?)? == 0)),
        ),
        MethodDef::bound(
            "_after_fork",
            "($self, /)",
            "Rezero the net acquisition count after fork().",
            |vm, args| {
                own(vm, &args[0])?.count.set(0);
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "_rebuild",
            "($type, handle, kind, maxvalue, name, /)",
            "",
            rebuild,
        )
        .class_method(),
    ],
    getset: &[
        GetSetDef::read_only("handle", "", |vm, this| {
            Ok(vm.int_usize(own(vm, this)?.semaphore.address()))
        })
        .as_member(),
        GetSetDef::read_only(
            "kind",
            "",
            |vm, this| Ok(vm.int(own(vm, this)?.kind.into())),
        )
        .as_member(),
        GetSetDef::read_only(
            "maxvalue",
            "",
            |vm, this| Ok(vm.int(own(vm, this)?.highest)),
        )
        .as_member(),
        GetSetDef::read_only("name", "", |vm, this| {
            Ok(own(vm, this)?.name.get().unwrap_or(Value::NONE))
        })
        .as_member(),
    ],
    ..TypeSpec::of::<SemLock>("_multiprocessing.SemLock")
};

impl SemLock {
    fn is_mine(&self, vm: &Vm) -> bool {
        self.count.get() > 0 && self.owner.get() == vm.thread_number()
    }

    fn note(&self, vm: &Vm) {
        self.count.set(self.count.get().wrapping_add(1));
        self.owner.set(vm.thread_number());
    }
}

fn own<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a SemLock> {
    this.payload::<SemLock>()
        .ok_or_else(|| wrong_receiver(vm, "_multiprocessing.SemLock"))
}

fn value(vm: &Vm, lock: &SemLock) -> PyResult<i32> {
    lock.semaphore
        .value()
        .map_err(|errno| vm.raise_os_error(errno, None, None))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("SemLock", "(kind, value, maxvalue, name, unlink)", args)?;
    let (kind, value) = (vm.arg_int(&args[0])?, vm.arg_int(&args[1])?);
    let highest = vm.arg_int(&args[2])?;
    if kind != RECURSIVE && kind != SEMAPHORE {
        return Err(vm.value_error("unrecognized kind"));
    }
    let Ok(first) = u32::try_from(value) else {
        return Err(vm.raise_os_error(libc::EINVAL, None, None));
    };
    let unlink = vm.truth(&args[4])?;
    // One whose name would go at once needs none: forked processes have it as it is.
    let (semaphore, name) = if unlink {
        (SharedSemaphore::new(first), Value::NONE)
    } else {
        let name = name_of(vm, &args[3])?;
        (SharedSemaphore::create(&name, first), args[3].clone())
    };
    let semaphore = semaphore.map_err(|errno| vm.raise_os_error(errno, None, None))?;
    Ok(allocated(class, semaphore, kind, highest.into(), name))
}

/// A name as the system takes it.
fn name_of(vm: &Vm, name: &Value) -> PyResult<CString> {
    let Some(text) = name.payload::<Str>() else {
        return Err(vm.type_error(format!("argument must be str, not {}", vm.class_name(name))));
    };
    CString::new(text.to_display().into_owned())
        .map_err(|_| vm.value_error("embedded null character"))
}

fn allocated(
    class: &Ref<Class>,
    semaphore: SharedSemaphore,
    kind: i32,
    highest: i64,
    name: Value,
) -> Value {
    let lock = SemLock {
        semaphore,
        kind,
        highest,
        name: Slot::new(Some(name)),
        count: Cell::new(0),
        owner: Cell::new(0),
    };
    alloc(class, lock).into_value()
}

/// The semaphore that another process has told of, by its name.
fn rebuild(vm: &Vm, args: &[Value]) -> PyResult {
    let [class, _, kind, highest, name] = args else {
        return Err(vm.type_error("function takes exactly 4 arguments"));
    };
    let Some(class) = class.as_ref_to::<Class>() else {
        return Err(wrong_receiver(vm, "type"));
    };
    let (kind, highest) = (vm.arg_int(kind)?, vm.arg_int(highest)?);
    let path = name_of(vm, name)?;
    let semaphore =
        SharedSemaphore::open(&path).map_err(|errno| vm.raise_os_error(errno, None, None))?;
    Ok(allocated(
        class,
        semaphore,
        kind,
        highest.into(),
        name.clone(),
    ))
}

fn acquire(vm: &Vm, this: &Value, block: Option<&Value>, timeout: Option<&Value>) -> PyResult {
    let lock = own(vm, this)?;
    let block = match block {
        Some(block) => vm.truth(block)?,
        None => true,
    };
    let until = match timeout {
        Some(timeout) => {
            let time = Duration::from_nanos(timeout_nanoseconds(vm, timeout)?.max(0) as u64);
            // A time beyond the clock's end is no limit.
            SystemTime::now().checked_add(time)
        }
        None => None,
    };
    if lock.kind == RECURSIVE && lock.is_mine(vm) {
        lock.count.set(lock.count.get() + 1);
        return Ok(Value::TRUE);
    }
    loop {
        let taken = match lock.semaphore.try_wait() {
            Ok(false) if block => vm.allow_threads(|| lock.semaphore.wait(until)),
            result => result,
        };
        match taken {
            Ok(true) => {
                lock.note(vm);
                return Ok(Value::TRUE);
            }
            Ok(false) => return Ok(Value::FALSE),
            Err(libc::EINTR) => vm.handle_signals()?,
            Err(errno) => return Err(vm.raise_os_error(errno, None, None)),
        }
    }
}

fn release(vm: &Vm, this: &Value) -> PyResult {
    let lock = own(vm, this)?;
    if lock.kind == RECURSIVE {
        if !lock.is_mine(vm) {
            let class = &vm.types.exceptions.assertion_error;
            let message = "attempt to release recursive lock not owned by thread";
            return Err(vm.raise(class, message));
        }
        if lock.count.get() > 1 {
            lock.count.set(lock.count.get() - 1);
            return Ok(Value::NONE);
        }
    } else if i64::from(value(vm, lock)?) >= lock.highest {
        return Err(vm.value_error("semaphore or lock released too many times"));
    }
    lock.semaphore
        .post()
        .map_err(|errno| vm.raise_os_error(errno, None, None))?;
    lock.count.set(lock.count.get().wrapping_sub(1));
    Ok(Value::NONE)
}

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let class = vm.native_class(&SEM_LOCK);
    class
        .dict
        .insert(vm, &vm.intern("SEM_VALUE_MAX"), vm.int(HIGHEST))?;
    vm.define(namespace, "SemLock", class.into_value())?;
    let flags = vm.dict();
    for name in ["HAVE_SEM_OPEN", "HAVE_SEM_TIMEDWAIT"] {
        vm.define(&flags, name, vm.int(1))?;
    }
    vm.define(namespace, "flags", flags.into_value())
}
