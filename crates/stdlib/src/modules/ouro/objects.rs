//! The picture of the heap as Python objects: `Heap`, `Arena`, `Pool`, `Block`.

use std::rc::Rc;

use heap::{ArenaMap, PoolMap};
use runtime::Vm;
use runtime::object::{
    GetSetDef, Kind, MethodDef, Payload, PyResult, TypeSlots, TypeSpec, Value, alloc, class_flag,
};

use super::snapshot::{GENERATIONS, Snapshot, used_bytes};
use super::{map, page};
use crate::native::wrong_receiver;

/// A place in a picture: the heap, an arena, a pool or a block, by how much of it is named.
struct View {
    shot: Rc<Snapshot>,
    arena: usize,
    pool: usize,
    block: usize,
}

impl Payload for View {
    const KIND: Kind = crate::kinds::WINDOW_VIEW;
    const NAME: &'static str = "ouro.View";
    const COLLECTED: bool = false;
}

const fn spec(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: class_flag::NO_INSTANTIATION,
        ..TypeSpec::of::<View>(name)
    }
}

/// The object for a picture.
pub fn heap(vm: &Vm, shot: Snapshot) -> Value {
    let view = View {
        shot: Rc::new(shot),
        arena: 0,
        pool: 0,
        block: 0,
    };
    alloc(&vm.native_class(&HEAP), view).into_value()
}

fn view<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a View> {
    this.payload::<View>()
        .ok_or_else(|| wrong_receiver(vm, "ouro view"))
}

impl View {
    fn arena(&self) -> Option<&ArenaMap> {
        self.shot.arenas.get(self.arena)
    }

    fn pool(&self) -> Option<&PoolMap> {
        self.arena()?.pools.get(self.pool)
    }

    /// The real address of the block.
    fn block_address(&self) -> usize {
        self.pool()
            .map_or(0, |pool| pool.first_block + self.block * pool.block_size)
    }

    fn shown(&self, address: usize) -> u64 {
        self.arena()
            .map_or(0, |arena| self.shot.shown_address(arena, address))
    }

    fn with(&self, arena: usize, pool: usize, block: usize) -> View {
        View {
            shot: Rc::clone(&self.shot),
            arena,
            pool,
            block,
        }
    }
}

fn views(vm: &Vm, class: &'static TypeSpec, views: Vec<View>) -> PyResult {
    let class = vm.native_class(class);
    let views: Vec<Value> = views
        .into_iter()
        .map(|view| alloc(&class, view).into_value())
        .collect();
    Ok(vm.list_from(views)?.into_value())
}

/// A computed attribute that is a number.
macro_rules! number {
    ($name:literal, $doc:literal, $view:ident => $number:expr) => {
        GetSetDef::read_only($name, $doc, |vm, this| {
            let $view = view(vm, this)?;
            Ok(vm.int_usize($number))
        })
    };
}

static HEAP: TypeSpec = TypeSpec {
    doc: "A picture of the heap.",
    slots: TypeSlots {
        repr: Some(heap_repr),
        str: Some(heap_map),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("map", "($self, /)", "The heap as text.", |vm, args| {
            heap_map(vm, &args[0])
        }),
        MethodDef::bound(
            "html",
            "($self, /)",
            "A page that draws the heap, without references to anything else.",
            |vm, args| Ok(vm.str_value(&page::html(&view(vm, &args[0])?.shot))),
        ),
        MethodDef::bound(
            "find",
            "($self, id, /)",
            "The block at an address (or id) in an arena, or None.",
            find,
        ),
    ],
    getset: &[
        GetSetDef::read_only("arenas", "the arenas, by number", arenas),
        GetSetDef::read_only("size_classes", "a dict for each size class", size_classes),
        GetSetDef::read_only("generations", "a dict for each generation", generations),
        GetSetDef::read_only("types", "(name, objects, bytes), most bytes first", types),
        number!("objects", "objects found", v => v.shot.object_count()),
        number!("object_bytes", "bytes of their blocks", v => v.shot.object_bytes()),
        number!("blocks", "blocks in use, large ones included", v => v.shot.stats.allocated_blocks()),
        number!("bytes", "bytes of the blocks in use", v => v.shot.stats.allocated_bytes()),
        number!("large_blocks", "blocks of more than 512 bytes", v => v.shot.stats.large_count),
        number!("large_bytes", "their bytes", v => v.shot.stats.large_bytes),
        number!("peak_bytes", "most bytes of pools and large blocks", v => v.shot.stats.peak_bytes),
        number!("permanent", "objects in the permanent generation", v => v.shot.permanent),
    ],
    ..spec("ouro.Heap")
};

