//! `ouro.explain(obj)`.

use std::fmt::Write;

use runtime::Vm;
use runtime::object::graph::{Chain, Explanation, RootName};
use runtime::object::labels::Label;
use runtime::object::{
    Class, Dict, GetSetDef, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag,
};
use runtime::types::module::Module;
use runtime::vm::function::Function;

use super::report::{self, Report, shown};

/// The class.
static EXPLANATION: TypeSpec = TypeSpec {
    doc: "What keeps an object alive.\n\nstr() shows it; the attributes have it as data.",
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        str: Some(report::text),
        ..TypeSlots::EMPTY
    },
    getset: &[
        shown!("object", "the object in words"),
        shown!("references", "the reference count, None if immortal"),
        shown!("chains", "a dict for each reference found"),
        shown!("paths", "the chains as expressions"),
        shown!("cycle", "the way back to the object, or None"),
        GetSetDef::read_only("data", "everything as a dict", report::data),
    ],
    ..TypeSpec::of::<Report>("ouro.Explanation")
};

/// One step of a chain: how the holder names it, and what it is.
struct Step {
    label: Label,
    what: String,
    id: u64,
}

/// A chain in words.
struct Told {
    root: String,
    path: String,
    steps: Vec<Step>,
}

/// `ouro.explain(obj, limit=10)`
pub fn explain(vm: &Vm, args: &[Value]) -> PyResult {
    let value = &args[1];
    let limit = match args[2].given() {
        Some(limit) => usize::try_from(vm.arg_ssize(limit)?)
            .map_err(|_| vm.value_error("limit must be non-negative"))?,
        None => 10,
    };
    let references = vm.reference_count(value);
    // Of the immediate values only numbers are worth a search.
    let is_constant = value.as_small_float().is_none()
        && value
            .as_small_int()
            .is_none_or(|number| (-5..=256).contains(&number));
    let limit = if !value.is_heap() && is_constant {
        0
    } else {
        limit
    };
    let found = vm.explain(value, limit);
    let told: Vec<Told> = found.chains.iter().map(|chain| tell(vm, chain)).collect();
    let cycle = found
        .cycle
        .as_ref()
        .map(|objects| cycle_path(vm, value, objects));
    let text = text(
        vm,
        value,
        references,
        limit,
        &found,
        &told,
        cycle.as_deref(),
    );
    drop(found);
    let data = data(vm, value, references, &told, cycle.as_deref())?;
    Ok(report::make(vm, &EXPLANATION, &text, data))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let object = vm.display(&report::item(vm, this, "object")?);
    let chains = vm.len(&report::item(vm, this, "chains")?)?;
    Ok(vm.str_value(&format!("<ouro.Explanation: {object}, {chains} chains>")))
}

/// A chain as an expression and step by step.
fn tell(vm: &Vm, chain: &Chain) -> Told {
    let root = root_text(&chain.root);
    let mut path = root_path(&chain.root);
    let mut steps = Vec::new();
    // A namespace's keys are attributes of what it belongs to.
    let mut in_namespace = matches!(chain.root, RootName::Namespace(_))
        || matches!(chain.root, RootName::Frame("the namespace", ..));
    for (index, pair) in chain.objects.windows(2).enumerate() {
        let [holder, referent] = pair else { continue };
        let label = vm.label_of(holder, referent);
        let behind = chain.objects.get(index + 2);
        let is_namespace = namespace_of(holder, referent) && behind.is_some();
        let closure = index.checked_sub(1).and_then(|i| chain.objects.get(i));
        match &label {
            _ if is_namespace => {}
            Label::Item(key) if in_namespace => {
                let name = key.trim_matches('\'');
                let is_root = index == 0;
                let dot = if is_root && path.is_empty() { "" } else { "." };
                let _ = write!(path, "{dot}{name}");
            }
            Label::Item(key) => match closure.and_then(|f| vm.free_variable(f, referent)) {
                Some(name) => {
                    let _ = write!(path, "[{key}] (free variable `{name}`)");
                }
                None => {
                    let _ = write!(path, "[{key}]");
                }
            },
            Label::Attribute(name) => {
                let _ = write!(path, ".{name}");
            }
            Label::Words(words) => {
                let _ = write!(path, " → {words}");
            }
        }
        steps.push(Step {
            label,
            what: vm.describe(referent),
            id: vm.id(referent),
        });
        in_namespace = is_namespace;
    }
    Told { root, path, steps }
}

/// True if the referent is the namespace dict of a module, class, function's module or instance.
fn namespace_of(holder: &Value, referent: &Value) -> bool {
    if referent.payload::<Dict>().is_none() {
        return false;
    }
    if let Some(module) = holder.payload::<Module>() {
        return module.dict.as_value().is(referent);
    }
    if let Some(class) = holder.payload::<Class>() {
        return class.dict.as_value().is(referent);
    }
    if holder.payload::<Function>().is_some() {
        return false;
    }
    runtime::object::instance::materialised(holder).is_some_and(|d| d.as_value().is(referent))
}

