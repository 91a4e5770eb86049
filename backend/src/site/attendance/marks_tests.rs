#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

use proptest::prelude::*;

use super::*;

const REPEAT: i64 = 2;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 4).unwrap()
}

/// Punches like "i 07:58", "o 25:10" (ten past one in the night after).
fn marks(punches: &[&str]) -> String {
    let mut marks = String::new();
    for punch in punches {
        let (letter, time) = punch.split_once(' ').unwrap();
        let (hour, minute) = time.split_once(':').unwrap();
        let second = hour.parse::<i64>().unwrap() * 3600 + minute.parse::<i64>().unwrap() * 60;
        let direction = match letter {
            "i" => Direction::In,
            "o" => Direction::Out,
            _ => Direction::Turns,
        };
        Mark::new(direction, clock::day_start(today()) + TimeDelta::seconds(second), today()).append_to(&mut marks);
    }
    marks
}

fn day(punches: &[&str]) -> Reckoned {
    reckon(&marks(punches), today(), REPEAT)
}

fn time(hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    Some(clock::day_start(today()) + TimeDelta::minutes(i64::from(hour * 60 + minute)))
}

#[test]
fn a_mark_is_a_letter_and_six_digits() {
    assert_eq!(marks(&["i 07:58", "t 00:00", "o 31:59"]), "i028680t000000o115140");
}

#[test]
fn a_day_with_a_break_is_the_sum_of_its_halves() {
    let day = day(&["i 07:58", "o 12:00", "i 13:00", "o 18:30"]);
    assert_eq!((day.minutes, day.count, day.inside), (242 + 330, 4, false));
    assert_eq!((day.first_at, day.last_at), (time(7, 58), time(18, 30)));
}

#[test]
fn a_night_shift_goes_on_past_midnight() {
    let day = day(&["i 20:00", "o 27:30"]);
    assert_eq!((day.minutes, day.last_at), (450, time(27, 30)));
}

#[test]
fn coming_in_twice_keeps_the_earlier_and_leaving_twice_adds_nothing() {
    let day = day(&["i 08:00", "i 09:00", "o 12:00", "o 12:30"]);
    assert_eq!((day.minutes, day.count, day.last_at), (240, 4, time(12, 30)));
    let out_only = self::day(&["o 12:00"]);
    assert_eq!((out_only.minutes, out_only.count, out_only.inside, out_only.last_at), (0, 1, false, None));
}

#[test]
fn by_turns_a_second_punch_within_the_policys_minutes_does_not_count() {
    let day = day(&["t 08:00", "t 08:01", "t 12:00", "t 12:02"]);
    assert_eq!((day.minutes, day.count, day.inside), (240, 3, true));
    assert_eq!(day.inside_since, time(12, 2));
    assert_eq!(reckon(&marks(&["t 08:00", "t 08:01"]), today(), 0).minutes, 1);
}

#[test]
fn somebody_inside_has_been_so_since_they_came_in() {
    let day = day(&["i 08:00", "o 12:00", "i 13:00", "i 14:00"]);
    assert!(day.inside);
    assert_eq!((day.inside_since, day.last_at), (time(13, 0), time(14, 0)));
}

#[test]
fn what_each_punch_counted_as_is_told() {
    let mut walk = Walk::new(REPEAT);
    let told = in_order(&marks(&["t 08:00", "t 08:01", "i 09:00", "o 10:00", "o 11:00"]));
    let told: Vec<_> = told.into_iter().map(|mark| walk.step(mark)).collect();
    use Counted::{CameIn, Repeated, WasInside, WasOutside, WentOut};
    assert_eq!(told, [CameIn, Repeated, WasInside, WentOut, WasOutside]);
}

#[test]
fn what_is_no_mark_is_passed_over() {
    assert_eq!(reckon("", today(), REPEAT), Reckoned::default());
    assert_eq!(reckon("x000001i02868", today(), REPEAT), Reckoned::default());
    assert_eq!(reckon("考勤", today(), REPEAT), Reckoned::default());
}

fn some_marks() -> impl Strategy<Value = Vec<(u32, char)>> {
    prop::collection::vec((0_u32..115_200, prop::sample::select(vec!['i', 'o', 't'])), 0..40)
}

fn text(marks: &[(u32, char)]) -> String {
    let mut text = String::new();
    marks.iter().for_each(|(second, letter)| Mark { second: *second, letter: *letter }.append_to(&mut text));
    text
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(marks in some_marks(), seed in any::<u64>(), repeat in 0_i64..60) {
        let mut shuffled = marks.clone();
        shuffled.sort_by_key(|(second, letter)| (u64::from(*second) ^ seed).wrapping_mul(0x9e37_79b9).rotate_left(u32::from(*letter)));
        prop_assert_eq!(reckon(&text(&marks), today(), repeat), reckon(&text(&shuffled), today(), repeat));
    }

    #[test]
    fn a_day_is_never_longer_than_from_its_first_punch_to_its_last(marks in some_marks(), repeat in 0_i64..60) {
        let day = reckon(&text(&marks), today(), repeat);
        let span = day.last_at.zip(day.first_at).map_or(0, |(last, first)| (last - first).num_minutes());
        prop_assert!((0..=span).contains(&i64::from(day.minutes)));
        prop_assert!(usize::try_from(day.count).unwrap() <= marks.len());
        prop_assert_eq!(day.first_at.is_some(), !marks.is_empty());
    }

    #[test]
    fn a_turn_that_is_repeated_at_once_changes_nothing(marks in some_marks(), repeat in 1_i64..60) {
        let turns: Vec<(u32, char)> = marks.iter().map(|(second, _)| (*second, 't')).collect();
        let twice = [turns.as_slice(), &turns].concat();
        prop_assert_eq!(reckon(&text(&turns), today(), repeat), reckon(&text(&twice), today(), repeat));
    }

    #[test]
    fn nothing_that_stands_in_the_column_makes_it_fail(marks in ".{0,60}") {
        reckon(&marks, today(), REPEAT);
    }
}