static ARENA: TypeSpec = TypeSpec {
    doc: "An arena: 256 KiB from the system, cut into 64 pools.",
    slots: TypeSlots {
        repr: Some(arena_repr),
        ..TypeSlots::EMPTY
    },
    getset: &[
        number!("number", "its number", v => v.arena().map_or(0, |a| a.serial as usize)),
        number!("address", "its address", v => v.arena().map_or(0, |a| v.shown(a.address) as usize)),
        number!("size", "its bytes", _v => super::snapshot::ARENA as usize),
        number!("free_pools", "pools without a size class", v => v.arena().map_or(0, ArenaMap::free_pools)),
        number!("used_bytes", "bytes of the blocks in use",
            v => v.arena().map_or(0, |a| a.pools.iter().map(used_bytes).sum())),
        GetSetDef::read_only("pools", "the pools in use", pools),
    ],
    ..spec("ouro.Arena")
};

static POOL: TypeSpec = TypeSpec {
    doc: "A pool: 4 KiB that serve blocks of one size.",
    slots: TypeSlots {
        repr: Some(pool_repr),
        ..TypeSlots::EMPTY
    },
    getset: &[
        number!("index", "its place in the arena", v => v.pool().map_or(0, |p| p.index)),
        number!("address", "its address", v => v.pool().map_or(0, |p| v.shown(p.address) as usize)),
        number!("size_class", "bytes of a block", v => v.pool().map_or(0, |p| p.block_size)),
        number!("capacity", "number of blocks", v => v.pool().map_or(0, |p| p.capacity)),
        number!("used", "blocks in use", v => v.pool().map_or(0, |p| p.used)),
        number!("free", "blocks not in use", v => v.pool().map_or(0, |p| p.capacity - p.used)),
        GetSetDef::read_only("blocks", "the blocks", blocks),
    ],
    ..spec("ouro.Pool")
};

static BLOCK: TypeSpec = TypeSpec {
    doc: "A block.",
    slots: TypeSlots {
        repr: Some(block_repr),
        ..TypeSlots::EMPTY
    },
    getset: &[
        number!("index", "its place in the pool", v => v.block),
        number!("address", "its address", v => v.shown(v.block_address()) as usize),
        number!("size", "its bytes", v => v.pool().map_or(0, |p| p.block_size)),
        GetSetDef::read_only("used", "True if it is in use", |vm, this| {
            let view = view(vm, this)?;
            Ok(Value::bool(
                view.pool().is_some_and(|pool| pool.is_used(view.block)),
            ))
        }),
        GetSetDef::read_only("type", "type of the object in it, if known", |vm, this| {
            let view = view(vm, this)?;
            let owner = view.shot.owner(view.block_address());
            let kind = owner.and_then(|owner| view.shot.types.get(owner.kind));
            Ok(kind.map_or(Value::NONE, |kind| vm.str_value(&kind.name)))
        }),
        GetSetDef::read_only(
            "is_object",
            "False for buffers and free blocks",
            |vm, this| {
                let view = view(vm, this)?;
                let owner = view.shot.owner(view.block_address());
                Ok(Value::bool(owner.is_some_and(|owner| owner.is_object)))
            },
        ),
    ],
    ..spec("ouro.Block")
};

fn heap_repr(vm: &Vm, this: &Value) -> PyResult {
    let text = format!("<ouro.Heap: {}>", map::summary(&view(vm, this)?.shot));
    Ok(vm.str_value(&text))
}

fn heap_map(vm: &Vm, this: &Value) -> PyResult {
    Ok(vm.str_value(&map::map(&view(vm, this)?.shot)))
}

fn arena_repr(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let text = view.arena().map_or_else(String::new, |arena| {
        format!(
            "<ouro.Arena {} at {:#x}: {} pools in use>",
            arena.serial,
            view.shown(arena.address),
            arena.pools.len()
        )
    });
    Ok(vm.str_value(&text))
}

fn pool_repr(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let text = view.pool().map_or_else(String::new, |pool| {
        format!(
            "<ouro.Pool {} at {:#x}: {} of {} blocks of {} bytes used>",
            pool.index,
            view.shown(pool.address),
            pool.used,
            pool.capacity,
            pool.block_size
        )
    });
    Ok(vm.str_value(&text))
}

