//! The methods and attributes of `object`.

use super::Plain;
use crate::object::slots::{InitFn, NewFn};
use crate::object::{
    Args, Class, CompareOp, GetSetDef, Kind, List, MethodDef, PyResult, Ref, Str, Value, alloc,
    class_flag, instance,
};
use crate::vm::Vm;

use super::reduce;

pub(super) const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "__reduce_ex__",
        "($self, protocol, /)",
        "Helper for pickle.",
        reduce::reduce_ex,
    ),
    MethodDef::bound(
        "__reduce__",
        "($self, /)",
        "Helper for pickle.",
        reduce::reduce,
    ),
    MethodDef::bound(
        "__getstate__",
        "($self, /)",
        "Helper for pickle.",
        reduce::getstate,
    ),
    MethodDef::raw(
        "__subclasshook__",
        "",
        "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).\n",
        |_, _| Ok(Value::NOT_IMPLEMENTED),
    )
    .class_method(),
    MethodDef::bound(
        "__init_subclass__",
        "($type, /)",
        "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may be\noverridden to extend subclasses.\n",
        |_, _| Ok(Value::NONE),
    )
    .class_method(),
    MethodDef::bound(
        "__format__",
        "($self, format_spec, /)",
        "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise.",
        format,
    ),
    MethodDef::bound(
        "__sizeof__",
        "($self, /)",
        "Size of object in memory, in bytes.",
        |vm, args| Ok(vm.int(vm.object_size(&args[0]) as i64)),
    ),
    MethodDef::bound(
        "__dir__",
        "($self, /)",
        "Default dir() implementation.",
        dir,
    ),
];

pub(super) const GETSET: &[GetSetDef] = &[GetSetDef::writable(
    "__class__",
    "the object's class",
    get_class,
    set_class,
)];

pub(crate) fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this).clone();
    let id = vm.id(this);
    let text = match vm.class_module(&class)? {
        Some(module) if !module.equals_str("builtins") => {
            let qualname = class.qualname.get().map(|q| vm.display(&q));
            format!(
                "<{}.{} object at {id:#x}>",
                module.to_display(),
                qualname.unwrap_or_default()
            )
        }
        _ => format!("<{} object at {id:#x}>", class.name_string()),
    };
    Ok(vm.str_value(&text))
}

pub(super) fn str(vm: &Vm, this: &Value) -> PyResult {
    // Not `vm.repr`: a result that is no string is `str()`'s to complain about.
    match vm.class_of(this).slots().repr {
        Some(repr) => repr(vm, this),
        None => repr(vm, this),
    }
}

pub(crate) fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    Ok(vm.hash_address(this))
}

pub(super) fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    match op {
        CompareOp::Eq if this.is(other) => Ok(Value::TRUE),
        CompareOp::Ne => {
            let own = vm.class_of(this).slots().richcompare;
            let equal = own.unwrap_or(compare)(vm, this, other, CompareOp::Eq)?;
            if equal.is_not_implemented() {
                return Ok(equal);
            }
            Ok(Value::bool(!vm.truth(&equal)?))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn is_object_init(class: &Class) -> bool {
    class
        .slots()
        .init
        .is_some_and(|f| f as usize == init as InitFn as usize)
}

fn is_object_new(class: &Class) -> bool {
    class
        .slots()
        .new
        .is_some_and(|f| f as usize == new as NewFn as usize)
}

/// `object.__init__`: arguments are an error unless `__new__` took them.
pub(crate) fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    if args.is_empty() {
        return Ok(());
    }
    let class = vm.class_of(this);
    if !is_object_init(class) {
        return Err(vm.type_error(
            "object.__init__() takes exactly one argument (the instance to initialize)",
        ));
    }
    if is_object_new(class) {
        return Err(vm.type_error(format!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            class.name_string()
        )));
    }
    Ok(())
}

