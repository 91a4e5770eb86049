//! 参建单位

use serde_json::{Value, json};

use super::support::{Client, ago, exported, id_of};

/// A crew of workers in a unit, through the API.
async fn crew(client: &Client, unit: &Value, name: &str, entered_on: &str) -> Value {
    let path = format!("/projects/{}/crews", unit["project_id"].as_str().unwrap());
    let input =
        json!({"unit_id": unit["id"], "name": name, "kind": "workers", "work_type": "020", "entered_on": entered_on});
    client.post(&path, input).await.ok()
}

fn path_of(unit: &Value) -> String {
    format!("/projects/{}/units/{}", unit["project_id"].as_str().unwrap(), unit["id"].as_str().unwrap())
}

story! {
    async fn a_unit_enters_with_its_management_crew(app: &TestApp) {
        let project = app.project("440703").await;
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let staff = app.project_staff(&project).await;
        let units = format!("/projects/{}/units", project.id);
        let input = json!({
            "credit_code": company.credit_code.to_lowercase(), "kind": "009", "entered_on": ago(20),
            "contact_name": "王建国", "contact_phone": "138 1234 5678",
        });
        let made = staff.post(&units, &input).await;
        assert_eq!(made.status, 201);
        let unit = made.ok();
        assert_eq!(unit["company_name"], "江门市第一建设有限公司");
        assert_eq!((&unit["kind_name"], &unit["contact_phone"]), (&json!("总承包单位"), &json!("13812345678")));
        assert_eq!((&unit["crews_on_site"], &unit["may_delete"]), (&json!(0), &json!(true)));

        let crews = staff.get(&format!("/projects/{}/crews", project.id)).await.ok();
        assert_eq!(crews["total"], 1);
        let management = &crews["items"][0];
        assert_eq!((&management["name"], &management["kind"]), (&json!("总承包单位管理班组"), &json!("management")));
        assert_eq!(management["entered_on"], json!(ago(20)));
        assert_eq!(management["may_manage"], false);

        let again = staff.post(&units, &input).await.field("company_id");
        assert!(again.contains("同一参建类型在场"), "{again}");
        let mut other = input.clone();
        other["kind"] = json!("006");
        staff.post(&units, &other).await.ok();

        let change = json!({"entered_on": ago(30), "contact_name": "李梅", "contact_phone": ""});
        let edited = staff.put(&path_of(&unit), &unit["revision"], &change).await.ok();
        assert_eq!((&edited["entered_on"], &edited["contact_phone"]), (&json!(ago(30)), &Value::Null));
        staff.put(&path_of(&unit), &unit["revision"], &change).await.refused(412);
        let crews = staff.get(&format!("/projects/{}/crews?unit_id={}", project.id, id_of(&unit))).await.ok();
        assert_eq!(crews["items"][0]["entered_on"], json!(ago(30)));
    }
}

story! {
    async fn only_companies_of_the_registry_take_part_and_not_before_they_do(app: &TestApp) {
        let project = app.project("440703").await;
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let staff = app.project_staff(&project).await;
        let units = format!("/projects/{}/units", project.id);
        let unit = |change: Value| {
            let mut input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(1)});
            input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            input
        };
        let unknown = "00000000-0000-0000-0000-000000000000";
        assert!(staff.post(&units, unit(json!({"company_id": unknown}))).await.field("company_id").contains("企业注册"));
        let by_code = json!({"company_id": null, "credit_code": "91350100M000100Y43"});
        assert!(staff.post(&units, unit(by_code)).await.field("credit_code").contains("企业注册"));
        staff.post(&units, unit(json!({"company_id": ""}))).await.field("company_id");
        staff.post(&units, unit(json!({"kind": "099"}))).await.field("kind");
        staff.post(&units, unit(json!({"entered_on": "2999-01-01"}))).await.field("entered_on");
        staff.post(&units, unit(json!({"entered_on": "昨天"}))).await.field("entered_on");
        staff.post(&units, unit(json!({"contact_phone": "1"}))).await.field("contact_phone");
        app.nobody().post(&units, unit(json!({}))).await.refused(401);
        app.company_account(&company).await.post(&units, unit(json!({}))).await.refused(404);
        app.regulator("510800").await.post(&units, unit(json!({}))).await.refused(404);
        let made = staff.post(&units, unit(json!({}))).await.ok();
        app.company_account(&company).await.delete(&path_of(&made)).await.refused(403);
    }
}

