//! `_local`: an object with other attributes in each thread.
//!
//! Each thread has a dictionary of its own for the object.  Before an attribute is looked up, the
//! running thread's becomes the object's `__dict__`; nobody else can run between that and the lookup.

use std::cell::{Cell, RefCell};

use heap::Visitor;
use runtime::Vm;
use runtime::object::{
    Args, Class, Dict, Kind, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, Visit,
    WeakReference, alloc, class_flag, instance,
};

use crate::native::wrong_receiver;

/// Payload of `_local`.
struct Local {
    /// Positional arguments for `__init__`.
    values: RefCell<Vec<Value>>,
    /// Names of keyword arguments, whose values are the last of `values`.
    names: RefCell<Vec<Value>>,
    /// The threads' dictionaries, by the threads' numbers.
    dicts: RefCell<Vec<(u64, Ref<Dict>)>>,
    /// The thread whose dictionary is in place; 0 for none.
    shown: Cell<u64>,
    /// A weak reference to the object itself, for the threads' ends.
    reference: Slot,
}

impl Payload for Local {
    const KIND: Kind = crate::kinds::THREAD_LOCAL;
    const NAME: &'static str = "_local";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        self.values
            .borrow()
            .iter()
            .for_each(|value| visitor.value(value));
        self.names
            .borrow()
            .iter()
            .for_each(|value| visitor.value(value));
        self.dicts
            .borrow()
            .iter()
            .for_each(|(_, dict)| visitor.value(dict.as_value()));
        visitor.slot(&self.reference);
    }

    fn clear(&self) {
        drop(self.values.take());
        drop(self.names.take());
        drop(self.dicts.take());
        self.shown.set(0);
        self.reference.set(None);
    }
}

/// Declaration of `_local`.
pub(super) static LOCAL: TypeSpec = TypeSpec {
    doc: "Thread-local data",
    flags: class_flag::BASE_TYPE | class_flag::HAS_DICT | class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(new),
        init: Some(|_, _, _| Ok(())),
        getattro: Some(|vm, this, name| {
            show(vm, this)?;
            vm.generic_get_attr(this, name)
        }),
        setattro: Some(|vm, this, name, value| {
            if vm.display(name) == "__dict__" {
                let message = format!(
                    "'{}' object attribute '__dict__' is read-only",
                    vm.class_name(this)
                );
                return Err(vm.attribute_error_for(message, this, name));
            }
            show(vm, this)?;
            vm.generic_set_attr(this, name, value)
        }),
        ..TypeSlots::EMPTY
    },
    ..TypeSpec::of::<Local>("_thread._local")
};

fn has_own_init(vm: &Vm, class: &Ref<Class>) -> bool {
    let name = &vm.names.__init__;
    let base = vm.lookup_in_class(&vm.native_class(&LOCAL), name);
    match (vm.lookup_in_class(class, name), base) {
        (Some(own), Some(base)) => !own.is(&base),
        _ => false,
    }
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    if !args.values.is_empty() && !has_own_init(vm, class) {
        return Err(vm.type_error("Initialization arguments are not supported"));
    }
    let this = alloc(
        class,
        Local {
            values: RefCell::new(args.values.to_vec()),
            names: RefCell::new(args.names.to_vec()),
            dicts: RefCell::default(),
            shown: Cell::new(0),
            reference: Slot::default(),
        },
    )
    .into_value();
    let reference = vm.weak_reference(&vm.types.weak_reference, &this, None)?;
    local_of(vm, &this)?.reference.set(Some(reference));
    // The creating thread's `__init__` is called by whoever makes the object.
    add_dict(vm, &this)?;
    Ok(this)
}

fn local_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Local> {
    this.payload::<Local>()
        .ok_or_else(|| wrong_receiver(vm, "_thread._local"))
}

/// Gives the running thread a dictionary for the object, and puts it in place.
fn add_dict(vm: &Vm, this: &Value) -> PyResult<()> {
    let local = local_of(vm, this)?;
    let number = vm.thread_number();
    let dict = vm.dict();
    local.dicts.borrow_mut().push((number, dict.clone()));
    if let Some(reference) = local.reference.get() {
        vm.at_thread_end(reference, forget);
    }
    local.shown.set(number);
    instance::replace_dict(this, Some(dict));
    Ok(())
}

/// Puts the running thread's dictionary in place; the first time `__init__` is called.
fn show(vm: &Vm, this: &Value) -> PyResult<()> {
    let local = local_of(vm, this)?;
    let number = vm.thread_number();
    if local.shown.get() == number {
        return Ok(());
    }
    let known = local
        .dicts
        .borrow()
        .iter()
        .find(|(owner, _)| *owner == number)
        .map(|(_, dict)| dict.clone());
    if let Some(dict) = known {
        local.shown.set(number);
        instance::replace_dict(this, Some(dict));
        return Ok(());
    }
    add_dict(vm, this)?;
    let class = vm.class_of(this).clone();
    if !has_own_init(vm, &class) {
        return Ok(());
    }
    let values = local.values.borrow().clone();
    let names = local.names.borrow().clone();
    let initialised = match class.slots().init {
        Some(init) => init(
            vm,
            this,
            Args {
                values: &values,
                names: &names,
            },
        ),
        None => Ok(()),
    };
    if initialised.is_err() {
        // The next access tries again.
        drop_dict(local, this, number);
    } else {
        // What `__init__` called may have let other threads run.
        return show(vm, this);
    }
    initialised
}

/// Drops the dictionary of a thread.
fn drop_dict(local: &Local, this: &Value, number: u64) {
    let place = local
        .dicts
        .borrow()
        .iter()
        .position(|(owner, _)| *owner == number);
    let dict = place.map(|place| local.dicts.borrow_mut().remove(place));
    if local.shown.get() == number {
        local.shown.set(0);
        instance::replace_dict(this, None);
    }
    drop(dict);
}

/// A thread ends: what the object has for it goes.
fn forget(vm: &Vm, reference: &Value) {
    let this = reference
        .payload::<WeakReference>()
        .and_then(WeakReference::referent);
    let Some(this) = this else { return };
    if let Some(local) = this.payload::<Local>() {
        drop_dict(local, &this, vm.thread_number());
    }
}
