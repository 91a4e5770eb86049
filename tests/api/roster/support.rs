//! A site with crews and people who are not on it yet.

use chrono::NaiveDate;
use mingce::{
    entity::{crew, crew::CrewKind, person, project, unit},
    platform::types::{IdNumber, Sex, synthetic},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

pub use crate::api::support::{Answer, Client, TestApp, ago, days_ago};

/// A project with a labour unit's and a supervisor's crews, and its staff.
pub struct Site {
    pub project: project::Model,
    pub staff: Client,
    pub labour: unit::Model,
    pub rebar: crew::Model,
    pub cooks: crew::Model,
    pub supervision: unit::Model,
    pub supervisors: crew::Model,
}

impl Site {
    pub async fn new(app: &TestApp) -> Self {
        Self::of(app, app.project("440703").await).await
    }

    pub async fn of(app: &TestApp, project: project::Model) -> Self {
        let company = app.company("440703", "江门市鸿远劳务有限公司").await;
        let labour = app.unit_row(&project, &company, "006").await;
        let rebar = app.crew_row(&labour, CrewKind::Workers, "钢筋一班").await;
        let rebar =
            crew::ActiveModel { id: Set(rebar.id), work_type: Set(Some("020".to_owned())), ..Default::default() };
        let rebar = rebar.update(app.app.db.writer()).await.unwrap();
        let cooks = app.crew_row(&labour, CrewKind::Others, "后勤班").await;
        let company = app.company("440703", "江门市正信监理有限公司").await;
        let supervision = app.unit_row(&project, &company, "007").await;
        let supervisors = app.crew_row(&supervision, CrewKind::Management, "监理管理班组").await;
        let staff = app.project_staff(&project).await;
        Self { project, staff, labour, rebar, cooks, supervision, supervisors }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/projects/{}/{rest}", self.project.id)
    }

    /// Enters one person by id into a crew.
    pub async fn enter(&self, crew: &crew::Model, person: &person::Model, change: Value) -> Answer {
        self.staff.post(&self.path("entries"), entry(crew, json!([{ "person_id": person.id }]), change)).await
    }

    /// The same, where nothing stands in the way; gives the entry.
    pub async fn entered(&self, crew: &crew::Model, person: &person::Model, change: Value) -> Value {
        let answer = self.enter(crew, person, change).await.ok();
        let id = answer["entered"][0]["entry_id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        self.staff.get(&self.path(&format!("entries/{id}"))).await.ok()
    }

    pub async fn exit(&self, entry: &Value, on: &str) -> Answer {
        self.staff.post(&self.path("exits"), json!({ "entry_ids": [entry["id"]], "exited_on": on })).await
    }

    pub async fn undo(&self, entry: &Value) -> Answer {
        let path = self.path(&format!("entries/{}/undo-exit", entry["id"].as_str().unwrap()));
        self.staff.post(&path, json!({ "reason": "登记错了人" })).await
    }

    pub async fn edit(&self, entry: &Value, form: Value) -> Answer {
        let path = self.path(&format!("entries/{}", entry["id"].as_str().unwrap()));
        self.staff.put(&path, &entry["revision"], form).await
    }

    /// Somebody who came onto the platform through this project.
    pub async fn person(&self, app: &TestApp, name: &str, born: &str, sex: Sex) -> person::Model {
        let row = person::ActiveModel {
            id: Set(app.person_row(name).await.id),
            origin_project_id: Set(Some(self.project.id)),
            born_on: Set(born.parse().unwrap()),
            sex: Set(sex.as_str().to_owned()),
            ..Default::default()
        };
        row.update(app.app.db.writer()).await.unwrap()
    }

    pub async fn worker(&self, app: &TestApp, name: &str) -> person::Model {
        self.person(app, name, "1988-05-06", Sex::Male).await
    }
}

/// What 【人员进场】 sends.
pub fn entry(crew: &crew::Model, people: Value, change: Value) -> Value {
    let mut form = json!({ "crew_id": crew.id, "entered_on": ago(5), "people": people });
    form.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    form
}

/// An ID number nobody has yet, of somebody born on a day.
pub fn number_of(born: &str, sex: Sex) -> IdNumber {
    synthetic::id_number(rand::random(), born.parse::<NaiveDate>().unwrap(), sex)
}

/// The ID number that belongs to a row of [`TestApp::person_row`].
pub fn number_of_row(person: &person::Model) -> IdNumber {
    let born = NaiveDate::from_ymd_opt(1985, 1, 1).unwrap();
    synthetic::id_number(u64::try_from(person.number).unwrap(), born, Sex::Male)
}

/// A job once it has ended.
pub async fn ended(client: &Client, queued: &Value) -> Value {
    let path = format!("/jobs/{}", queued["id"].as_str().unwrap_or_else(|| panic!("{queued}")));
    loop {
        let job = client.get(&path).await.ok();
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The file a job has left.
pub async fn file_of(app: &TestApp, job: &Value) -> Vec<u8> {
    let link = job["file"]["download_url"].as_str().unwrap_or_else(|| panic!("{job}"));
    let answer = app.nobody().get(link.strip_prefix("/api/v1").unwrap()).await;
    assert_eq!(answer.status, 200);
    answer.bytes
}

pub async fn upload(client: &Client, bytes: Vec<u8>) -> Uuid {
    let head = "--limit\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nsheet\r\n--limit\r\n\
                content-disposition: form-data; name=\"file\"; filename=\"list.xlsx\"\r\n\r\n";
    let body = [head.as_bytes(), &bytes, b"\r\n--limit--\r\n"].concat();
    let request = client.request(Method::POST, "/files").header("content-type", "multipart/form-data; boundary=limit");
    let answer = client.send(request.body(body)).await.ok();
    answer["id"].as_str().unwrap().parse().unwrap()
}
