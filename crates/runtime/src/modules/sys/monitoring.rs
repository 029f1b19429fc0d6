//! The module `sys.monitoring`: what programs see of the tools that hear of events.

use crate::object::{Dict, MethodDef, PyResult, Ref, Str, Value, alloc, instance};
use crate::types::object::Plain;
use crate::vm::Vm;
use crate::vm::code::Code;
use crate::vm::monitoring::{CALL_RESULTS, EVENT_NAMES, LOCAL_EVENTS, MonitoringEvent, TOOLS};

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "use_tool_id",
        "($module, tool_id, name, /)",
        "",
        use_tool_id,
    ),
    MethodDef::bound("free_tool_id", "($module, tool_id, /)", "", free_tool_id),
    MethodDef::bound("get_tool", "($module, tool_id, /)", "", |vm, args| {
        let tool = tool_id(vm, &args[1])?;
        Ok(vm.interp.monitoring.tool_name(tool).unwrap_or(Value::NONE))
    }),
    MethodDef::bound(
        "register_callback",
        "($module, tool_id, event, func, /)",
        "",
        register_callback,
    ),
    MethodDef::bound("get_events", "($module, tool_id, /)", "", |vm, args| {
        let tool = tool_id(vm, &args[1])?;
        Ok(vm.int(i64::from(vm.interp.monitoring.events(tool))))
    }),
    MethodDef::bound(
        "set_events",
        "($module, tool_id, event_set, /)",
        "",
        set_events,
    ),
    MethodDef::bound(
        "get_local_events",
        "($module, tool_id, code, /)",
        "",
        |vm, args| {
            let tool = tool_id(vm, &args[1])?;
            let code = code(vm, &args[2])?;
            Ok(vm.int(i64::from(vm.local_monitoring_events(tool, code))))
        },
    ),
    MethodDef::bound(
        "set_local_events",
        "($module, tool_id, code, event_set, /)",
        "",
        set_local_events,
    ),
    MethodDef::bound("restart_events", "($module, /)", "", |vm, _| {
        vm.interp.monitoring.restart();
        Ok(Value::NONE)
    }),
    MethodDef::bound("_all_events", "($module, /)", "", all_events),
];

/// The tools with a number that all agree on.
const TOOL_IDS: [(&str, i64); 4] = [
    ("DEBUGGER_ID", 0),
    ("COVERAGE_ID", 1),
    ("PROFILER_ID", 2),
    ("OPTIMIZER_ID", 5),
];

/// Makes the module and puts it into the namespace of `sys`.
pub(super) fn define(vm: &Vm, sys: &Ref<Dict>) -> PyResult<()> {
    let name = vm.str_value("sys.monitoring");
    let module = vm.new_module(&name, &Value::NONE)?;
    let dict = module.dict.clone();
    for def in METHODS {
        let function = vm.builtin_function(def, module.as_value(), &name);
        dict.insert(vm, &vm.intern(def.name), function)?;
    }
    let state = &vm.interp.monitoring;
    for (name, slot) in [("DISABLE", &state.disable), ("MISSING", &state.missing)] {
        let marker = alloc(&vm.types.object, Plain).into_value();
        slot.set(Some(marker.clone()));
        vm.define(&dict, name, marker)?;
    }
    let events = vm.new_namespace();
    for (number, name) in EVENT_NAMES.iter().enumerate() {
        instance::set(vm, &events, &vm.intern(name), vm.int(1 << number))?;
    }
    instance::set(vm, &events, &vm.intern("NO_EVENTS"), vm.int(0))?;
    vm.define(&dict, "events", events)?;
    for (name, number) in TOOL_IDS {
        vm.define(&dict, name, vm.int(number))?;
    }
    vm.define(sys, "monitoring", module.into_value())
}

/// A tool's number.
fn tool_id(vm: &Vm, value: &Value) -> PyResult<usize> {
    let tool = vm.arg_int(value)?;
    match usize::try_from(tool) {
        Ok(number) if number < TOOLS => Ok(number),
        _ => Err(vm.value_error(format!(
            "invalid tool {tool} (must be between 0 and {})",
            TOOLS - 1
        ))),
    }
}

