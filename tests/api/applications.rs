//! 【项目申报】 without login, and 【项目审核】.

use mingce::{
    entity::{application, audit, project},
    platform::types::synthetic,
};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::support::TestApp;

const PDF: &str = "%PDF-1.7\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
const PHONE: &str = "13800138000";

impl TestApp {
    /// An uploaded proof, for which a captcha was solved.
    async fn proof(&self) -> Value {
        let (token, answer) = self.solved_captcha().await;
        let body = format!(
            "--limit\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\ndocument\r\n\
             --limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"施工许可证.pdf\"\r\n\r\n{PDF}\r\n--limit--\r\n"
        );
        let nobody = self.nobody();
        let path = format!("/public/files?captcha_token={token}&captcha_answer={answer}");
        let request = nobody.request(Method::POST, &path).header("content-type", "multipart/form-data; boundary=limit");
        nobody.send(request.body(body)).await.ok()
    }

    async fn application(&self) -> Value {
        json!({
            "project": {
                "name": "滨江新城三期工程", "code": null, "region_code": "440703", "category": "01", "status": "003",
                "address": "江门市蓬江区滨江大道 1 号", "longitude": 113.0781, "latitude": 22.5902,
                "investment_nature": "3", "start_on": "2026-02-01", "planned_finish_on": "2028-06-30",
                "contact_name": "陈志强", "contact_phone": "0750-3123456",
                "parties": [
                    {"kind": "008", "name": "江门市滨江开发有限公司", "credit_code": synthetic::credit_code(1)},
                    {"kind": "009", "name": "江门市第一建设有限公司", "credit_code": synthetic::credit_code(2)}
                ]
            },
            "applicant": {"name": "王建国", "phone": PHONE, "email": "wang@example.com"},
            "proof_file_id": self.proof().await["id"],
        })
    }

    /// Applies, and gives the number.
    async fn applied(&self) -> Value {
        self.nobody().post("/public/applications", self.application().await).await.ok()["number"].clone()
    }
}

story! {
    async fn an_application_is_approved_and_its_account_logs_in(app: &TestApp) {
        let number = app.applied().await;
        let regulator = app.regulator("440700").await;
        let listed = regulator.get("/applications?state=pending&region_code=440703").await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["number"]), (&json!(1), &number));
        let path = format!("/applications/{}", listed["items"][0]["id"].as_str().unwrap());
        let shown = regulator.get(&path).await.ok();
        assert_eq!(shown["details"]["parties"][1]["name"], "江门市第一建设有限公司");
        let proof = shown["proof"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(app.nobody().get(&proof).await.bytes, PDF.as_bytes());

        let approval = regulator.post(&format!("{path}/approve"), json!({"opinion": "材料齐全"})).await.ok();
        let project = regulator.get(&format!("/projects/{}", approval["project_id"].as_str().unwrap())).await.ok();
        assert_eq!((&project["name"], &project["contact_phone"]), (&json!("滨江新城三期工程"), &json!("0750-3123456")));
        assert_eq!(project["account_login"], approval["account"]["login"]);
        let password = approval["account"]["first_password"].as_str().unwrap();
        let session = app.try_login(approval["account"]["login"].as_str().unwrap(), password).await;
        assert_eq!(session.status, 200, "{}", session.json);
        let mail = app.app.mailbox.clone().unwrap().wait_for("wang@example.com").await.unwrap();
        assert!(mail.subject.contains("已通过") && mail.text.contains(approval["account"]["login"].as_str().unwrap()));
        assert!(!mail.text.contains(password), "a first password is in no mail");

        let history = regulator.get(&path).await.ok();
        assert_eq!((&history["state"], &history["reviews"][0]["opinion"]), (&json!("approved"), &json!("材料齐全")));
        let db = app.app.db.reader();
        for action in ["application.submit", "application.approve", "project.register", "account.issue"] {
            assert_eq!(audit::Entity::find().filter(audit::Column::Action.eq(action)).count(db).await.unwrap(), 1, "{action}");
        }
        let kept = serde_json::to_string(&audit::Entity::find().all(db).await.unwrap().into_iter().map(|row| row.after).collect::<Vec<_>>()).unwrap();
        assert!(!kept.contains("3123456") && !kept.contains("陈志强") && !kept.contains(password), "{kept}");
    }
}

