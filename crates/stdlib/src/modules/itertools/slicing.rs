//! `batched`, `islice`, `pairwise`, `zip_longest`.

use std::cell::{Cell, RefCell};

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::tuple::SpareTuple;
use runtime::object::{
    Args, Class, Kind, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec, Value, alloc,
};

use super::{FLAGS, itself, positional, rebuilt, reduce, setstate, stateful};
use crate::kinds;

pub struct Batched {
    source: Slot,
    size: usize,
}

impl Payload for Batched {
    const KIND: Kind = kinds::BATCHED;
    const NAME: &'static str = "batched";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "size" => size as Unsigned,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
    }

    fn clear(&self) {
        self.source.set(None);
    }
}

pub static BATCHED: TypeSpec = TypeSpec {
    doc: "Batch data into tuples of length n. The last batch may be shorter than n.\n\nLoops over the input iterable and accumulates data into tuples\nup to size n.  The input is consumed lazily, just enough to\nfill a batch.  The result is yielded as soon as a batch is full\nor when the input iterable is exhausted.",
    signature: "(iterable, n)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("batched", "(iterable, n)", args)?;
            let size = vm.index_isize(&bound[1], &vm.types.exceptions.overflow_error)?;
            if size < 1 {
                return Err(vm.value_error("n must be at least one"));
            }
            let source = vm.iter(&bound[0])?;
            let batched = Batched {
                source: Slot::new(Some(source)),
                size: size as usize,
            };
            Ok(alloc(class, batched).into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Batched>() else {
                return Ok(None);
            };
            let Some(source) = own.source.get() else {
                return Ok(None);
            };
            let mut items = Vec::new();
            while items.len() < own.size {
                match vm.next(&source)? {
                    Some(item) => vm.try_push(&mut items, item)?,
                    None => {
                        own.source.set(None);
                        break;
                    }
                }
            }
            Ok((!items.is_empty()).then(|| vm.tuple_value(items)))
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Batched>("itertools.batched")
};

pub struct Islice {
    source: Slot,
    next: Cell<usize>,
    stop: Option<usize>,
    step: usize,
    count: Cell<usize>,
}

impl Payload for Islice {
    const KIND: Kind = kinds::ISLICE;
    const NAME: &'static str = "islice";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "next" => next as Unsigned,
        "stop" => stop as Opaque,
        "step" => step as Unsigned,
        "count" => count as Unsigned,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
    }

    fn clear(&self) {
        self.source.set(None);
    }
}

