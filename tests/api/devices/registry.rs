//! Devices come, change, are replaced and leave.

use mingce::{entity::audit, site::devices::query::log_in};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

use super::support::*;

story! {
    async fn each_kind_is_registered_found_and_changed(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (devices, staff) = (gate.path("devices"), &gate.site.staff);
        let made = staff.post(&devices, gate.entry("MC-K1-0001")).await;
        assert_eq!(made.status, 201);
        let terminal = made.ok();
        assert_eq!((&terminal["state"], &terminal["list_state"]), (&json!("never"), &json!("never")));
        assert_eq!((&terminal["vendor_code"], &terminal["earlier"]), (&json!(gate.vendor.code), &json!([])));

        let mut collector = gate.entry("　ＭＣ-C1 ");
        collector["kind"] = json!("collection");
        collector["direction"] = Value::Null;
        let collector = staff.post(&devices, collector).await.ok();
        assert_eq!((&collector["serial"], &collector["direction"]), (&json!("MC-C1"), &json!("turns")));
        let mut phone = gate.entry("MC-M1");
        phone["kind"] = json!("mobile");
        phone["model"] = json!("掌上考勤 P2");
        staff.post(&devices, phone).await.ok();

        let listed = async |query: &str| staff.get(&format!("{devices}?{query}")).await;
        for (query, total) in [
            ("kind=attendance", 1), ("kind=collection", 1), ("kind=mobile", 1), ("", 3), ("serial=mc-", 3), ("serial=K1", 1),
            ("vendor=测试设备", 3), (format!("vendor={}", gate.vendor.code).as_str(), 3), ("vendor=别家", 0), ("state=never", 3),
            ("state=online", 0), ("state=offline", 0), ("bound=false", 0), ("sort=-place", 3),
        ] {
            assert_eq!(listed(query).await.ok()["total"], json!(total), "{query}");
        }
        listed("sort=color").await.field("sort");

        let change = json!({"place": "2 号门", "direction": "out", "model": "K1 Pro"});
        let edited = staff.put(&gate.path_of(&terminal), &terminal["revision"], &change).await.ok();
        assert_eq!((&edited["place"], &edited["direction"], &edited["model"]), (&json!("2 号门"), &json!("out"), &json!("K1 Pro")));
        staff.put(&gate.path_of(&terminal), &terminal["revision"], &change).await.refused(412);
        let actions: Vec<String> = audit::Entity::find().order_by_asc(audit::Column::Id).all(app.app.db.reader()).await.unwrap()
            .into_iter().map(|row| row.action).collect();
        assert_eq!(actions, ["device.register", "device.register", "device.register", "device.edit"]);
    }
}

story! {
    async fn what_cannot_be_a_device_is_refused_at_its_field(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (devices, staff) = (gate.path("devices"), &gate.site.staff);
        let with = |key: &str, value: Value| {
            let mut entry = gate.entry("MC-K1-0001");
            entry[key] = value;
            staff.post(&devices, entry)
        };
        assert!(with("vendor_code", json!("NOBODY")).await.field("vendor_code").contains("没有这个设备商编码"));
        assert!(with("serial", json!("设备1号")).await.field("serial").contains("铭牌"));
        assert!(with("serial", json!("7".repeat(33))).await.field("serial").contains("32"));
        with("serial", json!("")).await.field("serial");
        with("kind", json!("camera")).await.field("kind");
        assert_eq!(with("direction", Value::Null).await.field("direction"), "请选择进场、出场或进出轮换");
        with("place", json!("")).await.field("place");
        gate.register("MC-K1-0001").await;
        assert!(with("place", json!("3 号门")).await.field("serial").contains("已登记"));

        let other = Site::new(app).await;
        let again = other.staff.post(&other.path("devices"), gate.entry("MC-K1-0001")).await;
        assert!(again.field("serial").contains("已登记"), "one device is on one site");
    }
}

