//! The builtin exceptions: the hierarchy and the payload all of them share.
//!
//! All exception classes have one payload.  A family with attributes of its own (`StopIteration.value`,
//! `OSError.errno`, …) keeps them in `fields`; the family's module says which field is which, and has
//! its constructor, text and pickling.

mod attributes;
mod base;
mod group;
mod lookup;
mod os_error;
mod stop;
mod syntax_error;
pub mod unicode;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value,
    class_flag,
};

/// What every exception object holds.
#[derive(Default)]
pub struct Exception {
    /// `args`, a tuple.
    pub args: Slot,
    /// `__traceback__`.
    pub traceback: Slot,
    /// `__context__`.
    pub context: Slot,
    /// `__cause__`.
    pub cause: Slot,
    /// `__suppress_context__`.
    pub suppress_context: std::cell::Cell<bool>,
    /// What subclasses with fields of their own keep (`StopIteration.value`, `OSError.errno`,
    /// `SyntaxError.lineno` …), in the order their modules define; empty for most.
    pub fields: std::cell::RefCell<Box<[Slot]>>,
}

impl Payload for Exception {
    const KIND: Kind = Kind::EXCEPTION;
    const NAME: &'static str = "exception";
    const FIELDS: &'static [Field] = fields![
        "args" => args as Value,
        "__traceback__" => traceback as Value,
        "__context__" => context as Value,
        "__cause__" => cause as Value,
        "__suppress_context__" => suppress_context as Bool,
        "fields" => fields as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for field in self.fields.borrow().iter() {
            visitor.slot(field);
        }
        visitor.slot(&self.args);
        visitor.slot(&self.traceback);
        visitor.slot(&self.cause);
        visitor.slot(&self.context);
    }

    fn clear(&self) {
        self.args.set(None);
        self.set_fields([]);
        self.traceback.set(None);
        self.cause.set(None);
        self.context.set(None);
    }
}

impl Exception {
    /// An attribute of the exception's family.
    pub fn field(&self, index: usize) -> Option<Value> {
        self.fields.borrow().get(index).and_then(Slot::get)
    }

    /// Sets an attribute of the exception's family.
    pub fn set_field(&self, index: usize, value: Option<Value>) {
        let old = {
            let mut fields = self.fields.borrow_mut();
            if index >= fields.len() {
                let mut longer = std::mem::take(&mut *fields).into_vec();
                longer.resize_with(index + 1, Slot::default);
                *fields = longer.into();
            }
            fields[index].replace(value)
        };
        // Only now, when nothing is borrowed: this may run Python code.
        drop(old);
    }

    /// Sets all attributes of the exception's family.
    pub fn set_fields(&self, values: impl IntoIterator<Item = Option<Value>>) {
        let new: Box<[Slot]> = values.into_iter().map(Slot::new).collect();
        drop(self.fields.replace(new));
    }
}

/// The arguments of an exception that a class's call has made: the tuple that holds them until the call ends,
/// unless another one does.
pub(crate) fn args_held(class: &Class, exception: &Value) -> Option<Value> {
    if class.has_own_new() || !class.has_flag(class_flag::EXCEPTION_SUBCLASS) {
        return None;
    }
    exception.payload::<Exception>()?.args.get()
}

/// The exception that a value of one of these classes is.
pub(crate) fn exception_of(value: &Value) -> PyResult<&Exception> {
    match value.payload::<Exception>() {
        Some(exception) => Ok(exception),
        None => Err(crate::vm::current_vm().type_error("descriptor requires an exception")),
    }
}

/// What a family of exceptions adds to what it inherits.
struct Family {
    slots: TypeSlots,
    methods: &'static [MethodDef],
    getset: &'static [GetSetDef],
}

/// Nothing.
const PLAIN: Family = Family {
    slots: TypeSlots::EMPTY,
    methods: &[],
    getset: &[],
};

