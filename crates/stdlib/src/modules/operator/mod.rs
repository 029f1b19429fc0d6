//! `_operator`: the interpreter's operators as functions.

mod getters;
mod search;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{CompareOp, Dict, MethodDef, PyResult, Ref, Value};
use runtime::protocol::number::BinaryOp;
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_operator",
    "Operator interface.\n\n\
     This module exports a set of functions implemented in C corresponding\n\
     to the intrinsic operators of Python.  For example, operator.add(x, y)\n\
     is equivalent to the expression x+y.",
    FUNCTIONS,
)
.with_init(init);

macro_rules! unary {
    ($name:literal, $doc:literal, $operation:expr) => {
        MethodDef::bound($name, "($module, a, /)", $doc, |vm, args| {
            let operation: fn(&Vm, &Value) -> PyResult = $operation;
            operation(vm, &args[1])
        })
    };
}

macro_rules! binary {
    ($name:literal, $doc:literal, $op:ident) => {
        MethodDef::bound($name, "($module, a, b, /)", $doc, |vm, args| {
            vm.binary(&BinaryOp::$op, &args[1], &args[2])
        })
    };
}

macro_rules! inplace {
    ($name:literal, $doc:literal, $op:ident) => {
        MethodDef::bound($name, "($module, a, b, /)", $doc, |vm, args| {
            vm.binary_inplace(&BinaryOp::$op, &args[1], &args[2])
        })
    };
}

macro_rules! compare {
    ($name:literal, $doc:literal, $op:ident) => {
        MethodDef::bound($name, "($module, a, b, /)", $doc, |vm, args| {
            vm.compare(&args[1], &args[2], CompareOp::$op)
        })
    };
}

