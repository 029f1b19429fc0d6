//! `tee`: iterators over one source, each at its own pace.
//!
//! What has been taken from the source stands in blocks of `BLOCK` items, each of which knows the next. An iterator holds
//! the block it is in and its place there, so blocks that all have passed are freed.

use std::cell::{Cell, RefCell};

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Class, Kind, List, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};

use super::{itself, positional, rebuilt, reduce, setstate, state_items, stateful};
use crate::kinds;

/// Items of one block: what fits in 64 words with the header and the rest, as in CPython.
const BLOCK: usize = 57;

/// A block of items.
pub struct TeeData {
    source: Slot,
    items: RefCell<Vec<Value>>,
    next: Slot,
    /// Guards against the source asking the same block again.
    running: Cell<bool>,
}

impl Payload for TeeData {
    const KIND: Kind = kinds::TEE_DATA;
    const NAME: &'static str = "_tee_dataobject";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "items" => items as Opaque,
        "next" => next as Value,
        "running" => running as Bool,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
        for item in self.items.borrow().iter() {
            visitor.value(item);
        }
        visitor.slot(&self.next);
    }

    fn clear(&self) {
        let items = std::mem::take(&mut *self.items.borrow_mut());
        drop(items);
        self.next.set(None);
        self.source.set(None);
    }
}

impl TeeData {
    fn over(source: Value) -> TeeData {
        TeeData {
            source: Slot::new(Some(source)),
            items: RefCell::default(),
            next: Slot::default(),
            running: Cell::new(false),
        }
    }

    /// The item at a place, which is taken from the source where no iterator has been yet.
    fn item(&self, vm: &Vm, place: usize) -> PyResult<Option<Value>> {
        let known = self.items.borrow().get(place).cloned();
        if known.is_some() {
            return Ok(known);
        }
        if self.running.get() {
            return Err(vm.runtime_error("cannot re-enter the tee iterator"));
        }
        let Some(source) = self.source.get() else {
            return Ok(None);
        };
        self.running.set(true);
        let next = vm.next(&source);
        self.running.set(false);
        let item = next?;
        if let Some(item) = &item {
            self.items.borrow_mut().push(item.clone());
        }
        Ok(item)
    }

    /// The block behind this one.
    fn following(&self, class: &Ref<Class>) -> Option<Value> {
        if self.next.is_empty() {
            let block = TeeData::over(self.source.get()?);
            self.next.set(Some(alloc(class, block).into_value()));
        }
        self.next.get()
    }
}

pub static TEE_DATA: TypeSpec = TypeSpec {
    doc: "Data container common to multiple tee objects.",
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, class, "_tee_dataobject", args, 3, 3)?;
            let Some(values) = args[1].payload::<List>() else {
                return Err(vm.type_error(format!(
                    "_tee_dataobject() argument 2 must be list, not {}",
                    vm.class_name(&args[1])
                )));
            };
            let items = values.with(<[Value]>::to_vec);
            let full = items.len() == BLOCK;
            let fits = args[2].is_none() || (full && args[2].payload::<TeeData>().is_some());
            if items.len() > BLOCK || !fits {
                return Err(vm.value_error("Invalid arguments"));
            }
            let block = TeeData {
                items: RefCell::new(items),
                next: Slot::new(args[2].given_not_none().cloned()),
                ..TeeData::over(args[0].clone())
            };
            Ok(alloc(class, block).into_value())
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[reduce(|vm, args| {
        let own = stateful::<TeeData>(vm, &args[0])?;
        let items = vm.list_from(own.items.borrow().clone())?.into_value();
        let source = own.source.get().unwrap_or(Value::NONE);
        let next = own.next.get().unwrap_or(Value::NONE);
        Ok(rebuilt(vm, &args[0], [source, items, next], None))
    })],
    ..TypeSpec::of::<TeeData>("itertools._tee_dataobject")
};

pub struct Tee {
    block: Slot,
    place: Cell<usize>,
}

impl Payload for Tee {
    const KIND: Kind = kinds::TEE;
    const NAME: &'static str = "_tee";
    const FIELDS: &'static [Field] = fields![
        "block" => block as Value,
        "place" => place as Unsigned,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.block);
    }

    fn clear(&self) {
        self.block.set(None);
    }
}

