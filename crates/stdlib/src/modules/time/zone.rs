//! The local time zone, by the rules of the system's zone files.

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use runtime::Vm;
use runtime::object::PyResult;

use super::calendar::{Broken, days_from_civil};
use crate::environment;

thread_local! {
    static ZONE: RefCell<Option<TimeZone>> = const { RefCell::new(None) };
}

/// What the module shows of the zone.
pub struct Constants {
    /// Seconds west of UTC in winter.
    pub timezone: i64,
    /// The same in summer.
    pub altzone: i64,
    /// True if the zone has daylight saving time.
    pub daylight: bool,
    /// Abbreviations in winter and summer.
    pub names: [String; 2],
}

struct Rule {
    offset: i64,
    is_dst: bool,
    name: String,
}

/// Reads `TZ` and the system's setting again.
pub fn reload() {
    ZONE.set(None);
}

fn zone() -> TimeZone {
    let known = ZONE.with_borrow(Clone::clone);
    known.unwrap_or_else(|| {
        let found = match environment::get(b"TZ") {
            None if runtime::vm::current_vm().is_deterministic() => TimeZone::UTC,
            None => TimeZone::try_system().unwrap_or(TimeZone::UTC),
            Some(name) => named(&String::from_utf8_lossy(&name)),
        };
        ZONE.set(Some(found.clone()));
        found
    })
}

/// The zone of a `TZ` variable: a name, a file or a POSIX rule.
fn named(name: &str) -> TimeZone {
    let name = name.strip_prefix(':').unwrap_or(name);
    if name.is_empty() {
        return TimeZone::UTC;
    }
    if let Some(file) = name
        .starts_with('/')
        .then(|| std::fs::read(name).ok())
        .flatten()
    {
        return TimeZone::tzif("Local", &file).unwrap_or(TimeZone::UTC);
    }
    TimeZone::get(name)
        .or_else(|_| TimeZone::posix(name))
        .unwrap_or(TimeZone::UTC)
}

fn rule_at(zone: &TimeZone, seconds: i64) -> Rule {
    // Far away the rules repeat, so the nearest moment that can be named serves.
    let moment = Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    });
    let info = zone.to_offset_info(moment);
    Rule {
        offset: info.offset().seconds().into(),
        is_dst: info.dst().is_dst(),
        name: info.abbreviation().to_owned(),
    }
}

/// How far local time is ahead of UTC at a moment, in seconds.
pub fn offset(seconds: i64) -> i64 {
    let moment = Timestamp::from_second(seconds).unwrap_or_default();
    zone().to_offset(moment).seconds().into()
}

/// A moment in the local zone.
pub fn local(vm: &Vm, seconds: i64) -> PyResult<Broken> {
    let rule = rule_at(&zone(), seconds);
    let mut broken = Broken::at_offset(vm, seconds, rule.offset)?;
    broken.is_dst = rule.is_dst.into();
    broken.zone = rule.name;
    Ok(broken)
}

/// Seconds since the epoch of a local time, as C's `mktime` finds them.
pub fn timestamp(broken: &Broken) -> Option<i64> {
    let zone = zone();
    let naive = broken.as_utc()?;
    let near = [naive.saturating_sub(86_400), naive.saturating_add(86_400)];
    let mut candidates: Vec<(i64, Rule)> = Vec::new();
    for moment in near {
        let seconds = naive.checked_sub(rule_at(&zone, moment).offset)?;
        let rule = rule_at(&zone, seconds);
        if seconds.checked_add(rule.offset) == Some(naive) {
            candidates.push((seconds, rule));
        }
    }
    if broken.is_dst < 0 {
        return match candidates.first() {
            Some((seconds, _)) => Some(*seconds),
            // Inside a gap: by the rule before it.
            None => naive.checked_sub(rule_at(&zone, near[0]).offset),
        };
    }
    let wanted = broken.is_dst > 0;
    if let Some((seconds, _)) = candidates.iter().find(|(_, rule)| rule.is_dst == wanted) {
        return Some(*seconds);
    }
    // The caller names the other half of the year's rule.
    let other = (1..=52)
        .flat_map(|week| [-week, week])
        .find_map(|week: i64| {
            let rule = rule_at(&zone, naive.saturating_add(week * 7 * 86_400));
            (rule.is_dst == wanted).then_some(rule.offset)
        });
    match other {
        Some(offset) => naive.checked_sub(offset),
        None => candidates.first().map(|(seconds, _)| *seconds),
    }
}

/// The zone's constants in the current year.
pub fn constants() -> Constants {
    let zone = zone();
    let year = Timestamp::now().to_zoned(TimeZone::UTC).year();
    let january = rule_at(&zone, days_from_civil(year.into(), 1, 1) * 86_400);
    let july = rule_at(&zone, days_from_civil(year.into(), 7, 1) * 86_400);
    let daylight = january.offset != july.offset;
    // South of the equator summer is in January.
    let (winter, summer) = if january.offset <= july.offset {
        (january, july)
    } else {
        (july, january)
    };
    Constants {
        timezone: -winter.offset,
        altzone: -summer.offset,
        daylight,
        names: [winter.name, summer.name],
    }
}
