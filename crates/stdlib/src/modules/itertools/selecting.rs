//! `accumulate`, `chain`, `compress`, `dropwhile`, `filterfalse`, `takewhile`, `starmap`.

use std::cell::Cell;

use runtime::Vm;
use runtime::fields;
use runtime::object::borrowed::BorrowedValues;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use runtime::protocol::number::BinaryOp;

use super::{
    FLAGS, islice_of, itself, no_keywords, positional, rebuilt, reduce, setstate, state_items,
    stateful,
};
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
        // What adds is not there where it is the operator; that nothing goes in front is.
        if !self.function.is_none() {
            visitor.value(&self.function);
        }
        visitor.value(&self.source);
        visitor.slot(&self.total);
        if self.initial.get().is_none() {
            visitor.value(&Value::NONE);
        }
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
            let Some(item) = vm.next_through(&own.source)? else {
                return Ok(None);
            };
            let total = match own.total.get() {
                None => item,
                Some(total) if own.function.is_none() => {
                    vm.binary(&BinaryOp::ADD, &total, &item)?
                }
                Some(total) => {
                    // CPython trusts the iterator to hold it.
                    let total = vm.borrow_uncounted(total);
                    let item = [item];
                    BorrowedValues::lend(total.value(), &item, |args| vm.call(&own.function, args))?
                }
            };
            own.total.set(Some(total.clone()));
            Ok(Some(total))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(reduce_accumulate),
        setstate(|vm, args| {
            let own = stateful::<Accumulate>(vm, &args[0])?;
            own.total.set(Some(args[1].clone()));
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Accumulate>("itertools.accumulate")
};

/// A running total is the state; one that is None, and a start that was not given out yet, go in front
/// of the source instead, since a state of None would be none.
fn reduce_accumulate(vm: &Vm, args: &[Value]) -> PyResult {
    let own = stateful::<Accumulate>(vm, &args[0])?;
    let in_front = |value: Value| {
        let module = vm.import_dotted("itertools")?;
        let chain = vm.get_attr(&module, &vm.intern("chain"))?;
        vm.call(&chain, &[vm.tuple_value([value]), own.source.clone()])
    };
    let function = own.function.clone();
    if let Some(initial) = own.initial.get() {
        let source = in_front(initial)?;
        return Ok(rebuilt(vm, &args[0], [source, function], Some(Value::NONE)));
    }
    let total = own.total.get();
    if let Some(total) = &total
        && total.is_none()
    {
        let source = in_front(Value::NONE)?;
        let class = vm.class_of(&args[0]).to_value();
        let again = vm.call(&class, &[source, function])?;
        return islice_of(vm, [again, Value::small_int(1), Value::NONE]);
    }
    let state = total.unwrap_or(Value::NONE);
    Ok(rebuilt(
        vm,
        &args[0],
        [own.source.clone(), function],
        Some(state),
    ))
}

pub struct Chain {
    // Released in this order.
    active: Slot,
    sources: Slot,
}

impl Payload for Chain {
    const KIND: Kind = kinds::CHAIN;
    const NAME: &'static str = "chain";
    const FIELDS: &'static [Field] = fields![
        "sources" => sources as Value,
        "active" => active as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.sources);
        visitor.slot(&self.active);
    }

    fn clear(&self) {
        self.active.set(None);
        self.sources.set(None);
    }
}

pub static CHAIN: TypeSpec = TypeSpec {
    doc: "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
    // The tuple of the arguments is what it walks.
    flags: FLAGS | class_flag::MADE_UNPACKED,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            no_keywords(vm, class, "chain", args)?;
            chain_of(vm, class, vm.tuple_from_slice(args.positionals()).into_value())
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
                match args[0].as_ref_to() {
                    Some(class) => chain_of(vm, class, args[1].clone()),
                    None => super::unfit(vm),
                }
            },
        )
        .class_method(),
        reduce(|vm, args| {
            let own = stateful::<Chain>(vm, &args[0])?;
            let state = match (own.sources.get(), own.active.get()) {
                (None, _) => None,
                (Some(sources), None) => Some(vm.tuple_value([sources])),
                (Some(sources), Some(active)) => Some(vm.tuple_value([sources, active])),
            };
            Ok(rebuilt(vm, &args[0], [], state))
        }),
        setstate(|vm, args| {
            let own = stateful::<Chain>(vm, &args[0])?;
            let items = state_items(vm, &args[1], 1, 2)?;
            if items.iter().any(|item| vm.class_of(item).slots().iternext.is_none()) {
                return Err(vm.type_error("Arguments must be iterators."));
            }
            own.sources.set(items.first().cloned());
            own.active.set(items.get(1).cloned());
            Ok(Value::NONE)
        }),
        crate::native::CLASS_GETITEM,
    ],
    ..TypeSpec::of::<Chain>("itertools.chain")
};

