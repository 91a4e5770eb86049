//! 预警

use chrono::{DateTime, TimeDelta, Utc};
use mingce::{
    entity::{device_state, project},
    oversight::alerts::watch,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    devices::support::Gate,
    support::{TestApp, id_of},
};

/// The device was last heard of so long ago, with its clock so many seconds ahead.
async fn heard(app: &TestApp, device: &Value, ago: TimeDelta, offset: i64) {
    let row = device_state::ActiveModel {
        device_id: Set(id_of(device)),
        last_seen_at: Set(Some(Utc::now() - ago)),
        clock_offset_seconds: Set(Some(offset)),
        ..Default::default()
    };
    let mut again = OnConflict::column(device_state::Column::DeviceId);
    again.update_columns([device_state::Column::LastSeenAt, device_state::Column::ClockOffsetSeconds]);
    device_state::Entity::insert(row).on_conflict(again).exec_without_returning(app.app.db.writer()).await.unwrap();
}

async fn look(app: &TestApp) -> (usize, usize) {
    look_at(app, Utc::now()).await
}

async fn look_at(app: &TestApp, now: DateTime<Utc>) -> (usize, usize) {
    let seen = watch(&app.app, now).await.unwrap();
    (seen.opened, seen.closed)
}

async fn set_status(app: &TestApp, id: Uuid, status: &str) {
    let row = project::ActiveModel { id: Set(id), status: Set(status.to_owned()), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap();
}

story! {
    async fn a_silent_device_raises_one_alert_until_it_is_back(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (staff, device) = (&gate.site.staff, gate.register("MC-K1-0001").await);
        assert_eq!(look(app).await, (0, 0), "it has not been plugged in yet");
        heard(app, &device, TimeDelta::minutes(29), 0).await;
        assert_eq!(look(app).await, (0, 0));
        heard(app, &device, TimeDelta::minutes(31), 0).await;
        assert_eq!(look(app).await, (1, 0));
        assert_eq!(look(app).await, (0, 0), "it is open already");
        let alerts = gate.path("alerts");
        let open = staff.get(&format!("{alerts}?open=true")).await.ok();
        assert_eq!((&open["total"], &open["items"][0]["kind"]), (&json!(1), &json!("device_offline")));
        assert_eq!((&open["items"][0]["subject_id"], &open["items"][0]["details"]["place"]), (&device["id"], &json!("1 号门")));
        assert_eq!(staff.get("/workbench").await.ok()["open_alerts"], 1);

        heard(app, &device, TimeDelta::zero(), 0).await;
        assert_eq!(look(app).await, (0, 1));
        assert_eq!(staff.get("/workbench").await.ok()["open_alerts"], 0);
        let over = staff.get(&format!("{alerts}?open=false")).await.ok();
        assert_eq!(over["total"], 1);
        assert!(over["items"][0]["closed_at"].is_string());
        heard(app, &device, TimeDelta::minutes(40), 0).await;
        assert_eq!(look(app).await, (1, 0));
        staff.post(&format!("{}/unbind", gate.path_of(&device)), json!({"reason": "拆除"})).await.ok();
        assert_eq!(look(app).await, (0, 1), "nobody waits for a device that is gone");
        assert_eq!(staff.get(&alerts).await.ok()["total"], 2);
    }
}

story! {
    async fn a_region_says_how_long_a_device_may_be_silent(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        heard(app, &device, TimeDelta::minutes(31), 0).await;
        let regulator = app.regulator("440700").await;
        regulator.put("/policies/440703/offline_alert_minutes", &json!(1), json!({"value": 60})).await.ok();
        assert_eq!(look(app).await, (0, 0));
        assert_eq!(look_at(app, Utc::now() + TimeDelta::minutes(30)).await, (1, 0));
    }
}

story! {
    async fn a_project_without_any_sign_for_two_days_is_dark(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (one, two) = (gate.register("MC-K1-0001").await, gate.register("MC-K1-0002").await);
        heard(app, &one, TimeDelta::hours(50), 0).await;
        heard(app, &two, TimeDelta::hours(47), 0).await;
        assert_eq!(look(app).await, (2, 0), "both are offline, the project is not dark");
        assert_eq!(look_at(app, Utc::now() + TimeDelta::hours(2)).await, (1, 0));
        let dark = gate.site.staff.get(&gate.path("alerts?kind=project_dark")).await.ok();
        assert_eq!((&dark["total"], &dark["items"][0]["subject_id"]), (&json!(1), &json!(gate.site.project.id)));
        assert_eq!(dark["items"][0]["details"]["devices"], 2);
        heard(app, &two, TimeDelta::zero(), 0).await;
        assert_eq!(look(app).await, (0, 2));
    }
}

story! {
    async fn a_wrong_clock_is_pointed_out(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        heard(app, &device, TimeDelta::zero(), -121).await;
        assert_eq!(look(app).await, (1, 0));
        let found = gate.site.staff.get(&gate.path("alerts?kind=clock_off")).await.ok();
        assert_eq!(found["items"][0]["details"]["offset_seconds"], -121);
        heard(app, &device, TimeDelta::zero(), 119).await;
        assert_eq!(look(app).await, (0, 1));
    }
}

story! {
    async fn projects_at_rest_raise_no_alerts(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        heard(app, &device, TimeDelta::hours(50), 500).await;
        for status in ["005", "006", "004"] {
            set_status(app, gate.site.project.id, status).await;
            assert_eq!(look(app).await, (0, 0), "{status}");
        }
        set_status(app, gate.site.project.id, "003").await;
        assert_eq!(look(app).await, (3, 0));
        set_status(app, gate.site.project.id, "005").await;
        assert_eq!(look(app).await, (0, 3), "what was open is over when a site stops");
        set_status(app, gate.site.project.id, "003").await;
        let cancelled = project::ActiveModel { id: Set(gate.site.project.id), cancelled_at: Set(Some(Utc::now())), ..Default::default() };
        cancelled.update(app.app.db.writer()).await.unwrap();
        assert_eq!(look(app).await, (0, 0));
    }
}

story! {
    async fn alerts_are_seen_within_one_s_reach(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        heard(app, &device, TimeDelta::minutes(60), 0).await;
        look(app).await;
        let regulator = app.regulator("440700").await;
        for (query, total) in [
            ("", 1), ("open=true", 1), ("open=false", 0), ("kind=clock_off", 0), ("project=滨江", 1), ("project=海滨", 0),
            ("region_code=440703", 1), ("region_code=440704", 0), ("sort=kind", 1),
        ] {
            assert_eq!(regulator.get(&format!("/alerts?{query}")).await.ok()["total"], json!(total), "{query}");
        }
        regulator.get("/alerts?kind=fire").await.field("kind");
        regulator.get("/alerts?sort=color").await.field("sort");
        assert_eq!(app.regulator("510800").await.get("/alerts").await.ok()["total"], 0);
        app.regulator("510800").await.get(&gate.path("alerts")).await.refused(404);
        app.nobody().get("/alerts").await.refused(401);
        app.nobody().get(&gate.path("alerts")).await.refused(401);
    }
}
