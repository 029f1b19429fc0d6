//! The payload of class objects, and how builtin types are declared.
//!
//! A class starts with what the heap reads (`ClassHead`), then holds its slots, its namespace, its
//! place in the hierarchy and the shape of its instances.  Everything that other code caches
//! about a class hangs on `version`: it changes when the class or one of its bases is changed.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell, UnsafeCell};

use heap::{ClassHead, ObjectOps, ObjectPtr, Visitor};

use super::args::{GetSetDef, MethodDef};
use super::dict::Dict;
use super::fields::Buffer;
use super::instance::SharedKeys;
use super::payload::{Kind, Payload, Ref, Slot, Visit};
use super::slots::TypeSlots;
use super::tuple::Tuple;
use super::value::Value;
use crate::fields;
use crate::object::fields::Field;

/// Flag bits of a class.
pub mod class_flag {
    /// Instances have a tail: member slots, attributes.
    pub const HAS_TAIL: u32 = 1 << 0;
    /// Made at run time: instances hold a counted reference to the class.
    pub const HEAP_TYPE: u32 = 1 << 1;
    /// Instances have a `__del__` or another finaliser in `slots.finalize`.
    pub const HAS_FINALIZER: u32 = 1 << 2;
    /// Instances count with the collector and are tracked.
    pub const COLLECTED: u32 = 1 << 3;
    /// The payload is variable-sized, so the tail's place differs from object to object.
    pub const VARIABLE: u32 = 1 << 4;
    /// Instances have a `__dict__`.
    pub const HAS_DICT: u32 = 1 << 5;
    /// Instances can be weakly referenced.
    pub const HAS_WEAKREFS: u32 = 1 << 6;
    /// May be subclassed.
    pub const BASE_TYPE: u32 = 1 << 7;
    /// Attributes of the class cannot be set.
    pub const IMMUTABLE: u32 = 1 << 8;
    /// Has abstract methods (`__abstractmethods__` is not empty).
    pub const ABSTRACT: u32 = 1 << 9;
    /// A subclass of `int`.
    pub const INT_SUBCLASS: u32 = 1 << 10;
    /// A subclass of `str`.
    pub const STR_SUBCLASS: u32 = 1 << 11;
    /// A subclass of `BaseException`.
    pub const EXCEPTION_SUBCLASS: u32 = 1 << 12;
    /// A subclass of `type`.
    pub const TYPE_SUBCLASS: u32 = 1 << 13;
    /// Matches sequence patterns (PEP 634).
    pub const SEQUENCE: u32 = 1 << 14;
    /// Matches mapping patterns (PEP 634).
    pub const MAPPING: u32 = 1 << 15;
    /// A single positional sub-pattern of a class pattern matches the subject itself.
    pub const MATCH_SELF: u32 = 1 << 16;
    /// `getattro` is object's, so attribute loads can be cached.
    pub const GENERIC_GETATTR: u32 = 1 << 17;
    /// `setattro` is object's, so attribute stores can be cached.
    pub const GENERIC_SETATTR: u32 = 1 << 18;
    /// Instances of functions-like descriptors: `LOAD_ATTR` of a method need not bind them.
    pub const METHOD_DESCRIPTOR: u32 = 1 << 19;
    /// `cls()` cannot be called ("cannot create 'X' instances").
    pub const NO_INSTANTIATION: u32 = 1 << 20;
    /// The representation has a finaliser (`Payload::FINALIZES`).
    pub const NATIVE_FINALIZER: u32 = 1 << 21;
    /// The `__dict__` of instances belongs to their builtin base (exceptions).
    pub const BASE_OWNS_DICT: u32 = 1 << 22;
    /// CPython calls the class without packing the arguments into a tuple (`tp_vectorcall`).
    pub const MADE_UNPACKED: u32 = 1 << 23;
    /// CPython calls instances without packing the arguments into a tuple.
    pub const CALLED_UNPACKED: u32 = 1 << 24;
    /// A class written in Python that messages name with its module, as CPython's class in C has it in its name.
    pub const SHOWS_MODULE: u32 = 1 << 25;
    /// CPython keeps some of the instances that died ([`heap::FreeList`]).  Classes derived from this one
    /// have no such flag.
    pub const KEPT: u32 = 1 << 26;
}

