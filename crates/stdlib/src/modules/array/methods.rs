//! The methods of arrays.

use runtime::object::{Bytes, Class, List, MethodDef, Ref, Str};
use runtime::{PyResult, Value, Vm};

use super::item::ItemType;
use super::{Array, array_of, make, plain};
use crate::native::CLASS_GETITEM;

/// Where an item equal to `wanted` lies between two places.
pub(super) fn position(
    vm: &Vm,
    array: &Array,
    wanted: &Value,
    from: usize,
    to: usize,
) -> PyResult<Option<usize>> {
    let mut place = from;
    while place < to
        && let Some(item) = array.get(vm, place)?
    {
        if vm.equal(&item, wanted)? {
            return Ok(Some(place));
        }
        place += 1;
    }
    Ok(None)
}

pub(super) fn to_list(vm: &Vm, array: &Array) -> PyResult {
    vm.check_room(array.len().saturating_mul(32))?;
    let mut items = Vec::with_capacity(array.len());
    for place in 0..array.len() {
        items.extend(array.get(vm, place)?);
    }
    Ok(vm.list_from(items)?.into_value())
}

pub(super) fn to_text(vm: &Vm, array: &Array) -> PyResult {
    let points: Vec<u32> = array.bytes.with(|all| {
        let items = all
            .chunks_exact(4)
            .filter_map(|item| item.first_chunk::<4>());
        items.map(|item| u32::from_ne_bytes(*item)).collect()
    });
    if let Some(c) = points.iter().find(|&&c| c > 0x10_FFFF) {
        let message = format!("character U+{c:x} is not in range [U+0000; U+10ffff]");
        return Err(vm.value_error(message));
    }
    Ok(vm.str_from_code_points(&points).into_value())
}

pub(super) fn extend_from_bytes(vm: &Vm, array: &Array, bytes: &Value) -> PyResult<()> {
    let bytes = vm.copied_bytes(bytes)?;
    if bytes.len() % array.item.size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    array.extend(vm, &bytes)
}

/// `extend(iterable)`
pub(super) fn extend(vm: &Vm, array: &Array, more: &Value) -> PyResult<()> {
    match more.payload::<Array>() {
        Some(other) if other.item == array.item => array.extend(vm, &vm.copied(&other.bytes)?),
        Some(_) => Err(vm.type_error("can only extend with array of same kind")),
        None => vm.for_each(more, |value| {
            array.push(vm, &value)?;
            Ok(())
        }),
    }
}

fn remove_at(vm: &Vm, array: &Array, place: usize) -> PyResult<()> {
    let size = array.item.size;
    let mut bytes = vm.copied(&array.bytes)?;
    bytes.drain(place * size..(place + 1) * size);
    array.replace(vm, &bytes)
}

fn from_list(vm: &Vm, args: &[Value]) -> PyResult {
    let array = array_of(vm, &args[0])?;
    let Some(list) = args[1].payload::<List>() else {
        return Err(vm.type_error("arg must be list"));
    };
    let mut bytes = Vec::new();
    let mut place = 0;
    let len = list.len();
    while let Some(value) = list.get(place) {
        bytes.extend_from_slice(&array.item.pack(vm, &value)?[..array.item.size]);
        if list.len() != len {
            return Err(vm.runtime_error("list changed size during iteration"));
        }
        place += 1;
    }
    array.extend(vm, &bytes)?;
    Ok(Value::NONE)
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let array = array_of(vm, &args[0])?;
    let Some(protocol) = args[1].as_int().and_then(|i| i.to_i64()) else {
        return Err(vm.type_error("__reduce_ex__ argument should be an integer"));
    };
    let state = vm
        .get_attr_opt(&args[0], &vm.names.__dict__)?
        .unwrap_or(Value::NONE);
    let class = vm.class_of(&args[0]).to_value();
    let code = vm.str_from_char(array.item.code.into()).into_value();
    if protocol < 3 {
        let items = match array.item.code {
            b'u' => to_text(vm, array)?,
            _ => to_list(vm, array)?,
        };
        return Ok(vm.tuple_value([class, vm.tuple_value([code, items]), state]));
    }
    let module = vm.import_dotted("array")?;
    let function = vm.get_attr(&module, &vm.intern("_array_reconstructor"))?;
    let format = vm.int(array.item.machine_format());
    let bytes = vm.copied(&array.bytes)?;
    let bytes = vm.try_bytes(&bytes)?.into_value();
    Ok(vm.tuple_value([
        function,
        vm.tuple_value([class, code, format, bytes]),
        state,
    ]))
}