pub static ISLICE: TypeSpec = TypeSpec {
    doc: "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable.  If start is specified, will skip all preceding elements;\notherwise, start defaults to zero.  Step defaults to one.  If\nspecified as another value, step determines how many values are\nskipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(new_islice),
        iter: Some(itself),
        iternext: Some(next_of_islice),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            let own = stateful::<Islice>(vm, &args[0])?;
            let count = |n: usize| vm.int(n as i64);
            let state = Some(count(own.count.get()));
            let Some(source) = own.source.get() else {
                let empty = vm.iter(vm.list_from([])?.as_value())?;
                let zero = Value::small_int(0);
                return Ok(rebuilt(
                    vm,
                    &args[0],
                    [empty, zero.clone(), zero],
                    Some(count(0)),
                ));
            };
            let stop = own.stop.map_or(Value::NONE, count);
            let parts = [source, count(own.next.get()), stop, count(own.step)];
            Ok(rebuilt(vm, &args[0], parts, state))
        }),
        setstate(|vm, args| {
            let own = stateful::<Islice>(vm, &args[0])?;
            let count = vm.arg_ssize(&args[1])?;
            own.count.set(count.max(0) as usize);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Islice>("itertools.islice")
};

fn new_islice(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = positional(vm, class, "islice", args, 2, 4)?;
    const STOP: &str =
        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const INDICES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let index = |value: &Value, message: &str| -> PyResult<Option<usize>> {
        if value.is_none() {
            return Ok(None);
        }
        let bad = || vm.value_error(message);
        if vm.class_of(value).slots().nb_index.is_none() {
            return Err(bad());
        }
        match vm.index_isize(value, &vm.types.exceptions.overflow_error) {
            Ok(i) if i >= 0 => Ok(Some(i as usize)),
            // Only -1 is told in the argument's own words.
            Ok(..=-2) if message == STOP => Err(vm.value_error(INDICES)),
            Ok(_) => Err(bad()),
            Err(raised) => {
                drop(vm.take_exception(raised));
                Err(bad())
            }
        }
    };
    const STEP: &str = "Step for islice() must be a positive integer or None.";
    let (start, stop) = if args.len() == 2 {
        (0, index(&args[1], STOP)?)
    } else {
        (
            index(&args[1], INDICES)?.unwrap_or(0),
            index(&args[2], STOP)?,
        )
    };
    let step = match args.get(3) {
        Some(step) => match index(step, STEP)? {
            Some(0) => return Err(vm.value_error(STEP)),
            Some(step) => step,
            None => 1,
        },
        None => 1,
    };
    let islice = Islice {
        source: Slot::new(Some(vm.iter(&args[0])?)),
        next: Cell::new(start),
        stop,
        step,
        count: Cell::new(0),
    };
    Ok(alloc(class, islice).into_value())
}

fn next_of_islice(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    let Some(own) = this.payload::<Islice>() else {
        return Ok(None);
    };
    let Some(source) = own.source.get() else {
        return Ok(None);
    };
    while own.count.get() < own.next.get() {
        match vm.next_through(&source)? {
            Some(_) => own.count.set(own.count.get() + 1),
            None => {
                own.source.set(None);
                return Ok(None);
            }
        }
    }
    if own.stop.is_some_and(|stop| own.count.get() >= stop) {
        own.source.set(None);
        return Ok(None);
    }
    match vm.next_through(&source)? {
        Some(item) => {
            own.count.set(own.count.get() + 1);
            let next = own.next.get().saturating_add(own.step);
            own.next.set(own.stop.map_or(next, |stop| next.min(stop)));
            Ok(Some(item))
        }
        None => {
            own.source.set(None);
            Ok(None)
        }
    }
}

pub struct Pairwise {
    source: Slot,
    old: Slot,
}

impl Payload for Pairwise {
    const KIND: Kind = kinds::PAIRWISE;
    const NAME: &'static str = "pairwise";
    const FIELDS: &'static [Field] = fields![
        "source" => source as Value,
        "old" => old as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.source);
        visitor.slot(&self.old);
    }

    fn clear(&self) {
        self.source.set(None);
        self.old.set(None);
    }
}

