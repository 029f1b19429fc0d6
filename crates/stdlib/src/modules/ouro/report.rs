//! What `layout` and `explain` return: a text, and the same as data.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{Dict, Kind, Payload, PyResult, Ref, Slot, TypeSpec, Value, Visit, alloc};

/// The payload of both classes.
pub struct Report {
    text: Slot,
    data: Slot,
}

impl Payload for Report {
    const KIND: Kind = crate::kinds::WINDOW_REPORT;
    const NAME: &'static str = "ouro.Report";
    const FIELDS: &'static [Field] = fields![
        "text" => text as Value,
        "data" => data as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.text);
        visitor.slot(&self.data);
    }

    fn clear(&self) {
        self.data.set(None);
    }
}

/// A report of a class, with its text and data.
pub fn make(vm: &Vm, spec: &'static TypeSpec, text: &str, data: Ref<Dict>) -> Value {
    let class = vm.native_class(spec);
    let payload = Report {
        text: Slot::new(Some(vm.str_value(text))),
        data: Slot::new(Some(data.into_value())),
    };
    alloc(&class, payload).into_value()
}

/// `str(report)`.
pub fn text(vm: &Vm, this: &Value) -> PyResult {
    let text = this
        .payload::<Report>()
        .and_then(|report| report.text.get());
    Ok(text.unwrap_or_else(|| vm.str_value("")))
}

/// An attribute of a report: the item of that name.
macro_rules! shown {
    ($name:literal, $doc:literal) => {
        runtime::object::GetSetDef::read_only($name, $doc, |vm, this| {
            $crate::modules::ouro::report::item(vm, this, $name)
        })
    };
}
pub(super) use shown;

/// One item of the data; None where the report has no such.
pub fn item(vm: &Vm, this: &Value, name: &str) -> PyResult {
    let data = this
        .payload::<Report>()
        .and_then(|report| report.data.get());
    let found = match data.as_ref().and_then(Value::payload::<Dict>) {
        Some(data) => data.get(vm, &vm.intern(name))?,
        None => None,
    };
    Ok(found.unwrap_or(Value::NONE))
}

/// `report.data`: everything as a dict.
pub fn data(_vm: &Vm, this: &Value) -> PyResult {
    let data = this
        .payload::<Report>()
        .and_then(|report| report.data.get());
    Ok(data.unwrap_or(Value::NONE))
}
