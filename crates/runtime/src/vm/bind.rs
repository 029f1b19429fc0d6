//! Binding the arguments of a call to a Python function's parameters (language reference 6.3.4).
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use bytecode::CodeFlags;

use super::code::Code;
use super::function::Function;
use super::instr::Sp;
use super::ops::macros::read_word;
use super::state::Vm;
use crate::object::{Dict, Object, PyResult, Raised, Tuple, Value};

/// Binds `given` values that lie at `first` (the last of them named by `names`) and leaves all the
/// function's variables there instead.  The values are consumed in any case.
///
/// # Safety
/// The words are owned; there is room for the function's variables.
#[inline(never)]
pub unsafe fn bind(
    vm: &Vm,
    function: &Object<Function>,
    code: &Code,
    first: Sp,
    given: usize,
    names: Option<&Tuple>,
) -> PyResult<()> {
    let function = function.payload();
    // SAFETY: by the caller's word.
    if unsafe { bind_in_place(vm, function, code, first, given, names) } {
        return Ok(());
    }
    // SAFETY: the words are owned and move into the vector.
    let values: Vec<Value> = (0..given)
        .map(|i| unsafe { Value::from_word(*first.add(i)) })
        .collect();
    let mut locals: Vec<Option<Value>> = Vec::new();
    locals.resize_with(code.localsplus, || None);
    fill(
        vm,
        function,
        code,
        values,
        names.map_or(&[], |n| n.as_slice()),
        &mut locals,
    )?;
    for (i, local) in locals.into_iter().enumerate() {
        // SAFETY: there is room for all variables.
        unsafe { *first.add(i) = local.map_or(0, Value::into_word) };
    }
    Ok(())
}

/// Most keywords of a call that is bound in place.
const MOST_KEYWORDS: usize = 16;

/// The place of a keyword that goes to the dict of all others.
const NOWHERE: u8 = u8::MAX;

/// Binds the values where they lie if everything fits; otherwise touches nothing and says false.
unsafe fn bind_in_place(
    vm: &Vm,
    function: &Function,
    code: &Code,
    first: Sp,
    given: usize,
    names: Option<&Tuple>,
) -> bool {
    let names: &[Value] = names.map_or(&[], |n| n.as_slice());
    let data = &code.data;
    let argcount = code.argcount;
    let named = argcount + data.kwonlyargcount as usize;
    let has_varargs = data.flags.has(CodeFlags::VARARGS);
    let has_varkeywords = data.flags.has(CodeFlags::VARKEYWORDS);
    let positional = given - names.len();
    if named > 64 || names.len() > MOST_KEYWORDS || positional > argcount && !has_varargs {
        return false;
    }
    let mut bound: u64 = if positional.min(argcount) == 64 {
        u64::MAX
    } else {
        (1 << positional.min(argcount)) - 1
    };
    // Where the keywords go.
    let mut places = [NOWHERE; MOST_KEYWORDS];
    let posonly = data.posonlyargcount as usize;
    let parameters = &code.local_names[posonly..named];
    for (name, place) in names.iter().zip(&mut places) {
        match parameters.iter().position(|p| p.is(name)) {
            Some(at) if bound >> (at + posonly) & 1 == 0 => {
                *place = (at + posonly) as u8;
                bound |= 1 << (at + posonly);
            }
            None if has_varkeywords && is_interned(name) => {}
            _ => return false,
        }
    }
    let defaults = function.defaults.peek().and_then(Value::payload::<Tuple>);
    let defaults: &[Value] = defaults.map_or(&[], |d| d.as_slice());
    let missing =
        (positional..argcount).any(|p| bound >> p & 1 == 0 && p + defaults.len() < argcount);
    if missing {
        return false;
    }
    let kwdefaults = function.kwdefaults.peek().and_then(Value::payload::<Dict>);
    for place in argcount..named {
        if bound >> place & 1 == 0
            && kwdefaults.is_none_or(|d| d.word_of_plain(vm, &code.local_names[place]) == 0)
        {
            return false;
        }
    }
    // SAFETY: the values are owned words; each is moved once, and there is room for all variables.
    unsafe {
        let mut others = None;
        if has_varkeywords {
            let dict = vm.dict();
            for (i, name) in names.iter().enumerate() {
                if places[i] == NOWHERE {
                    let value = Value::from_slot(&*first.add(positional + i)).clone();
                    if !matches!(dict.insert(vm, name, value), Ok(None)) {
                        return false;
                    }
                }
            }
            others = Some(dict.into_value());
        }
        let mut stash = [const { MaybeUninit::<u64>::uninit() }; MOST_KEYWORDS];
        for (i, word) in stash.iter_mut().enumerate().take(names.len()) {
            word.write(read_word(first.add(positional + i)));
        }
        let mut rest = None;
        if has_varargs {
            let more = argcount.min(positional)..positional;
            rest = Some(vm.tuple_value(more.map(|p| Value::from_word(read_word(first.add(p))))));
        }
        let from = positional.min(argcount);
        let mut local = first.add(from);
        let end = first.add(code.localsplus);
        while local < end {
            *local = 0;
            local = local.add(1);
        }
        for (i, word) in stash.iter().enumerate().take(names.len()) {
            let word = word.assume_init_read();
            if places[i] == NOWHERE {
                // The dict counted it.
                drop(Value::from_word(word));
            } else {
                *first.add(usize::from(places[i])) = word;
            }
        }
        for place in from..argcount {
            if bound >> place & 1 == 0 {
                let default = &defaults[place + defaults.len() - argcount];
                *first.add(place) = default.clone().into_word();
            }
        }
        for place in argcount..named {
            if bound >> place & 1 == 0
                && let Some(defaults) = kwdefaults
            {
                let word = defaults.word_of_plain(vm, &code.local_names[place]);
                *first.add(place) = Value::from_slot(&word).clone().into_word();
            }
        }
        if let Some(rest) = rest {
            *first.add(named) = rest.into_word();
        }
        if let Some(others) = others {
            *first.add(named + usize::from(has_varargs)) = others.into_word();
        }
    }
    true
}

