//! The type `memoryview`: a window on the memory of another object.
//!
//! The payload holds a [`BufferView`] until it is released.  Slicing and casting make new views of
//! the same memory; each counts as an export of the owner.

use std::cell::{Cell, RefCell};

use heap::Visitor;

use crate::fields;
use crate::object::buffer::BufferView;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, Kind, Payload, PyResult, Ref, TypeSlots, TypeSpec, Value, alloc,
};
use crate::vm::Vm;

mod cast;
pub mod item;
pub mod lent;
mod methods;
mod subscript;

/// A `memoryview`'s payload.
pub struct MemoryView {
    view: RefCell<Option<BufferView>>,
    hash: Cell<Option<i64>>,
    /// How often its memory is lent (`lent.rs`).
    lent: Cell<usize>,
}

impl MemoryView {
    /// True for a view of another object, which no release has ended.
    pub(crate) fn is_of_another(&self, object: &Value) -> bool {
        let view = self.view.borrow();
        view.as_ref().is_some_and(|view| !view.owner().is(object))
    }
}

impl Payload for MemoryView {
    const KIND: Kind = Kind::MEMORYVIEW;
    const NAME: &'static str = "memoryview";
    const FIELDS: &'static [Field] = fields![
        "view" => view as Opaque,
        "hash" => hash as Opaque,
        "lent" => lent as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        if let Some(view) = &*self.view.borrow() {
            visitor.value(view.keeper());
        }
    }

    fn clear(&self) {
        let view = self.view.borrow_mut().take();
        drop(view);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Create a new memoryview object which references the given object.",
    signature: "(object)",
    flags: crate::object::class_flag::COLLECTED
        | crate::object::class_flag::SEQUENCE
        | crate::object::class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        iter: Some(iter),
        new: Some(new),
        mp_length: Some(len),
        mp_subscript: Some(subscript::get),
        mp_ass_subscript: Some(subscript::set),
        sq_length: Some(len),
        sq_item: Some(subscript::item),
        buffer: Some(|vm, this, _| view_of(vm, this)),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: methods::GETSET,
    ..TypeSpec::of::<MemoryView>("memoryview")
};

/// A view and a place in it.
pub struct MemoryIterator {
    view: crate::object::Slot,
    index: Cell<usize>,
}

impl Payload for MemoryIterator {
    const KIND: Kind = Kind::MEMORY_ITERATOR;
    const NAME: &'static str = "memory iterator";
    const FIELDS: &'static [Field] = fields![
        "view" => view as Value,
        "index" => index as Unsigned,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.view);
    }
}

