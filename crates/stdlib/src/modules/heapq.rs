//! `_heapq`: binary heaps in lists.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{CompareOp, Dict, List, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_heapq",
    "Heap queue algorithm (a.k.a. priority queue).\n\n\
     Heaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for\n\
     all k, counting elements from 0.  For the sake of comparison,\n\
     non-existing elements are considered to be infinite.  The interesting\n\
     property of a heap is that a[0] is always its smallest element.\n",
    FUNCTIONS,
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    vm.define(
        namespace,
        "__about__",
        vm.str_value("Heap queues, after Williams and Floyd."),
    )
});

/// The root is the least item, or the greatest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Least,
    Greatest,
}

const FUNCTIONS: &[MethodDef] = &[
    MethodDef::bound(
        "heappush",
        "($module, heap, item, /)",
        "Push item onto heap, maintaining the heap invariant.",
        |vm, args| {
            let heap = heap_of(vm, &args[1], "heappush() argument 1")?;
            vm.list_extend(heap, std::slice::from_ref(&args[2]))?;
            sift_up(vm, heap, 0, heap.len() - 1, Root::Least)?;
            Ok(Value::NONE)
        },
    ),
    MethodDef::bound(
        "heappop",
        "($module, heap, /)",
        "Pop the smallest item off the heap, maintaining the heap invariant.",
        |vm, args| {
            pop(
                vm,
                heap_of(vm, &args[1], "heappop() argument")?,
                Root::Least,
            )
        },
    ),
    MethodDef::bound(
        "heappushpop",
        "($module, heap, item, /)",
        "Push item on the heap, then pop and return the smallest item from the heap.\n\n\
         The combined action runs more efficiently than heappush() followed by\n\
         a separate call to heappop().",
        |vm, args| {
            let heap = heap_of(vm, &args[1], "heappushpop() argument 1")?;
            let Some(top) = heap.get(0) else {
                return Ok(args[2].clone());
            };
            if !vm.compare_bool(&top, &args[2], CompareOp::Lt)? {
                return Ok(args[2].clone());
            }
            replace(vm, heap, &args[2], Root::Least)
        },
    ),
    MethodDef::bound(
        "heapreplace",
        "($module, heap, item, /)",
        "Pop and return the current smallest value, and add the new item.\n\n\
         This is more efficient than heappop() followed by heappush(), and can be\n\
         more appropriate when using a fixed-size heap.  Note that the value\n\
         returned may be larger than item!  That constrains reasonable uses of\n\
         this routine unless written as part of a conditional replacement:\n\n    \
         if item > heap[0]:\n        item = heapreplace(heap, item)",
        |vm, args| {
            replace(
                vm,
                heap_of(vm, &args[1], "heapreplace() argument 1")?,
                &args[2],
                Root::Least,
            )
        },
    ),
    MethodDef::bound(
        "heapify",
        "($module, heap, /)",
        "Transform list into a heap, in-place, in O(len(heap)) time.",
        |vm, args| {
            arrange(
                vm,
                heap_of(vm, &args[1], "heapify() argument")?,
                Root::Least,
            )
        },
    ),
    MethodDef::bound(
        "_heappop_max",
        "($module, heap, /)",
        "Maxheap variant of heappop.",
        |vm, args| {
            pop(
                vm,
                heap_of(vm, &args[1], "_heappop_max() argument")?,
                Root::Greatest,
            )
        },
    ),
    MethodDef::bound(
        "_heapreplace_max",
        "($module, heap, item, /)",
        "Maxheap variant of heapreplace.",
        |vm, args| {
            replace(
                vm,
                heap_of(vm, &args[1], "_heapreplace_max() argument 1")?,
                &args[2],
                Root::Greatest,
            )
        },
    ),
    MethodDef::bound(
        "_heapify_max",
        "($module, heap, /)",
        "Maxheap variant of heapify.",
        |vm, args| {
            arrange(
                vm,
                heap_of(vm, &args[1], "_heapify_max() argument")?,
                Root::Greatest,
            )
        },
    ),
];

fn heap_of<'a>(vm: &Vm, value: &'a Value, what: &str) -> PyResult<&'a Ref<List>> {
    value.as_ref_to::<List>().ok_or_else(|| {
        vm.type_error(format!(
            "{what} must be list, not {}",
            vm.argument_type(value)
        ))
    })
}

/// True if `a` belongs above `b`.
fn above(vm: &Vm, a: &Value, b: &Value, root: Root) -> PyResult<bool> {
    match root {
        Root::Least => vm.compare_bool(a, b, CompareOp::Lt),
        Root::Greatest => vm.compare_bool(b, a, CompareOp::Lt),
    }
}

/// The items at two places, compared; the list must keep its length meanwhile.
fn place_above(vm: &Vm, heap: &List, a: usize, b: usize, root: Root) -> PyResult<bool> {
    let len = heap.len();
    let (Some(x), Some(y)) = (heap.get(a), heap.get(b)) else {
        return Err(vm.index_error("index out of range"));
    };
    let result = above(vm, &x, &y, root)?;
    if heap.len() != len {
        return Err(vm.runtime_error("list changed size during iteration"));
    }
    Ok(result)
}

fn swap(heap: &List, a: usize, b: usize) {
    heap.update(|items| {
        let items = items.as_mut_slice();
        if a < items.len() && b < items.len() {
            items.swap(a, b);
        }
    });
}

/// Moves the item at a place towards the root until it is below what belongs above it.
fn sift_up(vm: &Vm, heap: &List, start: usize, mut place: usize, root: Root) -> PyResult<()> {
    if place >= heap.len() {
        return Err(vm.index_error("index out of range"));
    }
    while place > start {
        let parent = (place - 1) / 2;
        if !place_above(vm, heap, place, parent, root)? {
            break;
        }
        swap(heap, place, parent);
        place = parent;
    }
    Ok(())
}

/// Moves the item at a place down to a leaf along the better children, then up to where it belongs.
fn sift_down(vm: &Vm, heap: &List, start: usize, root: Root) -> PyResult<()> {
    let end = heap.len();
    if start >= end {
        return Err(vm.index_error("index out of range"));
    }
    let mut place = start;
    while place < end / 2 {
        let mut child = 2 * place + 1;
        // As in CPython the right child is taken unless the left one belongs above it.
        if child + 1 < end && !place_above(vm, heap, child, child + 1, root)? {
            child += 1;
        }
        swap(heap, place, child);
        place = child;
    }
    sift_up(vm, heap, start, place, root)
}

fn pop(vm: &Vm, heap: &List, root: Root) -> PyResult {
    let Some(last) = heap.update(|items| items.pop()) else {
        return Err(vm.index_error("index out of range"));
    };
    if heap.is_empty() {
        return Ok(last);
    }
    let top = heap.replace(0, last).unwrap_or(Value::NONE);
    sift_down(vm, heap, 0, root)?;
    Ok(top)
}

fn replace(vm: &Vm, heap: &List, item: &Value, root: Root) -> PyResult {
    let Some(top) = heap.replace(0, item.clone()) else {
        return Err(vm.index_error("index out of range"));
    };
    sift_down(vm, heap, 0, root)?;
    Ok(top)
}

fn arrange(vm: &Vm, heap: &List, root: Root) -> PyResult {
    for place in (0..heap.len() / 2).rev() {
        sift_down(vm, heap, place, root)?;
    }
    Ok(Value::NONE)
}