const FLAGS: u32 = class_flag::COLLECTED
    | class_flag::BASE_TYPE
    | class_flag::HAS_DICT
    | class_flag::EXCEPTION_SUBCLASS;

macro_rules! exceptions {
    ($($field:ident = $name:literal, $base:ident, $doc:literal $(, $family:expr)?;)*) => {
        /// The exception classes.
        pub struct ExceptionTypes {
            $(#[doc = concat!("`", $name, "`.")] pub $field: Ref<Class>,)*
        }

        /// Declaration and base of each exception class, in order of creation.
        pub static SPECS: &[(&TypeSpec, &str, &str)] = &[$((
            &{
                const FAMILY: Family = family!($($family)?);
                TypeSpec {
                    doc: $doc,
                    flags: FLAGS,
                    slots: FAMILY.slots,
                    methods: FAMILY.methods,
                    getset: FAMILY.getset,
                    ..TypeSpec::of::<Exception>($name)
                }
            },
            stringify!($field),
            stringify!($base),
        ),)*];

        impl ExceptionTypes {
            /// Fills the table from the classes made for [`SPECS`], in that order.
            pub(crate) fn from_classes(
                classes: Vec<Ref<Class>>,
            ) -> Option<ExceptionTypes> {
                let [$($field,)*] = <[Ref<Class>; SPECS.len()]>::try_from(classes).ok()?;
                Some(ExceptionTypes { $($field,)* })
            }

            /// All of them.
            pub fn all(&self) -> Vec<&Ref<Class>> {
                vec![$(&self.$field,)*]
            }
        }
    };
}

macro_rules! family {
    () => {
        PLAIN
    };
    ($family:expr) => {
        $family
    };
}

/// The second base of a builtin class that has two, by the names of their fields.
pub(crate) fn second_base(field: &str) -> Option<&'static str> {
    (field == "exception_group").then_some("exception")
}

