//! The functions that classes made by programs have in their slots: each calls the special method
//! and checks what it answers.

use smallvec::SmallVec;

use crate::object::borrowed::BorrowedValues;
use crate::object::buffer::BufferView;
use crate::object::slots::{BinaryFn, TernaryFn, TypeSlots};
use crate::object::{Args, Class, CompareOp, PyResult, Ref, Value, class_flag};
use crate::vm::Vm;

/// Calls a special method that the type is known to have.
fn required(vm: &Vm, this: &Value, name: &Value, args: &[Value]) -> PyResult {
    match vm.call_slot_method(this, name, args)? {
        Some(result) => Ok(result),
        None => Err(vm.attribute_error(vm.display(name))),
    }
}

fn or_not_implemented(vm: &Vm, this: &Value, name: &Value, args: &[Value]) -> PyResult {
    Ok(vm
        .call_slot_method(this, name, args)?
        .unwrap_or(Value::NOT_IMPLEMENTED))
}

/// The binary operator `name` or `reflected` as CPython's slot function does it.
pub fn binary_operator(
    vm: &Vm,
    (a, b): (&Value, &Value),
    own: BinaryFn,
    slot: fn(&TypeSlots) -> Option<BinaryFn>,
    (name, reflected): (&Value, &Value),
) -> PyResult {
    let is_own =
        |class: &Ref<Class>| slot(class.slots()).is_some_and(|f| f as usize == own as usize);
    let (class_a, class_b) = (vm.class_of(a).clone(), vm.class_of(b).clone());
    let mut try_right = !class_a.is(&class_b) && is_own(&class_b);
    if is_own(&class_a) {
        if try_right
            && class_b.is_subclass_of(&class_a)
            && is_overloaded(vm, &class_a, &class_b, reflected)?
        {
            let result = or_not_implemented(vm, b, reflected, std::slice::from_ref(a))?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
            try_right = false;
        }
        let result = or_not_implemented(vm, a, name, std::slice::from_ref(b))?;
        if !result.is_not_implemented() || class_a.is(&class_b) {
            return Ok(result);
        }
    }
    if try_right {
        return or_not_implemented(vm, b, reflected, std::slice::from_ref(a));
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// True if the right operand's class has another method of that name than the left one's.
fn is_overloaded(vm: &Vm, left: &Ref<Class>, right: &Ref<Class>, name: &Value) -> PyResult<bool> {
    let Some(right) = vm.get_attr_opt(right.as_value(), name)? else {
        return Ok(false);
    };
    let Some(left) = vm.get_attr_opt(left.as_value(), name)? else {
        return Ok(true);
    };
    vm.compare_bool(&left, &right, CompareOp::Ne)
}

macro_rules! binary_slots {
    ($($function:ident $slot:ident $name:ident $reflected:ident;)*) => {
        /// Binary operators.
        pub mod binary {
            use super::*;
            $(
                /// The operator by its special methods.
                pub fn $function(vm: &Vm, a: &Value, b: &Value) -> PyResult {
                    let names = (&vm.names.$name, &vm.names.$reflected);
                    binary_operator(vm, (a, b), $function, |s| s.$slot, names)
                }
            )*
        }
    };
}

binary_slots! {
    add nb_add __add__ __radd__;
    sub nb_subtract __sub__ __rsub__;
    mul nb_multiply __mul__ __rmul__;
    mod_ nb_remainder __mod__ __rmod__;
    divmod nb_divmod __divmod__ __rdivmod__;
    lshift nb_lshift __lshift__ __rlshift__;
    rshift nb_rshift __rshift__ __rrshift__;
    and_ nb_and __and__ __rand__;
    xor nb_xor __xor__ __rxor__;
    or_ nb_or __or__ __ror__;
    floordiv nb_floor_divide __floordiv__ __rfloordiv__;
    truediv nb_true_divide __truediv__ __rtruediv__;
    matmul nb_matrix_multiply __matmul__ __rmatmul__;
}

macro_rules! inplace_slots {
    ($($function:ident $name:ident;)*) => {
        /// In-place operators.
        pub mod inplace {
            use super::*;
            $(
                /// The operator by its special method.
                pub fn $function(vm: &Vm, a: &Value, b: &Value) -> PyResult {
                    required(vm, a, &vm.names.$name, std::slice::from_ref(b))
                }
            )*
        }
    };
}

inplace_slots! {
    iadd __iadd__;
    isub __isub__;
    imul __imul__;
    imod __imod__;
    ilshift __ilshift__;
    irshift __irshift__;
    iand __iand__;
    ixor __ixor__;
    ior __ior__;
    ifloordiv __ifloordiv__;
    itruediv __itruediv__;
    imatmul __imatmul__;
}

macro_rules! unary_slots {
    ($($function:ident $name:ident;)*) => {
        /// Operators and conversions of one operand.
        pub mod unary {
            use super::*;
            $(
                /// The operation by its special method.
                pub fn $function(vm: &Vm, this: &Value) -> PyResult {
                    required(vm, this, &vm.names.$name, &[])
                }
            )*
        }
    };
}

unary_slots! {
    neg __neg__;
    pos __pos__;
    abs __abs__;
    invert __invert__;
    int __int__;
    float __float__;
    index __index__;
}

/// `pow()` and `**`; only the left operand is asked where there is a modulus.
pub fn power(vm: &Vm, a: &Value, b: &Value, modulus: &Value) -> PyResult {
    let own = power as TernaryFn as usize;
    let is_own = |class: &Ref<Class>| class.slots().nb_power.is_some_and(|f| f as usize == own);
    let (class_a, class_b) = (vm.class_of(a).clone(), vm.class_of(b).clone());
    let (name, reflected) = (&vm.names.__pow__, &vm.names.__rpow__);
    if !modulus.is_none() {
        if !is_own(&class_a) {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let mut args = BorrowedValues::new();
        args.push(b);
        args.push(modulus);
        return required(vm, a, name, &args);
    }
    let mut try_right = !class_a.is(&class_b) && is_own(&class_b);
    if is_own(&class_a) {
        if try_right
            && class_b.is_subclass_of(&class_a)
            && is_overloaded(vm, &class_a, &class_b, reflected)?
        {
            let result = or_not_implemented(vm, b, reflected, std::slice::from_ref(a))?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
            try_right = false;
        }
        let result = or_not_implemented(vm, a, name, std::slice::from_ref(b))?;
        if !result.is_not_implemented() || class_a.is(&class_b) {
            return Ok(result);
        }
    }
    if try_right {
        return or_not_implemented(vm, b, reflected, std::slice::from_ref(a));
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// `**=`.
pub fn inplace_power(vm: &Vm, a: &Value, b: &Value, _modulus: &Value) -> PyResult {
    required(vm, a, &vm.names.__ipow__, std::slice::from_ref(b))
}

/// `repr()`.
pub fn repr(vm: &Vm, this: &Value) -> PyResult {
    match vm.call_slot_method(this, &vm.names.__repr__, &[])? {
        Some(text) => Ok(text),
        None => Ok(vm.str_value(&format!(
            "<{} object at {:#x}>",
            vm.class_name(this),
            vm.id(this)
        ))),
    }
}

/// `str()`.
pub fn str(vm: &Vm, this: &Value) -> PyResult {
    required(vm, this, &vm.names.__str__, &[])
}

/// `hash()`.
pub fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let name = &vm.names.__hash__;
    match vm.lookup_in_class(vm.class_of(this), name) {
        Some(method) if !method.is_none() => {}
        _ => return hash_not_implemented(vm, this),
    }
    let result = required(vm, this, name, &[])?;
    let Some(number) = result.as_int() else {
        return Err(vm.type_error("__hash__ method should return an integer"));
    };
    let hash = match number.to_i64() {
        Some(hash) => hash,
        // What does not fit is hashed as an int.
        None => crate::types::int::hash_view(number),
    };
    Ok(if hash == -1 { -2 } else { hash })
}

/// The hash of classes whose `__hash__` is None.
pub fn hash_not_implemented(vm: &Vm, this: &Value) -> PyResult<i64> {
    Err(vm.type_error(format!("unhashable type: '{}'", vm.class_name(this))))
}

/// A call.
pub fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let class = vm.class_of(this);
    let _unpacked = unpacked(this, args);
    match vm.lookup_in_class(class, &vm.names.__call__) {
        Some(method) => vm.call_found(&method, this, args),
        None => Err(vm.attribute_error("__call__")),
    }
}

/// What CPython copies of the arguments of a call with keywords, self included, to pass them on.
fn unpacked(this: &Value, args: Args<'_>) -> SmallVec<[Value; 6]> {
    let mut copies = SmallVec::new();
    if !args.names.is_empty() {
        copies.push(this.clone());
        copies.extend(args.values.iter().cloned());
    }
    copies
}

/// Attribute load by `__getattribute__`, and by `__getattr__` where that raises AttributeError.
pub fn get_attribute_hook(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    let class = vm.class_of(this).clone();
    let hook = vm.lookup_in_class(&class, &vm.names.__getattr__);
    let own = vm.lookup_in_class(&class, &vm.names.__getattribute__);
    let args = Args::positional(std::slice::from_ref(name));
    let generic = own
        .as_ref()
        .is_none_or(|own| vm.is_generic_getattribute(own));
    let Some(hook) = hook else {
        return match own {
            Some(own) if !generic => vm.call_found(&own, this, args),
            _ => vm.generic_get_attr(this, name),
        };
    };
    let loaded = match own {
        Some(own) if !generic => vm.call_found(&own, this, args).map(Some),
        _ => vm.generic_get_attr_opt(this, name),
    };
    let found = match loaded {
        Ok(found) => found,
        Err(raised) => {
            drop(vm.catch(raised, &vm.types.exceptions.attribute_error)?);
            None
        }
    };
    match found {
        Some(value) => Ok(value),
        None => vm.call_found(&hook, this, args),
    }
}

/// Export of a buffer: the memory that the memoryview from `__buffer__` shows.
pub fn buffer(vm: &Vm, this: &Value, flags: i64) -> PyResult<BufferView> {
    let wanted = Value::small_int(flags);
    let args = std::slice::from_ref(&wanted);
    let result = required(vm, this, &vm.names.__buffer__, args)?;
    if !vm.class_of(&result).is(&vm.types.memoryview) {
        return Err(vm.type_error("__buffer__ returned non-memoryview object"));
    }
    crate::types::memoryview::lent::lend(vm, this, result, flags)
}

/// Attribute store and deletion.
pub fn set_attribute(vm: &Vm, this: &Value, name: &Value, value: Option<&Value>) -> PyResult<()> {
    store(
        vm,
        this,
        name,
        value,
        &vm.names.__setattr__,
        &vm.names.__delattr__,
    )
}

fn store(
    vm: &Vm,
    this: &Value,
    key: &Value,
    value: Option<&Value>,
    set: &Value,
    delete: &Value,
) -> PyResult<()> {
    match value {
        Some(value) => BorrowedValues::lend(key, std::slice::from_ref(value), |args| {
            required(vm, this, set, args).map(drop)
        }),
        None => required(vm, this, delete, std::slice::from_ref(key)).map(drop),
    }
}

/// Comparison.
pub fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let names = vm.names;
    let name = match op {
        CompareOp::Lt => &names.__lt__,
        CompareOp::Le => &names.__le__,
        CompareOp::Eq => &names.__eq__,
        CompareOp::Ne => &names.__ne__,
        CompareOp::Gt => &names.__gt__,
        CompareOp::Ge => &names.__ge__,
    };
    let Some(method) = vm.lookup_in_class(vm.class_of(this), name) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let args = std::slice::from_ref(other);
    let class = vm.class_of(&method);
    match class.slots().descr_get {
        // A method that cannot be bound is one that is not there.
        Some(get) if !class.has_flag(class_flag::METHOD_DESCRIPTOR) => {
            let owner = vm.class_of(this).to_value();
            match get(vm, &method, Some(this), Some(&owner)) {
                Ok(bound) => vm.call(&bound, args),
                Err(raised) => {
                    drop(vm.take_exception(raised));
                    Ok(Value::NOT_IMPLEMENTED)
                }
            }
        }
        _ => vm.call_found(&method, this, Args::positional(args)),
    }
}

/// `iter()`.
pub fn iter(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this);
    match vm.lookup_in_class(class, &vm.names.__iter__) {
        Some(method) if method.is_none() => {}
        Some(method) => return vm.call_found(&method, this, Args::NONE),
        None => {
            if vm.lookup_in_class(class, &vm.names.__getitem__).is_some() {
                return vm.sequence_iterator(this);
            }
        }
    }
    Err(vm.type_error(format!("'{}' object is not iterable", class.name_string())))
}

/// `next()`.  A StopIteration stays raised, for its value (`Vm::next` catches it).
pub fn next(vm: &Vm, this: &Value) -> PyResult<Option<Value>> {
    required(vm, this, &vm.names.__next__, &[]).map(Some)
}

/// `__get__`.
pub fn descriptor_get(
    vm: &Vm,
    this: &Value,
    object: Option<&Value>,
    owner: Option<&Value>,
) -> PyResult {
    let class = vm.class_of(this);
    let Some(method) = vm.lookup_in_class(class, &vm.names.__get__) else {
        return Ok(this.clone());
    };
    static NONE: Value = Value::NONE;
    let mut args = BorrowedValues::new();
    args.push(this);
    args.push(object.unwrap_or(&NONE));
    args.push(owner.unwrap_or(&NONE));
    // As in CPython the method itself is not bound.
    vm.call(&method, &args)
}

/// `__set__` and `__delete__`.
pub fn descriptor_set(
    vm: &Vm,
    this: &Value,
    object: &Value,
    value: Option<&Value>,
) -> PyResult<()> {
    store(
        vm,
        this,
        object,
        value,
        &vm.names.__set__,
        &vm.names.__delete__,
    )
}

/// `__init__`.
pub fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let class = vm.class_of(this);
    let Some(method) = vm.lookup_in_class(class, &vm.names.__init__) else {
        return Err(vm.attribute_error("__init__"));
    };
    let _unpacked = unpacked(this, args);
    let result = vm.call_found(&method, this, args)?;
    if result.is_none() {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "__init__() should return None, not '{}'",
        vm.class_name(&result)
    )))
}