pub static TEE_ITERATOR: TypeSpec = TypeSpec {
    doc: "Iterator wrapped to make it copyable.",
    signature: "(iterable, /)",
    flags: class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, class, "_tee", args, 1, 1)?;
            let source = vm.iter(&args[0])?;
            over(vm, class, source)
        }),
        iter: Some(itself),
        iternext: Some(next_of_tee),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "__copy__",
            "($self, /)",
            "Returns an independent iterator.",
            |vm, args| match args[0].payload::<Tee>() {
                Some(tee) => Ok(copy_of(vm.class_of(&args[0]), tee)),
                None => super::unfit(vm),
            },
        )
        .unsigned(),
        reduce(|vm, args| {
            let own = stateful::<Tee>(vm, &args[0])?;
            let block = own.block.get().unwrap_or(Value::NONE);
            let state = vm.tuple_value([block, vm.int(own.place.get() as i64)]);
            Ok(rebuilt(vm, &args[0], [vm.tuple_value([])], Some(state)))
        }),
        setstate(|vm, args| {
            let own = stateful::<Tee>(vm, &args[0])?;
            let items = state_items(vm, &args[1], 2, 2)?;
            if items[0].payload::<TeeData>().is_none() {
                return Err(vm.type_error(format!(
                    "argument 1 must be itertools._tee_dataobject, not {}",
                    vm.class_name(&items[0])
                )));
            }
            let place = usize::try_from(vm.arg_int(&items[1])?).unwrap_or(usize::MAX);
            if place > BLOCK {
                return Err(vm.value_error("Index out of range"));
            }
            own.block.set(Some(items[0].clone()));
            own.place.set(place);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Tee>("itertools._tee")
};

fn copy_of(class: &Ref<Class>, tee: &Tee) -> Value {
    let copy = Tee {
        block: Slot::new(tee.block.get()),
        place: tee.place.clone(),
    };
    alloc(class, copy).into_value()
}

/// A `_tee` over an iterator; one over a `_tee` is a copy of it.
fn over(vm: &Vm, class: &Ref<Class>, source: Value) -> PyResult {
    if let Some(tee) = source.payload::<Tee>() {
        return Ok(copy_of(class, tee));
    }
    let module = vm.import_dotted("itertools")?;
    let data = vm.get_attr(&module, &vm.intern("_tee_dataobject"))?;
    let Some(data) = data.as_ref_to::<Class>() else {
        return super::unfit(vm);
    };
    let block = alloc(data, TeeData::over(source)).into_value();
    let tee = Tee {
        block: Slot::new(Some(block)),
        place: Cell::new(0),
    };
    Ok(alloc(class, tee).into_value())
}

fn next_of_tee(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(own) = this.payload::<Tee>() else {
        return Ok(None);
    };
    let Some(mut block) = own.block.get() else {
        return Ok(None);
    };
    if own.place.get() >= BLOCK {
        let class = vm.class_of(&block);
        let Some(next) = block
            .payload::<TeeData>()
            .and_then(|data| data.following(class))
        else {
            return Ok(None);
        };
        own.block.set(Some(next.clone()));
        own.place.set(0);
        block = next;
    }
    let Some(data) = block.payload::<TeeData>() else {
        return Ok(None);
    };
    let place = own.place.get();
    let item = data.item(vm, place)?;
    if item.is_some() {
        own.place.set(place + 1);
    }
    Ok(item)
}

/// `tee(iterable, n=2)`.
pub const TEE: MethodDef = MethodDef::bound(
    "tee",
    "($module, iterable, n=2, /)",
    "Returns a tuple of n independent iterators.",
    |vm, args| {
        let count = match args[2].given() {
            Some(n) => vm.index_isize(n, &vm.types.exceptions.overflow_error)?,
            None => 2,
        };
        if count < 0 {
            return Err(vm.value_error("n must be >= 0"));
        }
        if count == 0 {
            return Ok(vm.tuple_value([]));
        }
        let mut first = vm.iter(&args[1])?;
        let name = vm.intern("__copy__");
        let copy = match vm.get_attr_opt(&first, &name)? {
            Some(copy) => copy,
            None => {
                let class = vm.get_attr(&args[0], &vm.intern("_tee"))?;
                let Some(class) = class.as_ref_to::<Class>() else {
                    return super::unfit(vm);
                };
                first = over(vm, class, first)?;
                vm.get_attr(&first, &name)?
            }
        };
        let mut all = Vec::new();
        if all.try_reserve_exact(count as usize).is_err() {
            return Err(vm.memory_error());
        }
        all.push(first);
        for _ in 1..count {
            all.push(vm.call(&copy, &[])?);
        }
        Ok(vm.tuple_value(all))
    },
);
