//! `itemgetter`, `attrgetter`, `methodcaller`.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Dict, Kind, MethodDef, Payload, PyResult, Ref, Str, Tuple, TypeSlots, TypeSpec,
    Value, Visit, alloc, class_flag,
};

use crate::native::REDUCE;

/// Payload of `itemgetter`: the item's key, or the keys in a tuple if there are several.
struct ItemGetter {
    keys: Value,
    several: bool,
}

impl ItemGetter {
    fn keys(&self) -> &[Value] {
        match self.keys.payload::<Tuple>() {
            Some(keys) if self.several => keys.as_slice(),
            _ => std::slice::from_ref(&self.keys),
        }
    }
}

impl Payload for ItemGetter {
    const KIND: Kind = crate::kinds::ITEMGETTER;
    const NAME: &'static str = "itemgetter";
    const FIELDS: &'static [Field] = fields![
        "keys" => keys as Value,
        "several" => several as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.keys);
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
            let several = items.len() > 1;
            let keys = match items {
                [only] => only.clone(),
                items => vm.tuple_value(items.iter().cloned()),
            };
            Ok(alloc(class, ItemGetter { keys, several }).into_value())
        }),
        call: Some(|vm, this, args| {
            let object = argument(vm, "itemgetter", args)?;
            let Some(getter) = this.payload::<ItemGetter>() else {
                return Ok(Value::NONE);
            };
            let items = getter.keys();
            if let [only] = items {
                return vm.get_item(object, only);
            }
            let mut found = Vec::with_capacity(items.len());
            for item in items {
                found.push(vm.get_item(object, item)?);
            }
            Ok(vm.tuple_value(found))
        }),
        repr: Some(|vm, this| {
            let Some(getter) = this.payload::<ItemGetter>() else {
                return Ok(Value::NONE);
            };
            let Some(_guard) = vm.enter_repr(this) else {
                return Ok(vm.str_value(&format!("{}(...)", vm.class_name(this))));
            };
            Ok(vm.str_value(&shown(vm, this, getter.keys())?))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(getter) = args[0].payload::<ItemGetter>() else {
                return Ok(Value::NONE);
            };
            let items = vm.tuple_value(getter.keys().iter().cloned());
            Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), items]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<ItemGetter>("operator.itemgetter")
};

/// Payload of `attrgetter`: a tuple of each attribute's name, or of the tuple of names along its dots.
struct AttrGetter {
    paths: Value,
}

impl AttrGetter {
    fn paths(&self) -> &[Value] {
        self.paths.payload::<Tuple>().map_or(&[], Tuple::as_slice)
    }
}

impl Payload for AttrGetter {
    const KIND: Kind = crate::kinds::ATTRGETTER;
    const NAME: &'static str = "attrgetter";
    const FIELDS: &'static [Field] = fields!["paths" => paths as Value];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.paths);
    }
}

/// The names of an attribute's path.
fn names_of(path: &Value) -> &[Value] {
    match path.payload::<Tuple>() {
        Some(names) => names.as_slice(),
        None => std::slice::from_ref(path),
    }
}

fn follow(vm: &Vm, object: &Value, path: &Value) -> PyResult {
    let Some((first, rest)) = names_of(path).split_first() else {
        return Ok(object.clone());
    };
    let mut object = vm.get_attr(object, first)?;
    for name in rest {
        object = vm.get_attr(&object, name)?;
    }
    Ok(object)
}

