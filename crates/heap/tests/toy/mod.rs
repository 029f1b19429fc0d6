//! Toy objects for the heap's tests: nodes with edges, some with finalisers, some weak references.
#![allow(unsafe_code, dead_code, reason = "each test file uses its own part")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ptr::NonNull;

use heap::header::flag;
use heap::{
    ClassHead, CollectionRecord, CollectorHost, DebugLine, Header, Heap, HeapVec, ObjectOps,
    ObjectPtr, Severed, Subtraction, TrashKind, Untrackable, Visitor, WeakLink, set_current_heap,
};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Kind {
    Plain = 0,
    Finalized = 1,
    Weakref = 2,
    Tuple = 3,
    Dict = 4,
}

#[repr(C)]
pub struct Node {
    header: Header,
    link: WeakLink,
    pub id: u32,
    pub callback: bool,
    pub referent: Option<ObjectPtr>,
    pub edges: HeapVec<ObjectPtr>,
}

/// Everything the tests look at; one for each test thread.
pub struct World {
    pub heap: &'static Heap,
    classes: Vec<NonNull<ClassHead>>,
    next: Cell<u32>,
    pub alive: RefCell<BTreeMap<u32, ObjectPtr>>,
    pub died: RefCell<Vec<u32>>,
    pub finalized: RefCell<Vec<u32>>,
    pub called_back: RefCell<Vec<u32>>,
    pub garbage: RefCell<Vec<ObjectPtr>>,
    pub lines: RefCell<Vec<String>>,
    pub records: RefCell<Vec<CollectionRecord>>,
    pub events: RefCell<Vec<String>>,
    /// References the tests hold, by node.
    pub roots: RefCell<Vec<ObjectPtr>>,
    /// Finalisers of these nodes make them roots.
    pub revive: RefCell<BTreeSet<u32>>,
    /// Finalisers of these nodes drop their edges.
    pub cut: RefCell<BTreeSet<u32>>,
    pub nested: Cell<Option<usize>>,
}

thread_local! {
    static WORLD: Cell<Option<&'static World>> = const { Cell::new(None) };
}

pub fn world() -> &'static World {
    WORLD.get().unwrap()
}

static OPS: ObjectOps = ObjectOps {
    name: "node",
    traverse,
    subtract,
    clear,
    release,
    size,
};

pub fn new_world() -> &'static World {
    let heap: &'static Heap = Box::leak(Box::new(Heap::new()));
    set_current_heap(Some(heap));
    let classes = (0..5).map(|kind| {
        NonNull::from(Box::leak(Box::new(ClassHead {
            header: Header::new(NonNull::dangling(), 0),
            ops: Cell::new(&OPS),
            release: Cell::new(release),
            version: Cell::new(0),
            flags: Cell::new(kind),
        })))
    });
    let world: &'static World = Box::leak(Box::new(World {
        heap,
        classes: classes.collect(),
        next: Cell::new(0),
        alive: RefCell::default(),
        died: RefCell::default(),
        finalized: RefCell::default(),
        called_back: RefCell::default(),
        garbage: RefCell::default(),
        lines: RefCell::default(),
        records: RefCell::default(),
        events: RefCell::default(),
        roots: RefCell::default(),
        revive: RefCell::default(),
        cut: RefCell::default(),
        nested: Cell::new(None),
    }));
    WORLD.set(Some(world));
    world
}

pub fn node(object: ObjectPtr) -> &'static mut Node {
    // SAFETY: all objects of the tests are nodes, and the tests use one reference at a time.
    unsafe { &mut *object.cast::<Node>().as_ptr() }
}

pub fn header(object: ObjectPtr) -> &'static Header {
    // SAFETY: as above.
    unsafe { &*object.as_ptr() }
}

pub fn kind(object: ObjectPtr) -> Kind {
    // SAFETY: the classes are leaked.
    kind_of(unsafe { header(object).class().as_ref() })
}

fn kind_of(class: &ClassHead) -> Kind {
    [
        Kind::Plain,
        Kind::Finalized,
        Kind::Weakref,
        Kind::Tuple,
        Kind::Dict,
    ][class.flags.get() as usize]
}

