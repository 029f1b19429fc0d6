//! `defaultdict`: a dict whose first member slot holds the factory.

use runtime::Vm;
use runtime::object::{
    Args, Dict, GetSetDef, MethodDef, PyResult, TypeSlots, TypeSpec, Value, class_flag, instance,
};

use crate::native::{CLASS_GETITEM, REDUCE};

/// Declaration of `defaultdict`.
pub(super) static DEFAULT_DICT: TypeSpec = TypeSpec {
    doc: "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n\
          The default factory is called without arguments to produce\n\
          a new value when a key is not present, in __getitem__ only.\n\
          A defaultdict compares equal to a dict with the same items.\n\
          All remaining arguments are treated the same as if they were\n\
          passed to the dict constructor, including keyword arguments.",
    flags: class_flag::BASE_TYPE | class_flag::MAPPING | class_flag::MATCH_SELF,
    slots: TypeSlots {
        init: Some(init),
        repr: Some(repr),
        nb_or: Some(or),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "__missing__",
            "($self, key, /)",
            "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n  \
             if self.default_factory is None: raise KeyError((key,))\n  \
             self[key] = value = self.default_factory()\n  return value\n",
            |vm, args| {
                let Some(factory) = factory(&args[0]) else {
                    return Err(vm.key_error(&args[1]));
                };
                let value = vm.call0(&factory)?;
                vm.set_item(&args[0], &args[1], &value)?;
                Ok(value)
            },
        ),
        MethodDef::bound(
            "copy",
            "($self, /)",
            "D.copy() -> a shallow copy of D.",
            |vm, args| copy(vm, &args[0]),
        ),
        MethodDef::bound(
            "__copy__",
            "($self, /)",
            "D.copy() -> a shallow copy of D.",
            |vm, args| copy(vm, &args[0]),
        )
        .unsigned(),
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            let arguments = match factory(&args[0]) {
                Some(factory) => vm.tuple_value([factory]),
                None => vm.tuple_value([]),
            };
            let items = vm.call_method(&args[0], &vm.names.items, &[])?;
            let items = vm.iter(&items)?;
            let class = vm.class_of(&args[0]).to_value();
            Ok(vm.tuple_value([class, arguments, Value::NONE, Value::NONE, items]))
        })
        .unsigned(),
        CLASS_GETITEM,
    ],
    getset: &[GetSetDef::writable(
        "default_factory",
        "Factory for default value called by __missing__().",
        |_, this| Ok(factory(this).unwrap_or(Value::NONE)),
        |_, this, value| {
            drop(instance::replace_member(this, 0, value.cloned()));
            Ok(())
        },
    )
    .as_member()],
    ..TypeSpec::of::<Dict>("collections.defaultdict")
};

fn factory(this: &Value) -> Option<Value> {
    instance::member(this, 0).filter(|factory| !factory.is_none())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let (factory, rest) = match args.positionals() {
        [] => (Value::NONE, args),
        [factory, ..] => {
            if !factory.is_none() && vm.class_of(factory).slots().call.is_none() {
                return Err(vm.type_error("first argument must be callable or None"));
            }
            (factory.clone(), args.skip_first())
        }
    };
    drop(instance::replace_member(this, 0, Some(factory)));
    match vm.types.dict.slots().init {
        Some(init) => init(vm, this, rest),
        None => Ok(()),
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let base = match vm.types.dict.slots().repr {
        Some(repr) => repr(vm, this)?,
        None => Value::NONE,
    };
    let factory = match factory(this) {
        None => "None".to_owned(),
        // The factory may show this dict, and with it itself.
        Some(factory) => match vm.enter_repr(&factory) {
            Some(_guard) => vm.repr_string(&factory)?,
            None => "...".to_owned(),
        },
    };
    let name = vm.class_of(this).name.get().unwrap_or(Value::NONE);
    Ok(vm.str_value(&format!(
        "{}({factory}, {})",
        vm.display(&name),
        vm.display(&base)
    )))
}

fn copy(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this).to_value();
    let factory = factory(this).unwrap_or(Value::NONE);
    vm.call(&class, &[factory, this.clone()])
}

fn or(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    if a.payload::<Dict>().is_none() || b.payload::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let is_default = |v: &Value| {
        vm.class_of(v).mro().is_some_and(|mro| {
            mro.iter().any(|class| {
                class
                    .payload::<runtime::object::Class>()
                    .and_then(|class| class.spec)
                    .is_some_and(|spec| std::ptr::eq(spec, &DEFAULT_DICT))
            })
        })
    };
    let own = if is_default(a) { a } else { b };
    let class = vm.class_of(own).to_value();
    let new = vm.call(&class, &[factory(own).unwrap_or(Value::NONE), a.clone()])?;
    vm.call_method(&new, &vm.names.update, std::slice::from_ref(b))?;
    Ok(new)
}
