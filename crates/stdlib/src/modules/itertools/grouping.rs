//! `groupby`.

use std::cell::Cell;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{Class, Kind, Payload, PyResult, Slot, TypeSlots, TypeSpec, Value, alloc};

use super::{FLAGS, itself, positional, rebuilt, reduce, setstate, state_items, stateful};
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
    methods: &[
        reduce(|vm, args| {
            let own = stateful::<GroupBy>(vm, &args[0])?;
            let parts = [own.source.clone(), own.key.clone()];
            let state = match (
                own.current_key.get(),
                own.current.get(),
                own.target_key.get(),
            ) {
                (Some(key), Some(item), Some(target)) => Some(vm.tuple_value([key, item, target])),
                _ => None,
            };
            Ok(rebuilt(vm, &args[0], parts, state))
        }),
        setstate(|vm, args| {
            let own = stateful::<GroupBy>(vm, &args[0])?;
            let items = state_items(vm, &args[1], 3, 3)?;
            own.current_key.set(Some(items[0].clone()));
            own.current.set(Some(items[1].clone()));
            own.target_key.set(Some(items[2].clone()));
            Ok(Value::NONE)
        }),
    ],
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
    // Even if there is no other group, the last one is over.
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
    let Some(class) = own.grouper.as_ref_to::<Class>() else {
        return Ok(None);
    };
    let grouper = alloc(class, Grouper::new(this, own, key.clone())).into_value();
    Ok(Some(vm.tuple_value([key, grouper])))
}

pub struct Grouper {
    parent: Value,
    key: Value,
    group: u64,
}

impl Grouper {
    /// The group that is current from now on.
    fn new(parent: &Value, groups: &GroupBy, key: Value) -> Grouper {
        groups.group.set(groups.group.get() + 1);
        Grouper {
            parent: parent.clone(),
            key,
            group: groups.group.get(),
        }
    }
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
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, class, "_grouper", args, 2, 2)?;
            match args[0].payload::<GroupBy>() {
                Some(groups) => {
                    let grouper = Grouper::new(&args[0], groups, args[1].clone());
                    Ok(alloc(class, grouper).into_value())
                }
                None => Err(vm.type_error(format!(
                    "_grouper() argument 1 must be itertools.groupby, not {}",
                    vm.class_name(&args[0])
                ))),
            }
        }),
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
    methods: &[reduce(|vm, args| {
        let own = stateful::<Grouper>(vm, &args[0])?;
        let current = own
            .parent
            .payload::<GroupBy>()
            .map(|groups| groups.group.get());
        if current != Some(own.group) {
            let empty = vm.tuple_value([vm.tuple_value([])]);
            return Ok(vm.tuple_value([vm.builtin("iter")?, empty]));
        }
        let parts = [own.parent.clone(), own.key.clone()];
        Ok(rebuilt(vm, &args[0], parts, None))
    })],
    ..TypeSpec::of::<Grouper>("itertools._grouper")
};
