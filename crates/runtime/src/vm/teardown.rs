//! What is left of an interpreter's memory after its modules have gone, and how that is given back.
//!
//! [`Vm::shut_down`] ends with `Vm::let_go`: registries, caches and hooks drop what they held for the
//! program.  From then on the only blocks in use should be the interpreter's own: the builtin classes
//! with their namespaces and descriptors, and the strings and bytes that all programs share.
//! [`Vm::leftovers`] names everything else; a test demands over the whole corpus that there is nothing.
//! `Vm::dismantle` then gives the interpreter's own blocks back as well, and with them the arenas.
#![allow(unsafe_code)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ptr::NonNull;

use heap::blocks::arena::ARENA_SIZE;
use heap::header::IMMORTAL_MIN;
use heap::{ArenaMap, Header};

use super::state::{Vm, set_current_vm};
use crate::object::payload::block_bytes;
use crate::object::{Class, Object, Ref, Slot, Str, Value, instance};
use crate::vm::function::Function;

/// Blocks of one kind that somebody still holds after everything was torn down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The type of the objects, or what else is known of the blocks.
    pub kind: String,
    /// How many there are.
    pub blocks: usize,
    /// The names of a few, where they have some.
    pub examples: Vec<String>,
}

impl std::fmt::Display for Leftover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.blocks, self.kind)?;
        if !self.examples.is_empty() {
            write!(f, " ({})", self.examples.join(", "))?;
        }
        Ok(())
    }
}

/// Most examples of a kind.
const EXAMPLES: usize = 4;

const CLASS_MASK: u64 = 0x0000_FFFF_FFFF_FFFF;

impl Vm {
    /// Lets go of what the interpreter and this thread hold on the program's behalf.
    pub(super) fn let_go(&self) {
        let interp = self.interp;
        self.end_thread();
        interp.program_constants.take();
        interp.exit_functions.clear();
        interp.fork_hooks.clear();
        interp.codecs.clear();
        interp.signal_handlers.clear();
        interp.monitoring.clear();
        interp.warnings.clear();
        interp.tracemalloc.stop(self);
        interp.collector.sink.take();
        let held: [&Slot; 3] = [
            &interp.collector.garbage,
            &interp.collector.callbacks,
            &interp.default_unraisable_hook,
        ];
        held.into_iter().for_each(|slot| slot.set(None));
        interp.io.clear();
        interp.native_exceptions.clear();
        self.collect_now(2, heap::Cause::Shutdown);
        let namespaces: [&Slot; 5] = [
            &interp.own_import,
            &interp.modules,
            &interp.builtins_copy,
            &interp.sys,
            &interp.builtins,
        ];
        namespaces.into_iter().for_each(|slot| slot.set(None));
        self.collect_now(2, heap::Cause::Shutdown);
        // A last finaliser may have called for one of them again.
        self.end_thread();
    }

    /// The builtin classes, those of native modules included.
    fn builtin_classes(&self) -> Vec<Ref<Class>> {
        let mut classes: Vec<Ref<Class>> = Vec::new();
        let mut seen = HashSet::new();
        let mut add = |class: &Ref<Class>| {
            if class.header().count() >= IMMORTAL_MIN && seen.insert(class.as_ptr()) {
                classes.push(class.clone());
            }
        };
        self.types.each(&mut add);
        self.interp.native_classes.each(&mut add);
        self.interp.struct_sequences.each(&mut add);
        let mut place = 0;
        while place < classes.len() {
            for class in classes[place].live_subclasses() {
                if class.header().count() >= IMMORTAL_MIN && seen.insert(class.as_ptr()) {
                    classes.push(class);
                }
            }
            place += 1;
        }
        classes
    }

