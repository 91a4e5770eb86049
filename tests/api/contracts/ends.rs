//! 【解约】, 【重置】 and 【删除】.

use chrono::{TimeDelta, Utc};
use mingce::{
    entity::{contract as contracts, stored_file},
    platform::files::service::purge,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use serde_json::json;

use super::support::{Site, act, ago, contract, names, pdf, photograph};
use crate::api::support::id_of;

story! {
    async fn a_contract_that_was_ended_stays_on_record_and_the_counting_begins_anew(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 50).await;
        let made = site.sign(&entry, json!({ "starts_on": ago(40), "signed_on": ago(40) })).await.ok();
        assert!(site.terminate(&made, &ago(60)).await.field("terminated_on").contains("不能早于"));
        assert!(site.terminate(&made, "2099-01-01").await.field("terminated_on").contains("今天"));
        let path = site.contract(&made, "/terminate");
        let short = act(&site.staff, &path, &made["revision"], json!({ "terminated_on": ago(0), "reason": "无" })).await;
        assert!(short.field("reason").contains("至少 2 个字"));
        let ended = site.terminate(&made, &ago(6)).await.ok();
        assert_eq!((&ended["state"], &ended["termination_reason"]), (&json!("terminated"), &json!("本人辞职")));
        site.terminate(&made, &ago(6)).await.refused(412);
        assert_eq!(site.terminate(&ended, &ago(6)).await.refused(409)["code"], "terminated");
        assert_eq!(names(&site.contracts(json!({ "standing": "terminated" })).await), ["王建国"]);
        let [row] = &site.unsigned(json!({})).await[..] else { panic!("one") };
        assert_eq!((&row["since"], &row["days"], &row["level"]), (&json!(ago(6)), &json!(6), &json!("yellow")));
        site.staff.post(&site.contract(&ended, "/file"), json!({})).await.ok();
        site.sign(&entry, json!({})).await.ok();
        assert_eq!(site.counts().await["terminated"], 1);
    }
}

story! {
    async fn a_scan_that_was_taken_back_proves_nothing_until_there_is_another(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 12).await;
        let page = photograph(&site.staff, 30, 40).await;
        let made = site.staff.post(&site.path("contracts"), contract(entry.id, json!([page]), json!({}))).await.ok();
        let path = site.contract(&made, "/reset");
        let reset = act(&site.staff, &path, &made["revision"], json!({ "reason": "拍得不清楚" })).await.ok();
        assert_eq!((&reset["state"], &reset["has_file"], &reset["pages"]), (&json!("reset"), &json!(false), &json!(0)));
        let [row] = &site.unsigned(json!({})).await[..] else { panic!("one") };
        assert_eq!((&row["level"], &row["reset"]["id"]), (&json!("orange"), &made["id"]));
        assert_eq!(row["reset"]["unit_price_fen"], 32_000);
        assert_eq!(site.staff.post(&site.contract(&made, "/file"), json!({})).await.refused(409)["code"], "no_file");
        assert_eq!(site.terminate(&reset, &ago(0)).await.refused(409)["code"], "reset");
        // Nobody refers to its files any more.
        assert_eq!(purge(&app.app, Utc::now() + TimeDelta::hours(1)).await.unwrap(), 2);
        let again = site.signed(&entry).await;
        assert_eq!((&again["id"], &again["state"]), (&made["id"], &json!("active")));
        assert!(site.unsigned(json!({})).await.is_empty());
    }
}

story! {
    async fn a_mistake_is_deleted_within_days_and_with_its_files(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let made = site.signed(&entry).await;
        assert!(made["delete_until"].is_string());
        site.staff.delete_at(&site.contract(&made, ""), &json!(9)).await.refused(412);
        site.staff.delete_at(&site.contract(&made, ""), &made["revision"]).await.ok();
        site.staff.get(&site.contract(&made, "")).await.refused(404);
        assert_eq!(names(&site.unsigned(json!({})).await), ["王建国"]);
        purge(&app.app, Utc::now() + TimeDelta::hours(1)).await.unwrap();
        assert_eq!(stored_file::Entity::find().count(app.app.db.reader()).await.unwrap(), 0);

        let late = site.signed(&entry).await;
        let old = contracts::ActiveModel {
            id: Set(id_of(&late)),
            created_at: Set(Utc::now() - TimeDelta::days(8)),
            ..Default::default()
        };
        old.update(app.app.db.writer()).await.unwrap();
        assert!(site.staff.get(&site.contract(&late, "")).await.ok()["delete_until"].is_null());
        let refusal = site.staff.delete_at(&site.contract(&late, ""), &late["revision"]).await.refused(409);
        assert!(refusal["message"].as_str().unwrap().contains("超过 7 天"), "{refusal}");
        app.regulator("440700").await.lay_down("440703", "contract_delete_days", json!(30)).await;
        site.staff.delete_at(&site.contract(&late, ""), &late["revision"]).await.ok();
    }
}

story! {
    async fn on_a_cancelled_project_contracts_are_only_looked_at(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let made = site.signed(&entry).await;
        let whole = pdf(&site.staff).await;
        let cancelled = mingce::entity::project::ActiveModel {
            id: Set(site.project.id),
            cancelled_at: Set(Some(Utc::now())),
            ..Default::default()
        };
        cancelled.update(app.app.db.writer()).await.unwrap();
        site.terminate(&made, &ago(0)).await.refused(409);
        let other = contract(entry.id, json!([whole]), json!({}));
        site.staff.post(&site.path("contracts"), other).await.refused(409);
        assert_eq!(site.staff.get(&site.contract(&made, "")).await.ok()["may_manage"], false);
    }
}