/// A class object's payload.
#[repr(C)]
pub struct Class {
    // The rest of the heap's ClassHead behind the header.
    ops: Cell<&'static ObjectOps>,
    release: Cell<unsafe fn(ObjectPtr)>,
    /// See the module's head; 0 = none assigned.
    pub version: Cell<u32>,
    flags: Cell<u32>,
    /// Which payload instances have.
    pub kind: Kind,
    /// Attributes stored inside a new instance (at most 14).
    pub inline_capacity: Cell<u8>,
    /// Attributes every instance there can be has room for; at most `inline_capacity`.
    pub inline_floor: Cell<u8>,
    /// An instance with attributes has been made, so `inline_floor` cannot rise any more.
    pub instantiated: Cell<bool>,
    /// Number of member slots (`__slots__`), inherited ones included.
    pub member_count: Cell<u16>,
    /// Offset of the tail in instances with a fixed-size payload.
    pub tail_offset: Cell<u32>,
    /// Bytes of the tail of a new instance: member slots, the dictionary word, inline attributes.
    pub tail_size: Cell<u32>,
    slots: UnsafeCell<TypeSlots>,
    /// `__name__`, a `str`.
    pub name: Slot,
    /// `__qualname__`, a `str`.
    pub qualname: Slot,
    /// `__base__`: the base whose instance layout this class extends.
    pub base: Slot,
    /// `__bases__`, a tuple.
    pub bases: Slot,
    /// `__mro__`, a tuple.
    pub mro: Slot,
    /// The namespace.
    pub dict: Ref<Dict>,
    /// Names of the member slots the class itself adds, in the order of the slots.
    pub member_names: RefCell<Vec<Value>>,
    /// Names of the attributes that methods of the class and its bases assign.
    pub assigned_names: RefCell<Vec<Value>>,
    /// Names of the attributes instances store inline.
    pub keys: SharedKeys,
    /// Classes that name this one among their bases, oldest first; they are not kept alive.
    pub subclasses: UnsafeCell<Vec<ObjectPtr>>,
    /// A weak reference to the class, by which CPython's bases know it: `weakref.ref(cls)` gives this one.
    pub listed: Slot,
    /// For builtin types, their declaration.
    pub spec: Option<&'static TypeSpec>,
    /// The class object's own address, so that a reference to it can be handed out without
    /// counting; not an owned reference.
    this: Cell<Option<ObjectPtr>>,
}

// The heap sees a class object as a ClassHead: the header, then these four fields.
const _: () = {
    use super::payload::Object;
    assert!(Object::<Class>::PAYLOAD_OFFSET == 16);
    assert!(16 + std::mem::offset_of!(Class, ops) == std::mem::offset_of!(ClassHead, ops));
    assert!(16 + std::mem::offset_of!(Class, release) == std::mem::offset_of!(ClassHead, release));
    assert!(16 + std::mem::offset_of!(Class, version) == std::mem::offset_of!(ClassHead, version));
    assert!(16 + std::mem::offset_of!(Class, flags) == std::mem::offset_of!(ClassHead, flags));
};

