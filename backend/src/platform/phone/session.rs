//! A phone's login: a bearer token that lives for a month.

use actix_web::{HttpMessage, HttpRequest, http::header::AUTHORIZATION, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{phone_session, phone_user},
    platform::{
        App,
        auth::caller::token_hash,
        web::{Client, Error, Result},
    },
};

/// By which a phone's token is told from a program's.
pub const PREFIX: &str = "ph_";
pub const DAYS: i64 = 30;

/// A phone that is logged in.
#[derive(Clone, Debug)]
pub struct Session {
    pub row: phone_session::Model,
    pub user: phone_user::Model,
}

/// Whose phone a request comes from, nobody included: looked up once, whoever asks.
#[derive(Clone)]
struct Known(Option<Session>);

/// Logs a phone in. The token is in the answer and nowhere else.
pub async fn open(
    tx: &impl ConnectionTrait,
    user_id: Uuid,
    identity_id: Option<Uuid>,
    client: &Client,
) -> Result<(phone_session::Model, String)> {
    let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let now = Utc::now();
    let row = phone_session::ActiveModel {
        id: Set(Uuid::now_v7()),
        token_hash: Set(token_hash(&token)),
        phone_user_id: Set(user_id),
        identity_id: Set(identity_id),
        ip: Set(client.ip.to_string()),
        user_agent: Set(client.user_agent.clone()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + TimeDelta::days(DAYS)),
    };
    Ok((row.insert(tx).await?, token))
}

/// The token of a phone, if the request carries one.
pub fn token_of(req: &HttpRequest) -> Option<&str> {
    let header = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    header.strip_prefix("Bearer ").filter(|token| token.starts_with(PREFIX))
}

pub async fn of(req: &HttpRequest) -> Result<Option<Session>> {
    if let Some(known) = req.extensions().get::<Known>() {
        return Ok(known.0.clone());
    }
    let Some(token) = token_of(req) else { return Ok(None) };
    let app = req.app_data::<web::Data<App>>().ok_or_else(|| Error::internal("no App"))?;
    let found = phone_session::Entity::find()
        .filter(phone_session::Column::TokenHash.eq(token_hash(token)))
        .find_also_related(phone_user::Entity)
        .one(app.db.reader())
        .await?;
    let now = Utc::now();
    let session = match found {
        Some((row, Some(user))) if row.expires_at > now => Some(Session { row, user }),
        _ => None,
    };
    if let Some(session) = &session {
        touch(app, &session.row, now).await;
    }
    req.extensions_mut().insert(Known(session.clone()));
    Ok(session)
}

/// The same session as things stand now; nothing once it is over.
pub async fn as_of_now(app: &App, id: Uuid) -> Result<Option<Session>> {
    let found =
        phone_session::Entity::find_by_id(id).find_also_related(phone_user::Entity).one(app.db.reader()).await?;
    Ok(match found {
        Some((row, Some(user))) if row.expires_at > Utc::now() => Some(Session { row, user }),
        _ => None,
    })
}

/// Notes the last call, once a minute at most. A database that cannot take the note now must not stop a read.
async fn touch(app: &App, row: &phone_session::Model, now: DateTime<Utc>) {
    if now - row.last_seen_at < TimeDelta::minutes(1) {
        return;
    }
    let seen = phone_session::ActiveModel { id: Set(row.id), last_seen_at: Set(now), ..Default::default() };
    if let Err(error) = phone_session::Entity::update(seen).exec(app.db.writer()).await {
        tracing::warn!(%error, "a phone's last call was not noted");
    }
}
