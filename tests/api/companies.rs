//! 【企业库】

use mingce::platform::types::synthetic;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::support::{ago, exported, id_of};

fn input(seed: u64, name: &str, region: &str) -> Value {
    json!({
        "credit_code": synthetic::credit_code(seed).as_str(), "name": name, "region_code": region,
        "registration_kind": "150", "legal_person": "陈志强", "contact_name": "李梅", "contact_phone": "13812345678",
        "email": "li@example.com", "registered_capital_wan": 5000, "established_on": "2010-05-01", "address": "",
    })
}

story! {
    async fn a_company_is_registered_found_and_edited(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let made = regulator.post("/companies", input(1, "江门市第一建设有限公司", "440703")).await;
        assert_eq!(made.status, 201);
        let made = made.ok();
        assert_eq!(made["region_name"], "广东省江门市蓬江区");
        assert_eq!(made["registration_kind_name"], "有限责任公司");
        assert_eq!(made["address"], Value::Null);
        assert_eq!(made["upload_state"], "waiting");
        assert_eq!(made["may_edit"], true);

        regulator.post("/companies", input(2, "100%_劳务有限公司", "440704")).await.ok();
        let names = async |query: &str| {
            let page = regulator.get(&format!("/companies?{query}")).await.ok();
            let names = page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned());
            names.collect::<Vec<_>>()
        };
        assert_eq!(names("name=第一建设").await, ["江门市第一建设有限公司"]);
        assert_eq!(names("name=100%25_").await, ["100%_劳务有限公司"]);
        assert!(names("name=%25%25").await.is_empty());
        assert_eq!(names("region_code=440700&sort=name").await.len(), 2);
        assert_eq!(names("region_code=440704").await, ["100%_劳务有限公司"]);
        assert!(names("region_code=510000").await.is_empty());
        assert!(names("upload_state=uploaded").await.is_empty());
        let code = made["credit_code"].as_str().unwrap();
        assert_eq!(names(&format!("credit_code={}", code[..8].to_lowercase())).await.len(), 2);
        assert_eq!(names(&format!("keyword={code}")).await, ["江门市第一建设有限公司"]);
        let found = regulator.get(&format!("/companies/by-credit-code/{}", code.to_lowercase())).await.ok();
        assert_eq!(found["id"], made["id"]);

        let path = format!("/companies/{}", made["id"].as_str().unwrap());
        let mut change = input(1, "江门市第一建设集团有限公司", "440703");
        change["contact_phone"] = json!("0750-3123456");
        let edited = regulator.put(&path, &made["revision"], &change).await.ok();
        assert_eq!((&edited["name"], &edited["revision"]), (&json!("江门市第一建设集团有限公司"), &json!(2)));
        assert_eq!(edited["contact_phone"], "0750-3123456");
        regulator.put(&path, &made["revision"], &change).await.refused(412);
        regulator.send(regulator.request(reqwest::Method::PUT, &path).json(&change)).await.refused(428);
    }
}

story! {
    async fn a_credit_code_is_in_the_registry_once_and_its_check_character_is_right(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        regulator.post("/companies", input(1, "甲建设有限公司", "440703")).await.ok();
        let twice = regulator.post("/companies", input(1, "乙建设有限公司", "440703")).await.field("credit_code");
        assert!(twice.contains("已在企业库中"), "{twice}");

        let mut wrong = input(3, "丙建设有限公司", "440703");
        let code = wrong["credit_code"].as_str().unwrap();
        let other = if code.ends_with('1') { "2" } else { "1" };
        wrong["credit_code"] = json!(format!("{}{other}", &code[..17]));
        assert!(regulator.post("/companies", &wrong).await.field("credit_code").contains("校验不通过"));
        regulator.get("/companies/by-credit-code/91350100M000100Y44").await.field("credit_code");
        regulator.get("/companies/by-credit-code/91350100M000100Y43").await.refused(404);
    }
}