/// `__new__`.
pub fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let method = vm.get_attr(class.as_value(), &vm.names.__new__)?;
    let mut values = BorrowedValues::new();
    values.prefix(class.as_value(), args.values);
    let _unpacked = unpacked(class.as_value(), args);
    vm.call_args(
        &method,
        Args {
            values: &values,
            names: args.names,
        },
    )
}

/// `__del__`.
pub fn finalize(vm: &Vm, this: &Value) -> PyResult<()> {
    vm.call_slot_method(this, &vm.names.__del__, &[]).map(drop)
}

fn asynchronous(vm: &Vm, this: &Value, name: &Value) -> PyResult {
    match vm.call_slot_method(this, name, &[])? {
        Some(result) => Ok(result),
        None => Err(vm.attribute_error(format!(
            "object {} does not have {} method",
            vm.class_name(this),
            vm.display(name)
        ))),
    }
}

/// `await`.
pub fn await_(vm: &Vm, this: &Value) -> PyResult {
    asynchronous(vm, this, &vm.names.__await__)
}

/// `aiter()`.
pub fn aiter(vm: &Vm, this: &Value) -> PyResult {
    asynchronous(vm, this, &vm.names.__aiter__)
}

/// `anext()`.
pub fn anext(vm: &Vm, this: &Value) -> PyResult {
    asynchronous(vm, this, &vm.names.__anext__)
}

