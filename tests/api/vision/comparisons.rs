//! 【人脸比对待核】.

use mingce::{entity::face_comparison, registry::faces::service::check};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::support::*;
use crate::api::people::support::{edit, site};

async fn count(app: &TestApp) -> u64 {
    face_comparison::Entity::find().count(app.app.db.writer()).await.unwrap()
}

seeing_story! {
    async fn a_face_is_compared_with_the_portrait_and_somebody_looks_where_it_is_not_clear(app: &TestApp) {
        let site = site(app, "440703").await;
        let (staff, other) = (app.project_staff(&site.project).await, app.project_staff(&app.project("440703").await).await);
        let regulator = app.regulator("440700").await;
        let mut form = json!({ "id_number": somebody(), "name": "王建国", "ethnic": "汉族", "project_id": site.project.id });
        form["photo_file_id"] = uploaded(&staff, grey_and(0.45)).await;
        form["portrait_file_id"] = uploaded(&staff, GREY).await;
        let person = staff.post("/people", form).await.ok();
        all_compared(app).await;

        let page = staff.get("/face-comparisons?state=open&kind=one_to_one").await.ok();
        assert_eq!(page["total"], 1, "{page}");
        let row = &items(&page)[0];
        assert_eq!((&row["verdict"], &row["state"], &row["decision"]), (&json!("look"), &json!("open"), &Value::Null));
        assert!((row["distance"].as_f64().unwrap() - 0.45).abs() < 0.02, "{row}");
        assert_eq!((&row["limit_pass"], &row["limit_look"], &row["model"]), (&json!(0.4), &json!(0.5), &json!("colours@1")));
        assert_eq!((&row["subject"]["kind"], &row["other"]["kind"]), (&json!("face"), &json!("portrait")));
        assert_eq!((&row["subject"]["person_id"], &row["project_name"]), (&person["id"], &json!(site.project.name)));
        for side in ["subject", "other"] {
            let link = row[side]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
            assert_eq!(app.nobody().get(&link).await.headers["content-type"], "image/jpeg");
        }

        let path = format!("/face-comparisons/{}", row["id"].as_str().unwrap());
        let same = json!({ "decision": "same", "reason": "发型不同，五官一致" });
        for stranger in [&other, &app.regulator("510800").await] {
            stranger.get(&path).await.refused(404);
            decide(stranger, row, 1, same.clone()).await.refused(404);
            assert_eq!(stranger.get("/face-comparisons").await.ok()["total"], 0);
            let none = stranger.get("/face-comparisons/figures").await.ok();
            assert_eq!((&none["points"], &none["limits"]), (&json!([]), &Value::Null));
            let none = json!({ "one_to_one": 0, "duplicate": 0, "punch": 0, "decided": 0, "outdated": 0 });
            assert_eq!(stranger.get("/face-comparisons/counts").await.ok(), none);
        }
        assert_eq!(staff.get("/face-comparisons/counts").await.ok()["one_to_one"], 1);
        staff.post(&format!("{path}/decide"), &same).await.refused(428);
        decide(&staff, row, 2, same.clone()).await.refused(412);
        decide(&staff, row, 1, json!({ "decision": "same", "reason": "" })).await.field("reason");
        decide(&staff, row, 1, json!({ "decision": "perhaps", "reason": "看不清" })).await.refused(422);
        let decided = decide(&staff, row, 1, same.clone()).await.ok();
        assert_eq!((&decided["state"], &decided["decision"], &decided["revision"]), (&json!("decided"), &json!("same"), &json!(2)));
        assert_eq!((&decided["reason"], &decided["decided_by"]), (&json!("发型不同，五官一致"), &json!("测试账号")));
        assert_eq!(decide(&regulator, row, 2, same).await.refused(409)["code"], "already_decided");
        let entry = audit_of(app).await.pop().unwrap();
        assert_eq!((&entry["action"], &entry["reason"]), (&json!("face_comparison.decide"), &json!("发型不同，五官一致")));
        assert_eq!((&entry["after"]["decision"], &entry["after"]["verdict"]), (&json!("same"), &json!("look")));
        let counts = regulator.get("/face-comparisons/counts").await.ok();
        assert_eq!((&counts["one_to_one"], &counts["decided"]), (&json!(0), &json!(1)));
        app.nobody().get("/face-comparisons/counts").await.refused(401);
        app.nobody().get("/face-comparisons").await.refused(401);
        app.nobody().get("/face-comparisons/figures").await.refused(401);
        app.nobody().get(&path).await.refused(401);
        app.vendor_account(&app.vendor("440703").await).await.get("/face-comparisons").await.refused(403);
        staff.get("/face-comparisons?state=lost").await.field("state");
        staff.get("/face-comparisons?sort=name").await.field("sort");
    }
}