fn chain_of(vm: &Vm, class: &Ref<Class>, iterables: Value) -> PyResult {
    let chain = Chain {
        sources: Slot::new(Some(vm.iter(&iterables)?)),
        active: Slot::default(),
    };
    Ok(alloc(class, chain).into_value())
}

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
        visitor.value(&self.source);
        visitor.value(&self.function);
    }
}

type Compress = Filter<{ kinds::COMPRESS.0 }>;
type DropWhile = Filter<{ kinds::DROPWHILE.0 }>;
type FilterFalse = Filter<{ kinds::FILTERFALSE.0 }>;
type TakeWhile = Filter<{ kinds::TAKEWHILE.0 }>;
type StarMap = Filter<{ kinds::STARMAP.0 }>;

/// What is made of a function and an iterable.
fn function_and_source<const K: u16>(
    vm: &Vm,
    class: &Ref<Class>,
    name: &str,
    args: Args<'_>,
) -> PyResult {
    let args = positional(vm, class, name, args, 2, 2)?;
    let filter = Filter::<K> {
        source: vm.iter(&args[1])?,
        function: args[0].clone(),
        flag: Cell::new(false),
    };
    Ok(alloc(class, filter).into_value())
}

fn reduce_flagged<const K: u16>(vm: &Vm, args: &[Value]) -> PyResult {
    let own = stateful::<Filter<K>>(vm, &args[0])?;
    let parts = [own.function.clone(), own.source.clone()];
    let state = vm.int(i64::from(own.flag.get()));
    Ok(rebuilt(vm, &args[0], parts, Some(state)))
}

fn set_flag<const K: u16>(vm: &Vm, args: &[Value]) -> PyResult {
    let own = stateful::<Filter<K>>(vm, &args[0])?;
    own.flag.set(vm.truth(&args[1])?);
    Ok(Value::NONE)
}

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
                let Some(item) = vm.next_through(&own.source)? else {
                    return Ok(None);
                };
                let Some(selector) = vm.next_through(&own.function)? else {
                    return Ok(None);
                };
                if vm.truth(&selector)? {
                    return Ok(Some(item));
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[reduce(|vm, args| {
        let own = stateful::<Compress>(vm, &args[0])?;
        let parts = [own.source.clone(), own.function.clone()];
        Ok(rebuilt(vm, &args[0], parts, None))
    })],
    ..TypeSpec::of::<Compress>("itertools.compress")
};

pub static DROPWHILE: TypeSpec = TypeSpec {
    doc: "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
    signature: "(predicate, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            function_and_source::<{ kinds::DROPWHILE.0 }>(vm, class, "dropwhile", args)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<DropWhile>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next_through(&own.source)? else {
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
    methods: &[
        reduce(reduce_flagged::<{ kinds::DROPWHILE.0 }>),
        setstate(set_flag::<{ kinds::DROPWHILE.0 }>),
    ],
    ..TypeSpec::of::<DropWhile>("itertools.dropwhile")
};

pub static TAKEWHILE: TypeSpec = TypeSpec {
    doc: "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
    signature: "(predicate, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            function_and_source::<{ kinds::TAKEWHILE.0 }>(vm, class, "takewhile", args)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<TakeWhile>() else {
                return Ok(None);
            };
            if own.flag.get() {
                return Ok(None);
            }
            let Some(item) = vm.next_through(&own.source)? else {
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
    methods: &[
        reduce(reduce_flagged::<{ kinds::TAKEWHILE.0 }>),
        setstate(set_flag::<{ kinds::TAKEWHILE.0 }>),
    ],
    ..TypeSpec::of::<TakeWhile>("itertools.takewhile")
};

pub static FILTERFALSE: TypeSpec = TypeSpec {
    doc: "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
    signature: "(function, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            function_and_source::<{ kinds::FILTERFALSE.0 }>(vm, class, "filterfalse", args)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<FilterFalse>() else {
                return Ok(None);
            };
            loop {
                let Some(item) = vm.next_through(&own.source)? else {
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
    methods: &[reduce(|vm, args| {
        let own = stateful::<FilterFalse>(vm, &args[0])?;
        let parts = [own.function.clone(), own.source.clone()];
        Ok(rebuilt(vm, &args[0], parts, None))
    })],
    ..TypeSpec::of::<FilterFalse>("itertools.filterfalse")
};

pub static STARMAP: TypeSpec = TypeSpec {
    doc: "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
    signature: "(function, iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            function_and_source::<{ kinds::STARMAP.0 }>(vm, class, "starmap", args)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<StarMap>() else {
                return Ok(None);
            };
            let Some(arguments) = vm.next_through(&own.source)? else {
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
    methods: &[reduce(|vm, args| {
        let own = stateful::<StarMap>(vm, &args[0])?;
        let parts = [own.function.clone(), own.source.clone()];
        Ok(rebuilt(vm, &args[0], parts, None))
    })],
    ..TypeSpec::of::<StarMap>("itertools.starmap")
};
