//! `types.GenericAlias`: what `list[int]` gives, and the substitution of type variables.

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, List, MethodDef, Payload, PyResult, Ref, Slot, Str,
    Tuple, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::vm::Vm;

/// The payload.
pub struct GenericAlias {
    /// `__origin__`.
    pub origin: Value,
    /// `__args__`.
    pub args: Ref<Tuple>,
    parameters: Slot,
    /// `*tuple[int, str]`.
    starred: bool,
}

impl Payload for GenericAlias {
    const KIND: Kind = Kind::GENERIC_ALIAS;
    const NAME: &'static str = "types.GenericAlias";
    const FIELDS: &'static [Field] = fields![
        "__origin__" => origin as Value,
        "__args__" => args as Value,
        "parameters" => parameters as Value,
        "starred" => starred as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.origin);
        visitor.reference(&self.args);
        visitor.slot(&self.parameters);
    }
}

/// Declaration of the type.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(hash),
        call: Some(call),
        getattro: Some(get_attribute),
        richcompare: Some(compare),
        iter: Some(iter),
        nb_or: Some(crate::types::union_type::or),
        mp_subscript: Some(subscript),
        new: Some(new),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__mro_entries__", "($self, bases, /)", "", |vm, args| {
            Ok(vm.tuple_value([payload(vm, &args[0])?.origin.clone()]))
        }),
        MethodDef::bound("__instancecheck__", "($self, instance, /)", "", |vm, _| {
            Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        })
        .unsigned(),
        MethodDef::bound("__subclasscheck__", "($self, subclass, /)", "", |vm, _| {
            Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        })
        .unsigned(),
        MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned(),
        MethodDef::bound("__dir__", "($self, /)", "", dir).unsigned(),
    ],
    getset: &[
        GetSetDef::read_only("__origin__", "", |vm, this| {
            Ok(payload(vm, this)?.origin.clone())
        })
        .as_member(),
        GetSetDef::read_only("__args__", "", |vm, this| {
            Ok(payload(vm, this)?.args.to_value())
        })
        .as_member(),
        GetSetDef::read_only("__unpacked__", "", |vm, this| {
            Ok(Value::bool(payload(vm, this)?.starred))
        })
        .as_member(),
        GetSetDef::read_only(
            "__parameters__",
            "Type variables in the GenericAlias.",
            parameters,
        ),
        GetSetDef::read_only("__typing_unpacked_tuple_args__", "", |vm, this| {
            let this = payload(vm, this)?;
            let unpacks = this.starred && this.origin.is(vm.types.tuple.as_value());
            Ok(if unpacks {
                this.args.to_value()
            } else {
                Value::NONE
            })
        }),
    ],
    ..TypeSpec::of::<GenericAlias>("types.GenericAlias")
};

/// Attributes that are the alias's own; all others are the origin's.
const OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
];

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a GenericAlias> {
    this.payload()
        .ok_or_else(|| vm.type_error("a generic alias is required"))
}

/// `__class_getitem__` of builtin containers, for their method tables.
pub(crate) const CLASS_GETITEM: MethodDef =
    MethodDef::raw("__class_getitem__", "", "See PEP 585", class_getitem).class_method();

/// `__class_getitem__` of builtin containers.
pub(crate) fn class_getitem(vm: &Vm, args: Args<'_>) -> PyResult {
    match args.values {
        [origin, item] => Ok(vm.generic_alias(origin, item)),
        values => {
            let name = values.first().and_then(|c| c.payload::<Class>());
            let name = name.map_or_else(String::new, Class::name_string);
            Err(vm.type_error(format!(
                "{name}.__class_getitem__() takes exactly one argument ({} given)",
                values.len().saturating_sub(1)
            )))
        }
    }
}

impl Vm {
    /// `origin[item]`; an item that is no tuple counts as one argument.
    pub fn generic_alias(&self, origin: &Value, item: &Value) -> Value {
        self.generic_alias_of(&self.types.generic_alias, origin, item, false)
    }

    fn generic_alias_of(
        &self,
        class: &Ref<Class>,
        origin: &Value,
        item: &Value,
        starred: bool,
    ) -> Value {
        let args = match item.as_ref_to::<Tuple>() {
            Some(args) => args.clone(),
            None => self.tuple([item.clone()]),
        };
        let alias = GenericAlias {
            origin: origin.clone(),
            args,
            parameters: Slot::default(),
            starred,
        };
        alloc(class, alias).into_value()
    }

    /// `cls[item]` by `__class_getitem__`; the TypeError for other values.
    pub(crate) fn class_getitem(&self, container: &Value, key: &Value) -> PyResult {
        let Some(class) = container.as_ref_to::<Class>() else {
            return Err(self.type_error(format!(
                "'{}' object is not subscriptable",
                self.class_name(container)
            )));
        };
        if class.is(&self.types.type_) {
            return Ok(self.generic_alias(container, key));
        }
        match self.get_attr_opt(container, &self.names.__class_getitem__)? {
            Some(method) if !method.is_none() => self.call1(&method, key),
            _ => Err(self.type_error(format!(
                "type '{}' is not subscriptable",
                class.name_string()
            ))),
        }
    }
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let args = vm.bind_parameters("GenericAlias", "(origin, args, /)", args)?;
    Ok(vm.generic_alias_of(class, &args[0], &args[1], false))
}

