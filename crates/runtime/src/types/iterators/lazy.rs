//! `map`, `filter` and `enumerate`.

use heap::Visitor;
use smallvec::SmallVec;

use super::methods;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::tuple::SpareTuple;
use crate::object::{
    Args, Class, Kind, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};
use crate::protocol::iterate::iter_self;
use crate::protocol::number::BinaryOp;
use crate::vm::Vm;

/// Payload of `map`: the function and its argument iterators.
pub struct Map {
    function: Value,
    /// A tuple of them.
    iterators: Ref<Tuple>,
}

impl Payload for Map {
    const KIND: Kind = Kind::MAP;
    const NAME: &'static str = "map";
    const FIELDS: &'static [Field] = fields![
        "function" => function as Value,
        "iterators" => iterators as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(self.iterators.as_value());
        visitor.value(&self.function);
    }
}

/// Declaration of `map`.
pub static MAP_SPEC: TypeSpec = TypeSpec {
    doc: "map(func, *iterables) --> map object\n\nMake an iterator that computes the function \
          using arguments from\neach of the iterables.  Stops when the shortest iterable is \
          exhausted.",
    flags: class_flag::MADE_UNPACKED | class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(map_new),
        iter: Some(iter_self),
        iternext: Some(map_next),
        ..TypeSlots::EMPTY
    },
    methods: &[methods::reduce(map_reduce)],
    ..TypeSpec::of::<Map>("map")
};

/// Raises the TypeError of keywords given to a constructor that takes none; subclasses may.
fn no_keywords(vm: &Vm, class: &Ref<Class>, own: &Ref<Class>, args: Args<'_>) -> PyResult<()> {
    if args.names.is_empty() || class.overrides_init(own) {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "{}() takes no keyword arguments",
        own.name_string()
    )))
}

fn map_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    no_keywords(vm, class, &vm.types.map, args)?;
    let [function, iterables @ ..] = args.positionals() else {
        return Err(vm.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    let mut iterators = Vec::with_capacity(iterables.len());
    for iterable in iterables {
        iterators.push(vm.iter(iterable)?);
    }
    let map = Map {
        function: function.clone(),
        iterators: vm.tuple(iterators),
    };
    Ok(alloc(class, map).into_value())
}

fn map_next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(map) = iterator.payload::<Map>() else {
        return Ok(None);
    };
    vm.check_native_stack()?;
    if let [only] = map.iterators.as_slice() {
        return match vm.next_through(only)? {
            Some(item) => vm.call(&map.function, &[item]).map(Some),
            None => Ok(None),
        };
    }
    if let [first, second] = map.iterators.as_slice() {
        let Some(first) = vm.next_through(first)? else {
            return Ok(None);
        };
        let Some(second) = vm.next_through(second)? else {
            return Ok(None);
        };
        return vm.call(&map.function, &[first, second]).map(Some);
    }
    let mut arguments = SmallVec::<[Value; 4]>::new();
    for iterator in map.iterators.as_slice() {
        match vm.next_through(iterator)? {
            Some(item) => arguments.push(item),
            None => return Ok(None),
        }
    }
    vm.call(&map.function, &arguments).map(Some)
}

fn map_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(map) = args[0].payload::<Map>() else {
        return Ok(Value::NONE);
    };
    let mut parts = vec![map.function.clone()];
    parts.extend(map.iterators.as_slice().iter().cloned());
    Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), vm.tuple_value(parts)]))
}

/// Payload of `filter`.
pub struct Filter {
    function: Value,
    iterator: Value,
}

impl Payload for Filter {
    const KIND: Kind = Kind::FILTER;
    const NAME: &'static str = "filter";
    const FIELDS: &'static [Field] = fields![
        "function" => function as Value,
        "iterator" => iterator as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.iterator);
        visitor.value(&self.function);
    }
}

/// Declaration of `filter`.
pub static FILTER_SPEC: TypeSpec = TypeSpec {
    doc: "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding \
          those items of iterable for which function(item)\nis true. If function is None, return \
          the items that are true.",
    flags: class_flag::MADE_UNPACKED | class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(filter_new),
        iter: Some(iter_self),
        iternext: Some(filter_next),
        ..TypeSlots::EMPTY
    },
    methods: &[methods::reduce(filter_reduce)],
    ..TypeSpec::of::<Filter>("filter")
};

fn filter_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    no_keywords(vm, class, &vm.types.filter, args)?;
    let [function, iterable] = args.positionals() else {
        return Err(vm.type_error(format!(
            "filter expected 2 arguments, got {}",
            args.positionals().len()
        )));
    };
    let filter = Filter {
        iterator: vm.iter(iterable)?,
        function: function.clone(),
    };
    Ok(alloc(class, filter).into_value())
}

