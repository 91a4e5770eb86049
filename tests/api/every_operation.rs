//! What holds for every operation of the API document, those included that nobody has thought of yet: without a login
//! it answers 401, and somebody else's id looks exactly like one that nobody has.

use std::collections::HashMap;

use chrono::Utc;
use mingce::{
    entity::{
        application::{self, ApplicationState},
        device::{self, DeviceKind, Direction},
    },
    platform::types::{Sex, synthetic},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

use super::roster::support::{Site, ago, number_of};
use crate::api::support::{Answer, Client, Kind, TestApp};

/// What anybody may call. A line more here is a decision.
const PUBLIC: &[&str] = &[
    "GET /captcha",
    "GET /dictionaries",
    "GET /files/{id}",
    "GET /geocode",
    "GET /login-tickets/{id}",
    "GET /phone/settings",
    "GET /public/projects",
    "GET /public/vendors",
    "GET /punch-photos/{project_id}/{received_on}/{punch_id}",
    "GET /regions",
    "GET /settings",
    "POST /login-tickets",
    "POST /phone/session",
    "POST /public/applications",
    "POST /public/applications/status",
    "POST /public/files",
    "POST /session",
];

/// The registry of companies is open to everybody who is logged in.
const OPEN: &[&str] = &["GET /companies/{company_id}"];

/// Parameters of a path that name no row of a tenant's.
const NO_IDS: &[&str] = &["credit_code", "key", "received_on", "region"];

struct Operation {
    method: Method,
    /// Under /api/v1.
    path: String,
    public: bool,
    /// The name of its body's schema.
    body: Option<String>,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The names of the ids in its path; a plain `id` is told apart by what stands before it: `jobs/id`.
    fn ids(&self) -> Vec<String> {
        let segments: Vec<&str> = self.path.split('/').collect();
        let parameter = |segment: &str| Some(segment.strip_prefix('{')?.strip_suffix('}')?.to_owned());
        let named = segments.iter().enumerate().filter_map(|(at, segment)| match parameter(segment)?.as_str() {
            "id" => Some(format!("{}/id", segments[at - 1])),
            name => Some(name.to_owned()),
        });
        named.filter(|name| !NO_IDS.contains(&name.as_str())).collect()
    }

    /// Its path with these ids in it, in their order.
    fn filled(&self, ids: &[Uuid]) -> String {
        let mut ids = ids.iter();
        let fill = |segment: &str| match segment {
            "{credit_code}" => synthetic::credit_code(1).as_str().to_owned(),
            "{region}" => "440703".to_owned(),
            "{key}" => "exit_undo_days".to_owned(),
            segment if segment.starts_with('{') => ids.next().copied().unwrap_or_default().to_string(),
            segment => segment.to_owned(),
        };
        let path = self.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        format!("{path}{}", question(&self.path))
    }

    async fn call(&self, caller: &Client, ids: &[Uuid]) -> Answer {
        let request = caller.request(self.method.clone(), &self.filled(ids)).header("if-match", "\"1\"");
        caller
            .send(match &self.body {
                Some(schema) => request.json(&body(schema)),
                None => request,
            })
            .await
    }
}

async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.nobody().get("/openapi.json").await.ok();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            found.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.strip_prefix("/api/v1").unwrap().to_owned(),
                public: operation["security"] == json!([{}]),
                body: schema.as_str().and_then(|name| name.rsplit('/').next()).map(str::to_owned),
            });
        }
    }
    assert!(found.len() > 90, "{} operations", found.len());
    found
}

/// What a path has to be asked with, for operations that look for the row only after they have read it.
fn question(path: &str) -> String {
    match path {
        "/projects/{project_id}/entries/{entry_id}/punches" => format!("?day={}", ago(1)),
        _ => String::new(),
    }
}

