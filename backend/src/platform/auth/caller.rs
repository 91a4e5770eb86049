//! Who is calling: the account behind a session cookie or an API token, with its roles.

use std::pin::Pin;

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::roles::Permission;
use crate::{
    entity::{
        Reach, Scope, account,
        role_grant::{self, Role, ScopeKind},
        session::{self, SessionKind},
    },
    platform::{
        App,
        phone::session as phone_sessions,
        types::RegionCode,
        web::{Client, Error, Result, headers::RequestId},
    },
};

pub const COOKIE: &str = "mingce_session";
pub const CSRF_HEADER: &str = "x-csrf-token";

/// A role within a scope.
#[derive(Clone, Debug)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// Somebody logged in, whether or not the first password has been changed. Handlers take [`Actor`] instead, but for
/// those that somebody with a first password needs.
#[derive(Clone, Debug)]
pub struct Caller {
    pub account: account::Model,
    pub session: session::Model,
    pub grants: Vec<Grant>,
    pub client: Client,
    pub request_id: String,
}

impl Caller {
    /// The scopes in which this caller holds a permission.
    pub fn reach(&self, permission: Permission) -> Reach {
        let held = self.grants.iter().filter(|grant| permission.is_held_by(grant.role));
        Reach(held.map(|grant| grant.scope.clone()).collect())
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| permission.is_held_by(grant.role))
    }

    /// The same caller as things stand now, for what outlives a request; nothing once the session is over. Looking
    /// does not keep a session alive.
    pub async fn as_of_now(&self, app: &App) -> Result<Option<Self>> {
        if self.session.kind == SessionKind::Phone {
            let Some(phone) = phone_sessions::as_of_now(app, self.session.id).await? else { return Ok(None) };
            let Ok((account, session)) = on_phone(app, phone).await else { return Ok(None) };
            let grants = grants_of(app, account.id).await?;
            let (client, request_id) = (self.client.clone(), self.request_id.clone());
            return Ok(Some(Self { account, session, grants, client, request_id }));
        }
        let found = session::Entity::find_by_id(self.session.id)
            .find_also_related(account::Entity)
            .one(app.db.reader())
            .await?;
        let Some((session, Some(account))) = found else { return Ok(None) };
        if account.disabled || is_over(&session, app, Utc::now()) {
            return Ok(None);
        }
        let grants = grants_of(app, account.id).await?;
        let (client, request_id) = (self.client.clone(), self.request_id.clone());
        Ok(Some(Self { account, session, grants, client, request_id }))
    }

    /// Everything the caller may see in any role, to tell "not yours" (404) from "not permitted" (403).
    pub fn whole_reach(&self) -> Reach {
        Reach(self.grants.iter().map(|grant| grant.scope.clone()).collect())
    }
}

/// Whom a request was found to come from, nobody included: looked up once, whoever asks.
struct Known(Option<Caller>);

/// How a token is kept: only its hash is on disk.
pub fn token_hash(token: &str) -> String {
    Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            if let Some(known) = req.extensions().get::<Known>() {
                return known.0.clone().ok_or(Error::NotLoggedIn);
            }
            let loaded = match load(&req).await {
                Ok(caller) => Some(caller),
                Err(Error::NotLoggedIn) => None,
                Err(error) => return Err(error),
            };
            req.extensions_mut().insert(Known(loaded.clone()));
            loaded.ok_or(Error::NotLoggedIn)
        })
    }
}

async fn load(req: &HttpRequest) -> Result<Caller> {
    let app = req.app_data::<web::Data<App>>().ok_or_else(|| Error::internal("no App"))?;
    let (account, session) = if phone_sessions::token_of(req).is_some() {
        let phone = phone_sessions::of(req).await?.ok_or(Error::NotLoggedIn)?;
        on_phone(app, phone).await?
    } else {
        in_browser_or_program(app, req).await?
    };
    let grants = grants_of(app, account.id).await?;
    let request_id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Caller { account, session, grants, client: Client::of(req), request_id })
}

