//! `translate` and `maketrans`.

use super::search::named_str;
use super::this;
use crate::object::{Dict, PyResult, Str, StrBuilder, Value};
use crate::vm::Vm;

/// What a translation table says about a character.
enum Translation {
    Keep,
    Delete,
    Char(u32),
    Text(Value),
}

fn look_up(vm: &Vm, table: &Value, c: u32) -> PyResult<Translation> {
    let found = match vm.get_item(table, &Value::small_int(c.into())) {
        Ok(found) => found,
        Err(raised) => {
            let _ = vm.catch(raised, &vm.types.exceptions.lookup_error)?;
            return Ok(Translation::Keep);
        }
    };
    if found.is_none() {
        return Ok(Translation::Delete);
    }
    if found.payload::<Str>().is_some() {
        return Ok(Translation::Text(found));
    }
    if !vm.is_instance_of(&found, &vm.types.int) {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    }
    match vm.index_clamped(&found)? {
        c @ 0..=0x10_FFFF => Ok(Translation::Char(c as u32)),
        _ => Err(vm.value_error("character mapping must be in range(0x110000)")),
    }
}

/// `str.translate(table)`
pub fn translate(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let table = &args[1];
    let mut out = StrBuilder::with_capacity(s.len());
    // As in CPython each ASCII character of an ASCII text is looked up once; 255 is not known
    // yet, 254 is deleted.
    let mut known = [255u8; 128];
    for c in s.iter() {
        if s.is_ascii() && known[c as usize & 127] != 255 {
            match known[c as usize & 127] {
                254 => {}
                mapped => out.push(mapped.into()),
            }
            continue;
        }
        let simple = match look_up(vm, table, c)? {
            Translation::Keep => {
                out.push(c);
                Some(c)
            }
            Translation::Delete => Some(254),
            Translation::Char(mapped) => {
                out.push(mapped);
                Some(mapped).filter(|&m| m < 128)
            }
            Translation::Text(text) => {
                let text = text.payload::<Str>();
                text.iter().for_each(|text| out.push_object(text));
                text.filter(|t| t.len() == 1 && t.is_ascii())
                    .map(|t| t.at(0))
            }
        };
        if s.is_ascii()
            && let Some(simple) = simple
        {
            known[c as usize & 127] = simple as u8;
        }
    }
    out.finish_value(vm)
}

/// `str.maketrans(x, y, z)`
pub fn maketrans(vm: &Vm, args: &[Value]) -> PyResult {
    let (x, y, z) = (&args[0], &args[1], &args[2]);
    let table = vm.dict();
    let Some(y) = y.given() else {
        let Some(given) = x
            .payload::<Dict>()
            .filter(|_| vm.class_of(x).is(&vm.types.dict))
        else {
            return Err(
                vm.type_error("if you give only one argument to maketrans it must be a dict")
            );
        };
        let mut place = 0;
        while let Some((key, value)) = given.next(&mut place) {
            let key = match key.payload::<Str>() {
                Some(text) if text.len() == 1 => Value::small_int(text.at(0).into()),
                Some(_) => {
                    return Err(
                        vm.value_error("string keys in translate table must be of length 1")
                    );
                }
                None if vm.is_instance_of(&key, &vm.types.int) => key,
                None => {
                    return Err(
                        vm.type_error("keys in translate table must be strings or integers")
                    );
                }
            };
            table.insert(vm, &key, value)?;
        }
        return Ok(table.into_value());
    };
    let y = named_str(vm, "maketrans() argument 2", y)?;
    let z = z
        .given()
        .map(|z| named_str(vm, "maketrans() argument 3", z))
        .transpose()?;
    let Some(x) = x.payload::<Str>() else {
        return Err(vm.type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    };
    if x.len() != y.len() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in x.iter().zip(y.iter()) {
        let to = Value::small_int(to.into());
        table.insert(vm, &Value::small_int(from.into()), to)?;
    }
    for gone in z.iter().flat_map(|z| z.iter()) {
        table.insert(vm, &Value::small_int(gone.into()), Value::NONE)?;
    }
    Ok(table.into_value())
}