/// `object.__new__`: arguments are an error unless `__init__` takes them.
pub(crate) fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.is_empty() {
        if !is_object_new(class) {
            return Err(vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if is_object_init(class) {
            return Err(vm.type_error(format!("{}() takes no arguments", class.name_string())));
        }
    }
    if class.has_flag(class_flag::ABSTRACT) {
        return Err(abstract_error(vm, class));
    }
    if class.kind != Kind::PLAIN {
        return Err(vm.type_error(format!(
            "object.__new__({0}) is not safe, use {0}.__new__()",
            class.name_string()
        )));
    }
    Ok(alloc(class, Plain).into_value())
}

#[cold]
fn abstract_error(vm: &Vm, class: &Ref<Class>) -> crate::Raised {
    let names = || -> PyResult<Vec<String>> {
        let set = vm.get_attr(class.as_value(), &vm.names.__abstractmethods__)?;
        let list = vm.list_from(vm.collect(&set)?)?;
        vm.call_method(list.as_value(), &vm.intern("sort"), &[])?;
        let mut names = Vec::new();
        for name in list.to_vec() {
            if name.payload::<Str>().is_none() {
                return Err(vm.type_error(format!(
                    "sequence item {}: expected str instance, {} found",
                    names.len(),
                    vm.class_name(&name)
                )));
            }
            names.push(vm.display(&name));
        }
        Ok(names)
    };
    match names() {
        Ok(names) => vm.type_error(format!(
            "Can't instantiate abstract class {} without an implementation for abstract method{} '{}'",
            class.name_string(),
            if names.len() == 1 { "" } else { "s" },
            names.join("', '")
        )),
        Err(raised) => raised,
    }
}

fn format(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(spec) = args[1].payload::<Str>() else {
        return Err(vm.type_error(format!(
            "__format__() argument must be str, not {}",
            vm.argument_type(&args[1])
        )));
    };
    if !spec.is_empty() {
        return Err(vm.type_error(format!(
            "unsupported format string passed to {}.__format__",
            vm.class_name(&args[0])
        )));
    }
    vm.str_of(&args[0]).map(Ref::into_value)
}

/// The names of an object's attributes, its class's and their bases'.
fn dir(vm: &Vm, args: &[Value]) -> PyResult {
    let names = vm.names;
    let dict = vm.dict();
    if let Some(own) = vm.get_attr_opt(&args[0], &names.__dict__)?
        && let Some(own) = own.payload::<crate::object::Dict>()
    {
        for (name, value) in own.to_vec() {
            drop(dict.insert(vm, &name, value)?);
        }
    }
    if let Some(class) = vm.get_attr_opt(&args[0], &names.__class__)? {
        vm.merge_class_dict(&dict, &class)?;
    }
    let keys = dict.keys_to_vec();
    vm.list_from(keys).map(Ref::<List>::into_value)
}

fn get_class(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.class_of(this).to_value())
}

fn set_class(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error("can't delete __class__ attribute"));
    };
    let Some(new) = value.as_ref_to::<Class>() else {
        return Err(vm.type_error(format!(
            "__class__ must be set to a class, not '{}' object",
            vm.class_name(value)
        )));
    };
    vm.audit_attribute(this, "__class__", Some(value))?;
    let old = vm.class_of(this).clone();
    let is_module = |class: &Ref<Class>| class.is_subclass_of(&vm.types.module);
    let mutable = |class: &Ref<Class>| !class.has_flag(class_flag::IMMUTABLE);
    let both_modules = is_module(&old) && is_module(new);
    let both_mutable = mutable(&old) && mutable(new);
    if !both_modules && !both_mutable {
        return Err(vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    if !vm.same_instance_layout(&old, new) {
        return Err(vm.type_error(format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            new.name_string(),
            old.name_string()
        )));
    }
    if old.has_flag(class_flag::HAS_DICT) {
        instance::materialise(vm, this)?;
    }
    instance::set_class(this, new);
    Ok(())
}

impl Vm {
    /// True if instances of both classes keep their payload, members and attributes in the same
    /// places.
    pub(crate) fn same_instance_layout(&self, a: &Ref<Class>, b: &Ref<Class>) -> bool {
        const SHAPE: u32 = class_flag::HAS_DICT | class_flag::HAS_WEAKREFS;
        a.kind == b.kind
            && a.flags() & SHAPE == b.flags() & SHAPE
            && std::ptr::eq(a.ops(), b.ops())
            && self.adds_alike(&self.layout_origin(a), &self.layout_origin(b))
    }