story! {
    async fn each_mistake_in_the_form_is_said_at_its_field(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let cases = [
            ("name", json!("")), ("region_code", json!("449999")), ("registration_kind", json!("999")),
            ("contact_phone", json!("12")), ("email", json!("nonsense")), ("registered_capital_wan", json!(-1)),
            ("established_on", json!("2999-01-01")),
            ("established_on", json!("-4999-01-01")), ("nothing", json!(1)),
        ];
        for (field, value) in cases {
            let mut form = input(1, "甲建设有限公司", "440703");
            form[field] = value;
            regulator.post("/companies", &form).await.field(field);
        }
        regulator.get("/companies?sort=email").await.field("sort");
        regulator.get("/companies?name=%00").await.field("name");
    }
}

story! {
    async fn everybody_looks_up_and_only_those_concerned_edit(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let made = regulator.post("/companies", input(1, "江门市第一建设有限公司", "440703")).await.ok();
        let path = format!("/companies/{}", made["id"].as_str().unwrap());
        let change = input(1, "江门市第一建设有限公司", "440703");

        let elsewhere = app.regulator("510800").await;
        let seen = elsewhere.get(&path).await.ok();
        assert_eq!((&seen["contact_phone"], &seen["email"]), (&json!("138****5678"), &json!("l***@example.com")));
        assert_eq!((&seen["may_edit"], &seen["accounts"]), (&json!(false), &Value::Null));
        let listed = elsewhere.get("/companies").await.ok();
        assert_eq!(listed["items"][0]["contact_phone"], "138****5678");
        elsewhere.put(&path, &made["revision"], &change).await.refused(403);
        elsewhere.put("/companies/00000000-0000-0000-0000-000000000000", &json!(1), &change).await.refused(404);

        let project = app.project("510800").await;
        let staff = app.project_staff(&project).await;
        staff.put(&path, &made["revision"], &change).await.refused(403);
        let unit = json!({"company_id": made["id"], "kind": "006", "entered_on": "2026-01-05"});
        staff.post(&format!("/projects/{}/units", project.id), unit).await.ok();
        staff.put(&path, &made["revision"], &change).await.ok();
        assert_eq!(staff.get(&path).await.ok()["contact_phone"], "13812345678");

        let mut moved = change.clone();
        moved["credit_code"] = json!(synthetic::credit_code(99).as_str());
        assert!(staff.put(&path, &json!(2), &moved).await.field("credit_code").contains("监管部门"));
        regulator.put(&path, &json!(2), &moved).await.ok();

        app.nobody().get("/companies").await.refused(401);
        app.nobody().get(&path).await.refused(401);
        app.nobody().post("/companies", &change).await.refused(401);
        app.vendor_account(&app.vendor("440700").await).await.post("/companies", &change).await.refused(403);
    }
}

story! {
    async fn a_project_changes_how_to_reach_a_company_and_not_what_it_is_known_by(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let made = regulator.post("/companies", input(1, "江门市第一建设有限公司", "440703")).await.ok();
        let path = format!("/companies/{}", made["id"].as_str().unwrap());
        let project = app.project("440703").await;
        let staff = app.project_staff(&project).await;
        let units = format!("/projects/{}/units", project.id);
        let unit = json!({"company_id": made["id"], "kind": "006", "entered_on": ago(9)});
        let unit = staff.post(&units, unit).await.ok();
        let with = |field: &str, value: Value| {
            let mut form = input(1, "江门市第一建设有限公司", "440703");
            form[field] = value;
            form
        };
        let renamed = with("name", json!("别的建设有限公司"));
        assert!(staff.put(&path, &json!(1), &renamed).await.field("name").contains("监管部门"));
        staff.put(&path, &json!(1), with("region_code", json!("510802"))).await.field("region_code");
        for (field, value) in [
            ("legal_person", json!("王老五")), ("address", json!("别处 1 号")), ("registration_kind", Value::Null),
            ("registered_capital_wan", json!(1)), ("established_on", json!("2011-05-01")),
        ] {
            assert!(staff.put(&path, &json!(1), with(field, value)).await.field(field).contains("项目只能修改"));
        }
        let called = staff.put(&path, &json!(1), with("contact_phone", json!("13900139000"))).await.ok();
        assert_eq!((&called["contact_phone"], &called["revision"]), (&json!("13900139000"), &json!(2)));

        let id = id_of(&made);
        let company = mingce::entity::company::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        let itself = app.company_account(&company).await;
        itself.put(&path, &json!(2), with("legal_person", json!("王老五"))).await.ok();
        let mut renamed = with("legal_person", json!("王老五"));
        renamed["name"] = json!("别的建设有限公司");
        itself.put(&path, &json!(3), &renamed).await.field("name");
        regulator.put(&path, &json!(3), &renamed).await.ok();

        let exit = format!("{units}/{}/exit", unit["id"].as_str().unwrap());
        staff.post(&exit, json!({"exited_on": ago(0)})).await.ok();
        staff.put(&path, &json!(4), &renamed).await.refused(403);
        assert_eq!(staff.get(&path).await.ok()["may_edit"], json!(false));
    }
}

