//! A site to add crews to, and what forms send.

use serde_json::{Value, json};

use crate::api::support::{Client, TestApp, ago};

/// A project's staff, and the general contractor's unit on it for twenty days.
pub async fn site(app: &TestApp) -> (Client, Value) {
    let project = app.project("440703").await;
    let company = app.company("440703", "江门市第一建设有限公司").await;
    let staff = app.project_staff(&project).await;
    let input = json!({"company_id": company.id, "kind": "009", "entered_on": ago(20)});
    let unit = staff.post(&format!("/projects/{}/units", project.id), input).await.ok();
    (staff, unit)
}

pub fn crews_of(unit: &Value) -> String {
    format!("/projects/{}/crews", unit["project_id"].as_str().unwrap())
}

pub fn path_of(crew: &Value) -> String {
    format!("{}/{}", crews_of(crew), crew["id"].as_str().unwrap())
}

pub fn input(unit: &Value, change: Value) -> Value {
    let mut input = json!({
        "unit_id": unit["id"], "name": "钢筋一班", "kind": "workers", "work_type": "020", "entered_on": ago(10),
        "leader_name": "张大海", "leader_phone": "13812345678",
    });
    input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    input
}

/// What an edit sends: all but the unit.
pub fn edit(change: Value) -> Value {
    let mut input = input(&Value::Null, change);
    input.as_object_mut().unwrap().remove("unit_id");
    input
}
