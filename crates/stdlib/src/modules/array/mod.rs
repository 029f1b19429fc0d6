//! `array`: compact arrays of numbers or characters.
//!
//! `item` knows the items, this file the type and its operators, `methods` the rest.

mod item;
mod methods;
mod subscript;

use std::cell::Cell;

use runtime::modules::NativeModule;
use runtime::object::buffer::{BufferView, Memory};
use runtime::object::bytearray::ByteBuffer;
use runtime::object::{
    Args, ByteArray, Bytes, Class, CompareOp, Dict, GetSetDef, Kind, MethodDef, Payload, Ref, Slot,
    Str, TypeSlots, TypeSpec, Visit, alloc, class_flag,
};
use runtime::protocol::iterate::iter_self;
use runtime::types::module::Module;
use runtime::{PyResult, Value, Vm};

use crate::native::wrong_receiver;
use item::{CODES, ItemType};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "array",
    "This module defines an object type which can efficiently represent\n\
     an array of basic values: characters, integers, floating point\n\
     numbers.  Arrays are sequence types and behave very much like lists,\n\
     except that the type of objects stored in them is constrained.\n",
    &[MethodDef::bound(
        "_array_reconstructor",
        "($module, arraytype, typecode, mformat_code, items,\n\
             \x20                    /)",
        "Internal. Used for pickling support.",
        methods::reconstruct,
    )],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    let class = vm.native_class(&ARRAY).into_value();
    vm.define(namespace, "array", class.clone())?;
    vm.define(namespace, "ArrayType", class.clone())?;
    let containers = vm.import_dotted("_collections_abc")?;
    let sequence = vm.get_attr(&containers, &vm.intern("MutableSequence"))?;
    vm.call_method(&sequence, &vm.intern("register"), &[class])?;
    vm.define(namespace, "typecodes", vm.str_value(CODES))
});

/// Payload of `array.array`.
pub(super) struct Array {
    item: ItemType,
    bytes: ByteBuffer,
}

impl Payload for Array {
    const KIND: Kind = crate::kinds::ARRAY;
    const NAME: &'static str = "array.array";

    fn buffer(&self) -> Option<runtime::object::fields::Buffer> {
        self.bytes.block()
    }
}

impl Array {
    fn len(&self) -> usize {
        self.bytes.len() / self.item.size
    }

    fn get(&self, vm: &Vm, index: usize) -> PyResult<Option<Value>> {
        let mut bytes = [0; 8];
        let size = self.item.size;
        if index >= self.len() {
            return Ok(None);
        }
        let start = index * size;
        let found = self.bytes.with(|all| {
            let part = all.get(start..start + size)?;
            bytes[..size].copy_from_slice(part);
            Some(())
        });
        found
            .map(|()| self.item.unpack(vm, &bytes[..size]))
            .transpose()
    }

    fn check_resize(&self, vm: &Vm) -> PyResult<()> {
        if self.bytes.is_exported() {
            return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
        }
        Ok(())
    }

    /// Appends bytes of whole items.
    fn extend(&self, vm: &Vm, more: &[u8]) -> PyResult<()> {
        if more.is_empty() {
            return Ok(());
        }
        self.check_resize(vm)?;
        let added = self.bytes.update(|all| all.try_extend_from_slice(more));
        added.map_err(|_| vm.memory_error())
    }

    fn push(&self, vm: &Vm, value: &Value) -> PyResult<()> {
        let bytes = self.item.pack(vm, value)?;
        self.extend(vm, &bytes[..self.item.size])
    }

    /// Gives the array other contents.
    fn replace(&self, vm: &Vm, contents: &[u8]) -> PyResult<()> {
        if contents.len() != self.bytes.len() {
            self.check_resize(vm)?;
            let new = vm.byte_vec(contents)?;
            self.bytes.update(|all| *all = new);
        } else {
            self.bytes.with_mut(|all| all.copy_from_slice(contents));
        }
        Ok(())
    }
}

fn array_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Array> {
    this.payload::<Array>()
        .ok_or_else(|| wrong_receiver(vm, "array.array"))
}

fn make(vm: &Vm, class: &Ref<Class>, item: ItemType, bytes: &[u8]) -> PyResult {
    let bytes = ByteBuffer::new(vm.byte_vec(bytes)?);
    Ok(alloc(class, Array { item, bytes }).into_value())
}

