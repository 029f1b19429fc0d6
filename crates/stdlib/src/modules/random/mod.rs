//! `_random`: the Mersenne twister behind `random`.

mod twister;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{
    Args, Class, Dict, Kind, MethodDef, Payload, PyResult, Ref, Tuple, TypeSlots, TypeSpec, Value,
    alloc, class_flag,
};
use runtime::types::int::big::{Big, Limbs};
use runtime::types::module::Module;

use twister::{Twister, WORDS};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_random",
    "Module implements the Mersenne Twister random number generator.",
    &[],
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    let class = vm.builtin_class(&RANDOM, &vm.types.object);
    vm.define(namespace, "Random", class.into_value())
});

/// A generator object.
struct Random(Twister);

impl Payload for Random {
    const KIND: Kind = crate::kinds::RANDOM;
    const NAME: &'static str = "Random";
    const COLLECTED: bool = false;
}

static RANDOM: TypeSpec = TypeSpec {
    doc: "Random() -> create a random number generator with its own internal state.",
    flags: class_flag::BASE_TYPE,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "random",
            "($self, /)",
            "random() -> x in the interval [0, 1).",
            |vm, args| Ok(vm.float(twister(vm, &args[0])?.next_f64())),
        )
        .signed(),
        MethodDef::bound(
            "seed",
            "($self, n=None, /)",
            "seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination\nof the \
             current time and the process identifier.",
            |vm, args| {
                seed(vm, &args[0], args[1].given())?;
                Ok(Value::NONE)
            },
        )
        .signed(),
        MethodDef::bound(
            "getstate",
            "($self, /)",
            "getstate() -> tuple containing the current state.",
            get_state,
        )
        .signed(),
        MethodDef::bound(
            "setstate",
            "($self, state, /)",
            "setstate(state) -> None.  Restores generator state.",
            set_state,
        )
        .signed(),
        MethodDef::bound(
            "getrandbits",
            "($self, k, /)",
            "getrandbits(k) -> x.  Generates an int with k random bits.",
            get_bits,
        )
        .signed(),
    ],
    ..TypeSpec::of::<Random>("_random.Random")
};

fn twister<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Twister> {
    match this.payload::<Random>() {
        Some(random) => Ok(&random.0),
        None => Err(vm.type_error("a random number generator is required")),
    }
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    Ok(alloc(class, Random(Twister::new())).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    // A subclass may take keywords.
    if !args.names.is_empty() && vm.class_of(this).spec.is_some() {
        return Err(vm.type_error("Random() takes no keyword arguments"));
    }
    match args.positionals() {
        [] => seed(vm, this, None),
        [value] => seed(vm, this, Some(value)),
        _ => Err(vm.type_error("Random() requires 0 or 1 argument")),
    }
}

/// Seeds by an integer's magnitude or another value's hash; without a value at random.
fn seed(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let generator = twister(vm, this)?;
    let Some(value) = value.filter(|value| !value.is_none()) else {
        let mut bytes = [0; WORDS * 4];
        vm.random_bytes(&mut bytes);
        let (words, _) = bytes.as_chunks::<4>();
        let key: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        generator.seed(&key);
        return Ok(());
    };
    let mut room = [0];
    let hashed;
    let limbs = match value.as_int() {
        Some(view) => view.signed(&mut room).limbs,
        None => {
            hashed = [vm.hash(value)? as u64];
            &hashed
        }
    };
    let mut key: Vec<u32> = limbs
        .iter()
        .flat_map(|&limb| [limb as u32, (limb >> 32) as u32])
        .collect();
    while key.len() > 1 && key.last() == Some(&0) {
        key.pop();
    }
    if key.is_empty() {
        key.push(0);
    }
    generator.seed(&key);
    Ok(())
}

fn get_state(vm: &Vm, args: &[Value]) -> PyResult {
    let words: Vec<Value> = twister(vm, &args[0])?
        .state()
        .map(|word| vm.int(word.into()))
        .collect();
    Ok(vm.tuple_value(words))
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let generator = twister(vm, &args[0])?;
    let Some(state) = args[1].payload::<Tuple>() else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    let Some((next, items)) = state.split_last().filter(|(_, items)| items.len() == WORDS) else {
        return Err(vm.value_error("state vector is the wrong size"));
    };
    let mut words = [0; WORDS];
    for (word, item) in words.iter_mut().zip(items) {
        *word = vm.arg_unsigned_long(item)? as u32;
    }
    let next = vm.arg_long(next)?;
    match usize::try_from(next) {
        Ok(next) if next <= WORDS => {
            generator.restore(&words, next);
            Ok(Value::NONE)
        }
        _ => Err(vm.value_error("invalid state")),
    }
}

fn get_bits(vm: &Vm, args: &[Value]) -> PyResult {
    let generator = twister(vm, &args[0])?;
    let Ok(mut bits) = u32::try_from(vm.arg_int(&args[1])?) else {
        return Err(vm.value_error("number of bits must be non-negative"));
    };
    if bits <= 32 {
        if bits == 0 {
            return Ok(Value::small_int(0));
        }
        return Ok(vm.int((generator.next_u32() >> (32 - bits)).into()));
    }
    vm.check_int_size(bits as usize / 64 + 1)?;
    let mut limbs = Limbs::with_capacity(bits as usize / 64 + 1);
    let mut half = || {
        let word = match bits {
            0 => 0,
            1..32 => generator.next_u32() >> (32 - bits),
            _ => generator.next_u32(),
        };
        bits = bits.saturating_sub(32);
        (u64::from(word), bits == 0)
    };
    loop {
        let (low, _) = half();
        let (high, done) = half();
        limbs.push(high << 32 | low);
        if done {
            break;
        }
    }
    vm.int_big(&Big::new(false, limbs))
}
