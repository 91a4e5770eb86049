//! The lists, their figures, and who sees what.

use mingce::entity::company;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::support::{Site, act, ago, days_ago, exported, names};
use crate::api::roster::support::number_of_row;

story! {
    async fn those_without_are_told_by_their_days_and_only_workers_are_warned_about(app: &TestApp) {
        let site = Site::new(app).await;
        for (name, days) in [("新来的", 4), ("黄色的", 5), ("橙色的", 10), ("红色的", 30)] {
            site.worker_since(app, name, days).await;
        }
        let manager = app.person_row("赵监理").await;
        app.entry_row(&site.supervisors, &manager, Some("1001"), days_ago(40)).await;
        let rows = site.unsigned(json!({})).await;
        assert_eq!(names(&rows), ["赵监理", "红色的", "橙色的", "黄色的", "新来的"], "the longest first");
        let levels: Vec<_> = rows.iter().map(|row| row["level"].clone()).collect();
        assert_eq!(levels, [Value::Null, json!("red"), json!("orange"), json!("yellow"), json!("fresh")]);
        let stopped: Vec<_> = rows.iter().map(|row| row["stopped"] == true).collect();
        assert_eq!(stopped, [false, true, false, false, false]);
        for (level, name) in [("red", "红色的"), ("orange", "橙色的"), ("yellow", "黄色的"), ("fresh", "新来的")] {
            assert_eq!(names(&site.unsigned(json!({ "level": level })).await), [name]);
        }
        let counts = json!({ "unsigned": 5, "yellow": 1, "orange": 1, "red": 1, "active": 0, "expired": 0, "terminated": 0 });
        assert_eq!(site.counts().await, counts);
        assert_eq!(names(&site.unsigned(json!({ "kind": "worker", "name": "红" })).await), ["红色的"]);
        let desk = site.staff.get("/workbench").await.ok();
        assert_eq!(desk["contracts"], counts);
        site.staff.post(&site.path("contracts/unsigned"), json!({ "level": "紫" })).await.refused(422);
        site.staff.post(&site.path("contracts/unsigned?sort=phone"), json!({})).await.field("sort");
    }
}

