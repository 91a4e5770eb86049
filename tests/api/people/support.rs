//! Made-up people and sites for stories about people.

use chrono::{NaiveDate, Utc};
use mingce::{
    entity::{
        audit, company::UploadState, crew, crew::CrewKind, person, project, roster_entry, roster_entry::EntryKind, unit,
    },
    platform::types::{Sex, clock, synthetic},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::api::support::{Answer, Client, TestApp};

/// The number of a man born on 1 March 1985, another one every time.
pub fn somebody() -> String {
    synthetic::id_number(rand::random(), day("1985-03-01"), Sex::Male).expose().to_owned()
}

pub fn woman_born(on: &str) -> String {
    synthetic::id_number(rand::random(), day(on), Sex::Female).expose().to_owned()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn years_since(text: &str) -> u32 {
    clock::china_today().years_since(day(text)).unwrap()
}

pub fn new_person(id_number: &str, name: &str) -> Value {
    json!({ "id_number": id_number, "name": name, "ethnic": "汉族", "region_code": "440703" })
}

pub async fn edit(client: &Client, id: &str, revision: i32, form: Value) -> Answer {
    let request = client.request(Method::PATCH, &format!("/people/{id}")).header("if-match", format!("\"{revision}\""));
    client.send(request.json(&form)).await
}

/// Fails when the number, or enough of it to guess the rest, is in an answer.
#[track_caller]
pub fn assert_conceals(answer: &Value, id_number: &str) {
    let text = answer.to_string();
    assert!(!text.contains(id_number) && !text.contains(&id_number[6..14]), "{text}");
}

/// The audit, the oldest entry first.
pub async fn audit_of(app: &TestApp) -> Vec<Value> {
    let rows = audit::Entity::find().order_by_asc(audit::Column::Id).all(app.app.db.reader()).await.unwrap();
    let entry = |row: audit::Model| {
        json!({
            "action": row.action, "subject": row.subject_name, "subject_id": row.subject_id, "reason": row.reason,
            "before": row.before, "after": row.after,
        })
    };
    rows.into_iter().map(entry).collect()
}

/// What lies in the database, but for the birth date, which is a column of its own.
pub async fn row_of(app: &TestApp, person: &Value) -> String {
    let id: Uuid = person["id"].as_str().unwrap().parse().unwrap();
    let row = person::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
    assert!(row.id_number_sealed.starts_with("demo."));
    format!("{row:?}")
}

/// A project with a contractor and a crew.
pub struct Site {
    pub project: project::Model,
    pub unit: unit::Model,
    pub crew: crew::Model,
}

pub async fn site(app: &TestApp, region: &str) -> Site {
    let project = app.project(region).await;
    let company = app.company(region, "江门建工有限公司").await;
    let db = app.app.db.writer();
    let unit = unit::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        company_id: Set(company.id),
        kind: Set("009".to_owned()),
        entered_on: Set(day("2026-01-01")),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    let unit = unit.insert(db).await.unwrap();
    let crew = crew::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project.id),
        unit_id: Set(unit.id),
        number: Set(i64::from(rand::random::<u32>())),
        name: Set("钢筋一班".to_owned()),
        kind: Set(CrewKind::Workers),
        entered_on: Set(day("2026-01-01")),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    let crew = crew.insert(db).await.unwrap();
    Site { project, unit, crew }
}

impl Site {
    /// Puts somebody on the roster; returns the entry's id.
    pub async fn enter(&self, app: &TestApp, person: &Value) -> Uuid {
        let id = Uuid::now_v7();
        let entry = roster_entry::ActiveModel {
            id: Set(id),
            project_id: Set(self.project.id),
            person_id: Set(person["id"].as_str().unwrap().parse().unwrap()),
            unit_id: Set(self.unit.id),
            crew_id: Set(self.crew.id),
            kind: Set(EntryKind::Worker),
            work_type: Set(Some("020".to_owned())),
            entered_on: Set(day("2026-01-02")),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(Utc::now()),
            revision: Set(1),
            ..Default::default()
        };
        entry.insert(app.app.db.writer()).await.unwrap();
        id
    }

    pub async fn exit(&self, app: &TestApp, entry: Uuid) {
        let exited = roster_entry::ActiveModel {
            id: Set(entry),
            exited_on: Set(Some(clock::china_today())),
            ..Default::default()
        };
        exited.update(app.app.db.writer()).await.unwrap();
    }
}
