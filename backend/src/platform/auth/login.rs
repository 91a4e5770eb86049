//! Logging in: captcha, brakes against guessing, password, session.
//!
//! Two brakes. Wrong passwords from one address lock that address out of that account for a while; browsers that have
//! logged in with the account before are counted apart, so that a neighbour behind the same address cannot use up the
//! owner's tries. Wrong passwords from everywhere together slow down only browsers nobody knows: whoever knows just the
//! account's name cannot keep its owner out.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use sha2::Sha256;
use uuid::Uuid;

use super::{caller::token_hash, password};
use crate::{
    entity::{
        account::{self, AccountKind},
        session::{self, SessionKind},
    },
    platform::{
        App, audit,
        web::{Client, Error, Result, headers::RequestId},
    },
};

pub const DEVICE_COOKIE: &str = "mingce_device";
const HOUR: Duration = Duration::from_secs(3600);
/// How long a browser nobody knows waits between tries while an account is being guessed at from everywhere.
const UNKNOWN_BROWSER_WAITS: Duration = Duration::from_secs(30);
const API_TOKEN_DAYS: i64 = 365;

pub struct Attempt<'a> {
    pub login: &'a str,
    pub password: String,
    /// The tab of the login page, if it was one: it must be the account's own.
    pub kind: Option<AccountKind>,
    /// What the browser kept from an earlier login, if any.
    pub device: Option<String>,
    pub client: &'a Client,
    pub request_id: &'a RequestId,
}

/// A session just made; the token is in no log and not on disk.
pub struct Opened {
    pub account: account::Model,
    pub session: session::Model,
    pub token: String,
    pub device: String,
}

pub async fn log_in(app: &App, attempt: Attempt<'_>) -> Result<Opened> {
    let account = check(app, &attempt).await?;
    enter(app, account, attempt.client, attempt.request_id).await
}

/// Logs an account in whose owner has proved to be it.
pub async fn enter(app: &App, account: account::Model, client: &Client, request_id: &RequestId) -> Result<Opened> {
    let device = device_mark(app, account.id);
    let (session, token) = open(app, &account, client, request_id).await?;
    Ok(Opened { account, session, token, device })
}

/// The account whose password this is, for whoever wants no session: with the same brakes as at the login page.
pub async fn check_password(
    app: &App,
    login: &str,
    password: String,
    client: &Client,
    request_id: &RequestId,
) -> Result<account::Model> {
    check(app, &Attempt { login, password, kind: None, device: None, client, request_id }).await
}

async fn check(app: &App, attempt: &Attempt<'_>) -> Result<account::Model> {
    let login = attempt.login.trim().to_lowercase();
    let account = account::Entity::find().filter(account::Column::Login.eq(&login)).one(app.db.reader()).await?;
    let known =
        account.as_ref().is_some_and(|account| attempt.device.as_deref() == Some(&device_mark(app, account.id)));
    let brakes = Brakes::new(app, &login, attempt.client, known);
    brakes.check().await?;

    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let matches = password::verify(attempt.password.clone(), stored).await?;
    let Some(account) = account else { return Err(brakes.failed().await) };
    if !matches || account.disabled {
        let refusal = brakes.failed().await;
        let reason = if account.disabled { "账号已停用" } else { "密码不正确" };
        note_failure(app, &account, attempt, reason, brakes.is_locked().await).await?;
        return Err(refusal);
    }
    brakes.release().await;
    if let Some(chosen) = attempt.kind.filter(|kind| *kind != account.kind) {
        note_failure(app, &account, attempt, "登录入口不正确", false).await?;
        return Err(Error::field("account", wrong_tab(chosen, account.kind)));
    }
    Ok(account)
}

/// Whoever tried is not known to be the account's owner, but its owner is to read of it. Tries at logins that do not
/// exist are nobody's to read: what stands there is often a password typed one field too high.
async fn note_failure(
    app: &App,
    account: &account::Model,
    attempt: &Attempt<'_>,
    reason: &str,
    locked: bool,
) -> Result<()> {
    let mut entry =
        audit::Entry::new("account.login_failed").subject("account", account.id, &account.login).reason(reason);
    if locked {
        entry = entry.created(&json!({ "locked_minutes": app.config.auth.lockout_minutes }));
    }
    let (client, request_id) = (attempt.client, attempt.request_id);
    entry.write_as(app.db.writer(), Some(account.id), "未登录", &client.ip.to_string(), &request_id.0).await
}

fn wrong_tab(chosen: AccountKind, own: AccountKind) -> String {
    let name = |kind| match kind {
        AccountKind::Admin => "平台管理",
        AccountKind::Regulator => "监管登录",
        AccountKind::Company => "企业登录",
        AccountKind::Project => "项目登录",
        AccountKind::Vendor => "服务商登录",
    };
    format!("该账号不能从【{}】登录，请切换到【{}】", name(chosen), name(own))
}

