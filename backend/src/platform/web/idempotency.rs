//! A creating call with an `Idempotency-Key` happens once: its repeat gets the first one's answer.
//!
//! The key is claimed on disk before the handler runs. A process killed in between leaves the claim behind, so the
//! repeat is told to look first (409) instead of creating a second row.

use actix_web::{
    Error as ActixError, FromRequest, HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    web,
};
use chrono::{TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, ModelTrait, sea_query::OnConflict};
use sha2::{Digest, Sha256};

use super::{Error, Result, extract::read_limited};
use crate::{
    entity::idempotency,
    platform::{App, auth::Caller, phone::session},
};

const HEADER: &str = "idempotency-key";
/// An unfinished claim older than this belongs to a process that is gone.
const ABANDONED: TimeDelta = TimeDelta::minutes(10);
const PENDING: i32 = 0;
const SEALED_AS: &str = "idempotency.body";

pub async fn once(mut req: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let Some(key) = key_of(&req)? else { return next.call(req).await };
    let Some(owner) = owner_of(&req).await else { return next.call(req).await };
    let app = req.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::internal("no App"))?;

    // The largest body any route takes, of somebody who is logged in; the route's own limit stands before its handler.
    let largest = app.config.server.upload_limit.max(app.config.server.json_limit);
    let body = read_limited(req.take_payload(), largest).await?;
    let fingerprint = fingerprint(req.path(), &body);
    req.set_payload(Payload::from(body));
    let id = (owner, key);
    if let Some(earlier) = claim(&app, &id, &fingerprint).await? {
        return Ok(req.into_response(replay(&app, earlier, &fingerprint)?));
    }
    let response = match next.call(req).await {
        Ok(response) => response,
        Err(error) => {
            release(&app, id).await?;
            return Err(error);
        }
    };
    settle(&app, id, response).await
}

/// Whose keys these are: an account's, or those of somebody with a phone and no account.
async fn owner_of(req: &ServiceRequest) -> Option<uuid::Uuid> {
    if let Ok(caller) = Caller::extract(req.request()).await {
        return Some(caller.account.id);
    }
    session::of(req.request()).await.ok().flatten().map(|phone| phone.user.id)
}

fn key_of(req: &ServiceRequest) -> Result<Option<String>> {
    // Uploads are large and harmless to repeat; what refers to them is what must happen once.
    let is_json = req
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/json"));
    let Some(key) = req.headers().get(HEADER).filter(|_| req.method() == Method::POST && is_json) else {
        return Ok(None);
    };
    match key.to_str() {
        Ok(key) if (8..=100).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Error::Malformed("Idempotency-Key 须为 8 到 100 个字符".to_owned())),
    }
}

fn fingerprint(path: &str, body: &[u8]) -> String {
    let digest = Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

type Id = (uuid::Uuid, String);

/// Takes the key, or gives what an earlier call with it left.
async fn claim(app: &App, (account_id, key): &Id, fingerprint: &str) -> Result<Option<idempotency::Model>> {
    let row = idempotency::ActiveModel {
        account_id: Set(*account_id),
        key: Set(key.clone()),
        fingerprint: Set(fingerprint.to_owned()),
        status: Set(PENDING),
        body: Set(String::new()),
        created_at: Set(Utc::now()),
    };
    let unless_there =
        OnConflict::columns([idempotency::Column::AccountId, idempotency::Column::Key]).do_nothing().to_owned();
    let inserted =
        idempotency::Entity::insert(row).on_conflict(unless_there).exec_without_returning(app.db.writer()).await?;
    if inserted == 1 {
        return Ok(None);
    }
    Ok(idempotency::Entity::find_by_id((*account_id, key.clone())).one(app.db.writer()).await?)
}

fn replay(app: &App, earlier: idempotency::Model, fingerprint: &str) -> Result<HttpResponse> {
    if earlier.fingerprint != fingerprint {
        return Err(Error::conflict("idempotency_key_reused", "同一请求编号被用于不同的内容，请刷新页面后再试"));
    }
    if earlier.status == PENDING {
        let abandoned = Utc::now() - earlier.created_at > ABANDONED;
        let message = if abandoned {
            "上次提交的结果未知，请先在列表中查看是否已成功"
        } else {
            "相同的请求正在处理，请稍候"
        };
        return Err(Error::conflict("in_progress", message));
    }
    let status =
        u16::try_from(earlier.status).ok().and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::OK);
    let body = app.keys.open(SEALED_AS, &earlier.body).map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("application/json")
        .insert_header(("idempotent-replayed", "true"))
        .body(body))
}

/// Keeps what the call answered, unless it may well be tried again: refused input and failures free the key.
async fn settle(app: &App, id: Id, response: ServiceResponse<BoxBody>) -> Result<ServiceResponse<BoxBody>, ActixError> {
    if !response.status().is_success() {
        release(app, id).await?;
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let status = response.status();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| Error::internal("the answer's body ended early"))?;
    let row = idempotency::ActiveModel {
        account_id: Set(id.0),
        key: Set(id.1),
        status: Set(i32::from(status.as_u16())),
        // It may hold a first password or a token, which are nowhere on disk in clear.
        body: Set(app.keys.seal(SEALED_AS, &String::from_utf8_lossy(&body))),
        ..Default::default()
    };
    idempotency::Entity::update(row).exec(app.db.writer()).await.map_err(Error::from)?;
    Ok(ServiceResponse::new(request, head.set_body(body.boxed())))
}

async fn release(app: &App, id: Id) -> Result<()> {
    if let Some(row) = idempotency::Entity::find_by_id(id).one(app.db.writer()).await? {
        row.delete(app.db.writer()).await?;
    }
    Ok(())
}