/// A type as it stands in an alias's text.
pub(crate) fn item_repr(vm: &Vm, item: &Value) -> PyResult<String> {
    if item.is(&Value::ELLIPSIS) {
        return Ok("...".to_owned());
    }
    let names = vm.names;
    let is_alias = vm.get_attr_opt(item, &names.__origin__)?.is_some()
        && vm.get_attr_opt(item, &names.__args__)?.is_some();
    if !is_alias
        && let Some(qualname) = vm.get_attr_opt(item, &names.__qualname__)?
        && let Some(module) = vm.get_attr_opt(item, &names.__module__)?
        && !module.is_none()
    {
        let (module, qualname) = (vm.str_string(&module)?, vm.str_string(&qualname)?);
        return Ok(if module == "builtins" {
            qualname
        } else {
            format!("{module}.{qualname}")
        });
    }
    vm.repr_string(item)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    let mut parts = Vec::new();
    for arg in this.args.clone().iter() {
        if let Some(list) = arg.payload::<List>() {
            // Parameter specifications hold lists of types.
            let mut items = Vec::new();
            for item in list.to_vec() {
                items.push(item_repr(vm, &item)?);
            }
            parts.push(format!("[{}]", items.join(", ")));
        } else {
            parts.push(item_repr(vm, arg)?);
        }
    }
    let star = if this.starred { "*" } else { "" };
    let args = if parts.is_empty() {
        "()".to_owned()
    } else {
        parts.join(", ")
    };
    let origin = item_repr(vm, &this.origin)?;
    Ok(vm.str_value(&format!("{star}{origin}[{args}]")))
}

fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let this = payload(vm, this)?;
    let hash = vm.hash(&this.origin)? ^ vm.hash(this.args.as_value())?;
    Ok(if hash == -1 { -2 } else { hash })
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let object = vm.call_args(&payload(vm, this)?.origin, args)?;
    if let Err(raised) = vm.set_attr(&object, &vm.names.__orig_class__, this) {
        let exceptions = &vm.types.exceptions;
        let raised = match vm.catch(raised, &exceptions.attribute_error) {
            Ok(_) => return Ok(object),
            Err(raised) => raised,
        };
        drop(vm.catch(raised, &exceptions.type_error)?);
    }
    Ok(object)
}

