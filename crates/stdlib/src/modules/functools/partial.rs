//! `partial`.

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::borrowed::BorrowedValues;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, Tuple,
    TypeSlots, TypeSpec, Value, Visit, alloc, class_flag, instance,
};

use crate::native::{CLASS_GETITEM, REDUCE, SETSTATE, wrong_receiver};

/// Payload of `partial`.
struct Partial {
    function: Slot,
    args: Slot,
    keywords: Slot,
}

impl Payload for Partial {
    const KIND: Kind = crate::kinds::PARTIAL;
    const NAME: &'static str = "partial";
    const DICT_LAST: bool = true;
    const FIELDS: &'static [Field] = fields![
        "function" => function as Value,
        "args" => args as Value,
        "keywords" => keywords as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.function);
        visitor.slot(&self.args);
        visitor.slot(&self.keywords);
    }

    fn release_first(&self) {
        self.clear();
    }

    const RELEASES_FIRST: bool = true;

    fn clear(&self) {
        self.function.set(None);
        self.args.set(None);
        self.keywords.set(None);
    }
}

macro_rules! member {
    ($name:literal, $field:ident, $doc:literal) => {
        GetSetDef::read_only($name, $doc, |vm, this| {
            Ok(partial_of(vm, this)?.$field.get().unwrap_or(Value::NONE))
        })
        .as_member()
    };
}

/// Declaration of `partial`.
pub(super) static PARTIAL: TypeSpec = TypeSpec {
    doc: "partial(func, *args, **keywords) - new function with partial application\n    \
          of the given arguments and keywords.\n",
    flags: class_flag::BASE_TYPE
        | class_flag::HAS_DICT
        | class_flag::HAS_WEAKREFS
        | class_flag::CALLED_UNPACKED,
    slots: TypeSlots {
        new: Some(new),
        call: Some(call),
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let partial = partial_of(vm, &args[0])?;
            let part = |slot: &Slot| slot.get().unwrap_or(Value::NONE);
            let dict = if has_own_attributes(&args[0]) {
                instance::materialise(vm, &args[0])?.into_value()
            } else {
                Value::NONE
            };
            let function = part(&partial.function);
            let state = vm.tuple_value([
                function.clone(),
                part(&partial.args),
                part(&partial.keywords),
                dict,
            ]);
            let class = vm.class_of(&args[0]).to_value();
            Ok(vm.tuple_value([class, vm.tuple_value([function]), state]))
        })
        .unsigned(),
        MethodDef::bound("__setstate__", "($self, state, /)", SETSTATE, set_state),
        CLASS_GETITEM,
    ],
    getset: &[
        member!(
            "func",
            function,
            "function object to use in future partial calls"
        ),
        member!("args", args, "tuple of arguments to future partial calls"),
        member!(
            "keywords",
            keywords,
            "dictionary of keyword arguments to future partial calls"
        ),
    ],
    ..TypeSpec::of::<Partial>("functools.partial")
};

fn partial_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Partial> {
    this.payload::<Partial>()
        .ok_or_else(|| wrong_receiver(vm, "functools.partial"))
}

