//! `TypeVar`, `ParamSpec`, `TypeVarTuple` and `TypeAliasType` (PEP 695), as the module `typing`
//! shows them.  Bounds, constraints and alias values are computed when first asked for.

pub mod alias;

use std::cell::Cell;

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::slots::TypeSlots;
use crate::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, Tuple, TypeSpec,
    Value, alloc, class_flag,
};
use crate::vm::Vm;

/// The payload of all three kinds of parameters; the class tells which it is.
#[derive(Default)]
pub struct TypeParameter {
    name: Slot,
    module: Slot,
    bound: Slot,
    /// Function that computes the bound.
    evaluate_bound: Slot,
    constraints: Slot,
    /// Function that computes the constraints.
    evaluate_constraints: Slot,
    covariant: Cell<bool>,
    contravariant: Cell<bool>,
    infer_variance: Cell<bool>,
}

impl Payload for TypeParameter {
    const KIND: Kind = Kind::TYPE_PARAMETER;
    const NAME: &'static str = "typevar";
    const FIELDS: &'static [Field] = fields![
        "name" => name as Value,
        "module" => module as Value,
        "bound" => bound as Value,
        "evaluate_bound" => evaluate_bound as Value,
        "constraints" => constraints as Value,
        "evaluate_constraints" => evaluate_constraints as Value,
        "covariant" => covariant as Bool,
        "contravariant" => contravariant as Bool,
        "infer_variance" => infer_variance as Bool,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for slot in [
            &self.name,
            &self.module,
            &self.bound,
            &self.evaluate_bound,
            &self.constraints,
            &self.evaluate_constraints,
        ] {
            visitor.slot(slot);
        }
    }

    fn clear(&self) {
        for slot in [
            &self.bound,
            &self.evaluate_bound,
            &self.constraints,
            &self.evaluate_constraints,
        ] {
            slot.set(None);
        }
    }
}

const FLAGS: u32 =
    TypeSpec::of::<TypeParameter>("x").flags | class_flag::HAS_WEAKREFS | class_flag::HAS_DICT;

/// Declaration of `TypeVar`.
pub static TYPE_VAR: TypeSpec = TypeSpec {
    doc: "Type variable.",
    flags: FLAGS,
    slots: TypeSlots {
        repr: Some(repr),
        nb_or: Some(union),
        new: Some(new_type_var),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", "", reduce),
        MRO_ENTRIES,
        MethodDef::bound("__typing_subst__", "($self, /, arg)", "", |vm, args| {
            typing_function(vm, "_typevar_subst", args)
        }),
    ],
    getset: &[
        NAME,
        MODULE,
        GetSetDef::read_only("__bound__", "", |vm, t| {
            lazy(vm, t, |p| (&p.bound, &p.evaluate_bound), false)
        }),
        GetSetDef::read_only("__constraints__", "", |vm, t| {
            lazy(vm, t, |p| (&p.constraints, &p.evaluate_constraints), true)
        }),
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
    ],
    ..TypeSpec::of::<TypeParameter>("typing.TypeVar")
};

/// Declaration of `ParamSpec`.
pub static PARAM_SPEC: TypeSpec = TypeSpec {
    doc: "Parameter specification.",
    flags: FLAGS,
    slots: TypeSlots {
        repr: Some(repr),
        nb_or: Some(union),
        new: Some(new_param_spec),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", "", reduce),
        MRO_ENTRIES,
        MethodDef::bound("__typing_subst__", "($self, /, arg)", "", |vm, args| {
            typing_function(vm, "_paramspec_subst", args)
        }),
        MethodDef::bound(
            "__typing_prepare_subst__",
            "($self, /, alias, args)",
            "",
            |vm, args| typing_function(vm, "_paramspec_prepare_subst", args),
        ),
    ],
    getset: &[
        NAME,
        MODULE,
        GetSetDef::read_only("args", "Represents positional arguments.", |vm, this| {
            typing_function(vm, "ParamSpecArgs", std::slice::from_ref(this))
        }),
        GetSetDef::read_only("kwargs", "Represents keyword arguments.", |vm, this| {
            typing_function(vm, "ParamSpecKwargs", std::slice::from_ref(this))
        }),
        GetSetDef::read_only("__bound__", "", |vm, t| {
            lazy(vm, t, |p| (&p.bound, &p.evaluate_bound), false)
        }),
        COVARIANT,
        CONTRAVARIANT,
        INFER_VARIANCE,
    ],
    ..TypeSpec::of::<TypeParameter>("typing.ParamSpec")
};

/// `typing.Unpack[parameter]`
fn unpacked(vm: &Vm, parameter: &Value) -> PyResult {
    let typing = vm.import_dotted("typing")?;
    let unpack = vm.get_attr(&typing, &vm.intern("Unpack"))?;
    vm.get_item(&unpack, parameter)
}

