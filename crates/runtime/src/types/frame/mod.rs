//! The type `frame`.

use std::cell::Cell as Flag;

use bytecode::LocalKind;

use crate::object::slots::TypeSlots;
use crate::object::{Dict, GetSetDef, MethodDef, PyResult, TypeSpec, Value, class_flag};
use crate::vm::Vm;
use crate::vm::cell::Cell;
use crate::vm::frame::frame_flag;
use crate::vm::frame_object::FrameObject;
use crate::vm::{generator, generator_methods};

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeSpec::of::<FrameObject>("frame").flags | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "clear",
        "($self, /)",
        "F.clear(): clear most references held by the frame",
        clear,
    )],
    getset: &[
        GetSetDef::read_only("f_back", "", |vm, f| {
            Ok(frame(vm, f)?.back(vm).unwrap_or(Value::NONE))
        }),
        GetSetDef::read_only("f_code", "", |vm, f| {
            Ok(frame(vm, f)?
                .code(vm)
                .map_or(Value::NONE, |c| c.into_value()))
        }),
        GetSetDef::read_only("f_globals", "", |vm, f| {
            Ok(frame(vm, f)?
                .function()
                .map_or(Value::NONE, |f| f.globals.to_value()))
        }),
        GetSetDef::read_only("f_builtins", "", |vm, f| {
            Ok(frame(vm, f)?
                .function()
                .map_or(Value::NONE, |f| f.builtins.to_value()))
        }),
        GetSetDef::read_only("f_locals", "", |vm, f| vm.frame_locals(frame(vm, f)?)),
        GetSetDef::read_only("f_lasti", "", |vm, f| {
            let frame = frame(vm, f)?;
            let last = frame.last_instruction();
            Ok(vm.int(
                frame
                    .code(vm)
                    .map_or(-1, |c| i64::from(c.byte_offset(last))),
            ))
        }),
        GetSetDef::writable(
            "f_lineno",
            "",
            |vm, f| match frame(vm, f)?.known_line(vm) {
                None => Ok(Value::NONE),
                Some(line) => Ok(vm.int(i64::from(line))),
            },
            set_line,
        ),
        GetSetDef::writable(
            "f_trace",
            "",
            |vm, f| Ok(frame(vm, f)?.trace.get().unwrap_or(Value::NONE)),
            |vm, f, v| {
                frame(vm, f)?.trace.set(v.filter(|v| !v.is_none()).cloned());
                vm.trace_callers();
                Ok(())
            },
        ),
        GetSetDef::writable(
            "f_trace_lines",
            "",
            |vm, f| Ok(Value::bool(frame(vm, f)?.trace_lines.get())),
            |vm, f, v| set_flag(vm, &frame(vm, f)?.trace_lines, v),
        ),
        GetSetDef::writable(
            "f_trace_opcodes",
            "",
            |vm, f| Ok(Value::bool(frame(vm, f)?.trace_opcodes.get())),
            |vm, f, v| set_flag(vm, &frame(vm, f)?.trace_opcodes, v),
        ),
    ],
    ..TypeSpec::of::<FrameObject>("frame")
};

fn frame<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a FrameObject> {
    value
        .payload::<FrameObject>()
        .ok_or_else(|| vm.type_error("expected a frame"))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let payload = frame(vm, value)?;
    let (file, name) = match payload.code(vm) {
        Some(code) => (vm.repr_string(&code.filename)?, vm.display(&code.name)),
        None => (String::new(), String::new()),
    };
    Ok(vm.str_value(&format!(
        "<frame at {:#x}, file {file}, line {}, code {name}>",
        vm.id(value),
        payload.line(vm)
    )))
}

/// Sets a flag that CPython has as a member of C's type `char`.
fn set_flag(vm: &Vm, flag: &Flag<bool>, value: Option<&Value>) -> PyResult<()> {
    match value {
        None => Err(vm.type_error("can't delete numeric/char attribute")),
        Some(value) if value.is(&Value::TRUE) || value.is(&Value::FALSE) => {
            flag.set(value.is(&Value::TRUE));
            Ok(())
        }
        Some(_) => Err(vm.type_error("attribute value type must be bool")),
    }
}

