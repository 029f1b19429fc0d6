//! `TypeSlots`: the functions by which the VM and the natives operate on values, CPython's
//! tp-slots by their names.
//!
//! A builtin type fills a `TypeSlots` constant.  For each filled slot the class dictionary gets a
//! slot wrapper (`list.__len__`), and a subclass written in Python that defines the special method
//! gets a slot function that calls it (types/type_/slot_table.rs).  Slots are inherited.

use super::args::Args;
use super::class::Class;
use super::payload::Ref;
use super::result::PyResult;
use super::value::Value;
use crate::vm::Vm;

/// The six rich comparisons, in CPython's numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CompareOp {
    Lt = 0,
    Le = 1,
    Eq = 2,
    Ne = 3,
    Gt = 4,
    Ge = 5,
}

/// `repr`-like: one operand.
pub type UnaryFn = fn(&Vm, &Value) -> PyResult;
/// Two operands; `NotImplemented` lets the other side try.
pub type BinaryFn = fn(&Vm, &Value, &Value) -> PyResult;
/// Three operands (`pow`); the third is None where it is missing.
pub type TernaryFn = fn(&Vm, &Value, &Value, &Value) -> PyResult;
/// A truth value.
pub type PredicateFn = fn(&Vm, &Value) -> PyResult<bool>;
/// A length.
pub type LenFn = fn(&Vm, &Value) -> PyResult<usize>;
/// A hash.
pub type HashFn = fn(&Vm, &Value) -> PyResult<i64>;
/// A call.
pub type CallFn = fn(&Vm, &Value, Args<'_>) -> PyResult;
/// `cls.__new__(cls, …)`.
pub type NewFn = fn(&Vm, &Ref<Class>, Args<'_>) -> PyResult;
/// `self.__init__(…)`.
pub type InitFn = fn(&Vm, &Value, Args<'_>) -> PyResult<()>;
/// Attribute load; the name is a `str`.
pub type GetAttrFn = fn(&Vm, &Value, &Value) -> PyResult;
/// Attribute store, or deletion where there is no value.
pub type SetAttrFn = fn(&Vm, &Value, &Value, Option<&Value>) -> PyResult<()>;
/// A comparison.
pub type CompareFn = fn(&Vm, &Value, &Value, CompareOp) -> PyResult;
/// The next item, or None at the end (without a StopIteration raised).
pub type NextFn = fn(&Vm, &Value) -> PyResult<Option<Value>>;
/// `descriptor.__get__(instance, owner)`.
pub type DescrGetFn = fn(&Vm, &Value, Option<&Value>, Option<&Value>) -> PyResult;
/// `descriptor.__set__(instance, value)`, or `__delete__` where there is no value.
pub type DescrSetFn = fn(&Vm, &Value, &Value, Option<&Value>) -> PyResult<()>;
/// Item of a sequence by index (not negative unless the caller passes it through).
pub type ItemFn = fn(&Vm, &Value, isize) -> PyResult;
/// Store or delete an item of a sequence.
pub type SetItemFn = fn(&Vm, &Value, isize, Option<&Value>) -> PyResult<()>;
/// `sequence * n`.
pub type RepeatFn = fn(&Vm, &Value, isize) -> PyResult;
/// Membership.
pub type ContainsFn = fn(&Vm, &Value, &Value) -> PyResult<bool>;
/// Finaliser.
pub type DelFn = fn(&Vm, &Value) -> PyResult<()>;
/// Exports a buffer.
pub type BufferFn = fn(&Vm, &Value, i64) -> PyResult<super::buffer::BufferView>;

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident: $type:ty,)*) => {
        /// The operations of a type; see the module's head.
        #[derive(Clone, Copy)]
        pub struct TypeSlots {
            $($(#[$doc])* pub $name: Option<$type>,)*
        }
        impl TypeSlots {
            /// No operation at all.
            pub const EMPTY: TypeSlots = TypeSlots { $($name: None,)* };

            /// Fills each empty slot from `base`, one by one.  (Which slots may be inherited
            /// together is decided by the caller.)
            pub fn inherit(&mut self, base: &TypeSlots) {
                $(if self.$name.is_none() { self.$name = base.$name; })*
            }
        }
    };
}

slots! {
    repr: UnaryFn,
    str: UnaryFn,
    hash: HashFn,
    call: CallFn,
    getattro: GetAttrFn,
    setattro: SetAttrFn,
    richcompare: CompareFn,
    iter: UnaryFn,
    iternext: NextFn,
    descr_get: DescrGetFn,
    descr_set: DescrSetFn,
    init: InitFn,
    new: NewFn,
    /// `__del__`.
    finalize: DelFn,
    await_: UnaryFn,
    aiter: UnaryFn,
    anext: UnaryFn,
    nb_add: BinaryFn,
    nb_subtract: BinaryFn,
    nb_multiply: BinaryFn,
    nb_remainder: BinaryFn,
    nb_divmod: BinaryFn,
    nb_power: TernaryFn,
    nb_negative: UnaryFn,
    nb_positive: UnaryFn,
    nb_absolute: UnaryFn,
    nb_bool: PredicateFn,
    nb_invert: UnaryFn,
    nb_lshift: BinaryFn,
    nb_rshift: BinaryFn,
    nb_and: BinaryFn,
    nb_xor: BinaryFn,
    nb_or: BinaryFn,
    nb_int: UnaryFn,
    nb_float: UnaryFn,
    nb_inplace_add: BinaryFn,
    nb_inplace_subtract: BinaryFn,
    nb_inplace_multiply: BinaryFn,
    nb_inplace_remainder: BinaryFn,
    nb_inplace_power: TernaryFn,
    nb_inplace_lshift: BinaryFn,
    nb_inplace_rshift: BinaryFn,
    nb_inplace_and: BinaryFn,
    nb_inplace_xor: BinaryFn,
    nb_inplace_or: BinaryFn,
    nb_floor_divide: BinaryFn,
    nb_true_divide: BinaryFn,
    nb_inplace_floor_divide: BinaryFn,
    nb_inplace_true_divide: BinaryFn,
    nb_index: UnaryFn,
    nb_matrix_multiply: BinaryFn,
    nb_inplace_matrix_multiply: BinaryFn,
    mp_length: LenFn,
    mp_subscript: BinaryFn,
    mp_ass_subscript: SetAttrFn,
    sq_length: LenFn,
    sq_concat: BinaryFn,
    sq_repeat: RepeatFn,
    sq_item: ItemFn,
    sq_ass_item: SetItemFn,
    sq_contains: ContainsFn,
    sq_inplace_concat: BinaryFn,
    sq_inplace_repeat: RepeatFn,
    buffer: BufferFn,
}
