//! 【项目二维码】: show, download, print (SH4).

use actix_web::{
    HttpResponse, get,
    http::header::{CONTENT_DISPOSITION, ContentType},
    web::Data,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    platform::{
        App,
        auth::{ProjectScope, roles::ViewProjects},
        web::{Json, Result},
    },
    registry::projects::{qr, service::refuse_cancelled},
};

/// Where a project's QR code leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeLink {
    pub link: String,
}

/// What the project's QR code says.
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = CodeLink)))]
#[get("/projects/{project_id}/code")]
pub async fn link(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<Json<CodeLink>> {
    refuse_cancelled(&scope.project)?;
    Ok(Json(CodeLink { link: qr::link(&app, &scope.project) }))
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
    let picture = qr::svg(&qr::link(&app, &scope.project))?;
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(picture))
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
    let picture = qr::png(&qr::link(&app, &scope.project))?;
    let name = format!("attachment; filename=\"project-{}.png\"", scope.project.number);
    Ok(HttpResponse::Ok().insert_header(ContentType::png()).insert_header((CONTENT_DISPOSITION, name)).body(picture))
}
