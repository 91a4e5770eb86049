//! What a worker sees, and what they cannot see.

use mingce::{
    entity::{consent_withdrawal, person, person_image},
    registry::faces::ForgetImages,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::support::{Site, TestApp, ago, days_ago, phone, worked};

const MINE: [&str; 5] =
    ["/phone/me/projects", "/phone/me/objections", "/phone/me/contracts", "/phone/me/looks", "/phone/me/code"];

story! {
    async fn a_phone_sees_only_its_own_person_and_only_when_it_is_linked(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let other = site.worker_since(app, "李强", 3).await;
        let (mine, unlinked) = (phone(app, Some(entry.person_id)).await, phone(app, None).await);
        for path in MINE {
            mine.get(path).await.ok();
            assert_eq!(unlinked.get(path).await.refused(409)["code"], "no_person");
            app.nobody().get(path).await.refused(401);
            site.staff.get(path).await.refused(401);
        }
        let month = &ago(0)[..7];
        mine.get(&format!("/phone/me/attendance?entry_id={}&month={month}", other.id)).await.refused(404);
        mine.get(&format!("/phone/me/attendance/{}/{}", other.id, ago(0))).await.refused(404);
        mine.get(&format!("/phone/me/attendance?entry_id={}&month=2026-13", entry.id)).await.field("month");
        let code = mine.get("/phone/me/code").await.ok();
        assert_eq!(code["name"], "王建国");
        assert!(code["picture"].as_str().unwrap().starts_with("data:image/svg+xml;base64,"));
    }
}

story! {
    async fn my_projects_say_whether_i_may_punch_and_what_to_do(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 31).await;
        worked(app, &entry, 0).await;
        let mine = phone(app, Some(entry.person_id)).await;
        let seen = mine.get("/phone/me/projects").await.ok();
        let [project] = &seen.as_array().unwrap()[..] else { panic!("one") };
        assert_eq!((&project["project"]["name"], &project["crew"]), (&json!(site.project.name), &json!("钢筋一班")));
        assert_eq!((&project["work_type"], &project["days_this_month"]), (&json!("钢筋工"), &json!(1)));
        assert_eq!((&project["contract"]["level"], &project["may_punch"]), (&json!("red"), &json!(false)));
        assert!(project["why_not"].as_str().unwrap().contains("未签劳动合同超过 30 天"), "{project}");
        site.signed(&entry).await;
        let seen = mine.get("/phone/me/projects").await.ok();
        assert_eq!((&seen[0]["contract"]["state"], &seen[0]["may_punch"]), (&json!("active"), &json!(true)));
        let contracts = mine.get("/phone/me/contracts").await.ok();
        let [contract] = &contracts.as_array().unwrap()[..] else { panic!("one") };
        assert_eq!(contract["term_kind_name"], "固定期限");
        let link = contract["pdf"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        assert_eq!(app.nobody().get(link).await.status, 200);
    }
}

story! {
    async fn my_month_and_my_day_are_those_the_project_sees(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        worked(app, &entry, 0).await;
        let mine = phone(app, Some(entry.person_id)).await;
        let month = &ago(0)[..7];
        let seen = mine.get(&format!("/phone/me/attendance?entry_id={}&month={month}", entry.id)).await.ok();
        assert_eq!((&seen["present_days"], &seen["minutes"]), (&json!(1), &json!(480)));
        assert_eq!((&seen["days"][0]["day"], &seen["days"][0]["punches"]), (&json!(ago(0)), &json!(2)));
        let day = mine.get(&format!("/phone/me/attendance/{}/{}", entry.id, ago(0))).await.ok();
        assert_eq!(day, json!([]));
    }
}

story! {
    async fn i_see_who_looked_at_my_data_and_in_whose_name(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let made = site.signed(&entry).await;
        site.staff.post(&site.contract(&made, "/file"), json!({})).await.ok();
        let unmask = format!("/people/{}/unmask", entry.person_id);
        app.regulator("440700").await.post(&unmask, json!({ "fields": ["id_number", "phone"], "reason": "核对身份" })).await.ok();
        let looks = phone(app, Some(entry.person_id)).await.get("/phone/me/looks").await.ok();
        assert_eq!(looks.as_array().unwrap().len(), 2);
        assert_eq!((&looks[0]["what"], &looks[0]["reason"]), (&json!("身份证号码、手机号码"), &json!("核对身份")));
        assert!(looks[0]["organisation"].as_str().unwrap().contains("江门市监管部门"), "{looks}");
        assert_eq!(looks[1]["what"], "劳动合同扫描件");
        assert_eq!(looks[1]["organisation"], format!("{}项目部", site.project.name));
    }
}

/// A face on file.
async fn picture(app: &TestApp, person_id: Uuid, version: i32) -> Uuid {
    use mingce::entity::person_image::{ImageKind, ImageSource};
    let now = chrono::Utc::now();
    let row = person_image::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        kind: Set(ImageKind::Face),
        version: Set(version),
        source: Set(ImageSource::Phone),
        embedding: Set(Some(vec![1, 2, 3])),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    row.insert(app.app.db.writer()).await.unwrap().id
}

async fn face(app: &TestApp, id: Uuid) -> person_image::Model {
    person_image::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap()
}

story! {
    async fn consent_that_is_taken_back_deletes_the_face_after_the_exit_or_at_once(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let image = picture(app, entry.person_id, 1).await;
        let mine = phone(app, Some(entry.person_id)).await;
        let withdraw = async || mine.post("/phone/me/consent/withdraw", json!({ "reason": "不想保存人脸" })).await;
        assert!(mine.post("/phone/me/consent/withdraw", json!({ "reason": "" })).await.field("reason").contains("不能为空"));
        let said = withdraw().await.ok();
        assert_eq!(said["deleted"], false);
        assert!(said["message"].as_str().unwrap().contains("办理退场后"), "{said}");
        assert!(withdraw().await.field("reason").contains("无需重复"));
        app.done(ForgetImages::default()).await;
        assert!(face(app, image).await.deleted_at.is_none(), "still on site");
        site.exit(&json!({ "id": entry.id }), &ago(0)).await.ok();
        app.done(ForgetImages::default()).await;
        let gone = face(app, image).await;
        assert!(gone.deleted_at.is_some() && gone.embedding.is_none());
        let waiting = consent_withdrawal::Column::DoneAt.is_null();
        assert!(consent_withdrawal::Entity::find().filter(waiting).one(app.app.db.reader()).await.unwrap().is_none());

        let again = picture(app, entry.person_id, 2).await;
        app.done(ForgetImages::default()).await;
        assert!(face(app, again).await.deleted_at.is_none(), "given anew, it is anew");
        assert_eq!(withdraw().await.ok()["deleted"], true);
        assert!(face(app, again).await.deleted_at.is_some());
        let person = person::Entity::find_by_id(entry.person_id).one(app.app.db.reader()).await.unwrap().unwrap();
        assert!(person.photo_file_id.is_none() && entry.entered_on == days_ago(3));
    }
}
