//! `_collections`: the containers of `collections` that are written in Rust.

mod count;
mod default_dict;
mod deque;
mod deque_methods;
mod ordered_dict;
mod ordered_views;
mod tuple_getter;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_collections",
    "High performance data structures.\n\
     - deque:        ordered collection accessible from endpoints only\n\
     - defaultdict:  dict subclass with a default value factory\n",
    &[MethodDef::bound(
        "_count_elements",
        "($module, mapping, iterable, /)",
        "Count elements in the iterable, updating the mapping",
        count::count_elements,
    )],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let dict = &vm.types.dict;
    for class in [
        vm.native_class(&deque::DEQUE),
        vm.native_class(&deque::ITERATOR),
        vm.native_class(&deque::REVERSE_ITERATOR),
        vm.native_subclass_with_members(&default_dict::DEFAULT_DICT, dict, 1),
        vm.native_subclass(&ordered_dict::ORDERED_DICT, dict),
        vm.native_class(&tuple_getter::TUPLE_GETTER),
    ] {
        let name = class.name.get().unwrap_or(runtime::Value::NONE);
        namespace.insert(vm, &name, class.into_value())?;
    }
    Ok(())
}