unsafe fn traverse(object: ObjectPtr, visitor: &mut Visitor<'_>) {
    for edge in &node(object).edges {
        visitor.object(*edge);
    }
}

unsafe fn subtract(object: ObjectPtr, subtraction: &mut Subtraction) {
    let edges = &node(object).edges;
    // SAFETY: edges are addresses of objects, and do not change while the collector looks at them.
    if unsafe { subtraction.put_aside(edges.as_ptr().cast(), edges.len(), 1) } {
        return;
    }
    for edge in edges {
        subtraction.object(*edge);
    }
}

unsafe fn clear(object: ObjectPtr) {
    let edges = node(object).edges.take();
    for edge in edges {
        // SAFETY: the edge owned the reference.
        unsafe { world().heap.drop_reference(edge) };
    }
}

unsafe fn size(object: ObjectPtr) -> usize {
    bytes_of(node(object).id)
}

/// Some nodes are too large for an arena.
fn bytes_of(id: u32) -> usize {
    if id % 7 == 5 { 600 } else { size_of::<Node>() }
}

unsafe fn release(object: ObjectPtr) {
    let world = world();
    if !world.heap.enter_release(object) {
        return;
    }
    if kind(object) == Kind::Finalized && !header(object).has(flag::FINALIZED) {
        header(object).set(flag::FINALIZED);
        header(object).set_count(1);
        world.finalize(object);
        if header(object).decrement() > 0 {
            world.heap.leave_release();
            return;
        }
    }
    world.heap.take_weakrefs(object, |weakref| {
        node(weakref).referent = None;
        if node(weakref).callback {
            world.called_back.borrow_mut().push(node(weakref).id);
        }
    });
    if let Some(referent) = node(object).referent.take() {
        assert!(world.heap.unregister_weakref(referent, object));
    }
    world.heap.untrack(object);
    world.alive.borrow_mut().remove(&node(object).id);
    world.died.borrow_mut().push(node(object).id);
    // SAFETY: the object is released once, with the size it was allocated with.
    unsafe {
        let bytes = size(object);
        clear(object);
        world.heap.count_release();
        world.heap.free(object.cast(), bytes);
    }
    world.heap.leave_release();
}

impl World {
    /// A node held by the caller.
    pub fn new_node(&self, kind: Kind) -> ObjectPtr {
        let id = self.next.replace(self.next.get() + 1);
        let block = self.heap.alloc(bytes_of(id)).cast::<Node>();
        let header = Header::new(self.classes[kind as usize], flag::COUNTED);
        let edges = HeapVec::new();
        // SAFETY: a fresh block of the right size.
        unsafe {
            block.write(Node {
                header,
                link: WeakLink::new(),
                id,
                callback: false,
                referent: None,
                edges,
            })
        };
        self.heap.count_allocation();
        self.heap.track(block.cast());
        self.alive.borrow_mut().insert(id, block.cast());
        block.cast()
    }

    /// A node that is a root.
    pub fn root(&self, kind: Kind) -> ObjectPtr {
        let object = self.new_node(kind);
        self.roots.borrow_mut().push(object);
        object
    }

    pub fn link(&self, from: ObjectPtr, to: ObjectPtr) {
        header(to).increment();
        node(from).edges.try_push(to).unwrap();
    }

    pub fn drop_ref(&self, object: ObjectPtr) {
        // SAFETY: the tests own what they drop.
        unsafe { self.heap.drop_reference(object) };
    }

    pub fn drop_root(&self, index: usize) {
        let object = self.roots.borrow_mut().swap_remove(index);
        self.drop_ref(object);
    }

    pub fn drop_roots(&self) {
        let roots = self.roots.take();
        for root in roots {
            self.drop_ref(root);
        }
    }

    /// A weak reference that is a root.
    pub fn weakref(&self, referent: ObjectPtr, callback: bool) -> ObjectPtr {
        let weakref = self.root(Kind::Weakref);
        node(weakref).referent = Some(referent);
        node(weakref).callback = callback;
        // SAFETY: a new node, whose link lies behind the header; its release unregisters it.
        unsafe { self.heap.register_weakref(referent, weakref) };
        weakref
    }

