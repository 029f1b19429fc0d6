//! Calling a slot as a method: argument checks and the way back to a value.

use super::slot_functions::set_attribute;
use super::slot_table::{SlotFn, SlotRow, Wrap};
use crate::object::slots::SetAttrFn;
use crate::object::{Args, PyResult, Value};
use crate::types::memoryview::MemoryView;
use crate::vm::Vm;

impl SlotRow {
    /// Calls a function of this row's slot as the method.
    pub fn call(&self, vm: &Vm, function: SlotFn, this: &Value, args: Args<'_>) -> PyResult {
        if !args.names.is_empty() && !matches!(self.wrap, Wrap::Call | Wrap::Init | Wrap::New) {
            return Err(vm.type_error(format!(
                "wrapper {}() takes no keyword arguments",
                self.name
            )));
        }
        let values = args.values;
        match (self.wrap, function) {
            (Wrap::Unary, SlotFn::Unary(f)) => {
                exactly(vm, values, 0)?;
                f(vm, this)
            }
            (Wrap::Hash, SlotFn::Hash(f)) => {
                exactly(vm, values, 0)?;
                Ok(vm.int(f(vm, this)?))
            }
            (Wrap::Predicate, SlotFn::Predicate(f)) => {
                exactly(vm, values, 0)?;
                Ok(Value::bool(f(vm, this)?))
            }
            (Wrap::Len, SlotFn::Len(f)) => {
                exactly(vm, values, 0)?;
                Ok(vm.int(f(vm, this)? as i64))
            }
            (Wrap::Next, SlotFn::Next(f)) => {
                exactly(vm, values, 0)?;
                f(vm, this)?.ok_or_else(|| vm.stop_iteration(&Value::NONE))
            }
            (Wrap::Del, SlotFn::Del(f)) => {
                exactly(vm, values, 0)?;
                f(vm, this).map(|()| Value::NONE)
            }
            (Wrap::Binary | Wrap::BinaryLeft, SlotFn::Binary(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, &values[0])
            }
            (Wrap::BinaryRight, SlotFn::Binary(f)) => {
                exactly(vm, values, 1)?;
                f(vm, &values[0], this)
            }
            (Wrap::GetAttr, SlotFn::GetAttr(f)) => {
                exactly(vm, values, 1)?;
                vm.check_attribute_name(&values[0])?;
                f(vm, this, &values[0])
            }
            (Wrap::Contains, SlotFn::Contains(f)) => {
                exactly(vm, values, 1)?;
                Ok(Value::bool(f(vm, this, &values[0])?))
            }
            (Wrap::Compare(op), SlotFn::Compare(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, &values[0], op)
            }
            (Wrap::Ternary | Wrap::TernaryLeft, SlotFn::Ternary(f)) => {
                between(vm, values, 1, 2)?;
                f(vm, this, &values[0], values.get(1).unwrap_or(&NONE))
            }
            (Wrap::TernaryRight, SlotFn::Ternary(f)) => {
                between(vm, values, 1, 2)?;
                f(vm, &values[0], this, values.get(1).unwrap_or(&NONE))
            }
            (Wrap::SetAttr, SlotFn::SetAttr(f)) => {
                between(vm, values, 2, 2)?;
                check_override(vm, this, f, "__setattr__")?;
                vm.check_attribute_name(&values[0])?;
                f(vm, this, &values[0], Some(&values[1])).map(|()| Value::NONE)
            }
            (Wrap::DelAttr, SlotFn::SetAttr(f)) => {
                exactly(vm, values, 1)?;
                check_override(vm, this, f, "__delattr__")?;
                vm.check_attribute_name(&values[0])?;
                f(vm, this, &values[0], None).map(|()| Value::NONE)
            }
            (Wrap::SetItem, SlotFn::SetAttr(f)) => {
                between(vm, values, 2, 2)?;
                f(vm, this, &values[0], Some(&values[1])).map(|()| Value::NONE)
            }
            (Wrap::DelItem, SlotFn::SetAttr(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, &values[0], None).map(|()| Value::NONE)
            }
            (Wrap::Item, SlotFn::Item(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, index(vm, this, &values[0])?)
            }
            (Wrap::SetIndex, SlotFn::SetItem(f)) => {
                between(vm, values, 2, 2)?;
                let index = index(vm, this, &values[0])?;
                f(vm, this, index, Some(&values[1])).map(|()| Value::NONE)
            }
            (Wrap::DelIndex, SlotFn::SetItem(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, index(vm, this, &values[0])?, None).map(|()| Value::NONE)
            }
            (Wrap::Repeat, SlotFn::Repeat(f)) => {
                between(vm, values, 1, 1)?;
                let count = vm.index_isize(&values[0], &vm.types.exceptions.overflow_error)?;
                f(vm, this, count)
            }
            (Wrap::DescrGet, SlotFn::DescrGet(f)) => {
                between(vm, values, 1, 2)?;
                let object = values[0].given_not_none();
                let owner = values.get(1).and_then(Value::given_not_none);
                if object.is_none() && owner.is_none() {
                    return Err(vm.type_error("__get__(None, None) is invalid"));
                }
                f(vm, this, object, owner)
            }
            (Wrap::DescrSet, SlotFn::DescrSet(f)) => {
                between(vm, values, 2, 2)?;
                f(vm, this, &values[0], Some(&values[1])).map(|()| Value::NONE)
            }
            (Wrap::DescrDelete, SlotFn::DescrSet(f)) => {
                exactly(vm, values, 1)?;
                f(vm, this, &values[0], None).map(|()| Value::NONE)
            }
            (Wrap::Buffer, SlotFn::Buffer(f)) => {
                between(vm, values, 1, 1)?;
                let flags = vm.index_isize(&values[0], &vm.types.exceptions.overflow_error)?;
                if i32::try_from(flags).is_err() {
                    return Err(vm.overflow_error("buffer flags too large"));
                }
                let view = f(vm, this, flags as i64)?;
                if flags & WRITABLE != 0 && view.readonly {
                    let is_view = this.payload::<MemoryView>().is_some();
                    return Err(vm.buffer_error(if is_view {
                        "memoryview: underlying buffer is not writable"
                    } else {
                        "Object is not writable."
                    }));
                }
                Ok(vm.memoryview(view))
            }
            (Wrap::ReleaseBuffer, SlotFn::Buffer(_)) => {
                between(vm, values, 1, 1)?;
                let Some(view) = values[0].payload::<MemoryView>() else {
                    return Err(vm.type_error("expected a memoryview object"));
                };
                if view.is_of_another(this) {
                    return Err(vm.value_error("memoryview's buffer is not this object"));
                }
                vm.call_method(&values[0], &vm.intern("release"), &[])
            }
            (Wrap::Call, SlotFn::Call(f)) => f(vm, this, args),
            (Wrap::Init, SlotFn::Init(f)) => f(vm, this, args).map(|()| Value::NONE),
            _ => Err(vm.system_error(format!("slot of '{}' of another kind", self.name))),
        }
    }
}

