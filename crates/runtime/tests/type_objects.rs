//! Classes, attribute access, descriptors and argument binding, driven without the compiler.

use runtime::object::{Args, Class, PyResult, Ref, Value};
use runtime::vm::Vm;

fn text(vm: &Vm, result: PyResult) -> String {
    match result {
        Ok(value) => vm.repr_string(&value).unwrap_or_default(),
        Err(raised) => {
            let exception = vm.take_exception(raised);
            let payload = exception
                .payload::<runtime::types::exceptions::Exception>()
                .expect("an exception");
            let args = payload.args.get().expect("args");
            let message = vm.get_item(&args, &Value::small_int(0));
            let message = message.map_or_else(|_| String::new(), |m| vm.display(&m));
            format!("{}: {message}", vm.class_name(&exception))
        }
    }
}

fn attr(vm: &Vm, object: &Value, name: &str) -> PyResult {
    vm.get_attr(object, &vm.intern(name))
}

fn call(vm: &Vm, object: &Value, name: &str, args: &[Value]) -> PyResult {
    vm.call(&attr(vm, object, name)?, args)
}

fn new_class(vm: &Vm, name: &str, bases: &[Value], entries: &[(&str, Value)]) -> PyResult {
    let namespace = vm.dict();
    for (key, value) in entries {
        namespace.insert(vm, &vm.intern(key), value.clone())?;
    }
    vm.call(
        vm.types.type_.as_value(),
        &[
            vm.str_value(name),
            vm.tuple_value(bases.iter().cloned()),
            namespace.into_value(),
        ],
    )
}

#[test]
fn natives_complain_as_cpython_does() {
    let vm = Vm::new(0);
    let list = vm.list_from([]).expect("memory").into_value();
    let one = Value::small_int(1);
    assert_eq!(
        text(vm, call(vm, &list, "append", &[])),
        "TypeError: list.append() takes exactly one argument (0 given)"
    );
    assert_eq!(
        text(vm, call(vm, &list, "pop", &[one.clone(), one.clone()])),
        "TypeError: pop expected at most 1 argument, got 2"
    );
    assert_eq!(
        text(vm, call(vm, &list, "clear", std::slice::from_ref(&one))),
        "TypeError: list.clear() takes no arguments (1 given)"
    );
    let names = [vm.intern("x")];
    let args = Args {
        values: &[one],
        names: &names,
    };
    let append = attr(vm, &list, "append").expect("a method");
    assert_eq!(
        text(vm, vm.call_args(&append, args)),
        "TypeError: list.append() takes no keyword arguments"
    );
    let hello = vm.str_value("a b");
    let split = attr(vm, &hello, "split").expect("a method");
    assert_eq!(
        text(vm, vm.call_args(&split, args)),
        "TypeError: 'x' is an invalid keyword argument for split()"
    );
    assert_eq!(text(vm, call(vm, &hello, "split", &[])), "['a', 'b']");
    assert_eq!(
        text(vm, attr(vm, &list, "nothing")),
        "AttributeError: 'list' object has no attribute 'nothing'"
    );
    let len = attr(vm, &list, "__len__").expect("a method");
    assert_eq!(text(vm, vm.call0(&len)), "0",);
    let wrapper = attr(vm, vm.types.list.as_value(), "__len__");
    assert_eq!(
        text(vm, wrapper),
        "<slot wrapper '__len__' of 'list' objects>"
    );
}

