//! 【人员进场】, 【编辑】, 【发卡】.

use mingce::{
    entity::{audit, collected_person, crew, person, roster_entry},
    platform::types::{Sex, synthetic},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::support::{Answer, Site, TestApp, ago, days_ago, entry, number_of, number_of_row};

/// How often somebody was told of a person by their ID number.
async fn told(app: &TestApp) -> u64 {
    let noted = audit::Entity::find().filter(audit::Column::Action.eq("person.lookup"));
    noted.count(app.app.db.writer()).await.unwrap()
}

async fn entries(app: &TestApp) -> u64 {
    roster_entry::Entity::find().count(app.app.db.writer()).await.unwrap()
}

story! {
    async fn several_people_enter_a_crew_together(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, li) = (site.worker(app, "王建国").await, app.person_row("李强").await);
        let card = synthetic::bank_card(7);
        let people = json!([
            { "person_id": wang.id, "card_number": "0007", "bank_name": "中国建设银行江门分行", "bank_card": card.expose() },
            { "id_number": number_of_row(&li).expose(), "name": "李强", "work_type": "030", "unit_price_fen": 35_000 },
        ]);
        let form = entry(&site.rebar, people, json!({"unit_id": site.labour.id, "settlement": "time", "unit_price_fen": 30_000, "settlement_unit": "天"}));
        let answer = site.staff.post(&site.path("entries"), form).await.ok();
        assert_eq!(answer["entered"].as_array().unwrap().len(), 2, "{answer}");
        assert_eq!(answer["entered"][0]["incomplete"], json!([]));
        assert_eq!(answer["entered"][1]["incomplete"], json!(["wage_card"]));

        let page = site.staff.get(&site.path("roster?sort=name")).await.ok();
        let (first, second) = (&page["items"][1], &page["items"][0]);
        assert_eq!((&first["name"], &first["kind"], &first["work_type"]), (&json!("王建国"), &json!("worker"), &json!("020")));
        assert_eq!((&first["card_number"], &first["unit_price_fen"]), (&json!("0007"), &json!(30_000)));
        assert!(first["bank_card"].as_str().unwrap().starts_with("****"), "{first}");
        assert_eq!((&second["work_type"], &second["unit_price_fen"]), (&json!("030"), &json!(35_000)));
        assert!(!page.to_string().contains(number_of_row(&li).expose()) && !page.to_string().contains(card.expose()));
        assert_eq!(first["may_manage"], json!(true));
    }
}

story! {
    async fn all_or_nobody_unless_the_others_are_to_be_left_out(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, child) = (site.worker(app, "王建国").await, site.person(app, "小明", "2015-01-01", Sex::Male).await);
        let stranger = number_of("1990-01-01", Sex::Male);
        let people = json!([{ "person_id": wang.id }, { "person_id": child.id }, { "id_number": stranger.expose(), "name": "无名氏" }, { "person_id": wang.id }]);
        let answer = site.staff.post(&site.path("entries"), entry(&site.rebar, people.clone(), json!({}))).await.ok();
        assert_eq!((entries(app).await, &answer["entered"]), (0, &json!([])));
        let reasons: Vec<(u64, &str)> = answer["refused"].as_array().unwrap().iter()
            .map(|one| (one["index"].as_u64().unwrap(), one["reason"].as_str().unwrap())).collect();
        assert!(matches!(reasons[..], [(1, child), (2, unknown), (3, twice)]
            if child.contains("未满 16") && unknown.contains("尚未采集") && twice.contains("两次")), "{reasons:?}");
        assert!(!answer.to_string().contains(stranger.expose()));

        let answer = site.staff.post(&site.path("entries"), entry(&site.rebar, people, json!({"skip_refused": true}))).await.ok();
        assert_eq!((entries(app).await, answer["entered"][0]["name"].as_str()), (1, Some("王建国")));
    }
}

