use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time},
    delete, get, post,
    web::{Data, ReqData},
};
use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        account::{self, AccountKind},
        company, project,
        role_grant::{Role, ScopeKind},
        session, vendor,
    },
    platform::{
        App, audit,
        auth::{
            accounts,
            caller::{COOKIE, Caller, Grant, grants_of},
            captcha,
            login::{self, Attempt, DEVICE_COOKIE, Opened},
            password,
            roles::Permission,
        },
        web::{Client, Error, Json, Result, headers::RequestId},
    },
};

/// How many projects the session brings along for the switch; more are searched.
const PROJECTS_AT_HAND: u64 = 50;
const CAPTCHAS_A_MINUTE: u64 = 60;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    pub account: String,
    pub password: String,
    pub captcha_token: String,
    pub captcha_answer: String,
    /// The tab of the login page: an account of another kind is told which tab is its own.
    pub kind: Option<AccountKind>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub current_password: String,
    pub new_password: String,
}

/// Everything the console needs to know of who is logged in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub account: AccountView,
    pub csrf_token: String,
    pub must_change_password: bool,
    pub grants: Vec<GrantView>,
    pub permissions: Vec<Permission>,
    /// The first projects within reach, newest first.
    pub projects: Vec<ProjectAtHand>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    pub id: Uuid,
    pub login: String,
    pub kind: AccountKind,
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    pub role: Role,
    pub scope_kind: ScopeKind,
    /// A region's code, or the id of a company, project or vendor.
    pub scope_id: Option<String>,
    /// A region's name is in `/regions`.
    pub scope_name: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectAtHand {
    pub id: Uuid,
    pub name: String,
}

/// A picture to prove that a person is logging in.
#[utoipa::path(tag = "session", responses((status = 200, body = captcha::Challenge)), security(()))]
#[get("/captcha")]
pub async fn picture(client: Client, app: Data<App>) -> Result<Json<captcha::Challenge>> {
    let window = Duration::from_secs(60);
    let drawn = app.cache.hit(&format!("captchas:{}", client.ip), window).await.unwrap_or_default();
    if drawn > CAPTCHAS_A_MINUTE {
        return Err(Error::TooMany(60, "刷新过于频繁，请一分钟后再试".into()));
    }
    captcha::issue(&app.keys).map(Json)
}

/// Logs in with account, password and captcha.
#[utoipa::path(tag = "session", request_body = LogIn, responses((status = 200, body = SessionView)), security(()))]
#[post("/session")]
pub async fn log_in(
    req: HttpRequest,
    client: Client,
    request_id: ReqData<RequestId>,
    app: Data<App>,
    Json(body): Json<LogIn>,
) -> Result<HttpResponse> {
    let LogIn { account, password, captcha_token, captcha_answer, kind } = body;
    for (field, value) in [("account", &account), ("password", &password), ("captcha_answer", &captcha_answer)] {
        if value.trim().is_empty() || value.len() > 512 {
            return Err(Error::field(field, "此项必填"));
        }
    }
    captcha::verify(&app, &captcha::Solution { captcha_token, captcha_answer }).await?;
    let device = req.cookie(DEVICE_COOKIE).map(|cookie| cookie.value().to_owned());
    let attempt = Attempt { login: &account, password, kind, device, client: &client, request_id: &request_id };
    let opened = login::log_in(&app, attempt).await?;
    let LetIn { view, cookies: [session, device] } = let_in(&app, opened).await?;
    Ok(HttpResponse::Ok().cookie(session).cookie(device).json(view))
}

