//! Arithmetic by the operators' protocol: left operand, reflected right operand, subclass first.

use crate::object::slots::{BinaryFn, TernaryFn, TypeSlots};
use crate::object::{PyResult, Value, class_flag};
use crate::vm::Vm;

/// A binary operator: its symbol and its slots.
pub struct BinaryOp {
    /// As in messages: `+`, `**` …
    pub symbol: &'static str,
    slot: fn(&TypeSlots) -> Option<BinaryFn>,
    inplace: fn(&TypeSlots) -> Option<BinaryFn>,
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident = $symbol:literal $slot:ident $inplace:ident;)*) => {
        impl BinaryOp {
            $($(#[$doc])* pub const $name: BinaryOp =
                BinaryOp { symbol: $symbol, slot: |s| s.$slot, inplace: |s| s.$inplace };)*
        }
    };
}

operators! {
    /// `+`
    ADD = "+" nb_add nb_inplace_add;
    /// `&`
    AND = "&" nb_and nb_inplace_and;
    /// `//`
    FLOOR_DIVIDE = "//" nb_floor_divide nb_inplace_floor_divide;
    /// `<<`
    LSHIFT = "<<" nb_lshift nb_inplace_lshift;
    /// `@`
    MATRIX_MULTIPLY = "@" nb_matrix_multiply nb_inplace_matrix_multiply;
    /// `*`
    MULTIPLY = "*" nb_multiply nb_inplace_multiply;
    /// `%`
    REMAINDER = "%" nb_remainder nb_inplace_remainder;
    /// `|`
    OR = "|" nb_or nb_inplace_or;
    /// `>>`
    RSHIFT = ">>" nb_rshift nb_inplace_rshift;
    /// `-`
    SUBTRACT = "-" nb_subtract nb_inplace_subtract;
    /// `/`
    TRUE_DIVIDE = "/" nb_true_divide nb_inplace_true_divide;
    /// `^`
    XOR = "^" nb_xor nb_inplace_xor;
    /// `divmod()`
    DIVMOD = "divmod()" nb_divmod nb_divmod;
}

impl Vm {
    /// Tries both operands; NotImplemented if neither knows.
    fn binary_or_not_implemented(
        &self,
        a: &Value,
        b: &Value,
        slot: fn(&TypeSlots) -> Option<BinaryFn>,
    ) -> PyResult {
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let left = slot(class_a.slots());
        let mut right = if class_a.is(class_b) {
            None
        } else {
            slot(class_b.slots())
        };
        if let (Some(l), Some(r)) = (left, right)
            && std::ptr::fn_addr_eq(l, r)
        {
            right = None;
        }
        if let Some(left) = left {
            if let Some(r) = right
                && class_b.is_subclass_of(class_a)
            {
                let result = r(self, a, b)?;
                if !result.is_not_implemented() {
                    return Ok(result);
                }
                right = None;
            }
            let result = left(self, a, b)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        match right {
            Some(right) => right(self, a, b),
            None => Ok(Value::NOT_IMPLEMENTED),
        }
    }

    /// `a op b`.  As in CPython a slot gets the operands in source order, whichever side it
    /// belongs to.
    pub fn binary(&self, op: &BinaryOp, a: &Value, b: &Value) -> PyResult {
        let result = self.binary_or_not_implemented(a, b, op.slot)?;
        if result.is_not_implemented() {
            self.binary_sequence(op, a, b, false)
        } else {
            Ok(result)
        }
    }

    /// `a op= b`: the new value of the target.
    pub fn binary_inplace(&self, op: &BinaryOp, a: &Value, b: &Value) -> PyResult {
        if let Some(inplace) = (op.inplace)(self.class_of(a).slots()) {
            let result = inplace(self, a, b)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        let result = self.binary_or_not_implemented(a, b, op.slot)?;
        if result.is_not_implemented() {
            self.binary_sequence(op, a, b, true)
        } else {
            Ok(result)
        }
    }

    /// `+` and `*` of sequences, else the TypeError.
    fn binary_sequence(&self, op: &BinaryOp, a: &Value, b: &Value, inplace: bool) -> PyResult {
        if op.symbol == "+" {
            let slots = self.class_of(a).slots();
            let concat = if inplace {
                slots.sq_inplace_concat.or(slots.sq_concat)
            } else {
                slots.sq_concat
            };
            if let Some(concat) = concat {
                return concat(self, a, b);
            }
        }
        if op.symbol == "*" {
            let (slots_a, slots_b) = (self.class_of(a).slots(), self.class_of(b).slots());
            let repeat = if inplace {
                slots_a.sq_inplace_repeat.or(slots_a.sq_repeat)
            } else {
                slots_a.sq_repeat
            };
            if let Some(repeat) = repeat {
                return repeat(self, a, self.repeat_count(b)?);
            }
            // In place only what is no sequence at all is taken for a count.
            let counts = !inplace
                || !(self.class_of(a).has_flag(class_flag::HEAP_TYPE)
                    || slots_a.sq_length.or(slots_a.mp_length).is_some()
                    || slots_a.sq_item.is_some());
            if let Some(repeat) = slots_b.sq_repeat.filter(|_| counts) {
                return repeat(self, b, self.repeat_count(a)?);
            }
        }
        let symbol = op.symbol;
        let (left, right) = (self.class_name(a), self.class_name(b));
        let equals = if inplace { "=" } else { "" };
        let mut message =
            format!("unsupported operand type(s) for {symbol}{equals}: '{left}' and '{right}'");
        if symbol == ">>"
            && !inplace
            && left == "builtin_function_or_method"
            && self
                .get_attr_opt(a, &self.names.__name__)?
                .is_some_and(|n| self.display(&n) == "print")
        {
            message.push_str(". Did you mean \"print(<message>, file=<output_stream>)\"?");
        }
        Err(self.type_error(message))
    }

    fn repeat_count(&self, count: &Value) -> PyResult<isize> {
        if self.class_of(count).slots().nb_index.is_none() {
            return Err(self.type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                self.class_name(count)
            )));
        }
        self.index_isize(count, &self.types.exceptions.overflow_error)
    }