/// Declaration of `TypeVarTuple`.
pub static TYPE_VAR_TUPLE: TypeSpec = TypeSpec {
    doc: "Type variable tuple.",
    flags: FLAGS,
    slots: TypeSlots {
        repr: Some(repr),
        iter: Some(|vm, this| {
            let unpacked = unpacked(vm, this)?;
            vm.iter(&vm.tuple_value([unpacked]))
        }),
        new: Some(new_type_var_tuple),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("__reduce__", "($self, /)", "", reduce),
        MRO_ENTRIES,
        MethodDef::bound("__typing_subst__", "($self, /, arg)", "", |vm, args| {
            typing_function(vm, "_typevartuple_subst", args)
        }),
        MethodDef::bound(
            "__typing_prepare_subst__",
            "($self, /, alias, args)",
            "",
            |vm, args| typing_function(vm, "_typevartuple_prepare_subst", args),
        ),
    ],
    getset: &[NAME, MODULE],
    ..TypeSpec::of::<TypeParameter>("typing.TypeVarTuple")
};

const MRO_ENTRIES: MethodDef =
    MethodDef::bound("__mro_entries__", "($self, bases, /)", "", |vm, args| {
        let class = vm.class_name(&args[0]);
        let short = class.rsplit('.').next().unwrap_or(&class);
        Err(vm.type_error(format!("Cannot subclass an instance of {short}")))
    });

/// Calls a function of the module `typing`.
fn typing_function(vm: &Vm, name: &str, args: &[Value]) -> PyResult {
    let typing = vm.import_dotted("typing")?;
    vm.call_method(&typing, &vm.intern(name), args)
}

const NAME: GetSetDef = GetSetDef::read_only("__name__", "", |vm, t| {
    Ok(own(vm, t)?.name.get().unwrap_or(Value::NONE))
});
/// Writable: packages that make parameters for others say whose they are.
const MODULE: GetSetDef = GetSetDef::writable(
    "__module__",
    "",
    |vm, t| Ok(own(vm, t)?.module.get().unwrap_or(Value::NONE)),
    |vm, t, module| {
        own(vm, t)?.module.set(module.cloned());
        Ok(())
    },
);
const COVARIANT: GetSetDef = GetSetDef::read_only("__covariant__", "", |vm, t| {
    Ok(Value::bool(own(vm, t)?.covariant.get()))
});
const CONTRAVARIANT: GetSetDef = GetSetDef::read_only("__contravariant__", "", |vm, t| {
    Ok(Value::bool(own(vm, t)?.contravariant.get()))
});
const INFER_VARIANCE: GetSetDef = GetSetDef::read_only("__infer_variance__", "", |vm, t| {
    Ok(Value::bool(own(vm, t)?.infer_variance.get()))
});

fn own<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a TypeParameter> {
    value
        .payload::<TypeParameter>()
        .ok_or_else(|| vm.type_error("expected a type parameter"))
}

type LazySlots<'a> = (&'a Slot, &'a Slot);

fn lazy(
    vm: &Vm,
    value: &Value,
    slots: fn(&TypeParameter) -> LazySlots<'_>,
    tuple: bool,
) -> PyResult {
    let (known, evaluate) = slots(own(vm, value)?);
    if let Some(known) = known.get() {
        return Ok(known);
    }
    let Some(function) = evaluate.get() else {
        return Ok(if tuple {
            vm.tuple_value([])
        } else {
            Value::NONE
        });
    };
    let computed = vm.call0(&function)?;
    known.set(Some(computed.clone()));
    Ok(computed)
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let payload = own(vm, value)?;
    let name = payload
        .name
        .get()
        .map(|n| vm.display(&n))
        .unwrap_or_default();
    let sign = if payload.infer_variance.get() {
        ""
    } else if payload.covariant.get() {
        "+"
    } else if payload.contravariant.get() {
        "-"
    } else if vm.class_of(value).is(&vm.types.type_var_tuple) {
        ""
    } else {
        "~"
    };
    Ok(vm.str_value(&format!("{sign}{name}")))
}

fn union(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let typing = vm.import_dotted("typing")?;
    let union = vm.get_attr(&typing, &vm.intern("Union"))?;
    vm.get_item(&union, &vm.tuple_value([a.clone(), b.clone()]))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(own(vm, &args[0])?.name.get().unwrap_or(Value::NONE))
}

/// The module that makes a type parameter: `__name__` of the running code's globals.
fn calling_module(vm: &Vm) -> PyResult<Option<Value>> {
    match vm.current_frame() {
        Some(frame) => frame.function().globals.get(vm, &vm.names.__name__),
        None => Ok(None),
    }
}

fn named(vm: &Vm, what: &str, name: &Value) -> PyResult<TypeParameter> {
    if name.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "{what}() argument 'name' must be str, not {}",
            vm.argument_type(name)
        )));
    }
    Ok(TypeParameter {
        name: Slot::new(Some(name.clone())),
        module: Slot::new(calling_module(vm)?),
        ..TypeParameter::default()
    })
}

