//! `groupby` and `tee`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Class, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};

use super::{FLAGS, itself};
use crate::kinds;

pub struct GroupBy {
    source: Value,
    key: Value,
    target_key: Slot,
    current_key: Slot,
    current: Slot,
    /// The group handed out last, by number: older ones are empty.
    group: Cell<u64>,
    grouper: Value,
}

impl Payload for GroupBy {
    const KIND: Kind = kinds::GROUPBY;
    const NAME: &'static str = "groupby";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "key" => key as Value,
        "target_key" => target_key as Value,
        "current_key" => current_key as Value,
        "current" => current as Value,
        "group" => group as Unsigned,
        "grouper" => grouper as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.value(&self.source);
        visitor.value(&self.key);
        visitor.slot(&self.target_key);
        visitor.slot(&self.current_key);
        visitor.slot(&self.current);
    }

    fn clear(&self) {
        self.target_key.set(None);
        self.current_key.set(None);
        self.current.set(None);
    }
}

pub static GROUPBY: TypeSpec = TypeSpec {
    doc: "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide into groups according to the key function.\n  key\n    A function for computing the group category for each element.\n    If the key function is not specified or is None, the element itself\n    is used for grouping.",
    signature: "(iterable, key=None)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("groupby", "(iterable, key=None)", args)?;
            let module = vm.import_dotted("itertools")?;
            let grouper = vm.get_attr(&module, &vm.intern("_grouper"))?;
            let groupby = GroupBy {
                source: vm.iter(&bound[0])?,
                key: bound[1].given().cloned().unwrap_or(Value::NONE),
                target_key: Slot::default(),
                current_key: Slot::default(),
                current: Slot::default(),
                group: Cell::new(0),
                grouper,
            };
            Ok(alloc(class, groupby).into_value())
        }),
        iter: Some(itself),
        iternext: Some(next_group),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<GroupBy>("itertools.groupby")
};

impl GroupBy {
    /// Takes the next item; false at the end.
    fn step(&self, vm: &Vm) -> PyResult<bool> {
        let Some(item) = vm.next(&self.source)? else {
            return Ok(false);
        };
        let key = if self.key.is_none() {
            item.clone()
        } else {
            vm.call1(&self.key, &item)?
        };
        self.current.set(Some(item));
        self.current_key.set(Some(key));
        Ok(true)
    }
}

fn next_group(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(own) = this.payload::<GroupBy>() else {
        return Ok(None);
    };
    own.group.set(own.group.get() + 1);
    loop {
        match (own.current_key.get(), own.target_key.get()) {
            (None, _) => {}
            (Some(_), None) => break,
            (Some(current), Some(target)) => {
                if !vm.equal(&target, &current)? {
                    break;
                }
            }
        }
        if !own.step(vm)? {
            return Ok(None);
        }
    }
    let key = own.current_key.get().unwrap_or(Value::NONE);
    own.target_key.set(Some(key.clone()));
    let grouper = Grouper {
        parent: this.clone(),
        key: key.clone(),
        group: own.group.get(),
    };
    let Some(class) = own.grouper.as_ref_to::<Class>() else {
        return Ok(None);
    };
    let grouper = alloc(class, grouper).into_value();
    Ok(Some(vm.tuple_value([key, grouper])))
}

pub struct Grouper {
    parent: Value,
    key: Value,
    group: u64,
}

impl Payload for Grouper {
    const KIND: Kind = kinds::GROUPER;
    const NAME: &'static str = "_grouper";
    const FIELDS: &'static [Field] = fields![
        "parent" => parent as Value,
        "key" => key as Value,
        "group" => group as Unsigned,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.value(&self.parent);
        visitor.value(&self.key);
    }
}

pub static GROUPER: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Grouper>() else {
                return Ok(None);
            };
            let Some(parent) = own.parent.payload::<GroupBy>() else {
                return Ok(None);
            };
            if parent.group.get() != own.group {
                return Ok(None);
            }
            if parent.current.is_empty() && !parent.step(vm)? {
                return Ok(None);
            }
            let current = parent.current_key.get().unwrap_or(Value::NONE);
            if !vm.equal(&own.key, &current)? {
                return Ok(None);
            }
            Ok(parent.current.take())
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Grouper>("itertools._grouper")
};

