//! `_io`: the classes and functions of files.

use super::NativeModule;
use crate::object::{Dict, MethodDef, PyResult, Ref};
use crate::types::io::{BUFFER_SIZE, open, unsupported_operation};
use crate::types::module::Module;
use crate::vm::Vm;

/// The function `open`, which `builtins` shares.
pub static OPEN: MethodDef = MethodDef::bound(
    "open",
    open::OPEN_SIGNATURE,
    open::OPEN_DOC,
    open::open_function,
);

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_io",
    "The io module provides the Python interfaces to stream handling. The\nbuiltin open function \
     is defined in this module.",
    &[
        MethodDef::bound(
            "open_code",
            "($module, /, path)",
            "Opens the provided file with the intent to import the contents.\n\nThis may perform \
             extra validation beyond open(), but is otherwise interchangeable\nwith calling \
             open(path, 'rb').",
            open::open_code,
        ),
        MethodDef::bound(
            "text_encoding",
            "($module, encoding, stacklevel=2, /)",
            "A helper function to choose the text encoding.",
            open::text_encoding,
        ),
    ],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    vm.define(dict, "open", vm.builtin("open")?)?;
    let t = vm.types;
    for class in [
        &t.io_base,
        &t.raw_io_base,
        &t.buffered_io_base,
        &t.text_io_base,
        &t.file_io,
        &t.bytes_io,
        &t.buffered_reader,
        &t.buffered_writer,
        &t.buffered_random,
        &t.string_io,
        &t.text_io_wrapper,
        &t.newline_decoder,
    ] {
        let full = class.name_string();
        let name = full.rsplit('.').next().unwrap_or(&full);
        vm.define(dict, name, class.to_value())?;
    }
    vm.define(dict, "UnsupportedOperation", unsupported_operation(vm)?)?;
    vm.define(
        dict,
        "BlockingIOError",
        t.exceptions.blocking_io_error.to_value(),
    )?;
    vm.define(dict, "DEFAULT_BUFFER_SIZE", vm.int_usize(BUFFER_SIZE))
}