/// `bool()`: by `__bool__`, else by `__len__`.
pub fn truth(vm: &Vm, this: &Value) -> PyResult<bool> {
    if let Some(result) = vm.call_slot_method(this, &vm.names.__bool__, &[])? {
        return result.as_bool().ok_or_else(|| {
            vm.type_error(format!(
                "__bool__ should return bool, returned {}",
                vm.class_name(&result)
            ))
        });
    }
    if vm
        .lookup_in_class(vm.class_of(this), &vm.names.__len__)
        .is_some()
    {
        return Ok(len(vm, this)? != 0);
    }
    Ok(true)
}

/// `len()`.
pub fn len(vm: &Vm, this: &Value) -> PyResult<usize> {
    let result = required(vm, this, &vm.names.__len__, &[])?;
    let negative = match result.as_small_int() {
        Some(len) => len < 0,
        None => {
            vm.is_instance_of(&result, &vm.types.int)
                && vm.compare_bool(&result, &Value::small_int(0), CompareOp::Lt)?
        }
    };
    if negative {
        return Err(vm.value_error("__len__() should return >= 0"));
    }
    let len = vm.index_isize(&result, &vm.types.exceptions.overflow_error)?;
    usize::try_from(len).map_err(|_| vm.value_error("__len__() should return >= 0"))
}