story! {
    async fn every_region_has_days_of_its_own(app: &TestApp) {
        let (here, there) = (Site::new(app).await, Site::of(app, app.project("440704").await).await);
        here.worker_since(app, "本区的", 12).await;
        there.worker_since(app, "邻区的", 12).await;
        let city = app.regulator("440700").await;
        city.lay_down("440704", "contract_red_days", json!(11)).await;
        let of = async |level: &str| {
            let page = city.post("/contracts/unsigned", json!({ "level": level })).await.ok();
            page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((of("orange").await, of("red").await), (vec!["本区的".to_owned()], vec!["邻区的".to_owned()]));
        city.lay_down("440704", "contract_red_stops", json!(false)).await;
        let page = city.post("/contracts/unsigned", json!({ "level": "red" })).await.ok();
        assert_eq!(page["items"][0]["stopped"], false);
        let counts = city.get("/contracts/counts").await.ok();
        assert_eq!((&counts["orange"], &counts["red"]), (&json!(1), &json!(1)));
    }
}

story! {
    async fn contracts_are_found_by_what_they_say_and_whose_they_are(app: &TestApp) {
        let site = Site::new(app).await;
        let (one, two) = (site.worker_since(app, "王建国", 20).await, site.worker_since(app, "李强", 20).await);
        site.sign(&one, json!({ "starts_on": ago(9), "signed_on": ago(9), "ends_on": ago(1) })).await.ok();
        site.sign(&two, json!({ "term_kind": "open", "ends_on": null, "signed_on": ago(1) })).await.ok();
        let found = async |body: Value| names(&site.contracts(body).await).join(" ");
        assert_eq!(found(json!({ "standing": "expired" })).await, "王建国");
        assert_eq!(found(json!({ "term_kind": "open" })).await, "李强");
        assert_eq!(found(json!({ "signed_from": ago(3) })).await, "李强");
        assert_eq!(found(json!({ "signed_to": ago(3) })).await, "王建国");
        assert_eq!(found(json!({ "name": "王" })).await, "王建国");
        let person = mingce::entity::person::Entity::find_by_id(two.person_id).one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(found(json!({ "id_number": number_of_row(&person).expose() })).await, "李强");
        let wrong = site.staff.post(&site.path("contracts/search"), json!({ "id_number": "1" })).await.refused(422);
        assert!(wrong["message"].as_str().unwrap().contains("身份证"), "{wrong}");
        assert_eq!(site.counts().await["expired"], 1);
        let sorted = site.staff.post(&site.path("contracts/search?sort=signed_on"), json!({})).await.ok();
        assert_eq!(names(sorted["items"].as_array().unwrap()), ["王建国", "李强"]);
    }
}

story! {
    async fn a_scan_is_opened_by_the_project_the_regulator_and_the_person_s_own_company(app: &TestApp) {
        let site = Site::new(app).await;
        let made = site.signed(&site.worker_since(app, "王建国", 3).await).await;
        let path = site.contract(&made, "/file");
        let company = async |id| company::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        let labour = app.company_account(&company(site.labour.company_id).await).await;
        let supervision = app.company_account(&company(site.supervision.company_id).await).await;
        labour.post(&path, json!({})).await.ok();
        app.regulator("440703").await.post(&path, json!({})).await.ok();
        assert_eq!(supervision.get(&site.contract(&made, "")).await.ok()["may_manage"], false);
        supervision.post(&path, json!({})).await.refused(403);
        app.regulator("510800").await.post(&path, json!({})).await.refused(404);
        app.nobody().post(&path, json!({})).await.refused(401);
        labour.post(&site.path("contracts"), json!({})).await.refused(403);
        app.vendor_account(&app.vendor("440700").await).await.post("/contracts/search", json!({})).await.refused(403);
        let stranger = app.project_staff(&app.project("440703").await).await;
        for rest in ["", "/file", "/terminate", "/reset"] {
            let path = site.contract(&made, rest);
            match rest {
                "" => stranger.get(&path).await.refused(404),
                _ => act(&stranger, &path, &json!(1), json!({})).await.refused(404),
            };
        }
    }
}

story! {
    async fn a_regulator_looks_over_all_projects_and_takes_the_lists_along(app: &TestApp) {
        let (here, there) = (Site::new(app).await, Site::of(app, app.project("510800").await).await);
        here.signed(&here.worker_since(app, "王建国", 3).await).await;
        here.worker_since(app, "李强", 31).await;
        there.signed(&there.worker_since(app, "别处的", 3).await).await;
        let regulator = app.regulator("440700").await;
        let page = regulator.post("/contracts/search", json!({})).await.ok();
        assert_eq!(names(page["items"].as_array().unwrap()), ["王建国"]);
        assert_eq!(page["items"][0]["project_name"], here.project.name.as_str());

        let whose = here.contracts(json!({})).await[0]["person_id"].as_str().unwrap().to_owned();
        let of_person = regulator.get(&format!("/people/{whose}/contracts")).await.ok();
        assert_eq!(names(of_person.as_array().unwrap()), ["王建国"]);
        app.regulator("510800").await.get(&format!("/people/{whose}/contracts")).await.refused(404);

        let sheet = exported(&regulator, "/contracts/export", json!({})).await;
        assert_eq!(sheet.len(), 2);
        assert_eq!((sheet[0][1].as_str(), sheet[1][1].as_str()), ("姓名", "王建国"));
        assert!(sheet[1].contains(&"固定期限".to_owned()) && sheet[1].contains(&"320".to_owned()), "{sheet:?}");
        let missing = exported(&here.staff, &here.path("contracts/export"), json!({ "unsigned": true, "level": "red" })).await;
        assert_eq!(missing.len(), 2);
        assert!(missing[1].contains(&"红色预警".to_owned()) && missing[1].contains(&"停止考勤".to_owned()), "{missing:?}");
        app.nobody().post("/contracts/export", json!({})).await.refused(401);
    }
}
