//! Short cuts for the classes of `datetime`, which are written in Python.
//!
//! Once they are complete, three of them get functions from here in their slots: `date`, `datetime` and `timedelta`.
//! Each does what is usual (fields that are small integers, operands of exactly these classes, times in the same zone) on the
//! member slots, and leaves all else, what is an error among it, to the special method in Python that the slot stands for.
//! Derived classes have slots that call these methods, as any class made by a program.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::object::slots::{BinaryFn, NewFn, TypeSlots};
use crate::object::{
    Args, Bytes, Class, CompareOp, PyResult, Ref, Str, Value, class_flag, instance,
};
use crate::types::descriptors::member::{Member, MemberDescriptor};
use crate::types::type_::slot_functions::{self, binary_operator};
use crate::vm::Vm;

const MICROSECONDS: i64 = 1_000_000;
const DAY: i64 = 86_400;
const LAST_DAY: i64 = 3_652_059;
const MOST_DAYS: i64 = 999_999_999;

/// Which member slots the fields are in; the same in every interpreter.
struct Layout {
    date: [usize; 3],
    date_hash: usize,
    /// Year to microsecond.
    datetime: [usize; 7],
    zone: usize,
    fold: usize,
    datetime_hash: usize,
    /// Days, seconds, microseconds.
    delta: [usize; 3],
    delta_hash: usize,
}

static LAYOUT: OnceLock<Layout> = OnceLock::new();

fn places<const N: usize>(vm: &Vm, class: &Ref<Class>, names: [&str; N]) -> Option<[usize; N]> {
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        let found = vm.lookup_in_class(class, &vm.intern(name))?;
        let Member::Slot { index, .. } = &found.payload::<MemberDescriptor>()?.member else {
            return None;
        };
        *place = usize::from(*index);
    }
    Some(places)
}

impl Layout {
    fn of(vm: &Vm, date: &Ref<Class>, datetime: &Ref<Class>, delta: &Ref<Class>) -> Option<Layout> {
        let day = ["_year", "_month", "_day"];
        let [
            year,
            month,
            day_,
            hour,
            minute,
            second,
            microsecond,
            zone,
            fold,
            datetime_hash,
        ] = places(
            vm,
            datetime,
            [
                day[0],
                day[1],
                day[2],
                "_hour",
                "_minute",
                "_second",
                "_microsecond",
                "_tzinfo",
                "_fold",
                "_hashcode",
            ],
        )?;
        let [date_hash] = places(vm, date, ["_hashcode"])?;
        let [delta_hash] = places(vm, delta, ["_hashcode"])?;
        Some(Layout {
            date: places(vm, date, day)?,
            date_hash,
            datetime: [year, month, day_, hour, minute, second, microsecond],
            zone,
            fold,
            datetime_hash,
            delta: places(vm, delta, ["_days", "_seconds", "_microseconds"])?,
            delta_hash,
        })
    }
}

impl Vm {
    /// Gives the classes their short cuts; nothing happens where they are not as expected.
    pub fn shorten_dates(&self, date: &Ref<Class>, datetime: &Ref<Class>, delta: &Ref<Class>) {
        if LAYOUT.get().is_none() {
            let Some(layout) = Layout::of(self, date, datetime, delta) else {
                return;
            };
            LAYOUT.get_or_init(|| layout);
        }
        let shared = |slots: &mut TypeSlots, new: NewFn| {
            slots.new = Some(new);
            slots.hash = Some(hash);
            slots.richcompare = Some(compare);
            slots.nb_add = Some(add);
            slots.nb_subtract = Some(subtract);
        };
        date.update_slots(|slots| shared(slots, new_date));
        datetime.update_slots(|slots| shared(slots, new_datetime));
        delta.update_slots(|slots| {
            shared(slots, new_delta);
            slots.nb_multiply = Some(multiply);
            slots.nb_bool = Some(is_nonzero);
        });
    }
}

/// What a value is, if the short cuts know it.
enum Operand<'a> {
    Date([i64; 3]),
    DateTime([i64; 7], &'a Value),
    Delta([i64; 3]),
    Other,
}