fn filter_next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(filter) = iterator.payload::<Filter>() else {
        return Ok(None);
    };
    vm.check_native_stack()?;
    let plain = filter.function.is_none() || filter.function.is(vm.types.bool.as_value());
    while let Some(item) = vm.next_through(&filter.iterator)? {
        let kept = if plain {
            vm.truth(&item)?
        } else {
            let verdict = vm.call1(&filter.function, &item)?;
            vm.truth(&verdict)?
        };
        if kept {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn filter_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(filter) = args[0].payload::<Filter>() else {
        return Ok(Value::NONE);
    };
    let parts = vm.tuple_value([filter.function.clone(), filter.iterator.clone()]);
    Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), parts]))
}

/// Payload of `enumerate`.
pub struct Enumerate {
    iterator: Value,
    result: SpareTuple,
    /// The next number.
    count: Slot,
}

impl Payload for Enumerate {
    const KIND: Kind = Kind::ENUMERATE;
    const NAME: &'static str = "enumerate";
    const FIELDS: &'static [Field] = fields![
        "iterator" => iterator as Value,
        "result" => result as Value,
        "count" => count as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.iterator);
        visitor.value(self.result.as_value());
        // What is no object of the heap is no reference in CPython either.
        if self.count.peek().is_some_and(Value::is_heap) {
            visitor.slot(&self.count);
        }
    }
}

/// Declaration of `enumerate`.
pub static ENUMERATE_SPEC: TypeSpec = TypeSpec {
    doc: "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe \
          enumerate object yields pairs containing a count (from start, which\ndefaults to zero) \
          and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an \
          indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    signature: "(iterable, start=0)",
    flags: class_flag::MADE_UNPACKED | class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(enumerate_new),
        iter: Some(iter_self),
        iternext: Some(enumerate_next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::reduce(enumerate_reduce),
        crate::types::generic_alias::CLASS_GETITEM,
    ],
    ..TypeSpec::of::<Enumerate>("enumerate")
};

fn enumerate_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let mut places = [None, None];
    let positionals = args.positionals();
    if args.values.len() > 2 {
        return Err(vm.type_error(format!(
            "enumerate() takes at most 2 arguments ({} given)",
            args.values.len()
        )));
    }
    for (place, value) in places.iter_mut().zip(positionals) {
        *place = Some(value);
    }
    for (name, value) in args.keywords() {
        let name = vm.display(name);
        let place = match name.as_str() {
            "iterable" => 0,
            "start" if args.values.len() > 1 => 1,
            _ => {
                return Err(vm.type_error(format!(
                    "'{name}' is an invalid keyword argument for enumerate()"
                )));
            }
        };
        if places[place].is_some() {
            return Err(vm.type_error(format!(
                "'{name}' is an invalid keyword argument for enumerate()"
            )));
        }
        places[place] = Some(value);
    }
    let Some(iterable) = places[0] else {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    };
    let count = match places[1] {
        None => Value::small_int(0),
        Some(start) if start.as_small_int().is_some() => start.clone(),
        Some(start) => match vm.class_of(start).slots().nb_index {
            Some(index) => index(vm, start)?,
            None => {
                return Err(vm.type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    vm.class_name(start)
                )));
            }
        },
    };
    let enumerate = Enumerate {
        iterator: vm.iter(iterable)?,
        result: SpareTuple::new(vm, 2),
        count: Slot::new(Some(count)),
    };
    Ok(alloc(class, enumerate).into_value())
}

fn enumerate_next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(enumerate) = iterator.payload::<Enumerate>() else {
        return Ok(None);
    };
    vm.check_native_stack()?;
    let Some(item) = vm.next_through(&enumerate.iterator)? else {
        return Ok(None);
    };
    let count = enumerate.count.get().unwrap_or(Value::small_int(0));
    let after = match count.as_small_int() {
        Some(i) if i < i64::from(i32::MAX) => Value::small_int(i + 1),
        _ => vm.binary(&BinaryOp::ADD, &count, &Value::small_int(1))?,
    };
    enumerate.count.set(Some(after));
    Ok(Some(enumerate.result.pair(vm, count, item)))
}

fn enumerate_reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(enumerate) = args[0].payload::<Enumerate>() else {
        return Ok(Value::NONE);
    };
    let count = enumerate.count.get().unwrap_or(Value::small_int(0));
    let parts = vm.tuple_value([enumerate.iterator.clone(), count]);
    Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), parts]))
}