    /// The addresses of the blocks that belong to the interpreter itself: its classes, the shared strings,
    /// and what these refer to.
    fn own_blocks(&self) -> HashSet<usize> {
        let mut own = HashSet::new();
        let mut queue: Vec<Value> = Vec::new();
        let classes = self.builtin_classes();
        queue.extend(classes.iter().map(Ref::to_value));
        self.interp
            .each_shared(|_, value| queue.push(value.clone()));
        while let Some(value) = queue.pop() {
            let Some(object) = value.object() else {
                continue;
            };
            if !own.insert(object.addr().get()) {
                continue;
            }
            own.extend(instance::overflow_address(&value));
            let spec = self.class_of(&value).native_spec();
            let buffer = spec.and_then(|spec| (spec.buffer)(&value));
            own.extend(buffer.map(|buffer| buffer.address));
            queue.extend(self.all_referents(&value));
        }
        own
    }

    /// The blocks in use that are not the interpreter's own, by kind.  To be asked after
    /// [`Vm::shut_down`], when there should be none.
    pub fn leftovers(&self) -> Vec<Leftover> {
        let own = self.own_blocks();
        let arenas = self.heap.map();
        // With the size of each: the smallest have no second word.
        let heap_blocks: Vec<(usize, usize)> = arenas
            .iter()
            .flat_map(|arena| &arena.pools)
            .flat_map(|pool| pool.used_blocks().map(|block| (block, pool.block_size)))
            .collect();
        let classes = self.classes_among(&heap_blocks);
        let mut found: BTreeMap<String, Leftover> = BTreeMap::new();
        let mut add = |kind: String, example: Option<String>| {
            let entry = found.entry(kind.clone()).or_insert(Leftover {
                kind,
                blocks: 0,
                examples: Vec::new(),
            });
            entry.blocks += 1;
            if entry.examples.len() < EXAMPLES {
                entry.examples.extend(example);
            }
        };
        for (address, size) in heap_blocks {
            if own.contains(&address) {
                continue;
            }
            match classes.get(&class_word(address, size)) {
                Some(name) => {
                    let object = NonNull::new(address as *mut Header);
                    // SAFETY: a used block whose second word is the address of a class is an object; it
                    // was not freed, so it can be counted for a moment.
                    let value = object.map(|object| unsafe { Value::from_object(object) });
                    add(name.clone(), value.as_ref().and_then(name_of));
                }
                None => add("storage".to_owned(), None),
            }
        }
        let large_owned = own
            .iter()
            .filter(|&&address| !arenas.iter().any(|arena| is_in(arena, address)))
            .count();
        let large = self.heap.stats().large_count;
        for _ in large_owned..large {
            add("large storage".to_owned(), None);
        }
        found.into_values().collect()
    }

    /// The classes among the blocks in use, with their names, by address.
    fn classes_among(&self, blocks: &[(usize, usize)]) -> HashMap<u64, String> {
        let mut classes: HashMap<u64, String> = HashMap::new();
        let mut metaclasses: HashSet<u64> = HashSet::new();
        for class in self.builtin_classes() {
            let address = class.as_ptr().addr().get() as u64;
            classes.insert(address, class.name_string());
            if class.has_flag(crate::object::class_flag::TYPE_SUBCLASS) {
                metaclasses.insert(address);
            }
        }
        loop {
            let known = classes.len();
            for &(address, size) in blocks {
                if classes.contains_key(&(address as u64))
                    || !metaclasses.contains(&class_word(address, size))
                {
                    continue;
                }
                // SAFETY: the block is in use and an instance of a metaclass: a class.
                let class = unsafe { &*(address as *const Object<Class>) }.payload();
                classes.insert(address as u64, class.name_string());
                if class.has_flag(crate::object::class_flag::TYPE_SUBCLASS) {
                    metaclasses.insert(address as u64);
                }
            }
            if classes.len() == known {
                return classes;
            }
        }
    }

    /// Notes that a host refers to the interpreter by one more handle.
    pub fn add_handle(&self) {
        let handles = &self.interp.handles;
        handles.set(handles.get() + 1);
    }

