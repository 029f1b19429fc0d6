//! Truth, equality, order, hash, text.

use std::cmp::Ordering;

use crate::object::slots::CompareOp;
use crate::object::{PyResult, Ref, Str, Tuple, Value};
use crate::vm::Vm;

/// Tuples in tuples are compared without asking them down to this depth.
const DEEPEST: u32 = 8;

const SYMBOLS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

impl CompareOp {
    /// The operator that gives the same result with the sides swapped.
    pub fn swapped(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    /// `<`, `<=`, …
    pub fn symbol(self) -> &'static str {
        SYMBOLS[self as usize]
    }

    /// Whether an ordering of the two sides satisfies the operator.
    #[inline]
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Lt => ordering.is_lt(),
            CompareOp::Le => ordering.is_le(),
            CompareOp::Eq => ordering.is_eq(),
            CompareOp::Ne => ordering.is_ne(),
            CompareOp::Gt => ordering.is_gt(),
            CompareOp::Ge => ordering.is_ge(),
        }
    }
}

impl Vm {
    /// `bool(value)`.
    #[inline]
    pub fn truth(&self, value: &Value) -> PyResult<bool> {
        if let Some(b) = value.as_bool() {
            return Ok(b);
        }
        if value.is_none() {
            return Ok(false);
        }
        if let Some(i) = value.as_small_int() {
            return Ok(i != 0);
        }
        let slots = self.class_of(value).slots();
        if let Some(nb_bool) = slots.nb_bool {
            return nb_bool(self, value);
        }
        if let Some(len) = slots.mp_length.or(slots.sq_length) {
            return Ok(len(self, value)? != 0);
        }
        Ok(true)
    }

