//! 参建单位 over HTTP.

use actix_web::{delete, get, post, put, web::Data};
use uuid::Uuid;

use super::{
    dto::{Unit, UnitEdit, UnitEntry, UnitExit, UnitFilter, UnitRow, UnitUndo},
    exits,
    jobs::ExportUnits,
    query, service, views,
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{
            Actor, Permission, ProjectScope, Within,
            roles::{ManageUnits, ViewUnits},
        },
        exports,
        jobs::Queued,
        web::{Created, Error, IfMatch, Json, NoContent, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::presence::{ExitRules, Touched, announce},
};

/// The units of every project within reach.
#[utoipa::path(tag = "units", params(UnitFilter, PageParams), responses((status = 200, body = Page<Unit>)))]
#[get("/units")]
pub async fn list_all(
    scope: Within<ViewUnits>,
    paging: Paging,
    filter: Query<UnitFilter>,
    app: Data<App>,
) -> Result<Json<Page<Unit>>> {
    page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await
}

/// 【导出】: a job that makes a workbook of everything the list shows.
#[utoipa::path(tag = "units", responses((status = 201, body = Queued)))]
#[post("/units/export")]
pub async fn export(scope: Within<ViewUnits>, job: Json<ExportUnits>, app: Data<App>) -> Result<Created<Queued>> {
    exports::queue(&app, &scope.actor, "unit.export", "参建单位", job.0).await.map(Created)
}

/// A project's units.
#[utoipa::path(tag = "units", params(UnitFilter, PageParams, ("project_id" = Uuid, Path)), responses((status = 200, body = Page<Unit>)))]
#[get("/projects/{project_id}/units")]
pub async fn list(
    scope: ProjectScope<ViewUnits>,
    paging: Paging,
    filter: Query<UnitFilter>,
    app: Data<App>,
) -> Result<Json<Page<Unit>>> {
    page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await
}

/// 【添加参建单位】
#[utoipa::path(tag = "units", params(("project_id" = Uuid, Path)), responses((status = 201, body = Unit)))]
#[post("/projects/{project_id}/units")]
pub async fn enter(scope: ProjectScope<ManageUnits>, input: Json<UnitEntry>, app: Data<App>) -> Result<Created<Unit>> {
    let tx = app.db.begin().await?;
    let made = service::enter(&tx, &scope.actor, &scope.project, input.0).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, made.id).await.map(Created)
}

/// A unit.
#[utoipa::path(tag = "units", params(("project_id" = Uuid, Path)), responses((status = 200, body = Unit)))]
#[get("/projects/{project_id}/units/{unit_id}")]
pub async fn show(scope: ProjectScope<ViewUnits>, path: Path<(Uuid, Uuid)>, app: Data<App>) -> Result<Json<Unit>> {
    one(&app, &scope.actor, &scope.reach, path.0.1).await.map(Json)
}

/// Changes a unit.
#[utoipa::path(
    tag = "units", params(("project_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Unit))
)]
#[put("/projects/{project_id}/units/{unit_id}")]
pub async fn edit(
    scope: ProjectScope<ManageUnits>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    input: Json<UnitEdit>,
    app: Data<App>,
) -> Result<Json<Unit>> {
    let tx = app.db.begin().await?;
    let after = service::edit(&tx, &scope.actor, &scope.project, path.0.1, if_match, input.0).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, after.id).await.map(Json)
}

/// 【删除】 of a unit that nothing refers to.
#[utoipa::path(tag = "units", params(("project_id" = Uuid, Path)), responses((status = 204)))]
#[delete("/projects/{project_id}/units/{unit_id}")]
pub async fn delete(scope: ProjectScope<ManageUnits>, path: Path<(Uuid, Uuid)>, app: Data<App>) -> Result<NoContent> {
    let tx = app.db.begin().await?;
    service::delete(&tx, &scope.actor, &scope.project, path.0.1).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// 【退场】. While crews or people are on site it is refused (409 `still_on_site`), unless `with_crews` is set.
#[utoipa::path(tag = "units", params(("project_id" = Uuid, Path)), responses((status = 200, body = Unit)))]
#[post("/projects/{project_id}/units/{unit_id}/exit")]
pub async fn exit(
    scope: ProjectScope<ManageUnits>,
    path: Path<(Uuid, Uuid)>,
    input: Json<UnitExit>,
    app: Data<App>,
) -> Result<Json<Unit>> {
    let rules = ExitRules::of(&app, &scope.project.region_code).await?;
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| exits::exit(tx, actor, project, id, input.0.clone(), rules).await).await?;
    announce(&app, Touched::Project(project.id)).await;
    one(&app, actor, &scope.reach, id).await.map(Json)
}

/// Takes an exit back, with the crews and people that left by it.
#[utoipa::path(tag = "units", params(("project_id" = Uuid, Path)), responses((status = 200, body = Unit)))]
#[post("/projects/{project_id}/units/{unit_id}/undo-exit")]
pub async fn undo_exit(
    scope: ProjectScope<ManageUnits>,
    path: Path<(Uuid, Uuid)>,
    input: Json<UnitUndo>,
    app: Data<App>,
) -> Result<Json<Unit>> {
    let rules = ExitRules::of(&app, &scope.project.region_code).await?;
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| exits::undo(tx, actor, project, id, input.0.clone(), rules).await).await?;
    announce(&app, Touched::Project(project.id)).await;
    one(&app, actor, &scope.reach, id).await.map(Json)
}

async fn page(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    filter: &UnitFilter,
    paging: &Paging,
) -> Result<Json<Page<Unit>>> {
    let page = query::page(app.db.reader(), reach, filter, paging).await?;
    let items = shown(app, actor, page.items).await?;
    Ok(Json(paging.page_of(items, page.total)))
}

async fn one(app: &App, actor: &Actor, reach: &Reach, id: Uuid) -> Result<Unit> {
    let row = query::row(app.db.reader(), reach, id).await?;
    shown(app, actor, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn shown(app: &App, actor: &Actor, rows: Vec<UnitRow>) -> Result<Vec<Unit>> {
    let undo_days = views::undo_days(app, &rows).await?;
    views::shown(app.db.reader(), &actor.reach(Permission::ManageUnits), rows, &undo_days).await
}