fn set_variance(vm: &Vm, what: &str, payload: &TypeParameter, flags: [&Value; 3]) -> PyResult<()> {
    let truth = |v: &Value| v.given().map_or(Ok(false), |v| vm.truth(v));
    let [covariant, contravariant, infer] = flags;
    payload.covariant.set(truth(covariant)?);
    payload.contravariant.set(truth(contravariant)?);
    payload.infer_variance.set(truth(infer)?);
    if payload.covariant.get() && payload.contravariant.get() {
        return Err(vm.value_error("Bivariant types are not supported."));
    }
    if payload.infer_variance.get() && (payload.covariant.get() || payload.contravariant.get()) {
        return Err(vm.value_error("Variance cannot be specified with infer_variance."));
    }
    let _ = what;
    Ok(())
}

fn new_type_var(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let positional = args.positionals();
    let constraints = positional.get(1..).unwrap_or_default();
    let first = Args {
        values: &[
            positional.get(..1).unwrap_or_default(),
            &args.values[positional.len()..],
        ]
        .concat(),
        names: args.names,
    };
    let bound = vm.bind_parameters(
        "typevar",
        "(name, *, bound=None, covariant=False, contravariant=False, infer_variance=False)",
        first,
    )?;
    let payload = named(vm, "typevar", &bound[0])?;
    set_variance(vm, "TypeVar", &payload, [&bound[2], &bound[3], &bound[4]])?;
    if constraints.len() == 1 {
        return Err(vm.type_error("A single constraint is not allowed"));
    }
    if let Some(limit) = bound[1].given_not_none() {
        if !constraints.is_empty() {
            return Err(vm.type_error("Constraints cannot be combined with bound=..."));
        }
        // A class needs no check, and the module itself has some before it is complete.
        let limit = if limit.payload::<Class>().is_some() {
            limit.clone()
        } else {
            let message = vm.str_value("Bound must be a type.");
            typing_function(vm, "_type_check", &[limit.clone(), message])?
        };
        payload.bound.set(Some(limit));
    }
    if !constraints.is_empty() {
        payload
            .constraints
            .set(Some(vm.tuple_from_slice(constraints).into_value()));
    }
    Ok(alloc(class, payload).into_value())
}

fn new_param_spec(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters(
        "paramspec",
        "(name, *, bound=None, covariant=False, contravariant=False, infer_variance=False)",
        args,
    )?;
    let payload = named(vm, "paramspec", &bound[0])?;
    set_variance(vm, "ParamSpec", &payload, [&bound[2], &bound[3], &bound[4]])?;
    payload.bound.set(bound[1].given_not_none().cloned());
    Ok(alloc(class, payload).into_value())
}

fn new_type_var_tuple(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let bound = vm.bind_parameters("typevartuple", "(name)", args)?;
    Ok(alloc(class, named(vm, "typevartuple", &bound[0])?).into_value())
}

impl Vm {
    /// The object of a type parameter in `def f[T]` and the like; `evaluate` computes the
    /// constraints (true) or the bound.
    pub(crate) fn type_parameter(
        &self,
        kind: &str,
        name: &Value,
        evaluate: Option<(bool, &Value)>,
    ) -> PyResult {
        let payload = TypeParameter {
            name: Slot::new(Some(name.clone())),
            module: Slot::new(Some(self.intern("typing"))),
            infer_variance: Cell::new(true),
            ..TypeParameter::default()
        };
        match evaluate {
            Some((true, function)) => payload.evaluate_constraints.set(Some(function.clone())),
            Some((false, function)) => payload.evaluate_bound.set(Some(function.clone())),
            None => {}
        }
        let class = match kind {
            "ParamSpec" => {
                payload.infer_variance.set(true);
                &self.types.param_spec
            }
            "TypeVarTuple" => &self.types.type_var_tuple,
            _ => &self.types.type_var,
        };
        Ok(alloc(class, payload).into_value())
    }

    /// Parameters as they are told and given to `Generic`: a TypeVarTuple stands unpacked.
    fn unpacked_parameters(&self, params: &Value) -> PyResult {
        let Some(tuple) = params.payload::<Tuple>() else {
            return Ok(params.clone());
        };
        let mut items = Vec::with_capacity(tuple.len());
        for item in tuple.iter() {
            items.push(if self.class_of(item).is(&self.types.type_var_tuple) {
                unpacked(self, item)?
            } else {
                item.clone()
            });
        }
        Ok(self.tuple_value(items))
    }

    /// `typing.Generic[params]`, the implicit base of a generic class.
    pub(crate) fn subscript_generic(&self, params: &Value) -> PyResult {
        let typing = self.import_dotted("typing")?;
        let generic = self.get_attr(&typing, &self.intern("Generic"))?;
        let params = self.unpacked_parameters(params)?;
        // Made anew: no cache of subscriptions keeps the parameters alive.
        let alias = self.get_attr(&typing, &self.intern("_GenericAlias"))?;
        self.call(&alias, &[generic, params])
    }
}
