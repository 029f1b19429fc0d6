//! The system's clocks, and numbers of seconds as arguments.

use runtime::Vm;
use runtime::object::{PyResult, Value};
use runtime::vm::determinism::VIRTUAL_EPOCH;
use rustix::thread::{NanosleepRelativeResult, nanosleep};
use rustix::time::{ClockId, Timespec, clock_getres as resolution, clock_gettime as read};

const BILLION: i64 = 1_000_000_000;

/// Names and numbers of the clocks.
pub const CLOCKS: &[(&str, i64)] = &[
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_MONOTONIC_RAW", 4),
    ("CLOCK_BOOTTIME", 7),
    ("CLOCK_TAI", 11),
];

/// A reading of a clock; in deterministic mode of the virtual one.
fn nanoseconds(vm: &Vm, clock: ClockId) -> i64 {
    if let Some(time) = vm.virtual_time() {
        let start = match clock {
            ClockId::Realtime | ClockId::RealtimeCoarse => VIRTUAL_EPOCH,
            _ => 0,
        };
        return i64::try_from(start.saturating_add(time)).unwrap_or(i64::MAX);
    }
    let time = read(clock);
    time.tv_sec
        .saturating_mul(BILLION)
        .saturating_add(time.tv_nsec)
}

fn as_float(vm: &Vm, nanoseconds: i64) -> PyResult {
    Ok(vm.float(seconds_of(nanoseconds)))
}

/// As CPython divides: whole seconds exactly, so that no digit is lost.
fn seconds_of(nanoseconds: i64) -> f64 {
    if nanoseconds % BILLION == 0 {
        (nanoseconds / BILLION) as f64
    } else {
        nanoseconds as f64 / 1e9
    }
}

/// The current time in whole seconds.
pub fn now(vm: &Vm) -> i64 {
    nanoseconds(vm, ClockId::Realtime).div_euclid(BILLION)
}

pub fn time(vm: &Vm, _args: &[Value]) -> PyResult {
    as_float(vm, nanoseconds(vm, ClockId::Realtime))
}

pub fn time_ns(vm: &Vm, _args: &[Value]) -> PyResult {
    Ok(vm.int(nanoseconds(vm, ClockId::Realtime)))
}

pub fn monotonic(vm: &Vm, _args: &[Value]) -> PyResult {
    as_float(vm, nanoseconds(vm, ClockId::Monotonic))
}

pub fn monotonic_ns(vm: &Vm, _args: &[Value]) -> PyResult {
    Ok(vm.int(nanoseconds(vm, ClockId::Monotonic)))
}

pub fn process_time(vm: &Vm, _args: &[Value]) -> PyResult {
    as_float(vm, nanoseconds(vm, ClockId::ProcessCPUTime))
}

pub fn process_time_ns(vm: &Vm, _args: &[Value]) -> PyResult {
    Ok(vm.int(nanoseconds(vm, ClockId::ProcessCPUTime)))
}

pub fn thread_time(vm: &Vm, _args: &[Value]) -> PyResult {
    as_float(vm, nanoseconds(vm, ClockId::ThreadCPUTime))
}

pub fn thread_time_ns(vm: &Vm, _args: &[Value]) -> PyResult {
    Ok(vm.int(nanoseconds(vm, ClockId::ThreadCPUTime)))
}

fn clock_argument(vm: &Vm, value: &Value) -> PyResult<ClockId> {
    match vm.arg_int(value)? {
        0 => Ok(ClockId::Realtime),
        1 => Ok(ClockId::Monotonic),
        2 => Ok(ClockId::ProcessCPUTime),
        3 => Ok(ClockId::ThreadCPUTime),
        4 => Ok(ClockId::MonotonicRaw),
        5 => Ok(ClockId::RealtimeCoarse),
        6 => Ok(ClockId::MonotonicCoarse),
        7 => Ok(ClockId::Boottime),
        _ => Err(vm.raise_os_error(libc::EINVAL, None, None)),
    }
}

pub fn clock_gettime(vm: &Vm, args: &[Value]) -> PyResult {
    as_float(vm, nanoseconds(vm, clock_argument(vm, &args[1])?))
}

pub fn clock_gettime_ns(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(vm.int(nanoseconds(vm, clock_argument(vm, &args[1])?)))
}

pub fn clock_getres(vm: &Vm, args: &[Value]) -> PyResult {
    let step = resolution(clock_argument(vm, &args[1])?);
    Ok(vm.float(step.tv_sec as f64 + step.tv_nsec as f64 * 1e-9))
}

