//! `asctime` and `strftime` in the C locale.

use runtime::Vm;
use runtime::object::{PyResult, Str, StrBuilder, Value};

use super::calendar::Broken;
use super::{clocks, zone};

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day_name(broken: &Broken) -> &'static str {
    DAYS[broken.weekday.rem_euclid(7) as usize]
}

fn month_name(broken: &Broken) -> &'static str {
    MONTHS[(broken.month - 1).rem_euclid(12) as usize]
}

/// `Sun Jun 20 23:21:05 1993`.
pub fn asctime(broken: &Broken) -> String {
    format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        &day_name(broken)[..3],
        &month_name(broken)[..3],
        broken.day,
        broken.hour,
        broken.minute,
        broken.second,
        broken.year
    )
}

pub fn strftime(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(format) = args[1].payload::<Str>() else {
        return Err(vm.type_error(format!(
            "strftime() argument 1 must be str, not {}",
            vm.class_name(&args[1])
        )));
    };
    let broken = match args[2].given() {
        Some(tuple) => {
            let mut broken = Broken::from_value(vm, tuple, "strftime")?;
            broken.check(vm)?;
            broken.is_dst = broken.is_dst.clamp(-1, 1);
            if broken.zone.is_empty() {
                name_zone(&mut broken);
            }
            broken
        }
        None => zone::local(vm, clocks::now(vm))?,
    };
    let mut text = StrBuilder::new();
    vm.check_room(format.len().saturating_mul(8))?;
    let points: Vec<u32> = format.iter().collect();
    if points.contains(&0) {
        return Err(vm.value_error("embedded null character"));
    }
    let mut i = 0;
    while i < points.len() {
        if points[i] != u32::from(b'%') {
            text.push(points[i]);
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        let mut spec = Spec::default();
        while let Some(c) = points.get(i).and_then(|&c| char::from_u32(c)) {
            match c {
                '_' | '-' | '0' => spec.pad = Some(c),
                '^' => spec.upper = true,
                '#' => spec.swap = true,
                _ => break,
            }
            i += 1;
        }
        while let Some(digit) = points.get(i).and_then(|&c| char::from_u32(c)?.to_digit(10)) {
            spec.width = (spec.width * 10 + digit as usize).min(1024);
            i += 1;
        }
        if let Some('E' | 'O') = points.get(i).and_then(|&c| char::from_u32(c)) {
            i += 1;
        }
        let directive = points
            .get(i)
            .and_then(|&c| char::from_u32(c))
            .unwrap_or('\0');
        match spec.format(&broken, directive) {
            Some(done) => {
                text.push_str(&done);
                i += 1;
            }
            None => {
                // What is no directive stands for itself.
                let end = (i + 1).min(points.len());
                points[start..end].iter().for_each(|&c| text.push(c));
                i = end;
            }
        }
    }
    text.finish_value(vm)
}

/// A tuple without a zone has the local one's names.
fn name_zone(broken: &mut Broken) {
    let constants = zone::constants();
    let [winter, summer] = constants.names;
    if broken.is_dst > 0 && constants.daylight {
        broken.zone = summer;
        broken.offset = -constants.altzone;
    } else {
        broken.zone = winter;
        broken.offset = -constants.timezone;
    }
}

/// What stands between `%` and the directive's letter.
#[derive(Default)]
struct Spec {
    pad: Option<char>,
    width: usize,
    upper: bool,
    swap: bool,
}

impl Spec {
    fn number(&self, n: i64, width: usize, fill: char) -> String {
        let width = if self.width > 0 { self.width } else { width };
        match self.pad {
            Some('-') => n.to_string(),
            Some('_') => format!("{n:>width$}"),
            Some('0') => format!("{n:0width$}"),
            _ if fill == '0' => format!("{n:0width$}"),
            _ => format!("{n:>width$}"),
        }
    }

    fn text(&self, text: &str) -> String {
        let text = if self.upper || self.swap {
            text.to_uppercase()
        } else {
            text.to_owned()
        };
        let width = self.width;
        if self.pad == Some('0') {
            let missing = width.saturating_sub(text.len());
            return "0".repeat(missing) + &text;
        }
        format!("{text:>width$}")
    }

    fn nested(&self, broken: &Broken, directives: &str) -> String {
        let plain = Spec::default();
        let mut text = String::new();
        let mut letters = directives.chars();
        while let Some(c) = letters.next() {
            match c {
                '%' => {
                    let directive = letters.next().unwrap_or('%');
                    text.push_str(&plain.format(broken, directive).unwrap_or_default());
                }
                c => text.push(c),
            }
        }
        self.text(&text)
    }

    fn format(&self, broken: &Broken, directive: char) -> Option<String> {
        let twelve = match broken.hour % 12 {
            0 => 12,
            hour => hour,
        };
        let half = if broken.hour < 12 { "AM" } else { "PM" };
        // Sunday is 0.
        let sunday_based = (broken.weekday + 1) % 7;
        Some(match directive {
            'a' => self.text(&day_name(broken)[..3]),
            'A' => self.text(day_name(broken)),
            'b' | 'h' => self.text(&month_name(broken)[..3]),
            'B' => self.text(month_name(broken)),
            'c' => self.nested(broken, "%a %b %e %H:%M:%S %Y"),
            'C' => self.number(broken.year.div_euclid(100), 2, '0'),
            'd' => self.number(broken.day, 2, '0'),
            'D' | 'x' => self.nested(broken, "%m/%d/%y"),
            'e' => self.number(broken.day, 2, ' '),
            'F' => self.nested(broken, "%Y-%m-%d"),
            'g' => self.number(iso_week(broken).0.rem_euclid(100), 2, '0'),
            'G' => self.number(iso_week(broken).0, 1, '0'),
            'H' => self.number(broken.hour, 2, '0'),
            'I' => self.number(twelve, 2, '0'),
            'j' => self.number(broken.year_day, 3, '0'),
            'k' => self.number(broken.hour, 2, ' '),
            'l' => self.number(twelve, 2, ' '),
            'm' => self.number(broken.month, 2, '0'),
            'M' => self.number(broken.minute, 2, '0'),
            'n' => "\n".to_owned(),
            'p' if self.swap => self.text(half).to_lowercase(),
            'p' => self.text(half),
            'P' => self.text(half).to_lowercase(),
            'r' => self.nested(broken, "%I:%M:%S %p"),
            'R' => self.nested(broken, "%H:%M"),
            's' => self.number(zone::timestamp(broken)?, 1, '0'),
            'S' => self.number(broken.second, 2, '0'),
            't' => "\t".to_owned(),
            'T' | 'X' => self.nested(broken, "%H:%M:%S"),
            'u' => self.number(broken.weekday + 1, 1, '0'),
            'U' => self.number((broken.year_day + 6 - sunday_based) / 7, 2, '0'),
            'V' => self.number(iso_week(broken).1, 2, '0'),
            'w' => self.number(sunday_based, 1, '0'),
            'W' => self.number((broken.year_day + 6 - broken.weekday) / 7, 2, '0'),
            'y' => self.number(broken.year.rem_euclid(100), 2, '0'),
            'Y' => self.number(broken.year, 1, '0'),
            'z' => {
                let minutes = broken.offset.abs() / 60;
                let sign = if broken.offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
            }
            'Z' if self.swap => self.text(&broken.zone).to_lowercase(),
            'Z' => self.text(&broken.zone),
            '%' => "%".to_owned(),
            _ => return None,
        })
    }
}

/// Year and week of ISO 8601.
fn iso_week(broken: &Broken) -> (i64, i64) {
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = |year: i64| if leap(year) { 366 } else { 365 };
    let week_of = |day: i64| (day - 1 - broken.weekday + 10).div_euclid(7);
    let week = week_of(broken.year_day);
    if week < 1 {
        let year = broken.year - 1;
        return (year, week_of(broken.year_day + days(year)));
    }
    if week == 53 && broken.year_day - broken.weekday + 3 > days(broken.year) {
        return (broken.year + 1, 1);
    }
    (broken.year, week)
}
