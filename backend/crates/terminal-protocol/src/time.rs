//! Times and dates as terminals write them. Their clocks show China Standard Time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(8);

/// Why seven bytes are not a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotATime {
    /// A half byte above nine.
    NotDecimal,
    /// The thirtieth of February.
    Impossible,
}

/// A device's time as the rest of the platform keeps times.
pub fn to_utc(device: NaiveDateTime) -> DateTime<Utc> {
    device.checked_sub_signed(AHEAD_OF_UTC).unwrap_or(NaiveDateTime::MIN).and_utc()
}

/// What a device's clock shows at a moment.
pub fn from_utc(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.naive_utc().checked_add_signed(AHEAD_OF_UTC).unwrap_or(NaiveDateTime::MAX)
}

/// `20 22 11 04 07 58 30` → 2022-11-04 07:58:30
pub(crate) fn read(bytes: &[u8; 7]) -> Result<NaiveDateTime, NotATime> {
    let [century, year, month, day, hour, minute, second] = bytes.map(decimal);
    let numbers = || Some((century?, year?, month?, day?, hour?, minute?, second?));
    let (century, year, month, day, hour, minute, second) = numbers().ok_or(NotATime::NotDecimal)?;
    NaiveDate::from_ymd_opt((century * 100 + year) as i32, month, day)
        .and_then(|date| date.and_hms_opt(hour, minute, second))
        .ok_or(NotATime::Impossible)
}

/// Years have four digits: those outside are written as the nearest that has.
pub(crate) fn write(out: &mut Vec<u8>, time: NaiveDateTime) {
    let year = time.year().clamp(0, 9999).unsigned_abs();
    let numbers = [year / 100, year % 100, time.month(), time.day(), time.hour(), time.minute(), time.second()];
    out.extend(numbers.map(|number| (number / 10 * 16 + number % 10) as u8));
}

/// `19850101`
pub(crate) fn read_date(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}

pub(crate) fn date(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year().clamp(0, 9999), date.month(), date.day())
}

/// Two decimal digits in one byte.
fn decimal(byte: u8) -> Option<u32> {
    let (tens, ones) = (byte >> 4, byte & 0x0f);
    (tens < 10 && ones < 10).then(|| u32::from(tens * 10 + ones))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    const EXAMPLE: [u8; 7] = [0x20, 0x22, 0x11, 0x04, 0x07, 0x58, 0x30];

    #[test]
    fn the_time_of_the_specification_is_read_and_written() {
        let time = read(&EXAMPLE).unwrap();
        assert_eq!(time.to_string(), "2022-11-04 07:58:30");
        let mut out = Vec::new();
        write(&mut out, time);
        assert_eq!(out, EXAMPLE);
    }

    #[test]
    fn a_device_is_eight_hours_ahead() {
        let time = read(&EXAMPLE).unwrap();
        assert_eq!(to_utc(time).to_rfc3339(), "2022-11-03T23:58:30+00:00");
        assert_eq!(from_utc(to_utc(time)), time);
        assert_eq!(to_utc(NaiveDateTime::MIN).naive_utc(), NaiveDateTime::MIN);
        assert_eq!(from_utc(DateTime::<Utc>::MAX_UTC), NaiveDateTime::MAX);
    }

    #[test]
    fn letters_are_no_digits_and_some_days_do_not_exist() {
        let changed = |at: usize, byte| {
            let mut bytes = EXAMPLE;
            bytes[at] = byte;
            read(&bytes)
        };
        for at in 0..7 {
            assert_eq!(changed(at, 0x0a), Err(NotATime::NotDecimal));
            assert_eq!(changed(at, 0xa0), Err(NotATime::NotDecimal));
        }
        for (at, byte) in [(2, 0x13), (2, 0x00), (3, 0x31), (3, 0x00), (4, 0x24), (5, 0x60), (6, 0x60)] {
            assert_eq!(changed(at, byte), Err(NotATime::Impossible));
        }
        assert_eq!(read(&[0; 7]), Err(NotATime::Impossible));
    }

    #[test]
    fn a_date_has_eight_digits_and_exists() {
        assert_eq!(date(read_date("20000229").unwrap()), "20000229");
        for text in ["", "2000022", "200002299", "19000229", "20001301", "2000+101", "二〇〇"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