/// Items already taken from the source that some iterator of a `tee` has not seen yet: a chain of
/// links that each iterator walks; what all have passed is freed.
struct Link {
    item: RefCell<Option<Value>>,
    next: RefCell<Option<Rc<Link>>>,
}

impl Drop for Link {
    fn drop(&mut self) {
        // A long chain is freed link by link, not recursively.
        let mut next = self.next.borrow_mut().take();
        while let Some(link) = next {
            match Rc::try_unwrap(link) {
                Ok(link) => next = link.next.borrow_mut().take(),
                Err(_) => break,
            }
        }
    }
}

pub struct Tee {
    source: Slot,
    link: RefCell<Rc<Link>>,
    /// Guards against the source asking the same `tee` again.
    running: Rc<Cell<bool>>,
}

impl Payload for Tee {
    const KIND: Kind = kinds::TEE;
    const NAME: &'static str = "_tee";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "link" => link as Opaque,
        "running" => running as Opaque,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
    }

    fn clear(&self) {
        self.source.set(None);
    }
}

pub static TEE_ITERATOR: TypeSpec = TypeSpec {
    doc: "Iterator wrapped to make it copyable.",
    flags: FLAGS | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("_tee", "(iterable, /)", args)?;
            tee_of(vm, class, &bound[0])
        }),
        iter: Some(itself),
        iternext: Some(next_of_tee),
        ..TypeSlots::EMPTY
    },
    methods: &[MethodDef::bound(
        "__copy__",
        "($self, /)",
        "Returns an independent iterator.",
        |vm, args| match args[0].payload::<Tee>() {
            Some(tee) => Ok(copy_of(vm.class_of(&args[0]), tee)),
            None => super::unfit(vm),
        },
    )],
    ..TypeSpec::of::<Tee>("itertools._tee")
};

fn copy_of(class: &Ref<Class>, tee: &Tee) -> Value {
    let copy = Tee {
        source: Slot::new(tee.source.get()),
        link: RefCell::new(Rc::clone(&tee.link.borrow())),
        running: Rc::clone(&tee.running),
    };
    alloc(class, copy).into_value()
}

fn tee_of(vm: &Vm, class: &Ref<Class>, iterable: &Value) -> PyResult {
    let source = vm.iter(iterable)?;
    if let Some(tee) = source.payload::<Tee>() {
        return Ok(copy_of(class, tee));
    }
    let link = Link {
        item: RefCell::new(None),
        next: RefCell::new(None),
    };
    let tee = Tee {
        source: Slot::new(Some(source)),
        link: RefCell::new(Rc::new(link)),
        running: Rc::new(Cell::new(false)),
    };
    Ok(alloc(class, tee).into_value())
}

fn next_of_tee(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(own) = this.payload::<Tee>() else {
        return Ok(None);
    };
    let link = Rc::clone(&own.link.borrow());
    let known = link.item.borrow().clone();
    let item = match known {
        Some(item) => item,
        None => {
            let Some(source) = own.source.get() else {
                return Ok(None);
            };
            if own.running.replace(true) {
                return Err(vm.runtime_error("cannot re-enter the tee iterator"));
            }
            let next = vm.next(&source);
            own.running.set(false);
            let Some(item) = next? else { return Ok(None) };
            *link.item.borrow_mut() = Some(item.clone());
            *link.next.borrow_mut() = Some(Rc::new(Link {
                item: RefCell::new(None),
                next: RefCell::new(None),
            }));
            item
        }
    };
    let next = link.next.borrow().clone();
    if let Some(next) = next {
        let passed = own.link.replace(next);
        drop(passed);
    }
    Ok(Some(item))
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
        let class = vm.get_attr(&args[0], &vm.intern("_tee"))?;
        let Some(class) = class.as_ref_to::<Class>() else {
            return super::unfit(vm);
        };
        let first = tee_of(vm, class, &args[1])?;
        let mut all = vec![first];
        for _ in 1..count {
            if let Some(tee) = all[0].payload::<Tee>() {
                let copy = copy_of(class, tee);
                all.push(copy);
            }
        }
        Ok(vm.tuple_value(all))
    },
);
