//! Values as machine numbers: indexes, C integers, floats.
//!
//! Each function runs the conversion CPython's argument parsing runs for that C type
//! (`__index__`, `__float__`) and raises its messages.

use crate::object::{Class, IntView, PyResult, Ref, Value};
use crate::types::int::big;
use crate::vm::Vm;

impl Vm {
    /// `operator.index(value)`: an exact `int`.
    #[inline]
    pub fn index(&self, value: &Value) -> PyResult {
        if value.as_small_int().is_some() {
            return Ok(value.clone());
        }
        self.index_slow(value)
    }

    fn index_slow(&self, value: &Value) -> PyResult {
        let Some(view) = value.as_int() else {
            let Some(nb_index) = self.class_of(value).slots().nb_index else {
                return Err(self.type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    self.class_name(value)
                )));
            };
            let result = nb_index(self, value)?;
            let result = self.checked_int_result(result, "__index__")?;
            return self.exact_int(&result);
        };
        if self.class_of(value).is(&self.types.int) {
            return Ok(value.clone());
        }
        self.int_from_view(view)
    }

    /// An `int` equal to an integer that may be of a subclass.
    pub fn exact_int(&self, value: &Value) -> PyResult {
        match value.as_int() {
            Some(view) if !self.class_of(value).is(&self.types.int) => self.int_from_view(view),
            _ => Ok(value.clone()),
        }
    }

    /// What `__index__` or `__int__` returned, if it is an integer; a subclass is deprecated.
    pub(crate) fn checked_int_result(&self, result: Value, method: &str) -> PyResult {
        if self.class_of(&result).is(&self.types.int) {
            return Ok(result);
        }
        let class = self.class_name(&result);
        if !result.is_int() {
            return Err(self.type_error(format!("{method} returned non-int (type {class})")));
        }
        self.warn(
            &self.types.exceptions.deprecation_warning,
            &format!(
                "{method} returned non-int (type {class}).  The ability to return an instance of \
                 a strict subclass of int is deprecated, and may be removed in a future \
                 version of Python."
            ),
            1,
        )?;
        Ok(result)
    }

    /// The value as an index (`__index__`); raises `overflow` where it does not fit.
    #[inline]
    pub fn index_isize(&self, value: &Value, overflow: &Ref<Class>) -> PyResult<isize> {
        match value.as_small_int() {
            Some(i) => Ok(i as isize),
            None => self.index_isize_slow(value, overflow),
        }
    }

    fn index_isize_slow(&self, value: &Value, overflow: &Ref<Class>) -> PyResult<isize> {
        let index = self.index(value)?;
        match index.as_int().and_then(IntView::to_i64) {
            Some(i) => Ok(i as isize),
            None => Err(self.raise(
                overflow,
                format!(
                    "cannot fit '{}' into an index-sized integer",
                    self.class_name(value)
                ),
            )),
        }
    }

    /// The value as an index (`__index__`), as near as an `isize` comes (slices, `find`).
    #[inline]
    pub fn index_clamped(&self, value: &Value) -> PyResult<isize> {
        if let Some(i) = value.as_small_int() {
            return Ok(i as isize);
        }
        let index = self.index(value)?;
        Ok(match index.as_int() {
            Some(IntView::Small(i)) => i as isize,
            Some(view) if view.is_negative() => isize::MIN,
            _ => isize::MAX,
        })
    }

    /// The value as a not negative index; raises `overflow` where it does not fit and
    /// `ValueError(negative)` below zero.
    pub fn index_usize(
        &self,
        value: &Value,
        overflow: &Ref<Class>,
        negative: &str,
    ) -> PyResult<usize> {
        let index = self.index_isize(value, overflow)?;
        usize::try_from(index).map_err(|_| self.value_error(negative))
    }

    /// An argument of C type `Py_ssize_t`.
    #[inline]
    pub fn arg_ssize(&self, value: &Value) -> PyResult<isize> {
        match value.as_small_int() {
            Some(i) => Ok(i as isize),
            None => Ok(self.arg_signed(value, i64::MIN, i64::MAX, "ssize_t")? as isize),
        }
    }

    /// An argument of C type `int`.
    #[inline]
    pub fn arg_int(&self, value: &Value) -> PyResult<i32> {
        let i = self.arg_signed(value, i32::MIN.into(), i32::MAX.into(), "int")?;
        Ok(i as i32)
    }

    /// An argument of C type `long`.
    #[inline]
    pub fn arg_long(&self, value: &Value) -> PyResult<i64> {
        match value.as_small_int() {
            Some(i) => Ok(i),
            None => self.arg_signed(value, i64::MIN, i64::MAX, "long"),
        }
    }

    /// An argument of C type `unsigned long` (an `int`, no `__index__`).
    pub fn arg_unsigned_long(&self, value: &Value) -> PyResult<u64> {
        let Some(view) = value.as_int() else {
            return Err(self.type_error("an integer is required"));
        };
        if view.is_negative() {
            return Err(self.overflow_error("can't convert negative value to unsigned int"));
        }
        view.to_u64().ok_or_else(|| {
            self.overflow_error("Python int too large to convert to C unsigned long")
        })
    }

    fn arg_signed(&self, value: &Value, min: i64, max: i64, c_type: &str) -> PyResult<i64> {
        let index = self.index(value)?;
        match index.as_int().and_then(IntView::to_i64) {
            Some(i) if i >= min && i <= max => Ok(i),
            _ => Err(self.overflow_error(format!("Python int too large to convert to C {c_type}"))),
        }
    }

    /// The value by `__float__` or `__index__` (an argument of C type `double`).
    #[inline]
    pub fn as_f64(&self, value: &Value) -> PyResult<f64> {
        match value.as_float() {
            Some(x) => Ok(x),
            None => self.as_f64_slow(value),
        }
    }

    fn as_f64_slow(&self, value: &Value) -> PyResult<f64> {
        if let Some(x) = self.call_nb_float(value)? {
            return Ok(x);
        }
        if self.class_of(value).slots().nb_index.is_some() {
            let index = self.index(value)?;
            return self.int_to_f64(&index);
        }
        Err(self.type_error(format!(
            "must be real number, not {}",
            self.class_name(value)
        )))
    }

    /// The result of `__float__`; None if there is none.
    pub(crate) fn call_nb_float(&self, value: &Value) -> PyResult<Option<f64>> {
        if let Some(view) = value.as_int()
            && (value.as_small_int().is_some() || self.class_of(value).is(&self.types.int))
        {
            return self.view_to_f64(view).map(Some);
        }
        let Some(nb_float) = self.class_of(value).slots().nb_float else {
            return Ok(None);
        };
        let result = nb_float(self, value)?;
        let Some(x) = result.as_float() else {
            return Err(self.type_error(format!(
                "{}.__float__ returned non-float (type {})",
                self.class_name(value),
                self.class_name(&result)
            )));
        };
        if !self.class_of(&result).is(&self.types.float) {
            self.warn(
                &self.types.exceptions.deprecation_warning,
                &format!(
                    "{}.__float__ returned non-float (type {}).  The ability to return an \
                     instance of a strict subclass of float is deprecated, and may be \
                     removed in a future version of Python.",
                    self.class_name(value),
                    self.class_name(&result)
                ),
                1,
            )?;
        }
        Ok(Some(x))
    }

    /// The float nearest to an integer.
    pub fn int_to_f64(&self, value: &Value) -> PyResult<f64> {
        match value.as_int() {
            Some(view) => self.view_to_f64(view),
            None => Err(self.type_error("an integer is required")),
        }
    }

    /// The float nearest to an integer; OverflowError if it is too large.
    #[inline]
    pub fn view_to_f64(&self, view: IntView<'_>) -> PyResult<f64> {
        match view {
            IntView::Small(i) => Ok(i as f64),
            IntView::Big(n) => big::to_f64(n)
                .ok_or_else(|| self.overflow_error("int too large to convert to float")),
        }
    }
}