impl Class {
    /// A class whose hierarchy is not filled in yet.
    pub fn new(
        ops: &'static ObjectOps,
        kind: Kind,
        flags: u32,
        slots: TypeSlots,
        dict: Ref<Dict>,
        spec: Option<&'static TypeSpec>,
    ) -> Class {
        Class {
            ops: Cell::new(ops),
            release: Cell::new(ops.release),
            version: Cell::new(0),
            flags: Cell::new(flags),
            kind,
            inline_capacity: Cell::new(0),
            inline_floor: Cell::new(0),
            instantiated: Cell::new(false),
            member_count: Cell::new(0),
            tail_offset: Cell::new(0),
            tail_size: Cell::new(0),
            slots: UnsafeCell::new(slots),
            name: Slot::default(),
            qualname: Slot::default(),
            base: Slot::default(),
            bases: Slot::default(),
            mro: Slot::default(),
            dict,
            member_names: RefCell::default(),
            assigned_names: RefCell::default(),
            keys: SharedKeys::default(),
            listed: Slot::default(),
            subclasses: UnsafeCell::new(Vec::new()),
            spec,
            this: Cell::new(None),
        }
    }

    /// Tells the class where its object lies; called once, right after allocation.
    pub fn set_this(&self, object: ObjectPtr) {
        self.this.set(Some(object));
    }

    /// The class object.
    #[inline(always)]
    pub fn this(&self) -> &Ref<Class> {
        debug_assert!(self.this.get().is_some());
        // SAFETY: `Option<ObjectPtr>` that is Some is the same word as a Ref; the object is this
        // one, so it lives as long as the borrow of it.
        unsafe { &*(self.this.as_ptr() as *const Ref<Class>) }
    }