/// A body that is right in itself, for operations that look for the row only after they have read it.
fn body(schema: &str) -> Value {
    let number = || number_of("1990-01-01", Sex::Male).expose().to_owned();
    match schema {
        "CompanyInput" => {
            json!({ "credit_code": synthetic::credit_code(77), "name": "江门市鸿远劳务有限公司", "region_code": "440703" })
        }
        "CrewExit" | "UnitExit" => json!({ "exited_on": ago(0) }),
        "CrewInput" => json!({ "name": "木工一班", "kind": "workers", "entered_on": ago(1) }),
        "CrewUndo" | "UndoForm" | "UnitUndo" => json!({ "reason": "登记错了" }),
        "DecisionForm" => json!({ "decision": "same", "reason": "同一人" }),
        "DeviceEdit" => json!({ "place": "2 号门", "direction": "in" }),
        "DeviceReplacement" => json!({ "vendor_code": "V", "serial": "MC-K1-9", "reason": "屏幕损坏" }),
        "DeviceUnbinding" => json!({ "reason": "工程结束" }),
        "Disabling" => json!({ "disabled": true, "reason": "调离" }),
        "EntryEdit" => json!({ "crew_id": Uuid::nil(), "entered_on": ago(1) }),
        "IdNumberCorrection" => json!({ "id_number": number(), "reason": "录入错误" }),
        "Join" => json!({ "id_number": number(), "name": "王建国", "joined_on": ago(1) }),
        "Leave" => json!({ "left_on": ago(0), "reason": "合同到期" }),
        "DeskForm" => json!({ "name": "王建国", "ethnic": "汉族", "crew_id": Uuid::nil() }),
        "RecordForm" => record(),
        "UnitEdit" => json!({ "entered_on": ago(1) }),
        "UnmaskRequest" => json!({ "fields": ["id_number"], "reason": "办理工伤保险" }),
        _ => json!({}),
    }
}

fn record() -> Value {
    json!({ "record": { "kind": "certificate", "data": { "name": "架子工操作证", "number": "粤J0120200001" } } })
}

/// Strangers ask for everything here, which is more than they may in a minute.
async fn whatever_is_not_public_asks_for_a_login(kind: Kind) {
    let app = TestApp::start_with(kind, |config| config.server.anonymous_rate = 100_000).await;
    let (nobody, stranger) = (app.nobody(), app.with_bearer("made-up"));
    let mut public = Vec::new();
    for operation in operations(&app).await {
        let nowhere = [Uuid::now_v7(), Uuid::now_v7()];
        for caller in [&nobody, &stranger] {
            let Answer { status, json, .. } = operation.call(caller, &nowhere).await;
            assert_eq!(status == 401, !operation.public, "{}: {status} {json}", operation.name());
        }
        if operation.public {
            public.push(operation.name());
        }
    }
    public.sort();
    assert_eq!(public, PUBLIC);
    app.stop().await;
}

#[actix_web::test]
async fn whatever_is_not_public_asks_for_a_login_on_sqlite() {
    whatever_is_not_public_asks_for_a_login(Kind::Sqlite).await;
}

#[actix_web::test]
async fn whatever_is_not_public_asks_for_a_login_on_postgres() {
    whatever_is_not_public_asks_for_a_login(Kind::Postgres).await;
}

/// Somebody's face beside the portrait of their card, for somebody to look at.
async fn comparison(app: &TestApp, person: &mingce::entity::person::Model) -> Uuid {
    use mingce::entity::{
        face_comparison::{self, ComparisonKind, ComparisonState, ComparisonVerdict},
        person_image::{self, ImageKind, ImageSource},
    };
    let db = app.app.db.writer();
    let image = async |kind| {
        let row = person_image::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person.id),
            kind: Set(kind),
            version: Set(1),
            source: Set(ImageSource::Console),
            created_at: Set(Utc::now()),
            updated_at: Set(Utc::now()),
            ..Default::default()
        };
        row.insert(db).await.unwrap().id
    };
    let row = face_comparison::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(ComparisonKind::OneToOne),
        person_id: Set(person.id),
        image_id: Set(image(ImageKind::Face).await),
        other_person_id: Set(person.id),
        other_image_id: Set(image(ImageKind::Portrait).await),
        distance: Set(0.45),
        model: Set("dlib@1".to_owned()),
        limit_pass: Set(0.4),
        limit_look: Set(0.5),
        limit_duplicate: Set(0.4),
        verdict: Set(ComparisonVerdict::Look),
        state: Set(ComparisonState::Open),
        region_code: Set(person.region_code.clone()),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    row.insert(db).await.unwrap().id
}

/// Somebody who wants to come onto a site.
async fn registration(app: &TestApp, site: &Site) -> Uuid {
    use mingce::entity::{
        registration::{self, RegistrationOrigin, RegistrationState},
        roster_entry::EntryKind,
    };
    let row = registration::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(site.project.id),
        origin: Set(RegistrationOrigin::Console),
        state: Set(RegistrationState::Draft),
        name: Set(Some("李强".to_owned())),
        temporary_card: Set(false),
        kind: Set(EntryKind::Worker),
        created_at: Set(Utc::now()),
        updated_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    row.insert(app.app.db.writer()).await.unwrap().id
}

/// Everything one tenant has, by the names that paths have for it.
type Belongings = HashMap<&'static str, Uuid>;

