//! Syntax trees as Python objects: what `compile` gives with PyCF_ONLY_AST, and takes.
//!
//! The classes are those of the module `_ast`, which is written in Python.  `build` makes objects
//! of a parsed tree; `read` makes a tree of objects, with CPython's checks, as programs put
//! together whatever they like.  Such a tree has no text: its ranges count the positions that its
//! nodes were given ([`Source::without_text`]).

mod build;
mod constant;
mod expression;
mod pattern;
mod read;
mod statement;

use std::collections::HashMap;
use std::rc::Rc;

use syntax::ast::{Mod, TypeIgnore};
use syntax::{Mode, Source};

use crate::object::{Class, Dict, List, PyResult, Ref, Str, Tuple, Value};
use crate::vm::Vm;

/// A class of nodes.
struct NodeClass {
    class: Ref<Class>,
    /// The names of its fields, in order.
    fields: Vec<Value>,
    /// The object that stands for all its instances, where they have no fields and no place.
    leaf: Option<Value>,
}

/// The classes of the module `_ast`.
struct NodeClasses {
    by_name: HashMap<Rc<str>, NodeClass>,
    /// The name of the class at an address.
    names: HashMap<usize, Rc<str>>,
    root: Ref<Class>,
}

impl NodeClasses {
    fn load(vm: &Vm) -> PyResult<NodeClasses> {
        let module = vm.import_dotted("_ast")?;
        let broken = || vm.runtime_error("the module _ast was changed");
        let namespace = vm.get_attr(&module, &vm.names.__dict__)?;
        let namespace: Ref<Dict> = namespace.downcast().map_err(|_| broken())?;
        let root = vm.get_attr(&module, &vm.intern("AST"))?;
        let root: Ref<Class> = root.downcast().map_err(|_| broken())?;
        let leaves = vm.get_attr(&module, &vm.intern("_leaves"))?;
        let leaves: Ref<Dict> = leaves.downcast().map_err(|_| broken())?;
        let mut classes = NodeClasses {
            by_name: HashMap::new(),
            names: HashMap::new(),
            root,
        };
        for (name, value) in namespace.to_vec() {
            let (Some(text), Ok(class)) = (name.payload::<Str>(), value.downcast::<Class>()) else {
                continue;
            };
            if !class.is_subclass_of(&classes.root) {
                continue;
            }
            let text: Rc<str> = text.to_display().into();
            let fields = vm.get_attr(class.as_value(), &vm.intern("_fields"))?;
            let fields = fields
                .payload::<Tuple>()
                .map_or_else(Vec::new, |t| t.to_vec());
            let leaf = leaves.get(vm, &name)?;
            classes.names.insert(address(&class), text.clone());
            classes.by_name.insert(
                text,
                NodeClass {
                    class,
                    fields,
                    leaf,
                },
            );
        }
        Ok(classes)
    }

    /// The name of the node class that an object is of.
    fn kind_of(&self, vm: &Vm, node: &Value) -> Option<Rc<str>> {
        let mro = vm.class_of(node).mro()?;
        let name = mro.iter().find_map(|class| {
            let class = class.as_ref_to::<Class>()?;
            self.names.get(&address(class))
        });
        name.cloned()
    }
}

fn address(class: &Ref<Class>) -> usize {
    class.as_ptr().as_ptr() as usize
}

/// The class that each mode of `compile` takes.
fn root_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Exec => "Module",
        Mode::Eval => "Expression",
        Mode::Single => "Interactive",
        Mode::FuncType => "FunctionType",
    }
}

impl Vm {
    /// The objects of a parsed tree.
    pub fn syntax_objects(
        &self,
        tree: &Mod,
        type_ignores: &[TypeIgnore],
        source: &Source,
    ) -> PyResult {
        let classes = NodeClasses::load(self)?;
        build::objects(self, &classes, tree, type_ignores, source)
    }

    /// True if the object is a node; false also if nobody has loaded the classes.
    pub fn is_syntax_object(&self, value: &Value) -> PyResult<bool> {
        let Some(module) = self.loaded_module("_ast")? else {
            return Ok(false);
        };
        let root = self.get_attr(&module, &self.intern("AST"))?;
        Ok(root
            .as_ref_to::<Class>()
            .is_some_and(|root| self.is_instance_of(value, root)))
    }

    /// The tree that objects describe, if they are what the mode takes.
    pub fn syntax_tree(&self, value: &Value, mode: Mode) -> PyResult<(Mod, Source)> {
        let classes = NodeClasses::load(self)?;
        read::tree(self, &classes, value, mode)
    }

    /// Checks that an object is the root of a tree for the mode.
    pub fn check_syntax_root(&self, value: &Value, mode: Mode) -> PyResult<()> {
        let classes = NodeClasses::load(self)?;
        let wanted = root_name(mode);
        let right = classes.by_name.get(wanted);
        if right.is_some_and(|right| self.is_instance_of(value, &right.class)) {
            return Ok(());
        }
        Err(self.type_error(format!(
            "expected {wanted} node, got {}",
            self.class_name(value)
        )))
    }
}

/// A list object of nodes.
fn list_value(vm: &Vm, items: Vec<Value>) -> PyResult {
    let list: Ref<List> = vm.list_from(items)?;
    Ok(list.into_value())
}