/// True if the name is the one string object with its text.
fn is_interned(name: &Value) -> bool {
    name.as_object::<crate::object::Str>()
        .is_some_and(|s| s.header().has(crate::object::str::INTERNED))
}

fn fill(
    vm: &Vm,
    function: &Function,
    code: &Code,
    mut values: Vec<Value>,
    names: &[Value],
    locals: &mut [Option<Value>],
) -> PyResult<()> {
    let data = &code.data;
    let argcount = code.argcount;
    let kwonly = data.kwonlyargcount as usize;
    let has_varargs = data.flags.has(CodeFlags::VARARGS);
    let has_varkeywords = data.flags.has(CodeFlags::VARKEYWORDS);
    let keyword_values = values.split_off(values.len() - names.len());
    let positional = values.len();
    let mut values = values.into_iter();
    for local in locals.iter_mut().take(argcount.min(positional)) {
        *local = values.next();
    }
    if has_varargs {
        locals[argcount + kwonly] = Some(vm.tuple_value(values.by_ref().collect::<Vec<_>>()));
    }
    let keywords = has_varkeywords.then(|| vm.dict());
    let parameters = &code.local_names[..argcount + kwonly];
    let posonly = data.posonlyargcount as usize;
    for (i, (name, value)) in names.iter().zip(keyword_values).enumerate() {
        let place = match parameters[posonly..].iter().position(|p| p.is(name)) {
            Some(place) => Some(place),
            None => find_equal(vm, &parameters[posonly..], name),
        };
        match (place.map(|p| p + posonly), &keywords) {
            (Some(place), _) => {
                if locals[place].is_some() {
                    return Err(vm.type_error(format!(
                        "{}() got multiple values for argument '{}'",
                        vm.function_name(function),
                        vm.display(name)
                    )));
                }
                locals[place] = Some(value);
            }
            (None, Some(keywords)) => {
                keywords.insert(vm, name, value)?;
            }
            (None, None) => return Err(unexpected_keyword(vm, function, code, names, i)),
        }
    }
    if positional > argcount && !has_varargs {
        return Err(too_many(vm, function, code, positional, locals));
    }
    if positional < argcount {
        let defaults = function.defaults.get();
        let defaults = defaults.as_ref().and_then(Value::payload::<Tuple>);
        let defaults: &[Value] = defaults.map_or(&[], |d| d.as_slice());
        let required = argcount.saturating_sub(defaults.len());
        if locals[..required].iter().any(Option::is_none) {
            return Err(missing(
                vm,
                function,
                code,
                0..required,
                "positional",
                locals,
            ));
        }
        let skip = defaults.len().saturating_sub(argcount);
        for (local, default) in locals[required..argcount].iter_mut().zip(&defaults[skip..]) {
            if local.is_none() {
                *local = Some(default.clone());
            }
        }
    }
    if kwonly > 0 {
        let defaults = function.kwdefaults.get();
        let defaults = defaults.as_ref().and_then(Value::payload::<Dict>);
        let mut any_missing = false;
        for (place, local) in locals.iter_mut().enumerate().skip(argcount).take(kwonly) {
            if local.is_none() {
                let default = match defaults {
                    Some(defaults) => defaults.get(vm, &code.local_names[place])?,
                    None => None,
                };
                any_missing |= default.is_none();
                *local = default;
            }
        }
        if any_missing {
            let range = argcount..argcount + kwonly;
            return Err(missing(vm, function, code, range, "keyword-only", locals));
        }
    }
    if let Some(keywords) = keywords {
        locals[argcount + kwonly + usize::from(has_varargs)] = Some(keywords.into_value());
    }
    Ok(())
}

