//! 【批量人员进场】 leaves the traces that entering people one by one leaves.

use mingce::{
    entity::audit,
    platform::types::{Sex, synthetic},
    registry::people::lookups,
};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::{
    import::{line, sheet, with},
    support::{Site, TestApp, number_of, number_of_row},
};

async fn of_action(app: &TestApp, action: &str) -> Vec<audit::Model> {
    let rows = audit::Entity::find().order_by_asc(audit::Column::SubjectName).all(app.app.db.reader()).await.unwrap();
    rows.into_iter().filter(|row| row.action == action).collect()
}

fn subjects(rows: &[audit::Model]) -> Vec<&str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row.subject_name.as_str()).collect();
    names.sort_unstable();
    names
}

story! {
    async fn everybody_whom_a_sheet_makes_changes_and_enters_is_in_the_audit(app: &TestApp) {
        let site = Site::new(app).await;
        let known = site.worker(app, "王建国").await;
        let (new, old) = (number_of("1990-01-01", Sex::Male), number_of("1958-01-01", Sex::Male));
        let card = synthetic::bank_card(3);
        let lines = [
            with(line("王建国", &number_of_row(&known), "钢筋一班"), "工资卡号", card.expose()),
            line("张三丰", &new, "钢筋一班"),
            line("赵老六", &old, "钢筋一班"),
            line("总监", &number_of("1980-01-01", Sex::Male), "监理管理班组"),
        ];
        let job = site.import(sheet(&lines), json!({"confirm_warnings": true})).await;
        assert_eq!((&job["result"]["entered"], &job["result"]["failed"]), (&json!(3), &json!(1)), "{job}");

        let created = of_action(app, "person.create").await;
        assert_eq!(subjects(&created), ["张三丰", "赵老六"]);
        let edited = of_action(app, "person.edit").await;
        assert_eq!(subjects(&edited), ["王建国"]);
        assert_eq!(edited[0].before.as_ref().unwrap()["phone"], json!(null));
        assert_eq!(edited[0].after.as_ref().unwrap()["phone"], json!("138****5678"));
        assert!(edited[0].after.as_ref().unwrap()["bank_card"].as_str().unwrap().starts_with("****"));
        let entered = of_action(app, "roster.enter").await;
        assert_eq!(subjects(&entered), ["张三丰", "王建国", "赵老六"]);
        let confirmed = entered.iter().find(|row| row.subject_name == "赵老六").unwrap();
        assert!(confirmed.reason.as_deref().unwrap().starts_with("已确认"), "{confirmed:?}");
        assert_eq!(confirmed.after.as_ref().unwrap()["crew"], json!("钢筋一班"));
        let summary = of_action(app, "roster.import").await;
        assert_eq!(summary.len(), 1);

        let clerk = site.staff.get("/session").await.ok()["account"].clone();
        for row in created.iter().chain(&edited).chain(&entered).chain(&summary) {
            assert_eq!((row.project_id, row.ip.as_str()), (Some(site.project.id), "127.0.0.1"), "{row:?}");
            assert_eq!((json!(row.account_id), json!(row.actor_name)), (clerk["id"].clone(), clerk["name"].clone()));
            assert_eq!(row.request_id, summary[0].request_id);
            assert!(!row.request_id.is_empty());
            let text = format!("{row:?}");
            assert!(![new.expose(), old.expose(), card.expose()].iter().any(|secret| text.contains(secret)), "{text}");
        }
    }
}

story! {
    async fn a_dry_run_is_written_down_and_nothing_else(app: &TestApp) {
        let site = Site::new(app).await;
        let lines = [line("张三丰", &number_of("1990-01-01", Sex::Male), "钢筋一班")];
        let job = site.import(sheet(&lines), json!({"dry_run": true})).await;
        assert_eq!(job["result"]["enterable"], json!(1), "{job}");
        let checked = of_action(app, "roster.import_check").await;
        assert_eq!(checked.len(), 1);
        assert_eq!(checked[0].ip, "127.0.0.1");
        for action in ["roster.import", "roster.enter", "person.create", "person.edit"] {
            assert!(of_action(app, action).await.is_empty(), "{action}");
        }
    }
}

story! {
    async fn a_sheet_that_tries_numbers_out_is_written_down_and_stopped(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, li) = (app.person_row("王建国").await, app.person_row("李强").await);
        let lines = [
            line("王老五", &number_of_row(&wang), "钢筋一班"),
            line("李老五", &number_of_row(&li), "钢筋一班"),
            with(line("赵老五", &number_of("1990-01-01", Sex::Male), "钢筋一班"), "民族", ""),
        ];
        let checked = site.import(sheet(&lines), json!({"dry_run": true})).await;
        assert_eq!(checked["result"]["failed"], json!(3), "{checked}");
        let told = of_action(app, "person.lookup").await;
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|row| row.subject_id == wang.id.to_string()));
        assert!(told.iter().all(|row| row.ip == "127.0.0.1" && row.account_id.is_some()));

        let account = told[0].account_id.unwrap();
        lookups::allow_rows(&app.app, account, 495).await.unwrap();
        let stopped = site.import(sheet(&lines), json!({"dry_run": true})).await;
        assert_eq!((&stopped["state"], &stopped["result"]), (&json!("failed"), &json!(null)), "{stopped}");
        assert!(stopped["error"].as_str().unwrap().contains("核对不上"), "{stopped}");
        assert!(!stopped.to_string().contains("王*"), "{stopped}");
        // The same measure holds for asking by hand.
        let ask = json!({ "id_number": number_of_row(&wang).expose() });
        site.staff.post("/people/lookup", ask).await.refused(429);
    }
}
