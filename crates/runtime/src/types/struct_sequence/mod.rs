//! Struct sequences: tuples whose items have names (`sys.version_info`, `os.stat_result` …).
//!
//! A declaration names the fields; the class is made when it is first asked for.  Fields beyond
//! the visible ones are no items of the tuple and lie in the instance's tail.

use std::cell::RefCell;

use crate::object::{
    Args, Class, Dict, MethodDef, PyResult, Ref, Tuple, TypeSlots, TypeSpec, Value, alloc,
    class_flag, instance,
};
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::vm::Vm;

/// The declaration of a struct sequence.
pub struct StructSequence {
    spec: TypeSpec,
    /// Name and documentation of each field; an empty name for an item without one.
    fields: &'static [(&'static str, &'static str)],
    visible: usize,
}

impl StructSequence {
    /// A declaration all of whose fields are items.
    pub const fn new(
        name: &'static str,
        doc: &'static str,
        fields: &'static [(&'static str, &'static str)],
    ) -> StructSequence {
        let spec = TypeSpec {
            doc,
            flags: class_flag::SEQUENCE,
            slots: TypeSlots {
                new: Some(new),
                repr: Some(repr),
                ..TypeSlots::EMPTY
            },
            methods: METHODS,
            ..TypeSpec::of::<Tuple>(name)
        };
        StructSequence {
            spec,
            fields,
            visible: fields.len(),
        }
    }

    /// The same with only the first fields as items.
    pub const fn visible(mut self, visible: usize) -> StructSequence {
        self.visible = visible;
        self
    }