fn code<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Code> {
    value
        .payload()
        .ok_or_else(|| vm.type_error("code must be a code object"))
}

/// The results of calls come with `CALL` or not at all.
fn without_call_results(vm: &Vm, events: u32) -> PyResult<u32> {
    let calls = CALL_RESULTS | MonitoringEvent::Call.bit();
    if events & CALL_RESULTS != 0 && events & calls != calls {
        return Err(vm.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    Ok(events & !CALL_RESULTS)
}

fn check_used(vm: &Vm, tool: usize) -> PyResult<()> {
    match vm.interp.monitoring.tool_name(tool) {
        Some(_) => Ok(()),
        None => Err(vm.value_error(format!("tool {tool} is not in use"))),
    }
}

fn use_tool_id(vm: &Vm, args: &[Value]) -> PyResult {
    let tool = tool_id(vm, &args[1])?;
    if args[2].payload::<Str>().is_none() {
        return Err(vm.value_error("tool name must be a str"));
    }
    let state = &vm.interp.monitoring;
    if state.tool_name(tool).is_some() {
        return Err(vm.value_error(format!("tool {tool} is already in use")));
    }
    state.set_tool_name(tool, Some(args[2].clone()));
    Ok(Value::NONE)
}

fn free_tool_id(vm: &Vm, args: &[Value]) -> PyResult {
    let tool = tool_id(vm, &args[1])?;
    // Events and callbacks stay as they are, as the documentation says.
    vm.interp.monitoring.set_tool_name(tool, None);
    Ok(Value::NONE)
}

fn register_callback(vm: &Vm, args: &[Value]) -> PyResult {
    let tool = tool_id(vm, &args[1])?;
    let event = vm.arg_int(&args[2])?;
    if event.count_ones() != 1 {
        return Err(vm.value_error("The callback can only be set for one event at a time"));
    }
    let number = event.trailing_zeros() as usize;
    if number >= EVENT_NAMES.len() {
        return Err(vm.value_error(format!("invalid event {event}")));
    }
    vm.audit("sys.monitoring.register_callback", &[args[3].clone()])?;
    let callback = (!args[3].is_none()).then(|| args[3].clone());
    let old = vm
        .interp
        .monitoring
        .replace_callback(tool, number, callback);
    Ok(old.unwrap_or(Value::NONE))
}

fn set_events(vm: &Vm, args: &[Value]) -> PyResult {
    let tool = tool_id(vm, &args[1])?;
    let events = vm.arg_int(&args[2])?;
    if !(0..1 << EVENT_NAMES.len()).contains(&events) {
        return Err(vm.value_error(format!("invalid event set {events:#x}")));
    }
    let events = without_call_results(vm, events.cast_unsigned())?;
    check_used(vm, tool)?;
    vm.set_monitoring_events(tool, events);
    Ok(Value::NONE)
}

fn set_local_events(vm: &Vm, args: &[Value]) -> PyResult {
    let tool = tool_id(vm, &args[1])?;
    let events = vm.arg_int(&args[3])?;
    let code = code(vm, &args[2])?;
    let events = without_call_results(vm, events.cast_unsigned())?;
    if events > LOCAL_EVENTS {
        return Err(vm.value_error(format!("invalid local event set {events:#x}")));
    }
    check_used(vm, tool)?;
    vm.set_local_monitoring_events(tool, code, events);
    Ok(Value::NONE)
}

/// `_all_events()`: the tools that want each event of all code.
fn all_events(vm: &Vm, _args: &[Value]) -> PyResult {
    let all = vm.dict();
    for (number, name) in EVENT_NAMES.iter().enumerate() {
        let tools = vm.interp.monitoring.tools_of(number);
        if tools != 0 {
            vm.define(&all, name, vm.int(i64::from(tools)))?;
        }
    }
    Ok(all.into_value())
}
