//! `Context`.

use std::cell::Cell;

use heap::Visitor;
use runtime::Vm;
use runtime::object::{
    Args, CompareOp, Dict, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec,
    Value, Visit, alloc, class_flag,
};

use super::variable::is_variable;
use crate::native::wrong_receiver;

/// Payload of `Context`.
pub(super) struct Context {
    /// The values, by variable.
    values: Slot,
    /// The context that was current before this one was entered.
    previous: Slot,
    entered: Cell<bool>,
}

impl Payload for Context {
    const KIND: Kind = crate::kinds::CONTEXT;
    const NAME: &'static str = "Context";

    fn free_list(&self) -> Option<heap::FreeList> {
        Some(heap::FreeList::CONTEXT)
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.values);
        visitor.slot(&self.previous);
    }

    fn clear(&self) {
        self.values.set(None);
        self.previous.set(None);
    }
}

impl Context {
    fn dict(&self) -> Option<Ref<Dict>> {
        self.values.get().and_then(|values| values.downcast().ok())
    }

    /// The value of a variable here.
    pub(super) fn get(&self, vm: &Vm, variable: &Value) -> PyResult<Option<Value>> {
        match self.dict() {
            Some(dict) => dict.get(vm, variable),
            None => Ok(None),
        }
    }

    /// The dictionary, of which no other context knows.
    fn own_dict(&self, vm: &Vm) -> PyResult<Ref<Dict>> {
        let shared = match self
            .values
            .take()
            .and_then(|values| values.downcast::<Dict>().ok())
        {
            None => None,
            Some(dict) if dict.header().count() == 1 => {
                self.values.set(Some(dict.to_value()));
                return Ok(dict);
            }
            shared => shared,
        };
        let own = match &shared {
            None => Ok(vm.dict()),
            Some(shared) => vm.dict_copy(shared),
        };
        let kept = own
            .as_ref()
            .map_or(shared.map(Ref::into_value), |own| Some(own.to_value()));
        self.values.set(kept);
        own
    }

    /// Gives a variable a value; the one before.
    pub(super) fn set(&self, vm: &Vm, variable: &Value, value: Value) -> PyResult<Option<Value>> {
        self.own_dict(vm)?.insert(vm, variable, value)
    }

    /// Takes a variable's value away.
    pub(super) fn remove(&self, vm: &Vm, variable: &Value) -> PyResult<Option<Value>> {
        Ok(self
            .own_dict(vm)?
            .remove(vm, variable)?
            .map(|(_, value)| value))
    }

    fn entries(&self) -> Vec<(Value, Value)> {
        self.dict().map_or_else(Vec::new, |dict| dict.to_vec())
    }
}

fn make(vm: &Vm, values: Option<Value>) -> Value {
    let context = Context {
        values: Slot::new(values),
        previous: Slot::default(),
        entered: Cell::new(false),
    };
    alloc(&vm.native_class(&CONTEXT), context).into_value()
}

/// The running thread's context, made when it is first needed.
pub(super) fn current(vm: &Vm) -> Value {
    vm.thread.context.get().unwrap_or_else(|| {
        let context = make(vm, None);
        vm.thread.context.set(Some(context.clone()));
        context
    })
}

/// `copy_context()`.
pub(super) fn copy_current(vm: &Vm) -> PyResult {
    copy(vm, &current(vm))
}

fn copy(vm: &Vm, this: &Value) -> PyResult {
    Ok(make(vm, context_of(vm, this)?.values.get()))
}

/// The context that a value is.
pub(super) fn context_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Context> {
    this.payload::<Context>()
        .ok_or_else(|| wrong_receiver(vm, "Context"))
}

fn check_key(vm: &Vm, key: &Value) -> PyResult<()> {
    if is_variable(key) {
        return Ok(());
    }
    let key = vm.repr_string(key)?;
    Err(vm.type_error(format!("a ContextVar key was expected, got {key}")))
}

