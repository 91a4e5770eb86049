//! From the scan to the roster.

use mingce::entity::{person_image::ImageSource, roster_entry};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::support::*;
use crate::api::vision::support::{image_rows, person_row};

joining_story! {
    async fn a_worker_registers_step_by_step_and_is_on_the_roster_once_approved(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let code = code_of(&site).await;
        let join = worker.client.get(&format!("/phone/join/{}", code.to_lowercase())).await.ok();
        assert_eq!((&join["state"], &join["registration"]), (&json!("open"), &Value::Null));
        assert_eq!(join["project"]["name"], json!(site.project.name));
        assert!(join["consent"]["text"].to_string().contains("人脸信息怎么用"));
        let crews: Vec<&str> = join["crews"].as_array().unwrap().iter().filter_map(|crew| crew["name"].as_str()).collect();
        assert_eq!(crews, ["钢筋一班", "后勤班", "监理管理班组"]);

        let wrong = json!({ "code": code, "consent_version": "2019-01" });
        assert!(worker.client.post("/phone/registrations", wrong).await.field("consent_version").contains("重新阅读"));
        let begun = worker.begun(&site).await;
        assert_eq!((&begun["state"], &begun["next"]), (&json!("draft"), &json!("card")));
        assert_eq!(worker.begun(&site).await["id"], begun["id"], "scanned again, it goes on");
        let incomplete = worker.submit(&begun).await.refused(409);
        assert!(incomplete["message"].as_str().unwrap().contains("身份证号"), "{incomplete}");

        // One side of the card, without a number yet; then the rest, then a correction that leaves the number alone.
        let number = somebody();
        let front = worker.put(&begun, "/card", json!({ "name": "冼星海", "id_front_file_id": worker.photo(GREY).await })).await.ok();
        assert_eq!((&front["next"], &front["steps"]["card"]), (&json!("card"), &json!(false)));
        let card = worker.card("冼星海", &number, GREY).await;
        let whole = worker.put(&begun, "/card", card).await.ok();
        assert_eq!((&whole["next"], &whole["steps"]["card"]), (&json!("face"), &json!(true)));
        assert!(!whole.to_string().contains(&number), "{whole}");
        assert_eq!((&whole["sex"], &whole["born_on"]), (&json!("male"), &json!("1985-03-01")));
        let corrected = worker.put(&begun, "/card", json!({ "name": "洗星海", "ethnic": "壮族" })).await.ok();
        assert_eq!((&corrected["name"], &corrected["steps"]["card"]), (&json!("洗星海"), &json!(true)));
        assert_eq!(corrected["id_number"], whole["id_number"]);
        let card = json!({ "name": "冼星海", "ethnic": "汉族", "address": "广东省江门市", "id_valid_from": "2020-01-01" });
        worker.put(&begun, "/card", card).await.ok();

        let faced = worker.put_face(&begun, GREY).await.ok();
        assert_eq!((&faced["face"]["standing"], &faced["next"]), (&json!("pass"), &json!("phone")));
        let phoned = worker.put(&begun, "/phone", json!({})).await.ok();
        assert_eq!(phoned["next"], "work");
        let work = json!({
            "crew_id": site.rebar.id, "settlement": "time", "unit_price_fen": 32_000, "settlement_unit": "天",
            "bank_name": "中国建设银行江门分行", "bank_card": "4111 1111 1111 1111",
        });
        let ready = worker.put(&begun, "/work", work).await.ok();
        assert_eq!((&ready["state"], &ready["next"]), (&json!("to_submit"), &json!("submit")));
        assert_eq!((&ready["work_type"], &ready["bank_card"]), (&json!("020"), &json!("************1111")));
        assert_eq!(site.staff.post("/registrations/counts", json!({})).await.ok()["to_submit"], 1);

        let submitted = worker.submit(&begun).await.ok();
        assert_eq!((&submitted["state"], &submitted["next"]), (&json!("submitted"), &Value::Null));
        assert_eq!(worker.submit(&begun).await.ok()["revision"], submitted["revision"], "pressed twice");
        assert_eq!(worker.put(&begun, "/work", json!({ "crew_id": site.cooks.id })).await.refused(409)["code"], "submitted");
        let again = worker.client.get(&format!("/phone/join/{code}")).await.ok();
        assert_eq!(again["registration"]["state"], "submitted");

        let list = site.staff.post("/registrations/search", json!({ "tab": "submitted" })).await.ok();
        let row = items(&list)[0].clone();
        assert_eq!((&row["name"], &row["crew_name"], &row["face_standing"]), (&json!("冼星海"), &json!("钢筋一班"), &json!("pass")));
        assert!(row["face_url"].is_string() && row["portrait_url"].is_string() && row["may_decide"] == true);
        let answer = approve(&site.staff, &[&row]).await.ok();
        assert_eq!((&answer["done"], &answer["refused"]), (&json!(1), &json!([])));

        let approved = worker.seen(&begun).await;
        assert_eq!(approved["state"], "approved");
        let steps: Vec<&Value> = approved["history"].as_array().unwrap().iter().map(|line| &line["what"]).collect();
        assert_eq!(steps, ["begun", "submitted", "approved"]);
        assert_eq!(approved["history"][2]["who"], "项目部");
        let kept = row_of(app, &begun).await;
        assert!(kept.id_number_sealed.is_none() && kept.face_file_id.is_none() && kept.bank_card_sealed.is_none());
        let person = person_row(app, kept.person_id.unwrap()).await;
        assert_eq!((person.name.as_str(), person.bank_name.as_deref()), ("冼星海", Some("中国建设银行江门分行")));
        assert!(person.phone.is_some() && person.photo_file_id.is_some() && person.portrait_file_id.is_some());
        assert!(image_rows(app, person.id).await.iter().all(|image| image.source == ImageSource::Phone));
        let entry = roster_entry::Entity::find_by_id(kept.entry_id.unwrap()).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!((entry.crew_id, entry.unit_price_fen), (site.rebar.id, Some(32_000)));
        assert_eq!(user_row(app, &worker).await.person_id, Some(person.id));
        assert_eq!(told(app).await[0].0, "registration_approved");
        let actions: Vec<Value> = audit_of(app).await.into_iter().map(|entry| entry["action"].clone()).collect();
        for action in ["registration.submit", "person.create", "roster.enter", "registration.approve"] {
            assert!(actions.contains(&json!(action)), "{action} in {actions:?}");
        }
        let roster = site.staff.get(&site.path("roster?presence=on_site")).await.ok();
        assert_eq!(items(&roster)[0]["name"], "冼星海");
        let twice = approve(&site.staff, &[&row]).await.ok();
        assert!(twice["refused"][0]["reason"].as_str().unwrap().contains("已审核通过"), "{twice}");
        let list = site.staff.post("/registrations/search", json!({ "tab": "approved" })).await.ok();
        assert!(items(&list)[0]["face_url"].is_string(), "its pictures are the person's now");
    }
}

