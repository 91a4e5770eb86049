//! 【项目二维码】: show, download, print, revoke (SH4).

use actix_web::{
    HttpResponse, get,
    http::header::{CONTENT_DISPOSITION, ContentType},
    post,
    web::Data,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    entity::project_code,
    platform::{
        App,
        auth::{
            ProjectScope,
            roles::{EditProjects, ViewProjects},
        },
        web::{Json, Result},
    },
    registry::projects::{codes, qr, service::refuse_cancelled},
};

/// Where a project's QR code leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeLink {
    pub code: String,
    pub link: String,
    /// Since when this one is valid.
    pub created_at: DateTime<Utc>,
}

impl CodeLink {
    fn of(app: &App, code: project_code::Model) -> Self {
        Self { link: qr::link(app, &code.code), code: code.code, created_at: code.created_at }
    }
}

/// What the project's QR code says.
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = CodeLink)))]
#[get("/projects/{project_id}/code")]
pub async fn link(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<Json<CodeLink>> {
    refuse_cancelled(&scope.project)?;
    Ok(Json(CodeLink::of(&app, codes::current(&app, &scope.project).await?)))
}

/// 【作废并更换】: pictures of the code that are about lead nowhere any more.
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = CodeLink)))]
#[post("/projects/{project_id}/code/renew")]
pub async fn renew(scope: ProjectScope<EditProjects>, app: Data<App>) -> Result<Json<CodeLink>> {
    let renew = async |tx: &_| codes::renew(tx, &scope.actor, &scope.project).await;
    Ok(Json(CodeLink::of(&app, app.db.transaction(renew).await?)))
}

/// The project's QR code, for the screen and for print.
#[utoipa::path(
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = String, content_type = "image/svg+xml"))
)]
#[get("/projects/{project_id}/qr.svg")]
pub async fn svg(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<HttpResponse> {
    refuse_cancelled(&scope.project)?;
    let code = codes::current(&app, &scope.project).await?;
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(qr::svg(&qr::link(&app, &code.code))?))
}

/// The project's QR code as a file.
#[utoipa::path(
    tag = "projects",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = [u8], content_type = "image/png"))
)]
#[get("/projects/{project_id}/qr.png")]
pub async fn png(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<HttpResponse> {
    refuse_cancelled(&scope.project)?;
    let code = codes::current(&app, &scope.project).await?;
    let picture = qr::png(&app, &code.code).await?;
    let name = format!("attachment; filename=\"project-{}.png\"", scope.project.number);
    Ok(HttpResponse::Ok().insert_header(ContentType::png()).insert_header((CONTENT_DISPOSITION, name)).body(picture))
}
