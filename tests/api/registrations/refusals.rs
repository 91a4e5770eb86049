//! Who does not come in, and what they are told.

use mingce::{entity::project, platform::types::Sex};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;

use super::support::*;

async fn with_status(app: &TestApp, site: &Site, status: &str) {
    let row = project::ActiveModel { id: Set(site.project.id), status: Set(status.to_owned()), ..Default::default() };
    row.update(app.app.db.writer()).await.unwrap();
}

joining_story! {
    async fn a_revoked_code_and_a_project_that_is_over_let_nobody_in(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let code = code_of(&site).await;
        let begin = || worker.client.post("/phone/registrations", json!({ "code": code, "consent_version": "2026-11" }));
        for (status, state, error) in [("005", "stopped", "project_stopped"), ("004", "finished", "project_finished"), ("006", "finished", "project_finished")] {
            with_status(app, &site, status).await;
            let seen = worker.client.get(&format!("/phone/join/{code}")).await.ok();
            assert_eq!((&seen["state"], &seen["crews"]), (&json!(state), &json!([])));
            assert_eq!(seen["message"], begin().await.refused(409)["message"]);
            assert_eq!(begin().await.refused(409)["code"], error);
        }
        with_status(app, &site, "003").await;
        let filled = worker.filled(&site, "冼星海", &somebody()).await;
        site.staff.post(&site.path("code/renew"), json!({})).await.ok();
        let seen = worker.client.get(&format!("/phone/join/{code}")).await.ok();
        assert!(seen["message"].as_str().unwrap().contains("已作废"), "{seen}");
        assert_eq!(phone(app).await.client.post("/phone/registrations", json!({ "code": code, "consent_version": "2026-11" })).await.refused(409)["code"], "code_revoked");
        // What was begun goes on, unless the project stops.
        with_status(app, &site, "005").await;
        assert_eq!(worker.submit(&filled).await.refused(409)["code"], "project_stopped");
        with_status(app, &site, "003").await;
        let submitted = worker.submit(&filled).await.ok();
        with_status(app, &site, "006").await;
        let answer = approve(&site.staff, &[&submitted]).await.ok();
        assert!(answer["refused"][0]["reason"].as_str().unwrap().contains("完工"), "{answer}");
    }
}

joining_story! {
    async fn who_is_too_young_here_already_or_somebody_else_is_told_at_the_card(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let begun = worker.begun(&site).await;
        let born = format!("{}-06-01", chrono::Datelike::year(&chrono::Utc::now()) - 15);
        let young = number_of(&born, Sex::Male);
        let said = worker.put(&begun, "/card", json!({ "name": "小明", "id_number": young.expose() })).await.field("id_number");
        assert!(said.contains("未满 16 周岁"), "{said}");
        let known = site.worker(app, "王建国").await;
        let number = number_of_row(&known);
        let said = worker.put(&begun, "/card", json!({ "name": "王小国", "id_number": number.expose() })).await.field("name");
        assert!(!said.contains("王*国"), "a phone learns no name: {said}");
        assert_eq!(audit_of(app).await.pop().unwrap()["action"], "person.lookup");
        site.entered(&site.rebar, &known, json!({})).await;
        let said = worker.put(&begun, "/card", json!({ "name": "王建国", "id_number": number.expose() })).await.field("id_number");
        assert!(said.contains("已在本项目“钢筋一班”在场"), "{said}");
        assert!(worker.seen(&begun).await["id_number"].is_null(), "nothing was kept");
    }
}

joining_story! {
    async fn of_two_phones_with_the_same_id_number_one_goes_on(app: &TestApp) {
        let site = Site::new(app).await;
        let (one, two) = (phone(app).await, phone(app).await);
        let number = somebody();
        let (first, second) = (one.begun(&site).await, two.begun(&site).await);
        let form = json!({ "name": "冼星海", "id_number": number });
        let (a, b) = tokio::join!(one.put(&first, "/card", form.clone()), two.put(&second, "/card", form.clone()));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422]);
        let loser = if a.status == 422 { a } else { b };
        assert!(loser.field("id_number").contains("请勿重复登记"));
        // On another project it is another registration.
        let other = Site::new(app).await;
        let elsewhere = two.begun(&other).await;
        two.put(&elsewhere, "/card", form).await.ok();
    }
}

joining_story! {
    async fn the_same_person_is_let_in_once_whoever_presses_at_the_same_moment(app: &TestApp) {
        let site = Site::new(app).await;
        let submitted = phone(app).await.submitted(&site, "冼星海", &somebody()).await;
        let city = app.regulator("440700").await;
        let rows = [&submitted];
        let (a, b) = tokio::join!(approve(&site.staff, &rows), approve(&city, &rows));
        let done = a.ok()["done"].as_u64().unwrap() + b.ok()["done"].as_u64().unwrap();
        assert_eq!(done, 1);
        assert_eq!(site.staff.get(&site.path("roster?presence=on_site")).await.ok()["total"], 1);
    }
}

joining_story! {
    async fn who_came_onto_the_site_meanwhile_is_not_let_in_twice(app: &TestApp) {
        let site = Site::new(app).await;
        let known = site.worker(app, "王建国").await;
        let worker = phone(app).await;
        let filled = worker.filled(&site, "王建国", number_of_row(&known).expose()).await;
        site.entered(&site.rebar, &known, json!({})).await;
        assert!(worker.submit(&filled).await.field("id_number").contains("无需重复登记"));
    }
}

joining_story! {
    async fn a_crew_that_has_left_is_chosen_by_nobody(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let filled = worker.filled(&site, "冼星海", &somebody()).await;
        let crew = mingce::entity::crew::ActiveModel { id: Set(site.rebar.id), exited_on: Set(Some(crate::api::support::days_ago(0))), ..Default::default() };
        crew.update(app.app.db.writer()).await.unwrap();
        assert!(worker.put(&filled, "/work", json!({ "crew_id": site.rebar.id })).await.field("crew_id").contains("已退场"));
        assert!(worker.submit(&filled).await.field("crew_id").contains("已退场"));
    }
}