/// `this[key]`.
pub fn subscript(vm: &Vm, this: &Value, key: &Value) -> PyResult {
    required(vm, this, &vm.names.__getitem__, std::slice::from_ref(key))
}

/// `this[key] = value` and `del this[key]`.
pub fn assign_subscript(vm: &Vm, this: &Value, key: &Value, value: Option<&Value>) -> PyResult<()> {
    store(
        vm,
        this,
        key,
        value,
        &vm.names.__setitem__,
        &vm.names.__delitem__,
    )
}

/// Item by index.
pub fn item(vm: &Vm, this: &Value, index: isize) -> PyResult {
    let index = vm.int(index as i64);
    subscript(vm, this, &index)
}

/// Store and deletion by index.
pub fn assign_item(vm: &Vm, this: &Value, index: isize, value: Option<&Value>) -> PyResult<()> {
    let index = vm.int(index as i64);
    assign_subscript(vm, this, &index, value)
}

/// `item in this`.
pub fn contains(vm: &Vm, this: &Value, item: &Value) -> PyResult<bool> {
    let class = vm.class_of(this);
    match vm.lookup_in_class(class, &vm.names.__contains__) {
        Some(method) if method.is_none() => Err(vm.type_error(format!(
            "'{}' object is not a container",
            class.name_string()
        ))),
        Some(method) => {
            let args = Args::positional(std::slice::from_ref(item));
            let found = vm.call_found(&method, this, args)?;
            vm.truth(&found)
        }
        None => vm.contains_by_iteration(this, item),
    }
}
