//! What a region's policy changes.

use serde_json::{Value, json};

use super::support::*;

async fn on_site(site: &Site) -> Value {
    site.staff.get(&site.path("roster?presence=on_site")).await.ok()["total"].clone()
}

joining_story! {
    async fn where_a_region_wants_no_review_a_clear_face_is_enough(app: &TestApp) {
        let site = Site::new(app).await;
        app.regulator("440700").await.lay_down("440700", "registration_review", json!(false)).await;
        let worker = phone(app).await;
        let approved = worker.submitted(&site, "冼星海", &somebody()).await;
        assert_eq!((&approved["state"], &approved["history"][2]["what"]), (&json!("approved"), &json!("approved")));
        assert_eq!(on_site(&site).await, 1);
        let list = site.staff.post("/registrations/search", json!({ "tab": "approved" })).await.ok();
        assert_eq!(items(&list)[0]["decided_by"], "系统");
        // One that is not clear is looked at all the same.
        let worker = phone(app).await;
        let begun = worker.filled(&site, "李强", &somebody()).await;
        worker.put_face(&begun, grey_and(0.45)).await.ok();
        assert_eq!(worker.submit(&begun).await.ok()["state"], "submitted");
        assert_eq!(on_site(&site).await, 1);
    }
}

/// Somebody who is on site elsewhere, with the phone that is to register them here.
async fn elsewhere(app: &TestApp) -> (Site, Site, mingce::entity::person::Model) {
    let (there, here) = (Site::new(app).await, Site::new(app).await);
    let known = there.worker(app, "王建国").await;
    there.entered(&there.rebar, &known, json!({})).await;
    (there, here, known)
}

joining_story! {
    async fn who_is_on_site_elsewhere_is_told_to_leave_there_first(app: &TestApp) {
        let (there, here, known) = elsewhere(app).await;
        let worker = phone(app).await;
        let begun = worker.begun(&here).await;
        let form = json!({ "name": "王建国", "id_number": number_of_row(&known).expose() });
        let said = worker.put(&begun, "/card", form).await.field("id_number");
        assert!(said.contains("蓬江区") && said.contains("先在那里办理退场"), "{said}");
        assert!(!said.contains(&there.project.name), "and not where exactly: {said}");
    }
}

joining_story! {
    async fn a_region_may_transfer_them_when_they_are_let_in(app: &TestApp) {
        let (there, here, known) = elsewhere(app).await;
        app.regulator("440700").await.lay_down("440700", "on_site_elsewhere", json!("transfer")).await;
        let worker = phone(app).await;
        let submitted = worker.submitted(&here, "王建国", number_of_row(&known).expose()).await;
        let detail = here.staff.get(&format!("/registrations/{}", submitted["id"].as_str().unwrap())).await.ok();
        assert!(detail["remarks"].to_string().contains("还在"), "{detail}");
        assert_eq!((on_site(&there).await, on_site(&here).await), (json!(1), json!(0)));
        assert_eq!(approve(&here.staff, &[&submitted]).await.ok()["done"], 1);
        assert_eq!((on_site(&there).await, on_site(&here).await), (json!(0), json!(1)));
        let (kind, notice) = told(app).await.pop().unwrap();
        assert_eq!(kind, "transferred");
        assert!(notice["from"].as_str().unwrap().contains("蓬江区"), "{notice}");
        let left = audit_of(app).await.into_iter().find(|entry| entry["action"] == "roster.exit").unwrap();
        assert!(left["reason"].as_str().unwrap().contains(&here.project.name), "{left}");
    }
}

joining_story! {
    async fn a_region_may_let_them_be_on_both(app: &TestApp) {
        let (there, here, known) = elsewhere(app).await;
        let city = app.regulator("440700").await;
        city.lay_down("440700", "on_site_elsewhere", json!("allow")).await;
        let submitted = phone(app).await.submitted(&here, "王建国", number_of_row(&known).expose()).await;
        assert_eq!(approve(&here.staff, &[&submitted]).await.ok()["done"], 1);
        assert_eq!((on_site(&there).await, on_site(&here).await), (json!(1), json!(1)));
        let wrong = city.put("/policies/440700/on_site_elsewhere", &json!(1), json!({ "value": "sometimes" })).await;
        assert!(wrong.field("value").contains("自动转场"));
    }
}