story! {
    async fn a_refusal_needs_a_reason_and_the_applicant_can_read_it(app: &TestApp) {
        let number = app.applied().await;
        let regulator = app.regulator("440703").await;
        let id = regulator.get("/applications").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        regulator.post(&format!("/applications/{id}/refuse"), json!({})).await.field("opinion");
        regulator.post(&format!("/applications/{id}/refuse"), json!({"opinion": " "})).await.field("opinion");
        let refused = regulator.post(&format!("/applications/{id}/refuse"), json!({"opinion": "证明文件不清晰"})).await.ok();
        assert_eq!((&refused["state"], &refused["reviews"][0]["approved"]), (&json!("refused"), &json!(false)));
        let status = app.nobody().post("/public/applications/status", json!({"number": number, "phone": PHONE})).await.ok();
        assert_eq!((&status["state"], &status["opinion"]), (&json!("refused"), &json!("证明文件不清晰")));
        assert_eq!(status["applicant_name"], "王*国");
        let mail = app.app.mailbox.clone().unwrap().wait_for("wang@example.com").await.unwrap();
        assert!(mail.subject.contains("未通过") && mail.text.contains("证明文件不清晰"), "{}", mail.text);
        assert_eq!(project::Entity::find().count(app.app.db.reader()).await.unwrap(), 0);
        regulator.post(&format!("/applications/{id}/approve"), json!({})).await.refused(409);
    }
}

story! {
    async fn of_two_regulators_at_once_one_decides(app: &TestApp) {
        app.applied().await;
        let (one, two) = (app.regulator("440700").await, app.regulator("440703").await);
        let id = one.get("/applications").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/applications/{id}/approve");
        let (first, second) = futures_util::join!(one.post(&path, json!({})), two.post(&path, json!({})));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(project::Entity::find().count(app.app.db.reader()).await.unwrap(), 1);
        let refusal = one.post(&format!("/applications/{id}/refuse"), json!({"opinion": "太晚了"})).await.refused(409);
        assert_eq!(refusal["code"], "already_decided");
    }
}

story! {
    async fn an_incomplete_application_is_told_everything_at_once(app: &TestApp) {
        let mut form = app.application().await;
        form["project"] = json!({"name": "滨江新城", "region_code": "440703", "category": "01", "status": "003"});
        let body = app.nobody().post("/public/applications", &form).await.refused(422);
        for field in ["investment_nature", "contact_name", "contact_phone", "address", "longitude", "start_on", "parties"] {
            assert!(body["fields"][format!("project.{field}")].is_string(), "{field}: {body}");
        }
        form["project"]["name"] = json!("");
        app.nobody().post("/public/applications", &form).await.field("project.name");
        for (pointer, value, field) in [
            ("/applicant/email", json!("wang"), "applicant.email"),
            ("/applicant/phone", json!("0750-3123456"), "applicant.phone"),
            ("/proof_file_id", json!(uuid::Uuid::now_v7()), "proof_file_id"),
            ("/project/vendor_id", json!(uuid::Uuid::now_v7()), "project.vendor_id"),
        ] {
            let mut form = app.application().await;
            match form.pointer_mut(pointer) {
                Some(place) => *place = value,
                None => form["project"]["vendor_id"] = value,
            }
            app.nobody().post("/public/applications", &form).await.field(field);
        }
        assert_eq!(application::Entity::find().count(app.app.db.reader()).await.unwrap(), 0);
    }
}

story! {
    async fn a_proof_serves_one_application(app: &TestApp) {
        let form = app.application().await;
        app.nobody().post("/public/applications", &form).await.ok();
        app.nobody().post("/public/applications", &form).await.field("proof_file_id");
    }
}

story! {
    async fn a_wrong_telephone_is_answered_like_a_wrong_number_and_not_for_long(app: &TestApp) {
        let number = app.applied().await;
        let ask = async |number: &Value, phone: &str| {
            app.nobody().post("/public/applications/status", json!({"number": number, "phone": phone})).await
        };
        let wrong_phone = ask(&number, "13900139000").await.refused(404);
        let wrong_number = ask(&json!("SB209901-00001"), PHONE).await.refused(404);
        assert_eq!(wrong_phone, wrong_number);
        for _ in 0..9 {
            ask(&number, "13900139001").await.refused(404);
        }
        ask(&number, PHONE).await.refused(429);
    }
}

story! {
    async fn only_the_regulators_of_its_region_see_an_application(app: &TestApp) {
        app.applied().await;
        let id = application::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap().id;
        let path = format!("/applications/{id}");
        app.nobody().get("/applications").await.refused(401);
        app.nobody().get(&path).await.refused(401);
        app.nobody().post(&format!("{path}/approve"), json!({})).await.refused(401);
        let staff = app.project_staff(&app.project("440703").await).await;
        staff.get("/applications").await.refused(403);
        staff.post(&format!("{path}/approve"), json!({})).await.refused(403);
        for region in ["440704", "510800"] {
            let elsewhere = app.regulator(region).await;
            assert_eq!(elsewhere.get("/applications").await.ok()["total"], 0);
            elsewhere.get(&path).await.refused(404);
            elsewhere.post(&format!("{path}/approve"), json!({})).await.refused(404);
            elsewhere.post(&format!("{path}/refuse"), json!({"opinion": "不在本区"})).await.refused(404);
        }
        app.regulator("440000").await.get(&path).await.ok();
    }
}