/// A plain array.
fn plain(vm: &Vm, item: ItemType, bytes: &[u8]) -> PyResult {
    make(vm, &vm.native_class(&ARRAY), item, bytes)
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.names.is_empty() && class.is(&vm.native_class(&ARRAY)) {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    let (code, initial) = match args.positionals() {
        [code] => (code, None),
        [code, initial] => (code, Some(initial)),
        given => {
            let (bound, limit) = if given.is_empty() {
                ("least 1", "")
            } else {
                ("most 2", "s")
            };
            return Err(vm.type_error(format!(
                "array() takes at {bound} argument{limit} ({} given)",
                given.len()
            )));
        }
    };
    let code = match code.payload::<Str>() {
        Some(text) if text.len() == 1 => text.at(0),
        _ => {
            return Err(vm.type_error(format!(
                "array() argument 1 must be a unicode character, not {}",
                vm.argument_type(code)
            )));
        }
    };
    if let Some(initial) = initial
        && code != u32::from('u')
    {
        let shown = char::from_u32(code).unwrap_or('?');
        if initial.payload::<Str>().is_some() {
            return Err(vm.type_error(format!(
                "cannot use a str to initialize an array with typecode '{shown}'"
            )));
        }
        if initial
            .payload::<Array>()
            .is_some_and(|array| array.item.code == b'u')
        {
            return Err(vm.type_error(format!(
                "cannot use a unicode array to initialize an array with typecode '{shown}'"
            )));
        }
    }
    // What gives its items by iteration is asked for them before the typecode is looked at.
    let items = match initial {
        Some(initial)
            if initial.payload::<Str>().is_none()
                && initial.payload::<Array>().is_none()
                && initial.payload::<Bytes>().is_none()
                && initial.payload::<ByteArray>().is_none() =>
        {
            Some(vm.iter(initial)?)
        }
        _ => None,
    };
    let Some(item) = ItemType::of(code) else {
        return Err(
            vm.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        );
    };
    let made = make(vm, class, item, &[])?;
    let Some(initial) = initial else {
        return Ok(made);
    };
    let array = array_of(vm, &made)?;
    if initial.payload::<Bytes>().is_some() || initial.payload::<ByteArray>().is_some() {
        methods::extend_from_bytes(vm, array, initial)?;
    } else if let Some(text) = initial.payload::<Str>() {
        vm.check_room(text.len().saturating_mul(8))?;
        let bytes: Vec<u8> = text.iter().flat_map(u32::to_ne_bytes).collect();
        array.extend(vm, &bytes)?;
    } else {
        match initial.payload::<Array>() {
            Some(other) if other.item == item => array.extend(vm, &vm.copied(&other.bytes)?)?,
            _ => vm.for_each(items.as_ref().unwrap_or(initial), |value| {
                array.push(vm, &value)?;
                Ok(())
            })?,
        }
    }
    Ok(made)
}

/// Declaration of `array.array`.
static ARRAY: TypeSpec = TypeSpec {
    doc: "array(typecode [, initializer]) -> array\n\n\
          Return a new array whose items are restricted by typecode, and\n\
          initialized from the optional initializer value, which must be a list,\n\
          string or iterable over elements of the appropriate type.\n",
    flags: class_flag::BASE_TYPE | class_flag::HAS_WEAKREFS | class_flag::SEQUENCE,
    slots: TypeSlots {
        new: Some(new),
        repr: Some(repr),
        hash: None,
        richcompare: Some(compare),
        iter: Some(|vm, this| {
            let iterator = ArrayIterator {
                array: Slot::new(Some(this.clone())),
                at: Cell::new(0),
            };
            Ok(alloc(&vm.native_class(&ITERATOR), iterator).into_value())
        }),
        mp_length: Some(|vm, this| Ok(array_of(vm, this)?.len())),
        mp_subscript: Some(subscript::get),
        mp_ass_subscript: Some(subscript::assign),
        sq_length: Some(|vm, this| Ok(array_of(vm, this)?.len())),
        sq_item: Some(|vm, this, index| {
            let found = match usize::try_from(index) {
                Ok(index) => array_of(vm, this)?.get(vm, index)?,
                Err(_) => None,
            };
            found.ok_or_else(|| vm.index_error("array index out of range"))
        }),
        sq_contains: Some(|vm, this, wanted| {
            Ok(methods::position(vm, array_of(vm, this)?, wanted, 0, usize::MAX)?.is_some())
        }),
        sq_concat: Some(|vm, this, other| {
            let array = array_of(vm, this)?;
            let Some(more) = other.payload::<Array>() else {
                return Err(vm.type_error(format!(
                    "can only append array (not \"{}\") to array",
                    vm.class_name(other)
                )));
            };
            check_same_item(vm, array, more)?;
            let mut bytes = vm.copied(&array.bytes)?;
            more.bytes.with(|more| bytes.extend_from_slice(more));
            plain(vm, array.item, &bytes)
        }),
        sq_repeat: Some(|vm, this, count| {
            let array = array_of(vm, this)?;
            plain(vm, array.item, &repeated(vm, array, count)?)
        }),
        sq_inplace_concat: Some(|vm, this, other| {
            if other.payload::<Array>().is_none() {
                return Err(vm.type_error(format!(
                    "can only extend array with array (not \"{}\")",
                    vm.class_name(other)
                )));
            }
            methods::extend(vm, array_of(vm, this)?, other)?;
            Ok(this.clone())
        }),
        sq_inplace_repeat: Some(|vm, this, count| {
            let array = array_of(vm, this)?;
            let bytes = repeated(vm, array, count)?;
            array.replace(vm, &bytes)?;
            Ok(this.clone())
        }),
        buffer: Some(|vm, this, _| {
            let item = array_of(vm, this)?.item;
            let memory = Memory::Growable(|value| Some(&value.payload::<Array>()?.bytes));
            Ok(BufferView::typed(
                this,
                memory,
                false,
                item.format(),
                item.size,
            ))
        }),
        ..TypeSlots::EMPTY
    },
    methods: methods::METHODS,
    getset: &[
        GetSetDef::read_only(
            "typecode",
            "the typecode character used to create the array",
            |vm, this| {
                Ok(vm
                    .str_from_char(array_of(vm, this)?.item.code.into())
                    .into_value())
            },
        ),
        GetSetDef::read_only(
            "itemsize",
            "the size, in bytes, of one array item",
            |vm, this| Ok(vm.int_usize(array_of(vm, this)?.item.size)),
        ),
    ],
    ..TypeSpec::of::<Array>("array.array")
};

fn check_same_item(vm: &Vm, a: &Array, b: &Array) -> PyResult<()> {
    if a.item == b.item {
        return Ok(());
    }
    Err(vm.type_error("bad argument type for built-in operation"))
}

fn repeated(vm: &Vm, array: &Array, count: isize) -> PyResult<Vec<u8>> {
    let count = count.max(0) as usize;
    let size = array.bytes.len().checked_mul(count);
    let mut bytes = Vec::new();
    match size {
        Some(size) if bytes.try_reserve_exact(size).is_ok() => {}
        _ => return Err(vm.memory_error()),
    }
    array
        .bytes
        .with(|one| (0..count).for_each(|_| bytes.extend_from_slice(one)));
    Ok(bytes)
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let array = array_of(vm, this)?;
    let class = vm
        .class_of(this)
        .name
        .get()
        .map(|n| vm.display(&n))
        .unwrap_or_default();
    let code = char::from(array.item.code);
    if array.len() == 0 {
        return Ok(vm.str_value(&format!("{class}('{code}')")));
    }
    let items = match array.item.code {
        b'u' => methods::to_text(vm, array)?,
        _ => methods::to_list(vm, array)?,
    };
    let items = vm.repr_string(&items)?;
    Ok(vm.str_value(&format!("{class}('{code}', {items})")))
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (this.payload::<Array>(), other.payload::<Array>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if equality && a.len() != b.len() {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    let mut place = 0;
    while let (Some(x), Some(y)) = (a.get(vm, place)?, b.get(vm, place)?) {
        if !vm.equal(&x, &y)? {
            return match op {
                CompareOp::Eq => Ok(Value::FALSE),
                CompareOp::Ne => Ok(Value::TRUE),
                _ => vm.compare(&x, &y, op),
            };
        }
        place += 1;
    }
    Ok(Value::bool(op.holds(a.len().cmp(&b.len()))))
}

/// Payload of the iterator; empty at the end.
struct ArrayIterator {
    array: Slot,
    at: Cell<usize>,
}

impl Payload for ArrayIterator {
    const KIND: Kind = crate::kinds::ARRAY_ITERATOR;
    const NAME: &'static str = "array.arrayiterator";

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.array);
    }

    fn clear(&self) {
        self.array.set(None);
    }
}

static ITERATOR: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        iter: Some(iter_self),
        iternext: Some(|vm, this| {
            let Some(iterator) = this.payload::<ArrayIterator>() else {
                return Ok(None);
            };
            let Some(array) = iterator.array.get() else {
                return Ok(None);
            };
            let at = iterator.at.get();
            let found = array_of(vm, &array)?.get(vm, at)?;
            iterator.at.set(at + 1);
            if found.is_none() {
                iterator.array.set(None);
            }
            Ok(found)
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "__reduce__",
            "($self, /)",
            crate::native::REDUCE,
            |vm, args| {
                let iter = vm.builtin("iter")?;
                let iterator = args[0].payload::<ArrayIterator>();
                let Some((array, at)) = iterator.and_then(|i| Some((i.array.get()?, i.at.get())))
                else {
                    return Ok(vm.tuple_value([iter, vm.tuple_value([vm.tuple_value([])])]));
                };
                Ok(vm.tuple_value([iter, vm.tuple_value([array]), vm.int_usize(at)]))
            },
        ),
        MethodDef::bound(
            "__setstate__",
            "($self, state, /)",
            crate::native::SETSTATE,
            |vm, args| {
                let at = vm.arg_ssize(&args[1])?.max(0) as usize;
                if let Some(iterator) = args[0].payload::<ArrayIterator>() {
                    iterator.at.set(at);
                }
                Ok(Value::NONE)
            },
        ),
    ],
    ..TypeSpec::of::<ArrayIterator>("array.arrayiterator")
};
