//! 【项目花名册】 and 【人员花名册】.

use mingce::{
    entity::{company::UploadState, person, roster_entry},
    platform::{
        files::{Kind, service::store_made},
        types::Sex,
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::support::{Site, ago, number_of_row};
use crate::api::support::id_of;

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

story! {
    async fn a_roster_is_filtered_sorted_and_paged(app: &TestApp) {
        let site = Site::new(app).await;
        for (name, crew, days) in [("王建国", &site.rebar, 9), ("王强", &site.rebar, 7), ("李强", &site.cooks, 5)] {
            let person = site.worker(app, name).await;
            site.entered(crew, &person, json!({"entered_on": ago(days)})).await;
        }
        let chief = site.person(app, "陈总监", "1961-02-03", Sex::Male).await;
        let chief = site.entered(&site.supervisors, &chief, json!({"post": "1001", "confirm_warnings": true})).await;
        assert_eq!(chief["overage"], json!(true));
        let li = app.person_row("周阿姨").await;
        let left = site.worker(app, "吴有才").await;
        let left = site.entered(&site.rebar, &left, json!({})).await;
        site.exit(&left, &ago(2)).await.ok();
        let list = async |query: &str| site.staff.get(&site.path(&format!("roster?{query}"))).await.ok();

        assert_eq!(names(&list("presence=on_site&sort=entered_on").await), ["王建国", "王强", "李强", "陈总监"]);
        assert_eq!(names(&list("kind=manager").await), ["陈总监"]);
        assert_eq!(names(&list("post=1001&unit_kind=007").await), ["陈总监"]);
        assert_eq!(names(&list(&format!("crew_id={}&presence=on_site&sort=-entered_on", site.rebar.id)).await), ["王强", "王建国"]);
        assert_eq!(names(&list("name=%E7%8E%8B&sort=entered_on").await), ["王建国", "王强"]);
        assert_eq!(names(&list("presence=exited").await), ["吴有才"]);
        assert_eq!(names(&list(&format!("exited_from={}&exited_to={}", ago(3), ago(2))).await), ["吴有才"]);
        assert_eq!(names(&list(&format!("entered_from={}&entered_to={}&sort=entered_on", ago(8), ago(6))).await), ["王强"]);
        assert_eq!(names(&list("completeness=incomplete&presence=on_site&sort=entered_on").await), ["王建国", "王强"]);
        assert_eq!(names(&list("completeness=complete&presence=on_site&sort=entered_on").await), ["李强", "陈总监"]);
        assert_eq!(names(&list("company=%E7%9B%91%E7%90%86").await), ["陈总监"]);
        assert_eq!(names(&list("sort=-age&page_size=1").await), ["陈总监"]);
        let second = list("sort=entered_on&page=2&page_size=2").await;
        assert_eq!((&second["total"], second["items"].as_array().unwrap().len()), (&json!(5), 2));
        site.staff.get(&site.path("roster?sort=id_number")).await.field("sort");
        site.staff.get(&site.path("roster?kind=boss")).await.refused(422);
        for day in ["-9999-01-01", "+100000-01-01", "2026-13-01"] {
            site.staff.get(&site.path(&format!("roster?entered_from={}", day.replace('+', "%2B")))).await.field("entered_from");
        }
        site.staff.get(&site.path(&format!("roster?id_number={}", number_of_row(&li).expose()))).await.field("id_number");

        let counts = site.staff.get(&site.path("roster/counts")).await.ok();
        assert_eq!(counts["on_site"], json!({"worker": 2, "manager": 1, "other": 1, "total": 4}));
        assert_eq!((&counts["exited"]["total"], &counts["incomplete"]), (&json!(1), &json!(2)));
    }
}

story! {
    async fn what_the_workbench_counts_is_found_on_the_roster(app: &TestApp) {
        let site = Site::new(app).await;
        let mut entries = Vec::new();
        for name in ["王建国", "李强", "赵小明"] {
            let person = site.worker(app, name).await;
            entries.push(site.entered(&site.rebar, &person, json!({})).await);
        }
        let db = app.app.db.writer();
        for (entry, state) in entries.iter().zip([UploadState::Uploaded, UploadState::Failed]) {
            let row = roster_entry::ActiveModel { id: Set(id_of(entry)), upload_state: Set(state), ..Default::default() };
            row.update(db).await.unwrap();
        }
        let face = store_made(&app.app, None, "face.jpg", Kind::JPEG, "x".into()).await.unwrap();
        let faced = person::ActiveModel {
            id: Set(entries[0]["person_id"].as_str().unwrap().parse().unwrap()),
            photo_file_id: Set(Some(face.id)),
            ..Default::default()
        };
        faced.update(db).await.unwrap();
        let missing = site.staff.get(&site.path("overview")).await.ok()["missing"].clone();
        let list = async |query: &str| site.staff.get(&site.path(&format!("roster?sort=created_at&{query}"))).await.ok();
        let without = list("presence=on_site&has_photo=false").await;
        assert_eq!((names(&without), &without["total"]), (vec!["李强", "赵小明"], &missing["photo"]));
        assert_eq!(names(&list("has_photo=true").await), ["王建国"]);
        let late = list("presence=on_site&upload_state=not_uploaded").await;
        assert_eq!((names(&late), &late["total"]), (vec!["李强", "赵小明"], &missing["not_uploaded"]));
        for (state, name) in [("uploaded", "王建国"), ("failed", "李强"), ("waiting", "赵小明")] {
            assert_eq!(names(&list(&format!("upload_state={state}")).await), [name]);
        }
        let counts = site.staff.get(&site.path("roster/counts?has_photo=false")).await.ok();
        assert_eq!(counts["on_site"]["total"], json!(2));
        let body = json!({"has_photo": "true", "upload_state": ""});
        assert_eq!(site.staff.post(&site.path("roster/search"), body).await.ok()["total"], json!(1));
        site.staff.get(&site.path("roster?upload_state=lost")).await.refused(422);
        site.staff.get(&site.path("roster?has_photo=maybe")).await.refused(422);
    }
}

story! {
    async fn an_id_number_is_searched_in_a_body(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, li) = (site.worker(app, "王建国").await, site.worker(app, "李强").await);
        site.entered(&site.rebar, &wang, json!({})).await;
        site.entered(&site.rebar, &li, json!({})).await;
        let found = site.staff.post(&site.path("roster/search"), json!({"id_number": number_of_row(&li).expose()})).await.ok();
        assert_eq!(names(&found), ["李强"]);
        assert!(!found.to_string().contains(number_of_row(&li).expose()));
        let both = json!({"id_number": number_of_row(&li).expose(), "presence": "exited"});
        assert_eq!(site.staff.post(&site.path("roster/search"), both).await.ok()["total"], json!(0));
        site.staff.post(&site.path("roster/search"), json!({"id_number": "123"})).await.field("id_number");
    }
}

story! {
    async fn a_regulator_sees_the_rosters_of_the_region(app: &TestApp) {
        let (pengjiang, jianghai) = (Site::new(app).await, Site::of(app, app.project("440704").await).await);
        let abroad = Site::of(app, app.project("510800").await).await;
        for (site, name) in [(&pengjiang, "王建国"), (&jianghai, "李强"), (&abroad, "赵小明")] {
            let person = site.worker(app, name).await;
            site.entered(&site.rebar, &person, json!({})).await;
        }
        let city = app.regulator("440700").await;
        let page = city.get("/roster?sort=name").await.ok();
        assert_eq!(names(&page), ["李强", "王建国"]);
        assert_eq!(page["items"][0]["project_name"], json!(jianghai.project.name));
        assert_eq!(names(&city.get("/roster?region_code=440703").await.ok()), ["王建国"]);
        assert_eq!(names(&city.get(&format!("/roster?project_id={}", jianghai.project.id)).await.ok()), ["李强"]);
        assert_eq!(city.get("/roster/counts").await.ok()["on_site"]["worker"], json!(2));
        assert_eq!(app.regulator("440704").await.get("/roster").await.ok()["total"], json!(1));
        assert_eq!(pengjiang.staff.get("/roster").await.ok()["total"], json!(1));
        app.nobody().get("/roster").await.refused(401);

        // Where no wage card is demanded, nobody lacks one.
        city.put("/policies/440704/wage_card_required", &json!(0), json!({ "value": false })).await.ok();
        assert_eq!(names(&city.get("/roster?completeness=incomplete").await.ok()), ["王建国"]);
        assert_eq!(city.get("/roster/counts").await.ok()["incomplete"], json!(1));
        assert_eq!(jianghai.staff.get(&jianghai.path("roster")).await.ok()["items"][0]["incomplete"], json!([]));
    }
}

story! {
    async fn a_vendor_sees_no_names(app: &TestApp) {
        let vendor = app.vendor("440700").await;
        let site = Site::new(app).await;
        let project = mingce::entity::project::ActiveModel {
            id: sea_orm::ActiveValue::Set(site.project.id),
            vendor_id: sea_orm::ActiveValue::Set(Some(vendor.id)),
            ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(project, app.app.db.writer()).await.unwrap();
        let person = site.worker(app, "王建国").await;
        site.entered(&site.rebar, &person, json!({})).await;
        let page = app.vendor_account(&vendor).await.get(&site.path("roster")).await.ok();
        assert_eq!((names(&page), &page["items"][0]["may_manage"]), (vec!["王*国"], &json!(false)));
    }
}