/// The attributes as they were given.
fn dotted(vm: &Vm, paths: &[Value]) -> Vec<Value> {
    let join = |path: &Value| {
        let names = names_of(path).iter().map(|name| vm.display(name));
        names.collect::<Vec<_>>().join(".")
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
                paths.push(if text.contains('.') {
                    let names = text.split('.').map(|name| vm.intern(name));
                    vm.tuple_value(names.collect::<Vec<_>>())
                } else {
                    vm.intern(&text)
                });
            }
            let paths = vm.tuple_value(paths);
            Ok(alloc(class, AttrGetter { paths }).into_value())
        }),
        call: Some(|vm, this, args| {
            let object = argument(vm, "attrgetter", args)?;
            let Some(getter) = this.payload::<AttrGetter>() else {
                return Ok(Value::NONE);
            };
            let paths = getter.paths();
            if let [only] = paths {
                return follow(vm, object, only);
            }
            let mut found = Vec::with_capacity(paths.len());
            for path in paths {
                found.push(follow(vm, object, path)?);
            }
            Ok(vm.tuple_value(found))
        }),
        repr: Some(|vm, this| {
            let Some(getter) = this.payload::<AttrGetter>() else {
                return Ok(Value::NONE);
            };
            Ok(vm.str_value(&shown(vm, this, &dotted(vm, getter.paths()))?))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let Some(getter) = args[0].payload::<AttrGetter>() else {
                return Ok(Value::NONE);
            };
            let names = vm.tuple_value(dotted(vm, getter.paths()));
            Ok(vm.tuple_value([vm.class_of(&args[0]).to_value(), names]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<AttrGetter>("operator.attrgetter")
};

/// Payload of `methodcaller`.
struct MethodCaller {
    name: Value,
    /// The positional arguments, in a tuple.
    args: Value,
    /// The keyword arguments, in a dict, if there are any.
    keywords: Option<Value>,
}

impl Payload for MethodCaller {
    const KIND: Kind = crate::kinds::METHODCALLER;
    const NAME: &'static str = "methodcaller";
    const FIELDS: &'static [Field] = fields![
        "name" => name as Value,
        "args" => args as Value,
        "keywords" => keywords as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.name);
        visitor.value(&self.args);
        if let Some(keywords) = &self.keywords {
            visitor.value(keywords);
        }
    }
}

impl MethodCaller {
    fn args(&self) -> &[Value] {
        self.args.payload::<Tuple>().map_or(&[], Tuple::as_slice)
    }

    fn keywords(&self) -> Vec<(Value, Value)> {
        let dict = self.keywords.as_ref().and_then(Value::payload::<Dict>);
        dict.map_or_else(Vec::new, Dict::to_vec)
    }
}

fn method_caller_new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [name, rest @ ..] = args.positionals() else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    let Some(name) = name.as_ref_to::<Str>() else {
        return Err(vm.type_error("method name must be a string"));
    };
    let keywords = (!args.names.is_empty()).then(|| vm.dict());
    if let Some(keywords) = &keywords {
        for (name, value) in args.keywords() {
            keywords.insert(vm, name, value.clone())?;
        }
    }
    let caller = MethodCaller {
        name: vm.intern(&name.to_display()),
        args: vm.tuple_value(rest.iter().cloned()),
        keywords: keywords.map(Ref::into_value),
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
            if caller.keywords.is_none() {
                return vm.call_args(&method, Args::positional(caller.args()));
            }
            let (names, values): (Vec<_>, Vec<_>) = caller.keywords().into_iter().unzip();
            let values = [caller.args(), &values[..]].concat();
            let args = Args {
                values: &values,
                names: &names,
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
            for value in caller.args() {
                parts.push(vm.repr_string(value)?);
            }
            for (name, value) in caller.keywords() {
                parts.push(format!("{}={}", vm.display(&name), vm.repr_string(&value)?));
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
            if caller.keywords.is_none() {
                let mut values = vec![caller.name.clone()];
                values.extend_from_slice(caller.args());
                return Ok(vm.tuple_value([class, vm.tuple_value(values)]));
            }
            // The keywords travel in a partial of the class.
            let partial = vm.get_attr(&vm.import_dotted("functools")?, &vm.intern("partial"))?;
            let (names, values): (Vec<_>, Vec<_>) = caller.keywords().into_iter().unzip();
            let all = [&[class, caller.name.clone()], &values[..]].concat();
            let constructor = vm.call_args(
                &partial,
                Args {
                    values: &all,
                    names: &names,
                },
            )?;
            Ok(vm.tuple_value([constructor, caller.args.clone()]))
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<MethodCaller>("operator.methodcaller")
};
