//! 852: people collected at a machine.

use bytes::Bytes;
use chrono::{Days, NaiveDate};
use mingce::{
    entity::{audit, collected_person, person, person::PersonOrigin, stored_file},
    platform::types::{Sex, clock::china_today, synthetic},
    site::devices::{
        Refused,
        query::BoundDevice,
        service::{Collected, CollectedByTerminal, collect},
    },
};
use sea_orm::EntityTrait;
use serde_json::json;

use super::support::*;
use crate::platform::pictures::{jpeg, jpeg_that_claims};

fn born() -> NaiveDate {
    "1985-03-01".parse().unwrap()
}

fn somebody(seed: u64) -> CollectedByTerminal {
    CollectedByTerminal {
        id_number: synthetic::id_number(seed, born(), Sex::Male).expose().to_owned(),
        name: "阿卜杜拉·买买提".to_owned(),
        sex: Sex::Male,
        ethnic: 5,
        born_on: born(),
        address: "新疆喀什地区莎车县城南街道 1 号".to_owned(),
        authority: "莎车县公安局".to_owned(),
        validity: "20200101-20400101".to_owned(),
        portrait: Bytes::from(jpeg(102, 126)),
        photo: Bytes::from(jpeg(480, 640)),
    }
}

async fn machine(gate: &Gate<'_>) -> BoundDevice {
    let mut entry = gate.entry("MC-C1");
    entry["kind"] = json!("collection");
    gate.site.staff.post(&gate.path("devices"), entry).await.ok();
    gate.logged_in("MC-C1").await
}

async fn taken(app: &TestApp, machine: &BoundDevice, person: CollectedByTerminal) -> Result<Collected, Refused> {
    collect(&app.app, machine, person).await.unwrap()
}