story! {
    async fn the_detail_shows_projects_only_within_the_callers_reach(app: &TestApp) {
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let (here, there) = (app.project("440703").await, app.project("510800").await);
        for project in [&here, &there] {
            let unit = json!({"company_id": company.id, "kind": "009", "entered_on": "2026-01-05"});
            app.project_staff(project).await.post(&format!("/projects/{}/units", project.id), unit).await.ok();
        }
        let path = format!("/companies/{}", company.id);
        let projects = async |client: &crate::api::support::Client| {
            client.get(&path).await.ok()["projects"].as_array().unwrap().clone()
        };
        let seen = projects(&app.regulator("440700").await).await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0]["project_id"], json!(here.id));
        assert_eq!(seen[0]["kind_name"], "总承包单位");
        assert_eq!(projects(&app.company_account(&company).await).await.len(), 2);
        assert_eq!(projects(&app.regulator("510800").await).await.len(), 1);
    }
}

story! {
    async fn a_regulator_issues_the_companys_account_once_and_then_a_new_password(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let made = regulator.post("/companies", input(1, "江门市第一建设有限公司", "440703")).await.ok();
        let path = format!("/companies/{}", made["id"].as_str().unwrap());
        let account = format!("{path}/account");
        let issued = regulator.post(&account, json!({})).await.ok();
        let login = made["credit_code"].as_str().unwrap().to_lowercase();
        assert_eq!(issued["login"], json!(login));
        assert!(issued["first_password"].as_str().unwrap().len() >= 10);
        assert_eq!(regulator.get(&path).await.ok()["accounts"][0]["login"], json!(login));

        let again = regulator.post(&account, json!({})).await.ok();
        assert_eq!(again["id"], issued["id"]);
        assert_ne!(again["first_password"], issued["first_password"]);

        app.regulator("510800").await.post(&account, json!({})).await.refused(403);
        app.project_staff(&app.project("440703").await).await.post(&account, json!({})).await.refused(403);
        app.nobody().post(&account, json!({})).await.refused(401);
    }
}

story! {
    async fn an_export_masks_what_the_list_masks(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for seed in 1..=3 {
            regulator.post("/companies", input(seed, &format!("第{seed}建设有限公司"), "440703")).await.ok();
        }
        let rows = exported(&regulator, "/companies/export", json!({"name": "第", "sort": "name"})).await;
        assert_eq!(rows.len(), 4);
        assert_eq!((rows[0][0].as_str(), rows[1][0].as_str()), ("企业名称", "第1建设有限公司"));
        assert!(rows[1].contains(&"13812345678".to_owned()), "{rows:?}");
        let elsewhere = app.regulator("510800").await;
        let rows = exported(&elsewhere, "/companies/export", json!({"name": "第1"})).await;
        assert_eq!(rows.len(), 2);
        assert!(rows[1].contains(&"138****5678".to_owned()), "{rows:?}");
    }
}
