//! 【操作日志】: what is written down, and who reads it.

use chrono::{DateTime, TimeDelta, Utc};
use mingce::entity::audit;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use uuid::Uuid;

use super::support::{Client, TestApp, days_ago};

story! {
    async fn every_export_of_a_list_is_written_down_with_its_filter(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let lists = [
            ("/companies/export", "company.export", "name"),
            ("/units/export", "unit.export", "company"),
            ("/crews/export", "crew.export", "name"),
            ("/projects/export", "project.export", "search"),
            ("/people/export", "person.export", "name"),
        ];
        for (path, action, field) in lists {
            regulator.post(path, json!({ field: "江门" })).await.ok();
            let noted = regulator.get(&format!("/audit?action={action}")).await.ok();
            assert_eq!(noted["total"], json!(1), "{action}");
            let filter = noted["items"][0]["after"]["filter"].to_string();
            assert!(filter.contains("江门"), "{filter}");
            assert_eq!(noted["items"][0]["ip"], json!("127.0.0.1"));
        }
    }
}

async fn noted(app: &TestApp, at: DateTime<Utc>, region: &str, company: Option<Uuid>) {
    let row = audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(at),
        actor_name: Set("测试账号".to_owned()),
        ip: Set("127.0.0.1".to_owned()),
        request_id: Set(String::new()),
        action: Set("test.done".to_owned()),
        subject_kind: Set("test".to_owned()),
        subject_id: Set("7".to_owned()),
        subject_name: Set(String::new()),
        region_code: Set(Some(region.to_owned())),
        company_id: Set(company),
        ..Default::default()
    };
    row.insert(app.app.db.writer()).await.unwrap();
}

story! {
    async fn the_list_goes_back_thirty_days_unless_it_is_told_otherwise(app: &TestApp) {
        let city = app.regulator("440700").await;
        for days in [0, 29, 31, 400] {
            noted(app, Utc::now() - TimeDelta::days(days), "440703", None).await;
        }
        let total = async |query: &str| city.get(&format!("/audit?action=test&{query}")).await.ok()["total"].clone();
        assert_eq!(total("").await, json!(2));
        assert_eq!(total(&format!("from={}", days_ago(500))).await, json!(4));
        assert_eq!(total(&format!("to={}", days_ago(30))).await, json!(1), "the thirty days before");
        assert_eq!(total("subject_kind=test&subject_id=7").await, json!(4), "all of one subject's life");
    }
}

story! {
    async fn the_audit_of_a_region_is_a_range_and_not_a_pattern(app: &TestApp) {
        let company = app.company("440703", "江门市第一建设有限公司").await;
        for region in ["440700", "440703", "440799", "440800", "450703"] {
            noted(app, Utc::now(), region, Some(company.id)).await;
        }
        let seen = async |client: Client| client.get("/audit?action=test").await.ok()["total"].clone();
        assert_eq!(seen(app.regulator("440700").await).await, json!(3));
        assert_eq!(seen(app.regulator("440703").await).await, json!(1));
        assert_eq!(seen(app.regulator("440000").await).await, json!(4));
        assert_eq!(seen(app.company_account(&company).await).await, json!(5));
        let db = app.app.db.writer();
        if db.get_database_backend() == DbBackend::Sqlite {
            let sql = "EXPLAIN QUERY PLAN SELECT * FROM audit WHERE company_id = 'x' ORDER BY at DESC LIMIT 20";
            let plan = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
            let plan: Vec<String> = plan.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
            assert!(plan.len() == 1 && plan[0].contains("ix_audit_company"), "{plan:?}");
        }
    }
}
