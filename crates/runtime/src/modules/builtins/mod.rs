//! The module `builtins`: the functions; the types and exceptions come from their tables.

mod attributes;
mod evaluate;
mod iteration;
mod numbers;
mod output;

use super::NativeModule;
use crate::object::args::{MethodDef, Shortcut};
use crate::object::{Dict, PyResult, Ref, Value};
use crate::types::module::Module;
use crate::vm::Vm;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "builtins",
    doc: "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a builtin, but in\nwhich the built-in of that name is also needed.",
    methods: METHODS,
    init,
};

static METHODS: &[MethodDef] = &[
    MethodDef::raw(
        "__build_class__",
        "($module, func, name, /, *bases, metaclass=None, **kwds)",
        "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.",
        |vm, args| vm.build_class(args.skip_first()),
    ),
    MethodDef::bound(
        "__import__",
        "($module, /, name, globals=None, locals=None, fromlist=(),\n\
             \x20          level=0)",
        "Import a module.\n\nBecause this function is meant for use by the Python\ninterpreter and not for general use, it is better to use\nimportlib.import_module() to programmatically import a module.",
        evaluate::import,
    ),
    MethodDef::bound(
        "abs",
        "($module, x, /)",
        "Return the absolute value of the argument.",
        numbers::abs,
    ),
    MethodDef::bound(
        "aiter",
        "($module, async_iterable, /)",
        "Return an AsyncIterator for an AsyncIterable object.",
        iteration::aiter,
    ),
    MethodDef::bound(
        "all",
        "($module, iterable, /)",
        "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.",
        iteration::all,
    ),
    MethodDef::bound(
        "anext",
        "($module, aiterator, default=<unrepresentable>, /)",
        "Return the next item from the async iterator.\n\nIf default is given and the async iterator is exhausted,\nit is returned instead of raising StopAsyncIteration.",
        iteration::anext,
    ),
    MethodDef::bound(
        "any",
        "($module, iterable, /)",
        "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.",
        iteration::any,
    ),
    MethodDef::bound(
        "ascii",
        "($module, obj, /)",
        "Return an ASCII-only representation of an object.",
        |vm, args| Ok(vm.ascii(&args[1])?.into_value()),
    ),
    MethodDef::bound(
        "bin",
        "($module, number, /)",
        "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'",
        |vm, args| numbers::in_base(vm, &args[1], 2),
    ),
    MethodDef::raw(
        "breakpoint",
        "($module, /, *args, **kws)",
        "breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws).",
        evaluate::breakpoint,
    ),
    MethodDef::bound(
        "callable",
        "($module, obj, /)",
        "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method.",
        |vm, args| Ok(Value::bool(vm.class_of(&args[1]).slots().call.is_some())),
    ),
    MethodDef::bound(
        "chr",
        "($module, i, /)",
        "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.",
        numbers::chr,
    )
    .with_shortcut(Shortcut::Chr),
    MethodDef::bound(
        "compile",
        "($module, /, source, filename, mode, flags=0,\n\
             \x20       dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        "Compile source into a code object that can be executed by exec() or eval().",
        evaluate::compile,
    ),
    MethodDef::bound(
        "delattr",
        "($module, obj, name, /)",
        "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``",
        attributes::delattr,
    ),
    MethodDef::raw(
        "dir",
        "($module, arg=<unrepresentable>, /)",
        "Show attributes of an object.\n\nIf called without an argument, return the names in the current scope.\nElse, return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes reachable from it.\nIf the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() logic is used and returns:\n  for a module object: the module's attributes.\n  for a class object:  its attributes, and recursively the attributes\n    of its bases.\n  for any other object: its attributes, its class's attributes, and\n    recursively the attributes of its class's base classes.",
        attributes::dir,
    ),
    MethodDef::bound(
        "divmod",
        "($module, x, y, /)",
        "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.",
        |vm, args| {
            vm.binary(
                &crate::protocol::number::BinaryOp::DIVMOD,
                &args[1],
                &args[2],
            )
        },
    ),
    MethodDef::bound(
        "eval",
        "($module, source, globals=None, locals=None, /)",
        "Evaluate the given source in the context of globals and locals.",
        evaluate::eval,
    ),
    MethodDef::bound(
        "exec",
        "($module, source, globals=None, locals=None, /, *, closure=None)",
        "Execute the given source in the context of globals and locals.",
        evaluate::exec,
    ),
    MethodDef::bound(
        "format",
        "($module, value, format_spec='', /)",
        "Return type(value).__format__(value, format_spec)",
        numbers::format,
    ),
    MethodDef::raw(
        "getattr",
        "($module, object, name, default=<unrepresentable>, /)",
        "Get a named attribute from an object.\n\ngetattr(x, 'y') is equivalent to x.y\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case.",
        attributes::getattr,
    ),
    MethodDef::bound(
        "globals",
        "($module, /)",
        "Return the dictionary containing the current scope's global variables.\n\nNOTE: Updates to this dictionary *will* affect name lookups in the current\nglobal scope and vice-versa.",
        evaluate::globals,
    ),
    MethodDef::bound(
        "hasattr",
        "($module, obj, name, /)",
        "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError.",
        attributes::hasattr,
    ),
    MethodDef::bound(
        "hash",
        "($module, obj, /)",
        "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.",
        |vm, args| Ok(vm.int(vm.hash(&args[1])?)),
    ),
    MethodDef::bound(
        "hex",
        "($module, number, /)",
        "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'",
        |vm, args| numbers::in_base(vm, &args[1], 16),
    ),
    MethodDef::bound(
        "id",
        "($module, obj, /)",
        "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)",
        |vm, args| {
            let id = vm.int_u64(vm.id(&args[1]));
            if vm.is_audited() {
                vm.audit("builtins.id", std::slice::from_ref(&id))?;
            }
            Ok(id)
        },
    ),
    MethodDef::bound(
        "input",
        "($module, prompt='', /)",
        "Read a string from standard input.  The trailing newline is stripped.",
        output::input,
    ),
    MethodDef::bound(
        "isinstance",
        "($module, obj, class_or_tuple, /)",
        "Return whether an object is an instance of a class or of a subclass thereof.",
        |vm, args| Ok(Value::bool(vm.is_instance(&args[1], &args[2])?)),
    )
    .with_shortcut(Shortcut::IsInstance),
    MethodDef::bound(
        "issubclass",
        "($module, cls, class_or_tuple, /)",
        "Return whether 'cls' is derived from another class or is the same class.",
        |vm, args| Ok(Value::bool(vm.is_subclass(&args[1], &args[2])?)),
    ),
    MethodDef::raw(
        "iter",
        "($module, object, sentinel=<unrepresentable>, /)",
        "Get an iterator from an object.\n\nIn the first form, the argument must supply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel.",
        iteration::iter,
    ),
    MethodDef::bound(
        "len",
        "($module, obj, /)",
        "Return the number of items in a container.",
        |vm, args| Ok(vm.int_usize(vm.len(&args[1])?)),
    )
    .with_shortcut(Shortcut::Len),
    MethodDef::bound(
        "locals",
        "($module, /)",
        "Return a dictionary containing the current scope's local variables.\n\nNOTE: Whether or not updates to this dictionary will affect name lookups in\nthe local scope and vice-versa is *implementation dependent* and not\ncovered by any backwards compatibility guarantees.",
        evaluate::locals,
    ),
    MethodDef::raw(
        "max",
        "($module, *args, key=None)",
        "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value",
        |vm, args| iteration::extreme(vm, args, "max", crate::object::CompareOp::Gt),
    ),
    MethodDef::raw(
        "min",
        "($module, *args, key=None)",
        "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value",
        |vm, args| iteration::extreme(vm, args, "min", crate::object::CompareOp::Lt),
    ),
    MethodDef::raw(
        "next",
        "($module, iterator, default=<unrepresentable>, /)",
        "Return the next item from the iterator.\n\nIf default is given and the iterator is exhausted,\nit is returned instead of raising StopIteration.",
        iteration::next,
    ),
    MethodDef::bound(
        "oct",
        "($module, number, /)",
        "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'",
        |vm, args| numbers::in_base(vm, &args[1], 8),
    ),
    MethodDef::bound(
        "ord",
        "($module, c, /)",
        "Return the Unicode code point for a one-character string.",
        numbers::ord,
    )
    .with_shortcut(Shortcut::Ord),
    MethodDef::bound(
        "pow",
        "($module, /, base, exp, mod=None)",
        "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.",
        |vm, args| vm.power(&args[1], &args[2], args[3].given().unwrap_or(&Value::NONE)),
    ),
    MethodDef::raw(
        "print",
        "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)",
        "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream.",
        output::print,
    ),
    MethodDef::bound(
        "repr",
        "($module, obj, /)",
        "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval() applied to the\nresult will produce an equal object.",
        |vm, args| Ok(vm.repr(&args[1])?.into_value()),
    ),
    MethodDef::bound(
        "round",
        "($module, /, number, ndigits=None)",
        "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.",
        numbers::round,
    ),
    MethodDef::bound(
        "setattr",
        "($module, obj, name, value, /)",
        "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``",
        attributes::setattr,
    ),
    MethodDef::raw(
        "sorted",
        "($module, iterable, /, *, key=None, reverse=False)",
        "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order.",
        iteration::sorted,
    ),
    MethodDef::bound(
        "sum",
        "($module, iterable, /, start=0)",
        "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types.",
        numbers::sum,
    ),
    MethodDef::raw(
        "vars",
        "($module, object=<unrepresentable>, /)",
        "Show vars.\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__.",
        attributes::vars,
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, dict: &Ref<Dict>) -> PyResult<()> {
    let open = vm.builtin_function(&super::io::OPEN, &Value::NONE, &vm.intern("_io"));
    dict.insert(vm, &vm.intern("open"), open)?;
    let t = vm.types;
    for class in [
        &t.bool,
        &t.memoryview,
        &t.bytearray,
        &t.bytes,
        &t.classmethod,
        &t.complex,
        &t.dict,
        &t.enumerate,
        &t.filter,
        &t.float,
        &t.frozenset,
        &t.property,
        &t.int,
        &t.list,
        &t.map,
        &t.object,
        &t.range,
        &t.reversed,
        &t.set,
        &t.slice,
        &t.staticmethod,
        &t.str,
        &t.super_,
        &t.tuple,
        &t.type_,
        &t.zip,
    ] {
        dict.insert(vm, &vm.intern(&class.name_string()), class.to_value())?;
    }
    for class in t.exceptions.all() {
        dict.insert(vm, &vm.intern(&class.name_string()), class.to_value())?;
    }
    for (alias, class) in [
        ("EnvironmentError", &t.exceptions.os_error),
        ("IOError", &t.exceptions.os_error),
    ] {
        dict.insert(vm, &vm.intern(alias), class.to_value())?;
    }
    for (name, value) in [
        ("None", Value::NONE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("False", Value::FALSE),
        ("True", Value::TRUE),
        ("__debug__", Value::TRUE),
    ] {
        dict.insert(vm, &vm.intern(name), value)?;
    }
    Ok(())
}