/// Declaration of `memory_iterator`.
pub static ITERATOR_SPEC: TypeSpec = TypeSpec {
    slots: TypeSlots {
        iter: Some(|_, this| Ok(this.clone())),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<MemoryIterator>("memory_iterator")
};

impl Vm {
    /// A `memoryview` of a buffer.
    pub fn memoryview(&self, view: BufferView) -> Value {
        let payload = MemoryView {
            view: RefCell::new(Some(view.managed(self))),
            hash: Cell::new(None),
            lent: Cell::new(0),
        };
        alloc(&self.types.memoryview, payload).into_value()
    }
}

/// Looks at the view; ValueError after `release()`.  `look` must not run Python code.
fn with_view<R>(vm: &Vm, this: &Value, look: impl FnOnce(&BufferView) -> R) -> PyResult<R> {
    let payload = this.payload::<MemoryView>();
    let view = payload.map(|p| p.view.borrow());
    match view.as_deref() {
        Some(Some(view)) => Ok(look(view)),
        _ => Err(vm.value_error("operation forbidden on released memoryview object")),
    }
}

/// The view, exported anew; ValueError after `release()`.
fn view_of(vm: &Vm, this: &Value) -> PyResult<BufferView> {
    with_view(vm, this, BufferView::clone)
}

fn new(vm: &Vm, _class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [object] = crate::types::text_args::bind_constructor(vm, "memoryview", args, ["object"])?;
    let Some(object) = object.given() else {
        return Err(vm.type_error("memoryview() missing required argument 'object' (pos 1)"));
    };
    from_object(vm, object)
}

/// `memoryview(object)`
pub fn from_object(vm: &Vm, object: &Value) -> PyResult {
    if !vm.has_buffer(object) {
        return Err(vm.type_error(format!(
            "memoryview: a bytes-like object is required, not '{}'",
            vm.class_name(object)
        )));
    }
    Ok(vm.memoryview(vm.buffer_any(object)?))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let released = this
        .payload::<MemoryView>()
        .is_none_or(|payload| payload.view.borrow().is_none());
    let kind = if released {
        "released memory"
    } else {
        "memory"
    };
    Ok(vm.str_value(&format!("<{kind} at {:#x}>", vm.id(this))))
}

fn len(vm: &Vm, this: &Value) -> PyResult<usize> {
    match with_view(vm, this, |view| view.shape.first().copied())? {
        Some(len) => Ok(len),
        None => Err(vm.type_error("0-dim memory has no length")),
    }
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let cached = this.payload::<MemoryView>().and_then(|p| p.hash.get());
    if let Some(hash) = cached {
        return Ok(hash);
    }
    let (readonly, hashable) = with_view(vm, this, |view| {
        let code = item::native_format(&view.format).map(|(code, _)| code);
        (view.readonly, matches!(code, Some(b'B' | b'b' | b'c')))
    })?;
    if !readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !hashable {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let owner = with_view(vm, this, |view| view.owner().clone())?;
    vm.hash(&owner)?;
    let bytes = with_view(vm, this, |view| {
        vm.check_room(view.len().saturating_mul(16))?;
        Ok(view.to_vec())
    })??;
    let hash = vm.bytes_of_class(&vm.types.bytes, &bytes).hash(vm) as i64;
    if let Some(payload) = this.payload::<MemoryView>() {
        payload.hash.set(Some(hash));
    }
    Ok(hash)
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = match this.is(other) && view_of(vm, this).is_err() {
        true => {
            drop(vm.raised.take());
            true
        }
        false => match equal_contents(vm, this, other)? {
            Some(equal) => equal,
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// Whether both show the same items; None if the other is no buffer.
fn equal_contents(vm: &Vm, this: &Value, other: &Value) -> PyResult<Option<bool>> {
    let left = match view_of(vm, this) {
        Ok(left) => left,
        Err(raised) => {
            drop(vm.take_exception(raised));
            return Ok(Some(false));
        }
    };
    if !vm.has_buffer(other) {
        return Ok(None);
    }
    let right = match vm.buffer_any(other) {
        Ok(right) => right,
        Err(raised) => {
            drop(vm.take_exception(raised));
            return Ok(Some(false));
        }
    };
    if left.shape != right.shape {
        return Ok(Some(false));
    }
    let formats = (
        item::native_format(&left.format),
        item::native_format(&right.format),
    );
    let (Some((a, a_size)), Some((b, b_size))) = formats else {
        return Ok(Some(false));
    };
    vm.check_room((left.len() + right.len()).saturating_mul(16))?;
    let (left, right) = (left.to_vec(), right.to_vec());
    if a == b && !matches!(a, b'e' | b'f' | b'd' | b'?') {
        return Ok(Some(left == right));
    }
    for (x, y) in left.chunks_exact(a_size).zip(right.chunks_exact(b_size)) {
        let (x, y) = (item::unpack(vm, a, x)?, item::unpack(vm, b, y)?);
        if !vm.equal(&x, &y)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

fn iter(vm: &Vm, this: &Value) -> PyResult {
    let (dimensions, format) =
        with_view(vm, this, |view| (view.shape.len(), view.format.to_string()))?;
    if dimensions == 0 {
        return Err(vm.type_error("invalid indexing of 0-dim memory"));
    }
    if dimensions > 1 {
        return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
    }
    if item::native_format(&format).is_none() {
        return Err(item::not_supported(vm, &format));
    }
    let iterator = MemoryIterator {
        view: crate::object::Slot::new(Some(this.clone())),
        index: Cell::new(0),
    };
    Ok(alloc(&vm.types.memory_iterator, iterator).into_value())
}

fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(iterator) = this.payload::<MemoryIterator>() else {
        return Ok(None);
    };
    let Some(view) = iterator.view.get() else {
        return Ok(None);
    };
    let index = iterator.index.get();
    if index >= len(vm, &view)? {
        iterator.view.set(None);
        return Ok(None);
    }
    iterator.index.set(index + 1);
    subscript::item(vm, &view, index as isize).map(Some)
}