story! {
    async fn a_unit_stays_while_crews_are_on_site_and_leaves_with_all_of_them_when_told_to(app: &TestApp) {
        let project = app.project("440703").await;
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let staff = app.project_staff(&project).await;
        let input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(20)});
        let unit = staff.post(&format!("/projects/{}/units", project.id), input).await.ok();
        let (steel, wood) = (crew(&staff, &unit, "钢筋班", &ago(15)).await, crew(&staff, &unit, "木工班", &ago(15)).await);
        let stayed = app.put_into(&steel, "李强", &ago(5)).await;
        let exit = format!("{}/exit", path_of(&unit));
        let undo = format!("{}/undo-exit", path_of(&unit));
        // The carpenters are gone before, and stay gone whatever happens to the unit.
        let wood_exit = format!("/projects/{}/crews/{}/exit", project.id, id_of(&wood));
        staff.post(&wood_exit, json!({"exited_on": ago(3)})).await.ok();

        let refused = staff.post(&exit, json!({"exited_on": ago(0)})).await.refused(409);
        assert_eq!(refused["code"], "still_on_site");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains("钢筋班") && message.contains("1 人") && !message.contains("木工班"), "{message}");
        let too_early = staff.post(&exit, json!({"exited_on": ago(4), "with_crews": true})).await.field("exited_on");
        assert!(too_early.contains(&ago(3)), "{too_early}");
        staff.post(&exit, json!({"exited_on": "2999-01-01", "with_crews": true})).await.field("exited_on");

        let gone = staff.post(&exit, json!({"exited_on": ago(1), "with_crews": true})).await.ok();
        assert_eq!((&gone["exited_on"], &gone["people_on_site"], &gone["crews_on_site"]), (&json!(ago(1)), &json!(0), &json!(0)));
        let entry = app.entry(&stayed).await;
        assert_eq!(entry.exited_on.map(|day| day.to_string()), Some(ago(1)));
        assert_eq!(entry.exit_reason.as_deref(), Some("随参建单位退场"));
        let on_site = format!("/projects/{}/crews?presence=on_site", project.id);
        assert_eq!(staff.get(&on_site).await.ok()["total"], 0);
        assert_eq!(staff.post(&exit, json!({"exited_on": ago(0)})).await.refused(409)["code"], "exited");
        staff.put(&path_of(&unit), &gone["revision"], json!({"entered_on": ago(20)})).await.refused(409);
        let crews = format!("/projects/{}/crews", project.id);
        let late = json!({"unit_id": unit["id"], "name": "瓦工班", "kind": "workers", "work_type": "010", "entered_on": ago(0)});
        staff.post(&crews, late).await.field("unit_id");

        staff.post(&undo, json!({"reason": ""})).await.field("reason");
        let back = staff.post(&undo, json!({"reason": "误操作"})).await.ok();
        assert_eq!((&back["exited_on"], &back["people_on_site"], &back["crews_on_site"]), (&Value::Null, &json!(1), &json!(1)));
        let entry = app.entry(&stayed).await;
        assert_eq!((entry.exited_on, entry.exit_reason, entry.exit_recorded_at), (None, None, None));
        let names = staff.get(&on_site).await.ok();
        let names: Vec<_> = names["items"].as_array().unwrap().iter().map(|crew| crew["name"].clone()).collect();
        assert_eq!(names, [json!("钢筋班"), json!("总承包单位管理班组")]);
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "not_exited");
    }
}