story! {
    async fn somebody_collected_at_a_machine_waits_to_be_entered(app: &TestApp) {
        let gate = Gate::new(app).await;
        let machine = machine(&gate).await;
        let new = taken(app, &machine, somebody(1)).await.unwrap();
        assert!(new.created && new.warning.is_none());
        let row = person::Entity::find_by_id(new.person_id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!((row.number, row.origin, row.ethnic.as_str()), (new.person_number, PersonOrigin::Terminal, "维吾尔族"));
        assert_eq!((row.id_valid_from, row.id_valid_until), ("2020-01-01".parse().ok(), "2040-01-01".parse().ok()));
        assert_eq!((row.id_authority.as_deref(), row.region_code.as_str()), (Some("莎车县公安局"), "440703"));
        let portrait = stored_file::Entity::find_by_id(row.portrait_file_id.unwrap()).one(app.app.db.writer()).await.unwrap().unwrap();
        assert!(portrait.claimed && portrait.terminal_size.is_some());

        let waiting = gate.site.staff.get(&gate.path("collected-people")).await.ok();
        assert_eq!((&waiting["total"], &waiting["items"][0]["name"]), (&json!(1), &json!("阿卜杜拉·买买提")));
        let audit = audit::Entity::find().all(app.app.db.writer()).await.unwrap();
        let entry = audit.iter().find(|entry| entry.action == "person.collect").unwrap();
        assert_eq!((entry.actor_name.as_str(), entry.account_id), ("设备 MC-C1", None));

        // The terminal did not hear the answer and sends the same again.
        let again = taken(app, &machine, somebody(1)).await.unwrap();
        assert_eq!((again.created, again.person_number), (false, new.person_number));
        assert_eq!(person::Entity::find().all(app.app.db.writer()).await.unwrap().len(), 1);
    }
}

story! {
    async fn a_new_photo_waits_beside_the_old_and_is_taken_over_by_hand(app: &TestApp) {
        let gate = Gate::new(app).await;
        let machine = machine(&gate).await;
        let first = taken(app, &machine, somebody(1)).await.unwrap();
        let before = person::Entity::find_by_id(first.person_id).one(app.app.db.writer()).await.unwrap().unwrap();
        app.entry_row(&gate.site.rebar, &before, None, days_ago(0)).await;
        let moved = CollectedByTerminal { address: "广东省江门市蓬江区建设路 2 号".to_owned(), ..somebody(1) };
        taken(app, &machine, moved).await.unwrap();
        let after = person::Entity::find_by_id(first.person_id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!(after.photo_file_id, before.photo_file_id);
        assert_eq!(after.address.as_deref(), Some("广东省江门市蓬江区建设路 2 号"));
        assert_ne!(after.portrait_file_id, before.portrait_file_id);
        let released = stored_file::Entity::find_by_id(before.portrait_file_id.unwrap()).one(app.app.db.writer()).await.unwrap().unwrap();
        assert!(!released.claimed);

        let note = collected_person::Entity::find().one(app.app.db.writer()).await.unwrap().unwrap();
        let answer = gate.site.staff.post(&gate.path("device-photos"), json!({})).await.ok();
        assert_eq!(answer["adopted"], 1);
        let adopted = person::Entity::find_by_id(first.person_id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!(adopted.photo_file_id, note.photo_file_id);
    }
}

story! {
    async fn what_a_card_cannot_say_is_refused_in_ten_characters(app: &TestApp) {
        let gate = Gate::new(app).await;
        let machine = machine(&gate).await;
        let young = china_today() - Days::new(15 * 365);
        let cases = [
            (CollectedByTerminal { id_number: "110105194912310021".to_owned(), ..somebody(1) }, "身份证号有误"),
            (CollectedByTerminal { sex: Sex::Female, ..somebody(1) }, "性别与身份证号不符"),
            (CollectedByTerminal { born_on: young, ..somebody(1) }, "生日与身份证号不符"),
            (CollectedByTerminal { name: "王".to_owned(), ..somebody(1) }, "姓名有误或与库中不符"),
            (CollectedByTerminal { ethnic: 59, ..somebody(1) }, "民族代码有误"),
            (CollectedByTerminal { validity: "2020".to_owned(), ..somebody(1) }, "证件有效期有误"),
            (CollectedByTerminal { validity: "20300101-20200101".to_owned(), ..somebody(1) }, "证件有效期有误"),
            (CollectedByTerminal { photo: Bytes::new(), ..somebody(1) }, "没有人脸照片"),
            (CollectedByTerminal { photo: Bytes::from_static(b"GIF89a"), ..somebody(1) }, "人脸照片无法识别"),
            (CollectedByTerminal { photo: jpeg_that_claims(60_000, 60_000).into(), ..somebody(1) }, "人脸照片无法识别"),
            (CollectedByTerminal { portrait: Bytes::from(vec![0; 31 * 1024]), ..somebody(1) }, "证件照片无法识别"),
            (
                CollectedByTerminal {
                    id_number: synthetic::id_number(9, young, Sex::Male).expose().to_owned(), born_on: young, ..somebody(1)
                },
                "未满16周岁不得登记",
            ),
        ];
        for (person, text) in cases {
            let refused = taken(app, &machine, person).await.unwrap_err();
            assert_eq!(refused.text, text);
            assert!(refused.text.len() <= 30, "{text}");
        }
        assert!(person::Entity::find().all(app.app.db.writer()).await.unwrap().is_empty());
    }
}

story! {
    async fn a_typed_card_without_portrait_is_taken_and_an_expired_one_is_pointed_out(app: &TestApp) {
        let gate = Gate::new(app).await;
        let machine = machine(&gate).await;
        let typed = CollectedByTerminal {
            portrait: Bytes::new(), address: String::new(), authority: String::new(), validity: "长期".to_owned(), ..somebody(1)
        };
        let typed = taken(app, &machine, typed).await.unwrap();
        let row = person::Entity::find_by_id(typed.person_id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!((row.portrait_file_id, row.address, row.id_valid_until), (None, None, None));
        let expired = CollectedByTerminal { validity: "20100101-20200101".to_owned(), ..somebody(2) };
        assert_eq!(taken(app, &machine, expired).await.unwrap().warning, Some("身份证已过期"));
    }
}

story! {
    async fn a_machine_at_one_gate_changes_nothing_of_somebody_who_works_elsewhere(app: &TestApp) {
        let gate = Gate::new(app).await;
        let machine = machine(&gate).await;
        let elsewhere = Site::new(app).await;
        let theirs = app.person_row("阿卜杜拉·买买提").await;
        app.entry_row(&elsewhere.rebar, &theirs, None, days_ago(3)).await;
        let number = u64::try_from(theirs.number).unwrap();
        let same = CollectedByTerminal {
            id_number: synthetic::id_number(number, theirs.born_on, Sex::Male).expose().to_owned(), born_on: theirs.born_on, ..somebody(1)
        };
        assert!(!taken(app, &machine, same).await.unwrap().created);
        let after = person::Entity::find_by_id(theirs.id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!(after, theirs);
        let waiting = gate.site.staff.get(&gate.path("collected-people")).await.ok();
        assert_eq!((&waiting["total"], &waiting["items"][0]["on_site_elsewhere"]), (&json!(1), &json!(true)));
        let other_name = CollectedByTerminal {
            name: "王建国".to_owned(), id_number: synthetic::id_number(number, theirs.born_on, Sex::Male).expose().to_owned(),
            born_on: theirs.born_on, ..somebody(1)
        };
        assert_eq!(taken(app, &machine, other_name).await.unwrap_err().code, "name");
    }
}
