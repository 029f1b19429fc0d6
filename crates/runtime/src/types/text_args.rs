//! Reading the arguments that the methods of `str`, `bytes` and `bytearray` share.

use crate::object::{Args, PyResult, Ref, Str, Value};
use crate::vm::Vm;

/// A size or count argument, with a default for one that was not given.
pub fn size_arg_or(vm: &Vm, value: &Value, default: isize) -> PyResult<isize> {
    value.given().map_or(Ok(default), |v| vm.arg_ssize(v))
}

/// A bound of a slice: None or an integer, cut to what a word holds.
pub fn slice_bound(vm: &Vm, value: &Value, default: isize) -> PyResult<isize> {
    if value.is_none() || value.is_unbound() {
        return Ok(default);
    }
    if let Some(i) = value.as_small_int() {
        return Ok(i as isize);
    }
    if vm.class_of(value).slots().nb_index.is_none() {
        return Err(
            vm.type_error("slice indices must be integers or None or have an __index__ method")
        );
    }
    vm.index_clamped(value)
}

/// The range `[start:end]` of a sequence, negative bounds counted from its end.  The first of the
/// pair may be larger than the second or than the length; then nothing lies between.
pub fn range(start: isize, end: isize, len: usize) -> (usize, usize) {
    let len = len as isize;
    let from_end = |i: isize| {
        if i < 0 {
            i.saturating_add(len).max(0)
        } else {
            i
        }
    };
    (from_end(start) as usize, from_end(end).min(len) as usize)
}

/// What `find(sub[, start[, end]])` and its kin get.
pub struct FindArgs<'a> {
    /// The object itself.
    pub this: &'a Value,
    /// What to look for.
    pub sub: &'a Value,
    /// The bounds as given; see [`range`].
    pub start: isize,
    /// The bounds as given; see [`range`].
    pub end: isize,
}

/// Binds `(sub[, start[, end]])`.
pub fn find_args<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<FindArgs<'a>> {
    let [this, rest @ ..] = args.positionals() else {
        return Err(vm.type_error(format!("unbound method {name}() needs an argument")));
    };
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let (sub, start, end) = match rest {
        [sub] => (sub, &Value::NONE, &Value::NONE),
        [sub, start] => (sub, start, &Value::NONE),
        [sub, start, end] => (sub, start, end),
        [] => {
            return Err(vm.type_error(format!("{name}() takes at least 1 argument (0 given)")));
        }
        more => {
            return Err(vm.type_error(format!(
                "{name}() takes at most 3 arguments ({} given)",
                more.len()
            )));
        }
    };
    vm.heap.count_passing_tuple(rest.len());
    Ok(FindArgs {
        this,
        sub,
        start: slice_bound(vm, start, 0)?,
        end: slice_bound(vm, end, isize::MAX)?,
    })
}

/// Binds a constructor's arguments, all optional and by position or keyword.
pub fn bind_constructor<'a, const N: usize>(
    vm: &Vm,
    name: &str,
    args: Args<'a>,
    parameters: [&str; N],
) -> PyResult<[&'a Value; N]> {
    static UNBOUND: Value = Value::UNBOUND;
    if args.values.len() > N {
        let kind = if args.positionals().is_empty() {
            "keyword "
        } else {
            ""
        };
        return Err(vm.type_error(format!(
            "{name}() takes at most {N} {kind}argument{} ({} given)",
            if N == 1 { "" } else { "s" },
            args.values.len()
        )));
    }
    let mut bound = [&UNBOUND; N];
    for (place, value) in bound.iter_mut().zip(args.positionals()) {
        *place = value;
    }
    for (key, value) in args.keywords() {
        let place = parameters
            .iter()
            .position(|p| key.payload::<Str>().is_some_and(|k| k.equals_str(p)));
        match place {
            Some(i) if bound[i].is_unbound() => bound[i] = value,
            Some(i) => {
                return Err(vm.type_error(format!(
                    "argument for {name}() given by name ('{}') and position ({})",
                    parameters[i],
                    i + 1
                )));
            }
            None => {
                return Err(vm.type_error(format!(
                    "'{}' is an invalid keyword argument for {name}()",
                    vm.display(key)
                )));
            }
        }
    }
    Ok(bound)
}

impl Vm {
    /// How the errors of the argument parser name what was passed: its class, but `None` itself.
    pub fn argument_type(&self, value: &Value) -> String {
        if value.is_none() {
            "None".to_owned()
        } else {
            self.class_name(value)
        }
    }

    /// Refuses a text that UTF-8 cannot hold, as every argument that C code reads as characters.
    pub fn check_utf8(&self, text: &Ref<Str>) -> PyResult<()> {
        if !text.is_ascii() {
            crate::types::codecs::encode_text(self, text, None, None)?;
        }
        Ok(())
    }
}
