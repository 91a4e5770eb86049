//! 849 and 845: who may pass, and what they look like.

use std::time::Duration;

use mingce::{
    entity::{device_person, person, project},
    platform::types::clock::china_today,
    registry::presence::{Touched, announce},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use terminal_protocol::{
    Reply, Request, Sex,
    messages::{FeaturesRequest, Whitelist, WhitelistRequest},
};

use super::support::{Gate, state_with};
use crate::api::support::{TestApp, days_ago};
use mingce::channels::terminal::client::Terminal;

async fn list(terminal: &mut Terminal) -> Whitelist {
    let asked = Request::Whitelist(WhitelistRequest { people: 7, photos_length: 70_000 });
    match terminal.exchange(&asked).await.unwrap() {
        Reply::Whitelist(list) => list,
        other => panic!("no list: {other:?}"),
    }
}

fn numbers(list: &Whitelist) -> Vec<i64> {
    list.people.iter().map(|person| i64::from(person.worker_number)).collect()
}

async fn id_number(app: &TestApp, person: &person::Model) -> String {
    mingce::registry::people::identity::open_id_number(&app.app.keys, &person.id_number_sealed).unwrap()
}

async fn features(gate: &Gate<'_>, terminal: &mut Terminal, person: &person::Model) -> Reply {
    let id_number = id_number(gate.app, person).await.as_str().into();
    let wanted = FeaturesRequest { serial: gate.device.serial.clone(), id_number };
    terminal.exchange(&Request::Features(wanted)).await.unwrap()
}

gate_story!(
    async fn the_list_names_everybody_who_may_punch_today_by_number(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (first, gone, long) =
            (gate.worker("王建国").await, gate.worker("李强").await, gate.worker("欧阳建国").await);
        gate.edit_entry(app.entry_of(&gone).await, |entry| entry.exited_on = Set(Some(days_ago(1)))).await;
        let tomorrow = gate.worker("赵小明").await;
        gate.edit_entry(app.entry_of(&tomorrow).await, |entry| {
            entry.entered_on = Set(china_today().succ_opt().unwrap());
        })
        .await;
        let faceless = gate.worker("钱多多").await;
        let faceless = person::ActiveModel { photo_file_id: Set(None), ..faceless.into_active_model() };
        faceless.update(app.app.db.writer()).await.unwrap();
        let bare = app.person_row("孙立").await;
        app.entry_row(&gate.crew, &bare, None, days_ago(3)).await;
        let elsewhere = Gate::open(app).await.worker("周全").await;

        let mut terminal = gate.terminal().await;
        let list = list(&mut terminal).await;
        assert_eq!(i64::from(list.project_number), gate.project.number);
        assert_eq!(list.project_name, gate.project.name);
        assert_eq!(numbers(&list), [first.number, long.number]);
        assert!(!numbers(&list).contains(&elsewhere.number));
        let [king, ouyang] = &list.people[..] else { panic!("two people") };
        // Ten bytes hold three characters.
        assert_eq!((king.name.expose().as_str(), ouyang.name.expose().as_str()), ("王建国", "欧阳建"));
        assert_eq!(*king.id_number.expose(), id_number(app, &first).await);
        assert!(king.capture_photo_length > 0);
    }
);

gate_story!(
    async fn what_a_device_says_of_its_list_is_noted_beside_what_it_should_be(app: &TestApp) {
        let gate = Gate::open(app).await;
        gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        let list = list(&mut terminal).await;
        let state = state_with(&gate, |state| state.listed_at.is_some()).await;
        assert_eq!((state.list_count, state.list_bytes), (Some(7), Some(70_000)));
        let length = i64::from(list.people[0].capture_photo_length);
        assert_eq!((state.expected_count, state.expected_bytes), (Some(1), Some(length)));
    }
);

gate_story!(
    async fn a_change_that_is_announced_shows_at_once(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (stays, leaves) = (gate.worker("王建国").await, gate.worker("李强").await);
        let mut terminal = gate.terminal().await;
        assert_eq!(numbers(&list(&mut terminal).await), [stays.number, leaves.number]);
        gate.edit_entry(app.entry_of(&leaves).await, |entry| entry.exited_on = Set(Some(china_today()))).await;
        announce(&app.app, Touched::Person(leaves.id)).await;
        shows(&mut terminal, |list| numbers(list) == [stays.number]).await;

        let renamed = project::ActiveModel {
            name: Set("改名后的工程".to_owned()),
            ..gate.project.clone().into_active_model()
        };
        renamed.update(app.app.db.writer()).await.unwrap();
        announce(&app.app, Touched::Project(gate.project.id)).await;
        shows(&mut terminal, |list| list.project_name == "改名后的工程").await;

        let late = gate.worker("赵小明").await;
        announce(&app.app, Touched::Region("440000".to_owned())).await;
        shows(&mut terminal, |list| numbers(list) == [stays.number, late.number]).await;
    }
);

/// An announcement takes the time that the cache takes, and not half a minute.
async fn shows(terminal: &mut Terminal, expected: impl Fn(&Whitelist) -> bool) {
    for _ in 0..100 {
        if expected(&list(terminal).await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the list does not change");
}

gate_story!(
    async fn features_are_the_card_and_the_photo_the_list_announced(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        let announced = list(&mut terminal).await.people[0].capture_photo_length;
        let Reply::Features(got) = features(&gate, &mut terminal, &person).await else { panic!("no features") };
        assert_eq!(i64::from(got.worker_number), person.number);
        assert_eq!(got.capture_photo.expose().len(), announced as usize);
        image::load_from_memory(got.capture_photo.expose()).unwrap();
        assert_eq!(
            (got.card.name.expose().as_str(), got.card.sex, got.card.ethnic.name()),
            ("王建国", Sex::Male, "汉族")
        );
        assert_eq!(*got.card.id_number.expose(), id_number(app, &person).await);
        assert_eq!(got.card.birth_date, person.born_on);
        assert_eq!(got.card.validity, format!("{}-长期", days_ago(900).format("%Y.%m.%d")));
        assert!(got.infrared_photo.expose().is_empty());

        let mut left = 200;
        while device_person::Entity::find_by_id((gate.device.id, person.id))
            .one(app.app.db.reader())
            .await
            .unwrap()
            .is_none()
        {
            left -= 1;
            assert!(left > 0, "who was fetched is not noted");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }
);

gate_story!(
    async fn features_of_who_is_not_on_the_list_are_refused(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (gone, elsewhere) = (gate.worker("李强").await, Gate::open(app).await.worker("周全").await);
        gate.edit_entry(app.entry_of(&gone).await, |entry| entry.exited_on = Set(Some(days_ago(1)))).await;
        let mut terminal = gate.terminal().await;
        for (person, why) in [(&gone, "已退场"), (&elsewhere, "查无此人")] {
            let Reply::Refused(refusal) = features(&gate, &mut terminal, person).await else { panic!("not refused") };
            assert_eq!(refusal.message(), why);
        }
        let wanted = FeaturesRequest { serial: "ANOTHER".to_owned(), id_number: id_number(app, &gone).await.into() };
        let Reply::Refused(refusal) = terminal.exchange(&Request::Features(wanted)).await.unwrap() else { panic!() };
        assert_eq!(refusal.message(), "设备序列号不符");
    }
);