/// The account that is bound to a phone, with a session such as everybody has.
async fn on_phone(app: &App, phone: phone_sessions::Session) -> Result<(account::Model, session::Model)> {
    let phone_sessions::Session { row, user } = phone;
    let unbound = || Error::Forbidden("no_account", "请先绑定账号：在【我的】里选择【绑定账号】".into());
    let account_id = user.account_id.ok_or_else(unbound)?;
    let account = account::Entity::find_by_id(account_id).one(app.db.reader()).await?;
    let account = account.filter(|account| !account.disabled).ok_or_else(|| {
        Error::Forbidden("account_disabled", "绑定的账号已停用，请联系发放账号的主管部门或管理员".into())
    })?;
    let session = session::Model {
        id: row.id,
        account_id,
        kind: SessionKind::Phone,
        token_hash: row.token_hash,
        csrf_token: String::new(),
        ip: row.ip,
        user_agent: row.user_agent,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
    };
    Ok((account, session))
}

async fn in_browser_or_program(app: &App, req: &HttpRequest) -> Result<(account::Model, session::Model)> {
    let (token, kind) = token_of(req).ok_or(Error::NotLoggedIn)?;
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash(&token)))
        .find_also_related(account::Entity)
        .one(app.db.reader())
        .await?;
    let Some((session, Some(account))) = found else { return Err(Error::NotLoggedIn) };
    let now = Utc::now();
    if session.kind != kind || account.disabled || is_over(&session, app, now) {
        return Err(Error::NotLoggedIn);
    }
    if kind == SessionKind::Browser && !req.method().is_safe() {
        check_csrf(req, &session)?;
    }
    touch(app, &session, now).await;
    Ok((account, session))
}

fn token_of(req: &HttpRequest) -> Option<(String, SessionKind)> {
    let bearer = req
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if let Some(token) = bearer {
        return Some((token.to_owned(), SessionKind::Api));
    }
    req.cookie(COOKIE).map(|cookie| (cookie.value().to_owned(), SessionKind::Browser))
}

fn is_over(session: &session::Model, app: &App, now: DateTime<Utc>) -> bool {
    let idle = TimeDelta::minutes(app.config.auth.session_idle_minutes);
    session.expires_at <= now || (session.kind == SessionKind::Browser && session.last_seen_at + idle <= now)
}

fn check_csrf(req: &HttpRequest, session: &session::Model) -> Result<()> {
    let header = req.headers().get(CSRF_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if bool::from(header.ct_eq(session.csrf_token.as_bytes())) {
        return Ok(());
    }
    Err(Error::Forbidden("csrf", "页面已过期，请刷新后再试".into()))
}

/// Notes the last call, once a minute at most: a page of twenty requests is one write. A database that cannot
/// take the note right now must not stop a read.
async fn touch(app: &App, session: &session::Model, now: DateTime<Utc>) {
    if now - session.last_seen_at < TimeDelta::minutes(1) {
        return;
    }
    let seen = session::ActiveModel { id: Set(session.id), last_seen_at: Set(now), ..Default::default() };
    if let Err(error) = session::Entity::update(seen).exec(app.db.writer()).await {
        tracing::warn!(%error, "a session's last call was not noted");
    }
}

/// Where an account holds a permission now: for jobs, which run after whoever asked has gone. Nowhere once it is
/// disabled.
pub async fn reach_of(app: &App, account_id: Uuid, permission: Permission) -> Result<Reach> {
    let account = account::Entity::find_by_id(account_id).one(app.db.reader()).await?;
    if account.is_none_or(|account| account.disabled) {
        return Ok(Reach::default());
    }
    let held = grants_of(app, account_id).await?.into_iter().filter(|grant| permission.is_held_by(grant.role));
    Ok(Reach(held.map(|grant| grant.scope).collect()))
}

pub async fn grants_of(app: &App, account_id: Uuid) -> Result<Vec<Grant>> {
    let rows =
        role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(account_id)).all(app.db.reader()).await?;
    Ok(rows.into_iter().filter_map(grant).collect())
}

/// A row whose scope does not fit its kind grants nothing.
fn grant(row: role_grant::Model) -> Option<Grant> {
    let scope = match row.scope_kind {
        ScopeKind::Nation => Scope::Nation,
        ScopeKind::Region => Scope::Region(row.region_code?.parse::<RegionCode>().ok()?.prefix().to_owned()),
        ScopeKind::Company => Scope::Company(row.company_id?),
        ScopeKind::Project => Scope::Project(row.project_id?),
        ScopeKind::Vendor => Scope::Vendor(row.vendor_id?),
    };
    Some(Grant { role: row.role, scope })
}
