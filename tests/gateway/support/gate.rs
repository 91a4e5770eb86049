use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use mingce::{
    channels::terminal::client::{Gateway, Terminal},
    entity::{
        crew::{self, CrewKind},
        device::{self, DeviceKind, Direction},
        device_state, person, project, punch, roster_entry, vendor,
    },
    platform::files::{Purpose, Upload, service::store},
};
use pictures::portrait;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Database, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use terminal_protocol::{
    Reply, Request,
    messages::{Mode, Punch},
    time,
};
use uuid::Uuid;

use crate::api::support::{TestApp, days_ago};

/// A project with a workers' crew and a device at its gate.
pub struct Gate<'a> {
    pub app: &'a TestApp,
    pub vendor: vendor::Model,
    pub project: project::Model,
    pub crew: crew::Model,
    pub device: device::Model,
}

impl<'a> Gate<'a> {
    pub async fn open(app: &'a TestApp) -> Self {
        let project = app.project("440703").await;
        let company = app.company("440700", "江门市第一建设有限公司").await;
        let unit = app.unit_row(&project, &company, "009").await;
        let crew = app.crew_row(&unit, CrewKind::Workers, "钢筋班").await;
        let vendor = app.vendor("440703").await;
        let vendor = vendor::ActiveModel { code: Set(code()), ..vendor.into_active_model() };
        let vendor = vendor.update(app.app.db.writer()).await.unwrap();
        let device = device_row(app, &project, &vendor, Direction::Turns).await;
        Self { app, vendor, project, crew, device }
    }

    /// Another device at the same gate.
    pub async fn device(&self, direction: Direction) -> device::Model {
        device_row(self.app, &self.project, &self.vendor, direction).await
    }

    /// Somebody on site for ten days, complete and with a photo.
    pub async fn worker(&self, name: &str) -> person::Model {
        let person = self.app.person_row(name).await;
        let seed = u64::try_from(person.number).unwrap();
        let face = Upload { purpose: Purpose::Photo, name: "face.jpg".to_owned(), bytes: portrait(seed).into() };
        let photo = store(&self.app.app, None, face);
        let person = person::ActiveModel {
            photo_file_id: Set(Some(photo.await.unwrap().id)),
            bank_card_mask: Set(Some("6222 **** 0001".to_owned())),
            address: Set(Some("演示省演示市演示路1号".to_owned())),
            id_authority: Set(Some("演示市公安局".to_owned())),
            id_valid_from: Set(Some(days_ago(900))),
            ..person.into_active_model()
        };
        let person = person.update(self.app.app.db.writer()).await.unwrap();
        let entry = self.app.entry_row(&self.crew, &person, None, days_ago(10)).await;
        self.edit_entry(entry, |entry| entry.work_type = Set(Some("020".to_owned()))).await;
        person
    }

    /// Changes a roster entry behind everybody's back.
    pub async fn edit_entry(&self, entry: roster_entry::Model, change: impl FnOnce(&mut roster_entry::ActiveModel)) {
        let mut row = entry.into_active_model();
        change(&mut row);
        row.update(self.app.app.db.writer()).await.unwrap();
    }

    pub fn gateway(&self) -> Gateway {
        Gateway::plain(self.app.gateway.unwrap())
    }

    pub async fn connect(&self) -> Terminal {
        self.gateway().connect().await.unwrap()
    }

    /// The gate's device, logged in.
    pub async fn terminal(&self) -> Terminal {
        self.terminal_of(&self.device).await
    }

    pub async fn terminal_of(&self, device: &device::Model) -> Terminal {
        let mut terminal = self.connect().await;
        let reply = terminal.log_in(&self.vendor.code, &device.serial).await.unwrap();
        assert_eq!(reply, Reply::Login);
        terminal
    }
}

fn code() -> String {
    Uuid::now_v7().simple().to_string()
}

async fn device_row(
    app: &TestApp,
    project: &project::Model,
    vendor: &vendor::Model,
    direction: Direction,
) -> device::Model {
    let device = device::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        vendor_id: Set(vendor.id),
        serial: Set(code()),
        kind: Set(DeviceKind::Attendance),
        place: Set("1 号门".to_owned()),
        direction: Set(direction),
        model: Set(None),
        replaces_id: Set(None),
        unbound_at: Set(None),
        unbound_reason: Set(None),
        created_at: Set(Utc::now()),
        revision: Set(1),
    };
    device.insert(app.app.db.writer()).await.unwrap()
}

/// What a device's clock shows so many seconds from now.
pub fn at(seconds: i64) -> NaiveDateTime {
    let now = time::from_utc(Utc::now() + TimeDelta::seconds(seconds));
    now.with_nanosecond(0).unwrap()
}

/// A punch by face, with a photo that tells whose it is.
pub fn punch(person: &person::Model, time: NaiveDateTime) -> Request {
    let worker_number = u32::try_from(person.number).unwrap();
    let photo = portrait(worker_number.into()).into();
    Request::Attendance(Punch { worker_number, time, mode: Mode::FACE, photo })
}

/// A device's punches as they are on disk, in the order of their times. Over a connection of its own: the platform may
/// have stopped.
pub async fn kept_punches(app: &TestApp, device: &device::Model) -> Vec<punch::Model> {
    punch::Entity::find()
        .filter(punch::Column::DeviceId.eq(device.id))
        .order_by_asc(punch::Column::At)
        .all(&Database::connect(app.app.config.database.url.expose()).await.unwrap())
        .await
        .unwrap()
}

pub fn utc(time: NaiveDateTime) -> DateTime<Utc> {
    time::to_utc(time)
}

/// Waits until the console would show it of the gate's device.
pub async fn state_with(gate: &Gate<'_>, shows: impl Fn(&device_state::Model) -> bool) -> device_state::Model {
    for _ in 0..200 {
        let state = device_state::Entity::find_by_id(gate.device.id).one(gate.app.app.db.reader()).await.unwrap();
        if let Some(state) = state.filter(&shows) {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the device's state never shows it");
}