async fn open(
    app: &App,
    account: &account::Model,
    client: &Client,
    request_id: &RequestId,
) -> Result<(session::Model, String)> {
    let (row, token) =
        new_session(account.id, SessionKind::Browser, client, TimeDelta::hours(app.config.auth.session_hours));
    let tx = app.db.begin().await?;
    let session = row.insert(&tx).await?;
    audit::Entry::new("account.login")
        .subject("account", account.id, &account.login)
        .write_as(&tx, Some(account.id), &account.name, &client.ip.to_string(), &request_id.0)
        .await?;
    tx.commit().await?;
    Ok((session, token))
}

fn new_session(
    account_id: Uuid,
    kind: SessionKind,
    client: &Client,
    lifetime: TimeDelta,
) -> (session::ActiveModel, String) {
    let (token, now) = (random_token(), Utc::now());
    let row = session::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account_id),
        kind: Set(kind),
        token_hash: Set(token_hash(&token)),
        csrf_token: Set(random_token()),
        ip: Set(client.ip.to_string()),
        user_agent: Set(client.user_agent.clone()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + lifetime),
    };
    (row, token)
}

/// A token for a program, shown once. Its name stands where a browser's would.
pub fn new_api_token(account_id: Uuid, name: &str, client: &Client) -> (session::ActiveModel, String) {
    let program = Client { ip: client.ip, user_agent: name.to_owned() };
    new_session(account_id, SessionKind::Api, &program, TimeDelta::days(API_TOKEN_DAYS))
}

fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What a browser keeps to be known by: worthless for logging in, and for any other account.
fn device_mark(app: &App, account_id: Uuid) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&app.keys.derive("device")) else { return String::new() };
    mac.update(account_id.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

struct Brakes<'a> {
    app: &'a App,
    known_browser: bool,
    here: String,
    anywhere: String,
    lockout: Duration,
}

impl<'a> Brakes<'a> {
    fn new(app: &'a App, login: &str, client: &Client, known_browser: bool) -> Self {
        let lockout = Duration::from_secs(app.config.auth.lockout_minutes * 60);
        let whose = if known_browser { "known" } else { "unknown" };
        Self {
            app,
            known_browser,
            here: format!("login-failures:{login}:{}:{whose}", client.ip),
            anywhere: format!("login-failures:{login}"),
            lockout,
        }
    }

    async fn count(&self, key: &str) -> u64 {
        // Without the cache nobody is braked: better than nobody getting in.
        let stored = self.app.cache.get(&format!("{key}:count")).await.unwrap_or_default();
        stored.and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    async fn is_locked(&self) -> bool {
        self.count(&self.here).await >= self.app.config.auth.max_failures
    }

    async fn check(&self) -> Result<()> {
        let auth = &self.app.config.auth;
        if self.is_locked().await {
            let minutes = auth.lockout_minutes;
            return Err(Error::TooMany(
                self.lockout.as_secs(),
                format!("密码错误次数过多，请 {minutes} 分钟后再试").into(),
            ));
        }
        if !self.known_browser && self.count(&self.anywhere).await >= auth.max_failures_anywhere {
            let gap = format!("{}:gap", self.anywhere);
            if let Ok(false) = self.app.cache.set_new(&gap, "1", UNKNOWN_BROWSER_WAITS).await {
                return Err(Error::TooMany(
                    UNKNOWN_BROWSER_WAITS.as_secs(),
                    "该账号正被多次尝试登录，请 30 秒后再试".into(),
                ));
            }
        }
        Ok(())
    }

    /// Counts a failure and says the same for a wrong password, an unknown account and a disabled one.
    async fn failed(&self) -> Error {
        for (key, window) in [(&self.here, self.lockout), (&self.anywhere, HOUR)] {
            match self.app.cache.hit(key, window).await {
                Ok(count) => drop(self.app.cache.set(&format!("{key}:count"), &count.to_string(), window).await),
                Err(error) => tracing::warn!(%error, "a failed login was not counted"),
            }
        }
        let left = self.app.config.auth.max_failures.saturating_sub(self.count(&self.here).await);
        let message = if left <= 2 {
            format!("账号或密码不正确，还可以试 {left} 次")
        } else {
            "账号或密码不正确".to_owned()
        };
        Error::field("password", message)
    }

    async fn release(&self) {
        for key in [self.here.clone(), format!("{}:count", self.here)] {
            drop(self.app.cache.delete(&key).await);
        }
    }
}
