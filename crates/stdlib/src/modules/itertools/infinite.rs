//! `count`, `cycle`, `repeat`.

use std::cell::Cell;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Args, Class, Kind, List, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value,
    alloc,
};
use runtime::protocol::number::BinaryOp;

use super::{FLAGS, itself, positional, rebuilt, reduce, setstate, state_items, stateful};
use crate::kinds;

pub struct Count {
    next: Slot,
    step: Value,
}

impl Payload for Count {
    const KIND: Kind = kinds::COUNT;
    const NAME: &'static str = "count";
    const FIELDS: &'static [Field] = fields![
        "next" => next as Value,
        "step" => step as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        // CPython counts by ones with a machine word.
        let is_small = self
            .next
            .get()
            .is_some_and(|next| next.as_small_int().is_some());
        if !is_small || self.step.as_small_int() != Some(1) {
            visitor.slot(&self.next);
        }
        visitor.value(&self.step);
    }
}

pub static COUNT: TypeSpec = TypeSpec {
    doc: "Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n            x += step",
    signature: "(start=0, step=1)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("count", "(start=0, step=1)", args)?;
            let start = bound[0].given().cloned().unwrap_or(Value::small_int(0));
            let step = bound[1].given().cloned().unwrap_or(Value::small_int(1));
            for number in [&start, &step] {
                let slots = vm.class_of(number).slots();
                let is_number = slots.nb_int.is_some()
                    || slots.nb_index.is_some()
                    || slots.nb_float.is_some()
                    || vm.class_of(number).is(&vm.types.complex);
                if !is_number {
                    return Err(vm.type_error("a number is required"));
                }
            }
            Ok(alloc(
                class,
                Count {
                    next: Slot::new(Some(start)),
                    step,
                },
            )
            .into_value())
        }),
        repr: Some(|vm, this| {
            let Some(count) = this.payload::<Count>() else {
                return super::unfit(vm);
            };
            let next = vm.repr_string(&count.next.get().unwrap_or(Value::NONE))?;
            let text = match count.step.as_small_int() {
                Some(1) => format!("count({next})"),
                _ => format!("count({next}, {})", vm.repr_string(&count.step)?),
            };
            Ok(vm.str_value(&text))
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(count) = this.payload::<Count>() else {
                return Ok(None);
            };
            let item = count.next.get().unwrap_or(Value::NONE);
            let following = vm.binary(&BinaryOp::ADD, &item, &count.step)?;
            count.next.set(Some(following));
            Ok(Some(item))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[reduce(|vm, args| {
        let own = stateful::<Count>(vm, &args[0])?;
        let next = own.next.get().unwrap_or(Value::NONE);
        if next.as_small_int().is_some() && own.step.as_small_int() == Some(1) {
            return Ok(rebuilt(vm, &args[0], [next], None));
        }
        Ok(rebuilt(vm, &args[0], [next, own.step.clone()], None))
    })],
    ..TypeSpec::of::<Count>("itertools.count")
};

pub struct Cycle {
    source: Slot,
    saved: Slot,
    index: Cell<usize>,
    /// The saved list is complete already: it came with a state.
    complete: Cell<bool>,
}

impl Payload for Cycle {
    const KIND: Kind = kinds::CYCLE;
    const NAME: &'static str = "cycle";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "saved" => saved as Value,
        "index" => index as Unsigned,
        "complete" => complete as Bool,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
        visitor.slot(&self.saved);
    }

    fn clear(&self) {
        self.source.set(None);
        self.saved.set(None);
    }
}