fn block_repr(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let text = view.pool().map_or_else(String::new, |pool| {
        let owner = view.shot.owner(view.block_address());
        let kind = owner.and_then(|owner| Some((owner, view.shot.types.get(owner.kind)?)));
        let what = match kind {
            _ if !pool.is_used(view.block) => "free".to_owned(),
            Some((owner, kind)) if owner.is_object => kind.name.clone(),
            Some((_, kind)) => format!("buffer of {}", kind.name),
            None => "used".to_owned(),
        };
        format!(
            "<ouro.Block {} at {:#x}: {} bytes, {what}>",
            view.block,
            view.shown(view.block_address()),
            pool.block_size
        )
    });
    Ok(vm.str_value(&text))
}

fn arenas(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let places = 0..view.shot.arenas.len();
    views(
        vm,
        &ARENA,
        places.map(|arena| view.with(arena, 0, 0)).collect(),
    )
}

fn pools(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let places = 0..view.arena().map_or(0, |arena| arena.pools.len());
    views(
        vm,
        &POOL,
        places.map(|pool| view.with(view.arena, pool, 0)).collect(),
    )
}

fn blocks(vm: &Vm, this: &Value) -> PyResult {
    let view = view(vm, this)?;
    let places = 0..view.pool().map_or(0, |pool| pool.capacity);
    views(
        vm,
        &BLOCK,
        places
            .map(|block| view.with(view.arena, view.pool, block))
            .collect(),
    )
}

fn find(vm: &Vm, args: &[Value]) -> PyResult {
    let this = view(vm, &args[0])?;
    let address = vm.arg_ssize(&args[1])? as u64;
    for (arena, known) in this.shot.arenas.iter().enumerate() {
        for (pool, known_pool) in known.pools.iter().enumerate() {
            let first = this.shot.shown_address(known, known_pool.first_block);
            let size = known_pool.block_size as u64;
            let Some(offset) = address.checked_sub(first) else {
                continue;
            };
            if offset < size * known_pool.capacity as u64 {
                let block = (offset / size) as usize;
                let class = vm.native_class(&BLOCK);
                return Ok(alloc(&class, this.with(arena, pool, block)).into_value());
            }
        }
    }
    Ok(Value::NONE)
}

fn size_classes(vm: &Vm, this: &Value) -> PyResult {
    let mut shown = Vec::new();
    for class in view(vm, this)?
        .shot
        .stats
        .classes
        .iter()
        .filter(|class| class.pools > 0)
    {
        let data = vm.dict();
        vm.define(&data, "size", vm.int_usize(class.size))?;
        vm.define(&data, "pools", vm.int_usize(class.pools))?;
        vm.define(&data, "used", vm.int_usize(class.used))?;
        vm.define(&data, "free", vm.int_usize(class.free))?;
        shown.push(data.into_value());
    }
    Ok(vm.list_from(shown)?.into_value())
}

fn generations(vm: &Vm, this: &Value) -> PyResult {
    let shot = &view(vm, this)?.shot;
    let mut shown = Vec::new();
    for (index, name) in GENERATIONS.iter().enumerate() {
        let data = vm.dict();
        vm.define(&data, "name", vm.str_value(name))?;
        vm.define(&data, "objects", vm.int_usize(shot.generations[index]))?;
        vm.define(&data, "count", vm.int(i64::from(shot.counts[index])))?;
        vm.define(
            &data,
            "threshold",
            vm.int(i64::from(shot.thresholds[index])),
        )?;
        let stats = shot.collections[index];
        vm.define(&data, "collections", vm.int_usize(stats.collections))?;
        vm.define(&data, "collected", vm.int_usize(stats.collected))?;
        let types = vm.dict();
        for (name, count) in &shot.generation_types[index] {
            vm.define(&types, name, vm.int_usize(*count))?;
        }
        vm.define(&data, "types", types.into_value())?;
        shown.push(data.into_value());
    }
    Ok(vm.list_from(shown)?.into_value())
}

fn types(vm: &Vm, this: &Value) -> PyResult {
    let rows = view(vm, this)?.shot.types.iter().map(|kind| {
        vm.tuple_value([
            vm.str_value(&kind.name),
            vm.int_usize(kind.objects),
            vm.int_usize(kind.bytes),
        ])
    });
    Ok(vm.list_from(rows.collect::<Vec<_>>())?.into_value())
}
