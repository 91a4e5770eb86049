//! 【考勤异议】 of a project, and over all projects within reach.

use actix_web::{get, post, web::Data};
use uuid::Uuid;

use super::{
    dto::{ObjectionAnswer, ObjectionCounts, ObjectionFilter, ObjectionRow},
    query, service,
};
use crate::platform::{
    App,
    auth::{
        ProjectScope, Within,
        roles::{ManageAttendance, ViewAttendance},
    },
    jobs,
    web::{IfMatch, Json, Page, PageParams, Paging, Path, Query, Result},
};

/// What a project's workers object to, the last first. Sorts by `created_at`, `day`, `answered_at`.
#[utoipa::path(tag = "objections", params(("project_id" = Uuid, Path), ObjectionFilter, PageParams), responses((status = 200, body = Page<ObjectionRow>)))]
#[get("/projects/{project_id}/objections")]
pub async fn list(
    scope: ProjectScope<ViewAttendance>,
    paging: Paging,
    filter: Query<ObjectionFilter>,
    app: Data<App>,
) -> Result<Json<Page<ObjectionRow>>> {
    query::page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await.map(Json)
}

/// How many wait for an answer.
#[utoipa::path(tag = "objections", params(("project_id" = Uuid, Path)), responses((status = 200, body = ObjectionCounts)))]
#[get("/projects/{project_id}/objections/counts")]
pub async fn counts(scope: ProjectScope<ViewAttendance>, app: Data<App>) -> Result<Json<ObjectionCounts>> {
    query::counts(&app, &scope.reach).await.map(Json)
}

/// What workers on all projects within reach object to.
#[utoipa::path(tag = "objections", params(ObjectionFilter, PageParams), responses((status = 200, body = Page<ObjectionRow>)))]
#[get("/objections")]
pub async fn list_all(
    scope: Within<ViewAttendance>,
    paging: Paging,
    filter: Query<ObjectionFilter>,
    app: Data<App>,
) -> Result<Json<Page<ObjectionRow>>> {
    query::page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await.map(Json)
}

/// How many wait for an answer, on all projects within reach.
#[utoipa::path(tag = "objections", responses((status = 200, body = ObjectionCounts)))]
#[get("/objections/counts")]
pub async fn counts_all(scope: Within<ViewAttendance>, app: Data<App>) -> Result<Json<ObjectionCounts>> {
    query::counts(&app, &scope.reach).await.map(Json)
}

/// 【答复】: accepted or refused, with words. Whoever objected is told.
#[utoipa::path(
    tag = "objections",
    params(("project_id" = Uuid, Path), ("objection_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ObjectionRow))
)]
#[post("/projects/{project_id}/objections/{objection_id}/answer")]
pub async fn answer(
    scope: ProjectScope<ManageAttendance>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    app: Data<App>,
    form: Json<ObjectionAnswer>,
) -> Result<Json<ObjectionRow>> {
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| service::answer(tx, actor, project, (id, if_match), &form.0).await).await?;
    jobs::wake(&app).await;
    query::one(&app, actor, &scope.reach, id).await.map(Json)
}
