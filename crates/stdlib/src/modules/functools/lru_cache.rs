//! `_lru_cache_wrapper`: a function that remembers its results.
//!
//! Entries lie in a dict from the arguments' key to the result.  A bounded cache keeps them in the
//! order of their use in a doubly linked list of places in a vector: the dict holds the place.

use std::cell::{Cell, RefCell};

use heap::Visitor;
use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::{
    Args, Class, Dict, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value,
    Visit, alloc, class_flag,
};

use crate::native::{REDUCE, wrong_receiver};

const NOWHERE: usize = usize::MAX;

/// A remembered result, linked to its neighbours in the order of use.
struct Entry {
    key: Value,
    hash: u64,
    result: Value,
    older: usize,
    newer: usize,
}

/// The entries of a bounded cache.
struct Entries {
    places: Vec<Option<Entry>>,
    free: Vec<usize>,
    oldest: usize,
    newest: usize,
}

impl Default for Entries {
    fn default() -> Self {
        Entries {
            places: Vec::new(),
            free: Vec::new(),
            oldest: NOWHERE,
            newest: NOWHERE,
        }
    }
}

impl Entries {
    fn entry(&mut self, place: usize) -> Option<&mut Entry> {
        self.places.get_mut(place)?.as_mut()
    }

    fn unlink(&mut self, place: usize) {
        let Some(entry) = self.entry(place) else {
            return;
        };
        let (older, newer) = (entry.older, entry.newer);
        if older == place {
            return;
        }
        match self.entry(older) {
            Some(entry) => entry.newer = newer,
            None => self.oldest = newer,
        }
        match self.entry(newer) {
            Some(entry) => entry.older = older,
            None => self.newest = older,
        }
    }

    fn link_newest(&mut self, place: usize) {
        let newest = self.newest;
        if let Some(entry) = self.entry(place) {
            entry.older = newest;
            entry.newer = NOWHERE;
        }
        match self.entry(newest) {
            Some(entry) => entry.newer = place,
            None => self.oldest = place,
        }
        self.newest = place;
    }

    /// Takes the oldest entry out of the order; it keeps its place, and is linked to itself.
    fn detach_oldest(&mut self) -> Option<(usize, Value, u64)> {
        let place = self.oldest;
        let found = self.entry(place).map(|e| (place, e.key.clone(), e.hash))?;
        self.unlink(place);
        if let Some(entry) = self.entry(place) {
            (entry.older, entry.newer) = (place, place);
        }
        Some(found)
    }

    /// Makes a detached entry the oldest again.
    fn link_oldest(&mut self, place: usize) {
        let oldest = self.oldest;
        match self.entry(place) {
            Some(entry) if entry.older == place => {
                (entry.older, entry.newer) = (NOWHERE, oldest);
            }
            _ => return,
        }
        match self.entry(oldest) {
            Some(entry) => entry.older = place,
            None => self.newest = place,
        }
        self.oldest = place;
    }

    /// The result at a place, which becomes the one used last.
    fn use_again(&mut self, place: usize) -> Option<Value> {
        let result = self.entry(place)?.result.clone();
        self.unlink(place);
        self.link_newest(place);
        Some(result)
    }

    fn add(&mut self, key: Value, hash: u64, result: Value) -> usize {
        let entry = Entry {
            key,
            hash,
            result,
            older: NOWHERE,
            newer: NOWHERE,
        };
        let place = match self.free.pop() {
            Some(place) => {
                self.places[place] = Some(entry);
                place
            }
            None => {
                self.places.push(Some(entry));
                self.places.len() - 1
            }
        };
        self.link_newest(place);
        place
    }

    fn take(&mut self, place: usize) -> Option<Entry> {
        self.unlink(place);
        let entry = self.places.get_mut(place)?.take();
        if entry.is_some() {
            self.free.push(place);
        }
        entry
    }
}

/// Payload of `_lru_cache_wrapper`.
struct LruCache {
    function: Value,
    typed: bool,
    /// None for no bound.
    max_size: Option<usize>,
    cache: Ref<Dict>,
    entries: RefCell<Entries>,
    hits: Cell<u64>,
    misses: Cell<u64>,
    info_type: Value,
    /// Stands between positional and keyword arguments in keys.
    mark: Slot,
}

