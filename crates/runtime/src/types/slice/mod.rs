//! The type `slice`.

mod indices;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, TypeSlots,
    TypeSpec, Value, alloc,
};
use crate::vm::Vm;

/// A slice's parts, as given; missing ones are None.
pub struct Slice {
    /// `start`.
    pub start: Value,
    /// `stop`.
    pub stop: Value,
    /// `step`.
    pub step: Value,
}

impl Payload for Slice {
    const KIND: Kind = Kind::SLICE;
    const NAME: &'static str = "slice";
    const FIELDS: &'static [Field] = fields![
        "start" => start as Value,
        "stop" => stop as Value,
        "step" => step as Value,
    ];

    #[inline(always)]
    fn free_list(&self) -> Option<heap::FreeList> {
        Some(heap::FreeList::SLICE)
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.start);
        visitor.value(&self.stop);
        visitor.value(&self.step);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  \
          This is used for extended slicing (e.g. a[0:10:2]).",
    flags: crate::object::class_flag::KEPT,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        richcompare: Some(richcompare),
        hash: Some(hash),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "indices",
            "($self, object, /)",
            "S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, \
             calculate the start and stop\nindices, and the stride length of the extended slice \
             described by\nS. Out of bounds indices are clipped in a manner consistent with the\n\
             handling of normal slices.",
            indices::indices,
        ),
        MethodDef::bound(
            "__reduce__",
            "($self, /)",
            "Return state information for pickling.",
            reduce,
        )
        .unsigned(),
    ],
    getset: &[
        GetSetDef::read_only("start", "", |_, v| part(v, |s| &s.start)).as_member(),
        GetSetDef::read_only("stop", "", |_, v| part(v, |s| &s.stop)).as_member(),
        GetSetDef::read_only("step", "", |_, v| part(v, |s| &s.step)).as_member(),
    ],
    ..TypeSpec::of::<Slice>("slice")
};

impl Vm {
    /// A new slice.
    pub fn slice(&self, start: Value, stop: Value, step: Value) -> Value {
        alloc(&self.types.slice, Slice { start, stop, step }).into_value()
    }
}

fn part(value: &Value, choose: fn(&Slice) -> &Value) -> PyResult {
    Ok(value
        .payload::<Slice>()
        .map_or(Value::NONE, |slice| choose(slice).clone()))
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() {
        return Err(vm.type_error("slice() takes no keyword arguments"));
    }
    match args.values {
        [] => Err(vm.type_error("slice expected at least 1 argument, got 0")),
        [stop] => Ok(vm.slice(Value::NONE, stop.clone(), Value::NONE)),
        [start, stop] => Ok(vm.slice(start.clone(), stop.clone(), Value::NONE)),
        [start, stop, step] => Ok(vm.slice(start.clone(), stop.clone(), step.clone())),
        more => Err(vm.type_error(format!(
            "slice expected at most 3 arguments, got {}",
            more.len()
        ))),
    }
}

fn parts(value: &Value) -> Option<[&Value; 3]> {
    let slice = value.payload::<Slice>()?;
    Some([&slice.start, &slice.stop, &slice.step])
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let mut text = String::from("slice(");
    for (i, part) in parts(value).into_iter().flatten().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        vm.push_repr(&mut text, part)?;
    }
    text.push(')');
    Ok(vm.str_value(&text))
}

fn richcompare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(a_parts), Some(b_parts)) = (parts(a), parts(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if a.is(b) {
        return Ok(Value::bool(matches!(
            op,
            CompareOp::Eq | CompareOp::Le | CompareOp::Ge
        )));
    }
    let a = vm.tuple_value(a_parts.map(Value::clone));
    let b = vm.tuple_value(b_parts.map(Value::clone));
    vm.compare(&a, &b, op)
}

fn hash(vm: &Vm, value: &Value) -> PyResult<i64> {
    let mixed = crate::types::tuple::mix_hashes(vm, parts(value).into_iter().flatten())?;
    Ok(if mixed == u64::MAX {
        1_546_275_796
    } else {
        mixed as i64
    })
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let parts = parts(&args[0]).into_iter().flatten().cloned();
    let parts: Vec<Value> = parts.collect();
    Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), vm.tuple_value(parts)]))
}