fn set_line(vm: &Vm, value: &Value, line: Option<&Value>) -> PyResult<()> {
    let payload = frame(vm, value)?;
    let Some(line) = line else {
        return Err(vm.attribute_error("cannot delete attribute"));
    };
    vm.set_frame_line(payload, line)
}

fn clear(vm: &Vm, args: &[Value]) -> PyResult {
    let payload = frame(vm, &args[0])?;
    match payload.live() {
        Some(live) if live.has(frame_flag::GENERATOR) => {
            let generator = generator::object_of(live);
            generator_methods::clear_frame(vm, &generator)?;
        }
        Some(_) => return Err(vm.runtime_error("cannot clear an executing frame")),
        None => payload.release_locals(),
    }
    Ok(Value::NONE)
}

impl Vm {
    /// `f_locals`: the namespace itself in module and class bodies, else a snapshot of the
    /// variables in a dict that the frame keeps and updates each time it is asked for.
    pub fn frame_locals(&self, payload: &FrameObject) -> PyResult {
        let Some(code) = payload.code(self) else {
            return Ok(self.dict().into_value());
        };
        if let Some(live) = payload.live()
            && let Some(namespace) = live.namespace.get()
        {
            return self.with_hidden_locals(namespace, &code, |i| payload.local(i));
        }
        if !code.has_flag(bytecode::CodeFlags::OPTIMIZED)
            && let Some(namespace) = payload.namespace.get()
        {
            return self.with_hidden_locals(namespace, &code, |i| payload.local(i));
        }
        let dict = match payload.namespace.get() {
            Some(known) => known,
            None => {
                let dict = self.dict().into_value();
                payload.namespace.set(Some(dict.clone()));
                dict
            }
        };
        let Some(table) = dict.payload::<Dict>() else {
            return Ok(dict);
        };
        for (index, var) in code.data.localsplus.iter().enumerate() {
            if var.kind.has(LocalKind::HIDDEN) {
                continue;
            }
            if var.kind.has(LocalKind::FREE) && !code.has_flag(bytecode::CodeFlags::OPTIMIZED) {
                continue;
            }
            let mut value = payload.local(index);
            if (var.kind.has(LocalKind::CELL) || var.kind.has(LocalKind::FREE))
                && let Some(cell) = value.as_ref().and_then(Value::payload::<Cell>)
            {
                value = cell.contents.get();
            }
            let name = &code.local_names[index];
            match value {
                Some(value) => {
                    table.insert(self, name, value)?;
                }
                None => {
                    table.remove(self, name)?;
                }
            }
        }
        Ok(dict)
    }

    /// The namespace of a module or class body; a copy with the variables of comprehensions, if
    /// one of those is running inside it.
    pub(crate) fn with_hidden_locals(
        &self,
        namespace: Value,
        code: &crate::vm::code::Code,
        local: impl Fn(usize) -> Option<Value>,
    ) -> PyResult {
        let variables = code.data.localsplus.iter().enumerate();
        let hidden = variables.filter(|(_, var)| var.kind.has(LocalKind::HIDDEN));
        let mut copy = None;
        for (index, _) in hidden {
            let mut value = local(index);
            if let Some(cell) = value.as_ref().and_then(Value::payload::<Cell>) {
                value = cell.contents.get();
            }
            let Some(value) = value else { continue };
            if copy.is_none() {
                let all = self.dict();
                crate::types::dict::update_from(self, &all, &namespace)?;
                copy = Some(all);
            }
            if let Some(all) = &copy {
                all.insert(self, &code.local_names[index], value)?;
            }
        }
        Ok(copy.map_or(namespace, |all| all.into_value()))
    }
}
