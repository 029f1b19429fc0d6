//! `product`, `permutations`, `combinations`, `combinations_with_replacement`.

use std::cell::RefCell;

use runtime::Vm;
use runtime::fields;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Args, Class, Kind, Payload, PyResult, Ref, Slot, Tuple, TypeSlots, TypeSpec, Value, alloc,
};

use super::{FLAGS, itself, rebuilt, reduce, setstate, state_items, stateful};
use crate::kinds;

/// Pools of values and the indexes that make the next tuple.
struct State {
    /// The pool, or a tuple of the pools.
    pools: Option<Ref<Tuple>>,
    /// There can be several.
    several: bool,
    indexes: Vec<usize>,
    cycles: Vec<usize>,
    /// No tuple was made yet.
    first: bool,
    done: bool,
    /// How many items a selection has.
    length: usize,
}

impl State {
    /// The items of each pool.
    fn pools(&self) -> impl Iterator<Item = &[Value]> {
        let pools = self
            .pools
            .as_ref()
            .map_or(&[][..], |pools| pools.as_slice());
        let (single, several) = match self.several {
            true => (None, pools),
            false => (self.pools.is_some().then_some(pools), &[][..]),
        };
        let tuples = several.iter().filter_map(|pool| pool.payload::<Tuple>());
        single.into_iter().chain(tuples.map(Tuple::as_slice))
    }

    /// The items of the only pool, or of one of several.
    fn pool(&self, number: usize) -> &[Value] {
        match (&self.pools, self.several) {
            (Some(pools), true) => {
                let pool = pools.as_slice().get(number);
                pool.and_then(|pool| pool.payload::<Tuple>())
                    .map_or(&[], Tuple::as_slice)
            }
            (Some(pool), false) => pool.as_slice(),
            (None, _) => &[],
        }
    }

    /// What holds the pools.
    fn pools_value(&self, vm: &Vm) -> Value {
        match &self.pools {
            Some(pools) => pools.as_value().clone(),
            None => vm.tuple_value([]),
        }
    }

    /// The sizes of the only pool and of a selection.
    fn sizes(&self) -> (usize, usize) {
        (self.pool(0).len(), self.length)
    }

    /// Takes up the indexes of a state; without a selection that fits there is nothing to go on with.
    fn go_on(&mut self, indexes: Vec<usize>, cycles: Vec<usize>) {
        if !self.done {
            self.indexes = indexes;
            self.cycles = cycles;
            self.first = false;
        }
    }
}

/// The payload of all of them.
pub struct Combinatoric<const K: u16> {
    state: RefCell<State>,
    /// The tuple handed out last.
    result: Slot,
}

impl<const K: u16> Combinatoric<K> {
    /// As in CPython the iterator keeps the tuple it hands out, to change it if nobody else does.
    fn hand_out(&self, tuple: Value) -> Option<Value> {
        self.result.set(Some(tuple.clone()));
        Some(tuple)
    }

    /// A tuple that somebody else keeps is replaced by a copy even if there is no next one.
    fn separate(&self, vm: &Vm) {
        let copy = self.result.peek().and_then(|kept| {
            let shared = vm.reference_count(kept).is_some_and(|count| count > 1);
            let items = kept.payload::<Tuple>().filter(|_| shared)?;
            Some(vm.tuple_from_slice(items.as_slice()).into_value())
        });
        if copy.is_some() {
            self.result.set(copy);
        }
    }
}

impl<const K: u16> Payload for Combinatoric<K> {
    const KIND: Kind = Kind(K);
    const NAME: &'static str = "combinatoric";
    const FIELDS: &'static [Field] = fields![
        "state" => state as Opaque,
        "result" => result as Value,
    ];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        if let Some(pools) = &self.state.borrow().pools {
            visitor.value(pools.as_value());
        }
        visitor.slot(&self.result);
    }

    fn clear(&self) {
        let mut state = self.state.borrow_mut();
        state.done = true;
        let pools = state.pools.take();
        drop(state);
        drop(pools);
        self.result.set(None);
    }
}

type Product = Combinatoric<{ kinds::PRODUCT.0 }>;
type Permutations = Combinatoric<{ kinds::PERMUTATIONS.0 }>;
type Combinations = Combinatoric<{ kinds::COMBINATIONS.0 }>;
type WithReplacement = Combinatoric<{ kinds::COMBINATIONS_WITH_REPLACEMENT.0 }>;

