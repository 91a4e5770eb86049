//! 打卡统计, 出勤时长统计, 项目月考勤 and 考勤明细.

use mingce::{
    entity::{device::Direction, project},
    platform::types::Month,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::support::{Gate, PHOTO, Site, Worker, ago, days_ago, device_row};
use crate::api::{roster::support::number_of_row, support::exported};

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

/// Two workers and a cook; one worker has been here all day, one has not punched out, the cook stayed away.
async fn a_day(gate: &Gate<'_>) -> (Worker, Worker, Worker) {
    let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
    let cook = gate.site.worker(gate.app, "钱厨师").await;
    let entry = gate.site.entered(&gate.site.cooks, &cook, json!({})).await;
    gate.punches(&wang, 1, &["07:58:00", "12:00:00", "13:00:00", "18:00:00"]).await;
    gate.punches(&li, 1, &["08:30:00"]).await;
    (wang, li, Worker { person: cook, entry })
}

story! {
    async fn a_day_shows_everybody_who_was_on_the_roster(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, ..) = a_day(&gate).await;
        let search = async |form: Value| gate.site.staff.post(&gate.site.path("attendance/days/search?sort=-minutes"), form).await;
        let page = search(json!({"day": ago(1)})).await.ok();
        assert_eq!((&page["total"], names(&page)), (&json!(3), vec!["王建国", "李强", "钱厨师"]));
        let row = &page["items"][0];
        assert_eq!((&row["minutes"], &row["count"], &row["state"]), (&json!(242 + 300), &json!(4), &json!("present")));
        assert!(row["first_at"].as_str().unwrap().starts_with(&format!("{}T23:58:00", ago(2))), "{row}");
        assert_eq!((&row["id_number"], &row["crew_name"]), (&json!(wang.person.id_number_mask), &json!("钢筋一班")));
        assert_eq!((&page["items"][1]["state"], &page["items"][2]["state"]), (&json!("incomplete"), &json!("absent")));
        assert_eq!(page["items"][2]["first_at"], Value::Null);

        for (filter, expected) in [
            (json!({"kind": "other"}), vec!["钱厨师"]),
            (json!({"crew_id": gate.site.cooks.id}), vec!["钱厨师"]),
            (json!({"unit_id": gate.site.supervision.id}), vec![]),
            (json!({"presence": "exited"}), vec![]),
            (json!({"name": "王"}), vec!["王建国"]),
            (json!({"id_number": number_of_row(&wang.person).expose()}), vec!["王建国"]),
        ] {
            let mut form = filter;
            form["day"] = json!(ago(1));
            assert_eq!(names(&search(form.clone()).await.ok()), expected, "{form}");
        }
        assert_eq!(search(json!({"day": ago(6)})).await.ok()["total"], json!(0), "nobody had entered");
        let today = search(json!({"day": ago(0)})).await.ok();
        assert_eq!((&today["total"], &today["items"][0]["state"]), (&json!(3), &json!("absent")));
    }
}

story! {
    async fn a_month_is_a_grid_of_hours(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, ..) = a_day(&gate).await;
        gate.punches(&wang, 2, &["08:00:00", "18:00:00"]).await;
        let (month, other) = (Month::of(days_ago(1)), Month::of(days_ago(2)));
        let path = gate.site.path("attendance/months/search");
        let page = gate.site.staff.post(&path, json!({"month": month, "name": "王"})).await.ok();
        let row = &page["items"][0];
        let days = row["days"].as_array().unwrap();
        let (expected_days, minutes) = if month == other { (2, 542 + 600) } else { (1, 542) };
        assert_eq!((days.len(), &row["present_days"], &row["minutes"]), (expected_days, &json!(expected_days), &json!(minutes)));
        let last = days.last().unwrap();
        assert_eq!(last, &json!({"day": ago(1), "minutes": 542, "count": 4, "inside": false}));

        let all = gate.site.staff.post(&path, json!({"month": month})).await.ok();
        assert_eq!((names(&all), &all["total"]), (vec!["钱厨师", "李强", "王建国"], &json!(3)), "crew by crew");
        assert_eq!(gate.site.staff.post(&path, json!({"month": "2020-01"})).await.ok()["total"], json!(0));
        for wrong in ["2026-13", "", "十一月"] {
            let said = gate.site.staff.post(&path, json!({"month": wrong})).await.field("month");
            assert!(said.contains("月份"), "{said}");
        }
        gate.site.staff.post(&path, json!({})).await.field("month");
    }
}

