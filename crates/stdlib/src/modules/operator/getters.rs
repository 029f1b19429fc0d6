//! `itemgetter`, `attrgetter`, `methodcaller`.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Kind, MethodDef, Payload, PyResult, Ref, Str, TypeSlots, TypeSpec, Value, Visit,
    alloc, class_flag,
};

use crate::native::REDUCE;

/// Payload of `itemgetter`: the items' keys.
struct ItemGetter(Box<[Value]>);

impl Payload for ItemGetter {
    const KIND: Kind = crate::kinds::ITEMGETTER;
    const NAME: &'static str = "itemgetter";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.0.iter().for_each(|item| visitor.value(item));
    }
}

/// The single argument of a call to a getter.
fn argument<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<&'a Value> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    match args.values {
        [value] => Ok(value),
        values => Err(vm.type_error(format!("{name} expected 1 argument, got {}", values.len()))),
    }
}

/// The positional arguments of a constructor, of which there must be one.
fn arguments<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<&'a [Value]> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if args.values.is_empty() {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    Ok(args.values)
}

fn shown(vm: &Vm, this: &Value, parts: &[Value]) -> PyResult<String> {
    let name = vm.class_of(this).name_string();
    let mut texts = Vec::with_capacity(parts.len());
    for part in parts {
        texts.push(vm.repr_string(part)?);
    }
    Ok(format!("{name}({})", texts.join(", ")))
}

/// Declaration of `itemgetter`.
pub(super) static ITEMGETTER: TypeSpec = TypeSpec {
    flags: class_flag::CALLED_UNPACKED,
    doc: "Return a callable object that fetches the given item(s) from its operand.\n\
          After f = itemgetter(2), the call f(r) returns r[2].\n\
          After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    signature: "(item, /, *items)",
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let items = arguments(vm, "itemgetter", args)?;
            Ok(alloc(class, ItemGetter(items.into())).into_value())
        }),
        call: Some(|vm, this, args| {
            let object = argument(vm, "itemgetter", args)?;
            let Some(ItemGetter(items)) = this.payload() else {
                return Ok(Value::NONE);
            };
            if let [only] = &items[..] {
                return vm.get_item(object, only);
            }
            let mut found = Vec::with_capacity(items.len());
            for item in items {
                found.push(vm.get_item(object, item)?);
            }
            Ok(vm.tuple_value(found))
        }),
        repr: Some(|vm, this| {
            let Some(ItemGetter(items)) = this.payload() else {
                return Ok(Value::NONE);
            };
            let Some(_guard) = vm.enter_repr(this) else {
                return Ok(vm.str_value(&format!("{}(...)", vm.class_name(this))));
            };
            Ok(vm.str_value(&shown(vm, this, items)?))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(ItemGetter(items)) = args[0].payload() else {
                return Ok(Value::NONE);
            };
            let items = vm.tuple_value(items.iter().cloned());
            Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), items]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<ItemGetter>("operator.itemgetter")
};

/// Payload of `attrgetter`: each attribute's names along the dots.
struct AttrGetter(Box<[Box<[Value]>]>);

impl Payload for AttrGetter {
    const KIND: Kind = crate::kinds::ATTRGETTER;
    const NAME: &'static str = "attrgetter";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.0
            .iter()
            .flat_map(|path| path.iter())
            .for_each(|name| visitor.value(name));
    }
}

fn follow(vm: &Vm, object: &Value, path: &[Value]) -> PyResult {
    let Some((first, rest)) = path.split_first() else {
        return Ok(object.clone());
    };
    let mut object = vm.get_attr(object, first)?;
    for name in rest {
        object = vm.get_attr(&object, name)?;
    }
    Ok(object)
}

/// The attributes as they were given.
fn dotted(vm: &Vm, paths: &[Box<[Value]>]) -> Vec<Value> {
    let join = |path: &[Value]| {
        path.iter()
            .map(|name| vm.display(name))
            .collect::<Vec<_>>()
            .join(".")
    };
    paths.iter().map(|path| vm.str_value(&join(path))).collect()
}

