//! A phone that is linked to somebody.

use chrono::Utc;
use mingce::{
    entity::{attendance_day, phone_user, roster_entry},
    platform::{phone::session, web::Client as From},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

pub use crate::api::{
    contracts::support::{Site, act, ago, days_ago, upload_as},
    support::{Client, TestApp},
};

/// A phone, logged in; of nobody as long as it is not linked.
pub async fn phone(app: &TestApp, person_id: Option<Uuid>) -> Client {
    let db = app.app.db.writer();
    let user = phone_user::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        created_at: Set(Utc::now()),
        ..Default::default()
    };
    let user = user.insert(db).await.unwrap();
    let from = From { ip: [127, 0, 0, 1].into(), user_agent: "test".to_owned() };
    let (_, token) = session::open(db, user.id, None, &from).await.unwrap();
    app.with_bearer(&token)
}

/// Eight hours of somebody's day.
pub async fn worked(app: &TestApp, entry: &roster_entry::Model, days: u64) {
    let day = days_ago(days);
    let at = |hour| mingce::platform::types::clock::from_china(day.and_hms_opt(hour, 0, 0).unwrap());
    let row = attendance_day::ActiveModel {
        project_id: Set(entry.project_id),
        entry_id: Set(entry.id),
        day: Set(day),
        person_id: Set(entry.person_id),
        marks: Set(String::new()),
        first_at: Set(Some(at(8))),
        last_at: Set(Some(at(16))),
        minutes: Set(480),
        count: Set(2),
        inside: Set(false),
    };
    row.insert(app.app.db.writer()).await.unwrap();
}
