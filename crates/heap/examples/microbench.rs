//! How fast the hot paths are: `cargo run --release -p heap --example microbench`.
#![allow(unsafe_code)]

use std::hint::black_box;
use std::ptr::NonNull;
use std::time::Instant;

use ::heap::*;

#[repr(C)]
struct Node {
    header: Header,
    edges: [Option<ObjectPtr>; 5],
    heap: &'static Heap,
}

unsafe fn traverse(object: ObjectPtr, visitor: &mut Visitor<'_>) {
    // SAFETY: objects of this class are nodes.
    for edge in unsafe { object.cast::<Node>().as_ref() }
        .edges
        .iter()
        .flatten()
    {
        visitor.object(*edge);
    }
}

unsafe fn subtract(object: ObjectPtr, subtraction: &mut Subtraction) {
    // SAFETY: as above.
    for edge in unsafe { object.cast::<Node>().as_ref() }
        .edges
        .iter()
        .flatten()
    {
        subtraction.object(*edge);
    }
}

unsafe fn clear(object: ObjectPtr) {
    // SAFETY: as above; the references dropped belong to the node.
    unsafe {
        let node = object.cast::<Node>().as_ptr();
        let heap = (*node).heap;
        for edge in &mut (*node).edges {
            if let Some(edge) = edge.take() {
                heap.drop_reference(edge);
            }
        }
    }
}

unsafe fn release(object: ObjectPtr) {
    // SAFETY: as above.
    unsafe {
        let heap = object.cast::<Node>().as_ref().heap;
        if !heap.enter_release(object) {
            return;
        }
        heap.untrack(object);
        clear(object);
        heap.count_release();
        heap.free(object.cast(), size_of::<Node>());
        heap.leave_release();
    }
}

unsafe fn size(_: ObjectPtr) -> usize {
    size_of::<Node>()
}

static OPS: ObjectOps = ObjectOps {
    name: "node",
    traverse,
    subtract,
    clear,
    release,
    size,
};

fn node(heap: &'static Heap, class: NonNull<ClassHead>) -> ObjectPtr {
    let block = heap.alloc(size_of::<Node>()).cast::<Node>();
    // SAFETY: the block is fresh and large enough.
    unsafe {
        block.write(Node {
            header: Header::new(class, 0),
            edges: [None; 5],
            heap,
        })
    };
    heap.count_allocation();
    heap.track(block.cast());
    block.cast()
}

fn link(from: ObjectPtr, index: usize, to: ObjectPtr) {
    // SAFETY: both are live nodes.
    unsafe {
        to.as_ref().increment();
        (*from.cast::<Node>().as_ptr()).edges[index] = Some(to);
    }
}

struct Host(Instant);

impl CollectorHost for Host {
    fn started(&mut self, _: usize) {}
    fn stopped(&mut self, _: usize, _: usize, _: usize) {}
    fn untrackable(&self) -> Untrackable {
        Untrackable::default()
    }
    fn can_untrack(&self, _: ObjectPtr) -> bool {
        false
    }
    fn trash_kind(&self, _: ObjectPtr) -> TrashKind {
        TrashKind::default()
    }
    fn sever_weakref(&mut self, _: ObjectPtr) -> Severed {
        Severed::default()
    }
    fn run_weakref_callbacks(&mut self, _: Vec<ObjectPtr>) -> usize {
        0
    }
    fn run_finalizer(&mut self, _: ObjectPtr) {}
    fn save_garbage(&mut self, _: ObjectPtr) {}
    fn debug(&mut self, _: DebugLine) {}
    fn nanoseconds(&self) -> u64 {
        self.0.elapsed().as_nanos() as u64
    }
    fn class_name(&self, _: NonNull<ClassHead>) -> String {
        "node".to_owned()
    }
    fn record(&mut self, _: CollectionRecord) {}
}

fn timed<R>(name: &str, count: usize, body: impl FnOnce() -> R) -> R {
    let start = Instant::now();
    let result = body();
    let spent = start.elapsed();
    let each = spent.as_nanos() as f64 / count as f64;
    println!(
        "{name:44} {:9.3} ms  {each:7.2} ns each",
        spent.as_secs_f64() * 1e3
    );
    result
}

fn main() {
    const N: usize = 1_000_000;
    let heap: &'static Heap = Box::leak(Box::new(Heap::new()));
    let class = Box::leak(Box::new(ClassHead {
        header: Header::new(NonNull::dangling(), 0),
        ops: std::cell::Cell::new(&OPS),
        release: std::cell::Cell::new(release),
        version: std::cell::Cell::new(0),
        flags: std::cell::Cell::new(0),
    }));
    let class = NonNull::from(&*class);
    heap.enable_collection(false);
    let mut host = Host(Instant::now());
    for _ in 0..2 {
        timed("alloc + free, 48 bytes", 4 * N, || {
            for _ in 0..4 * N {
                let block = black_box(heap.alloc(black_box(48)));
                // SAFETY: just allocated.
                unsafe { heap.free(block, black_box(48)) };
            }
        });
        timed("object: alloc, track, release", 4 * N, || {
            for _ in 0..4 * N {
                // SAFETY: the only reference.
                unsafe { heap.drop_reference(black_box(node(heap, class))) };
            }
        });
        let ring: Vec<ObjectPtr> = timed("allocate a million 64-byte objects", N, || {
            (0..N).map(|_| node(heap, class)).collect()
        });
        for index in 0..N {
            link(ring[index], 0, ring[(index + 1) % N]);
        }
        timed("collect(2), all alive", N, || {
            heap.collect(2, Cause::Explicit, &mut host)
        });
        timed("collect(2), all alive, again", N, || {
            heap.collect(2, Cause::Explicit, &mut host)
        });
        for &object in &ring {
            // SAFETY: each node is also held by its neighbour.
            unsafe { heap.drop_reference(object) };
        }
        let found = timed("collect(2), a ring of a million", N, || {
            heap.collect(2, Cause::Explicit, &mut host)
        });
        assert_eq!(found.collected, N);
        assert_eq!(heap.allocated_blocks(), 0);
        let graph: Vec<ObjectPtr> = (0..N / 5).map(|_| node(heap, class)).collect();
        let mut state = 1u64;
        for &from in &graph {
            for index in 0..5 {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                link(from, index, graph[(state >> 33) as usize % graph.len()]);
            }
        }
        heap.collect(2, Cause::Explicit, &mut host);
        timed("collect(2), live, a million random edges", N, || {
            heap.collect(2, Cause::Explicit, &mut host)
        });
        for &object in &graph {
            // SAFETY: our references.
            unsafe { heap.drop_reference(object) };
        }
        timed("collect(2), trash, a million random edges", N, || {
            heap.collect(2, Cause::Explicit, &mut host)
        });
        assert_eq!(heap.allocated_blocks(), 0);
    }
}