pub fn get_clock_info(vm: &Vm, args: &[Value]) -> PyResult {
    if args[1].payload::<runtime::object::Str>().is_none() {
        return Err(vm.type_error(format!(
            "get_clock_info() argument 1 must be str, not {}",
            vm.class_name(&args[1])
        )));
    }
    let (clock, name, monotonic, adjustable) = match vm.display(&args[1]).as_str() {
        "time" => (ClockId::Realtime, "REALTIME", false, true),
        "monotonic" | "perf_counter" => (ClockId::Monotonic, "MONOTONIC", true, false),
        "process_time" => (ClockId::ProcessCPUTime, "PROCESS_CPUTIME_ID", true, false),
        "thread_time" => (ClockId::ThreadCPUTime, "THREAD_CPUTIME_ID", true, false),
        _ => return Err(vm.value_error("unknown clock")),
    };
    let step = resolution(clock);
    let info = vm.new_namespace();
    let implementation = format!("clock_gettime(CLOCK_{name})");
    for (key, value) in [
        ("implementation", vm.str_value(&implementation)),
        ("monotonic", Value::bool(monotonic)),
        ("adjustable", Value::bool(adjustable)),
        (
            "resolution",
            vm.float(step.tv_sec as f64 + step.tv_nsec as f64 * 1e-9),
        ),
    ] {
        vm.set_attr(&info, &vm.intern(key), &value)?;
    }
    Ok(info)
}

/// Whole seconds of an argument, rounded down; the current time without one.
pub fn seconds_or_now(vm: &Vm, value: &Value) -> PyResult<i64> {
    let Some(value) = value.given_not_none() else {
        return Ok(now(vm));
    };
    let out_of_range = || vm.overflow_error("timestamp out of range for platform time_t");
    if let Some(x) = value.as_float() {
        if x.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let floor = x.floor();
        if !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&floor) {
            return Err(out_of_range());
        }
        return Ok(floor as i64);
    }
    let number = vm.index(value)?;
    match number.as_int().and_then(|view| view.to_i64()) {
        Some(seconds) => Ok(seconds),
        None => Err(out_of_range()),
    }
}

/// Nanoseconds of a number of seconds, rounded away from zero as timeouts are.
pub fn timeout_nanoseconds(vm: &Vm, value: &Value) -> PyResult<i64> {
    timeout_in(vm, value, BILLION)
}

/// Nanoseconds of a number of units, each of so many nanoseconds, rounded away from zero.
pub fn timeout_in(vm: &Vm, value: &Value, unit: i64) -> PyResult<i64> {
    let too_large = || vm.overflow_error("timestamp too large to convert to C _PyTime_t");
    if let Some(x) = value.as_float() {
        if x.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let scaled = x * unit as f64;
        let rounded = if scaled < 0.0 {
            scaled.floor()
        } else {
            scaled.ceil()
        };
        if !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&rounded) {
            return Err(vm.overflow_error("timestamp out of range for platform time_t"));
        }
        return Ok(rounded as i64);
    }
    let number = vm.index(value)?;
    number
        .as_int()
        .and_then(|view| view.to_i64())
        .and_then(|units| units.checked_mul(unit))
        .ok_or_else(too_large)
}

pub fn sleep(vm: &Vm, args: &[Value]) -> PyResult {
    let duration = timeout_nanoseconds(vm, &args[1])?;
    if duration < 0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    if vm.is_deterministic() {
        // Nobody waits for virtual time, but other threads get their turn.
        vm.advance_virtual_time(duration.unsigned_abs());
        crate::blocking::allow_threads(vm, std::thread::yield_now);
        return vm.handle_signals().map(|()| Value::NONE);
    }
    let deadline = nanoseconds(vm, ClockId::Monotonic).saturating_add(duration);
    let mut left = duration;
    loop {
        let request = Timespec {
            tv_sec: left / BILLION,
            tv_nsec: left % BILLION,
        };
        let slept = crate::blocking::allow_threads(vm, || nanosleep(&request));
        match slept {
            NanosleepRelativeResult::Interrupted(_) => vm.handle_signals()?,
            NanosleepRelativeResult::Ok => return Ok(Value::NONE),
            NanosleepRelativeResult::Err(error) => {
                return Err(vm.raise_os_error(error.raw_os_error(), None, None));
            }
        }
        left = deadline - nanoseconds(vm, ClockId::Monotonic);
        if left <= 0 {
            return Ok(Value::NONE);
        }
    }
}
