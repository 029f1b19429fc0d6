//! Looking at the graph of objects: who refers to whom, what is tracked, how often something is
//! referred to.
#![allow(unsafe_code)]

use heap::header::flag;
use heap::{ObjectPtr, Visitor};

use super::class::{Class, TypeSpec, class_flag};
use super::payload::class_of;
use super::value::Value;
use crate::vm::Vm;

/// Values for objects that are live and not being released.
fn values(objects: Vec<ObjectPtr>) -> Vec<Value> {
    // Objects whose release was put aside have no count to go on from.
    // SAFETY: the callers just got the objects from the heap or from a live owner.
    let alive = objects
        .into_iter()
        .filter(|o| unsafe { o.as_ref() }.count() > 0);
    // SAFETY: as above.
    alive
        .map(|object| unsafe { Value::from_object(object) })
        .collect()
}

/// Shows the words of all values that an object refers to, immediates included.
fn traverse(object: ObjectPtr, visit: &mut dyn FnMut(u64)) {
    // SAFETY: called with live objects, whose class names the matching function.
    unsafe { (class_of(object).ops().traverse)(object, &mut Visitor::words(visit)) };
}

/// A counted value for a word seen in a traversal; None for an object that is being released.
fn value_of(word: u64) -> Option<Value> {
    // SAFETY: traversals show valid words whose owner is live; this one is not dropped.
    let value = std::mem::ManuallyDrop::new(unsafe { Value::from_word(word) });
    // SAFETY: as above.
    let alive = value
        .object()
        .is_none_or(|o| unsafe { o.as_ref() }.count() > 0);
    alive.then(|| (*value).clone())
}

/// True for the types that CPython's own C modules make on its heap: their instances refer to them.
fn is_heap_type_of_cpython(spec: &TypeSpec) -> bool {
    const MODULES: &[&str] = &[
        "_csv",
        "_io",
        "_queue",
        "_random",
        "_struct",
        "_thread",
        "array",
        "functools",
        "itertools",
        "operator",
        "re",
    ];
    const CLASSES: &[&str] = &["collections.deque", "collections.defaultdict"];
    CLASSES.contains(&spec.name)
        || (spec.name.split_once('.')).is_some_and(|(module, _)| MODULES.contains(&module))
}

/// True for those whose class CPython shows behind what they hold.
fn shows_class_last(spec: &TypeSpec) -> bool {
    ["operator.attrgetter", "operator.methodcaller"].contains(&spec.name)
}

impl Vm {
    /// The tracked objects of a generation (0, 1, 2) or of all three, in order.
    pub fn tracked_values(&self, generation: Option<usize>) -> Vec<Value> {
        values(self.heap.tracked_objects(generation))
    }

    /// What a value refers to, in the order in which the collector sees it.
    pub fn referents(&self, value: &Value) -> Vec<Value> {
        let mut found = Vec::new();
        if let Some(object) = value.object().filter(|_| self.can_be_tracked(value)) {
            let class = self.class_of(value);
            let shown = class.spec.filter(|spec| is_heap_type_of_cpython(spec));
            let last = shown.is_some_and(shows_class_last);
            if shown.is_some() && !last {
                found.push(class.as_value().word());
            }
            traverse(object, &mut |word| found.push(word));
            if last {
                found.push(class.as_value().word());
            }
        }
        found.into_iter().filter_map(value_of).collect()
    }

    /// True if the value is of a kind the collector knows; builtin classes are not.
    fn can_be_tracked(&self, value: &Value) -> bool {
        match value.payload::<Class>() {
            Some(class) => class.has_flag(class_flag::HEAP_TYPE),
            None => self.class_of(value).has_flag(class_flag::COLLECTED),
        }
    }

    /// The tracked objects that refer to one of the targets.
    pub fn referrers(&self, targets: &[Value]) -> Vec<Value> {
        let targets: Vec<u64> = targets.iter().map(Value::word).collect();
        let mut found = Vec::new();
        for object in self.heap.tracked_objects(None) {
            let mut refers = false;
            traverse(object, &mut |referent| {
                refers |= targets.contains(&referent)
            });
            if refers {
                found.push(object);
            }
        }
        values(found)
    }

    /// True if the collector knows the value.
    pub fn is_tracked(&self, value: &Value) -> bool {
        // SAFETY: a value's object is live.
        value
            .object()
            .is_some_and(|object| unsafe { object.as_ref() }.is_tracked())
    }

    /// True if the value's finaliser has run.
    pub fn is_finalized(&self, value: &Value) -> bool {
        // SAFETY: a value's object is live.
        value
            .object()
            .is_some_and(|object| unsafe { object.as_ref() }.has(flag::FINALIZED))
    }

    /// The reference count; None for values that are never released.
    pub fn reference_count(&self, value: &Value) -> Option<u32> {
        // SAFETY: a value's object is live.
        let header = unsafe { value.object()?.as_ref() };
        (!header.is_immortal()).then(|| header.count())
    }
}

impl Vm {
    /// The value of a word that was taken from an interned string, which lives for ever.
    pub(crate) fn interned_value(&self, word: u64) -> Value {
        // SAFETY: interned strings are immortal, so the word stays valid.
        let value = std::mem::ManuallyDrop::new(unsafe { Value::from_word(word) });
        (*value).clone()
    }
}