fn root_text(root: &RootName) -> String {
    match root {
        RootName::Namespace(name) | RootName::Module(name) => format!("module {name}"),
        RootName::Local(name, function, line) => {
            format!("local `{name}` of {function} line {line}")
        }
        RootName::Operand(function, line) => format!("a temporary value of {function} line {line}"),
        RootName::Frame(what, function, line) => format!("{what} of {function} line {line}"),
        RootName::Interpreter(what) => (*what).to_owned(),
    }
}

fn root_path(root: &RootName) -> String {
    match root {
        RootName::Namespace(name) | RootName::Module(name) => name.clone(),
        RootName::Interpreter(name) => format!("<{name}>"),
        other => format!("<{}>", root_text(other)),
    }
}

fn cycle_path(vm: &Vm, value: &Value, objects: &[Value]) -> String {
    let mut all = vec![value.clone()];
    all.extend(objects.iter().cloned());
    all.push(value.clone());
    let mut path = String::from("it");
    for pair in all.windows(2) {
        let [holder, referent] = pair else { continue };
        let _ = match vm.label_of(holder, referent) {
            Label::Attribute(name) => write!(path, ".{name}"),
            Label::Item(key) => write!(path, "[{key}]"),
            Label::Words(words) => write!(path, " → {words}"),
        };
    }
    path
}

fn text(
    vm: &Vm,
    value: &Value,
    references: Option<u32>,
    limit: usize,
    found: &Explanation,
    told: &[Told],
    cycle: Option<&str>,
) -> String {
    let mut text = if value.is_heap() {
        vm.describe(value)
    } else {
        vm.safe_repr(value)
    };
    // Writing to a string cannot fail.
    let _ = match references {
        // The reference of the call itself is not the object's own affair.
        Some(count) => writeln!(text, ": {} references", count.saturating_sub(1)),
        None if value.is_heap() => writeln!(text, ": immortal, never released"),
        None => writeln!(
            text,
            ": an immediate value, no object: nothing has to keep it alive"
        ),
    };
    for (index, chain) in told.iter().enumerate() {
        let _ = writeln!(text, "{}. {}", index + 1, chain.path);
        let _ = writeln!(text, "     {}", chain.root);
        for step in &chain.steps {
            let label = match &step.label {
                Label::Attribute(name) => format!(".{name}"),
                Label::Item(key) => format!("[{key}]"),
                Label::Words(words) => words.clone(),
            };
            let _ = writeln!(text, "     → {label}: {}", step.what);
        }
    }
    if found.more > 0 && !told.is_empty() {
        let _ = writeln!(text, "and {} more", found.more);
    }
    if limit == 0 && value.is_heap() {
        text.push_str("no chain was asked for\n");
    } else if told.is_empty() && value.is_heap() {
        text.push_str("no root reaches it: it lives until this call ends");
        text.push_str(match cycle {
            Some(_) => ", or a collection finds its cycle\n",
            None => "\n",
        });
    }
    if let Some(cycle) = cycle {
        let _ = writeln!(text, "it is part of a cycle: {cycle} is it");
    }
    text
}

fn data(
    vm: &Vm,
    value: &Value,
    references: Option<u32>,
    told: &[Told],
    cycle: Option<&str>,
) -> PyResult<Ref<Dict>> {
    let data = vm.dict();
    let what = if value.is_heap() {
        vm.describe(value)
    } else {
        vm.safe_repr(value)
    };
    vm.define(&data, "object", vm.str_value(&what))?;
    let count = references.map_or(Value::NONE, |n| vm.int(i64::from(n.saturating_sub(1))));
    vm.define(&data, "references", count)?;
    let mut chains = Vec::new();
    for chain in told {
        let shown = vm.dict();
        vm.define(&shown, "root", vm.str_value(&chain.root))?;
        vm.define(&shown, "path", vm.str_value(&chain.path))?;
        let steps = chain.steps.iter().map(|step| {
            let (how, label) = match &step.label {
                Label::Attribute(name) => ("attribute", name),
                Label::Item(key) => ("item", key),
                Label::Words(words) => ("other", words),
            };
            vm.tuple_value([
                vm.str_value(how),
                vm.str_value(label),
                vm.str_value(&step.what),
                vm.int_u64(step.id),
            ])
        });
        vm.define(
            &shown,
            "steps",
            vm.list_from(steps.collect::<Vec<_>>())?.into_value(),
        )?;
        chains.push(shown.into_value());
    }
    vm.define(&data, "chains", vm.list_from(chains)?.into_value())?;
    let paths: Vec<Value> = told.iter().map(|chain| vm.str_value(&chain.path)).collect();
    vm.define(&data, "paths", vm.list_from(paths)?.into_value())?;
    let cycle = cycle.map_or(Value::NONE, |cycle| vm.str_value(cycle));
    vm.define(&data, "cycle", cycle)?;
    Ok(data)
}
