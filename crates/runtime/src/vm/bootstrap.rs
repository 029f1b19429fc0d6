//! Making an interpreter: the builtin classes come into being before the types they are made of.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::atomic::AtomicU32;

use heap::header::IMMORTAL;
use heap::{Header, Heap};

use super::address_space;
use super::frame::VmStack;
use super::state::{Handled, Interp, Vm, set_current_vm};
use crate::names::Names;
use crate::object::{Class, Dict, Object, Ref, Slot, TypeSpec, class_flag};
use crate::types::{self, Types, exceptions};

/// Words of a thread's VM stack: address space only, filled on demand.
const STACK_WORDS: usize = 1 << 27;

/// The same for threads besides the main one, of which there can be thousands.
pub(super) const THREAD_STACK_WORDS: usize = 1 << 24;

type Declaration = (&'static TypeSpec, &'static str, &'static str);

impl Vm {
    /// A new interpreter, which becomes the current one of this OS thread.
    pub fn new(hash_seed: u64) -> &'static Vm {
        Vm::with_mode(hash_seed, false)
    }

    /// The same; a deterministic one (see `determinism`) behaves alike in every run.
    pub fn with_mode(hash_seed: u64, deterministic: bool) -> &'static Vm {
        let heap: &'static Heap = Box::leak(Box::new(Heap::new()));
        heap::set_current_heap(Some(heap));
        let interp: &'static Interp = Box::leak(Box::new(Interp::new(heap, hash_seed)));
        if deterministic {
            interp.determinism.switch_on();
        }
        let types: &'static mut MaybeUninit<Types> = Box::leak(Box::new(MaybeUninit::uninit()));
        let names: &'static mut MaybeUninit<Names> = Box::leak(Box::new(MaybeUninit::uninit()));
        let declarations: Vec<Declaration> = types::SPECS
            .iter()
            .chain(exceptions::SPECS)
            .copied()
            .collect();
        let blocks: Vec<NonNull<Object<Class>>> = declarations
            .iter()
            .map(|_| heap.alloc(size_of::<Object<Class>>()).cast())
            .collect();
        let types_ptr = types.as_mut_ptr();
        let names_ptr = names.as_mut_ptr();
        // SAFETY: see each step; nothing looks at a class before it is written.
        unsafe {
            let reference = |i: usize| Ref::<Class>::from_raw(blocks[i]);
            let exception_types = exceptions::ExceptionTypes::from_classes(
                (types::SPECS.len()..declarations.len())
                    .map(reference)
                    .collect(),
            );
            let table = exception_types
                .and_then(|e| {
                    Types::from_classes((0..types::SPECS.len()).map(reference).collect(), e)
                })
                .expect("as many blocks as declarations");
            types_ptr.write(table);
            let types: &'static Types = &*types_ptr;
            let vm: &'static Vm = Box::leak(Box::new(Vm::with_parts(
                heap,
                types,
                &*names_ptr,
                interp,
                VmStack::reserve_up_to(address_space::share(STACK_WORDS * 8, 16) / 8)
                    .expect("an interpreter needs its stack"),
            )));
            vm.handled.set(&raw const vm.base_handled);
            set_current_vm(vm);
            vm.become_first_thread();
            heap::program_memory::on_refusal(super::fault::memory_refused);
            // First all headers and payloads with a dictionary that is not there yet, …
            for (&(spec, ..), &block) in declarations.iter().zip(&blocks) {
                let header = Header::new(types.type_.head(), 0);
                header.set_count(IMMORTAL);
                let block = block.as_ptr().cast::<u8>();
                block.cast::<Header>().write(header);
                let class = Class::new(
                    spec.ops,
                    spec.kind,
                    spec.flags | spec.implied_flags,
                    spec.slots,
                    Ref::<Dict>::from_raw(NonNull::dangling()),
                    Some(spec),
                );
                let payload = block.add(Object::<Class>::PAYLOAD_OFFSET).cast::<Class>();
                payload.write(class);
                (*payload).set_this(NonNull::new_unchecked(block.cast()));
            }
            // … then the dictionaries, whose class now exists, …
            for &block in &blocks {
                let class = block
                    .as_ptr()
                    .cast::<u8>()
                    .add(Object::<Class>::PAYLOAD_OFFSET)
                    .cast::<Class>();
                (&raw mut (*class).dict).write(vm.dict());
            }
            // … then the hierarchy, bases first.
            for (&(spec, field, base), &block) in declarations.iter().zip(&blocks) {
                let class = Ref::<Class>::from_raw(block);
                let place = declarations
                    .iter()
                    .position(|d| d.1 == base)
                    .expect("a declared base");
                let base = std::mem::ManuallyDrop::new(Ref::<Class>::from_raw(blocks[place]));
                let name = spec.name.rsplit('.').next().unwrap_or(spec.name);
                class.name.set(Some(vm.str_value(name)));
                class.qualname.set(Some(vm.str_value(name)));
                let mut mro = vec![class.to_value()];
                if field == "object" {
                    class.bases.set(Some(vm.tuple_value([])));
                } else {
                    class.base.set(Some(base.to_value()));
                    let mut bases = vec![base.to_value()];
                    mro.extend(base.mro().unwrap_or_default().iter().cloned());
                    (*base.subclasses.get()).push(class.as_ptr());
                    let second = exceptions::second_base(field)
                        .and_then(|second| declarations.iter().position(|d| d.1 == second));
                    if let Some(place) = second {
                        let second =
                            std::mem::ManuallyDrop::new(Ref::<Class>::from_raw(blocks[place]));
                        bases.push(second.to_value());
                        let theirs = second.mro().unwrap_or_default();
                        mro.retain(|c| !theirs.iter().any(|t| t.is(c)));
                        mro.extend(theirs.iter().cloned());
                        (*second.subclasses.get()).push(class.as_ptr());
                    }
                    class.bases.set(Some(vm.tuple_value(bases)));
                }
                class.mro.set(Some(vm.tuple_value(mro)));
                class.set_flag(class_flag::IMMUTABLE);
                // The next step makes static methods, which have attributes: their class must know its
                // instances' layout before it is ready.
                class
                    .tail_offset
                    .set((spec.basic_size as u32).next_multiple_of(8));
                class.update_tail_size();
                std::mem::forget(class);
            }
            names_ptr.write(Names::new(vm));
            for &block in &blocks {
                let class = std::mem::ManuallyDrop::new(Ref::<Class>::from_raw(block));
                vm.ready_builtin_class(&class);
            }
            vm.make_first_modules()
                .expect("nothing can raise before a program runs");
            vm
        }
    }

    /// One thread's state, with its stack.
    pub(super) fn with_parts(
        heap: &'static Heap,
        types: &'static Types,
        names: &'static Names,
        interp: &'static Interp,
        stack: VmStack,
    ) -> Vm {
        Vm {
            heap,
            types,
            names,
            interp,
            raised: Slot::default(),
            native_depth: Cell::new(0),
            native_stack_end: Cell::new(0),
            frame: Cell::new(std::ptr::null()),
            stack,
            depth: Cell::new(0),
            recursion_limit: Cell::new(1000),
            breaker: AtomicU32::new(0),
            budget: Cell::new(0),
            handled: Cell::new(std::ptr::null()),
            base_handled: Handled::default(),
            silent: Cell::new(false),
            stop_value: Slot::default(),
            #[cfg(ouro_trampoline)]
            onward: Default::default(),
            tracing: Default::default(),
            thread: Default::default(),
        }
    }
}
