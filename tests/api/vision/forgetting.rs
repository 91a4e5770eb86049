//! Pictures go when the region's days are over.

use chrono::{TimeDelta, Utc};
use mingce::{
    entity::{
        person_image::{self, ImageKind},
        roster_entry, stored_file,
    },
    registry::faces::ForgetImages,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::*;
use crate::api::{
    people::support::{Site, edit, site},
    support::days_ago,
};

async fn left(app: &TestApp, site: &Site, person: &Value, days: u64) {
    let entry = site.enter(app, person).await;
    let row = roster_entry::ActiveModel { id: Set(entry), exited_on: Set(Some(days_ago(days))), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap();
}

async fn has_photo(app: &TestApp, person: &Value) -> bool {
    person_row(app, id_of(person)).await.photo_file_id.is_some()
}

async fn is_claimed(app: &TestApp, id: Option<Uuid>) -> bool {
    stored_file::Entity::find_by_id(id.unwrap()).one(app.app.db.writer()).await.unwrap().unwrap().claimed
}

seeing_story! {
    async fn who_left_long_ago_has_no_pictures_any_more_and_what_was_compared_stays(app: &TestApp) {
        let site = site(app, "440703").await;
        let regulator = app.regulator("440703").await;
        regulator.lay_down("440703", "face_days_after_exit", json!(7)).await;
        let gone = with_face(&regulator, "440703", "王建国", grey_and(0.45), Some(GREY)).await;
        let lately = with_face(&regulator, "440703", "李强", [0, 200, 0], None).await;
        let back = with_face(&regulator, "440703", "赵小明", [0, 0, 200], None).await;
        let never = with_face(&regulator, "440703", "孙小军", [200, 0, 200], None).await;
        all_compared(app).await;
        left(app, &site, &gone, 8).await;
        left(app, &site, &lately, 6).await;
        left(app, &site, &back, 30).await;
        site.enter(app, &back).await;
        let images = image_rows(app, id_of(&gone)).await;
        app.done(ForgetImages::default()).await;

        assert!(!has_photo(app, &gone).await);
        for person in [&lately, &back, &never] {
            assert!(has_photo(app, person).await, "{person}");
        }
        for image in &images {
            let now = person_image::Entity::find_by_id(image.id).one(app.app.db.writer()).await.unwrap().unwrap();
            assert!(now.deleted_at.is_some() && now.superseded_at.is_some());
            assert_eq!((now.file_id, now.small_file_id, &now.embedding, &now.report), (None, None, &None, &None));
            assert!(!is_claimed(app, image.file_id).await, "the purge takes it");
        }
        let face = images.iter().find(|image| image.kind == ImageKind::Face).unwrap();
        assert!(!is_claimed(app, face.small_file_id).await);
        let entry = audit_of(app).await.pop().unwrap();
        assert_eq!((&entry["action"], &entry["reason"]), (&json!("person.forget_images"), &json!("退场超过 7 天")));
        assert_eq!(entry["after"]["images"].as_array().unwrap().len(), 2);

        let page = regulator.get("/face-comparisons?kind=one_to_one").await.ok();
        let row = &items(&page)[0];
        assert_eq!((&row["state"], &row["subject"]["url"]), (&json!("outdated"), &Value::Null));
        assert!((row["distance"].as_f64().unwrap() - 0.45).abs() < 0.02, "the figures stay");

        // Whoever comes now is not compared with somebody who is gone.
        with_face(&regulator, "440703", "周立新", grey_and(0.45), None).await;
        all_compared(app).await;
        assert_eq!(regulator.get("/face-comparisons?kind=duplicate").await.ok()["total"], 0);
        app.done(ForgetImages::default()).await;
        assert_eq!(audit_of(app).await.iter().filter(|entry| entry["action"] == "person.forget_images").count(), 1);
    }
}

seeing_story! {
    async fn a_version_that_was_replaced_long_ago_goes_and_the_current_one_stays(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        regulator.lay_down("440703", "face_days_after_exit", json!(7)).await;
        let person = with_face(&regulator, "440703", "王建国", GREY, None).await;
        let photo = uploaded(&regulator, [0, 200, 0]).await;
        edit(&regulator, person["id"].as_str().unwrap(), 1, json!({ "photo_file_id": photo })).await.ok();
        all_compared(app).await;
        app.done(ForgetImages::default()).await;
        let rows = image_rows(app, id_of(&person)).await;
        assert!(rows.iter().all(|row| row.deleted_at.is_none()));
        let aged = person_image::ActiveModel {
            id: Set(rows[0].id),
            superseded_at: Set(Some(Utc::now() - TimeDelta::days(8))),
            ..Default::default()
        };
        aged.update(app.app.db.writer()).await.unwrap();
        app.done(ForgetImages::default()).await;
        let rows = image_rows(app, id_of(&person)).await;
        assert!(rows[0].deleted_at.is_some() && rows[1].deleted_at.is_none());
        assert!(has_photo(app, &person).await);
    }
}