joining_story! {
    async fn a_phone_sees_its_own_registrations_and_nobody_else_s(app: &TestApp) {
        let site = Site::new(app).await;
        let (worker, other) = (phone(app).await, phone(app).await);
        let begun = worker.begun(&site).await;
        assert_eq!(worker.client.get("/phone/registrations").await.ok().as_array().unwrap().len(), 1);
        assert_eq!(other.client.get("/phone/registrations").await.ok(), json!([]));
        other.client.get(&path_of(&begun, "")).await.refused(404);
        for step in ["/card", "/phone"] {
            other.put(&begun, step, json!({ "name": "李强" })).await.refused(404);
        }
        other.put(&begun, "/face", json!({ "face_file_id": other.photo(GREY).await, "source": "camera" })).await.refused(404);
        other.put(&begun, "/work", json!({ "crew_id": site.rebar.id })).await.refused(404);
        other.submit(&begun).await.refused(404);
        other.client.post(&path_of(&begun, "/withdraw"), json!({})).await.refused(404);
        other.client.get("/phone/join/NOSUCHCODE00").await.refused(404);
        // Somebody else's picture is not there for it either.
        let theirs = other.photo(GREY).await;
        assert!(worker.put(&begun, "/card", json!({ "name": "李强", "id_front_file_id": theirs })).await.field("id_front_file_id").contains("重新上传"));
        let form = json!({ "face_file_id": theirs, "source": "camera" });
        worker.put(&begun, "/face", form).await.field("face_file_id");
        // An account is not a phone.
        site.staff.get("/phone/registrations").await.refused(401);
    }
}

joining_story! {
    async fn the_number_has_to_be_verified_and_wrong_input_is_told_at_its_field(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone_with(app, None).await;
        let begun = worker.begun(&site).await;
        assert_eq!(worker.put(&begun, "/phone", json!({})).await.refused(409)["code"], "no_phone");
        let other = Site::new(app).await;
        for (step, form, field) in [
            ("/card", json!({ "id_number": "632123198501010012" }), "id_number"),
            ("/card", json!({ "id_valid_from": "2030-01-01", "id_valid_until": "2020-01-01" }), "id_valid_until"),
            ("/card", json!({ "ethnic": "火星族" }), "ethnic"),
            ("/card", json!({ "portrait_file_id": uuid::Uuid::now_v7() }), "portrait_file_id"),
            ("/face", json!({ "face_file_id": uuid::Uuid::now_v7(), "source": "camera" }), "face_file_id"),
            ("/work", json!({ "crew_id": other.rebar.id }), "crew_id"),
            ("/work", json!({ "crew_id": site.supervisors.id }), "post"),
            ("/work", json!({ "crew_id": site.rebar.id, "unit_price_fen": 0 }), "unit_price_fen"),
            ("/work", json!({ "crew_id": site.rebar.id, "bank_card": "123" }), "bank_card"),
        ] {
            let said = worker.put(&begun, step, form).await.field(field);
            assert!(!said.is_ascii(), "{said}");
        }
    }
}

joining_story! {
    async fn what_is_withdrawn_is_deleted(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let submitted = worker.submitted(&site, "冼星海", &somebody()).await;
        let withdrawn = worker.client.post(&path_of(&submitted, "/withdraw"), json!({ "reason": "不去了" })).await.ok();
        assert_eq!((&withdrawn["state"], &withdrawn["pictures"]["face_url"]), (&json!("withdrawn"), &Value::Null));
        let row = row_of(app, &submitted).await;
        assert!(row.id_number_sealed.is_none() && row.id_number_hash.is_none() && row.phone.is_none() && row.address.is_none());
        let refused = approve(&site.staff, &[&submitted]).await.ok();
        assert!(refused["refused"][0]["reason"].as_str().unwrap().contains("撤回"), "{refused}");
        let fresh = worker.begun(&site).await;
        assert_ne!(fresh["id"], submitted["id"]);
        assert_eq!(fresh["name"], Value::Null);
    }
}
