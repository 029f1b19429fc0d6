//! `_scrypt`: the key derivation function of that name.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{MethodDef, PyResult, Value};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_scrypt",
    "",
    &[MethodDef::bound(
        "scrypt",
        "($module, /, password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)",
        "scrypt password-based key derivation function.",
        derive,
    )],
);

/// As much memory as is used where nobody says how much.
const USUAL_MEMORY: u64 = 32 << 20;

fn number(vm: &Vm, value: &Value, name: &str) -> PyResult<u64> {
    if let Some(value) = value.given_not_none()
        && !value.is_int()
    {
        return Err(vm.type_error(format!(
            "scrypt() argument '{name}' must be int, not {}",
            vm.class_name(value)
        )));
    }
    let number = value.given_not_none().and_then(Value::as_int);
    match number.and_then(|number| number.to_u64()) {
        Some(number) => Ok(number),
        None => Err(vm.type_error(format!("{name} is required and must be an unsigned int"))),
    }
}

fn derive(vm: &Vm, args: &[Value]) -> PyResult {
    let password = vm.copied_bytes(&args[1])?;
    let Some(salt) = args[2].given_not_none() else {
        return Err(vm.type_error("salt is required"));
    };
    let salt = vm.copied_bytes(salt)?;
    let n = number(vm, &args[3], "n")?;
    if n < 2 || !n.is_power_of_two() {
        return Err(vm.value_error("n must be a power of 2."));
    }
    let r = number(vm, &args[4], "r")?;
    let p = number(vm, &args[5], "p")?;
    let limited = |value: &Value, usual: i64| value.given().map_or(Ok(usual), |v| vm.arg_long(v));
    let memory = limited(&args[6], 0)?;
    let most = i64::from(i32::MAX);
    if !(0..=most).contains(&memory) {
        return Err(vm.value_error(format!("maxmem must be positive and smaller than {most}")));
    }
    let length = limited(&args[7], 64)?;
    if !(1..=most).contains(&length) {
        return Err(vm.value_error(format!(
            "dklen must be greater than 0 and smaller than {most}"
        )));
    }
    let invalid = || vm.value_error("Invalid parameter combination for n, r, p, maxmem.");
    let (Ok(small_r), Ok(small_p)) = (u32::try_from(r), u32::try_from(p)) else {
        return Err(invalid());
    };
    let Ok(parameters) = scrypt::Params::new(n.trailing_zeros() as u8, small_r, small_p) else {
        return Err(invalid());
    };
    let allowed = if memory == 0 {
        USUAL_MEMORY
    } else {
        memory as u64
    };
    // The blocks to be mixed, and the table that they are mixed with.
    let needed = u128::from(p) * 128 * u128::from(r) + 128 * u128::from(r) * (u128::from(n) + 2);
    if needed > u128::from(allowed) {
        return Err(vm.value_error("[digital envelope routines] memory limit exceeded"));
    }
    vm.check_room(usize::try_from(needed).unwrap_or(usize::MAX))?;
    let mut key = Vec::new();
    if key.try_reserve_exact(length as usize).is_err() {
        return Err(vm.memory_error());
    }
    key.resize(length as usize, 0);
    match vm.allow_threads(|| scrypt::scrypt(&password, &salt, &parameters, &mut key)) {
        Ok(()) => Ok(vm.bytes_value(&key)),
        Err(_) => Err(invalid()),
    }
}
