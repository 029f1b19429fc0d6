//! `zip`.

use std::cell::Cell;

use heap::Visitor;

use super::methods;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::tuple::SpareTuple;
use crate::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Raised, Ref, Tuple, TypeSlots, TypeSpec,
    Value, alloc, class_flag,
};
use crate::protocol::iterate::iter_self;
use crate::vm::Vm;

/// Payload of `zip`.
pub struct Zip {
    /// A tuple of them.
    iterators: Ref<Tuple>,
    result: SpareTuple,
    strict: Cell<bool>,
}

impl Payload for Zip {
    const KIND: Kind = Kind::ZIP;
    const NAME: &'static str = "zip";
    const FIELDS: &'static [Field] = fields![
        "iterators" => iterators as Value,
        "result" => result as Value,
        "strict" => strict as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(self.iterators.as_value());
        visitor.value(self.result.as_value());
    }
}

/// Declaration of `zip`.
pub static ZIP_SPEC: TypeSpec = TypeSpec {
    doc: "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n   >>> \
          list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, \
          2)]\n\nThe zip object yields n-length tuples, where n is the number of \
          iterables\npassed as positional arguments to zip().  The i-th element in every \
          tuple\ncomes from the i-th iterable argument to zip().  This continues until \
          the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is \
          exhausted before the others,\nraise a ValueError.",
    flags: class_flag::COLLECTED | class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        iter: Some(iter_self),
        iternext: Some(next),
        ..TypeSlots::EMPTY
    },
    methods: &[
        methods::reduce(reduce),
        MethodDef::bound(
            "__setstate__",
            "($self, object, /)",
            "Set state information for unpickling.",
            setstate,
        ),
    ],
    ..TypeSpec::of::<Zip>("zip")
};

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if args.names.len() > 1 {
        return Err(vm.type_error(format!(
            "zip() takes at most 1 keyword argument ({} given)",
            args.names.len()
        )));
    }
    let mut strict = false;
    if let Some((name, value)) = args.keywords().next() {
        if vm.display(name) != "strict" {
            return Err(vm.type_error(format!(
                "'{}' is an invalid keyword argument for zip()",
                vm.display(name)
            )));
        }
        strict = vm.truth(value)?;
    }
    let mut iterators = Vec::with_capacity(args.positionals().len());
    for iterable in args.positionals() {
        iterators.push(vm.iter(iterable)?);
    }
    let zip = Zip {
        result: SpareTuple::new(vm, iterators.len()),
        iterators: vm.tuple(iterators),
        strict: Cell::new(strict),
    };
    Ok(alloc(class, zip).into_value())
}

fn next(vm: &Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let Some(zip) = iterator.payload::<Zip>() else {
        return Ok(None);
    };
    vm.check_native_stack()?;
    if let Some(tuple) = zip.result.take() {
        for (i, iterator) in zip.iterators.as_slice().iter().enumerate() {
            match vm.next_through(iterator)? {
                Some(item) => drop(zip.result.put(i, item)),
                None => {
                    drop(tuple);
                    return if zip.strict.get() {
                        check_strict(vm, zip, i).map(|()| None)
                    } else {
                        Ok(None)
                    };
                }
            }
        }
        return Ok(Some(zip.result.give(vm, tuple)));
    }
    let mut items = Vec::with_capacity(zip.iterators.as_slice().len());
    for iterator in zip.iterators.as_slice() {
        match vm.next_through(iterator)? {
            Some(item) => items.push(item),
            None if zip.strict.get() => return check_strict(vm, zip, items.len()).map(|()| None),
            None => return Ok(None),
        }
    }
    if items.is_empty() {
        return Ok(None);
    }
    Ok(Some(vm.tuple_value(items)))
}

/// The iterator at `ended` is exhausted: all before it must not have given an item, all behind it
/// must not have one.
fn check_strict(vm: &Vm, zip: &Zip, ended: usize) -> PyResult<()> {
    let mismatch = |number: usize, how: &str| -> Raised {
        let plural = if number == 2 { " " } else { "s 1-" };
        vm.value_error(format!(
            "zip() argument {number} is {how} than argument{plural}{}",
            number - 1
        ))
    };
    drop(vm.take_stop_value());
    if ended > 0 {
        return Err(mismatch(ended + 1, "shorter"));
    }
    for (i, iterator) in zip.iterators.as_slice().iter().enumerate().skip(1) {
        if vm.next(iterator)?.is_some() {
            return Err(mismatch(i + 1, "longer"));
        }
    }
    Ok(())
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(zip) = args[0].payload::<Zip>() else {
        return Ok(Value::NONE);
    };
    let class = vm.class_of(&args[0]).to_value();
    let iterators = vm.tuple_value(zip.iterators.as_slice().iter().cloned());
    Ok(if zip.strict.get() {
        vm.tuple_value([class, iterators, Value::TRUE])
    } else {
        vm.tuple_value([class, iterators])
    })
}

fn setstate(vm: &Vm, args: &[Value]) -> PyResult {
    let strict = vm.truth(&args[1])?;
    if let Some(zip) = args[0].payload::<Zip>() {
        zip.strict.set(strict);
    }
    Ok(Value::NONE)
}