pub static PAIRWISE: TypeSpec = TypeSpec {
    doc: "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
    signature: "(iterable, /)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let args = positional(vm, class, "pairwise", args, 1, 1)?;
            let source = vm.iter(&args[0])?;
            let pairwise = Pairwise {
                source: Slot::new(Some(source)),
                old: Slot::default(),
            };
            Ok(alloc(class, pairwise).into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Pairwise>() else {
                return Ok(None);
            };
            let Some(source) = own.source.get() else {
                return Ok(None);
            };
            let old = match own.old.get() {
                Some(old) => old,
                None => match vm.next_through(&source)? {
                    Some(first) => {
                        own.old.set(Some(first.clone()));
                        first
                    }
                    None => {
                        own.source.set(None);
                        return Ok(None);
                    }
                },
            };
            match vm.next_through(&source)? {
                Some(new) => {
                    own.old.set(Some(new.clone()));
                    Ok(Some(vm.tuple_value([old, new])))
                }
                None => {
                    own.source.set(None);
                    own.old.set(None);
                    Ok(None)
                }
            }
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Pairwise>("itertools.pairwise")
};

pub struct ZipLongest {
    /// The iterators, None in place of those that ended.
    sources: SpareTuple,
    ended: RefCell<Vec<bool>>,
    /// How many of them go on; 0 after an error too.
    active: Cell<usize>,
    result: SpareTuple,
    fill: Slot,
}

impl ZipLongest {
    fn source(&self, place: usize) -> Option<Value> {
        if self.ended.borrow().get(place) != Some(&false) {
            return None;
        }
        let sources = self.sources.as_value().payload::<Tuple>()?;
        sources.as_slice().get(place).cloned()
    }

    /// The next item from a source, or what stands for it; None where no source goes on.
    fn item(&self, vm: &Vm, place: usize) -> PyResult<Option<Value>> {
        let next = match self.source(place) {
            None => return Ok(self.fill.get()),
            Some(source) => vm.next(&source),
        };
        match next {
            Ok(Some(item)) => Ok(Some(item)),
            Ok(None) => {
                self.active.set(self.active.get().saturating_sub(1));
                if self.active.get() == 0 {
                    return Ok(None);
                }
                if let Some(ended) = self.ended.borrow_mut().get_mut(place) {
                    *ended = true;
                }
                if let Some(own) = self.sources.take() {
                    let source = self.sources.put(place, Value::NONE);
                    drop((own, source));
                }
                Ok(self.fill.get())
            }
            Err(raised) => {
                self.active.set(0);
                Err(raised)
            }
        }
    }
}

impl Payload for ZipLongest {
    const KIND: Kind = kinds::ZIP_LONGEST;
    const NAME: &'static str = "zip_longest";
    const FIELDS: &'static [Field] = fields![
        "sources" => sources as Value,
        "ended" => ended as Opaque,
        "active" => active as Unsigned,
        "result" => result as Value,
        "fill" => fill as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.value(self.sources.as_value());
        visitor.value(self.result.as_value());
        visitor.slot(&self.fill);
    }
}

pub static ZIP_LONGEST: TypeSpec = TypeSpec {
    doc: "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.  The .__next__()\nmethod continues until the longest iterable in the argument sequence\nis exhausted and then it raises StopIteration.  When the shorter iterables\nare exhausted, the fillvalue is substituted in their place.  The fillvalue\ndefaults to None or can be specified by a keyword argument.",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let mut fill = Value::NONE;
            for (name, value) in args.keywords() {
                if vm.display(name) != "fillvalue" {
                    return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
                }
                fill = value.clone();
            }
            let count = args.positionals().len();
            let sources = SpareTuple::new(vm, count);
            for (place, iterable) in args.positionals().iter().enumerate() {
                let source = vm.iter(iterable)?;
                if let Some(own) = sources.take() {
                    let none = sources.put(place, source);
                    drop((own, none));
                }
            }
            let longest = ZipLongest {
                sources,
                ended: RefCell::new(vec![false; count]),
                active: Cell::new(count),
                result: SpareTuple::new(vm, count),
                fill: Slot::new(Some(fill)),
            };
            Ok(alloc(class, longest).into_value())
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<ZipLongest>() else {
                return Ok(None);
            };
            if own.active.get() == 0 {
                return Ok(None);
            }
            let count = own.ended.borrow().len();
            if let Some(tuple) = own.result.take() {
                for place in 0..count {
                    let Some(item) = own.item(vm, place)? else {
                        return Ok(None);
                    };
                    drop(own.result.put(place, item));
                }
                return Ok(Some(own.result.give(vm, tuple)));
            }
            let mut items = Vec::with_capacity(count);
            for place in 0..count {
                let Some(item) = own.item(vm, place)? else {
                    return Ok(None);
                };
                items.push(item);
            }
            Ok(Some(vm.tuple_value(items)))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            let own = stateful::<ZipLongest>(vm, &args[0])?;
            let count = own.ended.borrow().len();
            let sources: Vec<Value> = (0..count)
                .map(|place| own.source(place).unwrap_or_else(|| vm.tuple_value([])))
                .collect();
            let class = vm.class_of(&args[0]).to_value();
            let fill = own.fill.get().unwrap_or(Value::NONE);
            Ok(vm.tuple_value([class, vm.tuple_value(sources), fill]))
        }),
        setstate(|vm, args| {
            let own = stateful::<ZipLongest>(vm, &args[0])?;
            own.fill.set(Some(args[1].clone()));
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<ZipLongest>("itertools.zip_longest")
};