story! {
    async fn warnings_are_confirmed_by_those_who_read_them(app: &TestApp) {
        let (here, there) = (Site::new(app).await, Site::new(app).await);
        let old = here.person(app, "赵老六", "1960-01-01", Sex::Male).await;
        let form = entry(&there.rebar, json!([{ "id_number": number_of_row(&old).expose(), "name": "赵老六" }]), json!({"confirm_warnings": true}));
        there.staff.post(&there.path("entries"), form).await.ok();

        let answer = here.enter(&here.rebar, &old, json!({})).await.ok();
        let told = &answer["needs_confirmation"][0];
        assert_eq!((&told["name"], &answer["entered"]), (&json!("赵老六"), &json!([])));
        let codes: Vec<&str> = told["warnings"].as_array().unwrap().iter().map(|w| w["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["overage", "on_another_project"]);
        assert!(!told.to_string().contains(&there.project.name), "somebody else's project has no name here: {told}");
        assert_eq!(entries(app).await, 1);
        here.entered(&here.rebar, &old, json!({"confirm_warnings": true})).await;
        assert_eq!(entries(app).await, 2);
    }
}

story! {
    async fn whoever_enters_a_stranger_by_number_knows_the_name(app: &TestApp) {
        let site = Site::new(app).await;
        let (li, own) = (app.person_row("李强").await, site.worker(app, "王建国").await);
        let enter = async |number: &str, change: Value| {
            let mut one = json!({ "id_number": number });
            one.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            site.staff.post(&site.path("entries"), entry(&site.rebar, json!([one]), json!({}))).await.ok()
        };
        let (number, nobody) = (number_of_row(&li), number_of("1990-01-01", Sex::Male));
        let mut of_stranger = enter(number.expose(), json!({})).await["refused"][0].clone();
        let mut of_nobody = enter(nobody.expose(), json!({})).await["refused"][0].clone();
        assert_eq!(of_stranger["field"], "name");
        // Which of the two is known is not to be seen; their masks differ only as the numbers do.
        for answer in [&mut of_stranger, &mut of_nobody] {
            answer["id_number"] = Value::Null;
        }
        assert_eq!(of_stranger, of_nobody);
        assert_eq!(told(app).await, 0);

        let misnamed = enter(number.expose(), json!({ "name": "李大强" })).await;
        assert!(misnamed["refused"][0]["reason"].as_str().unwrap().contains("李*"), "{misnamed}");
        assert_eq!((&misnamed["refused"][0]["name"], told(app).await), (&Value::Null, 1));
        assert_eq!(enter(nobody.expose(), json!({ "name": "李大强" })).await["refused"][0]["field"], "id_number");
        assert_eq!((told(app).await, entries(app).await), (2, 0));

        assert_eq!(enter(number.expose(), json!({ "name": "李强" })).await["entered"][0]["name"], "李强");
        assert_eq!(enter(number_of_row(&own).expose(), json!({})).await["entered"][0]["name"], "王建国");
        let collected = app.person_row("周强").await;
        let note = collected_person::ActiveModel {
            project_id: Set(site.project.id),
            person_id: Set(collected.id),
            collected_at: Set(chrono::Utc::now()),
            ..Default::default()
        };
        note.insert(app.app.db.writer()).await.unwrap();
        assert_eq!(enter(number_of_row(&collected).expose(), json!({})).await["entered"][0]["name"], "周强");
        assert_eq!(told(app).await, 2);
    }
}

story! {
    async fn unit_then_crew_then_person(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let late = crew::ActiveModel { id: Set(site.rebar.id), entered_on: Set(days_ago(3)), ..Default::default() };
        late.update(app.app.db.writer()).await.unwrap();
        assert!(site.enter(&site.rebar, &wang, json!({})).await.field("entered_on").contains("班组进场日期"));
        site.enter(&site.rebar, &wang, json!({"entered_on": "2999-01-01"})).await.field("entered_on");
        site.enter(&site.cooks, &wang, json!({"entered_on": ago(31)})).await.field("entered_on");
        site.enter(&site.rebar, &wang, json!({"unit_id": site.supervision.id, "entered_on": ago(1)})).await.field("crew_id");
        let other = Site::new(app).await;
        site.enter(&other.rebar, &wang, json!({})).await.field("crew_id");
        site.staff.post(&site.path(&format!("crews/{}/exit", site.rebar.id)), json!({"exited_on": ago(0)})).await.ok();
        assert!(site.enter(&site.rebar, &wang, json!({"entered_on": ago(0)})).await.field("crew_id").contains("已退场"));
        assert_eq!(entries(app).await, 0);
    }
}

story! {
    async fn managers_enter_management_crews_in_their_units_posts(app: &TestApp) {
        let site = Site::new(app).await;
        let chief = site.worker(app, "陈总监").await;
        let refused = |answer: Value| answer["refused"][0]["field"].as_str().unwrap().to_owned();
        assert_eq!(refused(site.enter(&site.supervisors, &chief, json!({})).await.ok()), "post");
        assert_eq!(refused(site.enter(&site.supervisors, &chief, json!({"post": "1009"})).await.ok()), "post");
        assert_eq!(refused(site.enter(&site.rebar, &chief, json!({"post": "1001"})).await.ok()), "post");
        let entry = site.entered(&site.supervisors, &chief, json!({"post": "1001"})).await;
        assert_eq!((&entry["kind"], &entry["post"], &entry["incomplete"]), (&json!("manager"), &json!("1001"), &json!([])));
        let again = site.enter(&site.supervisors, &chief, json!({"post": "1001"})).await.ok();
        assert!(again["refused"][0]["reason"].as_str().unwrap().contains("已在本项目“监理管理班组”在场"));
    }
}

story! {
    async fn two_clerks_enter_the_same_person_at_once(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let (one, two) = tokio::join!(site.enter(&site.rebar, &wang, json!({})), site.enter(&site.cooks, &wang, json!({})));
        let entered = |answer: &Answer| answer.json["entered"].as_array().is_some_and(|all| all.len() == 1);
        assert!(entered(&one) != entered(&two), "{} {}", one.json, two.json);
        assert_eq!(entries(app).await, 1);
    }
}

story! {
    async fn somebody_changes_crew_and_is_completed(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let before = site.entered(&site.cooks, &wang, json!({})).await;
        assert_eq!((&before["kind"], &before["incomplete"]), (&json!("other"), &json!([])));
        let form = json!({"crew_id": site.rebar.id, "entered_on": before["entered_on"], "phone": "13812345678"});
        let moved = site.edit(&before, form.clone()).await.ok();
        assert_eq!((&moved["kind"], &moved["crew_name"], &moved["work_type"]), (&json!("worker"), &json!("钢筋一班"), &json!("020")));
        assert_eq!((&moved["incomplete"], &moved["phone"]), (&json!(["wage_card"]), &json!("138****5678")));
        assert_eq!(site.staff.get(&site.path("roster?completeness=incomplete")).await.ok()["total"], json!(1));
        site.edit(&before, form).await.refused(412);

        let card = synthetic::bank_card(3);
        let full = json!({"crew_id": site.rebar.id, "entered_on": ago(4), "work_type": "030", "bank_name": "工商银行", "bank_card": card.expose()});
        let done = site.edit(&moved, full).await.ok();
        assert_eq!((&done["incomplete"], &done["entered_on"]), (&json!([]), &json!(ago(4))));
        assert_eq!(site.staff.get(&site.path("roster?completeness=incomplete")).await.ok()["total"], json!(0));

        let form = |change: Value| { let mut f = json!({"crew_id": site.rebar.id, "entered_on": ago(4)}); f.as_object_mut().unwrap().extend(change.as_object().unwrap().clone()); f };
        site.edit(&done, form(json!({"crew_id": site.supervisors.id, "post": "1001"}))).await.field("crew_id");
        site.edit(&done, form(json!({"entered_on": ago(61)}))).await.field("entered_on");
        site.edit(&done, form(json!({"bank_card": "4111111111111112"}))).await.field("bank_card");
        site.edit(&done, form(json!({"unit_price_fen": 100}))).await.field("settlement");
        site.staff.put(&site.path(&format!("entries/{}", uuid::Uuid::now_v7())), &json!(1), form(json!({}))).await.refused(404);
    }
}

story! {
    async fn a_card_is_one_persons_while_they_are_on_site(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, li) = (site.worker(app, "王建国").await, site.worker(app, "李强").await);
        let (wang, li) = (site.entered(&site.rebar, &wang, json!({})).await, site.entered(&site.rebar, &li, json!({})).await);
        let issue = async |entry: &Value, number: Value| {
            let path = site.path(&format!("entries/{}/card", entry["id"].as_str().unwrap()));
            site.staff.put(&path, &entry["revision"], json!({ "card_number": number })).await
        };
        let wang = issue(&wang, json!("A-1001")).await.ok();
        assert!(issue(&li, json!("A-1001")).await.field("card_number").contains("王建国"));
        site.exit(&wang, &ago(0)).await.ok();
        issue(&li, json!("A-1001")).await.ok();
        let back = site.undo(&wang).await.ok();
        assert_eq!(back["card_number"], Value::Null, "the card is somebody else's now");
    }
}

story! {
    async fn other_tenants_and_strangers_get_nothing(app: &TestApp) {
        let (site, other) = (Site::new(app).await, Site::of(app, app.project("510800").await).await);
        let wang = site.worker(app, "王建国").await;
        let kept = site.entered(&site.rebar, &wang, json!({})).await;
        let id = kept["id"].as_str().unwrap();
        let form = entry(&site.rebar, json!([{ "person_id": wang.id }]), json!({}));
        for (client, status) in [(&other.staff, 404), (&app.nobody(), 401)] {
            client.post(&site.path("entries"), &form).await.refused(status);
            client.get(&site.path("roster")).await.refused(status);
            client.get(&site.path("roster/counts")).await.refused(status);
            client.post(&site.path("roster/search"), json!({})).await.refused(status);
            client.get(&site.path(&format!("entries/{id}"))).await.refused(status);
            client.put(&site.path(&format!("entries/{id}")), &json!(1), json!({"crew_id": site.rebar.id, "entered_on": ago(5)})).await.refused(status);
            client.put(&site.path(&format!("entries/{id}/card")), &json!(1), json!({})).await.refused(status);
            client.post(&site.path("exits"), json!({"entry_ids": [id], "exited_on": ago(0)})).await.refused(status);
            client.post(&site.path(&format!("entries/{id}/undo-exit")), json!({"reason": "试试看"})).await.refused(status);
            client.post(&site.path("roster/export"), json!({})).await.refused(status);
            client.get(&site.path("entries/template")).await.refused(status);
            client.post(&site.path("entries/import"), json!({"file_id": uuid::Uuid::now_v7()})).await.refused(status);
        }
        // Another project's entry through one's own project's address.
        other.staff.get(&other.path(&format!("entries/{id}"))).await.refused(404);
        other.staff.post(&other.path("exits"), json!({"entry_ids": [id], "exited_on": ago(0)})).await.refused(404);
        // Somebody of another district by id: not seen, so not entered.
        let theirs = other.enter(&other.rebar, &wang, json!({})).await.ok();
        assert!(theirs["refused"][0]["reason"].as_str().unwrap().contains("管理范围"), "{theirs}");
        let vendor = app.vendor("440700").await;
        app.vendor_account(&vendor).await.post(&site.path("entries"), &form).await.refused(404);
        app.regulator("440700").await.get(&site.path("roster")).await.ok();
        assert_eq!(person::Entity::find().filter(person::Column::Id.eq(wang.id)).count(app.app.db.writer()).await.unwrap(), 1);
    }
}
