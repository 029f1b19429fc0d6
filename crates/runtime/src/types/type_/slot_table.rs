//! The table that ties special methods to slots.
//!
//! Each slot has one row for each special method that can fill it.  A row says which function a
//! class gets in that slot when it defines the method in Python (`slot_functions`), and how a
//! builtin class's slot is called as a method (`wrappers`).  From the table come the slot wrappers in
//! the namespaces of builtin classes (`ready`) and the slots of classes made by programs (`update`).

use super::slot_functions as slot;
use crate::names::Names;
use crate::object::slots::*;
use crate::object::{CompareOp, Value};

macro_rules! slot_functions {
    ($($(#[$doc:meta])* $variant:ident($type:ty),)*) => {
        /// A function of any slot.
        #[derive(Clone, Copy)]
        pub enum SlotFn {
            $($(#[$doc])* $variant($type),)*
        }

        impl SlotFn {
            /// The function's address.
            pub fn address(self) -> usize {
                match self {
                    $(SlotFn::$variant(f) => f as usize,)*
                }
            }
        }
    };
}

slot_functions! {
    /// One operand.
    Unary(UnaryFn),
    /// Two operands.
    Binary(BinaryFn),
    /// Three operands.
    Ternary(TernaryFn),
    /// A truth value.
    Predicate(PredicateFn),
    /// A length.
    Len(LenFn),
    /// A hash.
    Hash(HashFn),
    /// A call.
    Call(CallFn),
    /// `__new__`.
    New(NewFn),
    /// `__init__`.
    Init(InitFn),
    /// Attribute load.
    GetAttr(GetAttrFn),
    /// Attribute or item store and deletion.
    SetAttr(SetAttrFn),
    /// Comparison.
    Compare(CompareFn),
    /// Iteration.
    Next(NextFn),
    /// `__get__`.
    DescrGet(DescrGetFn),
    /// `__set__` and `__delete__`.
    DescrSet(DescrSetFn),
    /// Item by index.
    Item(ItemFn),
    /// Store and deletion by index.
    SetItem(SetItemFn),
    /// Repetition.
    Repeat(RepeatFn),
    /// Membership.
    Contains(ContainsFn),
    /// Finaliser.
    Del(DelFn),
    /// Export of a buffer.
    Buffer(BufferFn),
}

impl PartialEq for SlotFn {
    fn eq(&self, other: &SlotFn) -> bool {
        self.address() == other.address()
    }
}

/// How a slot is called as a method: the arguments it takes and what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// No method comes from the slot.
    None,
    GetAttr,
    SetAttr,
    DelAttr,
    Unary,
    Hash,
    Call,
    Compare(CompareOp),
    Next,
    DescrGet,
    DescrSet,
    DescrDelete,
    Init,
    New,
    Del,
    Binary,
    BinaryLeft,
    BinaryRight,
    Ternary,
    TernaryLeft,
    TernaryRight,
    Predicate,
    Len,
    SetItem,
    DelItem,
    Item,
    SetIndex,
    DelIndex,
    Repeat,
    Contains,
    Buffer,
    ReleaseBuffer,
}

/// A special method that can fill a slot.
pub struct SlotRow {
    /// Its name.
    pub name: &'static str,
    /// The interned name.
    pub interned: fn(&Names) -> &Value,
    /// What the slot gets when a class defines the method in Python; None where another slot
    /// serves the operation.
    pub function: Option<SlotFn>,
    /// How the slot is called as a method.
    pub wrap: Wrap,
    /// The method's documentation.
    pub doc: &'static str,
    /// The method's text signature.
    pub signature: &'static str,
}

/// A slot and the methods that can fill it.
pub struct SlotGroup {
    /// Reads the slot.
    pub get: fn(&TypeSlots) -> Option<SlotFn>,
    /// Fills or empties the slot.
    pub set: fn(&mut TypeSlots, Option<SlotFn>),
    /// The methods.
    pub rows: &'static [SlotRow],
}

macro_rules! optional_function {
    ($variant:ident ()) => {
        None
    };
    ($variant:ident ($function:path)) => {
        Some(SlotFn::$variant($function))
    };
}

macro_rules! slot_table {
    ($($field:ident: $variant:ident {
        $($name:ident ($($function:path)?) $wrap:ident $(($op:path))? $doc:literal $signature:literal;)*
    })*) => {
        /// All slots; see the module's head.
        pub static SLOT_TABLE: &[SlotGroup] = &[$(SlotGroup {
            get: |slots| slots.$field.map(SlotFn::$variant),
            set: |slots, function| {
                slots.$field = match function {
                    Some(SlotFn::$variant(f)) => Some(f),
                    _ => None,
                };
            },
            rows: &[$(SlotRow {
                name: stringify!($name),
                interned: |names| &names.$name,
                function: optional_function!($variant ($($function)?)),
                wrap: Wrap::$wrap $(($op))?,
                doc: $doc,
                signature: $signature,
            },)*],
        },)*];
    };
}

slot_table! {
new: New {
    __new__ (slot::new) New "Create and return new object." "";
}
repr: Unary {
    __repr__ (slot::repr) Unary "Return repr(self)." "($self, /)";
}
hash: Hash {
    __hash__ (slot::hash) Hash "Return hash(self)." "($self, /)";
}
call: Call {
    __call__ (slot::call) Call "Call self as a function." "($self, /, *args, **kwargs)";
}
str: Unary {
    __str__ (slot::str) Unary "Return str(self)." "($self, /)";
}
getattro: GetAttr {
    __getattribute__ (slot::get_attribute_hook) GetAttr "Return getattr(self, name)." "($self, name, /)";
    __getattr__ (slot::get_attribute_hook) None "" "";
}
setattro: SetAttr {
    __setattr__ (slot::set_attribute) SetAttr "Implement setattr(self, name, value)." "($self, name, value, /)";
    __delattr__ (slot::set_attribute) DelAttr "Implement delattr(self, name)." "($self, name, /)";
}
richcompare: Compare {
    __lt__ (slot::compare) Compare(CompareOp::Lt) "Return self<value." "($self, value, /)";
    __le__ (slot::compare) Compare(CompareOp::Le) "Return self<=value." "($self, value, /)";
    __eq__ (slot::compare) Compare(CompareOp::Eq) "Return self==value." "($self, value, /)";
    __ne__ (slot::compare) Compare(CompareOp::Ne) "Return self!=value." "($self, value, /)";
    __gt__ (slot::compare) Compare(CompareOp::Gt) "Return self>value." "($self, value, /)";
    __ge__ (slot::compare) Compare(CompareOp::Ge) "Return self>=value." "($self, value, /)";
}
iter: Unary {
    __iter__ (slot::iter) Unary "Implement iter(self)." "($self, /)";
}
iternext: Next {
    __next__ (slot::next) Next "Implement next(self)." "($self, /)";
}
descr_get: DescrGet {
    __get__ (slot::descriptor_get) DescrGet "Return an attribute of instance, which is of type owner." "($self, instance, owner=None, /)";
}
descr_set: DescrSet {
    __set__ (slot::descriptor_set) DescrSet "Set an attribute of instance to value." "($self, instance, value, /)";
    __delete__ (slot::descriptor_set) DescrDelete "Delete an attribute of instance." "($self, instance, /)";
}
init: Init {
    __init__ (slot::init) Init "Initialize self.  See help(type(self)) for accurate signature." "($self, /, *args, **kwargs)";
}
finalize: Del {
    __del__ (slot::finalize) Del "" "";
}
await_: Unary {
    __await__ (slot::await_) Unary "Return an iterator to be used in await expression." "($self, /)";
}
aiter: Unary {
    __aiter__ (slot::aiter) Unary "Return an awaitable, that resolves in asynchronous iterator." "($self, /)";
}
anext: Unary {
    __anext__ (slot::anext) Unary "Return a value or raise StopAsyncIteration." "($self, /)";
}
nb_add: Binary {
    __add__ (slot::binary::add) BinaryLeft "Return self+value." "($self, value, /)";
    __radd__ (slot::binary::add) BinaryRight "Return value+self." "($self, value, /)";
}
nb_subtract: Binary {
    __sub__ (slot::binary::sub) BinaryLeft "Return self-value." "($self, value, /)";
    __rsub__ (slot::binary::sub) BinaryRight "Return value-self." "($self, value, /)";
}
nb_multiply: Binary {
    __mul__ (slot::binary::mul) BinaryLeft "Return self*value." "($self, value, /)";
    __rmul__ (slot::binary::mul) BinaryRight "Return value*self." "($self, value, /)";
}
nb_remainder: Binary {
    __mod__ (slot::binary::mod_) BinaryLeft "Return self%value." "($self, value, /)";
    __rmod__ (slot::binary::mod_) BinaryRight "Return value%self." "($self, value, /)";
}
nb_divmod: Binary {
    __divmod__ (slot::binary::divmod) BinaryLeft "Return divmod(self, value)." "($self, value, /)";
    __rdivmod__ (slot::binary::divmod) BinaryRight "Return divmod(value, self)." "($self, value, /)";
}
nb_power: Ternary {
    __pow__ (slot::power) TernaryLeft "Return pow(self, value, mod)." "($self, value, mod=None, /)";
    __rpow__ (slot::power) TernaryRight "Return pow(value, self, mod)." "($self, value, mod=None, /)";
}
nb_negative: Unary {
    __neg__ (slot::unary::neg) Unary "-self" "($self, /)";
}
nb_positive: Unary {
    __pos__ (slot::unary::pos) Unary "+self" "($self, /)";
}
nb_absolute: Unary {
    __abs__ (slot::unary::abs) Unary "abs(self)" "($self, /)";
}
nb_bool: Predicate {
    __bool__ (slot::truth) Predicate "True if self else False" "($self, /)";
}
nb_invert: Unary {
    __invert__ (slot::unary::invert) Unary "~self" "($self, /)";
}
nb_lshift: Binary {
    __lshift__ (slot::binary::lshift) BinaryLeft "Return self<<value." "($self, value, /)";
    __rlshift__ (slot::binary::lshift) BinaryRight "Return value<<self." "($self, value, /)";
}
nb_rshift: Binary {
    __rshift__ (slot::binary::rshift) BinaryLeft "Return self>>value." "($self, value, /)";
    __rrshift__ (slot::binary::rshift) BinaryRight "Return value>>self." "($self, value, /)";
}
nb_and: Binary {
    __and__ (slot::binary::and_) BinaryLeft "Return self&value." "($self, value, /)";
    __rand__ (slot::binary::and_) BinaryRight "Return value&self." "($self, value, /)";
}
nb_xor: Binary {
    __xor__ (slot::binary::xor) BinaryLeft "Return self^value." "($self, value, /)";
    __rxor__ (slot::binary::xor) BinaryRight "Return value^self." "($self, value, /)";
}
nb_or: Binary {
    __or__ (slot::binary::or_) BinaryLeft "Return self|value." "($self, value, /)";
    __ror__ (slot::binary::or_) BinaryRight "Return value|self." "($self, value, /)";
}
nb_int: Unary {
    __int__ (slot::unary::int) Unary "int(self)" "($self, /)";
}
nb_float: Unary {
    __float__ (slot::unary::float) Unary "float(self)" "($self, /)";
}
nb_inplace_add: Binary {
    __iadd__ (slot::inplace::iadd) Binary "Return self+=value." "($self, value, /)";
}
nb_inplace_subtract: Binary {
    __isub__ (slot::inplace::isub) Binary "Return self-=value." "($self, value, /)";
}
nb_inplace_multiply: Binary {
    __imul__ (slot::inplace::imul) Binary "Return self*=value." "($self, value, /)";
}
nb_inplace_remainder: Binary {
    __imod__ (slot::inplace::imod) Binary "Return self%=value." "($self, value, /)";
}
nb_inplace_power: Ternary {
    __ipow__ (slot::inplace_power) Ternary "Return self**=value." "($self, value, /)";
}
nb_inplace_lshift: Binary {
    __ilshift__ (slot::inplace::ilshift) Binary "Return self<<=value." "($self, value, /)";
}
nb_inplace_rshift: Binary {
    __irshift__ (slot::inplace::irshift) Binary "Return self>>=value." "($self, value, /)";
}
nb_inplace_and: Binary {
    __iand__ (slot::inplace::iand) Binary "Return self&=value." "($self, value, /)";
}
nb_inplace_xor: Binary {
    __ixor__ (slot::inplace::ixor) Binary "Return self^=value." "($self, value, /)";
}
nb_inplace_or: Binary {
    __ior__ (slot::inplace::ior) Binary "Return self|=value." "($self, value, /)";
}
nb_floor_divide: Binary {
    __floordiv__ (slot::binary::floordiv) BinaryLeft "Return self//value." "($self, value, /)";
    __rfloordiv__ (slot::binary::floordiv) BinaryRight "Return value//self." "($self, value, /)";
}
nb_true_divide: Binary {
    __truediv__ (slot::binary::truediv) BinaryLeft "Return self/value." "($self, value, /)";
    __rtruediv__ (slot::binary::truediv) BinaryRight "Return value/self." "($self, value, /)";
}
nb_inplace_floor_divide: Binary {
    __ifloordiv__ (slot::inplace::ifloordiv) Binary "Return self//=value." "($self, value, /)";
}
nb_inplace_true_divide: Binary {
    __itruediv__ (slot::inplace::itruediv) Binary "Return self/=value." "($self, value, /)";
}
nb_index: Unary {
    __index__ (slot::unary::index) Unary "Return self converted to an integer, if self is suitable for use as an index into a list." "($self, /)";
}
nb_matrix_multiply: Binary {
    __matmul__ (slot::binary::matmul) BinaryLeft "Return self@value." "($self, value, /)";
    __rmatmul__ (slot::binary::matmul) BinaryRight "Return value@self." "($self, value, /)";
}
nb_inplace_matrix_multiply: Binary {
    __imatmul__ (slot::inplace::imatmul) Binary "Return self@=value." "($self, value, /)";
}
mp_length: Len {
    __len__ (slot::len) Len "Return len(self)." "($self, /)";
}
mp_subscript: Binary {
    __getitem__ (slot::subscript) Binary "Return self[key]." "($self, key, /)";
}
mp_ass_subscript: SetAttr {
    __setitem__ (slot::assign_subscript) SetItem "Set self[key] to value." "($self, key, value, /)";
    __delitem__ (slot::assign_subscript) DelItem "Delete self[key]." "($self, key, /)";
}
sq_length: Len {
    __len__ (slot::len) Len "Return len(self)." "($self, /)";
}
sq_concat: Binary {
    __add__ () Binary "Return self+value." "($self, value, /)";
}
sq_repeat: Repeat {
    __mul__ () Repeat "Return self*value." "($self, value, /)";
    __rmul__ () Repeat "Return value*self." "($self, value, /)";
}
sq_item: Item {
    __getitem__ (slot::item) Item "Return self[key]." "($self, key, /)";
}
sq_ass_item: SetItem {
    __setitem__ (slot::assign_item) SetIndex "Set self[key] to value." "($self, key, value, /)";
    __delitem__ (slot::assign_item) DelIndex "Delete self[key]." "($self, key, /)";
}
sq_contains: Contains {
    __contains__ (slot::contains) Contains "Return bool(key in self)." "($self, key, /)";
}
sq_inplace_concat: Binary {
    __iadd__ () Binary "Implement self+=value." "($self, value, /)";
}
sq_inplace_repeat: Repeat {
    __imul__ () Repeat "Implement self*=value." "($self, value, /)";
}
buffer: Buffer {
    __buffer__ (slot::buffer) Buffer "Return a buffer object that exposes the underlying memory of the object." "($self, flags, /)";
    __release_buffer__ () ReleaseBuffer "Release the buffer object that exposes the underlying memory of the object." "($self, buffer, /)";
}
}