    /// Nodes that link to each other in a circle; nobody else holds them.
    pub fn ring(&self, kinds: &[Kind]) -> Vec<ObjectPtr> {
        let ring: Vec<ObjectPtr> = kinds.iter().map(|kind| self.new_node(*kind)).collect();
        for index in 0..ring.len() {
            self.link(ring[index], ring[(index + 1) % ring.len()]);
        }
        ring.iter().for_each(|object| self.drop_ref(*object));
        ring
    }

    pub fn collect(&self, generation: usize) -> usize {
        self.heap
            .collect(generation, heap::Cause::Explicit, &mut Host)
            .collected
    }

    fn finalize(&self, object: ObjectPtr) {
        let id = node(object).id;
        self.finalized.borrow_mut().push(id);
        if self.revive.borrow().contains(&id) {
            header(object).increment();
            self.roots.borrow_mut().push(object);
        }
        if self.cut.borrow().contains(&id) {
            // SAFETY: the object is live.
            unsafe { clear(object) };
        }
        if self.nested.get().is_some() {
            self.nested.set(Some(self.collect(2)));
        }
    }

    /// What the roots lead to.
    pub fn reachable(&self) -> BTreeSet<u32> {
        let mut seen = BTreeSet::new();
        let mut open = self.roots.borrow().clone();
        while let Some(object) = open.pop() {
            if seen.insert(node(object).id) {
                open.extend(node(object).edges.iter().copied());
            }
        }
        seen
    }

    pub fn alive_ids(&self) -> BTreeSet<u32> {
        self.alive.borrow().keys().copied().collect()
    }

    pub fn assert_sound(&self) {
        assert_eq!(self.heap.check(), []);
    }
}

pub struct Host;

impl CollectorHost for Host {
    fn started(&mut self, generation: usize) {
        world()
            .events
            .borrow_mut()
            .push(format!("start {generation}"));
    }

    fn stopped(&mut self, generation: usize, collected: usize, uncollectable: usize) {
        let event = format!("stop {generation} {collected} {uncollectable}");
        world().events.borrow_mut().push(event);
    }

    fn untrackable(&self) -> Untrackable {
        let class = |kind| world().classes.get(kind as usize).copied();
        Untrackable {
            always: class(Kind::Tuple),
            full_only: class(Kind::Dict),
        }
    }

    fn can_untrack(&self, object: ObjectPtr) -> bool {
        node(object)
            .edges
            .iter()
            .all(|edge| !header(*edge).is_tracked())
    }

    fn trash_kind(&self, object: ObjectPtr) -> TrashKind {
        TrashKind {
            finalizer: kind(object) == Kind::Finalized,
            weakref: kind(object) == Kind::Weakref,
        }
    }

    fn sever_weakref(&mut self, weakref: ObjectPtr) -> Severed {
        let callback = node(weakref).callback;
        Severed {
            referent: node(weakref).referent.take(),
            callback,
        }
    }

    fn run_weakref_callbacks(&mut self, weakrefs: Vec<ObjectPtr>) -> usize {
        let mut gone = 0;
        for weakref in weakrefs {
            world().called_back.borrow_mut().push(node(weakref).id);
            gone += usize::from(header(weakref).count() == 1);
            world().drop_ref(weakref);
        }
        gone
    }

    fn run_finalizer(&mut self, object: ObjectPtr) {
        world().finalize(object);
    }

    fn save_garbage(&mut self, object: ObjectPtr) {
        header(object).increment();
        world().garbage.borrow_mut().push(object);
    }

    fn debug(&mut self, line: DebugLine) {
        world().lines.borrow_mut().push(match line {
            DebugLine::Collecting {
                generation,
                objects,
                permanent,
            } => {
                format!("collecting {generation} {objects:?} {permanent}")
            }
            DebugLine::Collectable(object) => format!("collectable {}", node(object).id),
            DebugLine::Done {
                unreachable,
                uncollectable,
                ..
            } => {
                format!("done {unreachable} {uncollectable}")
            }
        });
    }

    fn nanoseconds(&self) -> u64 {
        7
    }

    fn class_name(&self, class: NonNull<ClassHead>) -> String {
        // SAFETY: the classes are leaked.
        format!("{:?}", kind_of(unsafe { class.as_ref() }))
    }

    fn record(&mut self, record: CollectionRecord) {
        world().records.borrow_mut().push(record);
    }
}
