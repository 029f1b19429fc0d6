//! Values across the border.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::Hash;

use runtime::PyResult;
use runtime::object::{Bytes, Dict, List, Str, Tuple, Value};
use runtime::vm::Vm;

use crate::object::Object;

/// What a Rust type can be made into.
pub trait ToPython {
    /// The value in Python.
    ///
    /// # Errors
    /// Where the heap limit does not allow it.
    fn to_python(self, vm: &Vm) -> PyResult;
}

/// What a Rust type can be made of.
pub trait FromPython: Sized {
    /// The value in Rust.
    ///
    /// # Errors
    /// Where the value is of another type or does not fit.
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Self, ConversionError>;
}

/// Positional arguments of a call: a tuple.
pub trait ToPythonArgs {
    /// The values in order.
    ///
    /// # Errors
    /// As for [`ToPython`].
    fn to_python_args(self, vm: &Vm) -> PyResult<Vec<Value>>;
}

/// A value is not what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError {
    /// What was wanted, in Rust's words.
    pub wanted: &'static str,
    /// What there was: a class's name, or a value out of range.
    pub found: String,
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, got {}", self.wanted, self.found)
    }
}

impl std::error::Error for ConversionError {}

fn mismatch(vm: &Vm, wanted: &'static str, value: &Value) -> ConversionError {
    let found = vm.class_name(value).to_string();
    ConversionError { wanted, found }
}

impl ToPython for () {
    fn to_python(self, _vm: &Vm) -> PyResult {
        Ok(Value::NONE)
    }
}

impl FromPython for () {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<(), ConversionError> {
        if value.is_none() {
            Ok(())
        } else {
            Err(mismatch(vm, "None", value))
        }
    }
}

impl ToPython for bool {
    fn to_python(self, _vm: &Vm) -> PyResult {
        Ok(Value::bool(self))
    }
}

impl FromPython for bool {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<bool, ConversionError> {
        value.as_bool().ok_or_else(|| mismatch(vm, "bool", value))
    }
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        impl ToPython for $type {
            fn to_python(self, vm: &Vm) -> PyResult {
                Ok(vm.int_i128(i128::from(self)))
            }
        }

