//! Who learns by which name a project's account logs in.

use mingce::entity::project;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

story! {
    async fn a_project_s_login_is_for_those_who_run_it(app: &TestApp) {
        let (project, vendor) = (app.project("440703").await, app.vendor("440700").await);
        let company = app.company("440703", "江门市鸿远劳务有限公司").await;
        app.unit_row(&project, &company, "006").await;
        let row = project::ActiveModel { id: Set(project.id), vendor_id: Set(Some(vendor.id)), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        let regulator = app.regulator("440700").await;
        let path = format!("/projects/{}", project.id);
        let login = regulator.post(&format!("{path}/account"), json!({})).await.ok()["login"].clone();
        let callers = [
            (regulator, &login),
            (app.project_staff(&project).await, &login),
            (app.company_account(&company).await, &Value::Null),
            (app.vendor_account(&vendor).await, &Value::Null),
        ];
        for (caller, seen) in callers {
            assert_eq!(caller.get(&path).await.ok()["account_login"], *seen);
            assert_eq!(caller.get("/projects").await.ok()["items"][0]["account_login"], *seen);
        }
    }
}