    /// Takes a handle back.  With the last one, all memory of an interpreter that was shut down is given
    /// back, so a host must not use the reference any more that went with the handle.
    pub fn drop_handle(&'static self) {
        let handles = &self.interp.handles;
        handles.set(handles.get() - 1);
        if handles.get() == 0 && self.interp.modules_gone.get() {
            self.make_current();
            // SAFETY: by the contract of handles nobody refers to the interpreter any more.
            unsafe { self.dismantle() };
        }
    }

    /// Gives back all memory of an interpreter that was shut down.  If something besides the
    /// interpreter itself still holds objects (a host, a thread that never ended), nothing is given back
    /// and what is held stays valid: false.
    ///
    /// # Safety
    /// Nobody uses this `Vm`, nor anything of it, after a result of true.
    unsafe fn dismantle(&'static self) -> bool {
        if self.other_thread_count() > 0 || !self.leftovers().is_empty() {
            return false;
        }
        let classes = self.builtin_classes();
        let mut namespaces = Vec::new();
        for class in &classes {
            crate::object::dict::clear(&class.dict);
        }
        for class in &classes {
            class.release_parts();
            // SAFETY: the class's own reference is taken over; nobody looks at its namespace again.
            namespaces.push(unsafe { std::ptr::read(&raw const class.dict) });
        }
        drop(namespaces);
        self.interp.free_when_dropped();
        self.forget_handles();
        // A signal may arrive at any moment.
        let handles_signals = self.is_woken_by_signals();
        let blocks: Vec<(NonNull<u8>, usize)> = classes
            .iter()
            .filter_map(|class| Some((class.as_ptr().cast(), block_bytes(class.as_value())?)))
            .collect();
        drop(classes);
        let (heap, interp, types, names) = (self.heap, self.interp, self.types, self.names);
        // SAFETY: each was leaked when the interpreter was made, and by the caller's word nobody
        // uses it any more.  The tables of classes and names own nothing that still exists.
        unsafe {
            drop(Box::from_raw(std::ptr::from_ref(interp).cast_mut()));
            for (block, size) in blocks {
                heap.free(block, size);
            }
            debug_assert_eq!(heap.allocated_blocks(), 0, "everything is free");
            heap::set_current_heap(None);
            set_current_vm(std::ptr::null());
            if !handles_signals {
                drop(Box::from_raw(std::ptr::from_ref(self).cast_mut()));
            }
            free_without_drop(types);
            free_without_drop(names);
            drop(Box::from_raw(std::ptr::from_ref(heap).cast_mut()));
        }
        true
    }
}

/// Frees the memory of a leaked box, but not what lies in it.
unsafe fn free_without_drop<T>(place: &'static T) {
    // SAFETY: by the caller's word it came from a box; a `MaybeUninit` drops nothing.
    drop(unsafe {
        Box::from_raw(
            std::ptr::from_ref(place)
                .cast_mut()
                .cast::<std::mem::MaybeUninit<T>>(),
        )
    });
}

/// The second word of a block without the flags: in an object, its class.
fn class_word(address: usize, size: usize) -> u64 {
    if size < size_of::<Header>() {
        return 0;
    }
    // SAFETY: the block is in use and has at least two words.
    unsafe { (address as *const u64).add(1).read_volatile() & CLASS_MASK }
}

fn is_in(arena: &ArenaMap, address: usize) -> bool {
    (arena.address..arena.address + ARENA_SIZE).contains(&address)
}

/// What a person would call an object.
fn name_of(value: &Value) -> Option<String> {
    if let Some(text) = value.payload::<Str>() {
        let text = text.to_display();
        return Some(format!("{:?}", text.chars().take(40).collect::<String>()));
    }
    if let Some(class) = value.payload::<Class>() {
        return Some(class.name_string());
    }
    let qualname = value.payload::<Function>()?.qualname.get()?;
    Some(qualname.payload::<Str>()?.to_display().into_owned())
}