exceptions! {
    base_exception = "BaseException", object, "Common base class for all exceptions", base::FAMILY;
    base_exception_group = "BaseExceptionGroup", base_exception, "A combination of multiple unrelated exceptions.", group::FAMILY;
    exception = "Exception", base_exception, "Common base class for all non-exit exceptions.";
    generator_exit = "GeneratorExit", base_exception, "Request that a generator exit.";
    keyboard_interrupt = "KeyboardInterrupt", base_exception, "Program interrupted by user.";
    system_exit = "SystemExit", base_exception, "Request to exit from the interpreter.", stop::SYSTEM_EXIT;
    arithmetic_error = "ArithmeticError", exception, "Base class for arithmetic errors.";
    assertion_error = "AssertionError", exception, "Assertion failed.";
    attribute_error = "AttributeError", exception, "Attribute not found.", lookup::ATTRIBUTE_ERROR;
    buffer_error = "BufferError", exception, "Buffer error.";
    eof_error = "EOFError", exception, "Read beyond end of file.";
    import_error = "ImportError", exception, "Import can't find module, or can't find name in module.", lookup::IMPORT_ERROR;
    lookup_error = "LookupError", exception, "Base class for lookup errors.";
    memory_error = "MemoryError", exception, "Out of memory.";
    name_error = "NameError", exception, "Name not found globally.", lookup::NAME_ERROR;
    os_error = "OSError", exception, "Base class for I/O related errors.", os_error::FAMILY;
    reference_error = "ReferenceError", exception, "Weak ref proxy used after referent went away.";
    runtime_error = "RuntimeError", exception, "Unspecified run-time error.";
    stop_async_iteration = "StopAsyncIteration", exception, "Signal the end from iterator.__anext__().";
    stop_iteration = "StopIteration", exception, "Signal the end from iterator.__next__().", stop::STOP_ITERATION;
    syntax_error = "SyntaxError", exception, "Invalid syntax.", syntax_error::FAMILY;
    system_error = "SystemError", exception, "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    type_error = "TypeError", exception, "Inappropriate argument type.";
    value_error = "ValueError", exception, "Inappropriate argument value (of correct type).";
    warning = "Warning", exception, "Base class for warning categories.";
    floating_point_error = "FloatingPointError", arithmetic_error, "Floating point operation failed.";
    overflow_error = "OverflowError", arithmetic_error, "Result too large to be represented.";
    zero_division_error = "ZeroDivisionError", arithmetic_error, "Second argument to a division or modulo operation was zero.";
    index_error = "IndexError", lookup_error, "Sequence index out of range.";
    key_error = "KeyError", lookup_error, "Mapping key not found.", lookup::KEY_ERROR;
    module_not_found_error = "ModuleNotFoundError", import_error, "Module not found.";
    unbound_local_error = "UnboundLocalError", name_error, "Local name referenced but not bound to a value.";
    not_implemented_error = "NotImplementedError", runtime_error, "Method or function hasn't been implemented yet.";
    recursion_error = "RecursionError", runtime_error, "Recursion limit exceeded.";
    indentation_error = "IndentationError", syntax_error, "Improper indentation.";
    tab_error = "TabError", indentation_error, "Improper mixture of spaces and tabs.";
    unicode_error = "UnicodeError", value_error, "Unicode related error.";
    unicode_decode_error = "UnicodeDecodeError", unicode_error, "Unicode decoding error.", unicode::DECODE;
    unicode_encode_error = "UnicodeEncodeError", unicode_error, "Unicode encoding error.", unicode::ENCODE;
    unicode_translate_error = "UnicodeTranslateError", unicode_error, "Unicode translation error.", unicode::TRANSLATE;
    blocking_io_error = "BlockingIOError", os_error, "I/O operation would block.";
    child_process_error = "ChildProcessError", os_error, "Child process error.";
    connection_error = "ConnectionError", os_error, "Connection error.";
    broken_pipe_error = "BrokenPipeError", connection_error, "Broken pipe.";
    connection_aborted_error = "ConnectionAbortedError", connection_error, "Connection aborted.";
    connection_refused_error = "ConnectionRefusedError", connection_error, "Connection refused.";
    connection_reset_error = "ConnectionResetError", connection_error, "Connection reset.";
    file_exists_error = "FileExistsError", os_error, "File already exists.";
    file_not_found_error = "FileNotFoundError", os_error, "File not found.";
    interrupted_error = "InterruptedError", os_error, "Interrupted by signal.";
    is_a_directory_error = "IsADirectoryError", os_error, "Operation doesn't work on directories.";
    not_a_directory_error = "NotADirectoryError", os_error, "Operation only works on directories.";
    permission_error = "PermissionError", os_error, "Not enough permissions.";
    process_lookup_error = "ProcessLookupError", os_error, "Process not found.";
    timeout_error = "TimeoutError", os_error, "Timeout expired.";
    bytes_warning = "BytesWarning", warning, "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    deprecation_warning = "DeprecationWarning", warning, "Base class for warnings about deprecated features.";
    encoding_warning = "EncodingWarning", warning, "Base class for warnings about encodings.";
    future_warning = "FutureWarning", warning, "Base class for warnings about constructs that will change semantically\nin the future.";
    import_warning = "ImportWarning", warning, "Base class for warnings about probable mistakes in module imports";
    pending_deprecation_warning = "PendingDeprecationWarning", warning, "Base class for warnings about features which will be deprecated\nin the future.";
    resource_warning = "ResourceWarning", warning, "Base class for warnings about resource usage.";
    runtime_warning = "RuntimeWarning", warning, "Base class for warnings about dubious runtime behavior.";
    syntax_warning = "SyntaxWarning", warning, "Base class for warnings about dubious syntax.";
    unicode_warning = "UnicodeWarning", warning, "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    user_warning = "UserWarning", warning, "Base class for warnings generated by user code.";
    exception_group = "ExceptionGroup", base_exception_group, "";
}