    /// `a ** b`, or `pow(a, b, modulus)` where the modulus is not None.
    pub fn power(&self, a: &Value, b: &Value, modulus: &Value) -> PyResult {
        self.ternary(a, b, modulus, |s| s.nb_power, "** or pow()")
    }

    /// `a **= b`.
    pub fn power_inplace(&self, a: &Value, b: &Value) -> PyResult {
        if let Some(inplace) = self.class_of(a).slots().nb_inplace_power {
            let result = inplace(self, a, b, &Value::NONE)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        self.ternary(a, b, &Value::NONE, |s| s.nb_power, "**=")
    }

    fn ternary(
        &self,
        a: &Value,
        b: &Value,
        c: &Value,
        slot: fn(&TypeSlots) -> Option<TernaryFn>,
        symbol: &str,
    ) -> PyResult {
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let left = slot(class_a.slots());
        let mut right = if class_a.is(class_b) {
            None
        } else {
            slot(class_b.slots())
        };
        if let (Some(l), Some(r)) = (left, right)
            && std::ptr::fn_addr_eq(l, r)
        {
            right = None;
        }
        if let Some(r) = right
            && left.is_some()
            && class_b.is_subclass_of(class_a)
        {
            let result = r(self, a, b, c)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
            right = None;
        }
        for function in [left, right].into_iter().flatten() {
            let result = function(self, a, b, c)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        if let Some(third) = slot(self.class_of(c).slots())
            && !left.is_some_and(|l| std::ptr::fn_addr_eq(l, third))
            && !c.is_none()
        {
            let result = third(self, a, b, c)?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
        let (left, right) = (self.class_name(a), self.class_name(b));
        Err(self.type_error(if c.is_none() {
            format!("unsupported operand type(s) for {symbol}: '{left}' and '{right}'")
        } else {
            format!(
                "unsupported operand type(s) for {symbol}: '{left}', '{right}', '{}'",
                self.class_name(c)
            )
        }))
    }

    /// `-value`.
    pub fn negative(&self, value: &Value) -> PyResult {
        match self.class_of(value).slots().nb_negative {
            Some(f) => f(self, value),
            None => Err(self.bad_operand("-", value)),
        }
    }

    /// `+value`.
    pub fn positive(&self, value: &Value) -> PyResult {
        match self.class_of(value).slots().nb_positive {
            Some(f) => f(self, value),
            None => Err(self.bad_operand("+", value)),
        }
    }

    /// `~value`.
    pub fn invert(&self, value: &Value) -> PyResult {
        match self.class_of(value).slots().nb_invert {
            Some(f) => f(self, value),
            None => Err(self.bad_operand("~", value)),
        }
    }

    #[cold]
    fn bad_operand(&self, symbol: &str, value: &Value) -> crate::Raised {
        self.type_error(format!(
            "bad operand type for unary {symbol}: '{}'",
            self.class_name(value)
        ))
    }
}
