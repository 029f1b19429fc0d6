//! Calendar times: the proleptic Gregorian calendar on days since the epoch.

use runtime::Vm;
use runtime::object::{PyResult, Tuple, Value};

/// A time taken apart, as C's `struct tm` does, with Python's ranges.
#[derive(Clone, Debug, Default)]
pub struct Broken {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// 0 is Monday.
    pub weekday: i64,
    /// 1 to 366.
    pub year_day: i64,
    /// 1, 0, or -1 for unknown.
    pub is_dst: i64,
    /// The zone's abbreviation.
    pub zone: String,
    /// Seconds east of UTC.
    pub offset: i64,
}

/// Days from the epoch to a date; months outside 1 to 12 count into other years.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since the epoch.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Seconds since the epoch that C's `tm_year` (an int) can still name.
const YEAR_RANGE: std::ops::RangeInclusive<i64> =
    (i32::MIN as i64 + 1900)..=(i32::MAX as i64 + 1900);

impl Broken {
    /// A moment at a fixed offset from UTC.
    pub fn at_offset(vm: &Vm, seconds: i64, offset: i64) -> PyResult<Broken> {
        let shifted = seconds.checked_add(offset).ok_or_else(|| overflow(vm))?;
        let days = shifted.div_euclid(86_400);
        let rest = shifted.rem_euclid(86_400);
        let (year, month, day) = civil_from_days(days);
        if !YEAR_RANGE.contains(&year) {
            return Err(overflow(vm));
        }
        Ok(Broken {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: (days + 3).rem_euclid(7),
            year_day: days - days_from_civil(year, 1, 1) + 1,
            is_dst: 0,
            zone: String::new(),
            offset,
        })
    }

    /// A moment in UTC.
    pub fn utc(vm: &Vm, seconds: i64) -> PyResult<Broken> {
        let mut broken = Broken::at_offset(vm, seconds, 0)?;
        broken.zone.push_str("GMT");
        Ok(broken)
    }

    /// The nine items of the tuple.
    pub fn items(&self) -> [i64; 9] {
        [
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.weekday,
            self.year_day,
            self.is_dst,
        ]
    }

    /// Seconds since the epoch if the time were in UTC; fields may be out of their ranges.
    pub fn as_utc(&self) -> Option<i64> {
        let days = days_from_civil(self.year, self.month, self.day);
        days.checked_mul(86_400)?
            .checked_add(self.hour * 3600 + self.minute * 60 + self.second)
    }

    /// The argument of `function`: nine integers.
    pub fn from_value(vm: &Vm, value: &Value, function: &str) -> PyResult<Broken> {
        let Some(tuple) = value.as_ref_to::<Tuple>() else {
            return Err(vm.type_error("Tuple or struct_time argument required"));
        };
        let Ok(items) = <&[Value; 9]>::try_from(tuple.as_slice()) else {
            return Err(vm.type_error(format!("{function}(): illegal time tuple argument")));
        };
        let mut numbers = [0i64; 9];
        for (number, item) in numbers.iter_mut().zip(items) {
            *number = vm.arg_int(item)?.into();
        }
        let [
            year,
            month,
            day,
            hour,
            minute,
            second,
            weekday,
            year_day,
            is_dst,
        ] = numbers;
        if year < i64::from(i32::MIN) + 1900 {
            return Err(vm.overflow_error("year out of range"));
        }
        let mut broken = Broken {
            year,
            month,
            day,
            hour,
            minute,
            second,
            weekday,
            year_day,
            is_dst,
            ..Broken::default()
        };
        if vm.is_instance_of(value, &vm.struct_sequence_class(&super::STRUCT_TIME)?) {
            let zone = vm.get_attr(value, &vm.intern("tm_zone"))?;
            if !zone.is_none() {
                broken.zone = vm.display(&zone);
            }
            let offset = vm.get_attr(value, &vm.intern("tm_gmtoff"))?;
            if !offset.is_none() {
                broken.offset = vm.arg_long(&offset)?;
            }
        }
        Ok(broken)
    }

    /// Checks the ranges that `asctime` and `strftime` rely on; a zero stands for the first month
    /// or day.
    pub fn check(&mut self, vm: &Vm) -> PyResult<()> {
        if self.month == 0 {
            self.month = 1;
        }
        if self.day == 0 {
            self.day = 1;
        }
        if self.year_day == 0 {
            self.year_day = 1;
        }
        self.weekday = (self.weekday + 1).checked_rem(7).unwrap_or(0) - 1;
        let ranges = [
            (self.month, 1..=12, "month"),
            (self.day, 1..=31, "day of month"),
            (self.hour, 0..=23, "hour"),
            (self.minute, 0..=59, "minute"),
            (self.second, 0..=61, "seconds"),
            (self.weekday, -1..=5, "day of week"),
            (self.year_day, 1..=366, "day of year"),
        ];
        for (number, range, what) in ranges {
            if !range.contains(&number) {
                return Err(vm.value_error(format!("{what} out of range")));
            }
        }
        self.weekday = self.weekday.rem_euclid(7);
        Ok(())
    }
}

fn overflow(vm: &Vm) -> runtime::Raised {
    vm.raise_os_error(libc::EOVERFLOW, None, None)
}