/// Declaration of `attrgetter`.
pub(super) static ATTRGETTER: TypeSpec = TypeSpec {
    flags: class_flag::CALLED_UNPACKED,
    doc: "Return a callable object that fetches the given attribute(s) from its operand.\n\
          After f = attrgetter('name'), the call f(r) returns r.name.\n\
          After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\n\
          After h = attrgetter('name.first', 'name.last'), the call h(r) returns\n\
          (r.name.first, r.name.last).",
    signature: "(attr, /, *attrs)",
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let names = arguments(vm, "attrgetter", args)?;
            let mut paths = Vec::with_capacity(names.len());
            for name in names {
                let Some(text) = name.payload::<Str>() else {
                    return Err(vm.type_error("attribute name must be a string"));
                };
                let text = text.to_display();
                paths.push(text.split('.').map(|part| vm.intern(part)).collect());
            }
            Ok(alloc(class, AttrGetter(paths.into())).into_value())
        }),
        call: Some(|vm, this, args| {
            let object = argument(vm, "attrgetter", args)?;
            let Some(AttrGetter(paths)) = this.payload() else {
                return Ok(Value::NONE);
            };
            if let [only] = &paths[..] {
                return follow(vm, object, only);
            }
            let mut found = Vec::with_capacity(paths.len());
            for path in paths {
                found.push(follow(vm, object, path)?);
            }
            Ok(vm.tuple_value(found))
        }),
        repr: Some(|vm, this| {
            let Some(AttrGetter(paths)) = this.payload() else {
                return Ok(Value::NONE);
            };
            Ok(vm.str_value(&shown(vm, this, &dotted(vm, paths))?))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(AttrGetter(paths)) = args[0].payload() else {
                return Ok(Value::NONE);
            };
            let names = vm.tuple_value(dotted(vm, paths));
            Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), names]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<AttrGetter>("operator.attrgetter")
};

/// Payload of `methodcaller`.
struct MethodCaller {
    name: Value,
    values: Box<[Value]>,
    names: Box<[Value]>,
}

impl Payload for MethodCaller {
    const KIND: Kind = crate::kinds::METHODCALLER;
    const NAME: &'static str = "methodcaller";
    const FIELDS: &'static [Field] = fields![
        "name" => name as Value,
        "values" => values as Opaque,
        "names" => names as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.name);
        self.values.iter().for_each(|value| visitor.value(value));
    }
}

fn method_caller_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [name, ..] = args.positionals() else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    let Some(name) = name.as_ref_to::<Str>() else {
        return Err(vm.type_error("method name must be a string"));
    };
    let caller = MethodCaller {
        name: vm.intern(&name.to_display()),
        values: args.values[1..].into(),
        names: args.names.into(),
    };
    Ok(alloc(class, caller).into_value())
}

/// Declaration of `methodcaller`.
pub(super) static METHODCALLER: TypeSpec = TypeSpec {
    doc: "Return a callable object that calls the given method on its operand.\n\
          After f = methodcaller('name'), the call f(r) returns r.name().\n\
          After g = methodcaller('name', 'date', foo=1), the call g(r) returns\n\
          r.name('date', foo=1).",
    signature: "(name, /, *args, **kwargs)",
    flags: class_flag::COLLECTED,
    slots: TypeSlots {
        new: Some(method_caller_new),
        call: Some(|vm, this, args| {
            let object = argument(vm, "methodcaller", args)?;
            let Some(caller) = this.payload::<MethodCaller>() else {
                return Ok(Value::NONE);
            };
            let method = vm.get_attr(object, &caller.name)?;
            let args = Args {
                values: &caller.values,
                names: &caller.names,
            };
            vm.call_args(&method, args)
        }),
        repr: Some(|vm, this| {
            let Some(caller) = this.payload::<MethodCaller>() else {
                return Ok(Value::NONE);
            };
            let class = vm.class_name(this);
            let Some(_guard) = vm.enter_repr(this) else {
                return Ok(vm.str_value(&format!("{class}(...)")));
            };
            let mut parts = vec![vm.repr_string(&caller.name)?];
            let positional = caller.values.len() - caller.names.len();
            for (i, value) in caller.values.iter().enumerate() {
                let shown = vm.repr_string(value)?;
                parts.push(match i.checked_sub(positional) {
                    Some(keyword) => format!("{}={shown}", vm.display(&caller.names[keyword])),
                    None => shown,
                });
            }
            Ok(vm.str_value(&format!("{class}({})", parts.join(", "))))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(caller) = args[0].payload::<MethodCaller>() else {
                return Ok(Value::NONE);
            };
            let class = vm.class_of(&args[0]).to_value();
            let positional = caller.values.len() - caller.names.len();
            let mut values = vec![caller.name.clone()];
            values.extend_from_slice(&caller.values[..positional]);
            if caller.names.is_empty() {
                return Ok(vm.tuple_value([class, vm.tuple_value(values)]));
            }
            // The keywords travel in a partial of the class.
            let partial = vm.get_attr(&vm.import_dotted("functools")?, &vm.intern("partial"))?;
            let all = [&[class, caller.name.clone()], &caller.values[positional..]].concat();
            let constructor = vm.call_args(
                &partial,
                Args {
                    values: &all,
                    names: &caller.names,
                },
            )?;
            values.remove(0);
            Ok(vm.tuple_value([constructor, vm.tuple_value(values)]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<MethodCaller>("operator.methodcaller")
};
