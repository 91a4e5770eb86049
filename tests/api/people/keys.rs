//! A key is rotated while the platform runs.

use std::time::Duration;

use mingce::{
    entity::{
        job::{self, JobState},
        person,
    },
    platform::{
        config::Secret,
        crypto::Keyring,
        jobs::{Ownership, enqueue, wake},
    },
    registry::people::jobs::RotateKeys,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::support::*;
use crate::api::support::Kind;

async fn rotated(kind: Kind) {
    let mut old = None;
    let app = TestApp::start_with(kind, |config| {
        old = Some(Keyring::new(&config.crypto).unwrap());
        let key = config.crypto.keys["demo"].expose().replace(|c: char| c.is_ascii_lowercase(), "A");
        config.crypto.keys.insert("de_o".to_owned(), Secret::new(key));
        config.crypto.active = "de_o".to_owned();
    })
    .await;
    let (app, old) = (&app, old.unwrap());
    let regulator = app.regulator("440700").await;
    let mut numbers = Vec::new();
    for n in 0..3 {
        let id_number = somebody();
        let mut form = new_person(&id_number, "王建国");
        if n > 0 {
            form["bank_card"] = json!("4111111111111111");
        }
        let person = regulator.post("/people", form).await.ok();
        let id: uuid::Uuid = person["id"].as_str().unwrap().parse().unwrap();
        // The third one has an old card beside a new number; only the first two have old numbers.
        let row = person::ActiveModel {
            id: Set(id),
            id_number_sealed: if n < 2 { Set(old.seal("person.id_number", &id_number)) } else { Default::default() },
            bank_card_sealed: if n > 0 {
                Set(Some(old.seal("person.bank_card", "4111111111111111")))
            } else {
                Default::default()
            },
            ..Default::default()
        };
        row.update(app.app.db.writer()).await.unwrap();
        numbers.push((id, id_number));
    }
    let job = enqueue(app.app.db.writer(), RotateKeys::default(), Ownership::default()).await.unwrap();
    wake(&app.app).await;
    let row = ended(app, job).await;
    assert_eq!(
        (row.state, row.result),
        (JobState::Done, Some(json!({ "people": 3, "registrations": 0 }))),
        "{:?}",
        row.last_error
    );
    for (n, (id, id_number)) in numbers.into_iter().enumerate() {
        let row = person::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(row.id_number_sealed.starts_with("de_o."), "{}", row.id_number_sealed);
        assert!(row.bank_card_sealed.is_none_or(|card| card.starts_with("de_o.")));
        assert_eq!(row.revision, 1);
        let shown =
            regulator.post(&format!("/people/{id}/unmask"), json!({ "fields": ["id_number", "bank_card"] })).await.ok();
        assert_eq!(shown["id_number"], json!(id_number));
        assert_eq!(shown["bank_card"], if n > 0 { json!("4111111111111111") } else { json!(null) });
        assert_eq!(regulator.post("/people/search", json!({ "id_number": id_number })).await.ok()["total"], 1);
    }
}

async fn ended(app: &TestApp, id: uuid::Uuid) -> job::Model {
    for _ in 0..400 {
        let row = job::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        if matches!(row.state, JobState::Done | JobState::Failed) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the job did not end");
}

#[actix_web::test]
async fn everything_is_sealed_anew_on_sqlite() {
    rotated(Kind::Sqlite).await;
}

#[actix_web::test]
async fn everything_is_sealed_anew_on_postgres() {
    rotated(Kind::Postgres).await;
}