const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "truth",
        "($module, a, /)",
        "Return True if a is true, False otherwise.",
        |vm, args| Ok(Value::bool(vm.truth(&args[1])?)),
    ),
    MethodDef::bound(
        "contains",
        "($module, a, b, /)",
        "Same as b in a (note reversed operands).",
        |vm, args| Ok(Value::bool(vm.contains(&args[1], &args[2])?)),
    ),
    MethodDef::bound(
        "indexOf",
        "($module, a, b, /)",
        "Return the first index of b in a.",
        search::index_of,
    ),
    MethodDef::bound(
        "countOf",
        "($module, a, b, /)",
        "Return the number of items in a which are, or which equal, b.",
        search::count_of,
    ),
    MethodDef::bound("is_", "($module, a, b, /)", "Same as a is b.", |_, args| {
        Ok(Value::bool(args[1].is(&args[2])))
    }),
    MethodDef::bound(
        "is_not",
        "($module, a, b, /)",
        "Same as a is not b.",
        |_, args| Ok(Value::bool(!args[1].is(&args[2]))),
    ),
    binary!("add", "Same as a + b.", ADD),
    binary!("sub", "Same as a - b.", SUBTRACT),
    binary!("mul", "Same as a * b.", MULTIPLY),
    binary!("matmul", "Same as a @ b.", MATRIX_MULTIPLY),
    binary!("floordiv", "Same as a // b.", FLOOR_DIVIDE),
    binary!("truediv", "Same as a / b.", TRUE_DIVIDE),
    binary!("mod", "Same as a % b.", REMAINDER),
    unary!("neg", "Same as -a.", |vm, a| vm.negative(a)),
    unary!("pos", "Same as +a.", |vm, a| vm.positive(a)),
    unary!("abs", "Same as abs(a).", |vm, a| vm
        .call1(&vm.builtin("abs")?, a)),
    unary!("inv", "Same as ~a.", |vm, a| vm.invert(a)),
    unary!("invert", "Same as ~a.", |vm, a| vm.invert(a)),
    unary!("index", "Same as a.__index__()", |vm, a| vm.index(a)),
    binary!("lshift", "Same as a << b.", LSHIFT),
    binary!("rshift", "Same as a >> b.", RSHIFT),
    unary!("not_", "Same as not a.", |vm, a| Ok(Value::bool(
        !vm.truth(a)?
    ))),
    binary!("and_", "Same as a & b.", AND),
    binary!("xor", "Same as a ^ b.", XOR),
    binary!("or_", "Same as a | b.", OR),
    inplace!("iadd", "Same as a += b.", ADD),
    inplace!("isub", "Same as a -= b.", SUBTRACT),
    inplace!("imul", "Same as a *= b.", MULTIPLY),
    inplace!("imatmul", "Same as a @= b.", MATRIX_MULTIPLY),
    inplace!("ifloordiv", "Same as a //= b.", FLOOR_DIVIDE),
    inplace!("itruediv", "Same as a /= b.", TRUE_DIVIDE),
    inplace!("imod", "Same as a %= b.", REMAINDER),
    inplace!("ilshift", "Same as a <<= b.", LSHIFT),
    inplace!("irshift", "Same as a >>= b.", RSHIFT),
    inplace!("iand", "Same as a &= b.", AND),
    inplace!("ixor", "Same as a ^= b.", XOR),
    inplace!("ior", "Same as a |= b.", OR),
    MethodDef::bound(
        "concat",
        "($module, a, b, /)",
        "Same as a + b, for a and b sequences.",
        |vm, args| concat(vm, args, false),
    ),
    MethodDef::bound(
        "iconcat",
        "($module, a, b, /)",
        "Same as a += b, for a and b sequences.",
        |vm, args| concat(vm, args, true),
    ),
    MethodDef::bound(
        "getitem",
        "($module, a, b, /)",
        "Same as a[b].",
        |vm, args| vm.get_item(&args[1], &args[2]),
    ),
    MethodDef::bound(
        "setitem",
        "($module, a, b, c, /)",
        "Same as a[b] = c.",
        |vm, args| {
            vm.set_item(&args[1], &args[2], &args[3])?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "delitem",
        "($module, a, b, /)",
        "Same as del a[b].",
        |vm, args| {
            vm.del_item(&args[1], &args[2])?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "pow",
        "($module, a, b, /)",
        "Same as a ** b.",
        |vm, args| vm.power(&args[1], &args[2], &Value::NONE),
    ),
    MethodDef::bound(
        "ipow",
        "($module, a, b, /)",
        "Same as a **= b.",
        |vm, args| vm.power_inplace(&args[1], &args[2]),
    ),
    compare!("eq", "Same as a == b.", Eq),
    compare!("ne", "Same as a != b.", Ne),
    compare!("lt", "Same as a < b.", Lt),
    compare!("le", "Same as a <= b.", Le),
    compare!("gt", "Same as a > b.", Gt),
    compare!("ge", "Same as a >= b.", Ge),
    MethodDef::bound(
        "length_hint",
        "($module, obj, default=0, /)",
        "Return an estimate of the number of items in obj.\n\n\
         This is useful for presizing containers when building from an iterable.\n\n\
         If the object supports len(), the result will be exact.\n\
         Otherwise, it may over- or under-estimate by an arbitrary amount.\n\
         The result will be an integer >= 0.",
        search::length_hint,
    ),
    MethodDef::bound(
        "_compare_digest",
        "($module, a, b, /)",
        "Return 'a == b'.\n\n\
         This function uses an approach designed to prevent\n\
         timing analysis, making it appropriate for cryptography.\n\n\
         a and b must both be of the same type: either str (ASCII only),\n\
         or any bytes-like object.\n\n\
         Note: If a and b are of different lengths, or if an error occurs,\n\
         a timing attack could theoretically reveal information about the\n\
         types and lengths of a and b--but not their values.",
        search::compare_digest,
    ),
    MethodDef::raw(
        "call",
        "($module, obj, /, *args, **kwargs)",
        "Same as obj(*args, **kwargs).",
        |vm, args| {
            let args = args.skip_first();
            match args.positionals() {
                [callable, ..] => vm.call_args(callable, args.skip_first()),
                [] => Err(vm.type_error("call expected at least 1 argument, got 0")),
            }
        },
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    for spec in [
        &getters::ITEMGETTER,
        &getters::ATTRGETTER,
        &getters::METHODCALLER,
    ] {
        let name = spec.name.rsplit('.').next().unwrap_or(spec.name);
        vm.define(namespace, name, vm.native_class(spec).into_value())?;
    }
    Ok(())
}

fn concat(vm: &Vm, args: &[Value], inplace: bool) -> PyResult {
    let (a, b) = (&args[1], &args[2]);
    let slots = vm.class_of(a).slots();
    let own = slots.sq_inplace_concat.filter(|_| inplace);
    if let Some(concat) = own.or(slots.sq_concat) {
        return concat(vm, a, b);
    }
    let has_add = |value: &Value| {
        let slots = vm.class_of(value).slots();
        slots.nb_add.is_some() || inplace && slots.nb_inplace_add.is_some()
    };
    let is_sequence = |value: &Value| vm.class_of(value).slots().sq_item.is_some();
    if is_sequence(a) && is_sequence(b) && (has_add(a) || has_add(b)) {
        return if inplace {
            vm.binary_inplace(&BinaryOp::ADD, a, b)
        } else {
            vm.binary(&BinaryOp::ADD, a, b)
        };
    }
    Err(vm.type_error(format!(
        "'{}' object can't be concatenated",
        vm.class_name(a)
    )))
}
