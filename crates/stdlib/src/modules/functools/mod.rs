//! `_functools`: the parts of `functools` that are written in Rust.

mod key_wrapper;
mod lru_cache;
mod partial;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_functools",
    "Tools that operate on functions.",
    &[
        MethodDef::raw(
            "reduce",
            "",
            "reduce(function, iterable[, initial], /) -> value\n\n\
             Apply a function of two arguments cumulatively to the items of a sequence\n\
             or iterable, from left to right, so as to reduce the iterable to a single\n\
             value.  For example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5]) calculates\n\
             ((((1+2)+3)+4)+5).  If initial is present, it is placed before the items\n\
             of the iterable in the calculation, and serves as a default when the\n\
             iterable is empty.",
            |vm, args| reduce(vm, &args.values[1..], args.names),
        ),
        MethodDef::bound(
            "cmp_to_key",
            "($module, /, mycmp)",
            "Convert a cmp= function into a key= function.\n\n  \
             mycmp\n    Function that compares two objects.",
            key_wrapper::cmp_to_key,
        ),
    ],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(
        namespace,
        "partial",
        vm.native_class(&partial::PARTIAL).into_value(),
    )?;
    let cache = vm.native_class(&lru_cache::LRU_CACHE).into_value();
    vm.define(namespace, "_lru_cache_wrapper", cache)
}

fn reduce(vm: &Vm, args: &[Value], names: &[Value]) -> PyResult {
    if !names.is_empty() {
        return Err(vm.type_error("reduce() takes no keyword arguments"));
    }
    let (function, iterable, mut total) = match args {
        [function, iterable] => (function, iterable, None),
        [function, iterable, initial] => (function, iterable, Some(initial.clone())),
        _ => {
            let (bound, limit) = if args.len() < 2 {
                ("least", 2)
            } else {
                ("most", 3)
            };
            return Err(vm.type_error(format!(
                "reduce expected at {bound} {limit} arguments, got {}",
                args.len()
            )));
        }
    };
    let _packed = vm.pack(args);
    let iterator = match vm.iter(iterable) {
        Ok(iterator) => iterator,
        Err(raised) => {
            drop(vm.catch(raised, &vm.types.exceptions.type_error)?);
            return Err(vm.type_error("reduce() arg 2 must support iteration"));
        }
    };
    while let Some(item) = vm.next(&iterator)? {
        total = Some(match total {
            None => item,
            Some(total) => vm.call(function, &[total, item])?,
        });
    }
    total.ok_or_else(|| vm.type_error("reduce() of empty iterable with no initial value"))
}
