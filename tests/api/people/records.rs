//! Somebody's record: typed, checked at its fields, masked, revised.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::*;

fn line(kind: &str, data: Value) -> Value {
    json!({ "record": { "kind": kind, "data": data } })
}

async fn put(client: &Client, path: &str, revision: i32, form: Value) -> Answer {
    client.put(path, &json!(revision), form).await
}

async fn delete(client: &Client, path: &str, revision: i32) -> Answer {
    client.send(client.request(Method::DELETE, path).header("if-match", format!("\"{revision}\""))).await
}

story! {
    async fn every_kind_of_record_is_kept_and_shown(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let path = format!("/people/{}/records", person["id"].as_str().unwrap());
        let lines = [
            line("education", json!({ "school": "江门职业技术学院", "level": "05", "from": "2003-09-01", "until": "2006-06-30" })),
            line("training", json!({ "subject": "三级安全教育", "from": "2026-01-05", "hours": 50 })),
            line("title", json!({ "name": "工程师", "level": "中级", "awarded_on": "2015-12-01" })),
            line("certificate", json!({ "name": "建筑施工特种作业操作资格证", "number": "粤J0120200001" })),
            line("award", json!({ "award": "reward", "name": "优秀班组长", "on": "2025-05-01" })),
            line("emergency_contact", json!({ "name": "李秀英", "relation": "配偶", "phone": "13800138000" })),
            line("social_insurance", json!({ "payer": "江门建工有限公司", "insurances": ["injury", "pension"], "from": "2024-01-01" })),
            line("work_history", json!({ "employer": "江门建工有限公司", "post": "施工员", "from": "2010-01-01" })),
        ];
        for form in &lines {
            let answer = regulator.post(&path, form).await;
            assert_eq!(answer.status, 201, "{}", answer.json);
            assert_eq!(answer.json["record"]["kind"], form["record"]["kind"]);
        }
        let records = regulator.get(&path).await.ok();
        assert_eq!(records.as_array().unwrap().len(), lines.len());
        let text = records.to_string();
        assert!(text.contains("138****8000") && !text.contains("13800138000"), "{text}");
        assert!(!json!(audit_of(app).await).to_string().contains("13800138000"));
        let unmask = format!("/people/{}/unmask", person["id"].as_str().unwrap());
        let shown = regulator.post(&unmask, json!({ "fields": ["emergency_contacts"] })).await.ok();
        assert_eq!(shown["emergency_contacts"][0]["phone"], "13800138000");
    }
}

story! {
    async fn a_mistake_is_told_at_its_field(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let path = format!("/people/{}/records", person["id"].as_str().unwrap());
        let cases = [
            (line("education", json!({ "level": "05" })), "record.data.school"),
            (line("education", json!({ "school": "某校", "level": "77" })), "record.data.level"),
            (line("education", json!({ "school": "某校", "level": "05", "from": "2006-01-01", "until": "2003-01-01" })), "record.data.until"),
            (line("training", json!({ "subject": "安全", "from": "2026-01-05", "hours": 0 })), "record.data.hours"),
            (line("award", json!({ "award": "reward", "name": "优秀", "on": "2999-01-01" })), "record.data.on"),
            (line("emergency_contact", json!({ "name": "李秀英", "relation": "配偶" })), "record.data.phone"),
            (line("emergency_contact", json!({ "name": "李秀英", "relation": "配偶", "phone": "12" })), "record.data.phone"),
            (line("social_insurance", json!({ "payer": "某公司", "insurances": [], "from": "2024-01-01" })), "record.data.insurances"),
            (line("work_history", json!({ "employer": "x".repeat(61), "from": "2010-01-01" })), "record.data.employer"),
        ];
        for (form, field) in cases {
            regulator.post(&path, form).await.field(field);
        }
        regulator.post(&path, line("shoe_size", json!({}))).await.field("record.kind");
        for nonsense in [json!(5), json!([]), json!({ "kind": "award", "data": 5 }), json!({ "kind": "award", "data": null })] {
            regulator.post(&path, json!({ "record": nonsense })).await.refused(422);
        }
        regulator.post(&path, json!({})).await.refused(422);
    }
}

story! {
    async fn a_line_is_edited_from_its_revision_and_deleted_once(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let path = format!("/people/{}/records", person["id"].as_str().unwrap());
        let contact = |relation: &str| line("emergency_contact", json!({ "name": "李秀英", "relation": relation }));
        let mut first = contact("配偶");
        first["record"]["data"]["phone"] = json!("13800138000");
        let record = regulator.post(&path, first).await.ok();
        let one = format!("{path}/{}", record["id"].as_str().unwrap());

        let edited = put(&regulator, &one, 1, contact("母亲")).await.ok();
        assert_eq!(edited["record"]["data"], json!({ "name": "李秀英", "relation": "母亲", "phone": "138****8000" }));
        put(&regulator, &one, 1, contact("配偶")).await.refused(412);
        put(&regulator, &one, 2, line("work_history", json!({ "employer": "某公司", "from": "2010-01-01" }))).await.field("record.kind");
        delete(&regulator, &one, 1).await.refused(412);
        regulator.delete(&one).await.refused(428);
        assert_eq!(delete(&regulator, &one, 2).await.status, 204);
        delete(&regulator, &one, 2).await.refused(404);
        let actions: Vec<Value> = audit_of(app).await.into_iter().map(|entry| entry["action"].clone()).collect();
        assert_eq!(actions[1..], ["person_record.create", "person_record.edit", "person_record.delete"]);
    }
}

story! {
    async fn a_record_is_its_owners_people_only(app: &TestApp) {
        let site = site(app, "440703").await;
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let path = format!("/people/{}/records", person["id"].as_str().unwrap());
        let form = line("training", json!({ "subject": "三级安全教育", "from": "2026-01-05" }));
        let record = regulator.post(&path, &form).await.ok();
        let one = format!("{path}/{}", record["id"].as_str().unwrap());
        let stranger = app.regulator("510800").await;
        stranger.get(&path).await.refused(404);
        stranger.post(&path, &form).await.refused(404);
        put(&stranger, &one, 1, form.clone()).await.refused(404);
        delete(&stranger, &one, 1).await.refused(404);
        app.nobody().get(&path).await.refused(401);
        app.nobody().post(&path, &form).await.refused(401);

        let staff = app.project_staff(&site.project).await;
        let entry = site.enter(app, &person).await;
        put(&staff, &one, 1, form.clone()).await.ok();
        site.exit(app, entry).await;
        staff.get(&path).await.ok();
        put(&staff, &one, 2, form.clone()).await.refused(403);
        let other = regulator.post("/people", new_person(&somebody(), "李大海")).await.ok();
        let mixed = format!("/people/{}/records/{}", other["id"].as_str().unwrap(), record["id"].as_str().unwrap());
        put(&regulator, &mixed, 2, form).await.refused(404);
    }
}
