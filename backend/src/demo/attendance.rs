//! A month of punches of the demo's people, up to this moment. The same on every day it is made, but for the dates.

use bytes::Bytes;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{
        device::{self, Direction},
        person, project,
        punch::PunchSource,
        roster_entry,
    },
    platform::{
        App,
        files::service::read_terminal,
        types::clock::{china_today, from_china},
        web::Result,
    },
    site::{
        attendance::service::{Arrived, record},
        roster::query::Admission,
    },
};

const DAYS: u64 = 30;
/// Photos are of the last days only.
const DAYS_WITH_PHOTOS: u64 = 2;
/// Punches in one transaction.
const BATCH: usize = 500;

/// Records them as the gateway does, so that days and refusals come out as they would have.
pub async fn fill(app: &App, project: &project::Model) -> Result<()> {
    let devices = device::Entity::find().filter(device::Column::ProjectId.eq(project.id)).all(app.db.reader()).await?;
    let month = Month { admission: Admission::of(app, project).await?, devices, now: Utc::now(), today: china_today() };
    let mut punches: Vec<Arrived> = Vec::new();
    let people = roster_entry::Entity::find()
        .filter(roster_entry::Column::ProjectId.eq(project.id))
        .find_also_related(person::Entity)
        .all(app.db.reader())
        .await?;
    for (entry, person) in people.into_iter().filter_map(|(entry, person)| Some((entry, person?))) {
        let face = match person.photo_file_id {
            Some(photo) => read_terminal(app, photo).await?,
            None => Bytes::new(),
        };
        punches.extend(month.of(&entry, &Somebody { number: person.number, face }));
    }
    punches.sort_by_key(|punch| punch.at);
    for batch in punches.chunks(BATCH) {
        record(app, batch).await?;
    }
    Ok(())
}

struct Somebody {
    number: i64,
    face: Bytes,
}

struct Month {
    admission: Admission,
    devices: Vec<device::Model>,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl Month {
    fn of(&self, entry: &roster_entry::Model, somebody: &Somebody) -> Vec<Arrived> {
        let seed = somebody.number.unsigned_abs();
        let from = entry.entered_on.max(self.today - Days::new(DAYS));
        let until = entry.exited_on.unwrap_or(self.today).min(self.today);
        let days = from.iter_days().take_while(|day| *day <= until);
        days.filter(|day| is_at_work(seed, *day)).flat_map(|day| self.day(seed, somebody, day)).collect()
    }

    /// In and out again, with an hour's rest for some.
    fn day(&self, seed: u64, somebody: &Somebody, day: NaiveDate) -> Vec<Arrived> {
        let luck = mixed(seed, day);
        let minute = |from: u64, spread: u64, turn: u32| from + (luck >> turn) % spread;
        let mut minutes = vec![(minute(6 * 60 + 40, 45, 3), Direction::In)];
        if luck.is_multiple_of(3) {
            minutes.push((minute(11 * 60 + 30, 20, 7), Direction::Out));
            minutes.push((minute(13 * 60, 25, 11), Direction::In));
        }
        // Now and then somebody forgets to punch out.
        if !luck.is_multiple_of(19) {
            minutes.push((minute(17 * 60 + 20, 70, 13), Direction::Out));
        }
        let at = |minute: u64| {
            let seconds = i64::try_from(minute * 60 + luck % 60).unwrap_or_default();
            from_china(NaiveDateTime::new(day, NaiveTime::MIN) + TimeDelta::seconds(seconds))
        };
        let punches = minutes.into_iter().map(|(minute, direction)| (at(minute), direction));
        punches.filter(|(at, _)| *at < self.now).filter_map(|(at, way)| self.punch(somebody, at, way)).collect()
    }

    fn punch(&self, somebody: &Somebody, at: DateTime<Utc>, way: Direction) -> Option<Arrived> {
        let device = self.devices.iter().find(|device| device.direction == way)?;
        let (day, number) = (self.admission.day_of(at), somebody.number);
        let (person_id, entry_id, refusal): (Option<Uuid>, Option<Uuid>, _) = match self.admission.judge(number, day) {
            Ok(stay) => (Some(stay.person_id), Some(stay.entry_id), None),
            Err(refused) => (refused.person_id, refused.entry_id, Some(refused.text.into_owned())),
        };
        let is_recent = day + Days::new(DAYS_WITH_PHOTOS) > self.today;
        let photo = if is_recent { somebody.face.clone() } else { Bytes::new() };
        Some(Arrived {
            project_id: device.project_id,
            device_id: device.id,
            person_number: number,
            person_id,
            entry_id,
            at,
            received_at: at + TimeDelta::seconds(1),
            day,
            mode: 6,
            direction: device.direction,
            source: PunchSource::Terminal,
            refusal,
            photo,
            repeat_minutes: self.admission.policy.repeat_minutes,
        })
    }
}

/// Most days, and few Sundays.
fn is_at_work(seed: u64, day: NaiveDate) -> bool {
    let luck = mixed(seed, day) % 100;
    if day.weekday() == Weekday::Sun { luck < 35 } else { luck < 92 }
}

/// A number that looks like chance and is the same for the same person and day.
fn mixed(seed: u64, day: NaiveDate) -> u64 {
    let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(day.num_days_from_ce().unsigned_abs());
    for shift in [30, 27, 31] {
        mixed = (mixed ^ (mixed >> shift)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    mixed >> 8
}
