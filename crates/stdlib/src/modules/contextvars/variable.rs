//! `ContextVar` and `Token`.

use std::cell::Cell;

use heap::Visitor;
use runtime::Vm;
use runtime::object::tracking::may_be_tracked;
use runtime::object::{
    Args, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, TypeSlots,
    TypeSpec, Value, Visit, alloc, class_flag,
};

use super::context::{context_of, current};
use crate::native::{CLASS_GETITEM, wrong_receiver};

/// Payload of `ContextVar`.
pub(super) struct ContextVar {
    name: Value,
    default: Slot,
}

impl Payload for ContextVar {
    const KIND: Kind = crate::kinds::CONTEXT_VAR;
    const NAME: &'static str = "ContextVar";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.name);
        visitor.slot(&self.default);
    }

    fn clear(&self) {
        self.default.set(None);
    }
}

/// Payload of `Token`.
pub(super) struct Token {
    context: Slot,
    variable: Slot,
    /// None where the variable had no value.
    old: Slot,
    used: Cell<bool>,
}

impl Payload for Token {
    const KIND: Kind = crate::kinds::CONTEXT_TOKEN;
    const NAME: &'static str = "Token";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.context);
        visitor.slot(&self.variable);
        visitor.slot(&self.old);
    }

    fn clear(&self) {
        self.context.set(None);
        self.variable.set(None);
        self.old.set(None);
    }
}

/// Payload of `Token.MISSING`.
struct Missing;

impl Payload for Missing {
    const KIND: Kind = crate::kinds::TOKEN_MISSING;
    const NAME: &'static str = "Token.MISSING";
    const COLLECTED: bool = false;
}

static MISSING: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(|vm, _| Ok(vm.str_value("<Token.MISSING>"))),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Missing>("Token.MISSING")
};

/// A new `Token.MISSING`; the class of tokens keeps the one there is.
pub(super) fn missing(vm: &Vm) -> Value {
    alloc(&vm.native_class(&MISSING), Missing).into_value()
}

/// True for a variable.
pub(super) fn is_variable(value: &Value) -> bool {
    value.payload::<ContextVar>().is_some()
}

fn variable_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a ContextVar> {
    this.payload::<ContextVar>()
        .ok_or_else(|| wrong_receiver(vm, "ContextVar"))
}

fn token_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Token> {
    this.payload::<Token>()
        .ok_or_else(|| wrong_receiver(vm, "Token"))
}

/// Declaration of `ContextVar`.
pub(super) static CONTEXT_VAR: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(new),
        repr: Some(|vm, this| {
            let variable = variable_of(vm, this)?;
            let mut text = format!("<ContextVar name={}", vm.repr_string(&variable.name)?);
            if let Some(default) = variable.default.get() {
                text.push_str(&format!(" default={}", vm.repr_string(&default)?));
            }
            text.push_str(&format!(" at 0x{:x}>", vm.id(this)));
            Ok(vm.str_value(&text))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "get",
            "($self, default=<unrepresentable>, /)",
            "Return a value for the context variable for the current context.\n\n\
             If there is no value for the variable in the current context, the method will:\n \
             * return the value of the default argument of the method, if provided; or\n \
             * return the default value for the context variable, if it was created\n   \
             with one; or\n \
             * raise a LookupError.",
            get,
        ),
        MethodDef::bound(
            "set",
            "($self, value, /)",
            "Call to set a new value for the context variable in the current context.\n\n\
             The required value argument is the new value for the context variable.\n\n\
             Returns a Token object that can be used to restore the variable to its previous\n\
             value via the `ContextVar.reset()` method.",
            set,
        ),
        MethodDef::bound(
            "reset",
            "($self, token, /)",
            "Reset the context variable.\n\n\
             The variable is reset to the value it had before the `ContextVar.set()` that\n\
             created the token was used.",
            reset,
        ),
        CLASS_GETITEM,
    ],
    getset: &[GetSetDef::read_only("name", "", |vm, this| {
        Ok(variable_of(vm, this)?.name.clone())
    })
    .as_member()],
    ..TypeSpec::of::<ContextVar>("_contextvars.ContextVar")
};