        impl FromPython for $type {
            fn from_python(vm: &'static Vm, value: &Value) -> Result<$type, ConversionError> {
                let view = value.as_int().ok_or_else(|| mismatch(vm, stringify!($type), value))?;
                let exact = view.to_i64().map(i128::from).or(view.to_u64().map(i128::from));
                exact.and_then(|i| $type::try_from(i).ok()).ok_or_else(|| ConversionError {
                    wanted: stringify!($type),
                    found: vm.repr_string(value).unwrap_or_else(|raised| {
                        drop(vm.take_exception(raised));
                        "a larger int".to_owned()
                    }),
                })
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl ToPython for usize {
    fn to_python(self, vm: &Vm) -> PyResult {
        Ok(vm.int_usize(self))
    }
}

impl FromPython for usize {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<usize, ConversionError> {
        let wide = u64::from_python(vm, value)?;
        usize::try_from(wide).map_err(|_| ConversionError {
            wanted: "usize",
            found: wide.to_string(),
        })
    }
}

impl ToPython for f64 {
    fn to_python(self, vm: &Vm) -> PyResult {
        Ok(vm.float(self))
    }
}

impl FromPython for f64 {
    /// Integers are taken too, as Python's own functions take them.
    fn from_python(vm: &'static Vm, value: &Value) -> Result<f64, ConversionError> {
        if let Some(x) = value.as_float() {
            return Ok(x);
        }
        if value.as_int().is_none() {
            return Err(mismatch(vm, "f64", value));
        }
        vm.int_to_f64(value).map_err(|raised| {
            drop(vm.take_exception(raised));
            ConversionError {
                wanted: "f64",
                found: "a larger int".to_owned(),
            }
        })
    }
}

impl ToPython for &str {
    fn to_python(self, vm: &Vm) -> PyResult {
        Ok(vm.str_value(self))
    }
}

impl ToPython for String {
    fn to_python(self, vm: &Vm) -> PyResult {
        Ok(vm.str_value(&self))
    }
}

impl FromPython for String {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<String, ConversionError> {
        let text = value
            .payload::<Str>()
            .ok_or_else(|| mismatch(vm, "String", value))?;
        text.to_utf8()
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| ConversionError {
                wanted: "String",
                found: "a str with surrogates".to_owned(),
            })
    }
}

impl ToPython for &[u8] {
    /// `bytes`.
    fn to_python(self, vm: &Vm) -> PyResult {
        vm.try_bytes(self).map(runtime::object::Ref::into_value)
    }
}

impl<T: ToPython> ToPython for Option<T> {
    fn to_python(self, vm: &Vm) -> PyResult {
        self.map_or(Ok(Value::NONE), |value| value.to_python(vm))
    }
}

impl<T: FromPython> FromPython for Option<T> {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Option<T>, ConversionError> {
        if value.is_none() {
            return Ok(None);
        }
        T::from_python(vm, value).map(Some)
    }
}

impl<T: ToPython> ToPython for Vec<T> {
    /// A list.
    fn to_python(self, vm: &Vm) -> PyResult {
        let items: Vec<Value> = self
            .into_iter()
            .map(|item| item.to_python(vm))
            .collect::<PyResult<_>>()?;
        vm.list_from(items).map(runtime::object::Ref::into_value)
    }
}

impl<T: FromPython> FromPython for Vec<T> {
    /// From a list, a tuple or (of numbers) bytes.
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Vec<T>, ConversionError> {
        let items = if let Some(list) = value.payload::<List>() {
            list.to_vec()
        } else if let Some(tuple) = value.payload::<Tuple>() {
            tuple.as_slice().to_vec()
        } else if let Some(bytes) = value.payload::<Bytes>() {
            bytes
                .as_slice()
                .iter()
                .map(|&b| vm.int(i64::from(b)))
                .collect()
        } else {
            return Err(mismatch(vm, "a list or tuple", value));
        };
        items.iter().map(|item| T::from_python(vm, item)).collect()
    }
}

fn map_to_python<K: ToPython, V: ToPython>(
    entries: impl IntoIterator<Item = (K, V)>,
    vm: &Vm,
) -> PyResult {
    let dict = vm.dict();
    for (key, value) in entries {
        let (key, value) = (key.to_python(vm)?, value.to_python(vm)?);
        drop(dict.insert(vm, &key, value)?);
    }
    Ok(dict.into_value())
}

fn map_from_python<K: FromPython, V: FromPython, M: FromIterator<(K, V)>>(
    vm: &'static Vm,
    value: &Value,
) -> Result<M, ConversionError> {
    let dict = value
        .payload::<Dict>()
        .ok_or_else(|| mismatch(vm, "a dict", value))?;
    dict.to_vec()
        .iter()
        .map(|(key, value)| Ok((K::from_python(vm, key)?, V::from_python(vm, value)?)))
        .collect()
}

impl<K: ToPython, V: ToPython, S> ToPython for HashMap<K, V, S> {
    fn to_python(self, vm: &Vm) -> PyResult {
        map_to_python(self, vm)
    }
}

impl<K: FromPython + Eq + Hash, V: FromPython> FromPython for HashMap<K, V> {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Self, ConversionError> {
        map_from_python(vm, value)
    }
}

impl<K: ToPython, V: ToPython> ToPython for BTreeMap<K, V> {
    fn to_python(self, vm: &Vm) -> PyResult {
        map_to_python(self, vm)
    }
}

impl<K: FromPython + Ord, V: FromPython> FromPython for BTreeMap<K, V> {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Self, ConversionError> {
        map_from_python(vm, value)
    }
}

impl ToPython for &Object {
    fn to_python(self, _vm: &Vm) -> PyResult {
        Ok(self.value().clone())
    }
}

impl ToPython for Object {
    fn to_python(self, _vm: &Vm) -> PyResult {
        Ok(self.value().clone())
    }
}

impl FromPython for Object {
    fn from_python(vm: &'static Vm, value: &Value) -> Result<Object, ConversionError> {
        Ok(Object::new(vm, value.clone()))
    }
}

impl ToPythonArgs for () {
    fn to_python_args(self, _vm: &Vm) -> PyResult<Vec<Value>> {
        Ok(Vec::new())
    }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident)+;)*) => {$(
        #[allow(non_snake_case, reason = "each value is named after its type")]
        impl<$($name: ToPython),+> ToPythonArgs for ($($name,)+) {
            fn to_python_args(self, vm: &Vm) -> PyResult<Vec<Value>> {
                let ($($name,)+) = self;
                Ok(vec![$($name.to_python(vm)?),+])
            }
        }

        impl<$($name: ToPython),+> ToPython for ($($name,)+) {
            fn to_python(self, vm: &Vm) -> PyResult {
                Ok(vm.tuple_value(self.to_python_args(vm)?))
            }
        }

        #[allow(non_snake_case, reason = "each value is named after its type")]
        impl<$($name: FromPython),+> FromPython for ($($name,)+) {
            fn from_python(vm: &'static Vm, value: &Value) -> Result<Self, ConversionError> {
                let tuple = value
                    .payload::<Tuple>()
                    .ok_or_else(|| mismatch(vm, "a tuple", value))?;
                let [$($name),+] = tuple.as_slice() else {
                    return Err(ConversionError {
                        wanted: concat!("a tuple of ", $count),
                        found: format!("one of {}", tuple.as_slice().len()),
                    });
                };
                Ok(($($name::from_python(vm, $name)?,)+))
            }
        }
    )*};
}

tuples! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
}