    /// The declaration of this class or of the builtin class it derives its representation from.
    pub fn native_spec(&self) -> Option<&'static TypeSpec> {
        let mut base = self.this().to_value();
        loop {
            let class = base.payload::<Class>()?;
            if let Some(spec) = class.spec {
                return Some(spec);
            }
            let next = class.base.get()?;
            base = next;
        }
    }

    /// The heap's function table of instances.
    pub fn ops(&self) -> &'static ObjectOps {
        self.ops.get()
    }

    /// True if any of the flags is set.
    #[inline(always)]
    pub fn has_flag(&self, flags: u32) -> bool {
        self.flags.get() & flags != 0
    }

    /// All flags.
    #[inline(always)]
    pub fn flags(&self) -> u32 {
        self.flags.get()
    }

    /// Sets flags.
    pub fn set_flag(&self, flags: u32) {
        self.flags.set(self.flags.get() | flags);
    }

    /// Clears flags.
    pub fn unset_flag(&self, flags: u32) {
        self.flags.set(self.flags.get() & !flags);
    }

    /// True if this subclass of `base` has an `__init__` of its own, which then judges keywords.
    pub fn overrides_init(&self, base: &Class) -> bool {
        match (self.slots().init, base.slots().init) {
            (Some(own), Some(inherited)) => !std::ptr::fn_addr_eq(own, inherited),
            (own, inherited) => own.is_some() != inherited.is_some(),
        }
    }

    /// The slots.  Copy a function out; do not keep the reference across calls.
    #[inline(always)]
    pub fn slots(&self) -> &TypeSlots {
        // SAFETY: changed only by update_slots, under the interpreter lock, while no caller
        // holds the reference (rule above).
        unsafe { &*self.slots.get() }
    }

    /// Changes the slots.
    pub fn update_slots(&self, change: impl FnOnce(&mut TypeSlots)) {
        // SAFETY: as for `slots`.
        change(unsafe { &mut *self.slots.get() });
    }

    /// Gives instances made from now on room for `capacity` attributes.
    pub fn set_inline_capacity(&self, capacity: u8) {
        let capacity = capacity.min(heap::header::MAX_INLINE_CAPACITY as u8);
        self.inline_capacity.set(capacity);
        if !self.instantiated.get() {
            self.inline_floor.set(capacity);
        }
        self.update_tail_size();
    }

    /// Computes the size of a new instance's tail from its parts.
    pub fn update_tail_size(&self) {
        let mut words = u32::from(self.member_count.get());
        if self.has_flag(class_flag::HAS_DICT) {
            words += 1 + u32::from(self.inline_capacity.get());
        }
        self.tail_size.set(words * 8);
        if words > 0 {
            self.set_flag(class_flag::HAS_TAIL);
        }
    }

    /// Forgets the version of this class and of all classes below it: whatever was cached about
    /// them does not hold any more.
    pub fn invalidate(&self) {
        // A class has a version only while all its bases have one.
        if self.version.replace(0) == 0 {
            return;
        }
        for class in self.live_subclasses() {
            class.invalidate();
        }
    }

    /// Gives up everything it owns but its namespace: the interpreter ends.
    pub(crate) fn release_parts(&self) {
        for slot in [
            &self.name,
            &self.qualname,
            &self.bases,
            &self.mro,
            &self.base,
            &self.listed,
        ] {
            slot.set(None);
        }
        self.member_names.take();
        self.assigned_names.take();
        self.keys.clear();
        // SAFETY: nobody holds a reference into the list.
        unsafe { *self.subclasses.get() = Vec::new() };
    }

    /// The classes that name this one among their bases, oldest first.
    pub fn live_subclasses(&self) -> Vec<Ref<Class>> {
        // SAFETY: the list holds live classes only (they take themselves out when they go); it is
        // copied with each class counted before anything else can run.
        unsafe {
            (*self.subclasses.get())
                .iter()
                .filter(|object| object.as_ref().count() > 0)
                .filter_map(|&object| Value::from_object(object).downcast().ok())
                .collect()
        }
    }

    /// Lists a class among the subclasses of this one.
    pub fn add_subclass(&self, class: &Ref<Class>) {
        // SAFETY: nobody holds a reference into the list.
        let list = unsafe { &mut *self.subclasses.get() };
        if !list.contains(&class.as_ptr()) {
            list.push(class.as_ptr());
        }
    }

    /// True if there are subclasses.
    pub fn has_subclasses(&self) -> bool {
        // SAFETY: nobody changes the list meanwhile.
        !unsafe { &*self.subclasses.get() }.is_empty()
    }

    /// Takes a class out of the list of subclasses.
    pub fn remove_subclass(&self, class: ObjectPtr) {
        // SAFETY: nobody holds a reference into the list.
        unsafe { &mut *self.subclasses.get() }.retain(|c| *c != class);
    }

    /// The method resolution order.
    #[inline]
    pub fn mro(&self) -> Option<&[Value]> {
        Some(self.mro.peek()?.payload::<Tuple>()?.as_slice())
    }

    /// The module that messages name with the class.
    fn shown_module(&self) -> Option<String> {
        if !self.has_flag(class_flag::SHOWS_MODULE) {
            return None;
        }
        let vm = crate::vm::current_vm();
        let module = self.dict.get_str(vm, &vm.names.__module__).ok()??;
        Some(super::str::display(&module))
    }

    /// The class's name as messages show it: `__name__`, with the module for builtin types that
    /// declare one (CPython's `tp_name`).
    pub fn name_string(&self) -> String {
        match self.spec {
            Some(spec) => spec.name.to_owned(),
            None => {
                let name = self
                    .name
                    .peek()
                    .map_or_else(String::new, super::str::display);
                match self.shown_module() {
                    Some(module) => format!("{module}.{name}"),
                    None => name,
                }
            }
        }
    }

    /// The class's `__name__`: without the module that [`Class::name_string`] may show.
    pub fn bare_name(&self) -> String {
        let name = self.name_string();
        match self.spec.and_then(|_| name.rsplit_once('.')) {
            Some((_, bare)) => bare.to_owned(),
            None => name,
        }
    }
}

