//! What a punch's time says about the clock of its device.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// A punch from further in the future is refused: the day it would count for has not come, or its time means nothing.
const FURTHEST_AHEAD: TimeDelta = TimeDelta::minutes(10);
/// A device that has just logged in, or that sends one punch after the other, may be sending stored ones. After so long
/// without any it has none left, and what comes was made this moment.
const QUIET: Duration = Duration::from_secs(60);

pub fn is_ahead(at: DateTime<Utc>, received_at: DateTime<Utc>) -> bool {
    at - received_at > FURTHEST_AHEAD
}

/// How many seconds the device's clock is ahead of ours, if this punch tells. A stored one does not: it is old, and the
/// clock may be right. One from the future does, whenever it comes.
pub fn reading(at: DateTime<Utc>, received_at: DateTime<Utc>, quiet_for: Duration) -> Option<i64> {
    let ahead = (at - received_at).num_seconds();
    (ahead > 0 || quiet_for >= QUIET).then_some(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn ten_minutes_ahead_are_accepted_and_no_more() {
        assert!(!is_ahead(at(600), at(0)));
        assert!(is_ahead(at(601), at(0)));
        assert!(!is_ahead(at(0), at(1_000_000)));
    }

    #[test]
    fn a_stored_punch_says_nothing_of_the_clock() {
        assert_eq!(reading(at(0), at(7200), Duration::from_secs(1)), None);
    }

    #[test]
    fn a_punch_after_some_quiet_shows_what_the_clock_shows() {
        assert_eq!(reading(at(0), at(300), QUIET), Some(-300));
        assert_eq!(reading(at(1), at(0), QUIET), Some(1));
    }

    #[test]
    fn a_punch_from_the_future_shows_it_at_once() {
        assert_eq!(reading(at(300), at(0), Duration::ZERO), Some(300));
    }
}