    /// The same for a class whose instances are made in a way of its own.
    pub const fn with_new(
        mut self,
        new: fn(&Vm, &Ref<Class>, Args<'_>) -> PyResult,
    ) -> StructSequence {
        self.spec.slots.new = Some(new);
        self
    }

    /// The same for a class that programs cannot make instances of.
    pub const fn closed(mut self) -> StructSequence {
        self.spec.slots.new = None;
        self.spec.flags |= class_flag::NO_INSTANTIATION;
        self
    }

    fn named(&self) -> impl Iterator<Item = (usize, &'static str, &'static str)> {
        let fields = self.fields.iter().enumerate();
        fields
            .filter(|(_, (name, _))| !name.is_empty())
            .map(|(i, (name, doc))| (i, *name, *doc))
    }
}

const METHODS: &[MethodDef] =
    &[MethodDef::bound("__reduce__", "($self, /)", "", reduce).unsigned()];

/// The classes made so far.
#[derive(Default)]
pub struct Registry {
    classes: RefCell<Vec<(&'static StructSequence, Ref<Class>)>>,
}

impl Registry {
    /// Shows the classes.
    pub(crate) fn each(&self, mut visit: impl FnMut(&Ref<Class>)) {
        self.classes
            .borrow()
            .iter()
            .for_each(|(_, class)| visit(class));
    }
}

impl Vm {
    /// The class of a declaration.
    pub fn struct_sequence_class(
        &self,
        declaration: &'static StructSequence,
    ) -> PyResult<Ref<Class>> {
        let known = {
            let classes = self.interp.struct_sequences.classes.borrow();
            let found = classes
                .iter()
                .find(|(known, _)| std::ptr::eq(*known, declaration));
            found.map(|(_, class)| class.clone())
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let hidden = declaration.fields.len() - declaration.visible;
        let class = self.make_builtin_class(&declaration.spec, &self.types.tuple, hidden as u16);
        for (index, name, doc) in declaration.named() {
            let member = Member::Item {
                name,
                doc,
                index,
                visible: declaration.visible,
            };
            let class_ = class.clone();
            let descriptor = alloc(
                &self.types.member_descriptor,
                MemberDescriptor {
                    member,
                    class: class_,
                },
            );
            self.define(&class.dict, name, descriptor.into_value())?;
        }
        let unnamed = declaration.fields.len() - declaration.named().count();
        for (name, number) in [
            ("n_sequence_fields", declaration.visible),
            ("n_fields", declaration.fields.len()),
            ("n_unnamed_fields", unnamed),
        ] {
            self.define(&class.dict, name, self.int_usize(number))?;
        }
        let names = declaration
            .named()
            .take_while(|(i, ..)| *i < declaration.visible);
        let names: Vec<Value> = names.map(|(_, name, _)| self.intern(name)).collect();
        self.define(&class.dict, "__match_args__", self.tuple_value(names))?;
        let mut classes = self.interp.struct_sequences.classes.borrow_mut();
        classes.push((declaration, class.clone()));
        Ok(class)
    }

    /// An instance with a value for each field.
    pub fn struct_sequence(
        &self,
        declaration: &'static StructSequence,
        values: &[Value],
    ) -> PyResult {
        let class = self.struct_sequence_class(declaration)?;
        Ok(fill(self, &class, declaration, values))
    }

    fn struct_sequence_of(&self, class: &Ref<Class>) -> PyResult<&'static StructSequence> {
        let classes = self.interp.struct_sequences.classes.borrow();
        let found = classes.iter().find(|(_, known)| known.is(class));
        match found {
            Some((declaration, _)) => Ok(declaration),
            None => Err(self.type_error("a struct sequence is required")),
        }
    }
}

/// Makes an instance; fields without a value are None.
fn fill(vm: &Vm, class: &Ref<Class>, declaration: &StructSequence, values: &[Value]) -> Value {
    let value = |i: usize| values.get(i).cloned().unwrap_or(Value::NONE);
    let items = (0..declaration.visible).map(value);
    let new = vm.tuple_of_class(class, items);
    // As in CPython it counts, but the collector does not know it.
    vm.heap.untrack(new.as_ptr());
    let new = new.into_value();
    for hidden in declaration.visible..declaration.fields.len() {
        instance::replace_member(&new, hidden - declaration.visible, Some(value(hidden)));
    }
    new
}

/// The value of a field.
pub(crate) fn field(object: &Value, index: usize, visible: usize) -> Option<Value> {
    if index < visible {
        object.payload::<Tuple>()?.as_slice().get(index).cloned()
    } else {
        instance::member(object, index - visible)
    }
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let declaration = vm.struct_sequence_of(class)?;
    let args = vm.bind_parameters("structseq", "(sequence, dict=None)", args)?;
    let items = vm.collect_or(&args[0], "constructor requires a sequence")?;
    let rest = match args[1].given() {
        None => None,
        Some(rest) => match rest.as_ref_to::<Dict>() {
            Some(rest) => Some(rest),
            None => {
                return Err(vm.type_error(format!(
                    "{}() takes a dict as second arg, if any",
                    declaration.spec.name
                )));
            }
        },
    };
    let (least, most) = (declaration.visible, declaration.fields.len());
    if items.len() < least || items.len() > most {
        let takes = match () {
            () if least == most => "a",
            () if items.len() < least => "an at least",
            () => "an at most",
        };
        let bound = if items.len() < least { least } else { most };
        return Err(vm.type_error(format!(
            "{}() takes {takes} {bound}-sequence ({}-sequence given)",
            declaration.spec.name,
            items.len()
        )));
    }
    let mut values = items;
    for (name, _) in &declaration.fields[values.len()..] {
        let value = match rest {
            Some(rest) => rest.get_str(vm, &vm.intern(name))?,
            None => None,
        };
        values.push(value.unwrap_or(Value::NONE));
    }
    Ok(fill(vm, class, declaration, &values))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let class = vm.class_of(this).clone();
    let declaration = vm.struct_sequence_of(&class)?;
    let Some(items) = this.as_ref_to::<Tuple>() else {
        return Err(vm.type_error("a struct sequence is required"));
    };
    let mut text = format!("{}(", declaration.spec.name);
    // As in CPython, names are counted without the items that have none.
    for (i, ((_, name, _), item)) in declaration.named().zip(items.as_slice()).enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        text.push_str(&format!("{name}={}", vm.repr_string(item)?));
    }
    text.push(')');
    Ok(vm.str_value(&text))
}

fn reduce(vm: &Vm, args: &[Value]) -> PyResult {
    let class = vm.class_of(&args[0]).clone();
    let declaration = vm.struct_sequence_of(&class)?;
    let visible = declaration.visible;
    let items: Vec<Value> = (0..visible)
        .filter_map(|index| field(&args[0], index, visible))
        .collect();
    let hidden = vm.dict();
    for (index, name, _) in declaration.named().filter(|(index, ..)| *index >= visible) {
        let value = field(&args[0], index, visible).unwrap_or(Value::NONE);
        vm.define(&hidden, name, value)?;
    }
    let arguments = vm.tuple_value([vm.tuple_value(items), hidden.into_value()]);
    Ok(vm.tuple_value([class.into_value(), arguments]))
}
