//! `itertools`: iterators as building blocks.
//!
//! Each iterator is a payload with its sources in slots; one file for each family.

mod combinatoric;
mod grouping;
mod infinite;
mod selecting;
mod slicing;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, Dict, PyResult, Ref, TypeSpec, Value};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "itertools",
    "Functional tools for creating and using iterators.",
    &[grouping::TEE],
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
    &grouping::TEE_ITERATOR,
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

/// Exactly these positional arguments, in CPython's words.
fn positional<'a>(
    vm: &Vm,
    name: &str,
    args: Args<'a>,
    least: usize,
    most: usize,
) -> PyResult<&'a [Value]> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.values.len();
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
    Ok(args.values)
}

/// The TypeError of a method called on an object of another class.
fn unfit(vm: &Vm) -> PyResult {
    Err(vm.type_error("the object is of another type"))
}
