//! `time`: clocks, sleeping, calendar times and their texts.
//!
//! Calendar arithmetic is our own (`calendar`); the rules of the local time zone come from the
//! system's zone files (`zone`); `strptime` is written in Python (`_strptime`).

mod calendar;
mod clocks;
mod format;
pub(super) mod zone;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Value};
use runtime::types::module::Module;
use runtime::types::struct_sequence::StructSequence;

use calendar::Broken;
pub(crate) use clocks::{timeout_in, timeout_nanoseconds};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("time", DOC, METHODS).with_init(init);

const DOC: &str = "This module provides various functions to manipulate time values.\n\n\
There are two standard representations of time.  One is the number\n\
of seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer\n\
or a floating point number (to represent fractions of seconds).\n\
The epoch is the point where the time starts, the return value of time.gmtime(0).\n\
It is January 1, 1970, 00:00:00 (UTC) on all platforms.\n\n\
The other representation is a tuple of 9 integers giving local time.\n\
The tuple items are:\n  year (including century, e.g. 1998)\n  month (1-12)\n  day (1-31)\n  \
hours (0-23)\n  minutes (0-59)\n  seconds (0-59)\n  weekday (0-6, Monday is 0)\n  \
Julian day (day in the year, 1-366)\n  DST (Daylight Savings Time) flag (-1, 0 or 1)\n\
If the DST flag is 0, the time is given in the regular time zone;\n\
if it is 1, the time is given in the DST time zone;\n\
if it is -1, mktime() should guess based on the date and time.\n";

/// `time.struct_time`.
pub static STRUCT_TIME: StructSequence = StructSequence::new(
    "time.struct_time",
    "The time value as returned by gmtime(), localtime(), and strptime(), and\n \
     accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 \
     integers.\n\n Note that several fields' values are not the same as those defined by\n the C \
     language standard for struct tm.  For example, the value of the\n field tm_year is the actual \
     year, not year - 1900.  See individual\n fields' descriptions for details.",
    &[
        ("tm_year", "year, for example, 1993"),
        ("tm_mon", "month of year, range [1, 12]"),
        ("tm_mday", "day of month, range [1, 31]"),
        ("tm_hour", "hours, range [0, 23]"),
        ("tm_min", "minutes, range [0, 59]"),
        ("tm_sec", "seconds, range [0, 61])"),
        ("tm_wday", "day of week, range [0, 6], Monday is 0"),
        ("tm_yday", "day of year, range [1, 366]"),
        (
            "tm_isdst",
            "1 if summer time is in effect, 0 if not, and -1 if unknown",
        ),
        ("tm_zone", "abbreviation of timezone name"),
        ("tm_gmtoff", "offset from UTC in seconds"),
    ],
)
.visible(9);

const METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "time",
        "($module, /)",
        "time() -> floating point number\n\n\
         Return the current time in seconds since the Epoch.\n\
         Fractions of a second may be present if the system clock provides them.",
        clocks::time,
    ),
    MethodDef::bound(
        "time_ns",
        "($module, /)",
        "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch.",
        clocks::time_ns,
    ),
    MethodDef::bound(
        "monotonic",
        "($module, /)",
        "monotonic() -> float\n\nMonotonic clock, cannot go backward.",
        clocks::monotonic,
    ),
    MethodDef::bound(
        "monotonic_ns",
        "($module, /)",
        "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds.",
        clocks::monotonic_ns,
    ),
    MethodDef::bound(
        "perf_counter",
        "($module, /)",
        "perf_counter() -> float\n\nPerformance counter for benchmarking.",
        clocks::monotonic,
    ),
    MethodDef::bound(
        "perf_counter_ns",
        "($module, /)",
        "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds.",
        clocks::monotonic_ns,
    ),
    MethodDef::bound(
        "process_time",
        "($module, /)",
        "process_time() -> float\n\n\
         Process time for profiling: sum of the kernel and user-space CPU time.",
        clocks::process_time,
    ),
    MethodDef::bound(
        "process_time_ns",
        "($module, /)",
        "process_time() -> int\n\nProcess time for profiling as nanoseconds:\n\
         sum of the kernel and user-space CPU time.",
        clocks::process_time_ns,
    )
    .unsigned(),
    MethodDef::bound(
        "thread_time",
        "($module, /)",
        "thread_time() -> float\n\n\
         Thread time for profiling: sum of the kernel and user-space CPU time.",
        clocks::thread_time,
    ),
    MethodDef::bound(
        "thread_time_ns",
        "($module, /)",
        "thread_time() -> int\n\nThread time for profiling as nanoseconds:\n\
         sum of the kernel and user-space CPU time.",
        clocks::thread_time_ns,
    )
    .unsigned(),
    MethodDef::bound(
        "clock_gettime",
        "($module, clk_id, /)",
        "clock_gettime(clk_id) -> float\n\nReturn the time of the specified clock clk_id.",
        clocks::clock_gettime,
    ),
    MethodDef::bound(
        "clock_gettime_ns",
        "($module, clk_id, /)",
        "clock_gettime_ns(clk_id) -> int\n\n\
         Return the time of the specified clock clk_id as nanoseconds.",
        clocks::clock_gettime_ns,
    ),
    MethodDef::bound(
        "clock_getres",
        "($module, clk_id, /)",
        "clock_getres(clk_id) -> floating point number\n\n\
         Return the resolution (precision) of the specified clock clk_id.",
        clocks::clock_getres,
    ),
    MethodDef::bound(
        "get_clock_info",
        "($module, name, /)",
        "get_clock_info(name: str) -> dict\n\nGet information of the specified clock.",
        clocks::get_clock_info,
    ),
    MethodDef::bound(
        "sleep",
        "($module, seconds, /)",
        "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\n\
         a floating point number for subsecond precision.",
        clocks::sleep,
    ),
    MethodDef::bound(
        "gmtime",
        "($module, seconds=None, /)",
        "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       \
         tm_sec, tm_wday, tm_yday, tm_isdst)\n\n\
         Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a.\n\
         GMT).  When 'seconds' is not passed in, convert the current time instead.\n\n\
         If the platform supports the tm_gmtoff and tm_zone, they are available as\n\
         attributes only.",
        |vm, args| {
            let seconds = clocks::seconds_or_now(vm, &args[1])?;
            struct_time(vm, &Broken::utc(vm, seconds)?)
        },
    ),
    MethodDef::bound(
        "localtime",
        "($module, seconds=None, /)",
        "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          \
         tm_sec,tm_wday,tm_yday,tm_isdst)\n\n\
         Convert seconds since the Epoch to a time tuple expressing local time.\n\
         When 'seconds' is not passed in, convert the current time instead.",
        |vm, args| {
            let seconds = clocks::seconds_or_now(vm, &args[1])?;
            struct_time(vm, &zone::local(vm, seconds)?)
        },
    ),
    MethodDef::bound(
        "mktime",
        "($module, tuple, /)",
        "mktime(tuple) -> floating point number\n\n\
         Convert a time tuple in local time to seconds since the Epoch.\n\
         Note that mktime(gmtime(0)) will not generally return zero for most\n\
         time zones; instead the returned value will either be equal to that\n\
         of the timezone or altzone attributes on the time module.",
        |vm, args| {
            let broken = Broken::from_value(vm, &args[1], "mktime")?;
            match zone::timestamp(&broken) {
                Some(seconds) => Ok(vm.float(seconds as f64)),
                None => Err(vm.overflow_error("mktime argument out of range")),
            }
        },
    ),
    MethodDef::bound(
        "asctime",
        "($module, tuple=None, /)",
        "asctime([tuple]) -> string\n\n\
         Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.\n\
         When the time tuple is not present, current time as returned by localtime()\nis used.",
        |vm, args| {
            let broken = match args[1].given() {
                Some(tuple) => {
                    let mut broken = Broken::from_value(vm, tuple, "asctime")?;
                    broken.check(vm)?;
                    broken
                }
                None => zone::local(vm, clocks::now(vm))?,
            };
            Ok(vm.str_value(&format::asctime(&broken)))
        },
    ),
    MethodDef::bound(
        "ctime",
        "($module, seconds=None, /)",
        "ctime(seconds) -> string\n\n\
         Convert a time in seconds since the Epoch to a string in local time.\n\
         This is equivalent to asctime(localtime(seconds)). When the time tuple is\n\
         not present, current time as returned by localtime() is used.",
        |vm, args| {
            let seconds = clocks::seconds_or_now(vm, &args[1])?;
            Ok(vm.str_value(&format::asctime(&zone::local(vm, seconds)?)))
        },
    ),
    MethodDef::bound(
        "strftime",
        "($module, format, tuple=None, /)",
        "strftime(format[, tuple]) -> string\n\n\
         Convert a time tuple to a string according to a format specification.\n\
         See the library reference manual for formatting codes. When the time tuple\n\
         is not present, current time as returned by localtime() is used.",
        format::strftime,
    ),
    MethodDef::raw(
        "strptime",
        "($module, string, format='%a %b %d %H:%M:%S %Y', /)",
        "strptime(string, format) -> struct_time\n\n\
         Parse a string to a time tuple according to a format specification.\n\
         See the library reference manual for formatting codes (same as\nstrftime()).",
        |vm, args| {
            let module = vm.import_dotted("_strptime")?;
            let parse = vm.get_attr(&module, &vm.intern("_strptime_time"))?;
            vm.call_args(&parse, args.skip_first())
        },
    ),
    MethodDef::bound(
        "tzset",
        "($module, /)",
        "tzset()\n\nInitialize, or reinitialize, the local timezone to the value stored in\n\
         os.environ['TZ']. The TZ environment variable should be specified in\n\
         standard Unix timezone format as documented in the tzset man page\n\
         (eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown timezones will silently\n\
         fall back to UTC. If the TZ environment variable is not set, the local\n\
         timezone is set to the systems best guess of wallclock time.\n\
         Changing the TZ environment variable without calling tzset *may* change\n\
         the local timezone used by methods such as localtime, but this behaviour\n\
         should not be relied on.",
        |vm, args| {
            zone::reload();
            if let Some(namespace) = vm.module_dict(&args[0]) {
                define_zone(vm, &namespace)?;
            }
            Ok(Value::NONE)
        },
    ),
];

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let class = vm.struct_sequence_class(&STRUCT_TIME)?;
    vm.define(namespace, "struct_time", class.into_value())?;
    vm.define(namespace, "_STRUCT_TM_ITEMS", Value::small_int(11))?;
    for (name, clock) in clocks::CLOCKS {
        vm.define(namespace, name, vm.int(*clock))?;
    }
    define_zone(vm, namespace)
}

fn define_zone(vm: &Vm, namespace: &Ref<Dict>) -> PyResult<()> {
    let constants = zone::constants();
    vm.define(namespace, "timezone", vm.int(constants.timezone))?;
    vm.define(namespace, "altzone", vm.int(constants.altzone))?;
    vm.define(namespace, "daylight", vm.int(constants.daylight.into()))?;
    let names = constants.names.map(|name| vm.str_value(&name));
    vm.define(namespace, "tzname", vm.tuple_value(names))
}

fn struct_time(vm: &Vm, broken: &Broken) -> PyResult {
    let mut values: Vec<Value> = broken.items().map(|item| vm.int(item)).to_vec();
    values.push(vm.str_value(&broken.zone));
    values.push(vm.int(broken.offset));
    vm.struct_sequence(&STRUCT_TIME, &values)
}