/// Declaration of `Token`.
pub(super) static TOKEN: TypeSpec = TypeSpec {
    slots: TypeSlots {
        new: Some(|vm, _, _| Err(vm.runtime_error("Tokens can only be created by ContextVars"))),
        hash: None,
        repr: Some(|vm, this| {
            let token = token_of(vm, this)?;
            let used = if token.used.get() { " used" } else { "" };
            let variable = vm.repr_string(&token.variable.get().unwrap_or(Value::NONE))?;
            Ok(vm.str_value(&format!(
                "<Token{used} var={variable} at 0x{:x}>",
                vm.id(this)
            )))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[CLASS_GETITEM],
    getset: &[
        GetSetDef::read_only("var", "", |vm, this| {
            Ok(token_of(vm, this)?.variable.get().unwrap_or(Value::NONE))
        }),
        GetSetDef::read_only("old_value", "", |vm, this| {
            match token_of(vm, this)?.old.get() {
                Some(old) => Ok(old),
                None => {
                    let found = vm
                        .native_class(&TOKEN)
                        .dict
                        .get(vm, &vm.intern("MISSING"))?;
                    Ok(found.unwrap_or(Value::NONE))
                }
            }
        }),
    ],
    ..TypeSpec::of::<Token>("_contextvars.Token")
};

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let given = args.positionals().len();
    if given != 1 {
        return Err(vm.type_error(format!(
            "ContextVar() takes exactly 1 positional argument ({given} given)"
        )));
    }
    let args = vm.bind_parameters("ContextVar", "(name, *, default=<unrepresentable>)", args)?;
    if args[0].payload::<Str>().is_none() {
        return Err(vm.type_error("context variable name must be a str"));
    }
    let variable = ContextVar {
        name: args[0].clone(),
        default: Slot::new(args[1].given().cloned()),
    };
    let variable = alloc(class, variable);
    // As in CPython the collector knows only those whose default may be part of a cycle.
    if !args[1].given().is_some_and(may_be_tracked) {
        vm.heap.untrack(variable.as_ptr());
    }
    Ok(variable.into_value())
}

fn get(vm: &Vm, args: &[Value]) -> PyResult {
    let variable = variable_of(vm, &args[0])?;
    if let Some(context) = vm.thread.context.get()
        && let Some(value) = context_of(vm, &context)?.get(vm, &args[0])?
    {
        return Ok(value);
    }
    if let Some(default) = args[1].given() {
        return Ok(default.clone());
    }
    variable.default.get().ok_or_else(|| {
        let class = &vm.types.exceptions.lookup_error;
        vm.raise_value(vm.new_exception(class, std::slice::from_ref(&args[0])))
    })
}

fn set(vm: &Vm, args: &[Value]) -> PyResult {
    variable_of(vm, &args[0])?;
    let context = current(vm);
    let old = context_of(vm, &context)?.set(vm, &args[0], args[1].clone())?;
    let token = Token {
        context: Slot::new(Some(context)),
        variable: Slot::new(Some(args[0].clone())),
        old: Slot::new(old),
        used: Cell::new(false),
    };
    Ok(alloc(&vm.native_class(&TOKEN), token).into_value())
}

fn reset(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(token) = args[1].payload::<Token>() else {
        let class = vm.class_name(&args[1]);
        return Err(vm.type_error(format!("expected an instance of Token, got {class}")));
    };
    let complain = |what: &str| {
        let shown = vm.repr_string(&args[1])?;
        Err(vm.value_error(format!("{shown} {what}")))
    };
    if token.used.get() {
        let shown = vm.repr_string(&args[1])?;
        return Err(vm.runtime_error(format!("{shown} has already been used once")));
    }
    if !token
        .variable
        .get()
        .is_some_and(|variable| variable.is(&args[0]))
    {
        return complain("was created by a different ContextVar");
    }
    let context = current(vm);
    if !token
        .context
        .get()
        .is_some_and(|made_in| made_in.is(&context))
    {
        return complain("was created in a different Context");
    }
    token.used.set(true);
    let context = context_of(vm, &context)?;
    match token.old.get() {
        Some(old) => drop(context.set(vm, &args[0], old)?),
        None => {
            if context.remove(vm, &args[0])?.is_none() {
                return Err(vm.raise_value(vm.new_exception(
                    &vm.types.exceptions.lookup_error,
                    std::slice::from_ref(&args[0]),
                )));
            }
        }
    }
    Ok(Value::NONE)
}
