//! Crews leave and come back.

use serde_json::{Value, json};

use super::support::{crews_of, edit, input, path_of, site};
use crate::api::support::{ago, id_of};

story! {
    async fn a_crew_leaves_with_its_people_when_told_to_and_the_undo_brings_back_exactly_those(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let (one, two) = (app.put_into(&crew, "李强", &ago(5)).await, app.put_into(&crew, "赵小明", &ago(3)).await);
        let earlier = app.put_into(&crew, "孙立", &ago(9)).await;
        let left = mingce::entity::roster_entry::ActiveModel {
            id: sea_orm::Set(earlier.id),
            exited_on: sea_orm::Set(Some(ago(6).parse().unwrap())),
            exit_recorded_at: sea_orm::Set(Some(chrono::Utc::now())),
            ..Default::default()
        };
        sea_orm::ActiveModelTrait::update(left, app.app.db.writer()).await.unwrap();
        let (exit, undo) = (format!("{}/exit", path_of(&crew)), format!("{}/undo-exit", path_of(&crew)));

        let refused = staff.post(&exit, json!({"exited_on": ago(0)})).await.refused(409);
        assert_eq!(refused["code"], "still_on_site");
        assert!(refused["message"].as_str().unwrap().contains("2 人"), "{refused}");
        let early = staff.post(&exit, json!({"exited_on": ago(4), "with_people": true})).await.field("exited_on");
        assert!(early.contains(&ago(3)), "{early}");
        staff.post(&exit, json!({"exited_on": "2999-01-01", "with_people": true})).await.field("exited_on");
        let gone = staff.post(&exit, json!({"exited_on": ago(2), "with_people": true})).await.ok();
        assert_eq!((&gone["exited_on"], &gone["people_on_site"], &gone["people_ever"]), (&json!(ago(2)), &json!(0), &json!(3)));
        for entry in [&one, &two] {
            let entry = app.entry(entry).await;
            assert_eq!(entry.exited_on.map(|day| day.to_string()), Some(ago(2)));
            assert_eq!((entry.exit_reason.as_deref(), entry.revision), (Some("随班组退场"), 2));
        }
        staff.put(&path_of(&crew), &gone["revision"], edit(json!({}))).await.refused(409);
        // The name is free again while the crew is gone.
        let same_name = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        staff.post(&undo, json!({"reason": "误操作"})).await.field("name");
        staff.delete(&path_of(&same_name)).await.ok();

        let other = staff.post(&crews_of(&unit), input(&unit, json!({"name": "木工班"}))).await.ok();
        let again = app.put_person_into(&other, two.person_id, &ago(1)).await;
        let refused = staff.post(&undo, json!({"reason": "误操作"})).await.refused(409);
        assert!(refused["message"].as_str().unwrap().contains("赵小明"), "{refused}");
        assert!(app.entry(&one).await.exited_on.is_some(), "all or nobody");
        sea_orm::ModelTrait::delete(again, app.app.db.writer()).await.unwrap();

        let back = staff.post(&undo, json!({"reason": "误操作"})).await.ok();
        assert_eq!((&back["exited_on"], &back["people_on_site"]), (&Value::Null, &json!(2)));
        assert_eq!(app.entry(&earlier).await.exited_on.map(|day| day.to_string()), Some(ago(6)));
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "not_exited");
        app.regulator("510800").await.post(&undo, json!({"reason": "误操作"})).await.refused(404);
        app.nobody().post(&exit, json!({"exited_on": ago(0)})).await.refused(401);
    }
}

story! {
    async fn every_step_of_a_crew_is_in_the_audit(app: &TestApp) {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        app.put_into(&crew, "李强", &ago(5)).await;
        staff.post(&format!("{}/exit", path_of(&crew)), json!({"exited_on": ago(0), "with_people": true})).await.ok();
        staff.post(&format!("{}/undo-exit", path_of(&crew)), json!({"reason": "误操作"})).await.ok();
        let rows = mingce::entity::audit::Entity::find()
            .filter(mingce::entity::audit::Column::SubjectId.eq(id_of(&crew).to_string()))
            .order_by_asc(mingce::entity::audit::Column::At)
            .all(app.app.db.writer())
            .await
            .unwrap();
        let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["crew.create", "crew.exit", "crew.undo_exit"]);
        assert_eq!(rows[0].after.as_ref().unwrap()["leader_phone"], "138****5678");
        assert_eq!(rows[1].after.as_ref().unwrap()["exited_people"], 1);
        assert_eq!(rows[2].reason.as_deref(), Some("误操作"));
    }
}

story! {
    async fn a_regions_policy_says_how_long_an_exit_can_be_undone_and_how_far_back_it_may_be_dated(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let (exit, undo) = (format!("{}/exit", path_of(&crew)), format!("{}/undo-exit", path_of(&crew)));
        let regulator = app.regulator("440700").await;
        let lay_down = async |key: &str, value: i64| regulator.lay_down("440703", key, json!(value)).await;
        lay_down("backdate_days", 2).await;
        let too_far = staff.post(&exit, json!({"exited_on": ago(3)})).await.field("exited_on");
        assert!(too_far.contains("2 天前"), "{too_far}");
        staff.post(&exit, json!({"exited_on": ago(2)})).await.ok();
        lay_down("exit_undo_days", 0).await;
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "undo_expired");
        assert_eq!(staff.get(&path_of(&crew)).await.ok()["undo_until"], Value::Null);
        lay_down("exit_undo_days", 1).await;
        staff.post(&undo, json!({"reason": "误操作"})).await.ok();
    }
}

story! {
    async fn a_crew_that_left_with_its_unit_comes_back_with_it_only(app: &TestApp) {
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let unit_path = format!("/projects/{}/units/{}", unit["project_id"].as_str().unwrap(), unit["id"].as_str().unwrap());
        staff.post(&format!("{unit_path}/exit"), json!({"exited_on": ago(0), "with_crews": true})).await.ok();
        assert_eq!(staff.get(&path_of(&crew)).await.ok()["undo_until"], Value::Null);
        let undo = format!("{}/undo-exit", path_of(&crew));
        assert_eq!(staff.post(&undo, json!({"reason": "误操作"})).await.refused(409)["code"], "unit_exited");
        staff.post(&format!("{unit_path}/undo-exit"), json!({"reason": "误操作"})).await.ok();
        assert_eq!(staff.get(&path_of(&crew)).await.ok()["exited_on"], Value::Null);
    }
}

story! {
    async fn nobody_enters_a_crew_that_is_leaving(app: &TestApp) {
        use mingce::registry::crews::query::on_site_for_entry;
        let (staff, unit) = site(app).await;
        let crew = staff.post(&crews_of(&unit), input(&unit, json!({}))).await.ok();
        let project = crew["project_id"].as_str().unwrap().parse().unwrap();
        let day = ago(0).parse().unwrap();
        let entering = app.app.db.begin().await.unwrap();
        on_site_for_entry(&entering, project, id_of(&crew), day).await.unwrap();
        let exit = format!("{}/exit", path_of(&crew));
        let leaving = actix_web::rt::spawn(async move { staff.post(&exit, json!({"exited_on": ago(0)})).await });
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert!(!leaving.is_finished(), "the exit waits until the entry is decided");
        entering.commit().await.unwrap();
        leaving.await.unwrap().ok();
    }
}
