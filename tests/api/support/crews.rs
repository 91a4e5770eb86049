//! Somebody in a crew, as rows: for stories about crews and not about how people come into them.

use chrono::Utc;
use mingce::entity::{
    company::UploadState,
    roster_entry::{self, EntryKind},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use super::{Client, TestApp, days_ago};

/// A day as forms send it.
pub fn ago(days: u64) -> String {
    days_ago(days).to_string()
}

pub fn id_of(row: &Value) -> Uuid {
    row["id"].as_str().unwrap().parse().unwrap()
}

impl TestApp {
    /// A worker on site in a crew (as the API shows it) since a day.
    pub async fn put_into(&self, crew: &Value, name: &str, entered_on: &str) -> roster_entry::Model {
        let person = self.person_row(name).await.id;
        self.put_person_into(crew, person, entered_on).await
    }

    pub async fn put_person_into(&self, crew: &Value, person: Uuid, entered_on: &str) -> roster_entry::Model {
        let id = |key: &str| Set(crew[key].as_str().unwrap().parse().unwrap());
        let entry = roster_entry::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: id("project_id"),
            person_id: Set(person),
            unit_id: id("unit_id"),
            crew_id: id("id"),
            kind: Set(EntryKind::Worker),
            entered_on: Set(entered_on.parse().unwrap()),
            upload_state: Set(UploadState::Uploaded),
            created_at: Set(Utc::now()),
            revision: Set(1),
            ..Default::default()
        };
        entry.insert(self.app.db.writer()).await.unwrap()
    }

    pub async fn entry(&self, entry: &roster_entry::Model) -> roster_entry::Model {
        roster_entry::Entity::find_by_id(entry.id).one(self.app.db.writer()).await.unwrap().unwrap()
    }
}

/// Asks for an export, waits for its job and reads the workbook it made: the header and the rows.
pub async fn exported(client: &Client, path: &str, body: Value) -> Vec<Vec<String>> {
    use calamine::{Reader, Xlsx};
    let asked = client.post(path, body).await;
    assert_eq!(asked.status, 201, "{}", asked.json);
    let job = format!("/jobs/{}", asked.json["id"].as_str().unwrap());
    let mut seen = client.get(&job).await.ok();
    for _ in 0..200 {
        if seen["state"] != "queued" && seen["state"] != "running" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        seen = client.get(&job).await.ok();
    }
    assert_eq!(seen["state"], "done", "{seen}");
    let url = seen["file"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let bytes = client.get(&url).await.bytes;
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