fn make<const K: u16>(class: &Ref<Class>, state: State) -> PyResult {
    Ok(alloc(
        class,
        Combinatoric::<K> {
            state: RefCell::new(state),
            result: Slot::default(),
        },
    )
    .into_value())
}

/// The numbers of a state, each brought to the range that `limits` gives for its place.
fn indexes_of(
    vm: &Vm,
    state: &Value,
    count: usize,
    limits: impl Fn(usize) -> (i64, i64),
) -> PyResult<Vec<usize>> {
    let Some(tuple) = state
        .payload::<Tuple>()
        .filter(|tuple| tuple.len() == count)
    else {
        return Err(vm.value_error("invalid arguments"));
    };
    let mut indexes = Vec::with_capacity(count);
    for (place, item) in tuple.as_slice().iter().enumerate() {
        let (least, most) = limits(place);
        indexes.push(vm.arg_long(item)?.min(most).max(least) as usize);
    }
    Ok(indexes)
}

fn tuple_of_numbers(vm: &Vm, numbers: &[usize]) -> Value {
    let items: Vec<Value> = numbers.iter().map(|&n| vm.int(n as i64)).collect();
    vm.tuple_value(items)
}

/// `cls(pool, r)` with the indexes as state; once exhausted `cls((), r)`.
fn reduce_selection<const K: u16>(
    vm: &Vm,
    this: &Value,
    length: impl Fn(&State) -> usize,
    numbers: impl Fn(&State) -> Value,
) -> PyResult {
    let own = stateful::<Combinatoric<K>>(vm, this)?;
    let state = own.state.borrow();
    let r = vm.int(length(&state) as i64);
    let pool = || state.pools_value(vm);
    Ok(if state.first {
        rebuilt(vm, this, [pool(), r], None)
    } else if state.done {
        rebuilt(vm, this, [vm.tuple_value([]), r], None)
    } else {
        rebuilt(vm, this, [pool(), r], Some(numbers(&state)))
    })
}