story! {
    async fn a_click_on_a_day_shows_its_punches_and_what_they_counted_as(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        gate.punches(&wang, 1, &["12:00:00", "08:00:00", "08:01:00", "13:00:00"]).await;
        let path = gate.site.path(&format!("entries/{}/punches?day={}", wang.entry_id(), ago(1)));
        let punches = gate.site.staff.get(&path).await.ok();
        let counted: Vec<_> = punches.as_array().unwrap().iter().map(|punch| punch["counted"].as_str().unwrap()).collect();
        assert_eq!(counted, ["came_in", "repeated", "went_out", "came_in"]);
        assert_eq!((&punches[0]["device_place"], &punches[0]["direction"]), (&json!("1号门"), &json!("turns")));
        let photo = punches[0]["photo_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        let answer = app.nobody().get(photo).await;
        assert_eq!((answer.status, answer.bytes.as_slice()), (200, PHOTO));
        app.nobody().get(&photo.replace("&s=", "&s=A")).await.refused(403);

        let strangers = Site::of(app, app.project("510800").await).await;
        strangers.staff.get(&path).await.refused(404);
        let there = strangers.path(&format!("entries/{}/punches?day={}", wang.entry_id(), ago(1)));
        strangers.staff.get(&there).await.refused(404);
        gate.site.staff.get(&gate.site.path(&format!("entries/{}/punches?day=gestern", wang.entry_id()))).await.field("day");
    }
}

story! {
    async fn the_details_hold_every_punch_with_its_photo_and_refusal(app: &TestApp) {
        let mut gate = Gate::new(app).await;
        let (wang, li, _) = a_day(&gate).await;
        gate.punches(&wang, 7, &["08:00:00"]).await;
        let back_gate = device_row(app, &gate.site, "后门", Direction::Out).await;
        gate.device = back_gate;
        gate.punches(&li, 1, &["17:00:00"]).await;
        let unknown = gate.punch(999_999, 1, "19:00:00").await;
        mingce::site::attendance::service::record(&app.app, &[unknown]).await.unwrap();
        let search = async |form: Value| gate.site.staff.post(&gate.site.path("attendance/punches/search"), form).await;
        let all = search(json!({"from": ago(7), "to": ago(0)})).await.ok();
        assert_eq!((&all["total"], &all["items"][0]["person_number"]), (&json!(8), &json!(999_999)), "the latest first");
        assert_eq!((&all["items"][0]["name"], &all["items"][0]["refusal"]), (&Value::Null, &json!("查无此人")));
        assert!(all["items"][0]["photo_url"].is_string());
        assert_eq!((&all["items"][7]["refusal"], &all["items"][7]["name"]), (&json!("未进场"), &json!("王建国")));

        let total = async |form: Value| {
            let mut form = form;
            (form["from"], form["to"]) = (json!(ago(1)), json!(ago(1)));
            search(form).await.ok()["total"].as_u64().unwrap()
        };
        assert_eq!(total(json!({})).await, 7);
        assert_eq!(total(json!({"refused": true})).await, 1);
        assert_eq!(total(json!({"refused": false})).await, 6);
        assert_eq!(total(json!({"device_id": gate.device.id})).await, 2);
        assert_eq!(total(json!({"name": "李"})).await, 2);
        assert_eq!(total(json!({"crew_id": gate.site.cooks.id})).await, 0);
        search(json!({"from": ago(0), "to": ago(1)})).await.field("to");
        search(json!({"from": "2020-01-01", "to": ago(1)})).await.field("to");
        search(json!({"from": "gestern", "to": ago(1)})).await.field("from");
    }
}

story! {
    async fn attendance_is_shown_to_those_who_may_see_it(app: &TestApp) {
        let gate = Gate::new(app).await;
        a_day(&gate).await;
        let lists = [
            ("attendance/days/search", json!({"day": ago(1)})),
            ("attendance/months/search", json!({"month": Month::of(days_ago(1))})),
            ("attendance/punches/search", json!({"from": ago(1), "to": ago(1)})),
            ("attendance/days/export", json!({"day": ago(1)})),
            ("attendance/months/export", json!({"month": Month::of(days_ago(1))})),
            ("attendance/punches/export", json!({"from": ago(1), "to": ago(1)})),
            ("attendance/recompute", json!({"from": ago(1), "to": ago(1)})),
        ];
        let elsewhere = Site::of(app, app.project("510800").await).await;
        let city = app.regulator("440700").await;
        let vendor = app.vendor("440703").await;
        let ours = project::ActiveModel { id: Set(gate.site.project.id), vendor_id: Set(Some(vendor.id)), ..Default::default() };
        ours.update(app.app.db.writer()).await.unwrap();
        let vendor = app.vendor_account(&vendor).await;
        for (list, form) in lists {
            let path = gate.site.path(list);
            app.nobody().post(&path, &form).await.refused(401);
            elsewhere.staff.post(&path, &form).await.refused(404);
            vendor.post(&path, &form).await.refused(403);
            city.post(&path, &form).await.ok();
        }
        for page in ["attendance/overview?by=day&from=2026-01-01&to=2026-01-01", "attendance/on-site"] {
            let path = gate.site.path(page);
            app.nobody().get(&path).await.refused(401);
            elsewhere.staff.get(&path).await.refused(404);
            vendor.get(&path).await.refused(403);
            city.get(&path).await.ok();
        }
        app.nobody().post("/attendance/projects/search", json!({"day": ago(1)})).await.refused(401);
        vendor.post("/attendance/projects/search", json!({"day": ago(1)})).await.refused(403);
    }
}

story! {
    async fn what_the_screen_shows_becomes_a_workbook(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, ..) = a_day(&gate).await;
        let staff = &gate.site.staff;
        let days = exported(staff, &gate.site.path("attendance/days/export"), json!({"day": ago(1), "kind": "worker"})).await;
        assert_eq!(days.len(), 3);
        assert_eq!(days[0][6..], ["首次打卡", "末次打卡", "打卡次数", "工时（小时）", "出勤情况"]);
        assert_eq!(days[1][6..], ["08:30:00", "", "1", "0", "缺卡"]);
        assert_eq!(days[2][6..], ["07:58:00", "18:00:00", "4", "9.03", "出勤"]);

        let id_number = number_of_row(&wang.person);
        let form = json!({"month": Month::of(days_ago(1)), "id_number": id_number.expose()});
        let months = exported(staff, &gate.site.path("attendance/months/export"), form).await;
        let day = chrono::Datelike::day(&days_ago(1)) as usize;
        assert_eq!((months.len(), &months[0][5 + day], &months[1][5 + day]), (2, &format!("{day}日"), &"9.03".to_owned()));
        assert_eq!(months[1][months[1].len() - 2..], ["1", "9.03"]);

        let form = json!({"from": ago(1), "to": ago(1)});
        let punches = exported(staff, &gate.site.path("attendance/punches/export"), form).await;
        assert_eq!((punches.len(), punches[1][0].as_str(), punches[1][9].as_str()), (6, "王建国", "1号门"));
    }
}

story! {
    async fn no_id_number_stays_behind_in_a_job_or_in_the_audit(app: &TestApp) {
        use mingce::entity::{audit, job};
        use sea_orm::EntityTrait;
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        let number = number_of_row(&wang.person);
        let form = json!({"from": ago(1), "to": ago(1), "id_number": number.expose()});
        exported(&gate.site.staff, &gate.site.path("attendance/punches/export"), form).await;
        let (jobs, notes) = (job::Entity::find().all(app.app.db.reader()), audit::Entity::find().all(app.app.db.reader()));
        let (jobs, notes) = (jobs.await.unwrap(), notes.await.unwrap());
        assert!(notes.iter().any(|note| note.action == "attendance.export_punches"));
        assert!(!format!("{jobs:?}{notes:?}").contains(number.expose()));
    }
}
