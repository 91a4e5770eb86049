use actix_web::{HttpResponse, get, http::header, web::Data};
use chrono::{NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    platform::{
        App,
        web::{Error, Path, Query, Result},
    },
    site::attendance::photos::{self, PhotoKey},
};

/// The parts of a signed link.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Signed {
    /// When the link expires, in seconds since 1970.
    e: i64,
    /// The signature.
    s: String,
}

/// The photo of a punch by its signed link; whoever holds the link may see it until it expires.
#[utoipa::path(
    tag = "attendance",
    params(("project_id" = Uuid, Path), ("received_on" = NaiveDate, Path), ("punch_id" = Uuid, Path), Signed),
    security(()),
    responses((status = OK, body = [u8], content_type = "image/jpeg"))
)]
#[get("/punch-photos/{project_id}/{received_on}/{punch_id}")]
pub async fn photo(app: Data<App>, path: Path<(Uuid, NaiveDate, Uuid)>, link: Query<Signed>) -> Result<HttpResponse> {
    let (project_id, received_on, punch_id) = path.0;
    let key = PhotoKey { project_id, received_on, punch_id };
    let Signed { e: expires, s: signature } = link.0;
    if !app.files.links.opens(&key.path(), expires, &signature) {
        return Err(Error::Forbidden("link_expired", "链接已失效，请刷新页面后再试".into()));
    }
    let bytes = photos::read(&app, key).await?;
    let age = (expires - Utc::now().timestamp()).max(0);
    Ok(HttpResponse::Ok()
        // As devices sent it, whatever it is: a browser takes it for a picture or for nothing.
        .content_type("image/jpeg")
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .insert_header((header::CACHE_CONTROL, format!("private, max-age={age}, immutable")))
        .insert_header(header::ContentEncoding::Identity)
        .body(bytes))
}
