//! The call stack: frames, the exception being handled, limits, tracing.

use crate::object::{Args, PyResult, Tuple, Value};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

const MIN_STR_DIGITS: i32 = 640;

/// `sys._getframe([depth])`.
pub(super) fn get_frame(vm: &Vm, args: &[Value]) -> PyResult {
    let depth = match args[1].given() {
        Some(depth) => vm.arg_int(depth)?,
        None => 0,
    };
    let mut frame = vm.visible_frame();
    for _ in 0..depth.max(0) {
        frame = frame.and_then(|f| f.caller());
    }
    let Some(frame) = frame else {
        return Err(vm.value_error("call stack is not deep enough"));
    };
    let object = vm.frame_object(frame).into_value();
    vm.audit("sys._getframe", std::slice::from_ref(&object))?;
    Ok(object)
}

/// `sys._getframemodulename([depth])`.
pub(super) fn get_frame_module_name(vm: &Vm, args: &[Value]) -> PyResult {
    let depth = match args[1].given() {
        Some(depth) => vm.arg_int(depth)?,
        None => 0,
    };
    vm.audit("sys._getframemodulename", &[vm.int(i64::from(depth))])?;
    let mut frame = vm.visible_frame();
    for _ in 0..depth.max(0) {
        frame = frame.and_then(|f| f.caller());
    }
    let module = frame.and_then(|f| f.function().module.get());
    Ok(module.unwrap_or(Value::NONE))
}

/// `sys._current_frames()`.
pub(super) fn current_frames(vm: &Vm, _args: &[Value]) -> PyResult {
    vm.audit("sys._current_frames", &[])?;
    let frames = vm.dict();
    for (ident, frame) in vm.frames_of_threads() {
        frames.insert(vm, &vm.int_u64(ident), frame)?;
    }
    Ok(frames.into_value())
}

/// `sys._current_exceptions()`.
pub(super) fn current_exceptions(vm: &Vm, _args: &[Value]) -> PyResult {
    vm.audit("sys._current_exceptions", &[])?;
    let exceptions = vm.dict();
    for (ident, handled) in vm.exceptions_of_threads() {
        exceptions.insert(vm, &vm.int_u64(ident), handled.unwrap_or(Value::NONE))?;
    }
    Ok(exceptions.into_value())
}

/// `sys.exception()`.
pub(super) fn exception(vm: &Vm, _args: &[Value]) -> PyResult {
    Ok(vm.handled_exception().unwrap_or(Value::NONE))
}

/// `sys.exc_info()`.
pub(super) fn exc_info(vm: &Vm, _args: &[Value]) -> PyResult {
    let Some(exception) = vm.handled_exception() else {
        return Ok(vm.tuple_value([Value::NONE, Value::NONE, Value::NONE]));
    };
    let class = vm.class_of(&exception).to_value();
    let traceback = exception
        .payload::<Exception>()
        .and_then(|e| e.traceback.get());
    Ok(vm.tuple_value([class, exception, traceback.unwrap_or(Value::NONE)]))
}

/// `sys.setrecursionlimit(limit)`.
pub(super) fn set_recursion_limit(vm: &Vm, args: &[Value]) -> PyResult {
    let limit = vm.arg_int(&args[1])?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    let depth = vm.depth.get();
    if depth >= limit as u32 {
        return Err(vm.recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: \
             the limit is too low"
        )));
    }
    vm.for_each_thread(|thread| thread.recursion_limit.set(limit as u32));
    Ok(Value::NONE)
}

/// `sys.set_int_max_str_digits(maxdigits)`.
pub(super) fn set_int_max_str_digits(vm: &Vm, args: &[Value]) -> PyResult {
    let digits = vm.arg_int(&args[1])?;
    if digits != 0 && digits < MIN_STR_DIGITS {
        return Err(vm.value_error(format!(
            "maxdigits must be 0 or larger than {MIN_STR_DIGITS}"
        )));
    }
    vm.interp.int_max_str_digits.set(digits as usize);
    Ok(Value::NONE)
}

/// `sys.setswitchinterval(interval)`.
pub(super) fn set_switch_interval(vm: &Vm, args: &[Value]) -> PyResult {
    let seconds = vm.as_f64(&args[1])?;
    if seconds.is_nan() || seconds <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    // Kept in whole microseconds, at least one.
    let microseconds = (seconds * 1e6).clamp(1.0, 1e15).trunc();
    vm.interp.switch_interval.set(microseconds * 1e-6);
    vm.set_lock_interval(seconds);
    Ok(Value::NONE)
}

/// `sys.set_coroutine_origin_tracking_depth(depth)`.
pub(super) fn set_origin_depth(vm: &Vm, args: &[Value]) -> PyResult {
    let depth = vm.arg_int(&args[1])?;
    if depth < 0 {
        return Err(vm.value_error("depth must be >= 0"));
    }
    vm.interp.coroutine_origin_depth.set(depth as u32);
    Ok(Value::NONE)
}

/// `sys.call_tracing(func, args)`.
pub(super) fn call_tracing(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(values) = args[2].payload::<Tuple>() else {
        return Err(vm.type_error(format!(
            "call_tracing() argument 2 must be tuple, not {}",
            vm.class_name(&args[2])
        )));
    };
    vm.call_args(&args[1], Args::positional(values.as_slice()))
}
