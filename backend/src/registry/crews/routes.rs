//! 班组 over HTTP.

use actix_web::{delete, get, post, put, web::Data};
use uuid::Uuid;

use super::{
    dto::{Crew, CrewExit, CrewFilter, CrewInput, CrewRow, CrewUndo, NewCrew},
    exits,
    jobs::ExportCrews,
    query, service, views,
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::{
            Actor, Permission, ProjectScope, Within,
            roles::{ManageCrews, ViewCrews},
        },
        exports,
        jobs::Queued,
        web::{Created, Error, IfMatch, Json, NoContent, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::presence::{ExitRules, Touched, announce},
};

/// The crews of every project within reach.
#[utoipa::path(tag = "crews", params(CrewFilter, PageParams), responses((status = 200, body = Page<Crew>)))]
#[get("/crews")]
pub async fn list_all(
    scope: Within<ViewCrews>,
    paging: Paging,
    filter: Query<CrewFilter>,
    app: Data<App>,
) -> Result<Json<Page<Crew>>> {
    page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await
}

/// 【导出】: a job that makes a workbook of everything the list shows.
#[utoipa::path(tag = "crews", responses((status = 201, body = Queued)))]
#[post("/crews/export")]
pub async fn export(scope: Within<ViewCrews>, job: Json<ExportCrews>, app: Data<App>) -> Result<Created<Queued>> {
    exports::queue(&app, &scope.actor, "crew.export", "班组", job.0).await.map(Created)
}

/// A project's crews.
#[utoipa::path(tag = "crews", params(CrewFilter, PageParams, ("project_id" = Uuid, Path)), responses((status = 200, body = Page<Crew>)))]
#[get("/projects/{project_id}/crews")]
pub async fn list(
    scope: ProjectScope<ViewCrews>,
    paging: Paging,
    filter: Query<CrewFilter>,
    app: Data<App>,
) -> Result<Json<Page<Crew>>> {
    page(&app, &scope.actor, &scope.reach, &filter.0, &paging).await
}

/// 【添加班组】
#[utoipa::path(tag = "crews", params(("project_id" = Uuid, Path)), responses((status = 201, body = Crew)))]
#[post("/projects/{project_id}/crews")]
pub async fn create(scope: ProjectScope<ManageCrews>, input: Json<NewCrew>, app: Data<App>) -> Result<Created<Crew>> {
    let tx = app.db.begin().await?;
    let made = service::create(&tx, &scope.actor, &scope.project, input.0).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, made.id).await.map(Created)
}

/// A crew.
#[utoipa::path(tag = "crews", params(("project_id" = Uuid, Path)), responses((status = 200, body = Crew)))]
#[get("/projects/{project_id}/crews/{crew_id}")]
pub async fn show(scope: ProjectScope<ViewCrews>, path: Path<(Uuid, Uuid)>, app: Data<App>) -> Result<Json<Crew>> {
    one(&app, &scope.actor, &scope.reach, path.0.1).await.map(Json)
}

/// Changes a crew.
#[utoipa::path(
    tag = "crews", params(("project_id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Crew))
)]
#[put("/projects/{project_id}/crews/{crew_id}")]
pub async fn edit(
    scope: ProjectScope<ManageCrews>,
    path: Path<(Uuid, Uuid)>,
    if_match: IfMatch,
    input: Json<CrewInput>,
    app: Data<App>,
) -> Result<Json<Crew>> {
    let tx = app.db.begin().await?;
    let after = service::edit(&tx, &scope.actor, &scope.project, path.0.1, if_match, input.0).await?;
    tx.commit().await?;
    announce(&app, Touched::Project(scope.project.id)).await;
    one(&app, &scope.actor, &scope.reach, after.id).await.map(Json)
}

/// 【删除】 of a crew that nothing refers to.
#[utoipa::path(tag = "crews", params(("project_id" = Uuid, Path)), responses((status = 204)))]
#[delete("/projects/{project_id}/crews/{crew_id}")]
pub async fn delete(scope: ProjectScope<ManageCrews>, path: Path<(Uuid, Uuid)>, app: Data<App>) -> Result<NoContent> {
    let tx = app.db.begin().await?;
    service::delete(&tx, &scope.actor, &scope.project, path.0.1).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// 【退场】. While people are on site it is refused (409 `still_on_site`), unless `with_people` is set.
#[utoipa::path(tag = "crews", params(("project_id" = Uuid, Path)), responses((status = 200, body = Crew)))]
#[post("/projects/{project_id}/crews/{crew_id}/exit")]
pub async fn exit(
    scope: ProjectScope<ManageCrews>,
    path: Path<(Uuid, Uuid)>,
    input: Json<CrewExit>,
    app: Data<App>,
) -> Result<Json<Crew>> {
    let rules = ExitRules::of(&app, &scope.project.region_code).await?;
    let (actor, project, id) = (&scope.actor, &scope.project, path.0.1);
    app.db.transaction(async |tx| exits::exit(tx, actor, project, id, input.0.clone(), rules).await).await?;
    announce(&app, Touched::Project(project.id)).await;
    one(&app, actor, &scope.reach, id).await.map(Json)
}

/// Takes an exit back, with the people that left by it.
#[utoipa::path(tag = "crews", params(("project_id" = Uuid, Path)), responses((status = 200, body = Crew)))]
#[post("/projects/{project_id}/crews/{crew_id}/undo-exit")]
pub async fn undo_exit(
    scope: ProjectScope<ManageCrews>,
    path: Path<(Uuid, Uuid)>,
    input: Json<CrewUndo>,
    app: Data<App>,
) -> Result<Json<Crew>> {
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
    filter: &CrewFilter,
    paging: &Paging,
) -> Result<Json<Page<Crew>>> {
    let page = query::page(app.db.reader(), reach, filter, paging).await?;
    let items = shown(app, actor, page.items).await?;
    Ok(Json(paging.page_of(items, page.total)))
}

async fn one(app: &App, actor: &Actor, reach: &Reach, id: Uuid) -> Result<Crew> {
    let row = query::row(app.db.reader(), reach, id).await?;
    shown(app, actor, vec![row]).await?.pop().ok_or(Error::NotFound)
}

async fn shown(app: &App, actor: &Actor, rows: Vec<CrewRow>) -> Result<Vec<Crew>> {
    let undo_days = views::undo_days(app, &rows).await?;
    views::shown(app.db.reader(), &actor.reach(Permission::ManageCrews), rows, &undo_days).await
}
