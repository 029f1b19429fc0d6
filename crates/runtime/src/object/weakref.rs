//! Weak references: what `weakref.ref` and the two kinds of proxies are made of.
//!
//! A weak reference holds its referent's address without counting.  The heap's table leads from
//! the referent to its weak references, which are linked through themselves, so that they are made
//! dead before the block is freed.
#![allow(unsafe_code)]

use std::cell::Cell;

use heap::{ObjectPtr, Visitor, WeakLink};

use super::class::{Class, class_flag};
use super::payload::{Kind, Object, Payload, Ref, Slot, Visit, alloc, class_of};
use super::value::Value;
use crate::fields;
use crate::object::PyResult;
use crate::object::fields::Field;
use crate::vm::{Vm, current_vm};

/// The payload of references and proxies; the class tells them apart.
#[repr(C)]
pub struct WeakReference {
    /// The heap's; it must come first.
    link: WeakLink,
    referent: Cell<Option<ObjectPtr>>,
    callback: Slot,
    /// The referent's hash, once somebody asked; before that -1, which is no hash.
    hash: Cell<i64>,
}

const _: () = assert!(Object::<WeakReference>::PAYLOAD_OFFSET == size_of::<heap::Header>());

impl Payload for WeakReference {
    const KIND: Kind = Kind::WEAK_REFERENCE;
    const NAME: &'static str = "weakref";
    const FIELDS: &'static [Field] = fields![
        "link" => link as Opaque,
        "referent" => referent as Opaque,
        "callback" => callback as Value,
        "hash" => hash as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.callback);
    }

    fn clear(&self) {
        self.forget();
        self.callback.set(None);
    }
}

impl Drop for WeakReference {
    fn drop(&mut self) {
        self.forget();
    }
}

impl WeakReference {
    /// The referent while it lives.  One that is being released has no reference left and counts
    /// as gone.
    pub fn referent(&self) -> Option<Value> {
        let referent = self.referent.get()?;
        // SAFETY: the pointer is cleared before the referent's block is freed.
        unsafe { (referent.as_ref().count() > 0).then(|| Value::from_object(referent)) }
    }

    /// The referent's address and class name, for `repr`; no reference is taken.
    pub fn is_alive(&self) -> bool {
        // SAFETY: as for `referent`.
        self.referent
            .get()
            .is_some_and(|r| unsafe { r.as_ref() }.count() > 0)
    }

    /// The referent's hash, if somebody asked while it lived.
    pub fn known_hash(&self) -> Option<i64> {
        Some(self.hash.get()).filter(|hash| *hash != -1)
    }

    /// Keeps the referent's hash for the time when it is gone.
    pub fn keep_hash(&self, hash: i64) {
        self.hash.set(hash);
    }

    /// `__callback__`.
    pub fn callback(&self) -> Option<Value> {
        self.callback.get()
    }

    /// True if there is a callback.
    pub fn has_callback(&self) -> bool {
        !self.callback.is_empty()
    }

    /// Makes the reference dead; the heap's table is the caller's business.  Returns what it
    /// referred to.
    pub(crate) fn sever(&self) -> Option<ObjectPtr> {
        self.referent.take()
    }

    fn object(&self) -> ObjectPtr {
        let this = std::ptr::from_ref(self).cast::<u8>();
        // SAFETY: the payload lies in an Object<WeakReference>.
        unsafe {
            ObjectPtr::new_unchecked(
                this.sub(Object::<WeakReference>::PAYLOAD_OFFSET)
                    .cast_mut()
                    .cast(),
            )
        }
    }

    fn forget(&self) {
        if let Some(referent) = self.referent.take() {
            current_vm()
                .heap
                .unregister_weakref(referent, self.object());
        }
    }
}

fn payload<'a>(reference: ObjectPtr) -> &'a WeakReference {
    // SAFETY: the heap's table names live weak references only.
    unsafe { &*reference.cast::<Object<WeakReference>>().as_ptr() }.payload()
}

