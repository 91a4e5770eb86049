//! A batch put in order: every punch once, sorted by its key.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

use super::{Arrived, Day, DayKey, Outcome, Recorded};
use crate::{platform::types::clock, site::attendance::marks::Mark};

/// What makes a punch the same punch.
pub(super) type Key = (Uuid, i64, DateTime<Utc>);

fn key_of(punch: &Arrived) -> Key {
    (punch.device_id, punch.person_number, punch.at.trunc_subsecs(0))
}

/// A row in the making.
pub(super) struct Row<'a> {
    pub id: Uuid,
    pub key: Key,
    pub punch: &'a Arrived,
}

impl Row<'_> {
    pub fn photo_size(&self) -> i32 {
        i32::try_from(self.punch.photo.len()).unwrap_or(i32::MAX)
    }

    /// Photos are kept by the day on which they came, so that a day closes and goes as a whole.
    pub fn received_on(&self) -> chrono::NaiveDate {
        clock::china_day(self.punch.received_at)
    }
}

pub(super) struct Batch<'a> {
    arrived: &'a [Arrived],
    pub rows: Vec<Row<'a>>,
}

impl<'a> Batch<'a> {
    pub fn of(arrived: &'a [Arrived]) -> Self {
        // Of punches that are the same, the one that arrived first is written.
        let mut firsts = BTreeMap::new();
        for punch in arrived {
            let key = key_of(punch);
            firsts.entry(key).or_insert_with(|| Row { id: Uuid::now_v7(), key, punch });
        }
        Self { arrived, rows: firsts.into_values().collect() }
    }

    pub fn new_rows(&self, outcome: &Outcome) -> Vec<&Row<'a>> {
        self.rows.iter().filter(|row| outcome.new.contains(&row.id)).collect()
    }

    /// Those whose earlier answers have to be looked up.
    pub fn repeats(&self, outcome: &Outcome) -> Vec<&Row<'a>> {
        self.rows.iter().filter(|row| !outcome.new.contains(&row.id)).collect()
    }

    /// The days that new punches change, by key; those that were refused change none.
    pub fn days(&self, outcome: &Outcome) -> Vec<Day> {
        let mut days: BTreeMap<DayKey, Day> = BTreeMap::new();
        for Row { id: _, key: (_, _, at), punch } in self.new_rows(outcome) {
            let (None, Some(entry_id), Some(person_id)) = (&punch.refusal, punch.entry_id, punch.person_id) else {
                continue;
            };
            let key = DayKey { project_id: punch.project_id, entry_id, day: punch.day };
            let day = days.entry(key).or_insert_with(|| Day::new(key, person_id, punch.repeat_minutes));
            Mark::new(punch.direction, *at, punch.day).append_to(&mut day.marks);
        }
        days.into_values().map(Day::reckoned).collect()
    }

    pub fn answers(&self, outcome: &Outcome) -> Vec<Recorded> {
        let mut first: HashMap<Key, &Row<'_>> = self.new_rows(outcome).into_iter().map(|row| (row.key, row)).collect();
        let mut answer = |punch: &Arrived| {
            let key = key_of(punch);
            // What was new answers once; whoever comes after it in the same batch repeats it.
            match first.remove(&key) {
                Some(row) => Recorded::New { id: row.id },
                None => Recorded::Repeat { refusal: self.earlier_refusal(outcome, &key) },
            }
        };
        self.arrived.iter().map(&mut answer).collect()
    }

    fn earlier_refusal(&self, outcome: &Outcome, key: &Key) -> Option<String> {
        match outcome.known.get(key) {
            Some(refusal) => refusal.clone(),
            None => {
                let at = self.rows.binary_search_by_key(key, |row| row.key).ok();
                at.and_then(|at| self.rows.get(at)).and_then(|row| row.punch.refusal.clone())
            }
        }
    }
}
