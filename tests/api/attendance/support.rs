//! A gate with a terminal, workers who may punch there, and an ear for what is announced.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use futures_util::{StreamExt, stream::BoxStream};
use mingce::{
    entity::{
        attendance_day,
        device::{self, DeviceKind, Direction},
        person, punch,
        punch::PunchSource,
    },
    platform::{cache::Event, types::clock},
    registry::{
        policies::Policy,
        presence::{ADMISSION_TOPIC, Touched, announce},
    },
    site::{
        attendance::service::{Arrived, Recorded, record},
        roster::query::Admission,
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::api::{
    roster::support::{Site, ended},
    support::TestApp,
};

/// Days of attendance, counted back from the one that is running: until the cut at four in the morning that is still
/// yesterday's.
pub fn days_ago(days: u64) -> NaiveDate {
    Policy::default().day_of(Utc::now()) - Days::new(days)
}

pub fn ago(days: u64) -> String {
    days_ago(days).to_string()
}

/// A photo of a punch as far as the platform is concerned.
pub const PHOTO: &[u8] = b"\xff\xd8\xff a face";

/// Somebody who may punch.
#[derive(Clone, Debug)]
pub struct Worker {
    pub person: person::Model,
    pub entry: Value,
}

impl Worker {
    pub fn entry_id(&self) -> Uuid {
        self.entry["id"].as_str().unwrap().parse().unwrap()
    }
}

/// A site's gate with one device.
pub struct Gate<'a> {
    pub app: &'a TestApp,
    pub site: Site,
    pub device: device::Model,
}

impl<'a> Gate<'a> {
    /// By turns.
    pub async fn new(app: &'a TestApp) -> Self {
        Self::of(app, Site::new(app).await, Direction::Turns).await
    }

    pub async fn of(app: &'a TestApp, site: Site, direction: Direction) -> Self {
        let device = device_row(app, &site, "1号门", direction).await;
        Self { app, site, device }
    }

    /// A worker with a wage card in the rebar crew since five days ago.
    pub async fn worker(&self, name: &str) -> Worker {
        let person = self.site.worker(self.app, name).await;
        let person = give_card(self.app, &person).await;
        let entry = self.site.entered(&self.site.rebar, &person, json!({})).await;
        Worker { person, entry }
    }

    /// A punch as the gateway makes it: judged by who may punch here.
    pub async fn punch(&self, number: i64, days_ago: u64, time: &str) -> Arrived {
        let at = at(days_ago, time);
        let admission = Admission::read(&self.app.app, self.site.project.id).await.unwrap();
        let day = admission.day_of(at);
        let (person_id, entry_id, refusal) = match admission.judge(number, day) {
            Ok(stay) => (Some(stay.person_id), Some(stay.entry_id), None),
            Err(refused) => (refused.person_id, refused.entry_id, Some(refused.text.into_owned())),
        };
        Arrived {
            project_id: self.site.project.id,
            device_id: self.device.id,
            person_number: number,
            person_id,
            entry_id,
            at,
            received_at: Utc::now(),
            day,
            mode: 6,
            direction: self.device.direction,
            source: PunchSource::Terminal,
            refusal,
            photo: Bytes::from_static(PHOTO),
            repeat_minutes: admission.policy.repeat_minutes,
        }
    }

    /// Records a worker's punches of a day, one after another.
    pub async fn punches(&self, worker: &Worker, days_ago: u64, times: &[&str]) -> Vec<Recorded> {
        let mut recorded = Vec::new();
        for time in times {
            let punch = self.punch(worker.person.number, days_ago, time).await;
            recorded.extend(record(&self.app.app, &[punch]).await.unwrap());
        }
        recorded
    }

    pub async fn day(&self, worker: &Worker, days_ago: u64) -> Option<attendance_day::Model> {
        let key = (self.site.project.id, worker.entry_id(), self::days_ago(days_ago));
        attendance_day::Entity::find_by_id(key).one(self.app.app.db.writer()).await.unwrap()
    }

    /// Everything that is kept, the earliest first.
    pub async fn kept(&self) -> Vec<punch::Model> {
        let here = punch::Entity::find().filter(punch::Column::ProjectId.eq(self.site.project.id));
        here.order_by_asc(punch::Column::At).all(self.app.app.db.writer()).await.unwrap()
    }
}

/// An instant by the clock on the wall.
pub fn at(days_ago: u64, time: &str) -> DateTime<Utc> {
    let day: NaiveDate = self::days_ago(days_ago);
    clock::from_china(day.and_time(time.parse::<NaiveTime>().unwrap()))
}

pub async fn device_row(app: &TestApp, site: &Site, place: &str, direction: Direction) -> device::Model {
    let vendor = app.vendor("440703").await;
    let device = device::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(site.project.id),
        vendor_id: Set(vendor.id),
        serial: Set(Uuid::now_v7().simple().to_string()),
        kind: Set(DeviceKind::Attendance),
        place: Set(place.to_owned()),
        direction: Set(direction),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    device.insert(app.app.db.writer()).await.unwrap()
}

/// Somebody with a wage card.
pub async fn give_card(app: &TestApp, person: &person::Model) -> person::Model {
    let row = person::ActiveModel {
        id: Set(person.id),
        bank_card_sealed: Set(Some("sealed".to_owned())),
        bank_card_mask: Set(Some("************0013".to_owned())),
        ..Default::default()
    };
    row.update(app.app.db.writer()).await.unwrap()
}

/// Hears what is announced about who may punch, from now on.
pub struct Ear(BoxStream<'static, Event>);

impl Ear {
    pub async fn of(app: &TestApp) -> Self {
        let mut ear = Self(app.app.cache.subscribe(ADMISSION_TOPIC).await.unwrap());
        // What was said before may still be on its way.
        let mark = Touched::Region("990000".to_owned());
        announce(&app.app, mark.clone()).await;
        while ear.next().await != mark {}
        ear
    }

    async fn next(&mut self) -> Touched {
        let next = tokio::time::timeout(Duration::from_secs(5), self.0.next()).await;
        Touched::heard(&next.unwrap().unwrap())
    }

    #[track_caller]
    pub fn hears(&mut self, expected: Touched) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move { assert_eq!(self.next().await, expected, "{caller}") }
    }
}