fn get_attribute(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    let text = name.payload::<Str>();
    if text.is_some_and(|t| OWN.iter().any(|own| t.equals_str(own))) {
        return vm.generic_get_attr(this, name);
    }
    let origin = payload(vm, this)?.origin.clone();
    vm.get_attr(&origin, name)
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (Some(a), Some(b)) = (
        this.payload::<GenericAlias>(),
        other.payload::<GenericAlias>(),
    ) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = a.starred == b.starred
        && vm.equal(&a.origin, &b.origin)?
        && vm.equal(a.args.as_value(), b.args.as_value())?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// `*list[int]`: one starred alias.
fn iter(vm: &Vm, this: &Value) -> PyResult {
    let own = payload(vm, this)?;
    let starred = vm.generic_alias_of(vm.class_of(this), &own.origin, own.args.as_value(), true);
    vm.iter(&vm.tuple_value([starred]))
}

fn parameters(vm: &Vm, this: &Value) -> PyResult {
    let this = payload(vm, this)?;
    if let Some(known) = this.parameters.get() {
        return Ok(known);
    }
    let new = parameters_of(vm, &this.args)?.into_value();
    this.parameters.set(Some(new.clone()));
    Ok(new)
}

/// The type variables among arguments, each once.
pub(crate) fn parameters_of(vm: &Vm, args: &Ref<Tuple>) -> PyResult<Ref<Tuple>> {
    let mut found: Vec<Value> = Vec::new();
    let mut add = |value: &Value| {
        if !found.iter().any(|known| known.is(value)) {
            found.push(value.clone());
        }
    };
    for arg in args.iter() {
        if arg.payload::<Class>().is_some() {
            continue;
        }
        if vm.get_attr_opt(arg, &vm.names.__typing_subst__)?.is_some() {
            add(arg);
        } else if let Some(inner) = vm.get_attr_opt(arg, &vm.names.__parameters__)?
            && let Some(inner) = inner.payload::<Tuple>()
        {
            inner.iter().for_each(&mut add);
        }
    }
    Ok(vm.tuple(found))
}

/// The items of a subscript with `*tuple[…]` opened.
fn unpack_items(vm: &Vm, item: &Value) -> PyResult<Vec<Value>> {
    let items: Vec<Value> = match item.payload::<Tuple>() {
        Some(items) => items.to_vec(),
        None => vec![item.clone()],
    };
    let mut unpacked = Vec::with_capacity(items.len());
    for item in items {
        if item.payload::<Class>().is_none()
            && let Some(inner) = vm.get_attr_opt(&item, &vm.names.__typing_unpacked_tuple_args__)?
            && let Some(inner) = inner.payload::<Tuple>()
            && !inner.last().is_some_and(|last| last.is(&Value::ELLIPSIS))
        {
            unpacked.extend(inner.iter().cloned());
            continue;
        }
        unpacked.push(item);
    }
    Ok(unpacked)
}

/// The arguments with type variables replaced by the items of a subscript.
pub(crate) fn substitute(
    vm: &Vm,
    this: &Value,
    args: &Ref<Tuple>,
    parameters: &Ref<Tuple>,
    item: &Value,
) -> PyResult<Vec<Value>> {
    let names = vm.names;
    if parameters.is_empty() {
        let text = vm.repr_string(this)?;
        return Err(vm.type_error(format!("{text} is not a generic class")));
    }
    let mut items = unpack_items(vm, item)?;
    for parameter in parameters.iter() {
        if let Some(prepare) = vm.get_attr_opt(parameter, &names.__typing_prepare_subst__)?
            && !prepare.is_none()
        {
            let prepared = vm.call(&prepare, &[this.clone(), vm.tuple_value(items)])?;
            items = match prepared.payload::<Tuple>() {
                Some(prepared) => prepared.to_vec(),
                None => vec![prepared],
            };
        }
    }
    if items.len() != parameters.len() {
        let text = vm.repr_string(this)?;
        return Err(vm.type_error(format!(
            "Too {} arguments for {text}; actual {}, expected {}",
            if items.len() > parameters.len() {
                "many"
            } else {
                "few"
            },
            items.len(),
            parameters.len()
        )));
    }
    let mut result = Vec::with_capacity(args.len());
    for arg in args.iter() {
        if arg.payload::<Class>().is_some() {
            result.push(arg.clone());
            continue;
        }
        let unpacks =
            match vm.get_attr_opt(arg, &vm.intern("__typing_is_unpacked_typevartuple__"))? {
                Some(answer) => vm.truth(&answer)?,
                None => false,
            };
        let new = match vm.get_attr_opt(arg, &names.__typing_subst__)? {
            Some(subst) => {
                let index = parameters.iter().position(|p| p.is(arg)).unwrap_or(0);
                vm.call1(&subst, &items[index])?
            }
            None => substitute_inside(vm, arg, parameters, &items)?,
        };
        match new.payload::<Tuple>() {
            Some(inner) if unpacks => result.extend(inner.iter().cloned()),
            _ => result.push(new),
        }
    }
    Ok(result)
}

/// An argument that has type variables of its own, with these replaced.
fn substitute_inside(vm: &Vm, arg: &Value, parameters: &Ref<Tuple>, items: &[Value]) -> PyResult {
    let Some(inner) = vm.get_attr_opt(arg, &vm.names.__parameters__)? else {
        return Ok(arg.clone());
    };
    let Some(inner) = inner.payload::<Tuple>().filter(|t| !t.is_empty()) else {
        return Ok(arg.clone());
    };
    let mut wanted = Vec::new();
    for variable in inner.iter() {
        match parameters.iter().position(|p| p.is(variable)) {
            Some(index) => {
                let item = &items[index];
                let is_variadic = vm.class_of(variable).slots().iter.is_some();
                match item.payload::<Tuple>() {
                    Some(several) if is_variadic => wanted.extend(several.iter().cloned()),
                    _ => wanted.push(item.clone()),
                }
            }
            None => wanted.push(variable.clone()),
        }
    }
    vm.get_item(arg, &vm.tuple_value(wanted))
}

fn subscript(vm: &Vm, this: &Value, item: &Value) -> PyResult {
    let parameters = parameters(vm, this)?;
    let own = payload(vm, this)?;
    let Some(parameters) = parameters.as_ref_to::<Tuple>() else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let new = substitute(vm, this, &own.args.clone(), parameters, item)?;
    let (class, origin) = (vm.types.generic_alias.clone(), own.origin.clone());
    Ok(vm.generic_alias_of(&class, &origin, &vm.tuple_value(new), own.starred))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    let plain = vm.types.generic_alias.to_value();
    let parts = vm.tuple_value([this.origin.clone(), this.args.to_value()]);
    if !this.starred {
        return Ok(vm.tuple_value([plain, parts]));
    }
    let unstarred = vm.generic_alias(&this.origin, this.args.as_value());
    let iterator = vm.iter(&unstarred)?;
    let next = vm
        .builtins()
        .get_str(vm, &vm.names.next)?
        .unwrap_or(Value::NONE);
    Ok(vm.tuple_value([next, vm.tuple_value([iterator])]))
}

fn dir(vm: &Vm, args: &[Value]) -> PyResult {
    let origin = payload(vm, &args[0])?.origin.clone();
    let names = vm
        .call_special(&origin, &vm.names.__dir__, &[])?
        .unwrap_or(Value::NONE);
    let mut names = vm.collect(&names)?;
    for own in OWN {
        let own = vm.intern(own);
        let mut known = false;
        for name in &names {
            known = known || vm.equal(name, &own)?;
        }
        if !known {
            names.push(own);
        }
    }
    vm.list_from(names).map(Ref::<List>::into_value)
}
