//! A worker objects, the project answers, the worker hears of it.

use mingce::entity::phone_message;
use sea_orm::EntityTrait;
use serde_json::json;

use super::support::{Site, act, ago, phone, upload_as, worked};
use crate::platform::pictures::jpeg;

story! {
    async fn an_objection_is_answered_and_whoever_objected_is_told(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 9).await;
        worked(app, &entry, 2).await;
        let mine = phone(app, Some(entry.person_id)).await;
        let picture = upload_as(&mine, "/phone/files", "photo", "打卡机.jpg", &jpeg(60, 40)).await.ok();
        let form = json!({ "entry_id": entry.id, "day": ago(2), "said": "晚上十点才下班，打卡机没反应" });
        let mut pictured = form.clone();
        pictured["file_id"] = picture["id"].clone();
        let made = mine.post("/phone/me/objections", pictured).await.ok();
        assert_eq!((&made["state"], &made["project_name"]), (&json!("open"), &json!(site.project.name)));
        assert_eq!(made["picture"]["id"], picture["id"]);
        assert!(mine.post("/phone/me/objections", form.clone()).await.field("day").contains("无需重复"));

        let seen = site.staff.get(&site.path("objections?state=open")).await.ok();
        let row = &seen["items"][0];
        assert_eq!((&row["name"], &row["punches"], &row["may_answer"]), (&json!("王建国"), &json!(2), &json!(true)));
        assert_eq!(site.staff.get(&site.path("objections/counts")).await.ok(), json!({ "open": 1, "accepted": 0, "refused": 0 }));
        let path = site.path(&format!("objections/{}/answer", row["id"].as_str().unwrap()));
        let short = act(&site.staff, &path, &row["revision"], json!({ "accepted": true, "answer": "好" })).await;
        assert!(short.field("answer").contains("至少 2 个字"));
        act(&site.staff, &path, &json!(7), json!({ "accepted": true, "answer": "情况属实" })).await.refused(412);
        let answered = act(&site.staff, &path, &row["revision"], json!({ "accepted": true, "answer": "情况属实，将办理补录" })).await.ok();
        assert_eq!((&answered["state"], &answered["may_answer"]), (&json!("accepted"), &json!(false)));
        let again = act(&site.staff, &path, &answered["revision"], json!({ "accepted": false, "answer": "不属实" })).await;
        assert_eq!(again.refused(409)["code"], "answered");

        let own = mine.get("/phone/me/objections").await.ok();
        let [own] = &own.as_array().unwrap()[..] else { panic!("one") };
        assert_eq!((&own["state"], &own["answer"]), (&json!("accepted"), &json!("情况属实，将办理补录")));
        let told = phone_message::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert_eq!(told.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["objection_answered"]);
        assert_eq!(told[0].person_id, Some(entry.person_id));
        // Answered, the day can be objected to again.
        mine.post("/phone/me/objections", form).await.ok();
    }
}

story! {
    async fn only_days_of_ones_own_stay_can_be_objected_to(app: &TestApp) {
        let site = Site::new(app).await;
        let (entry, other) = (site.worker_since(app, "王建国", 9).await, site.worker_since(app, "李强", 9).await);
        let mine = phone(app, Some(entry.person_id)).await;
        let send = async |entry: uuid::Uuid, day: &str| {
            mine.post("/phone/me/objections", json!({ "entry_id": entry, "day": day, "said": "漏打卡了" })).await
        };
        assert!(send(other.id, &ago(2)).await.field("entry_id").contains("不是您的"));
        assert!(send(entry.id, &ago(12)).await.field("day").contains("才进场"));
        assert!(send(entry.id, "2099-01-01").await.field("day").contains("还没有到"));
        let foreign = json!({ "entry_id": entry.id, "day": ago(1), "said": "漏打卡了", "file_id": uuid::Uuid::now_v7() });
        assert!(mine.post("/phone/me/objections", foreign).await.field("file_id").contains("重新上传"));
        let wordless = json!({ "entry_id": entry.id, "day": ago(1), "said": " " });
        assert!(mine.post("/phone/me/objections", wordless).await.field("said").contains("不能为空"));
        app.nobody().post("/phone/me/objections", json!({})).await.refused(401);
    }
}

story! {
    async fn objections_are_those_of_one_s_own_project_and_region(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 9).await;
        let mine = phone(app, Some(entry.person_id)).await;
        let made = mine.post("/phone/me/objections", json!({ "entry_id": entry.id, "day": ago(1), "said": "漏打卡了" })).await.ok();
        let path = site.path("objections");
        let stranger = app.project_staff(&app.project("440703").await).await;
        stranger.get(&path).await.refused(404);
        app.nobody().get(&path).await.refused(401);
        assert_eq!(app.regulator("440700").await.get("/objections").await.ok()["total"], 1);
        assert_eq!(app.regulator("510800").await.get("/objections/counts").await.ok()["open"], 0);
        assert_eq!(app.regulator("440700").await.get("/objections?project=没有这个项目").await.ok()["total"], 0);
        let answer = site.path(&format!("objections/{}/answer", made["id"].as_str().unwrap()));
        act(&stranger, &answer, &json!(1), json!({ "accepted": true, "answer": "情况属实" })).await.refused(404);
        site.staff.get(&format!("{path}?state=maybe")).await.refused(422);
    }
}