pub static CYCLE: TypeSpec = TypeSpec {
    doc: "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
    signature: "(iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, class, "cycle", args, 1, 1)?;
            let source = vm.iter(&args[0])?;
            let cycle = Cycle {
                source: Slot::new(Some(source)),
                saved: Slot::new(Some(vm.list_from([])?.into_value())),
                index: Cell::new(0),
                complete: Cell::new(false),
            };
            Ok(alloc(class, cycle).into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(cycle) = this.payload::<Cycle>() else {
                return Ok(None);
            };
            let Some(saved) = cycle.saved.get() else {
                return Ok(None);
            };
            let Some(saved) = saved.payload::<List>() else {
                return Ok(None);
            };
            if let Some(source) = cycle.source.get() {
                if let Some(item) = vm.next(&source)? {
                    if cycle.complete.get() {
                        return Ok(Some(item));
                    }
                    saved
                        .update(|items| items.try_push(item.clone()))
                        .map_err(|_| vm.memory_error())?;
                    return Ok(Some(item));
                }
                cycle.source.set(None);
            }
            let len = saved.len();
            if len == 0 {
                return Ok(None);
            }
            let index = cycle.index.get() % len;
            cycle.index.set(index + 1);
            Ok(saved.get(index))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            let own = stateful::<Cycle>(vm, &args[0])?;
            let saved = own.saved.get().unwrap_or(Value::NONE);
            let (source, complete) = match own.source.get() {
                Some(source) => (source, own.complete.get()),
                None => {
                    // What is left of this round, then the whole list again and again.
                    let rest = vm.iter(&saved)?;
                    let len = saved.payload::<List>().map_or(0, |saved| saved.len());
                    let index = own.index.get().checked_rem(len).unwrap_or(0);
                    if index != 0 {
                        let index = vm.int(index as i64);
                        vm.call_method(&rest, &vm.intern("__setstate__"), &[index])?;
                    }
                    (rest, true)
                }
            };
            let state = vm.tuple_value([saved, Value::bool(complete)]);
            Ok(rebuilt(vm, &args[0], [source], Some(state)))
        }),
        setstate(|vm, args| {
            let own = stateful::<Cycle>(vm, &args[0])?;
            let items = state_items(vm, &args[1], 2, 2)?;
            if items[0].payload::<List>().is_none() {
                return Err(vm.type_error(format!(
                    "argument 1 must be list, not {}",
                    vm.class_name(&items[0])
                )));
            }
            let complete = vm.arg_int(&items[1])? != 0;
            own.saved.set(Some(items[0].clone()));
            own.complete.set(complete);
            own.index.set(0);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Cycle>("itertools.cycle")
};

pub struct Repeat {
    item: Slot,
    /// What is left; None for ever.
    left: Cell<Option<isize>>,
}

impl Payload for Repeat {
    const KIND: Kind = kinds::REPEAT;
    const NAME: &'static str = "repeat";
    const FIELDS: &'static [Field] = fields![
        "item" => item as Value,
        "left" => left as Opaque,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.item);
    }

    fn clear(&self) {
        self.item.set(None);
    }
}

pub static REPEAT: TypeSpec = TypeSpec {
    doc: "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(new_repeat),
        repr: Some(|vm, this| {
            let Some(repeat) = this.payload::<Repeat>() else {
                return super::unfit(vm);
            };
            let item = vm.repr_string(&repeat.item.get().unwrap_or(Value::NONE))?;
            Ok(vm.str_value(&match repeat.left.get() {
                None => format!("repeat({item})"),
                Some(left) => format!("repeat({item}, {left})"),
            }))
        }),
        iter: Some(itself),
        iternext: Some(|_, this| {
            let Some(repeat) = this.payload::<Repeat>() else {
                return Ok(None);
            };
            match repeat.left.get() {
                Some(0) => Ok(None),
                Some(left) => {
                    repeat.left.set(Some(left - 1));
                    Ok(repeat.item.get())
                }
                None => Ok(repeat.item.get()),
            }
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "__length_hint__",
            "($self, /)",
            "Private method returning an estimate of len(list(it)).",
            |vm, args| match args[0].payload::<Repeat>().and_then(|r| r.left.get()) {
                Some(left) => Ok(vm.int(left as i64)),
                None => Err(vm.type_error("len() of unsized object")),
            },
        ),
        reduce(|vm, args| {
            let own = stateful::<Repeat>(vm, &args[0])?;
            let item = own.item.get().unwrap_or(Value::NONE);
            Ok(match own.left.get() {
                Some(left) => rebuilt(vm, &args[0], [item, vm.int(left as i64)], None),
                None => rebuilt(vm, &args[0], [item], None),
            })
        }),
    ],
    ..TypeSpec::of::<Repeat>("itertools.repeat")
};

fn new_repeat(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters("repeat", "(object, times=None)", args)?;
    let left = match bound[1].given() {
        Some(times) => Some(vm.arg_ssize(times)?.max(0)),
        None => None,
    };
    let repeat = Repeat {
        item: Slot::new(Some(bound[0].clone())),
        left: Cell::new(left),
    };
    Ok(alloc(class, repeat).into_value())
}