/// True if somebody asked for the object's `__dict__` or gave it attributes.
fn has_own_attributes(partial: &Value) -> bool {
    instance::materialised(partial).is_some() || !instance::is_empty(partial)
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let [function, given @ ..] = args.positionals() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if vm.class_of(function).slots().call.is_none() {
        return Err(vm.type_error("the first argument must be callable"));
    }
    // A partial of a plain partial takes its place.
    let inner = function
        .payload::<Partial>()
        .filter(|_| vm.class_of(function).spec.is_some() && class.spec.is_some())
        .filter(|_| !has_own_attributes(function));
    let (function, mut positional, keywords) = match inner {
        Some(inner) => {
            let args = inner.args.get();
            let first = args.as_ref().and_then(|args| args.payload::<Tuple>());
            let keywords = match inner.keywords.get().and_then(|k| k.downcast::<Dict>().ok()) {
                Some(keywords) => vm.dict_copy(&keywords)?,
                None => vm.dict(),
            };
            let function = inner.function.get().unwrap_or(Value::NONE);
            (
                function,
                first.map_or_else(Vec::new, |first| first.to_vec()),
                keywords,
            )
        }
        None => (function.clone(), Vec::new(), vm.dict()),
    };
    positional.extend_from_slice(given);
    for (name, value) in args.keywords() {
        keywords.insert(vm, name, value.clone())?;
    }
    // The object is older than its tuple, as the collector sees.
    let partial = alloc(
        class,
        Partial {
            function: Slot::new(Some(function)),
            args: Slot::default(),
            keywords: Slot::new(Some(keywords.into_value())),
        },
    );
    partial.args.set(Some(vm.tuple_value(positional)));
    Ok(partial.into_value())
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let partial = partial_of(vm, this)?;
    let function = partial.function.get().unwrap_or(Value::NONE);
    let first = partial.args.get();
    let first = first.as_ref().and_then(|args| args.payload::<Tuple>());
    let stored = first.map_or(&[][..], |first| first.as_slice());
    let keywords = partial
        .keywords
        .get()
        .and_then(|keywords| keywords.downcast::<Dict>().ok())
        .filter(|keywords| !keywords.is_empty());
    let Some(keywords) = keywords else {
        // What is stored and what is given is lent, not counted again.
        let mut values = BorrowedValues::new();
        stored
            .iter()
            .chain(args.values)
            .for_each(|value| values.push(value));
        return vm.call_args(
            &function,
            Args {
                values: values.as_slice(),
                names: args.names,
            },
        );
    };
    let mut values = stored.to_vec();
    values.extend_from_slice(args.positionals());
    let mut names = Vec::new();
    for (name, value) in keywords.to_vec() {
        // The dictionary is open to everybody.
        if name.payload::<Str>().is_none() {
            return Err(vm.type_error("keywords must be strings"));
        }
        // What the call gives replaces what was stored, in its place.
        let given = args
            .keywords()
            .find(
                |(own, _)| match (own.payload::<Str>(), name.payload::<Str>()) {
                    (Some(a), Some(b)) => a.equals(b),
                    _ => false,
                },
            )
            .map(|(_, value)| value.clone());
        values.push(given.unwrap_or(value));
        names.push(name);
    }
    let known = names.len();
    for (name, value) in args.keywords() {
        let replaces = names[..known].iter().any(|own| {
            matches!((own.payload::<Str>(), name.payload::<Str>()), (Some(a), Some(b)) if a.equals(b))
        });
        if !replaces {
            names.push(name.clone());
            values.push(value.clone());
        }
    }
    // CPython has what is given in a tuple and a dict; in its own call, what is joined in further ones; and, where
    // the function takes its arguments on a stack, there.
    let mut held = args.values.to_vec();
    if takes_stack(vm, &function) {
        let positionals = values.len() - names.len();
        let joined = !stored.is_empty() && !args.positionals().is_empty();
        held.extend_from_slice(&values[if joined { 0 } else { positionals }..]);
    }
    let result = vm.call_args(
        &function,
        Args {
            values: &values,
            names: &names,
        },
    );
    drop(held);
    result
}

/// True if the arguments of a call come to the function without a tuple and a dict.
fn takes_stack(vm: &Vm, function: &Value) -> bool {
    matches!(
        vm.class_of(function).kind,
        Kind::FUNCTION | Kind::METHOD | Kind::BUILTIN_FUNCTION
    )
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this);
    let name = if class.spec.is_some() {
        class.name_string()
    } else {
        let name = class.qualname.get().unwrap_or(Value::NONE);
        vm.display(&name)
    };
    let Some(_guard) = vm.enter_repr(this) else {
        return Ok(vm.str_value("..."));
    };
    let partial = partial_of(vm, this)?;
    let function = partial.function.get().unwrap_or(Value::NONE);
    let mut text = format!("{name}({}", vm.repr_string(&function)?);
    let args = partial.args.get();
    for item in args
        .as_ref()
        .and_then(|args| args.payload::<Tuple>())
        .into_iter()
        .flat_map(|t| t.iter())
    {
        text.push_str(", ");
        vm.push_repr(&mut text, item)?;
    }
    let keywords = partial.keywords.get();
    let keywords = keywords
        .as_ref()
        .and_then(|keywords| keywords.payload::<Dict>());
    for (name, value) in keywords.map_or_else(Vec::new, Dict::to_vec) {
        text.push_str(&format!(
            ", {}={}",
            vm.str_string(&name)?,
            vm.repr_string(&value)?
        ));
    }
    text.push(')');
    Ok(vm.str_value(&text))
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let partial = partial_of(vm, &args[0])?;
    let parts = args[1].payload::<Tuple>().map(|t| t.to_vec());
    let invalid = || vm.type_error("invalid partial state");
    let Some(Ok([function, positional, keywords, dict])) = parts.map(<[Value; 4]>::try_from) else {
        return Err(invalid());
    };
    if vm.class_of(&function).slots().call.is_none()
        || positional.payload::<Tuple>().is_none()
        || (!keywords.is_none() && keywords.payload::<Dict>().is_none())
    {
        return Err(invalid());
    }
    let positional = if vm.class_of(&positional).is(&vm.types.tuple) {
        positional
    } else {
        vm.tuple_value(vm.collect(&positional)?)
    };
    let keywords = match keywords.downcast::<Dict>() {
        Err(_) => vm.dict(),
        Ok(keywords) if vm.class_of(keywords.as_value()).is(&vm.types.dict) => keywords,
        Ok(keywords) => vm.dict_copy(&keywords)?,
    };
    partial.function.set(Some(function));
    partial.args.set(Some(positional));
    partial.keywords.set(Some(keywords.into_value()));
    instance::replace_dict(&args[0], dict.downcast::<Dict>().ok());
    Ok(Value::NONE)
}
