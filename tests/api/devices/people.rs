//! Who is missing on a device, and what is done about it.

use mingce::{
    entity::{collected_person, person, roster_entry, stored_file},
    site::devices::service::{Fetched, fetched},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::*;

async fn states(gate: &Gate<'_>, device: &Value) -> Vec<(String, String)> {
    let people = gate.site.staff.get(&format!("{}/people", gate.path_of(device))).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    people["items"].as_array().unwrap().iter().map(|row| (text(&row["name"]), text(&row["state"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, state)| ((*name).to_owned(), (*state).to_owned())).collect()
}

async fn give_photo(app: &TestApp, person: &person::Model) -> Uuid {
    let photo = photo(app).await;
    let row = person::ActiveModel { id: Set(person.id), photo_file_id: Set(Some(photo)), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap();
    photo
}

async fn entry_of(app: &TestApp, person: &person::Model) -> roster_entry::Model {
    let theirs = roster_entry::Entity::find().filter(roster_entry::Column::PersonId.eq(person.id));
    theirs.one(app.app.db.writer()).await.unwrap().unwrap()
}

story! {
    async fn a_device_is_told_apart_from_the_roster_by_whom_it_has_fetched(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        let (wang, li, zhao) = (gate.worker("王建国").await, gate.worker("李强").await, gate.worker("赵小明").await);
        let without_photo = app.person_row("没有照片").await;
        app.entry_row(&gate.site.rebar, &without_photo, None, days_ago(3)).await;
        let (device, connection) = gate.connected("MC-K1-0001").await;
        gate.lists(&device, connection, 0, 0).await;
        let empty = gate.show(&row).await;
        assert_eq!((&empty["list_state"], &empty["list_count"], &empty["expected_count"]), (&json!("out_of_date"), &json!(0), &json!(3)));
        assert_eq!(states(&gate, &row).await, pairs(&[("王建国", "missing"), ("李强", "missing"), ("赵小明", "missing")]));

        let fetch = |person: &person::Model| Fetched {
            device_id: device.device.id, person_id: person.id, photo_file_id: person.photo_file_id.unwrap(),
        };
        fetched(&app.app, &[fetch(&wang), fetch(&li), fetch(&zhao), fetch(&wang)]).await.unwrap();
        fetched(&app.app, &[fetch(&wang)]).await.unwrap();
        let photo = give_photo(app, &li).await;
        gate.exit(&entry_of(app, &zhao).await).await;
        let (known, changed) = (states(&gate, &row).await, pairs(&[("李强", "outdated"), ("赵小明", "extra"), ("王建国", "present")]));
        assert_eq!(known, changed);
        let path = format!("{}/people", gate.path_of(&row));
        assert_eq!(gate.site.staff.get(&format!("{path}?state=extra")).await.ok()["total"], 1);
        let second = gate.site.staff.get(&format!("{path}?page=2&page_size=2")).await.ok();
        assert_eq!((&second["total"], &second["items"][0]["name"], &second["items"][0]["crew_name"]), (&json!(3), &json!("王建国"), &json!("钢筋一班")));

        // With the list it hears that somebody has left, and forgets them.
        gate.lists(&device, connection, 3, 1).await;
        assert_eq!(states(&gate, &row).await, pairs(&[("李强", "outdated"), ("王建国", "present")]));
        fetched(&app.app, &[Fetched { photo_file_id: photo, ..fetch(&li) }]).await.unwrap();
        assert_eq!(states(&gate, &row).await, pairs(&[("王建国", "present"), ("李强", "present")]));
    }
}

story! {
    async fn a_device_whose_list_has_the_right_length_is_up_to_date_until_the_roster_changes(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        gate.worker("王建国").await;
        let (device, connection) = gate.connected("MC-K1-0001").await;
        gate.lists_everybody(&device, connection).await;
        assert_eq!(gate.show(&row).await["list_state"], "up_to_date");
        assert_eq!(states(&gate, &row).await, pairs(&[("王建国", "present")]), "it may have learnt them elsewhere");
        gate.worker("李强").await;
        let now = gate.show(&row).await;
        assert_eq!((&now["list_state"], &now["list_count"], &now["expected_count"]), (&json!("out_of_date"), &json!(1), &json!(2)));
        let region_wide = app.regulator("440700").await.get("/devices").await.ok();
        assert_eq!(region_wide["items"][0]["list_state"], "up_to_date", "as it was when the device asked");
    }
}

story! {
    async fn a_vendor_sees_who_is_missing_without_their_names(app: &TestApp) {
        let gate = Gate::new(app).await;
        let row = gate.register("MC-K1-0001").await;
        gate.worker("王建国").await;
        let served = mingce::entity::project::ActiveModel {
            id: Set(gate.site.project.id), vendor_id: Set(Some(gate.vendor.id)), ..Default::default()
        };
        served.update(app.app.db.writer()).await.unwrap();
        let vendor = app.vendor_account(&gate.vendor).await;
        let people = vendor.get(&format!("{}/people", gate.path_of(&row))).await.ok();
        assert_eq!((&people["total"], &people["items"][0]["name"]), (&json!(1), &json!("王*国")));
    }
}

story! {
    async fn a_push_is_followed_until_everybody_is_on_the_device(app: &TestApp) {
        let gate = Gate::new(app).await;
        let staff = &gate.site.staff;
        let (near, far) = (gate.register("MC-K1-0001").await, gate.register("MC-K1-0002").await);
        let mut collector = gate.entry("MC-C1");
        collector["kind"] = json!("collection");
        let collector = staff.post(&gate.path("devices"), collector).await.ok();
        let wang = gate.worker("王建国").await;
        gate.connected("MC-K1-0001").await;
        let pushes = gate.path("device-pushes");
        let progress = || async { staff.get(&pushes).await.ok() };
        let before = progress().await;
        assert_eq!(before.as_array().unwrap().len(), 2, "machines that only collect know nobody");
        assert_eq!((&before[0]["stage"], &before[0]["missing"]), (&json!("not_asked"), &json!(1)));

        let pushed = staff.post(&pushes, json!({})).await;
        assert_eq!(pushed.status, 202);
        assert_eq!(pushed.ok(), json!({"devices": 2, "online": 1}));
        let asked = progress().await;
        assert_eq!((&asked[0]["stage"], &asked[1]["stage"]), (&json!("waiting"), &json!("waiting")));
        assert_eq!(asked[1]["state"], "never");
        assert_eq!(gate.show(&far).await["state"], "never", "being told is not being heard of");

        let (device, connection) = gate.connected("MC-K1-0001").await;
        assert_eq!(progress().await[0]["stage"], "reconnected");
        gate.lists(&device, connection, 0, 0).await;
        let listed = progress().await;
        assert_eq!((&listed[0]["stage"], &listed[0]["missing"], &listed[0]["expected"]), (&json!("listed"), &json!(1), &json!(1)));
        let fetch = Fetched { device_id: device.device.id, person_id: wang.id, photo_file_id: wang.photo_file_id.unwrap() };
        fetched(&app.app, &[fetch]).await.unwrap();
        let done = progress().await;
        assert_eq!((&done[0]["stage"], &done[1]["stage"]), (&json!("done"), &json!("waiting")));

        let one = staff.post(&pushes, json!({"device_ids": [near["id"]]})).await.ok();
        assert_eq!(one["devices"], 1);
        assert_eq!(progress().await[0]["stage"], "waiting");
        for wrong in [json!([]), json!([collector["id"]]), json!([Uuid::now_v7()])] {
            staff.post(&pushes, json!({"device_ids": wrong})).await.field("device_ids");
        }
        staff.post(&pushes, json!({"devices": []})).await.field("devices");
    }
}

story! {
    async fn the_devices_newest_photos_become_the_roster_s(app: &TestApp) {
        let gate = Gate::new(app).await;
        let staff = &gate.site.staff;
        gate.register("MC-K1-0001").await;
        let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
        let zhao = app.person_row("赵小明").await;
        app.entry_row(&gate.site.rebar, &zhao, None, days_ago(3)).await;
        let taken = photo(app).await;
        let note = collected_person::ActiveModel {
            project_id: Set(gate.site.project.id), person_id: Set(wang.id), account_id: Set(None),
            photo_file_id: Set(Some(taken)), collected_at: Set(chrono::Utc::now()),
        };
        note.insert(app.app.db.writer()).await.unwrap();
        let photos = gate.path("device-photos");
        let others = json!({"entry_ids": [entry_of(app, &li).await.id]});
        assert_eq!(staff.post(&photos, others).await.ok()["unchanged"], 1);

        let answer = staff.post(&photos, json!({})).await.ok();
        assert_eq!((&answer["adopted"], &answer["unchanged"], &answer["none"]), (&json!(1), &json!(1), &json!(1)));
        assert_eq!((&answer["people"][0]["name"], &answer["people"][0]["result"]), (&json!("王建国"), &json!("adopted")));
        assert_eq!(answer["pushed"], json!({"devices": 1, "online": 0}));
        let after = person::Entity::find_by_id(wang.id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!((after.photo_file_id, after.revision), (Some(taken), wang.revision + 1));
        let old = stored_file::Entity::find_by_id(wang.photo_file_id.unwrap()).one(app.app.db.writer()).await.unwrap().unwrap();
        let new = stored_file::Entity::find_by_id(taken).one(app.app.db.writer()).await.unwrap().unwrap();
        assert!(old.claimed || old.sha256 == new.sha256, "the old one is an earlier version");

        let again = staff.post(&photos, json!({})).await.ok();
        assert_eq!((&again["adopted"], &again["pushed"]["devices"]), (&json!(0), &json!(0)));
        gate.exit(&entry_of(app, &li).await).await;
        let gone = json!({"entry_ids": [entry_of(app, &li).await.id]});
        staff.post(&photos, gone).await.field("entry_ids");
        staff.post(&photos, json!({"entry_ids": []})).await.field("entry_ids");
        app.vendor_account(&gate.vendor).await.post(&photos, json!({})).await.refused(404);
        app.nobody().post(&photos, json!({})).await.refused(401);
    }
}
