//! JP10: people collected by a vendor's program.

use base64::{Engine, engine::general_purpose::STANDARD};
use mingce::{
    entity::{collected_person, person, vendor},
    platform::files::{Purpose, Upload, service::store},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};

use super::support::*;
use crate::platform::pictures::{jpeg, jpeg_that_claims};

fn collected(id_number: &str, name: &str) -> Value {
    json!({ "id_number": id_number, "name": name, "ethnic": "汉" })
}

/// A site whose project this vendor serves.
async fn served_site(app: &TestApp, vendor: &vendor::Model) -> Site {
    let site = site(app, "440703").await;
    let row = mingce::entity::project::ActiveModel {
        id: Set(site.project.id),
        vendor_id: Set(Some(vendor.id)),
        ..Default::default()
    };
    row.update(app.app.db.writer()).await.unwrap();
    site
}

story! {
    async fn a_vendor_brings_people_in_and_the_project_finds_them(app: &TestApp) {
        let vendor = app.vendor("440703").await;
        let site = served_site(app, &vendor).await;
        let path = format!("/projects/{}/collected-people", site.project.id);
        let account = app.vendor_account(&vendor).await;
        let token = account.post("/tokens", json!({ "name": "考勤机网关" })).await.ok();
        let program = app.with_bearer(token["token"].as_str().unwrap());
        let id_number = somebody();
        let mut first = collected(&id_number, "王建国");
        first["sex"] = json!("male");
        first["born_on"] = json!("1985-03-01");
        first["phone"] = json!("13800138000");
        first["photo"] = json!(format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg(120, 160))));
        let mut wrong_sex = collected(&somebody(), "李大海");
        wrong_sex["sex"] = json!("female");
        let mut not_a_picture = collected(&somebody(), "李大海");
        not_a_picture["photo"] = json!(STANDARD.encode("GIF89a"));
        let mut bomb = collected(&somebody(), "李大海");
        bomb["photo"] = json!(STANDARD.encode(jpeg_that_claims(60_000, 60_000)));
        let wrong_digit = collected("110105194912310021", "李大海");
        let batch = json!({ "people": [first, wrong_sex, not_a_picture, bomb, wrong_digit, 17] });
        let answer = program.post(&path, &batch).await.ok();
        assert_eq!((&answer["created"], &answer["refused"]), (&json!(1), &json!(5)), "{answer}");
        for (index, field) in [(1, "sex"), (2, "photo"), (3, "photo"), (4, "id_number")] {
            assert!(answer["results"][index]["fields"][field].is_string(), "{answer}");
        }
        assert_conceals(&answer, &id_number);

        let again = program.post(&path, json!({ "people": [batch["people"][0]] })).await.ok();
        assert_eq!((&again["updated"], &again["results"][0]["person_number"]), (&json!(1), &answer["results"][0]["person_number"]));
        assert_eq!(person::Entity::find().all(app.app.db.reader()).await.unwrap().len(), 1);

        let staff = app.project_staff(&site.project).await;
        let list = staff.get(&path).await.ok();
        assert_eq!((&list["total"], &list["items"][0]["name"]), (&json!(1), &json!("王建国")));
        assert_conceals(&list, &id_number);
        let photo = list["items"][0]["photo_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(app.nobody().get(&photo).await.headers["content-type"], "image/jpeg");
        assert_eq!(staff.get(&format!("{path}?name=%E6%9D%8E")).await.ok()["total"], 0);
        site.enter(app, &json!({ "id": list["items"][0]["id"] })).await;
        assert_eq!(staff.get(&path).await.ok()["total"], 0);
    }
}