fn operand<'a>(vm: &Vm, value: &'a Value) -> Operand<'a> {
    let class = vm.class_of(value);
    let (Some(layout), Some(new), true) = (LAYOUT.get(), class.slots().new, is_exact(class)) else {
        return Operand::Other;
    };
    let is = |own: NewFn| std::ptr::fn_addr_eq(new, own);
    let known = if is(new_datetime) {
        instance::small_members(value, &layout.datetime)
            .map(|fields| Operand::DateTime(fields, value))
    } else if is(new_delta) {
        instance::small_members(value, &layout.delta).map(Operand::Delta)
    } else if is(new_date) {
        instance::small_members(value, &layout.date).map(Operand::Date)
    } else {
        None
    };
    known.unwrap_or(Operand::Other)
}

/// True for the classes themselves: those derived from them can be changed.
fn is_exact(class: &Class) -> bool {
    class.has_flag(class_flag::IMMUTABLE)
}

/// Raises what CPython does where arguments are too many, unknown or given twice.
fn check_arguments(vm: &Vm, args: &Args<'_>, function: &str, parameters: &[&str]) -> PyResult<()> {
    let (name, this) = match function {
        "" => ("function", "this function"),
        named => (named, named),
    };
    if args.values.len() > parameters.len() {
        return Err(vm.type_error(format!(
            "{name} takes at most {} arguments ({} given)",
            parameters.len(),
            args.values.len()
        )));
    }
    let given = args.positionals();
    let is_named = |parameter: &str| args.names.iter().any(|name| vm.display(name) == parameter);
    // Dates and moments need a day, or come from a pickle.
    let state = given
        .first()
        .is_some_and(|v| v.payload::<Bytes>().is_some() || v.payload::<Str>().is_some());
    let needed = if function.is_empty() && !state { 3 } else { 0 };
    for (place, parameter) in parameters.iter().enumerate() {
        if place < needed && place >= given.len() && !is_named(parameter) {
            return Err(vm.type_error(format!(
                "{name} missing required argument '{parameter}' (pos {})",
                place + 1
            )));
        }
    }
    for (place, parameter) in parameters[..given.len()].iter().enumerate() {
        if is_named(parameter) {
            return Err(vm.type_error(format!(
                "argument for {name} given by name ('{parameter}') and position ({})",
                place + 1
            )));
        }
    }
    for (keyword, _) in args.keywords() {
        let text = vm.display(keyword);
        if !parameters.contains(&text.as_str()) {
            return Err(vm.type_error(format!(
                "'{text}' is an invalid keyword argument for {this}"
            )));
        }
    }
    Ok(())
}

const PARTS: [&str; 7] = [
    "days",
    "seconds",
    "microseconds",
    "milliseconds",
    "minutes",
    "hours",
    "weeks",
];

const FIELDS: [&str; 9] = [
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "microsecond",
    "tzinfo",
    "fold",
];

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of the year before a month.
fn days_before_month(year: i64, month: i64) -> i64 {
    const BEFORE: [i64; 13] = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    BEFORE[month as usize % 13] + i64::from(month > 2 && is_leap(year))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of a day; 1 January of year 1 is 1.
pub fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100)
        + before.div_euclid(400)
        + days_before_month(year, month)
        + day
}

/// Year, month and day of a number from 1 to the last day's.
pub fn from_ordinal(number: i64) -> [i64; 3] {
    let number = number - 1;
    // A year by its mean length, which is right or one too late.
    let mut year = number * 400 / 146_097 + 1;
    if ordinal(year, 1, 1) - 1 > number {
        year -= 1;
    } else if ordinal(year + 1, 1, 1) - 1 <= number {
        year += 1;
    }
    let of_year = number - (ordinal(year, 1, 1) - 1);
    let mut month = ((of_year + 50) >> 5).clamp(1, 12);
    if days_before_month(year, month) > of_year {
        month -= 1;
    }
    [year, month, of_year - days_before_month(year, month) + 1]
}

