//! What the figures are measured in: a project of three thousand, one of a hundred thousand, a million people, and
//! callers who are already logged in.

use chrono::{NaiveDate, TimeDelta, Utc};
use mingce::entity::account::{self, AccountKind};
use mingce::entity::company::{self, UploadState};
use mingce::entity::crew::{self, CrewKind};
use mingce::entity::role_grant::{self, Role, ScopeKind};
use mingce::entity::session::{self, SessionKind};
use mingce::entity::{project, unit};
use mingce::platform::auth::caller::{COOKIE, token_hash};
use mingce::platform::database::Database;
use mingce::platform::types::synthetic;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use crate::Result;
use crate::people::Site;

const REGION: &str = "440703";

/// Ids are the same in both databases, so that what was asked of one can be asked of the other.
fn id(kind: u128, number: i64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0002_7000_8000_0000_0000_0000 | kind << 48 | number.unsigned_abs() as u128)
}

/// A session without the login page.
#[derive(Clone)]
pub struct Caller {
    pub cookie: String,
    pub csrf_token: String,
}

/// A caller who runs one project, or all of the city when there is none.
pub async fn caller(database: &Database, number: i64, project: Option<Uuid>) -> Result<Caller> {
    let kind = if project.is_some() { AccountKind::Project } else { AccountKind::Regulator };
    account(database, number, kind, "!").await?;
    let grant = role_grant::ActiveModel {
        id: Set(id(2, number)),
        account_id: Set(id(1, number)),
        role: Set(if project.is_some() { Role::Project } else { Role::Regulator }),
        scope_kind: Set(if project.is_some() { ScopeKind::Project } else { ScopeKind::Region }),
        region_code: Set(project.is_none().then(|| "440700".to_owned())),
        project_id: Set(project),
        created_at: Set(Utc::now()),
        ..Default::default()
    };
    grant.insert(database.writer()).await?;
    log_in(database, number).await
}

/// The account of a caller who runs the city.
pub async fn caller_account(database: &Database, number: i64) -> Result<Uuid> {
    caller(database, number, None).await?;
    Ok(id(1, number))
}

/// An account that can log in, by its name.
pub async fn account_with(database: &Database, number: i64, password_hash: &str) -> Result<String> {
    account(database, number, AccountKind::Regulator, password_hash).await
}

async fn account(database: &Database, number: i64, kind: AccountKind, password_hash: &str) -> Result<String> {
    let (now, login) = (Utc::now(), format!("bench{number}"));
    let account = account::ActiveModel {
        id: Set(id(1, number)),
        login: Set(login.clone()),
        kind: Set(kind),
        name: Set("测量".to_owned()),
        password_hash: Set(password_hash.to_owned()),
        must_change_password: Set(false),
        disabled: Set(false),
        created_at: Set(now),
        password_changed_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    account.insert(database.writer()).await?;
    Ok(login)
}

async fn log_in(database: &Database, number: i64) -> Result<Caller> {
    let (token, csrf_token, now) = (format!("bench-session-{number}"), format!("bench-csrf-{number}"), Utc::now());
    let session = session::ActiveModel {
        id: Set(id(3, number)),
        account_id: Set(id(1, number)),
        kind: Set(SessionKind::Browser),
        token_hash: Set(token_hash(&token)),
        csrf_token: Set(csrf_token.clone()),
        ip: Set("127.0.0.1".to_owned()),
        user_agent: Set("bench".to_owned()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + TimeDelta::hours(3)),
    };
    session.insert(database.writer()).await?;
    Ok(Caller { cookie: format!("{COOKIE}={token}"), csrf_token })
}

/// A project with one unit and one crew of workers, nobody on it yet.
pub async fn site(database: &Database, number: i64) -> Result<Site> {
    let now = Utc::now();
    let entered_on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let site = Site { project: id(4, number), unit: id(5, number), crew: id(6, number) };
    let company = company::ActiveModel {
        id: Set(id(7, number)),
        credit_code: Set(synthetic::credit_code(number as u64).as_str().to_owned()),
        name: Set(format!("测量建筑{number}公司")),
        region_code: Set(REGION.to_owned()),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    let company = company.insert(database.writer()).await?;
    let project = project::ActiveModel {
        id: Set(site.project),
        number: Set(number),
        name: Set(format!("测量工程{number}")),
        region_code: Set(REGION.to_owned()),
        category: Set("01".to_owned()),
        status: Set("003".to_owned()),
        parties: Set(serde_json::json!([])),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(now),
        updated_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    project.insert(database.writer()).await?;
    let unit = unit::ActiveModel {
        id: Set(site.unit),
        project_id: Set(site.project),
        company_id: Set(company.id),
        kind: Set("009".to_owned()),
        entered_on: Set(entered_on),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    unit.insert(database.writer()).await?;
    let crew = crew::ActiveModel {
        id: Set(site.crew),
        project_id: Set(site.project),
        unit_id: Set(site.unit),
        number: Set(number),
        name: Set("钢筋班".to_owned()),
        kind: Set(CrewKind::Workers),
        work_type: Set(Some("020".to_owned())),
        entered_on: Set(entered_on),
        upload_state: Set(UploadState::Waiting),
        created_at: Set(now),
        revision: Set(1),
        ..Default::default()
    };
    crew.insert(database.writer()).await?;
    Ok(site)
}