/// What a browser gets that is let in, whichever way its owner proved who they are.
pub struct LetIn {
    pub view: SessionView,
    pub cookies: [Cookie<'static>; 2],
}

pub async fn let_in(app: &App, opened: Opened) -> Result<LetIn> {
    let grants = grants_of(app, opened.account.id).await?;
    let view = view(app, &opened.account, &opened.session.csrf_token, grants).await?;
    let secure = app.config.server.public_url.starts_with("https://");
    let session = cookie(COOKIE, opened.token, secure, time::Duration::hours(app.config.auth.session_hours));
    let device = cookie(DEVICE_COOKIE, opened.device, secure, time::Duration::days(365));
    Ok(LetIn { view, cookies: [session, device] })
}

/// Who is logged in.
#[utoipa::path(tag = "session", responses((status = 200, body = SessionView)))]
#[get("/session")]
pub async fn show(caller: Caller, app: Data<App>) -> Result<Json<SessionView>> {
    view(&app, &caller.account, &caller.session.csrf_token, caller.grants).await.map(Json)
}

/// Logs out.
#[utoipa::path(tag = "session", responses((status = 204)))]
#[delete("/session")]
pub async fn log_out(caller: Caller, app: Data<App>) -> Result<HttpResponse> {
    session::Entity::delete_by_id(caller.session.id).exec(app.db.writer()).await?;
    let mut gone = cookie(COOKIE, String::new(), false, time::Duration::ZERO);
    gone.make_removal();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

/// Changes one's own password; every other browser that is logged in with the account is logged out.
#[utoipa::path(tag = "session", request_body = ChangePassword, responses((status = 204)))]
#[post("/session/password")]
pub async fn change_password(caller: Caller, app: Data<App>, Json(body): Json<ChangePassword>) -> Result<HttpResponse> {
    let ChangePassword { current_password, new_password } = body;
    let tries = app
        .cache
        .hit(&format!("password-changes:{}", caller.account.id), Duration::from_secs(600))
        .await
        .unwrap_or_default();
    if tries > 10 {
        return Err(Error::TooMany(600, "尝试次数过多，请 10 分钟后再试".into()));
    }
    if !password::verify(current_password.clone(), Some(caller.account.password_hash.clone())).await? {
        return Err(Error::field("current_password", "当前密码不正确"));
    }
    if current_password == new_password {
        return Err(Error::field("new_password", "新密码不能与当前密码相同"));
    }
    password::check_policy(&new_password, &caller.account.login)
        .map_err(|problem| Error::field("new_password", problem))?;
    let hash = password::hash(new_password).await?;

    let tx = app.db.begin().await?;
    let row = account::ActiveModel {
        id: Set(caller.account.id),
        password_hash: Set(hash),
        must_change_password: Set(false),
        password_changed_at: Set(Utc::now()),
        revision: Set(caller.account.revision + 1),
        ..Default::default()
    };
    row.update(&tx).await?;
    accounts::end_browsers(&tx, caller.account.id, Some(caller.session.id)).await?;
    audit::Entry::new("account.password")
        .subject("account", caller.account.id, &caller.account.login)
        .write(&tx, &caller)
        .await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

fn cookie(name: &'static str, value: String, secure: bool, lifetime: time::Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(lifetime)
        .finish()
}

async fn view(app: &App, account: &account::Model, csrf_token: &str, grants: Vec<Grant>) -> Result<SessionView> {
    let reach = Reach(grants.iter().map(|grant| grant.scope.clone()).collect());
    let projects = project::Entity::find_in(&reach)
        .order_by_desc(project::Column::CreatedAt)
        .limit(PROJECTS_AT_HAND)
        .all(app.db.reader())
        .await?;
    let held = |permission: &&Permission| grants.iter().any(|grant| permission.is_held_by(grant.role));
    let permissions = Permission::ALL.iter().filter(held).copied().collect();
    let mut shown = Vec::with_capacity(grants.len());
    for grant in grants {
        shown.push(show_grant(app, grant).await?);
    }
    Ok(SessionView {
        account: AccountView {
            id: account.id,
            login: account.login.clone(),
            kind: account.kind,
            name: account.name.clone(),
        },
        csrf_token: csrf_token.to_owned(),
        must_change_password: account.must_change_password,
        grants: shown,
        permissions,
        projects: projects.into_iter().map(|project| ProjectAtHand { id: project.id, name: project.name }).collect(),
    })
}

async fn show_grant(app: &App, grant: Grant) -> Result<GrantView> {
    let db = app.db.reader();
    let (scope_id, scope_name) = match &grant.scope {
        Scope::Nation => (None, None),
        Scope::Region(prefix) => (Some(format!("{prefix:0<6}")), None),
        Scope::Company(id) => {
            (Some(id.to_string()), company::Entity::find_by_id(*id).one(db).await?.map(|row| row.name))
        }
        Scope::Project(id) => {
            (Some(id.to_string()), project::Entity::find_by_id(*id).one(db).await?.map(|row| row.name))
        }
        Scope::Vendor(id) => (Some(id.to_string()), vendor::Entity::find_by_id(*id).one(db).await?.map(|row| row.name)),
    };
    Ok(GrantView { role: grant.role, scope_kind: grant.scope.kind(), scope_id, scope_name })
}
