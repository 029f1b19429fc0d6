//! Buffers that objects of Python classes export by `__buffer__`.
//!
//! The memory is that of the memoryview which the method returned. Views of it own a *loan* instead of that memory's owner,
//! and with the last of them the loan ends: then `__release_buffer__` gets the memoryview back.

use heap::Visitor;

use super::MemoryView;
use crate::fields;
use crate::object::buffer::BufferView;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Kind, Payload, PyResult, TypeSpec, Value, alloc};
use crate::vm::{Vm, current_vm};

/// What an object of a Python class has lent.
pub struct Loan {
    /// Who lent it.
    exporter: Value,
    /// The memoryview that `__buffer__` returned.
    shown: Value,
    /// Its memory.
    view: BufferView,
}

impl Payload for Loan {
    const KIND: Kind = Kind::BUFFER_LOAN;
    const NAME: &'static str = "_buffer_wrapper";
    const FIELDS: &'static [Field] = fields![
        "exporter" => exporter as Value,
        "shown" => shown as Value,
        "view" => view as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.exporter);
        visitor.value(&self.shown);
        visitor.value(self.view.keeper());
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let vm = current_vm();
        if let Some(shown) = self.shown.payload::<MemoryView>() {
            shown.lent.set(shown.lent.get().saturating_sub(1));
        }
        vm.aside(|| {
            let release = vm.lookup_special(&self.exporter, &vm.names.__release_buffer__);
            let done = match release {
                Ok(Some(release)) => vm.call1(&release, &self.shown).map(drop),
                Ok(None) => Ok(()),
                Err(raised) => Err(raised),
            };
            if let Err(raised) = done {
                let exception = vm.take_exception(raised);
                vm.unraisable(exception, Some(&self.exporter), None);
            }
        });
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    flags: crate::object::class_flag::COLLECTED | crate::object::class_flag::NO_INSTANTIATION,
    ..TypeSpec::of::<Loan>("_buffer_wrapper")
};

/// A view of the memory that `shown`, returned by the exporter's `__buffer__`, shows.
pub fn lend(vm: &Vm, exporter: &Value, shown: Value, flags: i64) -> PyResult<BufferView> {
    let view = vm.buffer_for(&shown, flags)?;
    if let Some(shown) = shown.payload::<MemoryView>() {
        shown.lent.set(shown.lent.get() + 1);
    }
    let loan = Loan {
        exporter: exporter.clone(),
        shown,
        view,
    };
    let loan = alloc(&vm.types.buffer_wrapper, loan).into_value();
    Ok(BufferView::lent(&loan))
}

/// The view that a loan is of.
pub fn view_of(loan: &Value) -> Option<&BufferView> {
    Some(&loan.payload::<Loan>()?.view)
}