story! {
    async fn collecting_a_stranger_changes_nothing_of_theirs(app: &TestApp) {
        let vendor = app.vendor("440703").await;
        let (here, there) = (served_site(app, &vendor).await, site(app, "510800").await);
        let path = format!("/projects/{}/collected-people", here.project.id);
        let client = app.vendor_account(&vendor).await;
        let theirs = app.regulator("510800").await;
        let id_number = somebody();
        let mut form = new_person(&id_number, "王建国");
        form["region_code"] = json!("510800");
        form["phone"] = json!("13900139000");
        let known = theirs.post("/people", form).await.ok();
        there.enter(app, &known).await;
        let mut again = collected(&id_number, "王建国");
        again["phone"] = json!("13700137000");
        again["photo"] = json!(STANDARD.encode(jpeg(120, 160)));
        for _ in 0..2 {
            assert_eq!(client.post(&path, json!({ "people": [again] })).await.ok()["updated"], 1);
        }
        let after = theirs.get(&format!("/people/{}", known["id"].as_str().unwrap())).await.ok();
        assert_eq!((&after["phone"], &after["photo"], &after["revision"]), (&json!("139****9000"), &Value::Null, &json!(1)));
        let list = app.project_staff(&here.project).await.get(&path).await.ok();
        assert_eq!((&list["total"], &list["items"][0]["on_site_elsewhere"]), (&json!(1), &json!(true)));
        assert!(list["items"][0]["photo_url"].is_string());
        let notes = collected_person::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(notes.len(), 1);
        let other_name = client.post(&path, json!({ "people": [collected(&id_number, "李大海")] })).await.ok();
        assert!(other_name["results"][0]["fields"]["name"].as_str().unwrap().contains("王*国"));
    }
}

story! {
    async fn of_a_stranger_a_project_sees_only_what_it_has_collected_itself(app: &TestApp) {
        let vendor = app.vendor("440703").await;
        let here = served_site(app, &vendor).await;
        let path = format!("/projects/{}/collected-people", here.project.id);
        let theirs = app.regulator("510800").await;
        let id_number = somebody();
        let mut form = new_person(&id_number, "王建国");
        form["region_code"] = json!("510800");
        let known = theirs.post("/people", form).await.ok();
        let account = theirs.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap();
        let upload = Upload { purpose: Purpose::Photo, name: "face.jpg".to_owned(), bytes: jpeg(120, 160).into() };
        let face = store(&app.app, Some(account), upload).await.unwrap();
        let faced = edit(&theirs, known["id"].as_str().unwrap(), 1, json!({ "photo_file_id": face.id })).await.ok();
        assert!(faced["photo_url"].is_string());

        let program = app.vendor_account(&vendor).await;
        program.post(&path, json!({ "people": [collected(&id_number, "王建国")] })).await.ok();
        let staff = app.project_staff(&here.project).await;
        let seen = staff.get(&path).await.ok()["items"][0].clone();
        assert_eq!((&seen["name"], &seen["photo_url"]), (&json!("王建国"), &Value::Null));
        let seen = program.get(&path).await.ok()["items"][0].clone();
        assert_eq!((&seen["name"], &seen["photo_url"]), (&json!("王*国"), &Value::Null));

        let mut again = collected(&id_number, "王建国");
        again["photo"] = json!(STANDARD.encode(jpeg(90, 120)));
        program.post(&path, json!({ "people": [again] })).await.ok();
        let seen = staff.get(&path).await.ok()["items"][0]["photo_url"].clone();
        assert!(seen.as_str().is_some_and(|url| !url.contains(&face.id.to_string())), "{seen}");
        let nation = app.admin().await.get(&path).await.ok();
        assert!(nation["items"][0]["photo_url"].is_string());
    }
}

story! {
    async fn a_batch_is_for_those_who_collect_and_not_larger_than_a_hundred(app: &TestApp) {
        let vendor = app.vendor("440703").await;
        let site = served_site(app, &vendor).await;
        let path = format!("/projects/{}/collected-people", site.project.id);
        let one = json!({ "people": [collected(&somebody(), "王建国")] });
        app.nobody().post(&path, &one).await.refused(401);
        app.nobody().get(&path).await.refused(401);
        app.regulator("440700").await.post(&path, &one).await.refused(403);
        let strangers = app.vendor_account(&app.vendor("440703").await).await;
        strangers.post(&path, &one).await.refused(404);
        strangers.get(&path).await.refused(404);
        let ours = app.project_staff(&site.project).await;
        ours.post(&path, &one).await.ok();
        ours.post(&path, json!({ "people": [] })).await.field("people");
        ours.post(&path, json!({ "people": vec![1; 101] })).await.field("people");
        let large = json!({ "people": [{ "photo": "A".repeat(10 * 1024 * 1024) }] });
        assert_eq!(ours.post(&path, &large).await.ok()["refused"], 1);
        let keyed = ours.request(Method::POST, &path).header("idempotency-key", "large-batch-1").json(&large);
        let keyed = ours.send(keyed).await;
        assert_eq!((keyed.status, keyed.ok()["refused"].clone()), (200, json!(1)), "a key makes no body too large");
        let too_large = json!({ "people": [{ "photo": "A".repeat(21 * 1024 * 1024) }] });
        ours.post(&path, too_large).await.refused(413);
    }
}
