//! "Did you mean": the name most like a misspelt one.

use crate::object::{Dict, List, Str, Value};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
/// Names longer than this are not compared.
const MAX_LEN: usize = 40;
/// Where more candidates exist, nothing is suggested.
const MAX_CANDIDATES: usize = 750;

/// What follows the message of a `NameError`, `AttributeError` or `ImportError`.
pub(super) fn suggestion(vm: &Vm, exception: &Value) -> Option<String> {
    let types = &vm.types.exceptions;
    let class = vm.class_of(exception);
    if class.is(&types.attribute_error) {
        let (object, name) = (field(vm, exception, "obj")?, field(vm, exception, "name")?);
        let candidates = vm.quietly(vm.call1(&vm.quietly(vm.builtin("dir"))?, &object))?;
        let best = closest(&candidates, &text(&name)?)?;
        return Some(format!(". Did you mean: '{best}'?"));
    }
    if class.is(&types.import_error) {
        let from = field(vm, exception, "name_from")?;
        let module = field(vm, exception, "name")?;
        let modules = vm.interp.modules.get()?;
        let module = vm.quietly(modules.payload::<Dict>()?.get(vm, &module))??;
        let candidates = vm.quietly(vm.call1(&vm.quietly(vm.builtin("dir"))?, &module))?;
        let best = closest(&candidates, &text(&from)?)?;
        return Some(format!(". Did you mean: '{best}'?"));
    }
    if class.is(&types.name_error) {
        return for_name(vm, exception);
    }
    None
}

fn field(vm: &Vm, exception: &Value, name: &str) -> Option<Value> {
    vm.quiet_attr(exception, name).filter(|v| !v.is_none())
}

fn text(name: &Value) -> Option<String> {
    name.payload::<Str>().map(|s| s.to_display().into_owned())
}

/// Locals, then globals, then builtins of the innermost frame; a module of the library.
fn for_name(vm: &Vm, exception: &Value) -> Option<String> {
    let name = text(&field(vm, exception, "name")?)?;
    let mut traceback = exception.payload::<Exception>()?.traceback.get()?;
    while let Some(next) = vm
        .quiet_attr(&traceback, "tb_next")
        .filter(|t| !t.is_none())
    {
        traceback = next;
    }
    let frame = vm.quiet_attr(&traceback, "tb_frame")?;
    let code = vm.quiet_attr(&frame, "f_code")?;
    let locals = vm.quiet_attr(&code, "co_varnames")?;
    let locals = vm.quietly(vm.collect(&locals))?;
    let found = instance_attribute(vm, &frame, &name)
        .or_else(|| best_of(&locals, &name))
        .or_else(|| best_in_dict(vm, &frame, "f_globals", &name))
        .or_else(|| best_in_dict(vm, &frame, "f_builtins", &name));
    let forgotten = is_library_module(vm, &name).then(|| format!("forget to import '{name}'"));
    match (found, forgotten) {
        (Some(found), Some(forgotten)) => {
            Some(format!(". Did you mean: '{found}'? Or did you {forgotten}"))
        }
        (Some(found), None) => Some(format!(". Did you mean: '{found}'")),
        (None, Some(forgotten)) => Some(format!(". Did you {forgotten}")),
        (None, None) => None,
    }
    .map(|hint| hint + "?")
}

/// `self.name` where the method's first argument has an attribute of that name.
fn instance_attribute(vm: &Vm, frame: &Value, name: &str) -> Option<String> {
    let locals = vm.quiet_attr(frame, "f_locals")?;
    let this = vm.quietly(locals.payload::<Dict>()?.get(vm, &vm.intern("self")))??;
    vm.quiet_attr(&this, name)?;
    Some(format!("self.{name}"))
}

fn best_in_dict(vm: &Vm, frame: &Value, attribute: &str, name: &str) -> Option<String> {
    let dict = vm.quiet_attr(frame, attribute)?;
    best_of(&dict.payload::<Dict>()?.keys_to_vec(), name)
}

fn is_library_module(vm: &Vm, name: &str) -> bool {
    vm.sys_attribute("stdlib_module_names")
        .and_then(|names| vm.quietly(vm.contains(&names, &vm.intern(name))))
        .unwrap_or(false)
}

fn closest(candidates: &Value, name: &str) -> Option<String> {
    best_of(&candidates.payload::<List>()?.to_vec(), name)
}

fn best_of(candidates: &[Value], name: &str) -> Option<String> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let mut limit = usize::MAX;
    let mut best = None;
    for candidate in candidates {
        let Some(candidate) = text(candidate) else {
            continue;
        };
        if candidate == name {
            continue;
        }
        // No more than a third of the characters may need a change.
        let allowed = (candidate.chars().count() + name.chars().count() + 3) * MOVE_COST / 6;
        let distance = distance(name, &candidate, allowed.min(limit.saturating_sub(1)));
        if let Some(distance) = distance
            && distance < limit
        {
            limit = distance;
            best = Some(candidate);
        }
    }
    best
}

fn substitution_cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// Levenshtein's distance with cheap changes of case, unless it exceeds `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a == b {
        return Some(0);
    }
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return Some((a.len() + b.len()) * MOVE_COST).filter(|d| *d <= limit);
    }
    if a.len() > MAX_LEN || b.len() > MAX_LEN {
        return None;
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if (b.len() - a.len()) * MOVE_COST > limit {
        return None;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE_COST).collect();
    let mut result = 0;
    for (i, &y) in b.iter().enumerate() {
        let mut diagonal = i * MOVE_COST;
        result = diagonal;
        let mut minimum = usize::MAX;
        for (place, &x) in row.iter_mut().zip(a) {
            let substitute = diagonal + substitution_cost(y, x);
            diagonal = *place;
            let insert_delete = result.min(diagonal) + MOVE_COST;
            result = insert_delete.min(substitute);
            *place = result;
            minimum = minimum.min(result);
        }
        if minimum > limit {
            return None;
        }
    }
    Some(result).filter(|d| *d <= limit)
}
