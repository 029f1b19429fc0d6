//! `accumulate`, `chain`, `compress`, `dropwhile`, `filterfalse`, `takewhile`, `starmap`.

use std::cell::Cell;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Kind, MethodDef, Payload, PyResult, Slot, Tuple, TypeSlots, TypeSpec, Value, alloc,
};
use runtime::protocol::number::BinaryOp;

use super::{FLAGS, itself, positional};
use crate::kinds;

pub struct Accumulate {
    source: Value,
    function: Value,
    total: Slot,
    initial: Slot,
}

impl Payload for Accumulate {
    const KIND: Kind = kinds::ACCUMULATE;
    const NAME: &'static str = "accumulate";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "function" => function as Value,
        "total" => total as Value,
        "initial" => initial as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.value(&self.function);
        visitor.value(&self.source);
        visitor.slot(&self.total);
        visitor.slot(&self.initial);
    }

    fn clear(&self) {
        self.total.set(None);
        self.initial.set(None);
    }
}

pub static ACCUMULATE: TypeSpec = TypeSpec {
    doc: "Return series of accumulated sums (or other binary function results).",
    signature: "(iterable, func=None, *, initial=None)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound =
                vm.bind_parameters("accumulate", "(iterable, func=None, *, initial=None)", args)?;
            let accumulate = Accumulate {
                source: vm.iter(&bound[0])?,
                function: bound[1].given().cloned().unwrap_or(Value::NONE),
                total: Slot::default(),
                initial: Slot::new(bound[2].given_not_none().cloned()),
            };
            Ok(alloc(class, accumulate).into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Accumulate>() else {
                return Ok(None);
            };
            if let Some(initial) = own.initial.take() {
                own.total.set(Some(initial.clone()));
                return Ok(Some(initial));
            }
            let Some(item) = vm.next(&own.source)? else {
                return Ok(None);
            };
            let total = match own.total.get() {
                None => item,
                Some(total) if own.function.is_none() => {
                    vm.binary(&BinaryOp::ADD, &total, &item)?
                }
                Some(total) => vm.call(&own.function, &[total, item])?,
            };
            own.total.set(Some(total.clone()));
            Ok(Some(total))
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Accumulate>("itertools.accumulate")
};

pub struct Chain {
    sources: Slot,
    active: Slot,
}

impl Payload for Chain {
    const KIND: Kind = kinds::CHAIN;
    const NAME: &'static str = "chain";
    const FIELDS: &'static [Field] = fields![
        "sources" => sources as Value,
        "active" => active as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.active);
        visitor.slot(&self.sources);
    }

    fn clear(&self) {
        self.active.set(None);
        self.sources.set(None);
    }
}

pub static CHAIN: TypeSpec = TypeSpec {
    doc: "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
    signature: "(*iterables)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            if !args.names.is_empty() {
                return Err(vm.type_error("chain() takes no keyword arguments"));
            }
            let sources = vm.iter(&vm.tuple_from_slice(args.values).into_value())?;
            let chain = Chain { sources: Slot::new(Some(sources)), active: Slot::default() };
            Ok(alloc(class, chain).into_value())
        }),
        iter: Some(itself),
        iternext: Some(next_of_chain),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "from_iterable",
            "($type, iterable, /)",
            "Alternative chain() constructor taking a single iterable argument that evaluates lazily.",
            |vm, args| {
                let sources = vm.iter(&args[1])?;
                let chain = Chain { sources: Slot::new(Some(sources)), active: Slot::default() };
                match args[0].as_ref_to() {
                    Some(class) => Ok(alloc(class, chain).into_value()),
                    None => super::unfit(vm),
                }
            },
        )
        .class_method(),
        MethodDef::raw("__class_getitem__", "($type, object, /)", "See PEP 585", |vm, args| {
            Ok(vm.generic_alias(&args.values[0], &args.values[1]))
        })
        .class_method(),
    ],
    ..TypeSpec::of::<Chain>("itertools.chain")
};

fn next_of_chain(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(own) = this.payload::<Chain>() else {
        return Ok(None);
    };
    loop {
        let active = match own.active.get() {
            Some(active) => active,
            None => {
                let Some(sources) = own.sources.get() else {
                    return Ok(None);
                };
                let next = vm.next(&sources);
                let iterable = match next {
                    Ok(Some(iterable)) => iterable,
                    Ok(None) => {
                        own.sources.set(None);
                        return Ok(None);
                    }
                    Err(raised) => {
                        own.sources.set(None);
                        return Err(raised);
                    }
                };
                match vm.iter(&iterable) {
                    Ok(active) => {
                        own.active.set(Some(active.clone()));
                        active
                    }
                    Err(raised) => {
                        own.sources.set(None);
                        return Err(raised);
                    }
                }
            }
        };
        match vm.next(&active)? {
            Some(item) => return Ok(Some(item)),
            None => own.active.set(None),
        }
    }
}

