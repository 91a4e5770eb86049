//! 出勤一览表, the live board, and attendance across projects.

use mingce::entity::{device::Direction, device_state, project};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::support::{Gate, Site, TestApp, ago, device_row};

/// Two of three people came yesterday, one the day before.
async fn two_days(gate: &Gate<'_>) {
    let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
    let cook = gate.site.worker(gate.app, "钱厨师").await;
    gate.site.entered(&gate.site.cooks, &cook, json!({"entered_on": ago(2)})).await;
    gate.punches(&wang, 1, &["08:00:00", "18:00:00"]).await;
    gate.punches(&li, 1, &["08:00:00", "12:00:00"]).await;
    gate.punches(&wang, 2, &["08:00:00", "18:00:00"]).await;
}

async fn stop(app: &TestApp, project: &project::Model) {
    let row = project::ActiveModel { id: Set(project.id), status: Set("005".to_owned()), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap();
}

story! {
    async fn an_overview_counts_heads_days_and_hours(app: &TestApp) {
        let gate = Gate::new(app).await;
        two_days(&gate).await;
        let overview = async |query: String| gate.site.staff.get(&gate.site.path(&format!("attendance/overview?{query}"))).await;
        let days = overview(format!("by=day&from={}&to={}", ago(3), ago(1))).await.ok();
        let total = |n: usize| days["periods"][n]["total"].clone();
        assert_eq!((&total(0)["heads"], &total(0)["attended"], &total(0)["rate"]), (&json!(2), &json!(0), &json!(0.0)));
        assert_eq!((&total(1)["heads"], &total(1)["attended"], &total(1)["minutes"]), (&json!(3), &json!(1), &json!(600)));
        assert_eq!((&total(2)["attended"], &total(2)["minutes"]), (&json!(2), &json!(840)));
        assert!((total(2)["rate"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
        let unit = &days["periods"][2]["units"][0];
        assert_eq!((&unit["company_name"], &unit["heads"]), (&json!("江门市鸿远劳务有限公司"), &json!(3)));
        assert_eq!((&unit["crews"][0]["crew_name"], &unit["crews"][0]["rate"]), (&json!("钢筋一班"), &json!(1.0)));
        assert_eq!((&unit["crews"][1]["crew_name"], &unit["crews"][1]["attended"]), (&json!("后勤班"), &json!(0)));

        let both = overview(format!("by=month&from={}&to={}", ago(2), ago(1))).await.ok();
        let sum = |key: &str| -> u64 { both["periods"].as_array().unwrap().iter().map(|p| p["total"][key].as_u64().unwrap()).sum() };
        assert_eq!((sum("roster_days"), sum("attended_days"), sum("minutes")), (6, 3, 1440));
        let ahead = overview(format!("by=week&from={}&to=2999-01-01", ago(0))).await;
        ahead.field("to");
        overview("by=year&from=2026-01-01&to=2026-01-02".to_owned()).await.field("by");
        overview("by=day&from=2026-01-01".to_owned()).await.field("to");
    }
}

story! {
    async fn a_stopped_project_keeps_its_figures_and_has_no_rate(app: &TestApp) {
        let gate = Gate::new(app).await;
        two_days(&gate).await;
        stop(app, &gate.site.project).await;
        let path = gate.site.path(&format!("attendance/overview?by=day&from={}&to={}", ago(1), ago(1)));
        let shown = gate.site.staff.get(&path).await.ok();
        let total = &shown["periods"][0]["total"];
        assert_eq!((&shown["stopped"], &total["attended"], &total["rate"]), (&json!(true), &json!(2), &Value::Null));
        assert_eq!(shown["periods"][0]["units"][0]["crews"][0]["rate"], Value::Null);
        // Who punches is still recorded, and counts for their own day.
        let wang = gate.kept().await[0].person_number;
        assert_eq!(gate.punch(wang, 0, "05:00:00").await.refusal, None);
        let city = app.regulator("440700").await;
        let rows = city.post("/attendance/projects/search", json!({"day": ago(1)})).await.ok();
        let row = &rows["items"][0];
        assert_eq!((&row["stopped"], &row["attended"], &row["rate"]), (&json!(true), &json!(2), &Value::Null));
    }
}

story! {
    async fn the_board_shows_who_is_inside_since_when(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
        let yesterday = gate.worker("赵小明").await;
        gate.punches(&yesterday, 1, &["08:00:00"]).await;
        // Now is within the day of attendance that began at the cut, whatever the clock says.
        let mut came = gate.punch(wang.person.number, 0, "08:00:00").await;
        let admission = mingce::site::roster::query::Admission::read(&app.app, gate.site.project.id).await.unwrap();
        came.day = admission.day_of(chrono::Utc::now());
        came.at = mingce::platform::types::clock::day_start(came.day) + chrono::TimeDelta::hours(8);
        let mut left = came.clone();
        (left.person_number, left.person_id, left.entry_id) = (li.person.number, Some(li.person.id), Some(li.entry_id()));
        let mut again = left.clone();
        again.at += chrono::TimeDelta::hours(1);
        let since = came.at;
        mingce::site::attendance::service::record(&app.app, &[came, left, again]).await.unwrap();
        let board = gate.site.staff.get(&gate.site.path("attendance/on-site")).await.ok();
        assert_eq!((&board["heads"], &board["on_site"]), (&json!(3), &json!(1)), "{board}");
        let crew = &board["units"][0]["crews"][0];
        assert_eq!((&crew["crew_name"], &crew["heads"], &crew["people"][0]["name"]), (&json!("钢筋一班"), &json!(3), &json!("王建国")));
        let shown: chrono::DateTime<chrono::Utc> = crew["people"][0]["since"].as_str().unwrap().parse().unwrap();
        assert_eq!(shown, since);
    }
}

story! {
    async fn a_regulator_sees_every_project_of_the_region_on_one_page(app: &TestApp) {
        let gate = Gate::new(app).await;
        two_days(&gate).await;
        let quiet = Site::new(app).await;
        let abroad = Site::of(app, app.project("510800").await).await;
        let now = chrono::Utc::now();
        let online = device_state::ActiveModel {
            device_id: Set(gate.device.id),
            online_since: Set(Some(now)),
            last_seen_at: Set(Some(now)),
            ..Default::default()
        };
        online.insert(app.app.db.writer()).await.unwrap();
        device_row(app, &gate.site, "2号门", Direction::In).await;
        let city = app.regulator("440700").await;
        let search = async |form: Value| city.post("/attendance/projects/search?sort=project_name", form).await;
        let rows = search(json!({"day": ago(1)})).await.ok();
        assert_eq!(rows["total"], json!(2));
        let busy = rows["items"].as_array().unwrap().iter().find(|row| row["project_id"] == json!(gate.site.project.id)).unwrap();
        assert_eq!((&busy["heads"], &busy["attended"], &busy["minutes"]), (&json!(3), &json!(2), &json!(840)));
        assert_eq!((&busy["devices"], &busy["devices_online"], &busy["stopped"]), (&json!(2), &json!(1), &json!(false)));
        let named = search(json!({"day": ago(1), "project": quiet.project.name})).await.ok();
        assert_eq!((&named["total"], &named["items"][0]["rate"]), (&json!(1), &Value::Null), "nobody is on the roster");
        assert_eq!(search(json!({"day": ago(1), "region_code": "510800"})).await.ok()["total"], json!(0));
        let theirs = abroad.staff.post("/attendance/projects/search", json!({"day": ago(1)})).await.ok();
        assert_eq!(theirs["total"], json!(1));
        search(json!({"day": "0001-01-01"})).await.field("day");
    }
}