    /// The rich comparison as an expression: any value.
    pub fn compare(&self, a: &Value, b: &Value, op: CompareOp) -> PyResult {
        let _guard = self.enter_native(" in comparison")?;
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let mut reflected_tried = false;
        if !class_a.is(class_b)
            && class_b.is_subclass_of(class_a)
            && let Some(compare) = class_b.slots().richcompare
        {
            reflected_tried = true;
            let result = compare(self, b, a, op.swapped())?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        if let Some(compare) = class_a.slots().richcompare {
            let result = compare(self, a, b, op)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        if !reflected_tried && let Some(compare) = self.class_of(b).slots().richcompare {
            let result = compare(self, b, a, op.swapped())?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        match op {
            CompareOp::Eq => Ok(Value::bool(a.is(b))),
            CompareOp::Ne => Ok(Value::bool(!a.is(b))),
            _ => Err(self.type_error(format!(
                "'{}' not supported between instances of '{}' and '{}'",
                op.symbol(),
                self.class_name(a),
                self.class_name(b)
            ))),
        }
    }

    /// The comparison's truth; identical values are equal without asking them.
    pub fn compare_bool(&self, a: &Value, b: &Value, op: CompareOp) -> PyResult<bool> {
        if a.is(b) {
            match op {
                CompareOp::Eq => return Ok(true),
                CompareOp::Ne => return Ok(false),
                _ => {}
            }
        }
        if !matches!(op, CompareOp::Eq | CompareOp::Ne)
            && let Some(ordering) = self.order_plain(a, b, 0)
        {
            return Ok(op.holds(ordering));
        }
        let result = self.compare(a, b, op)?;
        self.truth(&result)
    }

    /// The order of two values, where it can be told without asking them: integers, floats, strings, and tuples
    /// of such.
    #[inline]
    pub fn order_plain(&self, a: &Value, b: &Value, depth: u32) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int()) {
            return Some(a.cmp(&b));
        }
        if let (Some(a), Some(b)) = (a.as_small_float(), b.as_small_float()) {
            return a.partial_cmp(&b);
        }
        if !a.is_heap() || !b.is_heap() {
            return Some(a.as_bool()?.cmp(&b.as_bool()?));
        }
        self.order_plain_objects(a, b, depth)
    }

    #[inline(never)]
    fn order_plain_objects(&self, a: &Value, b: &Value, depth: u32) -> Option<Ordering> {
        let class = self.class_of(a);
        if !class.is(self.class_of(b)) {
            return None;
        }
        if class.is(&self.types.str) {
            let (a, b) = (a.payload::<Str>()?, b.payload::<Str>()?);
            return Some(crate::types::str::operators::order(a, b));
        }
        if !class.is(&self.types.tuple) || depth == DEEPEST {
            return None;
        }
        let (a, b) = (a.payload::<Tuple>()?, b.payload::<Tuple>()?);
        for (left, right) in a.iter().zip(b.iter()) {
            if !self.equal_plain(left, right, depth + 1)? {
                return self.order_plain(left, right, depth + 1);
            }
        }
        Some(a.len().cmp(&b.len()))
    }

    /// `a is b or a == b`.
    #[inline]
    pub fn equal(&self, a: &Value, b: &Value) -> PyResult<bool> {
        if a.is(b) {
            return Ok(true);
        }
        if let (Some(_), Some(_)) = (a.as_small_int(), b.as_small_int()) {
            return Ok(false);
        }
        match self.equal_plain(a, b, 0) {
            Some(equal) => Ok(equal),
            None => self.compare_bool(a, b, CompareOp::Eq),
        }
    }

    /// Whether two values are equal, where that can be told without asking them: integers, strings and
    /// tuples of such.
    fn equal_plain(&self, a: &Value, b: &Value, depth: u32) -> Option<bool> {
        if a.is(b) {
            // A NaN in a tuple equals itself, too.
            return Some(true);
        }
        if a.as_small_int().is_some() && b.as_small_int().is_some() {
            return Some(false);
        }
        if a.as_small_float().is_some() && b.as_small_float().is_some() {
            // Neither NaN nor -0.0 is immediate.
            return Some(false);
        }
        if a.as_bool().is_some() && b.as_bool().is_some() {
            return Some(false);
        }
        let class = self.class_of(a);
        if !class.is(self.class_of(b)) {
            return None;
        }
        if class.is(&self.types.str) {
            return Some(a.payload::<Str>()?.equals(b.payload::<Str>()?));
        }
        if !class.is(&self.types.tuple) || depth == DEEPEST {
            return None;
        }
        let (a, b) = (a.payload::<Tuple>()?, b.payload::<Tuple>()?);
        for (left, right) in a.iter().zip(b.iter()) {
            if !self.equal_plain(left, right, depth + 1)? {
                return Some(false);
            }
        }
        Some(a.len() == b.len())
    }

    /// `hash(value)`.
    #[inline(always)]
    pub fn hash(&self, value: &Value) -> PyResult<i64> {
        match value.as_small_int() {
            // Small integers hash to themselves.
            Some(i) if i.unsigned_abs() >> 60 == 0 => Ok(if i == -1 { -2 } else { i }),
            _ => self.hash_general(value),
        }
    }

    fn hash_general(&self, value: &Value) -> PyResult<i64> {
        if let Some(i) = value.as_small_int() {
            // Integers hash to themselves modulo 2^61 - 1, except that -1 says "error" in C.
            const MODULUS: i64 = (1 << 61) - 1;
            return Ok(match i {
                -1 => -2,
                _ if i.abs() < MODULUS => i,
                _ => match i % MODULUS {
                    -1 => -2,
                    rest => rest,
                },
            });
        }
        if let Some(s) = value.payload::<Str>()
            && self.class_of(value).is(&self.types.str)
        {
            return Ok(s.hash(self) as i64);
        }
        match self.class_of(value).slots().hash {
            Some(hash) => hash(self, value),
            None => Err(self.type_error(format!("unhashable type: '{}'", self.class_name(value)))),
        }
    }

    /// `repr(value)`.
    pub fn repr(&self, value: &Value) -> PyResult<Ref<Str>> {
        self.collect_if_waiting();
        let _guard = self.enter_native(" while getting the repr of an object")?;
        let Some(repr) = self.class_of(value).slots().repr else {
            let text = format!(
                "<{} object at {:#x}>",
                self.class_name(value),
                self.id(value)
            );
            return Ok(self.str(&text));
        };
        let text = repr(self, value)?;
        let class = self.class_name(&text);
        text.downcast()
            .map_err(|_| self.type_error(format!("__repr__ returned non-string (type {class})")))
    }

    /// `repr(value)` for building a larger text; surrogates are shown escaped.
    pub fn repr_string(&self, value: &Value) -> PyResult<String> {
        Ok(self.repr(value)?.to_display().into_owned())
    }

    /// Appends `repr(value)` to a text; MemoryError where that has become too long.
    pub fn push_repr(&self, text: &mut String, value: &Value) -> PyResult<()> {
        let part = self.repr(value)?;
        let part = part.to_display();
        let room = text.try_reserve(part.len() + 8);
        room.map_err(|_| self.memory_error())?;
        text.push_str(&part);
        Ok(())
    }

    /// `str(value)`.
    pub fn str_of(&self, value: &Value) -> PyResult<Ref<Str>> {
        if self.class_of(value).is(&self.types.str)
            && let Some(s) = value.as_ref_to::<Str>()
        {
            return Ok(s.clone());
        }
        self.collect_if_waiting();
        let _guard = self.enter_native(" while getting the str of an object")?;
        let Some(str) = self.class_of(value).slots().str else {
            return self.repr(value);
        };
        let text = str(self, value)?;
        let class = self.class_name(&text);
        text.downcast()
            .map_err(|_| self.type_error(format!("__str__ returned non-string (type {class})")))
    }

    /// `str(value)` as Rust text; surrogates are shown escaped.
    pub fn str_string(&self, value: &Value) -> PyResult<String> {
        Ok(self.str_of(value)?.to_display().into_owned())
    }

    /// The hash of an object as such: from its address.
    ///
    /// Neighbours differ in the lowest bits, so that they do not collide in small tables.  The bits are turned
    /// round: of two objects made one after the other a small set gives the newer one first, mostly.  No program
    /// may count on that order (CPython's changes from run to run), but recorded runs show it.
    pub fn hash_address(&self, value: &Value) -> i64 {
        const LOWEST: i64 = 3;
        (self.id(value).rotate_right(4) >> 1) as i64 ^ LOWEST
    }

    /// `id(value)`: the address; of an immediate its word, moved to where addresses look like it (no
    /// address equals it, whose tag bits are zero).  In deterministic mode addresses count from the heap's
    /// own origin.
    pub fn id(&self, value: &Value) -> u64 {
        const IMMEDIATES: u64 = 0x7000_0000_0000;
        if value.object().is_none() {
            value.word() ^ IMMEDIATES
        } else if self.interp.determinism.is_on() {
            self.stable_id(value)
        } else {
            value.word()
        }
    }
}