/// `_array_reconstructor(class, typecode, format, bytes)`
pub(super) fn reconstruct(vm: &Vm, args: &[Value]) -> PyResult {
    let [_, class, code, format, bytes] = args else {
        return Ok(Value::NONE);
    };
    let Some(class) = class.as_ref_to::<Class>() else {
        return Err(vm.type_error(format!(
            "first argument must be a type object, not {}",
            vm.class_name(class)
        )));
    };
    let array_class = vm.native_class(&super::ARRAY);
    if !class.is_subclass_of(&array_class) {
        return Err(vm.type_error(format!(
            "{} is not a subtype of array.array",
            class.name_string()
        )));
    }
    let item = code
        .payload::<Str>()
        .filter(|s| s.len() == 1)
        .and_then(|s| ItemType::of(s.at(0)));
    let Some(item) = item else {
        return Err(vm.value_error("second argument must be a valid type code"));
    };
    let format = vm.arg_int(format)?;
    if !(0..=21).contains(&format) {
        return Err(vm.value_error("third argument must be a valid machine format code."));
    }
    let Some(bytes) = bytes.payload::<Bytes>() else {
        return Err(vm.type_error(format!(
            "fourth argument should be bytes, not {}",
            vm.class_name(bytes)
        )));
    };
    let code = match format {
        14 | 15 => "f",
        16 | 17 => "d",
        0 => "B",
        1 => "b",
        2 | 3 => "H",
        4 | 5 => "h",
        6 | 7 => "I",
        8 | 9 => "i",
        10 | 11 => "Q",
        12 | 13 => "q",
        _ => "u",
    };
    let stored = ItemType::of(code.as_bytes()[0].into()).unwrap_or(item);
    if matches!(format, 18 | 19) {
        return utf16_array(vm, class, item, bytes.as_slice(), format == 19);
    }
    if bytes.len() % stored.size != 0 {
        return Err(vm.value_error("string length not a multiple of item size"));
    }
    // Items written by a machine of the other byte order are turned round.
    let mut items = bytes.to_vec();
    if format > 1 && format & 1 == 1 {
        items
            .chunks_exact_mut(stored.size)
            .for_each(<[u8]>::reverse);
    }
    if stored.size == item.size {
        return make(vm, class, item, &items);
    }
    make(vm, class, stored, &items)
}

/// An array of characters of UTF-16 text.
fn utf16_array(vm: &Vm, class: &Ref<Class>, item: ItemType, bytes: &[u8], big: bool) -> PyResult {
    let (units, rest) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| match big {
        true => u16::from_be_bytes(*unit),
        false => u16::from_le_bytes(*unit),
    });
    let text: Option<Vec<char>> = char::decode_utf16(units).map(Result::ok).collect();
    let Some(text) = text.filter(|_| rest.is_empty()) else {
        return Err(vm.value_error("string is no UTF-16"));
    };
    let items: Vec<u8> = text
        .into_iter()
        .flat_map(|character| u32::from(character).to_ne_bytes())
        .collect();
    make(vm, class, item, &items)
}

fn number(vm: &Vm, value: &Value, default: isize) -> PyResult<isize> {
    value
        .given()
        .map_or(Ok(default), |value| vm.index_clamped(value))
}