    /// True if the classes are one, or have one base and add the same to its instances.
    fn adds_alike(&self, a: &Ref<Class>, b: &Ref<Class>) -> bool {
        let own = |class: &Ref<Class>| -> Vec<String> {
            let names = class.member_names.borrow();
            names.iter().map(|n| self.display(n)).collect()
        };
        let same_base = match (a.base.get(), b.base.get()) {
            (Some(a), Some(b)) => a.is(&b),
            _ => false,
        };
        let both_made = a.has_flag(class_flag::HEAP_TYPE) && b.has_flag(class_flag::HEAP_TYPE);
        a.is(b) || both_made && same_base && own(a) == own(b)
    }

    /// The class up to which nothing but names was added to what instances consist of.
    fn layout_origin(&self, class: &Ref<Class>) -> Ref<Class> {
        const SHAPE: u32 = class_flag::HAS_DICT | class_flag::HAS_WEAKREFS;
        let mut class = class.clone();
        while class.has_flag(class_flag::HEAP_TYPE)
            && class.member_names.borrow().is_empty()
            && let Some(base) = class.base.get().and_then(|b| b.downcast::<Class>().ok())
            && base.flags() & SHAPE == class.flags() & SHAPE
        {
            class = base;
        }
        class
    }

    /// The class's `__module__` if it is a string.
    pub(crate) fn class_module(&self, class: &Ref<Class>) -> PyResult<Option<Ref<Str>>> {
        if class.spec.is_some() && !class.has_flag(class_flag::HEAP_TYPE) {
            let module = class.spec.and_then(|s| s.name.rsplit_once('.'));
            return Ok(Some(self.str(module.map_or("builtins", |(m, _)| m))));
        }
        let module = class.dict.get_str(self, &self.names.__module__)?;
        Ok(module.and_then(|m| m.downcast().ok()))
    }

    /// Puts the names of a class's namespace and its bases' into a dict, bases last to first.
    pub(crate) fn merge_class_dict(
        &self,
        dict: &Ref<crate::object::Dict>,
        class: &Value,
    ) -> PyResult<()> {
        let names = self.names;
        if let Some(own) = self.get_attr_opt(class, &names.__dict__)? {
            self.merge_mapping(dict, &own)?;
        }
        if let Some(bases) = self.get_attr_opt(class, &names.__bases__)? {
            for base in self.collect(&bases)? {
                self.merge_class_dict(dict, &base)?;
            }
        }
        Ok(())
    }

    /// Copies the keys of a mapping.
    pub(crate) fn merge_mapping(
        &self,
        dict: &Ref<crate::object::Dict>,
        mapping: &Value,
    ) -> PyResult<()> {
        if let Some(own) = self.mapping_dict(mapping) {
            for (name, value) in own.to_vec() {
                drop(dict.insert(self, &name, value)?);
            }
            return Ok(());
        }
        let keys = self.call_method(mapping, &self.names.keys, &[])?;
        for key in self.collect(&keys)? {
            let value = self.get_item(mapping, &key)?;
            drop(dict.insert(self, &key, value)?);
        }
        Ok(())
    }

    /// Bytes an object really occupies: its block, rounded, and what its attributes take; of an
    /// immediate, the word it lies in.
    pub fn object_size(&self, value: &Value) -> usize {
        crate::object::payload::block_bytes(value).map_or(size_of::<Value>(), |bytes| {
            let overflow = match instance::overflow_bytes(value) {
                0 => 0,
                bytes => self.heap.rounded(bytes),
            };
            let buffer = self
                .class_of(value)
                .native_spec()
                .and_then(|spec| (spec.buffer)(value))
                .map_or(0, |buffer| self.heap.rounded(buffer.bytes));
            self.heap.rounded(bytes) + overflow + buffer
        })
    }
}
