//! Files in and out.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{HttpResponse, get, http::header, post, web};
use chrono::Utc;
use sea_orm::EntityTrait;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Disposition, FilesError, Owner, Purpose, form,
    service::{self, FileView},
};
use crate::{
    entity::stored_file,
    platform::{
        App,
        auth::{Actor, captcha},
        phone::PhoneUser,
        web::{Client, Error, Json, Path, Query, Result, limit},
    },
};

/// From one address; an office may share one.
const PROOFS_AN_HOUR: u64 = 30;
const BY_PHONE_AN_HOUR: u64 = 100;

/// The form of an upload, for the API document.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `form::read` reads")]
pub struct UploadForm {
    purpose: Purpose,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Keeps an uploaded file until a form refers to it. Pictures come out as JPEG without metadata.
#[utoipa::path(
    tag = "files",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = OK, body = FileView))
)]
#[post("/files")]
pub async fn upload(app: web::Data<App>, actor: Actor, form: Multipart) -> Result<Json<FileView>> {
    let upload = form::read(&app.files, form).await?;
    let file = service::store(&app, Some(actor.account.id), upload).await?;
    Ok(Json(FileView::of(&app, &file)))
}

/// The same for a worker's own phone.
#[utoipa::path(
    tag = "phone",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = OK, body = FileView))
)]
#[post("/phone/files")]
pub async fn upload_by_phone(app: web::Data<App>, phone: PhoneUser, form: Multipart) -> Result<Json<FileView>> {
    let message = "上传次数过多，请一小时后再试";
    let hour = Duration::from_secs(3600);
    limit(&app.cache, &format!("files:phone:{}", phone.user.id), BY_PHONE_AN_HOUR, hour, message).await?;
    let photo = form::read(&app.files, form).await?;
    let file = service::store(&app, Owner::Phone(phone.user.id), photo).await?;
    Ok(Json(FileView::of(&app, &file)))
}

/// Keeps the proof file of somebody without an account: one picture of letters, one file. A form that claims the
/// file has therefore passed the captcha.
#[utoipa::path(
    tag = "files",
    params(captcha::Solution),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    security(()),
    responses((status = OK, body = FileView))
)]
#[post("/public/files")]
pub async fn upload_proof(
    app: web::Data<App>,
    client: Client,
    solution: Query<captcha::Solution>,
    form: Multipart,
) -> Result<Json<FileView>> {
    let hour = Duration::from_secs(3600);
    // Without a cache the captcha refuses; this brake need not.
    let sent = app.cache.hit(&format!("proofs:{}", client.ip), hour).await.unwrap_or_default();
    if sent > PROOFS_AN_HOUR {
        return Err(Error::TooMany(3600, "上传次数过多，请一小时后再试".into()));
    }
    captcha::verify(&app, &solution.0).await?;
    let proof = form::read(&app.files, form).await?;
    if proof.purpose != Purpose::Document {
        return Err(Error::field("purpose", "此处只能上传证明文件"));
    }
    let file = service::store(&app, None, proof).await?;
    Ok(Json(FileView::of(&app, &file)))
}

/// The parts of a signed link.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Signed {
    /// When the link expires, in seconds since 1970.
    e: i64,
    /// The signature.
    s: String,
    /// 1: download instead of showing.
    d: Option<u8>,
}

/// A file by its signed link; whoever holds the link may read it until it expires.
#[utoipa::path(
    tag = "files",
    params(("id" = Uuid, Path), Signed),
    security(()),
    responses((status = OK, body = [u8], content_type = "application/octet-stream"))
)]
#[get("/files/{id}")]
pub async fn download(app: web::Data<App>, id: Path<Uuid>, link: Query<Signed>) -> Result<HttpResponse> {
    let Signed { e: expires, s: signature, d } = link.0;
    let disposition = if d.is_some() { Disposition::Attachment } else { Disposition::Inline };
    if !app.files.links.verify(id.0, expires, disposition, &signature) {
        return Err(Error::Forbidden("link_expired", "链接已失效，请刷新页面后再试".into()));
    }
    let file = stored_file::Entity::find_by_id(id.0).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    let object = app.files.get(&file.storage_key).await?;
    let age = (expires - Utc::now().timestamp()).max(0);
    Ok(HttpResponse::Ok()
        .content_type(file.content_type.as_str())
        .insert_header((header::CONTENT_DISPOSITION, content_disposition(&file, disposition)))
        .insert_header((header::CACHE_CONTROL, format!("private, max-age={age}, immutable")))
        // Should a browser ever take an upload for a page, that page can do nothing.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .insert_header(header::ContentEncoding::Identity)
        .no_chunking(object.size)
        .streaming(object.stream))
}

/// Only pictures are ever shown: they have been encoded by us.
fn content_disposition(file: &stored_file::Model, asked: Disposition) -> header::ContentDisposition {
    use header::{Charset, DispositionParam, DispositionType, ExtendedValue};
    let shown = asked == Disposition::Inline && file.content_type.starts_with("image/");
    let name = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: file.name.clone().into_bytes(),
    };
    header::ContentDisposition {
        disposition: if shown { DispositionType::Inline } else { DispositionType::Attachment },
        parameters: vec![DispositionParam::FilenameExt(name)],
    }
}

impl From<FilesError> for Error {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::NotFound => Self::NotFound,
            FilesError::Store(_) | FilesError::Folder(_) => Self::Unavailable(error.to_string()),
        }
    }
}
