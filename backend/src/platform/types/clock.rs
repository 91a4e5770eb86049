//! Times are stored in UTC; days, months and ages are China's, which is UTC+8 all year.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use std::ops::Range;

const HOURS: i32 = 8;

const CHINA: FixedOffset = match FixedOffset::east_opt(HOURS * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours are a valid offset"),
};

/// Today on a Chinese calendar, wherever the server stands.
pub fn china_today() -> NaiveDate {
    china_day(Utc::now())
}

/// The China day an instant falls on.
pub fn china_day(instant: DateTime<Utc>) -> NaiveDate {
    to_china(instant).date_naive()
}

/// An instant with China's wall clock, for showing.
pub fn to_china(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&CHINA)
}

/// The instant a Chinese wall clock shows this date and time.
pub fn from_china(wall: NaiveDateTime) -> DateTime<Utc> {
    (wall - TimeDelta::hours(i64::from(HOURS))).and_utc()
}

/// The instant a China day begins.
pub fn day_start(day: NaiveDate) -> DateTime<Utc> {
    from_china(day.and_time(NaiveTime::MIN))
}

/// The instants of a China day: from its midnight to the next, the end not included.
pub fn day_range(day: NaiveDate) -> Range<DateTime<Utc>> {
    let start = day_start(day);
    start..start + TimeDelta::days(1)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn a_china_day_begins_at_sixteen_hundred_utc_the_day_before() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let range = day_range(day);
        assert_eq!(range.start.to_rfc3339(), "2026-02-28T16:00:00+00:00");
        assert_eq!(china_day(range.start), day);
        assert_eq!(china_day(range.end - TimeDelta::nanoseconds(1)), day);
        assert_eq!(china_day(range.end), day.succ_opt().unwrap());
    }

    #[test]
    fn wall_clock_times_survive_the_round_trip() {
        let wall = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 30, 0).unwrap();
        assert_eq!(to_china(from_china(wall)).naive_local(), wall);
    }
}