/// Declaration of `Context`.
pub(super) static CONTEXT: TypeSpec = TypeSpec {
    flags: class_flag::HAS_WEAKREFS | class_flag::KEPT,
    slots: TypeSlots {
        new: Some(|vm, _, args| {
            if !args.is_empty() {
                return Err(vm.type_error("Context() does not accept any arguments"));
            }
            Ok(make(vm, None))
        }),
        hash: None,
        richcompare: Some(compare),
        iter: Some(|vm, this| {
            let keys = context_of(vm, this)?
                .entries()
                .into_iter()
                .map(|(key, _)| key);
            vm.iter(&vm.tuple_value(keys.collect::<Vec<_>>()))
        }),
        mp_length: Some(|vm, this| Ok(context_of(vm, this)?.dict().map_or(0, |dict| dict.len()))),
        mp_subscript: Some(|vm, this, key| {
            check_key(vm, key)?;
            context_of(vm, this)?
                .get(vm, key)?
                .ok_or_else(|| vm.key_error(key))
        }),
        sq_contains: Some(|vm, this, key| {
            check_key(vm, key)?;
            Ok(context_of(vm, this)?.get(vm, key)?.is_some())
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "get",
            "($self, key, default=None, /)",
            "Return the value for `key` if `key` has the value in the context object.\n\n\
             If `key` does not exist, return `default`. If `default` is not given,\n\
             return None.",
            |vm, args| {
                check_key(vm, &args[1])?;
                let found = context_of(vm, &args[0])?.get(vm, &args[1])?;
                Ok(found.unwrap_or_else(|| args[2].given().cloned().unwrap_or(Value::NONE)))
            },
        ),
        MethodDef::bound(
            "items",
            "($self, /)",
            "Return all variables and their values in the context object.\n\n\
             The result is returned as a list of 2-tuples (variable, value).",
            |vm, args| {
                let items = context_of(vm, &args[0])?.entries().into_iter();
                let items = items.map(|(key, value)| vm.tuple_value([key, value]));
                vm.list_from(items).map(Ref::into_value)
            },
        ),
        MethodDef::bound(
            "keys",
            "($self, /)",
            "Return a list of all variables in the context object.",
            |vm, args| {
                let entries = context_of(vm, &args[0])?.entries();
                vm.list_from(entries.into_iter().map(|(key, _)| key))
                    .map(Ref::into_value)
            },
        ),
        MethodDef::bound(
            "values",
            "($self, /)",
            "Return a list of all variables' values in the context object.",
            |vm, args| {
                let entries = context_of(vm, &args[0])?.entries();
                vm.list_from(entries.into_iter().map(|(_, value)| value))
                    .map(Ref::into_value)
            },
        ),
        MethodDef::bound(
            "copy",
            "($self, /)",
            "Return a shallow copy of the context object.",
            |vm, args| copy(vm, &args[0]),
        ),
        MethodDef::raw("run", "", "", run),
    ],
    ..TypeSpec::of::<Context>("_contextvars.Context")
};

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let (Some(own), Some(other)) = (a.payload::<Context>(), b.payload::<Context>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let entries = own.entries();
    let mut equal = entries.len() == other.dict().map_or(0, |dict| dict.len());
    for (key, value) in entries {
        if !equal {
            break;
        }
        equal = match other.get(vm, &key)? {
            Some(theirs) => vm.equal(&value, &theirs)?,
            None => false,
        };
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn run(vm: &Vm, args: Args<'_>) -> PyResult {
    let this = &args.values[0];
    let context = context_of(vm, this)?;
    let rest = args.skip_first();
    let [function, ..] = rest.positionals() else {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    };
    if context.entered.get() {
        let shown = vm.repr_string(this)?;
        return Err(vm.runtime_error(format!("cannot enter context: {shown} is already entered")));
    }
    context.entered.set(true);
    context
        .previous
        .set(vm.thread.context.replace(Some(this.clone())));
    let result = vm.call_args(function, rest.skip_first());
    vm.thread.context.set(context.previous.take());
    context.entered.set(false);
    result
}