/// Two sources side by side: a function or selectors, and data.
pub struct Filter<const K: u16> {
    function: Value,
    source: Value,
    /// `dropwhile`: started; `takewhile`: stopped.
    flag: Cell<bool>,
}

impl<const K: u16> Payload for Filter<K> {
    const KIND: Kind = Kind(K);
    const NAME: &'static str = "filter";
    const FIELDS: &'static [Field] = fields![
        "function" => function as Value,
        "source" => source as Value,
        "dropwhile" => flag as Bool,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.value(&self.function);
        visitor.value(&self.source);
    }
}

type Compress = Filter<{ kinds::COMPRESS.0 }>;
type DropWhile = Filter<{ kinds::DROPWHILE.0 }>;
type FilterFalse = Filter<{ kinds::FILTERFALSE.0 }>;
type TakeWhile = Filter<{ kinds::TAKEWHILE.0 }>;
type StarMap = Filter<{ kinds::STARMAP.0 }>;

pub static COMPRESS: TypeSpec = TypeSpec {
    doc: "Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the selectors to\nchoose the data elements.",
    signature: "(data, selectors)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("compress", "(data, selectors)", args)?;
            let source = vm.iter(&bound[0])?;
            let function = vm.iter(&bound[1])?;
            Ok(alloc(
                class,
                Compress {
                    function,
                    source,
                    flag: Cell::new(false),
                },
            )
            .into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Compress>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next(&own.source)? else {
                    return Ok(None);
                };
                let Some(selector) = vm.next(&own.function)? else {
                    return Ok(None);
                };
                if vm.truth(&selector)? {
                    return Ok(Some(item));
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Compress>("itertools.compress")
};

pub static DROPWHILE: TypeSpec = TypeSpec {
    doc: "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
    signature: "(predicate, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, "dropwhile", args, 2, 2)?;
            let source = vm.iter(&args[1])?;
            let function = args[0].clone();
            Ok(alloc(
                class,
                DropWhile {
                    function,
                    source,
                    flag: Cell::new(false),
                },
            )
            .into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<DropWhile>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next(&own.source)? else {
                    return Ok(None);
                };
                if own.flag.get() {
                    return Ok(Some(item));
                }
                let good = vm.call1(&own.function, &item)?;
                if !vm.truth(&good)? {
                    own.flag.set(true);
                    return Ok(Some(item));
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<DropWhile>("itertools.dropwhile")
};

pub static TAKEWHILE: TypeSpec = TypeSpec {
    doc: "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
    signature: "(predicate, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, "takewhile", args, 2, 2)?;
            let source = vm.iter(&args[1])?;
            let function = args[0].clone();
            Ok(alloc(
                class,
                TakeWhile {
                    function,
                    source,
                    flag: Cell::new(false),
                },
            )
            .into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<TakeWhile>() else {
                return Ok(None);
            };
            if own.flag.get() {
                return Ok(None);
            }
            let Some(item) = vm.next(&own.source)? else {
                return Ok(None);
            };
            let good = vm.call1(&own.function, &item)?;
            if vm.truth(&good)? {
                return Ok(Some(item));
            }
            own.flag.set(true);
            Ok(None)
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<TakeWhile>("itertools.takewhile")
};

pub static FILTERFALSE: TypeSpec = TypeSpec {
    doc: "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
    signature: "(function, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, "filterfalse", args, 2, 2)?;
            let source = vm.iter(&args[1])?;
            let function = args[0].clone();
            Ok(alloc(
                class,
                FilterFalse {
                    function,
                    source,
                    flag: Cell::new(false),
                },
            )
            .into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<FilterFalse>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next(&own.source)? else {
                    return Ok(None);
                };
                let good = if own.function.is_none() || own.function.is(vm.types.bool.as_value()) {
                    vm.truth(&item)?
                } else {
                    let answer = vm.call1(&own.function, &item)?;
                    vm.truth(&answer)?
                };
                if !good {
                    return Ok(Some(item));
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<FilterFalse>("itertools.filterfalse")
};

pub static STARMAP: TypeSpec = TypeSpec {
    doc: "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
    signature: "(function, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, "starmap", args, 2, 2)?;
            let source = vm.iter(&args[1])?;
            let function = args[0].clone();
            Ok(alloc(
                class,
                StarMap {
                    function,
                    source,
                    flag: Cell::new(false),
                },
            )
            .into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<StarMap>() else {
                return Ok(None);
            };
            let Some(arguments) = vm.next(&own.source)? else {
                return Ok(None);
            };
            match arguments.payload::<Tuple>() {
                Some(tuple) => vm.call(&own.function, tuple).map(Some),
                None => {
                    let values = vm.collect(&arguments)?;
                    vm.call(&own.function, &values).map(Some)
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<StarMap>("itertools.starmap")
};
