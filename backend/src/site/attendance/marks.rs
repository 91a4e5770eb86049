//! The accepted punches of one entry on one day, as the text a day row keeps, and what they come to.
//!
//! A mark is seven characters: `i`, `o` or `t` (in, out, by turns) and six digits, the seconds since midnight of the
//! day it counts for; after a night shift they go beyond 86400. A day's marks stand in the order they arrived, so
//! that the database can append one without reading the others; what follows from them does not depend on that order.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{entity::device::Direction, platform::types::clock};

const WIDTH: usize = 7;
const LATEST: i64 = 999_999;

/// One punch: when, and at which kind of device. In the order in which a day is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    second: u32,
    /// Of punches in the same second, in comes before out.
    letter: char,
}

impl Mark {
    pub fn new(direction: Direction, at: DateTime<Utc>, day: NaiveDate) -> Self {
        let second = (at - clock::day_start(day)).num_seconds().clamp(0, LATEST);
        let letter = match direction {
            Direction::In => 'i',
            Direction::Out => 'o',
            Direction::Turns => 't',
        };
        Self { second: u32::try_from(second).unwrap_or_default(), letter }
    }

    /// Adds it to a day's marks.
    pub fn append_to(self, marks: &mut String) {
        let Self { second, letter } = self;
        marks.push_str(&format!("{letter}{second:06}"));
    }

    fn at(self, day: NaiveDate) -> DateTime<Utc> {
        clock::day_start(day) + TimeDelta::seconds(self.second.into())
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let (letter, digits) = text.split_first()?;
        let letter = char::from(*letter);
        let second = std::str::from_utf8(digits).ok()?.parse().ok()?;
        matches!(letter, 'i' | 'o' | 't').then_some(Self { second, letter })
    }
}

/// What a punch counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    CameIn,
    WentOut,
    /// In, when already inside: the earlier one stands.
    WasInside,
    /// Out, without having come in.
    WasOutside,
    /// By turns, too soon after the one before: kept, but it counts as nothing.
    Repeated,
}

/// Goes through a day's punches in their order.
#[derive(Debug, Default)]
pub struct Walk {
    repeat_seconds: u32,
    came_in: Option<u32>,
    first: Option<u32>,
    last: Option<u32>,
    count: i32,
    seconds: u32,
}

impl Walk {
    pub fn new(repeat_minutes: i64) -> Self {
        let repeat_seconds = u32::try_from(repeat_minutes.saturating_mul(60)).unwrap_or_default();
        Self { repeat_seconds, ..Self::default() }
    }

    /// Takes the next punch, which is not before the last one.
    pub fn step(&mut self, mark: Mark) -> Counted {
        let Mark { second, letter } = mark;
        let too_soon = self.last.is_some_and(|last| second.saturating_sub(last) < self.repeat_seconds);
        if letter == 't' && too_soon {
            return Counted::Repeated;
        }
        self.first = self.first.or(Some(second));
        self.last = Some(second);
        self.count += 1;
        let goes_in = letter == 'i' || (letter == 't' && self.came_in.is_none());
        match (self.came_in, goes_in) {
            (None, true) => {
                self.came_in = Some(second);
                Counted::CameIn
            }
            (Some(_), true) => Counted::WasInside,
            (Some(since), false) => {
                self.came_in = None;
                self.seconds += second.saturating_sub(since);
                Counted::WentOut
            }
            (None, false) => Counted::WasOutside,
        }
    }
}

/// What a day comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// The first punch that counts.
    pub first_at: Option<DateTime<Utc>>,
    /// The last one, if there is a second.
    pub last_at: Option<DateTime<Utc>>,
    pub minutes: i32,
    pub count: i32,
    /// In and not out again.
    pub inside: bool,
    pub inside_since: Option<DateTime<Utc>>,
}

/// Reckons a day from its marks, in whatever order they arrived.
pub fn reckon(marks: &str, day: NaiveDate, repeat_minutes: i64) -> Reckoned {
    let mut walk = Walk::new(repeat_minutes);
    for mark in in_order(marks) {
        walk.step(mark);
    }
    let Walk { repeat_seconds: _, came_in, first, last, count, seconds } = walk;
    let at = |second: u32| Mark { second, letter: 'i' }.at(day);
    Reckoned {
        first_at: first.map(at),
        last_at: last.filter(|_| count > 1).map(at),
        minutes: i32::try_from(seconds / 60).unwrap_or(i32::MAX),
        count,
        inside: came_in.is_some(),
        inside_since: came_in.map(at),
    }
}

/// Whether two texts hold the same punches.
pub fn are_same(some: &str, others: &str) -> bool {
    in_order(some) == in_order(others)
}

fn in_order(marks: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = marks.as_bytes().chunks_exact(WIDTH).filter_map(Mark::parse).collect();
    marks.sort_unstable();
    marks
}

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
