//! Who brings somebody in.

use chrono::Utc;
use mingce::entity::project;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

use super::support::*;

story! {
    async fn a_cancelled_project_brings_nobody_in(app: &TestApp) {
        let project = app.project("440703").await;
        let row = project::ActiveModel { id: Set(project.id), cancelled_at: Set(Some(Utc::now())), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        let staff = app.project_staff(&project).await;
        let mut form = new_person(&somebody(), "王建国");
        form["region_code"] = Value::Null;
        form["project_id"] = json!(project.id);
        staff.post("/people", form).await.refused(409);
        let batch = json!({ "people": [{ "id_number": somebody(), "name": "王建国", "ethnic": "汉" }] });
        staff.post(&format!("/projects/{}/collected-people", project.id), batch).await.refused(409);
    }
}

story! {
    async fn exactly_one_place_brings_somebody_in(app: &TestApp) {
        let (project, company) = (app.project("440703").await, app.company("440703", "江门建工有限公司").await);
        let regulator = app.regulator("440700").await;
        let mut form = new_person(&somebody(), "王建国");
        form["project_id"] = json!(project.id);
        regulator.post("/people", &form).await.field("project_id");
        form["project_id"] = Value::Null;
        form["region_code"] = json!("510800");
        regulator.post("/people", &form).await.field("region_code");
        form["region_code"] = Value::Null;
        regulator.post("/people", &form).await.field("project_id");
        form["company_id"] = json!(company.id);
        assert_eq!(regulator.post("/people", &form).await.ok()["company"]["id"], json!(company.id));
        app.company_account(&company).await.post("/people", new_person(&somebody(), "李大海")).await.field("region_code");
    }
}
