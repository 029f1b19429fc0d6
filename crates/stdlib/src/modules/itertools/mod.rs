//! `itertools`: iterators as building blocks.
//!
//! Each iterator is a payload with its sources in slots; one file for each family.

mod combinatoric;
mod grouping;
mod infinite;
mod selecting;
mod slicing;
mod tee;

use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, Dict, MethodDef, Payload, PyResult, Ref, Tuple, TypeSpec, Value,
};
use runtime::types::module::Module;
use runtime::{Raised, Vm};

use crate::native::{REDUCE, SETSTATE};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "itertools",
    "Functional tools for creating and using iterators.",
    &[tee::TEE],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    let object = &vm.types.object;
    for spec in SPECS {
        let class = vm.builtin_class(spec, object);
        let name = spec.name.trim_start_matches("itertools.");
        vm.define(namespace, name, class.into_value())?;
    }
    Ok(())
});

static SPECS: &[&TypeSpec] = &[
    &infinite::COUNT,
    &infinite::CYCLE,
    &infinite::REPEAT,
    &selecting::ACCUMULATE,
    &selecting::CHAIN,
    &selecting::COMPRESS,
    &selecting::DROPWHILE,
    &selecting::FILTERFALSE,
    &selecting::TAKEWHILE,
    &selecting::STARMAP,
    &slicing::BATCHED,
    &slicing::ISLICE,
    &slicing::PAIRWISE,
    &slicing::ZIP_LONGEST,
    &grouping::GROUPBY,
    &grouping::GROUPER,
    &tee::TEE_ITERATOR,
    &tee::TEE_DATA,
    &combinatoric::PRODUCT,
    &combinatoric::PERMUTATIONS,
    &combinatoric::COMBINATIONS,
    &combinatoric::COMBINATIONS_WITH_REPLACEMENT,
];

/// Flags of all iterators of the module.
const FLAGS: u32 = runtime::object::class_flag::BASE_TYPE;

/// `iter(self)` of an iterator.
fn itself(_vm: &Vm, this: &Value) -> PyResult {
    Ok(this.clone())
}

/// Refuses keywords, unless a subclass has an `__init__` that may take them.
fn no_keywords(vm: &Vm, class: &Class, name: &str, args: Args<'_>) -> PyResult<()> {
    if args.names.is_empty() || class.overrides_init(&vm.types.object) {
        return Ok(());
    }
    Err(vm.type_error(format!("{name}() takes no keyword arguments")))
}

/// `__reduce__` of an iterator.
const fn reduce(function: fn(&Vm, &[Value]) -> PyResult) -> MethodDef {
    MethodDef::bound("__reduce__", "($self, /)", REDUCE, function).unsigned()
}

/// `__setstate__` of an iterator.
const fn setstate(function: fn(&Vm, &[Value]) -> PyResult) -> MethodDef {
    MethodDef::bound("__setstate__", "($self, object, /)", SETSTATE, function)
}

/// The receiver of `__reduce__` or `__setstate__`, whose use warns that Python 3.14 lacks it.
fn stateful<'a, T: Payload>(vm: &Vm, this: &'a Value) -> PyResult<&'a T> {
    vm.warn_deprecated(
        "Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.",
    )?;
    match this.payload::<T>() {
        Some(own) => Ok(own),
        None => Err(unfit_error(vm)),
    }
}

/// The state of a `__setstate__` that wants a tuple of `least` to `most` items.
fn state_items<'a>(vm: &Vm, state: &'a Value, least: usize, most: usize) -> PyResult<&'a [Value]> {
    let Some(tuple) = state.payload::<Tuple>() else {
        return Err(vm.type_error("state is not a tuple"));
    };
    let given = tuple.len();
    if (least..=most).contains(&given) {
        return Ok(tuple.as_slice());
    }
    let (bound, wanted) = match least == most {
        true => ("exactly", least),
        false if given < least => ("at least", least),
        false => ("at most", most),
    };
    let plural = if wanted == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "function takes {bound} {wanted} argument{plural} ({given} given)"
    )))
}

/// `cls(*arguments)` and, where there is one, a state: what `__reduce__` gives.
fn rebuilt<const N: usize>(
    vm: &Vm,
    this: &Value,
    arguments: [Value; N],
    state: Option<Value>,
) -> Value {
    let class = vm.class_of(this).to_value();
    let arguments = vm.tuple_value(arguments);
    match state {
        Some(state) => vm.tuple_value([class, arguments, state]),
        None => vm.tuple_value([class, arguments]),
    }
}

/// What `__reduce__` gives for `islice(*arguments)`.
fn islice_of(vm: &Vm, arguments: [Value; 3]) -> PyResult {
    let module = vm.import_dotted("itertools")?;
    let islice = vm.get_attr(&module, &vm.intern("islice"))?;
    Ok(vm.tuple_value([islice, vm.tuple_value(arguments)]))
}

/// Exactly these positional arguments, in CPython's words.
fn positional<'a>(
    vm: &Vm,
    class: &Class,
    name: &str,
    args: Args<'a>,
    least: usize,
    most: usize,
) -> PyResult<&'a [Value]> {
    no_keywords(vm, class, name, args)?;
    let args = args.positionals();
    let given = args.len();
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    if least == most && given != least {
        return Err(vm.type_error(format!(
            "{name} expected {least} argument{}, got {given}",
            plural(least)
        )));
    }
    if given < least {
        return Err(vm.type_error(format!(
            "{name} expected at least {least} argument{}, got {given}",
            plural(least)
        )));
    }
    if given > most {
        return Err(vm.type_error(format!(
            "{name} expected at most {most} argument{}, got {given}",
            plural(most)
        )));
    }
    Ok(args)
}

/// The TypeError of a method called on an object of another class.
fn unfit(vm: &Vm) -> PyResult {
    Err(unfit_error(vm))
}

fn unfit_error(vm: &Vm) -> Raised {
    vm.type_error("the object is of another type")
}
