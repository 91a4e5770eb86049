//! 班组 over HTTP.

use std::collections::HashMap;

use actix_web::{delete, get, post, put, web::Data};
use uuid::Uuid;

use super::{
    dto::{Crew, CrewExit, CrewFilter, CrewInput, CrewRow, CrewUndo, NewCrew},
    exits, query, service,
};
use crate::{
    app::App,
    entity::Reach,
    platform::{
        auth::{
            Actor, Permission, ProjectScope, Within,
            roles::{ManageCrews, ViewCrews},
        },
        web::{Created, IfMatch, Json, NoContent, Page, PageParams, Paging, Path, Query, Result},
    },
    registry::{
        presence::{ExitRules, undo_until},
        units,
    },
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
    let tx = app.db.begin().await?;
    exits::exit(&tx, &scope.actor, &scope.project, path.0.1, input.0, rules).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, path.0.1).await.map(Json)
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
    let tx = app.db.begin().await?;
    exits::undo(&tx, &scope.actor, &scope.project, path.0.1, input.0, rules).await?;
    tx.commit().await?;
    one(&app, &scope.actor, &scope.reach, path.0.1).await.map(Json)
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
    shown(app, actor, vec![row]).await?.pop().ok_or(crate::platform::web::Error::NotFound)
}

/// Rows as the caller may see them, with their head counts: three queries for any number of rows.
async fn shown(app: &App, actor: &Actor, rows: Vec<CrewRow>) -> Result<Vec<Crew>> {
    let db = app.db.reader();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.crew.id).collect();
    let heads = query::heads(db, &ids).await?;
    let projects = rows.iter().map(|row| row.crew.project_id).collect();
    let manageable = units::query::manageable(db, &actor.reach(Permission::ManageCrews), projects).await?;
    let mut days_of: HashMap<String, i64> = HashMap::new();
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let region = &row.project_region;
        if !days_of.contains_key(region) {
            days_of.insert(region.clone(), ExitRules::of(app, region).await?.undo_days);
        }
        let until = undo_until(row.crew.exit_recorded_at, days_of[region]);
        let may_manage = manageable.contains(&row.crew.project_id);
        let heads = heads.get(&row.crew.id).copied().unwrap_or_default();
        shown.push(Crew::of(row, heads, may_manage, until));
    }
    Ok(shown)
}
