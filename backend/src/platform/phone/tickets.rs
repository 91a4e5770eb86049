//! What a page in WeChat's browser brings along after a web login, to become a session: it works once, for two minutes.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{
    entity::phone_identity,
    platform::{
        App,
        auth::caller::token_hash,
        web::{Error, Result},
    },
};

const LIFETIME: Duration = Duration::from_secs(120);

fn key(ticket: &str) -> String {
    format!("phone:ticket:{}", token_hash(ticket))
}

/// For whoever has just come back from WeChat.
pub async fn issue(app: &App, identity: &phone_identity::Model) -> Result<String> {
    let ticket = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
    app.cache.set(&key(&ticket), &identity.id.to_string(), LIFETIME).await?;
    Ok(ticket)
}

/// The identity it was issued for.
pub async fn redeem(app: &App, ticket: &str) -> Result<Uuid> {
    let found = if ticket.len() <= 64 { app.cache.take(&key(ticket)).await? } else { None };
    found
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| Error::conflict("ticket", "登录链接已失效，请返回公众号重新打开"))
}
