//! What the gateway asks and notes: logins, connections, signs of life.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use futures_util::{StreamExt, stream::BoxStream};
use mingce::{
    entity::project,
    platform::cache::Event,
    site::devices::{
        DEVICE_TOPIC,
        control::{Control, What},
        query::log_in,
        service::{Heartbeat, connected, disconnected, seen},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::*;

fn at(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap_or_else(|| panic!("no instant: {value}")).parse().unwrap()
}

fn beat(device: Uuid, connection: Uuid, seconds_ago: i64) -> Heartbeat {
    Heartbeat {
        device_id: device,
        connection_id: connection,
        last_seen_at: Utc::now().trunc_subsecs(0) - TimeDelta::seconds(seconds_ago),
        clock_offset_seconds: None,
        last_punch_at: None,
    }
}

/// What gateways are told, from now on. A Redis subscription begins a moment after it is asked for, so a mark is sent
/// until it is heard.
async fn ear(app: &TestApp) -> BoxStream<'static, Event> {
    let mut events = app.app.cache.subscribe(DEVICE_TOPIC).await.unwrap();
    let mark = Control::of(Uuid::nil(), What::Push);
    mark.tell(&app.app).await;
    while hear(&mut events).await != mark {}
    events
}

async fn hear(events: &mut BoxStream<'static, Event>) -> Control {
    let next = tokio::time::timeout(Duration::from_secs(5), events.next()).await;
    let Event::Message(payload) = next.expect("nothing was told").unwrap() else { panic!("missed") };
    serde_json::from_str(&payload).unwrap()
}

story! {
    async fn a_device_is_known_by_its_vendor_s_code_and_its_serial(app: &TestApp) {
        let gate = Gate::new(app).await;
        gate.register("MC-K1-0001").await;
        let device = gate.logged_in("MC-K1-0001").await;
        assert_eq!((device.project.id, device.device.serial.as_str()), (gate.site.project.id, "MC-K1-0001"));

        let other = app.vendor("440703").await;
        for (code, serial, text) in [
            ("NOBODY", "MC-K1-0001", "设备商编码不符"),
            (other.code.as_str(), "MC-K1-0001", "设备商编码不符"),
            ("NOBODY", "MC-K1-0002", "设备商编码不存在"),
            (gate.vendor.code.as_str(), "MC-K1-0002", "设备未登记"),
            (gate.vendor.code.as_str(), "mc-k1-0001", "设备未登记"),
            (gate.vendor.code.as_str(), "", "设备未登记"),
        ] {
            let refused = log_in(&app.app, code, serial).await.unwrap().unwrap_err();
            assert_eq!(refused.text, text);
            assert!(refused.text.len() <= 30);
        }
        let cancelled =
            project::ActiveModel { id: Set(gate.site.project.id), cancelled_at: Set(Some(Utc::now())), ..Default::default() };
        cancelled.update(app.app.db.writer()).await.unwrap();
        let refused = log_in(&app.app, &gate.vendor.code, "MC-K1-0001").await.unwrap().unwrap_err();
        assert_eq!(refused.text, "项目已注销");
    }
}

story! {
    async fn the_console_sees_when_a_device_comes_and_goes(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        let began = Utc::now();
        let (device, connection) = gate.connected("MC-K1-0001").await;
        let online = gate.show(&row).await;
        assert_eq!((&online["state"], &online["address"]), (&json!("online"), &json!("10.0.0.7:51000")));
        assert!(at(&online["online_since"]) >= began.trunc_subsecs(0) && online["offline_since"].is_null());
        let found = gate.site.staff.get(&gate.path("devices?state=online")).await.ok();
        assert_eq!(found["total"], 1);

        let punched = Utc::now().trunc_subsecs(0);
        let telling = Heartbeat { clock_offset_seconds: Some(-75), last_punch_at: Some(punched), ..beat(device.device.id, connection, 0) };
        seen(&app.app, &[telling]).await.unwrap();
        let stored = Heartbeat { last_punch_at: Some(punched - TimeDelta::hours(5)), ..beat(device.device.id, connection, 0) };
        seen(&app.app, &[stored]).await.unwrap();
        let now = gate.show(&row).await;
        assert_eq!(now["clock_offset_seconds"], -75, "what a heart-beat does not tell stays");
        assert_eq!(at(&now["last_punch_at"]), punched, "a stored punch is not the last one");

        disconnected(&app.app, &device, connection).await.unwrap();
        let offline = gate.show(&row).await;
        assert_eq!((&offline["state"], &offline["online_since"]), (&json!("offline"), &Value::Null));
        assert!(at(&offline["offline_since"]) >= began.trunc_subsecs(0));
        assert_eq!(gate.site.staff.get(&gate.path("devices?state=offline")).await.ok()["total"], 1);
    }
}

story! {
    async fn an_old_connection_does_not_spoil_the_state_of_a_newer_one(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        let mut told = ear(app).await;
        let (device, old) = gate.connected("MC-K1-0001").await;
        assert_eq!(hear(&mut told).await.connection_id, Some(old));
        let new = Uuid::now_v7();
        assert!(connected(&app.app, &device, new, "10.0.0.8:40000").await.unwrap());
        let taken_over = Control { device_id: device.device.id, connection_id: Some(new), what: What::TakenOver };
        assert_eq!(hear(&mut told).await, taken_over);

        disconnected(&app.app, &device, old).await.unwrap();
        let late = Heartbeat { clock_offset_seconds: Some(9_000), ..beat(device.device.id, old, 100_000) };
        seen(&app.app, &[late]).await.unwrap();
        gate.lists(&device, old, 7, 7).await;
        let now = gate.show(&row).await;
        assert_eq!((&now["state"], &now["address"]), (&json!("online"), &json!("10.0.0.8:40000")));
        assert_eq!((&now["clock_offset_seconds"], &now["list_count"]), (&Value::Null, &Value::Null));
        disconnected(&app.app, &device, new).await.unwrap();
        assert_eq!(gate.show(&row).await["state"], "offline");
    }
}

story! {
    async fn many_signs_of_life_are_noted_at_once_and_silence_means_offline(app: &TestApp) {
        let gate = Gate::new(app).await;
        let mut beats = Vec::new();
        for (number, seconds_ago) in [(1, 0), (2, 200), (3, 220)] {
            let serial = format!("MC-K1-000{number}");
            gate.register(&serial).await;
            let (device, connection) = gate.connected(&serial).await;
            beats.push(beat(device.device.id, connection, seconds_ago));
        }
        // One that nobody knows is in nobody's way.
        beats.push(beat(Uuid::now_v7(), Uuid::now_v7(), 0));
        seen(&app.app, &beats).await.unwrap();
        seen(&app.app, &[]).await.unwrap();
        let states = |items: &Value| -> Vec<Value> {
            items["items"].as_array().unwrap().iter().map(|row| row["state"].clone()).collect()
        };
        let listed = gate.site.staff.get(&gate.path("devices?sort=serial")).await.ok();
        assert_eq!(states(&listed), [json!("online"), json!("online"), json!("offline")]);
        assert_eq!(at(&listed["items"][2]["offline_since"]), beats[2].last_seen_at, "since it was last heard of");
        assert_eq!(gate.site.staff.get(&gate.path("devices?state=online")).await.ok()["total"], 2);
    }
}

story! {
    async fn gateways_hear_of_what_is_done_to_a_device(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        let device = gate.logged_in("MC-K1-0001").await;
        let (id, mut told, staff) = (device.device.id, ear(app).await, &gate.site.staff);
        let change = json!({"place": "1 号门", "direction": "out"});
        staff.put(&gate.path_of(&row), &row["revision"], change).await.ok();
        assert_eq!(hear(&mut told).await, Control::of(id, What::Changed));
        staff.post(&gate.path("device-pushes"), json!({})).await.ok();
        assert_eq!(hear(&mut told).await, Control::of(id, What::Push));
        staff.post(&format!("{}/unbind", gate.path_of(&row)), json!({"reason": "误登记"})).await.ok();
        assert_eq!(hear(&mut told).await, Control::of(id, What::Unbound));
        let late = connected(&app.app, &device, Uuid::now_v7(), "10.0.0.7:1").await.unwrap();
        assert!(!late, "it was unbound between its login and its connection");
    }
}
