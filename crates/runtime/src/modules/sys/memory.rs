//! Reference counts, sizes, interned strings, blocks.

use crate::object::{PyResult, Str, Value};
use crate::vm::Vm;
use crate::vm::generator::Generator;

/// What CPython tells of objects that are never released.
const IMMORTAL_COUNT: i64 = u32::MAX as i64;
/// An immediate value is one word wherever it lies.
const WORD: i64 = 8;

/// `sys.getrefcount(object)`.
pub(super) fn get_reference_count(vm: &Vm, args: &[Value]) -> PyResult {
    let value = &args[1];
    let count = match vm.reference_count(value) {
        Some(count) => i64::from(count - borrowed_references(vm, value)),
        // The argument itself is among the places, on the operand stack.
        None if is_mortal_number(value) => i64::from(vm.places_of(value)).max(1),
        None => IMMORTAL_COUNT,
    };
    Ok(vm.int(count))
}

/// How many of a value's references CPython would only borrow.
fn borrowed_references(vm: &Vm, value: &Value) -> u32 {
    // Native code that goes on with a generator holds it.
    let generator = value.payload::<Generator>();
    let driven = generator.is_some_and(Generator::is_driven_by_native);
    vm.uncounted_references(value) + u32::from(driven)
}

/// True for immediates that CPython keeps on its heap, where they have a count: integers outside
/// -5 to 256, and floats.
fn is_mortal_number(value: &Value) -> bool {
    match value.as_small_int() {
        Some(number) => !(-5..=256).contains(&number),
        None => value.as_small_float().is_some(),
    }
}

/// `sys.getsizeof(object[, default])`.
pub(super) fn get_size(vm: &Vm, args: &[Value]) -> PyResult {
    // CPython takes the arguments as a tuple.
    let _packed = vm.pack(&args[1..2]);
    match size(vm, &args[1]) {
        Ok(size) => Ok(vm.int(size)),
        Err(raised) => match args[2].given() {
            Some(default) => {
                drop(vm.catch(raised, &vm.types.exceptions.type_error)?);
                Ok(default.clone())
            }
            None => Err(raised),
        },
    }
}

fn size(vm: &Vm, object: &Value) -> PyResult<i64> {
    let Some(method) = vm.lookup_special(object, &vm.names.__sizeof__)? else {
        let class = vm.class_name(object);
        return Err(vm.type_error(format!("Type {class} doesn't define __sizeof__")));
    };
    let size = vm.call0(&method)?;
    if !size.is_int() {
        return Err(vm.type_error("an integer is required"));
    }
    let Some(size) = size.as_int().and_then(|i| i.to_i64()) else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    if size < 0 {
        return Err(vm.value_error("__sizeof__() should return >= 0"));
    }
    Ok(if object.is_heap() {
        size
    } else {
        size.max(WORD)
    })
}

/// `sys.intern(string)`.
pub(super) fn intern(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(string) = args[1].as_ref_to::<Str>() else {
        return Err(vm.type_error(format!(
            "intern() argument must be str, not {}",
            vm.argument_type(&args[1])
        )));
    };
    if !vm.class_of(&args[1]).is(&vm.types.str) {
        return Err(vm.type_error(format!("can't intern {}", vm.class_name(&args[1]))));
    }
    Ok(vm.intern_str(string).into_value())
}

/// `sys._debugmallocstats()`.
pub(super) fn debug_malloc_stats(vm: &Vm, _args: &[Value]) -> PyResult {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = vm.heap.stats().write_malloc_stats(&mut text);
    // As in CPython this goes to the process's standard error, past `sys.stderr`.
    eprint!("{text}");
    Ok(Value::NONE)
}