/// The method table.
pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "append",
        "($self, v, /)",
        "Append new value v to the end of the array.",
        |vm, args| {
            array_of(vm, &args[0])?.push(vm, &args[1])?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "buffer_info",
        "($self, /)",
        "Return a tuple (address, length) giving the current memory address and the length in \
         items of the buffer used to hold array's contents.\n\n\
         The length should be multiplied by the itemsize attribute to calculate\n\
         the buffer length in bytes.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let address = array.bytes.with(|all| all.as_ptr().addr());
            Ok(vm.tuple_value([vm.int_usize(address), vm.int_usize(array.len())]))
        },
    ),
    MethodDef::bound(
        "byteswap",
        "($self, /)",
        "Byteswap all items of the array.\n\n\
         If the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is\nraised.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let size = array.item.size;
            array
                .bytes
                .with_mut(|all| all.chunks_exact_mut(size).for_each(<[u8]>::reverse));
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "count",
        "($self, v, /)",
        "Return number of occurrences of v in the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let (mut count, mut place) = (0, 0);
            while let Some(item) = array.get(vm, place)? {
                count += usize::from(vm.equal(&item, &args[1])?);
                place += 1;
            }
            Ok(vm.int_usize(count))
        },
    ),
    MethodDef::bound(
        "extend",
        "($self, bb, /)",
        "Append items to the end of the array.",
        |vm, args| {
            extend(vm, array_of(vm, &args[0])?, &args[1])?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "frombytes",
        "($self, buffer, /)",
        "Appends items from the string, interpreting it as an array of machine values, as if it \
         had been read from a file using the fromfile() method.",
        |vm, args| {
            extend_from_bytes(vm, array_of(vm, &args[0])?, &args[1])?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "fromfile",
        "($self, f, n, /)",
        "Read n objects from the file object f and append them to the end of the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let count = vm.arg_ssize(&args[2])?;
            let Ok(count) = usize::try_from(count) else {
                return Err(vm.value_error("negative count"));
            };
            let Some(size) = count.checked_mul(array.item.size) else {
                return Err(vm.memory_error());
            };
            let read = vm.call_method(&args[1], &vm.intern("read"), &[vm.int_usize(size)])?;
            let Some(bytes) = read.payload::<Bytes>() else {
                return Err(vm.type_error("read() didn't return bytes"));
            };
            let enough = bytes.len() == size;
            extend_from_bytes(vm, array, &read)?;
            match enough {
                true => Ok(Value::NONE),
                false => Err(vm.eof_error("read() didn't return enough bytes")),
            }
        },
    ),
    MethodDef::bound(
        "fromlist",
        "($self, list, /)",
        "Append items to array from list.",
        from_list,
    ),
    MethodDef::bound(
        "fromunicode",
        "($self, ustr, /)",
        "Extends this array with data from the unicode string ustr.\n\n\
         The array must be a unicode type array; otherwise a ValueError is raised.\n\
         Use array.frombytes(ustr.encode(...)) to append Unicode data to an array of\n\
         some other type.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let Some(text) = args[1].payload::<Str>() else {
                return Err(vm.type_error(format!(
                    "fromunicode() argument must be str, not {}",
                    vm.class_name(&args[1])
                )));
            };
            if array.item.code != b'u' {
                return Err(
                    vm.value_error("fromunicode() may only be called on unicode type arrays")
                );
            }
            let bytes: Vec<u8> = text.iter().flat_map(u32::to_ne_bytes).collect();
            array.extend(vm, &bytes)?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "index",
        "($self, v, start=0, stop=sys.maxsize, /)",
        "Return index of first occurrence of v in the array.\n\n\
         Raise ValueError if the value is not present.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let len = array.len() as isize;
            let place = |value: isize| if value < 0 { (value + len).max(0) } else { value } as usize;
            let start = place(number(vm, &args[2], 0)?);
            let stop = place(number(vm, &args[3], isize::MAX)?);
            match position(vm, array, &args[1], start, stop)? {
                Some(place) => Ok(vm.int_usize(place)),
                None => Err(vm.value_error("array.index(x): x not in array")),
            }
        },
    ),
    MethodDef::bound(
        "insert",
        "($self, i, v, /)",
        "Insert a new item v into the array before position i.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let index = vm.arg_ssize(&args[1])?;
            let item = array.item.pack(vm, &args[2])?;
            let len = array.len() as isize;
            let index = if index < 0 {
                (index + len).max(0)
            } else {
                index.min(len)
            } as usize;
            let size = array.item.size;
            let mut bytes = vm.copied(&array.bytes)?;
            bytes.splice(index * size..index * size, item[..size].iter().copied());
            array.replace(vm, &bytes)?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "pop",
        "($self, i=-1, /)",
        "Return the i-th element and delete it from the array.\n\ni defaults to -1.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let index = match args[1].given() {
                Some(index) => vm.arg_ssize(index)?,
                None => -1,
            };
            if array.len() == 0 {
                return Err(vm.index_error("pop from empty array"));
            }
            let index = if index < 0 {
                index + array.len() as isize
            } else {
                index
            };
            let found = match usize::try_from(index) {
                Ok(index) => array.get(vm, index)?,
                Err(_) => None,
            };
            let Some(item) = found else {
                return Err(vm.index_error("pop index out of range"));
            };
            remove_at(vm, array, index as usize)?;
            Ok(item)
        },
    ),
    MethodDef::bound(
        "remove",
        "($self, v, /)",
        "Remove the first occurrence of v in the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            match position(vm, array, &args[1], 0, usize::MAX)? {
                Some(place) => remove_at(vm, array, place).map(|()| Value::NONE),
                None => Err(vm.value_error("array.remove(x): x not in array")),
            }
        },
    ),
    MethodDef::bound(
        "reverse",
        "($self, /)",
        "Reverse the order of the items in the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            let size = array.item.size;
            // All bytes turned round, then those of each item once more.
            array.bytes.with_mut(|all| {
                all.reverse();
                all.chunks_exact_mut(size).for_each(<[u8]>::reverse);
            });
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "tobytes",
        "($self, /)",
        "Convert the array to an array of machine values and return the bytes representation.",
        |vm, args| {
            let bytes = array_of(vm, &args[0])?.bytes.to_vec();
            Ok(vm.try_bytes(&bytes)?.into_value())
        },
    ),
    MethodDef::bound(
        "tofile",
        "($self, f, /)",
        "Write all items (as machine values) to the file object f.",
        |vm, args| {
            let bytes = array_of(vm, &args[0])?.bytes.to_vec();
            for chunk in bytes.chunks(64 * 1024) {
                let chunk = vm.try_bytes(chunk)?.into_value();
                vm.call_method(&args[1], &vm.names.write, &[chunk])?;
            }
            if bytes.is_empty() {
                vm.get_attr(&args[1], &vm.names.write)?;
            }
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "tolist",
        "($self, /)",
        "Convert array to an ordinary list with the same items.",
        |vm, args| to_list(vm, array_of(vm, &args[0])?),
    ),
    MethodDef::bound(
        "tounicode",
        "($self, /)",
        "Extends this array with data from the unicode string ustr.\n\n\
         Convert the array to a unicode string.  The array must be a unicode type array;\n\
         otherwise a ValueError is raised.  Use array.tobytes().decode() to obtain a\n\
         unicode string from an array of some other type.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            if array.item.code != b'u' {
                return Err(vm.value_error("tounicode() may only be called on unicode type arrays"));
            }
            to_text(vm, array)
        },
    ),
    MethodDef::bound(
        "__copy__",
        "($self, /)",
        "Return a copy of the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            plain(vm, array.item, &vm.copied(&array.bytes)?)
        },
    ),
    MethodDef::bound(
        "__deepcopy__",
        "($self, unused, /)",
        "Return a copy of the array.",
        |vm, args| {
            let array = array_of(vm, &args[0])?;
            plain(vm, array.item, &vm.copied(&array.bytes)?)
        },
    ),
    MethodDef::bound(
        "__reduce_ex__",
        "($self, value, /)",
        "Return state information for pickling.",
        reduce,
    ),
    CLASS_GETITEM,
];