impl Payload for Class {
    const KIND: Kind = Kind::CLASS;
    const NAME: &'static str = "type";
    const FIELDS: &'static [Field] = fields![
        "ops" => ops as Opaque,
        "release" => release as Opaque,
        "version" => version as Unsigned,
        "flags" => flags as Unsigned,
        "kind" => kind as Opaque,
        "inline_capacity" => inline_capacity as Unsigned,
        "inline_floor" => inline_floor as Unsigned,
        "instantiated" => instantiated as Bool,
        "member_count" => member_count as Unsigned,
        "tail_offset" => tail_offset as Unsigned,
        "tail_size" => tail_size as Unsigned,
        "slots" => slots as Opaque,
        "__name__" => name as Value,
        "__qualname__" => qualname as Value,
        "__base__" => base as Value,
        "__bases__" => bases as Value,
        "__mro__" => mro as Value,
        "__dict__" => dict as Value,
        "member_names" => member_names as Opaque,
        "assigned_names" => assigned_names as Opaque,
        "keys" => keys as Opaque,
        "subclasses" => subclasses as Opaque,
        "spec" => spec as Opaque,
        "this" => this as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.dict);
        visitor.slot(&self.mro);
        visitor.slot(&self.bases);
        visitor.slot(&self.base);
        if visitor.wants_everything() {
            visitor.slot(&self.name);
            visitor.slot(&self.qualname);
            let lists = [
                self.member_names.try_borrow(),
                self.assigned_names.try_borrow(),
            ];
            for name in lists.iter().flatten().flat_map(|list| list.iter()) {
                visitor.value(name);
            }
            self.keys.each_name(|name| visitor.value(name));
        }
    }

    fn clear(&self) {
        // The version goes first: the method cache does not own what it remembers.
        self.invalidate();
        super::dict::clear(&self.dict);
        self.mro.set(None);
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        self.version.set(0);
        if let (Some(this), Some(bases)) = (self.this.get(), self.bases.peek())
            && let Some(bases) = bases.payload::<Tuple>()
        {
            for base in bases.iter().filter_map(|b| b.payload::<Class>()) {
                base.remove_subclass(this);
            }
        }
    }
}

/// A builtin type, as its module declares it.  `types/mod.rs` lists them all.
pub struct TypeSpec {
    /// `__name__`; a dotted name sets `__module__`, otherwise it is `builtins`.
    pub name: &'static str,
    /// `__doc__`; empty for none.
    pub doc: &'static str,
    /// Kind and representation of the instances.
    pub kind: Kind,
    /// The heap's function table of the instances.
    pub ops: &'static ObjectOps,
    /// Bytes of header and payload (`size_of::<Object<T>>()`).
    pub basic_size: usize,
    /// Class flags beyond those that follow from the payload.
    pub flags: u32,
    /// The payload's fields.
    pub fields: &'static [Field],
    /// The block beside the object's own.
    pub buffer: fn(&Value) -> Option<Buffer>,
    /// The representation's finaliser, if it has one.
    pub finalize: Option<fn(&Value)>,
    /// Class flags that follow from the payload.
    pub implied_flags: u32,
    /// The operations.
    pub slots: TypeSlots,
    /// Methods.
    pub methods: &'static [MethodDef],
    /// Computed attributes.
    pub getset: &'static [GetSetDef],
    /// Text signature of the constructor, for `help` and `inspect`; empty for none.
    pub signature: &'static str,
}

impl TypeSpec {
    /// A declaration for payload `T` with everything else empty; use with struct update syntax.
    pub const fn of<T: Payload>(name: &'static str) -> TypeSpec {
        TypeSpec {
            name,
            doc: "",
            kind: T::KIND,
            ops: super::payload::OpsOf::<T>::OPS,
            basic_size: size_of::<super::payload::Object<T>>(),
            flags: 0,
            implied_flags: (if T::COLLECTED {
                class_flag::COLLECTED
            } else {
                0
            }) | (if T::VARIABLE { class_flag::VARIABLE } else { 0 })
                | (if T::FINALIZES {
                    class_flag::NATIVE_FINALIZER
                } else {
                    0
                }),
            fields: T::FIELDS,
            buffer: |value| value.payload::<T>().and_then(T::buffer),
            finalize: if T::FINALIZES {
                Some(T::finalize)
            } else {
                None
            },
            slots: TypeSlots::EMPTY,
            methods: &[],
            getset: &[],
            signature: "",
        }
    }
}