/// CPython's `PyBUF_WRITABLE`.
const WRITABLE: isize = 1;

static NONE: Value = Value::NONE;

fn exactly(vm: &Vm, values: &[Value], wanted: usize) -> PyResult<()> {
    if values.len() == wanted {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "expected {wanted} argument{}, got {}",
        if wanted == 1 { "" } else { "s" },
        values.len()
    )))
}

fn between(vm: &Vm, values: &[Value], min: usize, max: usize) -> PyResult<()> {
    if (min..=max).contains(&values.len()) {
        return Ok(());
    }
    Err(vm.wrong_count("", values.len(), min, max))
}

/// An index argument, counted from the end if it is negative.
fn index(vm: &Vm, this: &Value, index: &Value) -> PyResult<isize> {
    let index = vm.index_isize(index, &vm.types.exceptions.overflow_error)?;
    if index < 0
        && let Some(len) = vm.class_of(this).slots().sq_length
    {
        return Ok(index.saturating_add(len(vm, this)? as isize));
    }
    Ok(index)
}

/// Refuses `object.__setattr__(x, …)` where a builtin class between `object` and x's class has
/// its own way of storing attributes.
fn check_override(vm: &Vm, this: &Value, function: SetAttrFn, what: &str) -> PyResult<()> {
    let class = vm.class_of(this);
    let setattro = |class: &crate::object::Class| class.slots().setattro.map(|f| f as usize);
    let python = set_attribute as SetAttrFn as usize;
    let own = setattro(class);
    let mut defining = class.clone();
    for base in class.mro().unwrap_or_default().iter().rev() {
        if let Some(base) = base.as_ref_to::<crate::object::Class>() {
            let base_own = setattro(base);
            if base_own != Some(python) && base_own == own {
                defining = base.clone();
                break;
            }
        }
    }
    let mut base = Some(defining);
    while let Some(class) = base {
        let own = setattro(&class);
        if own == Some(function as usize) {
            return Ok(());
        }
        if own != Some(python) {
            return Err(vm.type_error(format!(
                "can't apply this {what} to {} object",
                vm.class_name(this)
            )));
        }
        base = class.base.get().and_then(|b| b.downcast().ok());
    }
    Ok(())
}