#[test]
fn instances_keep_attributes_inside() {
    let vm = Vm::new(0);
    let class = new_class(vm, "C", &[], &[]).expect("a class");
    let object = vm.call0(&class).expect("an instance");
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    for (i, name) in names.iter().enumerate() {
        let value = Value::small_int(i as i64);
        vm.set_attr(&object, &vm.intern(name), &value)
            .expect("stored");
    }
    vm.del_attr(&object, &vm.intern("c")).expect("deleted");
    vm.set_attr(&object, &vm.intern("c"), &Value::NONE)
        .expect("stored");
    assert_eq!(
        text(vm, attr(vm, &object, "__dict__")),
        "{'a': 0, 'b': 1, 'd': 3, 'e': 4, 'f': 5, 'g': 6, 'c': None}"
    );
    assert_eq!(text(vm, attr(vm, &object, "e")), "4");
    assert_eq!(
        text(vm, attr(vm, &object, "z")),
        "AttributeError: 'C' object has no attribute 'z'"
    );
    for i in 0..100 {
        let value = Value::small_int(i);
        vm.set_attr(&object, &vm.intern(&format!("x{i}")), &value)
            .expect("stored");
    }
    assert_eq!(text(vm, attr(vm, &object, "x99")), "99");
    let class = class.downcast::<Class>().expect("a class");
    assert_eq!(
        text(vm, Ok(object.clone())),
        format!("<C object at {:#x}>", vm.id(&object))
    );
    drop(object);
    assert!(class.mro().is_some());
}

#[test]
fn slots_and_layouts() {
    let vm = Vm::new(0);
    let slots = vm.tuple_value([vm.intern("b"), vm.intern("a")]);
    let class = new_class(vm, "S", &[], &[("__slots__", slots)]).expect("a class");
    let object = vm.call0(&class).expect("an instance");
    let one = Value::small_int(1);
    vm.set_attr(&object, &vm.intern("b"), &one).expect("stored");
    assert_eq!(text(vm, attr(vm, &object, "b")), "1");
    assert_eq!(
        text(vm, attr(vm, &object, "a")),
        "AttributeError: 'S' object has no attribute 'a'"
    );
    assert!(vm.set_attr(&object, &vm.intern("z"), &one).is_err());
    assert_eq!(vm.object_size(&object), 32);
    let types = &vm.types;
    let conflict = new_class(vm, "X", &[types.int.to_value(), types.str.to_value()], &[]);
    assert_eq!(
        text(vm, conflict),
        "TypeError: multiple bases have instance lay-out conflict"
    );
    let derived = new_class(vm, "L", &[types.list.to_value()], &[]).expect("a class");
    let list = vm.call0(&derived).expect("a list");
    call(vm, &list, "append", &[one]).expect("appended");
    vm.set_attr(&list, &vm.intern("name"), &list)
        .expect("stored");
    assert_eq!(text(vm, Ok(list.clone())), "[1]");
    let derived: Ref<Class> = derived.downcast().expect("a class");
    assert_eq!(derived.name_string(), "L");
    vm.del_attr(&list, &vm.intern("name")).expect("deleted");
}

#[test]
fn startup_is_quick() {
    let begin = std::time::Instant::now();
    for _ in 0..10 {
        Vm::new(0);
    }
    eprintln!("startup: {:?}", begin.elapsed() / 10);
}

#[test]
fn garbage_counts_as_in_cpython() {
    use heap::Cause;
    let vm = Vm::new(0);
    let collect = || vm.collect_now(2, Cause::Explicit);
    collect();
    let class = new_class(vm, "C", &[], &[]).expect("a class");
    let me = vm.intern("me");
    let object = vm.call0(&class).expect("an instance");
    vm.set_attr(&object, &me, &object).expect("stored");
    drop(object);
    assert_eq!(collect(), 1);
    let object = vm.call0(&class).expect("an instance");
    vm.set_attr(&object, &me, &object).expect("stored");
    drop(attr(vm, &object, "__dict__"));
    drop(object);
    assert_eq!(collect(), 2);
    drop(class);
    // One less than for a new class: the collections above untracked `(object,)`.
    assert_eq!(collect(), 5);
    let base = new_class(vm, "B", &[], &[]).expect("a class");
    let derived = new_class(vm, "D", std::slice::from_ref(&base), &[]).expect("a class");
    drop(derived);
    assert_eq!(collect(), 3);
    assert_eq!(text(vm, call(vm, &base, "__subclasses__", &[])), "[]");
}