/// A keyword that is not the interned name itself but equal to it.
fn find_equal(vm: &Vm, parameters: &[Value], name: &Value) -> Option<usize> {
    let name = name.as_ref_to::<crate::object::Str>()?;
    let _ = vm;
    parameters.iter().position(|p| {
        p.payload::<crate::object::Str>()
            .is_some_and(|p| p.equals(name))
    })
}

#[cold]
fn unexpected_keyword(
    vm: &Vm,
    function: &Function,
    code: &Code,
    names: &[Value],
    at: usize,
) -> Raised {
    let name = vm.function_name(function);
    let posonly = &code.local_names[..code.data.posonlyargcount as usize];
    let wrong: Vec<String> = posonly
        .iter()
        .filter(|p| {
            names
                .iter()
                .any(|n| find_equal(vm, std::slice::from_ref(p), n).is_some())
        })
        .map(|p| vm.display(p))
        .collect();
    if wrong.is_empty() {
        vm.type_error(format!(
            "{name}() got an unexpected keyword argument '{}'",
            vm.display(&names[at])
        ))
    } else {
        vm.type_error(format!(
            "{name}() got some positional-only arguments passed as keyword arguments: '{}'",
            wrong.join(", ")
        ))
    }
}

#[cold]
fn too_many(
    vm: &Vm,
    function: &Function,
    code: &Code,
    given: usize,
    locals: &[Option<Value>],
) -> Raised {
    let argcount = code.argcount;
    let kwonly = code.data.kwonlyargcount as usize;
    let defaults = function
        .defaults
        .get()
        .and_then(|d| d.payload::<Tuple>().map(|d| d.len()))
        .unwrap_or(0);
    let (plural, takes) = if defaults > 0 {
        (
            true,
            format!("from {} to {argcount}", argcount - defaults.min(argcount)),
        )
    } else {
        (argcount != 1, argcount.to_string())
    };
    let kwonly_given = locals[argcount..argcount + kwonly]
        .iter()
        .filter(|l| l.is_some())
        .count();
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let extra = if kwonly_given > 0 {
        format!(
            " positional argument{} (and {kwonly_given} keyword-only argument{})",
            s(given),
            s(kwonly_given)
        )
    } else {
        String::new()
    };
    let was = if given == 1 && kwonly_given == 0 {
        "was"
    } else {
        "were"
    };
    vm.type_error(format!(
        "{}() takes {takes} positional argument{} but {given}{extra} {was} given",
        vm.function_name(function),
        if plural { "s" } else { "" }
    ))
}

#[cold]
fn missing(
    vm: &Vm,
    function: &Function,
    code: &Code,
    range: std::ops::Range<usize>,
    kind: &str,
    locals: &[Option<Value>],
) -> Raised {
    let names: Vec<String> = range
        .filter(|&i| locals[i].is_none())
        .map(|i| format!("'{}'", vm.display(&code.local_names[i])))
        .collect();
    let list = match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
    };
    vm.type_error(format!(
        "{}() missing {} required {kind} argument{}: {list}",
        vm.function_name(function),
        names.len(),
        if names.len() == 1 { "" } else { "s" }
    ))
}
