use actix_web::{HttpResponse, delete, get, post, web::Data};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::session::{self, SessionKind},
    platform::{
        App, audit,
        auth::{Caller, Within, login, roles::ManageTokens},
        types::Text,
        web::{Error, Json, Path, Result},
    },
};

/// A place where one is logged in, or a program with a token.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginView {
    pub id: Uuid,
    pub kind: SessionKind,
    /// The browser, or the name given to a token.
    pub user_agent: String,
    pub ip: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub current: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What the token is for.
    pub name: Text<1, 60>,
}

/// The token, shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedToken {
    pub id: Uuid,
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Where one is logged in.
#[utoipa::path(tag = "session", responses((status = 200, body = Vec<LoginView>)))]
#[get("/sessions")]
pub async fn list(caller: Caller, app: Data<App>) -> Result<Json<Vec<LoginView>>> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(caller.account.id))
        .filter(session::Column::ExpiresAt.gt(Utc::now()))
        .order_by_desc(session::Column::LastSeenAt)
        .all(app.db.reader())
        .await?;
    let current = caller.session.id;
    Ok(Json(rows.into_iter().map(|row| show(row, current)).collect()))
}

fn show(row: session::Model, current: Uuid) -> LoginView {
    let session::Model {
        id,
        account_id: _,
        kind,
        token_hash: _,
        csrf_token: _,
        ip,
        user_agent,
        created_at,
        last_seen_at,
        expires_at,
    } = row;
    LoginView { id, kind, user_agent, ip, created_at, last_seen_at, expires_at, current: id == current }
}

/// Logs out there, or revokes a token.
#[utoipa::path(tag = "session", params(("id" = Uuid, Path)), responses((status = 204)))]
#[delete("/sessions/{id}")]
pub async fn end(caller: Caller, id: Path<Uuid>, app: Data<App>) -> Result<HttpResponse> {
    let tx = app.db.begin().await?;
    let mine = session::Entity::find_by_id(id.0).filter(session::Column::AccountId.eq(caller.account.id));
    let row = mine.one(&tx).await?.ok_or(Error::NotFound)?;
    audit::Entry::new("session.end").subject("session", row.id, &row.user_agent).write(&tx, &caller).await?;
    row.delete(&tx).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A token for a program of one's own, with one's own permissions.
#[utoipa::path(tag = "session", request_body = NewToken, responses((status = 201, body = IssuedToken)))]
#[post("/tokens")]
pub async fn create_token(
    scope: Within<ManageTokens>,
    app: Data<App>,
    Json(body): Json<NewToken>,
) -> Result<HttpResponse> {
    let caller = &scope.actor;
    let (row, token) = login::new_api_token(caller.account.id, body.name.as_str(), &caller.client);
    let tx = app.db.begin().await?;
    let row = row.insert(&tx).await?;
    audit::Entry::new("token.create").subject("session", row.id, body.name.as_str()).write(&tx, caller).await?;
    tx.commit().await?;
    Ok(HttpResponse::Created().json(IssuedToken { id: row.id, token, expires_at: row.expires_at }))
}
