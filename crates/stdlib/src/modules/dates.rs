//! `_dates`: what the classes of `datetime` leave to native code.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Class, MethodDef, PyResult, Str, Value};
use runtime::types::dates;

use super::time::zone;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_dates",
    "Days and times without the classes.",
    &[
        MethodDef::bound(
            "shorten",
            "($module, date, datetime, timedelta, /)",
            "Gives the finished classes operators that do what is usual at once.",
            shorten,
        ),
        MethodDef::bound(
            "ordinal",
            "($module, year, month, day, /)",
            "The number of a day; 1 January of year 1 is 1.",
            ordinal,
        ),
        MethodDef::bound(
            "clock_fields",
            "($module, seconds, local, /)",
            "The offset from UTC, and year, month, day, hour, minute and second of a time as time.time() counts it; None \
             outside the calendar.",
            clock_fields,
        ),
        MethodDef::bound(
            "iso_fields",
            "($module, text, /)",
            "The fields of a text like 2024-02-29 or 2024-02-29T12:30:45.123456, so far as it has them; None for other \
             texts.",
            iso_fields,
        ),
    ],
);

fn shorten(vm: &Vm, args: &[Value]) -> PyResult {
    match [1, 2, 3].map(|i| args[i].as_ref_to::<Class>()) {
        [Some(date), Some(datetime), Some(delta)] => {
            vm.shorten_dates(date, datetime, delta);
            Ok(Value::NONE)
        }
        _ => Err(vm.type_error("expected classes")),
    }
}

fn ordinal(vm: &Vm, args: &[Value]) -> PyResult {
    match [1, 2, 3].map(|i| args[i].as_small_int()) {
        // Beyond the calendar this is asked for, too, but not far.
        [Some(year), Some(month @ 1..=12), Some(day)] if year.abs() < 100_000 => {
            Ok(vm.int(dates::ordinal(year, month, day)))
        }
        _ => Err(vm.value_error("no day")),
    }
}

fn clock_fields(vm: &Vm, args: &[Value]) -> PyResult {
    const EPOCH: i64 = 719_163;
    const LAST: i64 = 3_652_059;
    // The first and last days are left to those who know what is behind them.
    let seconds = args[1].as_small_int();
    let near = |seconds: &i64| (2 - EPOCH..LAST - EPOCH - 1).contains(&seconds.div_euclid(86_400));
    let Some(seconds) = seconds.filter(near) else {
        return Ok(Value::NONE);
    };
    let offset = match args[2].as_bool() {
        Some(true) => zone::offset(seconds),
        _ => 0,
    };
    let local = seconds + offset;
    let [year, month, day] = dates::from_ordinal(local.div_euclid(86_400) + EPOCH);
    let second = local.rem_euclid(86_400);
    let fields = [
        offset,
        year,
        month,
        day,
        second / 3600,
        second / 60 % 60,
        second % 60,
    ];
    Ok(vm.tuple_value(fields.map(Value::small_int)))
}

fn iso_fields(vm: &Vm, args: &[Value]) -> PyResult {
    let text = args[1].payload::<Str>().and_then(Str::as_ascii);
    let fields = text.and_then(|text| read_iso(text.as_bytes()));
    Ok(match fields {
        Some((fields, count)) => vm.tuple_value(
            fields[..count]
                .iter()
                .map(|n| Value::small_int(*n))
                .collect::<Vec<_>>(),
        ),
        None => Value::NONE,
    })
}

/// The number that is all of these digits.
fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

/// Fields, and how many there are.
fn read_iso(text: &[u8]) -> Option<([i64; 7], usize)> {
    let mut fields = [0; 7];
    let (count, microseconds) = match text.len() {
        10 => (3, false),
        16 => (5, false),
        19 => (6, false),
        26 => (7, true),
        _ => return None,
    };
    const STARTS: [usize; 7] = [0, 5, 8, 11, 14, 17, 20];
    // Behind the day any character may stand.
    for (place, separator) in [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')] {
        if text.get(place).is_some_and(|c| *c != separator) {
            return None;
        }
    }
    if microseconds && text[19] != b'.' {
        return None;
    }
    for (index, start) in STARTS[..count].iter().enumerate() {
        let length = match index {
            0 => 4,
            6 => 6,
            _ => 2,
        };
        fields[index] = digits(&text[*start..start + length])?;
    }
    Some((fields, count))
}