impl Payload for LruCache {
    const KIND: Kind = crate::kinds::LRU_CACHE;
    const NAME: &'static str = "_lru_cache_wrapper";
    const DICT_LAST: bool = true;
    const FIELDS: &'static [Field] = fields![
        "function" => function as Value,
        "typed" => typed as Bool,
        "max_size" => max_size as Opaque,
        "cache" => cache as Value,
        "entries" => entries as Opaque,
        "hits" => hits as Unsigned,
        "misses" => misses as Unsigned,
        "info_type" => info_type as Value,
        "mark" => mark as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for entry in self.entries.borrow().places.iter().flatten() {
            visitor.value(&entry.key);
            visitor.value(&entry.result);
        }
        visitor.reference(&self.cache);
        visitor.value(&self.function);
        visitor.slot(&self.mark);
        visitor.value(&self.info_type);
    }

    fn clear(&self) {
        drop(self.entries.take());
    }
}

/// Declaration of `_lru_cache_wrapper`.
pub(super) static LRU_CACHE: TypeSpec = TypeSpec {
    doc: "Create a cached callable that wraps another function.\n\n\
          user_function:      the function being cached\n\n\
          maxsize:  0         for no caching\n          None      for unlimited cache size\n          \
          n         for a bounded cache\n\n\
          typed:    False     cache f(3) and f(3.0) as identical calls\n          \
          True      cache f(3) and f(3.0) as distinct calls\n\n\
          cache_info_type:    namedtuple class with the fields:\n                        \
          hits misses currsize maxsize\n",
    // The key of a call is the tuple of its arguments.
    flags: class_flag::CALLED_UNPACKED
        | class_flag::BASE_TYPE
        | class_flag::HAS_DICT
        | class_flag::HAS_WEAKREFS
        | class_flag::METHOD_DESCRIPTOR,
    slots: TypeSlots {
        new: Some(new),
        call: Some(call),
        descr_get: Some(|vm, this, instance, _owner| {
            Ok(match instance {
                Some(instance) if !instance.is_none() => vm.bound_method(this, instance),
                _ => this.clone(),
            })
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "cache_info",
            "($self, /)",
            "Report cache statistics",
            |vm, args| {
                let cache = cache_of(vm, &args[0])?;
                let values = [
                    vm.int_u64(cache.hits.get()),
                    vm.int_u64(cache.misses.get()),
                    cache
                        .max_size
                        .map_or(Value::NONE, |size| vm.int_usize(size)),
                    vm.int_usize(cache.cache.len()),
                ];
                vm.call(&cache.info_type, &values)
            },
        ),
        MethodDef::bound(
            "cache_clear",
            "($self, /)",
            "Clear the cache and cache statistics",
            |vm, args| {
                let cache = cache_of(vm, &args[0])?;
                cache.hits.set(0);
                cache.misses.set(0);
                let mut old = cache.entries.take();
                vm.dict_clear(&cache.cache);
                // What was used longest ago goes first.
                while let Some(entry) = old.take(old.oldest) {
                    drop(entry);
                }
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound("__reduce__", "($self, /)", REDUCE, |vm, args| {
            vm.get_attr(&args[0], &vm.names.__qualname__)
        })
        .unsigned(),
        MethodDef::bound("__copy__", "($self, /)", "", |_, args| Ok(args[0].clone())).unsigned(),
        MethodDef::bound("__deepcopy__", "($self, memo, /)", "", |_, args| {
            Ok(args[0].clone())
        })
        .unsigned(),
    ],
    ..TypeSpec::of::<LruCache>("functools._lru_cache_wrapper")
};

fn cache_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a LruCache> {
    this.payload::<LruCache>()
        .ok_or_else(|| wrong_receiver(vm, "functools._lru_cache_wrapper"))
}

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let signature = "(user_function, maxsize, typed, cache_info_type)";
    let bound = vm.bind_parameters("lru_cache", signature, args)?;
    if vm.class_of(&bound[0]).slots().call.is_none() {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let max_size = if bound[1].is_none() {
        None
    } else if vm.class_of(&bound[1]).slots().nb_index.is_some() {
        Some(
            vm.index_isize(&bound[1], &vm.types.exceptions.overflow_error)?
                .max(0) as usize,
        )
    } else {
        return Err(vm.type_error("maxsize should be integer or None"));
    };
    let cache = LruCache {
        function: bound[0].clone(),
        typed: vm.truth(&bound[2])?,
        max_size,
        cache: vm.dict(),
        entries: RefCell::default(),
        hits: Cell::new(0),
        misses: Cell::new(0),
        info_type: bound[3].clone(),
        mark: Slot::new(Some(vm.call0(vm.types.object.as_value())?)),
    };
    Ok(alloc(class, cache).into_value())
}

/// The key of a call: a lone int or str itself, otherwise a tuple of arguments, keywords, types.
fn key_of(vm: &Vm, cache: &LruCache, args: Args<'_>) -> Value {
    if let ([only], []) = (args.values, args.names)
        && !cache.typed
        && (vm.class_of(only).is(&vm.types.int) || vm.class_of(only).is(&vm.types.str))
    {
        return only.clone();
    }
    let mut parts = args.positionals().to_vec();
    if !args.names.is_empty() {
        parts.extend(cache.mark.get());
        for (name, value) in args.keywords() {
            parts.extend([name.clone(), value.clone()]);
        }
    }
    if cache.typed {
        parts.extend(
            args.values
                .iter()
                .map(|value| vm.class_of(value).to_value()),
        );
    }
    vm.tuple_value(parts)
}

fn call(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult {
    let cache = cache_of(vm, this)?;
    let count = |counter: &Cell<u64>| counter.set(counter.get() + 1);
    if cache.max_size == Some(0) {
        count(&cache.misses);
        return vm.call_args(&cache.function, args);
    }
    let key = key_of(vm, cache, args);
    let hash = vm.hash(&key)? as u64;
    let found = cache.cache.get_hashed(vm, &key, hash)?;
    let Some(limit) = cache.max_size else {
        if let Some(result) = found {
            count(&cache.hits);
            return Ok(result);
        }
        count(&cache.misses);
        let result = vm.call_args(&cache.function, args)?;
        cache.cache.insert_hashed(vm, &key, hash, result.clone())?;
        return Ok(result);
    };
    let place = |value: Value| value.as_small_int().map_or(NOWHERE, |place| place as usize);
    if let Some(found) = found {
        let again = cache.entries.borrow_mut().use_again(place(found));
        if let Some(result) = again {
            count(&cache.hits);
            return Ok(result);
        }
    }
    count(&cache.misses);
    let result = vm.call_args(&cache.function, args)?;
    // The function may have remembered this very call meanwhile.
    if cache.cache.get_hashed(vm, &key, hash)?.is_some() {
        return Ok(result);
    }
    if cache.cache.len() >= limit {
        let oldest = cache.entries.borrow_mut().detach_oldest();
        if let Some((place, key, hash)) = oldest {
            // Comparing keys may call the function again: until the key is gone, its place is not given to another.
            let removed = match cache.cache.remove_hashed(vm, &key, hash) {
                Ok(removed) => removed,
                Err(raised) => {
                    cache.entries.borrow_mut().link_oldest(place);
                    return Err(raised);
                }
            };
            let entry = cache.entries.borrow_mut().take(place);
            drop(entry);
            if removed.is_none() {
                // Somebody else has removed it meanwhile, and made room for others.
                return Ok(result);
            }
            drop((removed, key));
        }
    }
    let new = cache
        .entries
        .borrow_mut()
        .add(key.clone(), hash, result.clone());
    if let Err(raised) = cache.cache.insert_hashed(vm, &key, hash, vm.int_usize(new)) {
        let taken = cache.entries.borrow_mut().take(new);
        drop(taken);
        return Err(raised);
    }
    Ok(result)
}