/// Makes a weak reference dead because its referent dies.  Returns it with its callback, if the
/// callback is due: the reference itself may be on its way out already.
///
/// # Safety
/// `reference` is a live weak reference.
pub(super) unsafe fn bury(reference: ObjectPtr) -> Option<(Value, Value)> {
    let weak = payload(reference);
    weak.sever();
    // SAFETY: by the caller's word it is live.
    unsafe {
        if reference.as_ref().count() == 0 {
            return None;
        }
        let callback = weak.callback.take()?;
        Some((Value::from_object(reference), callback))
    }
}

/// The shared reference and the shared proxy to an object: those of the exact classes without
/// a callback, which come first in the heap's list.
#[derive(Default)]
struct Shared {
    reference: Option<ObjectPtr>,
    proxy: Option<ObjectPtr>,
}

impl Shared {
    fn of(vm: &Vm, referent: ObjectPtr) -> Shared {
        let types = vm.types;
        let mut shared = Shared::default();
        let mut next = vm.heap.first_weakref(referent);
        while let Some(weakref) = next
            && !payload(weakref).has_callback()
        {
            // SAFETY: weak references in the table are live.
            let class = unsafe { class_of(weakref) }.this();
            if class.is(&types.weak_reference) {
                shared.reference = shared.reference.or(next);
            } else if class.is(&types.weak_proxy) || class.is(&types.weak_callable_proxy) {
                shared.proxy = shared.proxy.or(next);
            } else {
                break;
            }
            next = vm.heap.next_weakref(weakref);
        }
        shared
    }
}

impl Vm {
    /// A weak reference or proxy of `class` to an object; one without callback is shared, unless
    /// it is of a subclass.
    pub fn weak_reference(
        &self,
        class: &Ref<Class>,
        referent: &Value,
        callback: Option<&Value>,
    ) -> PyResult {
        let object = match referent.object() {
            Some(object) if self.class_of(referent).has_flag(class_flag::HAS_WEAKREFS) => object,
            _ => {
                let name = self.class_name(referent);
                return Err(
                    self.type_error(format!("cannot create weak reference to '{name}' object"))
                );
            }
        };
        let types = self.types;
        let is_reference = class.is(&types.weak_reference);
        let is_proxy = class.is(&types.weak_proxy) || class.is(&types.weak_callable_proxy);
        let shared = Shared::of(self, object);
        let mut behind = shared.reference.filter(|_| !is_reference);
        if callback.is_none() && (is_reference || is_proxy) {
            let known = if is_reference {
                shared.reference
            } else {
                shared.proxy
            };
            // A shared one whose release was put aside has no count to go on from.
            // SAFETY: weak references in the table are live.
            if let Some(known) = known.filter(|k| unsafe { k.as_ref() }.count() > 0) {
                // SAFETY: as above.
                return Ok(unsafe { Value::from_object(known) });
            }
        } else {
            behind = shared.proxy.or(shared.reference);
        }
        let reference = alloc(
            class,
            WeakReference {
                link: WeakLink::new(),
                referent: Cell::new(Some(object)),
                callback: Slot::new(callback.cloned()),
                hash: Cell::new(-1),
            },
        );
        // SAFETY: the payload begins with the link; before it is freed it is severed or forgets.
        unsafe {
            match behind {
                Some(behind) => self
                    .heap
                    .register_weakref_behind(behind, reference.as_ptr()),
                None => self.heap.register_weakref(object, reference.as_ptr()),
            }
        }
        Ok(reference.into_value())
    }

    /// The weak references to an object, newest first.
    pub fn weak_references(&self, referent: &Value) -> Vec<Value> {
        let Some(object) = referent.object() else {
            return Vec::new();
        };
        let references = self.heap.weakrefs(object);
        let alive = references.into_iter().filter(|reference| {
            // SAFETY: weak references in the table are live.
            unsafe { reference.as_ref() }.count() > 0
        });
        // SAFETY: as above, and their count is not zero.
        alive
            .map(|reference| unsafe { Value::from_object(reference) })
            .collect()
    }

    /// Number of weak references to an object.
    pub fn weak_reference_count(&self, referent: &Value) -> usize {
        referent
            .object()
            .map_or(0, |object| self.heap.weakref_count(object))
    }
}