pub static PRODUCT: TypeSpec = TypeSpec {
    doc: "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\nFor example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(new_product),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Product>() else {
                return Ok(None);
            };
            let mut state = own.state.borrow_mut();
            if state.done {
                return Ok(None);
            }
            if state.first {
                state.first = false;
            } else if !advance_product(&mut state) {
                state.done = true;
                own.separate(vm);
                return Ok(None);
            }
            let item = |i: usize| state.pool(i)[state.indexes[i]].clone();
            Ok(own.hand_out(vm.tuple_value((0..state.indexes.len()).map(item))))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            let own = stateful::<Product>(vm, &args[0])?;
            let state = own.state.borrow();
            let class = vm.class_of(&args[0]).to_value();
            if state.done && !state.first {
                let empty = vm.tuple_value([vm.tuple_value([])]);
                return Ok(vm.tuple_value([class, empty]));
            }
            let pools = state.pools_value(vm);
            if state.first {
                return Ok(vm.tuple_value([class, pools]));
            }
            let indexes = tuple_of_numbers(vm, &state.indexes);
            Ok(vm.tuple_value([class, pools, indexes]))
        }),
        setstate(|vm, args| {
            let own = stateful::<Product>(vm, &args[0])?;
            let sizes: Vec<i64> = own
                .state
                .borrow()
                .pools()
                .map(|pool| pool.len() as i64)
                .collect();
            let limits = |place: usize| (0, sizes.get(place).map_or(0, |size| size - 1));
            let indexes = indexes_of(vm, &args[1], sizes.len(), limits)?;
            let mut state = own.state.borrow_mut();
            if sizes.contains(&0) {
                state.done = true;
            } else {
                state.indexes = indexes;
                state.first = false;
            }
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Product>("itertools.product")
};

fn advance_product(state: &mut State) -> bool {
    for i in (0..state.indexes.len()).rev() {
        state.indexes[i] += 1;
        if state.indexes[i] < state.pool(i).len() {
            return true;
        }
        state.indexes[i] = 0;
    }
    false
}

fn new_product(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let mut repeat = 1;
    for (name, value) in args.keywords() {
        if vm.display(name) != "repeat" {
            return Err(vm.type_error(format!(
                "'{}' is an invalid keyword argument for product()",
                vm.display(name)
            )));
        }
        repeat = vm.index_isize(value, &vm.types.exceptions.overflow_error)?;
    }
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let given = args
        .positionals()
        .iter()
        .map(|iterable| pool_of(vm, iterable))
        .collect::<PyResult<Vec<_>>>()?;
    if given
        .len()
        .checked_mul(repeat as usize)
        .is_none_or(|n| n > 1 << 24)
    {
        return Err(vm.overflow_error("repeat argument too large"));
    }
    let mut pools = Vec::with_capacity(given.len() * repeat as usize);
    for _ in 0..repeat {
        pools.extend(given.iter().cloned());
    }
    let done = pools.iter().any(|pool| pool.as_slice().is_empty());
    let indexes = vec![0; pools.len()];
    let outer = vm.tuple(pools.iter().map(|pool| pool.as_value().clone()));
    make::<{ kinds::PRODUCT.0 }>(
        class,
        State {
            pools: Some(outer),
            several: true,
            indexes,
            cycles: Vec::new(),
            first: true,
            done,
            length: 0,
        },
    )
}

/// What an iterable gives, as a tuple; one that is a tuple is taken itself.
fn pool_of(vm: &Vm, iterable: &Value) -> PyResult<Ref<Tuple>> {
    if vm.class_of(iterable).is(&vm.types.tuple)
        && let Ok(tuple) = iterable.clone().downcast()
    {
        return Ok(tuple);
    }
    Ok(vm.tuple(vm.collect(iterable)?))
}

/// The items of the pool and `r`, which defaults to their number where it may.
fn pool_and_length(
    vm: &Vm,
    name: &str,
    signature: &'static str,
    args: Args<'_>,
) -> PyResult<(Ref<Tuple>, usize)> {
    let bound = vm.bind_parameters(name, signature, args)?;
    let pool = pool_of(vm, &bound[0])?;
    let length = match bound[1].given_not_none() {
        Some(r) => {
            if name == "permutations" && !vm.is_instance_of(r, &vm.types.int) {
                return Err(vm.type_error("Expected int as r"));
            }
            vm.index_isize(r, &vm.types.exceptions.overflow_error)?
        }
        None => pool.as_slice().len() as isize,
    };
    if length < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    Ok((pool, length as usize))
}

fn tuple_of(vm: &Vm, state: &State, length: usize) -> Value {
    let pool = state.pool(0);
    vm.tuple_value(state.indexes[..length].iter().map(|&i| pool[i].clone()))
}

pub static PERMUTATIONS: TypeSpec = TypeSpec {
    doc: "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
    signature: "(iterable, r=None)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let (pool, r) = pool_and_length(vm, "permutations", "(iterable, r=None)", args)?;
            let n = pool.as_slice().len();
            let done = r > n;
            let cycles = if done {
                Vec::new()
            } else {
                (0..r).map(|i| n - i).collect()
            };
            let state = State {
                pools: Some(pool),
                several: false,
                indexes: (0..n).collect(),
                cycles,
                first: true,
                done,
                length: r,
            };
            make::<{ kinds::PERMUTATIONS.0 }>(class, state)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Permutations>() else {
                return Ok(None);
            };
            let mut state = own.state.borrow_mut();
            if state.done {
                return Ok(None);
            }
            let r = state.cycles.len();
            if state.first {
                state.first = false;
            } else if !advance_permutation(&mut state) {
                state.done = true;
                own.separate(vm);
                return Ok(None);
            }
            Ok(own.hand_out(tuple_of(vm, &state, r)))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            reduce_selection::<{ kinds::PERMUTATIONS.0 }>(
                vm,
                &args[0],
                |state| state.length,
                |state| {
                    let indexes = tuple_of_numbers(vm, &state.indexes);
                    vm.tuple_value([indexes, tuple_of_numbers(vm, &state.cycles)])
                },
            )
        }),
        setstate(|vm, args| {
            let own = stateful::<Permutations>(vm, &args[0])?;
            let items = state_items(vm, &args[1], 2, 2)?;
            let (n, r) = own.state.borrow().sizes();
            let last = n as i64 - 1;
            let indexes = indexes_of(vm, &items[0], n, |_| (0, last))?;
            let cycles = indexes_of(vm, &items[1], r, |place| (1, n as i64 - place as i64))?;
            own.state.borrow_mut().go_on(indexes, cycles);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Permutations>("itertools.permutations")
};

fn advance_permutation(state: &mut State) -> bool {
    let n = state.indexes.len();
    for i in (0..state.cycles.len()).rev() {
        state.cycles[i] -= 1;
        if state.cycles[i] == 0 {
            state.indexes[i..].rotate_left(1);
            state.cycles[i] = n - i;
        } else {
            let j = n - state.cycles[i];
            state.indexes.swap(i, j);
            return true;
        }
    }
    false
}

pub static COMBINATIONS: TypeSpec = TypeSpec {
    doc: "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
    signature: "(iterable, r)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let (pool, r) = pool_and_length(vm, "combinations", "(iterable, r)", args)?;
            let done = r > pool.as_slice().len();
            let indexes = if done { Vec::new() } else { (0..r).collect() };
            let state = State {
                pools: Some(pool),
                several: false,
                indexes,
                cycles: Vec::new(),
                first: true,
                done,
                length: r,
            };
            make::<{ kinds::COMBINATIONS.0 }>(class, state)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<Combinations>() else {
                return Ok(None);
            };
            let mut state = own.state.borrow_mut();
            if state.done {
                return Ok(None);
            }
            let r = state.indexes.len();
            if state.first {
                state.first = false;
            } else {
                let n = state.pool(0).len();
                let Some(i) = (0..r).rev().find(|&i| state.indexes[i] != i + n - r) else {
                    state.done = true;
                    own.separate(vm);
                    return Ok(None);
                };
                state.indexes[i] += 1;
                for j in i + 1..r {
                    state.indexes[j] = state.indexes[j - 1] + 1;
                }
            }
            Ok(own.hand_out(tuple_of(vm, &state, r)))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            reduce_selection::<{ kinds::COMBINATIONS.0 }>(
                vm,
                &args[0],
                |state| state.length,
                |state| tuple_of_numbers(vm, &state.indexes),
            )
        }),
        setstate(|vm, args| {
            let own = stateful::<Combinations>(vm, &args[0])?;
            let (n, r) = own.state.borrow().sizes();
            let limits = |place: usize| (0, place as i64 + n as i64 - r as i64);
            let indexes = indexes_of(vm, &args[1], r, limits)?;
            own.state.borrow_mut().go_on(indexes, Vec::new());
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<Combinations>("itertools.combinations")
};

pub static COMBINATIONS_WITH_REPLACEMENT: TypeSpec = TypeSpec {
    doc: "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
    signature: "(iterable, r)",
    flags: FLAGS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let (pool, r) =
                pool_and_length(vm, "combinations_with_replacement", "(iterable, r)", args)?;
            let done = pool.as_slice().is_empty() && r > 0;
            vm.check_room(r.saturating_mul(2 * size_of::<usize>()))?;
            let indexes = if done { Vec::new() } else { vec![0; r] };
            let state = State {
                pools: Some(pool),
                several: false,
                indexes,
                cycles: Vec::new(),
                first: true,
                done,
                length: r,
            };
            make::<{ kinds::COMBINATIONS_WITH_REPLACEMENT.0 }>(class, state)
        }),
        iter: Some(itself),
        iternext: Some(|vm, this| {
            let Some(own) = this.payload::<WithReplacement>() else {
                return Ok(None);
            };
            let mut state = own.state.borrow_mut();
            if state.done {
                return Ok(None);
            }
            let r = state.indexes.len();
            if state.first {
                state.first = false;
            } else {
                // Nothing of nothing has no last one, and no index that could be it.
                let size = state.pool(0).len();
                let Some(i) = (0..r).rev().find(|&i| state.indexes[i] + 1 < size) else {
                    state.done = true;
                    own.separate(vm);
                    return Ok(None);
                };
                let next = state.indexes[i] + 1;
                state.indexes[i..].fill(next);
            }
            Ok(own.hand_out(tuple_of(vm, &state, r)))
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        reduce(|vm, args| {
            reduce_selection::<{ kinds::COMBINATIONS_WITH_REPLACEMENT.0 }>(
                vm,
                &args[0],
                |state| state.length,
                |state| tuple_of_numbers(vm, &state.indexes),
            )
        }),
        setstate(|vm, args| {
            let own = stateful::<WithReplacement>(vm, &args[0])?;
            let (n, r) = own.state.borrow().sizes();
            let indexes = indexes_of(vm, &args[1], r, |_| (0, n as i64 - 1))?;
            own.state.borrow_mut().go_on(indexes, Vec::new());
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::of::<WithReplacement>("itertools.combinations_with_replacement")
};