story! {
    async fn devices_are_the_site_s_and_nobody_elses(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        let (devices, path) = (gate.path("devices"), gate.path_of(&device));
        let reason = json!({"reason": "误登记"});
        let other = Site::new(app).await;
        let strangers = [other.staff.clone(), app.regulator("510800").await, app.vendor_account(&app.vendor("440703").await).await];
        for stranger in strangers {
            stranger.get(&devices).await.refused(404);
            stranger.post(&devices, gate.entry("MC-K1-0002")).await.refused(404);
            stranger.get(&path).await.refused(404);
            stranger.get(&format!("{path}/people")).await.refused(404);
            stranger.put(&path, &json!(1), json!({"place": "2 号门", "direction": "in"})).await.refused(404);
            stranger.post(&format!("{path}/unbind"), &reason).await.refused(404);
            stranger.post(&gate.path("device-pushes"), json!({})).await.refused(404);
            stranger.get(&gate.path("device-pushes")).await.refused(404);
            stranger.post(&gate.path("device-photos"), json!({})).await.refused(404);
        }
        // Another site's device under one's own project's path is not there either.
        other.staff.get(&other.path(&format!("devices/{}", id_of(&device)))).await.refused(404);
        other.staff.post(&other.path(&format!("devices/{}/unbind", id_of(&device))), &reason).await.refused(404);
        for nobody in [app.nobody().get(&devices).await, app.nobody().get("/devices").await, app.nobody().get(&path).await] {
            nobody.refused(401);
        }
        app.nobody().post(&devices, gate.entry("MC-K1-0002")).await.refused(401);
        app.nobody().post(&gate.path("device-pushes"), json!({})).await.refused(401);

        let seen = app.regulator("440700").await.get("/devices?region_code=440703&project=滨江").await.ok();
        assert_eq!((&seen["total"], &seen["items"][0]["id"]), (&json!(1), &device["id"]));
        assert_eq!(app.regulator("510800").await.get("/devices").await.ok()["total"], 0);
        // A vendor sees its own devices wherever they hang.
        let maker = app.vendor_account(&gate.vendor).await;
        assert_eq!(maker.get("/devices").await.ok()["total"], 1);
        maker.get(&path).await.refused(404);
    }
}

story! {
    async fn a_replaced_device_stays_on_record_and_its_serial_is_free_again(app: &TestApp) {
        let gate = Gate::new(app).await;
        let staff = &gate.site.staff;
        let first = gate.register("MC-K1-0001").await;
        let replace = async |device: &Value, serial: &str, reason: &str| {
            let form = json!({"vendor_code": gate.vendor.code, "serial": serial, "reason": reason});
            staff.post(&format!("{}/replace", gate.path_of(device)), form).await
        };
        replace(&first, "MC-K1-0002", "").await.field("reason");
        gate.register("MC-K1-0009").await;
        replace(&first, "MC-K1-0009", "屏幕损坏").await.field("serial");
        assert_eq!(gate.show(&first).await["unbound_at"], Value::Null, "a replacement that fails leaves the old one");
        let second = replace(&first, "MC-K1-0002", "屏幕损坏").await.ok();
        assert_eq!((&second["place"], &second["direction"], &second["replaces_id"]), (&json!("1 号门"), &json!("in"), &first["id"]));
        let third = replace(&second, "MC-K1-0003", "主板损坏").await.ok();
        let earlier: Vec<&Value> = third["earlier"].as_array().unwrap().iter().map(|one| &one["serial"]).collect();
        assert_eq!(earlier, [&json!("MC-K1-0002"), &json!("MC-K1-0001")]);
        assert_eq!(third["earlier"][1]["unbound_reason"], "屏幕损坏");

        let old = gate.show(&first).await;
        assert_eq!((&old["replaced_by"], &old["unbound_reason"]), (&second["id"], &json!("屏幕损坏")));
        assert_eq!(replace(&first, "MC-K1-0004", "再换一次").await.refused(409)["code"], "unbound");
        let change = json!({"place": "2 号门", "direction": "in"});
        staff.put(&gate.path_of(&first), &old["revision"], change).await.refused(409);
        let gone = staff.get(&gate.path("devices?bound=false")).await.ok();
        assert_eq!(gone["total"], 2);
        gate.register("MC-K1-0001").await;
    }
}

story! {
    async fn an_unbound_device_may_go_to_another_site(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        let unbind = format!("{}/unbind", gate.path_of(&device));
        let staff = &gate.site.staff;
        staff.post(&unbind, json!({})).await.field("reason");
        let gone = staff.post(&unbind, json!({"reason": "项目结束"})).await.ok();
        assert!(gone["unbound_at"].is_string());
        assert_eq!(staff.post(&unbind, json!({"reason": "项目结束"})).await.refused(409)["code"], "unbound");
        assert_eq!(staff.get(&gate.path("devices")).await.ok()["total"], 0);
        let refused = log_in(&app.app, &gate.vendor.code, "MC-K1-0001").await.unwrap().unwrap_err();
        assert_eq!(refused.text, "设备已解绑");

        let other = Site::new(app).await;
        other.staff.post(&other.path("devices"), gate.entry("MC-K1-0001")).await.ok();
        assert_eq!(gate.logged_in("MC-K1-0001").await.project.id, other.project.id);
    }
}