async fn belongings(app: &TestApp, site: &Site) -> Belongings {
    let id = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no id")).parse::<Uuid>().unwrap();
    let person = site.worker(app, "王建国").await;
    let entry = site.entered(&site.rebar, &person, json!({})).await;
    let record = site.staff.post(&format!("/people/{}/records", person.id), record()).await.ok();
    let session = site.staff.get("/session").await.ok();
    let application = application::ActiveModel {
        id: Set(Uuid::now_v7()),
        number: Set(format!("SB{}", person.number)),
        state: Set(ApplicationState::Pending),
        name: Set("滨江新城三期工程".to_owned()),
        region_code: Set(site.project.region_code.clone()),
        applicant_name: Set("王建国".to_owned()),
        applicant_phone: Set("13800138000".to_owned()),
        applicant_email: Set("wang@example.com".to_owned()),
        details: Set(json!({})),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    let vendor = app.vendor("510800").await;
    let device = device::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(site.project.id),
        vendor_id: Set(vendor.id),
        serial: Set(format!("MC-{}", person.number)),
        kind: Set(DeviceKind::Attendance),
        place: Set("1 号门".to_owned()),
        direction: Set(Direction::Turns),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    HashMap::from([
        ("project_id", site.project.id),
        ("vendor_id", vendor.id),
        ("device_id", device.insert(app.app.db.writer()).await.unwrap().id),
        ("unit_id", site.labour.id),
        ("crew_id", site.rebar.id),
        ("entry_id", id(&entry["id"])),
        ("person_id", person.id),
        ("record_id", id(&record["id"])),
        ("company_id", site.labour.company_id),
        ("accounts/id", id(&session["account"]["id"])),
        ("sessions/id", id(&site.staff.get("/sessions").await.ok()[0]["id"])),
        ("jobs/id", id(&site.staff.post("/roster/export", json!({})).await.ok()["id"])),
        ("registration_id", registration(app, site).await),
        ("comparison_id", comparison(app, &person).await),
        ("applications/id", application.insert(app.app.db.writer()).await.unwrap().id),
    ])
}

fn of(belongings: &Belongings, names: &[String]) -> Vec<Uuid> {
    let id = |name: &String| {
        *belongings.get(name.as_str()).unwrap_or_else(|| panic!("who has a {name}? add one to `belongings`"))
    };
    names.iter().map(id).collect()
}

/// Refused, and in the same words as for ids that nobody has. That a company is there is no secret.
async fn is_nothing_to(caller: &Client, who: &str, operation: &Operation, theirs: &[Uuid], nothing: &[Uuid]) {
    let (seen, nowhere) = (operation.call(caller, theirs).await, operation.call(caller, nothing).await);
    let name = operation.name();
    assert!([403, 404].contains(&seen.status), "{name} as {who}: {} {}", seen.status, seen.json);
    let secret = !operation.path.starts_with("/companies/{company_id}");
    let same = (seen.status, &seen.json) == (nowhere.status, &nowhere.json);
    assert!(same || !secret, "{name} as {who} tells that it is there: {} instead of {}", seen.json, nowhere.json);
}

story! {
    async fn somebody_else_s_rows_look_like_nothing(app: &TestApp) {
        let theirs = belongings(app, &Site::of(app, app.project("510800").await).await).await;
        let site = Site::new(app).await;
        let mine = belongings(app, &site).await;
        let company = mingce::entity::company::Model { id: site.labour.company_id, ..app.company("440703", "江门建工").await };
        let vendor = app.vendor("440700").await;
        let callers = [
            ("a project", app.project_staff(&site.project).await),
            ("a company", app.company_account(&company).await),
            ("a vendor", app.vendor_account(&vendor).await),
        ];
        let operations = operations(app).await;
        let with_ids = operations.iter().filter(|operation| !operation.public && !OPEN.contains(&operation.name().as_str()));
        for operation in with_ids {
            let names = operation.ids();
            // What a phone sees is told with phones; an account is nobody there.
            if names.is_empty() || operation.path.starts_with("/phone/") {
                continue;
            }
            let foreign = of(&theirs, &names);
            let nothing: Vec<Uuid> = names.iter().map(|_| Uuid::now_v7()).collect();
            for (who, caller) in &callers {
                is_nothing_to(caller, who, operation, &foreign, &nothing).await;
                // Behind one's own project, person or company somebody else's row is no more there.
                if let [first, _, ..] = names.as_slice() {
                    let own = of(&mine, std::slice::from_ref(first))[0];
                    let behind = |ids: &[Uuid]| [&[own], &ids[1..]].concat();
                    is_nothing_to(caller, who, operation, &behind(&foreign), &behind(&nothing)).await;
                }
            }
        }
    }
}
