//! Crews are made, changed, looked at and deleted.

use mingce::entity::roster_entry::EntryKind;
use serde_json::{Value, json};

use super::support::{crews_of, edit, input, path_of, site};
use crate::api::support::{ago, exported, id_of};

story! {
    async fn a_crew_is_added_to_a_unit_and_changed(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let made = staff.post(&crews_of(&unit), input(&unit, json!({}))).await;
        assert_eq!(made.status, 201);
        let crew = made.ok();
        assert_eq!((&crew["work_type_name"], &crew["kind_name"]), (&json!("钢筋工"), &json!("工人班组")));
        assert_eq!((&crew["company_name"], &crew["unit_kind_name"]), (&json!("江门市第一建设有限公司"), &json!("总承包单位")));
        assert_eq!((&crew["people_on_site"], &crew["may_delete"]), (&json!(0), &json!(true)));

        let twice = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.field("name");
        assert!(twice.contains("同名"), "{twice}");
        app.put_into(&crew, "李强", &ago(5)).await;
        let listed = staff.get(&format!("{}?group=made", crews_of(&unit))).await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["people_on_site"]), (&json!(1), &json!(1)));

        let change = edit(json!({"name": "钢筋二班", "leader_phone": "", "entered_on": ago(5)}));
        let edited = staff.put(&path_of(&crew), &crew["revision"], &change).await.ok();
        assert_eq!((&edited["name"], &edited["leader_phone"]), (&json!("钢筋二班"), &Value::Null));
        staff.put(&path_of(&crew), &crew["revision"], &change).await.refused(412);
        let after_its_people = edit(json!({"entered_on": ago(4)}));
        staff.put(&path_of(&crew), &edited["revision"], after_its_people).await.field("entered_on");
    }
}

story! {
    async fn each_mistake_is_said_at_its_field(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let cases = [
            ("entered_on", json!({"entered_on": "-4999-01-01"})),
            ("entered_on", json!({"entered_on": ago(21)})), ("entered_on", json!({"entered_on": "2999-01-01"})),
            ("work_type", json!({"work_type": ""})), ("work_type", json!({"work_type": "999"})),
            ("kind", json!({"kind": "management"})), ("name", json!({"name": "班"})),
            ("leader_phone", json!({"leader_phone": "1"})),
            ("unit_id", json!({"unit_id": "00000000-0000-0000-0000-000000000000"})),
        ];
        for (field, change) in cases {
            staff.post(&crews_of(&unit), input(&unit, change)).await.field(field);
        }
        staff.post(&crews_of(&unit), input(&unit, json!({"kind": "others", "work_type": null}))).await.ok();
        app.nobody().post(&crews_of(&unit), input(&unit, json!({}))).await.refused(401);
        app.regulator("510800").await.post(&crews_of(&unit), input(&unit, json!({}))).await.refused(404);
        app.vendor_account(&app.vendor("440703").await).await.get(&crews_of(&unit)).await.refused(404);
    }
}

story! {
    async fn management_crews_are_nobodys_to_change(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let management = staff.get(&format!("{}?group=management", crews_of(&unit))).await.ok()["items"][0].clone();
        let path = path_of(&management);
        let answers = [
            staff.put(&path, &management["revision"], edit(json!({}))).await,
            staff.delete(&path).await,
            staff.post(&format!("{path}/exit"), json!({"exited_on": ago(0)})).await,
        ];
        for answer in answers {
            assert_eq!(answer.refused(409)["code"], "management_crew");
        }
        let unit_path = format!("/projects/{}/units/{}", unit["project_id"].as_str().unwrap(), unit["id"].as_str().unwrap());
        staff.post(&format!("{unit_path}/exit"), json!({"exited_on": ago(0)})).await.ok();
        assert_eq!(staff.get(&path).await.ok()["exited_on"], json!(ago(0)));
        assert_eq!(staff.post(&format!("{path}/undo-exit"), json!({"reason": "误操作"})).await.refused(409)["code"], "management_crew");
    }
}

