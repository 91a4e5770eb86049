//! 【退场】, 【批量退场】, 【撤销退场】.

use chrono::{TimeDelta, Utc};
use mingce::entity::{audit, roster_entry};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use super::support::{Site, TestApp, ago};

async fn three(app: &TestApp, site: &Site) -> Vec<Value> {
    let mut entries = Vec::new();
    for name in ["王建国", "李强", "赵小明"] {
        let person = site.worker(app, name).await;
        entries.push(site.entered(&site.rebar, &person, json!({})).await);
    }
    entries
}

fn ids(entries: &[Value]) -> Vec<&Value> {
    entries.iter().map(|entry| &entry["id"]).collect()
}

story! {
    async fn people_leave_together_or_not_at_all(app: &TestApp) {
        let site = Site::new(app).await;
        let all = three(app, &site).await;
        let exits = site.path("exits");
        site.exit(&all[0], &ago(1)).await.ok();
        let answer = site.staff.post(&exits, json!({"entry_ids": ids(&all), "exited_on": ago(0)})).await.ok();
        assert_eq!((&answer["exited"], answer["refused"].as_array().unwrap().len()), (&json!(0), 1), "{answer}");
        assert!(answer["refused"][0]["reason"].as_str().unwrap().contains("退场"));
        let early = site.staff.post(&exits, json!({"entry_ids": ids(&all[1..]), "exited_on": ago(6)})).await.ok();
        assert_eq!((&early["exited"], early["refused"].as_array().unwrap().len()), (&json!(0), 2));
        let left = json!({"entry_ids": ids(&all[1..]), "exited_on": ago(0), "reason": "工程完工"});
        assert_eq!(site.staff.post(&exits, left).await.ok()["exited"], json!(2));
        let counts = site.staff.get(&site.path("roster/counts")).await.ok();
        assert_eq!((&counts["on_site"]["total"], &counts["exited"]["worker"]), (&json!(0), &json!(3)));
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("roster.exit"));
        assert_eq!(noted.all(app.app.db.reader()).await.unwrap().len(), 3);
    }
}

story! {
    async fn a_day_of_exit_is_neither_ahead_nor_far_back(app: &TestApp) {
        let site = Site::new(app).await;
        let all = three(app, &site).await;
        let exit = async |form: Value| site.staff.post(&site.path("exits"), form).await;
        exit(json!({"entry_ids": ids(&all), "exited_on": "2999-01-01"})).await.field("exited_on");
        exit(json!({"entry_ids": ids(&all), "exited_on": ago(31)})).await.field("exited_on");
        exit(json!({"entry_ids": [], "exited_on": ago(0)})).await.field("entry_ids");
        exit(json!({"entry_ids": ids(&all), "crew_id": site.rebar.id, "exited_on": ago(0)})).await.field("crew_id");
        exit(json!({"crew_id": site.project.id, "exited_on": ago(0)})).await.field("crew_id");
        exit(json!({"entry_ids": [site.project.id], "exited_on": ago(0)})).await.refused(404);
    }
}

story! {
    async fn everybody_of_a_crew_leaves_and_the_crew_stays(app: &TestApp) {
        let site = Site::new(app).await;
        three(app, &site).await;
        let cook = site.worker(app, "钱厨师").await;
        site.entered(&site.cooks, &cook, json!({})).await;
        let answer = site.staff.post(&site.path("exits"), json!({"crew_id": site.rebar.id, "exited_on": ago(0)})).await.ok();
        assert_eq!(answer["exited"], json!(3));
        let counts = site.staff.get(&site.path("roster/counts")).await.ok();
        assert_eq!(counts["on_site"], json!({"worker": 0, "manager": 0, "other": 1, "total": 1}));
        let next = site.worker(app, "孙师傅").await;
        site.entered(&site.rebar, &next, json!({})).await;
    }
}