fn is_day(year: i64, month: i64, day: i64) -> bool {
    (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
}

/// A duration in its normal form, if it is one.
fn normal(days: i64, seconds: i64, microseconds: i64) -> Option<[i64; 3]> {
    let seconds = seconds.checked_add(microseconds.div_euclid(MICROSECONDS))?;
    let days = days.checked_add(seconds.div_euclid(DAY))?;
    (days.abs() <= MOST_DAYS).then_some([
        days,
        seconds.rem_euclid(DAY),
        microseconds.rem_euclid(MICROSECONDS),
    ])
}

/// Field and slot by slot, and the hash that is not known yet.
fn fields<const N: usize>(
    places: &[usize; N],
    values: [i64; N],
    hash: usize,
) -> impl Iterator<Item = (usize, Value)> {
    let values = values.into_iter().chain([-1]);
    let places = places.iter().copied().chain([hash]);
    places.zip(values.map(Value::small_int))
}

fn make_date(class: &Ref<Class>, day: [i64; 3]) -> Option<Value> {
    let layout = LAYOUT.get()?;
    let members = fields(&layout.date, day, layout.date_hash);
    Some(instance::alloc_with_members(class, members))
}

fn make_datetime(class: &Ref<Class>, moment: [i64; 7], zone: Value) -> Option<Value> {
    let layout = LAYOUT.get()?;
    let others = [(layout.zone, zone), (layout.fold, Value::small_int(0))];
    let members = fields(&layout.datetime, moment, layout.datetime_hash);
    Some(instance::alloc_with_members(class, members.chain(others)))
}

fn make_delta(class: &Ref<Class>, delta: [i64; 3]) -> Option<Value> {
    let layout = LAYOUT.get()?;
    let members = fields(&layout.delta, delta, layout.delta_hash);
    Some(instance::alloc_with_members(class, members))
}

fn zone_of(moment: &Value) -> Option<Value> {
    instance::member(moment, LAYOUT.get()?.zone)
}

/// `date(year, month, day)`
fn new_date(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let made = match (args.positionals(), args.names.is_empty()) {
        ([year, month, day], true) if is_exact(class) => {
            let day = [
                year.as_small_int(),
                month.as_small_int(),
                day.as_small_int(),
            ];
            match day {
                [Some(y), Some(m), Some(d)] if is_day(y, m, d) => make_date(class, [y, m, d]),
                _ => None,
            }
        }
        _ => None,
    };
    made.map_or_else(|| new_by_method(vm, class, args, "", &FIELDS[..3]), Ok)
}

/// The instance by `__new__` in Python.
#[inline(never)]
fn new_by_method(
    vm: &Vm,
    class: &Ref<Class>,
    args: Args<'_>,
    function: &str,
    parameters: &[&str],
) -> PyResult {
    check_arguments(vm, &args, function, parameters)?;
    slot_functions::new(vm, class, args)
}

/// `datetime(year, month, day, …)` without a zone.
fn new_datetime(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let given = match args.positionals() {
        [fields @ .., zone] if fields.len() == 7 && zone.is_none() => fields,
        given => given,
    };
    if !(3..=7).contains(&given.len()) || !args.names.is_empty() || !is_exact(class) {
        return new_by_method(vm, class, args, "", &FIELDS);
    }
    let mut moment = [0; 7];
    let all_small = moment
        .iter_mut()
        .zip(given)
        .all(|(field, value)| value.as_small_int().map(|n| *field = n).is_some());
    let [year, month, day, hour, minute, second, microsecond] = moment;
    let made = (all_small
        && is_day(year, month, day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second)
        && (0..MICROSECONDS).contains(&microsecond))
    .then(|| make_datetime(class, moment, Value::NONE))
    .flatten();
    made.map_or_else(|| new_by_method(vm, class, args, "", &FIELDS), Ok)
}

/// `timedelta(days, …)` of whole numbers.
fn new_delta(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let parts = if is_exact(class) {
        sum_of_parts(&args)
    } else {
        None
    };
    match parts.and_then(|delta| make_delta(class, delta)) {
        Some(made) => Ok(made),
        None => new_by_method(vm, class, args, "__new__()", &PARTS),
    }
}

/// The duration that the arguments of `timedelta` make.
fn sum_of_parts(args: &Args<'_>) -> Option<[i64; 3]> {
    let mut parts = [0i64; 7];
    // Below this nothing overflows.
    let part = |value: &Value| value.as_small_int().filter(|n| n.abs() < 1 << 40);
    let positionals = args.positionals();
    if positionals.len() > parts.len() {
        return None;
    }
    for (to, value) in parts.iter_mut().zip(positionals) {
        *to = part(value)?;
    }
    for (name, value) in args.keywords() {
        let name = name.payload::<Str>()?.as_ascii()?;
        let index = PARTS.iter().position(|part| *part == name)?;
        if index < positionals.len() {
            return None;
        }
        parts[index] = part(value)?;
    }
    let [
        days,
        seconds,
        microseconds,
        milliseconds,
        minutes,
        hours,
        weeks,
    ] = parts;
    normal(
        days + weeks * 7,
        seconds + minutes * 60 + hours * 3600,
        microseconds + milliseconds * 1000,
    )
}

/// A moment later by a duration; None outside the calendar.
fn shifted(class: &Ref<Class>, moment: [i64; 7], value: &Value, delta: [i64; 3]) -> Option<Value> {
    let [year, month, day, hour, minute, second, microsecond] = moment;
    let [days, seconds, microseconds] = normal(
        ordinal(year, month, day) + delta[0],
        hour * 3600 + minute * 60 + second + delta[1],
        microsecond + delta[2],
    )?;
    if !(1..=LAST_DAY).contains(&days) {
        return None;
    }
    let [year, month, day] = from_ordinal(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let moment = [year, month, day, hour, minute, second, microseconds];
    make_datetime(class, moment, zone_of(value)?)
}

/// A day later by the days of a duration.
fn day_shifted(class: &Ref<Class>, day: [i64; 3], days: i64) -> Option<Value> {
    let number = ordinal(day[0], day[1], day[2]) + days;
    let inside = (1..=LAST_DAY).contains(&number);
    inside
        .then(|| make_date(class, from_ordinal(number)))
        .flatten()
}

fn add(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let sum = match (operand(vm, a), operand(vm, b)) {
        (Operand::DateTime(moment, value), Operand::Delta(delta))
        | (Operand::Delta(delta), Operand::DateTime(moment, value)) => {
            shifted(vm.class_of(value), moment, value, delta)
        }
        (Operand::Delta(a_parts), Operand::Delta(b_parts)) => {
            let sum = std::array::from_fn::<_, 3, _>(|i| a_parts[i] + b_parts[i]);
            normal(sum[0], sum[1], sum[2]).and_then(|sum| make_delta(vm.class_of(a), sum))
        }
        (Operand::Date(day), Operand::Delta(delta)) => day_shifted(vm.class_of(a), day, delta[0]),
        (Operand::Delta(delta), Operand::Date(day)) => day_shifted(vm.class_of(b), day, delta[0]),
        _ => None,
    };
    let names = (&vm.names.__add__, &vm.names.__radd__);
    sum.map_or_else(|| by_methods(vm, a, b, add, |s| s.nb_add, names), Ok)
}

fn subtract(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let minus = |delta: [i64; 3]| delta.map(|part| -part);
    let difference = match (operand(vm, a), operand(vm, b)) {
        (Operand::DateTime(moment, value), Operand::Delta(delta)) => {
            shifted(vm.class_of(a), moment, value, minus(delta))
        }
        (Operand::DateTime(x, _), Operand::DateTime(y, _)) => moments_apart(vm, (a, x), (b, y)),
        (Operand::Date(x), Operand::Date(y)) => days_apart(vm, a, x, y),
        (Operand::Delta(x), Operand::Delta(y)) => {
            let parts = normal(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
            parts.and_then(|parts| make_delta(vm.class_of(a), parts))
        }
        (Operand::Date(day), Operand::Delta(delta)) => day_shifted(vm.class_of(a), day, -delta[0]),
        _ => None,
    };
    let names = (&vm.names.__sub__, &vm.names.__rsub__);
    difference.map_or_else(
        || by_methods(vm, a, b, subtract, |s| s.nb_subtract, names),
        Ok,
    )
}

/// The duration between two moments in the same zone.
fn moments_apart(vm: &Vm, (a, x): (&Value, [i64; 7]), (b, y): (&Value, [i64; 7])) -> Option<Value> {
    if !zone_of(a)?.is(&zone_of(b)?) {
        return None;
    }
    let second = |m: [i64; 7]| m[3] * 3600 + m[4] * 60 + m[5];
    let days = ordinal(x[0], x[1], x[2]) - ordinal(y[0], y[1], y[2]);
    let parts = normal(days, second(x) - second(y), x[6] - y[6])?;
    make_delta(&delta_class(vm, a)?, parts)
}

/// The class of durations: that of a moment's or day's `resolution`.
fn delta_class(vm: &Vm, value: &Value) -> Option<Ref<Class>> {
    let resolution = vm.lookup_in_class(vm.class_of(value), &vm.names.resolution)?;
    Some(vm.class_of(&resolution).clone())
}

/// The duration between two days.
fn days_apart(vm: &Vm, a: &Value, x: [i64; 3], y: [i64; 3]) -> Option<Value> {
    let days = ordinal(x[0], x[1], x[2]) - ordinal(y[0], y[1], y[2]);
    make_delta(&delta_class(vm, a)?, [days, 0, 0])
}

fn multiply(vm: &Vm, a: &Value, b: &Value) -> PyResult {
    let product = match (operand(vm, a), operand(vm, b)) {
        (Operand::Delta(delta), _) => b.as_small_int().map(|n| (a, delta, n)),
        (_, Operand::Delta(delta)) => a.as_small_int().map(|n| (b, delta, n)),
        _ => None,
    };
    let product = product.and_then(|(value, delta, n)| {
        let seconds = i128::from(delta[0] * DAY + delta[1]);
        let whole = (seconds * i128::from(MICROSECONDS) + i128::from(delta[2])) * i128::from(n);
        let microseconds = whole.rem_euclid(i128::from(MICROSECONDS)) as i64;
        let seconds = i64::try_from(whole.div_euclid(i128::from(MICROSECONDS))).ok()?;
        make_delta(vm.class_of(value), normal(0, seconds, microseconds)?)
    });
    let names = (&vm.names.__mul__, &vm.names.__rmul__);
    product.map_or_else(
        || by_methods(vm, a, b, multiply, |s| s.nb_multiply, names),
        Ok,
    )
}

/// The operator by the special methods in Python.
#[inline(never)]
fn by_methods(
    vm: &Vm,
    a: &Value,
    b: &Value,
    own: BinaryFn,
    slot: fn(&TypeSlots) -> Option<BinaryFn>,
    names: (&Value, &Value),
) -> PyResult {
    binary_operator(vm, (a, b), own, slot, names)
}

fn is_nonzero(vm: &Vm, this: &Value) -> PyResult<bool> {
    match operand(vm, this) {
        Operand::Delta(parts) => Ok(parts != [0; 3]),
        _ => slot_functions::truth(vm, this),
    }
}

fn compare(vm: &Vm, a: &Value, b: &Value, op: CompareOp) -> PyResult {
    let order: Option<Ordering> = match (operand(vm, a), operand(vm, b)) {
        (Operand::Date(x), Operand::Date(y)) | (Operand::Delta(x), Operand::Delta(y)) => {
            Some(x.cmp(&y))
        }
        (Operand::DateTime(x, _), Operand::DateTime(y, _)) => match (zone_of(a), zone_of(b)) {
            (Some(own), Some(other)) if own.is(&other) => Some(x.cmp(&y)),
            _ => None,
        },
        _ => None,
    };
    let Some(order) = order else {
        return slot_functions::compare(vm, a, b, op);
    };
    Ok(Value::bool(match op {
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    }))
}

/// The hash, which the object keeps once somebody asked.
fn hash(vm: &Vm, this: &Value) -> PyResult<i64> {
    let place = LAYOUT.get().and_then(|layout| match operand(vm, this) {
        Operand::Date(_) => Some(layout.date_hash),
        Operand::DateTime(..) => Some(layout.datetime_hash),
        Operand::Delta(_) => Some(layout.delta_hash),
        Operand::Other => None,
    });
    match place.and_then(|place| instance::small_members(this, &[place])) {
        Some([known]) if known != -1 => Ok(known),
        _ => slot_functions::hash(vm, this),
    }
}
