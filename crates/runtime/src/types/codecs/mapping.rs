//! `charmap_encode` and `charmap_decode`: single-byte encodings whose table is a Python object.

use std::cell::RefCell;

use super::decode::Decoder;
use super::encode::Encoder;
use crate::object::{Bytes, PyResult, Raised, Str, Value};
use crate::vm::Vm;

const UNDEFINED: &str = "character maps to <undefined>";

/// The character that stands for none in a table.
const NONE: u32 = 0xFFFE;

/// `mapping[key]`; None where the mapping has nothing for the key.
fn look_up(vm: &Vm, mapping: &Value, key: u32) -> PyResult<Option<Value>> {
    match vm.get_item(mapping, &vm.int(key.into())) {
        Ok(found) => Ok((!found.is_none()).then_some(found)),
        Err(raised) => {
            vm.catch(raised, &vm.types.exceptions.lookup_error)?;
            Ok(None)
        }
    }
}

/// The characters of a byte.
fn characters(vm: &Vm, mapping: &Value, byte: u8) -> PyResult<Option<Vec<u32>>> {
    if vm.class_of(mapping).is(&vm.types.str)
        && let Some(table) = mapping.payload::<Str>()
    {
        let c = table.iter().nth(byte.into());
        return Ok(c.filter(|&c| c != NONE).map(|c| vec![c]));
    }
    let Some(found) = look_up(vm, mapping, byte.into())? else {
        return Ok(None);
    };
    let characters = if let Some(text) = found.payload::<Str>() {
        text.iter().collect()
    } else if vm.is_instance_of(&found, &vm.types.int) {
        match u32::try_from(vm.arg_long(&found)?) {
            Ok(c @ 0..0x11_0000) => vec![c],
            _ => return Err(vm.type_error("character mapping must be in range(0x110000)")),
        }
    } else {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    };
    Ok((characters != [NONE]).then_some(characters))
}

/// Decodes by a mapping of bytes to characters.
pub(super) fn decode(decoder: &mut Decoder<'_>, mapping: &Value, start: usize) -> PyResult<usize> {
    let mut at = start;
    while let Some(&byte) = decoder.input.get(at) {
        match characters(decoder.vm, mapping, byte)? {
            Some(characters) => {
                characters.into_iter().for_each(|c| decoder.out.push(c));
                at += 1;
            }
            None => at = decoder.error(at, at + 1, UNDEFINED)?,
        }
    }
    Ok(at)
}

/// The bytes of a character.
fn bytes(vm: &Vm, mapping: &Value, c: u32) -> PyResult<Option<Vec<u8>>> {
    let Some(found) = look_up(vm, mapping, c)? else {
        return Ok(None);
    };
    if let Some(bytes) = found.payload::<Bytes>() {
        return Ok(Some(bytes.to_vec()));
    }
    if vm.is_instance_of(&found, &vm.types.int) {
        return match u8::try_from(vm.arg_long(&found)?) {
            Ok(byte) => Ok(Some(vec![byte])),
            Err(_) => Err(vm.type_error("character mapping must be in range(256)")),
        };
    }
    Err(vm.type_error(format!(
        "character mapping must return integer, bytes or None, not {}",
        vm.class_name(&found)
    )))
}

/// Encodes by a mapping of characters to bytes.
pub(super) fn encode(encoder: &mut Encoder<'_>, mapping: &Value) -> PyResult<()> {
    let vm = encoder.vm;
    let failed: RefCell<Option<Raised>> = RefCell::new(None);
    let put = |c: u32, out: &mut Vec<u8>| match bytes(vm, mapping, c) {
        Ok(Some(bytes)) => {
            out.extend(bytes);
            true
        }
        Ok(None) => false,
        Err(raised) => {
            *failed.borrow_mut() = Some(raised);
            true
        }
    };
    let len = encoder.text.len();
    let mut at = 0;
    while at < len {
        if let Some(bytes) = bytes(vm, mapping, encoder.text.at(at))? {
            encoder.out.extend(bytes);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < len && bytes(vm, mapping, encoder.text.at(end))?.is_none() {
            end += 1;
        }
        at = encoder.error(at, end, UNDEFINED, 1, put)?;
        if let Some(raised) = failed.borrow_mut().take() {
            return Err(raised);
        }
    }
    Ok(())
}

/// `codecs.charmap_build(table)`: the bytes of the characters of a table of up to 256.
pub fn build(vm: &Vm, table: &Str) -> PyResult {
    let bytes = vm.dict();
    for (byte, c) in table.iter().take(256).enumerate() {
        if c != NONE {
            bytes.insert(vm, &vm.int(c.into()), vm.int_usize(byte))?;
        }
    }
    Ok(bytes.into_value())
}