story! {
    async fn two_clerks_exit_the_same_person_at_once(app: &TestApp) {
        let site = Site::new(app).await;
        let (all, yesterday, today) = (three(app, &site).await, ago(1), ago(0));
        let (one, two) = tokio::join!(site.exit(&all[0], &yesterday), site.exit(&all[0], &today));
        let exited: u64 = [one.ok(), two.ok()].iter().map(|answer| answer["exited"].as_u64().unwrap()).sum();
        assert_eq!(exited, 1);
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("roster.exit"));
        assert_eq!(noted.all(app.app.db.reader()).await.unwrap().len(), 1);
    }
}

story! {
    async fn an_exit_is_taken_back_within_the_regions_days(app: &TestApp) {
        let site = Site::new(app).await;
        let all = three(app, &site).await;
        site.undo(&all[0]).await.refused(409);
        site.exit(&all[0], &ago(1)).await.ok();
        let shown = site.staff.get(&site.path("roster?presence=exited")).await.ok();
        assert!(shown["items"][0]["undo_until"].is_string(), "{shown}");
        let path = site.path(&format!("entries/{}/undo-exit", all[0]["id"].as_str().unwrap()));
        site.staff.post(&path, json!({"reason": ""})).await.field("reason");
        let back = site.undo(&all[0]).await.ok();
        assert_eq!((&back["exited_on"], &back["exit_reason"]), (&Value::Null, &Value::Null));
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("roster.undo_exit")).one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(noted.reason.as_deref(), Some("登记错了人"));

        site.exit(&all[0], &ago(1)).await.ok();
        roster_entry::Entity::update_many()
            .col_expr(roster_entry::Column::ExitRecordedAt, Expr::value(Utc::now() - TimeDelta::days(8)))
            .filter(roster_entry::Column::ExitedOn.is_not_null())
            .exec(app.app.db.writer()).await.unwrap();
        assert!(site.undo(&all[0]).await.refused(409)["message"].as_str().unwrap().contains("7 天"));
    }
}

story! {
    async fn who_is_back_or_whose_crew_has_left_stays_exited(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let first = site.entered(&site.rebar, &wang, json!({})).await;
        site.exit(&first, &ago(3)).await.ok();
        let early = site.enter(&site.cooks, &wang, json!({"entered_on": ago(4)})).await.ok();
        assert!(early["refused"][0]["reason"].as_str().unwrap().contains("上次退场日期"), "{early}");
        let second = site.entered(&site.cooks, &wang, json!({"entered_on": ago(3)})).await;
        assert_eq!(site.undo(&first).await.refused(409)["code"], "entered_again");
        site.exit(&second, &ago(2)).await.ok();
        site.staff.post(&site.path(&format!("crews/{}/exit", site.cooks.id)), json!({"exited_on": ago(1)})).await.ok();
        assert_eq!(site.undo(&second).await.refused(409)["code"], "crew_exited");
        site.undo(&first).await.ok();
        site.edit(&second, json!({"crew_id": site.rebar.id, "entered_on": ago(3)})).await.refused(409);
    }
}

story! {
    async fn a_crew_comes_back_without_the_cards_that_others_have_got(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, cook) = (site.worker(app, "王建国").await, site.worker(app, "钱厨师").await);
        let card = |person: &mingce::entity::person::Model| json!({"people": [{"person_id": person.id, "card_number": "K1"}]});
        let wang = site.entered(&site.rebar, &wang, card(&wang)).await;
        let crew = site.path(&format!("crews/{}", site.rebar.id));
        site.staff.post(&format!("{crew}/exit"), json!({"exited_on": ago(0), "with_people": true})).await.ok();
        site.entered(&site.cooks, &cook, card(&cook)).await;
        site.staff.post(&format!("{crew}/undo-exit"), json!({"reason": "登记错了"})).await.ok();
        let back = site.staff.get(&site.path(&format!("entries/{}", wang["id"].as_str().unwrap()))).await.ok();
        assert_eq!((&back["exited_on"], &back["card_number"]), (&Value::Null, &Value::Null));
    }
}
