//! The type `traceback`.

use std::cell::Cell;

use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Class, GetSetDef, MethodDef, PyResult, Ref, Slot, TypeSpec, Value, alloc,
};
use crate::vm::Vm;
use crate::vm::frame_object::FrameObject;
use crate::vm::traceback::Traceback;

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a new traceback object.",
    slots: TypeSlots {
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound("__dir__", "($self, /)", "", |vm, _| {
        let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|n| vm.intern(n));
        Ok(vm.list_from(names)?.into_value())
    })
    .unsigned()],
    getset: &[
        GetSetDef::writable(
            "tb_next",
            "",
            |vm, t| Ok(entry(vm, t)?.next.get().unwrap_or(Value::NONE)),
            set_next,
        ),
        GetSetDef::read_only("tb_frame", "", |vm, t| {
            Ok(entry(vm, t)?.frame.get().unwrap_or(Value::NONE))
        }),
        GetSetDef::read_only("tb_lasti", "", |vm, t| {
            let entry = entry(vm, t)?;
            let frame = entry.frame.get();
            let code = frame
                .as_ref()
                .and_then(|f| f.payload::<FrameObject>())
                .and_then(|f| f.code(vm));
            Ok(vm.int(code.map_or(-1, |c| entry.byte_offset(&c))))
        }),
        GetSetDef::read_only("tb_lineno", "", |vm, t| {
            Ok(vm.int(i64::from(entry(vm, t)?.line.get())))
        }),
    ],
    ..TypeSpec::of::<Traceback>("traceback")
};

fn entry<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Traceback> {
    value
        .payload::<Traceback>()
        .ok_or_else(|| vm.type_error("expected a traceback"))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters(
        "TracebackType",
        "(tb_next, tb_frame, tb_lasti, tb_lineno)",
        args,
    )?;
    if bound[1].payload::<FrameObject>().is_none() {
        return Err(vm.type_error(format!(
            "TracebackType() argument 'tb_frame' must be frame, not {}",
            vm.argument_type(&bound[1])
        )));
    }
    let last = vm.index_isize(&bound[2], &vm.types.exceptions.overflow_error)?;
    let line = vm.index_isize(&bound[3], &vm.types.exceptions.overflow_error)?;
    if !bound[0].is_none() && bound[0].payload::<Traceback>().is_none() {
        return Err(vm.type_error(format!(
            "expected traceback object or None, got '{}'",
            vm.class_name(&bound[0])
        )));
    }
    // What fits no instruction counts as the first; the number itself is kept.
    let last = !i32::try_from(last.max(0)).unwrap_or(i32::MAX);
    let entry = Traceback {
        next: Slot::new((!bound[0].is_none()).then(|| bound[0].clone())),
        frame: Slot::new(Some(bound[1].clone())),
        last: Cell::new(last),
        line: Cell::new(line as i32),
    };
    Ok(alloc(class, entry).into_value())
}

fn set_next(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let payload = entry(vm, this)?;
    match value {
        None => Err(vm.type_error("can't delete tb_next attribute")),
        Some(value) if value.is_none() => {
            payload.next.set(None);
            Ok(())
        }
        Some(value) if value.payload::<Traceback>().is_some() => {
            let mut link = Some(value.clone());
            while let Some(current) = link {
                if current.is(this) {
                    return Err(vm.value_error("traceback loop detected"));
                }
                link = current.payload::<Traceback>().and_then(|t| t.next.get());
            }
            payload.next.set(Some(value.clone()));
            Ok(())
        }
        Some(value) => Err(vm.type_error(format!(
            "expected traceback object, got '{}'",
            vm.class_name(value)
        ))),
    }
}
