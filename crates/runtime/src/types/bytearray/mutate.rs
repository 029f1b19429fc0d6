//! The methods that change a `bytearray`, and those only it has.

use super::this;
use crate::object::bytearray::ByteVec;
use crate::object::{ByteArray, PyResult, Ref, Value};
use crate::types::bytes::{byte_value, construct, operators, with_this};
use crate::vm::Vm;

/// Adds bytes at the end; none change no size, which an export allows.
fn push_all(vm: &Vm, array: &ByteArray, bytes: &[u8]) -> PyResult<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    array.resize_check(vm)?;
    array
        .update(|all| all.try_extend_from_slice(bytes))
        .map_err(|_| vm.memory_error())
}

/// `bytearray.append(item)`
pub fn append(vm: &Vm, args: &[Value]) -> PyResult {
    let byte = byte_value(vm, &args[1], "byte")?;
    push_all(vm, this(vm, &args[0])?, &[byte])?;
    Ok(Value::NONE)
}

/// `bytearray.extend(iterable_of_ints)`
pub fn extend(vm: &Vm, args: &[Value]) -> PyResult {
    let array = this(vm, &args[0])?;
    let bytes = if vm.has_buffer(&args[1]) {
        vm.copied_bytes(&args[1])?
    } else {
        let iterator = vm.iter(&args[1]).or_else(|raised| {
            let _ = vm.catch(raised, &vm.types.exceptions.type_error)?;
            Err(vm.type_error(format!(
                "can't extend bytearray with {}",
                vm.class_name(&args[1])
            )))
        })?;
        vm.length_hint(&args[1], 32)?;
        construct::from_iterable(vm, &iterator, "byte")?
    };
    push_all(vm, array, &bytes)?;
    Ok(Value::NONE)
}

/// `bytearray.insert(index, item)`
pub fn insert(vm: &Vm, args: &[Value]) -> PyResult {
    let index = vm.arg_ssize(&args[1])?;
    let byte = byte_value(vm, &args[2], "byte")?;
    let array = this(vm, &args[0])?;
    array.resize_check(vm)?;
    let len = array.len() as isize;
    let index = if index < 0 {
        (index.saturating_add(len)).max(0)
    } else {
        index
    };
    array
        .update(|all| all.try_insert(index as usize, byte))
        .map_err(|_| vm.memory_error())?;
    Ok(Value::NONE)
}

/// `bytearray.pop(index=-1)`
pub fn pop(vm: &Vm, args: &[Value]) -> PyResult {
    let index = args[1].given().map_or(Ok(-1), |v| vm.arg_ssize(v))?;
    let array = this(vm, &args[0])?;
    let len = array.len() as isize;
    if len == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let index = if index < 0 {
        index.saturating_add(len)
    } else {
        index
    };
    if index < 0 || index >= len {
        return Err(vm.index_error("pop index out of range"));
    }
    array.resize_check(vm)?;
    let byte = array.update(|all| all.remove(index as usize)).unwrap_or(0);
    Ok(Value::small_int(byte.into()))
}

/// `bytearray.remove(value)`
pub fn remove(vm: &Vm, args: &[Value]) -> PyResult {
    let byte = byte_value(vm, &args[1], "byte")?;
    let array = this(vm, &args[0])?;
    let Some(place) = array.with(|all| memchr::memchr(byte, all)) else {
        return Err(vm.value_error("value not found in bytearray"));
    };
    array.resize_check(vm)?;
    array.update(|all| all.remove(place));
    Ok(Value::NONE)
}

/// `bytearray.reverse()`
pub fn reverse(vm: &Vm, args: &[Value]) -> PyResult {
    this(vm, &args[0])?.with_mut(<[u8]>::reverse);
    Ok(Value::NONE)
}

/// `bytearray.clear()`
pub fn clear(vm: &Vm, args: &[Value]) -> PyResult {
    let array = this(vm, &args[0])?;
    array.resize_check(vm)?;
    drop(array.update(std::mem::take));
    Ok(Value::NONE)
}

/// `bytearray.copy()`
pub fn copy(vm: &Vm, args: &[Value]) -> PyResult {
    with_this(&args[0], |bytes| vm.bytearray_value(bytes))
}

/// `bytearray.fromhex(string)`
pub fn fromhex(vm: &Vm, args: &[Value]) -> PyResult {
    let bytes = crate::types::bytes::hex::parse_hex(vm, &args[1])?;
    if args[0].is(vm.types.bytearray.as_value()) {
        return vm.bytearray_value(&bytes);
    }
    let bytes = vm.try_bytes(&bytes)?.into_value();
    vm.call1(&args[0], &bytes)
}

/// `bytearray.__alloc__()`
pub fn alloc(vm: &Vm, args: &[Value]) -> PyResult {
    Ok(Value::small_int(this(vm, &args[0])?.capacity() as i64))
}

fn reduced(vm: &Vm, this: &Value, protocol: i32) -> PyResult {
    let arguments = if protocol < 3 {
        let text = with_this(this, |b| vm.str_from_chars(crate::object::Chars::One(b)))?;
        vm.tuple_value([text.into_value(), vm.str_value("latin-1")])
    } else {
        let bytes = with_this(this, |b| vm.try_bytes(b))?;
        vm.tuple_value([bytes.into_value()])
    };
    let state = vm.call_special(this, &vm.names.__getstate__, &[])?;
    let class = vm.class_of(this).to_value();
    Ok(vm.tuple_value([class, arguments, state.unwrap_or(Value::NONE)]))
}

/// `bytearray.__reduce__()`
pub fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    reduced(vm, &args[0], 2)
}

/// `bytearray.__reduce_ex__(protocol)`
pub fn reduce_ex(vm: &Vm, args: &[Value]) -> PyResult {
    let protocol = args[1].given().map_or(Ok(0), |v| vm.arg_int(v))?;
    reduced(vm, &args[0], protocol)
}

/// `array += other`
pub fn inplace_concat(vm: &Vm, array: &Value, other: &Value) -> PyResult {
    // The operand stays exported meanwhile: an array that is added to itself cannot grow.
    let operand = match vm.has_buffer(other).then(|| vm.buffer(other)) {
        Some(Ok(operand)) => operand,
        failed => {
            if let Some(Err(raised)) = failed {
                let _ = vm.take_exception(raised);
            }
            return Err(vm.type_error(format!(
                "can't concat {} to {}",
                vm.class_name(other),
                vm.class_name(array)
            )));
        }
    };
    vm.check_room(operand.len())?;
    push_all(vm, this(vm, array)?, &operand.to_vec())?;
    Ok(array.clone())
}

/// `array *= n`
pub fn inplace_repeat(vm: &Vm, array: &Value, n: isize) -> PyResult {
    let bytes = this(vm, array)?;
    let n = usize::try_from(n).unwrap_or(0);
    if n != 1 {
        bytes.resize_check(vm)?;
        let repeated = bytes.with(|all| operators::repeated(vm, all, n, None))?;
        let new: ByteVec = vm.byte_vec(&repeated)?;
        drop(bytes.update(|old| std::mem::replace(old, new)));
    }
    Ok(array.clone())
}

impl Vm {
    /// A `bytearray` that takes these bytes over.
    pub fn bytearray_of(&self, bytes: ByteVec) -> Ref<ByteArray> {
        let buffer = crate::object::bytearray::ByteBuffer::new(bytes);
        crate::object::alloc(&self.types.bytearray, ByteArray { buffer })
    }
}
