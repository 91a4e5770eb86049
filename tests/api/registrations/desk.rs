//! The project's staff register somebody by ID number.

use serde_json::{Value, json};

use super::support::*;
use crate::api::vision::support::uploaded;

fn form(site: &Site, name: &str, number: &str) -> Value {
    json!({ "id_number": number, "name": name, "ethnic": "汉族", "crew_id": site.rebar.id })
}

joining_story! {
    async fn a_binding_is_submitted_only_after_a_face_was_recognised(app: &TestApp) {
        let site = Site::new(app).await;
        let path = site.path("registrations");
        let number = somebody();
        let bound = site.staff.post(&path, form(&site, "王建国", &number)).await;
        assert_eq!(bound.status, 201, "{}", bound.json);
        let bound = bound.json;
        assert_eq!((&bound["state"], &bound["missing"]), (&json!("draft"), &json!(["人脸照片"])));
        let one = format!("/registrations/{}", bound["id"].as_str().unwrap());
        let submit = async |from: &Value| {
            let request = site.staff.request(reqwest::Method::POST, &format!("{one}/submit")).header("if-match", format!("\"{from}\""));
            site.staff.send(request.json(&json!({}))).await
        };
        assert!(submit(&bound["revision"]).await.refused(409)["message"].as_str().unwrap().contains("人脸照片"));
        let mut with_face = form(&site, "王建国", &number);
        with_face["portrait_file_id"] = uploaded(&site.staff, GREY).await;
        with_face["face_file_id"] = uploaded(&site.staff, grey_and(0.58)).await;
        assert!(site.staff.put(&one, &bound["revision"], &with_face).await.field("face_file_id").contains("不像"));
        with_face["face_file_id"] = uploaded(&site.staff, GREY).await;
        with_face["id_number"] = Value::Null;
        let faced = site.staff.put(&one, &bound["revision"], &with_face).await.ok();
        assert_eq!((&faced["state"], &faced["face_standing"]), (&json!("to_submit"), &json!("pass")));
        site.staff.put(&one, &bound["revision"], &with_face).await.refused(412);
        submit(&bound["revision"]).await.refused(412);
        let submitted = submit(&faced["revision"]).await.ok();
        assert_eq!(submitted["state"], "submitted");
        assert_eq!(approve(&site.staff, &[&submitted]).await.ok()["done"], 1);
        assert!(told(app).await.is_empty(), "there is no phone to tell");
    }
}

joining_story! {
    async fn managers_are_bound_in_a_post_of_their_unit(app: &TestApp) {
        let site = Site::new(app).await;
        let mut manager = form(&site, "李强", &somebody());
        manager["crew_id"] = json!(site.supervisors.id);
        assert!(site.staff.post(&site.path("registrations"), &manager).await.field("post").contains("岗位"));
        manager["post"] = json!("1009");
        assert!(site.staff.post(&site.path("registrations"), &manager).await.field("post").contains("没有"));
        manager["post"] = json!("1001");
        let bound = site.staff.post(&site.path("registrations"), &manager).await.ok();
        assert_eq!((&bound["kind"], &bound["post"]), (&json!("manager"), &json!("1001")));
    }
}

joining_story! {
    async fn bad_forms_and_strangers_are_turned_away(app: &TestApp) {
        let (site, other) = (Site::new(app).await, Site::of(app, app.project("510800").await).await);
        let path = site.path("registrations");
        let number = somebody();
        app.nobody().post(&path, form(&site, "王建国", &number)).await.refused(401);
        other.staff.post(&path, form(&site, "王建国", &number)).await.refused(404);
        let mut wrong = form(&site, "王建国", &number);
        wrong["id_number"] = Value::Null;
        assert!(site.staff.post(&path, &wrong).await.field("id_number").contains("请填写"));
        wrong["id_number"] = json!("632123198501010012");
        site.staff.post(&path, &wrong).await.field("id_number");
        let known = site.worker(app, "王建国").await;
        let said = site.staff.post(&path, form(&site, "王小国", number_of_row(&known).expose())).await.field("name");
        assert!(said.contains("不一致"), "{said}");
        let mut foreign = form(&site, "李强", &number);
        foreign["crew_id"] = json!(other.rebar.id);
        assert!(site.staff.post(&path, &foreign).await.field("crew_id").contains("没有这个班组"));
        site.staff.post(&path, form(&site, "李强", &number)).await.ok();
        assert!(site.staff.post(&path, form(&site, "李强", &number)).await.field("id_number").contains("请勿重复登记"));
        assert_eq!(site.staff.post("/registrations/counts", json!({})).await.ok()["to_submit"], 1, "nothing half-written");
        // What a worker has typed on the phone is the worker's to correct.
        let filled = phone(app).await.filled(&site, "冼星海", &somebody()).await;
        let one = format!("/registrations/{}", filled["id"].as_str().unwrap());
        let by_phone = site.staff.put(&one, &filled["revision"], form(&site, "冼星海", &somebody())).await;
        assert_eq!(by_phone.refused(409)["code"], "by_phone");
        let gone = site.staff.post(&format!("{one}/withdraw"), json!({ "reason": "不是本项目的人" })).await.ok();
        assert_eq!(gone["state"], "withdrawn");
    }
}
