//! 设备商: registered by the regulator, with an account of their own.

use mingce::platform::types::synthetic;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

fn input(code: &str, seed: u64, region: &str) -> Value {
    json!({
        "code": code, "credit_code": synthetic::credit_code(seed).as_str(), "name": "江门闸机有限公司",
        "region_code": region, "contact_name": "李梅", "contact_phone": "13812345678",
    })
}

fn without_code(mut input: Value) -> Value {
    input.as_object_mut().unwrap().remove("code");
    input
}

story! {
    async fn a_vendor_is_registered_edited_and_gets_an_account(app: &TestApp) {
        let city = app.regulator("440700").await;
        let made = city.post("/vendors", input("ZHAJI-0001", 1, "440703")).await;
        assert_eq!(made.status, 201, "{}", made.json);
        let made = made.ok();
        assert_eq!((&made["region_name"], &made["projects"]), (&json!("广东省江门市蓬江区"), &json!(0)));
        assert_eq!(made["account_login"], Value::Null);
        let path = format!("/vendors/{}", made["id"].as_str().unwrap());

        let mut change = without_code(input("", 1, "440703"));
        change["contact_phone"] = json!("0750-3123456");
        let edited = city.put(&path, &made["revision"], &change).await.ok();
        assert_eq!((&edited["contact_phone"], &edited["code"]), (&json!("0750-3123456"), &json!("ZHAJI-0001")));
        city.put(&path, &made["revision"], &change).await.refused(412);
        city.put(&path, &json!(2), input("ZHAJI-0002", 1, "440703")).await.field("code");

        let account = format!("{path}/account");
        let issued = city.post(&account, json!({})).await;
        assert_eq!(issued.status, 201);
        let issued = issued.ok();
        assert_eq!(issued["login"], "zhaji-0001");
        let (vendor, session) = app.logged_in("zhaji-0001", issued["first_password"].as_str().unwrap()).await;
        assert_eq!((&session["account"]["kind"], &session["must_change_password"]), (&json!("vendor"), &json!(true)));
        vendor.get("/session").await.ok();
        let again = city.post(&account, json!({})).await.ok();
        assert_eq!(again["id"], issued["id"]);
        vendor.get("/session").await.refused(401);
        assert_eq!(city.get(&path).await.ok()["account_login"], "zhaji-0001");
        assert_eq!(city.get("/accounts?kind=vendor").await.ok()["total"], json!(1));
        for (action, times) in [("vendor.register", 1), ("vendor.edit", 1), ("account.issue", 1), ("account.reissue", 1)] {
            assert_eq!(city.get(&format!("/audit?action={action}")).await.ok()["total"], json!(times), "{action}");
        }
    }
}

story! {
    async fn vendors_are_found_within_the_region_and_see_themselves(app: &TestApp) {
        let city = app.regulator("440700").await;
        city.post("/vendors", input("ZHAJI-0001", 1, "440703")).await.ok();
        let other = app.vendor("510800").await;
        let served = app.project("510800").await;
        let row = mingce::entity::project::ActiveModel {
            id: Set(served.id),
            vendor_id: Set(Some(other.id)),
            ..Default::default()
        };
        row.update(app.app.db.writer()).await.unwrap();
        for (query, total) in [
            ("", 1), ("?search=%E9%97%B8%E6%9C%BA", 1), ("?search=ZHAJI-0001", 1), ("?search=ZHAJI", 0),
            ("?region_code=440703", 1), ("?region_code=440704", 0), ("?sort=name", 1),
        ] {
            assert_eq!(city.get(&format!("/vendors{query}")).await.ok()["total"], json!(total), "{query}");
        }
        city.get("/vendors?sort=phone").await.field("sort");
        let itself = app.vendor_account(&other).await;
        let seen = itself.get("/vendors").await.ok();
        assert_eq!((&seen["total"], &seen["items"][0]["projects"]), (&json!(1), &json!(1)));
        assert_eq!(app.admin().await.get("/vendors").await.ok()["total"], json!(2));

        let path = format!("/vendors/{}", other.id);
        let change = without_code(input("", 3, "440703"));
        city.get(&path).await.refused(404);
        city.put(&path, &json!(1), &change).await.refused(404);
        city.post(&format!("{path}/account"), json!({})).await.refused(404);
        itself.put(&path, &json!(1), &change).await.refused(403);
        itself.post(&format!("{path}/account"), json!({})).await.refused(403);
        itself.post("/vendors", input("ZHAJI-0009", 9, "510800")).await.refused(403);
        app.project_staff(&served).await.get("/vendors").await.refused(403);
        for path in ["/vendors", &path] {
            app.nobody().get(path).await.refused(401);
        }
        app.nobody().post("/vendors", json!({})).await.refused(401);
    }
}

story! {
    async fn each_mistake_in_a_vendors_form_is_said_at_its_field(app: &TestApp) {
        let city = app.regulator("440700").await;
        let cases = [
            ("code", json!("闸机0001")), ("code", json!("A")), ("code", json!("A".repeat(33))), ("name", json!("")),
            ("region_code", json!("510800")), ("region_code", json!("449999")), ("contact_phone", json!("12")),
            ("credit_code", json!("91350100M000100Y44")), ("nothing", json!(1)),
        ];
        for (field, value) in cases {
            let mut form = input("ZHAJI-0001", 1, "440703");
            form[field] = value;
            city.post("/vendors", &form).await.field(field);
        }
        city.post("/vendors", input("ZHAJI-0001", 1, "440703")).await.ok();
        assert!(city.post("/vendors", input("ZHAJI-0001", 2, "440703")).await.field("code").contains("已存在"));
        assert!(city.post("/vendors", input("ZHAJI-0002", 1, "440703")).await.field("credit_code").contains("已存在"));
    }
}