seeing_story! {
    async fn the_region_s_limits_decide_and_the_limits_of_the_time_are_kept(app: &TestApp) {
        let city = app.regulator("440700").await;
        with_face(&city, "440703", "王建国", grey_and(0.30), Some(GREY)).await;
        with_face(&city, "440703", "李强", [100, 190, 100], Some([100, 50, 100])).await;
        all_compared(app).await;
        let verdict = async |state: &str| {
            let page = city.get(&format!("/face-comparisons?kind=one_to_one&state={state}")).await.ok();
            items(&page).iter().map(|row| row["verdict"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((verdict("decided").await, verdict("open").await), (vec!["pass".to_owned()], vec!["fail".to_owned()]));
        let passed = city.get("/face-comparisons?verdict=pass").await.ok();
        assert_eq!((&items(&passed)[0]["decided_by"], &items(&passed)[0]["decision"]), (&Value::Null, &Value::Null));

        city.lay_down("440700", "face_match_pass", json!(20)).await;
        with_face(&city, "440703", "赵小明", [0, 100, 230], Some([0, 176, 230])).await;
        all_compared(app).await;
        let page = city.get("/face-comparisons?verdict=look").await.ok();
        assert_eq!((&page["total"], &items(&page)[0]["limit_pass"]), (&json!(1), &json!(0.2)));
        let passed = city.get("/face-comparisons?verdict=pass").await.ok();
        assert_eq!(items(&passed)[0]["limit_pass"], json!(0.4));

        let figures = city.get("/face-comparisons/figures?kind=one_to_one").await.ok();
        assert_eq!((figures["points"].as_array().unwrap().len(), &figures["capped"]), (3, &json!(false)));
        assert_eq!(figures["limits"], json!({ "pass": 0.2, "look": 0.5, "duplicate": 0.4 }));
        let day = |days| mingce::platform::types::clock::china_today() + chrono::Days::new(days);
        assert_eq!(city.get(&format!("/face-comparisons/figures?from={}", day(1))).await.ok()["points"], json!([]));
        let today = city.get(&format!("/face-comparisons/figures?from={0}&to={0}", day(0))).await.ok();
        assert_eq!(today["points"].as_array().unwrap().len(), 3);
        city.get("/face-comparisons/figures?from=yesterday").await.field("from");
    }
}

seeing_story! {
    async fn the_same_face_under_two_names_is_a_warning_for_the_regulator(app: &TestApp) {
        let site = site(app, "440703").await;
        let (county, city) = (app.regulator("440703").await, app.regulator("440700").await);
        let staff = app.project_staff(&site.project).await;
        let wang = with_face(&county, "440703", "王建国", GREY, None).await;
        site.enter(app, &wang).await;
        all_compared(app).await;
        let li = with_face(&county, "440703", "李强", grey_and(0.1), None).await;
        with_face(&county, "440703", "赵小明", [100, 240, 100], None).await;
        all_compared(app).await;
        let page = county.get("/face-comparisons?kind=duplicate").await.ok();
        assert_eq!(page["total"], 1, "{page}");
        let row = &items(&page)[0];
        assert_eq!((&row["verdict"], &row["state"]), (&json!("warning"), &json!("open")));
        assert_eq!((&row["subject"]["person_id"], &row["other"]["person_id"]), (&li["id"], &wang["id"]), "who came later is the subject");
        assert_eq!((&row["subject"]["on_site"], &row["other"]["on_site"]), (&json!(false), &json!(true)));
        // The other one may be anybody's, so it is not the project's to see.
        assert_eq!(staff.get("/face-comparisons").await.ok()["total"], 0);
        staff.get(&format!("/face-comparisons/{}", row["id"].as_str().unwrap())).await.refused(404);

        // Nobody is stopped, and a pair is a pair, whoever is looked at again.
        for person in [&wang, &li] {
            let image = image_rows(app, id_of(person)).await.remove(0);
            check(&app.app, image.id).await.unwrap();
        }
        assert_eq!(count(app).await, 1);

        // Two counties: the city's to look into. Another city: nobody's.
        with_face(&city, "440704", "孙小军", GREY, None).await;
        with_face(&app.regulator("510800").await, "510800", "周立新", GREY, None).await;
        all_compared(app).await;
        assert_eq!(county.get("/face-comparisons?kind=duplicate").await.ok()["total"], 1);
        assert_eq!(app.regulator("440704").await.get("/face-comparisons").await.ok()["total"], 0);
        assert_eq!(city.get("/face-comparisons?kind=duplicate").await.ok()["total"], 3);
        let of_wang = format!("/face-comparisons?person_id={}", wang["id"].as_str().unwrap());
        assert_eq!(city.get(&of_wang).await.ok()["total"], 2);
        assert_eq!(app.regulator("510800").await.get("/face-comparisons").await.ok()["total"], 0);
        assert_eq!(app.admin().await.get("/face-comparisons").await.ok()["total"], 3);

        let different = json!({ "decision": "different", "reason": "是双胞胎兄弟" });
        decide(&county, row, 1, different).await.ok();
        assert_eq!(county.get("/face-comparisons?state=open").await.ok()["total"], 0);
        assert_eq!(county.get("/face-comparisons?decision=different").await.ok()["total"], 1);
    }
}

seeing_story! {
    async fn of_many_who_look_alike_the_best_five_are_shown(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        regulator.lay_down("440703", "face_duplicate", json!(20)).await;
        // Two hundredths apart each: nobody further away than the limit counts.
        for (nth, name) in ["王一", "王二", "王三", "王四", "王五", "王六", "王七"].into_iter().enumerate() {
            with_face(&regulator, "440703", name, grey_and(nth as f32 * 0.02), None).await;
            all_compared(app).await;
        }
        let before = count(app).await;
        let last = with_face(&regulator, "440703", "王九", grey_and(0.14), None).await;
        all_compared(app).await;
        assert_eq!(count(app).await - before, 5);
        let path = format!("/face-comparisons?sort=distance&person_id={}", last["id"].as_str().unwrap());
        let page = regulator.get(&path).await.ok();
        let names: Vec<&str> = items(&page).iter().map(|row| row["other"]["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["王七", "王六", "王五", "王四", "王三"]);
    }
}

seeing_story! {
    async fn a_photo_that_is_replaced_leaves_nothing_to_look_at_but_what_warned_stays(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        with_face(&regulator, "440703", "王建国", grey_and(0.55), None).await;
        let person = with_face(&regulator, "440703", "李强", grey_and(0.55), Some(GREY)).await;
        all_compared(app).await;
        assert_eq!(regulator.get("/face-comparisons?state=open").await.ok()["total"], 2);
        let photo = uploaded(&regulator, GREY).await;
        edit(&regulator, person["id"].as_str().unwrap(), 1, json!({ "photo_file_id": photo })).await.ok();
        all_compared(app).await;
        let open = regulator.get("/face-comparisons?state=open").await.ok();
        assert_eq!((&open["total"], &items(&open)[0]["kind"]), (&json!(1), &json!("duplicate")));
        assert_eq!(items(&open)[0]["subject"]["replaced"], true);
        let outdated = regulator.get("/face-comparisons?state=outdated").await.ok();
        assert_eq!((&outdated["total"], &items(&outdated)[0]["verdict"]), (&json!(1), &json!("fail")));
        let row = &items(&outdated)[0];
        let late = decide(&regulator, row, row["revision"].as_i64().unwrap() as i32, json!({ "decision": "same", "reason": "看起来一样" }));
        assert_eq!(late.await.refused(409)["code"], "outdated");
        let passed = regulator.get("/face-comparisons?state=decided").await.ok();
        assert_eq!((&passed["total"], &items(&passed)[0]["subject"]["version"]), (&json!(1), &json!(2)));
    }
}

seeing_story! {
    async fn somebody_who_came_from_elsewhere_is_found_where_they_work(app: &TestApp) {
        let site = site(app, "440703").await;
        let (here, there) = (app.regulator("440703").await, app.regulator("510800").await);
        let guest = with_face(&there, "510800", "周立新", GREY, None).await;
        all_compared(app).await;
        site.enter(app, &guest).await;
        with_face(&here, "440703", "王建国", GREY, None).await;
        all_compared(app).await;
        let city = app.regulator("440700").await;
        assert_eq!(city.get("/face-comparisons?kind=duplicate").await.ok()["total"], 1);
        assert_eq!(there.get("/face-comparisons").await.ok()["total"], 0);
    }
}
