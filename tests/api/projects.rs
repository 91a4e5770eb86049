//! The registry of projects: 【登记新项目】【详细】【编辑】【注销】【发账号】【定位】【场所码登记】, search, QR code.

use mingce::{
    entity::{account, company::UploadState, crew, idempotency, project, roster_entry, unit},
    platform::types::synthetic,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

fn form() -> Value {
    json!({
        "name": "滨江新城三期工程", "code": "JM-2026-0042", "region_code": "440703", "category": "01", "status": "003",
        "address": "江门市蓬江区滨江大道 1 号", "longitude": 113.0781, "latitude": 22.5902,
        "permit_number": "440703202601150101", "permit_date": "2026-01-15", "investment_nature": "3",
        "start_on": "2026-02-01", "planned_finish_on": "2028-06-30", "area_m2": 45210.5, "height_m": 99.8,
        "structure": "4", "cost_wan": 18650, "contact_name": "陈志强", "contact_phone": "0750-3123456",
        "wage_bank": "江门农商银行滨江支行", "deposit_kind": "2",
        "parties": [
            {"kind": "008", "name": "江门市滨江开发有限公司", "credit_code": synthetic::credit_code(1)},
            {"kind": "009", "name": "江门市第一建设有限公司", "credit_code": synthetic::credit_code(2)}
        ]
    })
}

fn with(changes: Value) -> Value {
    let mut form = form();
    form.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    form
}

story! {
    async fn a_regulator_registers_a_project_and_finds_it_with_all_it_was_given(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let answer = regulator.post("/projects", form()).await;
        assert_eq!(answer.status, 201, "{}", answer.json);
        let id = answer.json["id"].as_str().unwrap().to_owned();
        let shown = regulator.get(&format!("/projects/{id}")).await.ok();
        for (key, value) in form().as_object().unwrap() {
            let same = match (value.as_f64(), shown[key].as_f64()) { (Some(a), Some(b)) => a == b, _ => value == &shown[key] };
            assert!(same, "{key}: {value} became {}", shown[key]);
        }
        assert_eq!(shown["region_path"], json!(["广东省", "江门市", "蓬江区"]));
        assert_eq!(shown["revision"], 1);
        let found = regulator.get("/projects?search=jm-2026&region_code=440703&category=01&status=003").await;
        assert_eq!(found.ok()["total"], 1, "in capitals or not, on either database");
        assert_eq!(regulator.get("/projects?search=%E6%96%B0%E5%9F%8E&code=JM-2026").await.ok()["items"][0]["id"], json!(id));
        for nothing in ["search=%25", "search=_", "region_code=440704", "status=001", "created_to=2020-01-01", "cancelled=true"] {
            assert_eq!(regulator.get(&format!("/projects?{nothing}")).await.ok()["total"], 0, "{nothing}");
        }
    }
}

story! {
    async fn a_form_that_cannot_be_right_is_refused_at_its_fields(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for (changes, field) in [
            (json!({"name": " "}), "name"),
            (json!({"region_code": "510800"}), "region_code"),
            (json!({"category": "77"}), "category"),
            (json!({"longitude": 10.0}), "longitude"),
            (json!({"planned_finish_on": "2025-01-01"}), "planned_finish_on"),
            (json!({"permit_date": "2026-02-30"}), "permit_date"),
            (json!({"contact_phone": "12345"}), "contact_phone"),
            (json!({"cost_wan": -1}), "cost_wan"),
            (json!({"vendor_id": uuid::Uuid::now_v7()}), "vendor_id"),
            (json!({"parties": [{"kind": "008", "name": "某公司", "credit_code": "91440700MA4UABCDE0"}]}), "parties[0].credit_code"),
            (json!({"surprise": 1}), "surprise"),
        ] {
            regulator.post("/projects", with(changes)).await.field(field);
        }
        regulator.post("/projects", form()).await.ok();
        assert!(regulator.post("/projects", form()).await.field("code").contains("报建编号"));
    }
}

story! {
    async fn only_those_who_may_reach_a_project(app: &TestApp) {
        let project = app.project("440703").await;
        let path = format!("/projects/{}", project.id);
        let nobody = app.nobody();
        for path in ["/projects", &path, &format!("{path}/overview"), &format!("{path}/qr.svg"), &format!("{path}/code")] {
            nobody.get(path).await.refused(401);
        }
        let elsewhere = app.regulator("510800").await;
        let neighbour = app.project_staff(&app.project("440703").await).await;
        for stranger in [&elsewhere, &neighbour] {
            stranger.get(&path).await.refused(404);
            stranger.put(&path, &json!(1), form()).await.refused(404);
            stranger.put(&format!("{path}/venue-code"), &json!(1), json!({})).await.refused(404);
            stranger.post(&format!("{path}/cancel"), json!({"reason": "测试注销"})).await.refused(404);
            stranger.post(&format!("{path}/account"), json!({})).await.refused(404);
            stranger.delete(&path).await.refused(404);
            stranger.get(&format!("{path}/qr.png")).await.refused(404);
        }
        assert_eq!(elsewhere.get("/projects").await.ok()["total"], 0);
        assert_eq!(neighbour.get("/projects").await.ok()["total"], 1);
        let staff = app.project_staff(&project).await;
        staff.post("/projects", form()).await.refused(403);
        staff.post(&format!("{path}/cancel"), json!({"reason": "测试注销"})).await.refused(403);
        staff.post(&format!("{path}/account"), json!({})).await.refused(403);
        staff.delete(&path).await.refused(403);
    }
}

story! {
    async fn the_projects_staff_edit_what_is_theirs_and_of_two_the_second_one_hears_of_the_first(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let project = regulator.post("/projects", form()).await.ok();
        let path = format!("/projects/{}", project["id"].as_str().unwrap());
        let row = project::Entity::find_by_id(project["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap());
        let staff = app.project_staff(&row.one(app.app.db.reader()).await.unwrap().unwrap()).await;
        let edited = staff.put(&path, &json!(1), with(json!({"contact_name": "黄丽", "height_m": null}))).await.ok();
        assert_eq!((&edited["contact_name"], &edited["height_m"], &edited["revision"]), (&json!("黄丽"), &Value::Null, &json!(2)));
        staff.put(&path, &json!(1), form()).await.refused(412);
        staff.send(staff.request(reqwest::Method::PUT, &path).json(&form())).await.refused(428);
        for (changes, field) in [
            (json!({"status": "005"}), "status"),
            (json!({"code": "X-1"}), "code"),
            (json!({"region_code": "440704"}), "region_code"),
        ] {
            staff.put(&path, &json!(2), with(changes)).await.field(field);
        }
        let stopped = regulator.put(&path, &json!(2), with(json!({"status": "005"}))).await.ok();
        assert_eq!(stopped["status"], "005");
        regulator.put(&path, &json!(3), with(json!({"region_code": "510800"}))).await.field("region_code");
        let placed = staff.put(&format!("{path}/position"), &json!(3), json!({"longitude": 113.1, "latitude": 22.6})).await.ok();
        assert_eq!((&placed["latitude"], &placed["address"]), (&json!(22.6), &form()["address"]));
        staff.put(&format!("{path}/position"), &json!(4), json!({"longitude": 113.1, "latitude": 122.6})).await.field("latitude");
        let coded = staff.put(&format!("{path}/venue-code"), &json!(4), json!({"venue_code": "GD-4407-CS-0001"})).await.ok();
        assert_eq!(coded["venue_code"], "GD-4407-CS-0001");
        let gone = staff.put(&format!("{path}/venue-code"), &json!(5), json!({"venue_code": ""})).await.ok();
        assert_eq!(gone["venue_code"], Value::Null);
    }
}

story! {
    async fn an_account_is_issued_once_and_issued_again_it_has_a_new_password(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let project = app.project("440703").await;
        let path = format!("/projects/{}/account", project.id);
        let first = regulator.post(&path, json!({})).await.ok();
        let again = regulator.post(&path, json!({})).await.ok();
        assert_eq!(first["login"], json!(format!("p{}", project.number)));
        assert_eq!((&first["id"], &first["login"]), (&again["id"], &again["login"]));
        assert_ne!(first["first_password"], again["first_password"]);
        let login = first["login"].as_str().unwrap();
        app.try_login(login, first["first_password"].as_str().unwrap()).await.field("password");
        let session = app.try_login(login, again["first_password"].as_str().unwrap()).await;
        assert_eq!(session.status, 200, "{}", session.json);
        app.client_of(&session).get("/projects").await.refused(403);
        let listed = regulator.get("/projects").await.ok();
        assert_eq!(listed["items"][0]["account_login"], json!(login));
    }
}

story! {
    async fn an_account_issued_twice_with_one_key_is_the_same_and_its_password_is_not_on_disk(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let path = format!("/projects/{}/account", app.project("440703").await.id);
        let issue = || regulator.request(reqwest::Method::POST, &path).header("idempotency-key", "0123456789").json(&json!({}));
        let first = regulator.send(issue()).await.ok();
        assert_eq!(first, regulator.send(issue()).await.ok());
        let kept = idempotency::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap().body;
        assert!(!kept.contains(first["first_password"].as_str().unwrap()), "{kept}");
    }
}

story! {
    async fn a_cancelled_project_takes_its_people_and_its_account_with_it_only_when_told_so(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let project = app.project("440703").await;
        app.busy_site(&project).await;
        let path = format!("/projects/{}", project.id);
        let issued = regulator.post(&format!("{path}/account"), json!({})).await.ok();
        regulator.post(&format!("{path}/cancel"), json!({"reason": ""})).await.field("reason");
        let refusal = regulator.post(&format!("{path}/cancel"), json!({"reason": "项目终止"})).await.refused(409);
        assert_eq!(refusal["code"], "still_on_site");
        assert!(refusal["message"].as_str().unwrap().contains("3 名人员"), "{refusal}");
        let told = json!({"reason": "项目终止", "exit_everyone": true});
        let cancelled = regulator.post(&format!("{path}/cancel"), &told).await.ok();
        assert!(cancelled["cancelled_at"].is_string());
        regulator.post(&format!("{path}/cancel"), &told).await.refused(409);

        let db = app.app.db.reader();
        assert_eq!(roster_entry::Entity::find().filter(roster_entry::Column::ExitedOn.is_null()).count(db).await.unwrap(), 0);
        assert_eq!(crew::Entity::find().filter(crew::Column::ExitedOn.is_null()).count(db).await.unwrap(), 0);
        assert_eq!(unit::Entity::find().filter(unit::Column::ExitedOn.is_null()).count(db).await.unwrap(), 0);
        let account = account::Entity::find().filter(account::Column::Login.eq(issued["login"].as_str().unwrap()));
        assert!(account.one(db).await.unwrap().unwrap().disabled);
        regulator.put(&path, &cancelled["revision"], form()).await.refused(409);
        regulator.post(&format!("{path}/account"), json!({})).await.refused(409);
        regulator.get(&format!("{path}/qr.svg")).await.refused(409);
        regulator.get(&format!("{path}/overview")).await.ok();
        assert_eq!(regulator.get("/projects").await.ok()["total"], 0);
        assert_eq!(regulator.get("/projects?cancelled=true").await.ok()["total"], 1);
    }
}

story! {
    async fn a_project_on_which_nothing_happened_can_be_deleted_and_no_other(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let (empty, busy) = (app.project("440703").await, app.project("440703").await);
        app.busy_site(&busy).await;
        regulator.post(&format!("/projects/{}/account", empty.id), json!({})).await.ok();
        assert_eq!(regulator.delete(&format!("/projects/{}", empty.id)).await.status, 204);
        regulator.get(&format!("/projects/{}", empty.id)).await.refused(404);
        let refusal = regulator.delete(&format!("/projects/{}", busy.id)).await.refused(409);
        assert!(refusal["message"].as_str().unwrap().contains("注销"));
    }
}

story! {
    async fn a_project_is_qualified_once_all_its_units_crews_and_serving_people_are_uploaded(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let (project, _empty) = (app.project("440703").await, app.project("440703").await);
        app.busy_site(&project).await;
        let qualified = async |wanted: bool| regulator.get(&format!("/projects?qualified={wanted}")).await.ok()["total"].clone();
        assert_eq!((qualified(true).await, qualified(false).await), (json!(0), json!(2)));
        let db = app.app.db.writer();
        let uploaded = || Expr::value("uploaded");
        unit::Entity::update_many().col_expr(unit::Column::UploadState, uploaded()).exec(db).await.unwrap();
        crew::Entity::update_many().col_expr(crew::Column::UploadState, uploaded()).exec(db).await.unwrap();
        assert_eq!(qualified(true).await, json!(0));
        roster_entry::Entity::update_many().col_expr(roster_entry::Column::UploadState, uploaded()).exec(db).await.unwrap();
        assert_eq!((qualified(true).await, qualified(false).await), (json!(1), json!(1)));
        let row = regulator.get("/projects?qualified=true").await.ok()["items"][0].clone();
        assert_eq!((&row["qualified"], &row["people"]), (&json!(true), &json!(3)));
        // Somebody who has left no longer counts.
        let gone = roster_entry::Entity::find().one(db).await.unwrap().unwrap();
        roster_entry::Entity::update_many()
            .col_expr(roster_entry::Column::UploadState, Expr::value("failed"))
            .col_expr(roster_entry::Column::ExitedOn, Expr::value(gone.entered_on))
            .filter(roster_entry::Column::Id.eq(gone.id)).exec(db).await.unwrap();
        assert_eq!(qualified(true).await, json!(1));
        assert_eq!(gone.upload_state, UploadState::Uploaded);
    }
}

story! {
    async fn the_qr_code_leads_to_the_project_and_to_no_other(app: &TestApp) {
        let (project, other) = (app.project("440703").await, app.project("440703").await);
        let staff = app.project_staff(&project).await;
        let path = format!("/projects/{}/code", project.id);
        let shown = staff.get(&path).await.ok();
        let code = shown["code"].as_str().unwrap();
        assert_eq!(code.len(), 12);
        assert!(shown["link"].as_str().unwrap().ends_with(&format!("/m/#/pages/join/index?scene={code}")), "{shown}");
        assert_eq!(staff.get(&path).await.ok(), shown, "it stays as it is");
        app.project_staff(&other).await.get(&path).await.refused(404);
        let svg = staff.get(&format!("/projects/{}/qr.svg", project.id)).await;
        assert_eq!(svg.headers["content-type"], "image/svg+xml");
        assert!(svg.bytes.starts_with(b"<?xml"));
        let png = staff.get(&format!("/projects/{}/qr.png", project.id)).await;
        let picture = image::load_from_memory(&png.bytes).unwrap();
        assert!(picture.width() >= 1024 && picture.width() == picture.height());
        assert!(png.headers["content-disposition"].to_str().unwrap().contains(&project.number.to_string()));
    }
}

story! {
    async fn a_code_that_got_about_is_revoked_and_another_takes_its_place(app: &TestApp) {
        let project = app.project("440703").await;
        let staff = app.project_staff(&project).await;
        let path = format!("/projects/{}/code", project.id);
        let (first, again) = tokio::join!(staff.get(&path), staff.get(&path));
        let first = first.ok();
        assert_eq!(again.ok()["code"], first["code"], "of two who ask first one makes it");
        let renew = format!("{path}/renew");
        app.nobody().post(&renew, json!({})).await.refused(401);
        app.project_staff(&app.project("440703").await).await.post(&renew, json!({})).await.refused(404);
        let company = app.company("440700", "江门市第一建设有限公司").await;
        app.unit_row(&project, &company, "009").await;
        app.company_account(&company).await.post(&renew, json!({})).await.refused(403);
        let renewed = staff.post(&renew, json!({})).await.ok();
        assert_ne!(renewed["code"], first["code"]);
        assert_eq!(staff.get(&path).await.ok(), renewed);
        let entry = crate::api::people::support::audit_of(app).await.pop().unwrap();
        assert_eq!(entry["action"], "project.renew_code");
        assert!(!entry.to_string().contains(renewed["code"].as_str().unwrap()), "the audit is no way in");
    }
}

story! {
    async fn a_company_and_a_vendor_see_the_projects_they_take_part_in_and_change_none(app: &TestApp) {
        let (project, _other) = (app.project("440703").await, app.project("440703").await);
        let (company, vendor) = (app.company("440700", "江门市第一建设有限公司").await, app.vendor("440700").await);
        app.unit_row(&project, &company, "009").await;
        project::Entity::update_many()
            .col_expr(project::Column::VendorId, Expr::value(vendor.id))
            .filter(project::Column::Id.eq(project.id))
            .exec(app.app.db.writer())
            .await
            .unwrap();
        for client in [app.company_account(&company).await, app.vendor_account(&vendor).await] {
            let listed = client.get("/projects").await.ok();
            assert_eq!((&listed["total"], &listed["items"][0]["id"]), (&json!(1), &json!(project.id)));
            assert_eq!(listed["items"][0]["vendor_name"], json!(vendor.name));
            client.put(&format!("/projects/{}", project.id), &json!(1), form()).await.refused(403);
        }
    }
}
