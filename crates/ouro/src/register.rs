//! Rust closures as Python functions.

use std::panic::{AssertUnwindSafe, catch_unwind};

use runtime::PyResult;
use runtime::object::{Args, Value};
use runtime::types::host_function::HostCode;
use runtime::vm::Vm;

use crate::convert::{FromPython, ToPython};
use crate::error::Error;

/// What a host function may give: a value, or a `Result` whose error becomes an exception.
pub trait HostResult {
    /// The result in Python.
    ///
    /// # Errors
    /// The exception for the host's error.
    fn into_python(self, vm: &Vm) -> PyResult;
}

impl<T: ToPython> HostResult for T {
    fn into_python(self, vm: &Vm) -> PyResult {
        self.to_python(vm)
    }
}

impl<T: ToPython, E: Into<Box<dyn std::error::Error>>> HostResult for Result<T, E> {
    fn into_python(self, vm: &Vm) -> PyResult {
        match self {
            Ok(value) => value.to_python(vm),
            Err(error) => Err(raise(vm, error.into())),
        }
    }
}

/// A host's error as an exception: an exit stays one, a conversion is a TypeError, an exception that
/// a nested call brought keeps its class where that is builtin, and all else is a RuntimeError.
fn raise(vm: &Vm, error: Box<dyn std::error::Error>) -> runtime::Raised {
    let exceptions = &vm.types.exceptions;
    match error.downcast_ref::<Error>() {
        Some(Error::Exit(status)) => {
            let args = [vm.int(i64::from(*status))];
            vm.raise_value(vm.new_exception(&exceptions.system_exit, &args))
        }
        Some(Error::Conversion(error)) => vm.type_error(error.to_string()),
        Some(Error::Script(error)) => {
            let class = vm.builtin(&error.class);
            let args = [vm.str_value(&error.message)];
            match class.and_then(|class| vm.call(&class, &args)) {
                Ok(exception) if vm.is_instance_of(&exception, &exceptions.base_exception) => {
                    vm.raise_value(exception)
                }
                Ok(_) => vm.runtime_error(error.to_string()),
                Err(raised) => {
                    drop(vm.take_exception(raised));
                    vm.runtime_error(error.to_string())
                }
            }
        }
        _ => vm.runtime_error(error.to_string()),
    }
}

/// A closure that can be registered: its parameters are made from Python's arguments.  `M` only tells
/// the implementations apart.
pub trait HostFunction<M> {
    /// The code that Python calls.
    fn into_code(self, vm: &'static Vm, name: &str) -> Box<HostCode>;
}

macro_rules! functions {
    ($($count:literal: $($name:ident)*;)*) => {$(
        impl<Code, R, $($name),*> HostFunction<fn($($name),*) -> R> for Code
        where
            Code: Fn($($name),*) -> R + 'static,
            R: HostResult,
            $($name: FromPython,)*
        {
            #[allow(non_snake_case, reason = "each argument is named after its type")]
            fn into_code(self, vm: &'static Vm, name: &str) -> Box<HostCode> {
                let name = name.to_owned();
                Box::new(move |_: &Vm, args: Args<'_>| {
                    let [$($name),*] = positionals::<$count>(vm, &name, args)?;
                    $(let $name = $name::from_python(vm, $name)
                        .map_err(|error| vm.type_error(format!("{name}(): {error}")))?;)*
                    match catch_unwind(AssertUnwindSafe(|| self($($name),*))) {
                        Ok(result) => {
                            // The closure may have used another interpreter of this thread.
                            vm.make_current();
                            result.into_python(vm)
                        }
                        Err(_) => {
                            vm.make_current();
                            Err(vm.system_error(format!("{name}() panicked")))
                        }
                    }
                })
            }
        }
    )*};
}

functions! {
    0: ;
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
}

fn positionals<'a, const N: usize>(
    vm: &Vm,
    name: &str,
    args: Args<'a>,
) -> PyResult<&'a [Value; N]> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    args.values.try_into().map_err(|_| {
        let count = args.values.len();
        vm.type_error(match N {
            0 => format!("{name}() takes no arguments ({count} given)"),
            1 => format!("{name}() takes exactly one argument ({count} given)"),
            _ => format!("{name}() takes exactly {N} arguments ({count} given)"),
        })
    })
}
