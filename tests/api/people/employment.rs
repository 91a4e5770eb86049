//! One company at a time.

use mingce::platform::types::clock;
use serde_json::{Value, json};

use super::support::*;

fn join(id_number: &str, joined_on: &str) -> Value {
    json!({ "id_number": id_number, "name": "王建国", "joined_on": joined_on })
}

story! {
    async fn somebody_at_another_company_must_leave_it_first(app: &TestApp) {
        let first = app.company("440703", "江门第一建筑有限公司").await;
        let second = app.company("440704", "江门第二建筑有限公司").await;
        let (ours, theirs) = (app.company_account(&first).await, app.company_account(&second).await);
        let (our, their) = (format!("/companies/{}/employees", first.id), format!("/companies/{}/employees", second.id));
        let id_number = somebody();
        let mut form = new_person(&id_number, "王建国");
        form["region_code"] = Value::Null;
        form["company_id"] = json!(first.id);
        let person = ours.post("/people", form).await.ok();
        assert_eq!(person["company"]["name"], "江门第一建筑有限公司");
        let id = person["id"].as_str().unwrap();

        let today = clock::china_today().to_string();
        let message = theirs.post(&their, join(&id_number, &today)).await.field("id_number");
        assert!(message.contains("江门第一建筑有限公司") && message.contains("离职迁出"), "{message}");
        let answer = theirs.post("/people/lookup", json!({ "id_number": id_number })).await.ok();
        assert_eq!(answer["company_name"], "江门第一建筑有限公司");

        let leave = json!({ "left_on": today, "reason": "合同到期" });
        theirs.post(&format!("{our}/{id}/leave"), &leave).await.refused(404);
        theirs.post(&format!("{their}/{id}/leave"), &leave).await.refused(404);
        ours.post(&format!("{our}/{id}/leave"), json!({ "left_on": "2020-01-01", "reason": "合同到期" })).await.field("left_on");
        let left = ours.post(&format!("{our}/{id}/leave"), &leave).await.ok();
        assert_eq!(left["company"], Value::Null);
        assert_eq!(ours.get(&our).await.ok()["total"], 0);
        let gone = ours.get(&format!("{our}?left=true&page_size=5")).await.ok();
        assert_eq!((&gone["total"], &gone["items"][0]["leave_reason"]), (&json!(1), &json!("合同到期")));
        ours.get(&format!("/people/{id}")).await.refused(404);

        theirs.post(&their, join(&id_number, "2020-01-01")).await.field("joined_on");
        let joined = theirs.post(&their, join(&id_number, &today)).await;
        assert_eq!(joined.status, 201);
        let staff = theirs.get(&their).await.ok();
        assert_eq!((&staff["total"], &staff["items"][0]["person"]["name"]), (&json!(1), &json!("王建国")));
        assert_conceals(&staff, &id_number);
        let history = theirs.get(&format!("/people/{id}/history")).await.ok();
        assert_eq!(history["companies"].as_array().unwrap().len(), 2);
        assert_eq!(history["companies"][1]["leave_reason"], Value::Null, "why they left is the other company's");
    }
}

story! {
    async fn of_two_companies_at_the_same_moment_one_registers_somebody(app: &TestApp) {
        let id_number = somebody();
        app.regulator("440700").await.post("/people", new_person(&id_number, "王建国")).await.ok();
        let today = clock::china_today().to_string();
        let mut calls = Vec::new();
        for n in 0..4 {
            let company = app.company("440703", &format!("江门第{n}建筑有限公司")).await;
            let client = app.company_account(&company).await;
            let form = join(&id_number, &today);
            calls.push(async move { client.post(&format!("/companies/{}/employees", company.id), form).await.status });
        }
        let mut statuses = futures_util::future::join_all(calls).await;
        statuses.sort_unstable();
        assert_eq!(statuses[0], 201);
        assert!(statuses[1..].iter().all(|status| [412, 422].contains(status)), "{statuses:?}");
    }
}

story! {
    async fn a_companys_people_are_its_own_business(app: &TestApp) {
        let site = site(app, "440703").await;
        let company = app.company("440703", "江门第一建筑有限公司").await;
        let path = format!("/companies/{}/employees", company.id);
        let project_path = format!("/companies/{}/employees", site.unit.company_id);
        let staff = app.project_staff(&site.project).await;
        staff.get(&project_path).await.refused(404);
        app.regulator("510800").await.get(&path).await.refused(404);
        app.regulator("440700").await.get(&path).await.ok();
        app.nobody().get(&path).await.refused(401);
        app.nobody().post(&path, json!({})).await.refused(401);
        let ours = app.company_account(&company).await;
        assert!(ours.post(&path, join(&somebody(), "2026-01-01")).await.field("id_number").contains("先登记"));
        let tomorrow = (clock::china_today() + chrono::Days::new(1)).to_string();
        let id_number = somebody();
        app.regulator("440700").await.post("/people", new_person(&id_number, "王建国")).await.ok();
        ours.post(&path, join(&id_number, &tomorrow)).await.field("joined_on");
        ours.post(&path, json!({ "id_number": id_number, "name": "李大海", "joined_on": "2026-01-01" })).await.field("name");
    }
}
