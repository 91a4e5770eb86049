//! Logging in by a certificate (SH1), and which certificates an account has.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, post,
    web::{Data, ReqData},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    accounts::managed,
    session::{LetIn, SessionView, let_in},
};
use crate::{
    entity::{
        account,
        account_certificate::{self, Column},
    },
    platform::{
        App, audit,
        auth::{Within, enter, roles::ManageAccounts},
        tls::{ClientCertificate, x509},
        types::Text,
        web::{Client, Created, Error, Json, NoContent, Path, Result, headers::RequestId},
    },
};

/// Nothing: what counts is the certificate the connection was made with. It is asked for so that only our own page can
/// call it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByCertificate {}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCertificate {
    /// As PEM, without its key.
    pub certificate: Text<1, 20_000>,
}

/// A certificate that logs an account in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateView {
    pub id: Uuid,
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    /// SHA-256.
    pub fingerprint: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

fn show(row: account_certificate::Model) -> CertificateView {
    let account_certificate::Model {
        id,
        account_id: _,
        fingerprint,
        subject,
        issuer,
        serial,
        not_before,
        not_after,
        created_at,
        created_by: _,
    } = row;
    CertificateView { id, subject, issuer, serial, fingerprint, not_before, not_after, created_at }
}

/// Logs in the account of the certificate by which this connection was made.
#[utoipa::path(
    tag = "session",
    request_body = ByCertificate,
    responses((status = 200, body = SessionView)),
    security(())
)]
#[post("/session/certificate")]
pub async fn log_in(
    req: HttpRequest,
    client: Client,
    request_id: ReqData<RequestId>,
    app: Data<App>,
    Json(ByCertificate {}): Json<ByCertificate>,
) -> Result<HttpResponse> {
    let shown = req.conn_data::<ClientCertificate>().ok_or(Error::Forbidden(
        "no_certificate",
        "没有读到数字证书：请插好 USB Key 或安装证书，重新打开浏览器后再试".into(),
    ))?;
    let found = account_certificate::Entity::find()
        .filter(Column::Fingerprint.eq(x509::fingerprint(&shown.0)))
        .one(app.db.reader())
        .await?;
    let unknown =
        || Error::Forbidden("certificate_unknown", "该证书没有绑定账号，请联系发放账号的主管部门或管理员".into());
    let row = found.ok_or_else(unknown)?;
    // The connection may be older than the end of the certificate.
    if row.not_after <= Utc::now() {
        return Err(Error::Forbidden("certificate_expired", "证书已过期，请更换证书后重新绑定".into()));
    }
    let account = account::Entity::find_by_id(row.account_id).one(app.db.reader()).await?.ok_or_else(unknown)?;
    if account.disabled {
        return Err(Error::Forbidden("account_disabled", "该账号已停用，请联系发放账号的主管部门或管理员".into()));
    }
    let opened = enter(&app, account, &client, &request_id).await?;
    let LetIn { view, cookies: [session, device] } = let_in(&app, opened).await?;
    Ok(HttpResponse::Ok().cookie(session).cookie(device).json(view))
}

/// An account's certificates.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<CertificateView>)))]
#[get("/accounts/{id}/certificates")]
pub async fn list(scope: Within<ManageAccounts>, id: Path<Uuid>, app: Data<App>) -> Result<Json<Vec<CertificateView>>> {
    let account = of(&scope, app.db.reader(), id.0).await?;
    let rows = account_certificate::Entity::find()
        .filter(Column::AccountId.eq(account.id))
        .order_by_desc(Column::CreatedAt)
        .all(app.db.reader())
        .await?;
    Ok(Json(rows.into_iter().map(show).collect()))
}

/// Lets an account log in by a certificate.
#[utoipa::path(
    tag = "accounts",
    params(("id" = Uuid, Path)),
    request_body = NewCertificate,
    responses((status = 201, body = CertificateView))
)]
#[post("/accounts/{id}/certificates")]
pub async fn add(
    scope: Within<ManageAccounts>,
    id: Path<Uuid>,
    app: Data<App>,
    Json(body): Json<NewCertificate>,
) -> Result<Created<CertificateView>> {
    let refuse = |message: &str| Error::field("certificate", message);
    if body.certificate.as_str().contains("PRIVATE KEY") {
        return Err(refuse("文件里有私钥。私钥不能交给任何人，请只上传证书（.cer、.crt 或 .pem）"));
    }
    let facts = x509::read_pem(body.certificate.as_str())
        .ok_or_else(|| refuse("不是 PEM 格式的证书，请导出 Base64 编码的 .cer、.crt 或 .pem 文件"))?;
    let now = Utc::now();
    if facts.not_after <= now {
        return Err(refuse("证书已过期，请更换证书"));
    }
    let tx = app.db.begin().await?;
    let account = of(&scope, &tx, id.0).await?;
    let row = account_certificate::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account.id),
        fingerprint: Set(facts.fingerprint),
        subject: Set(facts.subject),
        issuer: Set(facts.issuer),
        serial: Set(facts.serial),
        not_before: Set(facts.not_before),
        not_after: Set(facts.not_after),
        created_at: Set(now),
        created_by: Set(Some(scope.actor.account.id)),
    };
    let row = row.insert(&tx).await?;
    audit::Entry::new("account.add_certificate")
        .subject("account", account.id, &account.login)
        .reason(&row.subject)
        .write(&tx, &scope.actor)
        .await?;
    tx.commit().await?;
    Ok(Created(show(row)))
}

/// Takes a certificate off an account.
#[utoipa::path(
    tag = "accounts",
    params(("id" = Uuid, Path), ("certificate_id" = Uuid, Path)),
    responses((status = 204))
)]
#[delete("/accounts/{id}/certificates/{certificate_id}")]
pub async fn remove(scope: Within<ManageAccounts>, ids: Path<(Uuid, Uuid)>, app: Data<App>) -> Result<NoContent> {
    let (account_id, id) = ids.0;
    let tx = app.db.begin().await?;
    let account = of(&scope, &tx, account_id).await?;
    let mine = account_certificate::Entity::find_by_id(id).filter(Column::AccountId.eq(account.id));
    let row = mine.one(&tx).await?.ok_or(Error::NotFound)?;
    audit::Entry::new("account.remove_certificate")
        .subject("account", account.id, &account.login)
        .reason(&row.subject)
        .write(&tx, &scope.actor)
        .await?;
    row.delete(&tx).await?;
    tx.commit().await?;
    Ok(NoContent)
}

async fn of(scope: &Within<ManageAccounts>, db: &impl sea_orm::ConnectionTrait, id: Uuid) -> Result<account::Model> {
    managed(&scope.reach).filter(account::Column::Id.eq(id)).one(db).await?.ok_or(Error::NotFound)
}