story! {
    async fn workers_become_others_with_everybody_in_it_and_never_the_other_way(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let (here, gone) = (app.put_into(&crew, "李强", &ago(5)).await, app.put_into(&crew, "赵小明", &ago(5)).await);
        let exit = sea_orm::ActiveModelTrait::update(
            mingce::entity::roster_entry::ActiveModel {
                id: sea_orm::Set(gone.id), exited_on: sea_orm::Set(Some(ago(1).parse().unwrap())), ..Default::default()
            },
            app.app.db.writer(),
        );
        exit.await.unwrap();
        let others = edit(json!({"kind": "others", "work_type": ""}));
        let changed = staff.put(&path_of(&crew), &crew["revision"], others).await.ok();
        assert_eq!((&changed["kind"], &changed["work_type"]), (&json!("others"), &Value::Null));
        assert_eq!(app.entry(&here).await.kind, EntryKind::Other);
        assert_eq!(app.entry(&gone).await.kind, EntryKind::Worker);
        let back = edit(json!({"kind": "workers"}));
        assert!(staff.put(&path_of(&crew), &changed["revision"], back).await.field("kind").contains("新建班组"));
    }
}

story! {
    async fn only_a_crew_that_nobody_ever_was_in_is_deleted(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        app.put_into(&crew, "李强", &ago(5)).await;
        assert_eq!(staff.delete(&path_of(&crew)).await.refused(409)["code"], "in_use");
        let empty = staff.post(&crews_of(&unit), input(&unit, json!({"name": "木工班"}))).await.ok();
        app.regulator("510800").await.delete(&path_of(&empty)).await.refused(404);
        assert_eq!(staff.delete(&path_of(&empty)).await.status, 204);
        staff.get(&path_of(&empty)).await.refused(404);
    }
}

story! {
    async fn regulators_see_the_crews_of_their_region_and_nobody_elses(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let regulator = app.regulator("440700").await;
        for (query, total) in [
            ("", 2), ("group=made", 1), ("kind=workers", 1), ("kind=others", 0), ("work_type=020", 1),
            ("name=钢筋", 1), ("company=第一建设", 2), ("unit_kind=006", 0), ("region_code=440704", 0),
            ("presence=exited", 0), ("project=滨江花园", 2), ("upload_state=waiting", 2), ("sort=name", 2),
        ] {
            assert_eq!(regulator.get(&format!("/crews?{query}")).await.ok()["total"], json!(total), "{query}");
        }
        let elsewhere = app.regulator("510800").await;
        assert_eq!(elsewhere.get("/crews").await.ok()["total"], 0);
        elsewhere.get(&path_of(&crew)).await.refused(404);
        app.nobody().get("/crews").await.refused(401);
        let other_project = app.project("440703").await;
        regulator.get(&format!("/projects/{}/crews/{}", other_project.id, id_of(&crew))).await.refused(404);
        regulator.get("/crews?kind=nonsense").await.field("kind");
    }
}

story! {
    async fn the_roster_finds_only_crews_on_site_to_enter(app: &TestApp) {
        use mingce::{platform::web::Error, registry::crews::query::on_site_for_entry};
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let project = crew["project_id"].as_str().unwrap().parse().unwrap();
        let day = |days| ago(days).parse().unwrap();
        let tx = app.app.db.begin().await.unwrap();
        assert_eq!(on_site_for_entry(&tx, project, id_of(&crew), day(10)).await.unwrap().name, "钢筋一班");
        let early = on_site_for_entry(&tx, project, id_of(&crew), day(11)).await;
        assert!(matches!(early, Err(Error::Invalid(fields)) if fields.contains_key("entered_on")));
        tx.rollback().await.unwrap();
        staff.post(&format!("{}/exit", path_of(&crew)), json!({"exited_on": ago(0)})).await.ok();
        let gone = on_site_for_entry(app.app.db.reader(), project, id_of(&crew), day(0)).await;
        assert!(matches!(gone, Err(Error::Invalid(fields)) if fields.contains_key("crew_id")));
    }
}

story! {
    async fn crews_are_exported_as_the_list_shows_them(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({"name": "=HYPERLINK(1)"}))).await.ok();
        app.put_into(&crew, "李强", &ago(5)).await;
        let rows = exported(&staff, "/crews/export", json!({"group": "made", "sort": "name"})).await;
        assert_eq!(rows.len(), 2);
        let cell = |title: &str| rows[1][rows[0].iter().position(|header| header == title).unwrap()].as_str();
        assert_eq!((cell("班组名称"), cell("工种"), cell("在场人数")), ("=HYPERLINK(1)", "钢筋工", "1"));
        assert_eq!((cell("班组长电话"), cell("企业名称")), ("13812345678", "江门市第一建设有限公司"));
        let elsewhere = app.regulator("510800").await;
        assert_eq!(exported(&elsewhere, "/crews/export", json!({})).await.len(), 1);
        app.nobody().post("/crews/export", json!({})).await.refused(401);
    }
}
