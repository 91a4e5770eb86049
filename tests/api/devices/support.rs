//! A site with a vendor whose terminals hang at its gates.

use bytes::Bytes;
use mingce::{
    entity::{person, roster_entry, vendor},
    platform::files::{
        Purpose, Upload,
        service::{claim, store},
    },
    site::devices::{
        query::{self, BoundDevice, Whitelist},
        service::{self, ListReport},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::api::{
    roster::support::Site,
    support::{TestApp, days_ago, id_of},
};
use crate::platform::pictures::jpeg;

pub struct Gate<'a> {
    pub app: &'a TestApp,
    pub site: Site,
    pub vendor: vendor::Model,
}

impl<'a> Gate<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        Self { app, site: Site::new(app).await, vendor: app.vendor("440703").await }
    }

    pub fn path(&self, rest: &str) -> String {
        self.site.path(rest)
    }

    pub fn path_of(&self, device: &Value) -> String {
        self.path(&format!("devices/{}", id_of(device)))
    }

    /// What 【登记考勤设备】 sends.
    pub fn entry(&self, serial: &str) -> Value {
        json!({
            "vendor_code": self.vendor.code, "serial": serial, "kind": "attendance", "place": "1 号门", "direction": "in",
        })
    }

    pub async fn register(&self, serial: &str) -> Value {
        self.site.staff.post(&self.path("devices"), self.entry(serial)).await.ok()
    }

    pub async fn show(&self, device: &Value) -> Value {
        self.site.staff.get(&self.path_of(device)).await.ok()
    }

    /// The device as it logs in.
    pub async fn logged_in(&self, serial: &str) -> BoundDevice {
        query::log_in(&self.app.app, &self.vendor.code, serial).await.unwrap().unwrap()
    }

    /// The device on a connection of its own.
    pub async fn connected(&self, serial: &str) -> (BoundDevice, Uuid) {
        let (device, connection) = (self.logged_in(serial).await, Uuid::now_v7());
        assert!(service::connected(&self.app.app, &device, connection, "10.0.0.7:51000").await.unwrap());
        (device, connection)
    }

    /// Somebody in the rebar crew who may punch: with a photo, a trade and a wage card.
    pub async fn worker(&self, name: &str) -> person::Model {
        let person = self.app.person_row(name).await;
        let photo = photo(self.app).await;
        let row = person::ActiveModel {
            id: Set(person.id),
            photo_file_id: Set(Some(photo)),
            bank_card_sealed: Set(Some("sealed".to_owned())),
            bank_card_mask: Set(Some("************0013".to_owned())),
            ..Default::default()
        };
        let person = row.update(self.app.app.db.writer()).await.unwrap();
        let entry = self.app.entry_row(&self.site.rebar, &person, None, days_ago(3)).await;
        let trade = roster_entry::ActiveModel {
            id: Set(entry.id),
            work_type: Set(Some("020".to_owned())),
            ..Default::default()
        };
        trade.update(self.app.app.db.writer()).await.unwrap();
        person
    }

    /// Takes somebody off the site, as a row.
    pub async fn exit(&self, entry: &roster_entry::Model) {
        let row =
            roster_entry::ActiveModel { id: Set(entry.id), exited_on: Set(Some(days_ago(0))), ..Default::default() };
        row.update(self.app.app.db.writer()).await.unwrap();
    }

    /// The device asks for its list and tells how many people it has.
    pub async fn lists(&self, device: &BoundDevice, connection: Uuid, count: i64, bytes: i64) {
        let expected = Whitelist::of(&self.app.app, &self.site.project).await.unwrap().size();
        let report = ListReport { count, bytes, expected_count: expected.count, expected_bytes: expected.bytes };
        service::listed(&self.app.app, device, connection, report).await.unwrap();
    }

    /// The same, by a device that knows everybody.
    pub async fn lists_everybody(&self, device: &BoundDevice, connection: Uuid) {
        let expected = Whitelist::of(&self.app.app, &self.site.project).await.unwrap().size();
        self.lists(device, connection, expected.count, expected.bytes).await;
    }
}

/// A stored photo that somebody's row refers to.
pub async fn photo(app: &TestApp) -> Uuid {
    let width = 100 + u32::from(rand::random::<u8>());
    let bytes = Bytes::from(jpeg(width, 160));
    let upload = Upload { purpose: Purpose::Photo, name: "photo.jpg".to_owned(), bytes };
    let file = store(&app.app, None, upload).await.unwrap();
    claim(app.app.db.writer(), None, Purpose::Photo, file.id, "photo").await.unwrap();
    file.id
}
