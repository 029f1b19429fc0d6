//! `SyntaxError`: where in which text.

use super::attributes::field;
use super::{Family, base, exception_of};
use crate::object::{Args, PyResult, Str, TypeSlots, Value};
use crate::vm::Vm;

/// Numbers of the fields.
pub(crate) mod fields {
    pub const MSG: usize = 0;
    pub const FILENAME: usize = 1;
    pub const LINENO: usize = 2;
    pub const OFFSET: usize = 3;
    pub const TEXT: usize = 4;
    pub const END_LINENO: usize = 5;
    pub const END_OFFSET: usize = 6;
}

pub(super) const FAMILY: Family = Family {
    slots: TypeSlots {
        init: Some(init),
        str: Some(str),
        ..TypeSlots::EMPTY
    },
    methods: &[],
    getset: &[
        field::<{ fields::MSG }>("msg", "exception msg"),
        field::<{ fields::FILENAME }>("filename", "exception filename"),
        field::<{ fields::LINENO }>("lineno", "exception lineno"),
        field::<{ fields::OFFSET }>("offset", "exception offset"),
        field::<{ fields::TEXT }>("text", "exception text"),
        field::<{ fields::END_LINENO }>("end_lineno", "exception end lineno"),
        field::<{ fields::END_OFFSET }>("end_offset", "exception end offset"),
        field::<7>("print_file_and_line", "exception print_file_and_line"),
    ],
};

fn init(vm: &Vm, value: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, value, args)?;
    let exception = exception_of(value)?;
    let positionals = args.positionals();
    if let Some(message) = positionals.first() {
        exception.set_field(fields::MSG, Some(message.clone()));
    }
    if let [_, info] = positionals {
        let info = vm.collect(info)?;
        if info.len() < 4 || info.len() > 6 {
            let (bound, limit) = if info.len() < 4 {
                ("least", 4)
            } else {
                ("most", 6)
            };
            return Err(vm.type_error(format!(
                "function takes at {bound} {limit} arguments ({} given)",
                info.len()
            )));
        }
        for (i, part) in info.iter().enumerate() {
            exception.set_field(fields::FILENAME + i, Some(part.clone()));
        }
        if info.len() == 5 {
            return Err(vm.type_error("end_offset must be provided when end_lineno is provided"));
        }
    }
    Ok(())
}

fn str(vm: &Vm, value: &Value) -> PyResult {
    let exception = exception_of(value)?;
    let message = match exception.field(fields::MSG) {
        Some(message) => vm.str_of(&message)?,
        None => vm.str("None"),
    };
    let filename = exception
        .field(fields::FILENAME)
        .filter(|f| f.payload::<Str>().is_some());
    let line = exception
        .field(fields::LINENO)
        .filter(|l| vm.class_of(l).is(&vm.types.int));
    if filename.is_none() && line.is_none() {
        return Ok(message.into_value());
    }
    let mut place = Vec::new();
    if let Some(filename) = filename {
        let name = vm.display(&filename);
        place.push(name.rsplit('/').next().unwrap_or_default().to_owned());
    }
    if let Some(line) = line {
        place.push(format!("line {}", vm.str_string(&line)?));
    }
    let text = format!("{} ({})", message.to_display(), place.join(", "));
    Ok(vm.str_value(&text))
}
