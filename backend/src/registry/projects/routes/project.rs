//! One project, for its regulators and for its own staff (JP3–JP6, QH18).

use actix_web::{get, put, web::Data};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{
            Actor, Permission, ProjectScope,
            roles::{EditProjects, ViewProjects},
        },
        types::{Text, blank_as_none},
        web::{IfMatch, Json, Result},
    },
    registry::{
        presence::{Touched, announce},
        projects::{
            ProjectForm, ProjectView,
            overview::{self, Overview},
            query, service,
        },
    },
};

/// Where somebody runs projects or watches over them, and so learns their logins.
pub(super) fn running(actor: &Actor) -> Reach {
    actor.reach(Permission::EditProjects)
}

/// 【详细】
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = ProjectView)))]
#[get("/projects/{project_id}")]
pub async fn show(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<Json<ProjectView>> {
    query::view(app.db.reader(), &running(&scope.actor), &scope.project).await.map(Json)
}

/// 【编辑】
#[utoipa::path(
    tag = "projects",
    params(("project_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ProjectView))
)]
#[put("/projects/{project_id}")]
pub async fn edit(
    scope: ProjectScope<EditProjects>,
    revision: IfMatch,
    form: Json<ProjectForm>,
    app: Data<App>,
) -> Result<Json<ProjectView>> {
    let registers = scope.actor.reach(Permission::RegisterProjects);
    let tx = app.db.begin().await?;
    let project = service::edit(&tx, &scope.project, form.0, &registers, revision, &scope.actor).await?;
    let view = query::view(&tx, &running(&scope.actor), &project).await?;
    tx.commit().await?;
    announce(&app, Touched::Project(project.id)).await;
    Ok(Json(view))
}

/// 【项目总览】
#[utoipa::path(tag = "projects", params(("project_id" = Uuid, Path)), responses((status = 200, body = Overview)))]
#[get("/projects/{project_id}/overview")]
pub async fn show_overview(scope: ProjectScope<ViewProjects>, app: Data<App>) -> Result<Json<Overview>> {
    overview::of(app.db.reader(), &scope.project).await.map(Json)
}

/// Where a project is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionForm {
    longitude: f64,
    latitude: f64,
    /// Left out: the address stays as it is.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    address: Option<Text<2, 200>>,
}

/// 【定位】
#[utoipa::path(
    tag = "projects",
    params(("project_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ProjectView))
)]
#[put("/projects/{project_id}/position")]
pub async fn locate(
    scope: ProjectScope<EditProjects>,
    revision: IfMatch,
    form: Json<PositionForm>,
    app: Data<App>,
) -> Result<Json<ProjectView>> {
    let PositionForm { longitude, latitude, address } = form.0;
    let place = (longitude, latitude, address.map(Text::into_string));
    let tx = app.db.begin().await?;
    let project = service::locate(&tx, &scope.project, place, revision, &scope.actor).await?;
    let view = query::view(&tx, &running(&scope.actor), &project).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// The code of the place that the local government gave out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VenueCodeForm {
    /// Blank takes it away.
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(value_type = Option<String>)]
    venue_code: Option<Text<4, 200>>,
}

/// 【场所码登记】
#[utoipa::path(
    tag = "projects",
    params(("project_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ProjectView))
)]
#[put("/projects/{project_id}/venue-code")]
pub async fn set_venue_code(
    scope: ProjectScope<EditProjects>,
    revision: IfMatch,
    form: Json<VenueCodeForm>,
    app: Data<App>,
) -> Result<Json<ProjectView>> {
    let venue_code = form.0.venue_code.map(Text::into_string);
    let tx = app.db.begin().await?;
    let project = service::set_venue_code(&tx, &scope.project, venue_code, revision, &scope.actor).await?;
    let view = query::view(&tx, &running(&scope.actor), &project).await?;
    tx.commit().await?;
    Ok(Json(view))
}