story! {
    async fn an_exit_is_not_undone_when_the_company_has_come_back_or_the_days_are_over(app: &TestApp) {
        use sea_orm::{ActiveModelTrait, ActiveValue::Set};
        let project = app.project("440703").await;
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let staff = app.project_staff(&project).await;
        let units = format!("/projects/{}/units", project.id);
        let input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(20)});
        let unit = staff.post(&units, &input).await.ok();
        let gone = staff.post(&format!("{}/exit", path_of(&unit)), json!({"exited_on": ago(0)})).await.ok();
        assert!(gone["undo_until"].is_string());
        let again = staff.post(&units, &input).await.ok();
        let undo = format!("{}/undo-exit", path_of(&unit));
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "entered_again");
        assert_eq!(staff.delete(&path_of(&again)).await.status, 204);
        let long_ago = mingce::entity::unit::ActiveModel {
            id: Set(id_of(&unit)),
            exit_recorded_at: Set(Some(chrono::Utc::now() - chrono::TimeDelta::days(8))),
            ..Default::default()
        };
        long_ago.update(app.app.db.writer()).await.unwrap();
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "undo_expired");
        assert_eq!(staff.get(&path_of(&unit)).await.ok()["undo_until"], Value::Null);
    }
}

story! {
    async fn only_a_unit_that_nothing_came_of_is_deleted(app: &TestApp) {
        let project = app.project("440703").await;
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let staff = app.project_staff(&project).await;
        let units = format!("/projects/{}/units", project.id);
        let input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(20)});
        let unit = staff.post(&units, &input).await.ok();
        let steel = crew(&staff, &unit, "钢筋班", &ago(15)).await;
        assert_eq!(staff.delete(&path_of(&unit)).await.refused(409)["code"], "in_use");
        let late = json!({"entered_on": ago(10)});
        assert!(staff.put(&path_of(&unit), &unit["revision"], late).await.field("entered_on").contains(&ago(15)));
        staff.delete(&format!("/projects/{}/crews/{}", project.id, id_of(&steel))).await.ok();
        app.regulator("510800").await.delete(&path_of(&unit)).await.refused(404);
        app.nobody().delete(&path_of(&unit)).await.refused(401);
        assert_eq!(staff.delete(&path_of(&unit)).await.status, 204);
        staff.get(&path_of(&unit)).await.refused(404);
        assert_eq!(staff.get(&format!("/projects/{}/crews", project.id)).await.ok()["total"], 0);
    }
}

story! {
    async fn regulators_see_the_units_of_their_region_and_nobody_elses(app: &TestApp) {
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let (here, there) = (app.project("440703").await, app.project("510800").await);
        let mut made = Vec::new();
        for project in [&here, &there] {
            let input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(20), "contact_phone": "13812345678"});
            made.push(app.project_staff(project).await.post(&format!("/projects/{}/units", project.id), input).await.ok());
        }
        let regulator = app.regulator("440700").await;
        let seen = regulator.get("/units").await.ok();
        assert_eq!((&seen["total"], &seen["items"][0]["id"]), (&json!(1), &made[0]["id"]));
        assert_eq!(seen["items"][0]["region_name"], "广东省江门市蓬江区");
        for (query, total) in [
            ("company=第一建设", 1), ("company=第二建设", 0), ("region_code=440704", 0), ("region_code=440703", 1),
            ("kind=009", 1), ("kind=006", 0), ("presence=exited", 0), ("presence=on_site", 1), ("upload_state=failed", 0),
            ("project=滨江花园", 1), ("project=海滨", 0), ("sort=-entered_on", 1),
        ] {
            assert_eq!(regulator.get(&format!("/units?{query}")).await.ok()["total"], json!(total), "{query}");
        }
        regulator.get(&path_of(&made[1])).await.refused(404);
        regulator.get(&format!("/projects/{}/units", there.id)).await.refused(404);
        // A unit of another project under one's own project's path is not there either.
        let mixed = format!("/projects/{}/units/{}", here.id, id_of(&made[1]));
        regulator.get(&mixed).await.refused(404);
        regulator.delete(&mixed).await.refused(404);
        let masked = app.company_account(&company).await.get("/units").await.ok();
        assert_eq!(masked["total"], 2);
        assert_eq!(masked["items"][0]["contact_phone"], "138****5678");
        app.nobody().get("/units").await.refused(401);
        let rows = exported(&regulator, "/units/export", json!({"kind": "009"})).await;
        assert_eq!(rows.len(), 2);
        assert!(rows[1].contains(&"江门市第一建设有限公司".to_owned()), "{rows:?}");
        regulator.post("/units/export", json!({"kind": "099"})).await.refused(422);
    }
}
