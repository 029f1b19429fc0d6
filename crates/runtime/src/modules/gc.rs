//! The module `gc`.

use heap::Cause;
use heap::gc::debug;

use super::{NativeModule, no_keywords};
use crate::object::{Args, Dict, List, MethodDef, PyResult, Ref, Value};
use crate::types::module::Module;
use crate::vm::Vm;

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new("gc", DOC, METHODS).with_init(init);

const DOC: &str = "This module provides access to the garbage collector for reference cycles.\n\n\
enable() -- Enable automatic garbage collection.\n\
disable() -- Disable automatic garbage collection.\n\
isenabled() -- Returns true if automatic collection is enabled.\n\
collect() -- Do a full collection right now.\n\
get_count() -- Return the current collection counts.\n\
get_stats() -- Return list of dictionaries containing per-generation stats.\n\
set_debug() -- Set debugging flags.\n\
get_debug() -- Get debugging flags.\n\
set_threshold() -- Set the collection thresholds.\n\
get_threshold() -- Return the current the collection thresholds.\n\
get_objects() -- Return a list of all objects tracked by the collector.\n\
is_tracked() -- Returns true if a given object is tracked.\n\
is_finalized() -- Returns true if a given object has been already finalized.\n\
get_referrers() -- Return the list of objects that refer to an object.\n\
get_referents() -- Return the list of objects that an object refers to.\n\
freeze() -- Freeze all tracked objects and ignore them for future collections.\n\
unfreeze() -- Unfreeze all objects in the permanent generation.\n\
get_freeze_count() -- Return the number of objects in the permanent generation.\n";

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "enable",
        "($module, /)",
        "Enable automatic garbage collection.",
        |vm, _| {
            vm.heap.enable_collection(true);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "disable",
        "($module, /)",
        "Disable automatic garbage collection.",
        |vm, _| {
            vm.heap.enable_collection(false);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "isenabled",
        "($module, /)",
        "Returns true if automatic garbage collection is enabled.",
        |vm, _| Ok(Value::bool(vm.heap.collection_enabled())),
    ),
    MethodDef::bound(
        "set_debug",
        "($module, flags, /)",
        "Set the garbage collection debugging flags.\n\n  flags\n    \
An integer that can have the following bits turned on:\n      \
DEBUG_STATS - Print statistics during collection.\n      \
DEBUG_COLLECTABLE - Print collectable objects found.\n      \
DEBUG_UNCOLLECTABLE - Print unreachable but uncollectable objects\n        found.\n      \
DEBUG_SAVEALL - Save objects to gc.garbage rather than freeing them.\n      \
DEBUG_LEAK - Debug leaking programs (everything but STATS).\n\n\
Debugging information is written to sys.stderr.",
        |vm, args| {
            vm.heap.set_debug_flags(vm.arg_int(&args[1])? as u32);
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "get_debug",
        "($module, /)",
        "Get the garbage collection debugging flags.",
        |vm, _| Ok(vm.int(i64::from(vm.heap.debug_flags() as i32))),
    ),
    MethodDef::bound(
        "get_count",
        "($module, /)",
        "Return a three-tuple of the current collection counts.",
        |vm, _| Ok(numbers(vm, vm.heap.counts())),
    ),
    MethodDef::raw(
        "set_threshold",
        "",
        "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\n\
Sets the collection thresholds.  Setting threshold0 to zero disables\ncollection.\n",
        set_threshold,
    ),
    MethodDef::bound(
        "get_threshold",
        "($module, /)",
        "Return the current collection thresholds.",
        |vm, _| Ok(numbers(vm, vm.heap.thresholds())),
    ),
    MethodDef::bound(
        "collect",
        "($module, /, generation=2)",
        "Run the garbage collector.\n\n\
With no arguments, run a full collection.  The optional argument\n\
may be an integer specifying which generation to collect.  A ValueError\n\
is raised if the generation number is invalid.\n\n\
The number of unreachable objects is returned.",
        collect,
    ),
    MethodDef::bound(
        "get_objects",
        "($module, /, generation=None)",
        "Return a list of objects tracked by the collector (excluding the list returned).\n\n  \
generation\n    Generation to extract the objects from.\n\n\
If generation is not None, return only the objects tracked by the collector\n\
that are in that generation.",
        get_objects,
    ),
    MethodDef::bound(
        "get_stats",
        "($module, /)",
        "Return a list of dictionaries containing per-generation statistics.",
        get_stats,
    ),
    MethodDef::bound(
        "is_tracked",
        "($module, obj, /)",
        "Returns true if the object is tracked by the garbage collector.\n\n\
Simple atomic objects will return false.",
        |vm, args| Ok(Value::bool(vm.is_tracked(&args[1]))),
    ),
    MethodDef::bound(
        "is_finalized",
        "($module, obj, /)",
        "Returns true if the object has been already finalized by the GC.",
        |vm, args| Ok(Value::bool(vm.is_finalized(&args[1]))),
    ),
    MethodDef::raw(
        "get_referrers",
        "",
        "get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs.",
        get_referrers,
    ),
    MethodDef::raw(
        "get_referents",
        "",
        "get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs.",
        get_referents,
    ),
    MethodDef::bound(
        "freeze",
        "($module, /)",
        "Freeze all current tracked objects and ignore them for future collections.\n\n\
This can be used before a POSIX fork() call to make the gc copy-on-write friendly.\n\
Note: collection before a POSIX fork() call may free pages for future allocation\n\
which can cause copy-on-write.",
        |vm, _| {
            vm.heap.freeze();
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "unfreeze",
        "($module, /)",
        "Unfreeze all objects in the permanent generation.\n\n\
Put all objects in the permanent generation back into oldest generation.",
        |vm, _| {
            vm.heap.unfreeze();
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "get_freeze_count",
        "($module, /)",
        "Return the number of objects in the permanent generation.",
        |vm, _| Ok(vm.int_usize(vm.heap.freeze_count())),
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    vm.define(dict, "garbage", vm.gc_garbage())?;
    vm.define(dict, "callbacks", vm.gc_callbacks())?;
    for (name, flag) in [
        ("DEBUG_STATS", debug::STATS),
        ("DEBUG_COLLECTABLE", debug::COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", debug::UNCOLLECTABLE),
        ("DEBUG_SAVEALL", debug::SAVEALL),
        ("DEBUG_LEAK", debug::LEAK),
    ] {
        vm.define(dict, name, vm.int(i64::from(flag)))?;
    }
    Ok(())
}

fn numbers(vm: &Vm, numbers: [i32; 3]) -> Value {
    vm.tuple_value(numbers.map(|n| vm.int(i64::from(n))))
}

fn set_threshold(vm: &Vm, args: Args<'_>) -> PyResult {
    no_keywords(vm, "set_threshold", args.names)?;
    vm.heap.count_passing_tuple(args.values.len() - 1);
    let given = &args.values[1..];
    if given.is_empty() || given.len() > 3 {
        let (bound, n, s) = if given.is_empty() {
            ("least", 1, "")
        } else {
            ("most", 3, "s")
        };
        return Err(vm.type_error(format!(
            "set_threshold() takes at {bound} {n} argument{s} ({} given)",
            given.len()
        )));
    }
    let mut thresholds = vm.heap.thresholds();
    for (threshold, value) in thresholds.iter_mut().zip(given) {
        let number = vm.arg_long(value)?;
        *threshold = i32::try_from(number).map_err(|_| {
            let which = match number > 0 {
                true => "greater than maximum",
                false => "less than minimum",
            };
            vm.overflow_error(format!("signed integer is {which}"))
        })?;
    }
    vm.heap.set_thresholds(thresholds);
    Ok(Value::NONE)
}

fn collect(vm: &Vm, args: &[Value]) -> PyResult {
    let generation = match args[1].given() {
        Some(generation) => vm.arg_int(generation)?,
        None => 2,
    };
    match usize::try_from(generation) {
        Ok(generation @ 0..=2) => Ok(vm.int_usize(vm.collect_now(generation, Cause::Explicit))),
        _ => Err(vm.value_error("invalid generation")),
    }
}

fn get_objects(vm: &Vm, args: &[Value]) -> PyResult {
    let generation = match args[1].given_not_none() {
        None => -1,
        Some(value) if value.is_int() || vm.class_of(value).slots().nb_index.is_some() => {
            vm.index_isize(value, &vm.types.exceptions.overflow_error)?
        }
        Some(value) => {
            let class = vm.class_name(value);
            return Err(vm.type_error(format!("argument should be integer or None, not '{class}'")));
        }
    };
    vm.audit("gc.get_objects", &[vm.int(generation as i64)])?;
    let generation = match generation {
        -1 => None,
        0..=2 => Some(generation as usize),
        ..0 => return Err(vm.value_error("generation parameter cannot be negative")),
        _ => {
            return Err(vm.value_error(
                "generation parameter must be less than the number of available generations (3)",
            ));
        }
    };
    list(vm, vm.tracked_values(generation))
}

fn list(vm: &Vm, values: Vec<Value>) -> PyResult {
    vm.list_from(values).map(Ref::<List>::into_value)
}

fn get_stats(vm: &Vm, _args: &[Value]) -> PyResult {
    let mut stats = Vec::new();
    for generation in vm.heap.generation_stats() {
        let dict = vm.dict();
        vm.define(&dict, "collections", vm.int_usize(generation.collections))?;
        vm.define(&dict, "collected", vm.int_usize(generation.collected))?;
        vm.define(
            &dict,
            "uncollectable",
            vm.int_usize(generation.uncollectable),
        )?;
        stats.push(dict.into_value());
    }
    list(vm, stats)
}

fn get_referrers(vm: &Vm, args: Args<'_>) -> PyResult {
    no_keywords(vm, "get_referrers", args.names)?;
    vm.heap.count_passing_tuple(args.values.len() - 1);
    audit_objects(vm, "gc.get_referrers", args)?;
    list(vm, vm.referrers(&args.values[1..]))
}

/// Tells auditing hooks of the objects that are asked about.
fn audit_objects(vm: &Vm, event: &str, args: Args<'_>) -> PyResult<()> {
    if !vm.is_audited() {
        return Ok(());
    }
    vm.audit(
        event,
        &[vm.tuple_from_slice(&args.values[1..]).into_value()],
    )
}

fn get_referents(vm: &Vm, args: Args<'_>) -> PyResult {
    no_keywords(vm, "get_referents", args.names)?;
    vm.heap.count_passing_tuple(args.values.len() - 1);
    audit_objects(vm, "gc.get_referents", args)?;
    list(
        vm,
        args.values[1..]
            .iter()
            .flat_map(|v| vm.referents(v))
            .collect(),
    )
}
